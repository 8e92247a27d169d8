"""Revisions: each one seals the one before it, so that the history can be trusted as read."""

import json
from collections.abc import Iterator
from hashlib import sha256

from sqlite_utils import Database

from knowledge.models import KINDS, RecordKind, Revision
from knowledge.records import canonical_json, content
from knowledge.store.rows import Row, read_records

_SELECT = "SELECT number, at, who, why, kind, record, before, after, previous, seal FROM revisions "
_AFTER = _SELECT + "WHERE number > ? ORDER BY number"
_OF_RECORD = _SELECT + "WHERE kind = ? AND record = ? ORDER BY number"
_INSERT = """
INSERT INTO revisions (number, at, who, why, kind, record, before, after, previous, seal)
VALUES (:number, :at, :who, :why, :kind, :record, :before, :after, :previous, :seal)
"""


def sealed(draft: Revision) -> Revision:
    """Return a revision with its seal."""
    return draft.model_copy(update={"seal": _seal(draft.model_dump(mode="json"))})


def head(db: Database) -> tuple[int, str]:
    """Return number and seal of the newest revision; before the first one, the database's id."""
    row = db.execute("SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, database_id(db))


def database_id(db: Database) -> str:
    """Return what tells this database from every other one."""
    value: str = db.execute("SELECT value FROM meta WHERE key = 'database'").fetchone()[0]
    return value


def newest_revision(db: Database, kind: RecordKind, record: str) -> int:
    """Return the number of the newest revision of a record, 0 when there is none."""
    row = db.execute(
        "SELECT max(number) FROM revisions WHERE kind = ? AND record = ?", [kind, record]
    ).fetchone()
    return row[0] or 0


def append(db: Database, revision: Revision) -> None:
    """Write a revision and note it as the newest one."""
    fields = revision.model_dump(mode="json")
    for side in ("before", "after"):
        fields[side] = None if fields[side] is None else canonical_json(fields[side])
    db.execute(_INSERT, fields)
    db.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('head', ?)",
        [f"{revision.number} {revision.seal}"],
    )


def read_history(db: Database, after: int = 0) -> Iterator[Revision]:
    """Go through the revisions after a number, oldest first."""
    return map(_revision, db.execute(_AFTER, [after]))


def read_revisions(db: Database, kind: RecordKind, record: str) -> list[Revision]:
    """Return the revisions of one record, oldest first."""
    return [_revision(row) for row in db.execute(_OF_RECORD, [kind, record])]


def problems(db: Database) -> Iterator[str]:
    """Find edits, removals and reorderings of revisions, and records changed without one.

    Whoever rewrites every later seal and the records too is not found out this way; keep the
    newest seal elsewhere to notice that.
    """
    number, previous = 0, database_id(db)
    left: dict[tuple[str, str], str] = {}
    for row in db.execute(_AFTER, [0]):
        fields = _fields(row)
        stated = fields["seal"]
        found = int(str(fields["number"]))
        if found != number + 1:
            yield f"Revision {number + 1} is missing."
        elif fields["previous"] != previous:
            yield f"Revision {found} does not follow the revision before it."
        if _seal(fields) != stated:
            yield f"Revision {found} was edited."
        number, previous = found, str(stated)
        left[str(fields["kind"]), str(fields["record"])] = canonical_json(fields["after"])
    noted = db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()
    if (noted[0] if noted else "") != (f"{number} {previous}" if number else ""):
        yield f"The history ends at revision {number}, but that is not the last one written."
    yield from _unrecorded(db, left)


def _unrecorded(db: Database, left: dict[tuple[str, str], str]) -> Iterator[str]:
    for kind, model in KINDS.items():
        for record in read_records(db, model):
            recorded = left.pop((kind, record.id), None)
            if recorded != canonical_json(content(record)):
                yield f"The {kind} {record.id} was changed without a revision."
    for kind_name, record_id in left:
        yield f"The {kind_name} {record_id} was removed without a revision."


def _seal(fields: dict[str, object]) -> str:
    """Return the SHA-256 of a revision's canonical JSON, the previous seal in it."""
    signed = {name: value for name, value in fields.items() if name != "seal"}
    return sha256(canonical_json(signed).encode()).hexdigest()


def _fields(row: Row) -> dict[str, object]:
    fields: dict[str, object] = dict(zip(Revision.model_fields, row, strict=True))
    for side in ("before", "after"):
        text = fields[side]
        fields[side] = json.loads(text) if isinstance(text, str) else None
    return fields


def _revision(row: Row) -> Revision:
    return Revision.model_validate(_fields(row))
