"""`/source`: the evidence behind a topic or a claim, origin by origin."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from discord import app_commands

from commands.cards import AnswerDigest, SourceCard, titled, views_in_own_words
from commands.chat import (
    CHOICE_LIMIT,
    ID_LIMIT,
    PRIVATE,
    App,
    Button,
    Choices,
    Gone,
    Interaction,
    Reply,
    ScreenButton,
    ShareButton,
    answer,
    choice,
    link_to,
    offered,
    public,
    refusal,
    silence,
)
from commands.reports import error_button
from commands.text import Addresses, say
from knowledge.contract import Evidence
from knowledge.library import CHOICES, Entry, NotOnFile


async def complete_evidence(interaction: Interaction, current: str) -> Choices:
    """Offer topics, then claims whose id has the words that were typed, or nearly."""
    app = interaction.client
    return await offered(interaction, lambda: _near(app, current))


def _near(app: App, current: str) -> Choices:
    near = app.workspace.lookup.complete_topics(current)
    named = [choice(titled(topic), topic.id) for topic in near]
    found = app.workspace.complete_claims(current, among=lambda entry: entry.spoken)
    room = max(CHOICES - len(named), min(len(found), CHOICES // 2))
    return [*named[: CHOICES - min(room, len(found))], *_claim_choices(app, found[:room])]


def _claim_choices(app: App, entries: Iterable[Entry]) -> Choices:
    library = app.workspace.library
    return [
        choice(f"{view.as_of} · {view.asserted_by} · {view.statement}", view.id)
        for view in views_in_own_words(library, library.views(entries))
        if len(view.id) <= CHOICE_LIMIT
    ]


@app_commands.command(description="The evidence: every origin, its chain, every publication")
@app_commands.describe(what="A topic, or a claim by its id", private=PRIVATE)
@app_commands.autocomplete(what=complete_evidence)
async def source(interaction: Interaction, what: str, private: bool | None = None) -> None:
    """Answer with what stands behind a topic or a claim."""
    app = interaction.client
    await answer(interaction, lambda: source_reply(app, what), private=private)


def register(app: App) -> None:
    """Add `/source` and its buttons."""
    app.tree.add_command(source, override=True)
    app.add_dynamic_items(SourceButton)


class SourceButton(
    ScreenButton,
    template=rf"s:(?P<how>[opst]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:(?P<what>.+)",
):
    """Shows a page of the evidence behind a topic or a claim."""

    @classmethod
    def to_open(cls, label: str, what: str, digest: AnswerDigest) -> Iterator[Button]:
        """Make the button that shows a person the evidence, where it can be written down."""
        yield from cls._of("p", 0, digest, what, label)

    @classmethod
    def to_turn(cls, what: str, digest: AnswerDigest, page: int, last: int) -> Iterator[Button]:
        """Make the buttons to the pages before and after; page 0 is the newest."""
        if page < last:
            yield from cls._of("t", page + 1, digest, what, say("◀ Older"))
        if page > 0:
            yield from cls._of("t", page - 1, digest, what, say("Newer ▶"))

    @classmethod
    def _of(
        cls, how: str, page: int, digest: AnswerDigest, what: str, label: str
    ) -> Iterator[Button]:
        custom_id = f"s:{how}:{page}:{digest.encode()}:{what}"
        if len(custom_id) <= ID_LIMIT:
            yield cls(custom_id, label)

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        what = found["what"]
        if what not in app.workspace.library.topics and app.workspace.library.claim(what) is None:
            raise Gone
        return source_reply(app, what, int(found["page"]))


def source_reply(app: App, what: str, page: int = 0) -> Reply:
    """Return a page of the evidence, page 0 the newest origins."""
    try:
        evidence = app.workspace.source(what)
    except NotOnFile as error:
        return refusal(error, list(_offers(app, error.nearest)))
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
