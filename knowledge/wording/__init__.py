"""Values as people write them: figures and dates, in each language that the bot speaks."""

from knowledge.wording.dates import human, short
from knowledge.wording.figures import (
    Style,
    end,
    figure,
    interval,
    is_year,
    number,
    percent,
    share,
    span,
    style_of,
    year,
)

__all__ = [
    "Style",
    "end",
    "figure",
    "human",
    "interval",
    "is_year",
    "number",
    "percent",
    "share",
    "short",
    "span",
    "style_of",
    "year",
]
