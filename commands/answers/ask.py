"""`/ask`: a free-form question, answered with the claims that fit it best."""

import re
from collections.abc import Sequence
from dataclasses import replace

from discord import app_commands

from commands.answers.figures import (
    about_one,
    figures_reply,
    is_empty,
    topic_buttons,
    views_menu,
)
from commands.answers.in_vain import keeps_questions, note_press, note_question
from commands.answers.who import WhoButton, said_reply
from commands.cards import ask_card, empty_card, quoted, titled, told_kept
from commands.chat import (
    PRIVATE,
    AnswerButton,
    App,
    Button,
    Interaction,
    Outcome,
    Reply,
    ShareButton,
    answer,
    link_to,
    long,
    short,
    silence,
)
from commands.reports import error_button, missing_button
from commands.text import check_question
from knowledge.contract import Answer, Filters
from knowledge.library import NotOnFile, Window
from knowledge.matching.questions import EmptyQuestion
from knowledge.servers import QUESTION_KEY, key_of

_MOST_TYPED = 6000
"""What Discord takes as an option."""


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
    check_question(question)
    if not any(char.isalnum() for char in question):
        raise EmptyQuestion
    found = app.workspace.ask(question, app.today())
    if not found.claims:
        return _silence(app, found, key)
    shown = ask_card(app.workspace.library, found)
    meant = topic_buttons(app, found.suggestions, Window())
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


def _silence(app: App, found: Answer, key: str) -> Reply:
    """Say that nothing fits; offer the topics that have something, and whoever is named.

    With a `key`, under which the question is kept, it is counted which topic was meant.
    """
    library = app.workspace.library
    by = app.workspace.lookup.by(found.speaker) if found.speaker else None
    if by and found.outcome == "offer" and not found.suggestions:
        said = said_reply(app, by)
        return replace(said, card=replace(said.card, above=quoted(found)))
    near = [one for one in (found.topic, *found.suggestions) if one]
    empty = [one for one in near if is_empty(library, one)]
    full = tuple(one for one in found.suggestions if one not in empty)
    offers = _offers(app, full, key) if key else topic_buttons(app, full, Window())
    if empty and empty[0] == near[0]:
        card = empty_card(titled(library.topic(empty[0])))
        lines = [quoted(found), card.description, *([told_kept()] if key else [])]
        card = replace(card, description="\n".join(lines))
        return silence(card, offers, empty=empty[0])
    some = found.model_copy(update={"suggestions": full})
    card = ask_card(library, some, kept=bool(key)).screen()
    missing = [] if key else missing_button(app, found.revision)
    return silence(card, [*offers, *(WhoButton.to_open(app, by) if by else []), *missing])


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
        OfferButton(f"of:o:{key}:{short(topic)}", titled(known[topic]))
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
