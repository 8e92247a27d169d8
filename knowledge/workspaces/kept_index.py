"""The index of a large shared base, kept beside its database between two starts."""

import logging
from collections.abc import Iterable
from hashlib import blake2s
from pathlib import Path

from knowledge.library import Library
from knowledge.matching.retrieval import Passage, PassageIndex, Stamp
from knowledge.store import Store, StoreError

_log = logging.getLogger(__name__)

KEPT_FROM = 5_000
"""Claims; fewer are indexed sooner than a person notices."""

_NAME_BYTES = 16
"""Of a digest: no two workspaces share a folder by chance."""


class KeptIndex:
    """Opens the index of each large place of one database, and keeps it in a folder.

    It is stamped with the database's id, and with the place's newest revision and that revision's
    seal, which stands for the whole history before it: an index of another database, or of the
    same one before a change or a restored backup, is never taken for this one's. It holds no
    claims on topics that are retired, and is stamped with these, too.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._kept: dict[str | None, Stamp] = {}

    def open(
        self, library: Library, passages: Iterable[Passage], below: PassageIndex | None = None
    ) -> PassageIndex:
        """Return the index of a library's own claims, `below` that of the shared ones."""
        claims = len(library.own)
        if claims < KEPT_FROM:
            return PassageIndex(passages, below)
        stamp = self._kept[library.workspace] = self._stamp(library, claims)
        index = open_or_build(self._folder_of(library.workspace), stamp, passages)
        index.below = below
        return index

    def keep(self, library: Library, index: PassageIndex) -> None:
        """Save the index of a library's own claims, where it has changed.

        A folder that cannot be written to, or a database that is away, costs the next start the
        time to build it anew.
        """
        if len(index) < KEPT_FROM:
            return
        try:
            stamp = self._stamp(library, len(library.own))
        except StoreError as error:
            _log.warning("The index is not kept: %s", error)
            return
        if stamp != self._kept.get(library.workspace):
            self._kept[library.workspace] = stamp
            save(index, self._folder_of(library.workspace), stamp)

    def _folder_of(self, workspace: str | None) -> Path:
        if workspace is None:
            return self._folder
        # Whatever a workspace is called, its folder stays within this one.
        return self._folder / blake2s(workspace.encode(), digest_size=_NAME_BYTES).hexdigest()

    def _stamp(self, library: Library, claims: int) -> Stamp:
        found = self._store.revision_in(library.workspace, library.own_revision)
        return {
            "database": self._store.database_id,
            "place": library.workspace or "",
            "revision": found.number if found else 0,
            "seal": found.seal if found else "",
            "claims": claims,
            "retired": " ".join(sorted(library.retired)),
        }


def open_or_build(folder: Path, stamp: Stamp, passages: Iterable[Passage]) -> PassageIndex:
    """The index saved in a folder if it is whole and carries this stamp, else a new one, saved.

    The stamp says what the index was made from (database, revision, count); any difference means
    building anew. A folder that cannot be written to costs only the next start.
    """
    found = PassageIndex.load(folder, stamp)
    if found is not None:
        return found
    built = PassageIndex(passages)
    _log.info("The index is built anew: %d passages", len(built))
    save(built, folder, stamp)
    return built


def save(index: PassageIndex, folder: Path, stamp: Stamp) -> None:
    """Save an index, or say in the log why it cannot be kept."""
    try:
        index.save(folder, stamp)
    except OSError as error:
        _log.warning("The index cannot be kept in %s: %s", folder, error)
