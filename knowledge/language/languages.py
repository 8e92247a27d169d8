"""Which languages the bot speaks and understands, and their words put together for readers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final, TypeVar

import stopwordsiso

from knowledge.language import signs
from knowledge.language.articles import ArticleWords
from knowledge.language.de import GERMAN
from knowledge.language.en import ENGLISH
from knowledge.language.en_articles import ENGLISH_ARTICLES
from knowledge.language.es import SPANISH
from knowledge.language.folding import fold
from knowledge.language.ko import KOREAN
from knowledge.language.language import (
    ClauseWords,
    DateWords,
    Language,
    NumberWords,
    QuestionWords,
)
from knowledge.language.ru import RUSSIAN
from knowledge.language.uk import UKRAINIAN
from knowledge.language.wording import Wording

LANGUAGES: Final[Mapping[str, Language]] = {
    one.code: one for one in (ENGLISH, GERMAN, SPANISH, UKRAINIAN, RUSSIAN, KOREAN)
}
"""Every language, by its ISO 639 code. Where a text may be of several, the first one leads."""

UNDERSTOOD: Final = tuple(LANGUAGES)
"""The languages that questions and messages are read in."""

_WORDINGS: Final = {code: one.wording for code, one in LANGUAGES.items() if one.wording}

SPOKEN: Final = tuple(_WORDINGS)
"""The languages that the bot can answer in: those that say how figures and dates are worded."""

DEFAULT: Final = ENGLISH.code
"""Spoken where nothing else is, and read beside every other language."""

ARTICLES: Final[Mapping[str, ArticleWords]] = {ENGLISH.code: ENGLISH_ARTICLES}
"""The languages that claims are drafted from articles in."""

_LONGEST_DOMAIN: Final = 2
"""Of the stop words that stopwordsiso lists, those this short are mostly internet domains and
abbreviations ("de" and "la" stand among the English ones); a record lists its own short words."""

_Group = TypeVar("_Group", NumberWords, DateWords, ClauseWords, QuestionWords)


def wording_of(language: str) -> Wording:
    """Give how a language words figures and dates; one that is not spoken leaves it to English."""
    return _WORDINGS.get(language, _WORDINGS[DEFAULT])


@dataclass(frozen=True, slots=True)
class Tables:
    """The words of one or several languages, as the readers look them up."""

    codes: tuple[str, ...]
    numbers: NumberWords
    dates: DateWords
    clauses: ClauseWords
    questions: QuestionWords


@cache
def tables_of(codes: tuple[str, ...]) -> Tables:
    """Put the words of languages together; what two of them know means what it does in the first.

    A word that an earlier language has in any sense is not taken from a later one: "gross" in a
    German text is no English dozen of dozens.
    """
    known: frozenset[str] = frozenset()
    groups: list[tuple[NumberWords, DateWords, ClauseWords, QuestionWords]] = []
    for code in codes:
        one = LANGUAGES[code]
        groups.append(
            (
                _without(one.numbers, known),
                _without(one.dates, known),
                _without(one.clauses, known),
                _without(one.questions, known),
            )
        )
        known |= vocabulary(code)
    numbers, dates, clauses, questions = zip(*groups, strict=True)
    return Tables(
        codes,
        _with_slang(_merged([*numbers, signs.NUMBERS]), sure=len(codes) == 1),
        _merged([*dates, signs.DATES]),
        _merged(clauses),
        _merged(questions),
    )


def _with_slang(numbers: NumberWords, *, sure: bool) -> NumberWords:
    """Take slang for numbers as such where the text is surely of one language, else as vague."""
    if sure:
        return replace(numbers, scales={**numbers.slang_scales, **numbers.scales})
    unclear = frozenset(numbers.slang_scales.keys() - numbers.scales.keys())
    return replace(numbers, unclear_scales=unclear)


@cache
def vocabulary(code: str) -> frozenset[str]:
    """Give every word that a language's record holds, and its longer stop words."""
    one = LANGUAGES[code]
    listed = {word for group in (one.numbers, one.dates, one.clauses) for word in _words(group)}
    stops = {word for word in stop_words(code) if len(word) > _LONGEST_DOMAIN}
    return frozenset(listed | stops | one.questions.speech)


@cache
def stop_words(code: str) -> frozenset[str]:
    """Give the stop words of a language as the library stopwordsiso has them."""
    return frozenset(fold(word) for word in stopwordsiso.stopwords(code))


def _words(group: NumberWords | DateWords | ClauseWords) -> Iterable[str]:
    """Go through the single words of a group; those of a phrase may be of any language."""
    for field in fields(group):
        for entry in getattr(group, field.name):
            if isinstance(entry, str):
                yield entry
            elif len(entry) == 1:
                yield entry[0]


def _without(group: _Group, known: frozenset[str]) -> _Group:
    if not known:
        return group
    return type(group)(
        **{field.name: _rest(getattr(group, field.name), known) for field in fields(group)}
    )


def _rest(value: Any, known: frozenset[str]) -> Any:
    def new(entry: Any) -> bool:
        return (entry if isinstance(entry, str) else " ".join(entry)) not in known

    if isinstance(value, Mapping):
        return {key: meaning for key, meaning in value.items() if new(key)}
    return type(value)(entry for entry in value if new(entry))


def _merged(groups: Sequence[_Group]) -> _Group:
    kind = type(groups[0])
    return kind(
        **{
            field.name: _joined([getattr(group, field.name) for group in groups])
            for field in fields(kind)
        }
    )


def _joined(values: Sequence[Any]) -> Any:
    first = values[0]
    if isinstance(first, Mapping):
        return {key: value for one in reversed(values) for key, value in one.items()}
    if isinstance(first, frozenset):
        return first.union(*values[1:])
    return tuple(dict.fromkeys(entry for one in values for entry in one))
