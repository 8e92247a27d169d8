"""`/check` and the message menu “Check claims”: what a message asserts, held against the file."""

from collections.abc import Iterator
from dataclasses import replace

import discord
from discord import app_commands

from commands.answers.figures import FiguresButton, is_empty, topic_buttons, topics_menu
from commands.cards import AnswerDigest, CheckCard
from commands.chat import (
    PRIVATE,
    App,
    Interaction,
    Outcome,
    Reply,
    ShareButton,
    answer,
    begin,
    heavy,
    note,
    silence,
    texts,
)
from commands.reports import error_button
from commands.text import check_text, clip, link, plain, say
from knowledge.contract import Check
from knowledge.library import Window
from knowledge.model import ForPeople

_MENU = "Check claims"
_MOST_TYPED = 6000
"""What Discord takes as an option."""
_STATEMENT = 300
"""Characters of a text without a figure that is taken for one statement (chosen by eye)."""
_OFFERED = 3
"""Topics that are offered for it, as for a question."""


def register(app: App) -> None:
    """Add `/check` and the entry of the message menu."""
    app.tree.add_command(check, override=True)
    app.tree.add_command(check_message, override=True)


@heavy
@app_commands.command(description="Hold the figures of a message against what is on file")
@app_commands.describe(text="The message, up to 4,000 characters", private=PRIVATE)
async def check(
    interaction: Interaction,
    text: app_commands.Range[str, 1, _MOST_TYPED],
    private: bool | None = None,
) -> None:
    """Answer with a verdict for each assertion."""
    await _answer(interaction, text, "", private=private)


@heavy
@app_commands.context_menu(name=_MENU)
async def check_message(interaction: Interaction, message: discord.Message) -> None:
    """Answer, to the person alone, with a verdict for each assertion of a message."""
    author = clip(message.author.display_name, 80)
    begin(interaction)
    linked = link(say("This message"), message.jump_url)
    where = f"-# {say('{message} by {name}', message=linked, name=plain(author, 80))}"
    await _answer(interaction, text_of(message), where, private=True, of=message)


def text_of(message: discord.Message) -> str:
    """Return what a message says: its own words, those that it forwards, and what it embeds."""
    said: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    return "\n".join(part for each in said for part in _words(each) if part)


def _words(said: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    yield said.content
    for embed in said.embeds:
        yield embed.title or ""
        yield embed.description or ""
        yield from (f"{field.name}: {field.value}" for field in embed.fields)
    yield from texts(said.components)


async def _answer(
    interaction: Interaction,
    text: str,
    where: str,
    *,
    private: bool | None,
    of: discord.Message | None = None,
) -> None:
    app = interaction.client

    def make() -> Reply:
        refused = _refusal(text, of)
        if refused is not None:
            return refused
        return check_reply(app, app.workspace.check(text, app.today()), where)

    await answer(interaction, make, private=private)


def _refusal(text: str, message: discord.Message | None) -> Reply | None:
    check_text(text)
    if any(char.isalnum() for char in text):
        return None
    attached = message and (
        message.attachments or any(each.attachments for each in message.message_snapshots)
    )
    words = (
        say("There is no text in this message. Attachments and pictures are not read.")
        if attached
        else say("There is no text in this message. There is no word to check.")
    )
    return note(words, outcome=Outcome.REFUSED)


def check_reply(app: App, found: Check, where: str = "") -> Reply:
    """Return the verdicts on a message; `where` says which, as safe markdown."""
    card = CheckCard(found, app.workspace.library).card(where)
    if not found.assertions:
        near = _nearest(app, found)
        if not near:
            return silence(card)
        told = say("What is on file and comes nearest, which may be something else:")
        return silence(replace(card, description=f"{card.description}\n{told}"), near)
    topics = list(dict.fromkeys(one.topic for one in found.assertions))
    sharing = ShareButton.of(AnswerDigest(found.revision))
    reporting = list(error_button(app, topics[0] if len(topics) == 1 else "", found.revision))
    return Reply(card, reporting, answers=True, menu=topics_menu(app, topics), sharing=sharing)


def _nearest(app: App, found: Check) -> list[FiguresButton]:
    """Offer what a statement without any figure is about: a denial has none to be held."""
    if found.uncovered or found.skipped or len(found.text) > _STATEMENT:
        return []
    try:
        asked = app.workspace.ask(found.text, app.today())
    except ForPeople:
        return []
    topics = [one for one in (asked.topic, *asked.suggestions) if one]
    held = [one for one in dict.fromkeys(topics) if not is_empty(app.workspace.library, one)]
    return topic_buttons(app, held[:_OFFERED], Window())
