"""`/claim`: add, change, withdraw and review claims, read their history, import and export."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import discord
from discord import app_commands

from commands.answers import AUDIENCE
from commands.chat import (
    FOR_CURATORS,
    ONLY_MEMBERS,
    ONLY_SERVERS,
    App,
    Choices,
    Interaction,
    Reply,
    actor_of,
    attempt,
    choice,
    complete_asserter,
    complete_topic,
    curation_of,
    curator,
    offered,
    proposer,
    respond,
    think,
    unhurried,
)
from commands.curation import files as claim_files
from commands.curation import from_article as claim_drafts
from commands.curation import history as claim_history
from commands.curation.claim_add import add_form, edit_form
from commands.curation.proposing import PendingButton, ProposalButton, decide, pending_reply
from commands.curation.writing import (
    DisputeButton,
    DraftButton,
    ShowButton,
    UndoButton,
    changing,
    named,
)
from commands.reports import errors_reply
from commands.text import say
from knowledge.curation import Actor
from knowledge.interchange import FORMS
from knowledge.library import CHOICES
from knowledge.model import Claim, LinkKind, Status
from knowledge.workspaces import Workspace

_Written = TypeVar("_Written", bound=Callable[..., Any])
_REASON = app_commands.Range[str, 1, 300]
_RELATIONS = [app_commands.Choice(name=kind.value, value=kind.value) for kind in LinkKind]
_FORMS = [app_commands.Choice(name=form.title, value=form.name) for form in FORMS.values()]

claim = app_commands.Group(
    name="claim",
    description="For curators: add and correct claims",
    allowed_contexts=ONLY_SERVERS,
    allowed_installs=ONLY_MEMBERS,
    default_permissions=FOR_CURATORS,
    extras={AUDIENCE: lambda interaction: actor_of(interaction).can_propose},
)


_OF_PROPOSERS = frozenset({"add", "edit", "pending"})
"""What contributors may use as well; the group's own audience lets them see it."""


def _curates(interaction: Interaction) -> bool:
    return actor_of(interaction).can_curate


def register(app: App) -> None:
    """Add `/claim` and every button of its flows."""
    for each in claim.commands:
        if each.name not in _OF_PROPOSERS:
            each.extras[AUDIENCE] = _curates
    app.tree.add_command(claim, override=True)
    app.add_dynamic_items(
        DraftButton,
        UndoButton,
        ShowButton,
        DisputeButton,
        claim_history.HistoryButton,
        ProposalButton,
        PendingButton,
        claim_files.ImportButton,
        claim_drafts.ArticleButton,
    )


# ------------------------------------------------------------------ completion


async def complete_source(interaction: Interaction, current: str) -> Choices:
    """Offer the sources that a person may be about to type."""
    app = interaction.client

    def make() -> Choices:
        found = app.workspace.lookup.complete_sources(current)
        return [choice(f"{source.publisher}: {source.title}", source.id) for source in found]

    return await offered(interaction, make)


async def complete_active(interaction: Interaction, current: str) -> Choices:
    """Offer claims that are neither proposed nor retracted."""
    return await _near(interaction, current, {Status.ACTIVE, Status.SUPERSEDED})


async def complete_any(interaction: Interaction, current: str) -> Choices:
    """Offer claims, withdrawn ones too, to those who may change them."""
    proposes = actor_of(interaction).can_propose
    return await _near(interaction, current, set(Status)) if proposes else []


async def complete_retracted(interaction: Interaction, current: str) -> Choices:
    """Offer retracted claims to curators."""
    curates = actor_of(interaction).can_curate
    return await _near(interaction, current, {Status.RETRACTED}) if curates else []


async def _near(interaction: Interaction, current: str, among: set[Status]) -> Choices:
    app = interaction.client

    def make() -> Choices:
        workspace = app.workspace
        found = workspace.complete_claims(
            current, among=lambda entry: entry.status in among, by_words=True
        )
        return _claims(workspace, workspace.library.claims(entry.id for entry in found))

    return await offered(interaction, make)


async def complete_pending(interaction: Interaction, current: str) -> Choices:
    """Offer proposals that wait to curators."""
    actor = actor_of(interaction)
    if not actor.can_curate:
        return []
    app, wanted = interaction.client, current.strip().casefold()

    def make() -> Choices:
        waiting = [one.claim for one in curation_of(app).pending(actor)]
        found = [one for one in waiting if wanted in f"{one.id} {one.statement}".casefold()]
        return _claims(app.workspace, found[:CHOICES])

    return await offered(interaction, make)


async def complete_target(interaction: Interaction, current: str) -> Choices:
    """Offer what a claim may bear on: claims, and topics as a whole."""
    topics = await complete_topic(interaction, current)
    claims = await complete_active(interaction, current)
    whole = [choice(say("Everything on {name}", name=one.name), one.value) for one in topics[:5]]
    return [*whole, *claims][:CHOICES]


def _claims(workspace: Workspace, found: list[Claim]) -> Choices:
    return [choice(f"{named(workspace, one, 60)}: {one.statement}", one.id) for one in found]


# ------------------------------------------------------------------ writing


def _form_options(command: _Written) -> _Written:
    """Say of the options that both forms have what they are, and complete them."""
    command = app_commands.describe(
        relation="How it bears on another claim",
        relates_to="The claim, or the topic, that it bears on",
        note="What a careful reader has to know",
    )(command)
    command = app_commands.rename(relates_to="relates-to")(command)
    command = app_commands.choices(relation=_RELATIONS)(command)
    return app_commands.autocomplete(
        topic=complete_topic,
        asserter=complete_asserter,
        source=complete_source,
        relates_to=complete_target,
    )(command)


@claim.command(description="Add a claim; a form opens, and nothing is saved before you say so")
@app_commands.describe(
    topic="What it is about",
    asserter="Who says it, not the outlet that prints it: /asserter add for somebody new",
    source="The publication that it stands in; left out, the article becomes one",
    article="Text, HTML or PDF: where the figure stands is found in it",
)
@_form_options
async def add(  # noqa: PLR0913, PLR0917
    interaction: Interaction,
    topic: str,
    asserter: str,
    source: str = "",
    article: discord.Attachment | None = None,
    relation: str = "",
    relates_to: str = "",
    note: app_commands.Range[str, 0, 600] = "",
) -> None:
    """Open the form of a new claim."""
    options: dict[str, str | None] = {
        "topic": topic,
        "asserter": asserter,
        "source": source,
        "relation": relation,
        "relates_to": relates_to,
        "note": note,
    }
    await attempt(interaction, lambda: add_form(interaction, options, article))


@claim.command(description="Correct a claim; a form opens with what is on file")
@app_commands.describe(
    claim="The claim",
    topic="Another topic",
    asserter="Somebody else",
    source="Another publication",
)
@app_commands.autocomplete(claim=complete_any)
@_form_options
async def edit(  # noqa: PLR0913, PLR0917
    interaction: Interaction,
    claim: str,
    topic: str | None = None,
    asserter: str | None = None,
    source: str | None = None,
    relation: str | None = None,
    relates_to: str | None = None,
    note: app_commands.Range[str, 0, 600] | None = None,
) -> None:
    """Open the form of a claim on file."""
    options: dict[str, str | None] = {
        "topic": topic,
        "asserter": asserter,
        "source": source,
        "relation": relation,
        "relates_to": relates_to,
        "note": note,
    }

    async def work() -> None:
        await changing(interaction, lambda: edit_form(interaction, claim, options))

    await attempt(interaction, work)


@claim.command(description="Withdraw a claim; it stays readable as retracted")
@app_commands.describe(claim="The claim", reason="Why: it stands in the history")
@app_commands.autocomplete(claim=complete_any)
async def retract(interaction: Interaction, claim: str, reason: _REASON) -> None:
    """Take a claim back."""
    await claim_history.retract(interaction, claim, reason)


@claim.command(description="Put a retracted claim back")
@app_commands.describe(claim="The claim", reason="Why")
@app_commands.autocomplete(claim=complete_retracted)
async def restore(interaction: Interaction, claim: str, reason: _REASON | None = None) -> None:
    """Put a claim back."""
    await claim_history.restore(interaction, claim, reason)


# ------------------------------------------------------------------ history


async def _shown(
    interaction: Interaction,
    who: Callable[[Interaction], Actor],
    reply: Callable[[App, Actor], Reply],
) -> None:
    """Show those who may see it what takes a while to look up."""

    async def make() -> Reply:
        app, actor = interaction.client, who(interaction)
        wait = partial(think, interaction, private=True)
        return await unhurried(interaction, lambda: reply(app, actor), wait)

    await respond(interaction, make)


@claim.command(description="Who changed what, when and why; without a record, the newest changes")
@app_commands.describe(record="A claim; or the id of a topic, a source or an asserter")
@app_commands.autocomplete(record=complete_any)
async def history(interaction: Interaction, record: str | None = None) -> None:
    """Show the history of a record, or the newest changes."""
    await _shown(
        interaction, curator, lambda app, actor: claim_history.history_reply(app, actor, record)
    )


@claim.command(description="Take one change back, by a new one")
@app_commands.describe(revision="Its number, as /claim history shows it", reason="Why")
async def undo(
    interaction: Interaction,
    revision: app_commands.Range[int, 1, 2**53 - 1],
    reason: _REASON | None = None,
) -> None:
    """Undo a revision."""
    await claim_history.undo(interaction, revision, reason)


# ------------------------------------------------------------------ review


@claim.command(description="Proposals that wait for a decision; a contributor sees their own")
async def pending(interaction: Interaction) -> None:
    """Show the oldest proposal that waits."""
    await _shown(interaction, proposer, pending_reply)


@claim.command(description="Errors that readers have reported, and nobody has decided on")
async def errors(interaction: Interaction) -> None:
    """Show the oldest report that waits."""
    await _shown(interaction, curator, errors_reply)


@claim.command(description="Accept a proposal of somebody else")
@app_commands.describe(claim="The proposal")
@app_commands.autocomplete(claim=complete_pending)
async def approve(interaction: Interaction, claim: str) -> None:
    """Approve a proposal."""
    await decide(interaction, claim, None)


@claim.command(description="Turn a proposal down")
@app_commands.describe(claim="The proposal", reason="Why: whoever proposed it can read this")
@app_commands.autocomplete(claim=complete_pending)
async def reject(interaction: Interaction, claim: str, reason: _REASON) -> None:
    """Reject a proposal."""
    await decide(interaction, claim, reason)


# ------------------------------------------------------------------ files


@claim.command(name="import", description="Import a file; first you see what it would change")
@app_commands.describe(
    file="YAML, CSV, TSV, JSON, JSON Lines, ClaimReview JSON-LD or a page with it; 10 MB at most",
    topic="The topic of claims whose form names none (ClaimReview, a table of others)",
    columns="For a table of others, which column is what: text=statement; when=asserted_on",
    skip_refused="Import what fits, and leave out what is refused",
)
@app_commands.rename(columns="map", skip_refused="skip-refused")
@app_commands.autocomplete(topic=complete_topic)
async def import_file(
    interaction: Interaction,
    file: discord.Attachment,
    topic: str | None = None,
    columns: app_commands.Range[str, 0, 2000] = "",
    skip_refused: bool = False,
) -> None:
    """Show what an import would do."""

    async def make() -> Reply:
        return await claim_files.dry_run(interaction, file, topic, columns, skip_refused)

    await respond(interaction, make)


@claim.command(name="from-article", description="Propose claims from an article; you judge each")
@app_commands.describe(
    file="The article as text, HTML or PDF, 5 MB at most",
    address="Its address instead, where whoever runs the bot allows it",
    published="When it appeared, where it does not say so itself",
)
async def from_article(
    interaction: Interaction,
    file: discord.Attachment | None = None,
    address: app_commands.Range[str, 1, 500] | None = None,
    published: app_commands.Range[str, 1, 60] | None = None,
) -> None:
    """Show what could be claimed from an article."""

    async def make() -> Reply:
        return await claim_drafts.begun(interaction, file, address, published)

    await respond(interaction, make)


@claim.command(description="Get everything on file here as a file")
@app_commands.describe(form="How it is written", own="Only what this server has added itself")
@app_commands.choices(form=_FORMS)
async def export(interaction: Interaction, form: str, own: bool = False) -> None:
    """Send the records as a file."""
    await attempt(interaction, lambda: claim_files.exported(interaction, form, own))
