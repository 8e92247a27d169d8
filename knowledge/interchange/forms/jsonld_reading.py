"""JSON-LD that is to be imported: what this program wrote, and what anybody publishes of claims."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Final, get_args

from knowledge.interchange.draft import Reading, refused
from knowledge.interchange.foreign import (
    Collector,
    Fields,
    Graph,
    Place,
    Unmapped,
    children_or_self,
    fields_of,
    is_address,
    map_claim,
    map_review,
    reviews_of,
    types_of,
)
from knowledge.interchange.forms.json_form import Locator, take
from knowledge.interchange.forms.json_text import (
    BadJson,
    Element,
    LineCount,
    elements,
    line_at,
)
from knowledge.interchange.forms.jsonld import RECORD, REVIEW, iri
from knowledge.model import RecordKind

_MARK: Final = re.compile(rb'"@(?:context|type|graph)"\s*:|"claimReview"\s*:\s*[\[{]')
_BEGINNING: Final = 20_000
"""Characters in which a context, a first node or a first claim of the Google Fact Check Tools API
shows what it is (chosen by eye)."""
_STREAMED: Final = frozenset({"@graph", "dataFeedElement", "claims"})
_INSIDE: Final = ("@graph", "dataFeedElement", "item", "mainEntity", "hasPart", "itemListElement",
                  "review")  # fmt: skip
"""Fields whose values are nodes themselves."""

_OPENING: Final = re.compile(r"<!--|<script\b", re.IGNORECASE)
_LONGEST_TAG: Final = 2_000
"""Characters of a script's attributes (chosen by eye)."""
_CLOSING: Final = re.compile(r"</script", re.IGNORECASE)
_LINKED_DATA: Final = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?:link|meta)\b[^<>]{0,2000}>", re.IGNORECASE)
_CANONICAL: Final = re.compile(r"""=\s*["']?(?:canonical|og:url)\b""", re.IGNORECASE)
_HREF: Final = re.compile(r"""\b(?:href|content)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
_WRAPPED: Final = re.compile(r"\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$")
"""How old pages hide a script from readers of XML."""


def looks_like_it(text: bytes) -> bool:
    """Whether a JSON text begins as linked data does, or as an answer about fact checks."""
    return bool(_MARK.search(text[:_BEGINNING]))


def is_page(beginning: bytes) -> bool:
    """Whether a text is a web page, which may hold linked data."""
    return beginning.lstrip()[:1] == b"<"


def read(data: bytes, reading: Reading) -> None:
    """Read the records of a graph that was exported here, and any other ClaimReview or Claim in it.

    Of a web page, the scripts that hold linked data are read and nothing else. Nodes of other
    types are read only where a ClaimReview refers to them.

    Raises:
        ImportRefused: the text as a whole cannot be read, or holds nothing of the kind.
    """
    text = data.decode()
    reading.draft.locate = Locator(text)
    nodes = NodeReader(text, reading)
    if is_page(data):
        _read_page(text, nodes, reading)
    else:
        try:
            for element in _elements(text):
                nodes.take(element)
                reading.report(element.end, len(text))
        except BadJson as error:
            raise refused(reading.draft.file, error.reason, line_at(text, error.at)) from None
    if not (nodes.met or reading.draft.entries or reading.draft.problems):
        raise refused(reading.draft.file, "holds no ClaimReview and no Claim")
    nodes.finish()


def _read_page(text: str, nodes: "NodeReader", reading: Reading) -> None:
    scripts = list(_scripts(text))
    if not scripts:
        reason = (
            "is a web page without linked data (a script of the type application/ld+json); "
            "what an article says is drafted, not imported"
        )
        raise refused(reading.draft.file, reason)
    nodes.address = _address(text[: scripts[-1][1]])
    lines = LineCount(text)
    for start, end in scripts:
        line = lines.at(start)
        try:
            for element in _elements(text[start:end]):
                nodes.take(
                    replace(
                        element,
                        start=start + element.start,
                        end=start + element.end,
                        line=line + element.line - 1,
                    )
                )
        except BadJson as error:
            at = line + line_at(text[start:end], error.at) - 1
            reading.complain(error.reason, line=at)


def _scripts(text: str) -> Iterator[tuple[int, int]]:
    """Find where the linked data of a web page stands, outside of its comments."""
    at = 0
    while opening := _OPENING.search(text, at):
        if opening[0] == "<!--":
            at = text.find("-->", opening.end())
            if at < 0:
                return
            continue
        start = text.find(">", opening.end(), opening.end() + _LONGEST_TAG) + 1
        if not start:
            at = opening.end()
            continue
        closing = _CLOSING.search(text, start)
        at = closing.start() if closing else len(text)
        wanted = _LINKED_DATA.search(text, opening.end(), start)
        if wanted and text[start:at].strip():
            yield _unwrapped(text, start, at)


def _address(text: str) -> str | None:
    """Return the address that a page says it has."""
    for tag in _TAG.finditer(text):
        address = _CANONICAL.search(tag[0]) and _HREF.search(tag[0])
        if address and is_address(found := unescape(address[1])):
            return found
    return None


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    if found := _WRAPPED.match(text, start, end):
        start = found.end()
        closing = text.rfind("]]>", start, end)
        end = text.rfind("//", start, closing) if text[:closing].endswith("//") else closing
    return start, end


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
            fields = fields_of(item)
            yield fields
            for name in _INSIDE:
                if name in fields:
                    yield from _nodes(fields[name])


class NodeReader:
    """Sorts the nodes of linked data, and maps those of others once all are there."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        self._reading = reading
        self._reviews: list[tuple[Fields, Place]] = []
        self._claims: list[tuple[Fields, Place]] = []
        self._nodes: dict[str, Fields] = {}
        self.address: str | None = None
        """Where the page stands that holds it all: that of a review that does not give its own."""

    @property
    def met(self) -> bool:
        """Whether there is anything that others publish of claims."""
        return bool(self._reviews or self._claims)

    def take(self, element: Element) -> bool:
        """Sort the nodes in an element of the text; return whether one of them is of use."""
        useful = [self._sort(node, element) for node in _nodes(element.value)]
        self._reading.expect(len(self._reviews) + len(self._claims))
        return any(useful)

    def _sort(self, node: Fields, element: Element) -> bool:
        key = node.get("@id")
        place = Place(element.line, (element.start, element.end))
        if RECORD in node:
            _take_own(node, element, self._text, self._reading)
        elif "claimReview" in node and not types_of(node):
            self._reviews += [(review, place) for review in reviews_of(node)]
        elif "ClaimReview" in types_of(node) or ("claimReviewed" in node and not types_of(node)):
            if not (isinstance(key, str) and key.startswith(REVIEW)):
                self._reviews.append((node, place))
        else:
            if isinstance(key, str):
                self._nodes[key] = node
            if "Claim" not in types_of(node):
                return False
            self._claims.append((node, place))
        return True

    def finish(self) -> None:
        """Map every review, and every claim that no review is of."""
        if self.address:
            self._reviews = [({"url": self.address} | one, at) for one, at in self._reviews]
        collector = Collector(self._reading)
        graph = Graph(self._nodes)
        reviewed = {
            item["@id"]
            for review, _ in self._reviews
            for item in children_or_self(review.get("itemReviewed"))
            if isinstance(item, dict) and isinstance(item.get("@id"), str)
        }
        alone = [(one, place) for one, place in self._claims if one.get("@id") not in reviewed]
        for nodes, mapping in ((self._reviews, map_review), (alone, map_claim)):
            for node, place in nodes:
                try:
                    mapped = mapping(node, graph, self._reading.topic)
                except Unmapped as error:
                    self._reading.complain(error.reason, error.field, line=place.line)
                else:
                    collector.take(mapped, place)
        collector.finish()


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
