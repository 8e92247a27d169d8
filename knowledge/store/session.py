"""One connection to a database, as every engine's: statements with `?` for values, said alike."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Literal, NamedTuple

Found = tuple[Any, ...]
"""A row as it comes: what its columns hold, only the statement says."""


class News(NamedTuple):
    """What a commit says of itself: which part of the database was written, in which place."""

    part: Literal["records", "ledger", "watches", "everything"]
    """`everything` where nobody heard for a while: it may have been any of them."""
    place: str | None = None


class Session(ABC):
    """A connection that one thread uses; where an engine has its own way, it is named here."""

    AMONG: ClassVar[str]
    """Follows an expression that is to be one of many values; `listed` makes its one value."""
    COUNTED: ClassVar[str]
    """The column by which the rows of `asked` are in the order in which they came."""

    @staticmethod
    @abstractmethod
    def listed(values: Collection[str]) -> object:
        """Return many values as the one that `AMONG` takes."""

    @abstractmethod
    def find(self, statement: str, *values: object) -> Iterator[Found]:
        """Ask for a few rows at once; they are waited for when they are gone through."""

    @abstractmethod
    def stream(self, statement: str, *values: object) -> Iterator[Found]:
        """Go through many rows without holding them all, where that can be."""

    @abstractmethod
    def alter(self, statement: str, *values: object) -> int:
        """Change rows; return how many."""

    @abstractmethod
    def put(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Insert rows, many as quickly as few; return how many there were."""

    @abstractmethod
    def together(self, rows: int) -> AbstractContextManager[object]:
        """Send statements without waiting for each answer, unless they write very many rows."""

    @abstractmethod
    def take(self, name: str) -> None:
        """Wait in a transaction until no other one has taken the same, and have it to its end."""

    @abstractmethod
    def now(self) -> float:
        """Return the time by the clock that all processes on the database share."""

    @abstractmethod
    def say(self, news: News) -> None:
        """Let every process hear of the transaction once it is committed."""

    def one(self, statement: str, *values: object) -> Found | None:
        """Return the first row, or nothing."""
        return next(self.find(statement, *values), None)

    def noted(self, key: str) -> str:
        """Return what the database notes of itself, or nothing."""
        row = self.one("SELECT value FROM meta WHERE key = ?", key)
        return str(row[0]) if row else ""

    def note(self, key: str, value: str) -> None:
        """Note something of the database, in place of what was noted so."""
        self.alter(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value,
        )


Opening = Callable[[], AbstractContextManager[Session]]
"""Lends a session; whatever goes wrong in it is a `StoreError`."""
