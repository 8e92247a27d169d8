"""Words of a text: folded to what a reader does not tell apart, and stemmed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_PART = re.compile(r"(?:(?:anti|non|counter|re|pre|co)-)?[^-]+", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD)
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start`..`end` of a text: folded, and its stem.

    `capital` tells whether it is written like a name or a code: with a capital or a digit.
    """

    start: int
    end: int
    text: str
    stem: str
    capital: bool = False


def fold(text: str) -> str:
    """Fold what a reader does not tell apart: width, case, accents, invisible characters."""
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    if plain.isascii():
        return plain
    parts = (
        letter if "가" <= letter <= "힣" else _bare(letter)
        for letter in unicodedata.normalize("NFC", plain)
    )
    return "".join(parts)


@cache
def _bare(letter: str) -> str:
    """Drop the marks of a Latin letter; elsewhere they make another letter (й, ї)."""
    base = unicodedata.normalize("NFD", letter)
    return base[0] if base[0].isascii() else letter


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language)


@cache
def stem(word: str) -> str:
    """Return the stem of a folded word, by the Snowball stemmer of its script."""
    if word.isascii():
        return str(_stemmer("english").stemWord(word.replace("'", "").replace("’", "")))
    if "а" <= word[0] <= "ӿ":
        return str(_stemmer("russian").stemWord(word))
    return word


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order.

    Hyphenated parts are words of their own, but for prefixes, which make another word.
    """
    found = []
    for match in _WORD.finditer(text):
        start = match.start()
        for part in _PART.finditer(match.group()):
            folded = fold(part.group().replace("-", "")).removesuffix("'s").removesuffix("’s")
            if folded:
                first, last = start + part.start(), start + part.end()
                name = part.group()[0].isupper() or any(char.isdigit() for char in folded)
                found.append(Word(first, last, folded, stem(folded), name))
    return found


def outside(words: Iterable[Word], spans: Sequence[tuple[int, int]]) -> list[Word]:
    """Return the words that lie in none of the spans."""
    return [
        word
        for word in words
        if not any(start < word.end and word.start < end for start, end in spans)
    ]
