"""Records as rows and back: models on one side, columns on the other."""

import json
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import ValidationError
from sqlite_utils import Database

from knowledge.models import AnyRecord, Asserter, Claim, Record, Source, Topic
from knowledge.store.base import StoreError

Value = str | int | float | None
Row = tuple[Value, ...]
Kind = TypeVar("Kind", bound=Record)

_FIGURE = ("low", "high", "relation", "as_worded")
_CLAIM = (
    "id", "topic", "asserter", "statement", *_FIGURE, "asserted_on", "period", "assumption",
    "origin", "status", "note",
)  # fmt: skip
_RELATION = ("claim", "position", "kind", "to_claim", "to_topic")
_CITATION = ("claim", "position", "source", "via", "paragraph", "fingerprint", "as_worded")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "topics": tuple(Topic.model_fields),
    "asserters": tuple(Asserter.model_fields),
    "sources": tuple(Source.model_fields),
    "claims": _CLAIM,
    "relations": _RELATION,
    "citations": _CITATION,
}
_LISTS: dict[str, frozenset[str]] = {
    "topics": frozenset({"aliases", "terms", "parties", "places"}),
    "asserters": frozenset({"aliases"}),
    "sources": frozenset(),
}


def _insert(table: str) -> str:
    columns = _COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names


def _upsert(table: str) -> str:
    updates = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[table][1:])
    return f"{_insert(table)} ON CONFLICT (id) DO UPDATE SET {updates}"


def _select(table: str, key: str, order: str, *, some: bool) -> str:
    which = f"WHERE {key} IN (SELECT value FROM json_each(?))" if some else ""  # noqa: S608 - own names
    columns = ", ".join(_COLUMNS[table])
    return f"SELECT {columns} FROM {table} {which} ORDER BY {order}"  # noqa: S608 - own names


_UPSERT = {table: _upsert(table) for table in ("topics", "asserters", "sources", "claims")}
_INSERT = {table: _insert(table) for table in ("relations", "citations")}
_SELECT = {
    (table, some): _select(table, key, order, some=some)
    for some in (False, True)
    for table, key, order in (
        ("topics", "id", "id"),
        ("asserters", "id", "id"),
        ("sources", "id", "id"),
        ("claims", "id", "id"),
        ("relations", "claim", "claim, position"),
        ("citations", "claim", "claim, position"),
    )
}


def write_record(db: Database, record: AnyRecord) -> None:
    """Insert a record, or replace the one of its id."""
    if isinstance(record, Claim):
        _write_claim(db, record)
        return
    fields: dict[str, object] = record.model_dump(mode="json")
    db.conn.execute(
        _UPSERT[_table(type(record))],
        [_json(value) if isinstance(value, list) else value for value in fields.values()],
    )


def read_records(
    db: Database, model: type[Kind], ids: Iterable[str] | None = None
) -> Iterator[Kind]:
    """Read the records of one kind, of these ids or all, by id.

    Raises:
        StoreError: a row was changed behind the store's back and is no record any more.
    """
    wanted = None if ids is None else _json(list(ids))
    table = _table(model)
    rows = _claim_fields(db, wanted) if table == "claims" else _flat_fields(db, table, wanted)
    for fields in rows:
        try:
            yield model.model_validate(fields)
        except ValidationError as errors:
            first = errors.errors(include_url=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            raise StoreError(
                f"{fields['id']} in the table {table} is damaged: {where}: {first['msg']}."
            ) from None


def read_record(db: Database, model: type[Kind], record: str) -> Kind | None:
    """Read one record, or nothing when there is none of that id."""
    return next(read_records(db, model, [record]), None)


def _table(model: type[Record]) -> str:
    return f"{model.__name__.lower()}s"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_claim(db: Database, claim: Claim) -> None:
    fields: dict[str, Value] = claim.model_dump(
        mode="json", exclude={"figure", "relations", "citations"}
    )
    if claim.figure:
        fields |= claim.figure.model_dump(mode="json")
    db.conn.execute(_UPSERT["claims"], [fields.get(name) for name in _CLAIM])
    for table in _INSERT:
        db.conn.execute(f"DELETE FROM {table} WHERE claim = ?", [claim.id])  # noqa: S608 - own names
    db.conn.executemany(
        _INSERT["relations"],
        [
            (claim.id, position, link.kind, link.claim, link.topic)
            for position, link in enumerate(claim.relations)
        ],
    )
    db.conn.executemany(
        _INSERT["citations"],
        [
            (
                claim.id,
                position,
                citation.source,
                _json(citation.via),
                citation.paragraph,
                citation.fingerprint,
                citation.as_worded,
            )
            for position, citation in enumerate(claim.citations)
        ],
    )


def _rows(db: Database, table: str, ids: str | None) -> Iterator[Row]:
    if ids is None:
        return db.conn.execute(_SELECT[table, False])
    return db.conn.execute(_SELECT[table, True], [ids])


def _flat_fields(db: Database, table: str, ids: str | None) -> Iterator[dict[str, object]]:
    lists = _LISTS[table]
    for row in _rows(db, table, ids):
        named = zip(_COLUMNS[table], row, strict=True)
        yield {
            name: json.loads(value) if name in lists and isinstance(value, str) else value
            for name, value in named
        }


def _claim_fields(db: Database, ids: str | None) -> Iterator[dict[str, object]]:
    relations = _Children(_rows(db, "relations", ids))
    citations = _Children(_rows(db, "citations", ids))
    for row in _rows(db, "claims", ids):
        fields: dict[str, object] = dict(zip(_CLAIM, row, strict=True))
        figure = {name: fields.pop(name) for name in _FIGURE}
        claim = str(fields["id"])
        fields["figure"] = None if figure["as_worded"] is None else figure
        fields["relations"] = [
            {"kind": kind, "claim": to_claim, "topic": to_topic}
            for _, _, kind, to_claim, to_topic in relations.of(claim)
        ]
        fields["citations"] = [
            dict(zip(_CITATION[2:], (source, json.loads(str(via)), *rest), strict=True))
            for _, _, source, via, *rest in citations.of(claim)
        ]
        yield fields


class _Children:
    """Rows that belong to claims, in the order of the claims, handed out claim by claim."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._waiting = next(rows, None)

    def of(self, claim: str) -> list[Row]:
        """Return the rows of the next claim; claims are asked for in their order."""
        found: list[Row] = []
        while self._waiting is not None and self._waiting[0] == claim:
            found.append(self._waiting)
            self._waiting = next(self._rows, None)
        return found
