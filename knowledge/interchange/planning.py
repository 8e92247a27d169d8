"""The dry run of an import for people: what differs field by field, and what is refused where."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.interchange.draft import Drafted, ImportDraft, ImportRefused, Problems, Sample
from knowledge.interchange.foreign import same_one
from knowledge.model import KINDS, AnyRecord, RecordKind, kind_of
from knowledge.records import (
    Misfit,
    Problem,
    content,
    full_content,
    marked,
    missing,
    references,
    superseded_among,
)
from knowledge.store import Altered, Preview

Previewing = Callable[[Sequence[AnyRecord]], Preview]
"""Says what putting records would change, as `Store.preview` does."""
Key = tuple[RecordKind, str]

_ROUNDS = 20
"""Two are usual; a file that is still wrong after so many is taken whole or not at all (chosen by
eye)."""


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
    odd: Problems = field(default_factory=Problems)
    """What is taken although it is seldom meant: a person should look at it."""
    skipping: bool = False
    """Whether what is refused is left out, and the rest is to be saved."""
    samples: list[Sample] = field(default_factory=list)
    """The first rows of a mapped table, as they are read."""
    left_out: tuple[str, ...] = ()
    """Columns of a mapped table that are not read."""

    @property
    def taken(self) -> int:
        """How many records would be saved."""
        return len(self.added) + len(self.changed)

    @property
    def fits(self) -> bool:
        """Whether something of it may be saved although something is refused."""
        return self.skipping and bool(self.taken or self.unchanged)

    def records(self) -> list[AnyRecord]:
        """Return what is to be saved in one change, those that others refer to first.

        Raises:
            ImportRefused: something is refused, so nothing is to be saved; or only the rest is to
                be, and there is none.
        """
        if self.refused and not self.fits:
            raise ImportRefused(self.refused)
        changed = [(change.kind, change.after) for change in self.changed]
        order = list(KINDS)
        both = sorted([*self.added, *changed], key=lambda named: order.index(named[0]))
        return [record for _, record in both]


def plan(draft: ImportDraft, previewing: Previewing, *, skip_refused: bool = False) -> ImportPlan:
    """Hold a draft against what is on file, without saving anything.

    With `skip_refused` the plan is to save whatever fits: what is refused is left out, and so is
    what names it, until nothing is left that is wrong.
    """
    if skip_refused:
        return _fitting(draft, previewing)
    preview = _previewed(draft.entries, previewing)
    entries = {(entry.kind, entry.record.id): entry for entry in draft.entries}
    refused = Problems(list(draft.problems.listed), draft.problems.count)
    misfits = [*_complaints(draft, entries, preview)]
    for one in misfits:
        refused.add(_problem(draft, entries[_key(one.record)], one))
    bad = {_key(one.record) for one in misfits}
    return _sorted_out(draft, preview, entries, refused, bad)


def _previewed(entries: Iterable[Drafted], previewing: Previewing) -> Preview:
    records = [entry.record for entry in entries]
    superseded = superseded_among(records)
    return previewing([marked(record, superseded) for record in records])


def _fitting(draft: ImportDraft, previewing: Previewing) -> ImportPlan:
    """Plan to save what fits; each round leaves out what was wrong in the one before."""
    entries = {(entry.kind, entry.record.id): entry for entry in draft.entries}
    refused = Problems(list(draft.problems.listed), draft.problems.count)
    wrong, rounds = True, 0
    while wrong and rounds < _ROUNDS:
        preview = _previewed(entries.values(), previewing)
        found = _left_out(draft, entries, preview)
        for one in found:
            refused.add(_problem(draft, entries[_key(one.record)], one))
        left_out = {_key(one.record) for one in found}
        entries = {key: entry for key, entry in entries.items() if key not in left_out}
        wrong, rounds = bool(found), rounds + 1
    made = _sorted_out(draft, preview, entries, refused, _idle(entries) if refused else set())
    made.skipping = not wrong
    return made


def _left_out(draft: ImportDraft, entries: Mapping[Key, Drafted], preview: Preview) -> list[Misfit]:
    """Say what is wrong, and what cannot stay without that."""
    misfits = [*_complaints(draft, entries, preview, every=True)]
    misfits += [*_crowded_out(misfits, preview)]
    bad = {_key(one.record) for one in misfits}
    gone = bad & {_key(one) for one in preview.added}
    return [*misfits, *_left_without(gone, bad, entries)]


def _crowded_out(misfits: Iterable[Misfit], preview: Preview) -> Iterator[Misfit]:
    """Refuse the rest of a kind with the first that has no room.

    Such a complaint is of the record as a whole, of none of its fields.
    """
    for full in [one for one in misfits if not one.path]:
        some = [one for one in preview.added if kind_of(one) == kind_of(full.record)]
        ids = [one.id for one in some]
        for record in some[ids.index(full.record.id) + 1 :] if full.record.id in ids else ():
            yield Misfit(record, (), full.reason)


def _left_without(
    gone: set[Key], bad: set[Key], entries: Mapping[Key, Drafted]
) -> Iterator[Misfit]:
    """Go through the records that name one that is refused and not on file, however far away."""
    naming: dict[Key, list[AnyRecord]] = {}
    for entry in entries.values():
        for key in references(entry.record):
            naming.setdefault(key, []).append(entry.record)
    met, waiting = set(bad), list(gone)
    while waiting:
        kind, name = waiting.pop()
        for record in naming.get((kind, name), ()):
            if _key(record) not in met:
                met.add(_key(record))
                waiting.append(_key(record))
                yield Misfit(record, (), f"names the {kind} {name}, which is refused")


def _idle(entries: Mapping[Key, Drafted]) -> set[Key]:
    """Find what the file merely names, and no claim that is left names any more."""
    named = {key for entry in entries.values() for key in references(entry.record)}
    return {key for key, entry in entries.items() if entry.named_only and key not in named}


def _sorted_out(
    draft: ImportDraft,
    preview: Preview,
    entries: Mapping[Key, Drafted],
    refused: Problems,
    bad: set[Key],
) -> ImportPlan:
    made = ImportPlan(refused=refused, samples=draft.samples, left_out=draft.left_out)
    for odd in preview.odd:
        if _key(odd.record) not in bad:
            made.odd.add(_problem(draft, entries[_key(odd.record)], odd))
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
    draft: ImportDraft, entries: Mapping[Key, Drafted], preview: Preview, *, every: bool = False
) -> Iterator[Misfit]:
    """Go through what is wrong, in the order of the file.

    What a file merely names and is on file stays as it is, whatever the file says of it. A
    record that could not be read is not called missing as well, unless `every` complaint counts.
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
        elif every:
            yield Misfit(one.record, one.path, f"{one.reason} that could be read")


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
