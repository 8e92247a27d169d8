"""Options that several commands share: the window and the topic, read and completed."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from discord import app_commands

from commands.cards import named, titled
from commands.chat.app import App, Interaction
from commands.chat.picker.spans import days_offered
from commands.chat.running import AT_ONCE, aside
from commands.text import clip, country
from knowledge.library import months
from knowledge.model import ForPeople

CHOICE_LIMIT = 100
"""Characters that Discord takes for the name, and for the value, of a choice."""

_Callback = TypeVar("_Callback", bound=Callable[..., Any])
Choices = list[app_commands.Choice[str]]

_DESCRIPTIONS = {
    "since": "Only what speaks of this day or later: 2024-02, Feb 2024, last month",
    "until": "Only what speaks of this day or earlier: 2024-02-23, 2024",
    "known_by": "Only what had been said by that day: answers as if asked on it",
    "by": "Only this person's, organisation's or country's claims",
}
PRIVATE = "Only you see the answer; left out, it is as this server has set"
"""What the option `private` of every command does that answers."""


def window_options(callback: _Callback) -> _Callback:
    """Name, describe and complete the options `since`, `until`, `known-by` and `by`."""
    named = app_commands.rename(known_by="known-by")(callback)
    completed = app_commands.autocomplete(by=complete_by, **DAYS)(named)
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
    """Offer the countries and asserters whose claims a person may be about to ask for.

    In a topic's own command these are those who have spoken on it. Elsewhere they are not narrowed
    by the topic that was chosen: Discord keeps what it was offered when another option changes.
    """
    app, topic = interaction.client, _own_topic(interaction)

    def make() -> Choices:
        lookup = app.workspace.lookup
        found = lookup.complete_by(current, topic=_here(app, topic), name_of=country)
        return [choice(name, clip(value, CHOICE_LIMIT)) for name, value in found]

    return await offered(interaction, make)


def _completing(*, ends: bool, asserted: bool) -> "Completing":
    """Make what completes a date of which the beginning, or the end, counts."""

    async def complete(interaction: Interaction, current: str) -> Choices:
        app, topic = interaction.client, _own_topic(interaction)

        def make() -> Choices:
            on = _here(app, topic)
            held = months(app.workspace.library, on, asserted=asserted) if on else []
            found = days_offered(current, app.today(), held, ends=ends)
            return [choice(name, value) for name, value in found]

        return await offered(interaction, make)

    return complete


Completing = Callable[[Interaction, str], Awaitable[Choices]]
DAYS: dict[str, Any] = {
    "since": _completing(ends=False, asserted=False),
    "until": _completing(ends=True, asserted=False),
    "known_by": _completing(ends=True, asserted=True),
}
"""What completes each date of a window."""


def _own_topic(interaction: Interaction) -> str | None:
    """Return the topic whose own command somebody is typing."""
    found = interaction.command.extras.get("topic") if interaction.command else None
    return found if isinstance(found, str) else None


def _here(app: App, topic: str | None) -> str | None:
    return topic if topic in app.workspace.library.topics else None


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
