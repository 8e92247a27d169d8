"""Watches: which channel is told of which topic, and what it was told last.

One row each, changed by conditions that only one process can meet.
"""

from dataclasses import astuple, dataclass
from typing import Literal

from knowledge.store.session import Found, News, Opening


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


_FIRST = ("guild", "channel", "topic", "told", "revision")
WATCH_COLUMNS = ("id", *_FIRST, "sending", "sending_revision", "nonce", "since")
_COLUMNS = ", ".join(WATCH_COLUMNS)


class Watches:
    """The watches in a database that several processes may share.

    Every method may be called from any thread, and waits for whoever writes. Each raises
    `StoreError` where the database cannot be read or written; nothing is written then.
    """

    def __init__(self, changing: Opening, reading: Opening) -> None:
        """Take the means to write, in a transaction, and to read."""
        self._changing = changing
        self._reading = reading

    def all(self, guild: int | None = None) -> list[Watch]:
        """Return every watch, or those of one server, oldest first."""
        with self._reading() as db:
            if guild is None:
                found = db.find(f"SELECT {_COLUMNS} FROM watches ORDER BY id")  # noqa: S608 - own names
            else:
                found = db.find(_OF_GUILD, guild)
            return list(map(_watch, found))

    def add(self, watch: Watch, most: int) -> Literal["added", "there", "full"]:
        """Add a watch, whose id is given by the database, unless its server has `most` of them."""
        with self._changing() as db:
            # Who counts the watches of a server waits for who adds one there.
            db.take(f"watches of {watch.guild}")
            theirs = list(map(_watch, db.find(_OF_GUILD, watch.guild)))
            if any((one.channel, one.topic) == (watch.channel, watch.topic) for one in theirs):
                return "there"
            if len(theirs) >= most:
                return "full"
            row = (watch.guild, watch.channel, watch.topic, watch.told, watch.revision)
            db.put("watches", _FIRST, [row])
            db.say(News("watches", str(watch.guild)))
            return "added"

    def begin(self, watch: Watch, sending: Sending) -> bool:
        """Claim the next message of a watch; only one of many processes may send it.

        False when the watch is gone, was told something else since, or is being told.
        """
        with self._changing() as db:
            done = db.alter(
                "UPDATE watches SET sending = ?, sending_revision = ?, nonce = ?, since = ? "
                "WHERE id = ? AND told = ? AND revision = ? AND sending IS NULL",
                *astuple(sending),
                *(watch.id, watch.told, watch.revision),
            )
            return bool(done)

    def resume(self, watch: Watch, since: float) -> bool:
        """Take over a message that nobody finished; only one of many processes gets it."""
        if watch.sending is None:
            return False
        with self._changing() as db:
            done = db.alter(
                "UPDATE watches SET since = ? WHERE id = ? AND nonce = ? AND since = ?",
                *(since, watch.id, watch.sending.nonce, watch.sending.since),
            )
            return bool(done)

    def finish(self, watch: int, nonce: str) -> None:
        """Note that a message has arrived."""
        with self._changing() as db:
            db.alter(
                "UPDATE watches SET told = sending, revision = sending_revision, "
                "sending = NULL, sending_revision = NULL, nonce = NULL, since = NULL "
                "WHERE id = ? AND nonce = ?",
                *(watch, nonce),
            )

    def remove(
        self, guild: int, *, channel: int | None = None, topic: str | None = None
    ) -> list[Watch]:
        """Remove the watches of a server, of one channel, or on one topic; return which."""
        narrow = {"guild": guild, "channel": channel, "topic": topic}
        given = {name: value for name, value in narrow.items() if value is not None}
        where = " AND ".join(f"{name} = ?" for name in given)
        with self._changing() as db:
            found = db.find(
                f"DELETE FROM watches WHERE {where} RETURNING {_COLUMNS}",  # noqa: S608 - own names
                *given.values(),
            )
            gone = sorted(map(_watch, found), key=lambda one: one.id)
            if gone:
                db.say(News("watches", str(guild)))
            return gone


_OF_GUILD = f"SELECT {_COLUMNS} FROM watches WHERE guild = ? ORDER BY id"  # noqa: S608 - own names


def _watch(row: Found) -> Watch:
    number, guild, channel, topic, told, revision, what, *rest = row
    sending = Sending(what, *rest) if what is not None else None
    return Watch(number, guild, channel, topic, told, revision, sending)
