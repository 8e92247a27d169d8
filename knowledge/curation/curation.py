"""Curation: what people may do to the records, each change a revision, whatever the chat is."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from knowledge.curation.actors import (
    Actor,
    NotAllowed,
    id_of,
    name_of,
    place_for_new,
    require_curator,
    require_editor,
    require_other,
)
from knowledge.curation.claiming import draft_claim
from knowledge.curation.drafting import draft_asserter, draft_source, draft_topic
from knowledge.curation.examples import Examples, Wanted
from knowledge.curation.forms import AsserterForm, ClaimForm, SourceForm, TopicForm
from knowledge.curation.history import Step, step_of, undone
from knowledge.curation.oddities import oddities
from knowledge.curation.status import (
    OwnProposal,
    Proposal,
    StillSuperseded,
    before_retraction,
    deciding,
    decision,
    follow,
    proposing,
    state_after,
    statuses_differ,
)
from knowledge.curation.work import Decided, Draft, FieldProblem, Invalid, NotVisible, required
from knowledge.drafts import Article
from knowledge.fairness import fairness
from knowledge.model import (
    AnyRecord,
    Asserter,
    Claim,
    LinkKind,
    RecordKind,
    Revision,
    Source,
    Status,
    Topic,
    Use,
    is_retired,
    kind_of,
)
from knowledge.records import is_blank, marked, superseded_among
from knowledge.store import Change, Conflict, Placed, Preview, Progress, Refused, Store
from knowledge.workspaces import Similar, Workspace, Workspaces, Writer, similar_claims

Result = TypeVar("Result")
Work = Callable[[Change], Result]


def _utc_today() -> date:
    return datetime.now(UTC).date()


class Curation:
    """Everything that curators and contributors do. Who acts is told to each method.

    Changing methods raise `NotAllowed`, `NotVisible`, `Invalid` (the record is refused),
    `Conflict` (somebody saved meanwhile; both versions are in it) and `Unsaved` (the database
    cannot be written); nothing is saved then.
    """

    def __init__(
        self,
        store: Store,
        workspaces: Workspaces,
        writer: Writer,
        today: Callable[[], date] = _utc_today,
    ) -> None:
        self._store = store
        self._workspaces = workspaces
        self._writer = writer
        self._today = today

    # ---------------------------------------------------------------- reading

    def find(self, actor: Actor, kind: RecordKind, record: str) -> Placed:
        """Return a record with its place and newest revision, as the database has it now.

        Raises:
            NotVisible: there is none of that id where the person looks.
        """
        held = self._held(actor, kind, record)
        return replace(held, revision=self._store.shown_number(held.revision, actor.workspace))

    def history(self, actor: Actor, kind: RecordKind, record: str) -> list[Step]:
        """Return what was done to a record, oldest first. Raises `NotVisible`."""
        held = self._held(actor, kind, record)
        done = self._store.revisions(kind, held.record.id, held.workspace)
        return [step_of(self._as_shown(actor, revision)) for revision in done]

    def recent(self, actor: Actor, limit: int = 20) -> list[Step]:
        """Return the last changes of everything that a person sees, newest first."""
        done = self._store.recent(actor.workspace, limit)
        return [step_of(self._as_shown(actor, revision)) for revision in done]

    def pending(self, actor: Actor) -> list[Proposal]:
        """Return the proposals that a person could decide on as a curator, oldest first."""
        shared = self._workspaces.shared
        own = {self._workspaces.of(actor.workspace)} - {shared}
        workspaces = own | {shared} if actor.curates_base else own
        found = [
            self._proposal(actor, entry.id, workspace.library.workspace)
            for workspace in workspaces
            for entry in workspace.library.proposed
        ]
        return sorted((one for one in found if one), key=lambda one: one.at)

    def own_pending(self, actor: Actor) -> list[Proposal]:
        """Return the proposals of a person that wait, oldest first."""
        return [one for one in self.pending(actor) if one.person == actor.id]

    def own_proposals(self, actor: Actor, limit: int = 10) -> list[OwnProposal]:
        """Return what a person has proposed where they are, the newest first."""
        places = [None] if actor.curates_base else []
        return [
            found
            for place in (*places, *([actor.workspace] if actor.workspace else []))
            for claim in self._store.proposed_by(place, actor.mark, limit)
            if (found := self.decided(claim, place)) is not None
        ][:limit]

    def decided(self, claim: str, place: str | None) -> OwnProposal | None:
        """Return what became of a claim that was proposed in a place; nothing if it never was."""
        revisions = self._store.revisions("claim", claim, place)
        first = proposing(revisions)
        held = self._store.placed("claim", claim, place)
        if first is None or held is None or not isinstance(held.record, Claim):
            return None
        last = deciding(revisions) or first
        proposer, by = id_of(first.who), id_of(last.who)
        return OwnProposal(
            held.record,
            state_after(last),
            proposer,
            name_of(last.who),
            proposer == by,
            last.at,
            last.why,
        )

    def similar(self, actor: Actor, claim: Claim) -> list[Similar]:
        """Return claims on file that may say the same, the likeliest first."""
        return similar_claims(self._workspaces.of(actor.workspace), claim)

    # ---------------------------------------------------------------- drafting

    def draft_claim(
        self,
        actor: Actor,
        form: ClaimForm,
        editing: Claim | None = None,
        article: Article | None = None,
    ) -> Draft:
        """Draft a claim from what was typed, and from its article; nothing is saved."""
        return draft_claim(self._drafted(actor), form, self._today(), editing, article)

    def draft_topic(self, actor: Actor, form: TopicForm, editing: Topic | None = None) -> Draft:
        """Draft a topic from what was typed; nothing is saved."""
        return draft_topic(self._drafted(actor), form, self._today(), editing)

    def draft_source(self, actor: Actor, form: SourceForm, editing: Source | None = None) -> Draft:
        """Draft a source from what was typed; nothing is saved."""
        return draft_source(self._drafted(actor), form, self._today(), editing)

    def draft_asserter(
        self, actor: Actor, form: AsserterForm, editing: Asserter | None = None
    ) -> Draft:
        """Draft an asserter from what was typed; nothing is saved."""
        return draft_asserter(self._drafted(actor), form, self._today(), editing)

    def odd(self, actor: Actor, claim: Claim) -> tuple[FieldProblem, ...]:
        """Return what a person should say yes to before a claim is saved, duplicates apart."""
        return tuple(FieldProblem(*one) for one in oddities(self._drafted(actor), claim, ()))

    # ---------------------------------------------------------------- changing

    async def add(self, actor: Actor, record: AnyRecord, why: str = "added") -> Revision:
        """Add a record; a claim is active at once. What it supersedes is marked so."""
        place = place_for_new(actor)
        if isinstance(record, Claim) and record.status is not Status.ACTIVE:
            raise Invalid([FieldProblem("status", "a new claim is active")])
        return await self._save(actor, Wanted(record, place, why, 0))

    async def propose(self, actor: Actor, claim: Claim, why: str = "proposed") -> Revision:
        """Add a claim that waits until somebody else approves it."""
        place = place_for_new(actor, propose=True)
        waiting = claim.model_copy(update={"status": Status.PROPOSED})
        return await self._save(actor, Wanted(waiting, place, why, 0))

    async def edit(
        self, actor: Actor, record: AnyRecord, *, seen: int, why: str = "edited"
    ) -> Revision:
        """Save a new version of a record that was read at the revision `seen`.

        Whoever proposed a claim may reword it as long as it waits.
        """

        def wanted() -> Wanted:
            known = self._store.number_shown_as(seen, actor.workspace) or 0
            held = self._held(actor, kind_of(record), record.id, known)
            require_editor(actor, held, self._proposed_in(held))
            if held.revision == known and statuses_differ(record, held.record):
                reason = "an edit leaves the status alone: retract, restore or approve the claim"
                raise Invalid([FieldProblem("status", reason)])
            return Wanted(record, held.workspace, why, known)

        return await self._put(actor, wanted)

    async def retract(
        self, actor: Actor, claim: str, *, reason: str, seen: int | None = None
    ) -> Revision:
        """Withdraw a claim; it stays readable as retracted. A reason is required."""

        def wanted() -> Wanted:
            held, found = self._claim(actor, claim)
            require_curator(actor, held)
            if found.status is Status.RETRACTED:
                raise Invalid([FieldProblem("status", "the claim is retracted already")])
            return self._with_status(actor, held, Status.RETRACTED, required(reason), seen)

        return await self._put(actor, wanted)

    async def restore(
        self, actor: Actor, claim: str, *, reason: str = "restored", seen: int | None = None
    ) -> Revision:
        """Give a retracted claim the status back that it had before."""

        def wanted() -> Wanted:
            held, found = self._claim(actor, claim)
            require_curator(actor, held)
            if found.status is not Status.RETRACTED:
                raise Invalid([FieldProblem("status", "the claim is not retracted")])
            status = before_retraction(self._revisions(held))
            return self._with_status(actor, held, status, reason, seen)

        return await self._put(actor, wanted)

    async def retire(self, actor: Actor, topic: str, *, reason: str) -> Revision:
        """Take a topic out of every answer, command and completion; its claims stay readable.

        What retired it can be undone. A reason is required.
        """

        def wanted() -> Wanted:
            held = self._held(actor, "topic", topic)
            if actor.can_curate and held.workspace is None and not actor.curates_base:
                raise NotAllowed(
                    "This topic belongs to the shared base, which every server sees: it cannot be "
                    "retired from here. Whoever runs the bot chooses the records that every "
                    "server has."
                )
            require_curator(actor, held)
            if is_retired(held.record):
                raise Invalid([FieldProblem("status", "the topic is retired already")])
            record = held.record.model_copy(update={"status": Use.RETIRED})
            return Wanted(record, held.workspace, required(reason), held.revision)

        return await self._put(actor, wanted)

    async def approve(self, actor: Actor, claim: str, *, seen: int | None = None) -> Revision:
        """Make a proposal active; nobody approves their own.

        Raises:
            Decided: it does not wait any more.
        """
        return await self._decide(actor, claim, Status.ACTIVE, "approved", seen)

    async def reject(
        self, actor: Actor, claim: str, *, reason: str, seen: int | None = None
    ) -> Revision:
        """Turn a proposal down; it stays readable as retracted. A reason is required.

        Raises:
            Decided: it does not wait any more.
        """
        return await self._decide(actor, claim, Status.RETRACTED, required(reason), seen)

    async def undo(self, actor: Actor, number: int, why: str = "") -> Revision:
        """Take back what one revision changed, as a new revision; later changes stay.

        A claim that the revision added is retracted.

        Raises:
            Conflict: what it changed was changed again since.
        """

        def wanted() -> Wanted:
            meant = self._store.number_shown_as(number, actor.workspace)
            revision = None if meant is None else self._store.revision_of(meant)
            if revision is None or not actor.sees(revision.workspace):
                raise NotVisible("revision", str(number))
            held = self._store.placed(revision.kind, revision.record, revision.workspace)
            if held is None:
                raise NotVisible(revision.kind, revision.record)
            require_curator(actor, held)
            seen = self._store.shown_number(held.revision, actor.workspace)
            record = undone(self._as_shown(actor, revision), replace(held, revision=seen))
            self._refuse_own_approval(actor, held, record)
            reason = f"undoes revision {number}" + (f": {why.strip()}" if why.strip() else "")
            return Wanted(record, held.workspace, reason, held.revision)

        return await self._put(actor, wanted)

    @property
    def examples(self) -> Examples:
        """The questions that are kept as meaning a topic."""
        return Examples(self._store, self._workspaces, self._held, self._put)

    # ---------------------------------------------------------------- many at once

    def preview(
        self, actor: Actor, records: Sequence[AnyRecord], progress: Progress | None = None
    ) -> Preview:
        """Say what taking records in would change, and everything that is wrong with them."""
        return self._store.preview(records, place_for_new(actor), progress)

    async def take_in(
        self,
        actor: Actor,
        records: Sequence[AnyRecord],
        *,
        why: str,
        progress: Progress | None = None,
    ) -> int:
        """Add and change many records, all or none; return how many were written.

        `progress` is called from another thread.
        """
        place = place_for_new(actor)

        def work(change: Change) -> int:
            superseded = superseded_among(records)
            count = change.put_all([marked(one, superseded) for one in records], progress)
            for one in records:
                if isinstance(one, Claim) and one.relations:
                    follow(change, place, None, one, self._still_superseded(place))
            return count

        return await self._written(work, actor, why, place, large=True)

    # ---------------------------------------------------------------- inside

    def _drafted(self, actor: Actor) -> Workspace:
        return self._workspaces.of(None if actor.curates_base else actor.workspace)

    def _held(
        self, actor: Actor, kind: RecordKind, record: str, known: int | None = None
    ) -> Placed:
        """Return what an id means to a person, with the number of its newest revision.

        Where their place and the shared base have the same id, `known` tells which is meant.
        """
        shared = self._workspaces.of(actor.workspace).original(kind, record)
        held = self._store.placed(kind, shared or record, None if shared else actor.workspace)
        if known and held and held.workspace is not None and held.revision != known:
            other = self._store.placed(kind, record)
            held = other if other and other.revision == known else held
        if held is None:
            raise NotVisible(kind, record)
        return held

    def _as_shown(self, actor: Actor, revision: Revision) -> Revision:
        """Return a revision under the number by which a person's place counts it."""
        number = self._store.shown_number(revision.number, actor.workspace)
        return revision.model_copy(update={"number": number})

    def _revisions(self, held: Placed) -> list[Revision]:
        return self._store.revisions(kind_of(held.record), held.record.id, held.workspace)

    def _claim(self, actor: Actor, claim: str) -> tuple[Placed, Claim]:
        held = self._held(actor, "claim", claim)
        if not isinstance(held.record, Claim):
            raise NotVisible("claim", claim)
        return held, held.record

    def _proposal(self, actor: Actor, claim: str, place: str | None) -> Proposal | None:
        # As it stands in the database: whoever decides on it by this number has seen this text.
        held = self._store.placed("claim", claim, place)
        first = self._proposed_in(held) if held else None
        if held is None or first is None or not isinstance(held.record, Claim):
            return None
        seen = self._store.shown_number(held.revision, actor.workspace)
        return Proposal(held.record, seen, name_of(first.who), first.at, id_of(first.who))

    def _proposed_in(self, held: Placed) -> Revision | None:
        record = held.record
        if not isinstance(record, Claim) or record.status is not Status.PROPOSED:
            return None
        return proposing(self._revisions(held))

    def _refuse_own_approval(self, actor: Actor, held: Placed, record: AnyRecord) -> None:
        waits = isinstance(held.record, Claim) and held.record.status is Status.PROPOSED
        if waits and isinstance(record, Claim) and record.status is Status.ACTIVE:
            require_other(actor, self._proposed_in(held))

    async def _decide(
        self, actor: Actor, claim: str, status: Status, why: str, seen: int | None
    ) -> Revision:
        def wanted() -> Wanted:
            held, found = self._claim(actor, claim)
            require_curator(actor, held)
            if found.status is not Status.PROPOSED:
                raise Decided(decision(self._revisions(held)))
            if status is Status.ACTIVE:
                require_other(actor, self._proposed_in(held))
            return self._with_status(actor, held, status, why, seen)

        try:
            return await self._put(actor, wanted)
        except Conflict as conflict:
            stands = conflict.stored
            if isinstance(stands, Claim) and stands.status is not Status.PROPOSED:
                # Read anew, it says how it was decided.
                await self._aside(actor, wanted)
            raise

    def _with_status(
        self, actor: Actor, held: Placed, status: Status, why: str, seen: int | None
    ) -> Wanted:
        record = held.record.model_copy(update={"status": status})
        expected = held.revision
        if seen is not None:
            expected = self._store.number_shown_as(seen, actor.workspace) or 0
        return Wanted(record, held.workspace, why, expected)

    async def _aside(self, actor: Actor, reading: Callable[[], Result]) -> Result:
        """Read without keeping anybody's requests: a database may be away, or busy."""
        # Whoever only reads does not wait for the library; whoever writes has it by now.
        import asyncio  # noqa: PLC0415

        def read() -> Result:
            with fairness.serving(actor.workspace):
                return reading()

        return await asyncio.to_thread(read)

    async def _put(self, actor: Actor, wanted: Callable[[], Wanted]) -> Revision:
        """Save what is wanted, which is read aside."""
        with fairness.expecting(actor.workspace):
            found = await self._aside(actor, wanted)
        return await self._save(actor, found)

    async def _save(self, actor: Actor, wanted: Wanted) -> Revision:
        record, place, why, expected = wanted

        def work(change: Change) -> Revision | None:
            held = change.read("claim", record.id) if isinstance(record, Claim) else None
            revision = change.put(record, expected_revision=expected)
            if revision and isinstance(record, Claim):
                before = held.record if held and held.workspace == place else None
                old = before if isinstance(before, Claim) else None
                follow(change, place, old, record, self._still_superseded(place))
            if revision is None:
                return None
            number = change.shown_number(revision, actor.workspace)
            return revision.model_copy(update={"number": number})

        why = "no reason given" if is_blank(why) else why.strip()
        with fairness.expecting(place):
            revision = await self._written(work, actor, why, place)
            if revision is None:
                raise Invalid([FieldProblem("", "nothing differs from what is on file", record.id)])
            return revision

    def _still_superseded(self, place: str | None) -> StillSuperseded:
        """Tell by what stands whether a claim is superseded by another one than a second."""

        def still(claim: str, other: str) -> bool:
            library = self._workspaces.of(place).library
            entry = library.find(claim)
            by = library.bearing_on(LinkKind.SUPERSEDES, entry, None) if entry else []
            return any(one.id != other for one in by)

        return still

    async def _written(
        self, work: Work[Result], actor: Actor, why: str, place: str | None, *, large: bool = False
    ) -> Result:
        who = actor.signature
        try:
            return await self._writer.write(work, who=who, why=why, workspace=place, large=large)
        except Refused as refused:
            raise Invalid(map(FieldProblem.of, refused.problems)) from refused
        except Conflict as conflict:
            newest, place = conflict.revision, actor.workspace
            number = await self._aside(actor, lambda: self._store.shown_number(newest, place))
            raise Conflict(conflict.yours, conflict.stored, number) from conflict
