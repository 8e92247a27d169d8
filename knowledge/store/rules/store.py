"""The store: what is asked of it, answered by the rules over whatever engine it stands on."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from typing_extensions import override

from knowledge.fairness import fairness
from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Claim,
    Edtf,
    Example,
    RecordKind,
    Revision,
    Source,
    Topic,
)
from knowledge.records import Records
from knowledge.store.asked import AskedInVain
from knowledge.store.base import (
    SHIPPED,
    Change,
    Placed,
    Prepared,
    Preview,
    Progress,
    Quota,
    Refused,
    Report,
    Result,
    Store,
    Written,
)
from knowledge.store.engine import (
    EVERY_CLAIM,
    Engine,
    Kind,
    Numbers,
    Outline,
    Taken,
    Which,
)
from knowledge.store.ledger import Ledger
from knowledge.store.rules import history
from knowledge.store.rules.change import RuledChange, read_one
from knowledge.store.rules.preview import preview
from knowledge.store.rules.remembered import Remembered
from knowledge.store.rules.takeup import digests_of, take_up
from knowledge.store.rules.visible import Rules
from knowledge.store.session import News
from knowledge.store.turns import Turns
from knowledge.store.vectors import KeptVector
from knowledge.store.watches import Watches

CURATED = "curated records"
"""Who made the changes that came with the program, or from a folder of records."""
USUAL = Quota()
_FEW = 100
"""Claims that are read while every other small reading waits, a few milliseconds; more are read
over another connection, which costs a third of one."""


def utc_today() -> date:
    """Return the day it is in UTC."""
    return datetime.now(UTC).date()


class RuledStore(Store):
    """A `Store` on an engine. `today` is the day after which nothing can have been asserted."""

    def __init__(
        self, engine: Engine, today: Callable[[], date] = utc_today, quota: Quota = USUAL
    ) -> None:
        self.engine = engine
        self._today = today
        self._quota = quota
        self._remembered = Remembered() if engine.may_be_away else None
        with engine.reading() as reads:
            self._database_id = reads.database_id()

    @property
    @override
    def database_id(self) -> str:
        return self._database_id

    @override
    def workspaces(self) -> list[str]:
        with self.engine.reading() as reads:
            return reads.workspaces()

    @override
    def topics(self, workspace: str | None = None) -> list[Topic]:
        return self._read(Topic, workspace)

    @override
    def asserters(self, workspace: str | None = None) -> list[Asserter]:
        return self._read(Asserter, workspace)

    @override
    def sources(self, workspace: str | None = None) -> list[Source]:
        return self._read(Source, workspace)

    @override
    def examples(self, workspace: str | None = None) -> list[Example]:
        return self._read(Example, workspace)

    @override
    def all_claims(self, workspace: str | None = None) -> Iterator[Claim]:
        with self.engine.snapshot() as reads:
            for claim in reads.records(Claim, workspace):
                if self._remembered:
                    self._remembered.note_new([claim], workspace)
                yield claim

    @override
    def remember(self, workspace: str | None, until: Callable[[], bool]) -> None:
        if self._remembered is None:
            return
        # Over and over only a few: a change that was made meanwhile is remembered already.
        missing = self._remembered.missing(self.claim_ids(workspace), workspace)
        while some := list(islice(missing, _FEW)):
            if until():
                return
            self._claims(some, workspace)

    @override
    def forget(self) -> None:
        if self._remembered is not None:
            self._remembered = Remembered()

    @override
    def outlines(
        self, workspace: str | None = None, which: Which = EVERY_CLAIM
    ) -> Iterator[Outline]:
        if which.ids is not None:  # a few, for which another connection costs more
            with self.engine.reading() as reads:
                found = list(reads.outlines(workspace, which))
            yield from found
            return
        with self.engine.snapshot() as reads:
            yield from reads.outlines(workspace, which)

    @override
    def claim_ids(self, workspace: str | None = None) -> list[str]:
        with self.engine.snapshot() as reads:
            return reads.ids(Claim, workspace)

    @override
    def topics_spoken_on(self, workspace: str | None, asserters: Collection[str]) -> set[str]:
        with self.engine.reading() as reads:
            return reads.topics_spoken_on(workspace, asserters)

    @override
    def spoken_dates(
        self, workspace: str | None, topic: str
    ) -> Iterator[tuple[str, Edtf, Edtf | None]]:
        with self.engine.snapshot() as reads:
            yield from reads.spoken_dates(workspace, topic)

    @override
    def spoken_numbers(self, workspace: str | None, topic: str) -> Iterator[Numbers]:
        with self.engine.snapshot() as reads:
            yield from reads.spoken_numbers(workspace, topic)

    @override
    def carried(self, workspace: str | None) -> Iterator[tuple[str, str, str]]:
        with self.engine.snapshot() as reads:
            yield from reads.carried(workspace)

    @override
    def outlets(self, workspace: str | None) -> set[str]:
        with self.engine.snapshot() as reads:
            return reads.outlets(workspace)

    @override
    def publishers(
        self, workspace: str | None, sources: Collection[str] | None = None
    ) -> dict[str, str]:
        with self.engine.snapshot() as reads:
            return reads.publishers(workspace, sources)

    @override
    def all_records(self, workspace: str | None = None) -> Iterator[tuple[RecordKind, AnyRecord]]:
        with self.engine.snapshot() as reads:
            for kind, model in KINDS.items():
                for record in reads.records(model, workspace):
                    yield kind, record

    @override
    def claims(self, ids: Iterable[str], workspace: str | None = None) -> list[Claim]:
        wanted = list(ids)
        known = self._remembered.recall(wanted, workspace) if self._remembered else None
        read = self._claims(wanted, workspace) if known is None else known
        found = {claim.id: claim for claim in read}
        return [found[claim] for claim in wanted if claim in found]

    def _claims(self, wanted: Sequence[str], workspace: str | None) -> list[Claim]:
        few = len(wanted) <= _FEW
        with self.engine.reading() if few else self.engine.snapshot() as reads:
            found = reads.of_ids(Claim, workspace, wanted)
            # Others wait for the connection of small readings, and for no other one.
            read = list(found if few else fairness.each(found))
        if self._remembered:
            self._remembered.note_new(read, workspace)
        return read

    @override
    def placed(self, kind: RecordKind, record: str, workspace: str | None = None) -> Placed | None:
        with self.engine.reading() as reads:
            return read_one(reads, kind, record, workspace)

    @override
    def revision(self) -> int:
        with self.engine.reading() as reads:
            return history.head(reads)[0]

    @override
    def count(self, workspace: str | None = None) -> int:
        with self.engine.reading() as reads:
            return reads.place_count(workspace, history.head(reads)[0])

    @override
    def size(self, workspace: str | None = None) -> int:
        with self.engine.reading() as reads:
            return reads.count(Claim, workspace)

    @override
    def revision_in(self, workspace: str | None, place_number: int) -> Revision | None:
        with self.engine.reading() as reads:
            found = reads.revision_in(workspace, place_number)
        return history.revision_of(found) if found else None

    @override
    def shown_number(self, number: int, workspace: str | None) -> int:
        with self.engine.reading() as reads:
            return history.shown_number(reads, number, workspace)

    @override
    def number_shown_as(self, shown: int, workspace: str | None) -> int | None:
        with self.engine.reading() as reads:
            return history.number_shown_as(reads, shown, workspace)

    @override
    def revisions(
        self, kind: RecordKind, record: str, workspace: str | None = None
    ) -> list[Revision]:
        with self.engine.reading() as reads:
            found = reads.revisions(kind, workspace, record)
            return [history.revision_of(one) for one in found]

    @override
    def revision_of(self, number: int) -> Revision | None:
        with self.engine.reading() as reads:
            found = reads.revision(number)
        return history.revision_of(found) if found else None

    @override
    def proposed_by(self, workspace: str | None, person: str, limit: int) -> list[str]:
        with self.engine.snapshot() as reads:
            return reads.proposed_by(workspace, person, limit)

    @override
    def recent(self, workspace: str | None, limit: int) -> list[Revision]:
        with self.engine.reading() as reads:
            return [history.revision_of(one) for one in reads.recent(workspace, limit)]

    @override
    def history(self, after: int = 0) -> Iterator[Revision]:
        with self.engine.snapshot() as reads:
            for one in reads.history(after):
                if self._remembered and one.kind == "claim":
                    self._remembered.note_text(one.record, one.workspace, one.after)
                yield history.revision_of(one)

    @override
    def verify_history(self) -> list[str]:
        with self.engine.snapshot() as reads:
            return list(history.problems(reads))

    @override
    @contextmanager
    def change(self, who: str, why: str, workspace: str | None = None) -> Iterator[RuledChange]:
        with self.engine.writing() as writes:
            change = RuledChange(writes, (who, why), workspace)
            yield change
            change.check(self._rules())
            change.write(writes)
        self._remember(change, workspace)

    @override
    def prepare(
        self, work: Callable[[Change], Result], who: str, why: str, workspace: str | None = None
    ) -> Prepared[Result]:
        with self.engine.snapshot() as reads:
            change = RuledChange(reads, (who, why), workspace)
            result = work(change)
            change.check(self._rules())
            seen = change.seen(reads)
        change.make_rows()

        def confirm() -> Sequence[Written] | None:
            with self.engine.reading() as reads:
                newest = change.newest(reads)
            # Most often nobody writes between here and there: there it need not be done again.
            change.put_after(*newest)
            with self.engine.writing() as writes:
                if change.seen(writes) != seen:
                    return None
                change.put_after(*change.newest(writes))
                change.write(writes)
            self._remember(change, workspace)
            return change.written

        return Prepared(result, confirm)

    def _remember(self, change: Change, workspace: str | None) -> None:
        if self._remembered:
            claims = [one.after for one in change.written if isinstance(one.after, Claim)]
            self._remembered.note(claims, workspace)

    @override
    def preview(
        self,
        records: Sequence[AnyRecord],
        workspace: str | None = None,
        progress: Progress | None = None,
    ) -> Preview:
        with self.engine.snapshot() as reads:
            return preview(reads, records, workspace, self._rules(), progress)

    @override
    def take_up(self, records: Records, why: str = SHIPPED) -> Report:
        now = digests_of(records)
        with self.engine.reading() as reads:
            if now == reads.shipped(present=True):
                return Report()
        try:
            with self.engine.writing() as writes:
                by = (CURATED, why)
                change = RuledChange(writes, by, None)
                report = take_up(writes, change, records, now, by)
                change.check(self._rules())
                change.write(writes)
                return report
        except Refused as refused:
            return Report(refused=tuple(refused.problems))

    @override
    def vectors(self, model: str) -> Iterator[KeptVector]:
        with self.engine.snapshot() as reads:
            yield from reads.vectors(model)

    @override
    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        with self.engine.reading() as reads:
            return reads.vectors_of(model, texts)

    @override
    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        with self.engine.writing() as writes:
            writes.keep_vectors(model, vectors)

    @override
    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        with self.engine.writing() as writes:
            writes.prune_vectors(model, texts)

    @property
    @override
    def watches(self) -> Watches:
        return self.engine.watches

    @property
    @override
    def asked(self) -> AskedInVain:
        return self.engine.asked

    @property
    @override
    def ledger(self) -> Ledger:
        return self.engine.ledger

    @property
    @override
    def turns(self) -> Turns:
        return self.engine.turns

    @override
    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        return self.engine.reserve(names, holder)

    @override
    def wait_for_news(self, seconds: float) -> frozenset[News]:
        return self.engine.wait_for_news(seconds)

    @property
    @override
    def closed(self) -> bool:
        return self.engine.closed

    @override
    def backup(self, target: Path) -> None:
        self.engine.backup(target)

    @override
    def close(self) -> None:
        self.engine.close()

    def _rules(self) -> Rules:
        return Rules(self._today(), self._quota)

    def _read(self, model: type[Kind], workspace: str | None) -> list[Kind]:
        with self.engine.snapshot() as reads:
            return list(reads.records(model, workspace))
