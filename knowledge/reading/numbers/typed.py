"""Reads a figure that a person typed: one, and whole, or a reason why not."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from knowledge.model import ForPeople, Kind, Relation
from knowledge.reading.numbers.intervals import Found
from knowledge.reading.numbers.pieces import tokenise
from knowledge.reading.numbers.quantities import Quantity, cut, scan
from knowledge.reading.tokens import Token, Tokens, word_at


class BadFigure(ForPeople):
    """A typed figure cannot be read; the message says why and shows figures that can."""


_EXAMPLES: Final = '"28,000", "more than 1.5 million", "3-5 million", "half" or "several million"'
_LONGEST_FIGURE = 200
"""Characters of a typed figure: room for the longest number in words, with its relation."""
_MIRRORED: Final = {
    Relation.MORE_THAN: Relation.LESS_THAN,
    Relation.LESS_THAN: Relation.MORE_THAN,
    Relation.AT_LEAST: Relation.UP_TO,
    Relation.UP_TO: Relation.AT_LEAST,
}
_AROUND: Final = frozenset({Relation.ABOUT, Relation.AROUND})
_DATED: Final = frozenset({Relation.EXACT, Relation.BY, Relation.BEFORE, Relation.AFTER})
_LONGEST_LEAD: Final = 4
"""Words before a year, "before the end of", as the languages list them."""


def parse_figure(text: str, *, calendar: bool = False) -> Quantity:
    """Read a figure that a person typed, alone or with the noun it counts behind it.

    What something fell by ("down 20%") is negative. Of a `calendar` the figures are years.

    Raises:
        BadFigure: nothing is there to read, or more than one figure, or words that might change
            its meaning; the message is for the person.
    """
    shown = text if len(text) <= _LONGEST_FIGURE else text[:_LONGEST_FIGURE] + "…"
    if not text.strip():
        raise BadFigure(f"There is no figure. Write {_EXAMPLES}.")
    if len(text) > _LONGEST_FIGURE:
        raise BadFigure(f"“{shown}” is too long for a figure. Write {_EXAMPLES}.")
    tokens = tokenise(text)
    if (dated := _dated(tokens, calendar=calendar)) is not None:
        return cut(text, dated)
    start, change = _change_before(tokens)
    found = list(scan(text, tokens, strict=False, start=start))
    if not found:
        raise BadFigure(f"“{shown}” holds no figure that can be read. Write {_EXAMPLES}.")
    one = _changed(tokens, found[0], change) if change else found[0]
    if _has_other_interval(one, found[1:]):
        raise BadFigure(f"“{shown}”: the interval does not hold its value.")
    rest = _without_slash(_without_remark(_without_full_stop(tokens[one.next :])))
    more = [other for other in found[1:] if rest and other.start <= rest[-1].start]
    if more or any(token.kind != "word" for token in rest):
        raise BadFigure(f"“{shown}” holds more than one figure. Write one, such as {_EXAMPLES}.")
    before = [token.word for token in tokens if token.end <= one.start]
    changing = any(token.word in tokens.numbers.changing for token in rest)
    if changing or any(word not in tokens.dates.articles for word in before):
        raise BadFigure(f"“{shown}” has words that change the figure. Write {_EXAMPLES}.")
    return cut(text, one)


def _has_other_interval(one: Found, behind: Sequence[Found]) -> bool:
    """Whether an interval stands behind a value that is not in it: "5 (7 to 9)"."""
    lone = one.value is None and one.low is not None and one.low == one.high
    return lone and any(
        other.relation is Relation.BETWEEN and other.kind in {one.kind, Kind.AMOUNT}
        for other in behind
    )


def _without_full_stop(rest: Sequence[Token]) -> Sequence[Token]:
    return rest[:-1] if rest and rest[-1].word == "." else rest


def _without_slash(rest: Sequence[Token]) -> Sequence[Token]:
    """Leave out the slash before what a figure is for: "$1,327 / person"."""
    return rest[1:] if rest and rest[0].word == "/" else rest


def _without_remark(rest: Sequence[Token]) -> Sequence[Token]:
    """Leave out what stands in brackets at the end: "0.26 ml (about five drops)"."""
    at = next((k for k, token in enumerate(rest) if token.word == "("), len(rest))
    closed = bool(rest) and rest[-1].word == ")" and sum(t.word == "(" for t in rest) == 1
    return rest[:at] if closed else rest


def _change_before(tokens: Tokens) -> tuple[int, int]:
    """Read the words of a change that a figure begins with: "growth of", "down", "+"."""
    words = tokens.numbers
    i = 1 if word_at(tokens, 0) in words.articles else 0
    word = word_at(tokens, i)
    if word == "+" and len(tokens) > 1 and tokens[1].kind == "num":
        return 1, 1
    change = int(word in words.rises | words.ups) - int(word in words.falls | words.downs)
    to = tokens.words(i, 2) in words.relations_before
    if not change or to:
        return 0, 0
    return (i + 2 if word_at(tokens, i + 1) in words.change_links else i + 1), change


def _changed(tokens: Tokens, found: Found, change: int) -> Found:
    """Give a figure the words of its change; a fall is a negative one."""
    found = replace(found, start=tokens[0].start, change=change)
    if change > 0 or found.relation is None:
        return found
    low, high, value = (
        None if number is None else -number for number in (found.high, found.low, found.value)
    )
    relation = _MIRRORED.get(found.relation, found.relation)
    return replace(found, low=low, high=high, value=value, relation=relation)


def _dated(tokens: Tokens, *, calendar: bool) -> Found | None:
    """Read a whole text as a year of the calendar: "by 2033", "not before 2029".

    Words that an amount may have as well ("about 2040") make a date only of what is to be one.
    """
    last = len(tokens) - 1
    year = word_at(tokens, last)
    if not 0 <= last <= _LONGEST_LEAD or not (year.isdecimal() and len(year) == 4):  # noqa: PLR2004
        return None
    words = tokens.numbers
    lead = tokens.words(0, last)
    relation = words.year_relations.get(lead)
    if relation is None or (relation in _AROUND and not calendar):
        relation = _calendar_relation(tokens, lead) if calendar else None
    if relation is None:
        return None
    number = Decimal(year)
    low = None if relation in {Relation.BY, Relation.BEFORE} else number
    high = None if relation is Relation.AFTER else number
    start, end = tokens[0].start, tokens[last].end
    return Found(start, end, last + 1, low, high, relation, Kind.DATE)


def _calendar_relation(tokens: Tokens, lead: tuple[str, ...]) -> Relation | None:
    """Give what the words before a year make of it, where nothing but a date can be meant."""
    if not lead:
        return Relation.EXACT
    words = tokens.numbers
    relation = words.year_relations.get(lead) or words.relations_before.get(lead)
    return Relation.AROUND if relation in _AROUND else relation if relation in _DATED else None
