"""`/about`: which program answers here, on which data, and since when."""

import discord
from discord import app_commands

from commands.cards import about_card
from commands.chat import App, Interaction, Reply, answer


def register(app: App) -> None:
    """Add `/about`."""
    app.tree.add_command(about, override=True)


@app_commands.command(description="Which version answers, on which data, and since when")
async def about(interaction: Interaction) -> None:
    """Answer with what runs here."""
    app = interaction.client
    await answer(interaction, lambda: about_reply(app))


def about_reply(app: App) -> Reply:
    """Return, in private, the program's version, its database and how long it has been up."""
    now = discord.utils.utcnow()
    return Reply(about_card(app.workspace.contents(), app.started, now), private=True)
