"""The tables as a Frictionless data package: CSV files and what describes them, in one archive."""

import csv
import io
import json
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from knowledge.opendata.tables import TABLES, Column, Row, Rows, Table, Value
from knowledge.store import written_aside

DESCRIPTION: Final = "datapackage.json"
_PROFILE: Final = "tabular-data-package"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest day that an archive can name: the same records give the same bytes."""


def write_datapackage(path: Path, rows: Rows, revision: int) -> None:
    """Write the package into a new archive, which takes the place of an old one."""
    with written_aside(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        described = json.dumps(_described(revision), ensure_ascii=False, indent=1)
        _put(archive, DESCRIPTION, f"{described}\n")
        for table in TABLES:
            _put(archive, f"{table.name}.csv", _csv(table, rows[table.name]))


def _put(archive: ZipFile, name: str, text: str) -> None:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, text.encode())


def _csv(table: Table, rows: list[Row]) -> str:
    """Write a table; cells hold the values as they are, for programs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(row[column.name]) for column in table.columns] for row in rows)
    return text.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _described(revision: int) -> dict[str, Any]:
    """Describe the package, https://specs.frictionlessdata.io/tabular-data-package/."""
    return {
        "profile": _PROFILE,
        "name": "claims",
        "title": "Claims with who asserted them, when, and where that can be read",
        "version": str(revision),
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": column.name,
                    "reference": {"resource": column.refers_to, "fields": "id"},
                }
                for column in table.columns
                if column.refers_to
            ],
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    kind = {"type": "string", "format": "uri"} if column.type == "uri" else {"type": column.type}
    needed = {"constraints": {"required": True}} if column.needed else {}
    return {"name": column.name, **kind, "description": column.title, **needed}
