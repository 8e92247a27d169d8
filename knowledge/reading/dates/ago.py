"""Reads what is counted back from today: "3 weeks ago", "vor anderthalb Jahren"."""

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from knowledge.reading.dates.periods import Period, days_back
from knowledge.reading.tokens import Tokens, past, word_at

LONGEST_COUNT: Final = 3
"""Digits of "the last 365 days"; longer numbers are years."""
_HALF: Final = Decimal("0.5")
_LESSER: Final = {
    "decade": ("year", 10),
    "year": ("month", 12),
    "quarter": ("day", 91),
    "month": ("day", 30),
    "fortnight": ("day", 14),
    "week": ("day", 7),
}
"""A unit of which a half is counted in a smaller one: which, and how many of it."""
_SIZES: Final = ("hour", "day", "week", "fortnight", "month", "quarter", "half-year", "year")
"""Units from the smallest on: "2 months, 2 weeks ago" is one span of time."""


class _Lapse(NamedTuple):
    """A span of time as counted: how many of which unit, and the token behind it."""

    count: int
    unit: str
    next: int


def rolling(count: int, unit: str, today: date, following: int) -> Period | None:
    """Give the days from so many units ago until today, or from today on for a negative count."""
    day = days_back(today, count, unit)
    return Period(min(day, today), max(day, today), following) if day else None


def read_ago(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "3 weeks ago", "a year ago", "two and a half years ago" as one day."""
    lapse = _lapse(tokens, i)
    if lapse is None:
        return None
    lesser = _lesser(tokens, lapse)
    last = lesser or lapse
    if word_at(tokens, last.next) not in tokens.dates.ago:
        return None
    return _back(today, lapse, lesser, last.next + 1)


def read_ago_before(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "vor drei Wochen", "hace 3 semanas" as one day."""
    lapse = _lapse(tokens, i + 1)
    if lapse is None:
        return None
    lesser = _lesser(tokens, lapse)
    return _back(today, lapse, lesser, (lesser or lapse).next)


def _back(today: date, lapse: _Lapse, lesser: _Lapse | None, following: int) -> Period | None:
    day = days_back(today, lapse.count, lapse.unit)
    if day is not None and lesser is not None:
        day = days_back(day, lesser.count, lesser.unit)
    return Period(day, day, following) if day else None


def _lapse(tokens: Tokens, i: int) -> _Lapse | None:
    """Read so many of a unit of time, with the half that may belong to it."""
    count, half, j = _amount(tokens, i)
    unit = tokens.dates.units.get(word_at(tokens, j))
    if unit is None or not (count or half):
        return None
    after = _past_half(tokens, j + 1)
    if half or after > j + 1:
        count, unit = _in_halves(count, unit)
    return _Lapse(count, unit, after)


def _amount(tokens: Tokens, i: int) -> tuple[int, bool, int]:
    """Read a small number at `i`, whether a half goes with it, and the token behind both."""
    numbers, word = tokens.numbers, word_at(tokens, i)
    whole, point, part = word.replace(",", ".").partition(".")
    if point and part == "5" and whole.isdecimal() and len(whole) <= LONGEST_COUNT:
        return int(whole), True, i + 1
    if numbers.fractions.get(word) == _HALF:  # "half a year ago", "hace medio año"
        return 0, True, i + 2 if word_at(tokens, i + 1) in numbers.articles else i + 1
    mixed = numbers.mixed.get(word)
    if mixed is not None and mixed % 1 == _HALF:
        return int(mixed), True, i + 1
    count, j = counted(tokens, i)
    after = _past_half(tokens, j)
    if after > j or numbers.fractions.get(word_at(tokens, j)) != _HALF:
        return count, after > j, after
    return 0, True, j + 1  # "einem halben Jahr"


def _past_half(tokens: Tokens, i: int) -> int:
    """Give the token behind "and a half", or `i`."""
    numbers = tokens.numbers
    if word_at(tokens, i) not in numbers.ands:
        return i
    j = i + 2 if word_at(tokens, i + 1) in numbers.articles else i + 1
    return j + 1 if numbers.fractions.get(word_at(tokens, j)) == _HALF else i


def _in_halves(count: int, unit: str) -> tuple[int, str]:
    lesser, size = _LESSER.get(unit, (unit, 1))
    return count * size + size // 2, lesser


def _lesser(tokens: Tokens, lapse: _Lapse) -> _Lapse | None:
    """Read on the rest of a span of time in a lesser unit: "(1 month) and 2 days"."""
    i = lapse.next
    i = i + 1 if word_at(tokens, i) in {",", *tokens.numbers.ands} else i
    rest = _lapse(tokens, i) if i < len(tokens) else None
    both = rest is not None and lapse.unit in _SIZES and rest.unit in _SIZES
    smaller = rest is not None and both and _SIZES.index(rest.unit) < _SIZES.index(lapse.unit)
    return rest if smaller else None


def read_one_ago(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "рік тому", in which nothing stands for the one: "weeks ago" is not one week."""
    unit, word = tokens.dates.units[tokens[i].word], tokens[i].word
    if (word.isascii() and word != unit) or _follows_a_number(tokens, i):
        return None
    day = days_back(today, 1, unit) if word_at(tokens, i + 1) in tokens.dates.ago else None
    return Period(day, day, i + 2) if day else None


def _follows_a_number(tokens: Tokens, i: int) -> bool:
    """Whether what stands before tells how many: those were not read as a span of time."""
    before = word_at(tokens, i - 1) if i else ""
    numbers = tokens.numbers
    counted_before = before in numbers.cardinals or before in numbers.parts or before in numbers.of
    return counted_before or any(char.isdigit() for char in before)


def counted(tokens: Tokens, i: int) -> tuple[int, int]:
    """Read a small number at `i`, an article standing for one, and the token behind it."""
    word = word_at(tokens, i)
    word = word[:-2] if word[-2:] in {".0", ",0"} else word
    if word.isdecimal():
        return (int(word) if len(word) <= LONGEST_COUNT else 0), i + 1
    if word in tokens.numbers.articles:
        if word_at(tokens, i + 1) in tokens.dates.pairs:
            return 2, past(tokens, i + 2, tokens.dates.of)
        return tokens.numbers.cardinals.get(word, 1), i + 1
    return tokens.numbers.cardinals.get(word, 0), i + 1
