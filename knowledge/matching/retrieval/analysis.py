"""Turns a message or a passage into the terms that the index and the reranker compare."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import Stemmer

MONTHS = (
    "january february march april may june july august september october november december"
).split()

# A shared post often ends with who wrote it and when: "— Name (@handle) March 3, 2024".
_SIGNATURE = re.compile(
    r"\s*[—–-]{1,2}\s*(?P<name>[^—–]{0,80}?)\s*\(@(?P<handle>\w+)\)\s*"
    r"(?P<date>[A-Z][a-z]+ \d{1,2}, \d{4})?\s*$"
)
_LINK = re.compile(r"(?:https?:/|www\.|pic\.twitter\.com)\S*", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WORD = re.compile(r"[@#]?\w+(?:'\w+)*(?:\.\d+)?")
_TAG = re.compile(r"[@#]\w+")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# Scripts written without spaces, and Hangul with its attached particles, are cut into
# overlapping pairs of characters, as Lucene's CJKBigramFilter does.
_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힣]+")
_YEAR = re.compile(r"(?:19|20)\d\d")

STOP_WORDS = frozenset(
    "a about all also am an and any are as at be been being but by can could d did do does down "
    "for from had has have he her him his how i if in into is it its just ll m may me might more "
    "most my no not of on or our out over re s shall she should so some t than that the their them "
    "then there these they this those to up us ve very was we were what when where which who whom "
    "why will with would you your".split()
)
MAX_WORDS = 400
_MOST_TERMS = 2 * MAX_WORDS
"""A word without spaces may hold thousands of pairs; a Korean post of as many letters as one of
`MAX_WORDS` words has no more (chosen by eye)."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message taken apart: its own words, the author's name and handle, and its dates.

    `sentence` is the message as a person would retell it, for an encoder of sentences. `months`
    holds the names of the months mentioned and `years` the four-digit years, both from the text
    and from the signature.
    """

    sentence: str
    words: tuple[str, ...]
    author: tuple[str, ...]
    months: frozenset[str]
    years: frozenset[str]


def read_message(text: str) -> Message:
    """Strip links and the signature, and split what is left into words."""
    signature = _SIGNATURE.search(text)
    author = name = date = ""
    body = text
    if signature:
        name, date = signature["name"], signature["date"] or ""
        author = f"{name} @{signature['handle']}"
        body = text[: signature.start()]
    body = _LINK.sub(" ", body)
    found = tuple(words(body))
    dated = [*found, *words(date)]
    return Message(
        sentence=_sentence(body, name, date),
        words=found,
        author=tuple(words(author)) if author else (),
        months=frozenset(dated).intersection(MONTHS),
        years=frozenset(word for word in dated if is_year(word)),
    )


def _sentence(body: str, name: str, date: str) -> str:
    """Retell a message: name, colon, the text with its tags taken apart, month and year."""
    spelled = _TAG.sub(lambda tag: " ".join(_CAMEL.findall(tag[0])) or tag[0], body)
    said_by = f"{name}: " if name else ""
    said_in = f" ({' '.join(date.split()[::2])})" if date else ""
    return f"{said_by}{' '.join(spelled.split())}{said_in}"


def words(text: str) -> list[str]:
    """Case-folded words in order; hashtags and handles also by their parts.

    Numbers keep their decimals and lose their thousands separators. At most `MAX_WORDS` words
    are read, so that a pasted wall of text costs no more than a long post.
    """
    out: list[str] = []
    for word in _WORD.findall(_prepare(text))[:MAX_WORDS]:
        if word[0] in "@#":
            out.extend(_tag_words(word[1:]))
        elif word.isascii():
            out.append(_plain(word))
        else:
            out.extend(_cjk_pairs(_plain(word)))
    return out[:_MOST_TERMS]


def stems(found: Iterable[str]) -> list[str]:
    """English Snowball stems of the words that carry meaning, in order."""
    kept = [word for word in found if word not in STOP_WORDS]
    stemmed: list[str] = _stemmer().stemWords(kept)
    return stemmed


def is_year(word: str) -> bool:
    """Whether a word is a year from 1900 to 2099."""
    return _YEAR.fullmatch(word) is not None


def _prepare(text: str) -> str:
    text = text.replace("’", "'").replace("‘", "'")
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        # Latin letters lose their accents; a Cyrillic й or a Hangul syllable stays itself.
        text = unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", decomposed))
    return _THOUSANDS.sub("", text)


_ACCENTED = re.compile(r"([A-Za-z])[\u0300-\u036f]+")


def _plain(word: str) -> str:
    folded = word.casefold()
    return folded.removesuffix("'s").replace("'", "")


def _tag_words(tag: str) -> list[str]:
    parts = _CAMEL.findall(tag)
    joined = tag.casefold()
    return [joined] if len(parts) <= 1 else [joined, *(part.casefold() for part in parts)]


def _cjk_pairs(word: str) -> list[str]:
    if not _CJK.search(word):
        return [word]
    out: list[str] = []
    for run in re.split(f"({_CJK.pattern})", word):
        if _CJK.fullmatch(run):
            out.extend(first + second for first, second in pairwise(run))
            out.extend(run if len(run) == 1 else "")
        elif run:
            out.append(run)
    return out


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
