"""Choosing among very many names the few that are worth a close comparison with a text."""

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
from propcache.api import cached_property

_FEW = 400
"""Names; so many are compared within some milliseconds, and are all candidates."""
_CLOSE = 200
"""Names that are compared closely where there are more (chosen by eye)."""
_COUNTED = 50_000
"""Places of letters that are counted, the rarest first: within a millisecond."""


class Candidates:
    """Names as `folded` writes them, and which of them share letters with a text.

    The likeness of two texts costs some 10 µs; among twenty thousand names, that would be felt by
    everybody.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def of(self, typed: str) -> Sequence[str]:
        """Return the names that share the most with a folded text, or all where they are few."""
        if len(self._names) <= _FEW:
            return self._names
        found = [self._places[gram] for gram in set(_grams(typed)) if gram in self._places]
        counted = np.array(list(_rarest(found)), dtype=np.int64)
        if not len(counted):
            return self._names[:_CLOSE]
        numbers, shared = np.unique(counted, return_counts=True)
        # Of names that share as much, the shorter ones are likelier.
        lengths = [len(self._names[number]) for number in numbers.tolist()]
        best = np.lexsort((np.array(lengths), -shared))[:_CLOSE]
        return [self._names[number] for number in numbers[best].tolist()]

    @cached_property
    def _places(self) -> "dict[str, array[int]]":
        places: dict[str, array[int]] = {}
        for number, name in enumerate(self._names):
            for gram in set(_grams(name)):
                places.setdefault(gram, array("I")).append(number)
        return places


def _grams(name: str) -> Iterator[str]:
    """Cut a name into runs of three letters; a space stands before each word."""
    padded = f" {name}"
    return (padded[at : at + 3] for at in range(len(padded) - 2))


def _rarest(found: list["array[int]"]) -> Iterator[int]:
    room = _COUNTED
    for numbers in sorted(found, key=len):
        yield from numbers[:room]
        room -= len(numbers)
        if room <= 0:
            return
