"""The words of a base, by topic: where a word of a question may come from, despite its form."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.words import Stem, Word, stems, words_of

Row = NDArray[np.float32]

_SHORTEST_OWNER = 2
_SHORTEST_TYPO = 4
_TYPO_CUTOFF = 80.0
_TYPO_SHARE = 0.95
_LONGEST_SLIP = 2
"""Letters by which a misspelt word is longer or shorter than the one that was meant."""
_PART, _SHORTEST_PART, _SHORTEST_COMPOUND = 0.8, 5, 7
_BEGINNING, _SHORTEST_BEGINNING = 0.7, 4
_SYLLABLE = 0.7
"""How surely a word is the known one: as part of a compound, as its beginning, as one syllable of
Hangul. All by eye; what follows from them is fitted."""


class Vocabulary:
    """Words, each with the topics that use it.

    A word is found again in another grammatical form, misspelt, joined with its neighbour, as a
    part of a compound, and cut short.
    """

    def __init__(self, topics: int) -> None:
        self._size = topics
        self._topics: dict[Stem, set[int]] = defaultdict(set)
        self._stems: dict[str, tuple[Stem, ...]] = {}
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        self._row = lru_cache(maxsize=4096)(self._found)

    def add(self, topic: int, texts: Iterable[str]) -> None:
        """Note the words of texts on a topic."""
        for text in texts:
            words = words_of(text)
            for word in words:
                self._note(topic, word.text, word.stems)
            for one, other in pairwise(words):
                both = one.text + other.text
                self._note(topic, both, stems(both, one.languages))
        self._row.cache_clear()

    def _note(self, topic: int, text: str, roots: tuple[Stem, ...]) -> None:
        for root in roots:
            self._topics[root].add(topic)
        if text not in self._stems:
            self._stems[text] = roots
            self._alike[text[0], len(text)].append(text)
            if len(text) > _SHORTEST_BEGINNING:
                self._beginnings[text[:_SHORTEST_BEGINNING]].append(text)

    def row(self, word: Word) -> Row:
        """Return how surely a word is one of each topic's, from 0 to 1. Not to be written to."""
        return self._row(word.text, word.stems)

    def _found(self, text: str, roots: tuple[Stem, ...]) -> Row:
        row = np.zeros(self._size, dtype=np.float32)
        for known, quality in self._likely(text, roots).items():
            topics = np.fromiter(self._topics[known], dtype=np.intp)
            row[topics] = np.maximum(row[topics], quality)
        row.flags.writeable = False
        return row

    def _likely(self, text: str, roots: tuple[Stem, ...]) -> dict[Stem, float]:
        found = {root: 1.0 for root in roots if root in self._topics}

        def note(spelling: str, quality: float) -> None:
            for known in self._stems[spelling]:
                found[known] = max(found.get(known, 0.0), quality)

        if text in self._stems:
            note(text, 1.0)
        for spelling, quality in self._other_forms(text):
            note(spelling, quality)
        return found

    def _other_forms(self, text: str) -> Iterable[tuple[str, float]]:
        """Yield known words that may be meant by another one, and how surely they are."""
        if "가" <= text[0] <= "힣":
            starts = (text[:end] for end in range(len(text), 0, -1))
            found = next((start for start in starts if start in self._stems), "")
            if found:
                yield found, 1.0 if len(found) > 1 else _SYLLABLE
            return
        # "bps": a stemmer takes no ending off what has no vowel.
        if text.endswith("s") and len(text) > _SHORTEST_OWNER and text[:-1] in self._stems:
            yield text[:-1], 1.0
        yield from self._respelt(text)
        for part in self._parts(text):
            yield part, _PART
        if len(text) >= _SHORTEST_BEGINNING:
            for longer in self._beginnings.get(text[:_SHORTEST_BEGINNING], ()):
                if longer.startswith(text):
                    yield longer, _BEGINNING

    def _respelt(self, text: str) -> Iterable[tuple[str, float]]:
        if len(text) < _SHORTEST_TYPO or not text.isalpha():
            return
        lengths = range(len(text) - _LONGEST_SLIP, len(text) + _LONGEST_SLIP + 1)
        near = [known for size in lengths for known in self._alike.get((text[0], size), ())]
        for known, score, _ in process.extract(
            text, near, scorer=fuzz.ratio, score_cutoff=_TYPO_CUTOFF, limit=5
        ):
            yield known, score / 100 * _TYPO_SHARE

    def _parts(self, text: str) -> Iterable[str]:
        if len(text) < _SHORTEST_COMPOUND:
            return
        for start in range(len(text) - _SHORTEST_PART + 1):
            for end in range(start + _SHORTEST_PART, len(text) + 1):
                if (part := text[start:end]) in self._stems:
                    yield part
