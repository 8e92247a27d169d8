"""Completing the ids of claims: any word of an id, begun or misspelt, among very many."""

import re
from array import array
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from anyascii import anyascii
from rapidfuzz import fuzz, process

_NEAR = 70.0
_SPELLINGS = 8
_SLIPS = 2
_LONGEST = 200
"""Likeness (0 to 100) of a word that may be a slip for another, how many such are tried, the
letters by which their lengths differ, and the characters that are read (chosen by eye); a
character may become forty letters, of which no more are read."""
_WORDS = 12
"""Words that are looked for: twice what the longest ids have (chosen by eye)."""
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class _Meant:
    """What a typed word may stand for: every word with a beginning, or some that look like it."""

    words: Sequence[str]
    begins: str | None = None

    def stands_in(self, parts: Collection[str]) -> bool:
        if self.begins is None:
            return any(part in self.words for part in parts)
        return any(part.startswith(self.begins) for part in parts)


class ClaimIds:
    """The ids of the claims, and which of their words stand in which.

    One thread may add ids while others complete them.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids: list[str] = []
        self._ordered: list[str] = []
        self._places: dict[str, array[int]] = {}
        self._words: list[str] = []
        self._by_length: dict[int, list[str]] = {}
        for one in sorted(ids):
            self._take_up(one)
        self._ordered = list(self._ids)
        self._words = sorted(self._places)

    def add(self, one: str) -> None:
        """Take up the id of a claim, unless it is known."""
        at = bisect_left(self._ordered, one)
        if self._ordered[at : at + 1] != [one]:
            words = self._take_up(one)
            self._ordered.insert(at, one)
            for word in words:
                insort(self._words, word)

    def _take_up(self, one: str) -> list[str]:
        """Note the words of an id and return those that are new."""
        self._ids.append(one)
        new = []
        for word in dict.fromkeys(one.split("-")):
            if word not in self._places:
                self._places[word] = array("I")
                new.append(word)
                # A number is never a slip for another one.
                if not word.isdecimal():
                    self._by_length.setdefault(len(word), []).append(word)
            self._places[word].append(len(self._ids) - 1)
        return new

    def complete(self, text: str, limit: int) -> list[str]:
        """Return ids with a word for each one typed, those that begin with the text first.

        A word stands for those that begin with it; where none does, for those spelt like it.
        """
        typed = _WORD.findall(anyascii(text[:_LONGEST])[:_LONGEST].casefold())[:_WORDS]
        # A lone letter narrows nothing beside other words, and stands for thousands.
        words = [word for word in typed if len(word) > 1] or typed[:1]
        if not words:
            return []
        meant = sorted((self._meant(word) for word in words), key=self._count)
        begun = self._beginning("-".join(words))
        found = (one for one in self._holding(meant[0]) if _has_all(one, meant[1:]))
        return list(dict.fromkeys([*islice(begun, limit), *islice(found, limit)]))[:limit]

    def _meant(self, word: str) -> _Meant:
        start = bisect_left(self._words, word)
        end = bisect_left(self._words, word + "\uffff")
        if start < end:
            return _Meant(self._words[start:end], word)
        lengths = range(len(word) - _SLIPS, len(word) + _SLIPS + 1)
        alike = [one for length in lengths for one in self._by_length.get(length, ())]
        near = process.extract(word, alike, scorer=fuzz.ratio, limit=_SPELLINGS, score_cutoff=_NEAR)
        return _Meant([name for name, _, _ in near])

    def _count(self, meant: _Meant) -> int:
        return sum(len(self._places[word]) for word in meant.words)

    def _beginning(self, text: str) -> Iterator[str]:
        for place in range(bisect_left(self._ordered, text), len(self._ordered)):
            if not self._ordered[place].startswith(text):
                return
            yield self._ordered[place]

    def _holding(self, meant: _Meant) -> Iterator[str]:
        return (self._ids[place] for word in meant.words for place in self._places[word])


def _has_all(one: str, meant: Sequence[_Meant]) -> bool:
    parts = one.split("-")
    return all(each.stands_in(parts) for each in meant)
