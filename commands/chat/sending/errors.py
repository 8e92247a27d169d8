"""What happens when a command fails: the person gets words, the log gets the cause."""

import logging
import math
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import discord
from discord import app_commands

from commands.chat.app import App, Interaction
from commands.chat.running import SECONDS, Outcome, TooOften, begin
from commands.chat.sending.replies import Reply, note, refusal, send
from commands.text import many, say, speak
from knowledge.model import ForPeople

_log = logging.getLogger(__name__)

_EXPIRED = frozenset({10015, 10062, 40060, 50027})
"""Discord's codes for an interaction that nobody can answer any more: unknown webhook,
unknown interaction, already acknowledged, invalid webhook token."""


def register(app: App) -> None:
    """Handle whatever a command of the tree lets through."""
    app.tree.error(on_command_error)


async def on_command_error(
    interaction: discord.Interaction[Any], error: app_commands.AppCommandError
) -> None:
    """Tell the person what happened; keep the cause for the log."""
    if interaction.type is discord.InteractionType.autocomplete:
        return
    cause = getattr(error, "original", error)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        begin(interaction)
        await tell(interaction, stale())
    elif isinstance(cause, ForPeople):
        begin(interaction)
        await tell(interaction, refusal(cause))
    else:
        await report(interaction, cause)


async def respond(interaction: Interaction, make: Callable[[], Awaitable[Reply]]) -> None:
    """Send what `make` returns, or tell the person alone why there is nothing."""
    begin(interaction)
    try:
        reply = await make()
    except ForPeople as error:
        reply = refusal(error)
    await send(interaction, reply)


async def attempt(interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
    """Do something that answers by itself; what a person got wrong is told to that person."""
    begin(interaction)
    try:
        await work()
    except ForPeople as error:
        await tell(interaction, refusal(error))


async def guarded(interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
    """Do what a button or a form asks for; whatever fails, the person is told."""
    try:
        await attempt(interaction, work)
    except Exception as error:  # noqa: BLE001
        await report(interaction, error)


async def report(interaction: Interaction, cause: BaseException) -> None:
    """Log an unexpected failure under the request's id, and give the person that id."""
    request = begin(interaction)
    if isinstance(cause, discord.HTTPException) and cause.code in _EXPIRED:
        _log.warning("An answer came too late for Discord: %s", cause)
        request.outcome = Outcome.LATE
        return
    request.outcome = Outcome.FAILED
    _log.error("Error %s in %s", request.id, _place(interaction), exc_info=cause)
    await tell(interaction, apology(request.id))


def apology(name: str) -> Reply:
    """Word the private reply to a failure that is not the person's."""
    words = say(
        "Something went wrong here, and it was not your doing. Please try again; if it stays, "
        "tell the people who run this bot: error `{name}`.",
        name=name,
    )
    return note(words, outcome=Outcome.FAILED)


def stale() -> Reply:
    """Tell a person that Discord offered them a command as it was before."""
    words = say(
        "This command has changed since Discord last showed it to you. "
        "Type it anew; if it is still offered the old way, reload Discord."
    )
    return note(words, outcome=Outcome.REFUSED)


def wait_a_moment(often: TooOften) -> Reply:
    """Tell a person who called too often, or in whose server all did, when to go on."""
    seconds = max(1, math.ceil(often.seconds))
    told = {"calls": often.calls, "seconds": f"{SECONDS:g}"}
    if often.whole_server:
        words = many(
            "More than {calls} calls came from this server within {seconds} seconds, which is as "
            "many as I take from one. Try again in {count} second.",
            "More than {calls} calls came from this server within {seconds} seconds, which is as "
            "many as I take from one. Try again in {count} seconds.",
            seconds,
            **told,
        )
    else:
        words = many(
            "That was more than {calls} of these within {seconds} seconds, which is as "
            "many as I take from one person. Try again in {count} second.",
            "That was more than {calls} of these within {seconds} seconds, which is as "
            "many as I take from one person. Try again in {count} seconds.",
            seconds,
            **told,
        )
    return note(words, outcome=Outcome.REFUSED)


async def admitted(interaction: Interaction) -> bool:
    """Begin a request, and say so where the bot does not take it: it stops, or it is hurried.

    Whoever types is offered nothing then: there is no room for words.
    """
    begin(interaction)
    app = interaction.client
    often = app.pace.count(interaction)
    if not app.stopping and often is None:
        return True
    refused = wait_a_moment(often) if often and not app.stopping else closing()
    if interaction.type is not discord.InteractionType.autocomplete:
        await tell(interaction, refused)
        return False
    begin(interaction).outcome = Outcome.REFUSED
    try:
        await interaction.response.autocomplete([])
    except discord.HTTPException as failure:
        _log.debug("An empty list of choices did not arrive: %s", failure)
    return False


def closing() -> Reply:
    """Tell a person that the bot is about to stop."""
    words = say("I am about to restart. Please ask again in a minute.")
    return note(words, outcome=Outcome.REFUSED)


async def interrupt(interaction: Interaction) -> None:
    """Tell a person who still waits that the bot ends before the answer is there."""
    request = begin(interaction)
    speak(interaction.locale.value)
    typing = interaction.type is discord.InteractionType.autocomplete
    if typing or request.outcome is not None:
        return
    words = say(
        "I am about to restart, and this is not finished. Look in a minute whether it is there, "
        "and ask again if it is not."
    )
    reply = note(words, outcome=Outcome.REFUSED)
    message = interaction.message
    # A message that is laid out takes no embed in its place.
    own = message is None or (message.flags.ephemeral and not message.flags.components_v2)
    try:
        if own and interaction.response.is_done():
            # In the place of a progress bar, or of the sign of thinking.
            await interaction.edit_original_response(embed=reply.embed, view=None)
        else:
            await send(interaction, reply)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failure:
        _log.warning("Somebody who waited could not be told: %s", failure)
    request.outcome = Outcome.REFUSED


async def tell(interaction: Interaction, reply: Reply) -> None:
    """Send a reply where nothing more can be done if it does not arrive."""
    try:
        await send(interaction, reply)
    except discord.HTTPException as failure:
        _log.warning("The apology did not arrive: %s", failure)


def _place(interaction: Interaction) -> str:
    command = interaction.command
    if command is not None:
        return f"/{command.qualified_name}"
    return "a button" if interaction.type is discord.InteractionType.component else "a command"
