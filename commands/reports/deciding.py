"""Where reported errors go, and who decides on them: curators, or else an owner."""

import logging
import re
from dataclasses import replace
from enum import Enum, auto
from typing import Self

import discord

from commands.chat import (
    UNSENT,
    App,
    Button,
    Gone,
    Interaction,
    LastingButton,
    Outcome,
    Refused,
    Reply,
    Texts,
    base_of,
    curator,
    embed_of,
    note,
    review_channel,
    revise,
    saved,
    settings_of,
    show_form,
    speak_for,
    tell,
    turning,
    unhurried,
    view_of,
    write_to,
)
from commands.reports.words import news_card, outcome, report_card
from commands.text import plain, say, speak
from knowledge.curation import Actor, NotAllowed
from knowledge.records import is_blank
from knowledge.servers import LONGEST_LINE, Filed, ReportState, Settled

_log = logging.getLogger(__name__)
_LINE = "line"
_ACTS = {"m": ReportState.MENDED, "n": ReportState.NO_ERROR}


def register(app: App) -> None:
    """Answer the buttons under a report."""
    app.add_dynamic_items(DecisionButton, ErrorsButton)


# ------------------------------------------------------------------ where it goes


class Arrived(Enum):
    """Who was told of a report."""

    CURATORS = auto()
    OWNER = auto()
    OPERATOR = auto()
    NOBODY = auto()


def place_of_report(interaction: Interaction) -> str | None:
    """Return whose a report is: the server's, or of whoever runs the bot where it is in none."""
    guild = interaction.guild_id
    inside = guild is not None and interaction.client.get_guild(guild) is not None
    return str(guild) if inside else None


async def deliver(app: App, filed: Filed) -> Arrived:
    """Show a report to those who decide on it, in their server's language."""
    server = _server(app, filed.place)
    _speak_there(app, server)
    reply = await app.pool.run(server.id if server else 0, lambda: report_reply(app, filed))
    if server is None:
        _log.warning("Report %s was made in a direct message", filed.key)
        operator = operator_of(app)
        told = operator and await write_to(app, operator, reply.card, reply.buttons)
        return Arrived.OPERATOR if told else Arrived.NOBODY
    channel = review_channel(app, server.id)
    if channel is not None and await _posted(channel, reply):
        return Arrived.CURATORS
    if server.owner_id and await write_to(app, server.owner_id, reply.card, reply.buttons):
        return Arrived.OWNER
    return Arrived.NOBODY


async def _posted(channel: discord.TextChannel, reply: Reply) -> bool:
    try:
        await channel.send(
            embed=embed_of(reply.card), view=view_of(reply.buttons) or discord.utils.MISSING
        )
    except UNSENT as error:
        _log.warning("A report was not posted in channel %d: %s", channel.id, error)
        return False
    return True


def _server(app: App, place: str | None) -> discord.Guild | None:
    return app.get_guild(int(place)) if place and place.isdecimal() else None


async def _found(app: App, place: str | None) -> discord.Guild | None:
    """Return a server, also one that falls to another process: its owner may write in private."""
    server = _server(app, place)
    if server is not None or place is None or not place.isdecimal() or app.serves(int(place)):
        return server
    try:
        return await app.fetch_guild(int(place), with_counts=False)
    except UNSENT as error:
        _log.info("Server %s cannot be asked for: %s", place, error)
        return None


def _speak_there(app: App, server: discord.Guild | None) -> None:
    language = settings_of(app, server.id).language if server else None
    speak(language or discord.Locale.american_english.value)


def operator_of(app: App) -> int | None:
    """Return the id of whom Discord names as the person who runs the bot."""
    info = app.application
    if info is None:
        return None
    return (info.team.owner_id if info.team else None) or info.owner.id


# ------------------------------------------------------------------ what is shown


def report_reply(app: App, filed: Filed, position: str = "") -> Reply:
    """Show a report, with its buttons as long as it waits; they go on working after a restart."""
    card = report_card(app, filed, position)
    buttons: list[Button] = []
    if filed.report.state is ReportState.OPEN:
        buttons = [
            DecisionButton(f"er:m:{filed.key}", say("Mended"), discord.ButtonStyle.success),
            DecisionButton(f"er:n:{filed.key}", say("Not an error")),
        ]
    return Reply(card, buttons, private=True)


def errors_reply(app: App, actor: Actor, page: int = 0) -> Reply:
    """Show one of the reports of a server that wait, the oldest first."""
    waiting = base_of(app).reports.waiting(actor.workspace)
    if not waiting:
        return note(say("No reported error waits here."), outcome=Outcome.SILENT)
    page = min(page, len(waiting) - 1)
    reply = report_reply(app, waiting[page], f" {page + 1}/{len(waiting)}")
    on = turning(ErrorsButton.at, page, len(waiting) - 1, say("Next ▶"))
    return replace(reply, buttons=[*reply.buttons, *on])


class ErrorsButton(LastingButton, template=r"eq:(?P<page>\d{1,5})"):
    """Turns to another report that waits."""

    @classmethod
    def at(cls, page: int, label: str) -> list[Self]:
        """Make the button to a page."""
        return cls.fitting(f"eq:{page}", label)

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Show it in the place of this one."""
        actor, app = curator(interaction), interaction.client
        reply = await unhurried(
            interaction,
            lambda: errors_reply(app, actor, int(found["page"])),
            interaction.response.defer,
        )
        await revise(interaction, reply)


# ------------------------------------------------------------------ deciding


class DecisionButton(LastingButton, template=r"er:(?P<act>[mn]):(?P<key>[0-9a-f]{16})"):
    """Decides on a report, with a line for whoever reported it."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Ask for the line."""
        app, key, state = interaction.client, found["key"], _ACTS[found["act"]]
        filed = await saved(lambda: base_of(app).reports.find(key))
        if filed is None:
            raise Gone
        await _judge(interaction, filed)
        if filed.report.state is not ReportState.OPEN:
            await _late(interaction, filed)
            return

        async def sent(answered: Interaction, texts: Texts) -> None:
            await _decide(answered, filed, state, texts.get(_LINE, ""))

        await show_form(interaction, _form(state), sent)


def _form(state: ReportState) -> discord.ui.Modal:
    refused = state is ReportState.NO_ERROR
    modal = discord.ui.Modal(title=say("Not an error") if refused else say("Mended"))
    line: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=_LINE,
        max_length=LONGEST_LINE,
        style=discord.TextStyle.paragraph,
        required=refused,
    )
    told = say("Whoever reported it reads this")
    text = say("Why it is none") if refused else say("What was mended")
    modal.add_item(discord.ui.Label(text=text, description=told, component=line))
    return modal


async def _judge(interaction: Interaction, filed: Filed) -> Actor:
    """Return who decides on a report: a curator there, its owner, or whoever runs the bot.

    Raises:
        NotAllowed: it is none of them.
    """
    user, app = interaction.user, interaction.client
    if filed.place is not None and interaction.guild_id == int(filed.place):
        return curator(interaction)
    server = await _found(app, filed.place)
    owner = server.owner_id if server else operator_of(app) if filed.place is None else None
    if user.id != owner:
        raise NotAllowed(say("Only those whom this report was sent to can decide on it."))
    return Actor(user.display_name, str(user.id), filed.place, can_curate=True)


async def _decide(interaction: Interaction, filed: Filed, state: ReportState, line: str) -> None:
    actor, app = await _judge(interaction, filed), interaction.client
    if state is ReportState.NO_ERROR and is_blank(line):
        raise Refused(say("Say in a line why it is no error: whoever reported it reads that."))
    await interaction.response.defer()
    reports = base_of(app).reports
    try:
        settled = await saved(
            lambda: reports.decide(filed, actor.signature, actor.name, state, line)
        )
    except Settled as late:
        await _late(interaction, late.filed)
        return
    await _show(interaction, settled)
    if not await _tell_reporter(app, settled):
        speak_for(interaction, private=True)
        words = say(
            "{name} takes no direct messages from me; /mine shows them what became of it.",
            name=plain(settled.report.name, 80),
        )
        await tell(interaction, note(words))


async def _late(interaction: Interaction, filed: Filed) -> None:
    await _show(interaction, filed)
    words = say("This report was decided on already: {outcome}.", outcome=outcome(filed))
    await tell(interaction, note(words, outcome=Outcome.REFUSED))


async def _show(interaction: Interaction, filed: Filed) -> None:
    """Show in the place of the message how a report stands."""
    app = interaction.client
    reply = await unhurried(
        interaction, lambda: report_reply(app, filed), interaction.response.defer
    )
    await revise(interaction, reply)


async def _tell_reporter(app: App, filed: Filed) -> bool:
    """Write to whoever reported it, in their language."""
    server = await _found(app, filed.place)
    speak(filed.report.locale)
    card = news_card(filed, server.name if server else "")
    return await write_to(app, int(filed.report.person), card)
