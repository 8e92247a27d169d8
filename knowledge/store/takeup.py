"""Shipped records and what people made of them since: who wins, and what is reported."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from knowledge.model import KINDS, AnyRecord, Claim, Example, RecordKind, Status
from knowledge.records import Records, content, digest
from knowledge.store.base import Kept, Named, Report
from knowledge.store.change import RuledChange
from knowledge.store.engine import Digests, Writes
from knowledge.store.visible import Standing, in_slices, standing_of


def digests_of(records: Records) -> Digests:
    """Return the digests of shipped records."""
    return {(kind, record.id): digest(record) for kind, record in records.each()}


def take_up(writes: Writes, change: RuledChange, records: Records, digests: Digests) -> Report:
    """Write what is new or changed among the shipped records, except over a person's change.

    `digests` are those of the records.
    """
    return _TakeUp(writes, change, digests).run(records)


@dataclass
class _TakeUp:
    writes: Writes
    change: RuledChange
    digests: Digests
    added: list[Named] = field(default_factory=list)
    changed: list[Named] = field(default_factory=list)
    retracted: list[Named] = field(default_factory=list)
    left: list[Named] = field(default_factory=list)
    conflicts: list[Kept] = field(default_factory=list)
    taken: list[AnyRecord] = field(default_factory=list)

    def run(self, records: Records) -> Report:
        last = self.writes.shipped(present=True)
        gone = self.writes.shipped(present=False)
        known = {**gone, **last}
        fresh = [
            (kind, record)
            for kind, record in records.each()
            if last.pop((kind, record.id), None) != self.digests[kind, record.id]
        ]
        for kind, group in groupby(fresh, key=itemgetter(0)):
            for some in in_slices(record for _, record in group):
                standing = standing_of(self.writes, kind, None, some)
                for record in some:
                    self._offer(kind, record, standing, known.get((kind, record.id)))
        self.change.put_all(self.taken)
        for (kind, record_id), before in last.items():
            self._withdraw(kind, record_id, before)
        return Report(
            added=tuple(self.added),
            changed=tuple(self.changed),
            retracted=tuple(self.retracted),
            left=tuple(self.left),
            conflicts=tuple(self.conflicts),
        )

    def _offer(
        self, kind: RecordKind, record: AnyRecord, standing: Standing, before: str | None
    ) -> None:
        """Take a new or changed record up, unless a person changed the one that stands."""
        named = Named(kind, record.id)
        now = self.digests[kind, record.id]
        stored, _ = standing.get(record.id, (None, None))
        if stored is None:
            self.added.append(named)
        elif digest(stored) == before:
            self.changed.append(named)
        elif digest(stored) != now:
            self.conflicts.append(Kept(named, _differing(stored, record)))
            return
        self.taken.append(record)
        self._note(named, now)

    def _withdraw(self, kind: RecordKind, record_id: str, before: str) -> None:
        """Retract a claim or an example that is no longer shipped; leave what else is not."""
        named = Named(kind, record_id)
        stored = next(self.writes.of_ids(KINDS[kind], None, [record_id]), None)
        if stored is None or digest(stored) != before:
            self.conflicts.append(Kept(named, ()))
        elif isinstance(stored, Claim | Example):
            stored = stored.model_copy(update={"status": Status.RETRACTED})
            self.change.put(stored)
            before = digest(stored)
            self.retracted.append(named)
        else:
            self.left.append(named)
        self._note(named, before, present=False)

    def _note(self, named: Named, taken: str, *, present: bool = True) -> None:
        self.writes.note_shipped(named.kind, named.id, taken, present=present)


def _differing(stored: AnyRecord, shipped: AnyRecord) -> tuple[str, ...]:
    one, other = content(stored), content(shipped)
    return tuple(name for name in type(shipped).model_fields if one.get(name) != other.get(name))
