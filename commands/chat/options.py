"""Options that several commands share: the window and the topic, read and completed."""

from collections.abc import Callable
from typing import Any, TypeVar

from discord import app_commands

from commands.cards import named, titled
from commands.chat.app import Interaction
from commands.chat.requests import AT_ONCE, aside
from commands.text import clip
from knowledge.model import ForPeople

CHOICE_LIMIT = 100
"""Characters that Discord takes for the name, and for the value, of a choice."""

_Callback = TypeVar("_Callback", bound=Callable[..., Any])
Choices = list[app_commands.Choice[str]]

_DESCRIPTIONS = {
    "since": "Only what speaks of this day or later: 2024-02, Feb 2024, last month",
    "until": "Only what speaks of this day or earlier: 2024-02-23, 2024",
    "known_by": "Only what had been asserted by this day: answers as if asked then",
    "by": "Only this person's, organisation's or country's claims",
}
PRIVATE = "Only you see the answer; left out, it is as this server has set"
"""What the option `private` of every command does that answers."""


def window_options(callback: _Callback) -> _Callback:
    """Name, describe and complete the options `since`, `until`, `known-by` and `by`."""
    named = app_commands.rename(known_by="known-by")(callback)
    completed = app_commands.autocomplete(by=complete_by)(named)
    return app_commands.describe(**_DESCRIPTIONS)(completed)


async def complete_topic(interaction: Interaction, current: str) -> Choices:
    """Offer the topics that a person may be about to type."""

    def make() -> Choices:
        topics = interaction.client.workspace.lookup.complete_topics(current)
        return [choice(titled(topic), topic.id) for topic in topics]

    return await offered(interaction, make)


async def complete_asserter(interaction: Interaction, current: str) -> Choices:
    """Offer the asserters that a person may be about to type."""

    def make() -> Choices:
        asserters = interaction.client.workspace.lookup.complete_asserters(current)
        return [choice(named(asserter), asserter.id) for asserter in asserters]

    return await offered(interaction, make)


async def complete_by(interaction: Interaction, current: str) -> Choices:
    """Offer the countries and asserters whose claims a person may be about to ask for."""

    def make() -> Choices:
        found = interaction.client.workspace.lookup.complete_by(current)
        return [choice(name, clip(value, CHOICE_LIMIT)) for name, value in found]

    return await offered(interaction, make)


async def offered(interaction: Interaction, make: Callable[[], Choices]) -> Choices:
    """Return the choices that `make` finds beside the event loop, or none where that is refused.

    There is no room for words in a list of choices.
    """
    try:
        return await aside(interaction, make, AT_ONCE)
    except ForPeople:
        return []


def choice(name: str, value: str) -> app_commands.Choice[str]:
    """Make a choice within Discord's limits; `value` is an id and fits."""
    return app_commands.Choice(name=clip(name, CHOICE_LIMIT) or value, value=value)
