"""Countries in a text: which ones a sentence names, by name, people, capital or abbreviation."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz

from knowledge.language import UNDERSTOOD, tables_of

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\.?")
_STEM = 4
_ENDING = 5
"""Letters that begin a name that grammar may change, and that it may add; chosen by eye, so that
"Iranian" and "корейських" are found."""
_BEGUN = 2
"""Latin letters from which on a name is looked for in every language; one alone begins too many."""
_SLIP = 75.0
"""The likeness of a misspelt word to one of two ("Soth Korea"); chosen by eye."""


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named at `start`..`end` of a text, by its ISO 3166-1 alpha-2 code.

    `land` is the part of it that is named, such as Scotland, and `capital` whether its capital is.
    """

    start: int
    end: int
    code: str
    land: str | None = None
    capital: bool = False


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    text = files("knowledge.reading").joinpath("gazetteer.json").read_text("utf-8")
    read: dict[str, dict[str, list[str]]] = json.loads(text)
    return read


def _gazetteer() -> dict[str, list[str]]:
    return _read()["names"]


@cache
def _parts() -> dict[str, str]:
    """Return what parts of countries are called, and which land each name is of."""
    return {
        name.casefold(): land for land, some in _read()["lands"].items() for name in (land, *some)
    }


@cache
def _capitals() -> frozenset[str]:
    return frozenset(name.casefold() for some in _read()["capitals"].values() for name in some)


@cache
def _names() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for code, spellings in _gazetteer().items():
        for spelling in spellings:
            words = tuple(_bare(word) for word in _WORD.findall(spelling))
            names.setdefault(words, code)
    return names


@cache
def _stems() -> dict[str, list[tuple[str, str]]]:
    """Single-word names by their first letters, for the forms that grammar makes of them."""
    stems: dict[str, list[tuple[str, str]]] = {}
    for words, code in _names().items():
        if len(words) == 1 and len(words[0]) >= _STEM:
            stems.setdefault(words[0][:_STEM], []).append((words[0], code))
    return stems


def _bare(word: str) -> str:
    return word.replace(".", "").replace("’", "'").casefold().removesuffix("'s")


def country_name(code: str) -> str:
    """Return the English short name of a country; an unknown code stands for itself."""
    return _gazetteer().get(code, [code])[0]


def country_code(text: str) -> str | None:
    """Return the code of a country where a text is that code and nothing else: "KR"."""
    code = text.strip().upper()
    return code if code in _gazetteer() else None


def begins_country(code: str, text: str) -> bool:
    """Whether a text begins a name of a country in some language, or a word of one."""
    typed = text.strip().casefold()
    if len(typed) < _BEGUN and typed.isascii():
        return not typed or country_name(code).casefold().startswith(typed)
    names = (name.casefold() for name in _gazetteer().get(code, ()))
    return any(name.startswith(typed) or f" {typed}" in name for name in names)


def find_countries(text: str) -> list[CountryMention]:
    """Return every country named in a text, longest names first, none overlapping.

    An abbreviation of two letters counts in capitals, or after an article ("the us"): in
    lower case it is mostly another word.
    """
    words = [
        _Token(match.start(), match.end(), match.group(), _bare(match.group()))
        for match in _WORD.finditer(text)
    ]
    found = []
    at = 0
    while at < len(words):
        length, code = _longest_name(words, at)
        if code:
            start, end = words[at].start, words[at + length - 1].end
            named = " ".join(word.bare for word in words[at : at + length])
            land, capital = _parts().get(named), named in _capitals()
            found.append(CountryMention(start, end, code, land, capital))
        at += max(length, 1)
    return found


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    bare: str


def _longest_name(words: Sequence[_Token], at: int) -> tuple[int, str | None]:
    here = words[at]
    # A slip may be in the first of two words, so two are always looked at.
    longest = max(_longest_from().get(here.bare, 1), 2)
    for length in range(min(longest, len(words) - at), 0, -1):
        key = tuple(word.bare for word in words[at : at + length])
        code = _names().get(key) or _misspelt(key)
        if code and not (length == 1 and _is_other_word(words, at)):
            return length, code
    if here.bare == "us" and (here.text.isupper() or _follows_article(words, at)):
        return 1, "US"
    return 1, _inflected(here.bare)


@cache
def _longest_from() -> dict[str, int]:
    """By the first word of a name, how many words the longest one has."""
    longest: dict[str, int] = {}
    for words in _names():
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _follows_article(words: Sequence[_Token], at: int) -> bool:
    return at > 0 and words[at - 1].bare == "the"


def _misspelt(key: tuple[str, ...]) -> str | None:
    """Forgive a slip in one of two words: alone, a near miss is mostly another word."""
    if len(key) != 2:  # noqa: PLR2004  (two words, as said)
        return None
    first, second = key
    for at, kept, typed in ((0, first, second), (1, second, first)):
        for other, code in _partners().get((at, kept), ()):
            if fuzz.ratio(typed, other) >= _SLIP:
                return code
    return None


@cache
def _partners() -> dict[tuple[int, str], list[tuple[str, str]]]:
    """The names of two words: by the place of one word and the word, the other and the code."""
    partners: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for words, code in _names().items():
        if len(words) == 2:  # noqa: PLR2004
            partners.setdefault((0, words[0]), []).append((words[1], code))
            partners.setdefault((1, words[1]), []).append((words[0], code))
    return partners


def _is_other_word(words: Sequence[_Token], at: int) -> bool:
    word = words[at]
    if len(word.bare) > 2 or not word.text.isascii():  # noqa: PLR2004  (two letters, as documented)
        return False
    return not (word.text.isupper() or _follows_article(words, at) or word.bare == "nk")


@lru_cache(maxsize=4_096)
def _inflected(word: str) -> str | None:
    """Find the country of which a word is a grammatical form, such as a demonym."""
    words = tables_of(UNDERSTOOD).questions
    vowels = words.case_vowels
    for name, owner in _stems().get(word[:_STEM], []):
        falls = len(name) > _STEM + 1 and name[-1] in vowels
        root = name[:-1] if falls else name
        if word.startswith(root) and len(word) - len(root) <= _ENDING:
            return owner
    for ending in words.particles:
        if word.endswith(ending) and (code := _names().get((word.removesuffix(ending),))):
            return code
    return None
