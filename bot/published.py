"""What anybody may read: claims with their history, sources, asserters, changes.

A proposal is not public, nor is one that was turned down, nor what only such a claim names. No
record of a server's workspace is, unless its moderators have published it. Nobody's name stands in
a history here: whoever curates did not sign up to be published.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import cast

from knowledge.answers import source_view
from knowledge.base import KnowledgeBase
from knowledge.contract import (
    Answer,
    AsserterView,
    Bearing,
    Change,
    ChangedField,
    ClaimRecord,
    ClaimView,
    Event,
    Events,
    Publication,
    Speaker,
    What,
)
from knowledge.curation import happened, since_public, step_of
from knowledge.library import Entry, Library, NotOnFile, asserter_name
from knowledge.model import AnyRecord, LinkKind, RecordKind, Revision, Status
from knowledge.workspaces import Workspace

_LOOKED_THROUGH = 1000
"""Revisions in which the last changes of one topic are looked for."""
_NEAREST = 3
"""Names that are offered where one is not on file, as everywhere else."""
CLAIMS_IN_DATA = 200
"""Claims in an answer as data: some 400 kB, and more than most topics have."""


class Published:
    """The public side of an open database, of the shared base or a server; any thread may ask."""

    def __init__(self, base: KnowledgeBase, place: str | None = None) -> None:
        self._base = base
        self._place = place

    def of_server(self, place: str) -> "Published | None":
        """Return what a server has published; nothing where its moderators did not, or no more."""
        found = self._base.settings.of(place).published
        return None if found is None else Published(self._base, place)

    def servers(self) -> list[str]:
        """Return the servers that have published what is on file there."""
        return self._base.settings.publishing()

    @property
    def server(self) -> str:
        """The name under which a server has published it; empty for the shared base."""
        if self._place is None:
            return ""
        return self._base.settings.of(self._place).published or ""

    @property
    def workspace(self) -> Workspace:
        """Where everybody's questions are answered: in one place, whoever asks.

        Raises:
            BeingRead: it is a large one of a server and not open yet.
        """
        return self._base.workspaces.of(self._place)

    @property
    def library(self) -> Library:
        """Everything on file there, proposals included: `shows` tells them apart."""
        return self.workspace.library

    @property
    def revision(self) -> int:
        """The newest revision of what is seen there."""
        return self.library.revision

    def shows(self, entry: Entry) -> bool:
        """Whether anybody may read a claim: it is no proposal, and was not turned down as one."""
        if entry.status is Status.RETRACTED:
            return bool(self._history(entry.id))
        return entry.status is not Status.PROPOSED

    def claim(self, claim_id: str) -> ClaimRecord:
        """Return one claim with all that bears on it.

        Raises:
            NotOnFile: there is none of that id; the nearest ones are in the error.
        """
        entry = self._entry(claim_id)
        library = self.library
        topic = library.topic(entry.topic)
        evidence = self.workspace.source(entry.id)
        bearings = tuple(self._bearings(entry))
        others = {one for each in bearings for one in (each.claim, each.on_claim) if one}
        linked = [library.entry(one) for one in sorted(others - {entry.id})]
        return ClaimRecord(
            claim=self._views([entry])[0],
            title=topic.title,
            measure=topic.measure,
            evidence=evidence,
            bearings=bearings,
            linked=self._views(linked),
            history=tuple(self._change(one) for one in self._history(entry.id)),
            revision=self.revision,
        )

    def source(self, source_id: str) -> Publication:
        """Return a publication with the claims that it carries.

        Raises:
            NotOnFile: there is none of that id.
        """
        if not self.library.has("source", source_id) or source_id in self._waiting()[0]:
            raise NotOnFile(source_id, "source", ())
        source = self.library.source(source_id)
        entries = (one for one in self._public() if source_id in one.sources)
        return Publication(
            source=source_view(source),
            claims=self._views(entries),
            revision=self.revision,
        )

    def asserter(self, asserter_id: str) -> Speaker:
        """Return an asserter with everything that it has asserted.

        Raises:
            NotOnFile: there is none of that id; the nearest ones are in the error.
        """
        waiting = self._waiting()[1]
        if not self.library.has("asserter", asserter_id) or asserter_id in waiting:
            near = self.workspace.lookup.complete_asserters(asserter_id, _NEAREST)
            offers = [(one.id, asserter_name(one)) for one in near if one.id not in waiting]
            raise NotOnFile(asserter_id, "asserter", offers)
        asserter = self.library.asserter(asserter_id)
        entries = (one for one in self._public() if one.asserter == asserter_id)
        return Speaker(
            asserter=AsserterView(
                id=asserter.id,
                name=asserter_name(asserter),
                person=asserter.person,
                role=asserter.role,
                organisation=asserter.organisation,
                country=asserter.country,
            ),
            claims=self._views(entries),
            revision=self.revision,
        )

    def changes(self, topic: str | None = None, limit: int = 50) -> Events:
        """Return the last changes of claims, the newest first.

        Raises:
            NotOnFile: there is no such topic.
        """
        if topic is not None:
            topic = self.workspace.lookup.topic(topic).id
        found = list(self._events(topic))[:limit]
        views = self._views(entry for _, entry in found)
        events = (
            Event(
                revision=self._number(revision),
                at=revision.at,
                what=cast("What", happened(revision)),
                why=revision.why,
                claim=view,
            )
            for (revision, _), view in zip(found, views, strict=True)
        )
        return Events(topic=topic, events=tuple(events), revision=self.revision)

    def records(self) -> Iterator[tuple[RecordKind, AnyRecord]]:
        """Go through every record that anybody may read, those that others refer to first.

        What is retired is among them where a claim that was retracted names it.
        """
        library = self.library
        entries = list(self._public())
        asserters = {one.asserter for one in entries}
        sources = {key for one in entries for key in one.sources}
        yield from (("topic", one) for one in library.topics.values())
        asserters.update(self.asserter_ids())
        own = library.own_asserters.values()
        yield from (("asserter", one) for one in own if one.id in asserters)
        listed = sorted({*self.source_ids(), *sources})
        yield from (("source", library.source(key)) for key in listed)
        shown = {one.id for one in entries}
        yield from (("claim", one) for one in library.own_claims() if one.id in shown)

    def claim_ids(self) -> Iterator[str]:
        """Go through the ids of all claims that anybody may read."""
        return (entry.id for entry in self._public())

    def source_ids(self) -> Collection[str]:
        """Return the ids of all publications in use that anybody may read of."""
        return self.library.sources.keys() - self._waiting()[0]

    def asserter_ids(self) -> Collection[str]:
        """Return the ids of all asserters in use that anybody may read of."""
        return self.library.asserters.keys() - self._waiting()[1]

    # ---------------------------------------------------------------- inside

    def _waiting(self) -> tuple[set[str], set[str]]:
        """Return the sources and the asserters that only claims name which nobody may read yet."""
        library = self.library
        sources, asserters = (set[str](), set[str]()), (set[str](), set[str]())
        for entry in (one for topic in library.topics for one in library.table(topic)):
            shown = self.shows(entry)
            sources[shown].update(entry.sources)
            asserters[shown].add(entry.asserter)
        return sources[False] - sources[True], asserters[False] - asserters[True]

    def _entry(self, claim_id: str) -> Entry:
        entry = self.library.find(claim_id)
        if entry is None or not self.shows(entry):
            near = self.workspace.complete_claims(claim_id, _NEAREST, among=self.shows)
            raise NotOnFile(claim_id, "claim", [(one.id, one.id) for one in near])
        return entry

    def _public(self) -> Iterator[Entry]:
        """Go through the claims that anybody may read, topic by topic, oldest first."""
        library = self.library
        for topic in library.topics:
            yield from filter(self.shows, library.table(topic))

    def _views(self, entries: Iterable[Entry]) -> tuple[ClaimView, ...]:
        return tuple(self.library.views(entries))

    def _history(self, claim_id: str) -> list[Revision]:
        """Return what was done to a claim since it is public.

        A server sees a shared claim by another name where it has one of its own by that name.
        """
        library, held = self.library, claim_id
        place = library.workspace if library.own.find(claim_id) else None
        if place is None and library.workspace is not None:
            held = self.workspace.original("claim", claim_id) or claim_id
        return list(since_public(self._base.store.revisions("claim", held, place)))

    def _number(self, revision: Revision) -> int:
        """Return how the place counts a revision, which tells nothing of other places."""
        return self._base.store.shown_number(revision.number, self.library.workspace)

    def _change(self, revision: Revision) -> Change:
        step = step_of(revision)
        return Change(
            revision=self._number(revision),
            at=step.at,
            why=step.why,
            fields=tuple(
                ChangedField(field=one.field, before=one.before, after=one.after)
                for one in step.changes
            ),
        )

    def _bearings(self, entry: Entry) -> Iterator[Bearing]:
        """Name what the claim bears on, and then what bears on it."""
        for link in entry.links:
            target = self.library.find(link.claim) if link.claim else None
            if link.topic or (target and self.shows(target)):
                yield Bearing(
                    claim=entry.id, kind=link.kind, on_claim=link.claim, on_topic=link.topic
                )
        for kind in LinkKind:
            for other in self.library.bearing_on(kind, entry, None):
                itself = any(one.kind is kind and one.claim == entry.id for one in other.links)
                yield Bearing(
                    claim=other.id,
                    kind=kind,
                    on_claim=entry.id if itself else None,
                    on_topic=None if itself else entry.topic,
                )

    def _events(self, topic: str | None) -> Iterator[tuple[Revision, Entry]]:
        library = self.library
        for revision in self._base.store.recent(library.workspace, _LOOKED_THROUGH):
            entry = library.find(revision.record) if revision.kind == "claim" else None
            if entry is None or entry.topic not in ([topic] if topic else library.topics):
                continue
            # A shared claim whose name a server has taken is not the server's own of that name.
            own = library.own.find(entry.id) is not None
            if own is not (revision.workspace == library.workspace):
                continue
            if _told(revision) and self.shows(entry):
                yield revision, entry


def _told(revision: Revision) -> bool:
    """Whether a change is news: not of what was only proposed then."""
    before, after = ((one or {}).get("status") for one in (revision.before, revision.after))
    waiting, gone = str(Status.PROPOSED), str(Status.RETRACTED)
    return after != waiting and not (before == waiting and after == gone)


def part_of(found: Answer, claims: Sequence[ClaimView]) -> Answer:
    """Return an answer with some of its claims: what it lists by id, too, it lists of those alone.

    What it says of all stays as it is: the range, the latest, how many there are.
    """
    if len(claims) == len(found.claims):
        return found
    on_it = {claim.id for claim in claims}

    def kept(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if one in on_it)

    at_odds = (one.model_copy(update={"claims": kept(one.claims)}) for one in found.disagreements)
    return found.model_copy(
        update={
            "claims": tuple(claims),
            "groups": tuple(
                one.model_copy(update={"claims": kept(one.claims)}) for one in found.groups
            ),
            "forecasts": kept(found.forecasts),
            "suppositions": kept(found.suppositions),
            "disagreements": tuple(one for one in at_odds if one.claims),
        }
    )
