"""Pieces of a text that numbers and dates are read from, with the words of its languages."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cache
from re import Pattern
from typing import NamedTuple

from knowledge.language import DateWords, NumberWords, fold
from knowledge.words import tables_for


class Token(NamedTuple):
    """One piece of a text: its kind, its folded form, and its offsets."""

    kind: str
    word: str
    start: int
    end: int


class Tokens(list[Token]):
    """A text cut up, and what the words of its languages mean in numbers and dates."""

    def __init__(
        self,
        text: str,
        pattern: Pattern[str],
        folded: Callable[[str], str],
        aliases: dict[str, str] | None = None,
    ) -> None:
        kinds = aliases or {}
        super().__init__(
            Token(kinds.get(kind, kind), folded(match[0]), *match.span())
            for match in pattern.finditer(text)
            if (kind := match.lastgroup or "op")
        )
        self.text = text
        tables = tables_for(text)
        self.numbers: NumberWords = tables.numbers
        self.dates: DateWords = tables.dates
        if self.numbers.glue:
            self[:] = [piece for token in self for piece in self._apart(token)]

    def _apart(self, token: Token) -> list[Token]:
        """Take a word that several number words make up apart: "viertausendzweihundert"."""
        words = self.numbers
        if not any(glue in token.word for glue in words.glue):
            return [token]
        pieces: list[Token] = []
        at = token.start
        for piece in _glued_by(words.glue).split(self.text[token.start : token.end].lower()):
            linked = next((link for link in words.ands if pieces and piece.startswith(link)), "")
            for part in filter(None, (linked, piece[len(linked) :])):
                pieces.append(Token(token.kind, folded(part), at, at + len(part)))
                at += len(part)
        known = words.cardinals.keys() | words.glue | words.ands | words.articles
        return pieces if all(piece.word in known for piece in pieces) else [token]

    def raw(self, i: int) -> str:
        """Give the token at `i` as it is written: some units differ by their capitals alone."""
        return self.text[self[i].start : self[i].end] if 0 <= i < len(self) else ""

    def words(self, i: int, size: int) -> tuple[str, ...]:
        """Give up to so many folded tokens from `i` on."""
        return tuple(token.word for token in self[i : i + size])


@cache
def _glued_by(glue: frozenset[str]) -> Pattern[str]:
    """Give the pattern that splits a word at the number words that others are written with."""
    return re.compile(f"({'|'.join(sorted(glue))})")


def folded(piece: str) -> str:
    """Fold a piece as the words of a language are folded; what would vanish stays."""
    return (fold(piece) or piece).replace("’", "'").replace("ʼ", "'")


def word_at(tokens: list[Token], i: int) -> str:
    """Give the folded token at `i`, or nothing outside the text."""
    return tokens[i].word if 0 <= i < len(tokens) else ""


def glued(tokens: list[Token], i: int) -> bool:
    """Whether nothing stands between token `i` and the one before it."""
    return 0 < i < len(tokens) and tokens[i - 1].end == tokens[i].start


def past(tokens: list[Token], i: int, skipped: AbstractSet[str]) -> int:
    """Give the token behind up to three of the `skipped` words at `i`."""
    end = i + 3
    while i < end and word_at(tokens, i) in skipped:
        i += 1
    return i
