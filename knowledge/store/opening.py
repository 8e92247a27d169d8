"""Which engine a database stands on: the one place that knows them all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge.store.address import ServerAddress, Where
from knowledge.store.base import Quota, Store, StoreError
from knowledge.store.engine import Engine
from knowledge.store.rules.store import USUAL, RuledStore, utc_today
from knowledge.store.sqlite.backup import restore as restore_file
from knowledge.store.sqlite.engine import SqliteEngine


def open_store(
    where: Where,
    *,
    wait: float = 5.0,
    today: Callable[[], date] = utc_today,
    create: bool = True,
    quota: Quota = USUAL,
) -> Store:
    """Open the database in a file or on a server; create or migrate it first where needed.

    `wait` is how long another process may hold it, in seconds (chosen by eye: less than a
    person's patience). `today` is the day after which nothing can have been asserted, `quota` what
    each workspace may hold. Unless it is to `create` one, a database has to be there.

    Raises:
        StoreError: the database cannot be used; it is left as it was.
    """
    return RuledStore(open_engine(where, wait, create=create), today, quota)


def open_engine(where: Where, wait: float, *, create: bool) -> Engine:
    """Open the engine of a database.

    Raises:
        StoreError: the database cannot be used, or what reads it is not installed.
    """
    if isinstance(where, ServerAddress):
        return _on_server(where, wait, create=create)
    return SqliteEngine(where, wait, create=create)


def restore(backup: Path, target: Where) -> int:
    """Put a backup in the place of a database; return how many revisions it holds.

    Raises:
        StoreError: the backup is refused, the database is in use, or stands on a server, whose own
            tools restore it; nothing was replaced.
    """
    if isinstance(target, ServerAddress):
        raise StoreError(
            f"The database {target} stands on PostgreSQL, whose own tools restore it: pg_restore "
            f"--clean --if-exists --dbname='{target}' {backup}. A backup of a file is copied: "
            f"claimbot copy {backup} '{target}'."
        )
    return restore_file(backup, target)


def _on_server(address: ServerAddress, wait: float, *, create: bool) -> Engine:
    # Whoever has a file needs none of it, and does not wait for it.
    try:
        from knowledge.store.postgresql.engine import PostgresqlEngine  # noqa: PLC0415
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"psycopg", "psycopg_pool"}:
            raise
        raise StoreError(
            f"The database {address} stands on PostgreSQL, and what speaks to it is not "
            "installed: pip install 'claimbot[postgres]'."
        ) from None
    return PostgresqlEngine(address, wait, create=create)
