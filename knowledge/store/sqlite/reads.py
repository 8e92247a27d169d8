"""One SQLite connection as the rules read it, and write through it: every statement but opening."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from sqlite3 import Connection

from typing_extensions import override

from knowledge.model import Edtf, Record, RecordKind
from knowledge.store.engine import (
    Cells,
    Digests,
    Fields,
    Head,
    Kind,
    Numbers,
    Outline,
    Reads,
    Rows,
    Sealed,
    Which,
    Writes,
)
from knowledge.store.ledger import LEDGER_HEAD, Line
from knowledge.store.rows import (
    EVERYTHING,
    SHARED,
    TABLES,
    Chosen,
    Ids,
    Place,
    chain,
    column,
    read_fields,
    read_ids,
    read_outlines,
    read_records,
)
from knowledge.store.sqlite import rows
from knowledge.store.sqlite.ledger import every_line
from knowledge.store.vectors import KeptVector

_COLUMNS = ", ".join(Sealed._fields)
_SELECT = f"SELECT {_COLUMNS} FROM revisions ".replace(  # noqa: S608 - own names
    "workspace", f"nullif(workspace, '{SHARED}')"
)
_AFTER = _SELECT + "WHERE number > ? ORDER BY number"
_OF_RECORD = _SELECT + "WHERE workspace = ? AND kind = ? AND record = ? ORDER BY number"
_ONE = _SELECT + "WHERE number = ?"
_IN_PLACE = _SELECT + "WHERE workspace = ? AND place_number = ?"
_OF_PLACE = _SELECT + "WHERE workspace = ? ORDER BY number DESC LIMIT ?"
_VALUES = ", ".join(
    f"ifnull(?, '{SHARED}')" if name == "workspace" else "?" for name in Sealed._fields
)
_REVISIONS = rows.Into(f"INSERT INTO revisions ({_COLUMNS}) VALUES ", f"({_VALUES})")  # noqa: S608 - own names
_NEWEST = """
SELECT record, max(number) FROM revisions
WHERE workspace = ? AND kind = ? AND record IN (SELECT value FROM json_each(?)) GROUP BY record
"""
_PLACE_COUNT = """
SELECT place_number FROM revisions WHERE workspace = ? AND number <= ?
ORDER BY number DESC LIMIT 1
"""


_PROPOSED_BY = """
SELECT record FROM revisions
WHERE workspace = ? AND kind = 'claim' AND before IS NULL AND substr(who, -length(?)) = ?
AND json_extract(after, '$.status') = 'proposed'
ORDER BY number DESC LIMIT ?
"""
_SPOKEN = "status IN ('active', 'superseded')"


class SqliteReads(Reads):
    """Reads through one connection, which the caller keeps to one thread."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._select = rows.select_from(db)

    @override
    def database_id(self) -> str:
        value: str = self._db.execute("SELECT value FROM meta WHERE key = 'database'").fetchone()[0]
        return value

    @override
    def workspaces(self) -> list[str]:
        return rows.workspaces(self._db)

    @override
    def records(self, model: type[Kind], workspace: str | None) -> Iterator[Kind]:
        return read_records(self._select, model, Place(workspace))

    @override
    def of_ids(
        self, model: type[Kind], workspace: str | None, ids: Sequence[str]
    ) -> Iterator[Kind]:
        return read_records(self._select, model, Ids(workspace, ids))

    @override
    def outlines(self, workspace: str | None, which: Which) -> Iterator[Outline]:
        return read_outlines(self._select, Chosen(workspace, which))

    @override
    def ids(self, model: type[Record], workspace: str | None) -> list[str]:
        return read_ids(self._select, model, Place(workspace))

    @override
    def topics_spoken_on(self, workspace: str | None, asserters: Collection[str]) -> set[str]:
        found = self._db.execute(
            f"SELECT DISTINCT topic FROM claims WHERE workspace = ? AND {_SPOKEN} "  # noqa: S608 - own names
            "AND asserter IN (SELECT value FROM json_each(?))",
            [column(workspace), json.dumps(list(asserters))],
        )
        return {row[0] for row in found}

    @override
    def spoken_dates(
        self, workspace: str | None, topic: str
    ) -> Iterator[tuple[str, Edtf, Edtf | None]]:
        found = self._db.execute(
            f"SELECT id, asserted_on, period FROM claims WHERE {_SPOKEN} "  # noqa: S608 - own names
            "AND workspace = ? AND topic = ?",
            [column(workspace), topic],
        )
        for key, said, period in found:
            yield key, Edtf.parse(said), Edtf.parse(period) if period else None

    @override
    def spoken_numbers(self, workspace: str | None, topic: str) -> Iterator[Numbers]:
        yield from self._db.execute(
            f"SELECT DISTINCT low, high, figure_unit FROM claims WHERE {_SPOKEN} "  # noqa: S608 - own names
            "AND workspace = ? AND topic = ? AND (low IS NOT NULL OR high IS NOT NULL)",
            [column(workspace), topic],
        )

    @override
    def carried(self, workspace: str | None) -> Iterator[tuple[str, str, str]]:
        # Joined here: SQLite would look each claim up by itself, which takes thrice as long.
        place = [column(workspace)]
        spoken = f"SELECT id, asserter FROM claims WHERE workspace = ? AND {_SPOKEN}"  # noqa: S608 - own names
        asserters = dict(self._db.execute(spoken, place).fetchall())
        cited = self._db.execute(
            "SELECT claim, source, via FROM citations WHERE workspace = ?", place
        )
        found: dict[tuple[str, str, str], None] = {}
        for claim, source, via in cited:
            if asserter := asserters.get(claim):
                found["source", source, asserter] = None
                for outlet in chain(via):
                    found["via", outlet, asserter] = None
        yield from found

    @override
    def publishers(self, workspace: str | None) -> dict[str, str]:
        found = self._db.execute(
            "SELECT id, publisher FROM sources WHERE workspace = ?", [column(workspace)]
        )
        return dict(found.fetchall())

    @override
    def count(self, model: type[Record], workspace: str | None) -> int:
        return rows.count(self._db, model, workspace)

    @override
    def fields(self, model: type[Record]) -> Iterator[tuple[Fields, str | None]]:
        return read_fields(self._select, model, EVERYTHING)

    @override
    def claims_on(self, topic: str, workspace: str | None) -> list[str]:
        found = self._db.execute(
            "SELECT id FROM claims WHERE workspace = ? AND topic = ?", [column(workspace), topic]
        )
        return [row[0] for row in found]

    @override
    def head(self) -> Head | None:
        row = self._db.execute(
            "SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return (row[0], row[1]) if row else None

    @override
    def noted_head(self) -> str:
        return self._noted("head")

    @override
    def ledger_lines(self) -> Iterator[Line]:
        return every_line(self._db)

    @override
    def noted_ledger(self) -> str:
        return self._noted(LEDGER_HEAD)

    def _noted(self, key: str) -> str:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        return row[0] if row else ""

    @override
    def newest(self, kind: RecordKind, workspace: str | None, ids: Sequence[str]) -> dict[str, int]:
        values = [column(workspace), kind, json.dumps(list(ids))]
        return dict(self._db.execute(_NEWEST, values).fetchall())

    @override
    def place_count(self, workspace: str | None, upto: int) -> int:
        row = self._db.execute(_PLACE_COUNT, [column(workspace), upto]).fetchone()
        return row[0] if row else 0

    @override
    def history(self, after: int) -> Iterator[Sealed]:
        return self._sealed(_AFTER, [after])

    @override
    def revisions(self, kind: RecordKind, workspace: str | None, record: str) -> Iterator[Sealed]:
        return self._sealed(_OF_RECORD, [column(workspace), kind, record])

    @override
    def revision(self, number: int) -> Sealed | None:
        return next(self._sealed(_ONE, [number]), None)

    @override
    def revision_in(self, workspace: str | None, place_number: int) -> Sealed | None:
        return next(self._sealed(_IN_PLACE, [column(workspace), place_number]), None)

    @override
    def proposed_by(self, workspace: str | None, person: str, limit: int) -> list[str]:
        found = self._db.execute(_PROPOSED_BY, [column(workspace), person, person, limit])
        return [row[0] for row in found]

    @override
    def recent(self, workspace: str | None, limit: int) -> Iterator[Sealed]:
        # Each place by itself, so that what others wrote since is not looked through.
        of_places = [self._sealed(_OF_PLACE, [column(place), limit]) for place in {None, workspace}]
        return islice(merge(*of_places, key=_number, reverse=True), limit)

    @override
    def shipped(self, *, present: bool) -> Digests:
        found = self._db.execute(
            "SELECT kind, id, digest FROM shipped WHERE present = ?", [int(present)]
        )
        return {(kind, record): text for kind, record, text in found}

    @override
    def vectors(self, model: str) -> Iterator[KeptVector]:
        found = self._db.execute("SELECT digest, vector FROM vectors WHERE model = ?", [model])
        for digest, vector in found:
            yield KeptVector(digest, vector)

    @override
    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        found = self._db.execute(
            "SELECT digest, vector FROM vectors "
            "WHERE model = ? AND digest IN (SELECT value FROM json_each(?))",
            [model, json.dumps(list(texts))],
        )
        return [KeptVector(digest, vector) for digest, vector in found]

    @override
    def rows(self, table: str) -> Iterator[Cells]:
        order = " ORDER BY rowid" if table == "asked" else ""
        statement = f"SELECT {', '.join(TABLES[table])} FROM {table}{order}"  # noqa: S608 - own names
        return self._db.execute(statement)

    @override
    def has(self, table: str) -> bool:
        return self._db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608 - own names

    def _sealed(self, statement: str, values: Sequence[str | int | None]) -> Iterator[Sealed]:
        return map(Sealed._make, self._db.execute(statement, values))


class SqliteWrites(SqliteReads, Writes):
    """Writes inside a transaction that the engine opens and ends."""

    @override
    def write(
        self,
        model: type[Record],
        by_table: Rows,
        workspace: str | None,
        replaced: Iterable[str],
    ) -> None:
        rows.write_records(self._db, by_table, workspace, replaced)

    @override
    def append(self, revisions: Sequence[Sealed]) -> None:
        rows.insert(self._db, _REVISIONS, revisions)
        newest = revisions[-1]
        self._db.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('head', ?)",
            [f"{newest.number} {newest.seal}"],
        )

    @override
    def note_shipped(self, kind: RecordKind, record: str, digest: str, *, present: bool) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO shipped (kind, id, digest, present) VALUES (?, ?, ?, ?)",
            [kind, record, digest, int(present)],
        )

    @override
    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO vectors (model, digest, vector) VALUES (?, ?, ?)",
            ((model, each.digest, each.vector) for each in vectors),
        )

    @override
    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        self._db.execute(
            "DELETE FROM vectors "
            "WHERE model <> ? OR digest NOT IN (SELECT value FROM json_each(?))",
            [model, json.dumps(list(texts))],
        )

    @override
    def fill(self, table: str, rows: Iterable[Cells]) -> int:
        columns = TABLES[table]
        marks = ", ".join("?" * len(columns))
        if table == "meta":
            self._db.execute("DELETE FROM meta")
        written = self._db.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - own names
            rows,
        )
        return max(0, written.rowcount)


def _number(one: Sealed) -> int:
    return one.number
