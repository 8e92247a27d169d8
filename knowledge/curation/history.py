"""The history of a record for people: who changed which field, when and why, and the way back."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from knowledge.curation.actors import name_of
from knowledge.curation.work import FieldProblem, Invalid
from knowledge.model import (
    KINDS,
    AnyRecord,
    Claim,
    Example,
    ForPeople,
    RecordKind,
    Revision,
    Status,
    Topic,
)
from knowledge.records import content
from knowledge.store import Conflict, Placed

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after a revision; empty where it had no value."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One revision, field by field.

    `before` and `after` are the record as it was and as it became, where it can still be read.
    """

    number: int
    at: datetime
    who: str
    why: str
    kind: RecordKind
    record: str
    workspace: str | None
    changes: tuple[FieldChange, ...]
    before: AnyRecord | None = None
    after: AnyRecord | None = None

    @property
    def created(self) -> bool:
        """Whether the record is new with it."""
        return any(change.field == "id" and not change.before for change in self.changes)


class Entangled(ForPeople):
    """What a revision changed was changed again since.

    `fields` names it, `wanted` is the record as it would be without the revision.
    """

    def __init__(self, fields: tuple[str, ...], wanted: AnyRecord) -> None:
        super().__init__(f"changed again since: {', '.join(fields)}")
        self.fields = fields
        self.wanted = wanted


def step_of(revision: Revision) -> Step:
    """Read a revision for people."""
    return Step(
        number=revision.number,
        at=revision.at,
        who=name_of(revision.who),
        why=revision.why,
        kind=revision.kind,
        record=revision.record,
        workspace=revision.workspace,
        changes=tuple(
            FieldChange(name, in_a_line(before), in_a_line(after))
            for name, before, after in _differing(revision)
        ),
        before=_record(revision.kind, revision.before),
        after=_record(revision.kind, revision.after),
    )


def _record(kind: RecordKind, held: Fields | None) -> AnyRecord | None:
    """Read a record of the history; what an earlier version wrote may not be one any more."""
    if held is None:
        return None
    try:
        return KINDS[kind].model_validate(held)
    except ValidationError:
        return None


def without(revision: Revision, held: AnyRecord) -> AnyRecord:
    """Return a record as it stands, without what one revision changed.

    Raises:
        Entangled: something of it was changed again since.
        pydantic.ValidationError: the fields do not fit together any more.
    """
    fields = content(held)
    wanted, again = dict(fields), []
    for name, before, after in _differing(revision):
        if fields.get(name) != after:
            again.append(name)
        if before is None:
            wanted.pop(name, None)
        else:
            wanted[name] = before
    record = KINDS[revision.kind].model_validate(wanted)
    if again:
        raise Entangled(tuple(again), record)
    return record


def _differing(revision: Revision) -> list[tuple[str, object, object]]:
    """Return the fields that differ, in the order of the model; a default counts as absent."""
    before, after = revision.before or {}, revision.after or {}
    return [
        (name, before.get(name), after.get(name))
        for name in KINDS[revision.kind].model_fields
        if before.get(name) != after.get(name)
    ]


def in_a_line(value: object) -> str:
    """Write a value of a field for people; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{name} {in_a_line(item)}" for name, item in value.items())
    if isinstance(value, list):
        apart = "; " if any(isinstance(item, dict) for item in value) else ", "
        return apart.join(in_a_line(item) for item in value)
    return str(value)


def undone(revision: Revision, held: Placed) -> AnyRecord:
    """Return a record without what a revision changed."""
    if revision.before is None:
        stands = held.record
        if isinstance(stands, Claim | Example) and stands.status is not Status.RETRACTED:
            return stands.model_copy(update={"status": Status.RETRACTED})
        number = revision.number
        reason = f"is new with revision {number}: there is nothing before it"
        if isinstance(held.record, Topic):
            reason = f"is new with revision {number}: there is nothing before it; retire it instead"
        raise Invalid([FieldProblem("", reason, held.record.id)])
    try:
        return without(revision, held.record)
    except Entangled as since:
        raise Conflict(since.wanted, held.record, held.revision) from since
    except ValidationError as errors:
        reason = str(errors.errors()[0]["msg"])
        raise Invalid([FieldProblem("", reason, held.record.id)]) from errors
