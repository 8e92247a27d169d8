"""Workspaces: a workspace for each server that has records of its own, over the shared one."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from knowledge.library import Effects, Library, Names, RenamedLibrary
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import Meaning, PlacedPassage
from knowledge.model import KINDS, AnyRecord, Asserter, Claim, Source, Topic
from knowledge.store import Store, Written
from knowledge.workspaces.kept_index import KeptIndex
from knowledge.workspaces.workspace import RenamedWorkspace, Workspace

_ORDER = {model: place for place, model in enumerate(KINDS.values())}


class Workspaces:
    """All workspaces over one store.

    Whoever is asked reads from any thread; the writer alone lets them follow what was written.
    """

    def __init__(self, store: Store, folder: Path | None = None, *, cold: bool = False) -> None:
        """Read everything, or when `cold` what is asked for.

        The index of a large base is kept in `folder` between two starts.
        """
        self._cold = cold
        self._store = store
        self._kept = KeptIndex(store, folder) if folder else None
        self._lock = Lock()
        self._meaning_of: Callable[[str | None], Meaning] | None = None
        self._start()

    def _start(self) -> None:
        self.revision = self._store.revision()
        self._own: dict[str, Workspace] = {}
        self._known = frozenset(self._store.workspaces())
        library = Library(self._store, cold=self._cold)
        index = self._kept.open(library) if self._kept else None
        self.shared = Workspace(library, index=index)
        self._use_meaning(self.shared)

    def of(self, place: str | None) -> Workspace:
        """Return the workspace of a place; the shared one where it has nothing of its own."""
        if place is None or place not in self._known:
            return self.shared
        return self._own.get(place) or self._opened(place)

    def _opened(self, place: str) -> Workspace:
        with self._lock:
            if place not in self._own:
                library = Library(self._store, place, self.shared.library)
                below = self.shared
                if names := Names.of(self.shared.library, library):
                    renamed = RenamedLibrary(self._store, self.shared.library, names)
                    library = Library(self._store, place, renamed)
                    below = RenamedWorkspace(self.shared, renamed, names)
                workspace = Workspace(library, below)
                self._use_meaning(workspace)
                self._own[place] = workspace
            return self._own[place]

    def apply(self, written: Sequence[Written]) -> None:
        """Show what was written, in the order in which it was.

        Tables and names follow at once; the index takes claims up one by one.
        """
        for place, some in _by_place(written).items():
            newest = {(one.kind, one.id): one.after for one in some}
            records = [record for record in newest.values() if record is not None]
            records.sort(key=lambda record: _ORDER[type(record)])
            workspace = self._shown(place, records, some[-1].place_number)
            if workspace:
                workspace.index(record for record in records if isinstance(record, Claim))
        if written:
            self.revision = max(self.revision, written[-1].number)

    def _shown(
        self, place: str | None, records: Sequence[AnyRecord], revision: int
    ) -> Workspace | None:
        if place is None:
            effects = _shown(self.shared, records, revision)
            with self._lock:
                self._close_renamed(records)
                left = list(self._own.values())
            for one in left:
                one.note_carriers(effects)
            return self.shared
        with self._lock:
            self._known |= {place}
            if any(_has(self.shared.library, record) for record in records):
                self._own.pop(place, None)
            workspace = self._own.get(place)
            # One that nobody has asked at yet reads everything when it is opened.
            if workspace:
                _shown(workspace, records, revision)
            return workspace

    def _close_renamed(self, records: Sequence[AnyRecord]) -> None:
        """Close the workspaces that show shared records by other names, or have to from now on.

        Each is opened again when somebody asks there.
        """
        for place, workspace in list(self._own.items()):
            taken = any(_has(workspace.library, record) for record in records)
            if taken or workspace.renames:
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

    def keep(self) -> None:
        """Save the index of a large base for the next start, where it has changed."""
        if self._kept:
            self._kept.keep(self.shared.ranker.index, self.shared.library.revision)

    def refresh(self) -> None:
        """Read everything anew."""
        with self._lock:
            self._start()


def _shown(workspace: Workspace, records: Sequence[AnyRecord], revision: int) -> Effects:
    effects = workspace.library.apply(records)
    workspace.refresh_names(effects)
    workspace.library.show_revision(revision)
    return effects


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


def _by_place(written: Sequence[Written]) -> dict[str | None, list[Written]]:
    """Sort what was written by place; workspaces stand on the shared base, which comes first."""
    places: dict[str | None, list[Written]] = defaultdict(list)
    for one in written:
        places[one.workspace].append(one)
    return dict(sorted(places.items(), key=lambda item: item[0] or ""))
