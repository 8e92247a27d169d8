"""Speech: which words of a question only talk, and which turn it to something else."""

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import fuzz, process

from knowledge.language.folding import fold
from knowledge.language.languages import DEFAULT, LANGUAGES, stop_words
from knowledge.language.words import Word, stems

_SHORTEST_SLIP: Final = 7
"""Letters of a word that may be misspelt speech; chosen by eye, as is the likeness below:
shorter words and looser ones are mostly other words."""
_SLIP_CUTOFF: Final = 85.0
_LONGEST_SYLLABLES: Final = 4
"""Syllables of a Korean word that may be speech before its particles: the longest word listed."""


@cache
def _subject() -> dict[str, list[str]]:
    """Read which words mean something in the shipped subject."""
    text = files("knowledge").joinpath("curated", "words.json").read_text("utf-8")
    found: dict[str, list[str]] = json.loads(text)["speech"]
    return found


@cache
def _speech(language: str) -> frozenset[str]:
    listed = stop_words(language) - set(_subject()["meaningful"])
    return frozenset(listed | LANGUAGES[language].questions.speech)


def is_speech(word: Word) -> bool:
    """Whether a word belongs to talking as such and names no subject."""
    languages = word.languages
    if "ko" in languages and any(
        word.text[:end] in _speech("ko") for end in range(1, _LONGEST_SYLLABLES + 1)
    ):
        return True
    return word.text.isdigit() or any(word.text in _speech(one) for one in languages)


@lru_cache(maxsize=4096)
def is_slip(text: str) -> bool:
    """Whether a long word that nothing else explains is misspelt speech ("beetween")."""
    if len(text) < _SHORTEST_SLIP or not text.isascii():
        return False
    best = process.extractOne(text, _speech(DEFAULT), scorer=fuzz.ratio, score_cutoff=_SLIP_CUTOFF)
    return best is not None and best[0][0] == text[0] and len(best[0]) >= _SHORTEST_SLIP - 1


@cache
def _turning() -> frozenset[str]:
    return frozenset(root for word in _subject()["turning"] for _, root in stems(fold(word)))


def turns(word: Word) -> bool:
    """Whether a word turns a question to something else than the thing it names.

    These are losses, money, possession or persons: where a topic does not hold them, the question
    is about something else, however well the rest fits. What another language than English only
    says in passing turns nothing: the German "die" kills nobody.
    """
    leading = word.languages[0]
    if leading != DEFAULT and word.text in _speech(leading):
        return False
    if "가" <= word.text[0] <= "힣":
        return any(word.text[:end] in _turning() for end in range(2, _LONGEST_SYLLABLES + 1))
    return word.stem in _turning()
