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
_MOST = 64
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
        found = [one for one in encoder.encode_words(names, stated) if len(one)]
        self._at_large, self._starts = exact(found), _starts(found)

    def held(self, words: Vectors, nearness: Array) -> Aligned:
        """Hold the words of a question against the topics that it is nearest to as a whole."""
        size = len(self._topics)
        asked = less(words, self._asked)
        near = np.sort(np.argsort(-nearness, kind="stable")[:_MOST])
        topics = [self._topics[at] for at in near]
        nearest, named = np.zeros((len(words), size)), np.zeros(size)
        if not len(words) or not topics:
            return Aligned(nearest, nearest, named)
        cosines = asked @ exact([one.words for one in topics]).T
        starts = _starts([one.words for one in topics])
        found = np.maximum.reduceat(cosines, starts, axis=1)
        nearest[:] = found.min(axis=1, keepdims=True)
        nearest[:, near] = found
        most = cosines.max(axis=0)
        parts = [one.spelled(most[at:]) for one, at in zip(topics, starts, strict=True)]
        named[:] = min(parts)
        named[near] = parts
        chance = np.maximum.reduceat(asked @ self._at_large.T, self._starts, axis=1)
        mean, spread = chance.mean(axis=1, keepdims=True), chance.std(axis=1, keepdims=True)
        return Aligned(nearest, (nearest - mean) / np.maximum(spread, 1e-6), named)


class _Topic:
    """The words of one topic, those of its names first."""

    def __init__(self, sheets: Sheets, at: int, words: Sequence[Words]) -> None:
        self.words = np.concatenate(words)
        self._names: list[tuple[int, Array]] = []
        start = 0
        for name in names_of(sheets.topics[at]):
            tell = np.array([max(rarity(word), LEAST_TELLING) for word in words_of(name)])
            if len(tell):
                self._names.append((start, tell / tell.sum()))
            start += len(tell)
        if not len(self.words):
            self.words = np.zeros((1, self.words.shape[1]), dtype=np.int8)

    def spelled(self, nearness: Array) -> float:
        """Return how near one of the names is, at best, by how near each word is."""
        return max(
            (float(nearness[at : at + len(tell)] @ tell) for at, tell in self._names), default=-1.0
        )


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
