"""What stands under every answer: taking it back, and showing others what one person has seen."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord

from commands.cards import AnswerDigest, Card
from commands.chat.app import App, Interaction
from commands.chat.sending.buttons import (
    AnswerButton,
    Gone,
    LastingButton,
    Menu,
    check_may_post,
    share_label,
    shared,
)
from commands.chat.sending.layouts import links, pressable, shown_text
from commands.chat.sending.replies import Button, Refused, Reply, note, send
from commands.text import say


def register(app: App) -> None:
    """Add the buttons, one of which stands under whatever everybody sees."""
    app.add_dynamic_items(ShareButton, TakeBackButton)
    app.under_answers.append(TakeBackButton.under)


class ShareButton(AnswerButton, template=rf"c:(?P<how>s):{AnswerDigest.PATTERN}"):
    """Shows everybody an answer that one person has seen, as it was given.

    It is for answers that no custom id can name: what was asked or checked is not kept anywhere.
    """

    @classmethod
    def of(cls, digest: AnswerDigest) -> "ShareButton":
        """Make the button."""
        return cls(f"c:s:{digest.encode()}", share_label())

    def shown(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> Reply:
        """Return the answer above the button, for everybody."""
        check_may_post(interaction)
        message = interaction.message
        text = "\n".join(shown_text(message.components)) if message else ""
        if message is None or not text:
            raise Gone
        card = Card(description=text)
        before = AnswerDigest.decode(found).revision
        now = interaction.client.workspace.library.revision
        if before != now:
            footer = say(
                "Database revision {before}; it is at {now} now, which may say otherwise",
                before=before,
                now=now,
            )
            card = replace(card, footer=footer)
        reply = Reply(
            card,
            list(_kept(interaction, message)),
            link=next(links(message.components), None),
            answers=True,
            menu=_menu(message),
        )
        return shared(reply, interaction)


def _kept(interaction: Interaction, message: discord.Message) -> Iterator[Button]:
    """Return the buttons of a message, but for those that stand under every answer anyway."""
    for one in pressable(message.components):
        made = interaction.client.button(one.custom_id or "")
        if not isinstance(one, discord.Button) or made is None:
            continue
        if issubclass(made, LastingButton) and not issubclass(made, ShareButton | TakeBackButton):
            yield made(one.custom_id or "", one.label or "")


def _menu(message: discord.Message) -> Menu | None:
    for one in pressable(message.components):
        if isinstance(one, discord.SelectMenu) and one.custom_id:
            return Menu(one.custom_id, one.placeholder or "", one.options)
    return None


class TakeBackButton(LastingButton, template=r"x:(?P<person>\d{1,20})"):
    """Takes an answer back that everybody sees: whoever called for it may, and who moderates."""

    @classmethod
    def under(cls, interaction: Interaction, *, private: bool) -> "TakeBackButton | None":
        """Make the button for whoever asks; what only they see, they can dismiss."""
        if private:
            return None
        return cls(f"x:{interaction.user.id}", say("Take back"))

    async def pressed(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> None:
        """Remove the message, or tell the person alone who may."""
        own = int(found["person"]) == interaction.user.id
        moderates = interaction.guild_id and interaction.permissions.manage_messages
        if not own and not moderates:
            raise Refused(
                say("Only who asked for this can take it back, or who may delete messages here.")
            )
        await interaction.response.defer()
        try:
            await interaction.delete_original_response()
        except discord.NotFound:
            await send(interaction, note(say("It has been taken back already.")))
