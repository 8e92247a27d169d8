"""Opening the database that the settings name, or the one that was asked for."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase
    from knowledge.store import Store


@contextmanager
def open_database(path: Path | None) -> "Iterator[KnowledgeBase]":
    """Open the database as the bot does, and close it in the end.

    Raises:
        BadSettings: a setting cannot be used.
        StoreError: the database cannot be used; it is left untouched.
        RecordErrors: the records that ship are wrong.
    """
    from knowledge.base import opened

    with opened(database_path(path), cold=True) as found:
        end_start()
        yield found


def end_start() -> None:
    """Look for garbage from now on, but not among what the start has made."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


@contextmanager
def open_store_alone(path: Path) -> "Iterator[Store]":
    """Open a database as it is: nothing is asked of it, and no record is taken up.

    Raises:
        StoreError: there is none, or it cannot be used; it is left untouched.
    """
    from knowledge.store import open_store

    with closing(open_store(path, create=False)) as store:
        yield store


def database_path(path: Path | None) -> Path:
    """Return the database that was asked for, or else the one that the settings name.

    Raises:
        BadSettings: a setting cannot be used.
    """
    if path is not None:
        return path
    from bot.settings import load_settings

    return load_settings().database


def today() -> date:
    """Return the day that "last month" is reckoned from, the same as in the chat."""
    return datetime.now(UTC).date()
