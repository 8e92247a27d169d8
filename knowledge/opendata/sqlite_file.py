"""The tables as an SQLite file, with the metadata that Datasette shows beside them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from knowledge.opendata.tables import TABLES, Rows, Table, Type
from knowledge.store import written_aside

_TYPES: Final[dict[Type, type]] = {"number": float, "integer": int}
_FACETS: Final = {
    "claims": ["topic", "asserter", "status", "modality"],
    "citations": ["source"],
    "relations": ["kind"],
    "topics": ["measure"],
    "asserters": ["country"],
    "sources": ["publisher"],
}
"""What Datasette offers to narrow a table by."""
_SORTED: Final = {"claims": {"sort_desc": "as_of_last"}}
_SEARCHED: Final = {"claims": ["statement", "as_worded", "note"], "sources": ["title", "publisher"]}


def metadata_path(path: Path) -> Path:
    """Return where the metadata of a file stand: `claims.db` has `claims-metadata.json`."""
    return path.with_name(f"{path.stem}-metadata.json")


def write_sqlite(path: Path, rows: Rows, revision: int) -> None:
    """Write the tables into a new file, which takes the place of an old one, and its metadata.

    Raises:
        OSError: the file cannot be written.
    """
    with written_aside(path) as file:
        try:
            with closing(Database(file)) as database:
                _fill(database, rows)
        except sqlite3.Error as error:
            raise OSError(str(error)) from error
    text = json.dumps(_metadata(path, revision), ensure_ascii=False, indent=1)
    with written_aside(metadata_path(path)) as file:
        file.write_text(f"{text}\n", "utf-8")


def _fill(database: Database, rows: Rows) -> None:
    for table in TABLES:
        _create(database, table)
        database.table(table.name).insert_all(rows[table.name])
    for name, columns in _SEARCHED.items():
        database.table(name).enable_fts(columns, tokenize="porter")
    database.analyze()
    database.vacuum()


def _create(database: Database, table: Table) -> None:
    keys = table.key if len(table.key) > 1 else table.key[0]
    made = database.table(table.name).create(
        {column.name: _TYPES.get(column.type, str) for column in table.columns},
        pk=keys,
        not_null={column.name for column in table.columns if column.needed},
        foreign_keys=[
            (column.name, column.refers_to, "id") for column in table.columns if column.refers_to
        ],
        strict=True,
    )
    for column in table.columns:
        if column.refers_to and column.name != table.key[0]:
            made.create_index([column.name])


def _metadata(path: Path, revision: int) -> dict[str, object]:
    tables = {
        table.name: {
            "description": table.title,
            "columns": {column.name: column.title for column in table.columns},
            "facets": _FACETS[table.name],
            **({"label_column": table.label} if table.label else {}),
            **_SORTED.get(table.name, {}),
        }
        for table in TABLES
    }
    return {
        "title": "Claimbot",
        "description": "Claims with who asserted them, when, and where that can be read "
        f"(revision {revision})",
        "databases": {path.stem: {"tables": tables}},
    }
