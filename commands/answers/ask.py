"""`/ask`: a free-form question, answered with the claims that fit it best."""

from discord import app_commands

from commands.answers.figures import about_one, topic_buttons, views_menu
from commands.cards import ask_card
from commands.chat import (
    PRIVATE,
    App,
    Interaction,
    Refused,
    Reply,
    ShareButton,
    answer,
    link_to,
    silence,
)
from commands.reports import error_button
from commands.text import number, say
from knowledge.contract import Filters
from knowledge.library import NotOnFile, Window
from knowledge.matching.questions import EmptyQuestion

_MOST_TYPED = 6000
"""What Discord takes as an option."""
_MOST_READ = 1000
"""Chosen by eye: a question is a sentence or two, and a text is for `/check`."""


def register(app: App) -> None:
    """Add `/ask`."""
    app.tree.add_command(ask, override=True)


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
    await answer(interaction, lambda: ask_reply(app, question), private=private)


def ask_reply(app: App, question: str) -> Reply:
    """Return the best claims for a question, or the nearest topics as suggestions."""
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
    shown = ask_card(app.workspace.library, found)
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


def _window(app: App, filters: Filters) -> Window | None:
    """Rebuild the window of an answer; its asserters may go by no name of their own."""
    try:
        by = app.workspace.lookup.by(filters.by) if filters.by else None
    except NotOnFile:
        return None
    return Window(filters.since, filters.until, filters.known_by, by)
