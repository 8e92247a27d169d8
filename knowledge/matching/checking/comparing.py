"""Finds what a clause only compares with: "X was fined 20 million, like Y" says nothing of Y."""

from collections.abc import Iterator, Sequence
from itertools import dropwhile
from math import inf

from knowledge.language import LANGUAGES
from knowledge.matching.questions import attributes
from knowledge.words import Word

Span = tuple[int, int]


def compared(
    words: Sequence[Word], named: Sequence[Span], figures: Sequence[Span]
) -> Iterator[Span]:
    """Yield where a clause names another thing or time, with the word by which it is compared.

    That reaches to the end of the clause. What holds a figure, or somebody who says something, is
    told and no comparison ("more than 7 million", "it looks like Y sent 3", "like Y says").
    """
    ends = [*(word.end for word in words), *(end for _, end in named)]
    for at, word in enumerate(words):
        if word.text.endswith(word.cues.comparing_endings):
            yield word.start, word.end
        rest = words[at + 1 :]
        if word.text in word.cues.comparing and _begins_with_a_name(word, rest, named):
            holds = any(end > word.start for _, end in figures)
            if not holds and not any(_says(one) for one in rest):
                yield word.start, max(ends)
                return


def _begins_with_a_name(word: Word, rest: Sequence[Word], named: Sequence[Span]) -> bool:
    """Whether a name is the first behind a word that is no small one."""
    first = next(dropwhile(_is_small, rest), None)
    until = first.end if first else inf
    capital = first is not None and first.capital
    return capital or any(word.end <= start < until for start, _ in named)


def _is_small(word: Word) -> bool:
    cues = word.cues
    placing = {one for code in word.languages for one in LANGUAGES[code].questions.placing}
    return word.text in cues.articles | cues.links | cues.towards | placing


def _says(word: Word) -> bool:
    return attributes(word) or word.text in word.cues.speaking
