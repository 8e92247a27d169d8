"""Watches: which channel is told of which topic, and what it was told last."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import astuple, dataclass
from typing import Literal

from sqlite_utils import Database

_COLUMNS = "id, guild, channel, topic, told, revision"
_SENDING = "sending, sending_revision, nonce, since"

Opening = Callable[[], AbstractContextManager[Database]]


@dataclass(frozen=True, slots=True)
class Sending:
    """A message on its way: what it tells, as of which revision, its nonce, and since when.

    `since` is in seconds since 1970, UTC. The row outlives the process that sends.
    """

    what: str
    revision: int
    nonce: str
    since: float


@dataclass(frozen=True, slots=True)
class Watch:
    """A topic that a channel of a server is told of; `told` is what it was told last."""

    id: int
    guild: int
    channel: int
    topic: str
    told: str
    revision: int
    """The newest revision that `told` rests on."""
    sending: Sending | None = None


class Watches:
    """The watches in a database that several processes may share.

    Every method may be called from any thread, and waits for whoever writes.
    """

    def __init__(self, changing: Opening, reading: Opening) -> None:
        self._changing = changing
        self._reading = reading

    def all(self, guild: int | None = None) -> list[Watch]:
        """Return every watch, or those of one server, oldest first.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._reading() as db:
            return list(_rows(db, "guild = ?" if guild else "TRUE", [guild] if guild else []))

    def add(self, watch: Watch, most: int) -> Literal["added", "there", "full"]:
        """Add a watch, whose id is given by the database, unless its server has `most` of them.

        Raises:
            StoreError: the database cannot be written.
        """
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

    def begin(self, watch: Watch, sending: Sending) -> bool:
        """Claim the next message of a watch; only one of many processes may send it.

        False when the watch is gone, was told something else since, or is being told.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._changing() as db:
            done = db.execute(
                "UPDATE watches SET sending = ?, sending_revision = ?, nonce = ?, since = ? "
                "WHERE id = ? AND told = ? AND revision = ? AND sending IS NULL",
                [*astuple(sending), watch.id, watch.told, watch.revision],
            )
            return bool(done.rowcount)

    def resume(self, watch: Watch, since: float) -> bool:
        """Take over a message that nobody finished; only one of many processes gets it.

        Raises:
            StoreError: the database cannot be written.
        """
        if watch.sending is None:
            return False
        with self._changing() as db:
            done = db.execute(
                "UPDATE watches SET since = ? WHERE id = ? AND nonce = ? AND since = ?",
                [since, watch.id, watch.sending.nonce, watch.sending.since],
            )
            return bool(done.rowcount)

    def finish(self, watch: int, nonce: str) -> None:
        """Note that a message has arrived.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._changing() as db:
            db.execute(
                "UPDATE watches SET told = sending, revision = sending_revision, "
                "sending = NULL, sending_revision = NULL, nonce = NULL, since = NULL "
                "WHERE id = ? AND nonce = ?",
                [watch, nonce],
            )

    def remove(
        self, guild: int, *, channel: int | None = None, topic: str | None = None
    ) -> list[Watch]:
        """Remove the watches of a server, of one channel, or on one topic; return which.

        Raises:
            StoreError: the database cannot be written.
        """
        narrow = {"guild": guild, "channel": channel, "topic": topic}
        given = {name: value for name, value in narrow.items() if value is not None}
        where = " AND ".join(f"{name} = ?" for name in given)
        with self._changing() as db:
            gone = list(_rows(db, where, list(given.values())))
            db.execute(f"DELETE FROM watches WHERE {where}", list(given.values()))  # noqa: S608
            return gone


def _rows(db: Database, where: str, values: list[int | str]) -> Iterator[Watch]:
    found = db.execute(
        f"SELECT {_COLUMNS}, {_SENDING} FROM watches WHERE {where} ORDER BY id",  # noqa: S608
        values,
    )
    for number, guild, channel, topic, told, revision, *rest in found.fetchall():
        sending = Sending(*rest) if rest[0] is not None else None
        yield Watch(number, guild, channel, topic, told, revision, sending)
