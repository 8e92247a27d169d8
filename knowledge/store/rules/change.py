"""A change: records with their revisions, checked against the others, written as a whole."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from typing_extensions import override

from knowledge.fairness import fairness
from knowledge.model import KINDS, AnyRecord, RecordKind, Revision, kind_of
from knowledge.records import canonical_json, content, without_controls
from knowledge.store.base import Change, Conflict, Placed, Progress, Refused, Written
from knowledge.store.engine import Head, Reads, Rows, Sealed, Writes
from knowledge.store.rows import rows_of
from knowledge.store.rules import history
from knowledge.store.rules.visible import (
    Key,
    Rules,
    elsewhere,
    in_slices,
    misfits,
    over_quota,
    seen_from,
    standing_of,
)

_ORDER = {kind: place for place, kind in enumerate(KINDS)}


class RuledChange(Change):
    """Takes records up beside those that stand, for a transaction to write what came of them.

    What it reads is that transaction, or a moment of its own: then it is written only if its
    place, and what is seen from there, stand as they did.
    """

    def __init__(self, reads: Reads, by: tuple[str, str], workspace: str | None) -> None:
        self._reads = reads
        who, why = by
        self._by = (without_controls(who), without_controls(why))
        self._workspace = workspace
        self._first, self._place_number = self.newest(reads)
        self._head = self._first
        self._before: dict[Key, AnyRecord] = {}
        self._fresh: dict[Key, AnyRecord] = {}
        self._newest: dict[Key, int] = {}
        self._sides: list[tuple[AnyRecord | None, AnyRecord]] = []
        self._sealed: list[Sealed] = []
        self._done = 0
        """How many of them are written."""
        self._unwritten: dict[RecordKind, dict[str, AnyRecord]] = {}
        self._replaced: dict[RecordKind, list[str]] = {}
        self._rows: list[tuple[RecordKind, Rows]] = []

    @property
    @override
    def written(self) -> Sequence[Written]:
        return [
            Written(one.number, one.place_number, one.kind, one.record, one.workspace, *sides)
            for one, sides in zip(self._sealed, self._sides, strict=True)
        ]

    @override
    def read(self, kind: RecordKind, record: str) -> Placed | None:
        if fresh := self._fresh.get((kind, record)):
            return Placed(fresh, self._workspace, self._newest[kind, record])
        return read_one(self._reads, kind, record, self._workspace)

    @override
    def put(self, record: AnyRecord, *, expected_revision: int | None = None) -> Revision | None:
        if expected_revision is not None:
            self._expect(record, expected_revision)
        taken = self._take(kind_of(record), [record])
        return history.revision_of(self._sealed[-1]) if taken else None

    @override
    def shown_number(self, revision: Revision, workspace: str | None) -> int:
        before = self._first[0]
        shown = history.shown_number(self._reads, before, workspace)
        return shown + revision.number - before

    @override
    def put_all(self, records: Sequence[AnyRecord], progress: Progress | None = None) -> int:
        ordered = sorted(records, key=lambda record: _ORDER[kind_of(record)])
        taken = done = 0
        for kind, group in groupby(ordered, key=kind_of):
            for some in in_slices(group):
                taken += self._take(kind, some)
                done += len(some)
                if progress:
                    progress(done, len(ordered))
        return taken

    def check(self, rules: Rules) -> None:
        """Hold what was taken up against everything else that can be seen from its place.

        Raises:
            Refused: references, figures, relations, dates or command names do not fit, or the
                place has too many records.
        """
        added = [record for key, record in self._fresh.items() if key not in self._before]
        found = misfits(self._reads, self._workspace, self._fresh, self._before, rules)
        found += over_quota(self._reads, self._workspace, added, rules)
        if found:
            raise Refused(found)

    def make_rows(self) -> None:
        """Make the rows of what was taken up, where nobody waits for that."""
        for kind, records in self._unwritten.items():
            rows = rows_of(KINDS[kind], [*records.values()], self._workspace)
            self._rows.append((kind, rows))
        self._unwritten.clear()

    def seen(self, reads: Reads) -> int:
        """Return what grows whenever something changes that can be seen from the place."""
        return history.shown_number(reads, history.head(reads)[0], self._workspace)

    def newest(self, reads: Reads) -> tuple[Head, int]:
        """Return the newest revision, and how many the place has."""
        head = history.head(reads)
        return head, reads.place_count(self._workspace, head[0])

    def put_after(self, newest: Head, place_number: int) -> None:
        """Count and seal what was taken up anew, unless it follows that revision already."""
        if newest != self._first:
            self._first = newest
            self._sealed = history.resealed(newest, _now(), place_number, self._sealed)

    def write(self, writes: Writes) -> None:
        """Write what was taken up since it was last written."""
        self.make_rows()
        for kind, rows in self._rows:
            writes.write(KINDS[kind], rows, self._workspace, self._replaced.pop(kind, ()))
        if fresh := self._sealed[self._done :]:
            writes.append(fresh)
        self._rows.clear()
        self._done = len(self._sealed)

    def _expect(self, record: AnyRecord, expected: int) -> None:
        standing = self.read(kind_of(record), record.id)
        if standing is not None and standing.workspace != self._workspace:
            return  # refused in a moment: the shared base is not changed from a workspace
        newest = standing.revision if standing else 0
        if newest != expected:
            raise Conflict(record, standing.record if standing else None, newest)

    def _take(self, kind: RecordKind, records: Sequence[AnyRecord]) -> int:
        """Take up records of one kind, and return how many change something."""
        known = {record.id for record in records if (kind, record.id) in self._fresh}
        others = [record for record in records if record.id not in known]
        standing = standing_of(self._reads, kind, self._workspace, others)
        standing |= {key: (self._fresh[kind, key], self._workspace) for key in known}
        if taken := elsewhere(records, standing, self._workspace):
            raise Refused(taken)
        at, count = _now(), 0
        for record in fairness.each(records):
            before = standing[record.id][0] if record.id in standing else None
            if before == record:
                continue
            text = canonical_json(content(record))
            before_text = None if before is None else canonical_json(content(before))
            self._seal(at, kind, record.id, (before_text, text))
            self._note(kind, before, record)
            standing[record.id] = (record, self._workspace)
            count += 1
        return count

    def _seal(
        self, at: str, kind: RecordKind, record: str, sides: tuple[str | None, str | None]
    ) -> None:
        self._place_number += 1
        of = (kind, record, self._workspace, self._place_number)
        one = history.sealed(self._head, at, self._by, of, sides)
        self._head = (one.number, one.seal)
        self._sealed.append(one)

    def _note(self, kind: RecordKind, before: AnyRecord | None, after: AnyRecord) -> None:
        key = kind, after.id
        unwritten = self._unwritten.setdefault(kind, {})
        if before is not None and after.id not in unwritten:
            self._replaced.setdefault(kind, []).append(after.id)
        if before is not None and key not in self._fresh:
            self._before[key] = before
        unwritten[after.id] = self._fresh[key] = after
        self._newest[key], _ = self._head
        self._sides.append((before, after))


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def read_one(reads: Reads, kind: RecordKind, record: str, workspace: str | None) -> Placed | None:
    """Return what an id means in a place, with its own place and newest revision, or nothing."""
    found = next(seen_from(reads, KINDS[kind], workspace, [record]), None)
    if found is None:
        return None
    newest = reads.newest(kind, found[1], [record])
    return Placed(found[0], found[1], newest.get(record, 0))
