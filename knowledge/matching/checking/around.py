"""Finds the words around a figure by which a message may say something else than what is on file.

What they say may stand on file all the same: whoever calls compares.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from knowledge.language import tables_of
from knowledge.matching.checking.assertions import Assertion
from knowledge.matching.questions import units_of
from knowledge.model import Kind, Topic
from knowledge.words import Stem, Word, is_filling, outside, tables_for, words_of, zipf

_REACH: Final = 6
"""Words behind a figure within which a phrase belongs to it: further on more is told; by eye."""
_PHRASE: Final = 3
"""Words of a phrase behind its preposition ("in rural primary schools"); by eye."""
_SPACE: Final = 1
"""Characters between two words that stand side by side: the space alone."""
_HEAD: Final = 4
"""Words behind a figure among which the thing that it counts is looked for; by eye."""
_COMMON: Final = 6.1
"""Zipf frequency from which on a word narrows nothing ("people", "new"); "world" has 6.0."""
_MOST_NUMBERED: Final = 20
"""The largest number that names one of several things ("phase two"): beyond, they are counted."""


def undoing(one: Assertion, told: Iterable[Sequence[Word]]) -> Iterator[Word]:
    """Yield the words by which what is counted is taken away, only meant, a part or an addition.

    "Has destroyed 30,000 jobs" is not what "has created 30,000 jobs" says. Where what is on file
    tells of a loss by any word, none of them turns it round.
    """
    if any(word.text in word.cues.undoing for words in told for word in words):
        return
    for word in (*one.before, *one.behind[: _REACH + _PHRASE]):
        if word.text in word.cues.undoing:
            yield word


def around(one: Assertion, topic: Topic) -> Iterator[Word]:
    """Yield the words that make less of what a figure is of, or another thing.

    They stand before what is counted ("13,000 combat troops"), or right behind a share; in a
    phrase that tells of whom or where ("the R0 of measles", "in children"); and as names behind a
    word that leads to one ("to Nubia"). Before the figure names are what is measured, unless
    things pass between two: then they are who acts.
    """
    dated = [(phrase.start, phrase.end) for phrase in one.dates]
    before, behind = outside(one.before, dated), outside(one.behind, dated)
    named = not (is_shouted(one) or _writes_nouns_large(before or behind))
    left = 0
    for word in before:
        if word.text in _ofs(word):
            left = _PHRASE
            continue
        left = 0 if _ends_phrase(word) else left
        measured = len(topic.parties) <= 1 and word is not before[0]
        if (named and measured and is_name(word)) or (left and _narrows(word)):
            yield word
        left = max(left - 1, 0)
    yield from _behind(one, behind, _thing_at(behind, topic), named=named)


def _behind(one: Assertion, words: Sequence[Word], thing: int, *, named: bool) -> Iterator[Word]:
    """Yield those behind a figure; `thing` is where what it counts is, `named` if names stand out.

    `left` counts down the words of a phrase; `at_name` is whether a name may stand there.
    """
    share = one.figure.kind is Kind.SHARE
    left, at_name = 0, False
    for at, word in enumerate(words[: _REACH + 1]):
        counted = at == 0 and not share and word.text in _ofs(word)
        if at < _REACH and _opens(word) and not counted:
            left, at_name = _PHRASE, named
        elif _ends_phrase(word):
            left, at_name = 0, named and word.text in word.cues.towards | word.cues.away
        elif word.text in word.cues.links | word.cues.articles:
            left, at_name = (
                max(left - 1, 0),
                at_name or (named and word.text not in word.cues.articles),
            )
        else:
            first = at == 0 and share and word.start - one.figure.end <= _SPACE
            at_name = at_name and at < _REACH and is_name(word)
            if at_name or ((left or first or at < thing) and _narrows(word)):
                yield word
            left = max(left - 1, 0)


def _thing_at(words: Sequence[Word], topic: Topic) -> int:
    """Return the place of the last word for what a topic counts among those next to a figure."""
    things = thing_stems(topic)
    heads = [at for at, word in enumerate(words[:_HEAD]) if things & set(word.stems)]
    ended = heads and any(map(_ends_thing, words[: heads[-1]]))
    return heads[-1] if heads and not ended else 0


def thing_stems(topic: Topic) -> set[Stem]:
    """Return the stems of the words for what a topic counts."""
    names = (topic.title, *topic.aliases, *units_of(topic))
    return {stem for name in names for word in words_of(name) for stem in word.stems}


def placing(word: Word) -> frozenset[str]:
    """Return the words before a place in the languages of a word."""
    return tables_of(word.languages).questions.placing


def _narrows(word: Word) -> bool:
    """Whether a common word may make less of a thing."""
    common = zipf(word.text, word.languages) >= _COMMON
    told = word.text in word.cues.adverbs | word.cues.lacking
    return word.text.isalpha() and not (common or is_filling(word) or told)


def is_name(word: Word) -> bool:
    """Whether a word is written as a name."""
    return word.capital and not is_filling(word) and len(word.text) > 1


def is_shouted(one: Assertion) -> bool:
    """Whether all words are in capitals, so that no name stands out."""
    return all(word.capital for word in (*one.before, *one.behind))


def _writes_nouns_large(words: Sequence[Word]) -> bool:
    return bool(words) and words[0].languages[0] == "de"


def _opens(word: Word) -> bool:
    """Whether a word leads to those of whom, or to the place of which, a figure is."""
    return word.text in word.cues.among or word.text in placing(word) or word.text in _ofs(word)


def _ofs(word: Word) -> frozenset[str]:
    return word.cues.links & tables_for(word.text).numbers.of


def _ends_phrase(word: Word) -> bool:
    cues = word.cues
    return word.text in (cues.stops | cues.relatives | cues.joiners) - cues.links


def _ends_thing(word: Word) -> bool:
    """Whether a word ends the name of a thing."""
    cues = word.cues
    return word.text in (cues.stops | cues.relatives | cues.giving | cues.receiving) - cues.links


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
"""Digits that are looked at: a longer number is no small one."""


_NEAR: Final = 60
"""Characters in front of a figure in which a numbered thing is looked for; by eye."""


def other_ones(text: str, one: Assertion, told: Iterable[Sequence[Word]]) -> Iterator[str]:
    """Yield the numbered things of a message of which only others are told of on file."""
    on_file: dict[str, set[int]] = {}
    for words in told:
        for (thing, which), _ in numbered(words):
            on_file.setdefault(thing, set()).add(which)
    figure = one.figure
    ahead = text[max(figure.start - _NEAR, 0) : figure.start]
    for said in (ahead, text[figure.end : one.end]):
        for (thing, which), (first, last) in numbered(words_of(said)):
            if which not in on_file.get(thing, {which}):
                yield said[first.start : last.end]
