"""What has to hold between records: references, figures, relations, dates, command names."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol, TypeVar

from knowledge.model import (
    AnyRecord,
    Asserter,
    Claim,
    Figure,
    LinkKind,
    Measure,
    RecordKind,
    Source,
    Topic,
)

Found_co = TypeVar("Found_co", covariant=True)
Complaint = tuple[tuple[str | int, ...], str]
"""The path of a field in its record, and what is wrong with it."""

_ORDERED = (LinkKind.SUPERSEDES, LinkKind.RETELLS)
"""Relations that lead from a later claim to an earlier one, so that no circle makes sense."""


class Shelf(Protocol[Found_co]):
    """Records of one kind by id: a dict, or a database."""

    def get(self, key: str, /) -> Found_co | None:
        """Return the record of this id, or nothing."""


class Shelves(Protocol):
    """Where the records stand that another one refers to."""

    @property
    def topics(self) -> Shelf[Topic]:
        """Topics by id."""

    @property
    def asserters(self) -> Shelf[Asserter]:
        """Asserters by id."""

    @property
    def sources(self) -> Shelf[Source]:
        """Sources by id."""

    @property
    def claims(self) -> Shelf[Claim]:
        """Claims by id."""


def record_problems(record: AnyRecord, among: Shelves, today: date) -> Iterator[Complaint]:
    """Say what is wrong with a record among the others, field by field."""
    if isinstance(record, Source) and record.published_on:
        if record.published_on.earliest > today:
            yield ("published_on",), _in_future(str(record.published_on), today)
    elif isinstance(record, Claim):
        yield from _references(record, among)
        yield from _figure_problems(record, among.topics.get(record.topic))
        yield from _relation_problems(record, among.claims)
        if record.asserted_on.earliest > today:
            yield ("asserted_on",), _in_future(str(record.asserted_on), today)


def command_problems(topics: Iterable[Topic]) -> Iterator[tuple[Topic, str]]:
    """Find topics whose command name another topic has already."""
    taken: dict[str, Topic] = {}
    for topic in topics:
        if topic.command is None:
            continue
        first = taken.setdefault(topic.command, topic)
        if first is not topic:
            yield topic, f"/{topic.command} is already the command of the topic {first.id}"


def missing(kind: RecordKind, record: str) -> str:
    """Word the complaint that a record names another one that is not there."""
    return f"there is no {kind} {record}"


def _in_future(written: str, today: date) -> str:
    return f"{written} lies in the future (today is {today})"


def _references(claim: Claim, among: Shelves) -> Iterator[Complaint]:
    if among.topics.get(claim.topic) is None:
        yield ("topic",), missing("topic", claim.topic)
    if among.asserters.get(claim.asserter) is None:
        yield ("asserter",), missing("asserter", claim.asserter)
    for number, citation in enumerate(claim.citations):
        if among.sources.get(citation.source) is None:
            yield ("citations", number, "source"), missing("source", citation.source)
    for number, link in enumerate(claim.relations):
        if link.topic is not None and among.topics.get(link.topic) is None:
            yield ("relations", number, "topic"), missing("topic", link.topic)
        if link.claim is not None and among.claims.get(link.claim) is None:
            yield ("relations", number, "claim"), missing("claim", link.claim)


def _figure_problems(claim: Claim, topic: Topic | None) -> Iterator[Complaint]:
    if topic is None or claim.figure is None:
        return
    if topic.measure is Measure.QUALITATIVE:
        yield ("figure",), f"the topic {topic.id} is qualitative, its claims have no figure"
    if topic.measure is Measure.SHARE:
        yield from _share_problems(claim.figure)


def _share_problems(figure: Figure) -> Iterator[Complaint]:
    for side, number in (("low", figure.low), ("high", figure.high)):
        if number is not None and not 0 <= number <= 1:
            yield ("figure", side), f"{number:g} is no share: a share is a number from 0 to 1"


def _relation_problems(claim: Claim, claims: Shelf[Claim]) -> Iterator[Complaint]:
    for number, link in enumerate(claim.relations):
        path = ("relations", number, "claim")
        if link.claim == claim.id:
            yield path, f"the claim {link.kind} itself"
            continue
        target = claims.get(link.claim) if link.claim else None
        if target is None:
            continue
        if link.kind in _ORDERED and _leads_back(target, claim.id, link.kind, claims):
            yield path, f"closes a circle: {target.id} in turn {link.kind} {claim.id}"
        if link.kind is LinkKind.RETELLS and target.origin != claim.origin:
            yield path, f"a retelling has the origin of what it retells: {target.origin}"


def _leads_back(start: Claim, goal: str, kind: LinkKind, claims: Shelf[Claim]) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        claim = waiting.pop()
        if claim.id == goal:
            return True
        if claim.id in seen:
            continue
        seen.add(claim.id)
        for link in claim.relations:
            target = claims.get(link.claim) if link.kind is kind and link.claim else None
            if target is not None:
                waiting.append(target)
    return False
