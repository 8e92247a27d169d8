"""Workspaces: a workspace for each server that has records of its own, over the shared one."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from pathlib import Path
from threading import Lock

from knowledge.fairness import fairness
from knowledge.library import Effects, Library, Names, RenamedLibrary
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import Meaning, PassageIndex, PlacedPassage
from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Claim,
    Example,
    ForPeople,
    Source,
    Topic,
    is_retired,
)
from knowledge.store import Store, StoreError, Written
from knowledge.workspaces.garbage import uncollected
from knowledge.workspaces.kept_index import KeptIndex
from knowledge.workspaces.workspace import RenamedWorkspace, Workspace

_log = logging.getLogger(__name__)

LARGE = 1_000
"""Claims of a workspace that is opened aside: a smaller one takes a tenth of a second at most, with
its index (bench: 20,000 take 3 s)."""
_SLICE = 20
"""Claims that an index takes up before others have their turn (chosen by eye)."""
_ORDER = {model: place for place, model in enumerate(KINDS.values())}


class BeingRead(ForPeople):
    """A large workspace is being opened; whoever asks is told, and nobody else waits."""

    def __init__(self) -> None:
        super().__init__(
            "What this server has on file is being read. Please try again in a few seconds."
        )


class Leaving(ForPeople):
    """The process is about to end, and opens nothing any more."""

    def __init__(self) -> None:
        super().__init__("What this server has on file is not read any more: the program ends.")


class Workspaces:
    """All workspaces over one store.

    Whoever is asked reads from any thread; the writer alone lets them follow what was written.
    Large workspaces are opened one after the other, in a thread of their own.
    """

    def __init__(self, store: Store, folder: Path | None = None, *, cold: bool = False) -> None:
        """Read everything, or when `cold` what is asked for.

        The index of a large base is kept in `folder` between two starts.
        """
        self._cold = cold
        self._store = store
        self._kept = KeptIndex(store, folder) if folder else None
        self._lock = Lock()
        self._leaving = self._behind = False
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        self._opening: dict[str, Future[None]] = {}
        self._remembering = ThreadPoolExecutor(max_workers=1, thread_name_prefix="remembering")
        self._meaning_of: Callable[[str | None], Meaning] | None = None
        self._start()

    def _start(self) -> None:
        self.revision = self._store.revision()
        self._own: dict[str, Workspace] = {}
        self._changes: Counter[str | None] = Counter()
        """How often each place was written to, so that what is being opened misses nothing."""
        self._known = frozenset(self._store.workspaces())
        library = Library(self._store, cold=self._cold)
        self.shared = Workspace(library, index=self._index(library, library.matched_claims()))
        self._use_meaning(self.shared)

    def of(self, place: str | None) -> Workspace:
        """Return the workspace of a place; the shared one where it has nothing of its own.

        Raises:
            BeingRead: it is large and not open yet; it is being opened from now on.
        """
        if place is None or place not in self._known:
            return self.shared
        found = self._own.get(place)
        if found is None and self._store.size(place) >= LARGE:
            self.open_aside(place)
            raise BeingRead
        return found or self._opened(place)

    def opened(self, place: str | None) -> Workspace:
        """Return the workspace of a place, and wait for it as long as it takes.

        For threads that nobody waits for, and programs without an event loop.
        """
        if place is None or place not in self._known:
            return self.shared
        while (found := self._own.get(place)) is None:
            if self._store.size(place) < LARGE:
                return self._opened(place)
            self.open_aside(place).result()
        return found

    def open_large(self, among: Callable[[str], bool] = lambda _: True) -> None:
        """Begin to open every large workspace, so that the first who asks need not wait."""
        for place in filter(among, self._known):
            if place not in self._own and self._store.size(place) >= LARGE:
                self.open_aside(place)

    def open_aside(self, place: str) -> "Future[None]":
        """Begin to open a workspace; what it returns is done when it is open."""
        with self._lock:
            if place not in self._opening:
                self._opening[place] = self._aside.submit(self._open, place)
            return self._opening[place]

    def close(self) -> None:
        """Open nothing any more; what is being opened is given up first."""
        self.leave()
        for threads in (self._aside, self._remembering):
            threads.shutdown(cancel_futures=True)

    def _open(self, place: str) -> None:
        """Open a workspace while others go on, anew where it or the base was written to since."""
        try:
            with fairness.serving(place, patient=True), uncollected():
                self._open_anew(place)
        except Leaving:
            _log.info("A large workspace is left unopened: the process ends")
            raise
        except Exception:
            _log.exception("The workspace %s does not open", place)
            raise
        finally:
            with self._lock:
                self._opening.pop(place, None)

    def _open_anew(self, place: str) -> None:
        while not self._leaving:
            before = self._changes[place], self._changes[None]
            workspace = self._made(place, self._until_left)
            workspace.prepare()
            with self._lock:
                if before == (self._changes[place], self._changes[None]):
                    self._own.setdefault(place, workspace)
                    return
        raise Leaving

    def _opened(self, place: str) -> Workspace:
        # Whoever is served here looks up no more: others wait for the lock.
        with fairness.serving(place), self._lock:
            if place not in self._own:
                self._own[place] = self._made(place)
            return self._own[place]

    def _made(
        self, place: str, read: Callable[[Iterable[Claim]], Iterable[Claim]] = iter
    ) -> Workspace:
        library = Library(self._store, place, self.shared.library)
        below = self.shared
        if names := Names.of(self.shared.library, library):
            renamed = RenamedLibrary(self._store, self.shared.library, names)
            library = Library(self._store, place, renamed)
            below = RenamedWorkspace(self.shared, renamed, names)
        index = self._index(library, read(library.matched_claims()), below.ranker.index)
        workspace = Workspace(library, below, index)
        self._use_meaning(workspace)
        return workspace

    def _index(
        self, library: Library, claims: Iterable[Claim], below: PassageIndex | None = None
    ) -> PassageIndex:
        passages = map(passage_of, claims)
        if self._kept is None:
            return PassageIndex(passages, below)
        index = self._kept.open(library, passages, below)
        if not self._cold:
            # An index that was kept is read without the claims that it is made of.
            self._remembering.submit(self._remember, library.workspace)
        return index

    def _remember(self, place: str | None) -> None:
        try:
            self._store.remember(place, lambda: self._leaving)
        except StoreError as error:
            _log.info("Not every claim is in memory: %s", error)

    def _until_left(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        for claim in fairness.each(claims):
            if self._leaving:
                raise Leaving
            yield claim

    def apply(self, written: Sequence[Written]) -> None:
        """Show what was written, in the order in which it was."""
        for left in self.show(written):
            while not left.take_up():
                pass

    def show(self, written: Sequence[Written]) -> "Sequence[Unindexed]":
        """Show what was written, in the order in which it was, and return what is left to do.

        Tables and names follow at once; the indexes take claims up as others come to theirs.
        """
        left = []
        for place, some in _by_place(written).items():
            newest = {(one.kind, one.id): one.after for one in some}
            records = [record for record in newest.values() if record is not None]
            records.sort(key=lambda record: _ORDER[type(record)])
            turned = {one.id for one in some if _is_turned(one)}
            workspace = self._shown(place, records, some[-1].place_number, turned)
            if workspace:
                claims = (record for record in records if isinstance(record, Claim))
                indexed = chain(claims, workspace.claims_on(turned))
                left.append(Unindexed(place, workspace, takewhile(self._goes_on, indexed)))
        if written:
            self.revision = max(self.revision, written[-1].number)
        return left

    def _shown(
        self,
        place: str | None,
        records: Sequence[AnyRecord],
        revision: int,
        turned: Collection[str],
    ) -> Workspace | None:
        if place is None:
            effects = _shown(self.shared, records, revision)
            with self._lock:
                self._changes[None] += 1
                self._close_renamed(records, turned)
                left = list(self._own.values())
            for one in left:
                one.note_carriers(effects)
                if effects.examples:
                    one.learn_examples()
            return self.shared
        with self._lock:
            self._known |= {place}
            self._changes[place] += 1
            if any(_has(self.shared.library, record) for record in records):
                self._own.pop(place, None)
            workspace = self._own.get(place)
            # One that nobody has asked at yet reads everything when it is opened.
            if workspace:
                _shown(workspace, records, revision)
            return workspace

    def _close_renamed(self, records: Sequence[AnyRecord], turned: Collection[str]) -> None:
        """Close the workspaces that show shared records by other names, or have to from now on.

        So are those with claims on topics that were retired, or came back. Each is opened again
        when somebody asks there.
        """
        for place, workspace in list(self._own.items()):
            own = workspace.library.own
            taken = any(_has(workspace.library, record) for record in records)
            if taken or workspace.renames or any(map(own.of_topic, turned)):
                del self._own[place]

    def passages(self) -> Iterator[PlacedPassage]:
        """Go through the texts of every place that questions are ranked against."""
        for place in (None, *self._store.workspaces()):
            for claim in self._store.all_claims(place):
                yield place, passage_of(claim)

    def use_meaning(self, meaning_of: Callable[[str | None], Meaning] | None) -> None:
        """Let every workspace rank by sentence vectors too, now and later; from any thread.

        `meaning_of` gives the vectors of a place.
        """
        with self._lock:
            self._meaning_of = meaning_of
            for workspace in (self.shared, *self._own.values()):
                self._use_meaning(workspace)

    def _use_meaning(self, workspace: Workspace) -> None:
        place = workspace.library.workspace
        workspace.use_meaning(self._meaning_of(place) if self._meaning_of else None)

    def leave(self) -> None:
        """Take up no more claims into an index, and open nothing: the process is about to end.

        What was written is safe in the database, and found again by the next start.
        """
        self._leaving = True

    def _goes_on(self, _: Claim) -> bool:
        self._behind |= self._leaving
        return not self._leaving

    def keep(self) -> None:
        """Save the large indexes for the next start, where they have changed."""
        if self._kept and not self._behind:
            for workspace in (self.shared, *self._own.values()):
                self._kept.keep(workspace.library, workspace.ranker.index)

    def refresh(self) -> None:
        """Read everything anew."""
        with self._lock:
            changes = self._changes
            self._start()
            self._changes = changes
            self._changes.update([*changes, None])


@dataclass(frozen=True, slots=True)
class Unindexed:
    """Claims that a workspace shows already, and that its index has yet to take up."""

    place: str | None
    workspace: Workspace
    claims: Iterator[Claim]

    def take_up(self) -> bool:
        """Take some of them up; tell whether there are no others."""
        some = list(islice(self.claims, _SLICE))
        self.workspace.index(some)
        return len(some) < _SLICE


def _shown(workspace: Workspace, records: Sequence[AnyRecord], revision: int) -> Effects:
    effects = workspace.library.apply(records)
    workspace.refresh_names(effects)
    workspace.library.show_revision(revision)
    return effects


def _is_turned(one: Written) -> bool:
    """Whether a topic was retired, or came back."""
    was = one.before is not None and is_retired(one.before)
    return isinstance(one.after, Topic) and is_retired(one.after) is not was


def _has(library: Library, record: AnyRecord) -> bool:
    """Whether a place has a record of its own of this kind and id."""
    match record:
        case Topic():
            return record.id in library.own_topics
        case Asserter():
            return record.id in library.own_asserters
        case Source():
            return record.id in library.own_sources
        case Claim():
            return record.id in library.own.entries
        case Example():
            return record.id in library.own_examples


def _by_place(written: Sequence[Written]) -> dict[str | None, list[Written]]:
    """Sort what was written by place; workspaces stand on the shared base, which comes first."""
    places: dict[str | None, list[Written]] = defaultdict(list)
    for one in written:
        places[one.workspace].append(one)
    return dict(sorted(places.items(), key=lambda item: item[0] or ""))
