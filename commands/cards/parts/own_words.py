"""What is on file in the words of the reader's language: names, countries, titles, units.

An answer is data and stays as recorded; a card shows a copy of it in which whatever has a
translation is replaced. English needs none.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from propcache.api import cached_property

from commands.text import spoken
from knowledge import wording
from knowledge.contract import (
    Answer,
    CheckedAssertion,
    ClaimRecord,
    ClaimView,
    Column,
    Comparison,
    Denial,
    Evidence,
    FigureView,
    Filters,
    Group,
    Origin,
    Range,
    Said,
    SaidOn,
    TopicLine,
    View,
)
from knowledge.language import DEFAULT
from knowledge.library import Library
from knowledge.model import Asserter, Claim, Topic
from knowledge.reading import find_countries

_Shown = TypeVar("_Shown", bound=View)
_Claim = TypeVar("_Claim", bound=ClaimView)


def titled(topic: Topic) -> str:
    """Return the title of a topic in the language that is spoken."""
    words = topic.translations.get(spoken())
    return (words and words.title) or topic.title


def described(topic: Topic) -> str:
    """Return the description of a topic in the language that is spoken."""
    words = topic.translations.get(spoken())
    return (words and words.description) or topic.description


def named(asserter: Asserter) -> str:
    """Return the name of an asserter in the language that is spoken."""
    return wording.asserter_name(asserter, spoken())


def in_own_words(library: Library, shown: _Shown) -> _Shown:
    """Return an answer, or a part of one, in the words of the language that is spoken."""
    if spoken() == DEFAULT:
        return shown
    claims = [claim.id for claim in _claims_in(shown) if claim.assumption or claim.qualifiers]
    return _OwnWords(library, spoken(), library.fetched(set(claims))).of(shown, _topic_of(shown))


def views_in_own_words(library: Library, views: Iterable[ClaimView]) -> list[ClaimView]:
    """Return claims in the words of the language that is spoken."""
    return [in_own_words(library, view) for view in views]


def _topic_of(shown: View) -> str | None:
    topic = getattr(shown, "topic", None)
    return topic if isinstance(topic, str) else None


def _claims_in(value: object) -> Iterator[ClaimView]:
    if isinstance(value, ClaimView):
        yield value
    elif isinstance(value, View):
        for _, inner in value:
            yield from _claims_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _claims_in(inner)


class _OwnWords:
    """Replaces what has a translation; `records` are the claims that have more than a name."""

    def __init__(self, library: Library, language: str, records: Mapping[str, Claim]) -> None:
        self._library = library
        self._language = language
        self._records = records
        self._names: dict[str, str] = {}

    def of(self, shown: _Shown, topic: str | None) -> _Shown:
        """Return a view with every word replaced that has a translation."""
        topic = _topic_of(shown) or topic
        if isinstance(shown, ClaimView):
            return self._claim(shown)
        changed = {name: self._value(inner, topic) for name, inner in shown}
        changed |= self._own(shown, topic)
        told = {name: new for name, new in changed.items() if new is not getattr(shown, name)}
        return shown.model_copy(update=told) if told else shown

    def _value(self, value: object, topic: str | None) -> object:
        if isinstance(value, View):
            return self.of(value, topic)
        if isinstance(value, tuple) and value:
            new = tuple(self._value(inner, topic) for inner in value)
            return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
        return value

    def _own(self, shown: View, topic: str | None) -> dict[str, object]:
        """Return what changes in a view itself: what its topic has, else who speaks."""
        match shown:
            case ClaimRecord():
                return {"title": self._title(shown.claim.topic, shown.title)}
            case TopicLine():
                return {"title": self._title(shown.id, shown.title)}
            case Answer() | CheckedAssertion() | Comparison() | Evidence() | SaidOn():
                return {"title": self._title(shown.topic, shown.title)}
            case FigureView():
                units = {"unit": shown.unit, "topic_unit": shown.topic_unit}
                return {name: self._unit(unit, topic, shown) for name, unit in units.items()}
        return self._named(shown, topic)

    def _named(self, shown: View, topic: str | None) -> dict[str, object]:
        match shown:
            case Range():
                return {"unit": self._unit(shown.unit, topic)}
            case Group():
                return {"qualifiers": self._qualifiers(shown.qualifiers)}
            case Origin() if shown.claims:
                return {"asserted_by": self._name(shown.claims[0].asserter, shown.asserted_by)}
            case Denial():
                entry = self._library.find(shown.claim)
                asserter = entry.asserter if entry else None
                return {"asserted_by": self._name(asserter, shown.asserted_by)}
            case Filters() | Column() | Said() if shown.by:
                return {"by": self._label(shown.by)}
        return {}

    def _claim(self, shown: _Claim) -> _Claim:
        """Return a claim; an answer may have many, most of which differ in few fields."""
        changed: dict[str, object] = {}
        who = self._name(shown.asserter, shown.asserted_by)
        if who != shown.asserted_by:
            changed["asserted_by"] = who
        if shown.figure is not None:
            figure = self.of(shown.figure, shown.topic)
            changed |= {} if figure is shown.figure else {"figure": figure}
        if record := self._records.get(shown.id):
            words = record.translations.get(self._language)
            rests = (words and shown.assumption and words.assumption) or shown.assumption
            changed["assumption"] = rests
            changed["qualifiers"] = self._qualifiers(shown.qualifiers)
        if not changed:
            return shown
        copy = shown.model_copy(update=changed)
        copy.remember(shown)
        return copy

    def _name(self, asserter: str | None, recorded: str) -> str:
        if asserter is None:
            return recorded
        if asserter not in self._names:
            try:
                name = wording.asserter_name(self._library.asserter(asserter), self._language)
            except KeyError:
                name = recorded
            self._names[asserter] = name
        return self._names[asserter]

    def _title(self, topic: str | None, recorded: str | None) -> str | None:
        found = self._topic(topic)
        words = found.translations.get(self._language) if found else None
        return (words and words.title) or recorded

    def _unit(
        self, unit: str | None, topic: str | None, counted: FigureView | None = None
    ) -> str | None:
        """Translate the unit of a topic; one that is a year tells how its numbers are written."""
        found = self._topic(topic)
        words = found.translations.get(self._language) if found else None
        if found is None or unit is None or unit != found.unit or wording.is_year(unit):
            return unit
        if words is None or not words.unit:
            return unit
        return wording.unit_in(words.unit, counted, self._language)

    def _topic(self, topic: str | None) -> Topic | None:
        return self._library.topic(topic) if topic and self._library.has("topic", topic) else None

    @cached_property
    def _values(self) -> dict[tuple[str, str], str]:
        """What narrows the figures of these claims, as recorded → in other words."""
        found: dict[tuple[str, str], str] = {}
        for record in self._records.values():
            words = record.translations.get(self._language)
            for dimension, value in (words.qualifiers if words else {}).items():
                if dimension in record.qualifiers:
                    found[dimension, record.qualifiers[dimension]] = value
        return found

    def _qualifiers(self, recorded: dict[str, str]) -> dict[str, str]:
        if not any((dimension, value) in self._values for dimension, value in recorded.items()):
            return recorded
        return {
            dimension: self._values.get((dimension, value), value)
            for dimension, value in recorded.items()
        }

    def _label(self, by: str) -> str:
        """Translate whom an answer was narrowed to: a country, or an asserter by the whole name."""
        countries = find_countries(by)
        if countries and " and ".join(by[one.start : one.end] for one in countries) == by:
            named = (wording.country_name(one.code, self._language) for one in countries)
            return ", ".join(named)
        for asserter in self._library.asserters.values():
            if wording.asserter_name(asserter) == by:
                return wording.asserter_name(asserter, self._language)
        return by
