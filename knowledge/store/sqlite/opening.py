"""Open a database file, or say in one line why not and leave it as it is."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from knowledge.store.base import StoreError
from knowledge.store.files import DATABASE_LOGS, PRIVATE, written_aside
from knowledge.store.sqlite.header import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_PRIMARY_CODE = 0xFF
"""SQLite keeps the kind of an error in the low byte of its code, details above."""

_REASONS = {
    sqlite3.SQLITE_BUSY: "is locked by another process: stop it, or try again later",
    sqlite3.SQLITE_LOCKED: "is locked by another process: stop it, or try again later",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_READONLY: "is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: look at the permissions of its folder",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_NOTADB: "is not a SQLite database",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore a backup",
}


def open_database(path: Path, wait: float, *, create: bool = True) -> sqlite3.Connection:
    """Open the file for writing, and create or migrate it first where that is needed.

    `wait` is how long to wait for another process, in seconds. The header of the file is read
    before SQLite touches it, so a refused file stays as it was, with nothing left beside it.

    Raises:
        StoreError: the file cannot be used.
    """
    with plain_words(path):
        if not create and not path.exists():
            raise StoreError(f"The database {path} is not there.")
        if _is_new(path):
            _create(path)
        db = connect(path, wait)
        try:
            _settle(db, path)
            keep_private(path)
        except BaseException:
            db.close()
            raise
    return db


def connect(path: Path, wait: float) -> sqlite3.Connection:
    """Connect to a database file that is there; the caller keeps threads apart."""
    # Read and write, but do not create: a file that was deleted is missed, not made anew.
    address = f"{path.absolute().as_uri()}?mode=rw"
    db = sqlite3.connect(
        address, timeout=wait, check_same_thread=False, isolation_level=None, uri=True
    )
    db.execute("PRAGMA foreign_keys = ON")
    # A confirmed change has reached the disk, not only the operating system.
    db.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten too, rather than left in a free page of the file.
    db.execute("PRAGMA secure_delete = ON")
    return db


def keep_private(path: Path) -> None:
    """Let nobody but the owner read a database, nor the logs that SQLite keeps beside it."""
    for ending in ("", *DATABASE_LOGS):
        with suppress(FileNotFoundError, PermissionError):  # somebody else's file stays theirs
            path.with_name(path.name + ending).chmod(PRIVATE)


class Identity:
    """Which files a database is, so that one that was deleted, moved or replaced is missed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = [path, path.with_name(f"{path.name}-wal")]
        self._seen: dict[Path, tuple[int, int]] = {}
        self.check()

    def check(self) -> None:
        """Make sure that what is open is still what its path names, and so is its log.

        Raises:
            StoreError: it is not.
        """
        for file in self._files:
            found = _file_of(file)
            if self._seen.get(file, found) != found:
                reason = (
                    "was deleted, moved or replaced while it was open: whoever runs the bot has "
                    "to put it back and to start the bot anew"
                )
                raise StoreError(f"The database {self._path} {reason}.", reason)
            if found is not None:
                self._seen[file] = found


def _file_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system report into a `StoreError` of one line."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        reason = str(_REASONS.get(code, error))
        raise StoreError(f"The database {path} {reason}.", reason) from error
    except OSError as error:
        reason = f"cannot be used: {error.strerror}"
        raise StoreError(f"The database {path} {reason}.", reason) from error


def _settle(db: sqlite3.Connection, path: Path) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise _newer(path, version)
    # Whoever holds the file for long is met here, and not by the first person who saves.
    db.execute("BEGIN IMMEDIATE")
    db.rollback()
    db.execute("PRAGMA journal_mode = WAL")
    if version < VERSION:
        bring_up(db)


def bring_up(db: sqlite3.Connection) -> None:
    """Bring a database to this version's schema, in one transaction."""
    # What migrates takes a twentieth of a second to import, and is seldom needed.
    from knowledge.store.sqlite.schema import migrate  # noqa: PLC0415

    migrate(db)


def check_file(path: Path) -> bytes:
    """Return the header of a file that is a database of this program, or empty.

    Raises:
        StoreError: it is something else, or from a newer version.
    """
    if path.is_dir():
        raise StoreError(f"The database {path} is a folder: name a file in it.")
    if not path.is_file():
        raise StoreError(f"The database {path} is not a regular file.")
    with plain_words(path), path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if header:
        _check_header(path, header)
    return header


def _is_new(path: Path) -> bool:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return True
    header = check_file(path)
    if not _may_write(path):
        raise StoreError(f"The database {path} is read-only: allow writing to it.")
    if not _may_write(path.parent):
        raise StoreError(f"The folder {path.parent} is read-only: the database keeps a log there.")
    return not header


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _check_header(path: Path, header: bytes) -> None:
    """Check the fields of the SQLite file format (sqlite.org/fileformat.html, section 1.3)."""
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise StoreError(f"The database {path} is not a SQLite database.")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise StoreError(f"The database {path} belongs to another program: name another file.")
    version = int.from_bytes(header[60:64])
    if version > VERSION:
        raise _newer(path, version)


def _newer(path: Path, version: int) -> StoreError:
    return StoreError(
        f"The database {path} has schema {version}, from a newer Claimbot than this one, which "
        f"knows {VERSION}: update Claimbot."
    )


def _create(path: Path) -> None:
    """Build an empty database; where another process was faster, its file is as good."""
    with written_aside(path, replacing=path.exists()) as draft:
        db = connect(draft, wait=0)
        try:
            bring_up(db)
            db.execute("PRAGMA journal_mode = WAL")
        finally:
            db.close()
