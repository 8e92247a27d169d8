"""`/source`: the evidence behind a topic or a claim; a publication and what of it is on file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Self

from discord import app_commands

from commands.answers.lists import list_reply
from commands.cards import (
    AnswerDigest,
    SourceCard,
    publication_card,
    source_order,
    titled,
    views_in_own_words,
)
from commands.chat import (
    CHOICE_LIMIT,
    PRIVATE,
    App,
    Button,
    Choices,
    Gone,
    Interaction,
    Outcome,
    Reply,
    ScreenButton,
    ShareButton,
    answer,
    choice,
    link_to,
    note,
    offered,
    public,
    silence,
)
from commands.reports import error_button
from commands.text import Addresses, in_quotes, plain, say
from knowledge.contract import Evidence
from knowledge.library import CHOICES, Entry, NotOnFile
from knowledge.model import Source

_PUBLICATIONS = 5
"""Publications among the choices, which begin with topics (chosen by eye)."""
_OFFERED = 5
"""Names that are offered where none fits: a row of buttons."""
_DIGITS = 6
"""Digits of a number that are read: no topic has a million sources."""


async def complete_evidence(interaction: Interaction, current: str) -> Choices:
    """Offer topics, publications, then claims whose id has the words that were typed, or nearly."""
    app = interaction.client
    return await offered(interaction, lambda: _near(app, current))


def _near(app: App, current: str) -> Choices:
    near = app.workspace.lookup.complete_topics(current)
    named = [choice(titled(topic), topic.id) for topic in near]
    printed = app.workspace.lookup.complete_sources(current, _PUBLICATIONS)
    printed_choices = [
        choice(f"{one.publisher}: {one.title}", one.id)
        for one in printed
        if len(one.id) <= CHOICE_LIMIT
    ]
    found = app.workspace.complete_claims(current, among=lambda entry: entry.spoken)
    # Half of the list is for topics; whoever types nothing is shown what each kind is like.
    topics = named[: CHOICES - len(printed_choices) - min(len(found), CHOICES // 3)]
    listed = [*topics, *printed_choices]
    return [*listed, *_claim_choices(app, found[: CHOICES - len(listed)])]


def _claim_choices(app: App, entries: Iterable[Entry]) -> Choices:
    library = app.workspace.library
    return [
        choice(f"{view.as_of} · {view.asserted_by} · {view.statement}", view.id)
        for view in views_in_own_words(library, library.views(entries))
        if len(view.id) <= CHOICE_LIMIT
    ]


@app_commands.command(description="The evidence: every origin, its chain, every publication")
@app_commands.describe(
    what="A topic, a claim by its id, or a publication by publisher, title, address or number",
    private=PRIVATE,
)
@app_commands.autocomplete(what=complete_evidence)
async def source(interaction: Interaction, what: str, private: bool | None = None) -> None:
    """Answer with what stands behind a topic or a claim, or on a publication."""
    app = interaction.client
    await answer(interaction, lambda: source_reply(app, what), private=private)


def register(app: App) -> None:
    """Add `/source` and its buttons."""
    app.tree.add_command(source, override=True)
    app.add_dynamic_items(SourceButton, PublicationButton)


class SourceButton(
    ScreenButton,
    template=rf"s:(?P<how>[opst]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:(?P<what>.+)",
):
    """Shows a page of the evidence behind a topic or a claim."""

    @classmethod
    def to_open(cls, label: str, what: str, digest: AnswerDigest) -> list[Self]:
        """Make the button that shows a person the evidence, where it can be written down."""
        return cls._at("p", 0, digest, what, label)

    @classmethod
    def to_turn(cls, what: str, digest: AnswerDigest, page: int, last: int) -> Iterator[Button]:
        """Make the buttons to the pages before and after; page 0 is the newest."""
        if page < last:
            yield from cls._at("t", page + 1, digest, what, say("◀ Older"))
        if page > 0:
            yield from cls._at("t", page - 1, digest, what, say("Newer ▶"))

    @classmethod
    def _at(cls, how: str, page: int, digest: AnswerDigest, what: str, label: str) -> list[Self]:
        return cls.fitting(f"s:{how}:{page}:{digest.encode()}:{what}", label)

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        what = found["what"]
        if what not in app.workspace.library.topics and app.workspace.library.claim(what) is None:
            raise Gone
        return source_reply(app, what, int(found["page"]))


class PublicationButton(
    ScreenButton,
    template=rf"pub:(?P<how>[opst]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:(?P<source>.+)",
):
    """Shows a page of what of a publication is on file."""

    @classmethod
    def at(cls, source: str, how: str, page: int, digest: AnswerDigest, label: str) -> list[Self]:
        """Make the button to a page, where the custom id has room for it."""
        return cls.fitting(f"pub:{how}:{page}:{digest.encode()}:{source}", label)

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        source = app.workspace.library.sources.get(found["source"])
        if source is None:
            raise Gone
        return publication_reply(app, source, int(found["page"]))


def source_reply(app: App, what: str, page: int = 0) -> Reply:
    """Return a page of the evidence, page 0 the newest origins; or of what was published."""
    number = what.strip().strip("[]#")
    if number.isdecimal():
        return numbered_reply(app, int(number[:_DIGITS]))
    try:
        evidence = app.workspace.source(what)
    except NotOnFile as error:
        return _published(app, what, error)
    return evidence_reply(app, evidence, page)


def _published(app: App, what: str, unknown: NotOnFile) -> Reply:
    """Return the publication that goes by a name which no topic has, or say what comes near."""
    try:
        return publication_reply(app, app.workspace.lookup.source(what))
    except NotOnFile as error:
        printed = _publications(app, error.nearest)
        missing = say(
            "There is no topic, claim or publication “{name}” on file.", name=plain(what, 60)
        )
        topics = list(_offers(app, unknown.nearest))
        return note(missing, [*printed, *topics][:_OFFERED], Outcome.REFUSED)


def numbered_reply(app: App, number: int) -> Reply:
    """Return the publication that has a number in the answers; each topic has its own numbers."""
    library = app.workspace.library
    of: dict[str, list[str]] = {}
    for topic in library.topics.values():
        order = source_order(library, topic.id)
        if 0 < number <= len(order):
            of.setdefault(order[number - 1], []).append(titled(topic))
    found = [library.sources[one] for one in of if one in library.sources]
    if len(found) == 1:
        return publication_reply(app, found[0])
    if not found:
        words = say("No answer has a source with the number {number}.", number=number)
        return note(words, outcome=Outcome.REFUSED)
    lines = [say("Every topic numbers its own sources. [{number}] is:", number=number)]
    for one in found[:_OFFERED]:
        named = f"**{plain(one.publisher, 60)}**, {in_quotes(plain(one.title, 60))}"
        lines.append(f"- {named}\n-# {plain(', '.join(of[one.id]), 160)}")
    return note("\n".join(lines), _publications(app, [one.id for one in found[:_OFFERED]]))


def publication_reply(app: App, source: Source, page: int = 0) -> Reply:
    """Return a page of what of a publication is on file."""
    library = app.workspace.library
    card = publication_card(library, app.workspace.publication(source.id))
    button = partial(PublicationButton.at, source.id)
    return list_reply(app, card, page, button, lambda at: at.source(source.id))


def _publications(app: App, sources: Iterable[str]) -> list[Button]:
    known = app.workspace.library.sources
    digest = AnswerDigest(app.workspace.library.revision)
    return [
        button
        for one in sources
        if one in known
        for button in PublicationButton.at(
            one, "o", 0, digest, f"{known[one].publisher}: {known[one].title}"
        )
    ]


def evidence_reply(app: App, evidence: Evidence, page: int = 0) -> Reply:
    """Return a page of the evidence behind a topic or a claim."""
    card = SourceCard(evidence, app.workspace.library, phone=True)
    at = public(app, [evidence.topic], card.cited_claims)
    card = replace(card, address=at.claim) if at else card
    shown = card.page(page)
    if not card.rows:
        return silence(shown.card)
    turning = SourceButton.to_turn(evidence.what, card.digest, shown.number, shown.last)
    link = link_to(app, lambda at: _address(at, evidence), [evidence.topic], card.cited_claims)
    reporting = error_button(app, evidence.what, card.digest.revision)
    return Reply(
        shown.card,
        [*turning, *reporting],
        digest=card.digest,
        link=link,
        answers=True,
        sharing=ShareButton.of(card.digest),
    )


def _address(at: Addresses, evidence: Evidence) -> str:
    return at.claim(evidence.claim) if evidence.claim else at.topic(evidence.topic)


def _offers(app: App, topics: Iterable[str]) -> Iterator[Button]:
    for one in topics:
        topic = app.workspace.library.topics.get(one)
        if topic is not None:
            label = say("Evidence: {title}", title=titled(topic))
            digest = AnswerDigest(app.workspace.library.revision)
            yield SourceButton(f"s:o:0:{digest.encode()}:{topic.id}", label)
