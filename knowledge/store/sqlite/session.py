"""One connection to a file of SQLite's."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, islice
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER, Connection
from time import time

from typing_extensions import override

from knowledge.store.session import Found, News, Session

_AT_ONCE = 200
"""Rows that are written with one statement. Before and after each statement the interpreter goes to
whoever waits for it, and comes back as they please: five thousand claims would be written in
fifteen thousand pieces, while everybody else waits for the one writer (chosen by eye)."""


class SqliteSession(Session):
    """Says statements as they are. Who writes is alone, so that nothing has to be taken."""

    AMONG = "IN (SELECT value FROM json_each(?))"
    COUNTED = "rowid"

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @override
    @staticmethod
    def listed(values: Collection[str]) -> str:
        return json.dumps(list(values))

    @override
    def find(self, statement: str, *values: object) -> Iterator[Found]:
        return self.connection.execute(statement, values)

    @override
    def stream(self, statement: str, *values: object) -> Iterator[Found]:
        return self.connection.execute(statement, values)

    @override
    def alter(self, statement: str, *values: object) -> int:
        return self.connection.execute(statement, values).rowcount

    @override
    def put(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608 - own names
        marks, waiting, count = f"({', '.join('?' * len(columns))})", iter(rows), 0
        limit = self.connection.getlimit(SQLITE_LIMIT_VARIABLE_NUMBER)
        most = min(_AT_ONCE, limit // len(columns))
        many = into + ", ".join([marks] * most)
        while len(batch := list(islice(waiting, most))) == most:
            self.connection.execute(many, [*chain.from_iterable(batch)])
            count += most
        self.connection.executemany(into + marks, batch)
        return count + len(batch)

    @override
    def together(self, rows: int) -> AbstractContextManager[object]:
        return nullcontext()

    @override
    def take(self, name: str) -> None:
        """Have it already: one transaction at a time writes."""

    @override
    def now(self) -> float:
        return time()

    @override
    def say(self, news: News) -> None:
        """Say nothing: others look at the file now and then."""
