"""Writing a record: the form, what was understood of it, and only then Save, Edit or Cancel."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

import discord

from commands.chat import (
    ACCENT,
    DESCRIPTION,
    AnyForm,
    App,
    Interaction,
    Outcome,
    Reply,
    Sheet,
    Shelf,
    curator,
    fitting,
    note,
    proposer,
    review_channel,
    send,
)
from commands.curation.common import (
    ActionButton,
    code,
    curation_of,
    problem_lines,
    revise,
)
from commands.curation.forms import RecordModal
from commands.curation.record_card import Row, lines, named, rows
from commands.text import clip, plain
from knowledge.curation import (
    Actor,
    AsserterForm,
    ClaimForm,
    Draft,
    FieldProblem,
    Invalid,
    NotAllowed,
    Similar,
    SourceForm,
    TopicForm,
)
from knowledge.model import AnyRecord, Asserter, Claim, Revision, Source, Topic
from knowledge.store import Conflict, Placed
from knowledge.workspaces import Desk

Kind = TypeVar("Kind", Topic, Asserter, Source, Claim)
WARNING: Final = discord.Colour(0xD9822B)
_SIMILAR_SHOWN = 3
_SAME_WORDS = {"asserter": "same speaker", "figure": "same figure", "asserted_on": "same day"}


class DraftButton(ActionButton, template=rf"w:(?P<act>[a-z]+):(?P<key>{Shelf.KEY})"):
    """Goes on with a record that somebody is writing."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Save it, offer it for review, open the form again, or forget it."""
        shelf, key = interaction.client.sheets, found["key"]
        act = found["act"]
        if act == "edit":
            await open_form(interaction, shelf.find(key, interaction), key)
        elif act == "cancel":
            shelf.take(key, interaction)
            await revise(interaction, note("Cancelled. Nothing was saved."))
        elif act == "theirs":
            shelf.take(key, interaction)
            await revise(interaction, note("Theirs stays as it is. Nothing of yours was saved."))
        elif act in {"save", "propose"}:
            await _keep(interaction, key, propose=act == "propose")


async def open_form(interaction: Interaction, sheet: Sheet, key: str = "") -> None:
    """Open the form of a sheet; what is sent is shown as it was understood.

    Raises:
        NotAllowed: the person may not write such a record here.
    """
    writer(interaction, sheet)

    async def sent(answered: Interaction, filled: Sheet) -> None:
        await show_draft(answered, filled, key)

    await interaction.response.send_modal(RecordModal(sheet, sent))


def writer(interaction: Interaction, sheet: Sheet) -> Actor:
    """Return the person who writes a sheet, if they may.

    Raises:
        NotAllowed: they may not.
    """
    return proposer(interaction) if sheet.kind == "claim" else curator(interaction)


async def show_draft(interaction: Interaction, sheet: Sheet, key: str = "") -> None:
    """Show a sheet as it was understood; nothing is saved yet.

    Raises:
        NotAllowed: the person may not write such a record here.
    """
    app = interaction.client
    actor = writer(interaction, sheet)
    draft = drafted(app, actor, sheet)
    key = app.sheets.keep(sheet, key)
    if draft.record is None:
        reply = _wrong(draft, key)
    else:
        reply = _understood(app, actor, sheet, draft, key)
    await _put(interaction, reply)


async def _put(interaction: Interaction, reply: Reply) -> None:
    """Answer in the message that the form was opened from, or in a new one."""
    message = interaction.message
    if message is not None and message.flags.ephemeral:
        await revise(interaction, reply)
    else:
        await send(interaction, reply)


def drafted(app: App, actor: Actor, sheet: Sheet) -> Draft:
    """Read a sheet against what is on file now.

    Raises:
        NotVisible: the record that was to be changed is not here any more.
    """
    curation = curation_of(app)
    before = curation.find(actor, sheet.kind, sheet.record).record if sheet.record else None
    match sheet.form:
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
    """Refuse a slash command that is not a topic's, which no topic may take."""
    command = getattr(draft.record, "command", None)
    if command is None or command == getattr(before, "command", None):
        return draft
    taken = app.tree.get_command(command)
    if taken is None or taken.extras.get("topic"):
        return draft
    problem = FieldProblem("command", f"/{command} is a command of the bot itself")
    return replace(draft, record=None, problems=(*draft.problems, problem))


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


def _understood(app: App, actor: Actor, sheet: Sheet, draft: Draft, key: str) -> Reply:
    record = draft.record
    if record is None:
        raise Invalid(draft.problems)
    head = f"Change to {sheet.kind} {sheet.record}" if sheet.record else f"New {sheet.kind}"
    shown = rows(app.desk, record)
    if sheet.record:
        before = curation_of(app).find(actor, sheet.kind, sheet.record).record
        shown = _changed(rows(app.desk, before), shown)
    text = [*lines(shown), *_alike(app.desk, draft.similar)]
    embed = discord.Embed(
        title=clip(f"{head}: is this right?", 200),
        description=fitting(text, DESCRIPTION),
        colour=ACCENT,
    )
    embed.set_footer(text="Nothing is saved yet. Only you can see this.")
    buttons = [*_saving(app, actor, sheet, key), _edit(key), _button("cancel", key, "Cancel")]
    return Reply(embed, buttons, private=True)


def _changed(before: Sequence[Row], after: Sequence[Row]) -> list[Row]:
    """Strike out what a change takes away, line by line."""
    old, new = dict(before), dict(after)
    kept = [(name, _struck(old.get(name), value)) for name, value in after]
    return [*kept, *((name, _struck(value, None)) for name, value in before if name not in new)]


def _struck(before: str | None, after: str | None) -> str:
    if before is None or before == after:
        return after or ""
    return f"~~{before}~~ → {after or 'nothing'}"


def _saving(app: App, actor: Actor, sheet: Sheet, key: str) -> list[DraftButton]:
    may_save = actor.can_curate or bool(sheet.record)
    buttons = [_button("save", key, "Save", discord.ButtonStyle.success)] if may_save else []
    reviewed = review_channel(app, app.rights, sheet.guild) is not None
    if sheet.kind == "claim" and not sheet.record and (reviewed or not may_save):
        buttons.append(_button("propose", key, "Propose", discord.ButtonStyle.primary))
    return buttons


def _alike(desk: Desk, similar: Iterable[Similar]) -> list[str]:
    listed = list(similar)[:_SIMILAR_SHOWN]
    if not listed:
        return []
    return ["", "⚠ **Already on file? The nearest:**", *(_near(desk, one) for one in listed)]


def _near(desk: Desk, one: Similar) -> str:
    same = ", ".join(_SAME_WORDS.get(name, name) for name in one.same)
    told = f" ({same})" if same else ""
    return (
        f"- {named(desk, one.claim, 160)}: {plain(one.claim.statement, 200)}{told}\n"
        f"-# {code(one.claim.id)}"
    )


# ------------------------------------------------------------------ saving


async def _keep(interaction: Interaction, key: str, *, propose: bool) -> None:
    app = interaction.client
    sheet = app.sheets.find(key, interaction)
    actor = writer(interaction, sheet)
    # Out of reach while it is being saved, so that pressing twice saves once.
    app.sheets.drop(key)
    try:
        await interaction.response.defer()
        reply = await _written(interaction, actor, sheet, propose=propose)
    except Conflict as error:
        app.sheets.keep(replace(sheet, seen=error.revision), key)
        reply = _conflict(app.desk, error, key)
    except Exception:
        app.sheets.keep(sheet, key)
        raise
    await revise(interaction, reply)


async def _written(interaction: Interaction, actor: Actor, sheet: Sheet, *, propose: bool) -> Reply:
    app = interaction.client
    curation = curation_of(app)
    draft = drafted(app, actor, sheet)
    if draft.record is None:
        raise Invalid(draft.problems)
    if sheet.record:
        revision = await curation.edit(actor, draft.record, seen=sheet.seen)
        return saved(app, draft.record, revision, "Changed")
    if propose and isinstance(draft.record, Claim):
        await curation.propose(actor, draft.record)
        return _proposed(app, sheet, draft.record)
    revision = await curation.add(actor, draft.record)
    return saved(app, draft.record, revision, "Saved as")


def saved(app: App, record: AnyRecord, revision: Revision, verb: str) -> Reply:
    """Say what was written, and how to take it back."""
    text = [
        f"**{verb}** {code(record.id)}: {named(app.desk, record)}",
        f"-# Revision {revision.number} · take it back with `/claim undo {revision.number}`",
    ]
    return note("\n".join(text))


def _proposed(app: App, sheet: Sheet, claim: Claim) -> Reply:
    channel = review_channel(app, app.rights, sheet.guild)
    where = f"in #{plain(channel.name, 100)} and under" if channel else "under"
    return note(
        f"**Proposed** as {code(claim.id)}. No answer counts it before a curator approves it; "
        f"curators find it {where} `/claim pending`."
    )


def _conflict(desk: Desk, error: Conflict, key: str) -> Reply:
    """Show both versions where two people changed one record."""
    text = [
        "**Somebody else saved this while you were writing.** Nothing of yours is saved yet.",
        *_versions(desk, error),
    ]
    embed = discord.Embed(
        title=clip(f"Two versions of {error.yours.id}", 200),
        description=fitting(text, DESCRIPTION),
        colour=WARNING,
    )
    mine = "Save mine anyway" if error.stored is not None else "Save mine"
    buttons = [
        _button("theirs", key, "Keep theirs"),
        _button("save", key, mine, discord.ButtonStyle.danger),
        _edit(key),
    ]
    return Reply(embed, buttons, private=True, outcome=Outcome.REFUSED)


def _versions(desk: Desk, error: Conflict) -> list[str]:
    yours = dict(rows(desk, error.yours))
    theirs = dict(rows(desk, error.stored)) if error.stored else {}
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


def own(actor: Actor, held: Placed) -> None:
    """Make sure, before a form is opened, that a person may change a record.

    Raises:
        NotAllowed: it belongs to the shared base, and the person does not curate that.
    """
    if held.workspace is None and not actor.curates_base:
        raise NotAllowed(
            "This ships with the bot, and every server sees it: it cannot be changed from here. "
            "Add one of your own."
        )


def editing(interaction: Interaction, held: Placed, form: AnyForm) -> Sheet:
    """Make the sheet of a record on file."""
    return Sheet(
        person=interaction.user.id,
        guild=interaction.guild_id,
        form=form,
        record=held.record.id,
        seen=held.revision,
    )
