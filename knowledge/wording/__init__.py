"""Values as people write them: figures and dates, in each language that the bot speaks."""

from knowledge.wording.charts import ChartWords
from knowledge.wording.dates import appeared, human, short
from knowledge.wording.figures import (
    Style,
    end,
    figure,
    in_topic_unit,
    interval,
    is_year,
    number,
    percent,
    share,
    span,
    style_of,
    unit_in,
    year,
)
from knowledge.wording.names import asserter_name, country_name

__all__ = [
    "ChartWords",
    "Style",
    "appeared",
    "asserter_name",
    "country_name",
    "end",
    "figure",
    "human",
    "in_topic_unit",
    "interval",
    "is_year",
    "number",
    "percent",
    "share",
    "short",
    "span",
    "style_of",
    "unit_in",
    "year",
]
