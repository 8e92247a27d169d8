"""Dates in the words of a reader's language: "23. Februar 2024", "2024년 2월", "~лют. 2024 р."."""

from calendar import month_abbr, month_name
from datetime import date

from knowledge.language import DEFAULT, DateWording, wording_of
from knowledge.model import Edtf

_NAMES, _SHORT_NAMES = tuple(month_name), tuple(month_abbr)
"""Of the months: the calendar's own make each name anew."""
_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY = 9, 99
"""From the first of them to the last."""


def human(edtf: Edtf, language: str = DEFAULT, *, governed: bool = False) -> str:
    """Word a date for a person: "23 February 2024", "etwa März 2024", "2023년 8월 ~ 2025년".

    `governed` gives the form that stands behind "since" and "until".
    """
    words = wording_of(language).dates
    first, slash, last = edtf.text.partition("/")
    if not slash:
        return _date(edtf, words, governed=governed)
    if first == "..":
        return words.up_to.format(_part(last, words, governed=True))
    if last == "..":
        return words.since.format(_part(first, words, governed=True))
    ends = (_part(part, words, governed=False) for part in (first, last))
    return words.span.format(*ends)


def short(edtf: Edtf, language: str = DEFAULT) -> str:
    """Write a date in few letters: "23 Feb 2024"; ~ is about, ? is uncertain."""
    if edtf.is_open:
        return human(edtf, language)
    words = wording_of(language).dates
    english = words is wording_of(DEFAULT).dates
    brief = _brief_english(edtf) if english else _brief(edtf, words)
    if words.left_out:
        brief = brief.replace(words.left_out, "")
    about = "~" if edtf.approximate else ""
    doubt = "?" if edtf.uncertain else ""
    return f"{about}{brief}{doubt}"


def appeared(edtf: Edtf, language: str = DEFAULT) -> str:
    """Write in few letters when something appeared, once: "Oct 2024 or later", not "since"."""
    if not edtf.open_end:
        return short(edtf, language)
    first = Edtf.parse(edtf.text.partition("/")[0])
    return wording_of(language).dates.or_later.format(short(first, language))


def _part(text: str, words: DateWording, *, governed: bool) -> str:
    return _date(Edtf.parse(text), words, governed=governed) if text else words.unknown


def _date(edtf: Edtf, words: DateWording, *, governed: bool) -> str:
    shown = _named(edtf, words, governed=governed)
    shown = words.about.format(shown) if edtf.approximate else shown
    return words.uncertain.format(shown) if edtf.uncertain else shown


def _named(edtf: Edtf, words: DateWording, *, governed: bool) -> str:
    year, *rest = edtf.text.rstrip("~?%").split("-")
    start = edtf.earliest
    if "X" in year:
        return (words.governed_decade if governed else words.decade).format(start.year)
    if not rest:
        return _written(start, "y", words)
    if rest[0] == "XX":
        return words.some_day.format(_written(start, "y", words))
    if len(rest) > 1 and rest[1] != "XX":
        return _written(start, "long", words)
    pattern = words.governed_month if governed else None
    month = _written(start, pattern or "yMMMM", words)
    return words.some_day.format(month) if len(rest) > 1 else month


def _written(day: date, pattern: str, words: DateWording) -> str:
    """Write a day by a pattern or a skeleton of Unicode CLDR, or as its "long" format.

    English needs no tables for that, and most answers not to wait for them: they take a tenth of
    a second to read.
    """
    if words is wording_of(DEFAULT).dates:
        month = "" if pattern == "y" else f"{_NAMES[day.month]} "
        return f"{f'{day.day} ' if pattern == 'long' else ''}{month}{day.year}"
    from babel.dates import format_date, format_skeleton  # noqa: PLC0415

    if set(pattern) <= {"y", "M", "d"}:
        return format_skeleton(pattern, day, locale=words.locale)
    return format_date(day, pattern, locale=words.locale)


def _brief(edtf: Edtf, words: DateWording) -> str:
    first, last = edtf.earliest, edtf.latest
    if first.year != last.year:
        decades = last.year - first.year in {_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY}
        if decades and "/" not in edtf.text:
            return words.decade.format(first.year)
        return f"{first.year}–{last.year}"
    if first == last:
        return _written(first, "yMMMd", words)
    if first.month == last.month:
        return _written(first, "yMMM", words)
    if (first.month, last.month) == (1, 12):
        return _written(first, "y", words)
    from babel.dates import format_interval  # noqa: PLC0415

    return format_interval(first, last, "yMMM", locale=words.locale)


def _brief_english(edtf: Edtf) -> str:
    first, last = edtf.earliest, edtf.latest
    if first.year != last.year:
        decades = last.year - first.year in {_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY}
        return f"{first.year}s" if decades and "/" not in edtf.text else f"{first.year}–{last.year}"
    if first == last:
        return f"{first.day} {_SHORT_NAMES[first.month]} {first.year}"
    if first.month == last.month:
        return f"{_SHORT_NAMES[first.month]} {first.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{_SHORT_NAMES[first.month]}–{_SHORT_NAMES[last.month]} {first.year}"
