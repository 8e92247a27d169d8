"""What a store offers, whatever database stands behind it, and how it says no."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from knowledge.model import (
    AnyRecord,
    Asserter,
    Claim,
    Edtf,
    Example,
    ForOperators,
    ForPeople,
    RecordKind,
    Revision,
    Source,
    Topic,
)
from knowledge.records import Misfit, Records
from knowledge.store.asked import AskedInVain
from knowledge.store.engine import EVERY_CLAIM, Numbers, Outline, Taken, Which
from knowledge.store.ledger import Ledger
from knowledge.store.session import News
from knowledge.store.vectors import VectorStore
from knowledge.store.watches import Watches

SHIPPED = "shipped with this version"
"""Why the records that come with the program were changed."""


class StoreError(ForOperators):
    """The database cannot be used; the message is one line for the person who runs the bot.

    `reason` is the same without the name of the file, for everybody else; empty where the
    message names none.
    """

    def __init__(self, message: str, reason: str = "") -> None:
        self.reason = reason
        super().__init__(message)


class Unsure(StoreError):
    """The database was lost just as a change was confirmed: it may be there, whole, or not."""


class Refused(ForPeople):
    """A change that does not fit the other records; `problems` names each field and reason."""

    def __init__(self, problems: Sequence[Misfit]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


class Conflict(ForPeople):
    """Somebody else changed the record since it was read.

    `yours` is the version that was to be saved, `stored` the one that stands (None: there is
    none), and `revision` the number under which it was recorded.
    """

    def __init__(self, yours: AnyRecord, stored: AnyRecord | None, revision: int) -> None:
        self.yours = yours
        self.stored = stored
        self.revision = revision
        super().__init__(f"{yours.id} was changed meanwhile: its newest revision is {revision}")


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its kind and id."""

    kind: RecordKind
    id: str

    def __str__(self) -> str:
        """Name it for a person."""
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Placed:
    """A record as it stands: its workspace (None is the shared base) and its newest revision."""

    record: AnyRecord
    workspace: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class Written:
    """One revision in short: the record before and after it, None where there was none.

    `place_number` is its number among the revisions of its own place.
    """

    number: int
    place_number: int
    kind: RecordKind
    id: str
    workspace: str | None
    before: AnyRecord | None
    after: AnyRecord | None


@dataclass(frozen=True, slots=True)
class Altered:
    """A record that stands, and what it would become."""

    before: AnyRecord
    after: AnyRecord


@dataclass(frozen=True, slots=True)
class Preview:
    """What putting records would change, in their order, and everything that is wrong with them.

    `odd` is what may be right but seldom is.
    """

    added: tuple[AnyRecord, ...]
    changed: tuple[Altered, ...]
    same: tuple[AnyRecord, ...]
    problems: tuple[Misfit, ...]
    odd: tuple[Misfit, ...] = ()


@dataclass(frozen=True, slots=True)
class Quota:
    """How many records a workspace may have; the shared base has as many as it needs.

    `claims` holds for its asserters and for its sources as well, each by themselves.
    """

    claims: int = 20_000
    """As many as one attached file may hold."""
    topics: int = 200
    """Twice as many as Discord lets a server have commands."""
    examples: int = 2_000
    """Ten of each topic; a sentence encoder holds their vectors in 3 MB."""

    def of(self, kind: RecordKind) -> int:
        """Return how many records of one kind there may be."""
        return {"topic": self.topics, "example": self.examples}.get(kind, self.claims)


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that a person changed, so that its version in the files was not taken up."""

    record: Named
    differs: tuple[str, ...]
    """The fields in which the two versions differ; none when it has left the files."""

    def __str__(self) -> str:
        """Say it in one line."""
        if not self.differs:
            return f"{self.record} has left the records; it was changed here and stays"
        fields = ", ".join(self.differs)
        return f"{self.record} was changed here and stays; that of the records differs in {fields}"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a workspace was given as its own, as its claims rest on it and it has left the base."""

    workspace: str
    topics: tuple[str, ...]
    records: int
    """How many there are, asserters and sources included."""

    def __str__(self) -> str:
        """Say it in one line."""
        what = f"{self.records:,} record{'' if self.records == 1 else 's'}"
        topics = f" (topics: {', '.join(self.topics)})" if self.topics else ""
        return (
            f"Server {self.workspace} keeps {what} that have left, as its own{topics}: claims that "
            "were added there rest on them"
        )


_LISTED = 8
"""Records that a line of the log names; more are counted (chosen by eye)."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the records in files at a start."""

    added: tuple[Named, ...] = ()
    changed: tuple[Named, ...] = ()
    retracted: tuple[Named, ...] = ()
    """Claims that have left the files."""
    retired: tuple[Named, ...] = ()
    """Topics, asserters and sources that have left them."""
    left: tuple[Named, ...] = ()
    """Those that have left and stay in use, as claims that people added rest on them."""
    handed_over: tuple[HandedOver, ...] = ()
    conflicts: tuple[Kept, ...] = ()
    refused: tuple[Misfit, ...] = ()
    """What does not fit the records that people made since: then nothing was taken up."""
    unread: tuple[str, ...] = ()
    """What is wrong with the files themselves: then nothing was taken up either."""

    def __bool__(self) -> bool:
        """Whether there is anything to report."""
        return any(getattr(self, each.name) for each in fields(self))

    def __iter__(self) -> Iterator[str]:
        """Say what changed, and what the person who runs the bot has to look at, line by line."""
        for each in self.unread:
            yield f"The records cannot be read, and what is on file stays as it is: {each}"
        for one in self.refused:
            yield f"The records do not fit what is on file, and none is taken up: {one}"
        for what in ("added", "changed", "retracted", "retired"):
            if named := getattr(self, what):
                yield f"Records {what}: {_listed(named)}"
        if self.left:
            why = "claims that people added rest on them"
            yield f"Left by the records and still in use, as {why}: {_listed(self.left)}"
        yield from map(str, self.handed_over)
        yield from map(str, self.conflicts)


def _listed(named: Sequence[Named]) -> str:
    """Name a few records, and count many."""
    if len(named) <= _LISTED:
        return ", ".join(map(str, named))
    counts = Counter(one.kind for one in named)
    return ", ".join(
        f"{count:,} {kind}{'' if count == 1 else 's'}" for kind, count in counts.items()
    )


Progress = Callable[[int, int], None]
"""Called now and then with how many records are done, and how many there are."""


class Change(Protocol):
    """Records that are written together, or not at all, into one place."""

    @property
    def written(self) -> Sequence[Written]:
        """What was written so far, oldest first."""

    def read(self, kind: RecordKind, record: str) -> Placed | None:
        """Return a record as it stands within the change, or nothing."""

    def put(self, record: AnyRecord, *, expected_revision: int | None = None) -> Revision | None:
        """Write a record and its revision; nothing when it stands exactly so already.

        `expected_revision` is the record's newest revision as far as the writer knows, 0 when
        it believes that there is no such record yet.

        Raises:
            Conflict: the newest revision is another one.
            Refused: the record belongs to another place.
        """

    def shown_number(self, revision: Revision, workspace: str | None) -> int:
        """Return how a place that sees the change counts one of its revisions.

        It is found out within the change: once it is committed, the database may be away.
        """

    def put_all(self, records: Sequence[AnyRecord], progress: Progress | None = None) -> int:
        """Write many records, those that others refer to first; return how many were written.

        Raises:
            Refused: records belong to another place.
        """


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Prepared(Generic[Result]):
    """A change that was made on a moment of the database, beside whoever writes."""

    result: Result
    """What came of the work."""
    confirm: Callable[[], Sequence[Written] | None]
    """Write it, in a fraction of the time it took, and return what was written; nothing, and
    nothing is, where what it was made on has changed since: then it is to be made anew."""


class Store(VectorStore, Protocol):
    """A database of claims with its history.

    A record belongs to the shared base (None) or to one workspace, and is named within it: two
    places may have records of one id. What reads a place reads the shared base unless told
    otherwise. What a workspace's record refers to is found among its own records first, then in
    the shared base; whoever is to see an id sees the same. Reading methods may be called from
    any thread; a change is written by one thread at a time.
    """

    @property
    def database_id(self) -> str:
        """What tells this database from every other one."""

    def workspaces(self) -> list[str]:
        """Return the workspaces that have records of their own."""

    def topics(self, workspace: str | None = None) -> list[Topic]:
        """Every topic of a place, by id."""

    def asserters(self, workspace: str | None = None) -> list[Asserter]:
        """Every asserter of a place, by id."""

    def sources(self, workspace: str | None = None) -> list[Source]:
        """Every source of a place, by id."""

    def examples(self, workspace: str | None = None) -> list[Example]:
        """Every example of a place, by id."""

    def all_claims(self, workspace: str | None = None) -> Iterator[Claim]:
        """Go through every claim of a place by id, as of one moment."""

    def remember(self, workspace: str | None, until: Callable[[], bool]) -> None:
        """Read the claims that are not in memory yet: an answer waits for no server then.

        For a thread that nobody waits for; it ends early once `until` says so. Nothing is read of a
        database that is never away.
        """

    def forget(self) -> None:
        """Keep no claim in memory that was read before: the database was put back."""

    def outlines(
        self, workspace: str | None = None, which: Which = EVERY_CLAIM
    ) -> Iterator[Outline]:
        """Go through claims of a place by id in short, as of one moment.

        It costs a fraction of reading the claims themselves.
        """

    def claim_ids(self, workspace: str | None = None) -> list[str]:
        """Return the ids of the claims of a place, in order."""

    def topics_spoken_on(self, workspace: str | None, asserters: Collection[str]) -> set[str]:
        """Return the topics of the claims of these asserters that are active or superseded."""

    def spoken_dates(
        self, workspace: str | None, topic: str
    ) -> Iterator[tuple[str, Edtf, Edtf | None]]:
        """Go through the claims on a topic that are active or superseded: id, day, period."""

    def spoken_numbers(self, workspace: str | None, topic: str) -> Iterator[Numbers]:
        """Go through the figures of the claims on a topic that are active or superseded."""

    def carried(self, workspace: str | None) -> Iterator[tuple[str, str, str]]:
        """Go through who carried whose claims that are active or superseded, each once.

        "via" and the name of an outlet, or "source" and the id of a source; and the asserter.
        """

    def outlets(self, workspace: str | None) -> set[str]:
        """Return the names of all that have published a source of a place or passed on a claim."""

    def publishers(
        self, workspace: str | None, sources: Collection[str] | None = None
    ) -> dict[str, str]:
        """Return who published each source of a place, or each of some."""

    def all_records(self, workspace: str | None = None) -> Iterator[tuple[RecordKind, AnyRecord]]:
        """Go through a place as of one moment, records that others refer to first."""

    def claims(self, ids: Iterable[str], workspace: str | None = None) -> list[Claim]:
        """Return claims of a place in this order, as far as this process has followed changes."""

    def placed(self, kind: RecordKind, record: str, workspace: str | None = None) -> Placed | None:
        """Return what an id means in a place, where that stands, and its newest revision."""

    def revision(self) -> int:
        """Return the number of the newest revision, 0 when there is none."""

    def count(self, workspace: str | None = None) -> int:
        """Return how many revisions a place has."""

    def size(self, workspace: str | None = None) -> int:
        """Return how many claims a place has."""

    def revision_in(self, workspace: str | None, place_number: int) -> Revision | None:
        """Return a revision by its number among those of its own place, or nothing."""

    def shown_number(self, number: int, workspace: str | None) -> int:
        """Return how a place counts a revision: one after the other of those it can see.

        The count tells nothing of other workspaces, and never changes.
        """

    def number_shown_as(self, shown: int, workspace: str | None) -> int | None:
        """Return the number of the revision that a place counts so, or nothing."""

    def revisions(
        self, kind: RecordKind, record: str, workspace: str | None = None
    ) -> list[Revision]:
        """Return what was done to one record of a place, oldest first."""

    def revision_of(self, number: int) -> Revision | None:
        """Return one revision, or nothing when there is none of that number."""

    def proposed_by(self, workspace: str | None, person: str, limit: int) -> list[str]:
        """Return the claims of a place that somebody has proposed, by id, newest first.

        `person` is how their signatures end.
        """

    def recent(self, workspace: str | None, limit: int) -> list[Revision]:
        """Return the last revisions of the shared base and of one workspace, newest first."""

    def history(self, after: int = 0) -> Iterator[Revision]:
        """Go through everything that was done after a revision, oldest first."""

    def verify_history(self) -> list[str]:
        """Say what was edited, removed or reordered behind the store's back."""

    def change(
        self, who: str, why: str, workspace: str | None = None
    ) -> AbstractContextManager[Change]:
        """Open a change of one place, written as a whole when the block ends without an exception.

        Raises:
            Refused: the changed records do not fit the others.
            StoreError: the database cannot be written; nothing of the change is.
        """

    def prepare(
        self, work: Callable[[Change], Result], who: str, why: str, workspace: str | None = None
    ) -> Prepared[Result]:
        """Make a change of one place ready beside others, for work that takes long.

        The numbers of revisions are those it would have at once; others may come before it.

        Raises:
            Refused: the changed records do not fit the others.
            StoreError: the database cannot be read.
        """

    def preview(
        self,
        records: Sequence[AnyRecord],
        workspace: str | None = None,
        progress: Progress | None = None,
    ) -> Preview:
        """Say what putting records into a place would change, and what is wrong with them."""

    def take_up(self, records: Records, why: str = SHIPPED) -> Report:
        """Take up the records of files, without touching what a person changed since.

        The records are whole and checked, as `load_records` gives them; `why` stands in the
        history. Costs one small query when nothing changed.

        Raises:
            StoreError: the database cannot be written; nothing is taken up.
        """

    @property
    def watches(self) -> Watches:
        """Which channel is told of which topic."""

    @property
    def asked(self) -> AskedInVain:
        """What each server asked in vain."""

    @property
    def ledger(self) -> Ledger:
        """What servers decide and are told beside the records."""

    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        """Have these names to oneself as long as this process runs; see `Engine.reserve`.

        Raises:
            StoreError: the database cannot be reached; nothing was reserved.
        """

    def wait_for_news(self, seconds: float) -> frozenset[News]:
        """Wait until somebody has written, in this process or another one, at most so long.

        For a thread of its own; see `Engine.wait_for_news`.
        """

    @property
    def closed(self) -> bool:
        """Whether it was let go of, so that nothing can be heard any more."""

    def backup(self, target: Path) -> None:
        """Copy the database into a file of its own, whole, while reading and writing go on.

        Raises:
            StoreError: the file cannot be written; there is none, or the old one.
        """

    def close(self) -> None:
        """Finish writing and let go of the database."""
