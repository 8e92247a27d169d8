"""The button under a topic about which nothing is on file yet: it adds the first claim."""

import re

import discord

from commands.chat import App, Interaction, LastingButton, UnsavedRecord, actor_of, proposer
from commands.curation.writing.drafts import open_form
from commands.text import say
from knowledge.curation import ClaimForm

_LONGEST = 80
"""Characters of an id, as everywhere in the buttons."""


class AddButton(LastingButton, template=r"add:(?P<topic>[a-z0-9-]{1,80})"):
    """Opens the form of a claim on a topic."""

    @classmethod
    def under(cls, interaction: Interaction, topic: str) -> "AddButton | None":
        """Make the button for whoever may add or propose here."""
        if interaction.client.base is None or not actor_of(interaction).can_propose:
            return None
        if len(topic) > _LONGEST:
            return None
        return cls(f"add:{topic}", say("Add a claim"), discord.ButtonStyle.primary)

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Open the form, which asks for the speaker and the source first."""
        proposer(interaction)
        form = ClaimForm(topic=found["topic"])
        asks = ("asserter", "source")
        unsaved = UnsavedRecord(interaction.user.id, interaction.guild_id, form, asks=asks)
        await open_form(interaction, unsaved)


def register(app: App) -> None:
    """Add the button."""
    app.add_dynamic_items(AddButton)
    app.to_add = AddButton.under
