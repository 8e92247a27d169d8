"""Connections to one database: lent to whoever reads, and opened as transactions to write in."""

import logging
import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from time import monotonic, sleep

import psycopg
from psycopg import Connection
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from knowledge.store.address import ServerAddress
from knowledge.store.base import StoreError, Unsure
from knowledge.store.engine import Taken
from knowledge.store.postgresql.holding import Holding
from knowledge.store.postgresql.listening import Listener
from knowledge.store.postgresql.opening import connect, prepare, route_to
from knowledge.store.postgresql.words import (
    SILENT,
    UNREACHABLE,
    plain_words,
    reason_of,
    refusal,
)

# Why a server is away is said once, and in plain words, by whoever listens to it.
logging.getLogger("psycopg.pool").setLevel(logging.ERROR)

_MOST = 8
"""One writes, one or two go through much, some read a little; ten processes are then still
within the hundred that a server allows unless told otherwise."""
_STEP_SECONDS = 0.25
"""How long a lending waits before it looks whether the server is away (chosen by eye)."""
_BUSY_SECONDS = 5.0
"""How long to wait for a connection while the server is there: less than a person's patience."""
_SLOW_SECONDS = 1.0
"""After which it is seen whether the server is there at all (chosen by eye): what is long, such as
an import, goes on where it is."""
_FOUND_OUT_SECONDS = 10.0
"""How long it is tried to find out what became of a commit: longer than a restart takes, shorter
than the fifteen minutes for which Discord takes an answer (chosen by eye)."""


class Connections:
    """Lends connections to any thread. What goes wrong is a `StoreError`."""

    def __init__(self, address: ServerAddress, wait: float) -> None:
        """Take where the database is, and how long to wait for others, in seconds."""
        self._address = address
        self._wait = wait
        self._lent: dict[int, tuple[Connection, float]] = {}
        """What is lent, and since when."""
        self.listener = Listener(self._connect_alone, self._waiting, refusal(address, SILENT))
        self._holding = Holding(self._connect_alone)
        self._writing = RLock()
        self._in_change = False
        self._pool: ConnectionPool[Connection] = ConnectionPool(
            address.url,
            kwargs={"autocommit": True, **route_to(address)},
            configure=lambda db: prepare(db, wait),
            check=_check,
            min_size=1,
            max_size=_MOST,
            # Who tries for long waits ever longer; who asks anew tries at once.
            reconnect_timeout=1.0,
            num_workers=1,
            open=True,
        )

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Lend a connection on which every statement stands for itself."""
        db = self._taken()
        self._lent[id(db)] = db, monotonic()
        try:
            with plain_words(self._address):
                yield db
            self.listener.seen()
        finally:
            del self._lent[id(db)]
            if db.broken:
                self.listener.doubt()
            self._pool.putconn(db)

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """Lend a connection that sees one moment of the database, and writes nothing."""
        with self.lent() as db:
            db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield db
            finally:
                _roll_back(db)

    @contextmanager
    def change(self, lock: int) -> Iterator[Connection]:
        """Open a transaction that changes do not nest in: one at a time holds the lock."""
        with self._writing:
            if self._in_change:
                raise RuntimeError("a change is open already: changes do not nest")
            self._in_change = True
            try:
                with self.transaction(lock) as db:
                    yield db
            finally:
                self._in_change = False

    @contextmanager
    def transaction(self, lock: int | None = None) -> Iterator[Connection]:
        """Open a transaction; it is written when the block ends without an error.

        With a `lock`, one transaction at a time is open, over all processes. The lock goes with
        the transaction, and so with a process that is killed.

        Raises:
            Unsure: the connection was lost while it was committed, and nobody knows the rest.
        """
        with self.lent() as db:
            try:
                number = _begun(db, lock)
                yield db
            except BaseException:
                _roll_back(db)
                raise
            self._commit(db, number)

    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        """Have names to oneself, on a connection beside the others; see `Engine.reserve`."""
        with plain_words(self._address):
            return self._holding.reserve(names, holder)

    def close(self) -> None:
        """Let go of every connection."""
        self.listener.close()
        self._holding.close()
        self._pool.close()

    def _taken(self) -> Connection:
        """Take a connection from the pool, unless the server is away."""
        end = monotonic() + _BUSY_SECONDS
        while True:
            if away := self.listener.away:
                raise StoreError(str(away), away.reason)
            try:
                return self._pool.getconn(_STEP_SECONDS)
            except PoolTimeout:
                self.listener.doubt()
                if monotonic() > end:
                    raise refusal(self._address, f"{UNREACHABLE}: it is busy") from None

    def _waiting(self) -> Iterator[Connection]:
        """Go through what is lent for longer than anything takes that a person waits for."""
        now = monotonic()
        for db, since in list(self._lent.values()):
            if now - since > _SLOW_SECONDS:
                yield db

    def _connect_alone(self) -> Connection:
        try:
            return connect(self._address, self._wait)
        except psycopg.Error as error:
            raise refusal(self._address, reason_of(error)) from None

    def _commit(self, db: Connection, number: str) -> None:
        try:
            done = db.execute("COMMIT").statusmessage
        except psycopg.OperationalError as error:
            if not db.broken and db.info.transaction_status is not TransactionStatus.UNKNOWN:
                raise
            if not self._was_committed(number):
                raise refusal(self._address, reason_of(error)) from error
            return
        if done != "COMMIT":
            raise refusal(self._address, "did not take the change: a statement had failed")

    def _was_committed(self, number: str) -> bool:
        """Find out what became of a transaction whose connection was lost as it ended."""
        end = monotonic() + _FOUND_OUT_SECONDS
        while monotonic() < end:
            with suppress(StoreError, psycopg.Error):
                with self._connect_alone() as db:
                    row = db.execute("SELECT pg_xact_status(%s::xid8)", [number]).fetchone()
                match row and row[0]:
                    case "committed":
                        return True
                    case "aborted":
                        return False
                    case None:
                        break
            sleep(_STEP_SECONDS)
        raise Unsure(f"The connection to the database {self._address} was lost during a change.")


def _check(db: Connection) -> None:
    """Ask a connection whether it is still one, where it has something to say.

    The server says nothing unasked but that it ends it: most need not be asked, which would take
    as long as a small reading.
    """
    said, _, _ = select.select([db.fileno()], [], [], 0)
    if said:
        ConnectionPool.check_connection(db)


def _begun(db: Connection, lock: int | None) -> str:
    """Begin a transaction, and return its number, by which its end can be found out."""
    held = "" if lock is None else f"pg_advisory_xact_lock({lock}), "
    cursor = db.execute(f"BEGIN; SELECT {held}pg_current_xact_id()::text")
    cursor.nextset()
    row = cursor.fetchone()
    return str(row[-1]) if row else ""


def _roll_back(db: Connection) -> None:
    if not db.closed and db.info.transaction_status is not TransactionStatus.IDLE:
        with suppress(psycopg.Error):
            db.execute("ROLLBACK")
