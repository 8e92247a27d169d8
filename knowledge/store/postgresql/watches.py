"""Watches in PostgreSQL: one row each, changed by conditions that only one process can meet."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import astuple
from typing import Literal

from psycopg import Connection
from psycopg.rows import TupleRow
from typing_extensions import override

from knowledge.store.engine import News
from knowledge.store.postgresql.listening import say
from knowledge.store.rows import BESIDE
from knowledge.store.watches import Sending, Watch, Watches

_COLUMNS = ", ".join(BESIDE["watches"])

Opening = Callable[[], AbstractContextManager[Connection]]


class PostgresqlWatches(Watches):
    """The watches of a database that several processes share."""

    def __init__(self, changing: Opening, reading: Opening) -> None:
        self._changing = changing
        self._reading = reading

    @override
    def all(self, guild: int | None = None) -> list[Watch]:
        with self._reading() as db:
            return list(_rows(db, "guild = %s" if guild else "TRUE", [guild] if guild else []))

    @override
    def add(self, watch: Watch, most: int) -> Literal["added", "there", "full"]:
        with self._changing() as db:
            # Who counts the watches of a server waits for who adds one there.
            db.execute("SELECT pg_advisory_xact_lock(%s)", [watch.guild])
            theirs = list(_rows(db, "guild = %s", [watch.guild]))
            if any((w.channel, w.topic) == (watch.channel, watch.topic) for w in theirs):
                return "there"
            if len(theirs) >= most:
                return "full"
            db.execute(
                "INSERT INTO watches (guild, channel, topic, told, revision) "
                "VALUES (%s, %s, %s, %s, %s)",
                [watch.guild, watch.channel, watch.topic, watch.told, watch.revision],
            )
            say(db, News("watches", str(watch.guild)))
            return "added"

    @override
    def begin(self, watch: Watch, sending: Sending) -> bool:
        with self._changing() as db:
            done = db.execute(
                "UPDATE watches SET sending = %s, sending_revision = %s, nonce = %s, since = %s "
                "WHERE id = %s AND told = %s AND revision = %s AND sending IS NULL",
                [*astuple(sending), watch.id, watch.told, watch.revision],
            )
            return bool(done.rowcount)

    @override
    def resume(self, watch: Watch, since: float) -> bool:
        if watch.sending is None:
            return False
        with self._changing() as db:
            done = db.execute(
                "UPDATE watches SET since = %s WHERE id = %s AND nonce = %s AND since = %s",
                [since, watch.id, watch.sending.nonce, watch.sending.since],
            )
            return bool(done.rowcount)

    @override
    def finish(self, watch: int, nonce: str) -> None:
        with self._changing() as db:
            db.execute(
                "UPDATE watches SET told = sending, revision = sending_revision, "
                "sending = NULL, sending_revision = NULL, nonce = NULL, since = NULL "
                "WHERE id = %s AND nonce = %s",
                [watch, nonce],
            )

    @override
    def remove(
        self, guild: int, *, channel: int | None = None, topic: str | None = None
    ) -> list[Watch]:
        narrow = {"guild": guild, "channel": channel, "topic": topic}
        given = {name: value for name, value in narrow.items() if value is not None}
        where = " AND ".join(f"{name} = %s" for name in given)
        with self._changing() as db:
            found = db.execute(
                f"DELETE FROM watches WHERE {where} RETURNING {_COLUMNS}",  # noqa: S608 - own names
                list(given.values()),
            )
            gone = sorted(map(_watch, found), key=lambda one: one.id)
            if gone:
                say(db, News("watches", str(guild)))
            return gone


def _rows(db: Connection, where: str, values: list[int]) -> Iterator[Watch]:
    statement = f"SELECT {_COLUMNS} FROM watches WHERE {where} ORDER BY id"  # noqa: S608 - own names
    return map(_watch, db.execute(statement, values))


def _watch(row: TupleRow) -> Watch:
    number, guild, channel, topic, told, revision, what, *rest = row
    sending = Sending(what, *rest) if what is not None else None
    return Watch(number, guild, channel, topic, told, revision, sending)
