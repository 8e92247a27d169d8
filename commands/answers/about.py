"""`/about`: which program answers here, on which data, since when, and who looks after the data."""

from collections.abc import Iterator

import discord
from discord import app_commands

from commands.cards import about_card
from commands.chat import (
    App,
    Interaction,
    Reply,
    answer,
    named_roles,
    review_channel,
    settings_of,
)
from commands.text import say


def register(app: App) -> None:
    """Add `/about`."""
    app.tree.add_command(about, override=True)


@app_commands.command(description="Which version answers, on which data, and who looks after it")
async def about(interaction: Interaction) -> None:
    """Answer with what runs here."""
    await answer(interaction, lambda: about_reply(interaction), private=True)


def about_reply(interaction: Interaction) -> Reply:
    """Return, in private, the program's version, its database, and how things are here."""
    app, now = interaction.client, discord.utils.utcnow()
    here = list(_here(interaction)) if interaction.guild_id is not None else []
    card = about_card(app.workspace.contents(), app.started, now, here, app.links)
    return Reply(card, private=True)


def _here(interaction: Interaction) -> Iterator[str]:
    """Say who may curate in this server, where proposals wait, and what is kept of questions."""
    app, guild = interaction.client, interaction.guild_id
    if app.base is None or guild is None or app.get_guild(guild) is None:
        yield say("I am no member of this server, so nothing is added to the file from here.")
        return
    curators = [*named_roles(interaction, "curator"), say("whoever has Manage Server")]
    yield say("Curators: {roles}", roles=", ".join(curators))
    if contributors := named_roles(interaction, "contributor"):
        yield say("Contributors, who propose: {roles}", roles=", ".join(contributors))
    channel = review_channel(app, guild)
    if channel is None:
        yield say("Review: off; curators find proposals under /claim pending.")
    else:
        yield say("Review: proposals wait in {channel}.", channel=channel.mention)
    if settings_of(app, guild).published is not None and app.addresses is not None:
        where = app.addresses.server(str(guild)).home()
        yield say("What is on file here is public: {address}", address=where)
    if settings_of(app, guild).keep_questions:
        yield say(
            "Questions that find nothing are kept for 90 days, for the curators of this server."
        )
    else:
        yield say("Questions are not kept.")
