"""The dry run of an import for people: what differs field by field, and what is refused where."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.interchange.claimreview import same_one
from knowledge.interchange.draft import Drafted, ImportDraft, ImportRefused, Problems
from knowledge.model import KINDS, AnyRecord, RecordKind, kind_of
from knowledge.records import (
    Misfit,
    Problem,
    content,
    full_content,
    marked,
    missing,
    superseded_among,
)
from knowledge.store import Altered, Preview

Previewing = Callable[[Sequence[AnyRecord]], Preview]
"""Says what putting records would change, as `Store.preview` does."""
Key = tuple[RecordKind, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a record, as it is and as it would be; None where it is empty."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Alteration:
    """A record on file that the import would change."""

    kind: RecordKind
    before: AnyRecord
    after: AnyRecord

    @property
    def fields(self) -> tuple[Difference, ...]:
        """The fields that differ, in the order of the model, as plain JSON values."""
        before, after = full_content(self.before), full_content(self.after)
        return tuple(
            Difference(name, before[name], after[name])
            for name in after
            if before[name] != after[name]
        )


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Nothing is done yet."""

    added: list[tuple[RecordKind, AnyRecord]] = field(default_factory=list)
    changed: list[Alteration] = field(default_factory=list)
    unchanged: int = 0
    refused: Problems = field(default_factory=Problems)

    def records(self) -> list[AnyRecord]:
        """Return what is to be saved in one change, those that others refer to first.

        Raises:
            ImportRefused: something is refused, so nothing is to be saved.
        """
        if self.refused:
            raise ImportRefused(self.refused)
        changed = [(change.kind, change.after) for change in self.changed]
        order = list(KINDS)
        both = sorted([*self.added, *changed], key=lambda named: order.index(named[0]))
        return [record for _, record in both]


def plan(draft: ImportDraft, previewing: Previewing) -> ImportPlan:
    """Hold a draft against what is on file, without saving anything."""
    superseded = superseded_among(entry.record for entry in draft.entries)
    preview = previewing([marked(entry.record, superseded) for entry in draft.entries])
    entries = {(entry.kind, entry.record.id): entry for entry in draft.entries}
    refused = Problems(list(draft.problems.listed), draft.problems.count)
    misfits = [*_complaints(draft, entries, preview)]
    for one in misfits:
        refused.add(_problem(draft, entries[_key(one.record)], one))
    bad = {_key(one.record) for one in misfits}
    return _sorted_out(preview, entries, refused, bad)


def _sorted_out(
    preview: Preview, entries: Mapping[Key, Drafted], refused: Problems, bad: set[Key]
) -> ImportPlan:
    made = ImportPlan(refused=refused)
    made.added = [(kind_of(one), one) for one in preview.added if _key(one) not in bad]
    for one in preview.changed:
        key = _key(one.after)
        if entries[key].named_only:
            made.unchanged += key not in bad
        elif key not in bad:
            made.changed.append(Alteration(kind_of(one.after), one.before, one.after))
    made.unchanged += sum(_key(one) not in bad for one in preview.same)
    return made


def _complaints(
    draft: ImportDraft, entries: Mapping[Key, Drafted], preview: Preview
) -> Iterator[Misfit]:
    """Go through what is wrong, in the order of the file.

    What a file merely names and is on file stays as it is, whatever the file says of it. A
    record that could not be read is not called missing as well.
    """
    excused = {missing(kind, wrong) for kind in KINDS for wrong in draft.wrong}
    standing = {*map(_key, preview.same), *(_key(one.after) for one in preview.changed)}
    left = {key for key in standing if entries[key].named_only}
    found = [one for one in preview.problems if _key(one.record) not in left]
    found += [misfit for one in preview.changed for misfit in _named_differently(one, left)]
    places = {key: place for place, key in enumerate(entries)}
    for one in sorted(found, key=lambda one: places[_key(one.record)]):
        if one.reason not in excused:
            yield one


def _named_differently(one: Altered, left: set[Key]) -> Iterator[Misfit]:
    """Say so if the record of an id on file is not the one that the file names."""
    if _key(one.after) in left and not same_one(content(one.before), content(one.after)):
        kind = kind_of(one.after)
        reason = f"the {kind} of this id on file is another one: add it by hand first"
        yield Misfit(one.after, ("id",), reason)


def _problem(draft: ImportDraft, entry: Drafted, one: Misfit) -> Problem:
    line = draft.locate(entry, one.path)
    return Problem(draft.file, one.record.id, one.field, one.reason, line)


def _key(record: AnyRecord) -> Key:
    return kind_of(record), record.id
