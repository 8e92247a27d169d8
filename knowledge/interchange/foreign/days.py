"""Days as others' files write them, read only where they can mean one thing."""

import re
from datetime import UTC, datetime
from typing import Final

from knowledge.reading import BadDate, parse_date_option

_ISO: Final = re.compile(r"(\d{4}(?:-\d{2})?)|(\d{4}-\d{2}-\d{2})(?:[T ]\d.*)?", re.DOTALL)
_ZONED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?: ?[A-Za-z]{1,5}|[+-]\d{2}:?\d{2})")
"""A day with the zone of a time that is not there: "2018-05-24BST"."""
_YEAR_FIRST: Final = re.compile(r"(\d{4})([/.-]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?", re.DOTALL)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: .*)?", re.DOTALL)
_WEEKDAY: Final = re.compile(
    r"^[^\W\d_]{2,10}\.?(?:, ?(?=\d)| (?=\d{1,2} [^\W\d_]))|^[^\W\d_]{6,10}, (?=[^\W\d_])"
)
_TIME: Final = re.compile(r"[ ,]+(?:at )?\d{1,2}:\d{2}.*$", re.DOTALL)
_WORDED: Final = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th|\.)? )?[^\W\d_]{3,12}\.?,? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}"
)
_LONGEST: Final = 60
"""A weekday, a day, a time and a zone in words (chosen by eye)."""
_DECEMBER: Final = 12
"""The number of the last month: a larger one is a day."""


def plain_day(text: str) -> str | None:
    """Return a day, month or year as ISO 8601 writes it; None where the text is no plain one.

    "Sat, 07 Nov 2020" and "2018-05-24BST" are plain, 25/12/2020 is, and 03/04/2020 is not: it is
    March to some and April to others. Whether there is such a day is not looked at.
    """
    text = " ".join(text[: 2 * _LONGEST].split())
    for form in (_ISO, _ZONED):
        if found := form.fullmatch(text):
            return found[found.lastindex or 0]
    if found := _YEAR_FIRST.fullmatch(text):
        year, sign, month, day = found.groups()
        return f"{year}-{month:>02}-{day:>02}" if sign or len(month + day) == len("mmdd") else None
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[3]), found[4])
    return _in_words(text)


def is_unclear(text: str) -> bool:
    """Whether a text is a day that is another one in other countries."""
    return plain_day(text) is None and _YEAR_LAST.fullmatch(text.strip()) is not None


def _year_last(one: int, other: int, year: str) -> str | None:
    if max(one, other) <= _DECEMBER and one != other:
        return None
    month, day = sorted((one, other))
    return f"{year}-{month:02}-{day:02}"


def _in_words(text: str) -> str | None:
    text = _TIME.sub("", _WEEKDAY.sub("", text))
    if len(text) > _LONGEST or not _WORDED.fullmatch(text):
        return None
    try:
        span = parse_date_option(text, datetime.now(UTC).date())
    except BadDate:
        return None
    if span.start == span.end:
        return str(span.start)
    return f"{span.start:%Y-%m}" if (span.start.month == span.end.month) else None
