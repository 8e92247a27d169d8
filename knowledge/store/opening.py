"""Which engine a database stands on: the one place that knows them all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge.store.base import Quota, Store
from knowledge.store.rules.store import USUAL, RuledStore, utc_today
from knowledge.store.sqlite.engine import SqliteEngine


def open_store(
    path: Path,
    *,
    wait: float = 5.0,
    today: Callable[[], date] = utc_today,
    create: bool = True,
    quota: Quota = USUAL,
) -> Store:
    """Open the database in a file; create or migrate it first where that is needed.

    `wait` is how long another process may hold the file, in seconds (chosen by eye: less than a
    person's patience). `today` is the day after which nothing can have been asserted, `quota` what
    each workspace may hold. Unless it is to `create` one, a file has to be there.

    Raises:
        StoreError: the file cannot be used; it is left as it was.
    """
    return RuledStore(SqliteEngine(path, wait, create=create), today, quota)
