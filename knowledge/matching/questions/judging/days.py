"""Which topics have something on file for the days that a question asks for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.library import Window, as_of_date
from knowledge.matching.questions.judging.evidence import Array
from knowledge.matching.questions.reading import Question
from knowledge.model import Claim, Measure, Status, Topic

_Days = NDArray[np.int64]
_NO_DAYS: _Days = np.zeros((0, 4), dtype=np.int64)


class Days:
    """The days that the claims on each topic stand for."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = topics
        self._of_topic = [_NO_DAYS for _ in topics]
        self._joined: tuple[list[_Days], _Days, NDArray[np.intp]] | None = None

    def note(self, at: int, claims: Iterable[Claim]) -> None:
        """Learn the days of all claims on a topic."""
        names_days = self._topics[at].measure is Measure.DATE
        active = (claim for claim in claims if claim.status is Status.ACTIVE)
        days = [each for claim in active for each in _days_of(claim, named=names_days)]
        found = np.array(days, dtype=np.int64).reshape(-1, 4)
        # Another list, for whoever joins the old one meanwhile in another thread.
        self._of_topic = [*self._of_topic[:at], found, *self._of_topic[at + 1 :]]

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
        of_topic, kept = self._of_topic, self._joined
        if kept is None or kept[0] is not of_topic:
            owners = np.repeat(np.arange(len(of_topic)), [len(days) for days in of_topic])
            kept = self._joined = (of_topic, np.concatenate((_NO_DAYS, *of_topic)), owners)
        return kept[1:]


def _days_of(claim: Claim, *, named: bool) -> Iterator[tuple[int, int, int, int]]:
    """Yield the first and the last day, when it was known, and the year of the last.

    Where years are `named`, those of the figure are meant too.
    """
    said = claim.asserted_on
    as_of, known = as_of_date(said, claim.period), said.latest.toordinal()
    yield as_of.earliest.toordinal(), as_of.latest.toordinal(), known, as_of.latest.year
    if named and claim.figure:
        low, high = _year(claim.figure.low), _year(claim.figure.high)
        if low or high:
            begin = date(low, 1, 1) if low else date.min
            end = date(high, 12, 31) if high else date.max
            yield begin.toordinal(), end.toordinal(), known, as_of.latest.year


def _year(number: float | None) -> int | None:
    return int(number) if number and date.min.year <= number <= date.max.year else None
