"""Which figures a text means where it names a group, a variant or whatever else narrows them."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from knowledge.library import Entry, Library
from knowledge.model import Topic
from knowledge.words import Word, words_of

Narrowing = tuple[str, str]
"""A dimension, and a value of it."""


class Likeness:
    """Tells which figures of a topic a text means, by the qualifiers of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._elsewhere = lru_cache(maxsize=256)(self._find_elsewhere)

    def among(self, topic: Topic, words: Iterable[Word], entries: Sequence[Entry]) -> list[Entry]:
        """Keep the entries with the qualifiers that a text names; all where it names none.

        What only the figures of another topic have (a model that nothing was measured of here)
        is none of those with another value: who has none of that dimension is kept.
        """
        known = self._elsewhere(self._library.revision, topic.id) if topic.dimensions else ()
        return named_like(words, entries, known)

    def _find_elsewhere(self, _revision: int, key: str) -> frozenset[Narrowing]:
        wanted = {*self._library.topic(key).dimensions}
        return frozenset(
            pair
            for other in self._library.topics.values()
            if wanted & {*other.dimensions}
            for entry in self._library.table(other.id)
            for pair in entry.qualifiers
            if pair[0] in wanted
        )


def named_like(
    words: Iterable[Word], entries: Sequence[Entry], known: Collection[Narrowing] = ()
) -> list[Entry]:
    """Keep the entries with the qualifiers that a text names; all of them where it names none.

    A value without a letter ("2019") is more likely a date there. `known` are values that the
    entries need not have.
    """
    said = {stem for word in words for stem in word.stems}
    own = {pair for entry in entries for pair in entry.qualifiers}
    named = {
        (dimension, value)
        for dimension, value in own.union(known)
        if any(map(str.isalpha, value)) and all(said & set(word.stems) for word in words_of(value))
    }
    had = {dimension for dimension, _ in named & own}
    foreign = {dimension for dimension, _ in named} - had
    return [
        entry
        for entry in entries
        if had <= {dimension for dimension, _ in named & set(entry.qualifiers)}
        and foreign.isdisjoint(dimension for dimension, _ in entry.qualifiers)
    ]
