"""Revisions: each one seals the one before it, so that the history can be trusted as read."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring

from pydantic import BaseModel
from sqlite_utils import Database

from knowledge.model import KINDS, Citation, Figure, Link, RecordKind, Revision
from knowledge.records import canonical_json
from knowledge.store.sqlite.rows import EVERYTHING, Fields, Row, read_fields

_COLUMNS = tuple(Revision.model_fields)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM revisions "  # noqa: S608 - own names
_AFTER = _SELECT + "WHERE number > ? ORDER BY number"
_OF_RECORD = _SELECT + "WHERE kind = ? AND record = ? ORDER BY number"
_ONE = _SELECT + "WHERE number = ?"
_RECENT = _SELECT + "WHERE workspace IS NULL OR workspace = ? ORDER BY number DESC LIMIT ?"
_INSERT = f"""
INSERT INTO revisions ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" * len(_COLUMNS))})
"""  # noqa: S608 - own names
_NEWEST = """
SELECT record, max(number) FROM revisions
WHERE kind = ? AND record IN (SELECT value FROM json_each(?)) GROUP BY record
"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A revision as it stands in its row: `before` and `after` are canonical JSON."""

    number: int
    at: str
    who: str
    why: str
    kind: RecordKind
    record: str
    before: str | None
    after: str | None
    previous: str
    seal: str
    workspace: str | None

    @property
    def row(self) -> Row:
        """Return the values of its row."""
        return tuple(getattr(self, name) for name in _COLUMNS)

    def revision(self) -> Revision:
        """Return it as others read it."""
        return _revision(self.row)


def sealed(
    newest: tuple[int, str],
    at: str,
    by: tuple[str, str],
    of: tuple[RecordKind, str, str | None],
    sides: tuple[str | None, str | None],
) -> Sealed:
    """Seal a revision after the newest one, given by number and seal.

    `by` is who and why, `of` kind, id and workspace, `sides` canonical JSON before and after.
    """
    (number, previous), (kind, record, workspace) = newest, of
    row = (number + 1, at, *by, kind, record, *sides, previous)
    return Sealed(*row, seal=_seal((*row, "", workspace)), workspace=workspace)


def head(db: Database) -> tuple[int, str]:
    """Return number and seal of the newest revision; before the first one, the database's id."""
    row = db.execute("SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, database_id(db))


def database_id(db: Database) -> str:
    """Return what tells this database from every other one."""
    value: str = db.execute("SELECT value FROM meta WHERE key = 'database'").fetchone()[0]
    return value


def newest_revisions(db: Database, kind: RecordKind, records: Sequence[str]) -> dict[str, int]:
    """Return the number of the newest revision of each record that has any."""
    return dict(db.execute(_NEWEST, [kind, json.dumps(list(records))]).fetchall())


def append(db: Database, revisions: Sequence[Sealed]) -> None:
    """Write revisions, oldest first, and note the last one as the newest."""
    db.conn.executemany(_INSERT, [one.row for one in revisions])
    db.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('head', ?)",
        [f"{revisions[-1].number} {revisions[-1].seal}"],
    )


def read_history(db: Database, after: int = 0) -> Iterator[Revision]:
    """Go through the revisions after a number, oldest first."""
    return map(_revision, db.execute(_AFTER, [after]))


def read_revisions(db: Database, kind: RecordKind, record: str) -> list[Revision]:
    """Return the revisions of one record, oldest first."""
    return [_revision(row) for row in db.execute(_OF_RECORD, [kind, record])]


def read_revision(db: Database, number: int) -> Revision | None:
    """Return one revision, or nothing."""
    row = db.execute(_ONE, [number]).fetchone()
    return _revision(row) if row else None


def read_recent(db: Database, workspace: str | None, limit: int) -> list[Revision]:
    """Return the last revisions of the shared base and of one workspace, newest first."""
    return [_revision(row) for row in db.execute(_RECENT, [workspace, limit])]


def problems(db: Database) -> Iterator[str]:
    """Find edits, removals and reorderings of revisions, and records changed without one.

    Whoever rewrites every later seal and the records too is not found out this way; keep the
    newest seal elsewhere to notice that.
    """
    number, previous = 0, database_id(db)
    left: dict[tuple[object, object], bytes] = {}
    for row in db.conn.execute(_AFTER, [0]):
        found, _, _, _, kind, record, _, after, stated_previous, stated, workspace = row
        if found != number + 1:
            yield f"Revision {number + 1} is missing."
        elif stated_previous != previous:
            yield f"Revision {found} does not follow the revision before it."
        if _seal(row) != stated:
            yield f"Revision {found} was edited."
        number, previous = found, stated
        if after is None:
            left.pop((kind, record), None)
        else:
            left[kind, record] = _digest(str(after), workspace)
    noted = db.execute("SELECT value FROM meta WHERE key = 'head'").fetchone()
    if (noted[0] if noted else "") != (f"{number} {previous}" if number else ""):
        yield f"The history ends at revision {number}, but that is not the last one written."
    yield from _unrecorded(db, left)


def _unrecorded(db: Database, left: dict[tuple[object, object], bytes]) -> Iterator[str]:
    for kind, model in KINDS.items():
        for fields, workspace in read_fields(db, model, EVERYTHING):
            text = canonical_json(_content(fields, model))
            if left.pop((kind, fields["id"]), b"") != _digest(text, workspace):
                yield f"The {kind} {fields['id']} was changed without a revision."
    for kind_name, record_id in left:
        yield f"The {kind_name} {record_id} was removed without a revision."


def _digest(text: str, workspace: object) -> bytes:
    """A digest for each record, since a hundred thousand texts would fill the memory."""
    return sha256(f"{workspace}\n{text}".encode()).digest()


_INSIDE: dict[str, type[BaseModel]] = {"figure": Figure, "relations": Link, "citations": Citation}


def _defaults(model: type[BaseModel]) -> dict[str, object]:
    """Return the values in JSON types that `records.content` leaves out."""
    fields = model.model_fields.items()
    return {
        name: list(field.default) if isinstance(field.default, tuple) else field.default
        for name, field in fields
        if not field.is_required()
    }


_DEFAULTS = {model: _defaults(model) for model in (*KINDS.values(), *_INSIDE.values())}


def _content(fields: Fields, model: type[BaseModel]) -> Fields:
    """Return what `records.content` would of the record, without the cost of making it."""
    defaults = _DEFAULTS[model]
    return {
        name: _plain(name, value)
        for name, value in fields.items()
        if name not in defaults or value != defaults[name]
    }


def _plain(name: str, value: object) -> object:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _LARGEST_WRITTEN_OUT else value
    if isinstance(value, dict):
        return _content(value, _INSIDE[name])
    if isinstance(value, list) and name in _INSIDE:
        return [_content(item, _INSIDE[name]) for item in value]
    return value


_LARGEST_WRITTEN_OUT = 1e15


def _seal(row: Row) -> str:
    """Return the SHA-256 of a revision's canonical JSON, the previous seal in it.

    The sides stand in their rows as canonical JSON already. The shared base is not named.
    """
    number, at, who, why, kind, record, before, after, previous, _, workspace = row
    text = (
        f'{{"after":{after or "null"},"at":{_text(at)},"before":{before or "null"},'
        f'"kind":{_text(kind)},"number":{number},"previous":{_text(previous)},'
        f'"record":{_text(record)},"who":{_text(who)},"why":{_text(why)}'
    )
    text += "}" if workspace is None else f',"workspace":{_text(workspace)}}}'
    return sha256(text.encode()).hexdigest()


def _text(value: object) -> str:
    return encode_basestring(value) if isinstance(value, str) else canonical_json(value)


def _revision(row: Row) -> Revision:
    fields: Fields = dict(zip(_COLUMNS, row, strict=True))
    for side in ("before", "after"):
        text = fields[side]
        fields[side] = json.loads(text) if isinstance(text, str) else None
    return Revision.model_validate(fields)
