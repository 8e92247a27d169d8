"""Finds what an asserted figure is of: the topic, or that it is none of ours."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import exp
from typing import Final

from knowledge.language import Stem, Word, fold, outside, turns, words_of
from knowledge.library import Library
from knowledge.matching.checking.assertions import Assertion, denied_words
from knowledge.matching.questions import FEATURES, THRESHOLD, WEIGHTS, Asker, Fit
from knowledge.model import Kind, Measure, Topic
from knowledge.reading import find_countries, in_unit

TIMES: Final = frozenset({"day", "week", "month", "year"})

_SPANS: Final = frozenset({"days", "weeks", "months", "years"})
"""Units that anything may be measured in; the others tell by themselves what is meant."""
_NO_THING: Final = frozenset({"share", "of", "a", "the", "year", "years", "months"})
_UNLIKELY: Final = 0.1
"""A topic less probable than this is not ours for want of rivals either. Chosen by eye."""
_Ways = frozenset[tuple[str, str]]


class Subjects:
    """Tells what figures are of, by the topics of one library."""

    def __init__(self, library: Library, asker: Asker) -> None:
        self._library = library
        self._asker = asker
        self._known_fits = lru_cache(maxsize=1024)(self._find)
        self._known_units = lru_cache(maxsize=256)(self._find_unit)
        self._ways: dict[str, _Ways] = {}
        self._needing: dict[str, frozenset[Stem]] = {}

    def measures(self, unit: str) -> bool:
        """Whether a topic is measured in a unit, or in one that it can be brought into."""
        return self._known_units(self._library.revision, unit)

    def _find_unit(self, _revision: int, unit: str) -> bool:
        topics = self._library.topics.values()
        return any(topic.unit and in_unit(1.0, unit, topic.unit) is not None for topic in topics)

    def topic(self, one: Assertion, today: date) -> Topic | None:
        """Return the topic of an asserted figure; nothing when it is not surely one of ours."""
        for saying in one.sayings:
            fits = self._fits(saying, today)
            for found in (self._best(fits, one), self._plain(fits, one, today)):
                if found and self._is_meant(found, one, today):
                    return found
        return None

    def _is_meant(self, topic: Topic, one: Assertion, today: date) -> bool:
        """Whether nothing around the figure speaks against a topic."""
        if _merely_owned(one, topic) or _of_the_writer(one, topic):
            return False
        if topic.measure is Measure.RATE and any(
            self._tells_otherwise(topic, word.text, today) for word in one.before
        ):
            return False
        return self._thing_fits(topic, one, today)

    def _tells_otherwise(self, topic: Topic, word: str, today: date) -> bool:
        """Whether a word stands for a topic that counts nothing, and not at all for this one."""
        fits = self._fits(f"7 {word}", today)
        if not fits or fits[0].confidence < THRESHOLD:
            return False
        if self._library.topics[fits[0].topic].measure is Measure.CUMULATIVE:
            return False
        return topic.id not in {fit.topic for fit in fits}

    def _fits(self, text: str, today: date) -> Sequence[Fit]:
        return self._known_fits(self._library.revision, text, today)

    def _find(self, _revision: int, text: str, today: date) -> Sequence[Fit]:
        return self._asker.find(text, today).fits

    def _best(self, fits: Sequence[Fit], one: Assertion) -> Topic | None:
        """Choose among the topics whose figures are of the asserted kind."""
        likely = (fit for fit in fits if fit.confidence >= _UNLIKELY)
        admitted = [fit for fit in likely if admits(self._library.topics[fit.topic], one)]
        scores = {fit.topic: _confidence(fit, admitted, one) for fit in admitted}
        if not scores:
            return None
        best = self._library.topics[max(scores, key=lambda name: scores[name])]
        if scores[best.id] < THRESHOLD:
            return None
        return self._by_way(best, fits, one)

    def _by_way(self, best: Topic, fits: Sequence[Fit], one: Assertion) -> Topic:
        """Of topics that count the same thing, take the one for the way that it goes."""
        said = _ways_of_text(one.sayings[0])
        topics = [self._library.topics[fit.topic] for fit in fits] if said else []
        alike = [topic for topic in topics if topic.unit == best.unit and admits(topic, one)]
        agreed = {topic.id: self._agreement(topic.id, said) for topic in (best, *alike)}
        return max((best, *alike), key=lambda topic: agreed[topic.id])

    def _agreement(self, name: str, said: _Ways) -> int:
        """Count the ways that agree with those of a topic, less those the other way round."""
        if not said:
            return 0
        if name not in self._ways:
            self._ways[name] = _ways_of_topic(self._library.topics[name])
        meant = self._ways[name]
        turned = {("from" if way == "to" else "to", code) for way, code in said}
        return len(said & meant) - len(turned & meant)

    def contrary(self, one: Assertion, topic: Topic) -> bool:
        """Whether a share is of those to which the opposite of the topic applies.

        A topic that is named by a denial ("that do not work") tells which words need one.
        """
        if topic.measure is not Measure.SHARE:
            return False
        if topic.id not in self._needing:
            self._needing[topic.id] = _needing_denial(topic)
        needing = self._needing[topic.id]
        return one.denied != any(not needing.isdisjoint(word.stems) for word in one.behind)

    def _plain(self, fits: Sequence[Fit], one: Assertion, today: date) -> Topic | None:
        """Try again without the verb, which may be any: by what is counted, and of whom.

        Not where the words point to a topic of another kind, and not where they tell of loss.
        """
        if (
            one.figure.kind is not Kind.AMOUNT
            or not one.thing
            or any(
                turns(word)
                for word in (*one.before, *_until_way(one.behind))
                if word.text not in word.cues.acquiring
            )
        ):
            return None
        sure = [self._library.topics[fit.topic] for fit in fits[:1] if fit.confidence >= THRESHOLD]
        if any(not admits(topic, one) for topic in sure):
            return None
        founds = (self._best(self._fits(bare, today), one) for bare in one.bare)
        found = next((topic for topic in founds if topic), None)
        given_to = {code for way, code in _ways_of_text(one.sayings[0]) if way == "to"}
        codes = {country.code for country in one.countries} - one.speaking
        if found is None or not codes <= set(found.parties) or not codes - given_to:
            return None
        return found

    def _thing_fits(self, topic: Topic, one: Assertion, today: date) -> bool:
        """Whether what is counted is what the figures of a topic count.

        A share is of what another topic counts ("of the shells"), or names itself ("duds").
        """
        around = dict.fromkeys((*one.thing, *(w.text for w in (*one.before, *one.behind))))
        phrase = " ".join(one.thing)
        if topic.measure is Measure.SHARE:
            heads = one.thing[-1:] if one.english else one.thing
            wanted = _things(topic)
            return (
                not one.thing
                or topic in (*self._named(phrase, today), *self._named(one.thing[0], today))
                or any(self._counts(word, wanted, today) for word in (phrase, *heads))
            )
        if one.figure.kind is Kind.MEASURE and one.figure.unit not in _SPANS:
            return True
        if one.figure.kind is not Kind.AMOUNT:
            wanted = frozenset(fold(f"{topic.title} {topic.description}").split())
            return any(
                bool(_things(named) & wanted)
                for word in around
                for named in self._named(word, today)
                if named is not topic
            )
        if one.thing and not one.english:
            return True
        names = (phrase, *one.thing) if one.thing else around
        wanted = _things(topic)
        return any(
            topic is named or bool(_things(named) & wanted)
            for name in names
            for named in self._named(name, today)
        )

    def _counts(self, thing: str, wanted: frozenset[str], today: date) -> bool:
        """Whether a word stands for a topic that counts something wanted."""
        return any(
            _things(topic) & wanted
            for topic in self._named(thing, today)
            if topic.measure is not Measure.SHARE
        )

    def _named(self, thing: str, today: date) -> list[Topic]:
        sure = (fit for fit in self._fits(f"7 {thing}", today) if fit.confidence >= THRESHOLD)
        return [self._library.topics[fit.topic] for fit in sure]


def _things(topic: Topic) -> frozenset[str]:
    return frozenset(fold(topic.unit or "").split()) - _NO_THING


def _confidence(fit: Fit, admitted: Sequence[Fit], one: Assertion) -> float:
    """Return the confidence in a topic; for other than amounts, among those admitted alone.

    An amount may be of anything, so that a topic of another kind is as good a rival.
    """
    if one.figure.kind is Kind.AMOUNT:
        return fit.confidence
    rivals = [_strength(other) for other in admitted if other is not fit]
    values = dict(zip(FEATURES, fit.features, strict=True))
    values["runner_up"] = max(rivals, default=0.0)
    score = sum(WEIGHTS.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + exp(-max(min(score, 30.0), -30.0)))


def _strength(fit: Fit) -> float:
    """Return what the matcher compares topics by: how well words cover it, and are covered."""
    values = dict(zip(FEATURES, fit.features, strict=True))
    return values["coverage"] * values["phrase_mass"] + values["explained"]


_KINDS: Final = {
    Measure.SHARE: Kind.SHARE,
    Measure.CHANGE: Kind.SHARE,
    Measure.RATIO: Kind.RATIO,
}
"""Measures whose figures are all of one kind."""


def admits(topic: Topic, one: Assertion) -> bool:
    """Whether the figures of a topic are of the kind that is asserted.

    The unit of a topic tells: "year of …" is a date on the calendar, "months of …" a length of
    time, what has a physical unit or a currency is measured, and everything else counted; a rate
    needs the time that it is for ("a year", "daily").
    """
    kind, unit = one.figure.kind, first_word(topic)
    if topic.measure is Measure.QUALITATIVE or bool(one.figure.change) > _is_of_change(topic):
        return False
    if topic.measure in _KINDS:
        return kind is _KINDS[topic.measure]
    if unit == "year":
        return kind in {Kind.AGE, Kind.DECADE}
    if kind is Kind.MEASURE or unit.removesuffix("s") in TIMES:
        return kind is Kind.MEASURE and _is_in_unit(topic, one)
    return kind is Kind.AMOUNT and (topic.measure is Measure.RATE) == (rate(one) is not None)


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
    for said in (one.behind, one.before):
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


def _until_way(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words up to where it is said to whom or from whom something goes."""
    ways = (
        at
        for at, word in enumerate(words)
        if word.text in word.cues.towards or word.text in word.cues.away
    )
    return words[: next(ways, len(words))]


def _of_the_writer(one: Assertion, topic: Topic) -> bool:
    """Whether the writer speaks of what is theirs, and of none of the countries of a topic."""
    if {country.code for country in one.countries} & set(topic.parties):
        return False
    return any(word.text in word.cues.first_person for word in (*one.before, *one.behind))


def _ways_of_topic(topic: Topic) -> _Ways:
    names = (topic.title, topic.description, *topic.aliases)
    return frozenset(way for name in names for way in _ways_of_text(name))


def _ways_of_text(text: str) -> _Ways:
    """Find which countries things go to and come from."""
    found = set()
    words = words_of(text)
    for country in find_countries(text):
        ahead = outside(words, [(country.start, len(text))])
        before = [word for word in ahead if word.text not in word.cues.articles][-1:]
        if before and before[0].text in before[0].cues.towards:
            found.add(("to", country.code))
        elif before and before[0].text in before[0].cues.away:
            found.add(("from", country.code))
    return frozenset(found)


def _needing_denial(topic: Topic) -> frozenset[Stem]:
    """Return the stems that stand in a topic's names behind a denial, or behind "un"."""
    phrases = [words_of(phrase) for phrase in (topic.title, *topic.aliases, *topic.terms)]
    texts = {word.text: word.stems for words in phrases for word in words}
    denied = {stem for words in phrases for word in denied_words(words) for stem in word.stems}
    opposite = {stem for text, stems in texts.items() if f"un{text}" in texts for stem in stems}
    return frozenset(denied | opposite)
