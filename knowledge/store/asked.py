"""What each server asked in vain, as it is kept for its curators: no record, and soon deleted.

A row for each question and day, counted over all processes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from knowledge.store.session import Opening, Session


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a question was asked on a day, or with a topic how often its offer was pressed.

    `key` is what tells one question from others, however it is written; who asked is not kept.
    """

    key: str
    day: date
    topic: str
    question: str
    times: int


ASKED_COLUMNS = ("guild", "key", "day", "topic", "question", "times")
_INTO = f"INSERT INTO asked ({', '.join(ASKED_COLUMNS)}) "
_AGAIN = " ON CONFLICT (guild, key, day, topic) DO UPDATE SET times = asked.times + 1"
_COUNT = _INTO + "VALUES (?, ?, ?, '', ?, 1)" + _AGAIN
_PRESS = (
    _INTO  # noqa: S608 - own names
    + "SELECT guild, key, ?, ?, question, 1 FROM asked "
    + "WHERE guild = ? AND key = ? AND topic = '' ORDER BY day LIMIT 1"
    + _AGAIN
)
_ALL = 2**62
"""Stands for no limit: SQLite skips rows only where there is one."""
_TOO_MANY = (
    f"DELETE FROM asked WHERE {{counted}} IN (SELECT {{counted}} FROM asked WHERE guild = ? "  # noqa: S608 - own names
    f"ORDER BY day DESC, {{counted}} DESC LIMIT {_ALL} OFFSET ?)"
)
_SINCE = (
    "SELECT key, day, topic, question, times FROM asked "
    "WHERE guild = ? AND day >= ? ORDER BY day, {counted}"
)


class AskedInVain:
    """The questions of every server that found nothing.

    Every method may be called from any thread, and raises `StoreError` where the database cannot
    be used; nothing is written then.
    """

    def __init__(self, changing: Opening, reading: Opening) -> None:
        """Take the means to write, in a transaction, and to read."""
        self._changing = changing
        self._reading = reading

    def note(self, guild: int, key: str, question: str, day: date, most: int) -> None:
        """Count a question. Of more than `most` rows of a server the oldest are deleted."""
        with self._changing() as db:
            db.alter(_COUNT, guild, key, day.isoformat(), question)
            db.alter(_TOO_MANY.format(counted=db.COUNTED), guild, most)

    def press(self, guild: int, key: str, topic: str, day: date) -> None:
        """Count that the offer of a topic was pressed, if the question is kept."""
        with self._changing() as db:
            db.alter(_PRESS, day.isoformat(), topic, guild, key)

    def of(self, guild: int, since: date) -> list[Asked]:
        """Return what a server has asked since a day."""
        with self._reading() as db:
            found = db.find(_SINCE.format(counted=db.COUNTED), guild, since.isoformat())
            return [Asked(key, date.fromisoformat(day), *rest) for key, day, *rest in found]

    def forget(self, guild: int, keys: Collection[str] | None = None) -> int:
        """Delete questions of a server, or all of them; return how many rows that were."""
        gone = "DELETE FROM asked WHERE guild = ?"
        with self._changing() as db:
            if keys is None:
                return db.alter(gone, guild)
            return db.alter(f"{gone} AND key {db.AMONG}", guild, db.listed(keys))

    def prune(self, before: date) -> int:
        """Delete what was asked before a day, in every server; return how many rows that were."""
        with self._changing() as db:
            return db.alter("DELETE FROM asked WHERE day < ?", before.isoformat())


def forget_all(db: Session) -> None:
    """Delete what every server has asked."""
    db.alter("DELETE FROM asked")
