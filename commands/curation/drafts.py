"""Writing a record: the form, what was understood of it, and only then Save, Edit or Cancel."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import discord

from commands.answers import command_of
from commands.cards import DESCRIPTION, Card, Tone, fitting
from commands.chat import (
    AnyForm,
    App,
    Interaction,
    Kept,
    LastingButton,
    Outcome,
    Reply,
    Texts,
    UnsavedRecord,
    aside,
    broken_limits,
    code,
    curation_of,
    curator,
    note,
    problem_lines,
    proposer,
    review_channel,
    revise,
    send,
    show_form,
    think,
    unhurried,
)
from commands.curation.forms import filled, modal_of
from commands.curation.record_card import Row, lines, named, rows
from commands.text import clip, plain
from knowledge.curation import (
    Actor,
    AsserterForm,
    ClaimForm,
    Draft,
    FieldProblem,
    Invalid,
    Similar,
    SourceForm,
    TopicForm,
)
from knowledge.model import AnyRecord, Asserter, Claim, Revision, Source, Topic
from knowledge.store import Conflict, Placed
from knowledge.workspaces import Workspace

Kind = TypeVar("Kind", Topic, Asserter, Source, Claim)
_SIMILAR_SHOWN = 3
"""Beside the draft, on one screen of a phone (chosen by eye)."""
_SAME_WORDS = {"asserter": "same speaker", "figure": "same figure", "asserted_on": "same day"}


class DraftButton(LastingButton, template=rf"w:(?P<act>[a-z]+):(?P<key>{Kept.KEY})"):
    """Goes on with a record that somebody is writing."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Save it, offer it for review, open the form again, or forget it."""
        kept, key = interaction.client.unsaved, found["key"]
        act = found["act"]
        if act == "edit":
            await open_form(interaction, kept.find(key, interaction), key)
        elif act == "cancel":
            kept.take(key, interaction)
            await revise(interaction, note("Cancelled. Nothing was saved."))
        elif act == "theirs":
            kept.take(key, interaction)
            await revise(interaction, note("Theirs stays as it is. Nothing of yours was saved."))
        elif act in {"save", "propose"}:
            await _keep(interaction, key, propose=act == "propose")


async def open_form(interaction: Interaction, unsaved: UnsavedRecord, key: str = "") -> None:
    """Open the form of a record; what is sent is shown as it was understood.

    Raises:
        NotAllowed: the person may not write such a record here.
    """
    writer(interaction, unsaved)

    async def sent(answered: Interaction, texts: Texts) -> None:
        await show_draft(answered, filled(unsaved, texts), key)

    await show_form(interaction, modal_of(unsaved), sent)


def writer(interaction: Interaction, unsaved: UnsavedRecord) -> Actor:
    """Return the person who writes a record, if they may.

    Raises:
        NotAllowed: they may not.
    """
    return proposer(interaction) if unsaved.kind == "claim" else curator(interaction)


async def show_draft(interaction: Interaction, unsaved: UnsavedRecord, key: str = "") -> None:
    """Show a record as it was understood; nothing is saved yet.

    Raises:
        NotAllowed: the person may not write such a record here.
    """
    app = interaction.client
    actor = writer(interaction, unsaved)
    key = app.unsaved.keep(unsaved, key)

    def make() -> Reply:
        draft = drafted(app, actor, unsaved)
        if draft.record is None:
            return _wrong(draft, key)
        return _understood(app, actor, unsaved, draft, key)

    message = interaction.message
    if message is not None and message.flags.ephemeral:
        # It stands where the form was opened from.
        await revise(interaction, await unhurried(interaction, make, interaction.response.defer))
    else:
        wait = partial(think, interaction, private=True)
        await send(interaction, await unhurried(interaction, make, wait))


def drafted(app: App, actor: Actor, unsaved: UnsavedRecord) -> Draft:
    """Read a record against what is on file now.

    Raises:
        NotVisible: the record that was to be changed is not here any more.
    """
    curation = curation_of(app)
    before = curation.find(actor, unsaved.kind, unsaved.record).record if unsaved.record else None
    match unsaved.form:
        case ClaimForm() as form:
            return curation.draft_claim(actor, form, _as(Claim, before))
        case TopicForm() as form:
            draft = curation.draft_topic(actor, form, _as(Topic, before))
            return _named_anew(app, draft, before)
        case SourceForm() as form:
            return curation.draft_source(actor, form, _as(Source, before))
        case AsserterForm() as form:
            return curation.draft_asserter(actor, form, _as(Asserter, before))


def _as(kind: type[Kind], record: AnyRecord | None) -> Kind | None:
    return record if isinstance(record, kind) else None


def _named_anew(app: App, draft: Draft, before: AnyRecord | None) -> Draft:
    """Refuse a slash command that is the bot's own, or that Discord would not take."""
    topic = draft.record
    if not isinstance(topic, Topic) or topic.command is None:
        return draft
    found = [
        FieldProblem("command", one) for one in broken_limits(command_of(topic).to_dict(app.tree))
    ]
    taken = app.tree.get_command(topic.command)
    new = topic.command != getattr(before, "command", None)
    if new and taken and not taken.extras.get("topic"):
        found.append(FieldProblem("command", f"/{topic.command} is a command of the bot itself"))
    return replace(draft, record=None, problems=(*draft.problems, *found)) if found else draft


# ------------------------------------------------------------------ what is shown


def _wrong(draft: Draft, key: str) -> Reply:
    text = "\n".join(
        [
            "**This cannot be saved as it is.** What you typed is kept: press Edit.",
            *problem_lines(draft.problems),
        ]
    )
    buttons = [_edit(key), _button("cancel", key, "Cancel")]
    return note(clip_lines(text), buttons, Outcome.REFUSED)


def _understood(app: App, actor: Actor, unsaved: UnsavedRecord, draft: Draft, key: str) -> Reply:
    record = draft.record
    if record is None:
        raise Invalid(draft.problems)
    head = f"Change to {unsaved.kind} {unsaved.record}" if unsaved.record else f"New {unsaved.kind}"
    shown = rows(app.workspace, record)
    if unsaved.record:
        before = curation_of(app).find(actor, unsaved.kind, unsaved.record).record
        shown = _changed(rows(app.workspace, before), shown)
    text = [*lines(shown), *_alike(app.workspace, draft.similar)]
    card = Card(
        clip(f"{head}: is this right?", 200),
        fitting(text, DESCRIPTION),
        footer="Nothing is saved yet. Only you can see this.",
    )
    buttons = [*_saving(app, actor, unsaved, key), _edit(key), _button("cancel", key, "Cancel")]
    return Reply(card, buttons, private=True)


def _changed(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Strike out what a change takes away, line by line."""
    old, new = dict(before), dict(after)
    kept = [(name, _struck(old.get(name), value)) for name, value in after]
    return [*kept, *((name, _struck(value, None)) for name, value in before if name not in new)]


def _struck(before: str | None, after: str | None) -> str:
    if before is None or before == after:
        return after or ""
    return f"~~{before}~~ → {after or 'nothing'}"


def _saving(app: App, actor: Actor, unsaved: UnsavedRecord, key: str) -> list[DraftButton]:
    may_save = actor.can_curate or bool(unsaved.record)
    buttons = [_button("save", key, "Save", discord.ButtonStyle.success)] if may_save else []
    reviewed = review_channel(app, unsaved.guild) is not None
    if unsaved.kind == "claim" and not unsaved.record and (reviewed or not may_save):
        buttons.append(_button("propose", key, "Propose", discord.ButtonStyle.primary))
    return buttons


def _alike(workspace: Workspace, similar: Iterable[Similar]) -> list[str]:
    listed = list(similar)[:_SIMILAR_SHOWN]
    if not listed:
        return []
    return ["", "⚠ **Already on file? The nearest:**", *(_near(workspace, one) for one in listed)]


def _near(workspace: Workspace, one: Similar) -> str:
    same = ", ".join(_SAME_WORDS.get(name, name) for name in one.same)
    told = f" ({same})" if same else ""
    return (
        f"- {named(workspace, one.claim, 160)}: {plain(one.claim.statement, 200)}{told}\n"
        f"-# {code(one.claim.id)}"
    )


# ------------------------------------------------------------------ saving


async def _keep(interaction: Interaction, key: str, *, propose: bool) -> None:
    app = interaction.client
    unsaved = app.unsaved.find(key, interaction)
    actor = writer(interaction, unsaved)
    # Out of reach while it is being saved, so that pressing twice saves once.
    app.unsaved.drop(key)
    try:
        await interaction.response.defer()
        reply = await _written(interaction, actor, unsaved, propose=propose)
    except Conflict as error:
        app.unsaved.keep(replace(unsaved, seen=error.revision), key)
        reply = _conflict(app.workspace, error, key)
    except Exception:
        app.unsaved.keep(unsaved, key)
        raise
    await revise(interaction, reply)


async def _written(
    interaction: Interaction, actor: Actor, unsaved: UnsavedRecord, *, propose: bool
) -> Reply:
    app = interaction.client
    curation = curation_of(app)
    draft = await aside(interaction, lambda: drafted(app, actor, unsaved))
    if draft.record is None:
        raise Invalid(draft.problems)
    if unsaved.record:
        revision = await curation.edit(actor, draft.record, seen=unsaved.seen)
        return saved(app, draft.record, revision, "Changed")
    if propose and isinstance(draft.record, Claim):
        await curation.propose(actor, draft.record)
        return _proposed(app, unsaved, draft.record)
    revision = await curation.add(actor, draft.record)
    return saved(app, draft.record, revision, "Saved as")


def saved(app: App, record: AnyRecord, revision: Revision, verb: str) -> Reply:
    """Say what was written, and how to take it back."""
    text = [
        f"**{verb}** {code(record.id)}: {named(app.workspace, record)}",
        f"-# Revision {revision.number} · take it back with `/claim undo {revision.number}`",
    ]
    return note("\n".join(text))


def _proposed(app: App, unsaved: UnsavedRecord, claim: Claim) -> Reply:
    channel = review_channel(app, unsaved.guild)
    where = f"in #{plain(channel.name, 100)} and under" if channel else "under"
    return note(
        f"**Proposed** as {code(claim.id)}. No answer counts it before a curator approves it; "
        f"curators find it {where} `/claim pending`."
    )


def _conflict(workspace: Workspace, error: Conflict, key: str) -> Reply:
    """Show both versions where two people changed one record."""
    text = [
        "**Somebody else saved this while you were writing.** Nothing of yours is saved yet.",
        *_versions(workspace, error),
    ]
    card = Card(
        clip(f"Two versions of {error.yours.id}", 200),
        fitting(text, DESCRIPTION),
        tone=Tone.WARNING,
    )
    mine = "Save mine anyway" if error.stored is not None else "Save mine"
    buttons = [
        _button("theirs", key, "Keep theirs"),
        _button("save", key, mine, discord.ButtonStyle.danger),
        _edit(key),
    ]
    return Reply(card, buttons, private=True, outcome=Outcome.REFUSED)


def _versions(workspace: Workspace, error: Conflict) -> list[str]:
    yours = dict(rows(workspace, error.yours))
    theirs = dict(rows(workspace, error.stored)) if error.stored else {}
    both: Sequence[str] = list(dict.fromkeys([*theirs, *yours]))
    differing = [name for name in both if theirs.get(name) != yours.get(name)]
    if not differing:
        return ["The two say the same."]
    return [line for name in differing for line in _sides(name, theirs.get(name), yours.get(name))]


def _sides(name: str, theirs: str | None, yours: str | None) -> Iterable[str]:
    yield f"**{name}**"
    yield f"- theirs: {theirs or 'nothing'}"
    yield f"- yours: {yours or 'nothing'}"


def clip_lines(text: str) -> str:
    """Return as many lines as an embed takes."""
    return fitting(text.split("\n"), DESCRIPTION)


def _edit(key: str) -> DraftButton:
    return _button("edit", key, "Edit")


def _button(
    act: str,
    key: str,
    text: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
) -> DraftButton:
    return DraftButton(f"w:{act}:{key}", text, style)


def editing(interaction: Interaction, held: Placed, form: AnyForm) -> UnsavedRecord:
    """Begin to change a record on file."""
    return UnsavedRecord(
        person=interaction.user.id,
        guild=interaction.guild_id,
        form=form,
        record=held.record.id,
        seen=held.revision,
    )
