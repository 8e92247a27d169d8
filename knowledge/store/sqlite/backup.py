"""Backups: a whole copy of a database that is in use, and the way back from one."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.store.asked import forget_all
from knowledge.store.base import StoreError
from knowledge.store.files import written_aside
from knowledge.store.rules import history
from knowledge.store.sqlite.header import VERSION
from knowledge.store.sqlite.opening import bring_up, check_file, connect, plain_words
from knowledge.store.sqlite.reads import SqliteReads
from knowledge.store.sqlite.session import SqliteSession

_PAGES = 1000
"""Pages copied before others get their turn: 4 MB, a few milliseconds of copying."""
_SHOWN = 3
"""Problems of a history that are told; chosen by eye, so that they stay in one line."""


def write_backup(db: sqlite3.Connection, target: Path) -> None:
    """Copy a database, through a connection that reads one moment of it, into a file.

    The file appears whole, in the place of an older backup, or not at all.

    Raises:
        StoreError: the file cannot be written.
    """
    with plain_words(target), written_aside(target) as draft:
        copy = connect(draft, wait=0)
        try:
            db.backup(copy, pages=_PAGES)
            # What was asked is deleted after its time, which a backup outlives.
            forget_all(SqliteSession(copy))
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
    _check_there(backup)
    with plain_words(target), written_aside(target) as draft:
        revisions = _checked_copy(backup, draft)
        _let_go(target)
    return revisions


def check_backup(backup: Path) -> int:
    """Return how many revisions a backup holds; the backup stays as it is.

    Raises:
        StoreError: it is no backup that a database can be restored from.
    """
    _check_there(backup)
    with TemporaryDirectory() as folder:
        draft = Path(folder) / backup.name
        draft.touch()
        return _checked_copy(backup, draft)


def _check_there(backup: Path) -> None:
    if not backup.exists():
        raise StoreError(f"The backup {backup} is not there.")
    if not check_file(backup):
        raise StoreError(f"The backup {backup} is empty.")


def _checked_copy(backup: Path, draft: Path) -> int:
    """Copy a backup, bring the copy to this version's schema, and check it."""
    with plain_words(backup):
        source, copy = connect(backup, wait=0), connect(draft, wait=0)
        try:
            source.backup(copy)
            damage = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if damage != "ok":
                raise StoreError(f"The backup {backup} is damaged: {damage}.")
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA user_version").fetchone()[0] < VERSION:
                bring_up(copy)
            reads = SqliteReads(SqliteSession(copy))
            _check_history(reads, backup)
            return history.head(reads)[0]
        finally:
            source.close()
            copy.close()


def _check_history(reads: SqliteReads, backup: Path) -> None:
    problems = list(history.problems(reads))
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
