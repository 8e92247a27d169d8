"""The ledger in SQLite: one row an entry, read by key."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from sqlite3 import Connection

from typing_extensions import override

from knowledge.store.ledger import (
    LEDGER_HEAD,
    Alter,
    Ledger,
    LedgerEntry,
    Line,
    entry_of,
    following,
)

_COLUMNS = ", ".join(Line._fields)
_SELECT = f"SELECT {_COLUMNS} FROM ledger "  # noqa: S608 - own names
_NEWEST = (
    _SELECT  # noqa: S608 - own names
    + "WHERE number IN (SELECT max(number) FROM ledger WHERE {where} GROUP BY place, key) "
    "ORDER BY number"
)
_SINCE = _NEWEST.format(where="number > ? AND +kind = ?")
"""The sign keeps SQLite from going through the whole kind by its index, every few seconds."""
_IN_PLACE = _NEWEST.format(where="kind = ? AND place = ?")
_OF_KEY = _SELECT + "WHERE kind = ? AND place = ? AND key = ? ORDER BY number"
_LAST_OF_KEY = _OF_KEY + " DESC LIMIT 1"
_FOUND = _SELECT + "WHERE kind = ? AND key = ? ORDER BY number DESC LIMIT 1"
_LAST = _SELECT + "ORDER BY number DESC LIMIT 1"
_EVERY = _SELECT + "ORDER BY number"
_INSERT = f"INSERT INTO ledger ({_COLUMNS}) VALUES ({', '.join('?' * len(Line._fields))})"  # noqa: S608 - own names

Opening = Callable[[], AbstractContextManager[Connection]]


class SqliteLedger(Ledger):
    """The ledger in a file that several processes may share."""

    def __init__(self, changing: Opening, reading: Opening, first: str) -> None:
        """Take the means to write and to read; the first entry follows `first`."""
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
            db.execute(_INSERT, list(line))
            db.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                [LEDGER_HEAD, f"{line.number} {line.seal}"],
            )
            return entry_of(line)

    def _entries(self, statement: str, values: Sequence[str | int]) -> list[LedgerEntry]:
        with self._reading() as db:
            return [entry_of(line) for line in _lines(db, statement, values)]


def every_line(db: Connection) -> Iterator[Line]:
    """Go through the whole ledger, oldest entry first."""
    return _lines(db, _EVERY, [])


def _lines(db: Connection, statement: str, values: Sequence[str | int]) -> Iterator[Line]:
    return map(Line._make, db.execute(statement, values))
