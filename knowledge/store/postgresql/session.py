"""One connection to a server of PostgreSQL's."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import count as numbers

import psycopg
from psycopg import Connection, Cursor
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from typing_extensions import override

from knowledge.store.postgresql.listening import say
from knowledge.store.session import Found, News, Session

_AT_ONCE = 2000
"""Rows that come with one answer where many are gone through: some hundred KB (chosen by eye)."""
_FEW = 20
"""Rows that are inserted one by one, in one go with whatever else is written (chosen by eye)."""
_GROWN = 0.1
"""How much of a table has to be new for the server to look at it anew, as by its own defaults."""
_CURSORS = numbers()


class PostgresqlSession(Session):
    """Says statements with the marks of psycopg's."""

    AMONG = "= ANY(?)"
    COUNTED = "number"

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @override
    @staticmethod
    def listed(values: Collection[str]) -> list[str]:
        return list(values)

    @override
    def find(self, statement: str, *values: object) -> Iterator[Found]:
        return _fetched(self._execute(statement, values))

    @override
    def stream(self, statement: str, *values: object) -> Iterator[Found]:
        if self._db.info.transaction_status is TransactionStatus.IDLE:
            return self.find(statement, *values)
        return self._streamed(statement, values)

    def _streamed(self, statement: str, values: Sequence[object]) -> Iterator[Found]:
        cursor = self._db.cursor(name=f"rows{next(_CURSORS)}")
        cursor.itersize = _AT_ONCE
        try:
            # Whoever stops early may have lost the connection; `yield from` would close it
            # unguarded.
            for row in cursor.execute(_marked(statement), values):  # noqa: UP028
                yield row
        finally:
            with suppress(psycopg.Error):
                cursor.close()

    @override
    def alter(self, statement: str, *values: object) -> int:
        return self._execute(statement, values).rowcount

    @override
    def put(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        named = ", ".join(f'"{name}"' for name in columns)
        if isinstance(rows, Collection) and len(rows) <= _FEW:
            marks = ", ".join("?" * len(columns))
            for row in rows:
                self._execute(f"INSERT INTO {table} ({named}) VALUES ({marks})", row)  # noqa: S608 - own names
            return len(rows)
        waiting = iter(rows)
        first = next(waiting, None)
        if first is None:
            return 0
        with self._db.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            copy.write_row(first)
            count = 1
            for row in waiting:
                copy.write_row(row)
                count += 1
        if table == "claims":
            self._analyze(count)
        return count

    def _analyze(self, added: int) -> None:
        """Let the server look at the claims anew where many have come.

        What is written next refers to them, and is looked up by a plan that the server keeps. One
        made while there were few goes through most of a place for each row. The server looks by
        itself too, but only within a minute, and never at what is not committed.
        """
        row = self.one("SELECT reltuples FROM pg_class WHERE oid = 'claims'::regclass")
        if row and added > _GROWN * row[0]:
            self.alter("ANALYZE (SKIP_LOCKED) claims")

    @override
    def together(self, rows: int) -> AbstractContextManager[object]:
        return nullcontext() if rows > _FEW else self._db.pipeline()

    @override
    def take(self, name: str) -> None:
        self.alter("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", name)

    @override
    def now(self) -> float:
        row = self.one("SELECT extract(epoch FROM clock_timestamp())::float8")
        return row[0] if row else 0.0

    @override
    def say(self, news: News) -> None:
        say(self._db, news)

    def _execute(self, statement: str, values: Sequence[object]) -> Cursor[TupleRow]:
        return self._db.execute(_marked(statement), values)


def _marked(statement: str) -> str:
    return statement.replace("?", "%s")


def _fetched(cursor: Cursor[TupleRow]) -> Iterator[Found]:
    """Go through a few rows, which are waited for only when they are wanted."""
    yield from cursor.fetchall()
