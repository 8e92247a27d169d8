"""The store in one SQLite file: one connection writes, another reads, so neither waits."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, RLock

from sqlite_utils import Database

from knowledge.models import KINDS, AnyRecord, Asserter, Claim, RecordKind, Revision, Source, Topic
from knowledge.records import Records, digest
from knowledge.store import history
from knowledge.store.base import Report
from knowledge.store.change import SqliteChange
from knowledge.store.opening import connect, open_database, plain_words
from knowledge.store.rows import Kind, read_records
from knowledge.store.takeup import shipped_digests, take_up

CURATED = "curated records"
"""Who made the changes that came with the program."""


def utc_today() -> date:
    """Return the day it is in UTC."""
    return datetime.now(UTC).date()


def open_store(
    path: Path, *, wait: float = 5.0, today: Callable[[], date] = utc_today
) -> "SqliteStore":
    """Open the database in a file, and create or migrate it first where that is needed.

    `wait` is how long another process may hold the file, in seconds. `today` is the day after
    which nothing can have been asserted.

    Raises:
        StoreError: the file cannot be used; it is left as it was.
    """
    return SqliteStore(path, wait, today)


class SqliteStore:
    """A `Store` in a file. Confirmed changes survive a kill of the process at any moment."""

    def __init__(self, path: Path, wait: float, today: Callable[[], date]) -> None:
        self._path = path
        self._wait = wait
        self._today = today
        self._writer = open_database(path, wait)
        self._writing = RLock()
        self._reader = self._connect()
        self._reading = Lock()
        self._database_id = history.database_id(self._reader)

    @property
    def database_id(self) -> str:
        """What tells this database from every other one."""
        return self._database_id

    def topics(self) -> list[Topic]:
        """Every topic, by id."""
        return self._read(Topic)

    def asserters(self) -> list[Asserter]:
        """Every asserter, by id."""
        return self._read(Asserter)

    def sources(self) -> list[Source]:
        """Every source, by id."""
        return self._read(Source)

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """Return the claims of these ids, in this order; an unknown id gives none."""
        wanted = list(ids)
        found = {claim.id: claim for claim in self._read(Claim, wanted)}
        return [found[claim] for claim in wanted if claim in found]

    def all_claims(self) -> Iterator[Claim]:
        """Go through every claim by id, as of one moment."""
        with self._snapshot() as db:
            yield from read_records(db, Claim)

    def all_records(self) -> Iterator[tuple[RecordKind, AnyRecord]]:
        """Go through every record as of one moment, those that others refer to first."""
        with self._snapshot() as db:
            for kind, model in KINDS.items():
                for record in read_records(db, model):
                    yield kind, record

    def revision(self) -> int:
        """Return the number of the newest revision, 0 when there is none."""
        with self._reading, plain_words(self._path):
            return history.head(self._reader)[0]

    def revisions(self, kind: RecordKind, record: str) -> list[Revision]:
        """Return what was done to one record, oldest first."""
        with self._reading, plain_words(self._path):
            return history.read_revisions(self._reader, kind, record)

    def history(self, after: int = 0) -> Iterator[Revision]:
        """Go through everything that was done after a revision, oldest first."""
        with self._snapshot() as db:
            yield from history.read_history(db, after)

    def verify_history(self) -> list[str]:
        """Say what was edited, removed or reordered behind the store's back."""
        with self._snapshot() as db:
            return list(history.problems(db))

    @contextmanager
    def change(self, who: str, why: str) -> Iterator[SqliteChange]:
        """Open a change; it is written as a whole when the block ends without an exception.

        Raises:
            Refused: the changed records do not fit the others.
            StoreError: the database cannot be written; nothing of the change is.
        """
        with self._transaction() as db:
            change = SqliteChange(db, who, why)
            yield change
            change.check(self._today())

    def take_up(self, records: Records) -> Report:
        """Take up shipped records, without touching what a person changed since.

        The records are whole and checked, as `load_records` gives them. Costs one small query
        when nothing changed.

        Raises:
            StoreError: the database cannot be written; nothing is taken up.
        """
        now = {(kind, record.id): digest(record) for kind, record in records.each()}
        with self._reading, plain_words(self._path):
            unchanged = now == shipped_digests(self._reader, present=True)
        if unchanged:
            return Report()
        with self._transaction() as db:
            return take_up(db, SqliteChange(db, CURATED, "shipped with this version"), records)

    def close(self) -> None:
        """Move what was written into the main file and let go of it."""
        with self._writing, self._reading, plain_words(self._path):
            self._reader.close()
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.close()

    def _connect(self) -> Database:
        db = connect(self._path, self._wait)
        db.execute("PRAGMA query_only = ON")
        return db

    def _read(self, model: type[Kind], ids: list[str] | None = None) -> list[Kind]:
        with self._reading, plain_words(self._path):
            return list(read_records(self._reader, model, ids))

    @contextmanager
    def _snapshot(self) -> Iterator[Database]:
        """Connect anew and hold one moment, so that a long reading disturbs no other one."""
        with plain_words(self._path):
            db = self._connect()
            try:
                db.execute("BEGIN")
                yield db
            finally:
                db.close()

    @contextmanager
    def _transaction(self) -> Iterator[Database]:
        with self._writing, plain_words(self._path):
            if self._writer.conn.in_transaction:
                raise RuntimeError("a change is open already: changes do not nest")
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                # Claims of one change may refer to each other in any order.
                self._writer.execute("PRAGMA defer_foreign_keys = ON")
                yield self._writer
                self._writer.commit()
            except BaseException:
                self._writer.rollback()
                raise
