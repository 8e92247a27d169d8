"""`/check` and the message menu “Check claims”: what a message asserts, held against the file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from commands.answers.figures import FiguresButton, topic_buttons
from commands.cards import AnswerDigest, CheckCard
from commands.chat import (
    PRIVATE,
    AnswerButton,
    App,
    Button,
    Gone,
    Interaction,
    Outcome,
    Reply,
    answer,
    begin,
    check_may_post,
    heavy,
    is_private,
    note,
    shared,
    shown_card,
    silence,
)
from commands.reports import error_button
from commands.text import clip, link, number, plain, say
from knowledge.contract import Check
from knowledge.library import Window

_MENU = "Check claims"
_MOST_TYPED = 6000
"""What Discord takes as an option."""
_MOST_READ = 4000
"""What Discord takes as a message."""
_QUOTED = 160
"""Characters of a message that are quoted above its verdicts, two lines of a phone (chosen by
eye)."""
_TOPIC_BUTTONS = 3
"""Buttons in one row of a phone (chosen by eye)."""


def register(app: App) -> None:
    """Add `/check`, the entry of the message menu, and the button that shares its answer."""
    app.tree.add_command(check, override=True)
    app.tree.add_command(check_message, override=True)
    app.add_dynamic_items(ShareCheckButton)


@heavy
@app_commands.command(description="Hold the figures of a message against what is on file")
@app_commands.describe(text="The message, up to 4,000 characters", private=PRIVATE)
async def check(
    interaction: Interaction,
    text: app_commands.Range[str, 1, _MOST_TYPED],
    private: bool | None = None,
) -> None:
    """Answer with a verdict for each assertion."""
    hidden = is_private(interaction, private)
    await _answer(interaction, text, f"> {plain(text, _QUOTED)}", private=hidden)


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
    """Return what a message says: its own words, and those that it forwards."""
    parts = [message.content, *(each.content for each in message.message_snapshots)]
    return "\n".join(part for part in parts if part)


async def _answer(
    interaction: Interaction,
    text: str,
    where: str,
    *,
    private: bool,
    of: discord.Message | None = None,
) -> None:
    app = interaction.client

    def make() -> Reply:
        refused = _refusal(text, of)
        if refused is not None:
            return refused
        found = app.workspace.check(text, app.today())
        return check_reply(app, found, where, private=private)

    await answer(interaction, make, private=private)


def _refusal(text: str, message: discord.Message | None) -> Reply | None:
    if len(text) > _MOST_READ:
        words = say(
            "The text has {length} characters; at most {most} are read. Check it in parts.",
            length=number(len(text)),
            most=number(_MOST_READ),
        )
        return note(words, outcome=Outcome.REFUSED)
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


def check_reply(app: App, found: Check, where: str = "", *, private: bool = False) -> Reply:
    """Return the verdicts on a message; `where` says which, as safe markdown."""
    card = CheckCard(found, app.workspace.library).card(where)
    if not found.assertions:
        return silence(card)
    topics = list(dict.fromkeys(one.topic for one in found.assertions))
    buttons = topic_buttons(app, topics[:_TOPIC_BUTTONS], Window())
    share: list[Button] = [ShareCheckButton.of(AnswerDigest(found.revision))] if private else []
    reporting = error_button(app, topics[0] if len(topics) == 1 else "", found.revision)
    return Reply(card, [*buttons, *share, *reporting], private=private)


class ShareCheckButton(AnswerButton, template=rf"c:(?P<how>s):{AnswerDigest.PATTERN}"):
    """Shows everybody the check that one person has seen.

    The message that was checked is not kept anywhere, so the answer is shown as it was given.
    """

    @classmethod
    def of(cls, digest: AnswerDigest) -> "ShareCheckButton":
        """Make the button."""
        return cls(f"c:s:{digest.encode()}", say("Share"))

    def shown(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> Reply:
        """Return the answer above the button, for everybody."""
        check_may_post(interaction)
        message = interaction.message
        if message is None or not message.embeds:
            raise Gone
        card = shown_card(message.embeds[0])
        before = AnswerDigest.decode(found).revision
        now = interaction.client.workspace.library.revision
        if before != now:
            footer = say(
                "Database revision {before}; it is at {now} now, which may say otherwise",
                before=before,
                now=now,
            )
            card = replace(card, footer=footer)
        reporting = error_button(interaction.client, "", now)
        return shared(Reply(card, [*_kept(message), *reporting]), interaction)


def _kept(message: discord.Message) -> Iterator[Button]:
    """Return the buttons to the topics that stand under a message."""
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    for child in (child for row in rows for child in row.children):
        if isinstance(child, discord.Button) and (child.custom_id or "").startswith("f:"):
            yield FiguresButton(child.custom_id or "", child.label or "")
