"""Dates in the words of a reader's language: "23. Februar 2024", "2024년 2월", "~лют. 2024 р."."""

from calendar import month_abbr, month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.language.wording import ENGLISH
from knowledge.model import Edtf

_BRITISH: Final = "en_GB"
"""The locale of English dates, and of the dates of every language that has no words here."""
_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY = 9, 99
"""From the first of them to the last."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What a language puts around its dates; `governed` forms stand behind "since" and "until".

    `governed_month` is a pattern of Unicode CLDR for months whose names decline.
    """

    about: str
    uncertain: str
    unknown: str
    decade: str
    governed_decade: str
    some_day: str
    span: str
    up_to: str
    since: str
    governed_month: str | None = None


_WORDS: Final[Mapping[str, _Words]] = {
    _BRITISH: _Words(
        about="about {}",
        uncertain="{} (uncertain)",
        unknown="an unknown date",
        decade="the {}s",
        governed_decade="the {}s",
        some_day="some day in {}",
        span="{} to {}",
        up_to="up to {}",
        since="since {}",
    ),
    "de": _Words(
        about="etwa {}",
        uncertain="{} (unsicher)",
        unknown="ein unbekanntes Datum",
        decade="die {}er Jahre",
        governed_decade="den {}er Jahren",
        some_day="{}, Tag unbekannt",
        span="{} bis {}",
        up_to="bis {}",
        since="seit {}",
    ),
    "ko": _Words(
        about="{}경",
        uncertain="{}(불확실)",
        unknown="알 수 없는 날짜",
        decade="{}년대",
        governed_decade="{}년대",
        some_day="{}(날짜 미상)",
        span="{} ~ {}",
        up_to="{}까지",
        since="{}부터",
    ),
    "uk": _Words(
        about="приблизно {}",
        uncertain="{} (непевно)",
        unknown="невідома дата",
        decade="{}-ті",
        governed_decade="{}-х",
        some_day="{}, день невідомий",
        span="{} – {}",
        up_to="до {}",
        since="з {}",
        governed_month="MMMM y 'р'.",
    ),
}


def human(edtf: Edtf, language: str = ENGLISH, *, governed: bool = False) -> str:
    """Word a date for a person: "23 February 2024", "etwa März 2024", "2023년 8월 ~ 2025년".

    `governed` gives the form that stands behind "since" and "until".
    """
    locale = _locale(language)
    words = _WORDS[locale]
    first, slash, last = edtf.text.partition("/")
    if not slash:
        return _date(edtf, locale, words, governed=governed)
    if first == "..":
        return words.up_to.format(_part(last, locale, words, governed=True))
    if last == "..":
        return words.since.format(_part(first, locale, words, governed=True))
    ends = (_part(part, locale, words, governed=False) for part in (first, last))
    return words.span.format(*ends)


def short(edtf: Edtf, language: str = ENGLISH) -> str:
    """Write a date in few letters: "23 Feb 2024"; ~ is about, ? is uncertain."""
    if edtf.is_open:
        return human(edtf, language)
    locale = _locale(language)
    brief = _brief_english(edtf) if locale == _BRITISH else _brief(edtf, locale, _WORDS[locale])
    about = "~" if edtf.approximate else ""
    doubt = "?" if edtf.uncertain else ""
    return f"{about}{brief}{doubt}"


def _locale(language: str) -> str:
    return language if language in _WORDS else _BRITISH


def _part(text: str, language: str, words: _Words, *, governed: bool) -> str:
    return _date(Edtf.parse(text), language, words, governed=governed) if text else words.unknown


def _date(edtf: Edtf, language: str, words: _Words, *, governed: bool) -> str:
    shown = _named(edtf, language, words, governed=governed)
    shown = words.about.format(shown) if edtf.approximate else shown
    return words.uncertain.format(shown) if edtf.uncertain else shown


def _named(edtf: Edtf, language: str, words: _Words, *, governed: bool) -> str:
    year, *rest = edtf.text.rstrip("~?%").split("-")
    start = edtf.earliest
    if "X" in year:
        return (words.governed_decade if governed else words.decade).format(start.year)
    if not rest:
        return _written(start, "y", language)
    if rest[0] == "XX":
        return words.some_day.format(_written(start, "y", language))
    if len(rest) > 1 and rest[1] != "XX":
        return _written(start, "long", language)
    month = _month(start, language, words.governed_month if governed else None)
    return words.some_day.format(month) if len(rest) > 1 else month


def _month(day: date, language: str, pattern: str | None) -> str:
    return _written(day, pattern or "yMMMM", language)


def _written(day: date, pattern: str, language: str) -> str:
    """Write a day by a pattern or a skeleton of Unicode CLDR, or as its "long" format.

    English needs no tables for that, and most answers not to wait for them: they take a tenth of
    a second to read.
    """
    if language == _BRITISH:
        month = "" if pattern == "y" else f"{month_name[day.month]} "
        return f"{f'{day.day} ' if pattern == 'long' else ''}{month}{day.year}"
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    if set(pattern) <= {"y", "M", "d"}:
        return format_skeleton(pattern, day, locale=language)
    return format_date(day, pattern, locale=language)


def _brief(edtf: Edtf, language: str, words: _Words) -> str:
    first, last = edtf.earliest, edtf.latest
    if first.year != last.year:
        decades = last.year - first.year in {_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY}
        if decades and "/" not in edtf.text:
            return words.decade.format(first.year)
        return f"{first.year}–{last.year}"
    if first == last:
        return _written(first, "yMMMd", language)
    if first.month == last.month:
        return _written(first, "yMMM", language)
    if (first.month, last.month) == (1, 12):
        return _written(first, "y", language)
    from babel.dates import format_interval  # noqa: PLC0415

    return format_interval(first, last, "yMMM", locale=language)


def _brief_english(edtf: Edtf) -> str:
    first, last = edtf.earliest, edtf.latest
    if first.year != last.year:
        decades = last.year - first.year in {_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY}
        return f"{first.year}s" if decades and "/" not in edtf.text else f"{first.year}–{last.year}"
    if first == last:
        return f"{first.day} {month_abbr[first.month]} {first.year}"
    if first.month == last.month:
        return f"{month_abbr[first.month]} {first.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{month_abbr[first.month]}–{month_abbr[last.month]} {first.year}"
