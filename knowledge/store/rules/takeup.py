"""Records from files and what people made of them since: who wins, and what is reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from knowledge.model import KINDS, AnyRecord, Claim, Example, RecordKind, Status, Use, is_retired
from knowledge.records import Records, content, digest
from knowledge.store.base import HandedOver, Kept, Named, Report
from knowledge.store.engine import EVERY_CLAIM, Digests, Writes
from knowledge.store.rules.change import RuledChange
from knowledge.store.rules.visible import Standing, in_slices, standing_of

By = tuple[str, str]
"""Who changes something, and why."""
_Names = set[tuple[RecordKind, str]]


def digests_of(records: Records) -> Digests:
    """Return the digests of records from files."""
    return {(kind, record.id): digest(record) for kind, record in records.each()}


def take_up(
    writes: Writes, change: RuledChange, records: Records, digests: Digests, by: By
) -> Report:
    """Write what is new or changed among the records, except over a person's change.

    What has left them is retracted or retired, as far as nothing that people added rests on it.
    `digests` are those of the records.
    """
    return _TakeUp(writes, change, digests, by).run(records)


@dataclass
class _TakeUp:
    writes: Writes
    change: RuledChange
    digests: Digests
    by: By
    added: list[Named] = field(default_factory=list)
    changed: list[Named] = field(default_factory=list)
    retracted: list[Named] = field(default_factory=list)
    retired: list[Named] = field(default_factory=list)
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
        handed = self._withdraw(last, gone)
        return Report(
            added=tuple(self.added),
            changed=tuple(self.changed),
            retracted=tuple(self.retracted),
            retired=tuple(self.retired),
            left=tuple(self.left),
            handed_over=tuple(handed),
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
        elif digest(stored) == before != now:
            self.changed.append(named)
        elif digest(stored) != now:
            self.conflicts.append(Kept(named, _differing(stored, record)))
            return
        self.taken.append(record)
        self._note(named, now)

    def _withdraw(self, last: Digests, gone: Digests) -> Iterable[HandedOver]:
        """Retract the claims that leave, and retire what no other claim rests on.

        What had left before and stayed in use, as something rested on it, is looked at again.
        """
        leaving: dict[Named, AnyRecord] = {}
        for (kind, key), before in last.items():
            named = Named(kind, key)
            stored = self._unchanged(named, before)
            if isinstance(stored, Claim | Example):
                self._leave(named, stored.model_copy(update={"status": Status.RETRACTED}))
                self.retracted.append(named)
            elif stored is not None:
                leaving[named] = stored
            else:
                self.conflicts.append(Kept(named, ()))
                self._note(named, before, present=False)
        stayed = {
            named: stored
            for (kind, key), before in gone.items()
            if kind not in {"claim", "example"} and (kind, key) not in self.digests
            for named in [Named(kind, key)]
            if (stored := self._unchanged(named, before)) and not is_retired(stored)
        }
        if not leaving and not stayed:
            return ()
        self.change.write(self.writes)
        needed = self._rested_on(None)
        retired = {
            named: stored
            for named, stored in {**leaving, **stayed}.items()
            if (named.kind, named.id) not in needed
        }
        for named, stored in leaving.items():
            if named not in retired:
                self.left.append(named)
                self._note(named, digest(stored), present=False)
        for named, stored in retired.items():
            self._leave(named, stored.model_copy(update={"status": Use.RETIRED}))
            self.retired.append(named)
        self.change.write(self.writes)
        return list(self._hand_over(retired)) if retired else ()

    def _unchanged(self, named: Named, before: str) -> AnyRecord | None:
        """Return a record of the shared base, or nothing where a person changed it since."""
        model = KINDS[named.kind]
        stored: AnyRecord | None = next(self.writes.of_ids(model, None, [named.id]), None)
        return stored if stored is not None and digest(stored) == before else None

    def _leave(self, named: Named, record: AnyRecord) -> None:
        self.change.put(record)
        self._note(named, digest(record), present=False)

    def _rested_on(self, place: str | None) -> _Names:
        """Return what the claims of a place name that are not retracted."""
        names: _Names = set()
        for claim in self.writes.outlines(place, EVERY_CLAIM):
            if claim.status is not Status.RETRACTED:
                names |= {("topic", claim.topic), ("asserter", claim.asserter)}
                names |= {("source", source) for source, _ in claim.cited}
        return names

    def _hand_over(self, retired: dict[Named, AnyRecord]) -> Iterator[HandedOver]:
        """Give each workspace as its own what its claims rest on and has left the shared base."""
        for place in self.writes.workspaces():
            needed = self._rested_on(place)
            wanted: dict[RecordKind, list[AnyRecord]] = defaultdict(list)
            for named, record in retired.items():
                if (named.kind, named.id) in needed:
                    wanted[named.kind].append(record)
            for kind, records in wanted.items():
                ids = [record.id for record in records]
                own = {one.id for one in self.writes.of_ids(KINDS[kind], place, ids)}
                wanted[kind] = [record for record in records if record.id not in own]
            given = [record for records in wanted.values() for record in records]
            if given:
                # They fitted the shared base; how many a place may add holds for what it adds.
                handing = RuledChange(self.writes, self.by, place)
                handing.put_all(given)
                handing.write(self.writes)
                named_topics = tuple(record.id for record in wanted["topic"])
                yield HandedOver(place, named_topics, len(given))

    def _note(self, named: Named, taken: str, *, present: bool = True) -> None:
        self.writes.note_shipped(named.kind, named.id, taken, present=present)


def _differing(stored: AnyRecord, shipped: AnyRecord) -> tuple[str, ...]:
    one, other = content(stored), content(shipped)
    return tuple(name for name in type(shipped).model_fields if one.get(name) != other.get(name))
