"""A record in words, line by line, so that a curator on a phone can check it before it is saved."""

from collections.abc import Sequence

from commands.cards import named as asserter_named
from commands.cards import titled
from commands.text import figure, human, link, plain, say, spoken, told
from knowledge.library import figure_view
from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    Edtf,
    Example,
    Link,
    Modality,
    Source,
    Topic,
    is_retired,
)
from knowledge.wording import country_name
from knowledge.workspaces import Workspace

Row = tuple[str, str]
"""What a line is about, and what it says; the value is escaped."""

_VALUE = 400
_LINKS = 3
"""Characters of a value, and citations or relations of a claim: what a phone shows (chosen by
eye)."""


def rows(workspace: Workspace, record: AnyRecord) -> list[Row]:
    """Return the lines of a record, those that say nothing left out."""
    match record:
        case Topic():
            found = _topic(record)
        case Source():
            found = _source(record)
        case Asserter():
            found = _asserter(record)
        case Claim():
            found = _claim(workspace, record)
        case Example():
            found = _example(workspace, record)
    return [(name, value) for name, value in found if value]


def lines(shown: Sequence[Row]) -> list[str]:
    """Write rows as lines of markdown."""
    return [f"**{name}:** {value}" for name, value in shown]


def struck(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Strike out what a change takes away, line by line."""
    old, new = dict(before), dict(after)
    kept = [(name, _struck(old.get(name), value)) for name, value in after]
    return [*kept, *((name, _struck(value, None)) for name, value in before if name not in new)]


def _struck(before: str | None, after: str | None) -> str:
    if before is None or before == after:
        return after or ""
    return f"~~{before}~~ → {after or say('nothing')}"


def differing(before: Sequence[Row], after: Sequence[Row]) -> list[tuple[str, str, str]]:
    """Return the lines that differ: what each is about, and both values; empty is none."""
    old, new = dict(before), dict(after)
    both = [(name, old.get(name, ""), new.get(name, "")) for name in dict.fromkeys([*old, *new])]
    return [(name, one, other) for name, one, other in both if one != other]


def cut(value: str, limit: int) -> str:
    """Shorten a value that is escaped already, and leave no half of an escape."""
    return value if len(value) <= limit else value[: limit - 1].rstrip("\\ ") + "…"


def named(workspace: Workspace, record: AnyRecord, limit: int = 120) -> str:
    """Name a record in a few words, escaped."""
    match record:
        case Topic():
            return plain(record.title, limit)
        case Source():
            return plain(f"{record.publisher}, “{record.title}”", limit)
        case Asserter():
            return plain(asserter_named(record), limit)
        case Claim():
            return plain(f"{human(record.as_of)}, {_asserter_of(workspace, record)}", limit)
        case Example():
            return plain(f"“{record.question}”", limit)


def _example(workspace: Workspace, example: Example) -> list[Row]:
    topic = workspace.library.topics.get(example.topic)
    return [
        (say("Topic"), plain(titled(topic) if topic else example.topic, 130)),
        (say("Question"), plain(example.question, _VALUE)),
        (say("Language"), example.language or ""),
        (say("Status"), "" if example.status == "active" else str(example.status)),
    ]


def _claim(workspace: Workspace, claim: Claim) -> list[Row]:
    library = workspace.library
    topic = library.topic(claim.topic) if library.has("topic", claim.topic) else None
    return [
        (say("Topic"), plain(titled(topic) if topic else claim.topic, 130)),
        (say("Statement"), plain(claim.statement, 700)),
        (say("Figure"), _figure(workspace, claim)),
        (
            say("Narrowed by"),
            plain(", ".join(": ".join(one) for one in claim.qualifiers.items()), 200),
        ),
        (say("Kind"), "" if claim.modality is Modality.REPORTED else told(str(claim.modality))),
        (say("Assumption"), plain(claim.assumption or "", _VALUE)),
        (say("Said by"), plain(_asserter_of(workspace, claim), 200)),
        (say("Said on"), _date(claim.asserted_on)),
        (say("Speaks of"), _date(claim.period)),
        (say("Printed in"), "; ".join(_citations(workspace, claim))),
        (say("Bears on"), "; ".join(_link(each) for each in claim.relations[:_LINKS])),
        (say("Rating"), plain(claim.rating or "", 130)),
        (say("Note"), plain(claim.note or "", _VALUE)),
        (say("Status"), "" if claim.status == "active" else str(claim.status)),
    ]


def _figure(workspace: Workspace, claim: Claim) -> str:
    library = workspace.library
    topic = library.topic(claim.topic) if library.has("topic", claim.topic) else None
    view = figure_view(claim.figure, topic.unit if topic else None)
    if view is None:
        return ""
    if view.relation is None:
        return say("“{as_worded}”, words without a number", as_worded=plain(view.as_worded, 120))
    read = figure(view, topic.measure if topic else None, unit=True)
    return f"{plain(read, 120)} (“{plain(view.as_worded, 120)}”)"


def _countries(codes: Sequence[str]) -> str:
    return ", ".join(country_name(code, spoken()) for code in codes)


def _asserter_of(workspace: Workspace, claim: Claim) -> str:
    library, key = workspace.library, claim.asserter
    return asserter_named(library.asserter(key)) if library.has("asserter", key) else key


def _citations(workspace: Workspace, claim: Claim) -> list[str]:
    listed = [_citation(workspace, one) for one in claim.citations[:_LINKS]]
    more = len(claim.citations) - _LINKS
    return [*listed, say("and {more} more", more=more)] if more > 0 else listed


def _citation(workspace: Workspace, citation: Citation) -> str:
    source = workspace.library.sources.get(citation.source)
    name = f"{source.publisher}, “{source.title}”" if source else citation.source
    found = say(", found in the article") if citation.fingerprint else ""
    via = say(", via {listed}", listed=" → ".join(plain(one, 60) for one in citation.via[:6]))
    chain = via if citation.via else ""
    return f"{plain(name, 200)} ¶{citation.paragraph}{found}{chain}"


def _link(relation: Link) -> str:
    target = relation.claim or say("everything on {topic}", topic=relation.topic)
    return f"{relation.kind} {plain(target, 100)}"


def _date(date: Edtf | None) -> str:
    return plain(human(date), 60) if date else ""


def _topic(topic: Topic) -> list[Row]:
    return [
        (say("Title"), plain(topic.title, 130)),
        (say("Unit"), plain(topic.unit or "", 130)),
        (say("Measures"), str(topic.measure)),
        (say("Description"), plain(topic.description, 200)),
        (say("Slash command"), f"/{topic.command}" if topic.command else ""),
        (say("Countries it is about"), _countries(topic.parties)),
        (say("Countries where it happens"), _countries(topic.places)),
        (say("Narrowed by"), plain(", ".join(topic.dimensions), 200)),
        (say("Other names"), plain(", ".join(topic.aliases), _VALUE)),
        (say("Status"), str(topic.status) if is_retired(topic) else ""),
    ]


def _source(source: Source) -> list[Row]:
    basis = "" if source.date_basis == "stated" else f" ({source.date_basis})"
    day = _date(source.published_on)
    return [
        (say("Publisher"), plain(source.publisher, 130)),
        (say("Title"), plain(source.title, 330)),
        (say("Published"), f"{day}{basis}" if source.published_on else say("no date known")),
        (say("Why this date"), plain(source.date_reason or "", _VALUE)),
        (say("Address"), _address(source.url)),
        (say("Archived copy"), _address(source.archive_url)),
    ]


def _address(url: str | None) -> str:
    return link(plain(url, 120), url) if url else ""


def _asserter(asserter: Asserter) -> list[Row]:
    return [
        (say("Person"), plain(asserter.person or "", 130)),
        (say("Role"), plain(asserter.role or "", 130)),
        (say("Organisation"), plain(asserter.organisation or "", 130)),
        (say("Country"), plain(asserter.country or "", 10)),
        (say("Other names"), plain(", ".join(asserter.aliases), _VALUE)),
    ]
