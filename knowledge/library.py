"""The reading room: topic tables in memory, claims by id, and the views that answers show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.contract import CitationView, ClaimView, FigureView
from knowledge.countries import country_name
from knowledge.models import Asserter, Citation, Claim, Figure, LinkKind, Source, Status, Topic
from knowledge.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in its topic's table: what is needed to choose and to count, and no text."""

    id: str
    topic: str
    asserter: str
    origin: str
    status: Status
    first: date
    """The first day that its as-of date may mean."""
    last: date
    known: date
    """The day by which it had surely been asserted."""
    low: float | None
    high: float | None
    assumed: bool
    retells: str | None

    @property
    def counted(self) -> bool:
        """Whether it may stand at an end of a range: a number of its own, not a retelling."""
        return self.retells is None and (self.low is not None or self.high is not None)


def entry_of(claim: Claim) -> Entry:
    """Make the table entry of a claim."""
    figure = claim.figure
    return Entry(
        id=claim.id,
        topic=claim.topic,
        asserter=claim.asserter,
        origin=claim.origin,
        status=claim.status,
        first=claim.as_of.earliest,
        last=claim.as_of.latest,
        known=claim.asserted_on.latest,
        low=figure.low if figure else None,
        high=figure.high if figure else None,
        assumed=claim.assumption is not None,
        retells=claim.retells,
    )


class Library:
    """Everything on file, ready to be read without waiting.

    Topics, asserters and sources are held whole; of each claim only its entry, sorted by the
    date it stands for. Texts are fetched by id for the few claims that an answer shows.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.topics: dict[str, Topic] = {}
        self.asserters: dict[str, Asserter] = {}
        self.sources: dict[str, Source] = {}
        self.revision = 0
        self._tables: dict[str, list[Entry]] = {}
        self._entries: dict[str, Entry] = {}
        self._topic_links: dict[tuple[LinkKind, str], list[Entry]] = {}
        self._claim_links: dict[tuple[LinkKind, str], list[Entry]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew from the store."""
        self.topics = {topic.id: topic for topic in self._store.topics()}
        self.asserters = {asserter.id: asserter for asserter in self._store.asserters()}
        self.sources = {source.id: source for source in self._store.sources()}
        tables: dict[str, list[Entry]] = {topic: [] for topic in self.topics}
        on_topic: dict[tuple[LinkKind, str], list[Entry]] = defaultdict(list)
        on_claim: dict[tuple[LinkKind, str], list[Entry]] = defaultdict(list)
        for claim in self._store.all_claims():
            entry = entry_of(claim)
            tables[claim.topic].append(entry)
            for link in claim.relations:
                if link.topic is not None:
                    on_topic[link.kind, link.topic].append(entry)
                elif link.claim is not None:
                    on_claim[link.kind, link.claim].append(entry)
        for table in tables.values():
            table.sort(key=lambda entry: (entry.last, entry.first, entry.known, entry.id))
        self._tables, self._topic_links, self._claim_links = tables, on_topic, on_claim
        self._entries = {entry.id: entry for table in tables.values() for entry in table}
        self.revision = self._store.revision()

    def table(self, topic: str) -> list[Entry]:
        """Return the entries of a topic, oldest first.

        Raises:
            KeyError: there is no such topic.
        """
        return self._tables[topic]

    def entry(self, claim_id: str) -> Entry:
        """Return the entry of a claim.

        Raises:
            KeyError: there is no such claim.
        """
        return self._entries[claim_id]

    def every_claim(self) -> Iterable[Claim]:
        """Yield every claim, one after the other."""
        return self._store.all_claims()

    def claim(self, claim_id: str) -> Claim | None:
        """Return one claim, or nothing when there is none of that id."""
        found = self._store.claims([claim_id])
        return found[0] if found else None

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """Return claims by id, in the order asked for."""
        return self._store.claims(ids)

    def bearing_on(self, kind: LinkKind, entry: Entry, known_by: date | None) -> list[Entry]:
        """Return the active claims that deny or dispute an entry, itself or with its topic."""
        links = self._claim_links.get((kind, entry.id), []) + self.covering(
            kind, entry.topic, known_by
        )
        return [
            other
            for other in dict.fromkeys(links)
            if other.id != entry.id and in_force(other, known_by)
        ]

    def covering(self, kind: LinkKind, topic: str, known_by: date | None) -> list[Entry]:
        """Return the active claims that deny or dispute everything on a topic."""
        return [
            other for other in self._topic_links.get((kind, topic), []) if in_force(other, known_by)
        ]

    def name(self, asserter_id: str) -> str:
        """Write an asserter as people do: person, role, organisation (country)."""
        return asserter_name(self.asserters[asserter_id])

    def views(self, entries: Iterable[Entry], known_by: date | None = None) -> list[ClaimView]:
        """Return the claims of these entries as they are shown."""
        chosen = list(entries)
        claims = self._store.claims([entry.id for entry in chosen])
        return [
            self._view(claim, entry, known_by) for claim, entry in zip(claims, chosen, strict=True)
        ]

    def _view(self, claim: Claim, entry: Entry, known_by: date | None) -> ClaimView:
        denied = self.bearing_on(LinkKind.DENIES, entry, known_by)
        disputed = self.bearing_on(LinkKind.DISPUTES, entry, known_by)
        return ClaimView(
            id=claim.id,
            topic=claim.topic,
            statement=claim.statement,
            figure=figure_view(claim.figure, self.topics[claim.topic].unit),
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
            retells=claim.retells,
            note=claim.note,
            citations=tuple(self._citation(citation) for citation in claim.citations),
        )

    def _citation(self, citation: Citation) -> CitationView:
        source = self.sources[citation.source]
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


def in_force(entry: Entry, known_by: date | None) -> bool:
    """Whether a claim is active, and had been asserted by a day."""
    return entry.status is Status.ACTIVE and (known_by is None or entry.known <= known_by)


def figure_view(figure: Figure | None, unit: str | None) -> FigureView | None:
    """Join a figure with the unit of its topic."""
    if figure is None:
        return None
    return FigureView(
        low=figure.low,
        high=figure.high,
        relation=figure.relation,
        unit=unit,
        as_worded=figure.as_worded,
    )


def asserter_name(asserter: Asserter) -> str:
    """Write an asserter as people do: person, role, organisation (country, unless named).

    An office of a country alone is the country's: "Government of Egypt".
    """
    parts = [part for part in (asserter.person, asserter.role, asserter.organisation) if part]
    name = ", ".join(parts)
    country = country_name(asserter.country) if asserter.country else ""
    if not country or country in name:
        return name
    return f"{name} of {country}" if parts == [asserter.role] else f"{name} ({country})"
