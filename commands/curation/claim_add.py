"""`/claim add` and `/claim edit`: what was chosen is checked before the form opens."""

from collections.abc import Mapping
from dataclasses import replace

import discord

from commands.chat import (
    AT_ONCE,
    App,
    Interaction,
    Refused,
    UnsavedRecord,
    aside,
    proposer,
)
from commands.curation.writing import editing, form_of, given, on_file, open_form
from commands.text import say
from knowledge.curation import ClaimForm, NotAllowed
from knowledge.model import Claim, Status

Options = Mapping[str, str | None]


async def add_form(
    interaction: Interaction, options: Options, article: discord.Attachment | None = None
) -> None:
    """Open the form of a new claim; the article is read when the form is sent.

    Raises:
        NotAllowed: the person may neither add nor propose here.
        NotOnFile: the topic, the asserter or the source is not on file.
        Refused: it is not said where the claim stands.
    """
    proposer(interaction)
    app = interaction.client
    if not options.get("source") and article is None:
        raise Refused(say("Say where it stands: choose the source, or send the article with it."))
    chosen = await aside(interaction, lambda: _found(app, options), AT_ONCE)
    unsaved = UnsavedRecord(
        person=interaction.user.id,
        guild=interaction.guild_id,
        form=given(ClaimForm(), **chosen),
        sent=article,
    )
    await open_form(interaction, unsaved)


async def edit_form(interaction: Interaction, claim: str, options: Options) -> None:
    """Open the form of a claim on file.

    Raises:
        NotAllowed: the person may not change it.
        NotVisible: there is no such claim here.
        NotOnFile: the topic, the asserter or the source is not on file.
    """
    actor, app = proposer(interaction), interaction.client
    held = await on_file(interaction, actor, "claim", claim.strip())
    actor.require_home(held)
    waits = isinstance(held.record, Claim) and held.record.status is Status.PROPOSED
    if not actor.can_curate and not waits:
        raise NotAllowed(say("Only curators change what is on file here."))
    chosen = await aside(interaction, lambda: _found(app, options), AT_ONCE)
    unsaved = editing(interaction, held, form_of(held.record))
    await open_form(interaction, replace(unsaved, form=given(unsaved.form, **chosen)))


def _found(app: App, options: Options) -> dict[str, str | None]:
    """Turn names into ids, so that a slip is noticed before anything is typed into the form.

    Raises:
        NotOnFile: there is no such topic, asserter or source.
        Refused: a relation without its target.
        Several: more than one asserter bears the name.
    """
    lookup = app.workspace.lookup
    found = dict(options)
    if topic := options.get("topic"):
        found["topic"] = lookup.topic(topic).id
    if asserter := options.get("asserter"):
        found["asserter"] = lookup.asserter(asserter).id
    if source := options.get("source"):
        found["source"] = lookup.source(source).id
    if bool(options.get("relation")) != bool(options.get("relates_to")):
        raise Refused(say("`relation` and `relates-to` go together: how it bears, and on what."))
    return found
