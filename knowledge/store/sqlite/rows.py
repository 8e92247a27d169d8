"""The rows of the records in SQLite: how they are found, and how they are written."""

from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection

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


def _insert(table: str) -> str:
    columns = COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names


def _upsert(table: str) -> str:
    """A record never moves: its place and id are its key."""
    updates = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[table][1:-1])
    return f"{_insert(table)} ON CONFLICT (workspace, id) DO UPDATE SET {updates}"


_WRITE = {table: (_insert if table in _CHILDREN else _upsert)(table) for table in COLUMNS}


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
        db.executemany(_WRITE[table], rows)


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
