"""How rare a word is in the language at large: what everybody says all the time tells nothing."""

import gzip
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgpack

from knowledge.language import DEFAULT, LANGUAGES, stop_words
from knowledge.words.splitting import Word

RAREST = 3.8 / 3
"""What a word tells at most: one that is rarer still is as telling."""
_COMMON = 6.3
"""Zipf frequency of "the" and its like (once in 500 words), from which on a word tells nothing."""
_SHORT_NUMBER, _NUMBER = 5.0, 3.5
"""Zipf frequencies taken for numbers of one or two digits and for longer ones, by eye."""
_PARTS = 1
"""Letters of the shortest part of a compound, less one: a single letter is part of nothing."""
_ONCE_IN_A_BILLION = 9.0
_CENTIBELS = 100.0
"""A Zipf frequency is in powers of ten from once in a billion words; wordfreq keeps hundredths."""


@cache
def _zipfs(language: str) -> Mapping[str, float]:
    """Return the words of a language, each with its Zipf frequency.

    They are read as wordfreq keeps them, in lists of words that are as common, a hundredth of a
    power of ten apart (`wordfreq.read_cBpack` explains it): the library itself brings what it reads
    texts with, and takes a tenth of a second to load.
    """
    found = find_spec("wordfreq")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("wordfreq is not installed", name="wordfreq")
    # The short list holds what occurs once in a million words; rarer words weigh alike.
    path = Path(found.origin).parent / "data" / f"small_{language}.msgpack.gz"
    _, *lists = msgpack.unpackb(gzip.decompress(path.read_bytes()))
    zipfs: dict[str, float] = {}
    for at, words in enumerate(lists):
        zipfs.update(dict.fromkeys(words, _ONCE_IN_A_BILLION - at / _CENTIBELS))
    return zipfs


def _zipf(word: str, language: str) -> float:
    known = _zipfs(language)
    found = known.get(word)
    if found is None and language == "ko":
        # Hangul glues particles to the word: its longest known beginning counts.
        starts = (word[:end] for end in range(len(word) - 1, _PARTS, -1))
        found = next((known[start] for start in starts if start in known), None)
    return found or 0.0


@lru_cache(maxsize=16_384)
def zipf(word: str, languages: Sequence[str]) -> float:
    """Return the decimal logarithm of how often a word occurs in a billion, where most often."""
    if word.isdigit():
        return _SHORT_NUMBER if len(word) <= 2 else _NUMBER  # noqa: PLR2004  (digits, as said)
    return max(_zipf(word, language) for language in languages)


def rarity(word: Word) -> float:
    """Return how much a word tells: 0 of the commonest ones, `RAREST` at most."""
    return min(max(_COMMON - zipf(word.text, word.languages), 0.0) / 3, RAREST)


def is_foreign(words: Sequence[Word]) -> bool:
    """Whether a sentence is in another language than English."""
    return bool(words) and words[0].languages[0] != DEFAULT


def is_filling(word: Word) -> bool:
    """Whether a word belongs to talking as such, in a language of its text, and names nothing."""
    return word.text.isdigit() or any(
        word.text in stop_words(code) or word.text in LANGUAGES[code].questions.speech
        for code in word.languages
    )
