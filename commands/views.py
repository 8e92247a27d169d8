"""Buttons that outlive a restart: all that they show stands in their custom id."""

import re
from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Any, Self

import discord

from commands.app import App
from commands.errors import report
from commands.markup import clip, tidy
from commands.replies import Refused, Reply, answer, turn
from knowledge.window import By, Window

ID_LIMIT = 100
LABEL_LIMIT = 80
_NAMELESS = "…"
_SHORT = 34

View = discord.ui.View


class Gone(Refused):
    """What a button showed is not there any more."""

    def __init__(self) -> None:
        super().__init__("What this button showed is no longer on file; /topics lists what is.")


class ScreenButton(discord.ui.DynamicItem[discord.ui.Button[View]], template=r"(?!)"):
    """A button that shows a screen: another page in its place, or a new message.

    A subclass brings the template, whose group `how` is `t` to turn the page and `o` to open
    a new message, and `screen`.
    """

    def __init__(self, custom_id: str, label: str) -> None:
        shown = clip(label, LABEL_LIMIT) or _NAMELESS
        super().__init__(discord.ui.Button(label=shown, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Make the button anew from what Discord sends of it."""
        return cls(match.string, getattr(item, "label", None) or _NAMELESS)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the screen, or tell the person why it cannot be shown."""
        found = self.template.match(self.custom_id)
        show = turn if found and found["how"] == "t" else answer
        try:
            await show(interaction, lambda: self._shown(interaction.client))
        except Exception as error:  # noqa: BLE001
            await report(interaction, error)

    def _shown(self, app: App) -> Reply:
        found = self.template.fullmatch(self.custom_id)
        if found is None:
            raise Gone
        return self.screen(app, found)

    @abstractmethod
    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return what the custom id stands for.

        Raises:
            Gone: it is no longer on file.
        """


@dataclass(frozen=True, slots=True)
class Spot:
    """What a page of figures shows, in few characters: a topic in a window."""

    topic: str
    window: Window

    PATTERN = (
        r"(?P<since>[0-9a-z]*)\.(?P<until>[0-9a-z]*)\.(?P<known>[0-9a-z]*)"
        r":(?P<topic>[^:]+):(?P<by>.*)"
    )

    def encode(self) -> str | None:
        """Return the part of a custom id, or nothing where the asserters have no short name."""
        by = self.window.by
        key = ""
        if by is not None:
            one = len(by.asserters) == 1
            key = "=" + short(next(iter(by.asserters))) if one else tidy(by.label)
            if len(key) > _SHORT + 1:
                return None
        days = (self.window.since, self.window.until, self.window.known_by)
        return f"{'.'.join(_day(day) for day in days)}:{short(self.topic)}:{key}"

    @classmethod
    def decode(cls, app: App, found: re.Match[str]) -> Self:
        """Read what `encode` wrote.

        Raises:
            Gone: the topic or the asserter is not on file any more.
            NotOnFile: nobody goes by that name any more.
        """
        library = app.desk.library
        since, until, known = (_date(found[name]) for name in ("since", "until", "known"))
        window = Window(since, until, known, _by(app, found["by"]))
        return cls(long(found["topic"], library.topics), window)


def _by(app: App, key: str) -> By | None:
    if not key.startswith("="):
        return app.desk.lookup.by(key) if key else None
    asserter = long(key[1:], app.desk.library.asserters)
    return By(app.desk.library.name(asserter), frozenset({asserter}))


def short(name: str) -> str:
    """Return an id, or a digest of it where it would fill the custom id."""
    return name if len(name) <= _SHORT else "~" + blake2s(name.encode(), digest_size=6).hexdigest()


def long(key: str, names: dict[str, Any]) -> str:
    """Return the id that `short` was made of.

    Raises:
        Gone: there is no such id.
    """
    found = key if key in names else next((name for name in names if short(name) == key), None)
    if found is None:
        raise Gone
    return found


def _day(day: date | None) -> str:
    return f"{day.toordinal():x}" if day else ""


def _date(text: str) -> date | None:
    return date.fromordinal(int(text, 16)) if text else None
