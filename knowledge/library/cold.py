"""Tables and sources that are read as far as somebody asks: for a program that answers once."""

from collections import UserDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from heapq import nlargest

from propcache.api import cached_property
from typing_extensions import override

from knowledge.library.tables import Carried, Carrier, Entry, Tables, as_of_date, ends_in
from knowledge.model import LinkKind, Source, Status, is_retired
from knowledge.store import Outline, Store, Which


class ColdTables(Tables):
    """The tables of one place, each topic read when it is looked at.

    It answers as `Tables` do, and costs next to nothing to make. Where everything is asked for,
    everything is read.
    """

    def __init__(
        self,
        store: Store,
        workspace: str | None,
        entry_of: Callable[[Outline], Entry],
        unit_of: Callable[[str], str | None],
    ) -> None:
        super().__init__()
        self._store = store
        self._workspace = workspace
        self._entry_of = entry_of
        self._unit_of = unit_of
        self._whole: set[str] = set()
        """The topics whose claims are all here."""
        self._spoken: dict[str, set[float]] = {}
        """The numbers on topics of which not all is here, until something changes."""
        self._missing: set[str] = set()
        self._linking: set[LinkKind] = set()

    def __len__(self) -> int:
        return self._store.size(self._workspace)

    @override
    def put(self, fresh: Iterable[Entry]) -> Carried:
        self._spoken.clear()
        return super().put(fresh)

    @override
    def find(self, key: str) -> Entry | None:
        found = super().find(key)
        if found is None and key not in self._missing:
            self.put(map(self._entry_of, self._store.outlines(self._workspace, Which(ids=(key,)))))
            found = super().find(key)
            if found is None:
                self._missing.add(key)
        return found

    @override
    def ids(self) -> Collection[str]:
        return self._store.claim_ids(self._workspace)

    @override
    def of_topic(self, topic: str) -> list[Entry]:
        if topic not in self._whole:
            self.put(map(self._entry_of, self._store.outlines(self._workspace, Which(topic=topic))))
            self._whole.add(topic)
        return super().of_topic(topic)

    @override
    def latest(self, topic: str, most: int) -> list[str]:
        if topic in self._whole:
            return super().latest(topic, most)
        dated = []
        for key, said, period in self._store.spoken_dates(self._workspace, topic):
            as_of = as_of_date(said, period)
            dated.append((as_of.earliest, as_of.latest, said.latest, key))
        return [key for *_, key in nlargest(most, dated)]

    @override
    def linked(self, kind: LinkKind, claim: str | None, topic: str | None) -> list[Entry]:
        if kind not in self._linking:
            self._linking.add(kind)
            self.put(
                map(self._entry_of, self._store.outlines(self._workspace, Which(linking=kind)))
            )
        return super().linked(kind, claim, topic)

    @override
    def waiting(self) -> list[Entry]:
        proposed = Which(status=Status.PROPOSED)
        self.put(map(self._entry_of, self._store.outlines(self._workspace, proposed)))
        return super().waiting()

    @override
    def topics_of(self, asserters: Collection[str]) -> set[str]:
        return self._store.topics_spoken_on(self._workspace, asserters)

    @override
    def has_number(self, topic: str, numbers: Collection[float | None]) -> bool:
        if topic in self._whole:
            return super().has_number(topic, numbers)
        if topic not in self._spoken:
            unit = self._unit_of(topic)
            found = self._store.spoken_numbers(self._workspace, topic)
            ends = (ends_in(unit, *one) for one in found)
            self._spoken[topic] = {one for both in ends for one in both if one is not None}
        return any(number in self._spoken[topic] for number in numbers)

    @override
    def carriers_of(self, asserter: str) -> list[Carrier]:
        return [one for one in self.carried() if one[2] == asserter]

    @override
    def carried(self) -> list[Carrier]:
        return list(self._store.carried(self._workspace))


class ColdCarriers(UserDict[str, set[str]]):
    """Whose claims each outlet has carried, by its name; all are read when one is looked at."""

    def __init__(self, names: Iterable[str], read: Callable[[], Iterable[tuple[str, str]]]) -> None:
        self._read: Callable[[], Iterable[tuple[str, str]]] | None = read
        super().__init__((name, set()) for name in names)

    @override
    def __getitem__(self, outlet: str) -> set[str]:
        if self._read is not None:
            for carrier, asserter in self._read():
                self.data.setdefault(carrier, set()).add(asserter)
            self._read = None
        return super().__getitem__(outlet)


_ONE_BY_ONE = 100
"""Sources that are read one by one: from there on all are, in less time (measured)."""


class ColdSources(Mapping[str, Source]):
    """The sources of one place by id, each read when it is looked at; all when many are.

    A retired one is found by its id, and left out where all are gone through.
    """

    def __init__(self, store: Store, workspace: str | None) -> None:
        self._store = store
        self._workspace = workspace
        self._read: dict[str, Source | None] = {}

    @cached_property
    def _all(self) -> dict[str, Source]:
        sources = self._store.sources(self._workspace)
        return {source.id: source for source in sources if not is_retired(source)}

    @override
    def __getitem__(self, key: str) -> Source:
        if "_all" in self.__dict__ and key in self._all:
            return self._all[key]
        if key not in self._read:
            if len(self._read) == _ONE_BY_ONE and key in self._all:
                return self._all[key]
            found = self._store.placed("source", key, self._workspace)
            here = found is not None and found.workspace == self._workspace
            record = found.record if found and here else None
            self._read[key] = record if isinstance(record, Source) else None
        source = self._read[key]
        if source is None:
            raise KeyError(key)
        return source

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    @override
    def __len__(self) -> int:
        return len(self._all)
