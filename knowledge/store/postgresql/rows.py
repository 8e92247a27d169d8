"""The rows of the records in PostgreSQL: how they are found, and how they are written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count as numbers
from typing import Any

import psycopg
from psycopg import Connection, Cursor
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from knowledge.model import Record
from knowledge.store.engine import Row, Rows
from knowledge.store.rows import (
    COLUMNS,
    SHARED,
    Chosen,
    Everything,
    Ids,
    Place,
    Scope,
    Select,
    column,
    table_of,
)

_CHILDREN = ("relations", "citations")
_TABLES = tuple(table for table in COLUMNS if table not in _CHILDREN)
_AT_ONCE = 2000
"""Rows that come with one answer where many are gone through: some hundred KB (chosen by eye)."""
_FEW = 20
"""Rows that are inserted one by one, in one go with whatever else is written (chosen by eye)."""
_GROWN = 0.1
"""How much of a table has to be new for the server to look at it anew, as by its own defaults."""
_CURSORS = numbers()


def write_records(
    db: Connection,
    model: type[Record],
    by_table: Rows,
    workspace: str | None,
    replaced: Iterable[str],
) -> None:
    """Insert records of one kind, or replace those of the same id; `replaced` names these.

    What belongs to a claim goes with it.
    """
    with together(db, by_table):
        if old := list(replaced):
            gone = f"DELETE FROM {table_of(model)} WHERE workspace = %s AND id = ANY(%s)"  # noqa: S608 - own names
            db.execute(gone, [column(workspace), old])
        for table, rows in by_table.items():
            put(db, table, COLUMNS[table], rows)


@contextmanager
def together(db: Connection, by_table: Mapping[str, Sequence[object]]) -> Iterator[None]:
    """Send statements without waiting for each answer, where none of them writes many rows."""
    if any(len(rows) > _FEW for rows in by_table.values()):
        yield
        return
    with db.pipeline():
        yield


def put(db: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows, many as quickly as few; return how many there were."""
    named = ", ".join(f'"{name}"' for name in columns)
    if isinstance(rows, Sequence) and len(rows) <= _FEW:
        marks = ", ".join(["%s"] * len(columns))
        for row in rows:
            db.execute(f"INSERT INTO {table} ({named}) VALUES ({marks})", row)  # noqa: S608 - own names
        return len(rows)
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return 0
    with db.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
        copy.write_row(first)
        count = 1
        for row in waiting:
            copy.write_row(row)
            count += 1
    if table == "claims":
        _analyze(db, count)
    return count


def _analyze(db: Connection, added: int) -> None:
    """Let the server look at the claims anew where many have come.

    What is written next refers to them, and is looked up by a plan that the server keeps. One made
    while there were few goes through most of a place for each row. The server looks by itself too,
    but only within a minute, and never at what is not committed.
    """
    row = db.execute("SELECT reltuples FROM pg_class WHERE oid = 'claims'::regclass").fetchone()
    if row and added > _GROWN * row[0]:
        db.execute("ANALYZE (SKIP_LOCKED) claims")


def stream(db: Connection, statement: str, values: Sequence[object] = ()) -> Iterator[TupleRow]:
    """Go through many rows without holding them all, where a moment is held; else take them."""
    if db.info.transaction_status is TransactionStatus.IDLE:
        yield from db.execute(statement, values)
        return
    cursor = db.cursor(name=f"rows{next(_CURSORS)}")
    cursor.itersize = _AT_ONCE
    try:
        # Whoever stops early may have lost the connection; `yield from` would close it unguarded.
        for row in cursor.execute(statement, values):  # noqa: UP028
            yield row
    finally:
        with suppress(psycopg.Error):
            cursor.close()


def fetched(cursor: Cursor[TupleRow]) -> Iterator[TupleRow]:
    """Go through a few rows, which are waited for only when they are wanted."""
    yield from cursor.fetchall()


def workspaces(db: Connection) -> list[str]:
    """Return the workspaces that have records of their own."""
    each = " UNION ".join(
        f"SELECT DISTINCT workspace FROM {table} WHERE workspace <> '{SHARED}'"  # noqa: S608 - own names
        for table in _TABLES
    )
    return [str(row[0]) for row in db.execute(f"{each} ORDER BY 1")]


def count(db: Connection, model: type[Record], workspace: str | None) -> int:
    """Return how many records of one kind a place has."""
    statement = f"SELECT count(*) FROM {table_of(model)} WHERE workspace = %s"  # noqa: S608 - own names
    row = db.execute(statement, [column(workspace)]).fetchone()
    return int(row[0]) if row else 0


def select_from(db: Connection) -> Select:
    """Return what finds rows in a database."""

    def select(table: str, scope: Scope, columns: Sequence[str]) -> Iterator[Row]:
        key, order = ("claim", ", position") if table in _CHILDREN else ("id", "")
        conditions = list(_conditions(scope, key))
        where = " AND ".join(condition for condition, _ in conditions)
        statement = (
            f"SELECT {', '.join(columns)} FROM {table} WHERE {where or 'TRUE'} "  # noqa: S608 - own names
            f"ORDER BY workspace, {key}{order}"
        )
        values = [value for _, some in conditions for value in some]
        if isinstance(scope, Ids):
            return fetched(db.execute(statement, values))
        return stream(db, statement, values)

    return select


def _conditions(scope: Scope, key: str) -> Iterator[tuple[str, list[object]]]:
    """Go through the conditions of a scope, each with what stands for its marks."""
    match scope:
        case Everything():
            return
        case Place():
            yield "workspace = %s", [column(scope.workspace)]
        case Ids():
            yield "workspace = %s", [column(scope.workspace)]
            yield f"{key} = ANY(%s)", [list(scope.ids)]
        case Chosen():
            yield "workspace = %s", [column(scope.workspace)]
            yield from _chosen(scope)


def _chosen(scope: Chosen) -> Iterator[tuple[str, list[object]]]:
    topic, ids, status, linking, numbered = scope.which
    if topic is not None:
        yield "topic = %s", [topic]
    if ids is not None:
        yield "id = ANY(%s)", [list(ids)]
    if status is not None:
        yield "status = %s", [str(status)]
    if linking is not None:
        yield (
            "(workspace, id) IN (SELECT workspace, claim FROM relations WHERE kind = %s)",
            [str(linking)],
        )
    if numbered:
        yield "(low IS NOT NULL OR high IS NOT NULL)", []
