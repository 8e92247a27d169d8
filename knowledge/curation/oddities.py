"""What may be right but seldom is: it is asked about before a claim is saved."""

from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.model import Claim, Link, LinkKind, Measure, Modality
from knowledge.reading import in_unit
from knowledge.records import at_odds_with_its_words
from knowledge.workspaces import Similar, Workspace

Oddity = tuple[str, str]
"""A field, and what is odd about it."""

_MAGNITUDE = 10.0
_ENOUGH = 2
"""How far from every other figure of its kind a figure has to be, and how many others there have to
be, before it is asked about (chosen by eye: of two figures neither is the odd one)."""
_SAME_WORDS = 0.85
"""From where two statements are taken for one, as beside a draft (chosen by eye)."""
_WITHOUT_MAGNITUDE = frozenset({Measure.DATE, Measure.CHANGE, Measure.QUALITATIVE})
"""Years have no order of magnitude, and growth may be near none."""


def oddities(workspace: Workspace, claim: Claim, similar: Iterable[Similar]) -> Iterator[Oddity]:
    """Go through what a person should say yes to before a claim is saved."""
    yield from _said_late(workspace, claim)
    yield from _out_of_order(workspace, claim)
    yield from _ahead(claim)
    yield from _unchanged(workspace, claim)
    yield from _far_off(workspace, claim)
    for path, reason in at_odds_with_its_words(claim, workspace.library.topics.get(claim.topic)):
        yield str(path[0]), reason
    for one in similar:
        if _is_the_same(claim, one):
            yield "", f"the same speaker with the same figure is on file: {one.claim.id}"
            return


def _is_the_same(claim: Claim, near: Similar) -> bool:
    """Whether a claim on file has speaker, figure and kind, and the day or the words as well."""
    narrowed = claim.qualifiers == near.claim.qualifiers
    told = {"asserter", "figure"} <= set(near.same) and narrowed
    return told and ("asserted_on" in near.same or near.score >= _SAME_WORDS)


def _said_late(workspace: Workspace, claim: Claim) -> Iterator[Oddity]:
    """Dates that are only about right may be at odds and both be right."""
    said = claim.asserted_on
    for citation in claim.citations:
        source = workspace.library.sources.get(citation.source)
        printed = source.published_on if source else None
        vague = printed is not None and (said.approximate or printed.approximate)
        if printed and vague and not printed.open_end and printed.latest < said.earliest:
            yield "asserted_on", f"{citation.source} appeared on {printed}, before it was said"


def _out_of_order(workspace: Workspace, claim: Claim) -> Iterator[Oddity]:
    for link in claim.relations:
        if not (link.kind.traits.opposes or link.kind is LinkKind.SUPERSEDES):
            continue
        for day, name in _targets(workspace, link, claim.id):
            if claim.asserted_on.latest < day:
                yield "relations", f"it {link.kind} {name}, which was said later, on {day}"


def _targets(workspace: Workspace, link: Link, own: str) -> Iterator[tuple[date, str]]:
    library = workspace.library
    if link.claim and (other := library.find(link.claim)):
        yield other.said, other.id
    elif link.topic and link.topic in library.topics:
        days = [one.said for one in library.table(link.topic) if one.id != own]
        if days:
            yield min(days), f"everything on {link.topic}"


def _ahead(claim: Claim) -> Iterator[Oddity]:
    """A count of what is still to come is a forecast."""
    period = claim.period
    if period is None or claim.modality is not Modality.REPORTED or period.open_start:
        return
    if period.earliest > claim.asserted_on.latest:
        yield "modality", f"it speaks of {period}, after it was said: is it no forecast?"


def _unchanged(workspace: Workspace, claim: Claim) -> Iterator[Oddity]:
    """What is passed on as it was said is no retelling, but another place where it stands."""
    other = workspace.library.claim(claim.retells) if claim.retells else None
    if other and other.figure and claim.figure and _numbers(other) == _numbers(claim):
        yield "relations", f"it retells {other.id} with the same figure: cite it there instead"


def _numbers(claim: Claim) -> tuple[object, ...]:
    figure = claim.figure
    return (figure.low, figure.high, figure.relation, figure.unit) if figure else ()


def _far_off(workspace: Workspace, claim: Claim) -> Iterator[Oddity]:
    topic = workspace.library.topics.get(claim.topic)
    if topic is None or claim.figure is None or topic.measure in _WITHOUT_MAGNITUDE:
        return
    unit, wanted = claim.figure.unit, topic.unit
    own = [
        in_unit(number, unit, wanted) if unit and wanted else number
        for number in (claim.figure.low, claim.figure.high)
        if number
    ]
    qualifiers = tuple(sorted(claim.qualifiers.items()))
    others = [
        entry
        for entry in workspace.library.table(topic.id)
        if entry.numbered and entry.spoken and entry.qualifiers == qualifiers
        if entry.id != claim.id
    ]
    ends = (end for entry in others for end in (entry.low, entry.high))
    numbers = [number for number in ends if number and number > 0]
    if len(others) < _ENOUGH or not numbers or not own or not all(own):
        return
    low, high = min(filter(None, own)), max(filter(None, own))
    if low >= _MAGNITUDE * max(numbers):
        yield "figure", f"it is {low / max(numbers):,.0f} times the highest figure on file"
    elif 0 < high <= min(numbers) / _MAGNITUDE:
        yield "figure", f"the lowest figure on file is {min(numbers) / high:,.0f} times as much"
