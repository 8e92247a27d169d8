"""What is on file, as far as a text is taken apart by it."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from knowledge.reading import Quantity
from knowledge.words import Word, is_filling


class OnFile(Protocol):
    """What is on file, as far as a text is taken apart by it."""

    def measures(self, unit: str) -> bool:
        """Whether anything is measured in a unit."""

    def names(self, label: str) -> bool:
        """Whether words are part of a topic's own name."""

    def tells(self, word: Word) -> bool:
        """Whether a word says something of what is on file."""


def is_in_a_name(text: str, quantity: Quantity, words: Sequence[Word], on_file: OnFile) -> bool:
    """Whether a number word begins a name ("Three Gorges") rather than counting what is on file.

    Or it is one of a name on file ("Apollo 11"). Of nouns that are all written large, a capital
    tells nothing.
    """
    number = text[quantity.start : quantity.end]
    at = bisect_left(words, quantity.start, key=lambda word: word.start)
    before = words[at - 1] if at else None
    next_to = before and number.isdecimal() and before.end + 1 == quantity.start
    if before and next_to and on_file.names(text[before.start : quantity.end]):
        return True
    at = bisect_left(words, quantity.end, key=lambda word: word.start)
    if at == len(words) or not (number.istitle() and number.replace(" ", "").isalpha()):
        return False
    after = words[at]
    named = after.capital and after.text.isalpha() and after.start == quantity.end + 1
    large = after.languages[0] == "de"
    return named and not (large or is_filling(after) or on_file.tells(after))
