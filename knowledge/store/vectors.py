"""Sentence vectors beside the claims they were made from: what is kept, and where to keep it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

TEXT = "text:"
"""Begins what stands in the place of a claim's id for a text that is none: no id has a colon."""


@dataclass(frozen=True, slots=True)
class KeptVector:
    """What a model made of a claim: the digest of the text it read, and the vector's bytes.

    Of a text that is no claim (the name of a topic), `claim` is `TEXT` and its digest.
    """

    claim: str
    digest: str
    vector: bytes


class VectorStore(Protocol):
    """Where vectors are kept between two starts."""

    def vectors(self, model: str) -> Iterator[KeptVector]:
        """Go through the sentence vectors that a model made, as of one moment."""

    def keep_vectors(self, model: str, vectors: Sequence[KeptVector]) -> None:
        """Keep sentence vectors, in place of those the model had made of the same claims.

        Raises:
            StoreError: the database cannot be written; none of them is kept.
        """

    def prune_vectors(self, model: str) -> None:
        """Forget the vectors of other models, and of claims that are no longer there.

        Raises:
            StoreError: the database cannot be written; all of them stay.
        """
