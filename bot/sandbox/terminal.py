"""Typing at a terminal: a prompt with history, and completion by the bot's own commands."""

import contextlib
import os
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

from discord import AppCommandOptionType as Kind
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rapidfuzz import fuzz, process

from bot.sandbox.parser import Cursor, cursor
from bot.sandbox.spec import Option
from bot.sandbox.world import World

_OFFERED = 25
"""Choices that Discord shows in an autocomplete list."""


class Terminal:
    """A person's keyboard: one line at a time, without holding up the bot."""

    def __init__(self, world: World) -> None:
        self._chat: PromptSession[str] = PromptSession(
            history=_history(), completer=ChatCompleter(world), complete_while_typing=True
        )
        self._field: PromptSession[str] = PromptSession()

    async def line(self, prompt: str) -> str | None:
        """What the person types next; None when they leave (Ctrl-C, Ctrl-D)."""
        try:
            return await self._chat.prompt_async(prompt)
        except (EOFError, KeyboardInterrupt):
            return None

    async def answer(self, prompt: str, default: str) -> str | None:
        """A field's text; None when the person gives up the form (Ctrl-C, Ctrl-D)."""
        try:
            return await self._field.prompt_async(prompt, default=default)
        except (EOFError, KeyboardInterrupt):
            return None


class ChatCompleter(Completer):
    """Command names, option names, choices, and what the bot's autocomplete answers."""

    def __init__(self, world: World) -> None:
        self._world = world

    def get_completions(
        self,
        document: Document,  # noqa: ARG002
        complete_event: CompleteEvent,  # noqa: ARG002
    ) -> Iterator[Completion]:
        """Nothing: the bot is asked without blocking, below."""
        return iter(())

    async def get_completions_async(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002
    ) -> AsyncGenerator[Completion, None]:
        """What could stand at the cursor of a line that starts with a slash."""
        line = document.text_before_cursor
        if not line.startswith("/"):
            return
        commands = self._world.commands()
        at = cursor(line, commands)
        if at is None:
            for each in commands:
                if f"/{each.path}".startswith(line.lower()):
                    yield Completion(f"/{each.path} ", -len(line), display_meta=each.description)
            return
        for completion in _option_names(at, line):
            yield completion
        for shown, sent in await self._values(at):
            yield Completion(_as_value(sent), -len(at.typed), display=shown)

    async def _values(self, at: Cursor) -> list[tuple[str, str]]:
        option = at.option
        if option is None:
            return []
        if option.autocomplete:
            return await self._world.autocomplete(at.command, option, at.typed.strip(), at.filled)
        return _fixed(option, at.typed.strip())


def _option_names(at: Cursor, line: str) -> Iterator[Completion]:
    word = line.rsplit(None, 1)[-1] if not line[-1:].isspace() else ""
    for option in at.free:
        if option.name.startswith(word.lower()):
            needed = "required: " if option.required else ""
            yield Completion(
                f"{option.name}: ", -len(word), display_meta=needed + option.description
            )


def _fixed(option: Option, typed: str) -> list[tuple[str, str]]:
    names = [name for name, _ in option.choices]
    if option.kind is Kind.boolean:
        names = ["yes", "no"]
    if not typed:
        return [(name, name) for name in names]
    near = process.extract(typed, names, scorer=fuzz.WRatio, limit=_OFFERED, score_cutoff=60)
    return [(name, name) for name, _, _ in near]


def _as_value(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _history() -> History:
    """Lines typed in earlier sessions; kept in memory where the file cannot be written."""
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    path = Path(state).expanduser() / "claimbot" / "history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return Lines(path)


class Lines(FileHistory):
    """The file of lines typed earlier: what cannot be kept is forgotten, and nothing ends."""

    def store_string(self, string: str) -> None:
        """Keep a line, with a question mark for what is no text."""
        with contextlib.suppress(OSError):
            super().store_string(string.encode("utf-8", "replace").decode())
