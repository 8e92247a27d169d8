"""JSON-LD that is to be imported: what this program wrote, and ClaimReviews of anybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

from knowledge.interchange.claimreview import (
    Fields,
    Graph,
    Mapped,
    Unmapped,
    children_or_self,
    map_review,
    plain_name,
    same_one,
    types_of,
)
from knowledge.interchange.draft import Drafted, Reading, refused
from knowledge.interchange.json_form import Locator, take
from knowledge.interchange.json_text import BadJson, Element, elements, line_at
from knowledge.interchange.jsonld import RECORD, REVIEW, iri
from knowledge.model import RecordKind
from knowledge.records import Document, RecordErrors, read_record

_MARK = re.compile(rb'"@(?:context|type|graph)"\s*:')
_BEGINNING = 2000
"""Characters in which a context or a first node shows that it is JSON-LD (chosen by eye)."""
_STREAMED = frozenset({"@graph", "dataFeedElement"})
_INSIDE = ("@graph", "dataFeedElement", "item")
"""Fields whose values are nodes themselves."""
_LONGEST_NOTE = 600
"""What the model takes of a note."""


def looks_like_it(text: bytes) -> bool:
    """Whether a JSON text begins as linked data does."""
    return bool(_MARK.search(text[:_BEGINNING]))


def read(data: bytes, reading: Reading) -> None:
    """Read the records of a graph that was exported here, and any other ClaimReview in it.

    Nodes of other types are read only where a ClaimReview refers to them.

    Raises:
        ImportRefused: the text as a whole cannot be read, or holds nothing of the kind.
    """
    text = data.decode()
    reading.draft.locate = Locator(text)
    found = _Found(text)
    try:
        for element in _elements(text):
            for node in _nodes(element.value):
                _sort(node, element, found, reading)
            reading.report(element.end, len(text))
    except BadJson as error:
        raise refused(reading.draft.file, error.reason, line_at(text, error.at)) from None
    if not (found.reviews or reading.draft.entries or reading.draft.problems):
        raise refused(reading.draft.file, "holds no ClaimReview")
    _Reviews(found, reading).take()


@dataclass(slots=True)
class _Found:
    """What has to wait until the whole graph is read."""

    text: str
    reviews: list[tuple[Fields, Element]] = field(default_factory=list)
    nodes: dict[str, Fields] = field(default_factory=dict)


def _elements(text: str) -> Iterator[Element]:
    """Go through the nodes; an outer object that is one itself comes last, as a whole."""
    outer: Fields = {}
    for element in elements(text, _STREAMED):
        if element.listed:
            yield element
        else:
            outer[element.name] = element.value
    if outer:
        yield Element("", outer, 0, len(text), line=1, listed=False)


def _nodes(value: object) -> Iterator[Fields]:
    for item in children_or_self(value):
        if isinstance(item, dict):
            fields = {plain_name(name): inner for name, inner in item.items()}
            yield fields
            for name in _INSIDE:
                if name in fields:
                    yield from _nodes(fields[name])


def _sort(node: Fields, element: Element, found: _Found, reading: Reading) -> None:
    key = node.get("@id")
    if RECORD in node:
        _take_own(node, element, found.text, reading)
    elif "ClaimReview" in types_of(node):
        if not (isinstance(key, str) and key.startswith(REVIEW)):
            found.reviews.append((node, element))
    elif isinstance(key, str):
        found.nodes[key] = node


def _take_own(node: Fields, element: Element, text: str, reading: Reading) -> None:
    """Take the record that a node holds, if the node still says what its record says."""
    record = node[RECORD]
    named = record.get("id") if isinstance(record, dict) else None
    kinds: tuple[RecordKind, ...] = get_args(RecordKind)
    kind = next((kind for kind in kinds if node.get("@id") == iri(kind, str(named))), None)
    if kind is None or not isinstance(record, dict):
        reason = f"does not go with {RECORD}, which is {named}"
        reading.complain(reason, "@id", line=element.line)
    elif kind == "claim" and node.get("text") != record.get("statement"):
        reason = f"differs from the statement in {RECORD}: change both, or leave both"
        reading.complain(reason, "text", str(named), element.line)
    else:
        take(element, kind, record, text, reading)


class _Reviews:
    """Turns ClaimReviews into records; reviews of one utterance become one claim."""

    def __init__(self, found: _Found, reading: Reading) -> None:
        self._found = found
        self._reading = reading
        self._claims: dict[str, tuple[Fields, Element]] = {}
        self._named: dict[tuple[RecordKind, object], Fields] = {}

    def take(self) -> None:
        graph = Graph(self._found.nodes)
        for review, element in self._found.reviews:
            try:
                mapped = map_review(review, graph, self._reading.topic)
            except Unmapped as error:
                self._reading.complain(error.reason, error.field, line=element.line)
            else:
                self._take_one(mapped, element)
        for fields, element in self._claims.values():
            self._add("claim", fields, element)

    def _take_one(self, mapped: Mapped, element: Element) -> None:
        self._name("asserter", mapped.asserter, element)
        self._name("source", mapped.source, element)
        first, _ = self._claims.setdefault(str(mapped.claim["id"]), (mapped.claim, element))
        if first is not mapped.claim:
            _merge(first, mapped.claim)

    def _name(self, kind: RecordKind, fields: Fields, element: Element) -> None:
        """Take a record that the reviews may name again and again."""
        first = self._named.setdefault((kind, fields["id"]), fields)
        if first is fields:
            self._add(kind, fields, element)
        elif not same_one(first, fields):
            reason = f"has the id {fields['id']}, which an earlier review gives to another one"
            self._reading.complain(reason, kind, str(fields["id"]), element.line)

    def _add(self, kind: RecordKind, fields: Fields, element: Element) -> None:
        try:
            record = read_record(kind, Document(fields, {}), self._reading.draft.file)
        except RecordErrors as errors:
            for wrong in errors.problems:
                self._reading.complain(wrong.reason, wrong.field, wrong.record, element.line)
        else:
            span = (element.start, element.end)
            self._reading.add(
                Drafted(kind, record, (element.line,), span, named_only=kind != "claim")
            )


def _merge(claim: Fields, other: Fields) -> None:
    """Add the citation of another review of the same utterance to a claim."""
    cited, more = claim["citations"], other["citations"]
    if isinstance(cited, list) and isinstance(more, list):
        cited += [citation for citation in more if citation not in cited]
    note = f"{claim['note']} {other['note']}"
    if other["note"] != claim["note"] and len(note) <= _LONGEST_NOTE:
        claim["note"] = note
