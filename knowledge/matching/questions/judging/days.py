"""Which topics have something on file for the days that a question asks for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.library import Window, as_of_date
from knowledge.matching.questions.judging.evidence import Array
from knowledge.matching.questions.reading import Question
from knowledge.model import Claim, Measure, Status, Topic
from knowledge.words import words_of

_Days = NDArray[np.int64]
_Span = tuple[int, int, int, int]
"""The first and the last day, the day by which they were known, and the year of the last."""
_NO_DAYS: _Days = np.zeros((0, 4), dtype=np.int64)
_DIGITS = 4
"""Of a year."""


class Days:
    """The days that the claims on each topic stand for, and the years that it is told by."""

    def __init__(self, topics: Sequence[Topic], told: Iterable[Iterable[str]]) -> None:
        """Begin without claims; `told` are the names and the description of each topic."""
        self._topics = topics
        self._told = [[*_years_in(texts)] for texts in told]
        self._of_topic = [_NO_DAYS for _ in topics]
        self._version = 0
        self._joined: tuple[int, _Days, NDArray[np.intp]] | None = None

    def note(self, at: int, claims: Iterable[Claim]) -> None:
        """Learn the days of all claims on a topic."""
        names_days = self._topics[at].measure is Measure.DATE
        active = (claim for claim in claims if claim.status is Status.ACTIVE)
        days = [each for claim in active for each in _days_of(claim, named=names_days)]
        self._of_topic[at] = np.array([*self._told[at], *days], dtype=np.int64).reshape(-1, 4)
        self._version += 1

    def on_file(self, question: Question) -> Array:
        """Return 1 of each topic with a claim of the days asked for; of all where none are.

        A day without a year is one of any year.
        """
        found = np.zeros(len(self._topics))
        if not question.dates:
            return found + 1
        days, owners = self._all()
        first, last, known, years = days.T
        asked = Window(*question.bounds())
        windows = [asked]
        if question.yearless:
            windows = [asked.in_year(year) for year in np.unique(years).tolist()]
        for one in windows:
            begin, end = one.since or date.min, one.until or date.max
            inside = (last >= begin.toordinal()) & (first <= end.toordinal())
            inside &= known <= (one.known_by or date.max).toordinal()
            found[owners[inside]] = 1
        return found

    def _all(self) -> tuple[_Days, NDArray[np.intp]]:
        # Read first: what another thread notes from here on asks for joining anew.
        version, kept = self._version, self._joined
        if kept is None or kept[0] != version:
            of_topic = tuple(self._of_topic)
            owners = np.repeat(np.arange(len(of_topic)), [len(days) for days in of_topic])
            kept = self._joined = (version, np.concatenate((_NO_DAYS, *of_topic)), owners)
        return kept[1:]


def _days_of(claim: Claim, *, named: bool) -> Iterator[_Span]:
    """Yield the days of a claim, and the years of its qualifiers.

    Where years are `named`, those of the figure are meant too.
    """
    as_of, known = as_of_date(claim.asserted_on, claim.period), claim.asserted_on.latest
    yield _span(as_of.earliest, as_of.latest, known)
    yield from _years_in((claim.qualifiers or {}).values())
    if named and claim.figure:
        low, high = _year(claim.figure.low), _year(claim.figure.high)
        if low or high:
            begin = date(low, 1, 1) if low else date.min
            yield _span(begin, date(high, 12, 31) if high else date.max, known)


def _years_in(texts: Iterable[str]) -> Iterator[_Span]:
    """Yield the years that texts name: they tell things apart ("1959 treaty"), whenever said."""
    words = {word.text for text in texts for word in words_of(text)}
    for year in (int(word) for word in words if word.isdecimal() and len(word) == _DIGITS):
        if year:
            yield _span(date(year, 1, 1), date(year, 12, 31), date.min)


def _span(first: date, last: date, known: date) -> _Span:
    return first.toordinal(), last.toordinal(), known.toordinal(), last.year


def _year(number: float | None) -> int | None:
    return int(number) if number and date.min.year <= number <= date.max.year else None
