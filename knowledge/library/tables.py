"""The tables in memory: what is needed of each claim to choose and to count, and no text."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import merge
from itertools import islice
from typing import TypeVar

from knowledge.model import Claim, Edtf, Link, LinkKind, Modality, Status, end_of
from knowledge.reading import in_unit
from knowledge.store import Outline

Key = TypeVar("Key")
_FEW = 20
"""A table of twenty times as many entries as change is not sorted anew: from there on inserting is
quicker (chosen by eye)."""
_FEW_BETWEEN = 6
"""A table of so many times as many entries as come is cut where they belong; where more come, all
are looked at, which is as quick then (measured)."""
_SORTED_AT_ONCE = 5_000
"""Entries: nobody else gets the interpreter while a list is sorted, 30 ms for 30,000 (measured)."""


Qualifiers = tuple[tuple[str, str], ...]
"""Dimensions and their values, in the order of the dimensions' names."""
Carrier = tuple[str, str, str]
"""An outlet ("via") or the id of a source ("source"), and the asserter that it has carried."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Who carries somebody since a change, and who has ceased to."""

    new: tuple[Carrier, ...] = ()
    lost: tuple[Carrier, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in its topic's table."""

    id: str
    topic: str
    asserter: str
    origin: str
    status: Status
    first: date
    """The first day that its as-of date may mean."""
    last: date
    said: date
    """The first day on which it may have been asserted."""
    known: date
    """The day by which it had surely been asserted."""
    low: float | None
    """The ends of its figure in the unit of its topic; none where it has no number there."""
    high: float | None
    assumed: bool
    retells: str | None
    modality: Modality = Modality.REPORTED
    qualifiers: Qualifiers = ()
    value: float | None = None
    """The central estimate, where its ends are those of the interval around one."""
    begins: date | None = None
    """The first day of the period that it speaks of, where it names one."""
    links: tuple[Link, ...] = ()
    via: tuple[str, ...] = ()
    """The outlets that carried it, apart from the sources themselves."""
    sources: tuple[str, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether it has a number of its own: it is not vague, and no retelling."""
        return self.retells is None and (self.low is not None or self.high is not None)

    @property
    def counted(self) -> bool:
        """Whether it may be the latest or stand at an end of a range: numbered, and reported."""
        return self.numbered and self.modality is Modality.REPORTED

    @property
    def spoken(self) -> bool:
        """Whether a question may be matched to it: it is no proposal, and not withdrawn."""
        return self.status in {Status.ACTIVE, Status.SUPERSEDED}


# A hundred thousand claims share a few thousand chains and lists of sources.
@lru_cache(maxsize=65_536)
def _shared(names: tuple[str, ...]) -> tuple[str, ...]:
    return names


def outline_of(claim: Claim) -> Outline:
    """Return a claim in short, as a store gives it."""
    figure = claim.figure
    return Outline(
        claim.id,
        claim.topic,
        claim.asserter,
        claim.origin,
        claim.status,
        claim.asserted_on,
        claim.period,
        (figure.low, figure.high, figure.unit, figure.value) if figure else (None,) * 4,
        claim.assumption is not None,
        claim.modality,
        claim.qualifiers,
        claim.relations,
        tuple((one.source, one.via) for one in claim.citations),
    )


def entry_of(claim: Outline, unit: str | None = None) -> Entry:
    """Make the table entry of a claim; `unit` is that of its topic."""
    said, period = claim.asserted_on, claim.period
    as_of = as_of_date(said, period)
    low, high, value = _numbers(claim.figure, unit)
    begins = period.earliest if period and not period.open_start else None
    return Entry(
        id=claim.id,
        topic=claim.topic,
        asserter=claim.asserter,
        origin=claim.origin,
        status=claim.status,
        first=as_of.earliest,
        last=as_of.latest,
        said=said.earliest,
        known=said.latest,
        low=low,
        high=high,
        value=value,
        assumed=claim.assumed,
        modality=_modality(claim.modality, begins, said),
        qualifiers=tuple(sorted(claim.qualifiers.items())) if claim.qualifiers else (),
        begins=begins,
        retells=next((one.claim for one in claim.relations if one.kind is LinkKind.RETELLS), None),
        links=claim.relations,
        via=_shared(tuple(dict.fromkeys(name for _, via in claim.cited for name in via))),
        sources=_shared(tuple(dict.fromkeys(source for source, _ in claim.cited))),
    )


def _modality(marked: Modality, begins: date | None, said: Edtf) -> Modality:
    """Take what speaks of a time after it was said for a forecast, marked as one or not."""
    ahead = begins is not None and begins > said.latest
    return Modality.FORECAST if ahead and marked is Modality.REPORTED else marked


def as_of_date(said: Edtf, period: Edtf | None) -> Edtf:
    """Return the date that a claim stands for: the end of its period, or when it was said."""
    return (end_of(period) if period else None) or said


def _numbers(
    figure: tuple[float | None, float | None, str | None, float | None], unit: str | None
) -> tuple[float | None, float | None, float | None]:
    """Return the ends and the value of a figure in a unit; nothing where it cannot be converted."""
    low, high, own, value = figure
    if own is not None and unit is not None:
        value = in_unit(value, own, unit)
    return *ends_in(unit, low, high, own), value


def ends_in(
    unit: str | None, low: float | None, high: float | None, own: str | None
) -> tuple[float | None, float | None]:
    """Return the ends of a figure in a unit; nothing where it cannot be converted."""
    if own is None or unit is None:
        return low, high
    return in_unit(low, own, unit), in_unit(high, own, unit)


def in_force(entry: Entry, known_by: date | None) -> bool:
    """Whether a claim is active, and had been asserted by a day."""
    return entry.status is Status.ACTIVE and (known_by is None or entry.known <= known_by)


def by_date(entry: Entry) -> tuple[date, date, date, str]:
    """Sort entries by the date that they stand for; a month goes before the days within it."""
    return entry.first, entry.last, entry.known, entry.id


class Tables:
    """The entries of one place, and what is counted over them.

    One thread changes them while others read: a list that is read is never changed but
    replaced, and what is changed in place is only looked up.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.proposed: dict[str, Entry] = {}
        self._tables: dict[str, list[Entry]] = {}
        self._links: dict[tuple[LinkKind, str | None, str | None], list[Entry]] = {}
        self._topics: dict[str, Counter[str]] = defaultdict(Counter)
        self._numbers: dict[str, Counter[float]] = defaultdict(Counter)
        self._carried: dict[str, Counter[Carrier]] = defaultdict(Counter)
        """Of each asserter, who has carried it, and in how many claims."""

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, key: str) -> Entry | None:
        """Return the entry of a claim, or nothing."""
        return self.entries.get(key)

    def ids(self) -> Collection[str]:
        """Return the ids of all claims."""
        return self.entries.keys()

    def of_topic(self, topic: str) -> list[Entry]:
        """Return the entries of a topic, oldest first."""
        return self._tables.get(topic, [])

    def latest(self, topic: str, most: int) -> list[str]:
        """Return the ids of so many claims of a topic that are spoken, the latest first."""
        spoken = (entry.id for entry in reversed(self.of_topic(topic)) if entry.spoken)
        return list(islice(spoken, most))

    def linked(self, kind: LinkKind, claim: str | None, topic: str | None) -> list[Entry]:
        """Return the entries that bear on a claim, or on a whole topic."""
        return self._links.get((kind, claim, topic), [])

    def topics_of(self, asserters: Collection[str]) -> set[str]:
        """Return the topics on which somebody of these has spoken."""
        return {topic for one in asserters for topic in list(self._topics.get(one, ()))}

    def times_spoken(self, asserter: str, topic: str | None) -> int:
        """Return how many claims somebody has made, on a topic or on all."""
        found = self._topics.get(asserter)
        if found is None:
            return 0
        return found.total() if topic is None else found.get(topic, 0)

    def has_number(self, topic: str, numbers: Collection[float | None]) -> bool:
        """Whether a figure on a topic has one of these numbers."""
        found = self._numbers.get(topic)
        return found is not None and any(number in found for number in numbers)

    def waiting(self) -> list[Entry]:
        """Return the proposals."""
        return list(self.proposed.values())

    def carried(self) -> list[Carrier]:
        """Return who has carried whose claims."""
        return [one for carriers in list(self._carried.values()) for one in list(carriers)]

    def carriers_of(self, asserter: str) -> list[Carrier]:
        """Return who has carried the claims of one asserter."""
        return list(self._carried.get(asserter, ()))

    def put(self, fresh: Iterable[Entry]) -> Carried:
        """Put entries in, each in the place of the one of its id."""
        entries = {entry.id: entry for entry in fresh}
        gone = [self.entries[key] for key in entries if key in self.entries]
        # Counted up first, so that what an edit leaves alone does not seem to come and go.
        new = [key for entry in entries.values() for key in self._count(entry, 1)]
        lost = [key for entry in gone for key in self._count(entry, -1)]
        self._retable(gone, entries.values())
        self._relink(gone, entries.values())
        self.entries.update(entries)
        proposed = {k: e for k, e in entries.items() if e.status is Status.PROPOSED}
        waiting = {k: e for k, e in self.proposed.items() if k not in entries}
        self.proposed = waiting | proposed
        return Carried(tuple(new), tuple(lost))

    def _count(self, entry: Entry, step: int) -> list[Carrier]:
        """Count an entry in or out; return the carriers that so came or went."""
        if not entry.spoken:
            return []
        _add(self._topics[entry.asserter], entry.topic, step)
        for number in {entry.low, entry.high}:
            if number is not None:
                _add(self._numbers[entry.topic], number, step)
        carriers: list[Carrier] = [("via", outlet, entry.asserter) for outlet in entry.via]
        carriers += [("source", source, entry.asserter) for source in entry.sources]
        return [one for one in carriers if _add(self._carried[entry.asserter], one, step)]

    def _retable(self, gone: Collection[Entry], fresh: Collection[Entry]) -> None:
        changed: dict[str, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
        for entry in gone:
            changed[entry.topic][0].append(entry)
        for entry in fresh:
            changed[entry.topic][1].append(entry)
        for topic, (old, new) in changed.items():
            table = self._tables.get(topic, [])
            few = _FEW * (len(old) + len(new)) < len(table)
            self._tables[topic] = _spliced(table, old, new) if few else _sorted(table, old, new)

    def _relink(self, gone: Collection[Entry], fresh: Collection[Entry]) -> None:
        for entry in gone:
            for link in entry.links:
                key = (link.kind, link.claim, link.topic)
                self._links[key] = [one for one in self._links[key] if one.id != entry.id]
        added: dict[tuple[LinkKind, str | None, str | None], list[Entry]] = defaultdict(list)
        for entry in fresh:
            for link in entry.links:
                added[link.kind, link.claim, link.topic].append(entry)
        for key, entries in added.items():
            joined = {one.id: one for one in (*self._links.get(key, ()), *entries)}
            self._links[key] = sorted(joined.values(), key=lambda one: one.id)


def _add(counts: Counter[Key], key: Key, step: int) -> bool:
    """Count, and say whether the key came or went."""
    before = counts[key]
    counts[key] = before + step
    if not counts[key]:
        del counts[key]
    return not before or not before + step


def _spliced(table: list[Entry], old: Iterable[Entry], new: Iterable[Entry]) -> list[Entry]:
    copied = table.copy()
    for entry in old:
        del copied[bisect_left(copied, by_date(entry), key=by_date)]
    for entry in new:
        insort(copied, entry, key=by_date)
    return copied


def _sorted(table: list[Entry], old: Collection[Entry], new: Iterable[Entry]) -> list[Entry]:
    gone = {entry.id for entry in old}
    kept = [one for one in table if one.id not in gone] if gone else table
    fresh = [*new]
    cuts = range(0, len(fresh), _SORTED_AT_ONCE)
    parts = [sorted(fresh[at : at + _SORTED_AT_ONCE], key=by_date) for at in cuts]
    coming = parts[0] if len(parts) == 1 else list(merge(*parts, key=by_date))
    if not kept:
        return coming
    few = _FEW_BETWEEN * len(coming) < len(kept)
    return _joined(kept, coming) if few else list(merge(kept, coming, key=by_date))


def _joined(table: list[Entry], coming: Iterable[Entry]) -> list[Entry]:
    """Put entries between those of a table, both in order; what lies between is taken as it is."""
    joined, at = list[Entry](), 0
    for entry in coming:
        place = bisect_left(table, by_date(entry), at, key=by_date)
        joined += table[at:place]
        joined.append(entry)
        at = place
    return joined + table[at:]
