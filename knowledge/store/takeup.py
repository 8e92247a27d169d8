"""Shipped records and what people made of them since: who wins, and what is reported."""

from dataclasses import dataclass, field

from sqlite_utils import Database

from knowledge.models import KINDS, AnyRecord, Claim, RecordKind, Status
from knowledge.records import Records, content, digest
from knowledge.store.base import Change, Kept, Named, Report
from knowledge.store.rows import read_record

Digests = dict[tuple[RecordKind, str], str]


def shipped_digests(db: Database, *, present: bool) -> Digests:
    """Return the digests of the shipped records last taken up.

    Those that are `present` were still shipped then; the others had gone before.
    """
    rows = db.execute("SELECT kind, id, digest FROM shipped WHERE present = ?", [int(present)])
    return {(kind, record): text for kind, record, text in rows}


def take_up(db: Database, change: Change, records: Records) -> Report:
    """Write what is new or changed among the shipped records, except over a person's change."""
    return _TakeUp(db, change).run(records)


@dataclass
class _TakeUp:
    db: Database
    change: Change
    added: list[Named] = field(default_factory=list)
    changed: list[Named] = field(default_factory=list)
    retracted: list[Named] = field(default_factory=list)
    left: list[Named] = field(default_factory=list)
    conflicts: list[Kept] = field(default_factory=list)

    def run(self, records: Records) -> Report:
        last = shipped_digests(self.db, present=True)
        gone = shipped_digests(self.db, present=False)
        for kind, record in records.each():
            key = (kind, record.id)
            now, before = digest(record), last.pop(key, None)
            if before != now:
                self._offer(kind, record, now, before or gone.get(key))
        for (kind, record_id), before in last.items():
            self._withdraw(kind, record_id, before)
        return Report(
            added=tuple(self.added),
            changed=tuple(self.changed),
            retracted=tuple(self.retracted),
            left=tuple(self.left),
            conflicts=tuple(self.conflicts),
        )

    def _offer(self, kind: RecordKind, record: AnyRecord, now: str, before: str | None) -> None:
        """Take a new or changed record up, unless a person changed the one that stands."""
        named = Named(kind, record.id)
        stored = read_record(self.db, KINDS[kind], record.id)
        if stored is None:
            self.added.append(named)
        elif digest(stored) == before:
            self.changed.append(named)
        elif digest(stored) != now:
            self.conflicts.append(Kept(named, _differing(stored, record)))
            return
        self.change.put(record)
        self._note(named, now)

    def _withdraw(self, kind: RecordKind, record_id: str, before: str) -> None:
        """Retract a claim that is no longer shipped; leave what else is no longer shipped."""
        named = Named(kind, record_id)
        stored = read_record(self.db, KINDS[kind], record_id)
        if stored is None or digest(stored) != before:
            self.conflicts.append(Kept(named, ()))
        elif isinstance(stored, Claim):
            stored = stored.model_copy(update={"status": Status.RETRACTED})
            self.change.put(stored)
            before = digest(stored)
            self.retracted.append(named)
        else:
            self.left.append(named)
        self._note(named, before, present=False)

    def _note(self, named: Named, taken: str, *, present: bool = True) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO shipped (kind, id, digest, present) VALUES (?, ?, ?, ?)",
            [named.kind, named.id, taken, int(present)],
        )


def _differing(stored: AnyRecord, shipped: AnyRecord) -> tuple[str, ...]:
    one, other = content(stored), content(shipped)
    return tuple(name for name in type(shipped).model_fields if one.get(name) != other.get(name))
