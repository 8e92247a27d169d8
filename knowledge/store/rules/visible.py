"""What can be seen from a place, and what does not fit there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Generic, TypeVar

from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Claim,
    Example,
    RecordKind,
    Source,
    Topic,
    is_retired,
    kind_of,
)
from knowledge.records import (
    Misfit,
    at_odds_with_its_words,
    command_problems,
    example_problems,
    record_problems,
    references,
)
from knowledge.store.base import Quota
from knowledge.store.engine import Kind, Reads

SLICE = 500
"""Records that are read and written with one statement: large enough that statements cost next
to nothing beside their rows, small enough that none holds a reader up for long (chosen by eye)."""

Standing = dict[str, tuple[AnyRecord, str | None]]
"""Records by id, each with the place where it stands."""
Key = tuple[RecordKind, str]
Item = TypeVar("Item")


def in_slices(items: Iterable[Item], size: int = SLICE) -> Iterator[list[Item]]:
    """Cut a long row into lists of at most a size."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def places_from(workspace: str | None) -> tuple[str | None, ...]:
    """Return the places that are seen from one; what stands in the first hides the others."""
    return (None,) if workspace is None else (workspace, None)


def seen_from(
    reads: Reads, model: type[Kind], workspace: str | None, ids: Collection[str]
) -> Iterator[tuple[Kind, str | None]]:
    """Go through the records that ids mean in a place: its own first, then the shared ones."""
    left = set(ids)
    for place in places_from(workspace):
        for found in list(reads.of_ids(model, place, sorted(left))) if left else ():
            left.discard(found.id)
            yield found, place


def standing_of(
    reads: Reads, kind: RecordKind, workspace: str | None, records: Iterable[AnyRecord]
) -> Standing:
    """Return what the ids of records mean in a place, and where that stands.

    What is retired in the shared base stands in the way of no workspace.
    """
    ids = {record.id for record in records}
    seen = seen_from(reads, KINDS[kind], workspace, ids)
    return {
        found.id: (found, place)
        for found, place in seen
        if place == workspace or not is_retired(found)
    }


def elsewhere(
    records: Iterable[AnyRecord], standing: Standing, workspace: str | None
) -> list[Misfit]:
    """Say which records of the shared base a workspace would change.

    One that is the same there changes nothing, and is let through.
    """
    reason = "belongs to the shared base, which is not changed from here"
    return [
        Misfit(record, ("id",), reason)
        for record in records
        if record.id in standing
        and standing[record.id][1] != workspace
        and standing[record.id][0] != record
    ]


def repeated(records: Iterable[AnyRecord]) -> Iterator[Misfit]:
    """Find ids that stand more than once in a set of records."""
    listed = list(records)
    counts = Counter((kind_of(record), record.id) for record in listed)
    for record in {(kind_of(record), record.id): record for record in listed}.values():
        count = counts[kind_of(record), record.id]
        if count > 1:
            reason = f"{count} records are called {kind_of(record)} {record.id}"
            yield Misfit(record, ("id",), reason)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a change is held to, apart from the other records."""

    today: date
    """The day after which nothing can have been asserted."""
    quota: Quota


def misfits(
    reads: Reads,
    workspace: str | None,
    fresh: Mapping[Key, AnyRecord],
    before: Mapping[Key, AnyRecord],
    rules: Rules,
) -> list[Misfit]:
    """Hold fresh records against each other and all others; `before` is what they replace."""
    visible = _Visible(reads, workspace, fresh)
    held = [*fresh.values(), *_remeasured(reads, workspace, fresh, before)]
    visible.foresee(held)
    # The shared base leads to no claim of a workspace, so only its own may lead back.
    ahead = visible.claims.own if _may_close_a_circle(fresh, before) else visible.claims.fresh.get
    found = list(record_problems(held, visible, rules.today, ahead))
    if any(kind == "topic" for kind, _ in fresh):
        commands = command_problems(visible.every(Topic))
        found += [one for one in commands if ("topic", one.record.id) in fresh]
    if any(kind == "example" for kind, _ in fresh):
        again = example_problems(visible.every(Example))
        found += [one for one in again if ("example", one.record.id) in fresh]
    return found


def odd_ones(
    reads: Reads,
    workspace: str | None,
    fresh: Mapping[Key, AnyRecord],
    before: Mapping[Key, AnyRecord],
) -> Iterator[Misfit]:
    """Go through the claims whose figure is not that of their own words, as it was not before."""
    claims = {key: one for key, one in fresh.items() if isinstance(one, Claim)}
    visible = _Visible(reads, workspace, fresh)
    visible.foresee([*claims.values()])
    for key, claim in claims.items():
        topic, stood = visible.topics.get(claim.topic), before.get(key)
        known = [*at_odds_with_its_words(stood, topic)] if isinstance(stood, Claim) else []
        for one in at_odds_with_its_words(claim, topic):
            if one not in known:
                yield Misfit(claim, *one)


def over_quota(
    reads: Reads, workspace: str | None, added: Iterable[AnyRecord], rules: Rules
) -> Iterator[Misfit]:
    """Say of which kinds a workspace would have too many."""
    by_kind: dict[RecordKind, list[AnyRecord]] = defaultdict(list)
    for record in added if workspace is not None else ():
        by_kind[kind_of(record)].append(record)
    for kind, some in by_kind.items():
        most = rules.quota.of(kind)
        standing = reads.count(KINDS[kind], workspace)
        if standing + len(some) > most:
            left = f"{standing:,} {kind}s are on file here" if standing else "none is on file here"
            reason = f"there may be {most:,} {kind}s of this server's own, and {left}"
            yield Misfit(some[max(most - standing, 0)], (), reason)


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
                for claim in reads.of_ids(Claim, workspace, ids):
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

    def every(self, model: type[Kind]) -> list[Kind]:
        """Return all of one kind, those of the shared base first and the fresh ones last."""
        places = reversed(places_from(self._workspace))
        standing = [(one, place) for place in places for one in self._reads.records(model, place)]
        fresh = [record for record in self._fresh.values() if isinstance(record, model)]
        replaced = {record.id for record in fresh}
        left = [
            one for one, place in standing if place != self._workspace or one.id not in replaced
        ]
        return [*left, *fresh]


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
        self._workspace = workspace
        self.fresh = {key: one for (_, key), one in fresh.items() if isinstance(one, model)}
        self._known: dict[str, Kind | None] = {**self.fresh}
        self._own = set(self.fresh)

    def get(self, key: str, /) -> Kind | None:
        """Return the record of this id, or nothing where it cannot be seen."""
        if key not in self._known:
            self.foresee([key])
        return self._known[key]

    def own(self, key: str) -> Kind | None:
        """Return the record of this id if it is of the place itself, or nothing."""
        found = self.get(key)
        return found if key in self._own else None

    def foresee(self, keys: Iterable[str]) -> None:
        """Read the records of these ids."""
        for some in in_slices(key for key in keys if key not in self._known):
            self._known |= dict.fromkeys(some)
            for record, place in seen_from(self._reads, self._model, self._workspace, some):
                self._known[record.id] = record
                if place == self._workspace:
                    self._own.add(record.id)
