"""One session as the rules read it, and write through it: what both engines say alike."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import ClassVar

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
from knowledge.store.ledger import LEDGER_HEAD, Line, every_line
from knowledge.store.rows import (
    BESIDE,
    COLUMNS,
    EVERYTHING,
    SHARED,
    TABLES,
    Chosen,
    Ids,
    Place,
    chain,
    column,
    key_of,
    read_fields,
    read_ids,
    read_outlines,
    read_records,
    table_of,
)
from knowledge.store.session import News, Session
from knowledge.store.vectors import KeptVector

_SELECT = f"SELECT {', '.join(Sealed._fields)} FROM revisions ".replace(  # noqa: S608 - own names
    "workspace", f"nullif(workspace, '{SHARED}')"
)
_AFTER = _SELECT + "WHERE number > ? ORDER BY number"
_OF_RECORD = _SELECT + "WHERE workspace = ? AND kind = ? AND record = ? ORDER BY number"
_ONE = _SELECT + "WHERE number = ?"
_IN_PLACE = _SELECT + "WHERE workspace = ? AND place_number = ?"
_OF_PLACE = _SELECT + "WHERE workspace = ? ORDER BY number DESC LIMIT ?"
_NEWEST = """
SELECT record, max(number) FROM revisions
WHERE workspace = ? AND kind = ? AND record {among} GROUP BY record
"""
_PLACE_COUNT = """
SELECT place_number FROM revisions WHERE workspace = ? AND number <= ?
ORDER BY number DESC LIMIT 1
"""
_PROPOSED_BY = """
SELECT record FROM revisions
WHERE workspace = ? AND kind = 'claim' AND before IS NULL
AND substr(who, length(who) - length(?) + 1) = ? AND {status} = 'proposed'
ORDER BY number DESC LIMIT ?
"""
SPOKEN = "status IN ('active', 'superseded')"
_WORKSPACES = " UNION ".join(
    f"SELECT DISTINCT workspace FROM {table} WHERE workspace <> '{SHARED}'"  # noqa: S608 - own names
    for table in COLUMNS
    if key_of(table) == "id"
)
_NOTE_SHIPPED = """
INSERT INTO shipped (kind, id, digest, present) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, id) DO UPDATE SET digest = excluded.digest, present = excluded.present
"""


class SqlReads(Reads):
    """Reads through one session, which the caller keeps to one thread."""

    _STATUS_AFTER: ClassVar[str]
    """The status of the record that a revision left."""

    def __init__(self, db: Session) -> None:
        self._db = db

    @override
    def database_id(self) -> str:
        return self._db.noted("database")

    @override
    def workspaces(self) -> list[str]:
        return [place for (place,) in self._db.find(f"{_WORKSPACES} ORDER BY 1")]

    @override
    def records(self, model: type[Kind], workspace: str | None) -> Iterator[Kind]:
        return read_records(self._db, model, Place(workspace))

    @override
    def of_ids(
        self, model: type[Kind], workspace: str | None, ids: Sequence[str]
    ) -> Iterator[Kind]:
        # Claims are asked for together with what belongs to them.
        with self._db.together(0):
            return iter(list(read_records(self._db, model, Ids(workspace, ids))))

    @override
    def outlines(self, workspace: str | None, which: Which) -> Iterator[Outline]:
        return read_outlines(self._db, Chosen(workspace, which))

    @override
    def ids(self, model: type[Record], workspace: str | None) -> list[str]:
        return read_ids(self._db, model, Place(workspace))

    @override
    def topics_spoken_on(self, workspace: str | None, asserters: Collection[str]) -> set[str]:
        db = self._db
        found = db.find(
            f"SELECT DISTINCT topic FROM claims WHERE workspace = ? AND {SPOKEN} "  # noqa: S608 - own names
            f"AND asserter {db.AMONG}",
            *(column(workspace), db.listed(asserters)),
        )
        return {topic for (topic,) in found}

    @override
    def spoken_dates(
        self, workspace: str | None, topic: str
    ) -> Iterator[tuple[str, Edtf, Edtf | None]]:
        found = self._db.stream(
            f"SELECT id, asserted_on, period FROM claims WHERE {SPOKEN} "  # noqa: S608 - own names
            "AND workspace = ? AND topic = ?",
            *(column(workspace), topic),
        )
        for key, said, period in found:
            yield key, Edtf.parse(said), Edtf.parse(period) if period else None

    @override
    def spoken_numbers(self, workspace: str | None, topic: str) -> Iterator[Numbers]:
        yield from self._db.stream(
            f"SELECT DISTINCT low, high, figure_unit FROM claims WHERE {SPOKEN} "  # noqa: S608 - own names
            "AND workspace = ? AND topic = ? AND (low IS NOT NULL OR high IS NOT NULL)",
            *(column(workspace), topic),
        )

    @override
    def outlets(self, workspace: str | None) -> set[str]:
        place = column(workspace)
        published = self._db.find(
            "SELECT DISTINCT publisher FROM sources WHERE workspace = ?", place
        )
        found = {str(publisher) for (publisher,) in published}
        passed_on = self._db.find(
            "SELECT DISTINCT CAST(via AS text) FROM citations WHERE workspace = ?", place
        )
        return found.union(*(chain(via) for (via,) in passed_on))

    @override
    def publishers(
        self, workspace: str | None, sources: Collection[str] | None = None
    ) -> dict[str, str]:
        db = self._db
        statement = "SELECT id, publisher FROM sources WHERE workspace = ?"
        if sources is None:
            return dict(db.find(statement, column(workspace)))
        some = db.find(f"{statement} AND id {db.AMONG}", column(workspace), db.listed(sources))
        return dict(some)

    @override
    def count(self, model: type[Record], workspace: str | None) -> int:
        statement = f"SELECT count(*) FROM {table_of(model)} WHERE workspace = ?"  # noqa: S608 - own names
        row = self._db.one(statement, column(workspace))
        return row[0] if row else 0

    @override
    def fields(self, model: type[Record]) -> Iterator[tuple[Fields, str | None]]:
        return read_fields(self._db, model, EVERYTHING)

    @override
    def claims_on(self, topic: str, workspace: str | None) -> list[str]:
        found = self._db.find(
            "SELECT id FROM claims WHERE workspace = ? AND topic = ?", column(workspace), topic
        )
        return [key for (key,) in found]

    @override
    def head(self) -> Head | None:
        row = self._db.one("SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1")
        return (row[0], row[1]) if row else None

    @override
    def noted_head(self) -> str:
        return self._db.noted("head")

    @override
    def ledger_lines(self) -> Iterator[Line]:
        return every_line(self._db)

    @override
    def noted_ledger(self) -> str:
        return self._db.noted(LEDGER_HEAD)

    @override
    def newest(self, kind: RecordKind, workspace: str | None, ids: Sequence[str]) -> dict[str, int]:
        statement = _NEWEST.format(among=self._db.AMONG)
        return dict(self._db.find(statement, column(workspace), kind, self._db.listed(ids)))

    @override
    def place_count(self, workspace: str | None, upto: int) -> int:
        row = self._db.one(_PLACE_COUNT, column(workspace), upto)
        return row[0] if row else 0

    @override
    def history(self, after: int) -> Iterator[Sealed]:
        return map(Sealed._make, self._db.stream(_AFTER, after))

    @override
    def revisions(self, kind: RecordKind, workspace: str | None, record: str) -> Iterator[Sealed]:
        return self._sealed(_OF_RECORD, column(workspace), kind, record)

    @override
    def revision(self, number: int) -> Sealed | None:
        return next(self._sealed(_ONE, number), None)

    @override
    def revision_in(self, workspace: str | None, place_number: int) -> Sealed | None:
        return next(self._sealed(_IN_PLACE, column(workspace), place_number), None)

    @override
    def proposed_by(self, workspace: str | None, person: str, limit: int) -> list[str]:
        statement = _PROPOSED_BY.format(status=self._STATUS_AFTER)
        found = self._db.find(statement, column(workspace), person, person, limit)
        return [key for (key,) in found]

    @override
    def recent(self, workspace: str | None, limit: int) -> Iterator[Sealed]:
        # Each place by itself, so that what others wrote since is not looked through.
        of_places = [self._sealed(_OF_PLACE, column(place), limit) for place in {None, workspace}]
        return islice(merge(*of_places, key=attrgetter("number"), reverse=True), limit)

    @override
    def shipped(self, *, present: bool) -> Digests:
        statement = "SELECT kind, id, digest FROM shipped WHERE present = ?"
        return {(kind, key): text for kind, key, text in self._db.find(statement, int(present))}

    @override
    def vectors(self, model: str) -> Iterator[KeptVector]:
        found = self._db.stream("SELECT digest, vector FROM vectors WHERE model = ?", model)
        return (KeptVector(*row) for row in found)

    @override
    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        found = self._db.find(
            f"SELECT digest, vector FROM vectors WHERE model = ? AND digest {self._db.AMONG}",  # noqa: S608 - own names
            *(model, self._db.listed(texts)),
        )
        return [KeptVector(*row) for row in found]

    @override
    def rows(self, table: str) -> Iterator[Cells]:
        order = f" ORDER BY {self._db.COUNTED}" if table == "asked" else ""
        return self._db.stream(f"SELECT {', '.join(TABLES[table])} FROM {table}{order}")  # noqa: S608 - own names

    @override
    def has(self, table: str) -> bool:
        return self._db.one(f"SELECT 1 FROM {table} LIMIT 1") is not None  # noqa: S608 - own names

    def _sealed(self, statement: str, *values: object) -> Iterator[Sealed]:
        return map(Sealed._make, self._db.find(statement, *values))


class SqlWrites(SqlReads, Writes):
    """Writes inside a transaction that the engine opens and ends."""

    @override
    def write(
        self,
        model: type[Record],
        by_table: Rows,
        workspace: str | None,
        replaced: Iterable[str],
    ) -> None:
        old, db = list(replaced), self._db
        with db.together(max(map(len, by_table.values()))):
            for table in by_table if old else ():
                # What belongs to a claim names it: both are looked at when the transaction ends.
                gone = f"DELETE FROM {table} WHERE workspace = ? AND {key_of(table)} {db.AMONG}"  # noqa: S608 - own names
                db.alter(gone, column(workspace), db.listed(old))
            for table, rows in by_table.items():
                db.put(table, COLUMNS[table], rows)

    @override
    def append(self, revisions: Sequence[Sealed]) -> None:
        placed = [one._replace(workspace=column(one.workspace)) for one in revisions]
        newest = revisions[-1]
        with self._db.together(len(placed)):
            self._db.put("revisions", BESIDE["revisions"], placed)
            self._db.note("head", f"{newest.number} {newest.seal}")
            for place in {one.workspace for one in revisions}:
                self._db.say(News("records", place))

    @override
    def note_shipped(self, kind: RecordKind, record: str, digest: str, *, present: bool) -> None:
        self._db.alter(_NOTE_SHIPPED, kind, record, digest, int(present))

    @override
    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        kept = {each.digest: (model, each.digest, each.vector) for each in vectors}
        gone = f"DELETE FROM vectors WHERE model = ? AND digest {self._db.AMONG}"  # noqa: S608 - own names
        self._db.alter(gone, model, self._db.listed(kept))
        self._db.put("vectors", BESIDE["vectors"], kept.values())

    @override
    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        others = f"DELETE FROM vectors WHERE model <> ? OR NOT digest {self._db.AMONG}"  # noqa: S608 - own names
        self._db.alter(others, model, self._db.listed(texts))

    @override
    def fill(self, table: str, rows: Iterable[Cells]) -> int:
        if table == "meta":
            self._db.alter("DELETE FROM meta")
        return self._db.put(table, TABLES[table], rows)
