"""The shared base as a workspace sees it that has records of its own under the same ids.

A workspace may have named a record before the shared base took the same id up. Neither gives
way: the workspace's own keeps its id, and the shared one is shown beside it under another, with
everything that refers to it. What is the same in both is shown once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from typing_extensions import override

from knowledge.library.library import Library
from knowledge.library.tables import Entry, Tables
from knowledge.model import (
    KINDS,
    Asserter,
    Claim,
    Link,
    Record,
    RecordKind,
    Retirable,
    Source,
    Topic,
    Use,
    is_retired,
)
from knowledge.store import Store

_LONGEST_ID = 80
"""What the model takes of an id."""
_MARK = "-shared"
_Kind = TypeVar("_Kind", bound=Record)
Shown = dict[str, str]
"""Ids of the shared base, and what each is called in the workspace."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the records of the shared base are called where their ids are taken."""

    topic: Shown = field(default_factory=dict)
    asserter: Shown = field(default_factory=dict)
    source: Shown = field(default_factory=dict)
    claim: Shown = field(default_factory=dict)
    example: Shown = field(default_factory=dict)
    twins: dict[RecordKind, frozenset[str]] = field(default_factory=dict)
    """Ids of records that are the same in both places, so that the shared one is not shown."""

    @classmethod
    def of(cls, base: Library, own: Library) -> "Names | None":
        """Return what has to be renamed for a workspace; nothing where no id is taken twice."""
        names = cls()
        for kind in KINDS:
            theirs, ours = _of_kind(base, kind), _of_kind(own, kind)
            taken = theirs.keys() & ours.keys()
            # Claims come last: one that names something else is another claim.
            names.twins[kind] = names.same(kind, taken, base, own)
            names.shown(kind).update(_named(taken - names.twins[kind], {*theirs, *ours}))
        return names if any(names.twins.values()) or any(map(names.shown, KINDS)) else None

    def same(
        self, kind: RecordKind, taken: Collection[str], base: Library, own: Library
    ) -> frozenset[str]:
        """Return the ids under which both places have the same record."""
        if kind == "claim":
            ours = own.fetched(taken)
            theirs = map(self.renamed, base.fetched(taken).values())
            return frozenset(one.id for one in theirs if ours.get(one.id) == one)
        shared, mine = _of_kind(base, kind), _of_kind(own, kind)
        return frozenset(one for one in taken if _alike(shared[one], mine[one]))

    def shown(self, kind: RecordKind) -> Shown:
        """Return what records of one kind are called."""
        found: Shown = getattr(self, kind)
        return found

    def original(self, kind: RecordKind, shown: str) -> str | None:
        """Return the id in the shared base of a record that goes by another one here."""
        return next((key for key, name in self.shown(kind).items() if name == shown), None)

    def of_claim(self, key: str) -> str | None:
        """Return what a claim of the shared base is called; nothing where it is not shown."""
        return None if self.hides("claim", key) else self.claim.get(key, key)

    def hides(self, kind: RecordKind, key: str) -> bool:
        """Whether the workspace has the same record itself."""
        return key in self.twins.get(kind, ())

    def renamed(self, claim: Claim) -> Claim:
        """Return a claim of the shared base as it is shown."""
        return claim.model_copy(
            update={
                "id": self.claim.get(claim.id, claim.id),
                "topic": self.topic.get(claim.topic, claim.topic),
                "asserter": self.asserter.get(claim.asserter, claim.asserter),
                "relations": tuple(map(self._link, claim.relations)),
                "citations": tuple(
                    one.model_copy(update={"source": self.source.get(one.source, one.source)})
                    for one in claim.citations
                ),
            }
        )

    def entry(self, entry: Entry) -> Entry:
        """Return the entry of such a claim; mostly it is the very same."""
        links = tuple(map(self._link, entry.links))
        sources = tuple(self.source.get(one, one) for one in entry.sources)
        retells = entry.retells and self.claim.get(entry.retells, entry.retells)
        new = (
            self.claim.get(entry.id, entry.id),
            self.topic.get(entry.topic, entry.topic),
            self.asserter.get(entry.asserter, entry.asserter),
        )
        old = (entry.id, entry.topic, entry.asserter)
        if (new, links, sources, retells) == (old, entry.links, entry.sources, entry.retells):
            return entry
        key, topic, asserter = new
        return replace(
            entry,
            id=key,
            topic=topic,
            asserter=asserter,
            links=links,
            sources=sources,
            retells=retells,
        )

    def _link(self, link: Link) -> Link:
        if link.claim in self.claim:
            return link.model_copy(update={"claim": self.claim[link.claim]})
        if link.topic in self.topic:
            return link.model_copy(update={"topic": self.topic[link.topic]})
        return link


def _alike(shared: object, mine: object) -> bool:
    """Whether two records are the same; one that is retired is what it was in use."""
    if isinstance(shared, Retirable) and is_retired(shared):
        return shared.model_copy(update={"status": Use.ACTIVE}) == mine
    return shared == mine


def _of_kind(library: Library, kind: RecordKind) -> Mapping[str, object]:
    match kind:
        case "topic":
            return library.own_topics
        case "asserter":
            return library.own_asserters
        case "source":
            return library.own_sources
        case "claim":
            return library.own.entries
        case "example":
            return library.own_examples


class RenamedLibrary(Library):
    """The library of the shared base under other names, as of when it was made."""

    def __init__(self, store: Store, base: Library, names: Names) -> None:
        self._shared = base
        self._names = names
        self._originals = {shown: key for key, shown in names.claim.items()}
        super().__init__(store)

    @property
    @override
    def revision(self) -> int:
        return self._shared.revision

    @override
    def refresh(self) -> None:
        names, base = self._names, self._shared
        self.own_topics = _renamed(base.own_topics, names, "topic")
        self.own_asserters = _renamed(base.own_asserters, names, "asserter")
        self.own_sources = _renamed(base.own_sources, names, "source")
        self.own_examples = {
            key: one.model_copy(update={"topic": names.topic.get(one.topic, one.topic)})
            for key, one in _renamed(base.own_examples, names, "example").items()
        }
        entries = list(base.own.entries.values())
        tables = Tables()
        tables.put(names.entry(one) for one in entries if not names.hides("claim", one.id))
        self.own = tables

    @override
    def topic(self, key: str) -> Topic:
        # Claims of the shared base name what is not shown here, as the workspace has the same.
        found = self.own_topics.get(key)
        return self._shared.topic(key) if found is None else found

    @override
    def asserter(self, key: str) -> Asserter:
        found = self.own_asserters.get(key)
        return self._shared.asserter(key) if found is None else found

    @override
    def source(self, key: str) -> Source:
        found = self.own_sources.get(key)
        return self._shared.source(key) if found is None else found

    @override
    def own_claims(self) -> Iterable[Claim]:
        for claim in self._shared.own_claims():
            if not self._names.hides("claim", claim.id):
                yield self._names.renamed(claim)

    @override
    def fetched(self, ids: Collection[str]) -> dict[str, Claim]:
        found = self._shared.fetched([self._originals.get(one, one) for one in ids])
        return {one.id: one for one in map(self._names.renamed, found.values())}


def _renamed(records: Mapping[str, _Kind], names: Names, kind: RecordKind) -> dict[str, _Kind]:
    shown = names.shown(kind)
    kept = (record for key, record in records.items() if not names.hides(kind, key))
    renamed = (
        record.model_copy(update={"id": shown[record.id]}) if record.id in shown else record
        for record in kept
    )
    return {record.id: record for record in renamed}


def _named(taken: Iterable[str], used: set[str]) -> Shown:
    """Find a name for each id that neither place has used."""
    names: Shown = {}
    for key in sorted(taken):
        found, number = _marked(key, _MARK), 1
        while found in used:
            number += 1
            found = _marked(key, f"{_MARK}-{number}")
        names[key] = found
        used.add(found)
    return names


def _marked(key: str, mark: str) -> str:
    return key[: _LONGEST_ID - len(mark)].rstrip("-") + mark
