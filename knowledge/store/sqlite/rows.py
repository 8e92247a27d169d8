"""The rows of the records in SQLite: how they are found, and how they are written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER, Connection
from typing import NamedTuple

from knowledge.model import Record
from knowledge.store.engine import EVERY_CLAIM, Row, Rows
from knowledge.store.rows import (
    COLUMNS,
    SHARED,
    Chosen,
    Everything,
    Ids,
    Place,
    Scope,
    Select,
    Value,
    as_json,
    column,
    table_of,
)

_CHILDREN = ("relations", "citations")
_TABLES = tuple(table for table in COLUMNS if table not in _CHILDREN)


_AMONG = "IN (SELECT value FROM json_each(?))"


_AT_ONCE = 200
"""Rows that are written with one statement. Before and after each statement the interpreter goes to
whoever waits for it, and comes back as they please: five thousand claims would be written in
fifteen thousand pieces, while everybody else waits for the one writer (chosen by eye)."""


class Into(NamedTuple):
    """The parts of a statement that writes rows."""

    begin: str
    marks: str
    """What stands for a row."""
    end: str = ""


def _into(table: str) -> Into:
    """Return what writes new rows into a table of records."""
    columns = COLUMNS[table]
    marks = f"({', '.join('?' * len(columns))})"
    return Into(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ", marks)  # noqa: S608 - own names


def _over(table: str) -> Into:
    """A record never moves: its place and id are its key."""
    updates = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[table][1:-1])
    end = f" ON CONFLICT (workspace, id) DO UPDATE SET {updates}"
    return _into(table)._replace(end=end)


_WRITE = {table: (_into if table in _CHILDREN else _over)(table) for table in COLUMNS}


def insert(db: Connection, into: Into, rows: Sequence[Row]) -> None:
    """Write rows, many with each statement."""
    most = min(_AT_ONCE, db.getlimit(SQLITE_LIMIT_VARIABLE_NUMBER) // into.marks.count("?"))
    whole = len(rows) - len(rows) % most
    if whole:
        statement = f"{into.begin}{', '.join([into.marks] * most)}{into.end}"
        for at in range(0, whole, most):
            db.execute(statement, [*chain.from_iterable(rows[at : at + most])])
    db.executemany(f"{into.begin}{into.marks}{into.end}", rows[whole:])


def write_records(
    db: Connection,
    by_table: Rows,
    workspace: str | None,
    replaced: Iterable[str],
) -> None:
    """Insert records of one kind, or replace those of the same id; `replaced` names these."""
    old = [(column(workspace), claim) for claim in replaced]
    for table in by_table:
        if old and table in _CHILDREN:
            gone = f"DELETE FROM {table} WHERE workspace = ? AND claim = ?"  # noqa: S608 - own names
            db.executemany(gone, old)
    for table, rows in by_table.items():
        insert(db, _WRITE[table], rows)


def workspaces(db: Connection) -> list[str]:
    """Return the workspaces that have records of their own."""
    each = " UNION ".join(
        f"SELECT DISTINCT workspace FROM {table} WHERE workspace <> '{SHARED}'"  # noqa: S608 - own names
        for table in _TABLES
    )
    return [row[0] for row in db.execute(f"{each} ORDER BY 1")]


def count(db: Connection, model: type[Record], workspace: str | None) -> int:
    """Return how many records of one kind a place has."""
    found: int = db.execute(
        f"SELECT count(*) FROM {table_of(model)} WHERE workspace = ?",  # noqa: S608 - own names
        [column(workspace)],
    ).fetchone()[0]
    return found


def select_from(db: Connection) -> Select:
    """Return what finds rows in a database."""

    def select(table: str, scope: Scope, columns: Sequence[str]) -> Iterator[Row]:
        key, order = ("claim", ", position") if table in _CHILDREN else ("id", "")
        conditions = list(_conditions(scope, key))
        where = " AND ".join(condition for condition, _ in conditions)
        statement = f"SELECT {', '.join(columns)} FROM {table} WHERE {where or '1'}"  # noqa: S608 - own names
        # For the order alone SQLite would go through a whole place rather than through a topic.
        if not (isinstance(scope, Chosen) and scope.which != EVERY_CLAIM):
            statement += f" ORDER BY workspace, {key}{order}"
        return db.execute(statement, [each for _, values in conditions for each in values])

    return select


def _conditions(scope: Scope, key: str) -> Iterator[tuple[str, list[Value]]]:
    """Go through the conditions of a scope, each with what stands for its question marks."""
    match scope:
        case Everything():
            return
        case Place():
            yield "workspace = ?", [column(scope.workspace)]
        case Ids():
            yield "workspace = ?", [column(scope.workspace)]
            yield f"{key} {_AMONG}", [as_json(list(scope.ids))]
        case Chosen():
            yield "workspace = ?", [column(scope.workspace)]
            yield from _chosen(scope)


def _chosen(scope: Chosen) -> Iterator[tuple[str, list[Value]]]:
    topic, ids, status, linking = scope.which
    if topic is not None:
        yield "topic = ?", [topic]
    if ids is not None:
        yield f"id {_AMONG}", [as_json(ids)]
    if status is not None:
        yield "status = ?", [status]
    if linking is not None:
        yield (
            "(workspace, id) IN (SELECT workspace, claim FROM relations WHERE kind = ?)",
            [linking],
        )
