"""What happens when a command fails: the person gets words, the log gets the cause."""

import logging
import secrets
from typing import Any

import discord
from discord import app_commands

from commands.app import App, Interaction
from commands.replies import Reply, note, send

_log = logging.getLogger(__name__)

_EXPIRED = frozenset({10015, 10062, 40060, 50027})
"""Discord's codes for an interaction that nobody can answer any more: unknown webhook,
unknown interaction, already acknowledged, invalid webhook token."""

_STALE = (
    "This command has changed since Discord last showed it to you. "
    "Type it anew; if it is still offered the old way, reload Discord."
)


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
        await _tell(interaction, note(_STALE))
    else:
        await report(interaction, cause)


async def report(interaction: Interaction, cause: BaseException) -> None:
    """Log an unexpected failure under an id, and give the person that id."""
    if isinstance(cause, discord.HTTPException) and cause.code in _EXPIRED:
        _log.warning("An answer came too late for Discord: %s", cause)
        return
    name = secrets.token_hex(4)
    _log.error("Error %s in %s", name, _place(interaction), exc_info=cause)
    await _tell(interaction, apology(name))


def apology(name: str) -> Reply:
    """Word the private reply to a failure that is not the person's."""
    return note(
        f"Something went wrong here, and it was not your doing. Please try again; if it stays, "
        f"tell the people who run this bot: error `{name}`."
    )


async def _tell(interaction: Interaction, reply: Reply) -> None:
    try:
        await send(interaction, reply)
    except discord.HTTPException as failure:
        _log.warning("The apology did not arrive: %s", failure)


def _place(interaction: Interaction) -> str:
    command = interaction.command
    if command is not None:
        return f"/{command.qualified_name}"
    return "a button" if interaction.type is discord.InteractionType.component else "a command"
