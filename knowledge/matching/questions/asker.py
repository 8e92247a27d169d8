"""Asking: from a free-form question to the claims that answer it, to an offer, or to silence."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from knowledge.answers import against, assemble
from knowledge.contract import Answer
from knowledge.library import By, Entry, Library, Lookup, Window, by_names
from knowledge.matching.questions.judging import (
    Evidence,
    Fit,
    Judgement,
    Outcome,
    TextEncoder,
    TopicMatcher,
    names_of,
)
from knowledge.matching.questions.reading import (
    LONGEST_QUESTION,
    Likeness,
    Question,
    Speakers,
    agreement,
    attributes,
    is_blank,
    named_like,
    own_dates,
    read_question,
    says,
    speaks,
    ways_in,
    ways_of_topic,
    without_told,
)
from knowledge.matching.retrieval import Passage, Ranked, Ranker, Ranks
from knowledge.model import Claim, ForPeople, Kind, Measure, Modality, Topic
from knowledge.reading import CountryMention, country_name, find_unclear_date
from knowledge.words import Word, is_filling, rarity, words_of

_CANDIDATES = 50
_OFFERED = 3
_LIKELY = 0.25
"""What share of the best topic's confidence another has to have to be named beside an answer."""
_SURE = 0.9
"""An answer more confident than this names no other topics. Both by eye."""
_SAME_TEXT = 92.0
"""How alike (of 100) a question and a claim have to be for the question to be the claim's own
text, in the same words whatever their order; a changed number in a short claim is below it."""
_SAME_LENGTH = 0.7
_NAME = 0.6
"""How rare a word has to be to be a name by itself: "will" and "mark" are below, by eye."""
_LONG_ENOUGH = 4
"""Words from which on a text is taken for a claim's: shorter ones may be alike by chance."""


class EmptyQuestion(ForPeople):
    """There is nothing to read in a question."""

    def __init__(self) -> None:
        super().__init__("The question is empty. Ask something such as “how many … since 2024?”")


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question was matched to, before the claims are chosen."""

    question: Question
    judgement: Judgement
    ranked: Sequence[Ranked]
    meant: Entry | None = None
    """The claim whose own text the question is."""

    @property
    def fits(self) -> Sequence[Fit]:
        return self.judgement.fits

    @property
    def sure(self) -> Fit | None:
        """The topic to answer with."""
        if self.meant:
            return Fit(self.meant.topic, 1.0)
        return self.fits[0] if self.judgement.outcome is Outcome.ANSWER else None

    @property
    def otherwise(self) -> tuple[str, ...]:
        """The topics that may have been meant instead, where the best one is not sure."""
        if self.meant or not self.fits or self.fits[0].confidence >= _SURE:
            return ()
        likely = self.fits[0].confidence * _LIKELY
        near = [fit.topic for fit in self.fits[1:] if fit.confidence >= likely]
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
        self.topics = topics or TopicMatcher(library)
        self.likeness = Likeness(library)
        self.ranks = ranks or Ranker(passage_of(claim) for claim in library.every_claim())

    @property
    def speakers(self) -> Speakers:
        """Everybody who may be named as a speaker, and the outlets that carried them."""
        return self._speakers

    def use_encoder(self, encoder: TextEncoder | None) -> None:
        """Judge by meaning too from now on; may be called from any thread, and takes a while."""
        self.topics.use_encoder(encoder)

    def carried(self, carried: Iterable[tuple[str, str]]) -> None:
        """Learn that outlets have carried asserters."""
        for outlet, asserter in carried:
            self._speakers.carried(outlet, asserter)

    def dropped(self, dropped: Iterable[tuple[str, str]]) -> None:
        """Learn that outlets carry asserters no longer."""
        for outlet, asserter in dropped:
            self._speakers.dropped(outlet, asserter)

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
        question = self.read(text, today)
        alone = None if question.dates else self._speaker_alone(question)
        if alone is not None and not self._means_one_thing(question, alone):
            return self._all_by(question, alone)
        found = self._find(question)
        fit = found.sure
        if fit is None:
            return self._all_by(question, alone) if alone else self._silence(found)
        topic = self._library.topic(fit.topic)
        window, entries = self._narrowed(topic, found, today)
        if not entries:
            return self._silence(found, window)
        ordered = self._by_fit(named_like(found.question.words, entries), found)
        singled_out = found.question.oldest_first or _is_singled_out(ordered[0], found)
        answer = assemble(self._library, topic, window, ordered)
        doubted = (*self._for_each(question, topic), *found.otherwise)
        asked = {
            "question": found.question.text,
            "confidence": round(fit.confidence, 3),
            "suggestions": tuple(dict.fromkeys(doubted))[:_OFFERED],
            "closest": ordered[0].id if singled_out else None,
        }
        return answer.model_copy(update=asked)

    def read(self, text: str, today: date) -> Question:
        """Take a question apart, with everybody who may be named as a speaker."""
        return read_question(text, self._speakers, today)

    def match(self, question: Question, among: Collection[str] | None = None) -> Judgement:
        """Judge the topics for a question; with `among`, as if the base held no others."""
        return self.topics.judge(question, self._similar(self._rank_by_words(question)), among)

    def counts(self, question: Question, topic: str) -> bool:
        """Whether a word of a topic, of its claims too, names what a question counts.

        It is taken to where nothing is counted, and in another language than the topics'.
        """
        return self.topics.counts(question, topic)

    def _find(self, question: Question) -> _Found:
        """Judge the topics, and whether a claim is meant, without choosing claims."""
        ranked = self._rank_by_words(question)
        judgement = self._by_way(question, self.topics.judge(question, self._similar(ranked)))
        judgement = self._by_days(question, judgement)
        return _Found(question, judgement, ranked, self._own_text(question, ranked))

    def _by_way(self, question: Question, judgement: Judgement) -> Judgement:
        """Of topics that count the same thing, take the one for the way that it goes."""
        said = ways_in(question.words, question.places)
        if not said or not judgement.fits:
            return judgement
        first, topic = judgement.fits[0], self._library.topic
        near = [fit for fit in judgement.fits if fit.confidence >= first.confidence * _LIKELY]
        alike = [fit for fit in near if topic(fit.topic).unit == topic(first.topic).unit]
        best = max(alike, key=lambda fit: agreement(said, ways_of_topic(topic(fit.topic))))
        if best is first:
            return judgement
        others = (fit for fit in judgement.fits if fit is not best)
        return replace(judgement, fits=(Fit(best.topic, first.confidence), *others))

    def _by_days(self, question: Question, judgement: Judgement) -> Judgement:
        """Where a speaker and days are all that is named, take the one topic they spoke on then."""
        by = self._speaker_alone(question) if question.dates else None
        if by is None or judgement.outcome is Outcome.ANSWER:
            return judgement
        window, library = Window(*question.bounds(), by), self._library
        on_file = (
            topic
            for topic in map(library.topic, library.topics_of(by.asserters))
            if window.select_on(topic, library.table(topic.id))
        )
        only, *more = (*on_file, None)
        if only is None or more != [None]:
            return judgement
        others = (fit for fit in judgement.fits if fit.topic != only.id)
        fits = (Fit(only.id, judgement.needed), *others)
        return replace(judgement, fits=fits, outcome=Outcome.ANSWER)

    def _rank_by_words(self, question: Question) -> Sequence[Ranked]:
        # What is told by words is always computed from words: it was fitted on them.
        return self.ranks.rank(question.text, _CANDIDATES, words_only=True)

    def _similar(self, ranked: Sequence[Ranked]) -> Mapping[str, float]:
        """Return the score of the claim most like the question, by topic."""
        similar: dict[str, float] = {}
        for hit in ranked:
            entry = self._library.find(hit.id)
            if entry and entry.spoken:
                similar[entry.topic] = max(similar.get(entry.topic, 0.0), hit.score)
        return similar

    def _own_text(self, question: Question, ranked: Sequence[Ranked]) -> Entry | None:
        """Return the claim whose statement the question repeats, in its own words."""
        if len(question.words) < _LONG_ENOUGH:
            return None
        asked = " ".join(word.text for word in question.words)
        spoken = [entry for hit in ranked[:_OFFERED] if (entry := self._library.find(hit.id))]
        best: tuple[float, Entry] | None = None
        for entry in (one for one in spoken if one.spoken and one.topic in self._library.topics):
            claim = self._library.claim(entry.id)
            if claim is None:
                continue
            stated = " ".join(word.text for word in words_of(claim.statement))
            lengths = sorted((len(asked), len(stated)))
            alike = fuzz.token_sort_ratio(asked, stated, score_cutoff=_SAME_TEXT)
            if alike and lengths[0] >= _SAME_LENGTH * lengths[1] and (not best or alike > best[0]):
                best = (alike, entry)
        return best[1] if best else None

    def evidence(self, text: str, today: date) -> Evidence:
        """Return what a question is judged by; what the fitting works on."""
        question = self.read(text, today)
        return self.topics.evidence(question, self._similar(self._rank_by_words(question)))

    def _narrowed(self, topic: Topic, found: _Found, today: date) -> tuple[Window, list[Entry]]:
        """Apply what the question says of dates and speakers.

        A total asked for in a month without an estimate of its own is the one known to stand
        then: the window loses its beginning rather than the answer. Days without their year that
        find nothing were meant in another year, or narrow nothing. A month or a year may also be
        the one in which something was said, or a part of the time that it is of. A claim's own text
        narrows nothing, whatever it speaks of. A curator has said of an example that the topic
        answers it: where nothing else would be left, it is narrowed by nothing. Nor is it by a
        date that is the topic's own, nor by one that its description has where nothing is left.
        """
        table = self._library.table(topic.id)
        if found.meant:
            return Window(), Window().select(table)
        words, dates, names = found.question.words, found.question.dates, names_of(topic)
        own = own_dates(words, dates, names, Window().select(table), today)
        question = replace(found.question, dates=own.asking)
        table = own.among(table)
        window, entries = _dated(topic, table, question, self._speaker(topic, question))
        if not entries and window.by:
            entries = against(self._library, topic, window)
        if not entries and window.by and not self._insists(question):
            window = replace(window, by=None)
            entries = window.select_on(topic, table)
        if not entries and self.topics.is_example(question):
            window = Window()
            entries = window.select(table)
        if window.until and window.until > today:
            # Of a time to come, what is foreseen is meant, where anything is.
            foreseen = [one for one in entries if one.modality is Modality.FORECAST]
            entries = foreseen or entries
        return window, entries

    def _insists(self, question: Question) -> bool:
        """Whether a question says that somebody says something, beyond naming them."""
        words = list(question.words)
        by_country = any(speaks(mention, words) for mention in question.countries)
        return by_country or any(speaks(mention, words) for mention in question.speakers)

    def _speaker(self, topic: Topic, question: Question) -> By | None:
        """Return whose claims a question asks for.

        A name that may be an ordinary word or is part of the topic's own ("Pfizer efficacy")
        is a speaker's only where the question has it say something.
        """
        words = list(question.words)
        named = [
            (mention.label, mention.asserters)
            for mention in question.speakers
            if says(mention, words) or self._is_only_a_name(mention.label, topic)
        ]
        if not named:
            named = [
                (question.text[c.start : c.end], self._speakers.of_country(c.code))
                for c in question.countries
                if _follows_a_cue(c, words) or (c.code not in topic.parties and speaks(c, words))
            ]
        return by_names(self._library, named)

    def _for_each(self, question: Question, topic: Topic) -> tuple[str, ...]:
        """Return the topics for each of whose things so many are asked for: "shells per box".

        What counts the one thing is no answer to that, be it ever so well named.
        """
        if topic.measure in {Measure.RATE, Measure.RATIO}:
            return ()
        pairs = zip(question.words, question.words[1:], strict=False)
        each = {word.stem for before, word in pairs if before.text in before.cues.per}
        named = (
            other.id
            for other in self._library.topics.values()
            if each and other.id != topic.id and _is_called(other, each)
        )
        return tuple(named)

    def _named(self, question: Question) -> By | None:
        """Return whom a question names as a speaker, whatever it asks about."""
        if not self._insists(question) and not question.speakers:
            return None
        named = [(one.label, one.asserters) for one in question.speakers]
        words = list(question.words)
        countries = [one for one in question.countries if speaks(one, words)]
        named = named or [
            (country_name(one.code), self._speakers.of_country(one.code)) for one in countries
        ]
        return by_names(self._library, named)

    def _speaker_alone(self, question: Question) -> By | None:
        """Return whom a question names where it names nothing else but days: "what did … say?"."""
        mentions = [*question.speakers, *question.speaking]
        if not mentions or question.quantities:
            return None
        spans = [(one.start, one.end) for one in mentions]
        spans += [(one.start, one.end) for one in question.dates]
        rest = [
            word
            for word in question.words
            if not any(start < word.end and word.start < end for start, end in spans)
        ]
        if not all(is_filling(word) or attributes(word) for word in rest):
            return None
        if self.topics.is_named(question):
            return None
        return self._named(question)

    def _means_one_thing(self, question: Question, by: By) -> bool:
        """Whether who names nobody but a speaker may mean a topic: the only one, or a figure."""
        return bool(question.wanted) or len(self._library.topics_of(by.asserters)) == 1

    def _all_by(self, question: Question, by: By) -> Answer:
        """Offer all that somebody has said."""
        return Answer(
            question=question.text,
            kind="no_match",
            topic=None,
            confidence=0.0,
            filters=Window(by=by).filters(),
            outcome="offer",
            speaker=by.label,
            revision=self._library.revision,
        )

    def _is_only_a_name(self, label: str, topic: Topic) -> bool:
        words = words_of(label)
        own = {word.stem for name in names_of(topic) for word in words_of(name)}
        return not all(word.stem in own or rarity(word) < _NAME for word in words)

    def _by_fit(self, entries: list[Entry], found: _Found) -> list[Entry]:
        question = found.question
        qualitative = all(entry.low is None and entry.high is None for entry in entries)
        scores = {hit.id: hit.score for hit in self._ranked(found)} if qualitative else {}
        sign = 1 if question.oldest_first else -1

        def fit(entry: Entry) -> tuple[bool, bool, float, bool, bool, int]:
            meant = found.meant is not None and entry.id == found.meant.id
            named = _is_singled_out(entry, found)
            similar = -scores.get(entry.id, 0.0) if qualitative else 0.0
            supposed = entry.modality is not Modality.REPORTED
            newest = sign * entry.last.toordinal()
            return not meant, not named, similar, not entry.counted, supposed, newest

        return sorted(entries, key=fit)

    def _silence(self, found: _Found, window: Window | None = None) -> Answer:
        """Say that nothing fits, and offer the nearest topics where they are near enough."""
        known = found.sure if window else None
        offers = known is not None or found.judgement.outcome is not Outcome.SILENCE
        by = self._named(found.question)
        return Answer(
            question=found.question.text,
            kind="no_match",
            topic=known.topic if known else None,
            title=self._library.topic(known.topic).title if known else None,
            confidence=round(found.fits[0].confidence, 3) if found.fits else 0.0,
            filters=(window or _asked_window(found.question)).filters(),
            suggestions=tuple(fit.topic for fit in found.fits[:_OFFERED]) if offers else (),
            outcome="offer" if offers else "silence",
            speaker=by.label if by else None,
            revision=self._library.revision,
        )

    def _ranked(self, found: _Found) -> Sequence[Ranked]:
        """Return the claims nearest to a question, by meaning too where there is a model."""
        if self.ranks.meaning is None:
            return found.ranked
        return self.ranks.rank(found.question.text, _CANDIDATES)


def _follows_a_cue(country: CountryMention, words: Sequence[Word]) -> bool:
    """Whether a country is named as the speaker that it can be alone: "according to India"."""
    ahead = [word for word in words if word.end <= country.start][-2:]
    return bool(ahead) and ahead[-1].text in ahead[-1].cues.leading and any(map(attributes, ahead))


def _dated(
    topic: Topic, table: list[Entry], question: Question, by: By | None
) -> tuple[Window, list[Entry]]:
    """Find what is on file for the dates of a question, in the widest sense that they have."""
    since, until, known_by = question.bounds()
    window = Window(since, until, known_by, by)
    if question.yearless:
        window = _of_some_year(window, table)
    entries = window.select_on(topic, table)
    if not entries and since and until and topic.measure is Measure.CUMULATIVE:
        window = replace(window, since=None)
        entries = window.select_on(topic, table)
    told = without_told(question.text, question.dates, topic, names_of(topic))
    if not entries and len(told) < len(question.dates):
        since, until, known_by = replace(question, dates=told).bounds()
        window = replace(window, since=since, until=until, known_by=known_by)
        entries = window.select_on(topic, table)
    if not entries and question.yearless:
        window = replace(window, since=None, until=None, known_by=None)
        entries = window.select_on(topic, table)
    if not entries and since and until:
        entries = window.select_said(table)
    return window, entries


def _of_some_year(window: Window, table: list[Entry]) -> Window:
    """Return the days asked for in the latest year that has something on file, if any has."""
    years = sorted({entry.last.year for entry in table}, reverse=True)
    moved = (window.in_year(year) for year in years if window.since and window.until)
    return next((one for one in (window, *moved) if one.select(table)), window)


def _is_called(topic: Topic, stems: Collection[str]) -> bool:
    """Whether one of these words alone is a name of a topic."""
    names = (words_of(name) for name in names_of(topic))
    return any(len(words) == 1 and words[0].stem in stems for words in names)


def passage_of(claim: Claim) -> Passage:
    """Return what the ranker reads of a claim."""
    figure = claim.figure.as_worded if claim.figure else ""
    return Passage(claim.id, claim.statement, figure)


def _asked_window(question: Question) -> Window:
    since, until, known_by = question.bounds()
    return Window(since, until, known_by)


def _is_singled_out(entry: Entry, found: _Found) -> bool:
    """Whether a question is a claim's own text, or names its figure."""
    question = found.question
    wanted = _numbers(question, Kind.AMOUNT) | _numbers(question, Kind.SHARE)
    meant = found.meant is not None and entry.id == found.meant.id
    return meant or bool({entry.low, entry.high} & wanted)


def _numbers(question: Question, kind: Kind) -> set[float | None]:
    """Return the numbers of one kind that a question names."""
    named = [q for q in question.quantities if q.kind is kind]
    return {number for q in named for number in (q.low, q.high) if number is not None}
