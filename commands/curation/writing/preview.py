"""A record before it is saved: what was understood, what is odd, and the ways on from there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import discord

from commands.cards import DESCRIPTION, Card, Tone, fitting
from commands.chat import (
    App,
    Button,
    Outcome,
    Reply,
    UnsavedRecord,
    code,
    curation_of,
    in_words,
    label,
    note,
    problem_lines,
    review_channel,
)
from commands.curation.writing.forms import ARTICLE, Step, names_in
from commands.curation.writing.kinds import kind_said
from commands.curation.writing.record_card import lines, named, rows, struck
from commands.text import clip, plain, say, told
from knowledge.curation import Actor, ClaimForm, Draft, Similar
from knowledge.model import AnyRecord
from knowledge.store import Conflict
from knowledge.workspaces import Workspace

Make = Callable[[str, str, discord.ButtonStyle], Button]
"""Makes a button of an act, its text and its style."""

_SIMILAR_SHOWN = 3
"""Beside the draft, on one screen of a phone (chosen by eye)."""
SAME = {"asserter": "same speaker", "figure": "same figure", "asserted_on": "same time"}
_GREY, _GREEN, _BLUE, _RED = (
    discord.ButtonStyle.secondary,
    discord.ButtonStyle.success,
    discord.ButtonStyle.primary,
    discord.ButtonStyle.danger,
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it is shown to whoever writes it."""

    app: App
    actor: Actor
    unsaved: UnsavedRecord
    draft: Draft
    make: Make

    def reply(self) -> Reply:
        """Show what was understood, or what cannot be saved as it is."""
        return self._wrong() if self.draft.record is None else self._understood(self.draft.record)

    def _wrong(self) -> Reply:
        text = [
            say(
                "**This cannot be saved as it is.** What you typed is kept: a blue button "
                "corrects it."
            ),
            *problem_lines(self.draft.problems),
        ]
        return note(fitting(text, DESCRIPTION), list(self._ways()), Outcome.REFUSED)

    def _understood(self, record: AnyRecord) -> Reply:
        unsaved, workspace = self.unsaved, self.app.workspace
        kind = unsaved.kind
        head = (
            say("Change to {kind} {record}", kind=kind_said(kind), record=unsaved.record)
            if unsaved.record
            else say("New {kind}", kind=kind_said(kind))
        )
        shown = rows(workspace, record)
        if unsaved.record:
            before = curation_of(self.app).find(self.actor, kind, unsaved.record).record
            shown = struck(rows(workspace, before), shown)
        text = [
            *self._odd(),
            *lines(shown),
            *self._new_source(),
            *_alike(workspace, self.draft.similar),
        ]
        card = Card(
            clip(say("{head}: is this right?", head=head), 200),
            fitting(text, DESCRIPTION),
            footer=say("Nothing is saved yet. Only you can see this."),
            tone=Tone.WARNING if self.draft.odd else Tone.ANSWER,
        )
        return Reply(card, [*self._saving(), *self._ways()], private=True)

    def _odd(self) -> Iterator[str]:
        if self.draft.odd:
            yield say("⚠ **Is this meant?**")
        for one in self.draft.odd:
            field = f"{plain(label(one.field), 60)}: " if one.field else ""
            yield f"- {field}{plain(in_words(one.reason), 300)}"

    def _new_source(self) -> Iterator[str]:
        if source := self.draft.source:
            printed = source.published_on or say("no date known")
            told = f"{source.publisher}, “{source.title}”, {printed}"
            yield say("**New source, saved with it:** {told}", told=plain(told, 400))

    def _saving(self) -> Iterator[Button]:
        unsaved = self.unsaved
        anyway, style = (say(" anyway"), _RED) if self.draft.odd else ("", _GREEN)
        may_save = self.actor.can_curate or bool(unsaved.record)
        if may_save:
            yield self.make("save", say("Save{anyway}", anyway=anyway), style)
        reviewed = review_channel(self.app, unsaved.guild) is not None
        if unsaved.kind == "claim" and not unsaved.record and (reviewed or not may_save):
            yield self.make("propose", say("Propose{anyway}", anyway=anyway), _BLUE)

    def _ways(self) -> Iterator[Button]:
        """Make a button for each form that has something to fill in, and one to give up."""
        if self.draft.passages:
            yield self.make(Step.PLACE, say("Choose the paragraph"), _BLUE)
        yield self._way(Step.MAIN, say("Edit"))
        if names_in(self.unsaved, Step.MORE):
            yield self._way(Step.MORE, say("More fields"))
        if isinstance(self.unsaved.form, ClaimForm):
            also = say(", article") if ARTICLE in names_in(self.unsaved, Step.BEARS) else ""
            yield self._way(Step.BEARS, say("Relation, note{also}", also=also))
            if dimensions_of(self.app, self.unsaved):
                wrong = "qualifiers" in self._wrong_fields()
                yield self.make(Step.NARROW, say("Narrowed by"), _BLUE if wrong else _GREY)
        yield self.make("cancel", say("Cancel"), _GREY)

    def _way(self, step: Step, text: str) -> Button:
        """Make the button to a form, which stands out where something in the form is wrong."""
        wrong = self._wrong_fields() & set(names_in(self.unsaved, step))
        return self.make(step, text, _BLUE if wrong else _GREY)

    def _wrong_fields(self) -> set[str]:
        return {problem.field for problem in self.draft.problems}


def dimensions_of(app: App, unsaved: UnsavedRecord) -> Sequence[str]:
    """Return what the figures of a claim's topic may be narrowed by."""
    topic = app.workspace.library.topics.get(getattr(unsaved.form, "topic", ""))
    return topic.dimensions if topic else ()


def _alike(workspace: Workspace, similar: Iterable[Similar]) -> list[str]:
    listed = list(similar)[:_SIMILAR_SHOWN]
    if not listed:
        return []
    return [
        "",
        say("⚠ **Already on file? The nearest:**"),
        *(_near(workspace, one) for one in listed),
    ]


def _near(workspace: Workspace, one: Similar) -> str:
    same = ", ".join(told(SAME.get(name, name)) for name in one.same)
    alike = f" ({same})" if same else ""
    return (
        f"- {named(workspace, one.claim, 160)}: {plain(one.claim.statement, 200)}{alike}\n"
        f"-# {code(one.claim.id)}"
    )


# ------------------------------------------------------------------ two versions


def conflict(workspace: Workspace, error: Conflict, make: Make) -> Reply:
    """Show both versions where two people changed one record."""
    text = [
        say("**Somebody else saved this while you were writing.** Nothing of yours is saved yet."),
        *_versions(workspace, error),
    ]
    card = Card(
        clip(say("Two versions of {id}", id=error.yours.id), 200),
        fitting(text, DESCRIPTION),
        tone=Tone.WARNING,
    )
    mine = say("Save mine anyway") if error.stored is not None else say("Save mine")
    buttons = [
        make("theirs", say("Keep theirs"), _GREY),
        make("save", mine, _RED),
        make(Step.MAIN, say("Edit"), _GREY),
    ]
    return Reply(card, buttons, private=True, outcome=Outcome.REFUSED)


def _versions(workspace: Workspace, error: Conflict) -> list[str]:
    yours = dict(rows(workspace, error.yours))
    theirs = dict(rows(workspace, error.stored)) if error.stored else {}
    both: Sequence[str] = list(dict.fromkeys([*theirs, *yours]))
    differing = [name for name in both if theirs.get(name) != yours.get(name)]
    if not differing:
        return [say("The two say the same.")]
    return [line for name in differing for line in _sides(name, theirs.get(name), yours.get(name))]


def _sides(name: str, theirs: str | None, yours: str | None) -> Iterable[str]:
    yield f"**{name}**"
    yield say("- theirs: {value}", value=theirs or say("nothing"))
    yield say("- yours: {value}", value=yours or say("nothing"))
