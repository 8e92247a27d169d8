"""A change: records with their revisions, checked against the others, written as a whole."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Generic

from sqlite_utils import Database

from knowledge.models import KINDS, AnyRecord, Asserter, Claim, RecordKind, Revision, Source, Topic
from knowledge.records import Problem, command_problems, content, field_name, record_problems
from knowledge.store import history
from knowledge.store.base import Conflict, Refused
from knowledge.store.rows import Kind, read_record, read_records, write_record


class SqliteChange:
    """Writes inside a transaction that somebody else opens and ends."""

    def __init__(self, db: Database, who: str, why: str) -> None:
        self._db = db
        self._who = who
        self._why = why
        self._head = history.head(db)
        self._touched: dict[tuple[RecordKind, str], AnyRecord] = {}
        self._remeasured: list[str] = []

    def put(self, record: AnyRecord, *, expected_revision: int | None = None) -> Revision | None:
        """Write a record and its revision; nothing when it stands exactly so already.

        Raises:
            Conflict: the record's newest revision is not the expected one.
        """
        kind = kind_of(record)
        stored = read_record(self._db, type(record), record.id)
        if expected_revision is not None:
            newest = history.newest_revision(self._db, kind, record.id)
            if newest != expected_revision:
                raise Conflict(record, stored, newest)
        if stored is not None and content(stored) == content(record):
            return None
        if isinstance(record, Topic) and isinstance(stored, Topic):
            self._remeasured += [record.id] if record.measure != stored.measure else []
        write_record(self._db, record)
        self._touched[kind, record.id] = record
        return self._record(kind, stored, record)

    def check(self, today: date) -> None:
        """Hold what was written against everything else in the database.

        Raises:
            Refused: references, figures, relations, dates or command names do not fit.
        """
        shelves = _Shelves(self._db)
        problems = [
            Problem("", record.id, field_name(path), reason)
            for record in [*self._touched.values(), *self._claims_of(self._remeasured)]
            for path, reason in record_problems(record, shelves, today)
        ]
        if any(kind == "topic" for kind, _ in self._touched):
            problems += [
                Problem("", topic.id, "command", reason)
                for topic, reason in command_problems(read_records(self._db, Topic))
            ]
        if problems:
            raise Refused(problems)

    def _record(self, kind: RecordKind, before: AnyRecord | None, after: AnyRecord) -> Revision:
        number, previous = self._head
        draft = Revision(
            number=number + 1,
            at=datetime.now(UTC),
            who=self._who,
            why=self._why,
            kind=kind,
            record=after.id,
            before=None if before is None else content(before),
            after=content(after),
            previous=previous,
            seal="",
        )
        revision = history.sealed(draft)
        history.append(self._db, revision)
        self._head = (revision.number, revision.seal)
        return revision

    def _claims_of(self, topics: Iterable[str]) -> list[Claim]:
        ids = [
            row[0]
            for topic in topics
            for row in self._db.execute("SELECT id FROM claims WHERE topic = ?", [topic])
        ]
        return [
            claim
            for claim in read_records(self._db, Claim, ids)
            if ("claim", claim.id) not in self._touched
        ]


def kind_of(record: AnyRecord) -> RecordKind:
    """Return the kind of a record."""
    return next(kind for kind, model in KINDS.items() if isinstance(record, model))


class _Shelf(Generic[Kind]):
    """Records of one kind in the database, each read once."""

    def __init__(self, db: Database, model: type[Kind]) -> None:
        self._db = db
        self._model = model
        self._read: dict[str, Kind | None] = {}

    def get(self, key: str, /) -> Kind | None:
        """Return the record of this id, or nothing."""
        if key not in self._read:
            self._read[key] = read_record(self._db, self._model, key)
        return self._read[key]


class _Shelves:
    def __init__(self, db: Database) -> None:
        self.topics = _Shelf(db, Topic)
        self.asserters = _Shelf(db, Asserter)
        self.sources = _Shelf(db, Source)
        self.claims = _Shelf(db, Claim)
