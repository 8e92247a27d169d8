"""One SQLite file as an engine: one connection writes, another reads, so neither waits."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from threading import Event, Lock, RLock
from time import monotonic

from typing_extensions import override

from knowledge.store.asked import AskedInVain
from knowledge.store.engine import Engine, Taken
from knowledge.store.ledger import Ledger
from knowledge.store.session import News
from knowledge.store.sqlite.backup import write_backup
from knowledge.store.sqlite.opening import Identity, connect, open_database, plain_words
from knowledge.store.sqlite.reads import SqliteReads, SqliteWrites
from knowledge.store.sqlite.session import SqliteSession
from knowledge.store.turns import Turns
from knowledge.store.watches import Watches

_LOOK_SECONDS = 0.5
"""How often the file is looked at by who waits for news: within a second, at next to no cost."""


class SqliteEngine(Engine):
    """Keeps a store in a file. What is confirmed survives a kill of the process at any moment."""

    def __init__(self, path: Path, wait: float, *, create: bool = True) -> None:
        """Open a file, and create or migrate it first where that is needed.

        `wait` is how long another process may hold the file, in seconds.

        Raises:
            StoreError: the file cannot be used; it is left as it was.
        """
        self._path = path
        self._wait = wait
        self.writer = open_database(path, wait, create=create)
        self._identity = Identity(path)
        self._writing = RLock()
        self._reader = self._connect()
        self._reading = Lock()
        self._closing = Event()
        self._heard: int = self._reader.execute("PRAGMA data_version").fetchone()[0]
        with self.reading() as reads:
            self._database_id = reads.database_id()

    @property
    @override
    def may_be_away(self) -> bool:
        return False

    @property
    @override
    def watches(self) -> Watches:
        return Watches(self._transaction, self._moment)

    @property
    @override
    def asked(self) -> AskedInVain:
        return AskedInVain(self._transaction, self._small)

    @property
    @override
    def ledger(self) -> Ledger:
        return Ledger(self._transaction, self._small, self._database_id)

    @property
    @override
    def turns(self) -> Turns:
        return Turns(self._transaction)

    @override
    @contextmanager
    def reading(self) -> Iterator[SqliteReads]:
        with self._small() as db:
            yield SqliteReads(db)

    @override
    @contextmanager
    def snapshot(self) -> Iterator[SqliteReads]:
        with self._moment() as db:
            yield SqliteReads(db)

    @override
    @contextmanager
    def writing(self) -> Iterator[SqliteWrites]:
        with self._transaction() as db:
            yield SqliteWrites(db)

    @override
    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        return None

    @override
    def wait_for_news(self, seconds: float) -> frozenset[News]:
        end = monotonic() + seconds
        while not self._closing.wait(min(_LOOK_SECONDS, max(0.0, end - monotonic()))):
            # SQLite calls nobody, but counts what other connections have written.
            with self._small() as db:
                if self._closing.is_set():
                    break
                version: int = next(db.find("PRAGMA data_version"))[0]
            if version != self._heard:
                self._heard = version
                return frozenset({News("everything")})
            if monotonic() >= end:
                break
        return frozenset()

    @property
    @override
    def closed(self) -> bool:
        return self._closing.is_set()

    @override
    def backup(self, target: Path) -> None:
        with self._moment() as db:
            write_backup(db.connection, target)

    @override
    def close(self) -> None:
        self._closing.set()
        with self._writing, self._reading, plain_words(self._path):
            self._reader.close()
            self.writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.writer.close()

    def _connect(self) -> Connection:
        db = connect(self._path, self._wait)
        db.execute("PRAGMA query_only = ON")
        return db

    @contextmanager
    def _small(self) -> Iterator[SqliteSession]:
        """Lend the connection for small readings."""
        with self._reading, plain_words(self._path):
            yield SqliteSession(self._reader)

    @contextmanager
    def _moment(self) -> Iterator[SqliteSession]:
        """Connect anew and hold one moment, so that a long reading disturbs no other one."""
        with plain_words(self._path):
            self._identity.check()
            db = self._connect()
            try:
                db.execute("BEGIN")
                yield SqliteSession(db)
            finally:
                db.close()

    @contextmanager
    def _transaction(self) -> Iterator[SqliteSession]:
        with self._writing, plain_words(self._path):
            if self.writer.in_transaction:
                raise RuntimeError("a change is open already: changes do not nest")
            self._identity.check()
            self.writer.execute("BEGIN IMMEDIATE")
            try:
                # Claims of one change may refer to each other in any order.
                self.writer.execute("PRAGMA defer_foreign_keys = ON")
                yield SqliteSession(self.writer)
                # What nobody would find again is not confirmed.
                self._identity.check()
                self.writer.commit()
            except BaseException:
                if self.writer.in_transaction:  # a full disk ends it by itself
                    self.writer.rollback()
                raise
