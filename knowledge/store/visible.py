"""What can be seen from a place, and what does not fit there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Generic, TypeVar

from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Claim,
    RecordKind,
    Source,
    Topic,
    kind_of,
)
from knowledge.records import Misfit, command_problems, record_problems, references
from knowledge.store.engine import Kind, Reads

SLICE = 500
"""Records that are read and written with one statement: large enough that statements cost next
to nothing beside their rows, small enough that none holds a reader up for long (chosen by eye)."""

Standing = dict[str, tuple[AnyRecord, str | None]]
Key = tuple[RecordKind, str]
Item = TypeVar("Item")


def in_slices(items: Iterable[Item], size: int = SLICE) -> Iterator[list[Item]]:
    """Cut a long row into lists of at most a size."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def standing_of(reads: Reads, kind: RecordKind, records: Iterable[AnyRecord]) -> Standing:
    """Return what stands under the ids of records, with its workspace."""
    ids = [record.id for record in records]
    return {found.id: (found, place) for found, place in reads.placed(KINDS[kind], ids)}


def elsewhere(
    records: Iterable[AnyRecord], standing: Standing, workspace: str | None
) -> list[Misfit]:
    """Say which ids are taken by another place; of a workspace it is not told that it has one.

    A record that is the same in the shared base changes nothing there, and is let through.
    """
    found = []
    for record in records:
        other, place = standing.get(record.id, (None, workspace))
        if other is None or place == workspace:
            continue
        if place is not None:
            reason = f"the id {record.id} is taken: choose another one"
        elif other == record:
            continue
        else:
            reason = "belongs to the shared base, which is not changed from here"
        found.append(Misfit(record, ("id",), reason))
    return found


def repeated(records: Iterable[AnyRecord]) -> Iterator[Misfit]:
    """Find ids that stand more than once in a set of records."""
    listed = list(records)
    counts = Counter((kind_of(record), record.id) for record in listed)
    for record in {(kind_of(record), record.id): record for record in listed}.values():
        count = counts[kind_of(record), record.id]
        if count > 1:
            reason = f"{count} records are called {kind_of(record)} {record.id}"
            yield Misfit(record, ("id",), reason)


def misfits(
    reads: Reads,
    workspace: str | None,
    fresh: Mapping[Key, AnyRecord],
    before: Mapping[Key, AnyRecord],
    today: date,
) -> list[Misfit]:
    """Hold fresh records against each other and all others; `before` is what they replace."""
    visible = _Visible(reads, workspace, fresh)
    held = [*fresh.values(), *_remeasured(reads, workspace, fresh, before)]
    visible.foresee(held)
    ahead = visible.claims if _may_close_a_circle(fresh, before) else visible.claims.fresh
    found = list(record_problems(held, visible, today, ahead.get))
    if any(kind == "topic" for kind, _ in fresh):
        commands = command_problems(visible.every_topic())
        found += [one for one in commands if ("topic", one.record.id) in fresh]
    return found


def _may_close_a_circle(fresh: Mapping[Key, AnyRecord], before: Mapping[Key, AnyRecord]) -> bool:
    """Whether a claim on file may lead back to a fresh one: never to one that is new."""
    return any(
        isinstance(stood, Claim) and isinstance(now, Claim) and stood.relations != now.relations
        for stood, now in ((before.get(key), record) for key, record in fresh.items())
    )


def _remeasured(
    reads: Reads,
    workspace: str | None,
    fresh: Mapping[Key, AnyRecord],
    before: Mapping[Key, AnyRecord],
) -> Iterator[Claim]:
    """Go through the other claims on topics whose measure changes.

    Claims that a workspace makes on a shared topic are not held against its new measure: nobody
    who changes the shared base sees them.
    """
    for key, topic in fresh.items():
        stood = before.get(key)
        if isinstance(topic, Topic) and isinstance(stood, Topic) and topic.measure != stood.measure:
            for ids in in_slices(reads.claims_on(topic.id, workspace)):
                for claim, _ in reads.placed(Claim, ids):
                    if ("claim", claim.id) not in fresh:
                        yield claim


class _Visible:
    """The shared base, a place's own records, and fresh ones, as the checks want to see them."""

    def __init__(self, reads: Reads, workspace: str | None, fresh: Mapping[Key, AnyRecord]) -> None:
        self._reads = reads
        self._workspace = workspace
        self._fresh = fresh
        self.topics = _OfKind(reads, Topic, workspace, fresh)
        self.asserters = _OfKind(reads, Asserter, workspace, fresh)
        self.sources = _OfKind(reads, Source, workspace, fresh)
        self.claims = _OfKind(reads, Claim, workspace, fresh)

    def foresee(self, records: Iterable[AnyRecord]) -> None:
        """Read what records refer to many at a time, rather than one by one."""
        wanted: dict[RecordKind, set[str]] = defaultdict(set)
        for record in records:
            for kind, key in references(record):
                wanted[kind].add(key)
        self.topics.foresee(wanted["topic"])
        self.asserters.foresee(wanted["asserter"])
        self.sources.foresee(wanted["source"])
        self.claims.foresee(wanted["claim"])

    def every_topic(self) -> list[Topic]:
        """Return the topics, those of the shared base first and the fresh ones last."""
        places = [None] if self._workspace is None else [None, self._workspace]
        standing = (one for place in places for one in self._reads.records(Topic, place))
        fresh = [record for record in self._fresh.values() if isinstance(record, Topic)]
        return [*(one for one in standing if ("topic", one.id) not in self._fresh), *fresh]


class _OfKind(Generic[Kind]):
    """Records of one kind that can be seen from a place, each read once."""

    def __init__(
        self,
        reads: Reads,
        model: type[Kind],
        workspace: str | None,
        fresh: Mapping[Key, AnyRecord],
    ) -> None:
        self._reads = reads
        self._model = model
        self._places = {None, workspace}
        self.fresh = {key: one for (_, key), one in fresh.items() if isinstance(one, model)}
        self._known: dict[str, Kind | None] = {**self.fresh}

    def get(self, key: str, /) -> Kind | None:
        """Return the record of this id, or nothing where it cannot be seen."""
        if key not in self._known:
            self.foresee([key])
        return self._known[key]

    def foresee(self, keys: Iterable[str]) -> None:
        """Read the records of these ids."""
        for some in in_slices(key for key in keys if key not in self._known):
            self._known |= dict.fromkeys(some)
            for record, place in self._reads.placed(self._model, some):
                if place in self._places:
                    self._known[record.id] = record
