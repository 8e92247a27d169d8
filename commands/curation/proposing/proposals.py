"""Proposals: claims that wait for a curator, with buttons that outlive a restart."""

import re
from dataclasses import replace
from typing import Self

import discord

from commands.cards import DESCRIPTION, Card, Tone, fitting
from commands.chat import (
    App,
    Interaction,
    LastingButton,
    Outcome,
    Reply,
    Texts,
    aside,
    code,
    curation_of,
    curator,
    in_words,
    note,
    proposer,
    respond,
    revise,
    show_form,
    tell,
    turning,
    unhurried,
    wait,
)
from commands.curation.writing import editing, form_of, lines, on_file, open_form, rows
from commands.text import clip, plain, say
from knowledge.curation import Actor, Decided, Proposal
from knowledge.model import AnyRecord, Status
from knowledge.store import Conflict, StoreError
from knowledge.workspaces import Workspace

_REASON_LIMIT = 300
"""Characters; as many as the option `reason` of the commands takes (chosen by eye)."""
_REASON = "reason"
_ENDS = {Status.ACTIVE: "Approved", Status.RETRACTED: "Rejected", Status.SUPERSEDED: "Superseded"}


# ------------------------------------------------------------------ what is shown


def proposal_reply(app: App, actor: Actor, claim: str) -> Reply:
    """Show a proposal as it stands now, whatever has become of it.

    Raises:
        NotVisible: there is no such claim here.
    """
    curation = curation_of(app)
    workspace = workspace_of(app, actor)
    for one in curation.pending(actor):
        if one.claim.id == claim:
            return card(workspace, one)
    record = curation.find(actor, "claim", claim).record
    last = curation.history(actor, "claim", claim)[-1]
    end = _ENDS.get(getattr(record, "status", Status.ACTIVE), "Decided")
    why = f": {plain(last.why, _REASON_LIMIT)}" if end == "Rejected" else ""
    return _closed(
        workspace, record, say("{end} by {who}{why}", end=end, who=plain(last.who, 80), why=why)
    )


def workspace_of(app: App, actor: Actor) -> Workspace:
    """Return the workspace of somebody's place, also outside of a request of theirs."""
    return app.base.workspaces.of(actor.workspace) if app.base else app.workspace


def card(workspace: Workspace, proposal: Proposal, position: str = "") -> Reply:
    """Show a proposal with its buttons; they go on working after a restart."""
    claim = proposal.claim
    text = [
        say(
            "-# Proposed by {by}, {when}",
            by=plain(proposal.by, 100),
            when=discord.utils.format_dt(proposal.at, "R"),
        ),
        *lines(rows(workspace, claim)),
    ]
    footer = say("{id} · revision {revision}", id=clip(claim.id, 90), revision=proposal.revision)
    card = Card(
        say("Proposal{position}", position=position), fitting(text, DESCRIPTION), footer=footer
    )
    of = f"{proposal.revision}:{claim.id}"
    buttons = [
        ProposalButton(f"p:a:{of}", say("Approve"), discord.ButtonStyle.success),
        ProposalButton(f"p:e:{of}", say("Edit")),
        ProposalButton(f"p:r:{of}", say("Reject"), discord.ButtonStyle.danger),
    ]
    return Reply(card, buttons, private=True)


def _closed(workspace: Workspace, record: AnyRecord, outcome: str) -> Reply:
    text = fitting([f"**{outcome}**", *lines(rows(workspace, record))], DESCRIPTION)
    card = Card(say("Proposal"), text, footer=clip(record.id, 90), tone=Tone.NOTE)
    return Reply(card, private=True)


# ------------------------------------------------------------------ buttons


class ProposalButton(
    LastingButton,
    template=r"p:(?P<act>[aer]):(?P<revision>\d{1,10}):(?P<claim>[a-z0-9-]{1,80})",
):
    """Decides on a proposal, or opens it to be reworded."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Approve it, open its form, or ask why it is rejected."""
        curator(interaction)
        claim, seen = found["claim"], int(found["revision"])
        if found["act"] == "a":
            await _decide(interaction, claim, seen, None)
        elif found["act"] == "e":
            await _edit(interaction, claim, seen)
        else:
            await _ask_why(interaction, claim, seen)


async def _decide(interaction: Interaction, claim: str, seen: int, reason: str | None) -> None:
    """Approve or reject in the message whose button was pressed; the store knows who was first."""
    actor = curator(interaction)
    app = interaction.client
    await interaction.response.defer()
    curation = curation_of(app)
    late = ""
    try:
        if reason is None:
            await curation.approve(actor, claim, seen=seen)
        else:
            await curation.reject(actor, claim, reason=reason, seen=seen)
    except Decided as error:
        late = in_words(str(error))
    except Conflict:
        late = _moved()
    try:
        reply = await aside(interaction, lambda: proposal_reply(app, actor, claim))
    except StoreError:
        if late:
            raise
        reply = _decided(claim, reason)
    await revise(interaction, reply)
    if late:
        await tell(interaction, note(plain(late, 500), outcome=Outcome.REFUSED))


def _decided(claim: str, reason: str | None) -> Reply:
    if reason is None:
        return note(say("**Approved** {code}. It counts from now on.", code=code(claim)))
    return note(
        say("**Rejected** {code}: {reason}", code=code(claim), reason=plain(reason, _REASON_LIMIT))
    )


def _moved() -> str:
    return say("It was edited since this message was written. This is how it stands now.")


async def _edit(interaction: Interaction, claim: str, seen: int) -> None:
    actor = curator(interaction)
    app = interaction.client
    held = await on_file(interaction, actor, "claim", claim)
    if held.revision == seen:
        await open_form(interaction, editing(interaction, held, form_of(held.record)))
        return
    await revise(interaction, await aside(interaction, lambda: proposal_reply(app, actor, claim)))
    await tell(interaction, note(_moved(), outcome=Outcome.REFUSED))


async def _ask_why(interaction: Interaction, claim: str, seen: int) -> None:
    """Ask why a proposal is rejected, and reject it then."""
    modal = discord.ui.Modal(title=say("Reject this proposal"))
    reason: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=_REASON, max_length=_REASON_LIMIT, style=discord.TextStyle.paragraph
    )
    told = say("It stands in the history")
    modal.add_item(discord.ui.Label(text=say("Reason"), description=told, component=reason))

    async def sent(answered: Interaction, texts: Texts) -> None:
        await _decide(answered, claim, seen, texts.get(_REASON, "")[:_REASON_LIMIT])

    await show_form(interaction, modal, sent)


# ------------------------------------------------------------------ commands


class PendingButton(LastingButton, template=r"q:(?P<page>\d{1,5})"):
    """Turns to another proposal that waits."""

    @classmethod
    def at(cls, page: int, label: str) -> list[Self]:
        """Make the button to a page."""
        return cls.fitting(f"q:{page}", label)

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Show it in the place of this one."""
        actor, app = proposer(interaction), interaction.client
        reply = await unhurried(
            interaction,
            lambda: pending_reply(app, actor, int(found["page"])),
            interaction.response.defer,
        )
        await revise(interaction, reply)


def pending_reply(app: App, actor: Actor, page: int = 0) -> Reply:
    """Show one of the proposals that wait, the oldest first; a contributor sees their own."""
    curation = curation_of(app)
    waiting = curation.pending(actor) if actor.can_curate else curation.own_pending(actor)
    if not waiting:
        words = (
            say("No proposals wait here.")
            if actor.can_curate
            else say("None of your proposals waits; /mine shows what became of them.")
        )
        return note(words, outcome=Outcome.SILENT)
    page = min(page, len(waiting) - 1)
    reply = card(
        app.workspace,
        waiting[page],
        say(" {value} of {waiting}", value=page + 1, waiting=len(waiting)),
    )
    if not actor.can_curate:
        words = say("Waits for a curator. /claim edit rewords it.")
        shown = replace(reply.card, description=f"{reply.card.description}\n-# {words}")
        reply = replace(reply, card=shown, buttons=())
    on = turning(PendingButton.at, page, len(waiting) - 1, say("Next ▶"))
    return replace(reply, buttons=[*reply.buttons, *on])


async def decide(interaction: Interaction, claim: str, reason: str | None) -> None:
    """Approve a proposal by its id, or reject it where there is a reason."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        curation = curation_of(interaction.client)
        seen = (await on_file(interaction, actor, "claim", claim)).revision
        if reason is None:
            await curation.approve(actor, claim, seen=seen)
        else:
            await curation.reject(actor, claim, reason=reason, seen=seen)
        return _decided(claim, reason)

    await respond(interaction, make)
