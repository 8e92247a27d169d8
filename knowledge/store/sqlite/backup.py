"""Backups: a whole copy of a database that is in use, and the way back from one."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from sqlite_utils import Database

from knowledge.store import history
from knowledge.store.base import StoreError
from knowledge.store.sqlite.opening import check_file, connect, plain_words

_PAGES = 1000
"""Pages copied before others get their turn."""
_SHOWN = 3


def write_backup(db: Database, target: Path) -> None:
    """Copy a database, through a connection that reads one moment of it, into a file.

    The file appears whole, in the place of an older backup, or not at all.

    Raises:
        StoreError: the file cannot be written.
    """
    with plain_words(target), _draft(target) as draft:
        copy = connect(draft, wait=0)
        try:
            db.conn.backup(copy.conn, pages=_PAGES)
            # The copy is one file that needs nothing beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()


def restore(backup: Path, target: Path) -> int:
    """Put a backup in the place of a database; return how many revisions it holds.

    The backup is checked first: it is a database of this program, of a schema that this
    version knows, undamaged, and its history is sound. Nobody may have the database open.

    Raises:
        StoreError: the backup is refused, or the database is in use; nothing was replaced.
    """
    revisions = check_backup(backup)
    with plain_words(target), _draft(target) as draft:
        source, copy = connect(backup, wait=0), connect(draft, wait=0)
        try:
            source.conn.backup(copy.conn)
        finally:
            source.close()
            copy.close()
        _let_go(target)
    return revisions


def check_backup(backup: Path) -> int:
    """Return how many revisions a backup holds.

    Raises:
        StoreError: it is no backup that a database can be restored from.
    """
    if not backup.exists():
        raise StoreError(f"The backup {backup} is not there.")
    if not check_file(backup):
        raise StoreError(f"The backup {backup} is empty.")
    with plain_words(backup):
        db = connect(backup, wait=0)
        try:
            db.execute("PRAGMA query_only = ON")
            damage = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if damage != "ok":
                raise StoreError(f"The backup {backup} is damaged: {damage}.")
            _check_history(db, backup)
            return history.head(db)[0]
        finally:
            db.close()


def _check_history(db: Database, backup: Path) -> None:
    problems = list(history.problems(db))
    if problems:
        more = f" and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        shown = " ".join(problems[:_SHOWN])
        raise StoreError(f"The history of the backup {backup} is not sound: {shown}{more}")


def _let_go(target: Path) -> None:
    """Make sure that nobody has a database open, and that nothing of it is left in its log."""
    if not target.exists():
        return
    with suppress(StoreError):  # what is no database is replaced as it is
        check_file(target)
        try:
            db = connect(target, wait=0)
            # Only the last connection to a file can leave the write-ahead log.
            db.execute("PRAGMA journal_mode = DELETE")
            db.close()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            pass  # so damaged that it takes no orders: the backup is what it needs
    for beside in ("-wal", "-shm"):
        target.with_name(target.name + beside).unlink(missing_ok=True)


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """Write a file aside, and give it its name when it is whole and on the disk."""
    draft = target.with_name(f".{target.name}.{uuid4().hex}")
    try:
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(target)
        _sync_folder(target.parent)
    finally:
        for name in (draft.name, f"{draft.name}-wal", f"{draft.name}-shm", f"{draft.name}-journal"):
            draft.with_name(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows opens no folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
