"""A change: records with their revisions, checked against the others, written as a whole."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby, islice
from typing import Generic, TypeVar

from sqlite_utils import Database

from knowledge.model import KINDS, AnyRecord, Asserter, Claim, RecordKind, Revision, Source, Topic
from knowledge.records import (
    Problem,
    canonical_json,
    command_problems,
    content,
    field_name,
    record_problems,
)
from knowledge.store import history
from knowledge.store.base import Conflict, Placed, Progress, Refused, Written
from knowledge.store.sqlite.rows import Ids, Kind, Place, read_placed, read_records, write_records

SLICE = 500
"""Records that are read and written with one statement; none holds a reader up for long."""

_KIND = {model: kind for kind, model in KINDS.items()}
_ORDER = {kind: place for place, kind in enumerate(KINDS)}
Standing = dict[str, tuple[AnyRecord, str | None]]
Item = TypeVar("Item")


class SqliteChange:
    """Writes inside a transaction that somebody else opens and ends."""

    def __init__(self, db: Database, by: tuple[str, str], workspace: str | None) -> None:
        self._db = db
        self._by = by
        self._workspace = workspace
        self._head = history.head(db)
        self._remeasured: list[str] = []
        self.touched: dict[tuple[RecordKind, str], AnyRecord] = {}
        self.written: list[Written] = []

    def read(self, kind: RecordKind, record: str) -> Placed | None:
        """Return a record as it stands within the change, or nothing."""
        return read_one(self._db, kind, record)

    def put(self, record: AnyRecord, *, expected_revision: int | None = None) -> Revision | None:
        """Write a record and its revision; nothing when it stands exactly so already.

        Raises:
            Conflict: the record's newest revision is not the expected one.
            Refused: the record belongs to another place.
        """
        if expected_revision is not None:
            self._expect(record, expected_revision)
        written = self._write(kind_of(record), [record])
        return written[0].revision() if written else None

    def put_all(self, records: Sequence[AnyRecord], progress: Progress | None = None) -> int:
        """Write many records, those that others refer to first; return how many were written.

        Raises:
            Refused: records belong to another place.
        """
        ordered = sorted(records, key=lambda record: _ORDER[kind_of(record)])
        written = done = 0
        for kind, group in groupby(ordered, key=kind_of):
            for some in in_slices(group, SLICE):
                written += len(self._write(kind, some))
                done += len(some)
                if progress:
                    progress(done, len(ordered))
        return written

    def check(self, today: date) -> None:
        """Hold what was written against everything else that can be seen from its place.

        Raises:
            Refused: references, figures, relations, dates or command names do not fit.
        """
        shelves = Shelves(self._db, self._workspace, self.touched)
        among = [*self.touched.values(), *self._claims_of(self._remeasured)]
        problems = [*misfits(among, shelves, today)]
        if any(kind == "topic" for kind, _ in self.touched):
            problems += command_misfits(shelves.every_topic(), self.touched)
        if problems:
            raise Refused(problems)

    def _expect(self, record: AnyRecord, expected: int) -> None:
        standing = self.read(kind_of(record), record.id)
        if standing is not None and standing.workspace != self._workspace:
            return  # refused in a moment, without a word on what stands there
        newest = standing.revision if standing else 0
        if newest != expected:
            raise Conflict(record, standing.record if standing else None, newest)

    def _write(self, kind: RecordKind, records: Sequence[AnyRecord]) -> list[history.Sealed]:
        standing = standing_of(self._db, kind, records)
        refuse_elsewhere(records, standing, self._workspace)
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        revisions, fresh, replaced = [], {}, []
        for record in records:
            before = standing[record.id][0] if record.id in standing else None
            if before == record:
                continue
            text = canonical_json(content(record))
            before_text = None if before is None else canonical_json(content(before))
            revisions.append(self._sealed(at, kind, record.id, (before_text, text)))
            self._note(kind, before, record)
            if record.id not in fresh and before is not None:
                replaced.append(record.id)
            standing[record.id] = (record, self._workspace)
            fresh[record.id] = record
        if revisions:
            write_records(self._db, KINDS[kind], [*fresh.values()], self._workspace, replaced)
            history.append(self._db, revisions)
        return revisions

    def _sealed(
        self, at: str, kind: RecordKind, record: str, sides: tuple[str | None, str | None]
    ) -> history.Sealed:
        of = (kind, record, self._workspace)
        one = history.sealed(self._head, at, self._by, of, sides)
        self._head = (one.number, one.seal)
        return one

    def _note(self, kind: RecordKind, before: AnyRecord | None, after: AnyRecord) -> None:
        if isinstance(before, Topic) and isinstance(after, Topic):
            self._remeasured += [after.id] if after.measure != before.measure else []
        self.touched[kind, after.id] = after
        number, _ = self._head
        self.written.append(Written(number, kind, after.id, self._workspace, before, after))

    def _claims_of(self, topics: Iterable[str]) -> list[Claim]:
        """Return the claims on topics; no other place can have claims on a topic of this one.

        Claims that a workspace makes on a shared topic are not held against its new measure:
        nobody who changes the shared base sees them.
        """
        ids = [
            row[0]
            for topic in topics
            for row in self._db.execute(
                "SELECT id FROM claims WHERE topic = ? AND workspace IS ?", [topic, self._workspace]
            )
        ]
        return [
            claim
            for claim in read_records(self._db, Claim, Ids(ids))
            if ("claim", claim.id) not in self.touched
        ]


def kind_of(record: AnyRecord) -> RecordKind:
    """Return the kind of a record."""
    return _KIND[type(record)]


def in_slices(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut a long row into lists of at most a size."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def read_one(db: Database, kind: RecordKind, record: str) -> Placed | None:
    """Return a record with its place and its newest revision, or nothing."""
    found = next(read_placed(db, KINDS[kind], Ids([record])), None)
    if found is None:
        return None
    newest = history.newest_revisions(db, kind, [record])
    return Placed(found[0], found[1], newest.get(record, 0))


def standing_of(db: Database, kind: RecordKind, records: Sequence[AnyRecord]) -> Standing:
    """Return what stands under the ids of records, with its workspace."""
    ids = Ids([record.id for record in records])
    return {found.id: (found, place) for found, place in read_placed(db, KINDS[kind], ids)}


def refuse_elsewhere(
    records: Iterable[AnyRecord], standing: Standing, workspace: str | None
) -> None:
    """Refuse records under ids that belong to another place.

    Raises:
        Refused: there are such records.
    """
    problems = elsewhere(records, standing, workspace)
    if problems:
        raise Refused(problems)


def elsewhere(
    records: Iterable[AnyRecord], standing: Standing, workspace: str | None
) -> list[Problem]:
    """Say which ids are taken by another place; of a workspace it is not told that it has one.

    A record that is the same in the shared base changes nothing there, and is let through.
    """
    found = []
    for record in records:
        other, place = standing.get(record.id, (None, workspace))
        if other is None or place == workspace:
            continue
        if place is not None:
            reason = f"the id {record.id} is taken: choose another one"
        elif other == record:
            continue
        else:
            reason = "belongs to the shared base, which is not changed from here"
        found.append(Problem("", record.id, "id", reason))
    return found


def misfits(records: Iterable[AnyRecord], among: "Shelves", today: date) -> Iterator[Problem]:
    """Find what is wrong with records among the others."""
    for record in records:
        for path, reason in record_problems(record, among, today):
            yield Problem("", record.id, field_name(path), reason)


def command_misfits(
    topics: Iterable[Topic], fresh: Container[tuple[RecordKind, str]]
) -> list[Problem]:
    """Find fresh topics with the command of another one; the fresh ones stand last."""
    return [
        Problem("", topic.id, "command", reason)
        for topic, reason in command_problems(topics)
        if ("topic", topic.id) in fresh
    ]


class _Shelf(Generic[Kind]):
    """Records of one kind that can be seen from a place, each read once."""

    def __init__(
        self,
        db: Database,
        model: type[Kind],
        workspace: str | None,
        fresh: dict[tuple[RecordKind, str], AnyRecord],
    ) -> None:
        self._db = db
        self._model = model
        self._workspace = workspace
        self._read: dict[str, Kind | None] = {
            key: record for (_, key), record in fresh.items() if isinstance(record, model)
        }

    def get(self, key: str, /) -> Kind | None:
        """Return the record of this id, or nothing where it cannot be seen."""
        if key not in self._read:
            found = next(read_placed(self._db, self._model, Ids([key])), None)
            seen = found is not None and found[1] in {None, self._workspace}
            self._read[key] = found[0] if found and seen else None
        return self._read[key]


class Shelves:
    """What can be seen from a place: the shared base, its own records, and fresh ones."""

    def __init__(
        self,
        db: Database,
        workspace: str | None,
        fresh: dict[tuple[RecordKind, str], AnyRecord],
    ) -> None:
        self._db = db
        self._workspace = workspace
        self._fresh = fresh
        self.topics = _Shelf(db, Topic, workspace, fresh)
        self.asserters = _Shelf(db, Asserter, workspace, fresh)
        self.sources = _Shelf(db, Source, workspace, fresh)
        self.claims = _Shelf(db, Claim, workspace, fresh)

    def every_topic(self) -> list[Topic]:
        """Return the topics, those of the shared base first and the fresh ones last."""
        places = [None] if self._workspace is None else [None, self._workspace]
        standing = (t for place in places for t in read_records(self._db, Topic, Place(place)))
        fresh = [record for record in self._fresh.values() if isinstance(record, Topic)]
        return [*(t for t in standing if ("topic", t.id) not in self._fresh), *fresh]


def repeated(records: Iterable[AnyRecord]) -> Iterator[Problem]:
    """Find ids that stand more than once in a set of records."""
    counts = Counter((kind_of(record), record.id) for record in records)
    for (kind, record), count in counts.items():
        if count > 1:
            yield Problem("", record, "id", f"{count} records are called {kind} {record}")
