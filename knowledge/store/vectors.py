"""Sentence vectors by the text that they were made of: what is kept, and where to keep it.

Two claims of one text share a vector, in whatever places they are.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from knowledge.store.turns import Turns


@dataclass(frozen=True, slots=True)
class KeptVector:
    """What a model made of a text: the digest of what it read, and the vector's bytes."""

    digest: str
    vector: bytes


class VectorStore(Protocol):
    """Where vectors are kept between two starts."""

    @property
    def turns(self) -> Turns:
        """Who of several processes does what only one of them is to do at a time."""

    def vectors(self, model: str) -> Iterator[KeptVector]:
        """Go through the sentence vectors that a model made, as of one moment."""

    def vectors_of(self, model: str, texts: Collection[str]) -> list[KeptVector]:
        """Return the vectors that a model made of some texts, named by digest.

        Raises:
            StoreError: the database cannot be read.
        """

    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        """Keep sentence vectors, in place of those the model had made of the same texts.

        Raises:
            StoreError: the database cannot be written; none of them is kept.
        """

    def prune_vectors(self, model: str, texts: Collection[str]) -> None:
        """Forget the vectors of other models, and of all texts but these, named by digest.

        Raises:
            StoreError: the database cannot be written; all of them stay.
        """
