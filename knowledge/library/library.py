"""What is on file: topic tables in memory, claims by id, and the views that answers show."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import TypeVar

from knowledge.contract import CitationView, ClaimView
from knowledge.fairness import fairness
from knowledge.library.cold import ColdCarriers, ColdSources, ColdTables
from knowledge.library.effects import Effects
from knowledge.library.kept_views import KeptViews, figure_view
from knowledge.library.overlay import Overlay
from knowledge.library.spellings import folded
from knowledge.library.tables import (
    Carried,
    Carrier,
    Entry,
    Tables,
    by_date,
    entry_of,
    in_force,
    outline_of,
)
from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    Example,
    LinkKind,
    Record,
    RecordKind,
    Source,
    Topic,
    is_retired,
)
from knowledge.store import Outline, Store
from knowledge.wording import asserter_name

__all__ = ["Effects", "Entry", "Library", "asserter_name", "entry_of", "figure_view", "in_force"]

Outlet = tuple[frozenset[str], frozenset[str]]
"""An outlet's names in the chains of citations, and the ids of its own publications."""
_SHOWN_AT_ONCE = 500
"""Claims that are read with one statement, as the store reads them."""
_MOST_ON_TOPIC = 50
"""Claims against everything on a topic that are held against each claim there: with thousands of
both, their product would fill the memory (chosen by eye: no topic on file has more than three)."""
_Kind = TypeVar("_Kind", bound=Record)


class Library:
    """Everything on file in one place, ready to be read without waiting.

    Topics, asserters and sources are held whole; of each claim only its entry, sorted by the
    date it stands for. Texts are fetched by id for the few claims that an answer shows. The
    library of a workspace lies over that of the shared base and shows both; nothing of any
    other workspace can be reached through it. A `cold` one, for whoever asks once and leaves,
    reads only what it is asked for.
    """

    def __init__(
        self,
        store: Store,
        workspace: str | None = None,
        base: "Library | None" = None,
        *,
        cold: bool = False,
    ) -> None:
        self._store = store
        self._base = base
        self._cold = cold
        self.workspace = workspace
        self.own_topics: dict[str, Topic] = {}
        self.own_asserters: dict[str, Asserter] = {}
        self.own_sources: Mapping[str, Source] = {}
        self.own_examples: dict[str, Example] = {}
        self.own = Tables()
        self._topics = Overlay[Topic]()
        self._asserters = Overlay[Asserter]()
        self._sources = Overlay[Source]()
        self._examples = Overlay[Example]()
        self._revision = 0
        self._publishers: Mapping[str, str] | None = None
        self._outlets: tuple[int, Mapping[str, Outlet]] | None = None
        self._merged: dict[str, tuple[list[Entry], list[Entry], list[Entry]]] = {}
        self._kept = KeptViews()
        self.refresh()

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic in use by id, those of the shared base first."""
        return self._topics.over(self._base.topics if self._base else None, self.own_topics)

    @property
    def asserters(self) -> Mapping[str, Asserter]:
        """Every asserter in use by id, those of the shared base first."""
        base = self._base.asserters if self._base else None
        return self._asserters.over(base, self.own_asserters)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source in use by id, those of the shared base first."""
        return self._sources.over(self._base.sources if self._base else None, self.own_sources)

    def topic(self, key: str) -> Topic:
        """Return the topic of this id, a retired one too.

        Raises:
            KeyError: there is none.
        """
        found = self.own_topics.get(key)
        return self._base.topic(key) if found is None and self._base else self.own_topics[key]

    def asserter(self, key: str) -> Asserter:
        """Return the asserter of this id, a retired one too. Raises `KeyError`."""
        found = self.own_asserters.get(key)
        return self._base.asserter(key) if found is None and self._base else self.own_asserters[key]

    def source(self, key: str) -> Source:
        """Return the source of this id, a retired one too. Raises `KeyError`."""
        found = self.own_sources.get(key)
        return self._base.source(key) if found is None and self._base else self.own_sources[key]

    def has(self, kind: RecordKind, key: str) -> bool:
        """Whether an id is taken here, be it by a record that is retired."""
        return self._has_own(kind, key) or (self._base is not None and self._base.has(kind, key))

    def _has_own(self, kind: RecordKind, key: str) -> bool:
        match kind:
            case "topic":
                return key in self.own_topics
            case "asserter":
                return key in self.own_asserters
            case "source":
                return key in self.own_sources
            case "claim":
                return self.own.find(key) is not None
            case "example":
                return key in self.own_examples

    @property
    def examples(self) -> Mapping[str, Example]:
        """Every example by id, those of the shared base first, the retracted ones too."""
        base = self._base.examples if self._base else None
        return self._examples.over(base, self.own_examples)

    @property
    def revision(self) -> int:
        """How many revisions there are of what is shown here, which numbers the newest."""
        return self._revision + (self._base.revision if self._base else 0)

    @property
    def own_revision(self) -> int:
        """How many revisions of this place alone are shown."""
        return self._revision

    def refresh(self) -> None:
        """Read everything of this place anew from the store."""
        revision = self._store.count(self.workspace)
        self.own_topics = _by_id(self._store.topics(self.workspace))
        self.own_asserters = _by_id(self._store.asserters(self.workspace))
        self.own_sources = (
            ColdSources(self._store, self.workspace)
            if self._cold
            else _by_id(self._store.sources(self.workspace))
        )
        self.own_examples = _by_id(self._store.examples(self.workspace))
        self.own = self._tables()
        self.show_revision(revision)

    def _tables(self) -> Tables:
        if self._cold:
            return ColdTables(self._store, self.workspace, self._entry_of, self._unit_of)
        tables = Tables()
        outlines = fairness.each(self._store.outlines(self.workspace))
        tables.put(map(self._entry_of, outlines))
        return tables

    def show_revision(self, revision: int) -> None:
        """Note up to which of its own revisions this place is shown."""
        self._revision = revision

    def apply(self, records: Sequence[AnyRecord]) -> Effects:
        """Follow records of this place that were written."""
        topics = [record for record in records if isinstance(record, Topic)]
        asserters = [record for record in records if isinstance(record, Asserter)]
        sources = [record for record in records if isinstance(record, Source)]
        if topics:
            self.own_topics = _by_id([*self.own_topics.values(), *topics])
        if asserters:
            self.own_asserters = _by_id([*self.own_asserters.values(), *asserters])
        examples = [record for record in records if isinstance(record, Example)]
        if examples:
            self.own_examples = _by_id([*self.own_examples.values(), *examples])
        renamed = False
        if sources:
            self._publishers = None
            renamed = any(self.own_sources.get(one.id) is not None for one in sources)
            self.own_sources = _by_id([*self.own_sources.values(), *sources])
        claims = [record for record in records if isinstance(record, Claim)]
        carried = (
            self.own.put(map(self._entry_of, map(outline_of, claims))) if claims else Carried()
        )
        new = tuple(map(self._carrier, carried.new))
        lost = tuple(one for one in map(self._carrier, carried.lost) if not self.carries(*one))
        speakers, others = bool(asserters), bool(topics) or renamed
        alone = speakers and not others
        return Effects(speakers or others, bool(examples), new, lost, speakers=alone)

    def carries(self, outlet: str, asserter: str) -> bool:
        """Whether an outlet of this name has carried an asserter, as far as is shown here."""
        own = map(self._carrier, self.own.carriers_of(asserter))
        shared = self._base is not None and self._base.carries(outlet, asserter)
        return shared or (outlet, asserter) in own

    def _entry_of(self, claim: Outline) -> Entry:
        return entry_of(claim, self._unit_of(claim.topic))

    def _unit_of(self, topic: str) -> str | None:
        try:
            return self.topic(topic).unit
        except KeyError:
            return None

    def _carrier(self, one: Carrier) -> tuple[str, str]:
        how, name, asserter = one
        return (self.publisher(name) if how == "source" else name), asserter

    def publisher(self, source: str) -> str:
        """Return who published a source."""
        return self.publishers()[source] if self._cold else self.source(source).publisher

    def publishers_of(self, sources: Collection[str]) -> set[str]:
        """Return who published some of the sources; those that are not shown are left out."""
        if self._cold:
            return {*self._store.publishers(self.workspace, sources).values()}
        found = set()
        for source in sources:
            with suppress(KeyError):
                found.add(self.publisher(source))
        return found

    def publishers(self) -> Mapping[str, str]:
        """Return who published each source that is shown here, by its id."""
        if not self._cold:
            return {source.id: source.publisher for source in self.sources.values()}
        if self._publishers is None:
            self._publishers = self._store.publishers(self.workspace)
        return self._publishers

    def latest(self, topic: str, most: int) -> list[str]:
        """Return the ids of so many claims of a topic that are spoken, the latest first."""
        if self._cold and self._base is None:
            return self.own.latest(topic, most)
        spoken = (entry.id for entry in reversed(self.table(topic)) if entry.spoken)
        return list(islice(spoken, most))

    def table(self, topic: str) -> list[Entry]:
        """Return the entries of a topic, oldest first.

        Raises:
            KeyError: there is no such topic.
        """
        self.topic(topic)
        own = self.own.of_topic(topic)
        if self._base is None:
            return own
        shared = self._base.own.of_topic(topic)
        return self._joined(topic, shared, own) if own and shared else own or shared

    def _joined(self, topic: str, shared: list[Entry], own: list[Entry]) -> list[Entry]:
        """Join two tables; a list that has changed is another list."""
        kept = self._merged.get(topic)
        if kept is None or kept[0] is not shared or kept[1] is not own:
            kept = (shared, own, sorted((*shared, *own), key=by_date))
            self._merged[topic] = kept
        return kept[2]

    def entry(self, claim_id: str) -> Entry:
        """Return the entry of a claim.

        Raises:
            KeyError: there is no such claim.
        """
        found = self.find(claim_id)
        if found is None:
            raise KeyError(claim_id)
        return found

    def find(self, claim_id: str) -> Entry | None:
        """Return the entry of a claim, or nothing when none of that id is shown here."""
        found = self.own.find(claim_id)
        return self._base.find(claim_id) if found is None and self._base else found

    def own_claims(self) -> Iterable[Claim]:
        """Yield every claim of this place alone, one after the other."""
        return self._store.all_claims(self.workspace)

    @property
    def retired(self) -> frozenset[str]:
        """The topics that are retired as they are seen here."""
        own = {key for key, one in self.own_topics.items() if is_retired(one)}
        shared = self._base.retired - self.own_topics.keys() if self._base else frozenset[str]()
        return shared | own

    def matched_claims(self) -> Iterable[Claim]:
        """Yield the claims of this place that questions are matched with."""
        retired = self.retired
        return (claim for claim in self.own_claims() if claim.topic not in retired)

    def every_claim(self) -> Iterable[Claim]:
        """Yield every claim that is shown here, one after the other."""
        if self._base:
            yield from self._base.every_claim()
        yield from self.own_claims()

    def claim(self, claim_id: str) -> Claim | None:
        """Return one claim, or nothing when none of that id is shown here."""
        found = self.claims([claim_id])
        return found[0] if found else None

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """Return claims by id, in the order asked for; what is not shown here is left out."""
        wanted = [one for one in ids if self.find(one)]
        found = self.fetched(wanted)
        return [found[one] for one in wanted if one in found]

    def fetched(self, ids: Collection[str]) -> dict[str, Claim]:
        """Return claims by id, each from the place where its entry is."""
        own = [one for one in ids if self.own.find(one)]
        found = {claim.id: claim for claim in self._store.claims(own, self.workspace)}
        if self._base and len(own) < len(ids):
            found |= self._base.fetched(set(ids) - set(own))
        return found

    @property
    def proposed(self) -> list[Entry]:
        """The proposals that wait here: those of the workspace, or those of the shared base."""
        return sorted(self.own.waiting(), key=lambda entry: entry.id)

    def topics_of(self, asserters: Collection[str]) -> frozenset[str]:
        """Return the topics on which somebody of these has spoken."""
        shared = self._base.topics_of(asserters) if self._base else frozenset[str]()
        return shared | self.own.topics_of(asserters)

    def times_spoken(self, asserter: str, topic: str | None = None) -> int:
        """Return how many claims somebody has made here, on a topic or on all."""
        shared = self._base.times_spoken(asserter, topic) if self._base else 0
        return shared + self.own.times_spoken(asserter, topic)

    def has_number(self, topic: str, numbers: Collection[float | None]) -> bool:
        """Whether a figure on a topic has one of these numbers."""
        shared = self._base is not None and self._base.has_number(topic, numbers)
        return shared or self.own.has_number(topic, numbers)

    def carriers(self) -> MutableMapping[str, set[str]]:
        """Return whose claims each outlet has carried, by the name of the outlet."""
        if self._cold and self._base is None:
            names = self._store.outlets(self.workspace)
            return ColdCarriers(names, lambda: map(self._carrier, self.own.carried()))
        carriers: dict[str, set[str]] = defaultdict(set)
        if self._base:
            for outlet, asserters in self._base.carriers().items():
                carriers[outlet] |= asserters
        for outlet, asserter in map(self._carrier, self.own.carried()):
            carriers[outlet].add(asserter)
        return carriers

    def outlets(self) -> Mapping[str, "Outlet"]:
        """Return what each outlet is called in the citations, by its folded name."""
        if self._outlets is None or self._outlets[0] != self.revision:
            found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
            for via in self._every_via():
                found[folded(via)][0].add(via)
            for source, publisher in self.publishers().items():
                found[folded(publisher)][1].add(source)
            outlets = {n: (frozenset(v), frozenset(s)) for n, (v, s) in found.items()}
            self._outlets = (self.revision, outlets)
        return self._outlets[1]

    def outlet_names(self) -> set[str]:
        """Return the names of all outlets, as they are written."""
        return {*self._every_via(), *self.publishers().values()}

    def _every_via(self) -> set[str]:
        own = {name for how, name, _ in self.own.carried() if how == "via"}
        return own | self._base._every_via() if self._base else own  # noqa: SLF001

    def bearing_on(self, kind: LinkKind, entry: Entry, known_by: date | None) -> list[Entry]:
        """Return the active claims that deny or dispute an entry, itself or with its topic.

        What is said against a whole topic is said against what had been asserted by that day, and
        nobody disputes a figure of their own with it. Of very many such claims the first few are
        held against each other one; `covering` gives all of them.
        """
        own, on_topic = self._linked(kind, entry.id, None), self._linked(kind, None, entry.topic)
        if not own and not on_topic:
            return []
        on_topic = on_topic[:_MOST_ON_TOPIC]
        whole = (
            one
            for one in on_topic
            if one.known >= entry.said and not (kind is LinkKind.DISPUTES and _is_own(one, entry))
        )
        return [
            other
            for other in dict.fromkeys((*own, *whole))
            if other.id != entry.id and in_force(other, known_by)
        ]

    def covering(self, kind: LinkKind, topic: str, known_by: date | None) -> list[Entry]:
        """Return the active claims that deny or dispute everything on a topic."""
        return [other for other in self._linked(kind, None, topic) if in_force(other, known_by)]

    def _linked(self, kind: LinkKind, claim: str | None, topic: str | None) -> list[Entry]:
        own = self.own.linked(kind, claim, topic)
        return self._base._linked(kind, claim, topic) + own if self._base else own  # noqa: SLF001

    def organisation(self, asserter_id: str) -> str:
        """Return whom an asserter speaks for: the organisation, else the office, else itself."""
        one = self.asserter(asserter_id)
        return one.organisation or (f"{one.country} {one.role}" if one.country else one.id)

    def name(self, asserter_id: str) -> str:
        """Write an asserter as people do: person, role, organisation (country)."""
        return asserter_name(self.asserter(asserter_id))

    def views(self, entries: Iterable[Entry], known_by: date | None = None) -> list[ClaimView]:
        """Return the claims of these entries as they are shown."""
        rest, views = iter(entries), list[ClaimView]()
        # Some at a time: to let go of thirty thousand claims at once holds everybody up.
        while some := list(islice(rest, _SHOWN_AT_ONCE)):
            views += self._kept.of(self.revision, some, known_by, self._made)
        if len(views) > _SHOWN_AT_ONCE:
            fairness.hold(views)
        return views

    def _made(self, entries: Sequence[Entry], known_by: date | None) -> list[ClaimView]:
        claims = self.fetched({entry.id for entry in entries})
        return [self._view(claims[one.id], one, known_by) for one in fairness.each(entries)]

    def _view(self, claim: Claim, entry: Entry, known_by: date | None) -> ClaimView:
        denied = self.bearing_on(LinkKind.DENIES, entry, known_by)
        disputed = self.bearing_on(LinkKind.DISPUTES, entry, known_by)
        return ClaimView(
            id=claim.id,
            topic=claim.topic,
            statement=claim.statement,
            figure=figure_view(claim.figure, self.topic(claim.topic).unit),
            qualifiers=claim.qualifiers,
            modality=entry.modality,
            rating=claim.rating,
            asserted_by=self.name(claim.asserter),
            asserter=claim.asserter,
            asserted_on=str(claim.asserted_on),
            period=str(claim.period) if claim.period else None,
            as_of=str(claim.as_of),
            assumption=claim.assumption,
            origin=claim.origin,
            status=claim.status,
            denied_by=tuple(other.id for other in denied),
            disputed_by=tuple(other.id for other in disputed),
            disputes=claim.disputed,
            retells=claim.retells,
            note=claim.note,
            citations=tuple(self._citation(citation) for citation in claim.citations),
        )

    def _citation(self, citation: Citation) -> CitationView:
        source = self.source(citation.source)
        return CitationView(
            source=source.id,
            publisher=source.publisher,
            title=source.title,
            published_on=str(source.published_on) if source.published_on else None,
            date_basis=source.date_basis,
            url=source.url or source.archive_url,
            via=citation.via,
            paragraph=citation.paragraph,
            as_worded=citation.as_worded,
        )


def _is_own(one: Entry, other: Entry) -> bool:
    return one.asserter == other.asserter


def _by_id(records: Iterable[_Kind]) -> dict[str, _Kind]:
    """Sort records by id, as a store gives them; of one id, the last counts."""
    found = {record.id: record for record in records}
    return dict(sorted(found.items()))
