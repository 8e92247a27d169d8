"""What a sentence encoder is to the program, whatever engine runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
DEFAULT_MODEL = "multilingual-e5-small"
"""The model whose weights are installed with the program."""
READING = "2"
"""Another mark whenever a text is read otherwise: vectors made before are not to be compared."""
QUESTION_TOKENS = 128
"""Where questions are cut off: some 90 words, five times the length of a long question."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text means, and what its words mean where they stand."""

    texts: Vectors
    """Unit vectors of the text, and of it less what it holds of each word; (1 + words, size)."""
    words: Vectors
    """Of each word, as it stands here, of any length; zeros where that is not known."""


class Encoder(Protocol):
    """Turns texts into vectors whose products tell how near the texts are in meaning.

    Safe to use from several threads.
    """

    @property
    def name(self) -> str:
        """What vectors are kept under: differs wherever two vectors cannot be compared."""

    @property
    def size(self) -> int:
        """How many numbers a vector has."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions; shape (len(texts), size)."""

    def encode_parts(self, text: str, words: Sequence[str], *, asked: bool = True) -> Parts:
        """What a question, or with `asked=False` a passage, and each of its words mean.

        The words stand in the text one after the other. Beside encoding it they cost no time.
        """

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of what questions are asked about; shape (len(texts), size)."""


def parts_of(hidden: Vectors, tokens: Sequence[Sequence[int]]) -> Parts:
    """A text by the vectors of its tokens, and by which of them are of each word."""
    total = hidden.sum(axis=0)
    sums = [hidden[list(some)].sum(axis=0) for some in tokens]
    rest = [
        total - one if 0 < len(some) < len(hidden) else total
        for one, some in zip(sums, tokens, strict=True)
    ]
    words = [one / max(len(some), 1) for one, some in zip(sums, tokens, strict=True)]
    shape = (len(words), hidden.shape[1])
    return Parts(unit(np.stack([total, *rest])), np.array(words, dtype=np.float32).reshape(shape))


def tokens_of(
    spans: Sequence[tuple[int, int]], text: str, words: Sequence[str], start: int
) -> list[list[int]]:
    """Find each word in a text from `start` on, and which tokens reach into it."""
    lower = text.lower()
    found: list[list[int]] = []
    for word in words:
        at = lower.find(plain(word).lower(), start)
        end = at + len(word)
        if at < 0:
            found.append([])
            continue
        found.append([place for place, (a, b) in enumerate(spans) if a < end and at < b])
        start = end
    return found


def plain(text: str) -> str:
    """The text with marks of quotation of one kind.

    To a model "this" and 'this' are two texts, as far apart as others that differ in a word.
    """
    return text.translate(_QUOTES)


_QUOTES = str.maketrans(dict.fromkeys('"`´‘’‚‛“”„‟«»‹›', "'"))


def unit(vectors: Vectors) -> Vectors:
    """Vectors of length 1; one of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled
