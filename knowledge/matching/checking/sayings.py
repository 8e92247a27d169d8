"""Puts an assertion by itself, as the question that its figure would answer."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from knowledge.language import UNDERSTOOD, Wanted
from knowledge.matching.checking.clauses import Placed, within
from knowledge.matching.questions import Question
from knowledge.model import Kind
from knowledge.reading import CountryMention, Quantity
from knowledge.words import Word, wanted, words_of

TIMES: Final = frozenset({"days", "weeks", "months", "years"})
_ASKED: Final = {
    Wanted.MANY: "how many",
    Wanted.MUCH: "how much",
    Wanted.SHARE: "what %",
    Wanted.WHEN: "when",
}
"""How a figure is asked for: what judges topics was fitted on questions, and places one of them
nearer to a topic than an assertion that lacks its figure."""
_Moved = TypeVar("_Moved", Quantity, CountryMention, Word)


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what was read in it, each kind in order.

    `quantities` are those that no assertion has for its figure, and `subjects` the names of
    speakers that are a topic's as well ("Pfizer said that Pfizer's vaccine …").
    """

    text: str
    words: Sequence[Word]
    places: Sequence[CountryMention]
    quantities: Sequence[Quantity]
    subjects: Container[str]


def saying(
    message: Message,
    figure: Quantity,
    before: Sequence[Placed],
    behind: Sequence[Placed],
    gone: Sequence[Placed],
) -> Question:
    """Put the parts of a message before and behind a figure together, without it.

    What is `gone` stands in them and is not asserted. What was read of the message moves along,
    so that nothing is read anew.
    """
    excerpt = _Excerpt(message, sorted((part.start, part.end) for part in gone))
    for part in before:
        excerpt.add(part.start, part.end)
    asked = _asked(figure)
    excerpt.note(f"{_ASKED[asked]} {figure.unit or ''}".rstrip())
    start = len(excerpt.text)
    for part in behind:
        excerpt.add(part.start, part.end)
    return Question(
        text=excerpt.text,
        words=tuple(excerpt.words),
        wanted=wanted(excerpt.text),
        counted_from=None if asked is Wanted.WHEN else start,
        quantities=tuple(excerpt.quantities),
        places=tuple(excerpt.places),
    )


def _asked(figure: Quantity) -> Wanted:
    match figure.kind:
        case Kind.AMOUNT:
            return Wanted.MANY
        case Kind.SHARE:
            return Wanted.SHARE
        case Kind.MEASURE:
            return Wanted.MANY if figure.unit in TIMES else Wanted.MUCH
        case _:
            return Wanted.WHEN


@dataclass(slots=True)
class _Excerpt:
    """Parts of a message one behind the other, and what was read in them at its new places."""

    message: Message
    gone: Sequence[tuple[int, int]]
    text: str = ""
    words: list[Word] = field(default_factory=list)
    places: list[CountryMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        """Append what stands at `start`..`end`, less what is gone."""
        for first, last in self._kept(start, end):
            self._append(first, last)

    def _kept(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        for first, last in self.gone:
            if start < last and first < end:
                yield start, first
                start = last
        yield start, end

    def _append(self, start: int, end: int) -> None:
        piece = self.message.text[start:end]
        start += len(piece) - len(piece.lstrip())
        piece = piece.strip()
        if not piece:
            return
        by = self._attach(piece) - start
        self.words += _moved(self._words(start, start + len(piece)), by)
        self.places += _moved(within(self.message.places, start, start + len(piece)), by)
        self.quantities += _moved(within(self.message.quantities, start, start + len(piece)), by)

    def note(self, text: str) -> None:
        """Append words that stand for something in the message, as if they stood there."""
        languages = self.message.words[0].languages if self.message.words else UNDERSTOOD
        stand_in = [replace(word, languages=languages) for word in words_of(text)]
        self.words += _moved(stand_in, self._attach(text))

    def _attach(self, piece: str) -> int:
        """Append a text, and return where it begins."""
        self.text = f"{self.text} {piece}" if self.text else piece
        return len(self.text) - len(piece)

    def _words(self, start: int, end: int) -> list[Word]:
        """Return the words of a part; one that its ends cut through is read by its rest."""
        cut = [one for one in (start, end) if self._is_inside_word(one)]
        if not cut:
            return list(within(self.message.words, start, end))
        return _moved(words_of(self.message.text[start:end]), start)

    def _is_inside_word(self, at: int) -> bool:
        text = self.message.text
        return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _moved(parts: Sequence[_Moved], by: int) -> list[_Moved]:
    return [replace(part, start=part.start + by, end=part.end + by) for part in parts]
