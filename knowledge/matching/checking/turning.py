"""Finds the words by which a message says something else of a figure than what is on file.

What they say may stand on file all the same: whoever calls compares.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from knowledge.language import LANGUAGES
from knowledge.matching.checking.assertions import Assertion
from knowledge.model import Kind
from knowledge.words import Word, is_filling, tables_for, words_of

_REACH: Final = 6
"""Words behind a figure within which a phrase belongs to it: further on more is told; by eye."""
_PHRASE: Final = 3
"""Words of a phrase behind its preposition ("in rural primary schools"); by eye."""
_SPACE: Final = 1
_MOST_NUMBERED: Final = 20
"""The largest number that names one of several things ("phase two"): beyond, they are counted."""


def undoing(one: Assertion, told: Iterable[str]) -> Iterator[Word]:
    """Yield the verbs by which what is counted is taken away, or only meant to come.

    "Has destroyed 30,000 jobs" is not what "has created 30,000 jobs" says. Where what is on file
    tells of a loss by any word, none of them turns it round.
    """
    if any(word.text in word.cues.undoing for text in told for word in words_of(text)):
        return
    for word in (*one.before, *one.behind[: _REACH + _PHRASE]):
        if word.text in word.cues.undoing:
            yield word


def phrases(one: Assertion, narrows: Callable[[Word], bool]) -> Iterator[Word]:
    """Yield the words that tell of whom or what a figure is: "the R0 of measles", "in children".

    A word right behind a share tells of what it is one ("95% uptake").
    """
    dated = [(phrase.start, phrase.end) for phrase in one.dates]

    def told(words: Sequence[Word], lead: Callable[[Word], bool], reach: int) -> Iterator[Word]:
        for at, word in enumerate(words[:reach]):
            if lead(word):
                yield from _of_phrase(words[at + 1 :], narrows)

    behind = [word for word in one.behind if not _within(word, dated)]
    before = [word for word in one.before if not _within(word, dated)]
    yield from told(before, lambda word: word.text in _ofs(word), len(before))
    yield from told(behind[: _REACH + 1], _leads_to_some, _REACH)
    first = behind[0] if behind else None
    adjacent = first is not None and first.start - one.figure.end <= _SPACE
    if first is not None and adjacent and one.figure.kind is Kind.SHARE and narrows(first):
        yield first


def _of_phrase(words: Sequence[Word], narrows: Callable[[Word], bool]) -> Iterator[Word]:
    """Yield what narrows among the words behind a preposition, up to where the phrase ends."""
    for word in words[:_PHRASE]:
        cues = word.cues
        if word.text in (cues.stops | cues.relatives | cues.joiners) - cues.links:
            return
        if narrows(word):
            yield word


def _ofs(word: Word) -> frozenset[str]:
    return word.cues.links & tables_for(word.text).numbers.of


def _leads_to_some(word: Word) -> bool:
    placing = {one for code in word.languages for one in LANGUAGES[code].questions.placing}
    return word.text in word.cues.among or word.text in placing


def _within(word: Word, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


Numbered = tuple[str, int]
"""The stem of a thing of which there are several, and which of them, or how many."""


def numbered(words: Sequence[Word]) -> Iterator[tuple[Numbered, tuple[Word, Word]]]:
    """Yield the things that stand beside a small number: "two doses", "phase two"."""
    for one, two in pairwise(words):
        for number, thing in ((one, two), (two, one)):
            which = _small(number)
            names = thing.text.isalpha() and not (is_filling(thing) or _is_of_numbers(thing))
            if which is not None and names and two.start - one.end == _SPACE:
                yield (thing.stem, which), (one, two)


def _is_of_numbers(word: Word) -> bool:
    """Whether a word belongs to a number itself: "2 million", "twenty two"."""
    numbers = tables_for(word.text).numbers
    return any(word.text in words for words in (numbers.cardinals, numbers.scales, numbers.hundred))


def _small(word: Word) -> int | None:
    if word.text.isdecimal():
        value = int(word.text[:_LONGEST])
    else:
        value = tables_for(word.text).numbers.cardinals.get(word.text, 0)
    return value if 0 < value <= _MOST_NUMBERED else None


_LONGEST: Final = 4


_NEAR: Final = 60
"""Characters in front of a figure in which a numbered thing is looked for; by eye."""


def other_ones(text: str, one: Assertion, told: Iterable[str]) -> Iterator[str]:
    """Yield the numbered things of a message of which only others are told of on file."""
    on_file: dict[str, set[int]] = {}
    for each in told:
        for (thing, which), _ in numbered(words_of(each)):
            on_file.setdefault(thing, set()).add(which)
    figure = one.figure
    ahead = text[max(figure.start - _NEAR, 0) : figure.start]
    for said in (ahead, text[figure.end : one.end]):
        for (thing, which), (first, last) in numbered(words_of(said)):
            if which not in on_file.get(thing, {which}):
                yield said[first.start : last.end]
