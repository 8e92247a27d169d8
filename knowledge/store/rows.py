"""Records as rows and back: models on one side, columns on the other, their place beside them.

Every engine keeps the same values in the same columns, so that one can be copied into another;
lists and whatever else has parts are JSON.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from pydantic import ValidationError

from knowledge.fairness import fairness
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
from knowledge.store.asked import ASKED_COLUMNS
from knowledge.store.base import StoreError
from knowledge.store.engine import EVERY_CLAIM, Fields, Kind, Outline, Row, Rows, Sealed, Which
from knowledge.store.ledger import Line
from knowledge.store.session import Session
from knowledge.store.watches import WATCH_COLUMNS

Value = str | int | float | None

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
"""The tables of the records, those that others refer to first."""
BESIDE: dict[str, tuple[str, ...]] = {
    "revisions": Sealed._fields,
    "shipped": ("kind", "id", "digest", "present"),
    "ledger": Line._fields,
    "watches": WATCH_COLUMNS,
    "asked": ASKED_COLUMNS,
    "vectors": ("model", "digest", "vector"),
    "meta": ("key", "value"),
}
"""The tables beside the records."""
TABLES = {**COLUMNS, **BESIDE}
_CHILDREN = frozenset({"relations", "citations"})
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


@dataclass(frozen=True, slots=True)
class Place:
    """Reads the records of one workspace, or of the shared base."""

    workspace: str | None


@dataclass(frozen=True, slots=True)
class Ids:
    """Reads the records of one place that have these ids."""

    workspace: str | None
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Reads the claims of one place that are as they should be."""

    workspace: str | None
    which: Which


Scope = Everything | Place | Ids | Chosen
EVERYTHING = Everything()


def column(workspace: str | None) -> str:
    """Return a place as its column has it."""
    return SHARED if workspace is None else workspace


def place_of(value: object) -> str | None:
    """Return the place that a column names."""
    return None if value == SHARED else str(value)


def rows_of(model: type[Record], records: Sequence[AnyRecord], workspace: str | None) -> Rows:
    """Return the rows of records of one kind, by table: those that others refer to first."""
    place = column(workspace)
    if model is not Claim:
        return {table_of(model): [_flat_row(record, place) for record in records]}
    claims = [record for record in records if isinstance(record, Claim)]
    return {
        "claims": [_claim_row(claim, place) for claim in fairness.each(claims)],
        "relations": [row for claim in claims for row in _relation_rows(claim, place)],
        "citations": [row for claim in claims for row in _citation_rows(claim, place)],
    }


def read_records(db: Session, model: type[Kind], scope: Scope) -> Iterator[Kind]:
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
            record = f"{fields['id']} in the table {table_of(model)}"
            raise StoreError(f"{record} is damaged: {where}: {first['msg']}.") from None


def read_outlines(db: Session, scope: Scope) -> Iterator[Outline]:
    """Read the claims of a scope in short, by id.

    Raises:
        StoreError: a row was changed behind the store's back and is no record any more.
    """
    found: Iterable[Row] = _select(db, "claims", scope, _OUTLINE)
    if isinstance(scope, Chosen) and scope.which != EVERY_CLAIM:
        # Looked for once: what belongs to the claims is read by their ids.
        found = sorted(found, key=itemgetter(1))
        scope = Ids(scope.workspace, [str(key) for _, key, *_ in found])
    relations = _Children(_select(db, "relations", scope, _RELATION))
    cited = _Children(_select(db, "citations", scope, _CITED))
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


def read_ids(db: Session, model: type[Record], scope: Scope) -> list[str]:
    """Return the ids of one kind in a scope, in order."""
    return [str(key) for (key,) in _select(db, table_of(model), scope, ("id",))]


def read_fields(
    db: Session, model: type[Record], scope: Scope
) -> Iterator[tuple[Fields, str | None]]:
    """Read the rows of one kind as fields in JSON types, not validated, with their workspaces."""
    table = table_of(model)
    found = _claim_fields(db, scope) if table == "claims" else _flat_fields(db, table, scope)
    for fields in found:
        yield fields, place_of(fields.pop(_WORKSPACE))


def table_of(model: type[Record]) -> str:
    """Return the table of a kind."""
    return f"{model.__name__.lower()}s"


def as_json(value: object) -> str:
    """Write what a column holds that has parts."""
    return json.dumps(value, ensure_ascii=False)


def _flat_row(record: AnyRecord, place: str) -> Row:
    fields: dict[str, Value | list[object] | dict[str, object]] = record.model_dump(mode="json")
    values = (
        as_json(value) if isinstance(value, list | dict) else value for value in fields.values()
    )
    return (*values, place)


def _dumped(translations: Mapping[str, ClaimWords]) -> str:
    if not translations:
        return _NOTHING
    return as_json(
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
        as_json(claim.qualifiers) if claim.qualifiers else _NOTHING,
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
        chain = (one.source, as_json(one.via), one.paragraph, one.fingerprint, one.as_worded)
        yield place, claim.id, position, *chain


def _flat_fields(db: Session, table: str, scope: Scope) -> Iterator[Fields]:
    lists = _LISTS[table]
    for row in _select(db, table, scope, COLUMNS[table]):
        named = zip(COLUMNS[table], row, strict=True)
        yield {
            name: json.loads(value) if name in lists and isinstance(value, str) else value
            for name, value in named
        }


def _claim_fields(db: Session, scope: Scope) -> Iterator[Fields]:
    relations = _Children(_select(db, "relations", scope, _RELATION))
    citations = _Children(_select(db, "citations", scope, _CITATION))
    for row in _select(db, "claims", scope, COLUMNS["claims"]):
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
        self._waiting: Row | None = None
        self._begun = False

    def of(self, claim: tuple[object, object]) -> list[Row]:
        """Return the rows of the next claim; claims are asked for in their order."""
        if not self._begun:  # not before: an engine may look for all of it at once
            self._begun, self._waiting = True, next(self._rows, None)
        found: list[Row] = []
        while self._waiting is not None and self._waiting[:2] == claim:
            found.append(self._waiting)
            self._waiting = next(self._rows, None)
        return found


def key_of(table: str) -> str:
    """Return the column by which the rows of a record are known beside their place."""
    return "claim" if table in _CHILDREN else "id"


def _select(db: Session, table: str, scope: Scope, columns: Sequence[str]) -> Iterator[Row]:
    """Go through the rows of a scope by place and id, those of claims also by position.

    Of claims that are chosen by more than their place, the order is open.
    """
    key = key_of(table)
    conditions = list(_conditions(db, scope, key))
    where = " AND ".join(condition for condition, _ in conditions) or "TRUE"
    statement = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608 - own names
    # For the order alone SQLite would go through a whole place rather than through a topic.
    if not (isinstance(scope, Chosen) and scope.which != EVERY_CLAIM):
        position = ", position" if table in _CHILDREN else ""
        statement += f" ORDER BY workspace, {key}{position}"
    values = [value for _, some in conditions for value in some]
    return (db.find if isinstance(scope, Ids) else db.stream)(statement, *values)


def _conditions(db: Session, scope: Scope, key: str) -> Iterator[tuple[str, list[object]]]:
    """Go through the conditions of a scope, each with what stands for its question marks."""
    if isinstance(scope, Everything):
        return
    yield "workspace = ?", [column(scope.workspace)]
    if isinstance(scope, Ids):
        yield f"{key} {db.AMONG}", [db.listed(scope.ids)]
    elif isinstance(scope, Chosen):
        yield from _chosen(db, scope.which)


def _chosen(db: Session, which: Which) -> Iterator[tuple[str, list[object]]]:
    if which.topic is not None:
        yield "topic = ?", [which.topic]
    if which.ids is not None:
        yield f"id {db.AMONG}", [db.listed(which.ids)]
    if which.status is not None:
        yield "status = ?", [str(which.status)]
    if which.linking is not None:
        linking = "(workspace, id) IN (SELECT workspace, claim FROM relations WHERE kind = ?)"
        yield linking, [str(which.linking)]
