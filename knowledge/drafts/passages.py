"""Cuts a paragraph into stretches: sentences, but that a quotation is never cut through."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.drafts.words import WORDS
from knowledge.reading import Bound, DatePhrase, find_date_phrases

_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛`\u00a0\u202f\t", '""""""\'\'\'\'\'   ')
"""Every sign gives one, so that places stay."""
_SINGLE_QUOTED = re.compile(r"(?<![\w'])'(?=\w)[^'\n]{12,}?(?:(?<=[.,!?])'|'(?=[.,]? ))(?!\w)")
_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(\[]?[A-Z0-9£$€])")
_WORD_BEFORE = re.compile(r"([\w.]+)[.!?…]+[\"')\]]*$")
_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*%?|(?:[A-Z]\.){2,}|[^\W\d_]+(?:[-'’.][^\W_]+)*'?(?=s?\b|\W|$)|[^\w\s]"
)
_PARTICLE = re.compile(r"[a-z]{1,3}[-'][A-Z]")
_ASIDE = 3
"""So few words between quotation marks are a name or a manner of speaking, not a quotation."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a stretch; `start` and `end` are its place in the paragraph."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word folded, without the mark of a possessive."""
        return self.text.casefold().removesuffix("'s").removesuffix("'")

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it is written like a name ("al-Thani" too)."""
        return self.text[0].isupper() or bool(_PARTICLE.match(self.text))

    @property
    def owns(self) -> bool:
        """Whether it is a possessive."""
        return self.text.casefold().endswith(("'s", "s'"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """One or several sentences, at `start`..`end` of a paragraph.

    `tokens` are those outside quotations and dates; a quotation is one token `"`.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    dates: tuple[DatePhrase, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its number, its quotations and its stretches."""

    number: int
    text: str
    quotes: tuple[tuple[int, int], ...]
    stretches: tuple[Stretch, ...]
    dates: tuple[DatePhrase, ...]

    def quoted(self, at: int) -> bool:
        """Whether a place stands between quotation marks."""
        return any(start <= at < end for start, end in self.quotes)


def sentence_at(text: str, at: int) -> str:
    """Return the one sentence around a place, also within a quotation."""
    ends = ((start, end) for start, end in _sentences(text, ()) if start <= at < end)
    return next((text[start:end].strip() for start, end in ends), text)


def passage_of(number: int, paragraph: str, today: date) -> Passage:
    """Take a paragraph apart."""
    text = paragraph.translate(_STRAIGHT)
    quotes = tuple(_quotes(text))
    phrases = find_date_phrases(text, today)
    dates = tuple(phrase for phrase in phrases if phrase.bound is not Bound.VINTAGE)
    blank = _blanked(text, dates)
    stretches = tuple(
        Stretch(
            start,
            end,
            tuple(_tokens(blank, start, end, quotes)),
            tuple(phrase for phrase in dates if start <= phrase.start < end),
        )
        for start, end in _sentences(text, quotes)
    )
    return Passage(number, text, quotes, stretches, dates)


def _blanked(text: str, dates: Sequence[DatePhrase]) -> str:
    for phrase in dates:
        text = text[: phrase.start] + " " * (phrase.end - phrase.start) + text[phrase.end :]
    return text


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of quotations, their marks included; one may lack a mark at either end."""
    start: int | None = None
    marks = [found.start() for found in re.finditer('"', text)]
    for at in marks:
        opens = at == 0 or text[at - 1] in " ([-–—\n"
        if opens and start is None:
            start = at
        elif start is not None and not opens:
            yield from _long(text, start, at + 1)
            start = None
        elif at == marks[0] and start is None and not opens:
            yield from _long(text, 0, at + 1)
    if start is not None:
        yield start, len(text)
    if not marks:
        yield from (found.span() for found in _SINGLE_QUOTED.finditer(text))


def _long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if len(text[start:end].split()) > _ASIDE:
        yield start, end


def _sentences(text: str, quotes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        end = found.end()
        if any(first < end < last for first, last in quotes) or _abbreviated(text[start:end]):
            continue
        yield start, end
        start = end
    if text[start:].strip():
        yield start, len(text)


def _abbreviated(sentence: str) -> bool:
    found = _WORD_BEFORE.search(sentence)
    if found is None or not sentence.endswith("."):
        return False
    word = found[1].casefold()
    return word in WORDS.abbreviations or (len(word) == 1 and found[1].isupper())


def _tokens(text: str, start: int, end: int, quotes: Sequence[tuple[int, int]]) -> Iterator[Token]:
    at = start
    for first, last in quotes:
        if start <= first < end:
            yield from _plain(text, at, first)
            yield Token('"', first, last)
            at = last
    yield from _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    before = ""
    for found in _TOKEN.finditer(text, start, max(start, end)):
        if found.group() != "." or not _abbreviated(f"{before}."):
            yield Token(found.group(), found.start(), found.end())
        before = found.group()
