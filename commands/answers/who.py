"""`/who`: everything that a person, a body, a country or an outlet has said, over all topics."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Self

from discord import app_commands

from commands.answers.figures import said_menu
from commands.answers.lists import list_reply
from commands.cards import AnswerDigest, said_card
from commands.chat import (
    PRIVATE,
    App,
    Button,
    Choices,
    Interaction,
    Reply,
    ScreenButton,
    answer,
    choice,
    complete_by,
    offered,
    refusal,
    whose_key,
    whose_of,
)
from commands.text import Addresses, clip, say
from knowledge.library import CHOICES, By, NotOnFile

_OUTLETS = 5
"""Outlets that are offered below the people and countries (chosen by eye)."""


def register(app: App) -> None:
    """Add `/who` and its buttons."""
    app.tree.add_command(who, override=True)
    app.add_dynamic_items(WhoButton)


async def complete_who(interaction: Interaction, current: str) -> Choices:
    """Offer people, bodies and countries by how much they have said, and then outlets."""
    found = await complete_by(interaction, current)
    app = interaction.client

    def outlets() -> Choices:
        sources = app.workspace.lookup.complete_sources(current, _OUTLETS)
        names = dict.fromkeys(clip(source.publisher, 100) for source in sources)
        return [choice(name, name) for name in names]

    named = {one.name for one in found}
    more = await offered(interaction, outlets) if current.strip() else []
    return [*found, *(one for one in more if one.name not in named)][:CHOICES]


@app_commands.command(description="Everything that one speaker has said, with denials, by topic")
@app_commands.describe(
    name="A person, an organisation, a country in any language, or an outlet", private=PRIVATE
)
@app_commands.autocomplete(name=complete_who)
async def who(interaction: Interaction, name: str, private: bool | None = None) -> None:
    """Answer with what somebody has said, over all topics."""
    app = interaction.client
    await answer(interaction, lambda: who_reply(app, name), private=private)


class WhoButton(
    ScreenButton,
    template=rf"who:(?P<how>[opst]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:(?P<by>.+)",
):
    """Shows a page of what somebody has said."""

    @classmethod
    def to_open(cls, app: App, by: By) -> list[Self]:
        """Make the button that shows everything somebody has said, where they have a short name."""
        label = say("All by {name}", name=_short_name(app, by))
        return cls.at(by, "o", 0, AnswerDigest(app.workspace.library.revision), label)

    @classmethod
    def at(cls, by: By, how: str, page: int, digest: AnswerDigest, label: str) -> list[Self]:
        """Make the button to a page, where the custom id has room for who it is."""
        return cls.fitting(f"who:{how}:{page}:{digest.encode()}:{whose_key(by)}", label)

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        return said_reply(app, whose_of(app, found["by"]), int(found["page"]))


def _short_name(app: App, by: By) -> str:
    """Return a person without their office, and anybody else as they are called."""
    one = next(iter(by.asserters), None) if len(by.asserters) == 1 else None
    person = app.workspace.library.asserter(one).person if one else None
    return person or by.label


def who_buttons(app: App, names: Iterable[str]) -> list[Button]:
    """Make a button for each of the people that a name may have meant, by their ids."""
    library = app.workspace.library
    known = (one for one in names if one in library.asserters)
    people = (By(library.name(one), frozenset({one})) for one in known)
    return [button for by in people for button in WhoButton.to_open(app, by)]


def who_reply(app: App, name: str) -> Reply:
    """Return what somebody has said, or who else may be meant."""
    try:
        by = app.workspace.lookup.by(name)
    except NotOnFile as error:
        return refusal(error, who_buttons(app, error.nearest))
    return said_reply(app, by)


def said_reply(app: App, by: By, page: int = 0) -> Reply:
    """Return a page of what some have said."""
    library = app.workspace.library
    card = said_card(library, app.workspace.said(by))
    button = partial(WhoButton.at, by)
    reply = list_reply(app, card, page, button, lambda at: _address(at, by))
    return replace(reply, menu=said_menu(app, card, by))


def _address(at: Addresses, by: By) -> str | None:
    """Return where one asserter stands on the web; a country or an outlet has no page there."""
    one = len(by.asserters) == 1 and not by.via and not by.sources
    return at.asserter(next(iter(by.asserters))) if one else None
