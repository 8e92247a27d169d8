"""Reading a question: its dates, speakers, countries and quantities, and the words left over."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.language import QuestionWords, Wanted, fold
from knowledge.matching.questions.reading.speakers import SpeakerMention, Speakers, speaks
from knowledge.reading import (
    Bound,
    CountryMention,
    DatePhrase,
    Quantity,
    find_countries,
    find_date_phrases,
    find_quantities,
)
from knowledge.words import Word, counted_from, outside, tables_for, wanted, words_of

LONGEST_QUESTION = 1000
"""Characters of a question that are read; a longer one is a text, not a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart. Offsets refer to `text`.

    An assertion is matched as the question that its figure would answer.
    """

    text: str
    words: tuple[Word, ...]
    wanted: frozenset[Wanted]
    """What kinds of figure are asked for."""
    counted_from: int | None
    """Where it names what it counts ("how many …")."""
    quantities: tuple[Quantity, ...] = ()
    places: tuple[CountryMention, ...] = ()
    """Every country that is named, by any name."""
    dates: tuple[DatePhrase, ...] = ()
    speakers: tuple[SpeakerMention, ...] = ()
    speaking: tuple[SpeakerMention, ...] = ()
    """Countries that speak through somebody ("according to …"), not places."""

    @property
    def countries(self) -> list[CountryMention]:
        """The countries that are not part of a speaker's name."""
        return _outside_names(self.places, self.speakers)

    @property
    def _cues(self) -> QuestionWords:
        return tables_for(self.text).questions

    @property
    def oldest_first(self) -> bool:
        """Whether the earliest claim is asked for rather than the latest."""
        return any(word.text in self._cues.oldest_first for word in self.words)

    @property
    def yearless(self) -> bool:
        """Whether every date could be of any year ("since august", "on 22 march")."""
        months = tables_for(self.text).dates.months
        phrases = [self.text[phrase.start : phrase.end] for phrase in self.dates]
        return bool(phrases) and all(_has_no_year(phrase, months) for phrase in phrases)

    def bounds(self) -> tuple[date | None, date | None, date | None]:
        """Return since, until and known-by as far as the question sets them.

        Of several bounds of one kind the narrowest counts, unless they exclude each other.
        """
        since = max((p.span.start for p in self.dates if p.bound in _FROM), default=None)
        until = min((p.span.end for p in self.dates if p.bound in _TO), default=None)
        known = min((p.span.end for p in self.dates if p.bound in _KNOWN), default=None)
        if since and until and since > until:
            return None, None, known
        return since, until, known


_FROM = frozenset({Bound.SINCE, Bound.DURING})
_TO = frozenset({Bound.UNTIL, Bound.DURING})
_KNOWN = frozenset({Bound.KNOWN_BY})
_WINDOW = _FROM | _TO | _KNOWN


def _has_no_year(phrase: str, months: Container[str]) -> bool:
    named = any(word.text in months for word in words_of(phrase))
    return named and not re.search(r"\d{3}|['’]\d", phrase)


def read_question(text: str, speakers: Speakers, today: date) -> Question:
    """Take a question apart; what is past its first 1,000 characters is not read."""
    text = text[:LONGEST_QUESTION]
    words = words_of(text)
    dates = dates_of(text, today)
    dated = [(phrase.start, phrase.end) for phrase in dates]
    named = speakers.find(text, outside(words, dated))
    places = tuple(find_countries(text))
    speaking = [
        SpeakerMention(one.start, one.end, text[one.start : one.end], asserters)
        for one in _outside_names(places, named)
        if speaks(one, words) and (asserters := speakers.of_country(one.code))
    ]
    return Question(
        text=text,
        words=tuple(words),
        wanted=wanted(text),
        counted_from=counted_from(text),
        quantities=tuple(find_quantities(text, exclude=dated)),
        places=places,
        dates=tuple(dates),
        speakers=tuple(named),
        speaking=tuple(speaking),
    )


def _outside_names(
    places: Sequence[CountryMention], speakers: Sequence[SpeakerMention]
) -> list[CountryMention]:
    spoken = [(mention.start, mention.end) for mention in speakers]
    return [
        mention
        for mention in places
        if not any(start < mention.end and mention.start < end for start, end in spoken)
    ]


def dates_of(text: str, today: date) -> list[DatePhrase]:
    """Return the dates that say of which time a question asks."""
    return [phrase for phrase in find_date_phrases(text, today) if phrase.bound in _WINDOW]


def is_blank(text: str) -> bool:
    """Whether there is nothing to read in a text at all."""
    return not fold(text).strip()
