"""The columns of a table of records, and what stands in their cells."""

import json
import re
from typing import Final

from knowledge.model import KINDS, Citation, RecordKind

Fields = dict[str, object]

FIGURE = {
    "low": "low",
    "high": "high",
    "value": "value",
    "interval": "interval",
    "relation": "relation",
    "figure_unit": "unit",
    "as_worded": "as_worded",
}
"""Columns of a figure, and the field that each one is."""
CLAIM = (
    "topic", "asserter", "statement", *FIGURE, "qualifiers", "modality", "asserted_on", "period",
    "assumption", "origin", "status", "rating", "relations", "note",
)  # fmt: skip
CITATION = {
    "source": "source",
    "via": "via",
    "paragraph": "paragraph",
    "fingerprint": "fingerprint",
    "cited_as_worded": "as_worded",
}
"""Columns of a citation, and the field that each one is."""
_OTHERS = tuple(
    dict.fromkeys(
        name
        for kind, model in KINDS.items()
        if kind != "claim"
        for name in model.model_fields
        if name not in {"id", *CLAIM}
    )
)
TRANSLATIONS = "translations"
"""The one column that holds JSON: words by language, nested."""
COLUMNS = ("kind", "id", *CLAIM, *CITATION, *_OTHERS)
NEEDED: Final[dict[RecordKind, tuple[str, ...]]] = {
    "topic": ("title", "measure", "description"),
    "asserter": (),
    "source": ("publisher", "title"),
    "claim": ("topic", "asserter", "statement", "asserted_on", "origin", "source", "paragraph"),
    "example": ("topic", "question"),
}
COLUMNS_OF: Final[dict[RecordKind, frozenset[str]]] = {
    kind: frozenset(
        ("kind", "id", *CLAIM, *CITATION, TRANSLATIONS) if kind == "claim" else model.model_fields
    )
    | {"kind"}
    for kind, model in KINDS.items()
}
LISTS = frozenset(
    name
    for model in (*KINDS.values(), Citation)
    for name, about in model.model_fields.items()
    if about.default == ()
)
"""Columns that hold several texts, or none."""
NUMBERS = frozenset({"low", "high", "value", "paragraph"})

_PART = re.compile(r"((?:[^\\;]|\\.|\\\Z)*)(;|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def escaped(text: str) -> str:
    """Write one of several texts of a cell so that it holds no semicolon of its own."""
    return text.replace("\\", "\\\\").replace(";", "\\;")


def parts(text: str) -> list[str]:
    """Return the several texts of a cell."""
    found = [match[1].strip(" ") for match in _PART.finditer(text)]
    return [_ESCAPED.sub(r"\1", part) for part in found if part]


def fields_of(kind: RecordKind, rows: list[tuple[int, dict[str, str]]]) -> Fields:
    """Return the fields of the record that rows of one id are."""
    cells = rows[0][1]
    fields: Fields = {"id": cells["id"].strip()}
    if kind != "claim":
        given = _given(cells, {name: name for name in KINDS[kind].model_fields})
        return fields | given | _translated(cells)
    plain = {name: name for name in CLAIM if name not in (*FIGURE, "relations", "qualifiers")}
    fields |= _given(cells, plain) | _translated(cells)
    figure = _given(cells, FIGURE)
    if figure:
        fields["figure"] = figure
    fields["qualifiers"] = dict(map(_qualifier, parts(cells.get("qualifiers", ""))))
    fields["relations"] = [_link(part) for part in parts(cells.get("relations", ""))]
    fields["citations"] = [_given(row, CITATION) for _, row in rows]
    return fields


def _translated(cells: dict[str, str]) -> Fields:
    """Read the column that is JSON; what is none stays text, which no record takes."""
    written = cells.get(TRANSLATIONS)
    if not written:
        return {}
    try:
        return {TRANSLATIONS: json.loads(written)}
    except (ValueError, RecursionError):
        return {TRANSLATIONS: written}


def _given(cells: dict[str, str], columns: dict[str, str]) -> Fields:
    return {
        field: parts(cells[column]) if column in LISTS else cells[column]
        for column, field in columns.items()
        if column != "id" and cells.get(column)
    }


def _link(text: str) -> Fields:
    kind, _, target = text.strip().partition(" ")
    what, _, topic = target.partition(" ")
    of_topic = what == "topic" and topic
    return {"kind": kind, "topic": topic} if of_topic else {"kind": kind, "claim": target}


def _qualifier(text: str) -> tuple[str, str]:
    dimension, _, value = text.partition(":")
    return dimension.strip(" "), value.strip(" ")


def column_of(field: str) -> str:
    """Name the column that a field of a record comes from."""
    whole, _, last = field.rpartition(".")
    if whole.startswith("citations"):
        return next((column for column, name in CITATION.items() if name == last), last)
    if whole == "figure":
        return next((column for column, name in FIGURE.items() if name == last), last)
    return "qualifiers" if whole == "qualifiers" else field
