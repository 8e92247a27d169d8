"""History in the chat: who changed what, when and why, field by field; and the ways back."""

import re

import discord

from commands.cards import Card, pages_in_order
from commands.chat import (
    App,
    Interaction,
    LastingButton,
    Outcome,
    Refused,
    Reply,
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
from commands.curation.record_card import named
from commands.text import clip, plain
from knowledge.curation import Actor, FieldChange, NotVisible, Step
from knowledge.model import RecordKind

_STEPS_ON_A_PAGE = 4
_FIELDS_SHOWN = 8
_VALUE = 160
_NEWEST = 60
"""Steps of a page, fields of a step, characters of a value, and how far back the newest changes go:
some two screens of a phone, and fifteen pages (chosen by eye)."""
_KINDS: dict[str, RecordKind] = {
    "c": "claim",
    "t": "topic",
    "s": "source",
    "a": "asserter",
    "e": "example",
}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_ORDER: tuple[RecordKind, ...] = ("claim", "topic", "source", "asserter", "example")


class HistoryButton(LastingButton, template=r"h:(?P<page>\d{1,5}):(?P<kind>[ctsare]):(?P<id>.*)"):
    """Turns a page of a history."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Show the page in the place of this one."""
        actor, app = curator(interaction), interaction.client
        page = int(found["page"])

        def make() -> Reply:
            if found["kind"] == "r":
                return recent_reply(app, actor, page)
            return record_reply(app, actor, _KINDS[found["kind"]], found["id"], page)

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
    raise Refused(
        f"There is no record “{clip(what, 80)}” here. Choose one while you type its name."
    )


def record_reply(app: App, actor: Actor, kind: RecordKind, key: str, page: int = 0) -> Reply:
    """Return a page of the history of one record, the newest change first.

    Raises:
        NotVisible: there is no such record here.
    """
    curation = curation_of(app)
    held = curation.find(actor, kind, key)
    steps = list(reversed(curation.history(actor, kind, key)))
    title = f"History of {kind} {key}"
    head = f"{named(app.workspace, held.record, 200)}"
    return _paged((title, head), [_step(one) for one in steps], page, f"{_LETTERS[kind]}:{key}")


def recent_reply(app: App, actor: Actor, page: int = 0) -> Reply:
    """Return a page of the newest changes."""
    steps = curation_of(app).recent(actor, _NEWEST)
    head = f"The {len(steps)} newest, of what is seen here"
    blocks = [f"{_step(one, brief=True)}" for one in steps]
    return _paged(("Newest changes", head), blocks, page, "r:")


def _paged(heading: tuple[str, str], blocks: list[str], page: int, of: str) -> Reply:
    title, head = heading
    if not blocks:
        return note("Nothing was changed here yet.", outcome=Outcome.SILENT)
    dealt = pages_in_order(blocks, _STEPS_ON_A_PAGE)
    page = min(page, len(dealt) - 1)
    shown = dealt[page]
    text = "\n".join([head, *blocks[shown.start : shown.stop]])
    footer = f"Page {page + 1} of {len(dealt)} · newest first · /claim undo REVISION"
    newer = [HistoryButton(f"h:{page - 1}:{of}", "◀ Newer")] if page > 0 else []
    older = [HistoryButton(f"h:{page + 1}:{of}", "Older ▶")] if page < len(dealt) - 1 else []
    return Reply(Card(clip(title, 200), text, footer=footer), [*newer, *older], private=True)


def _step(step: Step, *, brief: bool = False) -> str:
    when = discord.utils.format_dt(step.at, "f")
    which = f"{step.kind} {code(step.record)}\n" if brief else ""
    head = (
        f"**Revision {step.number}** · {when}\n{which}{plain(step.who, 80)}: {plain(step.why, 200)}"
    )
    if brief and any(change.field == "id" for change in step.changes):
        return f"{head}\n-# new"
    if brief:
        names = ", ".join(dict.fromkeys(label(change.field) for change in step.changes))
        return f"{head}\n-# {plain(names, 200)}"
    return "\n".join([head, *_changes(step.changes)])


def _changes(changes: tuple[FieldChange, ...]) -> list[str]:
    lines = [
        f"- {plain(label(one.field), 40)}: {_side(one.before)} → {_side(one.after)}"
        for one in changes[:_FIELDS_SHOWN]
    ]
    more = len(changes) - len(lines)
    return [*lines, f"-# and {more} more fields"] if more > 0 else lines


def _side(text: str) -> str:
    return plain(text, _VALUE) or "nothing"


# ------------------------------------------------------------------ the ways back


async def retract(interaction: Interaction, claim: str, reason: str) -> None:
    """Take a claim back; it stays readable as retracted."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        revision = await curation_of(interaction.client).retract(actor, claim, reason=reason)
        return _told("Retracted", claim, revision.number, "It counts in no answer any more.")

    await respond(interaction, make)


async def restore(interaction: Interaction, claim: str, reason: str | None) -> None:
    """Put a retracted claim back."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        why = reason or "restored"
        revision = await curation_of(interaction.client).restore(actor, claim, reason=why)
        return _told("Restored", claim, revision.number, "It counts again.")

    await respond(interaction, make)


async def undo(interaction: Interaction, number: int, reason: str | None) -> None:
    """Undo a revision by a new one."""

    async def make() -> Reply:
        actor = curator(interaction)
        await wait(interaction)
        revision = await curation_of(interaction.client).undo(actor, number, why=reason or "")
        return _told(f"Undid revision {number} of", revision.record, revision.number, "")

    await respond(interaction, make)


def _told(what: str, record: str, revision: int, effect: str) -> Reply:
    return note(
        f"**{what}** {code(record)}. {effect}\n"
        f"-# Revision {revision} · take it back with `/claim undo {revision}`"
    )
