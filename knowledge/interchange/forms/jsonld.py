"""The database as linked data for others: schema.org Claims, each with the chain it came through.

What schema.org has a word for stands in its words; the rest in terms of our own under
`urn:claimbot:term:`. Dates that are no plain ISO 8601 stand as EDTF only, with the datatype that
the Library of Congress gives it. See https://schema.org/Claim and
https://schema.org/ClaimReview.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.interchange.foreign import rating_node
from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    DateBasis,
    Edtf,
    Example,
    LinkKind,
    RecordKind,
    Source,
    Status,
    Topic,
)
from knowledge.records import content

Node = dict[str, object]

RECORD = "claimbot:record"
"""The term that holds a record as it is in the database, without fields at their default."""
REVIEW = "urn:claimbot:review:"

_EDTF = {"@type": "http://id.loc.gov/datatypes/edtf/EDTF"}
_REFERENCE = {"@type": "@id"}
CONTEXT: list[object] = [
    "https://schema.org",
    {
        "claimbot": "urn:claimbot:term:",
        "claimbot:assertedOn": _EDTF,
        "claimbot:period": _EDTF,
        "claimbot:publishedOn": _EDTF,
        "claimbot:source": _REFERENCE,
        "claimbot:origin": _REFERENCE,
        "claimbot:via": {"@container": "@list"},
        RECORD: {"@type": "@json"},
        **{f"claimbot:{kind}": _REFERENCE for kind in LinkKind},
    },
]

_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def export(records: Iterable[tuple[RecordKind, AnyRecord]]) -> Iterator[str]:
    """Write one JSON-LD document, a node a line; claims come after what they refer to."""
    separator = f'{{"@context": {_json(CONTEXT)},\n"@graph": [\n'
    for node in _nodes(records, whole=True):
        yield separator + _json(node)
        separator = ",\n"
    if separator != ",\n":
        yield separator
    yield "\n]}\n"


def document(records: Iterable[tuple[RecordKind, AnyRecord]]) -> dict[str, object]:
    """Return the same for readers: without the records as they are in the database."""
    return {"@context": CONTEXT, "@graph": list(_nodes(records, whole=False))}


def _nodes(records: Iterable[tuple[RecordKind, AnyRecord]], *, whole: bool) -> Iterator[Node]:
    met = _Met()
    for _, record in records:
        yield _node(record, met) | ({RECORD: content(record)} if whole else {})
    yield from met.reviews()


def iri(kind: RecordKind, record: str) -> str:
    """Name a record for the whole world."""
    return f"urn:claimbot:{kind}:{record}"


@dataclass
class _Met:
    """What later nodes need of earlier ones."""

    topics: dict[str, Topic] = field(default_factory=dict)
    asserters: dict[str, Asserter] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    reviewing: list[Claim] = field(default_factory=list)
    rated: list[Claim] = field(default_factory=list)

    def reviews(self) -> Iterator[Node]:
        """Make a ClaimReview of each rating, and of each claim that bears on another one."""
        yield from filter(None, map(self._rated, self.rated))
        for claim in self.reviewing:
            for number, link in enumerate(claim.relations):
                reviewed = self.statements.get(link.claim or "")
                if link.kind.traits.judges and link.claim and reviewed:
                    yield {
                        "@id": f"{REVIEW}{claim.id}:{number}",
                        "@type": "ClaimReview",
                        "claimReviewed": reviewed,
                        "itemReviewed": {"@id": iri("claim", link.claim), "@type": "Claim"},
                        "reviewRating": {
                            "@type": "Rating",
                            "alternateName": link.kind.traits.passive.capitalize(),
                        },
                        "reviewBody": claim.statement,
                        "author": _author(claim.asserter, self.asserters.get(claim.asserter)),
                        "isBasedOn": {"@id": iri("claim", claim.id)},
                        **_plain_date("datePublished", claim.asserted_on),
                    }

    def _rated(self, claim: Claim) -> Node | None:
        """Make the review that rated a claim: it is the publication that the claim is read in."""
        source = self.sources.get(claim.citations[0].source)
        if source is None:
            return None
        return {
            "@id": f"{REVIEW}{claim.id}:rating",
            "@type": "ClaimReview",
            "claimReviewed": claim.statement,
            "itemReviewed": {"@id": iri("claim", claim.id), "@type": "Claim"},
            "reviewRating": rating_node(claim.rating or ""),
            "author": {"@type": "Organization", "name": source.publisher},
            **({"url": source.url} if source.url else {}),
            **(_plain_date("datePublished", source.published_on) if source.published_on else {}),
        }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _node(record: AnyRecord, met: _Met) -> Node:
    match record:
        case Topic():
            met.topics[record.id] = record
            node = _topic(record)
        case Asserter():
            met.asserters[record.id] = record
            node = _author(record.id, record) | _more_of_asserter(record)
        case Source():
            met.sources[record.id] = record
            node = _article(record.id, record) | _more_of_source(record)
        case Claim():
            met.statements[record.id] = record.statement
            met.rated += [record] if record.rating else []
            met.reviewing += [record] if record.relations and record.status is Status.ACTIVE else []
            node = _claim(record, met)
        case Example():
            node = _example(record)
    return {name: value for name, value in node.items() if value not in (None, [], (), {})}


def _topic(topic: Topic) -> Node:
    return {
        "@id": iri("topic", topic.id),
        "@type": "DefinedTerm",
        "termCode": topic.id,
        "name": topic.title,
        "description": topic.description,
        "alternateName": topic.aliases,
        "claimbot:measure": topic.measure,
        "claimbot:unit": topic.unit,
    }


def _example(example: Example) -> Node:
    return {
        "@id": iri("example", example.id),
        "@type": "Question",
        "text": example.question,
        "inLanguage": example.language,
        "about": {"@id": iri("topic", example.topic)},
    }


def _author(key: str, asserter: Asserter | None) -> Node:
    node: Node = {"@id": iri("asserter", key)}
    if asserter and asserter.person:
        node |= {"@type": "Person", "name": asserter.person}
    elif asserter:
        node |= {"@type": "Organization", "name": asserter.organisation or asserter.role}
    return node


def _more_of_asserter(asserter: Asserter) -> Node:
    more: Node = {"alternateName": asserter.aliases}
    if not asserter.person:
        return more | {"description": asserter.role}
    if asserter.organisation:
        more["affiliation"] = {"@type": "Organization", "name": asserter.organisation}
    return more | {"jobTitle": asserter.role}


def _article(key: str, source: Source | None) -> Node:
    node: Node = {"@id": iri("source", key), "@type": "Article"}
    if source:
        node["headline"] = source.title
        node["publisher"] = {"@type": "Organization", "name": source.publisher}
        node |= {"url": source.url} if source.url else {}
        if source.published_on and source.date_basis is DateBasis.STATED:
            node |= _plain_date("datePublished", source.published_on)
    return node


def _more_of_source(source: Source) -> Node:
    return {
        "archivedAt": source.archive_url,
        "claimbot:publishedOn": str(source.published_on) if source.published_on else None,
        "claimbot:dateBasis": source.date_basis,
    }


def _claim(claim: Claim, met: _Met) -> Node:
    cited = dict.fromkeys(citation.source for citation in claim.citations)
    node: Node = {
        "@id": iri("claim", claim.id),
        "@type": "Claim",
        "text": claim.statement,
        "about": {"@id": iri("topic", claim.topic)},
        "author": _author(claim.asserter, met.asserters.get(claim.asserter)),
        **_plain_date("datePublished", claim.asserted_on),
        "claimbot:assertedOn": str(claim.asserted_on),
        "creativeWorkStatus": claim.status,
        "firstAppearance": _first_appearance(claim, met),
        "appearance": [_article(source, met.sources.get(source)) for source in cited],
        "claimbot:citation": [_citation(citation) for citation in claim.citations],
        "claimbot:origin": f"urn:claimbot:origin:{claim.origin}",
        "claimbot:modality": claim.modality,
        "claimbot:qualifiers": {f"claimbot:{name}": v for name, v in claim.qualifiers.items()},
        "claimbot:assumption": claim.assumption,
        "claimbot:figure": _figure(claim, met.topics.get(claim.topic)),
    }
    if claim.period:
        node["temporalCoverage"] = node["claimbot:period"] = str(claim.period)
    for link in claim.relations:
        target = iri("claim", link.claim) if link.claim else iri("topic", link.topic or "")
        linked = node.setdefault(f"claimbot:{link.kind}", [])
        if isinstance(linked, list):
            linked.append(target)
    return node


def _first_appearance(claim: Claim, met: _Met) -> Node | None:
    """Name where the claim appeared first, if every citation leads back to the same place."""
    first = {citation.via[:1] or citation.source for citation in claim.citations}
    if len(first) != 1:
        return None
    place = first.pop()
    if isinstance(place, str):
        return _article(place, met.sources.get(place))
    publisher = {"@type": "Organization", "name": place[0]}
    return {"@type": "CreativeWork", "publisher": publisher}


def _citation(citation: Citation) -> Node:
    node: Node = {
        "claimbot:source": iri("source", citation.source),
        "claimbot:via": citation.via,
        "claimbot:paragraph": citation.paragraph,
        "claimbot:fingerprint": citation.fingerprint,
    }
    return node | ({"claimbot:asWorded": citation.as_worded} if citation.as_worded else {})


def _figure(claim: Claim, topic: Topic | None) -> Node | None:
    if claim.figure is None:
        return None
    fields = {
        "claimbot:value": _unsigned(claim.figure.value),
        "claimbot:interval": claim.figure.interval,
        "claimbot:low": _unsigned(claim.figure.low),
        "claimbot:high": _unsigned(claim.figure.high),
        "claimbot:relation": claim.figure.relation,
        "claimbot:asWorded": claim.figure.as_worded,
        "claimbot:unit": claim.figure.unit or (topic.unit if topic else None),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _unsigned(number: float | None) -> float | None:
    """Return a number without the sign of a zero, which no record keeps."""
    return None if number is None else number + 0.0


def _plain_date(name: str, day: Edtf) -> Node:
    """Give a date to those who read ISO 8601 only, unless EDTF says more than that."""
    return {name: day.text} if _ISO_DATE.fullmatch(day.text) else {}
