"""The pages that read what a person wrote: a question, and a text whose figures are checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.published import CLAIMS_IN_DATA, part_of
from bot.web.pages.answers import Laid, sources
from bot.web.pages.asked import Asked
from bot.web.pages.page import Page, Site, View
from bot.web.pages.prose import as_html, as_text
from bot.web.pages.words import say
from commands.cards import CheckCard, check_heading, views_in_own_words
from commands.chat import Outcome
from commands.text import Numbering, check_question, check_text
from knowledge.contract import Answer, Check, CheckedAssertion, ClaimView
from knowledge.matching.questions import EmptyQuestion
from knowledge.model import Measure, Topic
from knowledge.reading import plain_text

MOST_ASKED = 1000
MOST_CHECKED = 4000
"""What the chat takes, too."""
_GROUPS_SHOWN = 8
_HELD, _LATER = 3, 3
"""Utterances below an answer, and claims below a checked figure: twice what the chat shows."""


def ask(site: Site, asked: Asked) -> Page:
    """Answer a question, offer the nearest topics, or show the field to ask in."""
    question = asked.value("q")
    if not question:
        return _field("ask.html", say("Ask a question"), site.here.root + "/ask")
    check_question(question)
    if not any(char.isalnum() for char in question):
        raise EmptyQuestion
    workspace = site.published.workspace
    return _answered(site, workspace.ask(question, asked.today), asked.page)


def _answered(site: Site, found: Answer, page: int) -> Page:
    library = site.published.library
    offers = [library.topic(one) for one in found.suggestions if one in library.topics]
    here = site.here.ask(found.question) or site.here.root + "/ask"
    if not found.claims:
        return Page(
            template="ask.html",
            title=say("Nothing on file about that."),
            summary=say("Nothing on file about that."),
            here=here,
            data=found,
            context={"question": found.question, "answer": found, "offers": offers},
            outcome=Outcome.SILENT,
            listed=False,
        )
    laid = Laid(library, found)
    shown = laid.groups[:_GROUPS_SHOWN]
    drawings = laid.draw()
    # The best come first, unlike those of a topic, whose newest are the last.
    claims = found.claims[(page - 1) * CLAIMS_IN_DATA : page * CLAIMS_IN_DATA]
    return Page(
        template="ask.html",
        title=laid.answer.title or "",
        summary=laid.summary(),
        here=here,
        data=part_of(found, claims),
        context={
            **laid.context(shown),
            "question": found.question,
            "offers": offers,
            "more": len(laid.groups) - len(shown),
        },
        picture=laid.picture,
        records=lambda: laid.records(shown),
        dark=drawings[0] if drawings else None,
        light=drawings[1] if drawings else None,
        listed=False,
        pages={"json": -(-len(found.claims) // CLAIMS_IN_DATA)},
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """One figure of a text as the page shows it."""

    one: CheckedAssertion
    heading: Markup
    text: str
    about: Sequence[Markup]
    held: Sequence[ClaimView]
    later: Sequence[ClaimView]
    denials: Sequence[ClaimView]
    topic: Topic

    @property
    def measure(self) -> Measure:
        """Return what the figure is."""
        return self.topic.measure

    @property
    def cited(self) -> list[ClaimView]:
        """Return everything that is cited for it."""
        return [*self.held, *self.later, *self.denials]


def check(site: Site, asked: Asked) -> Page:
    """Hold the figures of a text against what is on file, or show the field to write in."""
    text = asked.value("text")
    if not text:
        return _field("check.html", say("Check a text"), site.here.root + "/check")
    check_text(text)
    workspace = site.published.workspace
    found = workspace.check(text, asked.today)
    card = CheckCard(found, workspace.library)
    parts = [_checked(card, one) for one in card.check.assertions]
    cited = [claim for part in parts for claim in part.cited]
    return Page(
        template="check.html",
        title=as_text(card.card().title) if parts else say("Check a text"),
        summary=say("Each figure of a text, held against what is on file."),
        here=site.here.root + "/check",
        data=found,
        context={
            "text": text,
            "parts_found": parts,
            "left": [as_html(line.strip()) for line in (card.left(), card.uncovered()) if line],
            "numbering": Numbering(cited),
            "sources": list(sources(cited)),
        },
        outcome=Outcome.ANSWERED if parts else Outcome.SILENT,
        listed=False,
    )


def _checked(card: CheckCard, one: CheckedAssertion) -> Checked:
    library = card.library
    denied = one.claims[0].denied_by if one.claims else ()
    return Checked(
        one=one,
        heading=as_html(check_heading(one)),
        text=plain_text(one.text).text,
        about=[as_html(part) for part in card.about(one)][1:],
        held=one.claims[:_HELD],
        later=one.later[:_LATER],
        denials=views_in_own_words(library, library.views(library.entry(each) for each in denied)),
        topic=library.topic(one.topic),
    )


def _field(template: str, title: str, here: str) -> Page:
    """Make the page where something is to be written; a program is told that nothing was."""
    return Page(template=template, title=title, summary=title, here=here)


VIEWS = (
    View(
        "ask", "/ask", ask, Answer, parameters=("q", "page"), forms=("json", "jsonld", "svg", "png")
    ),
    View("check", "/check", check, Check, parameters=("text",), forms=("json",)),
)
