"""The ledger in PostgreSQL: one row an entry, read by key."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

from psycopg import Connection
from typing_extensions import override

from knowledge.store.engine import News
from knowledge.store.ledger import (
    LEDGER_HEAD,
    Alter,
    Ledger,
    LedgerEntry,
    Line,
    entry_of,
    following,
)
from knowledge.store.postgresql.listening import say
from knowledge.store.postgresql.rows import put, stream

_COLUMNS = ", ".join(Line._fields)
_SELECT = f"SELECT {_COLUMNS} FROM ledger "  # noqa: S608 - own names
_NEWEST = (
    f"SELECT * FROM (SELECT DISTINCT ON (place, key) {_COLUMNS} FROM ledger "  # noqa: S608 - own names
    "WHERE {where} ORDER BY place, key, number DESC) AS newest ORDER BY number"
)
_SINCE = _NEWEST.format(where="number > %s AND kind = %s")
_IN_PLACE = _NEWEST.format(where="kind = %s AND place = %s")
_OF_KEY = _SELECT + "WHERE kind = %s AND place = %s AND key = %s ORDER BY number"
_LAST_OF_KEY = _OF_KEY + " DESC LIMIT 1"
_FOUND = _SELECT + "WHERE kind = %s AND key = %s ORDER BY number DESC LIMIT 1"
_LAST = _SELECT + "ORDER BY number DESC LIMIT 1"
_EVERY = _SELECT + "ORDER BY number"
_NOTE = """
INSERT INTO meta (key, value) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""

Opening = Callable[[], AbstractContextManager[Connection]]


class PostgresqlLedger(Ledger):
    """The ledger of a database that several processes share."""

    def __init__(self, changing: Opening, reading: Opening, first: str) -> None:
        """Take the means to write, one at a time, and to read; the first entry follows `first`."""
        self._changing = changing
        self._reading = reading
        self._first = first

    @override
    def standing(self, kind: str, after: int = 0) -> list[LedgerEntry]:
        return self._entries(_SINCE, [after, kind])

    @override
    def standing_in(self, kind: str, place: str | None) -> list[LedgerEntry]:
        return self._entries(_IN_PLACE, [kind, place or ""])

    @override
    def of(self, kind: str, place: str | None, key: str) -> list[LedgerEntry]:
        return self._entries(_OF_KEY, [kind, place or "", key])

    @override
    def find(self, kind: str, key: str) -> LedgerEntry | None:
        return next(iter(self._entries(_FOUND, [kind, key])), None)

    @override
    def write(
        self, kind: str, place: str | None, key: str, by: tuple[str, str], alter: Alter
    ) -> LedgerEntry | None:
        with self._changing() as db:
            of = (place or "", kind, key)
            standing = next(_lines(db, _LAST_OF_KEY, [kind, place or "", key]), None)
            last = next(_lines(db, _LAST, []), None)
            before = standing.after if standing else None
            line = following(last, self._first, by, of, (before, alter))
            if line is None:
                return None
            put(db, "ledger", Line._fields, [line])
            db.execute(_NOTE, [LEDGER_HEAD, f"{line.number} {line.seal}"])
            say(db, News("ledger", place))
            return entry_of(line)

    def _entries(self, statement: str, values: Sequence[str | int]) -> list[LedgerEntry]:
        with self._reading() as db:
            return [entry_of(line) for line in _lines(db, statement, values)]


def every_line(db: Connection) -> Iterator[Line]:
    """Go through the whole ledger, oldest entry first."""
    return map(Line._make, stream(db, _EVERY))


def _lines(db: Connection, statement: str, values: Sequence[str | int]) -> Iterator[Line]:
    return map(Line._make, db.execute(statement, values))
