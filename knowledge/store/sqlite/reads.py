"""One SQLite connection as the rules read it, and write through it: every statement but opening."""

import json
from collections.abc import Iterable, Iterator, Sequence

from sqlite_utils import Database
from typing_extensions import override

from knowledge.model import AnyRecord, Record, RecordKind
from knowledge.store.engine import Digests, Fields, Head, Kind, Reads, Sealed, Writes
from knowledge.store.sqlite import rows
from knowledge.store.sqlite.rows import EVERYTHING, Ids, Place
from knowledge.store.vectors import TEXT, KeptVector

_COLUMNS = ", ".join(Sealed._fields)
_SELECT = f"SELECT {_COLUMNS} FROM revisions "  # noqa: S608 - own names
_AFTER = _SELECT + "WHERE number > ? ORDER BY number"
_OF_RECORD = _SELECT + "WHERE kind = ? AND record = ? ORDER BY number"
_ONE = _SELECT + "WHERE number = ?"
_RECENT = _SELECT + "WHERE workspace IS NULL OR workspace = ? ORDER BY number DESC LIMIT ?"
_INSERT = f"""
INSERT INTO revisions ({_COLUMNS}) VALUES ({", ".join("?" * len(Sealed._fields))})
"""  # noqa: S608 - own names
_NEWEST = """
SELECT record, max(number) FROM revisions
WHERE kind = ? AND record IN (SELECT value FROM json_each(?)) GROUP BY record
"""


class SqliteReads(Reads):
    """Reads through one connection, which the caller keeps to one thread."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @override
    def database_id(self) -> str:
        value: str = self._db.execute("SELECT value FROM meta WHERE key = 'database'").fetchone()[0]
        return value

    @override
    def workspaces(self) -> list[str]:
        return rows.workspaces(self._db)

    @override
    def records(self, model: type[Kind], workspace: str | None) -> Iterator[Kind]:
        for record, _ in rows.read_placed(self._db, model, Place(workspace)):
            yield record

    @override
    def placed(self, model: type[Kind], ids: Sequence[str]) -> Iterator[tuple[Kind, str | None]]:
        return rows.read_placed(self._db, model, Ids(ids))

    @override
    def fields(self, model: type[Record]) -> Iterator[tuple[Fields, str | None]]:
        return rows.read_fields(self._db, model, EVERYTHING)

    @override
    def claims_on(self, topic: str, workspace: str | None) -> list[str]:
        found = self._db.execute(
            "SELECT id FROM claims WHERE topic = ? AND workspace IS ?", [topic, workspace]
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
        row = self._db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()
        return row[0] if row else ""

    @override
    def newest(self, kind: RecordKind, ids: Sequence[str]) -> dict[str, int]:
        return dict(self._db.execute(_NEWEST, [kind, json.dumps(list(ids))]).fetchall())

    @override
    def history(self, after: int) -> Iterator[Sealed]:
        return self._sealed(_AFTER, [after])

    @override
    def revisions(self, kind: RecordKind, record: str) -> Iterator[Sealed]:
        return self._sealed(_OF_RECORD, [kind, record])

    @override
    def revision(self, number: int) -> Sealed | None:
        return next(self._sealed(_ONE, [number]), None)

    @override
    def recent(self, workspace: str | None, limit: int) -> Iterator[Sealed]:
        return self._sealed(_RECENT, [workspace, limit])

    @override
    def shipped(self, *, present: bool) -> Digests:
        found = self._db.execute(
            "SELECT kind, id, digest FROM shipped WHERE present = ?", [int(present)]
        )
        return {(kind, record): text for kind, record, text in found}

    @override
    def vectors(self, model: str) -> Iterator[KeptVector]:
        found = self._db.execute(
            "SELECT claim, digest, vector FROM vectors WHERE model = ?", [model]
        )
        for claim, digest, vector in found:
            yield KeptVector(claim, digest, vector)

    def _sealed(self, statement: str, values: Sequence[str | int | None]) -> Iterator[Sealed]:
        return map(Sealed._make, self._db.conn.execute(statement, values))


class SqliteWrites(SqliteReads, Writes):
    """Writes inside a transaction that the engine opens and ends."""

    @override
    def write(
        self,
        model: type[Record],
        records: Sequence[AnyRecord],
        workspace: str | None,
        replaced: Iterable[str],
    ) -> None:
        rows.write_records(self._db, model, records, workspace, replaced)

    @override
    def append(self, revisions: Sequence[Sealed]) -> None:
        self._db.conn.executemany(_INSERT, revisions)
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
        self._db.conn.executemany(
            "INSERT OR REPLACE INTO vectors (model, claim, digest, vector) VALUES (?, ?, ?, ?)",
            ((model, each.claim, each.digest, each.vector) for each in vectors),
        )

    @override
    def prune_vectors(self, model: str) -> None:
        self._db.execute(
            "DELETE FROM vectors WHERE model <> ?"
            " OR claim NOT IN (SELECT id FROM claims) AND claim NOT LIKE ?",
            [model, f"{TEXT}%"],
        )
