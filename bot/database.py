"""Opening the database that the settings name, or the one that was asked for."""

import gc
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.base import KnowledgeBase
    from knowledge.store import Report, Store, Where


@contextmanager
def open_database(database: str | None, *, create: bool = False) -> "Iterator[KnowledgeBase]":
    """Open the database as the bot does, and close it in the end.

    One that was named is not made anew unless it is to be written: its name may be mistyped.

    Raises:
        BadSettings: a setting cannot be used.
        StoreError: the database cannot be used, and is left untouched; or none has the name.
        BadRecords: the records in the folder that the settings name are wrong.
        RecordErrors: the records that ship are wrong.
    """
    from bot.settings import load_settings
    from knowledge.base import opened

    settings, where = load_settings(), database_path(database)
    if database is not None and not create:
        _find(where)
    with opened(where, settings.records, cold=True) as found:
        end_start()
        report = found.report
        if report.retired or report.left or report.handed_over:
            # Only the first start after a switch can say it.
            _tell(report)
        yield found


def _find(where: "Where") -> None:
    """Make sure that there is a database.

    Raises:
        StoreError: there is none.
    """
    from knowledge.store import StoreError, open_store

    if not isinstance(where, Path):
        open_store(where, create=False).close()
    elif not where.exists():
        raise StoreError(f"The database {where} is not there.")


@contextmanager
def open_to_serve(settings: "Settings", database: str | None) -> "Iterator[KnowledgeBase]":
    """Open the database for a program that goes on answering, and say what its start changed.

    Where the folder of records cannot be read, it answers from what is on file.

    Raises:
        StoreError: the database cannot be used; it is left untouched.
        BadRecords: something is wrong in the folder, and nothing is on file.
    """
    from knowledge.base import opened

    where, whose = database_path(database), settings.records
    if database is not None and isinstance(where, Path) and not where.exists():
        print(
            f"{where} is new: it begins with the records that the settings name.", file=sys.stderr
        )
    with opened(where, whose, quota=settings.quota, lenient=True) as found:
        # Nothing has changed for anybody where all that is on file came with this start.
        report = found.report
        if report.unread or found.store.revision() > len(report.added):
            _tell(report)
        yield found


def _tell(report: "Report") -> None:
    for line in report:
        print(line, file=sys.stderr)


_RARELY = (700, 10, 1_000)
"""When Python looks for garbage: among what is new as often as it does by itself, and through all
that there is hardly ever. An answer of 45,000 claims holds none, and was looked through ten times
while it was made, a fifth of its CPU time."""


def end_start() -> None:
    """Look for garbage from now on, but not among what the start has made."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*_RARELY)
        gc.enable()


@contextmanager
def open_store_alone(where: "Where") -> "Iterator[Store]":
    """Open a database as it is: nothing is asked of it, and no record is taken up.

    Raises:
        StoreError: there is none, or it cannot be used; it is left untouched.
    """
    from knowledge.store import open_store

    with closing(open_store(where, create=False)) as store:
        yield store


def database_path(database: str | None) -> "Where":
    """Return the database that was asked for, or else the one that the settings name.

    Raises:
        BadSettings: a setting cannot be used.
        BadAddress: what was asked for is an address that cannot be read.
    """
    if database is not None:
        from knowledge.store import where_of

        return where_of(database)
    from bot.settings import load_settings

    return load_settings().database


def today() -> date:
    """Return the day that "last month" is reckoned from, the same as in the chat."""
    return datetime.now(UTC).date()
