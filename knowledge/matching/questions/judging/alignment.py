"""Each word of a question beside the words of each topic, as they are meant where they stand."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from knowledge.matching.questions.judging.evidence import Aligned, Array
from knowledge.matching.questions.judging.sheets import LEAST_TELLING, Sheets, names_of, summary_of
from knowledge.matching.retrieval import Spelled, Vectors, Words, exact, less
from knowledge.words import rarity, words_of

CLAIMS = 5
"""Claims of a topic whose words are held: with all of them right answers are fewer, not more."""
MOST_TOPICS = 64
"""Topics of which each word is held against the question's: the nearest ones, in a large base."""


class WordEncoder(Protocol):
    """What is asked of the vectors of words."""

    def middle_of(self, texts: Sequence[Spelled], *, asked: bool) -> Vectors:
        """The mean of all words of some texts, which are encoded once; shape (size,)."""

    def encode_words(self, texts: Sequence[Spelled], middle: Vectors) -> list[Words]:
        """What the words of passages mean, less a middle; each text is encoded once."""


class Alignment:
    """The words of all topics of a base."""

    def __init__(
        self, encoder: WordEncoder, sheets: Sheets, at_large: dict[str, list[str]]
    ) -> None:
        """Encode them; `at_large` are questions, names and claims about anything."""
        asked, names, claims = (
            [spelled(text) for text in at_large[kind]] for kind in ("asked", "names", "claims")
        )
        # Without what all words share, which is most of a vector, none would be near or far.
        self._asked = encoder.middle_of(asked, asked=True)
        stated = encoder.middle_of([*names, *claims], asked=False)
        self._topics = [
            _Topic(sheets, at, encoder.encode_words(_texts_of(sheets, at), stated))
            for at in range(len(sheets.topics))
        ]
        self._together = _Stack(self._topics) if len(self._topics) <= MOST_TOPICS else None
        found = [one for one in encoder.encode_words(names, stated) if len(one)]
        self._at_large, self._starts = exact(found), _starts(found)

    def held(self, words: Vectors, nearness: Array) -> Aligned:
        """Hold the words of a question against the topics that it is nearest to as a whole."""
        size = len(self._topics)
        asked = less(words, self._asked)
        nearest, named = np.zeros((len(words), size)), np.zeros(size)
        if not len(words) or not size:
            return Aligned(nearest, nearest, named)
        near = np.sort(np.argsort(-nearness, kind="stable")[:MOST_TOPICS])
        held = self._together or _Stack([self._topics[at] for at in near])
        found, parts = held.against(asked)
        nearest[:] = found.min(axis=1, keepdims=True)
        nearest[:, near] = found
        named[:] = parts.min()
        named[near] = parts
        chance = np.maximum.reduceat(asked @ self._at_large.T, self._starts, axis=1)
        mean, spread = chance.mean(axis=1, keepdims=True), chance.std(axis=1, keepdims=True)
        return Aligned(nearest, (nearest - mean) / np.maximum(spread, 1e-6), named)


class _Topic:
    """The words of one topic, those of its names first."""

    def __init__(self, sheets: Sheets, at: int, words: Sequence[Words]) -> None:
        self.words = np.concatenate(words)
        names = [words_of(name) for name in names_of(sheets.topics[at])]
        tells = [np.array([max(rarity(word), LEAST_TELLING) for word in name]) for name in names]
        tells = [tell / tell.sum() for tell in tells if len(tell)]
        if not len(self.words):
            self.words = np.zeros((1, self.words.shape[1]), dtype=np.int8)
        self.names = [len(tell) for tell in tells]
        """How many words each of its names has."""
        self.tells = np.concatenate((*tells, np.zeros(len(self.words) - sum(self.names))))
        """What share of a name each word is; nought of words that stand elsewhere."""


class _Stack:
    """The words of some topics, ready to be held against those of a question."""

    def __init__(self, topics: Sequence[_Topic]) -> None:
        self._words = exact([one.words for one in topics])
        self._starts = _starts([one.words for one in topics])
        self._tells = np.concatenate([one.tells for one in topics])
        # The last name of a topic runs on to its end: its other words tell nought.
        self._parts = [
            start + before
            for start, one in zip(self._starts, topics, strict=True)
            for before in np.cumsum([0, *one.names])[: len(one.names) or 1].tolist()
        ]
        self._owners = np.cumsum([0, *(len(one.names) or 1 for one in topics)])[:-1]
        self._nameless = np.array([not one.names for one in topics])

    def against(self, asked: Vectors) -> tuple[Vectors, Array]:
        """Return how near each word comes to each topic, and each topic's names to the words."""
        cosines = asked @ self._words.T
        found: Vectors = np.maximum.reduceat(cosines, self._starts, axis=1)
        parts = np.add.reduceat(cosines.max(axis=0) * self._tells, self._parts)
        return found, np.where(self._nameless, -1.0, np.maximum.reduceat(parts, self._owners))


def _texts_of(sheets: Sheets, at: int) -> list[Spelled]:
    """Return what is written of a topic; its names come first."""
    topic = sheets.topics[at]
    claims = [sheets.known[one].statement for one in sheets.claims[at][:CLAIMS]]
    return [spelled(text) for text in (*names_of(topic), summary_of(topic), *claims)]


def spelled(text: str) -> Spelled:
    """Return a text and its words."""
    return Spelled(text, tuple(text[word.start : word.end] for word in words_of(text)))


def _starts(words: Sequence[Words]) -> list[int]:
    return [0, *np.cumsum([len(one) for one in words])[:-1].tolist()]
