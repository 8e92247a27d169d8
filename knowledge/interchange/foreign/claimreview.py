"""Claims and ClaimReviews as fact-checkers publish them, read into records.

The cited source is the ClaimReview itself: its first paragraph is `claimReviewed`, and that is
what the fingerprint is made of. No figure is read out of its words. What it does not say is marked
as unknown; what a claim cannot do without is refused.
"""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from anyascii import anyascii

from knowledge.interchange.foreign.days import is_unclear, plain_day
from knowledge.interchange.foreign.nodes import (
    Fields,
    Graph,
    Mapped,
    Unmapped,
    address_of,
    children_or_self,
    fields_of,
    host_of,
    is_organisation,
    name_of_address,
    text_of,
    types_of,
)
from knowledge.interchange.foreign.ratings import rating_of
from knowledge.records import fingerprint, normalise

UNNAMED: Final[Fields] = {"id": "unnamed", "role": "not named by the source"}
"""Who made a claim, where a review does not say: many rumours have no author."""

_LONGEST_NAME, _LONGEST_TITLE = 120, 300
"""What the models take of a name and of a title."""
_LONGEST_SLUG = 60
"""Of the 80 characters of an id, those that a digest of 12 and a prefix leave."""
_LONGEST_NOTE = 500
"""The model takes 600; the rest is for the count of what is left out."""


def map_review(review: Fields, graph: Graph, topic: str | None) -> Mapped:
    """Map a ClaimReview to an asserter, a source and a claim.

    Raises:
        Unmapped: it does not say when it was claimed, what, or who reviewed it.
    """
    item = _item(review, graph)
    statement = _statement(review, item, graph)
    asserter = asserter_of(item, graph)
    source = _source(review, graph)
    day, remark = _day_of(item, review)
    claim = claim_of(topic, asserter, statement, day) | {
        "citations": [_citation(source, statement, _via(item, graph))],
        "note": _note(
            "Read from a ClaimReview; paragraph 1 is its claimReviewed.", remark, item, graph
        ),
    }
    rating = rating_of(graph.node(next(iter(children_or_self(review.get("reviewRating"))), None)))
    if rating:
        claim["rating"] = rating
    return Mapped(asserter, source, claim)


def map_claim(item: Fields, graph: Graph, topic: str | None) -> Mapped:
    """Map a Claim that nobody reviews; its source is where it appeared first.

    Raises:
        Unmapped: it does not say when it was claimed, what, or where it can be read.
    """
    statement = text_of(item, "text", "claimReviewed", "name", "headline", "description")
    if statement is None:
        raise Unmapped("text", "is missing: it says what is claimed")
    place = _appearance(item, graph)
    asserter = asserter_of(item, graph)
    source = _source(place, graph, "appearance")
    day, remark = _day_of(item, place)
    claim = claim_of(topic, asserter, statement, day, "claim") | {
        "citations": [_citation(source, statement, [])],
        "note": _note(
            "Read from a schema.org Claim; paragraph 1 is its text.", remark, item, graph
        ),
    }
    return Mapped(asserter, source, claim)


def reviews_of(claim: Fields) -> Iterator[Fields]:
    """Write a claim of the Google Fact Check Tools API as the ClaimReviews that it holds."""
    item = {"author": claim.get("claimant"), "datePublished": claim.get("claimDate")}
    for review in children_or_self(claim["claimReview"]):
        fields = fields_of(review) if isinstance(review, dict) else {}
        publisher = fields.get("publisher")
        site = publisher.get("site") if isinstance(publisher, dict) else None
        yield {
            "@type": "ClaimReview",
            "claimReviewed": claim.get("text"),
            "itemReviewed": {name: value for name, value in item.items() if value},
            "author": publisher or ({"name": site} if site else None),
            "publisher": {"name": site} if site else None,
            "url": fields.get("url"),
            "name": fields.get("title"),
            "datePublished": fields.get("reviewDate"),
            "reviewRating": {"alternateName": fields.get("textualRating")},
        }


def claim_of(
    topic: str | None, asserter: Fields, statement: str, day: str, kind: str = "review"
) -> Fields:
    """Make a claim of what others' files say of one; its id is made of that and the `kind` of file.

    Raises:
        Unmapped: nobody said what it is about.
    """
    if topic is None:
        what = "ClaimReview" if kind == "review" else f"{kind} of others"
        reason = f"a {what} names no topic: say which one its claims belong to"
        raise Unmapped("topic", reason)
    key = f"{asserter['id']} {day} {topic} {normalise(statement)}"
    name = f"{kind}-{_short_slug(str(asserter['id']))}-{_digest(key)}"
    return {
        "id": name,
        "topic": topic,
        "asserter": asserter["id"],
        "statement": statement,
        "asserted_on": day,
        "origin": name,
    }


def _item(review: Fields, graph: Graph) -> Fields:
    """Return what is reviewed; some write it where its text belongs, in `claimReviewed`."""
    given = review.get("itemReviewed")
    if isinstance(given, list) and len(given) > 1:
        raise Unmapped("itemReviewed", "names several: a ClaimReview is of one claim")
    item = graph.node(given)
    inner = review.get("claimReviewed")
    return item or (graph.node(inner) if isinstance(inner, dict) else {})


def _statement(review: Fields, item: Fields, graph: Graph) -> str:
    inner = graph.node(review.get("claimReviewed"))
    statement = (
        text_of(review, "claimReviewed")
        or text_of(inner, "text", "name", "headline")
        or text_of(item, "text", "name", "headline")
    )
    if statement is None:
        raise Unmapped("claimReviewed", "is missing: it says what was claimed")
    return statement


def asserter_of(item: Fields, graph: Graph) -> Fields:
    """Say who made a claim: by name, else by address, else as somebody who is not named.

    Raises:
        Unmapped: several did.
    """
    given = item.get("author", item.get("creator"))
    if isinstance(given, list) and len(given) > 1:
        raise Unmapped("itemReviewed.author", "names several: a claim has one asserter")
    author = graph.node(given)
    address = address_of(author, "url", "sameAs", "@id")
    name = text_of(author, "name", "alternateName", "legalName") or name_of_address(address)
    if name is None:
        place = graph.node(item.get("firstAppearance"))
        return asserter_of({"author": place["author"]}, graph) if place.get("author") else UNNAMED
    if is_organisation(author):
        return {"id": slug(name), "organisation": name}
    if not types_of(author) & {"Person", "Patient"}:
        return {"id": slug(name), "role": name}
    organisation = text_of(graph.node(author.get("affiliation", author.get("worksFor"))), "name")
    fields = {
        "person": name,
        "role": text_of(author, "jobTitle", "title"),
        "organisation": organisation,
    }
    return {"id": slug(name), **{field: value for field, value in fields.items() if value}}


def _day_of(item: Fields, carrier: Fields) -> tuple[str, str]:
    """Say when a claim was made, and what has to be remarked on that."""
    if day := _day(item, "itemReviewed.datePublished"):
        return day, ""
    if day := _day(carrier, "datePublished"):
        return f"{day}~", "It does not say when that was claimed: the date is its own."
    reason = "is missing, and so is the date of what it stands in: one says when it was claimed"
    raise Unmapped("itemReviewed.datePublished", reason)


def _day(node: Fields, field: str) -> str | None:
    text = text_of(node, "datePublished", "dateCreated")
    return day_in(text, field) if text else None


def day_in(text: str, field: str) -> str:
    """Read a day.

    Raises:
        Unmapped: it is none, or could be two.
    """
    day = plain_day(text)
    if day is None:
        given = text[:_LONGEST_NAME]
        if is_unclear(text):
            reason = (
                f"{given} can be read as two days; an ISO 8601 date such as 2024-02-23 is clear"
            )
        else:
            reason = f"{given} is no ISO 8601 date such as 2024-02-23"
        raise Unmapped(field, reason)
    return day


def _source(work: Fields, graph: Graph, field: str = "author") -> Fields:
    address = _address(work)
    publisher, basis = _publisher(work, graph, address)
    if publisher is None:
        raise Unmapped(field, "is missing: it says who published it")
    title = text_of(work, "name", "headline")
    mark = f"{address} {title} {text_of(work, 'claimReviewed')}"
    return source_of(publisher, mark) | {
        **basis,
        "title": title or f"[No title printed] {_kind(work)} by {publisher}"[:_LONGEST_TITLE],
        "title_basis": "stated" if title else "unknown",
        **({"url": address} if address else {}),
        **dating(_day(work, "datePublished"), f"The {_kind(work)} gives no date."),
    }


def source_of(publisher: str, mark: str) -> Fields:
    """Begin a source: `mark` is what tells it from others of the same publisher."""
    return {"id": f"{_short_slug(slug(publisher))}-{_digest(mark)}", "publisher": publisher}


def dating(day: str | None, reason: str) -> Fields:
    """Date a source, or mark it as one without a date."""
    if day:
        return {"published_on": day}
    return {"date_basis": "unknown", "date_reason": reason}


def _kind(work: Fields) -> str:
    return "ClaimReview" if "ClaimReview" in types_of(work) else "text"


def _publisher(work: Fields, graph: Graph, address: str | None) -> tuple[str | None, Fields]:
    """Name who published a work; one known by an address alone is marked as inferred."""
    people = [graph.node(one) for one in _authors(work)]
    for one in people:
        if name := text_of(one, "name", "legalName", "alternateName"):
            return name, {}
    hosts = [host_of(address_of(one, "url", "sameAs", "@id")) for one in people]
    found = next(filter(None, [*hosts, host_of(address)]), None)
    return found, {"publisher_basis": "inferred"} if found else {}


def _authors(work: Fields) -> list[object]:
    """Return whoever may have published a work, an organisation before a person."""
    both = [*children_or_self(work.get("author")), *children_or_self(work.get("publisher"))]
    people = [one for one in both if isinstance(one, dict) and "Person" in types_of(fields_of(one))]
    return [one for one in both if one not in people] + people


def _address(work: Fields) -> str | None:
    address = text_of(work, "url")
    if address and address.startswith("www."):
        return f"https://{address}"
    return address or address_of(work, "url", "@id")


def _appearance(item: Fields, graph: Graph) -> Fields:
    """Return where a claim can be read: where it appeared first, or anywhere."""
    places = [item.get("firstAppearance"), *children_or_self(item.get("appearance"))]
    found = [node for place in places if (node := graph.node(place))]
    own = {name: item[name] for name in ("url", "publisher") if item.get(name)}
    place = next(iter(found), own)
    if not place:
        raise Unmapped("appearance", "is missing: it says where the claim can be read")
    return place


def _citation(source: Fields, statement: str, via: list[str]) -> Fields:
    return {
        "source": source["id"],
        "via": via,
        "paragraph": 1,
        "fingerprint": fingerprint(statement),
    }


def _via(item: Fields, graph: Graph) -> list[str]:
    """Name the place of the first appearance, between the asserter and the review."""
    place = graph.node(item.get("firstAppearance"))
    address = address_of(place, "url", "@id", "name")
    name = text_of(graph.node(place.get("publisher")), "name") or host_of(address)
    return [name[:_LONGEST_NAME]] if name else []


def _note(opening: str, remark: str, item: Fields, graph: Graph) -> str:
    """Keep the places where the claim appeared, as far as there is room."""
    note = f"{opening} {remark}".strip()
    places = map(graph.node, children_or_self(item.get("appearance", [])))
    found = [address_of(place, "url", "@id", "name") for place in places]
    left = [address for address in dict.fromkeys(found) if address]
    while left and len(note) + len(left[0]) < _LONGEST_NOTE:
        note += f" Appeared at {left.pop(0)} ."
    return note + (f" {len(left)} more appearances." if left else "")


def same_one(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two asserters or sources are the same, as far as their names tell.

    Somebody may be named with an organisation in one place and without it in another.
    """
    both = one.get("organisation"), other.get("organisation")
    if name_of(one) != name_of(other):
        return False
    if (one.get("person") or other.get("person")) and all(both):
        return both[0] == both[1]
    return all(one.get(name) == other.get(name) for name in ("publisher", "title", "url"))


def name_of(fields: Mapping[str, object]) -> object:
    """Return what an asserter goes by."""
    return fields.get("person") or fields.get("organisation") or fields.get("role")


def slug(name: str) -> str:
    """Make an id of a name in any script."""
    letters = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    return letters[:_LONGEST_SLUG].strip("-") or _digest(name)


def _short_slug(name: str) -> str:
    return name[:40].strip("-")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
