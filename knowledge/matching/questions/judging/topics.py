"""Topics of a question: how well each fits, and whether to answer, to offer, or to be silent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from typing import Protocol

import numpy as np

from knowledge.language import Wanted
from knowledge.library import Library
from knowledge.matching.questions.judging.evidence import Array, Evidence
from knowledge.matching.questions.judging.examples import Examples
from knowledge.matching.questions.judging.features import features_of
from knowledge.matching.questions.judging.judge import Judge, Weights, fitted
from knowledge.matching.questions.judging.meanings import TextEncoder, TopicMeanings
from knowledge.matching.questions.judging.sheets import Sheets
from knowledge.matching.questions.judging.vocabulary import Vocabulary
from knowledge.matching.questions.reading import Question
from knowledge.model import Claim, Example
from knowledge.words import Word, is_filling, is_foreign, rarity, wanted, zipf

_FILLING = 6.1
"""Zipf frequency of the words that end the name of what is counted ("how many … are there")."""
_COUNTED_WORDS = 3
_NAMED = 0.95
"""Confidence in a topic that is asked for by its name alone."""
_SHARED = 0.85
"""The same where several topics have the name: below what would leave the others unmentioned."""
_OUTDONE = 4.0
"""Log odds by which another topic is ahead of the one named where more than its name is said:
1,306 names in ordinary words stay below 3.3, questions for something else begin at 4.6."""
_LEFT_OUT = 1
"""Words that the question is asked without, the most telling ones: each costs as much time as the
question itself, and a second one brings nothing more."""
_TELLING, _DOUBT = 0.15, 1.3
"""How rare a word has to be to be left out; and how much of a word's rarity stays where it is
surely a topic's, 0.3 of 1.3. By eye."""


class Outcome(StrEnum):
    """What becomes of a question."""

    ANSWER = "answer"
    OFFER = "offer"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Fit:
    """How a topic fits a question; `confidence` is the probability that it is meant."""

    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """The topics by how well they fit, the best first, and what is to be done with them."""

    fits: Sequence[Fit]
    outcome: Outcome
    needed: float = 1.0
    """The confidence that an answer needs."""


class TopicScorer(Protocol):
    """What decides on topics."""

    def judge(
        self, question: Question, similar: Mapping[str, float], among: Collection[str] | None = None
    ) -> Judgement:
        """Judge a question, as if the base held no other topics than those `among`.

        `similar` has the score of the claim most like the question, by topic.
        """


class TopicMatcher:
    """Judges by fitted weights: by words alone, and by meaning too where there is an encoder."""

    def __init__(
        self,
        library: Library,
        known: Mapping[str, Claim] | None = None,
        weights: Mapping[str, Weights] | None = None,
    ) -> None:
        self.sheets: Sheets = Sheets(library, known)
        self._weights = weights
        self._judges: dict[str, Judge] = {}
        self._meanings: TopicMeanings | None = None
        self.learn(library.examples.values())

    def learn(self, examples: Iterable[Example]) -> None:
        """Let these examples count from now on, and no others."""
        self._examples = Examples(examples, self.sheets)

    def with_examples(self, examples: Iterable[Example]) -> "TopicMatcher":
        """Return one that judges the same topics by these examples."""
        other = copy(self)
        other.learn(examples)
        return other

    def is_example(self, question: Question) -> bool:
        """Whether a question is an example, word for word."""
        return self._examples.holds(question)

    def use_encoder(self, encoder: TextEncoder | None) -> None:
        """Judge by meaning too from now on; None goes back to words. Takes a while: see threads."""
        self._meanings = TopicMeanings(encoder, self.sheets) if encoder else None

    def note(self, claims: Collection[Claim]) -> None:
        """Learn the words of claims that are new or were changed."""
        self.sheets.note(claims)

    def judge(
        self, question: Question, similar: Mapping[str, float], among: Collection[str] | None = None
    ) -> Judgement:
        """Judge a question, as if the base held no other topics than those `among`."""
        places = self._places(among)
        written = any(letter.isalpha() for word in question.words for letter in word.text)
        if not places or not written:
            return Judgement((), Outcome.SILENCE)
        evidence = self.evidence(question, similar)
        judge = self._judge("words" if evidence.meaning is None else "meaning")
        rows = features_of(evidence, places)
        likely = judge.likelihoods(rows)
        confidence = judge.confidence(rows, likely)
        confidence = raised(confidence, evidence.taught[places[int(likely.argmax())]])
        named = self._exampled(question, places)
        if not named:
            called = self._named(question, places)
            sure = evidence.meaning is not None and confidence >= judge.answer
            named = frozenset() if sure and outdone(called, places, likely) else called
        if named:
            # Beyond the name nothing is said: no doubt is left, whatever else has that name.
            likely = np.where([at in named for at in places], likely + 1, likely)
            alone = max(confidence, _NAMED) if len(named) == 1 else _SHARED
            confidence = max(alone, judge.answer)
        if not named and _has_nothing(evidence):
            return Judgement((), Outcome.SILENCE)
        fits = self._fits(places, likely, confidence)
        return Judgement(fits, _outcome(confidence, judge), judge.answer)

    def _exampled(self, question: Question, places: Sequence[int]) -> frozenset[int]:
        """Return the topic of which a question is an example, unless it is another one's name."""
        meant = self._examples.meant(question)
        if meant is None or meant not in places:
            return frozenset()
        start, end, named = self.sheets.names.spelled(question.words)
        whole = (start, end) == (0, len(question.words))
        return frozenset() if whole and meant not in named else frozenset({meant})

    def counts(self, question: Question, topic: str) -> bool:
        """Whether a word of a topic, of its claims too, names what a question counts."""
        words = list(question.words)
        counted = [words[at] for at in np.flatnonzero(_counted(question.counted_from, words))]
        if not counted or is_foreign(words):
            return True
        at = self.sheets.places[topic]
        known = (self.sheets.named, self.sheets.described, self.sheets.claimed)
        return any(one.row(word)[at] > 0 for one in known for word in counted)

    def knows(self, word: Word, topic: str) -> bool:
        """Whether a word is one of a topic, of its claims or of who speaks on it, in any form."""
        at, sheets = self.sheets.places[topic], self.sheets
        told = (sheets.named, sheets.described, sheets.claimed, sheets.asserting, sheets.publishing)
        return any(one.row(word)[at] > 0 for one in told)

    def names(self, word: Word, topic: str) -> bool:
        """Whether a word is one that a topic is called by, as it stands there."""
        return bool(self.sheets.named.row(word)[self.sheets.places[topic]] == 1)

    def nearness(self, question: Question, topic: str) -> dict[str, float] | None:
        """Return how near each word comes to those of a topic; nothing while no model tells.

        That is in standard deviations from what a word comes to in texts about anything.
        """
        meaning = self.evidence(question, {}).meaning if self._meanings else None
        if meaning is None:
            return None
        above = meaning.aligned.above[:, self.sheets.places[topic]]
        return {word.text: float(one) for word, one in zip(question.words, above, strict=True)}

    def is_named(self, question: Question) -> bool:
        """Whether a question names a topic outright, whoever has that name too."""
        return bool(self._named(question, range(len(self.sheets.topics))))

    def _named(self, question: Question, places: Sequence[int]) -> frozenset[int]:
        """Return the topics that a question names outright, with nothing but filling around."""
        words = list(question.words)
        start, end, topics = self.sheets.names.spelled(words)
        rest = [*words[:start], *words[end:]]
        spans = [(phrase.start, phrase.end) for phrase in question.dates]
        said = (*question.speakers, *question.speaking)
        spans += [(mention.start, mention.end) for mention in said]
        if any(
            _is_proper(word, question) or not is_filling(word)
            for word in rest
            if not _inside(word, spans)
        ):
            return frozenset()
        name = " ".join(word.text for word in words[start:end])
        asked = question.wanted - wanted(name)
        kinds = {Wanted.MONEY: "money", Wanted.WHEN: "date", Wanted.SHARE: "share"}
        other = [kind for want, kind in kinds.items() if want in asked]
        named = topics.intersection(places)
        return frozenset(at for at in named if all(self.sheets.kinds[at] == one for one in other))

    def _judge(self, mode: str) -> Judge:
        if mode not in self._judges:
            self._judges[mode] = Judge((self._weights or fitted())[mode])
        return self._judges[mode]

    def _places(self, among: Collection[str] | None) -> Sequence[int]:
        if among is None:
            return range(len(self.sheets.topics))
        return [self.sheets.places[one] for one in among if one in self.sheets.places]

    def _fits(self, places: Sequence[int], likely: Array, confidence: float) -> list[Fit]:
        """Give the best the confidence of the whole, and the others their share of it."""
        order = np.argsort(-likely, kind="stable")
        most = likely[order[0]]
        return [
            Fit(self.sheets.topics[places[at]].id, float(confidence * likely[at] / most))
            for at in order
        ]

    def evidence(self, question: Question, similar: Mapping[str, float]) -> Evidence:
        """Hold a question against every topic."""
        sheets, words = self.sheets, list(question.words)
        telling = _telling(question)
        size = len(sheets.topics)
        described = _matrix(words, sheets.described, size)
        claimed = _matrix(words, sheets.claimed, size)
        asserting = _matrix(words, sheets.asserting, size)
        spoken = np.array([float(sheets.spoken.row(word)[0]) for word in words])
        # To what examples say, a part of a country is strange unless it is named: England is not
        # Scotland, though both are British.
        told = np.maximum(described, claimed)
        self._recognise_countries(question, described, claimed)
        self._recognise_speakers(question, asserting, spoken)
        speaking = np.zeros(size)
        cover, whole = sheets.names.held(words)
        first = words[0].start if words else 0
        counted = _counted(question.counted_from, words)
        numbers = {n for q in question.quantities for n in (q.low, q.high) if n is not None}
        years = {float(phrase.span.start.year) for phrase in question.dates}
        at_home, abroad, half_abroad, unplaced = self._countries(question)
        learnt = self._examples.words(words)
        known = np.maximum.reduce((told, asserting, learnt))
        if self._examples:
            speaking = self._examples.speak(words, telling, known) * (1 - abroad)
            described = np.maximum(described, learnt * speaking)
        meaning = None
        if self._meanings:
            without = _without(question, telling, (described, claimed, asserting))
            texts = [question.text[word.start : word.end] for word in words]
            meaning = self._meanings.evidence(question.text, texts, without)
            if self._examples:
                rise = (meaning.less_names + meaning.less_claims) / 2
                speaking = self._examples.speak(words, telling, known, rise) * (1 - abroad)
        return Evidence(
            telling=telling,
            capital=np.array([float(word.capital and word.start > first) for word in words]),
            counted=counted,
            spoken=spoken,
            named=_matrix(words, sheets.named, size),
            described=described,
            claimed=claimed,
            asserting=asserting,
            publishing=_matrix(words, sheets.publishing, size),
            cover=cover,
            whole=whole,
            similar=np.array([similar.get(topic.id, 0.0) for topic in sheets.topics]),
            same_number=self._on_file(numbers),
            same_year=self._on_file(years),
            dated=bool(question.dates),
            on_days=sheets.days.on_file(question),
            counted_unit=self._measured_in([words[at] for at in np.flatnonzero(counted)]),
            has_number=bool(numbers),
            kinds=sheets.kinds,
            at_home=at_home,
            abroad=abroad,
            half_abroad=half_abroad,
            unplaced=unplaced,
            wanted=question.wanted,
            taught=speaking * self._examples.shift,
            foreign=is_foreign(words),
            meaning=meaning,
        )

    def _recognise_countries(self, question: Question, described: Array, claimed: Array) -> None:
        """Take a country by any name ("Oslo", "Brits") for a word of the topics that are of it."""
        for mention in question.places:
            home = [mention.code in about for about in self.sheets.home]
            heard = [mention.code in some for some in self.sheets.heard]
            for at, word in enumerate(question.words):
                if mention.start < word.end and word.start < mention.end:
                    described[at] = np.maximum(described[at], home)
                    claimed[at] = np.maximum(claimed[at], heard)

    def _recognise_speakers(self, question: Question, asserting: Array, spoken: Array) -> None:
        """Take a speaker by any name, misspelt too, for one of the topics they spoke on."""
        for mention in (*question.speakers, *question.speaking):
            topics = self.sheets.library.topics_of(mention.asserters)
            on = [topic.id in topics for topic in self.sheets.topics]
            for at, word in enumerate(question.words):
                if mention.start < word.end and word.start < mention.end:
                    asserting[at] = np.maximum(asserting[at], on)
                    spoken[at] = 1.0

    def _on_file(self, numbers: Collection[float]) -> Array:
        library, topics = self.sheets.library, self.sheets.topics
        if not numbers:
            return np.zeros(len(topics))
        return np.array([float(library.has_number(topic.id, numbers)) for topic in topics])

    def _measured_in(self, counted: Sequence[Word]) -> Array:
        stems = {stem for word in counted for stem in word.stems}
        return np.array([float(not stems.isdisjoint(unit)) for unit in self.sheets.units])

    def _countries(self, question: Question) -> tuple[Array, Array, Array, Array]:
        """Tell of each topic whether it is at home, abroad, half abroad and unplaced here."""
        spoken = {mention.start for mention in question.speaking}
        named = {mention.code for mention in question.places if mention.start not in spoken}
        home, heard = self.sheets.home, self.sheets.heard
        about = np.array([bool(one) for one in home], dtype=float)
        at_home = np.array([bool(named & one) for one in home], dtype=float)
        half = np.array([bool(named - one) for one in home], dtype=float)
        pairs = zip(home, heard, strict=True)
        abroad = np.array([bool(named - one - some) for one, some in pairs], dtype=float)
        return at_home, abroad, half, about * (1 - at_home)


def _has_nothing(evidence: Evidence) -> bool:
    """Whether a question shares no word that tells anything with a base, where words are all."""
    if evidence.meaning is not None or evidence.same_number.any():
        return False
    known = (evidence.described, evidence.claimed, evidence.asserting, evidence.publishing)
    return not any((evidence.telling @ one).any() for one in known)


def _is_proper(word: Word, question: Question) -> bool:
    """Whether a word is written as a name: "Ever Given" is one, be its words never so ordinary."""
    text = question.text
    shouted = text.isupper() or text.istitle()
    return (
        not shouted
        and word.start > question.words[0].start
        and len(word.text) > 1
        and text[word.start].isupper()
    )


def outdone(called: Collection[int], places: Sequence[int], likely: Array) -> bool:
    """Whether another topic is so much likelier than those named that their name is not all.

    "How old are the shells" asks for their age, though it is "shells" with filling words around.
    """
    odds = np.log(likely / (1 - likely))
    best = int(odds.argmax())
    own = [odds[at] for at, place in enumerate(places) if place in called]
    return bool(own) and places[best] not in called and bool(odds[best] - max(own) > _OUTDONE)


def raised(confidence: float, by: float) -> float:
    """Raise a probability by log odds."""
    return confidence / (confidence + (1 - confidence) * exp(-by))


def _outcome(confidence: float, judge: Judge) -> Outcome:
    if confidence >= judge.answer:
        return Outcome.ANSWER
    return Outcome.OFFER if confidence >= judge.offer else Outcome.SILENCE


def _matrix(words: Sequence[Word], vocabulary: Vocabulary, topics: int) -> Array:
    rows = [vocabulary.row(word) for word in words]
    found: Array = np.array(rows, dtype=float).reshape(len(rows), topics)
    return found


def _telling(question: Question) -> Array:
    spans = [(phrase.start, phrase.end) for phrase in question.dates]
    spans += [(quantity.start, quantity.end) for quantity in question.quantities]
    return np.array(
        [
            0.0 if word.text.isdigit() or _inside(word, spans) else rarity(word)
            for word in question.words
        ]
    )


def _inside(word: Word, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in spans)


def _counted(start: int | None, words: Sequence[Word]) -> Array:
    """Mark the words that name what is counted: the first few from where it is named."""
    marks = np.zeros(len(words))
    if start is None:
        return marks
    for at, word in enumerate(words):
        filling = zipf(word.text, word.languages) > _FILLING
        if word.start < start or (filling and not marks.any()):
            continue
        if filling or marks.sum() >= _COUNTED_WORDS:
            break
        marks[at] = 1
    return marks


def _without(question: Question, telling: Array, matrices: Sequence[Array]) -> dict[int, str]:
    """Return the question without its most telling words that no topic explains, by their place."""
    explained = np.zeros(len(telling))
    for matrix in matrices:
        if matrix.size:
            explained = np.maximum(explained, matrix.max(axis=1))
    doubt = telling * (_DOUBT - explained)
    places = [at for at in np.argsort(-doubt)[:_LEFT_OUT] if telling[at] >= _TELLING]
    text, words = question.text, question.words
    shorter = {
        int(at): " ".join((text[: words[at].start] + text[words[at].end :]).split())
        for at in places
    }
    return {at: one for at, one in shorter.items() if one}
