"""Records as rows and back: models on one side, columns on the other, their place beside them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from sqlite_utils import Database

from knowledge.model import AnyRecord, Asserter, Claim, Record, Source, Topic
from knowledge.store.base import StoreError
from knowledge.store.engine import Fields, Kind

Value = str | int | float | None
Row = tuple[Value, ...]

_FIGURE = ("low", "high", "value", "interval", "relation", "figure_unit", "as_worded")
_CLAIM = (
    "id", "topic", "asserter", "statement", *_FIGURE, "qualifiers", "modality", "asserted_on",
    "period", "assumption", "origin", "status", "rating", "note",
)  # fmt: skip
_RELATION = ("claim", "position", "kind", "to_claim", "to_topic")
_CITATION = ("claim", "position", "source", "via", "paragraph", "fingerprint", "as_worded")
_WORKSPACE = "workspace"
_NOTHING = "{}"
COLUMNS: dict[str, tuple[str, ...]] = {
    "topics": (*Topic.model_fields, _WORKSPACE),
    "asserters": (*Asserter.model_fields, _WORKSPACE),
    "sources": (*Source.model_fields, _WORKSPACE),
    "claims": (*_CLAIM, _WORKSPACE),
    "relations": _RELATION,
    "citations": _CITATION,
}
_LISTS = {
    f"{model.__name__.lower()}s": frozenset(
        name for name, field in model.model_fields.items() if field.default == ()
    )
    for model in (Topic, Asserter, Source)
}


@dataclass(frozen=True, slots=True)
class Everything:
    """Reads the records of every place."""

    condition = "1"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Reads the records of one workspace, or of the shared base."""

    workspace: str | None

    @property
    def condition(self) -> str:
        """Say it in SQL, of the column of a record."""
        return "workspace IS NULL" if self.workspace is None else "workspace = ?"

    @property
    def values(self) -> tuple[str, ...]:
        """Return what stands for the question marks."""
        return () if self.workspace is None else (self.workspace,)


@dataclass(frozen=True, slots=True)
class Ids:
    """Reads the records of these ids, wherever they are."""

    ids: Sequence[str]
    condition = "id IN (SELECT value FROM json_each(?))"

    @property
    def values(self) -> tuple[str, ...]:
        """Return what stands for the question mark."""
        return (_json(list(self.ids)),)


Scope = Everything | Place | Ids
EVERYTHING = Everything()


def _insert(table: str) -> str:
    columns = COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names


def _upsert(table: str) -> str:
    """A record never moves: its place is written once."""
    updates = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[table][1:-1])
    return f"{_insert(table)} ON CONFLICT (id) DO UPDATE SET {updates}"


_UPSERT = {table: _upsert(table) for table in ("topics", "asserters", "sources", "claims")}
_CHILDREN = {table: _insert(table) for table in ("relations", "citations")}


def write_records(
    db: Database,
    model: type[Record],
    records: Sequence[AnyRecord],
    workspace: str | None,
    replaced: Iterable[str],
) -> None:
    """Insert records of one kind, or replace those of the same id; `replaced` names these."""
    if model is not Claim:
        db.conn.executemany(
            _UPSERT[_table(model)], [_flat_row(record, workspace) for record in records]
        )
        return
    claims = [record for record in records if isinstance(record, Claim)]
    old = [(claim,) for claim in replaced]
    for table in _CHILDREN if old else ():
        db.conn.executemany(f"DELETE FROM {table} WHERE claim = ?", old)  # noqa: S608 - own names
    db.conn.executemany(_UPSERT["claims"], [_claim_row(claim, workspace) for claim in claims])
    relations = [row for claim in claims for row in _relation_rows(claim)]
    citations = [row for claim in claims for row in _citation_rows(claim)]
    db.conn.executemany(_CHILDREN["relations"], relations)
    db.conn.executemany(_CHILDREN["citations"], citations)


def read_placed(db: Database, model: type[Kind], scope: Scope) -> Iterator[tuple[Kind, str | None]]:
    """Read records with their workspaces; None is the shared base.

    Raises:
        StoreError: a row was changed behind the store's back and is no record any more.
    """
    for fields, workspace in read_fields(db, model, scope):
        try:
            yield model.model_validate(fields), workspace
        except ValidationError as errors:
            first = errors.errors(include_url=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            raise StoreError(
                f"{fields['id']} in the table {_table(model)} is damaged: {where}: {first['msg']}."
            ) from None


def workspaces(db: Database) -> list[str]:
    """Return the workspaces that have records of their own."""
    each = " UNION ".join(
        f"SELECT workspace FROM {table} WHERE workspace IS NOT NULL"  # noqa: S608 - own names
        for table in _UPSERT
    )
    return [row[0] for row in db.execute(f"{each} ORDER BY 1")]


def read_fields(
    db: Database, model: type[Record], scope: Scope
) -> Iterator[tuple[Fields, str | None]]:
    """Read the rows of one kind as fields in JSON types, not validated, with their workspaces."""
    table = _table(model)
    found = _claim_fields(db, scope) if table == "claims" else _flat_fields(db, table, scope)
    for fields in found:
        workspace = fields.pop(_WORKSPACE)
        yield fields, None if workspace is None else str(workspace)


def _table(model: type[Record]) -> str:
    return f"{model.__name__.lower()}s"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _flat_row(record: AnyRecord, workspace: str | None) -> list[object]:
    fields: Fields = record.model_dump(mode="json")
    values = (_json(value) if isinstance(value, list) else value for value in fields.values())
    return [*values, workspace]


def _claim_row(claim: Claim, workspace: str | None) -> Row:
    figure = claim.figure
    numbers: Row = (None,) * len(_FIGURE)
    if figure:
        numbers = (
            figure.low,
            figure.high,
            figure.value,
            figure.interval,
            figure.relation,
            figure.unit,
            figure.as_worded,
        )
    return (
        claim.id,
        claim.topic,
        claim.asserter,
        claim.statement,
        *numbers,
        _json(claim.qualifiers) if claim.qualifiers else _NOTHING,
        claim.modality,
        claim.asserted_on.text,
        claim.period.text if claim.period else None,
        claim.assumption,
        claim.origin,
        claim.status,
        claim.rating,
        claim.note,
        workspace,
    )


def _relation_rows(claim: Claim) -> Iterator[Row]:
    for position, link in enumerate(claim.relations):
        yield claim.id, position, link.kind, link.claim, link.topic


def _citation_rows(claim: Claim) -> Iterator[Row]:
    for position, one in enumerate(claim.citations):
        via = _json(one.via)
        yield claim.id, position, one.source, via, one.paragraph, one.fingerprint, one.as_worded


def _rows(db: Database, table: str, scope: Scope) -> Iterator[Row]:
    columns = ", ".join(COLUMNS[table])
    return db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE {scope.condition} ORDER BY id",  # noqa: S608 - own names
        scope.values,
    )


def _child_rows(db: Database, table: str, scope: Scope) -> Iterator[Row]:
    columns = ", ".join(COLUMNS[table])
    which = f"claim IN (SELECT id FROM claims WHERE {scope.condition})"  # noqa: S608 - own names
    if isinstance(scope, Everything):
        which = "1"
    return db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE {which} ORDER BY claim, position",  # noqa: S608 - own names
        scope.values,
    )


def _flat_fields(db: Database, table: str, scope: Scope) -> Iterator[Fields]:
    lists = _LISTS[table]
    for row in _rows(db, table, scope):
        named = zip(COLUMNS[table], row, strict=True)
        yield {
            name: json.loads(value) if name in lists and isinstance(value, str) else value
            for name, value in named
        }


def _claim_fields(db: Database, scope: Scope) -> Iterator[Fields]:
    relations = _Children(_child_rows(db, "relations", scope))
    citations = _Children(_child_rows(db, "citations", scope))
    for row in _rows(db, "claims", scope):
        fields: Fields = dict(zip(COLUMNS["claims"], row, strict=True))
        figure = {name.removeprefix("figure_"): fields.pop(name) for name in _FIGURE}
        qualifiers = str(fields["qualifiers"])
        # Most figures are narrowed by nothing.
        fields["qualifiers"] = {} if qualifiers == _NOTHING else json.loads(qualifiers)
        claim = str(fields["id"])
        fields["figure"] = None if figure["as_worded"] is None else figure
        fields["relations"] = [
            {"kind": kind, "claim": to_claim, "topic": to_topic}
            for _, _, kind, to_claim, to_topic in relations.of(claim)
        ]
        fields["citations"] = [
            dict(zip(_CITATION[2:], (source, _loaded(via), *rest), strict=True))
            for _, _, source, via, *rest in citations.of(claim)
        ]
        yield fields


def _loaded(text: Value) -> object:
    # Most citations come without a chain.
    return [] if text == "[]" else json.loads(str(text))


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
