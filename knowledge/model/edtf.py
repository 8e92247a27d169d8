"""Dates as EDTF (ISO 8601-2): one value type, its bounds, and how people read it.

Source of the notation: Library of Congress, "Extended Date/Time Format (EDTF) Specification",
levels 0 and 1 without times, seasons and years beyond four digits.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from pydantic_core import core_schema

from knowledge.model.errors import ForPeople

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?(?P<qualifier>[~?%])?"
)
_SHOWN = 40
"""Characters of what was typed that a refusal repeats (chosen by eye)."""
_MONTHS = range(1, 13)
_EXAMPLES = "2024, 2024-02, 2024-02-23, 2024-03~ (about), 2023-08/2025, 2023-08/.. or 197X"


class BadEdtf(ForPeople, ValueError):
    """The text is no EDTF date; the message says what is wrong and shows dates that work."""

    def __init__(self, text: str, reason: str) -> None:
        """Word the refusal of `text` for a person."""
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        super().__init__(f"{shown!r} is not a date: {reason}. Dates look like {_EXAMPLES}.")


@dataclass(frozen=True, order=True, slots=True)
class Edtf:
    """A date or an interval as EDTF, immutable and ordered by its earliest day.

    `earliest` and `latest` are the first and the last day it can mean. An open or unknown end
    of an interval is `date.min` or `date.max`, so that windows compare without a special case;
    `open_start` and `open_end` tell. A qualifier (`~`, `?`, `%`) does not widen the days.

    Make one with `Edtf.parse`. As a pydantic field it validates from that text (and from what
    YAML makes of an unquoted `2024` or `2024-02-23`) and serialises to the same text.
    """

    earliest: date
    latest: date
    text: str
    approximate: bool = field(default=False, compare=False, repr=False)
    uncertain: bool = field(default=False, compare=False, repr=False)
    open_start: bool = field(default=False, compare=False, repr=False)
    open_end: bool = field(default=False, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "Edtf":
        """Read an EDTF text such as `2024-02` or `2023-08/2025`. Raises `BadEdtf`."""
        return _parse(text)

    @classmethod
    def of_day(cls, day: date) -> "Edtf":
        """Give the EDTF of one calendar day."""
        return _parse(day.isoformat())

    @classmethod
    def of_days(cls, first: date, last: date) -> "Edtf":
        """Give a span of days as briefly as it can be: a day, a month, a year, an interval."""
        whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
        if first == last:
            return cls.of_day(first)
        if whole_months and (first.year, first.month) == (last.year, last.month):
            return _parse(f"{first:%Y-%m}")
        if whole_months and (first.month, last.month, first.year) == (1, 12, last.year):
            return _parse(f"{first:%Y}")
        if whole_months:
            return _parse(f"{first:%Y-%m}/{last:%Y-%m}")
        return _parse(f"{first.isoformat()}/{last.isoformat()}")

    @property
    def is_open(self) -> bool:
        """Whether an end of the interval is open or unknown."""
        return self.open_start or self.open_end

    def __str__(self) -> str:
        """Give the EDTF text."""
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Self], handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Tell pydantic to read EDTF text and to write it back unchanged."""
        return core_schema.no_info_before_validator_function(
            _from_input,
            core_schema.is_instance_schema(cls),
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.to_string_ser_schema(when_used="always"),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: object) -> dict[str, object]:
        """Describe the field as a string in JSON Schema."""
        return {"type": "string", "title": "EDTF date", "examples": ["2024-02", "2023-08/2025"]}


def _from_input(value: object) -> Edtf:
    if isinstance(value, Edtf):
        return value
    if isinstance(value, str):
        return _parse(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Edtf.of_day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _parse(str(value))
    raise BadEdtf(str(value), "it has to be a text")


# A database of 100,000 claims has a few thousand different dates.
@lru_cache(maxsize=16_384)
def _parse(text: str) -> Edtf:
    first, slash, last = text.partition("/")
    if not slash:
        earliest, latest, qualifier = _bounds(first, text)
        return Edtf(earliest, latest, text, qualifier in {"~", "%"}, qualifier in {"?", "%"})
    open_start, open_end = first in {"", ".."}, last in {"", ".."}
    if open_start and open_end:
        raise BadEdtf(text, "an interval needs at least one end")
    earliest, before, one = (date.min,) * 2 + ("",) if open_start else _bounds(first, text)
    after, latest, two = (date.max,) * 2 + ("",) if open_end else _bounds(last, text)
    if earliest > after or before > latest:
        raise BadEdtf(text, "the interval ends before it begins")
    marks = one + two
    approximate = "~" in marks or "%" in marks
    uncertain = "?" in marks or "%" in marks
    return Edtf(earliest, latest, text, approximate, uncertain, open_start, open_end)


def _bounds(part: str, text: str) -> tuple[date, date, str]:
    match = _DATE.fullmatch(part)
    if match is None:
        raise BadEdtf(text, "it does not follow the notation")
    year, month, day, qualifier = match.groups(default="")
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low == 0 or ("X" in year and month) or (month == "XX" and day not in {"", "XX"}):
        raise BadEdtf(text, "there is no such year, month or day")
    if month in {"", "XX"}:
        return date(low, 1, 1), date(high, 12, 31), qualifier
    if int(month) not in _MONTHS:
        raise BadEdtf(text, "a month is 01 to 12")
    last = monthrange(low, int(month))[1]
    if day in {"", "XX"}:
        return date(low, int(month), 1), date(low, int(month), last), qualifier
    if not 1 <= int(day) <= last:
        raise BadEdtf(text, f"{year}-{month} has {last} days")
    exact = date(low, int(month), int(day))
    return exact, exact, qualifier
