"""Holds a figure that somebody asserts against the figures on file.

Figures are compared as intervals.

* A figure matches a claim of one number when its own number lies within 2 % of it, and of a share
  within half a percentage point; a claim with two ends when it lies between them ("made in 1975":
  "the 1970s"). Of an estimate with its interval, the estimate is that number.
* An open side of a claim allows nothing by itself: "more than 12 million" is matched by "12
  million" and by "more than 12 million", not by 20 million.
* "More than X" and "less than X" do not match a claim that says X itself, and "at least X" and
  "up to X" do.
* What matches no claim is above the range when all of it is ("more than 20 million"), or when it
  reaches beyond by a number that it names ("10 to 20 million", "up to 20 million"); below likewise;
  all else is within the range. "At least" and "less than" a number on the other side of the range
  contradict nothing and are within.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from knowledge.answers import spanned
from knowledge.contract import Range, Standing, Verdict
from knowledge.library import By, Entry
from knowledge.model import Modality, Relation

TOLERANCE: Final = 0.02
"""How far off its number a figure may be and still match it, as a share of the number."""

ROUNDING: Final = 0.005
"""How far off a share may be and still match: half a percentage point, as 95% is for 94.6%."""
_STANDINGS: Final[tuple[Standing, ...]] = ("reported", "conditional", "forecast", "retold")
_STRICT: Final = frozenset({Relation.MORE_THAN, Relation.LESS_THAN})


@dataclass(frozen=True, slots=True)
class Said:
    """An asserted figure in the unit of its topic; an open side is null.

    `tolerance` is a share of the number claimed; years of the calendar have none.
    """

    low: float | None
    high: float | None
    relation: Relation
    tolerance: float = TOLERANCE
    most: float = inf
    """How far off it may be at most, whatever the number: of shares and changes a rounding."""

    @property
    def numbers(self) -> tuple[float, float]:
        """The lowest and the highest number that are named."""
        low, high = self.low, self.high
        if low is None:
            low = high
        if high is None:
            high = low
        if low is None or high is None:
            raise ValueError("a vague figure cannot be compared")
        return low, high


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what it rests on; `nearest` are the claims, the nearest figure first.

    `attributed_to` is whom the message names, where somebody else has said it.
    """

    verdict: Verdict
    span: Range | None
    nearest: tuple[Entry, ...]
    by: By | None = None
    attributed_to: str | None = None


def judge(said: Said, entries: Sequence[Entry], unit: str | None) -> Judgement:
    """Judge a figure against claims: what is reported first, then forecasts and the like.

    Of what is worth as much, what is of everything stands before what is of one group. A retelling
    with a changed figure is no match, but stands first where it has the very figure:
    whoever reads the verdict sees where that comes from.
    """
    nearest = sorted(entries, key=lambda entry: _nearness(said, entry))
    found = [one for one in nearest if matches(said, one)]
    found.sort(key=lambda entry: (_STANDINGS.index(standing(entry)), bool(entry.qualifiers)))
    ordered = (*found, *(one for one in nearest if one not in found))
    span = spanned(entries, unit) or spanned(entries, unit, reported=False)
    if found and found[0].retells is None:
        return Judgement("matches", span, ordered)
    if span is None:
        return Judgement("nothing-on-file", None, ordered)
    return Judgement(verdict(said, span), span, ordered)


def _nearness(said: Said, entry: Entry) -> tuple[bool, float, int, int]:
    """Sort forecasts and retellings behind the rest, then by distance, the newest first."""
    worth = _STANDINGS.index(standing(entry))
    return (
        entry.retells is not None or not entry.counted,
        distance(said, entry),
        worth,
        -entry.last.toordinal(),
    )


def standing(entry: Entry) -> Standing:
    """Tell what a figure on file is worth."""
    if entry.retells is not None:
        return "retold"
    if entry.modality is Modality.FORECAST:
        return "forecast"
    reported = entry.modality is Modality.REPORTED and not entry.assumed
    return "reported" if reported else "conditional"


def verdict(said: Said, span: Range) -> Verdict:
    """Judge a figure that matches no claim against the range over them."""
    low, high = said.numbers
    if high > span.high or (said.relation is Relation.MORE_THAN and low >= span.high):
        return "within-range" if said.relation is Relation.LESS_THAN else "above-range"
    if low < span.low or (said.relation is Relation.LESS_THAN and high <= span.low):
        open_above = said.relation in {Relation.MORE_THAN, Relation.AT_LEAST}
        return "within-range" if open_above else "below-range"
    return "within-range"


def matches(said: Said, entry: Entry) -> bool:
    """Whether a figure equals what a claim says, or lies within what it allows."""
    low, high = said.numbers
    if entry.value is not None and low == high:
        return said.relation not in _STRICT and _close(said, (low, high), entry.value)
    if entry.low is None or entry.high is None:
        claimed = entry.high if entry.low is None else entry.low
        if said.tolerance == 0.0 and entry.high is None and said.low == said.high:
            return False  # a year is not "after" itself
        same_side = (entry.low is None) == (said.low is None) or said.low == said.high
        return claimed is not None and same_side and _close(said, (low, high), claimed)
    if entry.low < entry.high:
        return entry.low <= low and high <= entry.high and said.relation not in _STRICT
    if said.relation in _STRICT:
        return False
    return _close(said, (low, high), entry.low)


def _close(said: Said, numbers: tuple[float, float], claimed: float) -> bool:
    allowed = min(abs(claimed) * said.tolerance, said.most)
    return all(abs(number - claimed) <= allowed for number in numbers)


def distance(said: Said, entry: Entry) -> float:
    """Return how far a claim is from a figure, for sorting: as a share of the larger."""
    low, high = said.numbers
    ends = (entry.low, entry.high) if entry.value is None or low != high else (entry.value,)
    claimed = [number for number in ends if number is not None]
    if not claimed:
        return inf
    if min(claimed) <= high and low <= max(claimed):
        return 0.0
    gap = min(abs(one - number) for one in claimed for number in (low, high))
    return gap / max(*map(abs, claimed), abs(high), 1e-12)
