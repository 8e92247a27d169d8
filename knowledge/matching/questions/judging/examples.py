"""What a team taught: questions that mean a topic, and when they may speak for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.language import Wanted
from knowledge.matching.questions.judging.evidence import Array
from knowledge.matching.questions.judging.sheets import Sheets
from knowledge.matching.questions.judging.vocabulary import Vocabulary
from knowledge.matching.questions.reading import Question, dates_of
from knowledge.model import Example, Status
from knowledge.reading import DatePhrase
from knowledge.words import Word, is_filling, outside, rarity, wanted, words_of

_SURE = 0.6
"""How surely a word has to be one of a topic's; as in the features."""
_STRANGE, _NAMES = 0.2, 0.7
"""How rare a word is that may name something, and one that surely does, as any with a capital.
Examples say nothing of a question with such a word that neither the topic nor they have; but one
that only may name something counts for the topic where it brings the question nearer to it. Over
twenty subjects left out of the fit, 0.3 for the former brings more wrong answers and no more right
ones, and so does 0.8 for the latter (`bench.fit_confidence --examples 20`)."""
_TELLS = 0.8
"""What the words of an example have to tell together to be found within others; as of names."""
_MOST, _ENOUGH = 0.6, 20
"""By how much examples raise the log odds that their topic is meant, where nothing else is named,
and how many of them raise it so far: who keeps twenty questions of one base has shown that it is
asked for what it holds. Over twenty subjects left out and four draws of twenty, 0.4 brings 1.3 more
right answers of a hundred, 0.6 brings 2.2, and both hardly a wrong one; 0.8 brings no more right
ones, but more wrong ones. As further names and by their vectors they brought none, whatever the
distance."""
_ANY_DAY = date(2000, 1, 1)
"""Where the dates stand in a text does not depend on the day that it is."""

Key = tuple[str, ...]
Gist = tuple[Key, frozenset[Wanted]]
"""The words that a question is about, and what it asks for."""


class Examples:
    """The examples of one place, held against the topics that are judged there.

    Of one question kept twice, for the base and for a server, the server's counts: it comes last.
    """

    def __init__(self, examples: Iterable[Example], sheets: Sheets) -> None:
        kept = [
            (sheets.places[one.topic], one.question)
            for one in examples
            if one.status is Status.ACTIVE and one.topic in sheets.places
        ]
        self._verbatim: dict[Key, int] = {}
        self._gist: dict[Gist, set[int]] = defaultdict(set)
        self._words = Vocabulary(len(sheets.topics))
        self.shift = np.zeros(len(sheets.topics))
        """By how much the examples of each topic raise its log odds where they speak."""
        for at, question in kept:
            whole, about, gist = _read(question)
            self._verbatim[whole] = at
            if gist:
                self._gist[gist].add(at)
            self._words.add(at, [about])
            self.shift[at] = _MOST * min(len(kept) / _ENOUGH, 1)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._verbatim)

    def meant(self, question: Question) -> int | None:
        """Return the place of the topic that a question means word for word.

        Dates and words that belong to talking as such do not count, where enough else is left.
        """
        if not self:
            return None
        if (verbatim := self._verbatim.get(_key(question.words))) is not None:
            return verbatim
        gist = _gist(question.text, question.words, question.dates)
        found = self._gist.get(gist, set()) if gist else set()
        return next(iter(found)) if len(found) == 1 else None

    def holds(self, question: Question) -> bool:
        """Whether a question is an example, word for word."""
        return _key(question.words) in self._verbatim

    def words(self, words: Sequence[Word]) -> Array:
        """Return how surely each word is one of each topic's examples, and of no other topic's."""
        rows = [self._words.row(word) for word in words]
        found: Array = np.array(rows, dtype=float).reshape(len(rows), len(self.shift))
        several = (found > _SURE).sum(axis=1, keepdims=True) > 1
        alone: Array = np.where(several, 0.0, found)
        return alone

    def speak(
        self, words: Sequence[Word], telling: Array, known: Array, rise: Array | None = None
    ) -> NDArray[np.bool_]:
        """Tell of each topic whether a question names nothing that is strange to it.

        `known` tells how surely each word is one of the topic's, or of its examples; `rise` how
        much nearer to the topic the question comes without the word.
        """
        asked = np.array(list(map(_counts, words)), dtype=bool) & (telling >= _STRANGE)
        strange = asked[:, np.newaxis] & (known < _SURE)
        if rise is not None:
            names = np.array([word.capital for word in words], dtype=bool) | (telling >= _NAMES)
            strange &= names[:, np.newaxis] | (rise >= 0)
        may: NDArray[np.bool_] = np.logical_not(strange.any(axis=0))
        return may


@lru_cache(maxsize=4096)
def _read(question: str) -> tuple[Key, str, Gist | None]:
    """Return an example as it is, the words of it that are learnt, and its gist."""
    words = words_of(question)
    about = " ".join(word.text for word in words if not is_filling(word))
    return _key(words), about, _gist(question, words, dates_of(question, _ANY_DAY))


def _gist(text: str, words: Sequence[Word], dates: Sequence[DatePhrase]) -> Gist | None:
    """Return what a question is about; nothing where that is too little."""
    left = outside(words, [(phrase.start, phrase.end) for phrase in dates])
    left = [word for word in left if _counts(word)]
    return (_key(left), wanted(text)) if sum(map(rarity, left)) >= _TELLS else None


def _counts(word: Word) -> bool:
    """Whether a word is not mere talking; a number is not, for "GTA 5" is no "GTA 6"."""
    return word.text.isdigit() or not is_filling(word)


def _key(words: Sequence[Word]) -> Key:
    return tuple(word.text for word in words)
