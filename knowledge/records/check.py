"""What has to hold between records: references, figures, relations, dates, command names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from knowledge.fairness import fairness
from knowledge.language import is_visible
from knowledge.model import (
    AnyRecord,
    Asserter,
    Claim,
    Example,
    Figure,
    LinkKind,
    Measure,
    Modality,
    RecordKind,
    Relation,
    Source,
    Status,
    Topic,
    is_retired,
)
from knowledge.reading import unit_problem
from knowledge.records.cycles import Find, circles, leading_on
from knowledge.records.texts import Path, text_problems
from knowledge.words import folded_words

Found_co = TypeVar("Found_co", covariant=True)
Complaint = tuple[Path, str]
"""The path of a field in its record, and what is wrong with it."""

_OF_DATES = frozenset({Relation.BY, Relation.BEFORE, Relation.AFTER, Relation.AROUND})
_YEARS = range(1, 10_000)
"""What a date of EDTF may name."""


class ById(Protocol[Found_co]):
    """Records of one kind by id: a dict, or a database."""

    def get(self, key: str, /) -> Found_co | None:
        """Return the record of this id, or nothing."""


class Others(Protocol):
    """Where the records stand that another one refers to."""

    @property
    def topics(self) -> ById[Topic]:
        """Topics by id."""

    @property
    def asserters(self) -> ById[Asserter]:
        """Asserters by id."""

    @property
    def sources(self) -> ById[Source]:
        """Sources by id."""

    @property
    def claims(self) -> ById[Claim]:
        """Claims by id."""


class Misfit(NamedTuple):
    """What is wrong with a record among the others: the path of the field, and the reason."""

    record: AnyRecord
    path: Path
    reason: str

    @property
    def field(self) -> str:
        """Name the field as people do."""
        return field_name(self.path)

    def __str__(self) -> str:
        """Say it in one line."""
        return ": ".join(part for part in (self.record.id, self.field, self.reason) if part)


def record_problems(
    records: Iterable[AnyRecord], others: Others, today: date, ahead: Find | None = None
) -> Iterator[Misfit]:
    """Say what is wrong with records, field by field.

    `others` holds these records too. `ahead` gives the claims that may lead back to one of
    them, where whoever asks knows that not all can.
    """
    listed = list(records)
    claims = [record for record in listed if isinstance(record, Claim)]
    chains = _Chains.of(claims, ahead or others.claims.get)
    for record in fairness.each(listed):
        for path, reason in _complaints(record, others, today, chains):
            yield Misfit(record, path, reason)


@dataclass(frozen=True, slots=True)
class _Chains:
    """The circles among claims, for each relation in which none makes sense."""

    circles: Mapping[LinkKind, Mapping[str, int]]

    @classmethod
    def of(cls, claims: list[Claim], find: Find) -> "_Chains":
        kinds = {link.kind for claim in claims for link in claim.relations}
        return cls(
            {kind: circles(leading_on(claims, kind, find)) for kind in kinds if kind.traits.ordered}
        )

    def lead_back(self, kind: LinkKind, one: str, other: str) -> bool:
        """Whether a claim is led back to from another one that it names."""
        joined = self.circles.get(kind, {})
        return one in joined and joined[one] == joined.get(other)


def _complaints(
    record: AnyRecord, others: Others, today: date, chains: _Chains
) -> Iterator[Complaint]:
    yield from text_problems(record)
    if isinstance(record, Source) and record.published_on:
        if record.published_on.earliest > today:
            yield ("published_on",), _in_future(str(record.published_on), today)
    elif isinstance(record, Topic):
        if record.command and not any(map(_shows, record.description)):
            yield ("description",), "shows nothing, and Discord shows it beside the command"
    elif isinstance(record, Example):
        yield from _missing_references(record, others)
        if not any(sign.isalpha() for word in folded_words(record.question) for sign in word):
            yield ("question",), "has no word in it"
    elif isinstance(record, Claim):
        yield from _missing_references(record, others)
        topic = others.topics.get(record.topic)
        yield from _figure_problems(record, topic)
        yield from _qualifier_problems(record, topic)
        yield from _relation_problems(record, others.claims, chains)
        if record.asserted_on.earliest > today:
            yield ("asserted_on",), _in_future(str(record.asserted_on), today)
        else:
            yield from _time_problems(record, others.sources)


def _shows(char: str) -> bool:
    return is_visible(char) and not char.isspace()


def command_problems(topics: Iterable[Topic]) -> Iterator[Misfit]:
    """Find topics whose command name another topic has already; a retired one has none."""
    taken: dict[str, Topic] = {}
    for topic in topics:
        if topic.command is None or is_retired(topic):
            continue
        first = taken.setdefault(topic.command, topic)
        if first is not topic:
            reason = f"/{topic.command} is already the command of the topic {first.id}"
            yield Misfit(topic, ("command",), reason)


def example_problems(examples: Iterable[Example]) -> Iterator[Misfit]:
    """Find questions that another example has already: one question means one topic."""
    taken: dict[tuple[str, ...], Example] = {}
    for example in examples:
        if example.status is not Status.ACTIVE:
            continue
        first = taken.setdefault(folded_words(example.question), example)
        if first is not example:
            reason = f"this question is an example already: {first.id}, of the topic {first.topic}"
            yield Misfit(example, ("question",), reason)


def field_name(path: Path) -> str:
    """Write the path of a field as people do: `citations[0].source`."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}"
    return name.removeprefix(".")


def missing(kind: RecordKind, record: str) -> str:
    """Word the complaint that a record names another one that is not there."""
    return f"there is no {kind} {record}"


def _in_future(written: str, today: date) -> str:
    return f"{written} lies in the future (today is {today})"


def _missing_references(record: Claim | Example, others: Others) -> Iterator[Complaint]:
    for path, kind, key in _named(record):
        if _of_kind(others, kind).get(key) is None:
            yield path, missing(kind, key)


def references(record: AnyRecord) -> Iterator[tuple[RecordKind, str]]:
    """Go through the records that another one names, by kind and id."""
    if isinstance(record, Claim | Example):
        for _, kind, key in _named(record):
            yield kind, key


def _named(record: Claim | Example) -> Iterator[tuple[Path, RecordKind, str]]:
    yield ("topic",), "topic", record.topic
    if isinstance(record, Claim):
        yield from _named_by_claim(record)


def _named_by_claim(claim: Claim) -> Iterator[tuple[Path, RecordKind, str]]:
    yield ("asserter",), "asserter", claim.asserter
    for number, citation in enumerate(claim.citations):
        yield ("citations", number, "source"), "source", citation.source
    for number, link in enumerate(claim.relations):
        if link.topic is not None:
            yield ("relations", number, "topic"), "topic", link.topic
        if link.claim is not None:
            yield ("relations", number, "claim"), "claim", link.claim


def _of_kind(others: Others, kind: RecordKind) -> ById[AnyRecord]:
    match kind:
        case "topic":
            return others.topics
        case "asserter":
            return others.asserters
        case "source":
            return others.sources
        case "claim":
            return others.claims
        case "example":
            raise ValueError("no record names an example")


def _figure_problems(claim: Claim, topic: Topic | None) -> Iterator[Complaint]:
    if topic is None or claim.figure is None:
        return
    if topic.measure is Measure.QUALITATIVE:
        yield ("figure",), f"the topic {topic.id} is qualitative, its claims have no figure"
    if topic.measure is Measure.SHARE:
        yield from _share_problems(claim.figure)
    if topic.measure is Measure.DATE:
        yield from _year_problems(claim.figure)
    elif claim.figure.relation in _OF_DATES and not (topic.unit or "").startswith("year"):
        yield ("figure", "relation"), f"'{claim.figure.relation}' is said of dates alone"
    problem = claim.figure.unit and topic.unit and unit_problem(claim.figure.unit, topic.unit)
    if problem:
        yield ("figure", "unit"), problem


def _year_problems(figure: Figure) -> Iterator[Complaint]:
    for side, number in (("low", figure.low), ("high", figure.high)):
        if number is not None and not (number.is_integer() and number in _YEARS):
            yield ("figure", side), f"{number:g} is no year: write it as 2033"


def _qualifier_problems(claim: Claim, topic: Topic | None) -> Iterator[Complaint]:
    for dimension in claim.qualifiers if topic else ():
        if topic and dimension not in topic.dimensions:
            known = ", ".join(topic.dimensions) or "none"
            yield (
                ("qualifiers", dimension),
                f"the topic {topic.id} has no dimension {dimension} (it has {known})",
            )


def _time_problems(claim: Claim, sources: ById[Source]) -> Iterator[Complaint]:
    """Find what cannot be: a forecast of what was past, a word said after it was printed."""
    said = claim.asserted_on
    if claim.modality is Modality.FORECAST and claim.as_of.latest < said.earliest:
        yield ("period",), f"a forecast of {claim.as_of} cannot be made on {said}, after it"
    for number, citation in enumerate(claim.citations):
        source = sources.get(citation.source)
        printed = source.published_on if source else None
        if source is None or printed is None or said.approximate or printed.approximate:
            continue
        if not printed.open_end and printed.latest < said.earliest:
            yield (
                ("citations", number, "source"),
                f"{source.id} appeared on {printed}, before this was said ({said})",
            )


def _share_problems(figure: Figure) -> Iterator[Complaint]:
    for side, number in (("low", figure.low), ("high", figure.high)):
        if number is None:
            continue
        if number < 0:
            yield ("figure", side), f"{number:g} is no share: a share is a number from 0 to 1"
        if number > 1:
            yield (
                ("figure", side),
                (
                    f"{number:g} is no share: a share is a number from 0 to 1, and 30 percent is "
                    "0.3. What may pass the whole has another measure: change, shown as 118%, or "
                    "ratio, shown as 1.18:1"
                ),
            )


def _relation_problems(claim: Claim, claims: ById[Claim], chains: _Chains) -> Iterator[Complaint]:
    for number, link in enumerate(claim.relations):
        path = ("relations", number, "claim")
        if link.claim == claim.id:
            yield path, f"the claim {link.kind} itself"
            continue
        target = claims.get(link.claim) if link.claim else None
        if target is None:
            continue
        if chains.lead_back(link.kind, claim.id, target.id):
            yield path, f"closes a circle: {target.id} in turn {link.kind} {claim.id}"
        if link.kind is LinkKind.RETELLS and target.origin != claim.origin:
            yield path, f"a retelling has the origin of what it retells: {target.origin}"
