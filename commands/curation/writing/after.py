"""After something was saved: look at it, and take it back."""

import re
from collections.abc import Sequence
from contextlib import suppress

from commands.cards import DESCRIPTION, Card, fitting
from commands.chat import (
    App,
    Button,
    Interaction,
    LastingButton,
    Reply,
    aside,
    code,
    curation_of,
    curator,
    note,
    proposer,
    revise,
    send,
)
from commands.curation.writing.articles import hold
from commands.curation.writing.kinds import kind_said
from commands.curation.writing.record_card import lines, named, rows
from commands.text import clip, say
from knowledge.curation import Actor
from knowledge.model import AnyRecord, RecordKind, Revision, kind_of
from knowledge.store import StoreError
from knowledge.workspaces import BeingRead

KINDS_OF: dict[str, RecordKind] = {
    "c": "claim",
    "t": "topic",
    "s": "source",
    "a": "asserter",
    "e": "example",
}
"""Kinds of records by the letter that stands for them in a button."""
_LETTERS = {kind: letter for letter, kind in KINDS_OF.items()}


class UndoButton(LastingButton, template=r"u:(?P<revision>\d{1,16})"):
    """Takes one change back, by a new one."""

    @classmethod
    def of(cls, revision: int, label: str = "") -> "UndoButton":
        """Make the button for a revision, under the number by which it is shown."""
        return cls(f"u:{revision}", label or say("Undo"))

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Undo it, and say so where only the person sees it."""
        actor, number = curator(interaction), int(found["revision"])
        await hold(interaction)
        reply = await undone(interaction.client, actor, number, "")
        message = interaction.message
        if message is not None and message.flags.ephemeral:
            await revise(interaction, reply)
        else:
            await send(interaction, reply)


class ShowButton(LastingButton, template=r"v:(?P<kind>[ctsae]):(?P<id>[a-z0-9-]{1,80})"):
    """Shows a record as it stands now to the person alone."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Show every field that says something."""
        actor, app = proposer(interaction), interaction.client
        kind, key = KINDS_OF[found["kind"]], found["id"]
        await send(interaction, await aside(interaction, lambda: _shown(app, actor, kind, key)))


def _shown(app: App, actor: Actor, kind: RecordKind, key: str) -> Reply:
    held = curation_of(app).find(actor, kind, key)
    shown = lines(rows(app.workspace, held.record))
    title = clip(f"{kind_said(kind).capitalize()} {held.record.id}", 200)
    card = Card(
        title,
        fitting(shown, DESCRIPTION),
        footer=say("Revision {revision}", revision=held.revision),
    )
    return Reply(card, private=True)


async def undone(app: App, actor: Actor, number: int, reason: str) -> Reply:
    """Undo a revision, and say how the undoing can be undone.

    Raises:
        NotVisible: there is no such revision here.
        SharedRecord: it changed a record that ships.
        Invalid: there is nothing before it.
        Conflict: what it changed was changed again since.
    """
    revision = await curation_of(app).undo(actor, number, why=reason)
    return told(actor, revision, f"**Undid revision {number}** of {code(revision.record)}.")


def saved(app: App, actor: Actor, record: AnyRecord, revision: Revision, verb: str) -> Reply:
    """Say what was written, and offer to look at it and to take it back."""
    name = ""
    # It is saved, and said to be, though what it belongs to cannot be read at this moment.
    with suppress(StoreError, BeingRead):
        name = f": {named(app.workspace, record)}"
    return told(actor, revision, f"**{verb}** {code(record.id)}{name}", kind_of(record))


def told(actor: Actor, revision: Revision, text: str, kind: RecordKind | None = None) -> Reply:
    """Say what became of a record, with the buttons that go on from there."""
    back = (
        say(" · take it back with `/claim undo {number}`", number=revision.number)
        if _can(actor, revision)
        else ""
    )
    shown = say("{text}\n-# Revision {number}{back}", text=text, number=revision.number, back=back)
    return note(shown, _buttons(actor, revision, kind or revision.kind))


def _buttons(actor: Actor, revision: Revision, kind: RecordKind) -> Sequence[Button]:
    show = ShowButton.fitting(f"v:{_LETTERS[kind]}:{revision.record}", say("Show"))
    return [*show, *([UndoButton.of(revision.number)] if _can(actor, revision) else [])]


def _can(actor: Actor, revision: Revision) -> bool:
    """Whether a person can take a revision back: a new claim is withdrawn, other news stay."""
    return actor.can_curate and (revision.kind == "claim" or revision.before is not None)
