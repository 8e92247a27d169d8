"""Words of a text: folded to what a reader does not tell apart, and stemmed by their language."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from knowledge.language import DEFAULT, LANGUAGES, UNDERSTOOD, ClauseWords, fold, tables_of
from knowledge.words.recognition import REMEMBERED, languages_of, script_of

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PART = re.compile(r"(?:(?:anti|non|counter|re|pre|co)-)?[^-]+", re.IGNORECASE)
_BETWEEN = str.maketrans(".,()", "    ")
_SHORTEST_STEM = 3
"""Letters that stay of a word whose ending is stripped; chosen by eye: fewer are no word."""
_SHORT = 300
"""Characters of a text whose words are kept in mind; a question has no more (chosen by eye)."""


Stem = tuple[str, str]
"""A language, and the stem of a word in it: stems of two languages say nothing to each other."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start`..`end` of a text: folded, and its stem.

    `capital` tells whether it is written like a name or a code: with a capital or a digit.
    `languages` are those of the text it stands in, the surest first.
    """

    start: int
    end: int
    text: str
    stem: str
    capital: bool = False
    languages: tuple[str, ...] = UNDERSTOOD

    @property
    def cues(self) -> ClauseWords:
        """The words that join, deny and refer in the languages of its text."""
        return tables_of(self.languages).clauses

    @property
    def stems(self) -> tuple[Stem, ...]:
        """Its stems in all the languages that it may be of, the likeliest first."""
        return stems(self.text, self.languages)


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


@cache
def stems(word: str, languages: tuple[str, ...] = UNDERSTOOD) -> tuple[Stem, ...]:
    """Return the stems of a folded word in those of the languages that share its script."""
    script = script_of(word)
    found = [(code, stem(word, code)) for code in languages if LANGUAGES[code].script is script]
    return tuple(found) or ((DEFAULT, word),)


@cache
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word in a language."""
    one = LANGUAGES[language]
    if one.stemmer is not None:
        return str(_stemmer(one.stemmer).stemWord(word.replace("'", "").replace("’", "")))
    for ending in one.endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order.

    Hyphenated parts are words of their own, but for prefixes, which make another word.
    """
    return list(_remembered(text)) if len(text) <= _SHORT else _split(text)


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: str) -> Sequence[Word]:
    return _split(text)


def _split(text: str) -> list[Word]:
    languages = languages_of(text)
    found = []
    for start, part, folded in _parts(text):
        name = part[0].isupper() or any(char.isdigit() for char in folded)
        _, root = stems(folded, languages)[0]
        found.append(Word(start, start + len(part), folded, root, name, languages))
    return found


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are folded, and nothing that needs its language."""
    plain = text.translate(_BETWEEN)
    if plain.isascii() and plain.replace(" ", "").isalnum():
        return tuple(plain.casefold().split())  # as most names of people and outlets are
    return tuple(folded for _, _, folded in _parts(text))


def _parts(text: str) -> Iterator[tuple[int, str, str]]:
    """Go through the words of a text: where each begins, as it stands there, and folded."""
    for match in _WORD.finditer(text):
        for part in _PART.finditer(match.group()):
            folded = fold(part.group().replace("-", "")).removesuffix("'s").removesuffix("’s")
            if folded:
                yield match.start() + part.start(), part.group(), folded


def outside(words: Iterable[Word], spans: Sequence[tuple[int, int]]) -> list[Word]:
    """Return the words that lie in none of the spans."""
    return [
        word
        for word in words
        if not any(start < word.end and word.start < end for start, end in spans)
    ]
