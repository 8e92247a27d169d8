"""Buttons that outlive a restart: all that they show stands in their custom id.

What somebody presses answers that person alone: others find their channel as it was. `Share here`
shows it to everybody.
"""

import re
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2s
from typing import Any, Self

import discord

from commands.cards import AnswerDigest
from commands.chat.app import App
from commands.chat.running import Outcome
from commands.chat.sending.errors import admitted, guarded
from commands.chat.sending.replies import Button, Refused, Reply, answer, turn
from commands.text import clip, say, tidy
from knowledge.library import By, Window

ID_LIMIT = 100
"""Characters that Discord takes as the custom id of a button."""
LABEL_LIMIT = 40
"""Characters of a button's label that a phone shows; Discord takes 80."""
_NAMELESS = "…"
_SHORT = 27
"""Characters of an id that fit twice into a custom id, beside page, digest and days."""
_LINE_LIMIT, _MOST_LINES, _PLACEHOLDER = 100, 25, 150
"""What Discord takes: characters of a line of a menu, lines of it, characters of its name."""
_NAME_LIMIT = 80
"""Characters of a display name; Discord's have 32, names of other programs are cut (chosen by
eye)."""


class Gone(Refused):
    """What a button showed is not there any more."""

    def __init__(self) -> None:
        super().__init__(
            say("What this button showed is no longer on file; /topics lists what is.")
        )


class LastingButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?!)"):
    """A button made anew from its custom id whenever it is pressed.

    Who presses it is checked when it is pressed, every time. A subclass brings the template and
    `pressed`.
    """

    def __init__(
        self,
        custom_id: str,
        label: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        row: int | None = None,
    ) -> None:
        self.words = label
        """What it is called where there is more room, in a menu."""
        shown = clip(label, LABEL_LIMIT) or _NAMELESS
        super().__init__(discord.ui.Button(label=shown, custom_id=custom_id, style=style, row=row))

    @classmethod
    def fitting(cls, custom_id: str, label: str) -> list[Self]:
        """Make the button, or none where Discord has no room for what it stands for."""
        return [cls(custom_id, label)] if len(custom_id) <= ID_LIMIT else []

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
        """Do what the button is for, or tell the person alone why it cannot be done."""
        if await admitted(interaction):
            await guarded(interaction, lambda: self.press(interaction))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is for, within a request that has begun."""
        found = self.template.fullmatch(self.custom_id)
        if found is not None:
            await self.pressed(interaction, found)

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> None:
        """Do what the custom id stands for."""


class AnswerButton(LastingButton, template=r"(?!)"):
    """A button that shows an answer.

    A subclass brings `shown` and the template, whose group `how` is `s` where the answer is for
    everybody, and `t` where it takes the place of a message that only the person sees.
    """

    async def pressed(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> None:
        """Show the answer."""
        if found["how"] == "t" and is_own(interaction):
            await turn(interaction, lambda: self.shown(interaction, found))
        else:
            private = found["how"] != "s"
            await answer(interaction, lambda: self.shown(interaction, found), private=private)

    @abstractmethod
    def shown(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> Reply:
        """Return what to show a person who presses the button.

        Raises:
            Refused: it cannot be shown, and why.
        """


class ScreenButton(AnswerButton, template=r"(?!)"):
    """A button that shows a screen: another page in its place, or a new message.

    A subclass brings `screen` and the template, whose group `how` is `t` to turn the page, `p` or
    `o` to open it, and `s` to share it with the channel. Only what is shared is for everybody:
    whoever turns a page that others see too gets a page of their own. A group `digest` is what the
    message rested on that the button stands under.
    """

    def shown(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> Reply:
        """Return the screen for everybody, or for the person alone with a button to share it."""
        how = found["how"]
        if how == "s":
            check_may_post(interaction)
        reply = self.screen(interaction.client, found)
        if reply.outcome is not Outcome.ANSWERED:
            return reply
        reply = _with_changes(reply, found)
        return shared(reply, interaction) if how == "s" else self._hidden(reply, found)

    def _hidden(self, reply: Reply, found: re.Match[str]) -> Reply:
        start, end = found.span("how")
        sharing = type(self)(f"{found.string[:start]}s{found.string[end:]}", share_label())
        return replace(reply, private=True, sharing=sharing)

    @abstractmethod
    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return what the custom id stands for.

        Raises:
            Gone: it is no longer on file.
        """


def turning(
    at: Callable[[int, str], Iterable[Button]], page: int, last: int, onwards: str
) -> list[Button]:
    """Make the buttons to the pages before and after one of a list that begins with page 0."""
    back = at(page - 1, say("◀ Back")) if page > 0 else ()
    on = at(page + 1, onwards) if page < last else ()
    return [*back, *on]


def share_label() -> str:
    """Return what stands on a button that shows everybody what one person sees."""
    return say("Share here")


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of a menu: the button that it stands for, and what it shows."""

    button: LastingButton
    about: str = ""


class LastingMenu(discord.ui.DynamicItem[Any], template=r"(?!)"):
    """A menu made anew from its custom id whenever somebody chooses in it.

    A subclass brings the template and `chosen`.
    """

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Take the menu as Discord sends it."""
        del match
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what was chosen, or tell the person alone why it cannot be done."""
        found = self.template.fullmatch(self.custom_id)
        if found is not None and await admitted(interaction):
            await guarded(interaction, lambda: self.chosen(interaction, found))

    @abstractmethod
    async def chosen(self, interaction: discord.Interaction[Any], found: re.Match[str]) -> None:
        """Do what was chosen: `item.values`."""


class Menu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"menu:(?P<name>\w+)"):
    """A menu whose every line stands for a button, by the custom id of that button."""

    def __init__(
        self, custom_id: str, placeholder: str, options: list[discord.SelectOption]
    ) -> None:
        super().__init__(
            discord.ui.Select(custom_id=custom_id, placeholder=placeholder, options=options)
        )

    @classmethod
    def of(cls, name: str, placeholder: str, lines: Sequence[MenuLine]) -> "Menu | None":
        """Make a menu, where it has lines; `name` tells it from others under the same answer."""
        options = [
            discord.SelectOption(
                label=clip(line.button.words, _LINE_LIMIT) or _NAMELESS,
                value=line.button.custom_id,
                description=clip(line.about, _LINE_LIMIT) or None,
            )
            for line in lines[:_MOST_LINES]
            if len(line.button.custom_id) <= ID_LIMIT
        ]
        return cls(f"menu:{name}", clip(placeholder, _PLACEHOLDER), options) if options else None

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Make the menu anew from what Discord sends of it."""
        placeholder = getattr(item, "placeholder", None) or _NAMELESS
        return cls(match.string, placeholder, list(getattr(item, "options", ())))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Press the button that was chosen."""
        if await admitted(interaction):
            await guarded(interaction, lambda: self._choose(interaction))

    async def _choose(self, interaction: discord.Interaction[Any]) -> None:
        (chosen,) = self.item.values
        made = interaction.client.button(chosen)
        if made is None or not issubclass(made, LastingButton):
            raise Gone
        await made(chosen, _NAMELESS).press(interaction)


def register(app: App) -> None:
    """Add the menu."""
    app.add_dynamic_items(Menu)


def is_own(interaction: discord.Interaction[Any]) -> bool:
    """Whether only the person sees the message that they pressed something under."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def check_may_post(interaction: discord.Interaction[Any]) -> None:
    """Make sure that a person may write where the bot would write for them.

    Raises:
        Refused: they may not.
    """
    if interaction.guild_id is None:
        return
    may = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    if not (may.send_messages_in_threads if in_thread else may.send_messages):
        raise Refused(
            say("You may not write in this channel, so I cannot share this here for you.")
        )


def shared(reply: Reply, interaction: discord.Interaction[Any]) -> Reply:
    """Return a reply for everybody, which names who showed it."""
    name = clip(interaction.user.display_name, _NAME_LIMIT) or _NAMELESS
    card = replace(reply.card, author=say("Shared by {name}", name=name))
    return replace(reply, card=card, private=False)


def _with_changes(reply: Reply, found: re.Match[str]) -> Reply:
    """Say so where an answer differs from the one that the button stood under."""
    if reply.digest is None or "digest" not in found.re.groupindex:
        return reply
    before = AnswerDigest.decode(found)
    if not reply.digest.changed(before):
        return reply
    words = say(
        "Changed since revision {revision}: this is what is on file now.",
        revision=before.revision,
    )
    text = f"-# ⚠ {words}\n{reply.card.description}"
    return replace(reply, card=replace(reply.card, description=text))


@dataclass(frozen=True, slots=True)
class WindowCode:
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
        key = whose_key(by) if by is not None else ""
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
        library = app.workspace.library
        since, until, known = (_date(found[name]) for name in ("since", "until", "known"))
        by = whose_of(app, found["by"]) if found["by"] else None
        window = Window(since, until, known, by)
        return cls(long(found["topic"], library.topics), window)


def whose_key(by: By) -> str:
    """Write in few characters whose claims are meant: one asserter by its id, others by name."""
    one = len(by.asserters) == 1 and not by.via and not by.sources
    return "=" + short(next(iter(by.asserters))) if one else tidy(by.label)


def whose_of(app: App, key: str) -> By:
    """Read what `whose_key` wrote.

    Raises:
        Gone: the asserter is not on file any more.
        NotOnFile: nobody goes by that name any more.
    """
    if not key.startswith("="):
        return app.workspace.lookup.by(key)
    asserter = long(key[1:], app.workspace.library.asserters)
    return By(app.workspace.library.name(asserter), frozenset({asserter}))


def short(name: str) -> str:
    """Return an id, or a digest of it where it would fill the custom id."""
    return name if len(name) <= _SHORT else "~" + blake2s(name.encode(), digest_size=6).hexdigest()


def long(key: str, names: Mapping[str, Any]) -> str:
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
