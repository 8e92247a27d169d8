"""Watches in SQLite: one row each, changed by conditions that only one process can meet."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import astuple
from sqlite3 import Connection
from typing import Literal

from typing_extensions import override

from knowledge.store.watches import Sending, Watch, Watches

_COLUMNS = "id, guild, channel, topic, told, revision"
_SENDING = "sending, sending_revision, nonce, since"

Opening = Callable[[], AbstractContextManager[Connection]]


class SqliteWatches(Watches):
    """The watches in a file that several processes may share."""

    def __init__(self, changing: Opening, reading: Opening) -> None:
        self._changing = changing
        self._reading = reading

    @override
    def all(self, guild: int | None = None) -> list[Watch]:
        with self._reading() as db:
            return list(_rows(db, "guild = ?" if guild else "TRUE", [guild] if guild else []))

    @override
    def add(self, watch: Watch, most: int) -> Literal["added", "there", "full"]:
        with self._changing() as db:
            theirs = list(_rows(db, "guild = ?", [watch.guild]))
            if any((w.channel, w.topic) == (watch.channel, watch.topic) for w in theirs):
                return "there"
            if len(theirs) >= most:
                return "full"
            db.execute(
                "INSERT INTO watches (guild, channel, topic, told, revision) "
                "VALUES (?, ?, ?, ?, ?)",
                [watch.guild, watch.channel, watch.topic, watch.told, watch.revision],
            )
            return "added"

    @override
    def begin(self, watch: Watch, sending: Sending) -> bool:
        with self._changing() as db:
            done = db.execute(
                "UPDATE watches SET sending = ?, sending_revision = ?, nonce = ?, since = ? "
                "WHERE id = ? AND told = ? AND revision = ? AND sending IS NULL",
                [*astuple(sending), watch.id, watch.told, watch.revision],
            )
            return bool(done.rowcount)

    @override
    def resume(self, watch: Watch, since: float) -> bool:
        if watch.sending is None:
            return False
        with self._changing() as db:
            done = db.execute(
                "UPDATE watches SET since = ? WHERE id = ? AND nonce = ? AND since = ?",
                [since, watch.id, watch.sending.nonce, watch.sending.since],
            )
            return bool(done.rowcount)

    @override
    def finish(self, watch: int, nonce: str) -> None:
        with self._changing() as db:
            db.execute(
                "UPDATE watches SET told = sending, revision = sending_revision, "
                "sending = NULL, sending_revision = NULL, nonce = NULL, since = NULL "
                "WHERE id = ? AND nonce = ?",
                [watch, nonce],
            )

    @override
    def remove(
        self, guild: int, *, channel: int | None = None, topic: str | None = None
    ) -> list[Watch]:
        narrow = {"guild": guild, "channel": channel, "topic": topic}
        given = {name: value for name, value in narrow.items() if value is not None}
        where = " AND ".join(f"{name} = ?" for name in given)
        with self._changing() as db:
            gone = list(_rows(db, where, list(given.values())))
            db.execute(f"DELETE FROM watches WHERE {where}", list(given.values()))  # noqa: S608
            return gone


def _rows(db: Connection, where: str, values: list[int | str]) -> Iterator[Watch]:
    found = db.execute(
        f"SELECT {_COLUMNS}, {_SENDING} FROM watches WHERE {where} ORDER BY id",  # noqa: S608
        values,
    )
    for number, guild, channel, topic, told, revision, *rest in found.fetchall():
        sending = Sending(*rest) if rest[0] is not None else None
        yield Watch(number, guild, channel, topic, told, revision, sending)
