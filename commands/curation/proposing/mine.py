"""`/mine`: what a person has proposed and reported where they are, and what became of it."""

from collections.abc import Iterator

import discord
from discord import app_commands

from commands.cards import Card
from commands.chat import (
    App,
    Interaction,
    Outcome,
    Reply,
    actor_of,
    answer,
    base_of,
    curation_of,
    note,
)
from commands.curation.writing import named
from commands.reports import report_lines
from commands.text import plain, say
from knowledge.curation import Actor, OwnProposal
from knowledge.model import Status

_LISTED = 5
"""Of each kind, the newest: what fits on a phone (chosen by eye)."""


def register(app: App) -> None:
    """Add `/mine`."""
    app.tree.add_command(mine, override=True)


@app_commands.command(description="What you have proposed and reported, and what became of it")
async def mine(interaction: Interaction) -> None:
    """Answer, to the person alone, with what is theirs here."""
    app, actor = interaction.client, actor_of(interaction)
    await answer(interaction, lambda: mine_reply(app, actor), private=True)


def mine_reply(app: App, actor: Actor) -> Reply:
    """Return the newest proposals and reports of a person, each with what became of it."""
    base_of(app)
    own = curation_of(app).own_proposals(actor, _LISTED) if actor.workspace else []
    place = actor.workspace if _is_member(app, actor) else None
    reports = [one for one in base_of(app).reports.of(place) if one.report.person == actor.id]
    if not own and not reports:
        words = say("You have neither proposed a claim here nor reported an error.")
        return note(words, outcome=Outcome.SILENT)
    card = Card(say("Yours here"), say("The newest of what you have proposed and reported here."))
    if own:
        lines = [line for one in own for line in _lines(app, one)]
        card = card.with_lines(say("Proposed"), lines)
    if reports:
        lines = [line for one in reports[: -_LISTED - 1 : -1] for line in report_lines(one)]
        card = card.with_lines(say("Reported"), lines)
    return Reply(card, private=True)


def _is_member(app: App, actor: Actor) -> bool:
    """Whether the bot is in the server: what is reported elsewhere is for whoever runs it."""
    return actor.workspace is not None and app.get_guild(int(actor.workspace)) is not None


def _lines(app: App, one: OwnProposal) -> Iterator[str]:
    yield f"- **{outcome(one)}** {named(app.workspace, one.claim, 160)}"
    when = discord.utils.format_dt(one.at, "R")
    turned_down = one.state is Status.RETRACTED
    why = f" · {plain(one.why, 200)}" if turned_down else ""
    withdrawn = one.claim.status is Status.RETRACTED and not turned_down
    since = f" · {say('withdrawn since')}" if withdrawn else ""
    yield f"-# {when}{why}{since}"


def outcome(one: OwnProposal) -> str:
    """Say what became of a proposal."""
    match one.state:
        case Status.PROPOSED:
            return say("Waits for a curator:")
        case Status.RETRACTED:
            return say("Turned down by {name}:", name=plain(one.by, 80))
        case _:
            return say("Approved by {name}:", name=plain(one.by, 80))
