"""The store in one SQLite file: one connection writes, another reads, so neither waits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, RLock

from sqlite_utils import Database

from knowledge.model import KINDS, AnyRecord, Asserter, Claim, RecordKind, Revision, Source, Topic
from knowledge.records import Records, digest
from knowledge.store import history
from knowledge.store.base import Placed, Plan, Report
from knowledge.store.change import SqliteChange, read_one
from knowledge.store.plan import plan
from knowledge.store.sqlite import rows
from knowledge.store.sqlite.backup import write_backup
from knowledge.store.sqlite.opening import connect, open_database, plain_words
from knowledge.store.sqlite.rows import Ids, Kind, Place, Scope, read_records
from knowledge.store.takeup import shipped_digests, take_up
from knowledge.store.vectors import KeptVector, prune_vectors, read_vectors, write_vectors
from knowledge.store.watches import Watches

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

    def workspaces(self) -> list[str]:
        """Return the workspaces that have records of their own."""
        with self._reading, plain_words(self._path):
            return rows.workspaces(self._reader)

    def topics(self, workspace: str | None = None) -> list[Topic]:
        """Every topic of a place, by id."""
        return self._read(Topic, Place(workspace))

    def asserters(self, workspace: str | None = None) -> list[Asserter]:
        """Every asserter of a place, by id."""
        return self._read(Asserter, Place(workspace))

    def sources(self, workspace: str | None = None) -> list[Source]:
        """Every source of a place, by id."""
        return self._read(Source, Place(workspace))

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """Return the claims of these ids, in this order; an unknown id gives none."""
        wanted = list(ids)
        found = {claim.id: claim for claim in self._read(Claim, Ids(wanted))}
        return [found[claim] for claim in wanted if claim in found]

    def placed(self, kind: RecordKind, record: str) -> Placed | None:
        """Return a record with its place and its newest revision, or nothing."""
        with self._reading, plain_words(self._path):
            return read_one(self._reader, kind, record)

    def all_claims(self, workspace: str | None = None) -> Iterator[Claim]:
        """Go through every claim of a place by id, as of one moment."""
        with self._snapshot() as db:
            yield from read_records(db, Claim, Place(workspace))

    def all_records(self, workspace: str | None = None) -> Iterator[tuple[RecordKind, AnyRecord]]:
        """Go through a place as of one moment, records that others refer to first."""
        with self._snapshot() as db:
            for kind, model in KINDS.items():
                for record in read_records(db, model, Place(workspace)):
                    yield kind, record

    def revision(self) -> int:
        """Return the number of the newest revision, 0 when there is none."""
        with self._reading, plain_words(self._path):
            return history.head(self._reader)[0]

    def revisions(self, kind: RecordKind, record: str) -> list[Revision]:
        """Return what was done to one record, oldest first."""
        with self._reading, plain_words(self._path):
            return history.read_revisions(self._reader, kind, record)

    def revision_of(self, number: int) -> Revision | None:
        """Return one revision, or nothing when there is none of that number."""
        with self._reading, plain_words(self._path):
            return history.read_revision(self._reader, number)

    def recent(self, workspace: str | None, limit: int) -> list[Revision]:
        """Return the last revisions of the shared base and of one workspace, newest first."""
        with self._reading, plain_words(self._path):
            return history.read_recent(self._reader, workspace, limit)

    def history(self, after: int = 0) -> Iterator[Revision]:
        """Go through everything that was done after a revision, oldest first."""
        with self._snapshot() as db:
            yield from history.read_history(db, after)

    def verify_history(self) -> list[str]:
        """Say what was edited, removed or reordered behind the store's back."""
        with self._snapshot() as db:
            return list(history.problems(db))

    @contextmanager
    def change(self, who: str, why: str, workspace: str | None = None) -> Iterator[SqliteChange]:
        """Open a change of one place, written as a whole when the block ends without an exception.

        Raises:
            Refused: the changed records do not fit the others.
            StoreError: the database cannot be written; nothing of the change is.
        """
        with self._transaction() as db:
            change = SqliteChange(db, (who, why), workspace)
            yield change
            change.check(self._today())

    def preview(self, records: Sequence[AnyRecord], workspace: str | None = None) -> Plan:
        """Say what putting records into a place would change, and what is wrong with them."""
        with self._snapshot() as db:
            return plan(db, records, workspace, self._today())

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
            change = SqliteChange(db, (CURATED, "shipped with this version"), None)
            return take_up(db, change, records, now)

    def vectors(self, model: str) -> Iterator[KeptVector]:
        """Go through the sentence vectors that a model made, as of one moment."""
        with self._snapshot() as db:
            yield from read_vectors(db, model)

    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        """Keep sentence vectors, in place of those the model had made of the same claims.

        Raises:
            StoreError: the database cannot be written; none of them is kept.
        """
        with self._transaction() as db:
            write_vectors(db, model, vectors)

    def prune_vectors(self, model: str) -> None:
        """Forget the vectors of other models, and of claims that are no longer there.

        Raises:
            StoreError: the database cannot be written; all of them stay.
        """
        with self._transaction() as db:
            prune_vectors(db, model)

    @property
    def watches(self) -> Watches:
        """Which channel is told of which topic."""
        return Watches(self._transaction, self._snapshot)

    def backup(self, target: Path) -> None:
        """Copy the database into a file of its own, whole, while reading and writing go on.

        Raises:
            StoreError: the file cannot be written; there is none, or the old one.
        """
        with self._snapshot() as db:
            write_backup(db, target)

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

    def _read(self, model: type[Kind], scope: Scope) -> list[Kind]:
        with self._reading, plain_words(self._path):
            return list(read_records(self._reader, model, scope))

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
                if self._writer.conn.in_transaction:  # a full disk ends it by itself
                    self._writer.rollback()
                raise
