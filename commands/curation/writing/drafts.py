"""Writing a record: the form, what was understood of it, and only then Save, Edit or Cancel."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

import discord

from commands.answers import command_of
from commands.chat import (
    AT_ONCE,
    AnyForm,
    App,
    Button,
    Interaction,
    Kept,
    LastingButton,
    Reply,
    Texts,
    UnsavedRecord,
    aside,
    broken_limits,
    code,
    curation_of,
    curator,
    note,
    proposer,
    review_channel,
    revise,
    send,
    show_form,
    think,
    unhurried,
    uploaded,
)
from commands.curation.writing.after import saved
from commands.curation.writing.articles import article_of, at_hand, with_article
from commands.curation.writing.forms import ARTICLE, Choice, Offered, Step, filled, modal_of
from commands.curation.writing.preview import Preview, conflict, dimensions_of
from commands.text import plain, say
from knowledge.curation import (
    Actor,
    AsserterForm,
    ClaimForm,
    Draft,
    FieldProblem,
    Invalid,
    SourceForm,
    TopicForm,
)
from knowledge.drafts import Article
from knowledge.model import AnyRecord, Asserter, Claim, ForPeople, RecordKind, Source, Topic
from knowledge.store import Conflict, Placed

Kind = TypeVar("Kind", Topic, Asserter, Source, Claim)


class DraftButton(LastingButton, template=rf"w:(?P<act>[a-z]+):(?P<key>{Kept.KEY})"):
    """Goes on with a record that somebody is writing."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Save it, offer it for review, open one of its forms again, or forget it."""
        kept, key = interaction.client.unsaved, found["key"]
        act = found["act"]
        if act in set(Step):
            await open_form(interaction, kept.find(key, interaction), key, Step(act))
        elif act == "cancel":
            kept.take(key, interaction)
            await revise(interaction, note(say("Cancelled. Nothing was saved.")))
        elif act == "theirs":
            kept.take(key, interaction)
            await revise(
                interaction, note(say("Theirs stays as it is. Nothing of yours was saved."))
            )
        elif act in {"save", "propose"}:
            await _keep(interaction, key, propose=act == "propose")


def _maker(key: str, act: str, text: str, style: discord.ButtonStyle) -> Button:
    return DraftButton(f"w:{act}:{key}", text, style)


# ------------------------------------------------------------------ forms


async def open_form(
    interaction: Interaction, unsaved: UnsavedRecord, key: str = "", step: Step = Step.MAIN
) -> None:
    """Open a form of a record; what is sent is shown as it was understood.

    Raises:
        NotAllowed: the person may not write such a record here.
    """
    actor, app = writer(interaction, unsaved), interaction.client
    unsaved = at_hand(app, interaction, unsaved)
    article = article_of(app, interaction, unsaved)
    offered = Offered.nothing()
    if step in {Step.NARROW, Step.PLACE}:
        offered = await aside(interaction, lambda: _offered(app, actor, unsaved, article), AT_ONCE)
    if step is Step.PLACE and not offered.passages:
        await show_draft(interaction, unsaved, key)
        return

    async def sent(answered: Interaction, texts: Texts) -> None:
        await _sent(answered, filled(unsaved, texts), key)

    await show_form(interaction, modal_of(unsaved, step, offered), sent)


async def _sent(interaction: Interaction, unsaved: UnsavedRecord, key: str) -> None:
    """Read the article that came with a form, and show the record as it was understood."""
    writer(interaction, unsaved)
    file = uploaded(interaction, ARTICLE) or unsaved.sent
    try:
        read = await with_article(interaction, unsaved, file) if file else unsaved
    except ForPeople as error:
        # What was typed is kept, whatever was sent with it.
        problem = FieldProblem(ARTICLE, str(error))
        await show_draft(interaction, replace(unsaved, sent=None), key, [problem])
    else:
        await show_draft(interaction, read, key)


def _offered(app: App, actor: Actor, unsaved: UnsavedRecord, article: Article | None) -> Offered:
    """Return the values of each dimension on file, and the paragraphs that may be meant."""
    library, topic = app.workspace.library, getattr(unsaved.form, "topic", "")
    values: dict[str, list[str]] = {one: [] for one in dimensions_of(app, unsaved)}
    for entry in library.table(topic) if topic in library.topics else ():
        for dimension, value in entry.qualifiers:
            if value not in values.setdefault(dimension, []):
                values[dimension].append(value)
    if article is None:
        return Offered(values)
    return Offered(
        values,
        [
            Choice(str(one.number), f"¶{one.number}: {one.text}")
            for one in drafted(app, actor, unsaved, article).passages
        ],
    )


def writer(interaction: Interaction, unsaved: UnsavedRecord) -> Actor:
    """Return the person who writes a record, if they may.

    Raises:
        NotAllowed: they may not.
    """
    return proposer(interaction) if unsaved.kind == "claim" else curator(interaction)


async def show_draft(
    interaction: Interaction,
    unsaved: UnsavedRecord,
    key: str = "",
    trouble: Sequence[FieldProblem] = (),
) -> None:
    """Show a record as it was understood; nothing is saved yet.

    Raises:
        NotAllowed: the person may not write such a record here.
    """
    app = interaction.client
    actor = writer(interaction, unsaved)
    key = app.unsaved.keep(unsaved, key)
    article = article_of(app, interaction, unsaved)

    def make() -> Reply:
        draft = drafted(app, actor, unsaved, article)
        if trouble:
            draft = replace(draft, record=None, problems=(*trouble, *draft.problems))
        return Preview(app, actor, unsaved, draft, partial(_maker, key)).reply()

    message = interaction.message
    if message is not None and message.flags.ephemeral:
        # It stands where the form was opened from.
        await revise(interaction, await unhurried(interaction, make, interaction.response.defer))
    else:
        wait = partial(think, interaction, private=True)
        await send(interaction, await unhurried(interaction, make, wait))


def drafted(
    app: App, actor: Actor, unsaved: UnsavedRecord, article: Article | None = None
) -> Draft:
    """Read a record against what is on file now.

    Raises:
        NotVisible: the record that was to be changed is not here any more.
    """
    curation = curation_of(app)
    before = curation.find(actor, unsaved.kind, unsaved.record).record if unsaved.record else None
    match unsaved.form:
        case ClaimForm() as form:
            draft = curation.draft_claim(actor, form, _as(Claim, before), article)
            return draft if actor.can_curate else _without_new_source(draft)
        case TopicForm() as form:
            draft = curation.draft_topic(actor, form, _as(Topic, before))
            return _named_anew(app, draft, before)
        case SourceForm() as form:
            return curation.draft_source(actor, form, _as(Source, before))
        case AsserterForm() as form:
            return curation.draft_asserter(actor, form, _as(Asserter, before))


def _as(kind: type[Kind], record: AnyRecord | None) -> Kind | None:
    return record if isinstance(record, kind) else None


def _without_new_source(draft: Draft) -> Draft:
    """Refuse an article that is no source yet: those are for curators to add."""
    if draft.source is None:
        return draft
    problem = FieldProblem(
        "source", say("this article is not on file: a curator has to add it first")
    )
    return replace(draft, record=None, problems=(*draft.problems, problem))


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
        found.append(
            FieldProblem(
                "command", say("/{command} is a command of the bot itself", command=topic.command)
            )
        )
    return replace(draft, record=None, problems=(*draft.problems, *found)) if found else draft


# ------------------------------------------------------------------ saving


async def _keep(interaction: Interaction, key: str, *, propose: bool) -> None:
    app = interaction.client
    unsaved = app.unsaved.find(key, interaction)
    actor = writer(interaction, unsaved)
    # Out of reach while it is being saved, so that pressing twice saves once.
    app.unsaved.drop(key)
    try:
        await interaction.response.defer()
        reply, record = await _written(interaction, actor, unsaved, propose=propose)
    except Conflict as error:
        app.unsaved.keep(replace(unsaved, seen=error.revision), key)
        await revise(interaction, conflict(app.workspace, error, partial(_maker, key)))
        return
    except Exception:
        app.unsaved.keep(unsaved, key)
        raise
    await revise(interaction, reply)
    if unsaved.then:
        await unsaved.then(interaction, record)


async def _written(
    interaction: Interaction, actor: Actor, unsaved: UnsavedRecord, *, propose: bool
) -> tuple[Reply, str]:
    """Save a record, and return what is said of it and its id."""
    app = interaction.client
    curation = curation_of(app)
    article = article_of(app, interaction, unsaved)
    draft = await aside(interaction, lambda: drafted(app, actor, unsaved, article))
    if draft.record is None:
        raise Invalid(draft.problems)
    if draft.source:
        await curation.add(actor, draft.source, "added with a claim")
    if unsaved.record:
        revision = await curation.edit(actor, draft.record, seen=unsaved.seen)
    elif propose and isinstance(draft.record, Claim):
        await curation.propose(actor, draft.record)
        return _proposed(app, unsaved, draft.record), draft.record.id
    else:
        revision = await curation.add(actor, draft.record)
    verb = say("Changed") if unsaved.record else say("Saved as")
    # What a server has is opened with its first record; and what is saved is said in any case.
    said = await asyncio.to_thread(saved, app, actor, draft.record, revision, verb)
    return said, draft.record.id


def _proposed(app: App, unsaved: UnsavedRecord, claim: Claim) -> Reply:
    channel = review_channel(app, unsaved.guild)
    where = say("in #{name} and under", name=plain(channel.name, 100)) if channel else "under"
    return note(
        say(
            "**Proposed** as {code}. No answer counts it before a curator approves it; curators "
            "find it {where} `/claim pending`. You hear by direct message what they decide; "
            "`/mine` shows it too.",
            code=code(claim.id),
            where=where,
        )
    )


async def on_file(interaction: Interaction, actor: Actor, kind: RecordKind, key: str) -> Placed:
    """Return a record as the database has it now, for a form that opens at once.

    Raises:
        NotVisible: there is none of that id here.
    """
    curation = curation_of(interaction.client)
    return await aside(interaction, lambda: curation.find(actor, kind, key), AT_ONCE)


def editing(interaction: Interaction, held: Placed, form: AnyForm) -> UnsavedRecord:
    """Begin to change a record on file."""
    return UnsavedRecord(
        person=interaction.user.id,
        guild=interaction.guild_id,
        form=form,
        record=held.record.id,
        seen=held.revision,
    )
