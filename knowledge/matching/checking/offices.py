"""Who is named by an office or as one of a group: "the Transport Secretary says", "experts say"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from knowledge.matching.questions import SpeakerMention, attributes
from knowledge.model import Asserter
from knowledge.words import Word, folded_words

_LONGEST: Final = 5
_SHORTEST: Final = 2
"""Words of an office that are looked for: one alone ("minister") is of many (chosen by eye)."""


class Offices:
    """The offices that people on file hold, and the groups that have no other name."""

    def __init__(self, asserters: Iterable[Asserter]) -> None:
        self._offices: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._groups: dict[str, set[str]] = defaultdict(set)
        for one in asserters:
            words = folded_words(one.role or "")
            if one.person and _SHORTEST <= len(words) <= _LONGEST:
                self._offices[words].add(one.id)
            if not one.person and not one.organisation:
                for word in words:
                    self._groups[word].add(one.id)

    def find(
        self, text: str, words: Sequence[Word], taken: Sequence[SpeakerMention]
    ) -> Iterator[SpeakerMention]:
        """Go through who is named so directly before a word of saying, and by no name."""
        for at, word in enumerate(words):
            if not attributes(word) or not at:
                continue
            for length in range(min(_LONGEST, at), 0, -1):
                said = words[at - length : at]
                meant = self._meant(said)
                start, end = said[0].start, said[-1].end
                if meant and not any(one.start < end and start < one.end for one in taken):
                    yield SpeakerMention(start, end, text[start:end], frozenset(meant))
                    break

    def _meant(self, said: Sequence[Word]) -> set[str]:
        texts = tuple(word.text for word in said)
        if len(texts) > 1:
            return self._offices.get(texts, set())
        (word,) = said
        official = word.text in word.cues.offices or attributes(word)
        return set() if official else self._groups.get(word.text, set())
