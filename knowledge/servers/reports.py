"""Errors that readers report: kept in the ledger until, and after, somebody decides on them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.model import ForPeople
from knowledge.records import without_controls
from knowledge.store import Ledger, LedgerEntry

_KIND = "report"
PERIOD = timedelta(hours=1)
MOST = 5
"""Reports that one person may file in one place within the period: more than anybody finds by
reading (chosen by eye)."""
LONGEST = 600
"""Characters of what is wrong: a short paragraph, which fits a card beside the answer (chosen by
eye)."""
LONGEST_ADDRESS = 300
LONGEST_LINE = 300
_LONGEST_SHOWN = 700
"""Characters that are kept of the answer: its headline and the first lines (chosen by eye)."""


class ReportState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    MENDED = "mended"
    NO_ERROR = "no error"


class ErrorReport(BaseModel):
    """What a reader says is wrong with an answer, and what was decided. Texts are as typed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: str
    """The id of who reported it."""
    name: str
    locale: str
    """What their Discord speaks: in it they hear what became of it."""
    at: datetime
    wrong: str
    source: str = ""
    """The address of a better source."""
    about: str = ""
    """The id of a topic or a claim."""
    shown: str = ""
    """What the answer said."""
    link: str = ""
    """Where the answer stands, if others can see it."""
    revision: int = 0
    """The newest revision that the answer rested on, as it was shown."""
    state: ReportState = ReportState.OPEN
    by: str = ""
    """The name of who decided."""
    line: str = ""
    """What they said to it."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report as it stands; a place is a server, and none means whoever runs the bot."""

    key: str
    place: str | None
    report: ErrorReport


class TooManyReports(ForPeople):
    """Somebody reports more than they may; `minutes` is how long they have to wait."""

    def __init__(self, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(f"That was {MOST} reports within an hour. Try again in {minutes} minutes.")


class Settled(ForPeople):
    """A report was decided on already; `filed` is how it stands."""

    def __init__(self, filed: Filed) -> None:
        self.filed = filed
        super().__init__(f"{filed.report.by} has decided on this report already.")


class Reports:
    """The reports of every place.

    Every method waits for the disk, may be called from any thread, and raises `StoreError` where
    the database cannot be used; nothing is kept then.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def admit(self, place: str | None, person: str, now: datetime) -> None:
        """Make sure that somebody has not reported too much lately.

        Raises:
            TooManyReports: they have.
        """
        lately = sorted(
            one.report.at
            for one in self.of(place)
            if one.report.person == person and now - one.report.at < PERIOD
        )
        if len(lately) >= MOST:
            left = lately[-MOST] + PERIOD - now
            raise TooManyReports(max(1, -(-left // timedelta(minutes=1))))

    def file(self, place: str | None, who: str, report: ErrorReport) -> Filed:
        """Keep a new report.

        Raises:
            TooManyReports: this person has reported too much lately.
        """
        self.admit(place, report.person, report.at)
        key = secrets.token_hex(8)
        self._ledger.write(_KIND, place, key, (who, "reported"), lambda _: _content(report))
        return Filed(key, place, report)

    def find(self, key: str) -> Filed | None:
        """Return a report, or nothing."""
        entry = self._ledger.find(_KIND, key)
        return _filed(entry) if entry else None

    def of(self, place: str | None) -> list[Filed]:
        """Return every report of a place as it stands, oldest first."""
        filed = map(_filed, self._ledger.standing_in(_KIND, place))
        return sorted(filed, key=lambda one: one.report.at)

    def waiting(self, place: str | None) -> list[Filed]:
        """Return the reports of a place that nobody has decided on, oldest first."""
        return [one for one in self.of(place) if one.report.state is ReportState.OPEN]

    def decide(self, filed: Filed, who: str, name: str, state: ReportState, line: str) -> Filed:
        """Note what became of a report; only the first who decides does.

        Raises:
            Settled: somebody was faster.
        """

        def alter(fields: object) -> dict[str, object]:
            standing = ErrorReport.model_validate(fields)
            if standing.state is not ReportState.OPEN:
                raise Settled(Filed(filed.key, filed.place, standing))
            decided = {"state": state, "by": cleaned(name, 80), "line": cleaned(line, LONGEST_LINE)}
            return _content(standing.model_copy(update=decided))

        why = cleaned(line, LONGEST_LINE) or state.value
        entry = self._ledger.write(_KIND, filed.place, filed.key, (who, why), alter)
        return _filed(entry) if entry else filed

    def steps(self, filed: Filed) -> Iterator[tuple[datetime, str, ReportState]]:
        """Go through what happened to a report: when, by whom, and how it stood then."""
        for entry in self._ledger.of(_KIND, filed.place, filed.key):
            yield entry.at, entry.who, _filed(entry).report.state


def cleaned(text: str, limit: int) -> str:
    """Return a typed text as it can be kept: without controls, and no longer than it may be."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return without_controls(whole).strip()[:limit]


def excerpt(text: str) -> str:
    """Return as much of an answer as is kept with a report."""
    return cleaned(text, _LONGEST_SHOWN)


def _content(report: ErrorReport) -> dict[str, object]:
    return report.model_dump(mode="json", exclude_defaults=True)


def _filed(entry: LedgerEntry) -> Filed:
    return Filed(entry.key, entry.place, ErrorReport.model_validate(entry.after))
