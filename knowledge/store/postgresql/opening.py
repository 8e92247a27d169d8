"""Connect to a database, or say in one line why not; create or migrate its schema first."""

import psycopg
from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.types.string import StrDumperUnknown, TextLoader
from typing_extensions import override

from knowledge.store.address import ServerAddress
from knowledge.store.postgresql.listening import impatient
from knowledge.store.postgresql.schema import SCHEMA, VERSION, migrate, version_of
from knowledge.store.postgresql.words import plain_words, reason_of, refusal

OLDEST = 140_000
"""The oldest PostgreSQL that is still looked after (postgresql.org/support/versioning)."""
MIGRATING = 0x436C_6D40
"""The advisory lock of whoever migrates; those of writing and of the ledger follow."""
_LONGEST_MIGRATION = "10min"

_ROUTE: dict[str, object] = {
    "application_name": "claimbot",
    "connect_timeout": 5,
    # A server that is gone without a word is noticed within ten seconds, not within hours.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}

_SESSION = f"""
SET search_path = {SCHEMA};
SET client_encoding = 'UTF8';
SET lock_timeout = '{{wait}}ms';
SET cursor_tuple_fraction = 1;
SET tcp_keepalives_idle = 5;
SET tcp_keepalives_interval = 2;
SET tcp_keepalives_count = 2;
SET idle_in_transaction_session_timeout = '5min'
"""
"""Whole results are read, by cursors too. A process whose machine has died, or that was stopped,
holds no lock for long."""


def connect(address: ServerAddress, wait: float) -> Connection:
    """Connect to a database; the caller keeps threads apart.

    `wait` is how long another process may hold what is to be written, in seconds.

    Raises:
        psycopg.Error: it cannot be reached, or lets nobody in.
    """
    db = psycopg.connect(address.url, autocommit=True, **route_to(address))  # type: ignore[arg-type]
    try:
        prepare(db, wait)
    except BaseException:
        db.close()
        raise
    return db


def route_to(address: ServerAddress) -> dict[str, object]:
    """Return how to connect, as far as the address does not say it itself."""
    return {name: value for name, value in _ROUTE.items() if f"{name}=" not in address.url}


def prepare(db: Connection, wait: float) -> None:
    """Set a new connection up: what it sees, how long it waits, and JSON as the text that it is."""
    with impatient(db):
        db.execute(_SESSION.format(wait=max(1, round(wait * 1000))))
    db.adapters.register_loader("json", TextLoader)
    db.adapters.register_dumper(str, _Storable)


class _Storable(StrDumperUnknown):
    """Text without the one character that PostgreSQL cannot hold.

    The rules refuse a record with it, but only once it is written; no id has it.
    """

    @override
    def dump(self, obj: str) -> Buffer | None:
        return super().dump(obj.replace("\0", "\ufffd"))


def open_database(address: ServerAddress, wait: float, *, create: bool) -> str:
    """See that a database can be used, and create or migrate its schema; return its id.

    Raises:
        StoreError: it cannot be used; nothing was changed.
    """
    try:
        db = connect(address, wait)
    except psycopg.ProgrammingError:
        # What libpq says of an address that it cannot read would show the password.
        raise refusal(address, "has an address that cannot be read") from None
    except psycopg.Error as error:
        raise refusal(address, reason_of(error)) from None
    with db, plain_words(address):
        _check_server(db, address)
        version = version_of(db)
        if not version and not create:
            raise refusal(address, "has nothing of Claimbot's in it")
        if version < VERSION:
            _migrate(db)
        if version > VERSION:
            raise refusal(
                address,
                f"has schema {version}, from a newer Claimbot than this one, which knows "
                f"{VERSION}: update Claimbot",
            )
        row = db.execute("SELECT value FROM meta WHERE key = 'database'").fetchone()
        if row is None:
            raise refusal(address, "is damaged: its id is missing; restore a backup")
        return str(row[0])


def _check_server(db: Connection, address: ServerAddress) -> None:
    if db.info.server_version < OLDEST:
        major = db.info.server_version // 10_000
        least = OLDEST // 10_000
        raise refusal(address, f"stands on PostgreSQL {major}: Claimbot needs {least} or newer")
    encoding = db.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise refusal(address, f"is encoded in {encoding}: make it with ENCODING 'UTF8'")


def _migrate(db: Connection) -> None:
    """Migrate in one transaction; of several processes one does, and the others find it done."""
    with db.transaction():
        db.execute(f"SET LOCAL lock_timeout = '{_LONGEST_MIGRATION}'")
        db.execute("SELECT pg_advisory_xact_lock(%s)", [MIGRATING])
        migrate(db)
