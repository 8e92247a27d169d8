"""What somebody has said over all topics, and what a publication carries."""

from collections.abc import Iterable, Iterator, Sequence

from knowledge.contract import Bearing, ClaimView, Publication, Said, SaidOn, SourceView
from knowledge.library import By, Entry, Library, by_date, in_force
from knowledge.model import Measure, Source


def said(library: Library, by: By) -> Said:
    """Return everything that some have said and that stands, topic by topic."""
    tables = (library.table(topic) for topic in library.topics)
    entries = [one for table in tables for one in table if in_force(one, None) and by.covers(one)]
    topics = by_topic(library, library.views(sorted(entries, key=by_date, reverse=True)))
    bearings = tuple(_bearings(entries))
    claims = [claim for one in topics for claim in one.claims]
    named = {one for claim in claims for one in claim.opponents}
    named |= {one.on_claim for one in bearings if one.on_claim}
    shown = {claim.id for claim in claims}
    linked = (library.find(one) for one in sorted(named - shown))
    return Said(
        by=by.label,
        topics=topics,
        bearings=bearings,
        linked=tuple(library.views(one for one in linked if one and one.spoken)),
        revision=library.revision,
    )


def _bearings(entries: Iterable[Entry]) -> Iterator[Bearing]:
    """Name what these claims deny or dispute: a claim, or everything on a topic."""
    for entry in entries:
        for link in entry.links:
            if link.kind.traits.opposes:
                yield Bearing(
                    claim=entry.id, kind=link.kind, on_claim=link.claim, on_topic=link.topic
                )


def publication(library: Library, source: Source) -> Publication:
    """Return a publication and the claims that stand on it, the oldest first."""
    tables = (library.table(topic) for topic in library.topics)
    entries = [
        one for table in tables for one in table if source.id in one.sources and in_force(one, None)
    ]
    return Publication(
        source=source_view(source),
        claims=tuple(library.views(sorted(entries, key=by_date))),
        revision=library.revision,
    )


def source_view(source: Source) -> SourceView:
    """Return a publication as answers show it."""
    return SourceView(
        id=source.id,
        publisher=source.publisher,
        title=source.title,
        published_on=str(source.published_on) if source.published_on else None,
        date_basis=source.date_basis,
        date_reason=source.date_reason,
        url=source.url,
        archive_url=source.archive_url,
    )


def by_topic(library: Library, claims: Sequence[ClaimView]) -> tuple[SaidOn, ...]:
    """Sort claims by their topics: those with figures first, and of them those with most claims."""
    found: dict[str, list[ClaimView]] = {}
    for claim in claims:
        found.setdefault(claim.topic, []).append(claim)
    topics = (
        SaidOn(
            topic=topic,
            title=library.topic(topic).title,
            measure=library.topic(topic).measure,
            claims=tuple(some),
        )
        for topic, some in found.items()
    )

    def place(one: SaidOn) -> tuple[bool, int, str]:
        return one.measure is Measure.QUALITATIVE, -len(one.claims), one.title

    return tuple(sorted(topics, key=place))
