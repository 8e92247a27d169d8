"""One request of a person, a command or a button: its course."""

import asyncio
import secrets
from collections import ChainMap
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from time import perf_counter
from typing import Any, TypeVar

import discord

from commands.chat.running.work import Pool
from commands.text import know_commands, speak

Result = TypeVar("Result")
_KEY = "claimbot.request"

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
    waits_in_private: bool | None = None
    """Whether Discord shows the sign that the bot is thinking to the person alone; none is shown
    where nothing is said of it."""


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
    know_commands(_ids(interaction))
    task = asyncio.current_task()
    if task is not None:
        _follow(interaction, request, task)
    return request


def _ids(interaction: discord.Interaction[Any]) -> Mapping[str, int]:
    """Return the ids of the commands where a request is made, those of a server among them."""
    known: Mapping[int | None, Mapping[str, int]] = interaction.client.command_ids
    own = known.get(interaction.guild_id, {}) if interaction.guild_id is not None else {}
    return ChainMap(dict(own), dict(known.get(None, {}))) if own else known.get(None, {})


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
        client.waiting.pop(done, None)
        client.finished(request)

    client.running.add(task)
    client.waiting[task] = interaction
    task.add_done_callback(end)


def _name(interaction: discord.Interaction[Any]) -> str:
    """Name what was called: only names that the bot itself gave, never what a client sent."""
    command = interaction.command
    return command.qualified_name if command is not None else ""


def place_of(interaction: discord.Interaction[Any]) -> int:
    """Return whose turn a request takes: the server's, or in private the person's."""
    return interaction.guild_id or interaction.user.id


AT_ONCE = 2.5
"""Seconds in which a form has to open and choices have to be offered: Discord waits for three."""


async def aside(
    interaction: discord.Interaction[Any],
    work: Callable[[], Result],
    deadline: float | None = None,
) -> Result:
    """Do some work for a request without keeping the event loop from anybody else's.

    Raises:
        Busy: too much waits for this server already.
        TooLong: it was not done in time.
    """
    pool: Pool = interaction.client.pool
    return await pool.run(place_of(interaction), work, deadline)
