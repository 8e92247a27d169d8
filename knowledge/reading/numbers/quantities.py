"""Quantities in words and digits: "more than 12 million", "half", "152mm", "several million".

A quantity is an interval, as a figure is: exact and about have low = high; more-than and at-least
leave high open, up-to and less-than leave low open; between has both. A vague amount has no number
and no relation, only its words. Shares are numbers from 0 to 1 ("150%" is 1.5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from knowledge.model import Kind, Relation
from knowledge.reading.numbers.context import read_in_context, relation_before
from knowledge.reading.numbers.intervals import Found
from knowledge.reading.numbers.numbers import is_whole, read_number
from knowledge.reading.numbers.pieces import Number, tokenise
from knowledge.reading.numbers.printed_units import currency_of
from knowledge.reading.tokens import Tokens, glued, word_at
from knowledge.reading.years import counts_something, first_year


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text; `text[start:end] == as_worded`, relation and unit included.

    With a `value` the ends are those of the interval around it, and `interval` says what that is:
    a level of confidence ("95%") or "range". `unit` is what it is measured in, as printed or as
    the languages' tables name it, and `currency` the ISO 4217 code of money. `change` is 1 of what
    something rose by and -1 of what it fell by; the numbers are those that are printed.
    """

    start: int
    end: int
    as_worded: str
    low: float | None
    high: float | None
    relation: Relation | None
    kind: Kind = Kind.AMOUNT
    unit: str | None = None
    vague: bool = False
    value: float | None = None
    interval: str | None = None
    currency: str | None = None
    change: int = 0


_SECOND: Final = 2
_PAIRED: Final = 2
"""Digits at most of each of two numbers that a slash joins to a name, or a hyphen to a score."""
_YEARS = range(1900, 2100)
"""Four digits that are a year where nothing is counted; the same that dates are read from."""
_LENGTHS: Final = frozenset({"mm", "cm", "km", "inches"})


def find_quantities(text: str, exclude: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """Find every quantity of a text, in order and without overlaps.

    `exclude` holds offsets to pass over: those of the dates, so that "in the first half of 2024"
    gives neither a share nor a number. Times of day, ticket numbers, links, mentions, ordinals,
    versions, phone numbers and years are never quantities; nothing is raised.
    """
    tokens = tokenise(_masked(text, exclude))
    found = list(scan(text, tokens, strict=True))
    return [cut(text, one) for one in _with_shared_units(text, tokens, found)]


def _masked(text: str, exclude: Sequence[tuple[int, int]]) -> str:
    for start, end in exclude:
        if 0 <= start < end <= len(text):
            text = text[:start] + "\n" * (end - start) + text[end:]
    return text


def cut(text: str, one: Found) -> Quantity:
    """Cut the words of a quantity out of its text."""
    low = None if one.low is None else float(one.low)
    high = None if one.high is None else float(one.high)
    worded = text[one.start : one.end]
    return Quantity(
        start=one.start,
        end=one.end,
        as_worded=worded,
        low=low,
        high=high,
        relation=one.relation,
        kind=one.kind,
        unit=one.unit,
        vague=low is None and high is None,
        value=None if one.value is None else float(one.value),
        interval=one.interval,
        currency=currency_of(one.unit),
        change=one.change,
    )


def scan(text: str, tokens: Tokens, *, strict: bool, start: int = 0) -> Iterator[Found]:
    """Yield what is found from left to right; `strict` passes over lone years and a lone "one"."""
    i = floor = start
    while i < len(tokens):
        if tokens[i].kind == "word" and tokens[i].word not in tokens.numbers.starts:
            i += 1
            continue
        one = _read(text, tokens, i, floor, strict=strict)
        if one is None:
            i += 1
            continue
        yield one
        i = floor = max(one.resume or one.next, i + 1)


def _read(text: str, tokens: Tokens, i: int, floor: int, *, strict: bool) -> Found | None:
    token = tokens[i]
    if token.kind in {"skip", "op"}:
        return None
    if token.kind == "decade" or token.word in tokens.numbers.decades:
        return _decade(tokens, i)
    wordy = _vague(tokens, i, floor) or _none(tokens, i) or _every_so_many(tokens, i)
    if wordy is not None:
        return wordy
    number = read_number(tokens, i)
    found = None if number is None else read_in_context(tokens, i, floor, number)
    if number is None or found is None:
        return None
    return None if strict and _means_nothing(text, tokens, i, number, found) else found


def _none(tokens: Tokens, i: int) -> Found | None:
    token = tokens[i]
    if token.word not in tokens.numbers.zeros:
        return None
    kind = Kind.SHARE if word_at(tokens, i + 1) in tokens.numbers.of else Kind.AMOUNT
    zero = Decimal(0)
    return Found(token.start, token.end, i + 1, zero, zero, Relation.EXACT, kind)


def _every_so_many(tokens: Tokens, i: int) -> Found | None:
    """Read "every third shell" as a share; "every second week" and "every second" are times."""
    which = tokens.dates.ordinals.get(word_at(tokens, i + 1), 0)
    if tokens[i].word not in tokens.numbers.every or which < _SECOND or i + 2 >= len(tokens):
        return None
    dates, thing = tokens.dates, tokens[i + 2]
    timed = (dates.units, dates.weekdays, dates.months, dates.seasons)
    if thing.kind != "word" or any(thing.word in words for words in timed):
        return None
    share = Decimal(1) / which
    end = tokens[i + 1].end
    return Found(tokens[i].start, end, i + 2, share, share, Relation.EXACT, Kind.SHARE)


def _decade(tokens: Tokens, i: int) -> Found | None:
    first = first_year(tokens, i)
    if first is None:
        return None
    low, high = Decimal(first), Decimal(first + 9)
    start, end = tokens[i].start, tokens[i].end
    return Found(start, end, i + 1, low, high, Relation.BETWEEN, Kind.DECADE)


def _vague(tokens: Tokens, i: int, floor: int) -> Found | None:
    """Read "several million", "hundreds of thousands", "a couple of", with a relation before."""
    words, word = tokens.numbers, tokens[i].word
    openers = words.vague_few | words.vague_after_article
    following = word_at(tokens, i + 1)
    if word in words.articles and following in openers:
        j = i + 2
        more = words.vague_amounts | words.of
        if following not in words.vague_few and word_at(tokens, j) not in more:
            return None
    elif word in words.vague:
        j = i + 1
    elif word in words.vague_openers and following in words.vague_amounts:
        j = i + 2
    else:
        return None
    last = j - 1
    while (piece := word_at(tokens, j)) in words.vague_amounts | words.vague_links:
        if piece not in words.vague_links or tokens[last].word in openers:
            last = j
        j += 1
    first, _ = relation_before(tokens, i, floor)
    return Found(tokens[first].start, tokens[last].end, last + 1, None, None, None)


def _means_nothing(text: str, tokens: Tokens, i: int, number: Number, found: Found) -> bool:
    """Whether a number in running text is a year, an ordinal, or "one" as a pronoun."""
    token, before, after = tokens[i], word_at(tokens, i - 1), word_at(tokens, number.next)
    if found.kind is Kind.SHARE:
        return found.relation is not Relation.BETWEEN and _no_share(
            tokens, i, number, before, after
        )
    if found.kind is not Kind.AMOUNT or found.relation is not Relation.EXACT or number.scaled:
        return False
    if token.word in tokens.numbers.articles:
        return number.value == 1
    label = f"{word_at(tokens, i - 2)}." if before == "." else before
    labelled = label in tokens.numbers.labels and is_whole(number.value)
    if labelled or (number.in_digits and _is_paired(tokens, i)):
        return True
    four_digits = token.end - token.start == len("2024") and number.value in _YEARS
    if not four_digits or before in tokens.numbers.year_leads:
        return four_digits
    return number.value % 100 != 0 and not counts_something(text, tokens.numbers, number.end)


def _is_paired(tokens: Tokens, i: int) -> bool:
    """Whether a number is one of two that are a name or a score: "9/11", "50/50", "3-1"."""

    def joins(at: int) -> bool:
        return (
            word_at(tokens, at) in {"/", "-", "–"} and glued(tokens, at) and glued(tokens, at + 1)
        )

    first = i if joins(i + 1) else i - 2 if i > 1 and joins(i - 1) else -1
    pair = (word_at(tokens, first), word_at(tokens, first + 2)) if first >= 0 else ("", "")
    if not all(word.isdecimal() and len(word) <= _PAIRED for word in pair):
        return False
    rising = word_at(tokens, first + 1) != "/" and int(pair[0]) < int(pair[1])
    counted = word_at(tokens, first + 3) in {*tokens.numbers.units, *tokens.numbers.scales}
    return not (rising or counted)


def _no_share(tokens: Tokens, i: int, number: Number, before: str, after: str) -> bool:
    """Whether a fraction is part of something else: "half-full", "a third party"."""
    if not number.share or number.in_digits:
        return False
    if before in tokens.numbers.no_share_before or after in tokens.numbers.no_share_behind:
        return True
    if after == "-" and glued(tokens, number.next) and glued(tokens, number.next + 1):
        return True
    if (
        tokens[i].word in tokens.numbers.articles
        and tokens[number.next - 1].word in tokens.numbers.parts
    ):
        part = tokens[number.next - 1].word
        ordinal = part not in tokens.numbers.whole_shares and part.isascii()
        return ordinal and bool(after) and after not in tokens.numbers.share_followers
    return False


_MOST_SHARED: Final = 1000
"""A number below this may share the scale of the next: "5 and 6 million"; chosen by eye."""


def _with_shared_units(text: str, tokens: Tokens, found: list[Found]) -> list[Found]:
    """Give "122" of "122 and 152mm" the unit, and "5" of "5 and 6 million" the scale."""
    for k in range(len(found) - 2, -1, -1):
        one, neighbour = found[k], found[k + 1]
        between = text[one.end : neighbour.start].strip().casefold()
        plain = one.kind is Kind.AMOUNT and one.low is not None and one.scale == 1
        if plain and one.relation is not None and between in tokens.numbers.unit_joiners:
            found[k] = _shared(text, tokens, one, neighbour, spelled=between not in {",", "/"})
    return found


def _shared(text: str, tokens: Tokens, one: Found, neighbour: Found, *, spelled: bool) -> Found:
    """Take over the unit, percent sign or scale of the neighbour."""
    if neighbour.relation is not Relation.EXACT or not text[neighbour.start].isalnum():
        return one
    scale = Decimal(1)
    if spelled and neighbour.scale > 1 and abs(one.low or Decimal(0)) < _MOST_SHARED:
        scale = neighbour.scale
    worded = text[neighbour.start : neighbour.end].casefold()
    if neighbour.kind is Kind.SHARE and worded.endswith(tuple(tokens.numbers.percent)):
        scale, one = scale / 100, replace(one, kind=Kind.SHARE)
    elif neighbour.kind is Kind.MEASURE and (spelled or neighbour.unit in _LENGTHS):
        one = replace(one, kind=Kind.MEASURE, unit=neighbour.unit)
        scale = scale * neighbour.unit_scale
    low = None if one.low is None else one.low * scale
    high = None if one.high is None else one.high * scale
    return replace(one, low=low, high=high, scale=scale)
