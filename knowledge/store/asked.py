"""What each server asked in vain, as it is kept for its curators: no record, and soon deleted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol


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


class AskedInVain(Protocol):
    """The questions of every server that found nothing.

    Every method may be called from any thread, and raises `StoreError` where the database cannot
    be used; nothing is written then.
    """

    def note(self, guild: int, key: str, question: str, day: date, most: int) -> None:
        """Count a question. Of more than `most` rows of a server the oldest are deleted."""

    def press(self, guild: int, key: str, topic: str, day: date) -> None:
        """Count that the offer of a topic was pressed, if the question is kept."""

    def of(self, guild: int, since: date) -> list[Asked]:
        """Return what a server has asked since a day."""

    def forget(self, guild: int, keys: Collection[str] | None = None) -> int:
        """Delete questions of a server, or all of them; return how many rows that were."""

    def prune(self, before: date) -> int:
        """Delete what was asked before a day, in every server; return how many rows that were."""
