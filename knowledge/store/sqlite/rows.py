"""Records as rows and back: models on one side, columns on the other, their place beside them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from pydantic import ValidationError
from sqlite_utils import Database

from knowledge.model import (
    AnyRecord,
    Asserter,
    Claim,
    ClaimWords,
    Edtf,
    Example,
    Link,
    LinkKind,
    Modality,
    Record,
    Source,
    Status,
    Topic,
)
from knowledge.store.base import StoreError
from knowledge.store.engine import EVERY_CLAIM, Fields, Kind, Outline, Which

Value = str | int | float | None
Row = tuple[Value, ...]

_FIGURE = ("low", "high", "value", "interval", "relation", "figure_unit", "as_worded")
_CLAIM = (
    "id", "topic", "asserter", "statement", *_FIGURE, "qualifiers", "modality", "asserted_on",
    "period", "assumption", "origin", "status", "rating", "note", "translations",
)  # fmt: skip
_RELATION = ("workspace", "claim", "position", "kind", "to_claim", "to_topic")
_CITATION = (
    "workspace",
    "claim",
    "position",
    "source",
    "via",
    "paragraph",
    "fingerprint",
    "as_worded",
)
_OUTLINE = (
    "workspace", "id", "topic", "asserter", "origin", "status", "asserted_on", "period",
    "low", "high", "figure_unit", "value", "assumption IS NOT NULL", "modality", "qualifiers",
)  # fmt: skip
_CITED = ("workspace", "claim", "source", "via")
_WORKSPACE = "workspace"
_BY_ID = " ORDER BY workspace, id"
_NOTHING = "{}"
COLUMNS: dict[str, tuple[str, ...]] = {
    "topics": (*Topic.model_fields, _WORKSPACE),
    "asserters": (*Asserter.model_fields, _WORKSPACE),
    "sources": (*Source.model_fields, _WORKSPACE),
    "claims": (*_CLAIM, _WORKSPACE),
    "examples": (*Example.model_fields, _WORKSPACE),
    "relations": _RELATION,
    "citations": _CITATION,
}
_LISTS = {
    f"{model.__name__.lower()}s": frozenset(
        name for name, field in model.model_fields.items() if field.default in ((), {})
    )
    for model in (Topic, Asserter, Source, Example)
}


SHARED = ""
"""Stands for the shared base in the column of the workspace, so that it can be part of a key."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Reads the records of every place."""

    condition = "1"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Reads the records of one workspace, or of the shared base."""

    workspace: str | None
    condition = "workspace = ?"

    @property
    def values(self) -> tuple[str, ...]:
        """Return what stands for the question mark."""
        return (column(self.workspace),)


@dataclass(frozen=True, slots=True)
class Ids:
    """Reads the records of one place that have these ids."""

    workspace: str | None
    ids: Sequence[str]
    condition = "workspace = ? AND id IN (SELECT value FROM json_each(?))"

    @property
    def values(self) -> tuple[str, ...]:
        """Return what stands for the question marks."""
        return column(self.workspace), _json(list(self.ids))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Reads the claims of one place that are as they should be."""

    workspace: str | None
    which: Which

    @property
    def condition(self) -> str:
        """Say it in SQL, of the columns of a claim."""
        parts = ["workspace = ?", *(part for part, _ in self._parts())]
        if self.which.numbered:
            parts.append("(low IS NOT NULL OR high IS NOT NULL)")
        return " AND ".join(parts)

    @property
    def values(self) -> tuple[str, ...]:
        """Return what stands for the question marks."""
        return (column(self.workspace), *(value for _, value in self._parts()))

    def _parts(self) -> Iterator[tuple[str, str]]:
        """Go through the conditions, each with its value."""
        topic, ids, status, linking, _ = self.which
        if topic is not None:
            yield "topic = ?", topic
        if ids is not None:
            yield "id IN (SELECT value FROM json_each(?))", _json(ids)
        if status is not None:
            yield "status = ?", status
        if linking is not None:
            yield (
                "(workspace, id) IN (SELECT workspace, claim FROM relations WHERE kind = ?)",
                linking,
            )


Scope = Everything | Place | Ids | Chosen
EVERYTHING = Everything()


def column(workspace: str | None) -> str:
    """Return a place as its column has it."""
    return SHARED if workspace is None else workspace


def place_of(value: object) -> str | None:
    """Return the place that a column names."""
    return None if value == SHARED else str(value)


def _insert(table: str) -> str:
    columns = COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names


def _upsert(table: str) -> str:
    """A record never moves: its place and id are its key."""
    updates = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[table][1:-1])
    return f"{_insert(table)} ON CONFLICT (workspace, id) DO UPDATE SET {updates}"


_UPSERT = {
    table: _upsert(table) for table in ("topics", "asserters", "sources", "claims", "examples")
}
_CHILDREN = {table: _insert(table) for table in ("relations", "citations")}


def write_records(
    db: Database,
    model: type[Record],
    records: Sequence[AnyRecord],
    workspace: str | None,
    replaced: Iterable[str],
) -> None:
    """Insert records of one kind, or replace those of the same id; `replaced` names these."""
    place = column(workspace)
    if model is not Claim:
        db.conn.executemany(
            _UPSERT[_table(model)], [_flat_row(record, place) for record in records]
        )
        return
    claims = [record for record in records if isinstance(record, Claim)]
    old = [(place, claim) for claim in replaced]
    for table in _CHILDREN if old else ():
        gone = f"DELETE FROM {table} WHERE workspace = ? AND claim = ?"  # noqa: S608 - own names
        db.conn.executemany(gone, old)
    db.conn.executemany(_UPSERT["claims"], [_claim_row(claim, place) for claim in claims])
    relations = [row for claim in claims for row in _relation_rows(claim, place)]
    citations = [row for claim in claims for row in _citation_rows(claim, place)]
    db.conn.executemany(_CHILDREN["relations"], relations)
    db.conn.executemany(_CHILDREN["citations"], citations)


def read_records(db: Database, model: type[Kind], scope: Scope) -> Iterator[Kind]:
    """Read the records of one kind in a scope, by id.

    Raises:
        StoreError: a row was changed behind the store's back and is no record any more.
    """
    for fields, _ in read_fields(db, model, scope):
        try:
            yield model.model_validate(fields)
        except ValidationError as errors:
            first = errors.errors(include_url=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            raise StoreError(
                f"{fields['id']} in the table {_table(model)} is damaged: {where}: {first['msg']}."
            ) from None


def workspaces(db: Database) -> list[str]:
    """Return the workspaces that have records of their own."""
    each = " UNION ".join(
        f"SELECT DISTINCT workspace FROM {table} WHERE workspace <> ''"  # noqa: S608 - own names
        for table in _UPSERT
    )
    return [row[0] for row in db.execute(f"{each} ORDER BY 1")]


def read_outlines(db: Database, scope: Scope) -> Iterator[Outline]:
    """Read the claims of a scope in short, by id.

    Raises:
        StoreError: a row was changed behind the store's back and is no record any more.
    """
    found: Iterable[Row] = _rows(db, "claims", scope, _OUTLINE)
    if isinstance(scope, Chosen) and scope.which != EVERY_CLAIM:
        # Looked for once: what belongs to the claims is read by their ids.
        found = sorted(found, key=itemgetter(1))
        scope = Ids(scope.workspace, [str(key) for _, key, *_ in found])
    relations = _Children(_child_rows(db, "relations", scope))
    cited = _Children(_child_rows(db, "citations", scope, _CITED))
    for place, *row in found:
        claim = (place, row[0])
        try:
            yield _outline(row, relations.of(claim), cited.of(claim))
        except ValueError as error:
            raise StoreError(f"{row[0]} in the table claims is damaged: {error}.") from None


def _outline(row: Sequence[Value], relations: Sequence[Row], cited: Sequence[Row]) -> Outline:
    key, topic, asserter, origin, status, asserted_on, period, *figure, assumed, how, narrowed = row
    low, high, unit, value = figure
    return Outline(
        str(key),
        str(topic),
        str(asserter),
        str(origin),
        _STATUSES[str(status)],
        Edtf.parse(str(asserted_on)),
        Edtf.parse(str(period)) if period is not None else None,
        (_number(low), _number(high), None if unit is None else str(unit), _number(value)),
        bool(assumed),
        _MODALITIES[str(how)],
        {} if narrowed == _NOTHING else json.loads(str(narrowed)),
        tuple(_link(kind, claim, topic) for _, _, _, kind, claim, topic in relations),
        tuple((str(source), chain(str(via))) for _, _, source, via in cited),
    )


def _number(value: Value) -> float | None:
    return value if isinstance(value, float) else None


_STATUSES = {str(one): one for one in Status}
_MODALITIES = {str(one): one for one in Modality}


def _link(kind: Value, claim: Value, topic: Value) -> Link:
    named = {"claim": None if claim is None else str(claim)}
    named["topic"] = None if topic is None else str(topic)
    return Link(kind=LinkKind(str(kind)), **named)


# A hundred thousand citations share a few thousand chains.
@lru_cache(maxsize=65_536)
def chain(text: str) -> tuple[str, ...]:
    """Return the outlets that a citation came through, as its column has them."""
    return tuple(json.loads(text))


def read_ids(db: Database, model: type[Record], scope: Scope) -> list[str]:
    """Return the ids of one kind in a scope, in order."""
    return [str(key) for (key,) in _rows(db, _table(model), scope, ("id",))]


def count(db: Database, model: type[Record], scope: Scope) -> int:
    """Return how many records of one kind there are in a scope."""
    found: int = db.execute(
        f"SELECT count(*) FROM {_table(model)} WHERE {scope.condition}",  # noqa: S608 - own names
        list(scope.values),
    ).fetchone()[0]
    return found


def read_fields(
    db: Database, model: type[Record], scope: Scope
) -> Iterator[tuple[Fields, str | None]]:
    """Read the rows of one kind as fields in JSON types, not validated, with their workspaces."""
    table = _table(model)
    found = _claim_fields(db, scope) if table == "claims" else _flat_fields(db, table, scope)
    for fields in found:
        yield fields, place_of(fields.pop(_WORKSPACE))


def _table(model: type[Record]) -> str:
    return f"{model.__name__.lower()}s"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _flat_row(record: AnyRecord, place: str) -> list[object]:
    fields: Fields = record.model_dump(mode="json")
    values = (
        _json(value) if isinstance(value, list | dict) else value for value in fields.values()
    )
    return [*values, place]


def _dumped(translations: Mapping[str, ClaimWords]) -> str:
    if not translations:
        return _NOTHING
    return _json(
        {code: one.model_dump(exclude_defaults=True) for code, one in translations.items()}
    )


def _claim_row(claim: Claim, place: str) -> Row:
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
        _dumped(claim.translations),
        place,
    )


def _relation_rows(claim: Claim, place: str) -> Iterator[Row]:
    for position, link in enumerate(claim.relations):
        yield place, claim.id, position, link.kind, link.claim, link.topic


def _citation_rows(claim: Claim, place: str) -> Iterator[Row]:
    for position, one in enumerate(claim.citations):
        chain = (one.source, _json(one.via), one.paragraph, one.fingerprint, one.as_worded)
        yield place, claim.id, position, *chain


def _rows(
    db: Database, table: str, scope: Scope, wanted: Sequence[str] | None = None
) -> Iterator[Row]:
    columns = ", ".join(wanted or COLUMNS[table])
    # For the order alone SQLite would go through a whole place rather than through a topic.
    order = "" if isinstance(scope, Chosen) and scope.which != EVERY_CLAIM else _BY_ID
    return db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE {scope.condition}{order}",  # noqa: S608 - own names
        scope.values,
    )


def _child_rows(
    db: Database, table: str, scope: Scope, wanted: Sequence[str] | None = None
) -> Iterator[Row]:
    columns = ", ".join(wanted or COLUMNS[table])
    which = scope.condition
    if isinstance(scope, Ids):
        which = which.replace("id IN", "claim IN")
    return db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE {which} ORDER BY workspace, claim, position",  # noqa: S608 - own names
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
        # Most figures are narrowed by nothing, and most claims not translated.
        fields["qualifiers"] = {} if qualifiers == _NOTHING else json.loads(qualifiers)
        translations = str(fields["translations"])
        fields["translations"] = {} if translations == _NOTHING else json.loads(translations)
        claim = (fields["workspace"], fields["id"])
        fields["figure"] = None if figure["as_worded"] is None else figure
        fields["relations"] = [
            {"kind": kind, "claim": to_claim, "topic": to_topic}
            for _, _, _, kind, to_claim, to_topic in relations.of(claim)
        ]
        fields["citations"] = [
            dict(zip(_CITATION[3:], (source, _loaded(via), *rest), strict=True))
            for _, _, _, source, via, *rest in citations.of(claim)
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

    def of(self, claim: tuple[object, object]) -> list[Row]:
        """Return the rows of the next claim; claims are asked for in their order."""
        found: list[Row] = []
        while self._waiting is not None and self._waiting[:2] == claim:
            found.append(self._waiting)
            self._waiting = next(self._rows, None)
        return found
