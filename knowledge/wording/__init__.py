"""Values as people write them: figures and dates, in each language that the bot speaks."""

from knowledge.wording.dates import human, short
from knowledge.wording.figures import (
    end,
    figure,
    interval,
    is_year,
    number,
    share,
    span,
    year,
)

__all__ = [
    "end",
    "figure",
    "human",
    "interval",
    "is_year",
    "number",
    "share",
    "short",
    "span",
    "year",
]
