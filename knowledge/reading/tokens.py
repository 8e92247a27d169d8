"""Pieces of a text that numbers and dates are read from, with the words of its languages."""

from collections.abc import Callable
from re import Pattern
from typing import NamedTuple

from knowledge.language import DateWords, NumberWords, fold, tables_for


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
        tables = tables_for(text)
        self.numbers: NumberWords = tables.numbers
        self.dates: DateWords = tables.dates


def folded(piece: str) -> str:
    """Fold a piece as the words of a language are folded; what would vanish stays."""
    return (fold(piece) or piece).replace("’", "'")


def word_at(tokens: list[Token], i: int) -> str:
    """Give the folded token at `i`, or nothing outside the text."""
    return tokens[i].word if 0 <= i < len(tokens) else ""


def glued(tokens: list[Token], i: int) -> bool:
    """Whether nothing stands between token `i` and the one before it."""
    return 0 < i < len(tokens) and tokens[i - 1].end == tokens[i].start
