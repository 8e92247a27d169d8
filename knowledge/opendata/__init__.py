"""The public records as tables for others: an SQLite file for Datasette, a Frictionless package."""

from knowledge.opendata.datapackage import write_datapackage
from knowledge.opendata.sqlite_file import metadata_path, write_sqlite
from knowledge.opendata.tables import TABLES, Column, Row, Rows, Table, rows_of

__all__ = [
    "TABLES",
    "Column",
    "Row",
    "Rows",
    "Table",
    "metadata_path",
    "rows_of",
    "write_datapackage",
    "write_sqlite",
]
