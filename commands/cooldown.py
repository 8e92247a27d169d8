"""Cool-downs: whoever asks for heavy work too often is told when to go on."""

from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext.commands import CooldownMapping

HEAVY_CALLS, HEAVY_SECONDS = 5, 10.0
"""How often one person may call heavy commands, all taken together."""

_Command = TypeVar("_Command", bound=Callable[..., Any] | app_commands.ContextMenu)
Pace = CooldownMapping[discord.Interaction[Any]]


def pace() -> Pace:
    """Make the counter of one bot: who has called how often."""
    return CooldownMapping.from_cooldown(HEAVY_CALLS, HEAVY_SECONDS, lambda each: each.user.id)


def heavy(command: _Command) -> _Command:
    """Mark a command as heavy work, which a person may ask for only so often.

    Neither autocompletion nor buttons count; Discord's own time of the call does.
    """
    return app_commands.check(_in_time)(command)


def _in_time(interaction: discord.Interaction[Any]) -> bool:
    """Count a call.

    Raises:
        CommandOnCooldown: the person has called too often.
    """
    counter: Pace = interaction.client.pace
    now = interaction.created_at.timestamp()
    left = counter.update_rate_limit(interaction, now)
    if left is not None:
        raise app_commands.CommandOnCooldown(
            app_commands.Cooldown(HEAVY_CALLS, HEAVY_SECONDS), left
        )
    return True
