"""Reads one number in its proportion to another: "1 in 10", "2/3rds", "1.8:1", "4-to-1"."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.model import Kind, Relation
from knowledge.reading.numbers.intervals import Found
from knowledge.reading.numbers.literals import LONGEST
from knowledge.reading.numbers.numbers import is_whole, read_number
from knowledge.reading.numbers.pieces import Number
from knowledge.reading.numbers.printed_units import currency_of, unit_behind
from knowledge.reading.tokens import Tokens, glued, word_at

_DENOMINATORS: Final = frozenset(
    {2, 3, 4, 5, 6, 8, 10, 20, 50, 100, 1000, 10_000, 100_000, 1_000_000}
)
"""Wholes that shares are told of ("1 in 10"); of others, "5 in 7" is mostly a count in a set.
Chosen by eye."""


def read_odds(tokens: Tokens, i: int, number: Number) -> Found | None:
    """Read "1.8:1" and "4-to-1" as so many of one thing for each of another."""
    j = number.next
    if not number.in_digits or number.value <= 0 or not glued(tokens, j):
        return None
    if word_at(tokens, j) == ":" and glued(tokens, j + 1):
        one, k = word_at(tokens, j + 1), j + 1
    else:
        joiner, _, one = word_at(tokens, j + 1).partition("-")
        k = j + 1 if word_at(tokens, j) == "-" and joiner in tokens.numbers.range_joiners else -1
    if one != "1" or k < 0:
        return None
    value = number.value
    start, end = tokens[i].start, tokens[k].end
    return Found(start, end, k + 1, value, value, Relation.EXACT, Kind.RATIO)


_MOST_WORDS: Final = 3
"""Words between a sum and what it is set against: "£2.30 in benefits for every £1"."""


def read_return(tokens: Tokens, i: int, number: Number, currency: str | None) -> Found | None:
    """Read "£2.30 for every £1" as so much money for each unit of the same money."""
    j, scale = number.next, Decimal(1)
    if currency is None:
        measured = unit_behind(tokens, number)
        if measured is None or currency_of(measured.name) is None:
            return None
        currency, j, scale = measured.name, measured.next, measured.scale
    value = number.value * scale
    if _is_told_before(tokens, i, currency_of(currency)):
        start, end = tokens[i].start, tokens[j - 1].end
        return Found(start, end, j, value, value, Relation.EXACT, Kind.RATIO)
    for at in range(j, j + _MOST_WORDS + 1):
        size = next((n for n in (2, 1) if tokens.words(at, n) in tokens.numbers.for_each), 0)
        last = _one_of(tokens, at + size, currency_of(currency)) if size else None
        if last is not None:
            start, end = tokens[i].start, tokens[last].end
            return Found(start, end, last + 1, value, value, Relation.EXACT, Kind.RATIO)
        if at >= len(tokens) or tokens[at].kind != "word":
            return None
    return None


_FARTHEST: Final = 10
"""Tokens before a sum within which "for every pound" belongs to it: "… spent, the line returns"."""


def _is_told_before(tokens: Tokens, i: int, currency: str | None) -> bool:
    """Whether what a sum is set against stands before it: "for every pound spent, 60 pence"."""
    for at in range(max(i - _FARTHEST, 0), i - _EACH):
        if tokens.words(at, _EACH) in tokens.numbers.for_each:
            last = _one_of(tokens, at + _EACH, currency)
            if last is not None and last < i:
                return True
    return False


_EACH: Final = 2
"""Words of what sets one sum against another even before both: "for every", not "for"."""


def is_set_against(tokens: Tokens, first: int, number: Number, currency: str | None) -> bool:
    """Whether a sum is the one that another is set against: the "£1" of "for every £1"."""
    each = tokens.words(first - _EACH, _EACH) if first >= _EACH else ()
    return currency is not None and number.value == 1 and each in tokens.numbers.for_each


def _one_of(tokens: Tokens, i: int, currency: str | None) -> int | None:
    """Give the last token of one unit of a currency: "£1", "1 pound", "pound"."""
    if not 0 <= i < len(tokens):
        return None
    if currency_of(tokens.raw(i)) == currency:
        return i + 1 if word_at(tokens, i + 1) == "1" else None
    last = i + 1 if word_at(tokens, i) in {"1", *tokens.numbers.articles} else i
    unit = tokens.numbers.units.get(word_at(tokens, last))
    return last if unit is not None and currency_of(unit) == currency else None


def with_ratio(tokens: Tokens, number: Number) -> tuple[Number, bool]:
    """Read on "1 in 10", "nine out of ten", "2/3" as a share; whether it is one."""
    i, ratios = number.next, tokens.numbers.ratios
    if number.scaled or number.share or number.value <= 0 or not is_whole(number.value):
        return number, False
    if word_at(tokens, i) == "-" and glued(tokens, i):
        return _hyphened(tokens, number)
    slash = word_at(tokens, i) == "/" and glued(tokens, i) and glued(tokens, i + 1)
    size = 1 if slash else next((n for n in (3, 2, 1) if tokens.words(i, n) in ratios), 0)
    whole = read_number(tokens, i + size) if size and i + size < len(tokens) else None
    if whole is None or whole.scaled or not _is_share(number, whole.value):
        return number, False
    if word_at(tokens, whole.next) in tokens.numbers.units and not slash:
        return number, False
    following, end = whole.next, whole.end
    if slash and word_at(tokens, following) in tokens.numbers.fraction_endings:
        following, end = following + 1, tokens[following].end
    value = number.value / whole.value
    return replace(number, value=value, end=end, next=following, share=True), True


def _is_share(number: Number, whole: Decimal) -> bool:
    return whole in _DENOMINATORS and number.value < whole


def _hyphened(tokens: Tokens, number: Number) -> tuple[Number, bool]:
    """Read on "1-in-3"."""
    i = number.next + 1
    joiner, _, digits = word_at(tokens, i).partition("-")
    if (joiner,) not in tokens.numbers.ratios or not digits.isdecimal() or len(digits) > LONGEST:
        return number, False
    whole = Decimal(digits)
    if not _is_share(number, whole):
        return number, False
    value, end = number.value / whole, tokens[i].end
    return replace(number, value=value, end=end, next=i + 1, share=True), True
