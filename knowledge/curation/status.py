"""Where a claim stands: proposed by whom, decided by whom, retracted from what, superseded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from knowledge.curation.actors import name_of
from knowledge.model import AnyRecord, Claim, Example, Revision, Status
from knowledge.records import superseded_by
from knowledge.store import Change

StillSuperseded = Callable[[str, str], bool]
"""Whether a claim is superseded by another one than the second that is named."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that waits for a decision, its newest revision, and who proposed it when."""

    claim: Claim
    revision: int
    by: str
    at: datetime
    person: str
    """The id of who proposed it."""


@dataclass(frozen=True, slots=True)
class OwnProposal:
    """A claim that somebody proposed, and what became of it: by whom, when and why."""

    claim: Claim
    state: Status
    """What was decided: active, retracted (turned down), or proposed as long as it waits."""
    proposer: str
    """Their id."""
    by: str
    """Who decided on it; whoever proposed it as long as it waits."""
    own: bool
    """Whether these are one person."""
    at: datetime
    why: str


_IN_FORCE = (Status.ACTIVE, Status.SUPERSEDED)
_DECIDED = {
    Status.ACTIVE: "{name} has approved this proposal already.",
    Status.RETRACTED: "{name} has rejected this proposal already.",
}


def _status(fields: dict[str, object] | None) -> Status | None:
    """Return the status in the fields of a revision, where it is left out when active."""
    return None if fields is None else Status(str(fields.get("status", Status.ACTIVE)))


def statuses_differ(one: AnyRecord, other: AnyRecord) -> bool:
    """Whether two versions of a claim or an example differ in status."""
    return (
        isinstance(one, Claim | Example)
        and isinstance(other, Claim | Example)
        and one.status is not other.status
    )


def proposing(revisions: Sequence[Revision]) -> Revision | None:
    """Return the revision that made a claim a proposal.

    What was rejected or approved and waits again is still the proposal of the same person.
    """
    return next((one for one in revisions if _status(one.after) is Status.PROPOSED), None)


def since_public(revisions: Sequence[Revision]) -> Sequence[Revision]:
    """Return a claim's revisions since it first was more than a proposal; none for most proposals.

    What waits, and what was turned down, was never asserted by the base.
    """
    if revisions and _status(revisions[0].after) is not Status.PROPOSED:
        return revisions
    return list(dropwhile(lambda one: _status(one.after) not in _IN_FORCE, revisions))


def happened(revision: Revision) -> str:
    """Name what a revision did to a claim that is public: added, retracted, restored and so on."""
    before, after = _status(revision.before), _status(revision.after)
    if before in {None, Status.PROPOSED}:
        return "added"
    if before is after:
        return "changed"
    if after is Status.ACTIVE:
        return "restored"
    return str(after)


def before_retraction(revisions: Sequence[Revision]) -> Status:
    """Return the status that a retracted claim had before, from its revisions."""
    for revision in reversed(revisions):
        before = _status(revision.before)
        if _status(revision.after) is Status.RETRACTED is not before:
            return before or Status.ACTIVE
    return Status.ACTIVE


def deciding(revisions: Sequence[Revision]) -> Revision | None:
    """Return the newest revision that decided on a proposal; nothing as long as it waits."""
    for revision in reversed(revisions):
        if _status(revision.after) is Status.PROPOSED:
            return None
        if _status(revision.before) is Status.PROPOSED:
            return revision
    return None


def state_after(revision: Revision) -> Status:
    """Return the status that a revision left a claim in."""
    return _status(revision.after) or Status.RETRACTED


def decision(revisions: Sequence[Revision]) -> str:
    """Word who decided on a proposal, and how."""
    for revision in reversed(revisions):
        how = _DECIDED.get(_status(revision.after) or Status.PROPOSED)
        if how and _status(revision.before) is Status.PROPOSED:
            return how.format(name=name_of(revision.who))
    return "This claim is no proposal that waits."


def follow(
    change: Change, place: str | None, before: Claim | None, after: Claim, still: StillSuperseded
) -> None:
    """Mark what a claim of the same place now supersedes, and put back what it no longer does.

    `still` tells of a claim whether another one than this supersedes it.
    """
    old, new = superseded_by(before), superseded_by(after)
    for one in sorted(new - old):
        _turn(change, place, one, Status.SUPERSEDED)
    for one in sorted(old - new):
        if not still(one, after.id):
            _turn(change, place, one, Status.ACTIVE)


def _turn(change: Change, place: str | None, claim: str, status: Status) -> None:
    """Turn an active claim of a place into a superseded one, or the other way round."""
    held = change.read("claim", claim)
    if held is None or held.workspace != place or not isinstance(held.record, Claim):
        return
    if held.record.status in _IN_FORCE:
        change.put(held.record.model_copy(update={"status": status}))
