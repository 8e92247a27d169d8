"""The pace: how often one person, and one server, may ask before they are told to wait."""

from dataclasses import dataclass
from typing import Any, TypeVar

import discord
from discord import app_commands
from discord.ext.commands import CooldownMapping

_HEAVY = "heavy"
_Command = TypeVar("_Command", bound=app_commands.Command[Any, ..., Any] | app_commands.ContextMenu)
_Interaction = discord.Interaction[Any]
_Counter = CooldownMapping[_Interaction]

SECONDS = 10.0
"""Within how many seconds calls are counted."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many calls are taken within `SECONDS`. All are chosen by eye."""

    person: int = 30
    """Commands and buttons of one person: three a second, faster than anybody reads."""
    server: int = 150
    """Commands and buttons of one server, from everybody in it."""
    heavy: int = 5
    """Heavy commands of one person, all of them taken together."""

    @property
    def typing(self) -> tuple[int, int]:
        """Completions of one person and of one server: each key pressed may ask for one."""
        return 2 * self.person, 2 * self.server


UNHURRIED = Limits(person=10_000, server=100_000)
"""For a person who is alone with the bot, as in the sandbox, where a file may be typed in."""


@dataclass(frozen=True, slots=True)
class TooOften:
    """Who asked more often than so many calls, and how many seconds they have to wait."""

    calls: int
    seconds: float
    whole_server: bool = False


class Pace:
    """Counts the calls of one bot at the times that Discord gives them; a restart forgets."""

    def __init__(self, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        typed_by_person, typed_in_server = limits.typing
        self._heavy = _counter(limits.heavy, of=_person)
        self._calls = _counter(limits.person, of=_person), _counter(limits.server, of=_server)
        self._typed = _counter(typed_by_person, of=_person), _counter(typed_in_server, of=_server)

    def count(self, interaction: _Interaction) -> TooOften | None:
        """Count a call; say so where it is one too many. Forms always count as none.

        Whoever sends a form has opened it by a call that was counted, and has typed since.
        """
        if interaction.type is discord.InteractionType.modal_submit:
            return None
        typing = interaction.type is discord.InteractionType.autocomplete
        person, server = self._typed if typing else self._calls
        if left := _left(person, interaction):
            return left
        if not typing and _is_heavy(interaction) and (left := _left(self._heavy, interaction)):
            return left
        if interaction.guild_id is not None and (left := _left(server, interaction)):
            return TooOften(left.calls, left.seconds, whole_server=True)
        return None


def heavy(command: _Command) -> _Command:
    """Mark a command as heavy work, which a person may ask for only so often."""
    command.extras[_HEAVY] = True
    return command


def _is_heavy(interaction: _Interaction) -> bool:
    return interaction.command is not None and _HEAVY in interaction.command.extras


def _person(interaction: _Interaction) -> int:
    return interaction.user.id


def _server(interaction: _Interaction) -> int | None:
    return interaction.guild_id


def _counter(calls: int, *, of: Any) -> tuple[int, _Counter]:
    return calls, CooldownMapping.from_cooldown(calls, SECONDS, of)


def _left(counted: tuple[int, _Counter], interaction: _Interaction) -> TooOften | None:
    calls, counter = counted
    seconds = counter.update_rate_limit(interaction, interaction.created_at.timestamp())
    return None if seconds is None else TooOften(calls, seconds)
