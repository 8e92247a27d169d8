"""Answers in words for an agent: the chat's own, with each source written out to be quoted."""

from collections.abc import Iterable, Iterator

from bot.markdown import render
from bot.published import CLAIMS_IN_DATA
from commands.cards import Card
from commands.text import Numbering, claims, dated, number, origins
from knowledge.contract import Answer, CitationView, ClaimView, Contents, TopicLine
from knowledge.library import Library, NotOnFile
from knowledge.matching.questions import EmptyQuestion
from knowledge.model import ForPeople
from knowledge.reading import BadDate

_QUOTE = (
    "Quote each figure with who said it, when, and its source; keep “about”, “more than”, "
    "assumptions and denials."
)
_REST = (
    "These words show a part; the structured answer holds every claim. "
    "`since` and `until` narrow it."
)
_PART = (
    "There are {all} {what}; the structured answer holds {held} of them, the newest of a topic or "
    "the best for a question. `figures` gives others by `since`, `until` and `by`."
)
_SILENT = (
    "Say that nothing is on file about it; do not answer from memory in the name of this base."
)


class TooLong(ForPeople):
    """More was sent than is read."""


class NotSoMany(ForPeople):
    """Fewer or more speakers than can be set side by side."""

    def __init__(self, fewest: int, most: int) -> None:
        super().__init__(f"Name {fewest} to {most} who differ in `by`, a list of names.")


def check_length(text: str, most: int, what: str) -> None:
    """Refuse what is empty or longer than what is read.

    Raises:
        EmptyQuestion: there is no word in it.
        TooLong: it is too long.
    """
    if not any(char.isalnum() for char in text):
        raise EmptyQuestion
    if len(text) > most:
        raise TooLong(
            f"The {what} has {len(text):,} characters; at most {most:,} are read. Send it in parts."
        )


def told(
    card: Card,
    cited: Iterable[ClaimView],
    numbering: Numbering,
    address: str | None,
    rest: str = "",
) -> str:
    """Write an answer out: what the chat says, the sources whole, where it stands on the web.

    Of several pages the first is written; `rest` says where the rest is.
    """
    shown = list(cited)
    parts = [
        render(card.title).plain,
        render(card.description).plain,
        rest,
        *_sources(shown, numbering),
        f"On the web: {address}" if address else "",
        render(card.footer).plain,
        _QUOTE if shown else _SILENT,
    ]
    return "\n\n".join(part for part in parts if part)


def rest(pages: int, count: int = 0, what: str = "claims") -> str:
    """Say where the rest is of an answer on several pages: in the data, unless that is too long."""
    if count > CLAIMS_IN_DATA:
        return _PART.format(all=number(count), what=what, held=number(CLAIMS_IN_DATA))
    return _REST if pages > 1 else ""


def silence(library: Library, found: Answer) -> str:
    """Say that nothing is on file for a question, and what comes nearest."""
    near = [library.topics[one] for one in found.suggestions if one in library.topics]
    named = "; ".join(f"{topic.id} ({topic.title})" for topic in near)
    offer = (
        f"The nearest topics, which may be something else: {named}. If one is meant, call "
        "`figures` with its id; else call `topics` for all that is on file."
        if near
        else "Call `topics` for all that is on file."
    )
    return f"Nothing on file about that.\n\n{offer}\n\n{_SILENT}"


def nothing_checked() -> str:
    """Say that a text asserts nothing that is covered."""
    return (
        "Nothing in the text is a figure that a topic on file covers. That says nothing about "
        "whether it is true. Call `topics` for what is on file."
    )


def listed(contents: Contents, address: str | None) -> str:
    """Write the table of contents out, each topic with the id that the other tools take."""
    if not contents.topics:
        return "Nothing is on file yet."
    parts = [
        "\n".join(map(_topic, contents.topics)),
        f"On the web: {address}" if address else "",
        "Call `figures` or `source` with an id. Whatever has no topic here is not on file.",
    ]
    return "\n\n".join(part for part in parts if part)


def _topic(line: TopicLine) -> str:
    unit = f" ({line.unit}, {line.measure})" if line.unit else f" ({line.measure})"
    if not line.claims or line.first is None or line.last is None:
        return f"{line.id}: {line.title}{unit}, nothing yet"
    when = f"{line.first:%Y-%m} to {line.last:%Y-%m}"
    return (
        f"{line.id}: {line.title}{unit}, {claims(line.claims)} from {origins(line.origins)}, {when}"
    )


def refusal(error: ForPeople) -> str:
    """Word what was wrong with a call, and what to try instead."""
    match error:
        case NotOnFile(kind="topic"):
            tail = "Call `topics` for every id, or `ask` with the question in words."
        case NotOnFile(kind="claim"):
            tail = "Claims have the ids that `figures` and `source` give."
        case NotOnFile():
            tail = "Leave `by` out to see who has spoken, or name a country."
        case BadDate():
            tail = "Leave it out for all dates."
        case EmptyQuestion():
            tail = "Send words."
        case _:
            tail = ""
    return f"{error} {tail}".strip()


def _sources(cited_claims: Iterable[ClaimView], numbering: Numbering) -> Iterator[str]:
    """Write every publication on a line, by the number that the answer gives it."""
    citations = (one for claim in cited_claims for one in claim.citations)
    cited = {numbering.number(citation): citation for citation in citations}
    lines = [f"[{at}] {_publication(cited[at])}" for at in sorted(cited)]
    if lines:
        yield "\n".join(["Sources", *lines])


def _publication(citation: CitationView) -> str:
    where = f", {citation.url}" if citation.url else ""
    return f"{citation.publisher}, “{citation.title}”, {dated(citation)}{where}"
