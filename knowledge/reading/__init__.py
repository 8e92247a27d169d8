"""From text to values: numbers, quantities, dates and countries as people write them."""

from knowledge.reading.countries import (
    CountryMention,
    begins_country,
    country_code,
    country_name,
    find_countries,
)
from knowledge.reading.dates import (
    EXAMPLES,
    BadDate,
    Bound,
    DatePhrase,
    UnclearDate,
    find_date_phrases,
    find_unclear_date,
    parse_date_option,
)
from knowledge.reading.markdown import PlainText, plain_text
from knowledge.reading.numbers import (
    BadFigure,
    Quantity,
    find_quantities,
    in_unit,
    parse_figure,
    unit_of,
    unit_problem,
)

__all__ = [
    "EXAMPLES",
    "BadDate",
    "BadFigure",
    "Bound",
    "CountryMention",
    "DatePhrase",
    "PlainText",
    "Quantity",
    "UnclearDate",
    "begins_country",
    "country_code",
    "country_name",
    "find_countries",
    "find_date_phrases",
    "find_quantities",
    "find_unclear_date",
    "in_unit",
    "parse_date_option",
    "parse_figure",
    "plain_text",
    "unit_of",
    "unit_problem",
]
