"""Watches: which channel is told of which topic, and what it was told last."""

from dataclasses import dataclass
from typing import Literal, Protocol


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


class Watches(Protocol):
    """The watches in a database that several processes may share.

    Every method may be called from any thread, and waits for whoever writes.
    """

    def all(self, guild: int | None = None) -> list[Watch]:
        """Return every watch, or those of one server, oldest first.

        Raises:
            StoreError: the database cannot be read.
        """

    def add(self, watch: Watch, most: int) -> Literal["added", "there", "full"]:
        """Add a watch, whose id is given by the database, unless its server has `most` of them.

        Raises:
            StoreError: the database cannot be written.
        """

    def begin(self, watch: Watch, sending: Sending) -> bool:
        """Claim the next message of a watch; only one of many processes may send it.

        False when the watch is gone, was told something else since, or is being told.

        Raises:
            StoreError: the database cannot be written.
        """

    def resume(self, watch: Watch, since: float) -> bool:
        """Take over a message that nobody finished; only one of many processes gets it.

        Raises:
            StoreError: the database cannot be written.
        """

    def finish(self, watch: int, nonce: str) -> None:
        """Note that a message has arrived.

        Raises:
            StoreError: the database cannot be written.
        """

    def remove(
        self, guild: int, *, channel: int | None = None, topic: str | None = None
    ) -> list[Watch]:
        """Remove the watches of a server, of one channel, or on one topic; return which.

        Raises:
            StoreError: the database cannot be written.
        """
