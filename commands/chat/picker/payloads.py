"""Discord's published limits on commands: what breaks one is left out, and the rest is registered.

From https://docs.discord.com/developers, Application Commands. Discord refuses all commands of a
place for the sake of one, so each is looked at before it is sent.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from weakref import WeakSet

import discord
from discord import app_commands

from commands.chat.app import App
from knowledge.language import is_visible

_log = logging.getLogger(__name__)
_Command = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

_NAME = re.compile(r"[-_'\w]{1,32}")
_LONGEST_MENU_NAME = 32
_LONGEST = 100
"""Characters of a description, and of the name and the value of a choice."""
_MOST = 25
"""Options of a command, and choices of an option."""
_MOST_CHARACTERS = 8000
"""Characters of all names, descriptions and values of a command together."""
_SLASH, _SUBCOMMAND, _GROUP = 1, 1, 2
_within_limits: WeakSet[_Command] = WeakSet()
"""Commands that were looked at; they stay as they are, and to translate one takes its time."""
_TRIES = 5
"""How often Discord may name another command that it does not take (chosen by eye)."""


def broken_limits(payload: Mapping[str, Any]) -> Iterator[str]:
    """Say what Discord would refuse in a command."""
    name = str(payload.get("name", ""))
    if payload.get("type", _SLASH) == _SLASH:
        yield from _named(name)
        yield from _described(payload, "description")
    elif not 1 <= len(name) <= _LONGEST_MENU_NAME:
        yield "the name of an entry has 1 to 32 characters"
    yield from _options(payload.get("options") or [])
    if _characters(payload) > _MOST_CHARACTERS:
        yield f"it has more than {_MOST_CHARACTERS:,} characters in all"


def _named(name: str) -> Iterator[str]:
    if not _NAME.fullmatch(name) or name != name.lower():
        yield f"the name {name[:40]!r} is none of 1 to 32 small letters, digits and hyphens"


def _described(payload: Mapping[str, Any], field: str) -> Iterator[str]:
    texts = {"": payload.get(field), **(payload.get(f"{field}_localizations") or {})}
    for language, text in texts.items():
        if not isinstance(text, str) or not shows(text) or len(text) > _LONGEST:
            where = f" in {language}" if language else ""
            yield f"the {field}{where} has not 1 to {_LONGEST} characters"


def shows(text: str) -> bool:
    """Whether a text has a character that a reader sees."""
    return any(is_visible(char) and not char.isspace() for char in text)


def _options(options: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    names = [str(option.get("name", "")) for option in options]
    if len(options) > _MOST:
        yield f"it has more than {_MOST} options"
    if len(set(names)) < len(names):
        yield "two of its options have one name"
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield "an option that may be left out stands before one that may not"
    for name, option in zip(names, options, strict=True):
        inside = (*_named(name), *_described(option, "description"), *_choices(option))
        yield from (f"option {name[:40]}: {one}" for one in inside)
        yield from _options(option.get("options") or [])


def _choices(option: Mapping[str, Any]) -> Iterator[str]:
    choices = option.get("choices") or []
    if len(choices) > _MOST:
        yield f"it has more than {_MOST} choices"
    for choice in choices:
        yield from _described(choice, "name")
        if len(str(choice.get("value", ""))) > _LONGEST:
            yield f"the value of a choice has more than {_LONGEST} characters"


def _characters(payload: Mapping[str, Any]) -> int:
    """Count what Discord counts: texts in the language where they are longest."""
    own = sum(
        max(len(text or "") for text in (payload.get(field), *translated.values()))
        for field in ("name", "description")
        for translated in [payload.get(f"{field}_localizations") or {}]
    )
    choices = payload.get("choices") or []
    own += sum(len(str(each.get("name"))) + len(str(each.get("value"))) for each in choices)
    return own + sum(_characters(each) for each in payload.get("options") or [])


# ------------------------------------------------------------------ registering


async def register_commands(app: App, guild: discord.abc.Snowflake | None = None) -> None:
    """Tell Discord the commands of everybody, or of one server, where that falls to this process.

    Of several processes, the others learn by which ids Discord knows them. A command that Discord
    would not take is left out and named in the log; so is one that it names when it refuses them
    all. Where it refuses them without naming one, those stay that it has.

    Raises:
        HTTPException: Discord fails otherwise.
    """
    whose = guild.id if guild else None
    if not app.serves(whose):
        app.command_ids[whose] = dict(_named_ids(await app.tree.fetch_commands(guild=guild)))
        return
    for command in app.tree.get_commands(guild=guild):
        if command in _within_limits:
            continue
        found = list(broken_limits(await _payload(app, command)))
        if found:
            _leave_out(app, command, guild, "; ".join(found[:3]))
        else:
            _within_limits.add(command)
    for _ in range(_TRIES):
        listed = app.tree.get_commands(guild=guild)
        try:
            known = await app.tree.sync(guild=guild)
        except app_commands.CommandSyncFailure as error:
            # The library tells which by words alone; Discord by their places.
            places = [int(place) for place in error._errors or {} if place.isdecimal()]  # noqa: SLF001
            if not places:
                _log.error("Discord refused the commands of %s: %s", _whose(guild), error)
                return
            for place in places:
                _leave_out(app, listed[place], guild, "Discord refused it")
        else:
            app.command_ids[whose] = dict(_named_ids(known))
            return
    _log.error("Discord refused the commands of %s again and again", _whose(guild))


def _named_ids(known: Iterable[app_commands.AppCommand]) -> Iterator[tuple[str, int]]:
    """Return the id of each command that can be typed; those of a group have the group's."""
    for command in known:
        if command.type is not discord.AppCommandType.chat_input:
            continue
        groups = [one for one in command.options if isinstance(one, app_commands.AppCommandGroup)]
        for one in groups:
            yield f"{command.name} {one.name}", command.id
        if not groups:
            yield command.name, command.id


async def _payload(app: App, command: _Command) -> Mapping[str, Any]:
    translator = app.tree.translator
    if translator is None:
        return command.to_dict(app.tree)
    return await command.get_translated_payload(app.tree, translator)


def _leave_out(app: App, command: _Command, guild: discord.abc.Snowflake | None, why: str) -> None:
    kind = discord.AppCommandType.chat_input
    if isinstance(command, app_commands.ContextMenu):
        kind = command.type
    app.tree.remove_command(command.name, guild=guild, type=kind)
    _log.error("The command %s of %s is left out: %s", command.name, _whose(guild), why)


def _whose(guild: discord.abc.Snowflake | None) -> str:
    return "every server" if guild is None else f"server {guild.id}"
