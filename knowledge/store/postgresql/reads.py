"""One connection as the rules read it, and write through it: every statement but opening."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter

from psycopg import Connection
from typing_extensions import override

from knowledge.model import Edtf, Record, RecordKind
from knowledge.store.engine import (
    Cells,
    Digests,
    Fields,
    Head,
    Kind,
    News,
    Numbers,
    Outline,
    Reads,
    Rows,
    Sealed,
    Which,
    Writes,
)
from knowledge.store.ledger import LEDGER_HEAD, Line
from knowledge.store.postgresql import rows
from knowledge.store.postgresql.ledger import every_line
from knowledge.store.postgresql.listening import say
from knowledge.store.postgresql.rows import put, stream, together
from knowledge.store.rows import (
    BESIDE,
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
from knowledge.store.vectors import KeptVector

_COLUMNS = ", ".join(Sealed._fields)
_SELECT = f"SELECT {_COLUMNS} FROM revisions ".replace(  # noqa: S608 - own names
    "workspace", f"nullif(workspace, '{SHARED}')"
)
_AFTER = _SELECT + "WHERE number > %s ORDER BY number"
_OF_RECORD = _SELECT + "WHERE workspace = %s AND kind = %s AND record = %s ORDER BY number"
_ONE = _SELECT + "WHERE number = %s"
_IN_PLACE = _SELECT + "WHERE workspace = %s AND place_number = %s"
_OF_PLACE = _SELECT + "WHERE workspace = %s ORDER BY number DESC LIMIT %s"
_NEWEST = """
SELECT record, max(number) FROM revisions
WHERE workspace = %s AND kind = %s AND record = ANY(%s) GROUP BY record
"""
_PLACE_COUNT = """
SELECT place_number FROM revisions WHERE workspace = %s AND number <= %s
ORDER BY number DESC LIMIT 1
"""
_PROPOSED_BY = """
SELECT record FROM revisions
WHERE workspace = %s AND kind = 'claim' AND before IS NULL AND right(who, length(%s)) = %s
AND after ->> 'status' = 'proposed'
ORDER BY number DESC LIMIT %s
"""
_SPOKEN = "status IN ('active', 'superseded')"
_CARRIED = f"""
WITH spoken AS (
    SELECT asserter, source, via FROM claims
    JOIN citations ON citations.workspace = claims.workspace AND claim = id
    WHERE claims.workspace = %s AND {_SPOKEN}
)
SELECT DISTINCT 'source', source, asserter FROM spoken
UNION ALL SELECT DISTINCT 'chain', via::text, asserter FROM spoken WHERE via::text <> '[]'
"""  # noqa: S608 - own names
_NOTE = """
INSERT INTO meta (key, value) VALUES (%s, %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""
_KEEP = """
INSERT INTO vectors (model, digest, vector) SELECT %s, * FROM unnest(%s::text[], %s::bytea[])
ON CONFLICT (model, digest) DO UPDATE SET vector = excluded.vector
"""
_COUNT_ON = """
SELECT setval(pg_get_serial_sequence('watches', 'id'), coalesce(max(id), 0) + 1, false) FROM watches
"""
_NOTE_SHIPPED = """
INSERT INTO shipped (kind, id, digest, present) VALUES (%s, %s, %s, %s)
ON CONFLICT (kind, id) DO UPDATE SET digest = excluded.digest, present = excluded.present
"""


class PostgresqlReads(Reads):
    """Reads through one connection, which the caller keeps to one thread."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._select = rows.select_from(db)

    @override
    def database_id(self) -> str:
        return noted(self._db, "database")

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
        # Claims are asked for together with what belongs to them.
        with self._db.pipeline():
            return iter(list(read_records(self._select, model, Ids(workspace, ids))))

    @override
    def outlines(self, workspace: str | None, which: Which) -> Iterator[Outline]:
        return read_outlines(self._select, Chosen(workspace, which))

    @override
    def ids(self, model: type[Record], workspace: str | None) -> list[str]:
        return read_ids(self._select, model, Place(workspace))

    @override
    def topics_spoken_on(self, workspace: str | None, asserters: Collection[str]) -> set[str]:
        found = self._db.execute(
            f"SELECT DISTINCT topic FROM claims WHERE workspace = %s AND {_SPOKEN} "  # noqa: S608 - own names
            "AND asserter = ANY(%s)",
            [column(workspace), list(asserters)],
        )
        return {str(row[0]) for row in found}

    @override
    def spoken_dates(
        self, workspace: str | None, topic: str
    ) -> Iterator[tuple[str, Edtf, Edtf | None]]:
        statement = (
            f"SELECT id, asserted_on, period FROM claims WHERE {_SPOKEN} "  # noqa: S608 - own names
            "AND workspace = %s AND topic = %s"
        )
        for key, said, period in stream(self._db, statement, [column(workspace), topic]):
            yield str(key), Edtf.parse(str(said)), Edtf.parse(str(period)) if period else None

    @override
    def spoken_numbers(self, workspace: str | None, topic: str) -> Iterator[Numbers]:
        statement = (
            f"SELECT DISTINCT low, high, figure_unit FROM claims WHERE {_SPOKEN} "  # noqa: S608 - own names
            "AND workspace = %s AND topic = %s AND (low IS NOT NULL OR high IS NOT NULL)"
        )
        yield from stream(self._db, statement, [column(workspace), topic])

    @override
    def carried(self, workspace: str | None) -> Iterator[tuple[str, str, str]]:
        found: dict[tuple[str, str, str], None] = {}
        for how, carrier, asserter in stream(self._db, _CARRIED, [column(workspace)]):
            outlets = chain(str(carrier)) if how == "chain" else (str(carrier),)
            for outlet in outlets:
                found["via" if how == "chain" else "source", outlet, str(asserter)] = None
        yield from found

    @override
    def publishers(self, workspace: str | None) -> dict[str, str]:
        found = self._db.execute(
            "SELECT id, publisher FROM sources WHERE workspace = %s", [column(workspace)]
        )
        return {str(key): str(publisher) for key, publisher in found}

    @override
    def count(self, model: type[Record], workspace: str | None) -> int:
        return rows.count(self._db, model, workspace)

    @override
    def fields(self, model: type[Record]) -> Iterator[tuple[Fields, str | None]]:
        return read_fields(self._select, model, EVERYTHING)

    @override
    def claims_on(self, topic: str, workspace: str | None) -> list[str]:
        found = self._db.execute(
            "SELECT id FROM claims WHERE workspace = %s AND topic = %s", [column(workspace), topic]
        )
        return [str(row[0]) for row in found]

    @override
    def head(self) -> Head | None:
        row = self._db.execute(
            "SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1"
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else None

    @override
    def noted_head(self) -> str:
        return noted(self._db, "head")

    @override
    def ledger_lines(self) -> Iterator[Line]:
        return every_line(self._db)

    @override
    def noted_ledger(self) -> str:
        return noted(self._db, LEDGER_HEAD)

    @override
    def newest(self, kind: RecordKind, workspace: str | None, ids: Sequence[str]) -> dict[str, int]:
        values = [column(workspace), kind, list(ids)]
        return {str(key): int(number) for key, number in self._db.execute(_NEWEST, values)}

    @override
    def place_count(self, workspace: str | None, upto: int) -> int:
        row = self._db.execute(_PLACE_COUNT, [column(workspace), upto]).fetchone()
        return int(row[0]) if row else 0

    @override
    def history(self, after: int) -> Iterator[Sealed]:
        return map(Sealed._make, stream(self._db, _AFTER, [after]))

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
        return [str(row[0]) for row in found]

    @override
    def recent(self, workspace: str | None, limit: int) -> Iterator[Sealed]:
        # Each place by itself, so that what others wrote since is not looked through.
        of_places = [self._sealed(_OF_PLACE, [column(place), limit]) for place in {None, workspace}]
        return islice(merge(*of_places, key=attrgetter("number"), reverse=True), limit)

    @override
    def shipped(self, *, present: bool) -> Digests:
        found = self._db.execute(
            "SELECT kind, id, digest FROM shipped WHERE present = %s", [int(present)]
        )
        return {(kind, str(record)): str(text) for kind, record, text in found}

    @override
    def vectors(self, model: str) -> Iterator[KeptVector]:
        statement = "SELECT digest, vector FROM vectors WHERE model = %s"
        return (KeptVector(*row) for row in stream(self._db, statement, [model]))

    @override
    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        found = self._db.execute(
            "SELECT digest, vector FROM vectors WHERE model = %s AND digest = ANY(%s)",
            [model, list(texts)],
        )
        return [KeptVector(*row) for row in found]

    @override
    def rows(self, table: str) -> Iterator[Cells]:
        order = " ORDER BY number" if table == "asked" else ""
        columns = ", ".join(f'"{name}"' for name in TABLES[table])
        return stream(self._db, f"SELECT {columns} FROM {table}{order}")  # noqa: S608 - own names

    @override
    def has(self, table: str) -> bool:
        return self._db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None  # noqa: S608 - own names

    def _sealed(self, statement: str, values: Sequence[str | int]) -> Iterator[Sealed]:
        return map(Sealed._make, self._db.execute(statement, values))


class PostgresqlWrites(PostgresqlReads, Writes):
    """Writes inside a transaction that the engine opens and ends."""

    @override
    def write(
        self,
        model: type[Record],
        by_table: Rows,
        workspace: str | None,
        replaced: Iterable[str],
    ) -> None:
        rows.write_records(self._db, model, by_table, workspace, replaced)

    @override
    def append(self, revisions: Sequence[Sealed]) -> None:
        placed = [one._replace(workspace=column(one.workspace)) for one in revisions]
        newest = revisions[-1]
        with together(self._db, {"revisions": placed}):
            put(self._db, "revisions", BESIDE["revisions"], placed)
            note(self._db, "head", f"{newest.number} {newest.seal}")
            for place in {one.workspace for one in revisions}:
                say(self._db, News("records", place))

    @override
    def note_shipped(self, kind: RecordKind, record: str, digest: str, *, present: bool) -> None:
        self._db.execute(_NOTE_SHIPPED, [kind, record, digest, int(present)])

    @override
    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        kept = {each.digest: each.vector for each in vectors}
        self._db.execute(_KEEP, [model, list(kept), list(kept.values())])

    @override
    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        self._db.execute(
            "DELETE FROM vectors WHERE model <> %s OR digest <> ALL(%s)", [model, list(texts)]
        )

    @override
    def fill(self, table: str, rows: Iterable[Cells]) -> int:
        if table == "meta":
            self._db.execute("DELETE FROM meta")
        count = put(self._db, table, TABLES[table], rows)
        if table == "watches":
            # Those that are added later are counted on from these.
            self._db.execute(_COUNT_ON)
        return count


def noted(db: Connection, key: str) -> str:
    """Return what a database notes of itself, or nothing."""
    row = db.execute("SELECT value FROM meta WHERE key = %s", [key]).fetchone()
    return str(row[0]) if row else ""


def note(db: Connection, key: str, value: str) -> None:
    """Note something of a database, in place of what was noted so."""
    db.execute(_NOTE, [key, value])
