"""Replies: an embed with its buttons, public or private, sent the one way that always works."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import discord

from commands.chat.app import Interaction
from commands.chat.digests import AnswerDigest
from commands.chat.error_words import in_words
from commands.chat.requests import Outcome, begin
from commands.text import plain
from knowledge.charts import Chart, NothingToDraw
from knowledge.library import NotOnFile, WindowError
from knowledge.matching.questions import EmptyQuestion
from knowledge.reading import BadDate

ACCENT = discord.Colour(0x3B82C4)
QUIET = discord.Colour(0x80848E)
_PICTURE = "chart.png"

Button = discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]]


class Refused(ValueError):  # noqa: N818
    """What was asked cannot be answered as asked; the message tells the person what to do."""


_CAUSED_BY_THE_PERSON = (
    Refused,
    BadDate,
    EmptyQuestion,
    NotOnFile,
    NothingToDraw,
    WindowError,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: who else can see it is decided by `private`; `outcome` is for the log.

    `draw` makes the picture of the embed, which takes longer than a person should wait without a
    word; `mark` is what an answer rests on.
    """

    embed: discord.Embed
    buttons: Sequence[Button] = ()
    private: bool = False
    outcome: Outcome = Outcome.ANSWERED
    draw: Callable[[], Chart] | None = None
    mark: AnswerDigest | None = None


def note(text: str, buttons: Sequence[Button] = (), outcome: Outcome = Outcome.ANSWERED) -> Reply:
    """Make a private reply of a few words; `text` is markdown and already safe."""
    embed = discord.Embed(description=text, colour=QUIET)
    return Reply(embed, buttons, private=True, outcome=outcome)


def refusal(error: ValueError, buttons: Sequence[Button] = ()) -> Reply:
    """Make a private reply of an error that was worded for the person."""
    return note(plain(in_words(error), 1000), buttons, Outcome.REFUSED)


async def answer(interaction: Interaction, make: Callable[[], Reply]) -> None:
    """Send what `make` returns; what a person got wrong is told to that person alone.

    Each error that a person can cause says in its message what was wrong and what to do.
    """
    begin(interaction)
    await send(interaction, _made(make))


async def turn(interaction: Interaction, make: Callable[[], Reply]) -> None:
    """Replace the message whose button was pressed by what `make` returns."""
    begin(interaction)
    reply = _made(make)
    if reply.outcome is not Outcome.ANSWERED:
        await send(interaction, reply)
    else:
        await interaction.response.edit_message(
            embed=reply.embed, view=_view(reply), attachments=[]
        )


def _made(make: Callable[[], Reply]) -> Reply:
    try:
        return make()
    except _CAUSED_BY_THE_PERSON as error:
        return refusal(error)


async def send(interaction: Interaction, reply: Reply) -> None:
    """Send a reply, as a follow-up where the interaction has been answered already."""
    options: dict[str, Any] = {"embed": reply.embed, "ephemeral": reply.private}
    if reply.buttons:
        options["view"] = _view(reply)
    if reply.draw:
        if not interaction.response.is_done():
            await interaction.response.defer(ephemeral=reply.private, thinking=True)
        options["file"] = _attached(reply.embed, await asyncio.to_thread(reply.draw))
    if interaction.response.is_done():
        await interaction.followup.send(**options)
    else:
        await interaction.response.send_message(**options)
    begin(interaction).outcome = reply.outcome


def _attached(embed: discord.Embed, chart: Chart) -> discord.File:
    """Show a picture in an embed; its alt text stands with the file."""
    embed.set_image(url=f"attachment://{_PICTURE}")
    return discord.File(BytesIO(chart.data), _PICTURE, description=chart.alt)


def _view(reply: Reply) -> discord.ui.View | None:
    if not reply.buttons:
        return None
    view = discord.ui.View(timeout=None)
    for button in reply.buttons:
        view.add_item(button)
    # The buttons are known to the client for good; a view that goes on would be kept with each.
    view.stop()
    return view
