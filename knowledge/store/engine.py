"""What the rules of the store need of a database; each one fulfils it in its own way.

The rules of change, history, preview and take-up stand above this and know no SQL. An engine
knows no rules: it keeps what it is given, and gives back what it keeps.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from knowledge.model import Edtf, Link, LinkKind, Modality, Record, RecordKind, Status
from knowledge.store.asked import AskedInVain
from knowledge.store.ledger import Ledger, Line
from knowledge.store.session import News
from knowledge.store.turns import Turns
from knowledge.store.vectors import KeptVector
from knowledge.store.watches import Watches

Kind = TypeVar("Kind", bound=Record)
Fields = dict[str, object]
Digests = dict[tuple[RecordKind, str], str]
Cells = tuple[str | int | float | bytes | None, ...]
"""A row of any table."""
Row = tuple[str | int | float | None, ...]
Rows = Mapping[str, Sequence[Row]]
"""Records of one kind, by table: those that others refer to first."""
Head = tuple[int, str]
"""Number and seal of a revision."""


class Sealed(NamedTuple):
    """A revision as it is kept: `before` and `after` are canonical JSON."""

    number: int
    at: str
    who: str
    why: str
    kind: RecordKind
    record: str
    before: str | None
    after: str | None
    previous: str
    seal: str
    workspace: str | None
    place_number: int
    """Its number among the revisions of its own place."""


Numbers = tuple[float | None, float | None, str | None]
"""The ends of a figure, and their unit where it is not that of the topic."""


class Outline(NamedTuple):
    """What is needed of a claim to choose and to count, without its texts."""

    id: str
    topic: str
    asserter: str
    origin: str
    status: Status
    asserted_on: Edtf
    period: Edtf | None
    figure: tuple[float | None, float | None, str | None, float | None]
    """Its ends, their unit where it is not that of the topic, and the value between them."""
    assumed: bool
    modality: Modality
    qualifiers: Mapping[str, str]
    relations: tuple[Link, ...]
    cited: tuple[tuple[str, tuple[str, ...]], ...]
    """Each source, and the chain that it came through."""


class Which(NamedTuple):
    """Which claims of a place: all, or those that are as each of these says."""

    topic: str | None = None
    ids: tuple[str, ...] | None = None
    status: Status | None = None
    linking: LinkKind | None = None
    """With a relation of this kind."""


EVERY_CLAIM = Which()


class Taken(NamedTuple):
    """A name that another process has, and what that one is called, empty where nobody sees it."""

    name: str
    holder: str


class Reads(Protocol):
    """A moment of a database, to be read in one thread.

    A record is named by its place (a workspace, or None for the shared base), kind and id.
    Records that are none any more, because somebody changed them behind the store's back,
    raise `StoreError`.
    """

    def database_id(self) -> str:
        """Return what tells this database from every other one."""

    def workspaces(self) -> list[str]:
        """Return the workspaces that have records of their own."""

    def records(self, model: type[Kind], workspace: str | None) -> Iterator[Kind]:
        """Go through the records of one kind in one place, by id."""

    def of_ids(
        self, model: type[Kind], workspace: str | None, ids: Sequence[str]
    ) -> Iterator[Kind]:
        """Go through the records of one place that have these ids."""

    def outlines(self, workspace: str | None, which: Which) -> Iterator[Outline]:
        """Go through claims of one place in short, by id."""

    def ids(self, model: type[Record], workspace: str | None) -> list[str]:
        """Return the ids of the records of one kind in one place, in order."""

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

    def count(self, model: type[Record], workspace: str | None) -> int:
        """Return how many records of one kind a place has."""

    def fields(self, model: type[Record]) -> Iterator[tuple[Fields, str | None]]:
        """Go through all records of one kind as fields in JSON types, with their workspaces."""

    def claims_on(self, topic: str, workspace: str | None) -> list[str]:
        """Return the ids of the claims of one place on a topic."""

    def head(self) -> Head | None:
        """Return the newest revision, or nothing when there is none."""

    def noted_head(self) -> str:
        """Return number and seal of the last revision that was written, as they were noted."""

    def ledger_lines(self) -> Iterator[Line]:
        """Go through the whole ledger, oldest entry first."""

    def noted_ledger(self) -> str:
        """Return number and seal of the last entry of the ledger, as they were noted."""

    def newest(self, kind: RecordKind, workspace: str | None, ids: Sequence[str]) -> dict[str, int]:
        """Return the number of the newest revision of each record of a place that has any."""

    def place_count(self, workspace: str | None, upto: int) -> int:
        """Return how many of the revisions up to a number are of one place."""

    def history(self, after: int) -> Iterator[Sealed]:
        """Go through the revisions after a number, oldest first."""

    def revisions(self, kind: RecordKind, workspace: str | None, record: str) -> Iterator[Sealed]:
        """Go through the revisions of one record of a place, oldest first."""

    def revision(self, number: int) -> Sealed | None:
        """Return one revision, or nothing."""

    def revision_in(self, workspace: str | None, place_number: int) -> Sealed | None:
        """Return a revision by its number among those of its own place, or nothing."""

    def proposed_by(self, workspace: str | None, person: str, limit: int) -> list[str]:
        """Return the claims of one place that somebody has proposed, by id, newest first.

        `person` is how their signatures end.
        """

    def recent(self, workspace: str | None, limit: int) -> Iterator[Sealed]:
        """Go through the last revisions of the shared base and of one workspace, newest first."""

    def shipped(self, *, present: bool) -> Digests:
        """Return the digests of the shipped records that were last taken up.

        Those that are `present` were still shipped then; the others had gone before.
        """

    def vectors(self, model: str) -> Iterator[KeptVector]:
        """Go through what one model made, by the fingerprint that it was kept under."""

    def rows(self, table: str) -> Iterator[Cells]:
        """Go through a table as it is, with the columns that every engine has."""

    def has(self, table: str) -> bool:
        """Whether there is anything in a table."""

    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        """Return what one model made of some texts, named by digest, as far as it did."""


class Writes(Reads, Protocol):
    """A transaction: it reads what it has written, and becomes true as a whole or not at all."""

    def write(
        self,
        model: type[Record],
        by_table: Rows,
        workspace: str | None,
        replaced: Iterable[str],
    ) -> None:
        """Insert records of one kind, or replace those of the same id; `replaced` names these."""

    def append(self, revisions: Sequence[Sealed]) -> None:
        """Write revisions, oldest first, and note the last one as the newest."""

    def note_shipped(self, kind: RecordKind, record: str, digest: str, *, present: bool) -> None:
        """Note which version of a shipped record was taken up, and whether it is still shipped."""

    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        """Keep vectors of one model, in place of those it had made of the same texts."""

    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        """Forget what other models made, and the vectors of all but these texts."""

    def fill(self, table: str, rows: Iterable[Cells]) -> int:
        """Write rows of another engine into an empty table; return how many there were.

        What the database notes of itself is replaced.
        """


class Engine(Protocol):
    """A database that is open. Every method may be called from any thread.

    Whatever goes wrong is raised as `StoreError`, in one line for people.
    """

    @property
    def may_be_away(self) -> bool:
        """Whether it stands on a server that can be out of reach while this process runs."""

    @property
    def watches(self) -> Watches:
        """Which channel is told of which topic."""

    @property
    def asked(self) -> AskedInVain:
        """What each server asked in vain."""

    @property
    def ledger(self) -> Ledger:
        """What servers decide and are told beside the records."""

    @property
    def turns(self) -> Turns:
        """Who of several processes does what only one of them is to do at a time."""

    def reading(self) -> AbstractContextManager[Reads]:
        """Read something small; others wait for it."""

    def snapshot(self) -> AbstractContextManager[Reads]:
        """Hold one moment for a long reading, which disturbs no other one."""

    def writing(self) -> AbstractContextManager[Writes]:
        """Open a transaction, one at a time; it is written when the block ends without an error."""

    def reserve(self, names: Sequence[str], holder: str) -> Taken | None:
        """Have these names to oneself, or go on having them: all, or else none and who has one.

        They are free again when the engine is closed, or its process ends, however it does. Where
        the database was away they may have gone to another process meanwhile. An engine that
        cannot tell processes apart gives every name to everybody.
        """

    def wait_for_news(self, seconds: float) -> frozenset[News]:
        """Wait until somebody has written, in this process or another one, at most so long.

        For a thread of its own: one waits at a time, and closing the engine ends the waiting. What
        is returned tells where to look, and nothing else: what was written is told by its numbers.
        It is empty when nothing was heard. Whoever waits looks then too, now and then, since an
        engine that cannot hear other processes has nothing but that.
        """

    @property
    def closed(self) -> bool:
        """Whether it was let go of, so that nothing can be heard any more."""

    def backup(self, target: Path) -> None:
        """Copy the database into a file of its own, whole, while reading and writing go on."""

    def close(self) -> None:
        """Finish writing and let go of the database."""
