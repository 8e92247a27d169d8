"""One connection to a file of SQLite's."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from sqlite3 import Connection
from time import time

from typing_extensions import override

from knowledge.store.session import Found, News, Session


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
        named, marks = ", ".join(columns), ", ".join("?" * len(columns))
        into = f"INSERT INTO {table} ({named}) VALUES ({marks})"  # noqa: S608 - own names
        return max(0, self.connection.executemany(into, rows).rowcount)

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
