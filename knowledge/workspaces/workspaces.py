"""Workspaces: a workspace for each server that has records of its own, over the shared one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from threading import Lock

from knowledge.library import Effects, Library
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import Meaning, Passage
from knowledge.model import KINDS, AnyRecord, Claim
from knowledge.store import Store, Written
from knowledge.workspaces.kept_index import KeptIndex
from knowledge.workspaces.workspace import Workspace

_ORDER = {model: place for place, model in enumerate(KINDS.values())}


class Workspaces:
    """All workspaces over one store.

    Whoever is asked reads from any thread; the writer alone lets them follow what was written.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        """Read everything; the index of a large base is kept in `folder` between two starts."""
        self._store = store
        self._kept = KeptIndex(store, folder) if folder else None
        self._lock = Lock()
        self._leaving = self._behind = False
        self._meaning: Meaning | None = None
        self._start()

    def _start(self) -> None:
        self.revision = self._store.revision()
        self._own: dict[str, Workspace] = {}
        self._known = frozenset(self._store.workspaces())
        # Read first: an index that turns out newer than its stamp is merely built again.
        revision = self._newest(None)
        library = Library(self._store)
        index = self._kept.open(library, revision) if self._kept else None
        self.shared = Workspace(library, index=index)
        self.shared.use_meaning(self._meaning)
        self._show_newest(self.shared)

    def of(self, place: str | None) -> Workspace:
        """Return the workspace of a place; the shared one where it has nothing of its own."""
        if place is None or place not in self._known:
            return self.shared
        return self._own.get(place) or self._opened(place)

    def _opened(self, place: str) -> Workspace:
        with self._lock:
            if place not in self._own:
                library = Library(self._store, place, self.shared.library)
                workspace = Workspace(library, self.shared)
                workspace.use_meaning(self._meaning)
                self._show_newest(workspace)
                self._own[place] = workspace
            return self._own[place]

    def _show_newest(self, workspace: Workspace) -> None:
        """Show the newest revision of what is seen here, not that of others' changes."""
        workspace.library.show_revision(self._newest(workspace.library.workspace))

    def _newest(self, place: str | None) -> int:
        newest = self._store.recent(place, 1)
        return newest[0].number if newest else 0

    def apply(self, written: Sequence[Written]) -> None:
        """Show what was written, in the order in which it was.

        Tables and names follow at once; the index takes claims up one by one.
        """
        for place, some in _by_place(written).items():
            newest = {(one.kind, one.id): one.after for one in some}
            records = [record for record in newest.values() if record is not None]
            records.sort(key=lambda record: _ORDER[type(record)])
            workspace = self._shown(place, records, some[-1].number)
            if workspace:
                claims = (record for record in records if isinstance(record, Claim))
                workspace.index(takewhile(self._goes_on, claims))
        if written:
            self.revision = max(self.revision, written[-1].number)

    def _shown(
        self, place: str | None, records: Sequence[AnyRecord], revision: int
    ) -> Workspace | None:
        if place is None:
            effects = _shown(self.shared, records, revision)
            for one in list(self._own.values()):
                one.note_carriers(effects)
            return self.shared
        with self._lock:
            self._known |= {place}
            workspace = self._own.get(place)
            # One that nobody has asked at yet reads everything when it is opened.
            if workspace:
                _shown(workspace, records, revision)
            return workspace

    def passages(self) -> Iterator[Passage]:
        """Go through the texts of every place that questions are ranked against."""
        for place in (None, *self._store.workspaces()):
            yield from map(passage_of, self._store.all_claims(place))

    def use_meaning(self, meaning: Meaning | None) -> None:
        """Let every workspace rank by sentence vectors too, now and later; from any thread.

        The vectors of all places may be held together: ids are unique over them.
        """
        with self._lock:
            self._meaning = meaning
            for workspace in (self.shared, *self._own.values()):
                workspace.use_meaning(meaning)

    def leave(self) -> None:
        """Take up no more claims into an index: the process is about to end.

        What was written is safe in the database, and found again by the next start.
        """
        self._leaving = True

    def _goes_on(self, _: Claim) -> bool:
        self._behind |= self._leaving
        return not self._leaving

    def keep(self) -> None:
        """Save the index of a large base for the next start, where it has changed."""
        if self._kept and not self._behind:
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


def _by_place(written: Sequence[Written]) -> dict[str | None, list[Written]]:
    """Sort what was written by place; workspaces stand on the shared base, which comes first."""
    places: dict[str | None, list[Written]] = defaultdict(list)
    for one in written:
        places[one.workspace].append(one)
    return dict(sorted(places.items(), key=lambda item: item[0] or ""))
