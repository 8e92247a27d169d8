"""`/topics`: what the database holds, with counts and dates."""

import re
from dataclasses import replace

from discord import app_commands

from commands.answers.figures import topics_menu
from commands.cards import AnswerDigest, Page, by_size, in_own_words, topics_page
from commands.chat import (
    PRIVATE,
    App,
    Button,
    Interaction,
    Outcome,
    Reply,
    ScreenButton,
    ShareButton,
    actor_of,
    answer,
    link_to,
    silence,
    turning,
)
from commands.text import say

_LINES = 25
"""Lines that Discord takes in a menu."""


def register(app: App) -> None:
    """Add `/topics` and its buttons."""
    app.tree.add_command(topics, override=True)
    app.add_dynamic_items(TopicsButton)


@app_commands.command(description="What the database holds, with counts and dates")
@app_commands.describe(private=PRIVATE)
async def topics(interaction: Interaction, private: bool | None = None) -> None:
    """Answer with the table of contents."""
    app = interaction.client

    def make() -> Reply:
        reply = topics_reply(app)
        if reply.outcome is Outcome.SILENT and actor_of(interaction).can_curate:
            begin = say("`/claim from-article` proposes claims from an article.")
            words = f"{reply.card.description}\n-# {begin}"
            return replace(reply, card=replace(reply.card, description=words))
        return reply

    await answer(interaction, make, private=private)


class TopicsButton(
    ScreenButton, template=rf"t:(?P<how>[st]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}"
):
    """Shows a page of the table of contents."""

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        return topics_reply(app, int(found["page"]))


def topics_reply(app: App, page: int = 0) -> Reply:
    """Return a page of the table of contents, with a menu of all topics where it has the room."""
    contents = app.workspace.contents()
    shown = topics_page(in_own_words(app.workspace.library, contents), page)
    if not contents.topics:
        return silence(shown.card)
    digest = AnswerDigest.of(contents.revision, contents.topics)
    listed = [line.id for line in contents.topics]
    link = link_to(app, lambda at: at.topics(), listed)
    every = [line.id for line in by_size(contents)]
    return Reply(
        shown.card,
        _turning(shown, digest),
        digest=digest,
        link=link,
        answers=True,
        menu=topics_menu(app, every if len(every) <= _LINES else shown.topics),
        sharing=ShareButton.of(digest),
    )


def _turning(shown: Page, digest: AnswerDigest) -> list[Button]:
    tail = digest.encode()
    return turning(
        lambda page, label: TopicsButton.fitting(f"t:t:{page}:{tail}", label),
        shown.number,
        shown.last,
        say("More ▶"),
    )
