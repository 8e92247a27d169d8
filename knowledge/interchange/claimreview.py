"""ClaimReview as fact-checkers publish it, read into records; what it does not say is refused.

The cited source is the ClaimReview itself: its first paragraph is `claimReviewed`, and that is
what the fingerprint is made of. No figure is read out of its words. The verdict of the reviewer
is kept as a note, in the reviewer's words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from anyascii import anyascii

from knowledge.model import ForPeople
from knowledge.records import fingerprint, normalise

Fields = dict[str, object]

_PREFIX = re.compile(r"^(?:https?://schema\.org/|schema:)")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_NAMES = ("person", "organisation", "publisher", "title", "url")
"""Fields that tell one asserter or source from another."""
_LONGEST_NAME, _LONGEST_TITLE = 120, 300
"""What the models take of a name and of a title."""
_LONGEST_SLUG = 60
"""Of the 80 characters of an id, those that a digest of 12 and a prefix leave."""
_LONGEST_NOTE = 500
"""The model takes 600; the rest is for the count of what is left out."""


class Unmapped(ForPeople):
    """A ClaimReview lacks what a record needs; `field` is where it would stand."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Mapped:
    """The records that one ClaimReview holds, as fields."""

    asserter: Fields
    source: Fields
    claim: Fields


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes that others refer to by `@id`."""

    nodes: dict[str, Fields]

    def node(self, value: object) -> Fields:
        """Return the one object that a value is or names; an empty one if there is none."""
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            return {"name": value} if isinstance(value, str) else {}
        fields = {plain_name(name): item for name, item in value.items()}
        key = fields.get("@id")
        if isinstance(key, str) and key in self.nodes:
            return self.nodes[key] | fields
        return fields


def plain_name(name: str) -> str:
    """Return the name of a schema.org term without the address of the vocabulary."""
    return _PREFIX.sub("", name)


def types_of(node: Fields) -> frozenset[str]:
    """Return the schema.org types of a node."""
    given = children_or_self(node.get("@type", node.get("type")))
    return frozenset(plain_name(name) for name in given if isinstance(name, str))


def map_review(review: Fields, graph: Graph, topic: str | None) -> Mapped:
    """Map a ClaimReview to an asserter, a source and a claim.

    Raises:
        Unmapped: it does not say who claimed it, when, what, or who reviewed it.
    """
    if topic is None:
        raise Unmapped("topic", "a ClaimReview names no topic: say which one its claims belong to")
    item = graph.node(review.get("itemReviewed"))
    statement = _statement(review, item)
    asserter = _asserter(item, graph)
    day = _day(item, "itemReviewed.datePublished", "the day the claim was made")
    source = _source(review, graph)
    key = f"{asserter['id']} {day} {topic} {normalise(statement)}"
    name = f"review-{_short_slug(str(asserter['id']))}-{sha256(key.encode()).hexdigest()[:12]}"
    citation: Fields = {
        "source": source["id"],
        "via": _via(item, graph),
        "paragraph": 1,
        "fingerprint": fingerprint(statement),
    }
    claim: Fields = {
        "id": name,
        "topic": topic,
        "asserter": asserter["id"],
        "statement": statement,
        "asserted_on": day,
        "origin": name,
        "citations": [citation],
        "note": _note(item, graph),
    }
    rating = _text(graph.node(review.get("reviewRating")), "alternateName", "name")
    if rating:
        claim["rating"] = rating[:_LONGEST_NAME]
    return Mapped(asserter, source, claim)


def _text(node: Fields, *names: str) -> str | None:
    """Return the first of these fields that holds a text."""
    for name in names:
        value = node.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _statement(review: Fields, item: Fields) -> str:
    statement = _text(review, "claimReviewed") or _text(item, "text", "name", "headline")
    if statement is None:
        raise Unmapped("claimReviewed", "is missing: it says what was claimed")
    return statement


def _asserter(item: Fields, graph: Graph) -> Fields:
    given = item.get("author", item.get("creator"))
    if isinstance(given, list) and len(given) > 1:
        raise Unmapped("itemReviewed.author", "names several: a claim has one asserter")
    author = graph.node(given)
    name = _text(author, "name")
    if name is None:
        raise Unmapped("itemReviewed.author", "is missing: it says who made the claim")
    key = slug(name)
    if types_of(author) & {"Organization", "NewsMediaOrganization", "GovernmentOrganization"}:
        return {"id": key, "organisation": name}
    if "Person" not in types_of(author):
        reason = "does not say whether it is a Person or an Organization (@type)"
        raise Unmapped("itemReviewed.author", reason)
    organisation = _text(graph.node(author.get("affiliation", author.get("worksFor"))), "name")
    fields = {"person": name, "role": _text(author, "jobTitle"), "organisation": organisation}
    return {"id": key, **{field: value for field, value in fields.items() if value}}


def _day(node: Fields, field: str, what: str) -> str:
    text = _text(node, "datePublished", "dateCreated")
    if text is None:
        raise Unmapped(field, f"is missing: it says {what}")
    day = text.partition("T")[0].partition(" ")[0]
    if not _DAY.fullmatch(day):
        raise Unmapped(field, f"{text} is no ISO 8601 date such as 2024-02-23")
    return day


def _source(review: Fields, graph: Graph) -> Fields:
    author = graph.node(review.get("author")) or graph.node(review.get("publisher"))
    publisher = _text(author, "name")
    if publisher is None:
        raise Unmapped("author", "is missing: it says who published the review")
    url, title = _text(review, "url"), _text(review, "name", "headline")
    key = sha256(f"{url} {title} {_text(review, 'claimReviewed')}".encode()).hexdigest()[:12]
    fields: Fields = {
        "id": f"{_short_slug(slug(publisher))}-{key}",
        "publisher": publisher,
        "title": title or f"[No title printed] ClaimReview by {publisher}"[:_LONGEST_TITLE],
        "title_basis": "stated" if title else "unknown",
    }
    if url:
        fields["url"] = url
    if _text(review, "datePublished", "dateCreated"):
        day = _day(review, "datePublished", "when it was reviewed")
        return fields | {"published_on": day}
    reason = "The ClaimReview gives no date."
    return fields | {"date_basis": "unknown", "date_reason": reason}


def _via(item: Fields, graph: Graph) -> list[str]:
    """Name the place of the first appearance, between the asserter and the review."""
    place = graph.node(item.get("firstAppearance"))
    name = _text(graph.node(place.get("publisher")), "name") or _host(place)
    return [name[:_LONGEST_NAME]] if name else []


def _host(place: Fields) -> str | None:
    address = _address(place)
    if address is None:
        return None
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _address(place: Fields) -> str | None:
    address = _text(place, "url", "@id", "name")
    return address if address and address.startswith(("http://", "https://")) else None


def _note(item: Fields, graph: Graph) -> str:
    """Keep the places where the claim appeared, as far as there is room."""
    note = "Read from a ClaimReview; paragraph 1 is its claimReviewed."
    places = item.get("appearance", [])
    found = [_address(graph.node(place)) for place in children_or_self(places)]
    left = [address for address in dict.fromkeys(found) if address]
    while left and len(note) + len(left[0]) < _LONGEST_NOTE:
        note += f" Appeared at {left.pop(0)} ."
    return note + (f" {len(left)} more appearances." if left else "")


def children_or_self(value: object) -> list[object]:
    """Return the items of a list, or a single value as a list."""
    return value if isinstance(value, list) else [value]


def same_one(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two asserters or sources are the same, as far as their names tell."""
    return all(one.get(name) == other.get(name) for name in _NAMES)


def slug(name: str) -> str:
    """Make an id of a name in any script."""
    letters = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    return letters[:_LONGEST_SLUG].strip("-") or sha256(name.encode()).hexdigest()[:12]


def _short_slug(name: str) -> str:
    return name[:40].strip("-")
