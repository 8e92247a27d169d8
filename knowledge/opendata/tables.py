"""The tables: which there are, what each column means, and how a record becomes rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from knowledge.library import asserter_name
from knowledge.model import AnyRecord, Asserter, Claim, LinkKind, RecordKind, Source, Topic

Value = str | float | int | list[str] | dict[str, str] | None
Row = dict[str, Value]
Rows = Mapping[str, list[Row]]
Type = Literal["string", "number", "integer", "date", "array", "object", "uri"]

_EDTF = "EDTF (ISO 8601-2): 2024-02-23, 2024-02, 2024-03~ (about), 2023-08/2025"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `refers_to` is the table whose id it holds."""

    name: str
    type: Type
    title: str
    refers_to: str | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a row is known by its `key`, and shown by its `label`."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    label: str | None = None


def _id(title: str) -> Column:
    return Column("id", "string", title, needed=True)


TOPICS: Final = Table(
    "topics",
    "What is measured or asserted",
    ("id",),
    (
        _id("The id, which never changes"),
        Column("title", "string", "The title", needed=True),
        Column("description", "string", "What it is about, in a sentence", needed=True),
        Column("measure", "string", "What its figures are: cumulative, level, rate, share, …"),
        Column("unit", "string", "What the figures count, or their unit; none for statements"),
        Column("dimensions", "array", "What its figures may be narrowed by"),
        Column("aliases", "array", "Other names, in any language"),
        Column("parties", "array", "The countries that it is about (ISO 3166-1 alpha-2)"),
    ),
    label="title",
)
ASSERTERS: Final = Table(
    "asserters",
    "Who asserts: person, role and organisation, not the outlet that printed it",
    ("id",),
    (
        _id("The id, which never changes"),
        Column("name", "string", "The whole name, as people write it", needed=True),
        Column("person", "string", "The person"),
        Column("role", "string", "The role or office"),
        Column("organisation", "string", "The organisation"),
        Column("country", "string", "The country that it speaks for (ISO 3166-1 alpha-2)"),
        Column("aliases", "array", "Other names, in any language"),
    ),
    label="name",
)
SOURCES: Final = Table(
    "sources",
    "Publications",
    ("id",),
    (
        _id("The id, which never changes"),
        Column("publisher", "string", "The publisher", needed=True),
        Column("publisher_basis", "string", "Whether it says so itself: stated, inferred, unknown"),
        Column("title", "string", "The title", needed=True),
        Column("title_basis", "string", "Whether the title is printed: stated, inferred, unknown"),
        Column("published_on", "string", f"The day of publication, {_EDTF}"),
        Column("date_basis", "string", "Whether the day is printed: stated, inferred, unknown"),
        Column("date_reason", "string", "Why it is inferred or unknown"),
        Column("url", "uri", "The address"),
        Column("archive_url", "uri", "The address of an archived copy"),
    ),
    label="title",
)
CLAIMS: Final = Table(
    "claims",
    "Claims: one assertion by one asserter at one time",
    ("id",),
    (
        _id("The id, which never changes"),
        Column("topic", "string", "What it is about", refers_to="topics", needed=True),
        Column("asserter", "string", "Who asserted it", refers_to="asserters", needed=True),
        Column("statement", "string", "What is asserted, in words of the base", needed=True),
        Column("low", "number", "The lower end of the figure; empty where it is open"),
        Column("high", "number", "The upper end of the figure; empty where it is open"),
        Column("value", "number", "A central estimate between the ends"),
        Column("interval", "string", "What the ends are around the value"),
        Column("relation", "string", "How the figure relates to its number: exact, about, …"),
        Column("unit", "string", "The unit as printed, else that of the topic"),
        Column("as_worded", "string", "The figure as it is printed"),
        Column("qualifiers", "object", "What narrows the figure, by dimension of the topic"),
        Column("modality", "string", "reported, forecast, possible or suspected"),
        Column("asserted_on", "string", f"The day it was asserted, {_EDTF}", needed=True),
        Column("period", "string", f"The time that it speaks of, {_EDTF}"),
        Column("as_of", "string", f"The time that it stands for, {_EDTF}", needed=True),
        Column("as_of_first", "date", "The first day that the time may mean", needed=True),
        Column("as_of_last", "date", "The last day that the time may mean", needed=True),
        Column("assumption", "string", "What the figure rests on"),
        Column("origin", "string", "The utterance: claims that repeat it share this", needed=True),
        Column("status", "string", "active, superseded or retracted", needed=True),
        Column("rating", "string", "What a review found"),
        Column("note", "string", "A note"),
    ),
    label="statement",
)
CITATIONS: Final = Table(
    "citations",
    "Where each claim can be read",
    ("claim", "position"),
    (
        Column("claim", "string", "The claim", refers_to="claims", needed=True),
        Column("position", "integer", "Which citation of the claim, from 1", needed=True),
        Column("source", "string", "The publication", refers_to="sources", needed=True),
        Column("via", "array", "The chain from the asserter to the publication"),
        Column("paragraph", "integer", "The paragraph, from 1", needed=True),
        Column("as_worded", "string", "The figure as this publication prints it"),
        Column("fingerprint", "string", "SHA-256 of the paragraph's normalised text"),
    ),
)
RELATIONS: Final = Table(
    "relations",
    "What bears on what: denials, disputes, retellings, successors, support",
    ("claim", "position"),
    (
        Column("claim", "string", "The claim that bears on another", "claims", needed=True),
        Column("position", "integer", "Which relation of the claim, from 1", needed=True),
        Column("kind", "string", " or ".join(LinkKind), needed=True),
        Column("to_claim", "string", "The claim that it bears on", refers_to="claims"),
        Column("to_topic", "string", "Or everything claimed on this topic", refers_to="topics"),
    ),
)
TABLES: Final = (TOPICS, ASSERTERS, SOURCES, CLAIMS, CITATIONS, RELATIONS)
"""Every table, those that others refer to first."""


def rows_of(records: Iterable[tuple[RecordKind, AnyRecord]]) -> Rows:
    """Turn records into the rows of each table; a relation to none of them is left out."""
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    units: dict[str, str | None] = defaultdict(lambda: None)
    claims = []
    for _, record in records:
        match record:
            case Topic():
                units[record.id] = record.unit
                rows["topics"].append(_picked(TOPICS, record))
            case Asserter():
                named: Row = {"name": asserter_name(record)}
                rows["asserters"].append(_picked(ASSERTERS, record) | named)
            case Source():
                rows["sources"].append(_picked(SOURCES, record))
            case Claim():
                claims.append(record)
    known = {claim.id for claim in claims}
    for claim in claims:
        rows["claims"].append(_claim(claim, units[claim.topic]))
        rows["citations"] += _citations(claim)
        rows["relations"] += _relations(claim, known)
    return rows


def _picked(table: Table, record: AnyRecord) -> Row:
    """Take the columns of a table from a record, each as JSON has it."""
    fields = record.model_dump(mode="json")
    return {column.name: fields.get(column.name) for column in table.columns}


def _claim(claim: Claim, unit: str | None) -> Row:
    row = _picked(CLAIMS, claim)
    if claim.figure:
        figure = claim.figure.model_dump(mode="json")
        row |= {name: figure[name] for name in figure if name in row}
        row["unit"] = claim.figure.unit or unit
    return row | {
        "as_of": str(claim.as_of),
        "as_of_first": claim.as_of.earliest.isoformat(),
        "as_of_last": claim.as_of.latest.isoformat(),
    }


def _citations(claim: Claim) -> Iterable[Row]:
    for position, citation in enumerate(claim.citations, start=1):
        fields = citation.model_dump(mode="json")
        found: Row = {"claim": claim.id, "position": position}
        yield {column.name: fields.get(column.name) for column in CITATIONS.columns} | found


def _relations(claim: Claim, known: set[str]) -> Iterable[Row]:
    links = [link for link in claim.relations if link.claim is None or link.claim in known]
    for position, link in enumerate(links, start=1):
        yield {
            "claim": claim.id,
            "position": position,
            "kind": str(link.kind),
            "to_claim": link.claim,
            "to_topic": link.topic,
        }
