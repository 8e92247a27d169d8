"""Who acts, and what they may change: rights are checked here, whatever a command checks before."""

from dataclasses import dataclass

from knowledge.model import Claim, ForPeople, RecordKind, Revision, Status, kind_of
from knowledge.store import Placed

_LONGEST_NAME = 80
"""Characters: Discord's names have 32 at most, those of other programs are cut (chosen by eye)."""


class NotAllowed(ForPeople):
    """Somebody may not do this; the message is for them."""


class SharedRecord(NotAllowed):
    """A record of the shared base, which is not changed from a server; one may say otherwise."""

    def __init__(self, kind: RecordKind, record: str) -> None:
        instead = (
            "a claim of your own may dispute it, or say what holds now"
            if kind == "claim"
            else "add one of your own"
        )
        super().__init__(
            f"{record} belongs to the shared base, which every server sees: it cannot be changed "
            f"from here. Instead, {instead}."
        )
        self.kind = kind
        self.record = record


@dataclass(frozen=True, slots=True)
class Actor:
    """A person and their rights, as the caller knows them.

    `id` is what tells people of one name apart. `workspace` is where they act, None in direct
    messages; `curates_base` says that what is curated from there goes into the shared base.
    """

    name: str
    id: str
    workspace: str | None = None
    can_curate: bool = False
    can_propose: bool = False
    curates_base: bool = False

    @property
    def signature(self) -> str:
        """Return what the history says of who did something: name and id."""
        name = " ".join(self.name.split())[:_LONGEST_NAME]
        return f"{name} [{self.id}]"

    @property
    def mark(self) -> str:
        """Return how this person's signatures end, whatever name they bore."""
        return f" [{self.id}]"

    def has_signed(self, revision: Revision) -> bool:
        """Whether a revision is this person's."""
        return revision.who.endswith(self.mark)

    def sees(self, workspace: str | None) -> bool:
        """Whether a place is shown to this person."""
        return workspace is None or workspace == self.workspace

    def require_home(self, held: Placed) -> None:
        """Check that a record belongs to where this person changes records.

        Raises:
            SharedRecord: it belongs to the shared base.
            NotAllowed: it belongs to another server.
        """
        if held.workspace is None and not self.curates_base:
            raise SharedRecord(kind_of(held.record), held.record.id)
        if held.workspace is not None and held.workspace != self.workspace:
            raise NotAllowed("This belongs to another server.")


def name_of(who: str) -> str:
    """Return the name in a signature; what is none is returned as it is."""
    name, bracket, rest = who.rpartition(" [")
    return name if bracket and rest.endswith("]") else who


def id_of(who: str) -> str:
    """Return the id in a signature, empty where there is none."""
    _, bracket, rest = who.rpartition(" [")
    return rest[:-1] if bracket and rest.endswith("]") else ""


def place_for_new(actor: Actor, *, propose: bool = False) -> str | None:
    """Return where new records of this person go.

    Raises:
        NotAllowed: nowhere.
    """
    if not (actor.can_curate or (propose and actor.can_propose)):
        raise NotAllowed(
            "Only contributors and curators may propose a claim here."
            if propose
            else "Only curators may add to what is on file here."
        )
    if actor.curates_base:
        return None
    if actor.workspace is None:
        raise NotAllowed("Nothing is added in direct messages: do it in the server it is for.")
    return actor.workspace


def require_curator(actor: Actor, held: Placed) -> None:
    """Check that somebody may change a record.

    Raises:
        NotAllowed: they may not.
    """
    if not actor.can_curate:
        raise NotAllowed("Only curators may change what is on file here.")
    actor.require_home(held)


def require_editor(actor: Actor, held: Placed, proposal: Revision | None) -> None:
    """Check that somebody may reword a record: a curator, or whoever proposed it.

    Raises:
        NotAllowed: they may not.
    """
    record = held.record
    waiting = isinstance(record, Claim) and record.status is Status.PROPOSED
    if waiting and actor.can_propose and proposal and actor.has_signed(proposal):
        actor.require_home(held)
    else:
        require_curator(actor, held)


def require_other(actor: Actor, proposal: Revision | None) -> None:
    """Check that somebody does not decide on a proposal of their own.

    Raises:
        NotAllowed: it is their own.
    """
    if proposal is None or actor.has_signed(proposal):
        raise NotAllowed("This proposal is your own: another curator has to approve it.")
