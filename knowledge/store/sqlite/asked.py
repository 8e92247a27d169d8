"""What was asked in vain in SQLite: a row for each question and day, deleted so that it is gone."""

import json
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import date
from sqlite3 import Connection

from typing_extensions import override

from knowledge.store.asked import Asked, AskedInVain

_COUNT = (
    "INSERT INTO asked (guild, key, day, topic, question, times) VALUES (?, ?, ?, ?, ?, 1) "
    "ON CONFLICT (guild, key, day, topic) DO UPDATE SET times = times + 1"
)
_TOO_MANY = (
    "DELETE FROM asked WHERE rowid IN (SELECT rowid FROM asked WHERE guild = ? "
    "ORDER BY day DESC, rowid DESC LIMIT -1 OFFSET ?)"
)

Opening = Callable[[], AbstractContextManager[Connection]]


class SqliteAsked(AskedInVain):
    """The questions in a file that several processes may share."""

    def __init__(self, changing: Opening, reading: Opening) -> None:
        self._changing = changing
        self._reading = reading

    @override
    def note(self, guild: int, key: str, question: str, day: date, most: int) -> None:
        with self._changing() as db:
            db.execute(_COUNT, [guild, key, day.isoformat(), "", question])
            _delete(db, _TOO_MANY, [guild, most])

    @override
    def press(self, guild: int, key: str, topic: str, day: date) -> None:
        with self._changing() as db:
            found = db.execute(
                "SELECT question FROM asked WHERE guild = ? AND key = ? AND topic = ''",
                [guild, key],
            ).fetchone()
            if found:
                db.execute(_COUNT, [guild, key, day.isoformat(), topic, found[0]])

    @override
    def of(self, guild: int, since: date) -> list[Asked]:
        with self._reading() as db:
            found = db.execute(
                "SELECT key, day, topic, question, times FROM asked "
                "WHERE guild = ? AND day >= ? ORDER BY day, rowid",
                [guild, since.isoformat()],
            ).fetchall()
        return [
            Asked(key, date.fromisoformat(day), topic, question, times)
            for key, day, topic, question, times in found
        ]

    @override
    def forget(self, guild: int, keys: Collection[str] | None = None) -> int:
        with self._changing() as db:
            if keys is None:
                return _delete(db, "DELETE FROM asked WHERE guild = ?", [guild])
            some = "DELETE FROM asked WHERE guild = ? AND key IN (SELECT value FROM json_each(?))"
            return _delete(db, some, [guild, json.dumps(list(keys))])

    @override
    def prune(self, before: date) -> int:
        with self._changing() as db:
            return _delete(db, "DELETE FROM asked WHERE day < ?", [before.isoformat()])


def forget_all(db: Connection) -> None:
    """Delete what every server has asked."""
    _delete(db, "DELETE FROM asked", [])


def _delete(db: Connection, statement: str, values: list[int | str]) -> int:
    # What is deleted is overwritten too, rather than left in a free page of the file.
    db.execute("PRAGMA secure_delete = ON")
    return db.execute(statement, values).rowcount
