"""Values as people write them: figures and dates, in each language that the bot speaks."""

from knowledge.wording.dates import human, short
from knowledge.wording.figures import (
    end,
    figure,
    interval,
    is_year,
    number,
    range_text,
    share,
    year,
)

__all__ = [
    "end",
    "figure",
    "human",
    "interval",
    "is_year",
    "number",
    "range_text",
    "share",
    "short",
    "year",
]
