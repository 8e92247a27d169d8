"""The index of a large shared base, kept beside its database between two starts."""

import logging
from collections.abc import Iterable
from pathlib import Path

from knowledge.library import Library
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import Passage, PassageIndex, Stamp
from knowledge.store import Store

_log = logging.getLogger(__name__)

KEPT_FROM = 5_000
"""Claims; fewer are indexed sooner than a person notices."""


class KeptIndex:
    """Opens the index of the shared base of one database, and keeps it in a folder.

    It is stamped with the database's id, and with the newest revision and that revision's seal,
    which stands for the whole history before it: an index of another database, or of the same
    one before a change or a restored backup, is never taken for this one's.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._kept: Stamp | None = None

    def open(self, library: Library) -> PassageIndex:
        """Return the index of the claims of the shared library."""
        claims = len(library.own)
        passages = map(passage_of, library.own_claims())
        if claims < KEPT_FROM:
            return PassageIndex(passages)
        self._kept = self._stamp(library.revision, claims)
        return open_or_build(self._folder, self._kept, passages)

    def keep(self, index: PassageIndex, revision: int) -> None:
        """Save an index that has followed the base up to a revision, where it has changed.

        A folder that cannot be written to costs the next start the time to build it anew.
        """
        if len(index) < KEPT_FROM:
            return
        stamp = self._stamp(revision, len(index))
        if stamp != self._kept:
            self._kept = stamp
            save(index, self._folder, stamp)

    def _stamp(self, revision: int, claims: int) -> Stamp:
        number = self._store.number_shown_as(revision, None) or 0
        found = self._store.revision_of(number)
        return {
            "database": self._store.database_id,
            "revision": number,
            "seal": found.seal if found else "",
            "claims": claims,
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
