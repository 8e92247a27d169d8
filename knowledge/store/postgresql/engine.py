"""A database on a server of PostgreSQL's as an engine, for as many processes as share it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from typing_extensions import override

from knowledge.store.address import ServerAddress
from knowledge.store.asked import AskedInVain
from knowledge.store.base import StoreError
from knowledge.store.engine import Engine, Taken
from knowledge.store.ledger import Ledger
from knowledge.store.postgresql.connections import Connections
from knowledge.store.postgresql.opening import MIGRATING, open_database
from knowledge.store.postgresql.reads import PostgresqlReads, PostgresqlWrites
from knowledge.store.postgresql.session import PostgresqlSession
from knowledge.store.session import News
from knowledge.store.turns import Turns
from knowledge.store.watches import Watches

_WRITING = MIGRATING + 1
_LEDGER = MIGRATING + 2
"""The advisory locks of who writes records, and of who writes the ledger: revisions are counted
and sealed one after the other, and so are its entries, but neither waits for the other."""


class PostgresqlEngine(Engine):
    """Keeps a store on a server. What is confirmed is as safe as the server keeps it."""

    def __init__(self, address: ServerAddress, wait: float, *, create: bool = True) -> None:
        """Open a database, and create or migrate its schema first where that is needed.

        `wait` is how long another process may hold it, in seconds.

        Raises:
            StoreError: it cannot be used; it is left as it was.
        """
        self._address = address
        self._database_id = open_database(address, wait, create=create)
        self.connections = Connections(address, wait)

    @property
    @override
    def may_be_away(self) -> bool:
        return True

    @property
    @override
    def watches(self) -> Watches:
        return Watches(self._transaction, self._lent)

    @property
    @override
    def asked(self) -> AskedInVain:
        return AskedInVain(self._transaction, self._lent)

    @property
    @override
    def ledger(self) -> Ledger:
        return Ledger(self._entering, self._lent, self._database_id)

    @property
    @override
    def turns(self) -> Turns:
        return Turns(self._transaction)

    @override
    @contextmanager
    def reading(self) -> Iterator[PostgresqlReads]:
        with self._lent() as db:
            yield PostgresqlReads(db)

    @override
    @contextmanager
    def snapshot(self) -> Iterator[PostgresqlReads]:
        with self.connections.moment() as db:
            yield PostgresqlReads(PostgresqlSession(db))

    @override
    @contextmanager
    def writing(self) -> Iterator[PostgresqlWrites]:
        with self.connections.change(_WRITING) as db:
            yield PostgresqlWrites(PostgresqlSession(db))

    @override
    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        return self.connections.reserve(names, holder)

    @override
    def wait_for_news(self, seconds: float) -> frozenset[News]:
        return self.connections.listener.wait(seconds)

    @property
    @override
    def closed(self) -> bool:
        return self.connections.listener.ended

    @override
    def backup(self, target: Path) -> None:
        raise StoreError(
            f"The database {self._address} stands on PostgreSQL, whose own tools copy it: "
            f"pg_dump --format=custom --schema=claimbot --file={target} '{self._address}'."
        )

    @override
    def close(self) -> None:
        self.connections.close()

    @contextmanager
    def _lent(self) -> Iterator[PostgresqlSession]:
        with self.connections.lent() as db:
            yield PostgresqlSession(db)

    @contextmanager
    def _transaction(self, lock: int | None = None) -> Iterator[PostgresqlSession]:
        with self.connections.transaction(lock) as db:
            yield PostgresqlSession(db)

    def _entering(self) -> AbstractContextManager[PostgresqlSession]:
        return self._transaction(_LEDGER)
