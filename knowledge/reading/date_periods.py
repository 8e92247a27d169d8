"""Reads one period at a place in a text: a day, month, season, part, relative date or year."""
# ruff: noqa: PLR2004 - a calendar is made of such numbers

import re
from collections.abc import Callable, Container
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from knowledge.reading.periods import (
    Period,
    cut_part,
    day_or_month,
    days_back,
    latest_year,
    month_of,
    part_of_year,
    previous_unit,
    season_of,
    year_of,
)
from knowledge.reading.tokens import Tokens, folded, word_at

_TOKEN: Final = re.compile(
    r"""
    (?P<word>[^\W\d_]{3,}+(?![\w'’]|://|\.\w))
  | (?P<skip> https?://\S+ | <[@#:at][^\s<>]{0,80}> | [@\#][\w.-]+ | v\d[\w.]*
      | \d+(?::\d+)+ | \d+\.\d+(?:\.\d+){2,} | \d+(?:-\d+){3,} )
  | (?P<iso>(?:19|20)\d\d[-/](?:0\d|1[0-2])(?:[-/]\d\d)?(?![\w-]*\d))
  | (?P<dotted>\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\w|\.\d))
  | (?P<slashed>\d{1,2}[./](?:19|20)\d\d(?![\w/]|\.\d))
  | (?P<years>(?:19|20)\d\d[/–-]\d\d(?![\w–-]))
  | (?P<decade>['’]?(?<![\w])(?:1[89]|20)?\d0['’]?s\b)
  | (?P<korean>(?:19|20)\d\d년 | \d{1,2}[월일](?!\d))
  | (?P<num>\d+(?:[.,]\d+)*)(?P<ordinal>st\b|nd\b|rd\b|th\b)?
  | (?P<other>[qhQH][1-4]\b | [^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<op>[^\w\s])
    """,
    re.VERBOSE,
)
_LATEST_FIRST: Final = 2100
"""The first year that is none: four digits beyond are rather amounts."""


class _MonthName(NamedTuple):
    """A month and whether its name may stand without a year ("since Feb")."""

    month: int
    alone: bool


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; links, times, versions and ids are one "skip" each."""
    return Tokens(text, _TOKEN, folded)


def past(tokens: Tokens, i: int, skipped: AbstractSet[str]) -> int:
    """Give the token behind up to three of the `skipped` words at `i`."""
    end = i + 3
    while i < end and word_at(tokens, i) in skipped:
        i += 1
    return i


def may_start(tokens: Tokens, i: int) -> bool:
    """Whether a period can start with a token at all: a cheap test that spares most words."""
    word = tokens[i].word
    if tokens[i].kind != "word" or word in tokens.dates.starts:
        return True
    return word in tokens.numbers.cardinals or word in tokens.numbers.articles


def read_period(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read the period that starts at token `i`, an article before it included."""
    i = past(tokens, i, tokens.dates.articles)
    if i >= len(tokens):
        return None
    token = tokens[i]
    reader = _READERS.get(token.kind)
    return reader(tokens, i, today) if reader else None


def _read_iso(tokens: Tokens, i: int, today: date) -> Period | None:
    del today
    parts = [int(part) for part in re.split(r"[-/]", tokens[i].word)]
    return day_or_month(parts[0], parts[1], parts[2] if len(parts) > 2 else 0, i + 1)


def _read_dotted(tokens: Tokens, i: int, today: date) -> Period | None:
    del today
    day, month, year = (int(part) for part in tokens[i].word.split("."))
    return day_or_month(year, month, day, i + 1) if day else None


def _read_slashed(tokens: Tokens, i: int, today: date) -> Period | None:
    del today
    month, year = (int(part) for part in re.split(r"[./]", tokens[i].word))
    return day_or_month(year, month, 0, i + 1)


def _read_years(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "2023/24", two years in a row."""
    del today
    year, short = int(tokens[i].word[:4]), int(tokens[i].word[5:])
    if short != (year + 1) % 100:
        return None
    return Period(date(year, 1, 1), date(year + 1, 12, 31), i + 1)


def _read_korean(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "2024년 2월 23일", from whichever of the three it begins with."""
    year = month = day = 0
    while i < len(tokens) and tokens[i].kind == "korean":
        number, mark = int(tokens[i].word[:-1]), tokens[i].word[-1]
        if mark == "년" and not (year or month or day):
            year = number
        elif mark == "월" and not (month or day):
            month = number
        elif mark == "일" and month and not day:
            day = number
        else:
            break
        i += 1
    if not month:
        return year_of(year, i) if year else None
    if not 1 <= month <= 12:
        return None
    return day_or_month(year or latest_year(month, day or 1, today), month, day, i)


def _read_number(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read what starts with digits: "23 Feb 2024", "3 weeks ago", "2024 Q2", "2024"."""
    word = tokens[i].word
    if not word.isdecimal() or len(word) > 4:
        return None
    if len(word) == 4:
        return _read_year(tokens, i)
    return _read_ago(tokens, i, int(word), today) or _read_day_month(tokens, i, today)


def _read_ordinal(tokens: Tokens, i: int, today: date) -> Period | None:
    if (
        tokens[i].word in tokens.dates.ordinals
        and word_at(tokens, i + 1) in tokens.dates.fraction_parts
    ):
        return _read_fraction_part(tokens, i, today)
    return _read_day_month(tokens, i, today)


def _read_year(tokens: Tokens, i: int) -> Period | None:
    """Read a year alone; glued to a mark that makes it something else it is none."""
    year = year_at(tokens, i)
    if not year:
        return None
    quarter = _quarter(word_at(tokens, i + 1))
    if quarter:
        return replace(part_of_year(year, *quarter), next=i + 2)
    following = i + 2 if word_at(tokens, i + 1) in tokens.dates.year_words else i + 1
    return replace(year_of(year, following), lone_year=True)


def year_at(tokens: Tokens, i: int) -> int:
    """Give the year 1900 to 2099 written at token `i`, or 0."""
    word = word_at(tokens, i)
    if len(word) == 5 and word[4] == "년":
        word = word[:4]
    if len(word) != 4 or not word.isdecimal():
        return 0
    year = int(word)
    return year if 1900 <= year < _LATEST_FIRST else 0


def _year_behind(tokens: Tokens, i: int) -> tuple[int, int]:
    """Read "2024", "of 2024", "de 2024", ", 2024", "'24" at `i`: the year, the token behind it."""
    j = past(tokens, i, tokens.dates.of)
    if word_at(tokens, j) == "-" and j == i:
        j += 1
    year = year_at(tokens, j)
    if year:
        return year, (j + 2 if word_at(tokens, j + 1) in tokens.dates.year_words else j + 1)
    short = word_at(tokens, j + 1)
    if word_at(tokens, j) in {"'", "’"} and len(short) == 2 and short.isdecimal():
        return 2000 + int(short), j + 2
    return 0, i


def _read_day_month(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "23 February 2024", "23rd of Feb", "23. Februar 2024", "23 de febrero de 2024"."""
    day = int("".join(c for c in tokens[i].word if c.isdecimal()))
    j = past(tokens, i + 1, tokens.dates.day_links)
    name = _month_at(tokens, j)
    if name is None or not 1 <= day <= 31:
        return None
    year, after = _year_behind(tokens, j + 1)
    if not year and not name.alone:
        return None
    guessed = year or latest_year(name.month, day, today)
    found = day_or_month(guessed, name.month, day, after if year else j + 1)
    return replace(found, day_guess=not year) if found else None


def _month_at(tokens: Tokens, i: int) -> _MonthName | None:
    if i < len(tokens) and tokens[i].kind in {"word", "other"}:
        word = tokens[i].word
        if word in tokens.dates.months:
            return _MonthName(tokens.dates.months[word], alone=True)
        if word in tokens.dates.short_months:
            return _MonthName(tokens.dates.short_months[word], alone=False)
    return None


def _read_ago(tokens: Tokens, i: int, count: int, today: date) -> Period | None:
    """Read "3 weeks ago" as one day."""
    unit = tokens.dates.units.get(word_at(tokens, i + 1))
    if unit is None or word_at(tokens, i + 2) not in tokens.dates.ago:
        return None
    day = days_back(today, count, unit)
    return Period(day, day, i + 3) if day else None


def _read_word(tokens: Tokens, i: int, today: date) -> Period | None:
    word = tokens[i].word
    for words, reader in _WORD_READERS:
        if word in words(tokens) and (found := reader(tokens, i, today)) is not None:
            return found
    if _month_at(tokens, i) is not None:
        return _read_month(tokens, i, today)
    return None


def _read_month(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "Feb 2024", "Feb 23, 2024", "February 23rd", "Feb"."""
    name = _month_at(tokens, i)
    if name is None:
        return None
    j = i + 2 if word_at(tokens, i + 1) == "." and word_at(tokens, i + 2) != "" else i + 1
    year, after = _year_behind(tokens, j)
    if year:
        return month_of(year, name.month, after)
    day = word_at(tokens, j).rstrip("stndrh")
    year, after = _year_behind(tokens, j + 1)
    if day.isdecimal() and len(day) <= 2 and (year or name.alone):
        guessed = year or latest_year(name.month, min(int(day), 28), today)
        found = day_or_month(guessed, name.month, int(day), after if year else j + 1)
        if found and int(day):
            return replace(found, day_guess=not year)
    return _lone_month(name, i, today) if name.alone else None


def _lone_month(name: _MonthName, i: int, today: date) -> Period:
    year = latest_year(name.month, 1, today)
    return replace(month_of(year, name.month, i + 1), lone_month=name.month)


def _read_part(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "mid 2024", "end of February 2024", "early last year"."""
    part, j = tokens.dates.parts[tokens[i].word], past(tokens, i + 1, tokens.dates.part_links)
    whole = None if word_at(tokens, j) in tokens.dates.parts else read_period(tokens, j, today)
    if whole is None or whole.start == whole.end:
        return None
    return replace(cut_part(whole, part), next=whole.next)


def _read_fraction_part(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "first half of 2024", "third quarter of last year"."""
    count = tokens.dates.fraction_parts.get(word_at(tokens, i + 1), 0)
    j = past(tokens, i + 2, tokens.dates.part_links)
    nested = (
        word_at(tokens, j) in tokens.dates.parts
        or word_at(tokens, j + 1) in tokens.dates.fraction_parts
    )
    whole = read_period(tokens, j, today) if count and not nested else None
    which = tokens.dates.ordinals[tokens[i].word]
    if whole is None or (whole.end - whole.start).days < 360 or which > count:
        return None
    part = part_of_year(whole.start.year, which if which > 0 else count, count)
    return replace(part, next=whole.next)


def _quarter(word: str) -> tuple[int, int] | None:
    """Read "Q2" as (2, 4) and "H1" as (1, 2)."""
    if len(word) != 2 or word[0] not in "qh" or word[1] not in "1234":
        return None
    count = 4 if word[0] == "q" else 2
    return (int(word[1]), count) if int(word[1]) <= count else None


def _read_quarter(tokens: Tokens, i: int, today: date) -> Period | None:
    del today
    quarter = _quarter(tokens[i].word)
    year, after = _year_behind(tokens, i + 1)
    return replace(part_of_year(year, *quarter), next=after) if quarter and year else None


def _read_season(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "summer 2024", "the winter of 2023/24"; winter is named by the year it ends in."""
    del today
    first = tokens.dates.seasons[tokens[i].word]
    year, after = _year_behind(tokens, i + 1)
    j = past(tokens, i + 1, tokens.dates.of)
    if j < len(tokens) and tokens[j].kind == "years":
        year, after = int(tokens[j].word[:4]) + 1, j + 1
    return season_of(year, first, after) if year else None


def _read_last(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "last month", "the past 3 weeks", "last summer", "last February"."""
    word, following = word_at(tokens, i + 1), i + 2
    count = (
        int(word) if word.isdecimal() and len(word) < 4 else tokens.numbers.cardinals.get(word, 0)
    )
    if count and word_at(tokens, i + 2) in tokens.dates.units:
        begin = days_back(today, count, tokens.dates.units[tokens[i + 2].word])
        return Period(begin, today, i + 3) if begin else None
    if word in tokens.dates.units:
        return replace(previous_unit(tokens.dates.units[word], today), next=following)
    if word in tokens.dates.seasons:
        season = season_of(today.year, tokens.dates.seasons[word], following)
        return (
            season
            if season.end < today
            else season_of(today.year - 1, tokens.dates.seasons[word], following)
        )
    name = _month_at(tokens, i + 1)
    if name is None or not name.alone or year_at(tokens, i + 2):
        return None
    year = today.year if name.month < today.month else today.year - 1
    return month_of(year, name.month, following)


def _read_this(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "this year", "this summer", "this February"."""
    word = word_at(tokens, i + 1)
    unit = tokens.dates.units.get(word)
    if unit in {"year", "month"}:
        whole = year_of(today.year, i + 2)
        return whole if unit == "year" else month_of(today.year, today.month, i + 2)
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=6), i + 2)
    if unit == "quarter":
        return replace(part_of_year(today.year, (today.month + 2) // 3, 4), next=i + 2)
    return (
        season_of(today.year, tokens.dates.seasons[word], i + 2)
        if word in tokens.dates.seasons
        else None
    )


def _read_relative_day(tokens: Tokens, i: int, today: date) -> Period | None:
    day = today - timedelta(days=tokens.dates.days[tokens[i].word])
    return Period(day, day, i + 1)


def _read_word_ago(tokens: Tokens, i: int, today: date) -> Period | None:
    return _read_ago(tokens, i, tokens.numbers.cardinals.get(tokens[i].word, 1), today)


_Reader = Callable[[Tokens, int, date], Period | None]
_READERS: Final[dict[str, _Reader]] = {
    "iso": _read_iso,
    "dotted": _read_dotted,
    "slashed": _read_slashed,
    "years": _read_years,
    "korean": _read_korean,
    "num": _read_number,
    "ordinal": _read_ordinal,
    "word": _read_word,
    "other": _read_word,
}
_QUARTERS: Final = frozenset({"q1", "q2", "q3", "q4", "h1", "h2"})
_WORD_READERS: Final[tuple[tuple[Callable[[Tokens], Container[str]], _Reader], ...]] = (
    (lambda tokens: tokens.dates.parts, _read_part),
    (lambda tokens: tokens.dates.ordinals, _read_fraction_part),
    (lambda _: _QUARTERS, _read_quarter),
    (lambda tokens: tokens.dates.seasons, _read_season),
    (lambda tokens: tokens.dates.last, _read_last),
    (lambda tokens: tokens.dates.this, _read_this),
    (lambda tokens: tokens.dates.days, _read_relative_day),
    (lambda tokens: tokens.numbers.cardinals, _read_word_ago),
    (lambda tokens: tokens.numbers.articles, _read_word_ago),
)
