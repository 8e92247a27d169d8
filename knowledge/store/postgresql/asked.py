"""What was asked in vain in PostgreSQL: a row for each question and day, counted over all."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import date

from psycopg import Connection
from typing_extensions import override

from knowledge.store.asked import Asked, AskedInVain

_AGAIN = "ON CONFLICT (guild, key, day, topic) DO UPDATE SET times = asked.times + 1"
_COUNT = (
    "INSERT INTO asked (guild, key, day, topic, question, times) "  # noqa: S608 - own names
    f"VALUES (%s, %s, %s, '', %s, 1) {_AGAIN}"
)
_PRESS = (
    "INSERT INTO asked (guild, key, day, topic, question, times) "  # noqa: S608 - own names
    "SELECT guild, key, %s, %s, question, 1 FROM asked "
    f"WHERE guild = %s AND key = %s AND topic = '' ORDER BY number LIMIT 1 {_AGAIN}"
)
_TOO_MANY = (
    "DELETE FROM asked WHERE number IN (SELECT number FROM asked WHERE guild = %s "
    "ORDER BY day DESC, number DESC OFFSET %s)"
)
_SINCE = (
    "SELECT key, day, topic, question, times FROM asked "
    "WHERE guild = %s AND day >= %s ORDER BY day, number"
)

Opening = Callable[[], AbstractContextManager[Connection]]


class PostgresqlAsked(AskedInVain):
    """The questions in a database that several processes share."""

    def __init__(self, changing: Opening, reading: Opening) -> None:
        self._changing = changing
        self._reading = reading

    @override
    def note(self, guild: int, key: str, question: str, day: date, most: int) -> None:
        with self._changing() as db:
            db.execute(_COUNT, [guild, key, day.isoformat(), question])
            db.execute(_TOO_MANY, [guild, most])

    @override
    def press(self, guild: int, key: str, topic: str, day: date) -> None:
        with self._changing() as db:
            db.execute(_PRESS, [day.isoformat(), topic, guild, key])

    @override
    def of(self, guild: int, since: date) -> list[Asked]:
        with self._reading() as db:
            found = db.execute(_SINCE, [guild, since.isoformat()]).fetchall()
        return [
            Asked(key, date.fromisoformat(day), topic, question, times)
            for key, day, topic, question, times in found
        ]

    @override
    def forget(self, guild: int, keys: Collection[str] | None = None) -> int:
        with self._changing() as db:
            if keys is None:
                return db.execute("DELETE FROM asked WHERE guild = %s", [guild]).rowcount
            some = "DELETE FROM asked WHERE guild = %s AND key = ANY(%s)"
            return db.execute(some, [guild, list(keys)]).rowcount

    @override
    def prune(self, before: date) -> int:
        with self._changing() as db:
            gone = "DELETE FROM asked WHERE day < %s"
            return db.execute(gone, [before.isoformat()]).rowcount
