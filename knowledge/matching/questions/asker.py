"""Asking: from a free-form question to the claims that answer it, to an offer, or to silence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answers import assemble
from knowledge.contract import Answer
from knowledge.library import By, Entry, Library, Lookup, Window
from knowledge.matching.questions.question import (
    LONGEST_QUESTION,
    Question,
    is_blank,
    read_question,
)
from knowledge.matching.questions.speakers import Speakers, speaks
from knowledge.matching.questions.topics import Clues, Fit, TopicMatcher
from knowledge.matching.questions.weights import THRESHOLD, WEIGHTS
from knowledge.matching.retrieval import Passage, Ranked, Ranker, Ranks
from knowledge.model import Claim, ForPeople, Kind, LinkKind, Measure, Topic
from knowledge.reading import find_unclear_date

_CANDIDATES = 50
_OFFERED = 3
_UNSURE = 0.6
_LIKELY = 0.05


class EmptyQuestion(ForPeople):
    """There is nothing to read in a question."""

    def __init__(self) -> None:
        super().__init__("The question is empty. Ask something such as “how many … since 2024?”")


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question was matched to, before the claims are chosen."""

    question: Question
    fits: Sequence[Fit]
    ranked: Sequence[Ranked]

    @property
    def sure(self) -> Fit | None:
        best = self.fits[0] if self.fits else None
        return best if best and best.confidence >= THRESHOLD else None

    @property
    def otherwise(self) -> tuple[str, ...]:
        """The topics that may have been meant instead, where the best one is not sure."""
        if not self.fits or self.fits[0].confidence >= _UNSURE:
            return ()
        near = [fit.topic for fit in self.fits[1:] if fit.confidence >= _LIKELY]
        return tuple(near[:_OFFERED])


class Asker:
    """Matches questions to one library."""

    def __init__(
        self,
        library: Library,
        lookup: Lookup,
        ranks: Ranks | None = None,
        topics: TopicMatcher | None = None,
    ) -> None:
        self._library = library
        self._lookup = lookup
        self._speakers = Speakers(library.asserters.values(), library.carriers())
        self.topics = topics or TopicMatcher(tuple(library.topics.values()), WEIGHTS)
        self.ranks = ranks or Ranker(passage_of(claim) for claim in library.every_claim())

    def carried(self, carried: Iterable[tuple[str, str]]) -> None:
        """Learn that outlets have carried asserters."""
        for outlet, asserter in carried:
            self._speakers.carried(outlet, asserter)

    def ask(self, text: str, today: date) -> Answer:
        """Match a free-form question to what is on file, or honestly to nothing.

        Raises:
            EmptyQuestion: there is nothing to read in it.
            UnclearDate: it names a day that may be two; the person is asked back which.
        """
        if is_blank(text):
            raise EmptyQuestion
        if (unclear := find_unclear_date(text[:LONGEST_QUESTION], today)) is not None:
            raise unclear
        found = self.find(text, today)
        fit = found.sure
        if fit is None:
            return self._silence(found)
        topic = self._library.topics[fit.topic]
        window, entries = self._narrowed(topic, found.question)
        if not entries:
            return self._silence(found, window)
        ordered = self._by_fit(entries, found)
        answer = assemble(self._library, topic, window, ordered)
        asked = {
            "question": found.question.text,
            "confidence": round(fit.confidence, 3),
            "suggestions": found.otherwise,
        }
        return answer.model_copy(update=asked)

    def find(self, text: str, today: date) -> _Found:
        """Read a question and score the topics, without choosing."""
        question = read_question(text, self._speakers, today)
        # Confidence was fitted on words: it must not depend on what is installed.
        ranked = self.ranks.rank(question.text, _CANDIDATES, words_only=True)
        return _Found(question, self.topics.match(self._clues(question, ranked)), ranked)

    def _clues(self, question: Question, ranked: Sequence[Ranked]) -> Clues:
        speakers = {name for mention in question.speakers for name in mention.asserters}
        spoken = {c.code for c in question.countries if speaks(c, list(question.words))}
        spoken = {code for code in spoken if self._speakers.of_country(code)}
        similar: dict[str, float] = {}
        for hit in ranked:
            entry = self._library.find(hit.id)
            if entry and entry.spoken:
                similar[entry.topic] = max(similar.get(entry.topic, 0.0), hit.score)
        return Clues(
            words=question.content,
            all_words=question.words,
            countries=frozenset(c.code for c in question.countries) - spoken,
            located=question.located,
            placed=question.placed,
            spoken=frozenset(spoken),
            speaker_topics=self._library.topics_of(speakers) if speakers else None,
            number_topics=frozenset(self._topics_with_numbers(question)),
            home_topics={
                c.code: self._library.topics_of(self._speakers.of_country(c.code))
                for c in question.countries
            },
            similar=similar,
            amount=question.counting or bool(_numbers(question, Kind.AMOUNT)),
            share=question.apportioning or bool(_numbers(question, Kind.SHARE)),
        )

    def _topics_with_numbers(self, question: Question) -> set[str]:
        amounts = _numbers(question, Kind.AMOUNT)
        shares = _numbers(question, Kind.SHARE)
        return {
            topic.id
            for topic in self._library.topics.values()
            if (wanted := shares if topic.measure is Measure.SHARE else amounts)
            and self._library.has_number(topic.id, wanted)
        }

    def _narrowed(self, topic: Topic, question: Question) -> tuple[Window, list[Entry]]:
        """Apply what the question says of dates and speakers.

        A total asked for in a month without an estimate of its own is the one known to stand
        then: the window loses its beginning rather than the answer. A month without its year
        that finds nothing was meant in another year, and narrows nothing.
        """
        since, until, known_by = question.bounds()
        window = Window(since, until, known_by, self._speaker(topic, question))
        table = self._library.table(topic.id)
        entries = window.select(table)
        if not entries and since and until and topic.measure is Measure.CUMULATIVE:
            window = replace(window, since=None)
            entries = window.select(table)
        if not entries and question.yearless:
            window = replace(window, since=None, until=None, known_by=None)
            entries = window.select(table)
        if not entries and window.by:
            entries = self._denied_by(window, topic)
        return window, entries

    def _denied_by(self, window: Window, topic: Topic) -> list[Entry]:
        """Return what a speaker without a claim of their own says against the others'."""
        return window.select(self._library.covering(LinkKind.DENIES, topic.id, window.known_by))

    def _speaker(self, topic: Topic, question: Question) -> By | None:
        named = [(mention.label, mention.asserters) for mention in question.speakers]
        if not named:
            words = list(question.words)
            named = [
                (question.text[c.start : c.end], self._speakers.of_country(c.code))
                for c in question.countries
                if c.code not in topic.parties and speaks(c, words)
            ]
        asserters = frozenset(name for _, names in named for name in names)
        if not asserters:
            return None
        if len(asserters) == 1:
            return By(self._library.name(next(iter(asserters))), asserters)
        return By(" and ".join(label for label, _ in named), asserters)

    def _by_fit(self, entries: list[Entry], found: _Found) -> list[Entry]:
        question = found.question
        wanted = _numbers(question, Kind.AMOUNT) | _numbers(question, Kind.SHARE)
        qualitative = all(entry.low is None and entry.high is None for entry in entries)
        scores = {hit.id: hit.score for hit in self._ranked(found)} if qualitative else {}
        sign = 1 if question.oldest_first else -1

        def fit(entry: Entry) -> tuple[bool, float, bool, int]:
            named = bool({entry.low, entry.high} & wanted)
            similar = -scores.get(entry.id, 0.0) if qualitative else 0.0
            return not named, similar, not entry.counted, sign * entry.last.toordinal()

        return sorted(entries, key=fit)

    def _silence(self, found: _Found, window: Window | None = None) -> Answer:
        """Say that nothing fits, and offer the nearest topics as what they are."""
        known = found.sure if window else None
        return Answer(
            question=found.question.text,
            kind="no_match",
            topic=known.topic if known else None,
            title=self._library.topics[known.topic].title if known else None,
            confidence=round(found.fits[0].confidence, 3) if found.fits else 0.0,
            filters=(window or _asked_window(found.question)).filters(),
            suggestions=tuple(self._nearest(found)[:_OFFERED]),
            revision=self._library.revision,
        )

    def _nearest(self, found: _Found) -> list[str]:
        """Return the topics with a word in common; else by meaning; else by their spelling."""
        if found.fits:
            return [fit.topic for fit in found.fits]
        if self.ranks.meaning is not None:
            entries = (self._library.find(hit.id) for hit in self._ranked(found))
            return list(dict.fromkeys(one.topic for one in entries if one and one.spoken))
        near = self._lookup.nearest_topics(found.question.text, _OFFERED)
        return [topic.id for topic in near]

    def _ranked(self, found: _Found) -> Sequence[Ranked]:
        """Return the claims nearest to a question, by meaning too where there is a model."""
        if self.ranks.meaning is None:
            return found.ranked
        return self.ranks.rank(found.question.text, _CANDIDATES)


def passage_of(claim: Claim) -> Passage:
    """Return what the ranker reads of a claim."""
    figure = claim.figure.as_worded if claim.figure else ""
    return Passage(claim.id, claim.statement, figure)


def _asked_window(question: Question) -> Window:
    since, until, known_by = question.bounds()
    return Window(since, until, known_by)


def _numbers(question: Question, kind: Kind) -> set[float | None]:
    """Return the numbers of one kind that a question names."""
    named = [q for q in question.quantities if q.kind is kind]
    return {number for q in named for number in (q.low, q.high) if number is not None}
