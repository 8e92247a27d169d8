"""`/about`: which program answers here, on which data, and since when."""

from datetime import datetime
from importlib.metadata import PackageNotFoundError, metadata

import discord
from babel.dates import format_timedelta
from discord import app_commands
from discord.utils import format_dt

from commands.chat import ACCENT, App, Interaction, Reply, answer
from commands.text import claims, link, many, number, plain, publications, say, spoken

_NAME = "Claimbot"


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
    name, links = _program()
    contents = app.workspace.contents()
    embed = discord.Embed(title=name, description=_purpose(), colour=ACCENT)
    embed.add_field(name=say("Database revision"), value=number(contents.revision))
    held = say(
        "{claims} on {topics}, from {publications}",
        claims=claims(contents.claims),
        topics=many("{count} topic", "{count} topics", len(contents.topics)),
        publications=publications(contents.sources),
    )
    embed.add_field(name=say("On file"), value=held)
    if app.started is not None:
        embed.add_field(name=say("Uptime"), value=_since(app.started))
    if links:
        embed.add_field(name=say("More"), value=" · ".join(links), inline=False)
    return Reply(embed, private=True)


def _purpose() -> str:
    return say("Answers from a curated database of claims, each figure with its citation.")


def _since(moment: datetime) -> str:
    lasted = format_timedelta(discord.utils.utcnow() - moment, locale=spoken())
    return say("{lasted}, since {moment}", lasted=lasted, moment=format_dt(moment, "f"))


def _program() -> tuple[str, list[str]]:
    """Return what the installed package says of itself: its name with the version, links."""
    try:
        told = metadata("claimbot")
    except PackageNotFoundError:
        return _NAME, []
    addresses = (each.split(", ", 1) for each in told.get_all("Project-URL") or [])
    links = [link(plain(label, 60), url) for label, url in addresses if url.startswith("https://")]
    return f"{_NAME} {told['Version']}", links[:5]
