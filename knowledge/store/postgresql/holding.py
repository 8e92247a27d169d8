"""Names that one process has to itself: locks of a connection, gone with it however it ends."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock

import psycopg
from psycopg import Connection

from knowledge.store.engine import Taken

_LONGEST = 63
"""Bytes that PostgreSQL keeps of what a connection is called."""
_KEY = "hashtextextended(%s, 0)"
_TRY = f"SELECT pg_try_advisory_lock({_KEY})"
_WHO = f"""
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1
AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (classid::bigint << 32) | objid::bigint = {_KEY}
"""  # noqa: S608 - own names


class Holding:
    """Holds names, on a connection of its own that is called by who holds them."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        """Take what connects."""
        self._connect = connect
        self._using = Lock()
        self._db: Connection | None = None
        self._held: frozenset[str] = frozenset()

    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        """Have all of these names, or none and know who has one of them.

        Raises:
            psycopg.Error: the connection was lost; the next time is on another one.
        """
        with self._using:
            try:
                return self._reserved(names, holder)
            except psycopg.OperationalError:
                known = self._db is not None
                self._let_go()
                if not known:
                    raise
                return self._reserved(names, holder)

    def close(self) -> None:
        """Hold nothing any more."""
        with self._using:
            self._let_go()

    def _reserved(self, names: Sequence[str], holder: str) -> Taken | None:
        db = self._db = self._db or self._connect()
        db.execute("SELECT set_config('application_name', %s, false)", [_called(holder)])
        for name in [name for name in names if name not in self._held]:
            row = db.execute(_TRY, [name]).fetchone()
            if not row or not row[0]:
                who = db.execute(_WHO, [name]).fetchone()
                # Two that wait for a part of each other's would both wait in vain.
                db.execute("SELECT pg_advisory_unlock_all()")
                self._held = frozenset()
                return Taken(name, str(who[0] or "") if who else "")
            self._held |= {name}
        return None

    def _let_go(self) -> None:
        self._held = frozenset()
        if self._db is not None:
            with suppress(psycopg.Error):
                self._db.close()
            self._db = None


def _called(holder: str) -> str:
    return holder.encode("ascii", "replace")[:_LONGEST].decode()
