"""Reads the words of an old figure anew: its interval, its unit, and what they really say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from knowledge.model import Figure, Kind, Measure, Relation, Topic
from knowledge.reading import BadFigure, Quantity, find_quantities, in_unit, parse_figure

_BRACKETED: Final = re.compile(r"\s*\([^)]*\)")
_PIECES: Final = re.compile(r"\s*[;,]\s*")
_ROUNDED: Final = 0.005
"""By what part a converted number may differ from one that a curator converted and rounded: 433
for 433,196 kWh. Chosen by eye."""
_PARTS: Final = frozenset({Measure.SHARE, Measure.CHANGE})
_OF_DATES: Final = {
    Relation.UP_TO: Relation.BY,
    Relation.LESS_THAN: Relation.BEFORE,
    Relation.MORE_THAN: Relation.AFTER,
}
_POINTS: Final = frozenset({Relation.EXACT, Relation.ABOUT})


@dataclass(frozen=True, slots=True)
class Reread:
    """A figure as its words read, and what was wrong with the words, if they say otherwise."""

    figure: Figure
    otherwise: str = ""


def reread(figure: Figure, topic: Topic) -> Reread:
    """Take from the words of a figure what its numbers leave out, where the two agree."""
    if figure.vague:
        return Reread(figure)
    if topic.measure is Measure.DATE:
        return Reread(_dated(figure))
    readings = list(_readings(figure.as_worded))
    for read in readings:
        if (richer := _richer(figure, read, topic)) is not None:
            return Reread(richer)
    sure = _typed(figure.as_worded)
    if sure is None or sure.vague or sure.value is not None:
        return Reread(figure)
    return Reread(figure, f"“{figure.as_worded}” reads as {_numbers(sure)}")


def with_interval(figure: Figure, assumption: str) -> tuple[Figure, str | None] | None:
    """Take the interval around a figure out of its assumption; give both, or nothing."""
    middle = figure.value if figure.value is not None else figure.low
    if middle is None or (figure.value is None and figure.low != figure.high):
        return None
    words = _BRACKETED.sub("", figure.as_worded)
    pieces = [piece for piece in _PIECES.split(assumption) if piece]
    for piece in pieces:
        read = _typed(f"{words} ({piece})")
        if read is None or read.value is None or read.low is None or read.high is None:
            continue
        factor = middle / read.value if read.value else 1.0
        low, high = _times(read.low, factor), _times(read.high, factor)
        if figure.value is not None and (low, high) != (figure.low, figure.high):
            continue
        left = ", ".join(one for one in pieces if one != piece)
        return _spread(figure, (low, high), read.interval, middle), left or None
    return None


def _readings(words: str) -> Iterator[Quantity]:
    whole = _typed(words)
    if whole is not None:
        yield whole
    yield from find_quantities(words)


def _typed(words: str) -> Quantity | None:
    try:
        return parse_figure(words)
    except BadFigure:
        return None


def _richer(figure: Figure, read: Quantity, topic: Topic) -> Figure | None:
    """Give a figure the interval and unit of a reading that has its numbers."""
    printed = read.unit if read.kind is Kind.MEASURE else None
    factor = in_unit(1.0, printed, topic.unit) if printed and topic.unit else 1.0
    if factor is None:
        printed, factor = None, 1.0
    scale = next((one for one in _scales(topic) if _is_same(figure, read, factor * one, topic)), 0)
    if not scale:
        return None
    low, high, value = (_times(number, scale) for number in (read.low, read.high, read.value))
    changed: dict[str, object] = {"unit": printed if factor != 1.0 else None}
    if value is None:
        return figure.model_copy(update={**changed, "low": low, "high": high})
    return _spread(figure, (low, high), read.interval, value).model_copy(update=changed)


def _scales(topic: Topic) -> tuple[float, ...]:
    """Return what words may have to be multiplied by: "95 (90.3–97.6)" is of percent."""
    return (1.0, 0.01) if topic.measure in _PARTS else (1.0,)


def _is_same(figure: Figure, read: Quantity, factor: float, topic: Topic) -> bool:
    """Whether a reading has the numbers of a figure, which may be percent where it has parts."""
    low, high, value = (_times(number, factor) for number in (read.low, read.high, read.value))
    sides = [(low, high)] if value is None else [(low, high), (value, value)]
    return any(
        _near(figure.low, _times(one, scale)) and _near(figure.high, _times(other, scale))
        for scale in ((1.0, 100.0) if topic.measure in _PARTS else (1.0,))
        for one, other in sides
    )


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _ROUNDED * max(abs(one), abs(other))


def _times(number: float | None, factor: float) -> float | None:
    return None if number is None else float(f"{number * factor:.12g}")


def _spread(
    figure: Figure,
    ends: tuple[float | None, float | None],
    interval: str | None,
    value: float | None,
) -> Figure:
    """Put the ends of an interval around the value of a figure."""
    relation = figure.relation if figure.relation in _POINTS else Relation.ABOUT
    changed = {
        "low": ends[0],
        "high": ends[1],
        "value": value,
        "interval": interval,
        "relation": relation,
    }
    try:
        return Figure.model_validate(figure.model_dump() | changed)
    except ValidationError:
        return figure


def _dated(figure: Figure) -> Figure:
    """Say of a year what is said of dates: by 2033, not up to it; in 2026, not about it."""
    relation = figure.relation or Relation.EXACT
    if relation is Relation.ABOUT:
        relation = _relation_in(figure.as_worded)
    return figure.model_copy(update={"relation": _OF_DATES.get(relation, relation)})


def _relation_in(words: str) -> Relation:
    """Tell "around 2026" from a year that is printed as it is."""
    parts = words.split()
    for start in range(len(parts)):
        try:
            read = parse_figure(" ".join(parts[start:]), calendar=True)
        except BadFigure:
            continue
        return Relation.AROUND if read.relation is Relation.AROUND else Relation.EXACT
    return Relation.EXACT


def _numbers(read: Quantity) -> str:
    sides = dict.fromkeys(f"{side:g}" for side in (read.low, read.high) if side is not None)
    return " to ".join(sides)
