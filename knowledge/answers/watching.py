"""Watching: what now on a topic, and what a channel that watches it is still to be told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from secrets import token_hex
from typing import Self

from pydantic import BaseModel, ConfigDict

from knowledge.answers.assembly import latest, spanned
from knowledge.contract import ClaimView, FigureView, Number
from knowledge.library import Entry, Library, Window
from knowledge.model import Measure, Status
from knowledge.store import Sending, Watch, Watches

MOST = 25
"""Watches that one server may have: what one message lists (chosen by eye)."""
LEASE_SECONDS = 60.0
"""How long whoever sends a message is waited for, before somebody else sends it: well beyond what a
request to Discord takes (chosen by eye)."""


class _Kept(BaseModel):
    """A part of what is kept of a message; what a newer version adds to it does no harm."""

    model_config = ConfigDict(frozen=True)


class Estimate(_Kept):
    """A claim as a channel was told of it; `as_of` is EDTF."""

    claim: str
    statement: str
    figure: FigureView | None
    asserted_by: str
    as_of: str
    assumption: str | None

    @classmethod
    def of(cls, claim: ClaimView) -> Self:
        """Keep what is told of a claim."""
        given = {name: getattr(claim, name) for name in cls.model_fields if name != "claim"}
        return cls(claim=claim.id, **given)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it another estimate: another claim, another figure, other words for none."""
        figure = self.figure
        if figure is None or figure.relation is None:
            return (self.claim, self.statement)
        return (self.claim, figure.low, figure.high, figure.relation)


class End(_Kept):
    """An end of a range: its number, whether it is open, and the claim that now there."""

    value: Number
    open: bool
    estimate: Estimate


class Snapshot(_Kept):
    """Where a topic now: the latest estimate and the range over every active claim.

    Without figures, the newest statement is the latest, and there is no range.
    """

    measure: Measure
    latest: Estimate | None = None
    low: End | None = None
    high: End | None = None

    def estimates(self) -> Iterator[Estimate]:
        """Go through the claims that are told of."""
        yield from (self.latest,) if self.latest else ()
        yield from (end.estimate for end in (self.low, self.high) if end)

    def latest_moved(self, before: "Snapshot") -> bool:
        """Whether another estimate is the latest one."""
        return _key(self.latest) != _key(before.latest)

    def range_moved(self, before: "Snapshot") -> bool:
        """Whether an end of the range has another number, or has opened or closed."""
        ours, theirs = ((each.low, each.high) for each in (self, before))
        return [_place(end) for end in ours] != [_place(end) for end in theirs]

    def moved(self, before: "Snapshot") -> bool:
        """Whether a channel that was told `before` is to be told."""
        return self.latest_moved(before) or self.range_moved(before)


def _key(estimate: Estimate | None) -> object:
    return estimate and estimate.key


def _place(end: End | None) -> object:
    return end and (end.value, end.open)


def snapshot(library: Library, topic: str) -> Snapshot:
    """Return where a topic stands.

    Raises:
        KeyError: there is no such topic.
    """
    subject, entries = library.topic(topic), Window().select(library.table(topic))
    qualitative = subject.measure is Measure.QUALITATIVE
    newest = entries[-1].id if qualitative and entries else latest(entries)
    span = spanned(entries, subject.unit)
    ids = {newest, span.low_claim, span.high_claim} if span else {newest}
    shown = [entry for entry in entries if entry.id in ids]
    told = {view.id: Estimate.of(view) for view in library.views(shown)}
    taken = Snapshot(measure=subject.measure, latest=told[newest] if newest else None)
    if span is None:
        return taken
    low = End(value=span.low, open=span.low_open, estimate=told[span.low_claim])
    high = End(value=span.high, open=span.high_open, estimate=told[span.high_claim])
    return taken.model_copy(update={"low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Notice:
    """What a channel is to be told: where a topic stood when it was told last, and now.

    `resting_on` are the claims it stands on now, `withdrawn` those that it stood on before and
    that are no longer active. The watch knows whether the message may have been sent before.
    """

    watch: Watch
    title: str
    before: Snapshot
    after: Snapshot
    revision: int
    resting_on: tuple[ClaimView, ...]
    withdrawn: dict[str, Status]


class Watching:
    """What the channels of all servers are still to be told, and that each is told once.

    Each method may be called from any thread, and waits for the database; a message is sent
    between `begin` and `done`. It is kept with a nonce of its own before it is sent, so that
    of several processes one sends it, and whoever takes it over can tell that it was sent.
    """

    def __init__(
        self,
        watches: Watches,
        library_of: Callable[[str | None], Library],
        serves: Callable[[int], bool] = lambda _: True,
    ) -> None:
        """Watch for the servers that this process `serves`."""
        self._watches = watches
        self._library_of = library_of
        self._serves = serves

    def due(self, now: datetime) -> tuple[list[Notice], bool]:
        """Return what is to be told now, and whether there will be more without a new change.

        Raises:
            StoreError: the database cannot be read.
        """
        found: list[Notice] = []
        later = False
        # Most servers have nothing of their own, and watch what others watch.
        taken = cache(snapshot)
        for watch in filter(lambda one: self._serves(one.guild), self._watches.all()):
            if watch.sending and now.timestamp() < watch.sending.since + LEASE_SECONDS:
                later = True
            elif notice := self._notice(watch, taken):
                found.append(notice)
        return found, later

    def begin(self, notice: Notice, now: datetime) -> str | None:
        """Claim a message; return its nonce, or nothing when somebody else sends it.

        Raises:
            StoreError: the database cannot be written.
        """
        since, left = now.timestamp(), notice.watch.sending
        if left:
            return left.nonce if self._watches.resume(notice.watch, since) else None
        sending = Sending(notice.after.model_dump_json(), notice.revision, token_hex(8), since)
        return sending.nonce if self._watches.begin(notice.watch, sending) else None

    def done(self, notice: Notice, nonce: str) -> None:
        """Note that a message has arrived.

        Raises:
            StoreError: the database cannot be written.
        """
        self._watches.finish(notice.watch.id, nonce)

    def _notice(self, watch: Watch, taken: Callable[[Library, str], Snapshot]) -> Notice | None:
        library = self._library_of(str(watch.guild))
        if watch.topic not in library.topics:
            return None
        before, left = Snapshot.model_validate_json(watch.told), watch.sending
        if left:
            after = Snapshot.model_validate_json(left.what)
            return _notice_of(library, watch, (before, after), left.revision)
        # Of two processes, one may not have followed yet what the other one has told already.
        revision = library.revision
        if revision <= watch.revision:
            return None
        after = taken(library, watch.topic)
        return (
            _notice_of(library, watch, (before, after), revision) if after.moved(before) else None
        )


def _notice_of(
    library: Library, watch: Watch, told: tuple[Snapshot, Snapshot], revision: int
) -> Notice:
    before, after = told
    return Notice(
        watch=watch,
        title=library.topic(watch.topic).title,
        before=before,
        after=after,
        revision=revision,
        resting_on=tuple(library.views(_entries(library, after))),
        withdrawn={
            entry.id: entry.status
            for entry in _entries(library, before)
            if entry.status is not Status.ACTIVE
        },
    )


def _entries(library: Library, told: Snapshot) -> list[Entry]:
    ids = dict.fromkeys(estimate.claim for estimate in told.estimates())
    return [entry for entry in map(library.find, ids) if entry]
