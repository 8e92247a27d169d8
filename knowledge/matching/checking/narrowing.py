"""Finds what narrows an asserted figure without anything on file that says so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final

from babel import Locale

from knowledge.language import fold, tables_of
from knowledge.library import Entry, Library
from knowledge.matching.checking.assertions import Assertion
from knowledge.matching.checking.turning import other_ones, phrases, undoing
from knowledge.matching.questions import Asker, names_of, units_of
from knowledge.model import Claim, Kind, Topic
from knowledge.reading import CountryMention, find_countries
from knowledge.words import Stem, Word, is_filling, is_foreign, words_of, zipf

_HEAD: Final = 4
"""Words behind a figure among which the thing that it counts is looked for; by eye."""
_REACH: Final = 6
"""Words behind a figure that a name in them belongs to: further on more is told; by eye."""
_COMMON: Final = 6.1
"""Zipf frequency from which on a word narrows nothing ("people", "new"); "world" has 6.0."""
_AT_FILE: Final = 20
"""Claims with the figure that are read: more say hardly anything else."""
_MARKS: Final = " .,"
_OWNING: Final = ("'s", "’s")
_WORLD: Final = "001"
"""What CLDR calls the whole world by."""
_TWO: Final = 2
_TELLING: Final = 4.8
"""Zipf frequency up to which a word tells something of a figure ("hired"): "caused" has 4.9."""
_RARE: Final = 4.0
"""The same where nothing tells which words mean as much: "emitted" has 3.3, "hired" 4.4."""
_NEAR: Final = 6.6
"""How near a word comes to one on file that means as much, in standard deviations over texts about
anything. Of 49 right messages on other subjects the words had more in 40, of 20 wrong ones less."""
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
        known = frozenset(stem for each in told.texts for w in words_of(each) for stem in w.stems)
        turned: Iterable[Word] = ()
        if not _is_shouted(one):
            telling = filter(_tells, (*one.before, *one.behind))
            strange = self._strange(one, topic, telling)
            turned = (*undoing(one, told.texts), *phrases(one, _narrows), *strange)
        in_places = [(c.start, c.end) for c in one.countries]
        words = [*_strange_names(one, topic, text, known)]
        words += [
            word
            for word in (*self._modifiers(one, topic), *turned)
            if not any(start <= word.start < end for start, end in in_places)
            and not (
                _is_owner(word, text) or _is_known(word, known) or self._describes(topic, word)
            )
        ]
        places = [*_places_apart(text, one, told), *other_ones(text, one, told.texts)]
        if one.figure.kind is Kind.SHARE:
            places += _owners(text, one, topic, told.texts)
        if told.countries:
            ahead = one.behind[:_HEAD]
            words += [w for w in ahead if _is_world(w) and not _is_known(w, known)]
        found = (*_joined(text, dict.fromkeys(words)), *places)
        return tuple(dict.fromkeys(_without_ending(one) for one in found))

    def elsewhere(self, text: str, one: Assertion, topic: Topic, entries: Sequence[Entry]) -> bool:
        """Whether a message has a figure of a name or a country that nothing on file speaks of."""
        told = self._told(topic, entries)
        known = frozenset(stem for each in told.texts for w in words_of(each) for stem in w.stems)
        names = self._strange(one, topic, _strange_names(one, topic, text, known))
        return any(_places_apart(text, one, told)) or any(names)

    def _told(self, topic: Topic, entries: Sequence[Entry]) -> "_Told":
        claims = [c for c in (self._library.claim(e.id) for e in entries[:_AT_FILE]) if c]
        own = (*names_of(topic), *units_of(topic), topic.description)
        texts = (*own, *self._told_by(claims))
        named = [country for each in texts for country in find_countries(each)]
        codes = {country.code for country in named} | self._speaking_for(claims)
        lands = frozenset(country.land for country in named if country.land)
        return _Told(texts, frozenset({*codes, *topic.parties, *topic.places}), lands)

    def _strange(self, one: Assertion, topic: Topic, words: Iterable[Word]) -> Iterator[Word]:
        """Yield those of some words that have nothing to do with anything on file on a topic.

        Neither are they there, nor is anything there that means as much. While no model tells
        that, only the rarest words of a message in the language of the base are.
        """
        topics = self._asker.topics
        unknown = [word for word in words if not topics.knows(word, topic.id)]
        if not unknown:
            return
        saying = one.sayings[0]
        above = topics.nearness(saying, topic.id)
        if above is None:
            above = (
                {}
                if is_foreign(unknown)
                else {
                    word.text: 0.0
                    for word in saying.words
                    if zipf(word.text, word.languages) < _RARE
                }
            )
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

    def _modifiers(self, one: Assertion, topic: Topic) -> Iterator[Word]:
        """Yield the words around what is counted that make less of it: "13,000 combat troops".

        They stand before it, or behind an "of".
        """
        behind = list(one.behind)
        things = {s for name in _thing_names(topic) for w in words_of(name) for s in w.stems}
        heads = [at for at, word in enumerate(behind[:_HEAD]) if things & set(word.stems)]
        if not heads:
            return
        head = heads[-1]
        before = [word for word in behind[:head] if word.text not in word.cues.links]
        if not any(_ends(word) for word in before):
            yield from filter(_narrows, before)
        behind = behind[head + 1 :]
        if one.figure.kind is Kind.AMOUNT and behind and _is_of(behind[0]):
            for word in behind[1:]:
                if _ends(word):
                    break
                if _narrows(word):
                    yield word
                elif word.text not in word.cues.links:
                    break


@dataclass(frozen=True, slots=True)
class _Told:
    """What a topic and claims on it say, and the countries that are told of."""

    texts: tuple[str, ...]
    countries: frozenset[str]
    lands: frozenset[str]


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
    if not country.capital or not any(word.text in _placing(word) for word in ahead):
        return False
    name = text[country.start : country.end].casefold()
    return not any(name in each.casefold() for each in told.texts)


def _strange_names(
    one: Assertion, topic: Topic, text: str, known: frozenset[Stem]
) -> Iterator[Word]:
    for word in _names(one, topic):
        if not (_is_owner(word, text) or _is_known(word, known)):
            yield word


def _thing_names(topic: Topic) -> Iterator[str]:
    yield from (topic.title, *topic.aliases)
    yield from units_of(topic)


def _names(one: Assertion, topic: Topic) -> Iterator[Word]:
    """Yield the proper names within what a figure is of.

    Behind it they follow a preposition ("lives in Europe"). Before it stands who acts, where
    things pass between two, and otherwise what is measured.
    """
    words = (*one.before, *one.behind)
    if _is_shouted(one) or _writes_nouns_large(words):
        return
    at_name = False
    leading = ""
    for word in one.behind[:_REACH]:
        if word.text in word.cues.articles:
            continue
        at_name = _is_name(word) and (at_name or leading == "of" or _places(word, leading))
        if at_name:
            yield word
        leading = word.text
    if len(topic.parties) < _TWO:
        first = one.before[0].start if one.before else 0
        yield from (word for word in one.before if word.start > first and _is_name(word))


def _is_shouted(one: Assertion) -> bool:
    """Whether all words are in capitals, so that no name stands out."""
    return all(word.capital for word in (*one.before, *one.behind))


def _owners(text: str, one: Assertion, topic: Topic, told: Iterable[str]) -> list[str]:
    """Return the country right before what a share is of, where on file it is another's.

    "Half of the Russian shells" is not of the North Korean ones. Of an amount it may be whoever
    things go to, or act.
    """
    things = {stem for name in _thing_names(topic) for w in words_of(name) for stem in w.stems}

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


def _places(word: Word, leading: str) -> bool:
    """Whether the word before a name makes a place of it, or of what it is a part of."""
    cues = word.cues
    return leading in _placing(word) | cues.links | cues.towards | cues.away


def _placing(word: Word) -> frozenset[str]:
    return tables_of(word.languages).questions.placing


def _is_name(word: Word) -> bool:
    return word.capital and not is_filling(word) and len(word.text) > 1


def _writes_nouns_large(words: Sequence[Word]) -> bool:
    return bool(words) and words[0].languages[0] == "de"


def _tells(word: Word) -> bool:
    """Whether a word that stands anywhere says what happens with things, or to whom."""
    small = is_filling(word) or word.text in word.cues.adverbs
    return word.text.isalpha() and not small and zipf(word.text, word.languages) < _TELLING


def _narrows(word: Word) -> bool:
    """Whether a common word may make less of a thing."""
    common = zipf(word.text, word.languages) >= _COMMON
    told = word.text in word.cues.adverbs | word.cues.lacking
    return word.text.isalpha() and not (common or is_filling(word) or told)


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


def _ends(word: Word) -> bool:
    """Whether a word ends the name of a thing."""
    cues = word.cues
    return word.text in (cues.stops | cues.relatives | cues.giving | cues.receiving) - cues.links


def _is_of(word: Word) -> bool:
    return word.text in word.cues.links and word.text not in word.cues.articles


def _is_known(word: Word, known: frozenset[Stem]) -> bool:
    """Whether a word is among those on file, in this form or another."""
    return any(
        said == other
        or (
            min(len(said[1]), len(other[1])) >= _SHORTEST
            and (said[1].startswith(other[1]) or other[1].startswith(said[1]))
        )
        for said in word.stems
        for other in known
    )


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
