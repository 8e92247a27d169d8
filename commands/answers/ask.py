"""`/ask`: a free-form question, answered with the claims that fit it best."""

import re
from collections.abc import Sequence

from discord import app_commands

from commands.answers.figures import about_one, figures_reply, topic_buttons, views_menu
from commands.answers.in_vain import keeps_questions, note_press, note_question
from commands.cards import ask_card
from commands.chat import (
    PRIVATE,
    AnswerButton,
    App,
    Button,
    Interaction,
    Outcome,
    Refused,
    Reply,
    ShareButton,
    answer,
    link_to,
    long,
    short,
    silence,
)
from commands.reports import error_button
from commands.text import number, say
from knowledge.contract import Filters
from knowledge.library import NotOnFile, Window
from knowledge.matching.questions import EmptyQuestion
from knowledge.servers import QUESTION_KEY, key_of

_MOST_TYPED = 6000
"""What Discord takes as an option."""
_MOST_READ = 1000
"""Chosen by eye: a question is a sentence or two, and a text is for `/check`."""


def register(app: App) -> None:
    """Add `/ask`."""
    app.tree.add_command(ask, override=True)
    app.add_dynamic_items(OfferButton)


@app_commands.command(description="Ask in your own words; dates and names in the question count")
@app_commands.describe(
    question="Such as: how many … by august 2024? what does … say about …?", private=PRIVATE
)
async def ask(
    interaction: Interaction,
    question: app_commands.Range[str, 1, _MOST_TYPED],
    private: bool | None = None,
) -> None:
    """Answer a question, or say that nothing is on file."""
    app = interaction.client
    kept = keeps_questions(interaction)
    outcomes: list[Outcome] = []

    def make() -> Reply:
        reply = ask_reply(app, question, key_of(question) if kept else "")
        outcomes.append(reply.outcome)
        return reply

    await answer(interaction, make, private=private)
    if kept and Outcome.SILENT in outcomes:
        await note_question(interaction, question)


def ask_reply(app: App, question: str, key: str = "") -> Reply:
    """Return the best claims for a question, or the nearest topics as suggestions.

    `key` is what the question is kept by, where one that finds nothing is kept.
    """
    if len(question) > _MOST_READ:
        raise Refused(
            say(
                "The question has {length} characters; at most {most} are read. "
                "Ask in a sentence or two.",
                length=number(len(question)),
                most=number(_MOST_READ),
            )
        )
    if not any(char.isalnum() for char in question):
        raise EmptyQuestion
    found = app.workspace.ask(question, app.today())
    shown = ask_card(app.workspace.library, found, kept=bool(key))
    if not found.claims and key:
        return silence(shown.screen(), _offers(app, found.suggestions, key))
    meant = topic_buttons(app, found.suggestions, Window())
    if not found.claims:
        return silence(shown.screen(), meant)
    claims, topics = shown.figures.cited_claims, (shown.figures.topic, *found.suggestions)
    reporting = error_button(app, about_one(shown.figures), shown.figures.digest.revision)
    return Reply(
        shown.screen(),
        [*meant, *reporting],
        digest=shown.figures.digest,
        link=link_to(app, lambda at: at.ask(question), topics, claims),
        answers=True,
        menu=views_menu(shown.figures, _window(app, found.filters)),
        sharing=ShareButton.of(shown.figures.digest),
    )


class OfferButton(AnswerButton, template=rf"of:(?P<how>o):(?P<key>{QUESTION_KEY}):(?P<topic>.+)"):
    """Shows a topic that was offered for a question, and counts that it was what was meant."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Show the topic, and count the press where questions are kept."""
        await super().pressed(interaction, found)
        await note_press(interaction, found["key"], self._topic(interaction.client, found))

    def shown(self, interaction: Interaction, found: re.Match[str]) -> Reply:
        """Return what is on file about the topic."""
        app = interaction.client
        return figures_reply(app, self._topic(app, found), Window())

    def _topic(self, app: App, found: re.Match[str]) -> str:
        return long(found["topic"], app.workspace.library.topics)


def _offers(app: App, topics: Sequence[str], key: str) -> list[Button]:
    known = app.workspace.library.topics
    return [
        OfferButton(f"of:o:{key}:{short(topic)}", known[topic].title)
        for topic in topics
        if topic in known
    ]


def _window(app: App, filters: Filters) -> Window | None:
    """Rebuild the window of an answer; its asserters may go by no name of their own."""
    try:
        by = app.workspace.lookup.by(filters.by) if filters.by else None
    except NotOnFile:
        return None
    return Window(filters.since, filters.until, filters.known_by, by)
