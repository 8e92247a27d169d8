"""Reads the interval around a value: "95% (90.3–97.6)", "14.9 million, 13.3 to 16.6"."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from knowledge.model import Kind, Relation
from knowledge.reading.numbers.numbers import read_number
from knowledge.reading.numbers.pieces import Number
from knowledge.reading.numbers.printed_units import unit_behind
from knowledge.reading.tokens import Tokens, glued, word_at


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity before its words are cut out; `next` is the token behind it.

    `scale` is what its digits were multiplied by, `unit_scale` what its unit multiplied it by, and
    `change` tells whether it is by how much something rose (1) or fell (-1). `resume` is the token
    to read on from, where more than the quantity's own words has been read: the interval behind
    what is counted.
    """

    start: int
    end: int
    next: int
    low: Decimal | None
    high: Decimal | None
    relation: Relation | None
    kind: Kind = Kind.AMOUNT
    unit: str | None = None
    value: Decimal | None = None
    interval: str | None = None
    scale: Decimal = Decimal(1)
    unit_scale: Decimal = Decimal(1)
    change: int = 0
    resume: int | None = None


RANGE: Final = "range"
"""What an interval is called of which nothing more is said."""
_CLOSING: Final = {"(": ")", "[": "]"}
_MOST_WORDS: Final = 6
"""Words at most that say what an interval is: "95% confidence interval ranging from"."""
_LEVEL: Final = 2
"""Tokens of a level of confidence, "95" and "%"."""


def with_interval(tokens: Tokens, found: Found) -> Found:
    """Read on to the interval around a value, where one follows that holds the value."""
    if found.low is None or found.low != found.high or found.relation not in _POINTS:
        return found
    if (spread := _spread(tokens, found)) is not None:
        return spread
    at = _opening(tokens, found.next)
    if at is None:
        return found
    level, i = _label(tokens, at + 1)
    ends = _ends(tokens, i, found, labelled=i > at + 1)
    if ends is None:
        return found
    behind = ends[2]
    if level is None and word_at(tokens, at) in _CLOSING and word_at(tokens, behind) == ",":
        level, behind = _label(tokens, behind + 1)
    following = _closed(tokens, word_at(tokens, at), behind)
    around = _around(tokens, found, ends[:2], level or RANGE, following) if following else found
    if at == found.next or around is found:
        return around
    return replace(around, end=found.end, next=found.next, resume=following)


_MOST_COUNTED: Final = 3
"""Words of what is counted between a value and its interval: "14.9 million excess deaths (…)"."""


def _opening(tokens: Tokens, i: int) -> int | None:
    """Give the token that an interval may begin behind: a comma at `i`, or a bracket near it."""
    if word_at(tokens, i) == ",":
        return i
    for at in range(i, i + _MOST_COUNTED + 1):
        if word_at(tokens, at) in _CLOSING:
            return at
        if at >= len(tokens) or tokens[at].kind != "word":
            return None
    return None


def _closed(tokens: Tokens, opening: str, i: int) -> int | None:
    """Give the token behind an interval, if it ends where it has to."""
    if opening in _CLOSING:
        return i + 1 if word_at(tokens, i) == _CLOSING[opening] else None
    return i if i >= len(tokens) or tokens[i].kind == "op" else None


_POINTS: Final = frozenset({Relation.EXACT, Relation.ABOUT})


def _around(
    tokens: Tokens, found: Found, ends: tuple[Decimal, Decimal], interval: str, following: int
) -> Found:
    """Give a value the interval around it; as it was where the interval does not hold it."""
    low, high = ends
    value = found.low
    if value is None or not low <= value <= high or low == high:
        return found
    end = tokens[following - 1].end
    return replace(
        found, low=low, high=high, value=value, interval=interval, end=end, next=following
    )


def _spread(tokens: Tokens, found: Found) -> Found | None:
    """Read "± 0.2" or "+/- 0.2" behind a value."""
    i, value = found.next, found.low
    slashed = tokens.words(i, 3) == ("+", "/", "-")
    if value is None or not (slashed or word_at(tokens, i) == "±"):
        return None
    j = i + 3 if slashed else i + 1
    number = read_number(tokens, j) if j < len(tokens) else None
    if number is None:
        return None
    by = _like(number, found)
    following = _past_unit(tokens, number)
    return _around(tokens, found, (value - by, value + by), RANGE, following)


def _label(tokens: Tokens, i: int) -> tuple[str | None, int]:
    """Read what an interval is said to be: "95% CI", "range"; and the token behind it."""
    words, level = tokens.numbers, None
    if (
        tokens.words(i, _LEVEL)[1:]
        and tokens[i].kind == "num"
        and tokens[i + 1].word in words.percent
    ):
        if word_at(tokens, i + _LEVEL) not in words.interval_words:
            return None, i
        level, i = f"{tokens[i].word}%", i + _LEVEL
    last = i + _MOST_WORDS
    while i < last and word_at(tokens, i) in words.interval_words:
        i += 1
    return level, i


def _ends(
    tokens: Tokens, i: int, found: Found, *, labelled: bool
) -> tuple[Decimal, Decimal, int] | None:
    """Read both ends of an interval, scaled as the value is where they have no scale."""
    first = read_number(tokens, i) if i < len(tokens) else None
    if first is None:
        return None
    j = _past_unit(tokens, first)
    joiner = word_at(tokens, j)
    words = tokens.numbers
    joined = joiner in words.range_joiners or joiner in words.ands or (labelled and joiner in ",;")
    second = read_number(tokens, j + 1) if joined and joiner and j + 1 < len(tokens) else None
    if second is None:
        return None
    low, high = _like(first, found), _like(second, found)
    if second.scaled and not first.scaled:
        low = first.value * second.scale
    return low, high, _past_unit(tokens, second)


def _like(number: Number, found: Found) -> Decimal:
    """Give an end of an interval the scale or percent sign of its value."""
    value = number.value
    if found.kind is Kind.SHARE:
        return value / 100
    return value if number.scaled else value * found.scale


def _past_unit(tokens: Tokens, number: Number) -> int:
    """Give the token behind a number and its percent sign or unit."""
    if word_at(tokens, number.next) in tokens.numbers.percent:
        return number.next + 1
    joined = word_at(tokens, number.next) in tokens.numbers.range_joiners
    unit = None if joined and not glued(tokens, number.next) else unit_behind(tokens, number)
    return unit.next if unit is not None else number.next
