"""Cool-downs: whoever asks for heavy work too often is told when to go on."""

from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext.commands import CooldownMapping

CALLS, SECONDS = 5, 10.0
"""How often one person may call heavy commands, all taken together."""

_HEAVY = "heavy"
_Command = TypeVar("_Command", bound=app_commands.Command[Any, ..., Any] | app_commands.ContextMenu)
Pace = CooldownMapping[discord.Interaction[Any]]


def heavy(command: _Command) -> _Command:
    """AnswerDigest a command as heavy work, which a person may ask for only so often.

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
