"""Finds what narrows an asserted figure without anything on file that says so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final

from babel import Locale

from knowledge.language import fold
from knowledge.library import Entry, Library
from knowledge.matching.checking.around import (
    around,
    is_name,
    is_shouted,
    other_ones,
    placing,
    thing_stems,
    undoing,
)
from knowledge.matching.checking.assertions import Assertion
from knowledge.matching.questions import Asker, names_of, units_of
from knowledge.model import Claim, Kind, Topic
from knowledge.reading import CountryMention, find_countries
from knowledge.words import Stem, Word, is_filling, is_foreign, outside, words_of, zipf

_NEXT_FEW: Final = 4
"""Words behind a figure in which it may be said to be of the whole world; by eye."""
_AT_FILE: Final = 20
"""Claims with the figure that are read: more say hardly anything else."""
_MARKS: Final = " .,"
_OWNING: Final = ("'s", "’s")
_WORLD: Final = "001"
"""What CLDR calls the whole world by."""
_TELLING: Final = 4.8
"""Zipf frequency up to which a word tells something of a figure ("hired"): "caused" has 4.9."""
_RARE: Final = 4.0
"""The same where nothing tells which words mean as much: "emitted" has 3.3, "hired" 4.4."""
_NEAR: Final = 6.6
"""How near a word comes to one on file that means as much, in standard deviations over texts about
anything. Of such words in right messages on thirty subjects 18 of 24 come nearer ("emitted",
"handed"), of those in messages about something else one of 19."""
_SHORTEST: Final = 4
"""Letters that a word has in common with the beginning of another in another form."""


class Narrowing:
    """Tells of what a message says of a figure which part nothing on file says."""

    def __init__(self, library: Library, asker: Asker) -> None:
        self._library = library
        self._asker = asker

    def unsaid(
        self, text: str, one: Assertion, topic: Topic, entries: Sequence[Entry]
    ) -> tuple[str, ...]:
        """Return the names and words of a message that narrow a figure, as they stand there.

        `entries` are the claims with that figure. Neither they say it, nor who published them, nor
        the topic.
        """
        told = self._told(topic, entries)
        in_places = [(country.start, country.end) for country in one.countries]
        telling = filter(_tells, (*one.before, *one.behind))
        strange = self._strange(one, topic, telling)
        words = (*around(one, topic), *undoing(one, told.words), *strange)
        found = [
            word
            for word in outside(words, in_places)
            if not (_is_owner(word, text) or told.has(word) or self._describes(topic, word))
        ]
        places = [*_places_apart(text, one, told), *other_ones(text, one, told.words)]
        if one.figure.kind is Kind.SHARE:
            places += _owners(text, one, topic, told.texts)
        if told.countries:
            ahead = one.behind[:_NEXT_FEW]
            found += [word for word in ahead if _is_world(word) and not told.has(word)]
        said = (*_joined(text, dict.fromkeys(found)), *places)
        return tuple(dict.fromkeys(_without_ending(one) for one in said))

    def elsewhere(self, text: str, one: Assertion, topic: Topic, entries: Sequence[Entry]) -> bool:
        """Whether a message has a figure of a name or a country that nothing on file speaks of."""
        names = [] if is_shouted(one) else [*filter(is_name, around(one, topic))]
        about = {*topic.parties, *topic.places, *one.speaking}
        if not (names or any(c.land or c.capital or c.code not in about for c in one.countries)):
            return False
        told = self._told(topic, entries)
        unknown = (word for word in names if not (_is_owner(word, text) or told.has(word)))
        return any(_places_apart(text, one, told)) or any(self._strange(one, topic, unknown))

    def _told(self, topic: Topic, entries: Sequence[Entry]) -> "_Told":
        claims = [c for c in (self._library.claim(e.id) for e in entries[:_AT_FILE]) if c]
        own = (*names_of(topic), *units_of(topic), topic.description)
        texts = (*own, *self._told_by(claims))
        named = [country for each in texts for country in find_countries(each)]
        codes = {country.code for country in named} | self._speaking_for(claims)
        lands = frozenset(country.land for country in named if country.land)
        words = tuple(map(words_of, texts))
        stems = frozenset(stem for some in words for word in some for stem in word.stems)
        about = frozenset({*codes, *topic.parties, *topic.places})
        return _Told(texts, words, stems, about, lands)

    def _strange(self, one: Assertion, topic: Topic, words: Iterable[Word]) -> Iterator[Word]:
        """Yield those of some words that have nothing to do with anything on file on a topic.

        Neither are they there, nor is anything there that means as much. While no model tells
        that, only the rarest words of a message in the language of the base are.
        """
        topics = self._asker.topics
        unknown = [word for word in words if not topics.knows(word, topic.id)]
        if not unknown:
            return
        above = topics.nearness(one.sayings[0], topic.id)
        if above is None:
            above = {} if is_foreign(unknown) else _as_if_far(one.sayings[0].words)
        yield from (word for word in unknown if above.get(word.text, inf) < _NEAR)

    def _describes(self, topic: Topic, word: Word) -> bool:
        """Whether a word is one of a topic's names and descriptions, in any form."""
        sheets = self._asker.topics.sheets
        return bool(sheets.described.row(word)[sheets.places[topic.id]] > 0)

    def _told_by(self, claims: Sequence[Claim]) -> Iterator[str]:
        """Yield everything that claims say, who says it, and where."""
        for claim in claims:
            yield from (claim.statement, claim.assumption or "", *claim.qualifiers.values())
            who = self._library.asserters[claim.asserter]
            yield from filter(None, (who.person, who.organisation, who.role, *who.aliases))
            for citation in claim.citations:
                yield from citation.via
                if (source := self._library.sources.get(citation.source)) is not None:
                    yield from (source.title, source.publisher)

    def _speaking_for(self, claims: Sequence[Claim]) -> set[str]:
        asserters = (self._library.asserters[claim.asserter] for claim in claims)
        return {who.country for who in asserters if who.country}


@dataclass(frozen=True, slots=True)
class _Told:
    """What a topic and claims on it say, and the countries that are told of."""

    texts: tuple[str, ...]
    words: tuple[Sequence[Word], ...]
    stems: frozenset[Stem]
    countries: frozenset[str]
    lands: frozenset[str]

    def has(self, word: Word) -> bool:
        """Whether a word is among those told, in this form or another."""
        return any(
            said == other
            or (
                min(len(said[1]), len(other[1])) >= _SHORTEST
                and (said[1].startswith(other[1]) or other[1].startswith(said[1]))
            )
            for said in word.stems
            for other in self.stems
        )


def _places_apart(text: str, one: Assertion, told: _Told) -> Iterator[str]:
    """Yield the countries of which nothing is told, and parts of one where it is told of whole."""
    for country in one.countries:
        if country.code in one.speaking:
            continue
        name = text[country.start : country.end].rstrip(_MARKS)
        if country.code not in told.countries or _is_part(country, text, told):
            yield name


def _is_part(country: CountryMention, text: str, told: _Told) -> bool:
    """Whether a country is named by a part of it that nothing told names.

    A capital is a place where it stands as one, and otherwise rather who governs.
    """
    if country.land:
        return country.land not in told.lands
    ahead = words_of(text[max(country.start - _NEXT, 0) : country.start])[-1:]
    if not country.capital or not any(word.text in placing(word) for word in ahead):
        return False
    name = text[country.start : country.end].casefold()
    return not any(name in each.casefold() for each in told.texts)


def _owners(text: str, one: Assertion, topic: Topic, told: Iterable[str]) -> list[str]:
    """Return the country right before what a share is of, where on file it is another's.

    "Half of the Russian shells" is not of the North Korean ones. Of an amount it may be whoever
    things go to, or act.
    """
    things = thing_stems(topic)

    def owners(text: str) -> Iterator[CountryMention]:
        for country in find_countries(text):
            ahead = words_of(text[country.end : country.end + _NEXT])[:1]
            if ahead and ahead[0].start <= 1 and things & set(ahead[0].stems):
                yield country

    on_file = {country.code for each in told for country in owners(each)}
    said = (one.start, one.end)
    return [
        text[country.start : country.end]
        for country in owners(text)
        if on_file and country.code not in on_file and said[0] <= country.start < said[1]
    ]


_NEXT: Final = 40
"""Characters behind a country in which the word after it ends; by eye."""


def _as_if_far(words: Iterable[Word]) -> dict[str, float]:
    """Take the rarest words for far from everything on file."""
    return {word.text: 0.0 for word in words if zipf(word.text, word.languages) < _RARE}


def _tells(word: Word) -> bool:
    """Whether a word that stands anywhere says what happens with things, or to whom."""
    small = is_filling(word) or word.text in word.cues.adverbs
    return word.text.isalpha() and not small and zipf(word.text, word.languages) < _TELLING


def _without_ending(words: str) -> str:
    return words[: -len(_OWNING[0])] if words.endswith(_OWNING) else words


def _is_owner(word: Word, text: str) -> bool:
    """Whether a word is whose a thing is: "the country's" mostly points back."""
    return text[word.start : word.end].endswith(_OWNING)


def _is_world(word: Word) -> bool:
    """Whether a word is the whole world, which is more than any country."""
    return any(word.text == _world(code) for code in word.languages)


@cache
def _world(language: str) -> str:
    return fold(Locale(language).territories[_WORLD])


def _joined(text: str, words: Iterable[Word]) -> Iterator[str]:
    """Put words that stand side by side together again."""
    start = end = -1
    for word in sorted(words, key=lambda word: word.start):
        if start >= 0 and not text[end : word.start].strip(" -'’"):
            end = word.end
            continue
        if start >= 0:
            yield text[start:end]
        start, end = word.start, word.end
    if start >= 0:
        yield text[start:end]
