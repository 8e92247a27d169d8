"""Finds what an asserted figure is of: the topic, or that it is none of ours."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile
from typing import Final

from knowledge.language import Wanted
from knowledge.library import Library
from knowledge.matching.checking.assertions import Assertion
from knowledge.matching.checking.others import (
    OwnNames,
    is_of_another,
    is_of_something_wider,
    own_names,
)
from knowledge.matching.checking.polarity import Polarity, polarity_of
from knowledge.matching.questions import (
    Asker,
    Fit,
    Judgement,
    Question,
    Ways,
    agreement,
    attributes,
    kind_of,
    units_of,
    ways_in,
    ways_of_topic,
)
from knowledge.model import Kind, Measure, Topic
from knowledge.reading import in_unit, unit_of
from knowledge.words import Stem, Word, is_filling, is_foreign, words_of

TIMES: Final = frozenset({"day", "week", "month", "year"})

_ENOUGH: Final = 0.8
"""What share of the confidence that an answer needs is enough for a check: its figure is of the
right kind already. Of 0.25 to 1, this finds the most right verdicts on nine subjects."""
_SURE: Final = 0.85
"""From this confidence on a topic may count what none of its words name. Tanks and missiles reach
0.74 with a topic of containers or shells, and soldiers 0.93 with one of troops."""
_NEAR: Final = 0.25
"""What share of the best topic's confidence another needs to be its rival; by eye."""
_YEAR: Final = "year"
_SPACE: Final = 1
"""Characters between a country and the figure that it is given: the space alone."""


class Subjects:
    """Tells what figures are of, by the topics of one library."""

    def __init__(self, library: Library, asker: Asker) -> None:
        self._library = library
        self._asker = asker
        self._judged = lru_cache(maxsize=1024)(self._judge)
        self._is_part_of_a_name = lru_cache(maxsize=256)(self._find_name)
        self._known_units = lru_cache(maxsize=256)(self._find_unit)
        self._own_names = lru_cache(maxsize=256)(self._find_own_names)
        self._ways: dict[str, Ways] = {}
        self._polarities: dict[str, Polarity] = {}

    def measures(self, unit: str) -> bool:
        """Whether a topic is measured in a unit, or in one that it can be brought into.

        A year is one of the calendar.
        """
        return self._known_units(self._library.revision, unit)

    def tells(self, word: Word) -> bool:
        """Whether a word says something of a topic on file, in any form."""
        return any(self._asker.topics.knows(word, name) for name in self._library.topics)

    def _find_unit(self, _revision: int, unit: str) -> bool:
        topics = self._library.topics.values()
        if unit == _YEAR:
            return any(kind_of(topic) == "date" for topic in topics)
        return any(topic.unit and in_unit(1.0, unit, topic.unit) is not None for topic in topics)

    def topic(self, one: Assertion) -> Topic | None:
        """Return the topic of an asserted figure; nothing when it is not surely one of ours."""
        admitted = tuple(topic.id for topic in self._library.topics.values() if admits(topic, one))
        for saying in one.sayings if admitted else ():
            found = self._best(saying, admitted, one)
            if found and len(one.sayings) > 1 and self._tells_of_some(one, found):
                continue
            if found and not any(
                against(one, found)
                for against in (
                    _merely_owned,
                    _of_the_writer,
                    _of_others,
                    self._of_other_things,
                    self._of_another_name,
                    self._of_something_wider,
                    self._without_a_word_of_it,
                )
            ):
                return found
        return None

    def _tells_of_some(self, one: Assertion, topic: Topic) -> bool:
        """Whether a figure that leans on what was said before is of those of whom more is told.

        Of "600 died", behind "of the troops", the topic knows the troops and not that they died.
        """
        first = one.behind[0] if one.behind else None
        if first is None or is_filling(first) or first.text in first.cues.stops | first.cues.links:
            return False
        return one.figure.kind is Kind.AMOUNT and not self._asker.topics.knows(first, topic.id)

    def _of_other_things(self, one: Assertion, topic: Topic) -> bool:
        """Whether what is counted is what another topic counts, and no word of this one's."""
        if one.figure.kind is not Kind.AMOUNT or not (thing := _counted(one)):
            return False
        own = {word.stem for name in _names(topic) for word in words_of(name)}
        others = (_things(other)[:1] for other in self._library.topics.values())
        return thing not in own and any(thing in things for things in others)

    def _of_another_name(self, one: Assertion, topic: Topic) -> bool:
        """Whether a name that nothing on file on the topic has is what the figure is of."""
        own = self._own_names(self._library.revision, topic.id)
        return is_of_another(one, topic, own, lambda word: self._asker.topics.knows(word, topic.id))

    def _of_something_wider(self, one: Assertion, topic: Topic) -> bool:
        return is_of_something_wider(one, topic, self._library.topics.values())

    def _without_a_word_of_it(self, one: Assertion, topic: Topic) -> bool:
        """Whether nothing that is said has a word of the topic, its claims or their speakers.

        "I need two months to finish this" is of nothing on file, however like it sounds to a topic
        that is measured in months. In another language, none of the words may be on file.
        """
        words = [word for saying in one.sayings for word in saying.words]
        measure = one.figure.kind is Kind.MEASURE
        if not measure or one.countries or one.speakers or is_foreign(words):
            return False
        measured = {
            stem for unit in units_of(topic) for word in words_of(unit) for stem in word.stems
        }
        return not any(
            self._asker.topics.knows(word, topic.id)
            for word in words
            if not is_filling(word) and not measured & set(word.stems)
        )

    def _find_own_names(self, _revision: int, name: str) -> OwnNames:
        """Return the names in what a topic is called; where it has none, of all about the same."""
        topic = self._library.topic(name)
        alike = (
            other for other in self._library.topics.values() if {*other.parties} & {*topic.parties}
        )
        own = own_names([topic])
        return own if own.names else own_names(alike)

    def fits_but_for_its_unit(self, one: Assertion) -> bool:
        """Whether a topic is about what is asserted, and measured in something else."""
        if one.figure.kind is not Kind.MEASURE:
            return False
        admitted = tuple(
            topic.id
            for topic in self._library.topics.values()
            if kind_of(topic) == "money" or (topic.unit and unit_of(topic.unit).kind == "measure")
        )
        sayings = one.sayings if admitted else ()
        found = (self._best(saying, admitted, one) for saying in sayings)
        return any(topic is not None and not admits(topic, one) for topic in found)

    def names(self, label: str) -> bool:
        """Whether words are part of a topic's own name ("Pfizer efficacy")."""
        return self._is_part_of_a_name(self._library.revision, label.casefold())

    def _find_name(self, _revision: int, words: str) -> bool:
        within = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        return any(
            within.search(name.casefold())
            for topic in self._library.topics.values()
            for name in (topic.title, *topic.aliases)
        )

    def _judge(self, _revision: int, saying: Question, admitted: tuple[str, ...]) -> Judgement:
        return self._asker.match(saying, admitted)

    def _best(self, saying: Question, admitted: tuple[str, ...], one: Assertion) -> Topic | None:
        revision = self._library.revision
        judged = self._judged(revision, saying, admitted)
        if not judged.fits:
            return None
        best = first = judged.fits[0]
        if lesser := self._lesser(judged.fits, one):
            left = tuple(topic for topic in admitted if topic not in lesser)
            judged = self._judged(revision, saying, left)
            best = judged.fits[0] if judged.fits else first
            if self._things_of(best.topic) == self._things_of(first.topic):
                # One of those that count this was meant: that it is this one is told by the way.
                best = Fit(best.topic, max(best.confidence, first.confidence))
        best = self._told_by_name(saying, judged.fits, best, one)
        if best.topic in lesser or best.confidence < judged.needed * _ENOUGH:
            return self._by_its_unit(one, admitted)
        if best.confidence < _SURE and not self._asker.counts(saying, best.topic):
            return None
        return self._library.topic(best.topic)

    def _told_by_name(
        self, saying: Question, fits: Sequence[Fit], best: Fit, one: Assertion
    ) -> Fit:
        """Return the near topic whose name has a word that the best one does not know at all.

        "The convictions of 39 were quashed" is of those that were, however many are convicted.
        The best one stays where what is counted, or another word, is of its name alone.
        """
        topics = self._asker.topics
        telling = [word for word in saying.words if not is_filling(word)]
        strange = [word for word in telling if not topics.knows(word, best.topic)]
        own = [word for word in telling if topics.names(word, best.topic)]
        thing = [word for word in one.behind[:1] if topics.names(word, best.topic)]
        for fit in fits if strange else ():
            near = fit.confidence >= best.confidence * _NEAR
            called = any(topics.names(word, fit.topic) for word in strange)
            owned = all(topics.knows(word, fit.topic) for word in own)
            if near and called and owned and all(topics.names(word, fit.topic) for word in thing):
                # One of the two was meant: that it is this one is told by the word.
                return Fit(fit.topic, best.confidence + fit.confidence)
        return best

    def _by_its_unit(self, one: Assertion, admitted: Sequence[str]) -> Topic | None:
        """Return the one topic that counts what is counted, and passes between who is named.

        Its unit tells, in any language; its countries have to go the way that is said.
        """
        said, counted = _ways_of(one), one.behind[0] if one.behind else None
        if counted is None or one.figure.kind is not Kind.AMOUNT:
            return None
        fits = [
            Fit(name, 1.0)
            for name in admitted
            if self._agreement(name, said) > 0
            and any(set(counted.stems) & stems for stems in self._unit_stems(name))
        ]
        lesser = self._lesser(fits, one) if fits else frozenset()
        left = [fit.topic for fit in fits if fit.topic not in lesser]
        return self._library.topic(left[0]) if len(left) == 1 else None

    def _unit_stems(self, name: str) -> Iterator[set[Stem]]:
        """Yield the stems of the word that a topic's unit begins with, in each of its languages."""
        for unit in units_of(self._library.topic(name)):
            yield {stem for word in words_of(unit)[:1] for stem in word.stems}

    def _lesser(self, fits: Sequence[Fit], one: Assertion) -> frozenset[str]:
        """Return the topics that count the same as another near one, which is meant rather.

        That is the one for the way that things go, however unlikely by its words; where that is
        the same, of what has been so far a running total; then a total goes before what is so
        much a year, unless a span of time is named, and what is about no country before what is
        about one that is not named.
        """
        if len(fits) < 2:  # noqa: PLR2004  (one has no rival)
            return frozenset()
        said, timed, first = _ways_of(one), rate(one) is not None, fits[0]
        agreed = self._agreement(first.topic, said)
        near = (
            fit.topic
            for fit in fits
            if fit.confidence >= first.confidence * _NEAR
            or self._agreement(fit.topic, said) > agreed
        )
        alike = [name for name in near if self._things_of(name) == self._things_of(first.topic)]
        fitting = {
            name: (
                self._agreement(name, said),
                one.so_far and self._library.topic(name).measure is Measure.CUMULATIVE,
                timed or not self._is_by_time(name),
                self._is_of_whom(name, one),
            )
            for name in alike
        }
        most = max(fitting.values())
        return frozenset(name for name in alike if fitting[name] < most)

    def _things_of(self, name: str) -> tuple[str, ...]:
        return _things(self._library.topic(name))

    def _is_of_whom(self, name: str, one: Assertion) -> bool:
        """Whether a topic is about a country that is named, or about none in particular."""
        parties = {*self._library.topic(name).parties}
        return not parties or bool(parties & {country.code for country in one.countries})

    def _is_by_time(self, name: str) -> bool:
        return is_by_time(self._library.topic(name))

    def _agreement(self, name: str, said: Ways) -> int:
        """Count the ways that agree with those of a topic, less those the other way round."""
        if not said:
            return 0
        if name not in self._ways:
            self._ways[name] = ways_of_topic(self._library.topic(name))
        return agreement(said, self._ways[name])

    def contrary(self, one: Assertion, topic: Topic) -> bool:
        """Whether a share is of those to which the opposite of the topic applies."""
        if topic.measure is not Measure.SHARE:
            return False
        if topic.id not in self._polarities:
            self._polarities[topic.id] = polarity_of(topic)
        return self._polarities[topic.id].is_contrary(one)


_KINDS: Final = {
    Measure.SHARE: Kind.SHARE,
    Measure.CHANGE: Kind.SHARE,
    Measure.RATIO: Kind.RATIO,
}
"""Measures whose figures are all of one kind."""
_TIMELESS: Final = frozenset({Measure.CUMULATIVE, Measure.LEVEL})
"""Measures whose figures are so much, and not so much a year, unless the topic says so."""


def admits(topic: Topic, one: Assertion) -> bool:
    """Whether the figures of a topic are of the kind that is asserted.

    The unit of a topic tells: "year of …" is a date on the calendar, "months of …" a length of
    time, what has a physical unit or a currency is measured, and everything else counted. What is
    said to be so a day or a year is no running total, and nothing else that is not so by time.
    """
    kind, unit = one.figure.kind, first_word(topic)
    unlike = bool(one.figure.change) > _is_of_change(topic)
    timed = topic.measure in _TIMELESS and rate(one) is not None and not _names_a_time(topic)
    if topic.measure is Measure.QUALITATIVE or unlike or timed:
        return False
    if topic.measure in _KINDS:
        return kind is _KINDS[topic.measure]
    if kind_of(topic) == "date":
        return kind in {Kind.AGE, Kind.DECADE}
    if kind is Kind.MEASURE or unit.removesuffix("s") in TIMES:
        return kind is Kind.MEASURE and _is_in_unit(topic, one)
    if kind_of(topic) == "money":
        return kind is Kind.AMOUNT and Wanted.MONEY in one.sayings[0].wanted
    return kind is Kind.AMOUNT


def _names_a_time(topic: Topic) -> bool:
    """Whether the words of a topic have it so much a day or a year."""
    if topic.measure is Measure.CUMULATIVE:
        return False
    return any(_span_of(words_of(text)) for text in _names(topic))


def _counted(one: Assertion) -> str | None:
    """Return the word that directly follows a figure, which is what it counts."""
    first = one.behind[0] if one.behind else None
    return first.stem if first and first.start - one.figure.end <= _SPACE else None


def _names(topic: Topic) -> tuple[str, ...]:
    return (topic.title, topic.unit or "", topic.description, *topic.aliases)


def _is_of_change(topic: Topic) -> bool:
    return topic.measure is Measure.CHANGE


def _is_in_unit(topic: Topic, one: Assertion) -> bool:
    """Whether a figure is measured in what a topic is, or in a unit that can be brought to it."""
    printed, wanted = one.figure.unit, topic.unit
    return bool(printed and wanted) and in_unit(1.0, printed or "", wanted or "") is not None


def first_word(topic: Topic) -> str:
    """Return the word that a topic's unit begins with."""
    return topic.unit.split()[0].casefold() if topic.unit else ""


def rate(one: Assertion) -> str | None:
    """Return the span of time that an amount is said to be for ("a year", "daily")."""
    return _span_of(one.behind) or _span_of(one.before)


def _span_of(said: Sequence[Word]) -> str | None:
    for at, word in enumerate(said):
        cues = word.cues
        per = at > 0 and said[at - 1].text in cues.per
        if word.text in cues.periods and (per or word.text in cues.rates):
            return cues.periods[word.text]
    return None


def _merely_owned(one: Assertion, topic: Topic) -> bool:
    """Whether somebody is said to have something, where a topic is of what passes between two."""
    verbs = [word for word in one.before if word.text not in word.cues.adverbs]
    parties = {country.code for country in one.countries} & set(topic.parties)
    passes = topic.measure is Measure.CUMULATIVE and len(topic.parties) > 1
    has = bool(verbs) and verbs[-1].text in verbs[-1].cues.possessing
    return passes and has and len(parties) < 2  # noqa: PLR2004


def _of_others(one: Assertion, topic: Topic) -> bool:
    """Whether countries are named, and none of those that a topic is about.

    What passes between two is not of them when it passes between one of them and another.
    """
    named = {country.code for country in one.countries} - one.speaking
    about = {*topic.parties, *topic.places}
    if not (named and topic.parties):
        return False
    return bool(named - about) if len(topic.parties) > 1 else named.isdisjoint(about)


def _of_the_writer(one: Assertion, topic: Topic) -> bool:
    """Whether the writer speaks of what is theirs, and of none of the countries of a topic."""
    if {country.code for country in one.countries} & set(topic.parties):
        return False
    words = (*one.before, *one.behind)
    return any(word.text in word.cues.first_person for word in words) or _does_it(one.before)


def _does_it(before: Sequence[Word]) -> bool:
    """Whether the writer does something, rather than to know or say it ("I read that …")."""
    doing = list(dropwhile(lambda word: word.text not in word.cues.writer, before))[1:]
    verb = next((word for word in doing if word.text not in word.cues.adverbs), None)
    if verb is None:
        return False
    return verb.text in verb.cues.possessing or not (is_filling(verb) or attributes(verb))


def is_by_time(topic: Topic) -> bool:
    """Whether a topic is of so much in a span of time ("homes a year")."""
    return topic.measure is Measure.RATE and len(_things(topic)) < len(words_of(topic.unit or ""))


def _things(topic: Topic) -> tuple[str, ...]:
    """Return the words of a topic's unit, less the span of time that it may name."""
    words = words_of(topic.unit or "")
    if len(words) > 1 and words[-1].text in words[-1].cues.periods:
        words.pop()
        if words[-1].text in words[-1].cues.per:
            words.pop()
    return tuple(word.stem for word in words)


def _ways_of(one: Assertion) -> Ways:
    """Find which countries what is asserted goes to and comes from.

    A country between a verb and the figure is given it ("has sent Russia 7 containers").
    """
    found = set(ways_in(one.sayings[0].words, one.sayings[0].places))
    for country in one.countries:
        ahead = [word for word in one.before if word.end <= country.start]
        directly = 0 < one.figure.start - country.end <= _SPACE
        if directly and ahead and not _binds(ahead[-1]):
            found.add(("to", country.code))
    return frozenset(found)


def _binds(word: Word) -> bool:
    cues = word.cues
    return word.text in cues.towards | cues.away | cues.joiners | cues.links
