"""History in the chat: who changed what, when and why, in sentences; and the ways back."""

import re
from collections.abc import Sequence
from itertools import groupby

import discord

from commands.cards import DESCRIPTION, Card, fitting, pages_in_order
from commands.chat import (
    AT_ONCE,
    App,
    Interaction,
    LastingButton,
    Outcome,
    Refused,
    Reply,
    aside,
    code,
    curation_of,
    curator,
    label,
    note,
    respond,
    revise,
    unhurried,
    wait,
)
from commands.curation.writing import (
    KINDS_OF,
    answering,
    cut,
    differing,
    kind_said,
    named,
    rows,
    told,
    undone,
)
from commands.text import clip, number, plain, say, spoken
from knowledge.curation import Actor, NotVisible, Step
from knowledge.language import DEFAULT
from knowledge.library import NotOnFile
from knowledge.model import AnyRecord, Claim, RecordKind, Status
from knowledge.store import CURATED
from knowledge.workspaces import Workspace

_SENTENCES_ON_A_PAGE = 8
_CHANGES_SHOWN = 4
_VALUE = 90
_LONGEST = 420
_NEWEST = 200
_FOLDED = 3
"""Sentences of a page, changes in a sentence, characters of a value and of a sentence, how far back
the newest changes go, and how many additions for one reason are told as one: some two screens of a
phone a page (chosen by eye)."""
_LETTERS = {kind: letter for letter, kind in KINDS_OF.items()}
_ORDER: tuple[RecordKind, ...] = ("claim", "topic", "source", "asserter", "example")
_NOUNS = {
    "Said by": "speaker",
    "Said on": "day it was said",
    "Speaks of": "time it speaks of",
    "Printed in": "place in print",
    "Bears on": "relation",
    "Narrowed by": "narrowing",
    "Published": "date",
    "Why this date": "reason for the date",
    "Measures": "measure",
}
_BECAME = {
    Status.ACTIVE: "put back",
    Status.RETRACTED: "withdrew",
    Status.SUPERSEDED: "marked as superseded",
    Status.PROPOSED: "made a proposal of",
}
_DECIDED = {Status.ACTIVE: "approved", Status.RETRACTED: "rejected"}
_EMPTY_REASONS = frozenset({"added", "edited", "proposed", "approved", "restored"})
"""Reasons that the bot gives by itself: the sentence says as much."""


class HistoryButton(LastingButton, template=r"h:(?P<page>\d{1,5}):(?P<kind>[ctsare]):(?P<id>.*)"):
    """Turns a page of a history."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Show the page in the place of this one."""
        actor, app = curator(interaction), interaction.client
        page = int(found["page"])

        def make() -> Reply:
            if found["kind"] == "r":
                return recent_reply(app, actor, page)
            return record_reply(app, actor, KINDS_OF[found["kind"]], found["id"], page)

        await revise(interaction, await unhurried(interaction, make, interaction.response.defer))


def history_reply(app: App, actor: Actor, what: str | None) -> Reply:
    """Return the history of a record, or the newest changes of all that is seen here.

    Raises:
        NotVisible: there is no such record here.
    """
    if what is None:
        return recent_reply(app, actor)
    for kind in _ORDER:
        try:
            return record_reply(app, actor, kind, what.strip())
        except NotVisible:
            continue
    lookup = app.workspace.lookup
    for kind, find in (("topic", lookup.topic), ("source", lookup.source)):
        try:
            return record_reply(app, actor, kind, find(what).id)
        except NotOnFile:
            continue
    raise Refused(
        say(
            "There is no record “{what}” here. Choose one while you type its name.",
            what=clip(what, 80),
        )
    )


def record_reply(app: App, actor: Actor, kind: RecordKind, key: str, page: int = 0) -> Reply:
    """Return a page of the history of one record, the newest change first.

    Raises:
        NotVisible: there is no such record here.
    """
    curation = curation_of(app)
    held = curation.find(actor, kind, key)
    steps = list(reversed(curation.history(actor, kind, key)))
    title = say("History of {kind} {key}", kind=kind_said(kind), key=key)
    head = named(app.workspace, held.record, 200)
    teller = _Teller(app.workspace, actor, alone=True)
    return _paged((title, head), teller.sentences(steps), page, f"{_LETTERS[kind]}:{key}")


def recent_reply(app: App, actor: Actor, page: int = 0) -> Reply:
    """Return a page of the newest changes."""
    steps = curation_of(app).recent(actor, _NEWEST)
    teller = _Teller(app.workspace, actor, alone=False)
    return _paged((say("Newest changes"), ""), teller.sentences(steps), page, "r:")


def _paged(heading: tuple[str, str], sentences: list[str], page: int, of: str) -> Reply:
    title, head = heading
    if not sentences:
        return note(say("Nothing was changed here yet."), outcome=Outcome.SILENT)
    dealt = pages_in_order(sentences, _SENTENCES_ON_A_PAGE)
    page = min(page, len(dealt) - 1)
    shown = sentences[dealt[page].start : dealt[page].stop]
    text = fitting([*([head] if head else []), *shown], DESCRIPTION)
    footer = say(
        "Page {value} of {dealt} · newest first · /claim undo takes a number",
        value=page + 1,
        dealt=len(dealt),
    )
    newer = [HistoryButton(f"h:{page - 1}:{of}", say("◀ Newer"))] if page > 0 else []
    older = [HistoryButton(f"h:{page + 1}:{of}", say("Older ▶"))] if page < len(dealt) - 1 else []
    return Reply(Card(clip(title, 200), text, footer=footer), [*newer, *older], private=True)


# ------------------------------------------------------------------ sentences


class _Teller:
    """Tells what was done; `alone` where all of it was done to one record that is named above."""

    def __init__(self, workspace: Workspace, actor: Actor, *, alone: bool) -> None:
        self._workspace = workspace
        self._actor = actor
        self._alone = alone

    def sentences(self, steps: Sequence[Step]) -> list[str]:
        """Tell each change, and many that were made for one reason as one."""
        found: list[str] = []
        for (_, why), group in groupby(steps, key=lambda one: (one.who, one.why)):
            together = list(group)
            if len(together) < _FOLDED or self._alone or why in _EMPTY_REASONS:
                found += map(self._one, together)
            else:
                found.append(_many(together, or_more=together[-1] is steps[-1]))
        return found

    def _one(self, step: Step) -> str:
        day = discord.utils.format_dt(step.at, "D")
        why = "" if step.why in _EMPTY_REASONS else f": {plain(step.why, 200)}"
        did = cut(self._done(step), _LONGEST)
        return say(
            "`{number}` On {day} {who} {did}{why}",
            number=step.number,
            day=day,
            who=plain(step.who, 80),
            did=did,
            why=why,
        )

    def _done(self, step: Step) -> str:
        before, after = step.before, step.after
        what = self._called(step)
        verb = deed(step)
        if verb != "changed":
            return say("{deed} {what}", deed=deed_said(step), what=what)
        if before is None or after is None:
            return say("changed {fields} of {what}", fields=_fields(step), what=what)
        changes = differing(rows(self._workspace, before), rows(self._workspace, after))
        listed = [_change(*one) for one in changes[:_CHANGES_SHOWN]]
        more = (
            say(" and {value} more", value=len(changes) - _CHANGES_SHOWN)
            if len(changes) > len(listed)
            else ""
        )
        if not listed:
            return say("changed {fields} of {what}", fields=_fields(step), what=what)
        return say("changed {what}: {listed}{more}", what=what, listed="; ".join(listed), more=more)

    def _called(self, step: Step) -> str:
        """Name the record that a change was made to."""
        record = step.after or step.before
        if self._alone:
            return say("the {kind}", kind=kind_said(step.kind))
        name = _name(self._workspace, record) if record else ""
        return (
            say(
                "the {kind} {name} ({code})",
                kind=kind_said(step.kind),
                name=name,
                code=code(step.record),
            )
            if name
            else code(step.record)
        )


def deed(step: Step) -> str:
    """Name what a change did to a record: added, changed, withdrew and so on."""
    before, after = step.before, step.after
    now = after.status if isinstance(after, Claim) else None
    if step.created:
        return "proposed" if now is Status.PROPOSED else "added"
    if now is None or not isinstance(before, Claim) or before.status is now:
        return "changed"
    decided = _DECIDED.get(now) if before.status is Status.PROPOSED else None
    return decided or _BECAME[now]


def deed_said(step: Step) -> str:
    """Name what a change did, in the reader's language."""
    return {
        "added": say("added"),
        "changed": say("changed"),
        "proposed": say("proposed"),
        "approved": say("approved"),
        "rejected": say("rejected"),
        "put back": say("put back"),
        "withdrew": say("withdrew"),
        "marked as superseded": say("marked as superseded"),
        "made a proposal of": say("made a proposal of"),
    }[deed(step)]


def _many(steps: Sequence[Step], *, or_more: bool) -> str:
    newest, oldest = steps[0], steps[-1]
    day = discord.utils.format_dt(newest.at, "D")
    more = say(" or more") if or_more and len(steps) >= _NEWEST else ""
    count, why = (
        say("{steps}{more} records", steps=number(len(steps)), more=more),
        plain(newest.why, 200),
    )
    lead = say(
        "`{number}–{number2}` On {day}", number=oldest.number, number2=newest.number, day=day
    )
    if newest.who == CURATED:
        return say("{lead} {count} came with the bot: {why}", lead=lead, count=count, why=why)
    verb = say("added") if all(one.created for one in steps) else say("added or changed")
    return f"{lead} {plain(newest.who, 80)} {verb} {count}: {why}"


def _name(workspace: Workspace, record: AnyRecord) -> str:
    """Name a record so that one knows it again: a claim by what it says."""
    if isinstance(record, Claim):
        return f"“{plain(record.statement, _VALUE)}”"
    return named(workspace, record, _VALUE)


def _fields(step: Step) -> str:
    """Name the fields of a change that cannot be read as a record any more, or shows nowhere."""
    names = dict.fromkeys(label(change.field).casefold() for change in step.changes)
    return plain(", ".join(names), 200) or say("nothing")


def _change(name: str, before: str, after: str) -> str:
    # Only English has no capitals within a sentence.
    noun = _NOUNS.get(name) or (name.casefold() if spoken() == DEFAULT else name)
    old, new = cut(before, _VALUE), cut(after, _VALUE)
    if not before:
        return say("the {noun} is now {new}", noun=noun, new=new)
    if not after:
        return say("the {noun} {old} is gone", noun=noun, old=old)
    return say("the {noun} from {old} to {new}", noun=noun, old=old, new=new)


# ------------------------------------------------------------------ the ways back


async def retract(interaction: Interaction, claim: str, reason: str) -> None:
    """Take a claim back; it stays readable as retracted."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        revision = await curation_of(interaction.client).retract(actor, claim, reason=reason)
        effect = say("It counts in no answer any more.")
        return told(actor, revision, f"**Retracted** {code(claim)}. {effect}")

    await respond(interaction, lambda: answering(make))


async def restore(interaction: Interaction, claim: str, reason: str | None) -> None:
    """Put a retracted claim back."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        why = reason or "restored"
        revision = await curation_of(interaction.client).restore(actor, claim, reason=why)
        return told(actor, revision, f"**Restored** {code(claim)}. It counts again.")

    await respond(interaction, lambda: answering(make))


async def undo(interaction: Interaction, number: int, reason: str | None) -> None:
    """Undo a revision by a new one."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        return await undone(interaction.client, actor, number, reason or "")

    await respond(interaction, lambda: answering(make))


async def retire(interaction: Interaction, topic: str, reason: str) -> None:
    """Take a topic out of the answers."""
    app = interaction.client

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        key = await aside(interaction, lambda: _topic_of(app, topic.strip()), AT_ONCE)
        revision = await curation_of(app).retire(actor, key, reason=reason)
        effect = say(
            "It is in no answer, command or list any more. What was claimed on it stays "
            "readable by its id, and in the history."
        )
        return told(actor, revision, f"**Retired** {code(key)}. {effect}")

    await respond(interaction, lambda: answering(make))


def _topic_of(app: App, named: str) -> str:
    """Return the id of a topic, of one that is retired already too."""
    workspace = app.workspace
    return named if workspace.library.has("topic", named) else workspace.lookup.topic(named).id
