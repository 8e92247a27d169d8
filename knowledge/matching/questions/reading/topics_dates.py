"""Dates that ask for no time: part of a topic's own name, or what tells its figures apart."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.library import Entry
from knowledge.matching.questions.reading.likeness import Narrowing
from knowledge.model import Topic
from knowledge.reading import Bound, DatePhrase, find_date_phrases
from knowledge.words import Word, is_filling, words_of


@dataclass(frozen=True, slots=True)
class OwnDates:
    """The dates of a text without those that are a topic's own.

    `asking` are left: they ask for a time. `naming` are the qualifiers that the others name.
    """

    asking: tuple[DatePhrase, ...]
    naming: frozenset[Narrowing] = frozenset()

    def among(self, entries: Iterable[Entry]) -> list[Entry]:
        """Keep the entries that have a value that is named of each dimension that is."""
        wanted = {dimension for dimension, _ in self.naming}
        return [
            entry
            for entry in entries
            if {dimension for dimension, _ in self.naming & set(entry.qualifiers)} == wanted
        ]


def own_dates(
    words: Sequence[Word],
    dates: Iterable[DatePhrase],
    names: Iterable[str],
    entries: Sequence[Entry],
    today: date,
) -> OwnDates:
    """Sort out which dates of a text are a topic's own: its `words` are those of the whole text.

    Whoever spells a name with a year in it ("1959 treaty share") means the name, and whoever names
    the year that a curator tells figures apart by ("yahoo 2014") means these figures, whenever
    they were said. So neither is ever a window.
    """
    dates = tuple(dates)
    if not dates:
        return OwnDates(dates)
    spelled = [*_spelled(words, names)]
    asking = [one for one in dates if not any(_is_within(one, words, *span) for span in spelled)]
    named: dict[DatePhrase, set[Narrowing]] = {}
    for pair in {pair for entry in entries for pair in entry.qualifiers}:
        of_it = find_date_phrases(pair[1], today)
        for one in asking:
            named_here = any(_holds(one, phrase) for phrase in of_it)
            if one.bound is Bound.DURING and named_here and _is_said(pair[1], words):
                named.setdefault(one, set()).add(pair)
    left = tuple(one for one in asking if one not in named)
    return OwnDates(left, frozenset(pair for pairs in named.values() for pair in pairs))


def without_told(
    text: str, dates: Iterable[DatePhrase], topic: Topic, names: Iterable[str]
) -> tuple[DatePhrase, ...]:
    """Return the dates less those whose year stands in what a topic is called and described by."""
    told = {
        word.text
        for each in (*names, topic.description)
        for word in words_of(each)
        if word.text.isdecimal()
    }
    return tuple(
        one
        for one in dates
        if one.bound is not Bound.DURING
        or not any(word.text in told for word in words_of(text[one.start : one.end]))
    )


def _spelled(words: Sequence[Word], names: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Yield where a text holds a name with digits in it, word for word."""
    for name in names:
        wanted = [word.text for word in words_of(name)] if _has_digits(name) else []
        for at in range(len(words) - len(wanted) + 1 if wanted else 0):
            found = words[at : at + len(wanted)]
            if [word.text for word in found] == wanted:
                yield found[0].start, found[-1].end


def _has_digits(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _is_within(phrase: DatePhrase, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a date lies at `start`..`end`, be it for small words before it."""
    own = [word for word in words if phrase.start <= word.start and word.end <= phrase.end]
    inside = [word for word in own if start <= word.start and word.end <= end]
    return bool(inside) and all(is_filling(word) for word in own if word not in inside)


def _holds(phrase: DatePhrase, other: DatePhrase) -> bool:
    """Whether all days of another date are days of this one."""
    return phrase.span.start <= other.span.start and other.span.end <= phrase.span.end


def _is_said(value: str, words: Collection[Word]) -> bool:
    """Whether a text has each word of a value."""
    said = {word.text for word in words}
    return all(word.text in said for word in words_of(value))
