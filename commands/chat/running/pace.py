"""The pace: how often one person, and one server, may ask before they are told to wait."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, TypeVar

import discord
from cachetools import TTLCache
from discord import app_commands

_HEAVY = "heavy"
_Command = TypeVar("_Command", bound=app_commands.Command[Any, ..., Any] | app_commands.ContextMenu)
_Interaction = discord.Interaction[Any]

SECONDS = 10.0
"""Within how many seconds calls are counted."""
_REMEMBERED_SECONDS = 6 * SECONDS
"""How long it is known who has called: longer than any call is on its way (chosen by eye)."""


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
        self._heavy = _Counter(limits.heavy, _person)
        self._calls = _Counter(limits.person, _person), _Counter(limits.server, _server)
        self._typed = _Counter(typed_by_person, _person), _Counter(typed_in_server, _server)

    def count(self, interaction: _Interaction) -> TooOften | None:
        """Count a call; say so where it is one too many. Forms always count as none.

        Whoever sends a form has opened it by a call that was counted, and has typed since.
        """
        if interaction.type is discord.InteractionType.modal_submit:
            return None
        typing = interaction.type is discord.InteractionType.autocomplete
        person, server = self._typed if typing else self._calls
        if left := person.left(interaction):
            return left
        if not typing and _is_heavy(interaction) and (left := self._heavy.left(interaction)):
            return left
        if interaction.guild_id is not None and (left := server.left(interaction)):
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


class _Counter:
    """Counts calls by whose they are.

    discord.py's own mapping looks through everybody of the last seconds at each call.
    """

    def __init__(self, calls: int, of: Callable[[_Interaction], int | None]) -> None:
        self._calls = calls
        self._of = of
        self._counts: TTLCache[int | None, app_commands.Cooldown] = TTLCache(
            inf, _REMEMBERED_SECONDS
        )

    def left(self, interaction: _Interaction) -> TooOften | None:
        """Count a call; say so where it is one too many."""
        whose = self._of(interaction)
        count = self._counts.get(whose) or app_commands.Cooldown(self._calls, SECONDS)
        self._counts[whose] = count
        seconds = count.update_rate_limit(interaction.created_at.timestamp())
        return None if seconds is None else TooOften(self._calls, seconds)
