"""Workspaces: a desk for each server that has records of its own, over the shared one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

from knowledge.library import Library, News
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import Meaning, Passage
from knowledge.model import KINDS, AnyRecord, Claim
from knowledge.store import Store, Written
from knowledge.workspaces.kept_index import KeptIndex
from knowledge.workspaces.workspace import Desk

_ORDER = {model: place for place, model in enumerate(KINDS.values())}


class Desks:
    """All desks over one store.

    Whoever is asked reads from any thread; the writer alone lets them follow what was written.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        """Read everything; the index of a large base is kept in `folder` between two starts."""
        self._store = store
        self._kept = KeptIndex(store, folder) if folder else None
        self._lock = Lock()
        self._meaning: Meaning | None = None
        self._start()

    def _start(self) -> None:
        self.revision = self._store.revision()
        self._own: dict[str, Desk] = {}
        self._known = frozenset(self._store.workspaces())
        # Read first: an index that turns out newer than its stamp is merely built again.
        revision = self._newest(None)
        library = Library(self._store)
        index = self._kept.open(library, revision) if self._kept else None
        self.shared = Desk(library, index=index)
        self.shared.use_meaning(self._meaning)
        self._reach(self.shared)

    def of(self, workspace: str | None) -> Desk:
        """Return the desk of a workspace; the shared one where it has nothing of its own."""
        if workspace is None or workspace not in self._known:
            return self.shared
        return self._own.get(workspace) or self._opened(workspace)

    def _opened(self, workspace: str) -> Desk:
        with self._lock:
            if workspace not in self._own:
                library = Library(self._store, workspace, self.shared.library)
                desk = Desk(library, self.shared)
                desk.use_meaning(self._meaning)
                self._reach(desk)
                self._own[workspace] = desk
            return self._own[workspace]

    def _reach(self, desk: Desk) -> None:
        """Show the newest revision of what is seen here, not that of others' changes."""
        desk.library.reach(self._newest(desk.library.workspace))

    def _newest(self, workspace: str | None) -> int:
        newest = self._store.recent(workspace, 1)
        return newest[0].number if newest else 0

    def follow(self, written: Sequence[Written]) -> None:
        """Show what was written, in the order in which it was.

        Tables and names follow at once; the index takes claims up one by one.
        """
        for workspace, some in _by_place(written).items():
            newest = {(one.kind, one.id): one.after for one in some}
            records = [record for record in newest.values() if record is not None]
            records.sort(key=lambda record: _ORDER[type(record)])
            desk = self._shown(workspace, records, some[-1].number)
            if desk:
                desk.index(record for record in records if isinstance(record, Claim))
        if written:
            self.revision = max(self.revision, written[-1].number)

    def _shown(
        self, workspace: str | None, records: Sequence[AnyRecord], revision: int
    ) -> Desk | None:
        if workspace is None:
            news = _shown(self.shared, records, revision)
            for one in list(self._own.values()):
                one.hear(news)
            return self.shared
        with self._lock:
            self._known |= {workspace}
            desk = self._own.get(workspace)
            # One that nobody has asked at yet reads everything when it is opened.
            if desk:
                _shown(desk, records, revision)
            return desk

    def passages(self) -> Iterator[Passage]:
        """Go through the texts of every place that questions are ranked against."""
        for workspace in (None, *self._store.workspaces()):
            yield from map(passage_of, self._store.all_claims(workspace))

    def use_meaning(self, meaning: Meaning | None) -> None:
        """Let every desk rank by sentence vectors too, now and later; from any thread.

        The vectors of all places may be held together: ids are unique over them.
        """
        with self._lock:
            self._meaning = meaning
            for desk in (self.shared, *self._own.values()):
                desk.use_meaning(meaning)

    def keep(self) -> None:
        """Save the index of a large base for the next start, where it has changed."""
        if self._kept:
            self._kept.keep(self.shared.ranker.index, self.shared.library.revision)

    def refresh(self) -> None:
        """Read everything anew."""
        with self._lock:
            self._start()


def _shown(desk: Desk, records: Sequence[AnyRecord], revision: int) -> News:
    news = desk.library.apply(records)
    desk.learn(news)
    desk.library.reach(revision)
    return news


def _by_place(written: Sequence[Written]) -> dict[str | None, list[Written]]:
    """Sort what was written by place; workspaces stand on the shared base, which comes first."""
    places: dict[str | None, list[Written]] = defaultdict(list)
    for one in written:
        places[one.workspace].append(one)
    return dict(sorted(places.items(), key=lambda item: item[0] or ""))
