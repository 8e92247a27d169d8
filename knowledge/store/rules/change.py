"""A change: records with their revisions, checked against the others, written as a whole."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from typing_extensions import override

from knowledge.model import KINDS, AnyRecord, RecordKind, Revision, kind_of
from knowledge.records import canonical_json, content, without_controls
from knowledge.store.base import Change, Conflict, Placed, Progress, Refused, Written
from knowledge.store.engine import Reads, Sealed, Writes
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
    """Writes inside a transaction that somebody else opens and ends."""

    def __init__(self, writes: Writes, by: tuple[str, str], workspace: str | None) -> None:
        self._writes = writes
        who, why = by
        self._by = (without_controls(who), without_controls(why))
        self._workspace = workspace
        self._head = history.head(writes)
        self._place_number = writes.place_count(workspace, self._head[0])
        self._before: dict[Key, AnyRecord] = {}
        self._fresh: dict[Key, AnyRecord] = {}
        self._written: list[Written] = []

    @property
    @override
    def written(self) -> Sequence[Written]:
        return self._written

    @override
    def read(self, kind: RecordKind, record: str) -> Placed | None:
        return read_one(self._writes, kind, record, self._workspace)

    @override
    def put(self, record: AnyRecord, *, expected_revision: int | None = None) -> Revision | None:
        if expected_revision is not None:
            self._expect(record, expected_revision)
        written = self._write(kind_of(record), [record])
        return history.revision_of(written[0]) if written else None

    @override
    def put_all(self, records: Sequence[AnyRecord], progress: Progress | None = None) -> int:
        ordered = sorted(records, key=lambda record: _ORDER[kind_of(record)])
        written = done = 0
        for kind, group in groupby(ordered, key=kind_of):
            for some in in_slices(group):
                written += len(self._write(kind, some))
                done += len(some)
                if progress:
                    progress(done, len(ordered))
        return written

    def check(self, rules: Rules) -> None:
        """Hold what was written against everything else that can be seen from its place.

        Raises:
            Refused: references, figures, relations, dates or command names do not fit, or the
                place has too many records.
        """
        added = [record for key, record in self._fresh.items() if key not in self._before]
        found = misfits(self._writes, self._workspace, self._fresh, self._before, rules)
        found += over_quota(self._writes, self._workspace, added, rules, written=True)
        if found:
            raise Refused(found)

    def _expect(self, record: AnyRecord, expected: int) -> None:
        standing = self.read(kind_of(record), record.id)
        if standing is not None and standing.workspace != self._workspace:
            return  # refused in a moment: the shared base is not changed from a workspace
        newest = standing.revision if standing else 0
        if newest != expected:
            raise Conflict(record, standing.record if standing else None, newest)

    def _write(self, kind: RecordKind, records: Sequence[AnyRecord]) -> list[Sealed]:
        standing = standing_of(self._writes, kind, self._workspace, records)
        if taken := elsewhere(records, standing, self._workspace):
            raise Refused(taken)
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        revisions, fresh, replaced = [], {}, []
        for record in records:
            before = standing[record.id][0] if record.id in standing else None
            if before == record:
                continue
            text = canonical_json(content(record))
            before_text = None if before is None else canonical_json(content(before))
            revisions.append(self._sealed(at, kind, record.id, (before_text, text)))
            self._note(kind, before, record)
            if record.id not in fresh and before is not None:
                replaced.append(record.id)
            standing[record.id] = (record, self._workspace)
            fresh[record.id] = record
        if revisions:
            self._writes.write(KINDS[kind], [*fresh.values()], self._workspace, replaced)
            self._writes.append(revisions)
        return revisions

    def _sealed(
        self, at: str, kind: RecordKind, record: str, sides: tuple[str | None, str | None]
    ) -> Sealed:
        self._place_number += 1
        of = (kind, record, self._workspace, self._place_number)
        one = history.sealed(self._head, at, self._by, of, sides)
        self._head = (one.number, one.seal)
        return one

    def _note(self, kind: RecordKind, before: AnyRecord | None, after: AnyRecord) -> None:
        key = kind, after.id
        if before is not None and key not in self._fresh:
            self._before[key] = before
        self._fresh[key] = after
        number, _ = self._head
        of = (number, self._place_number, kind, after.id, self._workspace)
        self._written.append(Written(*of, before, after))


def read_one(reads: Reads, kind: RecordKind, record: str, workspace: str | None) -> Placed | None:
    """Return what an id means in a place, with its own place and newest revision, or nothing."""
    found = next(seen_from(reads, KINDS[kind], workspace, [record]), None)
    if found is None:
        return None
    newest = reads.newest(kind, found[1], [record])
    return Placed(found[0], found[1], newest.get(record, 0))
