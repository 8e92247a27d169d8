"""`/ask`: a free-form question, answered with the claims that fit it best."""

from dataclasses import replace

from discord import app_commands

from commands.answers.figures import about_one, is_empty, topic_buttons, views_menu
from commands.answers.who import WhoButton, said_reply
from commands.cards import ask_card, empty_card, quoted
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
from knowledge.contract import Answer, Filters
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
    if not found.claims:
        return _silence(app, found)
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


def _silence(app: App, found: Answer) -> Reply:
    """Say that nothing fits; offer the topics that have something, and whoever is named."""
    library = app.workspace.library
    whole = found.outcome == "offer" and not found.suggestions
    by = app.workspace.lookup.by(found.speaker) if found.speaker else None
    if by and whole:
        said = said_reply(app, by)
        return replace(said, card=replace(said.card, above=quoted(found)))
    empty = [one for one in (found.topic, *found.suggestions) if one and is_empty(library, one)]
    full = tuple(one for one in found.suggestions if one not in empty)
    if empty and empty[0] in {found.topic, *found.suggestions[:1]}:
        card = empty_card(library.topic(empty[0]).title)
        card = replace(card, description=f"{quoted(found)}\n{card.description}")
        return silence(card, topic_buttons(app, full, Window()), empty=empty[0])
    card = ask_card(library, found.model_copy(update={"suggestions": full})).screen()
    speaking = list(WhoButton.to_open(app, by)) if by else []
    return silence(card, [*topic_buttons(app, full, Window()), *speaking])


def _window(app: App, filters: Filters) -> Window | None:
    """Rebuild the window of an answer; its asserters may go by no name of their own."""
    try:
        by = app.workspace.lookup.by(filters.by) if filters.by else None
    except NotOnFile:
        return None
    return Window(filters.since, filters.until, filters.known_by, by)
