"""Speakers: whose claims a question asks for, by name, office, organisation or country."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from propcache.api import cached_property
from rapidfuzz import fuzz, process

from knowledge.language import tables_of
from knowledge.library import countries_of
from knowledge.model import Asserter
from knowledge.reading import CountryMention, find_countries
from knowledge.words import RAREST, Word, folded_words, is_filling, rarity, stems

_LONGEST_NAME = 6
_SHORTEST_NAME = 3
_SHORTEST_SURNAME = 5
_NAME_CUTOFF = 84.0
_SAME_NAME = 75.0
"""Words of a name, letters of a name and of a surname that may be misspelt, and how alike two
spellings have to be (rapidfuzz's ratio): in an answer, and in a transliteration on file. By eye."""


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """Asserters named at `start`..`end` of a text, under the words used there."""

    start: int
    end: int
    label: str
    asserters: frozenset[str]


class Speakers:
    """All asserters by every name they go by, and by the outlets that carried them."""

    def __init__(
        self, asserters: Iterable[Asserter], carriers: MutableMapping[str, set[str]]
    ) -> None:
        """Learn all names; whom outlets have carried is kept as it is, and added to."""
        self._asserters = {asserter.id: asserter for asserter in asserters}
        self._by_name: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._whole: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        """Whole names as they are written, with whose they are: some are a country's alone."""
        self._surnames: dict[str, set[str]] = defaultdict(set)
        for asserter in self._asserters.values():
            self._learn(asserter)
        self._carriers = carriers
        self._outlets: dict[tuple[str, ...], set[str]] = defaultdict(set)
        """By the words of its name, each outlet as it is written."""
        for outlet in carriers:
            self._outlets[folded_words(outlet)].add(outlet)

    def carried(self, outlet: str, asserter: str) -> None:
        """Learn that an outlet has carried an asserter."""
        self._carriers.setdefault(outlet, set()).add(asserter)
        self._outlets[folded_words(outlet)].add(outlet)

    def dropped(self, outlet: str, asserter: str) -> None:
        """Learn that nothing by which an outlet carried an asserter stands any more."""
        self._carriers.setdefault(outlet, set()).discard(asserter)

    def _learn(self, asserter: Asserter) -> None:
        """Learn names as cheaply as can be: there may be many thousand, and few are asked for."""
        for name in (asserter.person, asserter.organisation, *asserter.aliases):
            if name:
                self._whole[folded_words(name)].append((name, asserter.id))
        if asserter.person:
            self._learn_person(asserter.id, asserter.person, asserter.aliases)

    def _learn_person(self, key: str, person: str, aliases: Iterable[str]) -> None:
        """People go by their first or last name, in whatever transliteration."""
        parts = {_latin(part) for part in (person.split()[0], person.split()[-1])}  # noqa: PLC0207
        for name in (person, *aliases):
            for word in folded_words(name):
                latin = _latin(word)
                if len(latin) >= _SHORTEST_NAME and any(
                    fuzz.ratio(latin, part) >= _SAME_NAME for part in parts
                ):
                    self._by_name[word,].add(key)
                    if len(latin) >= _SHORTEST_SURNAME:
                        self._surnames[latin].add(key)

    @cached_property
    def _by_country(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for asserter in self._asserters.values():
            for code in countries_of(asserter):
                found[code].add(asserter.id)
        return found

    @property
    def countries(self) -> frozenset[str]:
        """The countries that somebody speaks for."""
        return frozenset(self._by_country)

    def of_country(self, code: str) -> frozenset[str]:
        """Return the asserters of a country."""
        return frozenset(self._by_country.get(code, ()))

    def find(self, text: str, words: list[Word]) -> list[SpeakerMention]:
        """Return the asserters named in a text, longest names first, none overlapping."""
        found = []
        at = 0
        while at < len(words):
            length, asserters = self._named(words, at)
            if asserters:
                start, end = words[at].start, words[at + length - 1].end
                found.append(SpeakerMention(start, end, text[start:end], frozenset(asserters)))
            at += length
        return found

    def _named(self, words: list[Word], at: int) -> tuple[int, set[str]]:
        for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            key = tuple(word.text for word in words[at : at + length])
            if asserters := self._of_name(key):
                return length, asserters
        return 1, self._misspelt(words[at])

    def _of_name(self, key: tuple[str, ...]) -> set[str]:
        whole = {one for name, one in self._whole.get(key, ()) if not _is_country(name)}
        carried = (self._carriers[outlet] for outlet in list(self._outlets.get(key, ())))
        return whole.union(self._by_name.get(key, ()), *carried)

    def _misspelt(self, word: Word) -> set[str]:
        """Return whose name a word is with an s ("bps"), or whose surname is like it.

        A word that people use is neither.
        """
        if rarity(word) < RAREST:
            return set()
        if word.text.endswith("s") and (named := self._of_name((word.text[:-1],))):
            return named
        latin = _latin(word.text)
        if len(latin) < _SHORTEST_SURNAME:
            return set()
        best = process.extractOne(
            latin, self._surnames.keys(), scorer=fuzz.ratio, score_cutoff=_NAME_CUTOFF
        )
        return self._surnames[best[0]] if best else set()


def speaks(mention: CountryMention | SpeakerMention, words: Sequence[Word]) -> bool:
    """Whether the words around a name make it a speaker ("according to …", "… says")."""
    near = [w for w in words if mention.start - 40 <= w.start <= mention.end + 40]
    return any(attributes(word) for word in near)


def says(mention: CountryMention | SpeakerMention, words: Sequence[Word]) -> bool:
    """Whether it is this name that a sentence has say something: "X has said", "according to X".

    A word of saying elsewhere in it may be another's, or none: "what did X pay the states".
    """
    behind = (word for word in words if word.start >= mention.end)
    beside = next((word for word in behind if attributes(word) or not is_filling(word)), None)
    if beside and attributes(beside):
        return True
    ahead = [word for word in words if word.end <= mention.start][-2:]
    return bool(ahead) and ahead[-1].text in ahead[-1].cues.leading and any(map(attributes, ahead))


def attributes(word: Word) -> bool:
    """Whether a word tells that somebody says something."""
    return bool({word.text, word.stem} & _cues(word.languages))


@cache
def _cues(languages: tuple[str, ...]) -> frozenset[str]:
    """Return the words that turn a country into a speaker, and their stems."""
    words = tables_of(languages).questions.attributing
    return words | {root for word in words for _, root in stems(word, languages)}


def _latin(word: str) -> str:
    return (word if word.isascii() else anyascii(word)).casefold()


@lru_cache(maxsize=4_096)
def _is_country(name: str) -> bool:
    """Whether a name is a country's alone: it speaks only where the question says so."""
    mentions = find_countries(name)
    return len(mentions) == 1 and mentions[0].end - mentions[0].start >= len(name.strip()) - 1
