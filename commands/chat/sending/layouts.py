"""A card as Discord lays it out on a phone: text that can be copied, and what one may do with it.

Components are seen by whoever has switched embeds off, and their text can be copied; an embed's
cannot. What takes an answer back to pieces, to show it to others, stands here too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import discord
from discord import ui

from commands.cards import FIELD, Card
from commands.text import SourceLine, link, say, tappable

ROOM = 3900
"""Characters of all texts together: Discord takes 4,000, labels included."""
_MOST_TOLD = 5800
"""Characters of an embed's texts: Discord takes 6,000."""
_BUTTONS_IN_A_ROW = 5
"""What Discord takes."""
_ADDRESS = 512
"""Characters that Discord takes as the address of a button."""

Item: TypeAlias = ui.Item[ui.LayoutView]
Control: TypeAlias = ui.DynamicItem[Any]
"""A button or a menu that outlives a restart."""


@dataclass(frozen=True, slots=True)
class Controls:
    """What stands under a card: a menu, buttons, and an address where it is on the web."""

    menu: Control | None = None
    buttons: Sequence[Control] = ()
    link: str | None = None


def laid_out(
    card: Card,
    colour: discord.Colour,
    controls: Controls,
    picture: ui.MediaGallery[Any] | None = None,
) -> ui.LayoutView:
    """Lay a card out, as many of its lines and of its sources as there is room for."""
    card = with_mentions(card)
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*_parts(card, controls, picture), accent_colour=colour))
    # The client knows the buttons for good; a view that goes on would be kept with each message.
    view.stop()
    return view


def with_mentions(card: Card) -> Card:
    """Let the commands that a card names be tapped, where there is room for their ids."""
    fields = tuple(replace(field, value=tappable(field.value)) for field in card.fields)
    made = replace(
        card,
        title=tappable(card.title),
        description=tappable(card.description),
        fields=fields,
    )
    fits = len(made) <= _MOST_TOLD and all(len(field.value) <= FIELD for field in fields)
    return made if fits else card


def _parts(card: Card, controls: Controls, picture: ui.MediaGallery[Any] | None) -> Iterator[Item]:
    title = f"### {card.title}" if card.title else ""
    author = f"-# {card.author}" if card.author else ""
    footer = f"-# {tappable(card.footer)}" if card.footer else ""
    fields = [f"**{field.name}**\n{field.value}" for field in card.fields]
    room = ROOM - sum(map(len, (author, card.above, title, footer, *fields)))
    body = _cut(card.description, room)
    yield ui.TextDisplay("\n".join(part for part in (author, card.above, title, body) if part))
    yield from (ui.TextDisplay(field) for field in fields)
    if picture is not None:
        yield picture
    yield from _sources(card, room - len(body))
    if footer:
        yield ui.TextDisplay(footer)
    yield from _rows(controls)


def _cut(text: str, room: int) -> str:
    """Return as many lines of a text as there is room for."""
    if len(text) <= room:
        return text
    return text[:room].rpartition("\n")[0]


def _sources(card: Card, room: int) -> Iterator[Item]:
    if not card.sources:
        return
    opening = card.opening
    section = _section(opening) if opening else None
    if opening and section:
        room -= len(_beside(opening))
        yield ui.Separator()
        yield section
    rest = [one for one in card.sources if section is None or one != opening]
    lines = list(_listed(rest, card.titled, room))
    if lines:
        yield ui.TextDisplay("\n".join(lines))


def _listed(sources: Sequence[SourceLine], titled: frozenset[int], room: int) -> Iterator[str]:
    """List the publications, without their links where there is no room; what is cut is said."""
    bare = [f"-# {one.named}" for one in sources]
    more = f"-# {say('… more under `/source`')}"
    for at, source in enumerate(sources):
        told = f"-# {source.whole if source.number in titled else source.brief}"
        left = sum(len(line) + 1 for line in bare[at + 1 :])
        line = told if len(told) + 1 + left <= room else bare[at]
        room -= len(line) + 1
        if room < (len(more) + 1 if left else 0):
            yield more
            return
        yield line


def _section(source: SourceLine) -> ui.Section[Any] | None:
    url = source.url or ""
    if not url.startswith(("https://", "http://")) or len(url) > _ADDRESS:
        return None
    button: ui.Button[Any] = ui.Button(label=say("Read"), url=url)
    return ui.Section(ui.TextDisplay(_beside(source)), accessory=button)


def _beside(source: SourceLine) -> str:
    return f"-# {source.named}\n-# {source.title}"


def _rows(controls: Controls) -> Iterator[Item]:
    menu: ui.Item[Any] | None = controls.menu
    if menu is not None:
        yield ui.ActionRow(menu)
    buttons: list[ui.Item[Any]] = list(controls.buttons)
    if controls.link:
        buttons.append(ui.Button(label=say("Open"), url=controls.link))
    for start in range(0, len(buttons), _BUTTONS_IN_A_ROW):
        yield ui.ActionRow(*buttons[start : start + _BUTTONS_IN_A_ROW])


# ------------------------------------------------------------------ read back


def texts(components: Iterable[Any]) -> Iterator[str]:
    """Return what can be read in the components of a message, in its order."""
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        else:
            yield from texts(getattr(one, "children", ()))


def shown_text(components: Iterable[Any]) -> Iterator[str]:
    """Return the text of a message as a card can hold it, each button to an article as a link."""
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        elif isinstance(one, discord.SectionComponent):
            address = one.accessory.url if isinstance(one.accessory, discord.Button) else None
            first, *rest = "\n".join(texts(one.children)).splitlines()
            read = link(say("Read"), address)
            yield "\n".join([f"{first} · {read}" if address else first, *rest])
        else:
            yield from shown_text(getattr(one, "children", ()))


def links(components: Iterable[Any]) -> Iterator[str]:
    """Return where the buttons in the rows of a message lead, those to the articles aside."""
    for one in components:
        if isinstance(one, discord.Button):
            if one.url:
                yield one.url
        else:
            yield from links(getattr(one, "children", ()))


def pressable(components: Iterable[Any]) -> Iterator[discord.Button | discord.SelectMenu]:
    """Return the buttons and menus of a message that have an id."""
    for one in components:
        if isinstance(one, discord.Button | discord.SelectMenu):
            if one.custom_id:
                yield one
        else:
            yield from pressable(getattr(one, "children", ()))
