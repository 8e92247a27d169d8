"""One request of a person, a command or a button: its course and its pace."""

import asyncio
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext.commands import CooldownMapping

from commands.text import speak

_KEY = "claimbot.request"

CALLS, SECONDS = 5, 10.0
"""How often one person may call heavy commands, all taken together. Chosen by eye: no
person reads the answers faster."""

_HEAVY = "heavy"
_Command = TypeVar("_Command", bound=app_commands.Command[Any, ..., Any] | app_commands.ContextMenu)
Pace = CooldownMapping[discord.Interaction[Any]]

current: ContextVar["Request | None"] = ContextVar("request", default=None)
"""The request that the running task works for."""


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    SILENT = "silent"
    """Nothing is on file for it, and the person was told so."""
    REFUSED = "refused"
    """It cannot be answered as it was asked, and the person was told why."""
    FAILED = "failed"
    LATE = "late"
    """Discord took no answer any more."""


@dataclass(slots=True)
class Request:
    """What is known of a request without a word of what was typed."""

    kind: str
    """`command`, `autocomplete`, `button` or `form`."""
    command: str
    guild: int | None
    id: str = field(default_factory=lambda: secrets.token_hex(4))
    outcome: Outcome | None = None
    seconds: float = 0.0


def begin(interaction: discord.Interaction[Any]) -> Request:
    """Return the request of an interaction, which begins with the first call.

    From then on the person's language is spoken. The request ends with the task that began it;
    the client is told then.
    """
    found = interaction.extras.get(_KEY)
    if isinstance(found, Request):
        return found
    request = Request(
        _KINDS.get(interaction.type, "other"), _name(interaction), interaction.guild_id
    )
    interaction.extras[_KEY] = request
    current.set(request)
    speak(interaction.locale.value)
    task = asyncio.current_task()
    if task is not None:
        _follow(interaction, request, task)
    return request


_KINDS = {
    discord.InteractionType.application_command: "command",
    discord.InteractionType.autocomplete: "autocomplete",
    discord.InteractionType.component: "button",
    discord.InteractionType.modal_submit: "form",
}


def _follow(
    interaction: discord.Interaction[Any], request: Request, task: asyncio.Task[Any]
) -> None:
    begun = perf_counter()
    client = interaction.client

    def end(done: asyncio.Task[Any]) -> None:
        request.seconds = perf_counter() - begun
        if done.cancelled() or done.exception() is not None:
            request.outcome = Outcome.FAILED
        elif request.outcome is None:
            answered = interaction.response.is_done()
            request.outcome = Outcome.ANSWERED if answered else Outcome.FAILED
        client.running.discard(done)
        client.finished(request)

    client.running.add(task)
    task.add_done_callback(end)


def _name(interaction: discord.Interaction[Any]) -> str:
    """Name what was called: only names that the bot itself gave, never what a client sent."""
    command = interaction.command
    return command.qualified_name if command is not None else ""


def heavy(command: _Command) -> _Command:
    """Mark a command as heavy work, which a person may ask for only so often.

    Neither completions nor buttons count.
    """
    command.extras[_HEAVY] = True
    return command


def pace() -> Pace:
    """Make the counter of one bot: who has called how often."""
    return CooldownMapping.from_cooldown(CALLS, SECONDS, lambda each: each.user.id)


def seconds_left(counter: Pace, interaction: discord.Interaction[Any]) -> float | None:
    """Count a call at the time that Discord gives it; return how long the person has to wait."""
    if interaction.command is None or _HEAVY not in interaction.command.extras:
        return None
    return counter.update_rate_limit(interaction, interaction.created_at.timestamp())
