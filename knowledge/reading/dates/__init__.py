"""Dates and periods: from a phrase to the days that it means."""

from knowledge.reading.dates.phrases import (
    EXAMPLES,
    BadDate,
    Bound,
    DatePhrase,
    UnclearDate,
    find_date_phrases,
    find_unclear_date,
    parse_date_option,
)

__all__ = [
    "EXAMPLES",
    "BadDate",
    "Bound",
    "DatePhrase",
    "UnclearDate",
    "find_date_phrases",
    "find_unclear_date",
    "parse_date_option",
]
