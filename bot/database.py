"""Opening the database that the settings name, or the one that was asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from knowledge.opening import Opened, opened


@contextmanager
def open_database(path: Path | None) -> Iterator[Opened]:
    """Open the database as the bot does, and close it in the end.

    Raises:
        BadSettings: a setting cannot be used.
        StoreError: the database cannot be used; it is left untouched.
        RecordErrors: the records that ship are wrong.
    """
    if path is None:
        from bot.settings import load_settings

        path = load_settings().database
    with opened(path) as found:
        yield found


def today() -> date:
    """Return the day that "last month" is reckoned from, the same as in the chat."""
    return datetime.now(UTC).date()
