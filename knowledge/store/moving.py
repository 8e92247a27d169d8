"""From one engine to another: every table as it is, with the history held against it there."""

from typing import NamedTuple

from knowledge.store.address import Where
from knowledge.store.base import StoreError
from knowledge.store.engine import Reads, Writes
from knowledge.store.opening import open_engine
from knowledge.store.rows import TABLES
from knowledge.store.rules import history

_SHOWN = 3
"""Problems of a history that are told; chosen by eye, so that they stay in one line."""
_WAIT_SECONDS = 5.0
"""For whoever else holds one of them, as when a base is opened."""


class Copied(NamedTuple):
    """What was copied: how many rows of each table, and where the history and the ledger end."""

    rows: dict[str, int]
    revisions: int
    seal: str


def copy_base(source: Where, target: Where) -> Copied:
    """Copy a base, whole and as of one moment, into one that holds nothing; make that first.

    The copy is the same base: its id, its revisions and their seals are those of the source. It
    becomes true once its history is found sound, and to end in the same seals, or not at all.

    Raises:
        StoreError: one of them cannot be used, the target holds something, or the history of the
            source is not sound; nothing was copied.
    """
    base = open_engine(source, _WAIT_SECONDS, create=False)
    try:
        copy = open_engine(target, _WAIT_SECONDS, create=True)
        try:
            with base.snapshot() as reads, copy.writing() as writes:
                if held := [table for table in TABLES if table != "meta" and writes.has(table)]:
                    raise StoreError(
                        f"The database {target} holds something already ({', '.join(held)}): "
                        "name an empty one."
                    )
                rows = {table: writes.fill(table, reads.rows(table)) for table in TABLES}
                _compare(reads, writes, source)
                number, seal = history.head(writes)
            return Copied(rows, number, seal)
        finally:
            copy.close()
    finally:
        base.close()


def _compare(reads: Reads, writes: Writes, source: Where) -> None:
    """Make sure that a copy is sound, and the same.

    Raises:
        StoreError: it is not.
    """
    problems = list(history.problems(writes))
    if problems:
        more = f" and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        shown = " ".join(problems[:_SHOWN])
        raise StoreError(
            f"The history of the database {source} is not sound, and nothing was copied: "
            f"{shown}{more}"
        )
    ends = [
        (one.database_id(), one.head(), one.noted_head(), one.noted_ledger())
        for one in (reads, writes)
    ]
    if ends[0] != ends[1]:
        raise StoreError(f"The copy of {source} would not be the same: nothing was copied.")
