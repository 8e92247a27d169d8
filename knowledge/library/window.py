"""Windows: which claims of a topic an answer runs over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.contract import Filters
from knowledge.library.library import Entry, in_force
from knowledge.model import ForPeople, Measure, Topic


@dataclass(frozen=True, slots=True)
class By:
    """Whose claims are wanted: a label that people read, and what it covers.

    An outlet covers what it said itself or carried, claim by claim: `via` are its names in the
    chains of citations, `sources` the ids of its publications.
    """

    label: str
    asserters: frozenset[str]
    via: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    @classmethod
    def together(cls, parts: Sequence["By"]) -> "By | None":
        """Return what some cover together, or nothing where there are none."""
        if not parts:
            return None
        return cls(
            " and ".join(dict.fromkeys(one.label for one in parts)),
            frozenset().union(*(one.asserters for one in parts)),
            frozenset().union(*(one.via for one in parts)),
            frozenset().union(*(one.sources for one in parts)),
        )

    @property
    def covering(self) -> tuple[frozenset[str], ...]:
        """Whom it covers, under whatever label."""
        return self.asserters, self.via, self.sources

    def covers(self, entry: Entry) -> bool:
        """Whether a claim is theirs, or came through them."""
        return (
            entry.asserter in self.asserters
            or not self.via.isdisjoint(entry.via)
            or not self.sources.isdisjoint(entry.sources)
        )


@dataclass(frozen=True, slots=True)
class Window:
    """What narrows an answer: both days included, each side open when it is None.

    `since` and `until` select by the date that a claim stands for; `known_by` keeps what had
    surely been asserted by that day, as if asked on it.
    """

    since: date | None = None
    until: date | None = None
    known_by: date | None = None
    by: By | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise WindowError(self.since, self.until)

    def select(self, table: list[Entry]) -> list[Entry]:
        """Return the active claims in the window, in the order of the table.

        A claim whose date is only known to a month or a year is in the window when any day
        of it is.
        """
        return [entry for entry in table if self._holds(entry)]

    def select_on(self, topic: Topic, table: list[Entry]) -> list[Entry]:
        """Return the active claims on a topic in the window.

        Of dates ("opening after 2030") the years that claims name are meant, and the day they were
        said only where no claim names one in the window.
        """
        if topic.measure is not Measure.DATE or not (self.since or self.until):
            return self.select(table)
        anytime = replace(self, since=None, until=None).select(table)
        return [entry for entry in anytime if self._names_year(entry)] or self.select(table)

    def select_said(self, table: list[Entry]) -> list[Entry]:
        """Return the active claims that were made in the window, or whose period touches it."""
        anytime = replace(self, since=None, until=None).select(table)
        return [entry for entry in anytime if self._is_said(entry)]

    def in_year(self, year: int) -> "Window":
        """Return the same days of the year in which the window is to begin."""
        since, until = self.since, self.until
        if since is None or until is None:
            return self
        later = until.year - since.year
        return replace(self, since=_moved(since, year), until=_moved(until, year + later))

    def _is_said(self, entry: Entry) -> bool:
        begin, end = self.since or date.min, self.until or date.max
        said = entry.said <= end and entry.known >= begin
        return said or ((entry.begins or entry.first) <= end and entry.last >= begin)

    def _names_year(self, entry: Entry) -> bool:
        named = [year for year in (entry.low, entry.high) if year is not None]
        since, until = self.since, self.until
        if since and until:
            return any(since.year <= year <= until.year for year in named)
        late = since is None or entry.high is None or entry.high >= since.year
        return bool(named) and late and (until is None or min(named) <= until.year)

    def _holds(self, entry: Entry) -> bool:
        return (
            in_force(entry, self.known_by)
            and (self.since is None or entry.last >= self.since)
            and (self.until is None or entry.first <= self.until)
            and (self.by is None or self.by.covers(entry))
        )

    def filters(self) -> Filters:
        """Return the window as an answer states it."""
        return Filters(
            since=self.since,
            until=self.until,
            known_by=self.known_by,
            by=self.by.label if self.by else None,
        )


def _moved(day: date, year: int) -> date:
    """Return a day of another year, the last of February where that has no 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


class WindowError(ForPeople):
    """A window that ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(
            f"“since” ({since}) is after “until” ({until}). Swap them, or leave one out."
        )
        self.since = since
        self.until = until
