"""Records that ship: a server does not change them, and may say otherwise in its own name."""

import re
from collections.abc import Awaitable, Callable

from commands.chat import (
    Interaction,
    LastingButton,
    Reply,
    UnsavedRecord,
    proposer,
    refusal,
    tell,
)
from commands.curation.writing.drafts import on_file, open_form
from commands.text import say
from knowledge.curation import ClaimForm, SharedRecord
from knowledge.model import Claim


class DisputeButton(LastingButton, template=r"d:(?P<claim>[a-z0-9-]{1,80})"):
    """Begins a claim that disputes one which cannot be changed from here."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Open the form of a claim, with what it disputes filled in."""
        actor = proposer(interaction)
        held = await on_file(interaction, actor, "claim", found["claim"])
        topic = held.record.topic if isinstance(held.record, Claim) else ""
        form = ClaimForm(topic=topic, relation="disputes", relates_to=found["claim"])
        person, guild = interaction.user.id, interaction.guild_id
        asks = ("asserter", "source")
        await open_form(interaction, UnsavedRecord(person, guild, form, asks=asks))


def refused(error: SharedRecord) -> Reply:
    """Say why a record that ships stays as it is, and offer to dispute a claim."""
    button = DisputeButton(f"d:{error.record}", say("Dispute it"))
    return refusal(error, [button] if error.kind == "claim" else [])


async def answering(make: Callable[[], Awaitable[Reply]]) -> Reply:
    """Return what `make` does, or the refusal to change a record that ships."""
    try:
        return await make()
    except SharedRecord as error:
        return refused(error)


async def changing(interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
    """Do some work, or tell the person that a record ships and stays as it is."""
    try:
        await work()
    except SharedRecord as error:
        await tell(interaction, refused(error))
