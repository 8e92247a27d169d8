"""Tells whether a share is of those to which a topic applies, or of all others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from knowledge.matching.checking.assertions import Assertion, denied_words, lacked_words
from knowledge.matching.questions import names_of, units_of
from knowledge.model import Topic
from knowledge.words import Stem, Word, is_filling, words_of

_BEGINNING: Final = 5
_MOSTLY: Final = 0.6
"""How many letters, and what share of them, two forms of a word begin with alike; by eye."""


@dataclass(frozen=True, slots=True)
class Polarity:
    """The stems that a topic's names have under a denial, or behind "un", and those without.

    A topic that is named by a denial, in any language ("that do not work", "without power"), tells
    which words need one. Where a message denies these too, both say the same; what else it denies
    is the opposite where the topic is named by it ("are not duds").
    """

    needing: frozenset[Stem]
    plain: frozenset[Stem]

    def is_contrary(self, one: Assertion) -> bool:
        """Whether a share is of those to which the opposite of the topic applies."""
        lacked = lacked_words(one.behind)
        if not self.needing:
            return one.denied or _hold(lacked, self.plain)
        if one.denied or lacked:
            denied = (*denied_words(one.behind), *lacked)
            return not _hold(one.behind, self.needing) and _hold(denied, self.plain)
        told = one.behind if _hold(one.behind, self.needing | self.plain) else one.before
        return _hold(told, self.needing)


def polarity_of(topic: Topic) -> Polarity:
    """Find what of a topic's names needs a denial: nothing that its title says without one."""
    phrases = [words_of(phrase) for phrase in names_of(topic)]
    denied = _stems(word for words in phrases for word in _denied(words))
    texts = {word.text: word.stems for words in phrases for word in words}
    opposite = {stem for text, stems in texts.items() if f"un{text}" in texts for stem in stems}
    title = words_of(topic.title)
    affirmed = _stems(title) - _stems(_denied(title))
    needing = (denied | opposite) - affirmed
    things = _stems(word for unit in units_of(topic) for word in words_of(unit))
    told = _stems(word for words in phrases for word in words if not is_filling(word))
    return Polarity(frozenset(needing), frozenset(told - needing - things))


def _denied(words: Sequence[Word]) -> list[Word]:
    return [*denied_words(words), *lacked_words(words)]


def _stems(words: Iterable[Word]) -> set[Stem]:
    return {stem for word in words for stem in word.stems}


def _hold(words: Iterable[Word], stems: frozenset[Stem]) -> bool:
    """Whether one of these stems is among some words, be it in a form that has another stem."""
    return any(_alike(said, known) for word in words for said in word.stems for known in stems)


def _alike(one: Stem, other: Stem) -> bool:
    """Whether two stems are of one word: "funktioniert" and "funktionieren" have two."""
    if one == other:
        return True
    pairs = zip(one[1], other[1], strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    lengths = sorted((len(one[1]), len(other[1])))
    if "가" <= one[1][0] <= "힣":
        # Particles are glued to a word of Hangul, and are no letters of its own.
        return shared == lengths[0] > 1
    return one[0] == other[0] and shared >= max(_BEGINNING, _MOSTLY * lengths[1])
