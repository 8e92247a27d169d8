"""Reads days, months and years: in digits, with the month's name, and as words say them."""
# ruff: noqa: PLR2004 - a calendar is made of such numbers

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from knowledge.reading.dates.periods import (
    Period,
    day_or_month,
    latest_weekday,
    latest_year,
    month_of,
    part_of_year,
    year_of,
)
from knowledge.reading.numbers import whole_in_words
from knowledge.reading.tokens import Tokens, glued, past, word_at

_LATEST_FIRST: Final = 2100
"""The first year that is none: four digits beyond are rather amounts."""
_AHEAD: Final = 10
"""Years from now up to which two digits are of this century; chosen by eye, for plans."""
_MARKS: Final = frozenset("-/")
_Reader = Callable[[Tokens, int, date], Period | None]


class _MonthName(NamedTuple):
    """A month and whether its name may stand without a year ("since Feb")."""

    month: int
    alone: bool


class _Day(NamedTuple):
    """The number of a day of the month, the token behind it, and how it is written.

    An ordinal ("23rd") says more surely that it is a day than a cardinal does.
    """

    number: int
    next: int
    spoken: bool
    ordinal: bool


def read_iso(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "2024-02-23", "2024/2/23", "2024.02", with a time of day behind it or not."""
    del today
    parts = re.split(r"[-/._]", re.split(r"[t ]", tokens[i].word)[0])
    year, month, *day = (int(part) for part in parts)
    return day_or_month(year, month, day[0] if day else 0, i + 1)


def read_compact(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "20240223"."""
    del today
    word = tokens[i].word
    return day_or_month(int(word[:4]), int(word[4:6]), int(word[6:]), i + 1)


def read_week(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "2024-W08", a week as ISO 8601 numbers them."""
    del today
    year, _, week = tokens[i].word.replace("-", "").partition("w")
    return week_of(int(year), int(week), i + 1)


def week_of(year: int, week: int, following: int) -> Period | None:
    """Give a week of a year as ISO 8601 numbers them; None when it has none such."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Period(monday, monday + timedelta(days=6), following)


def read_digits(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "23.02.2024", "23/02/2024", "02/23/24"; None where day and month may be either."""
    first, second, year = (int(part) for part in re.split(r"[-/.] ?", tokens[i].word))
    year = _century(year, today) if year < 100 else year
    if "." in tokens[i].word or first > 12 or first == second:
        return day_or_month(year, second, first, i + 1) if first else None
    return day_or_month(year, first, second, i + 1) if second > 12 else None


def readings_of(word: str, today: date) -> tuple[date, ...]:
    """Give the days that a date in digits may be, where nothing tells day from month."""
    first, second, year = (int(part) for part in re.split(r"[-/.]", word))
    year = _century(year, today) if year < 100 else year
    found = [day_or_month(year, *pair, 0) for pair in ((second, first), (first, second))]
    days = dict.fromkeys(one.start for one in found if one is not None and first and second)
    return tuple(days) if "." not in word and max(first, second) <= 12 else ()


def read_month_and_year(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "02/2024"."""
    del today
    month, year = (int(part) for part in re.split(r"[-/.]", tokens[i].word))
    return day_or_month(year, month, 0, i + 1)


def read_years(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "2023/24", two years in a row, and "2019–22"."""
    del today
    word = tokens[i].word
    year, short = int(word[:4]), int(word[5:])
    last = year // 100 * 100 + short + (100 if short < year % 100 else 0)
    if not year < last <= (year + 1 if word[4] == "/" else year + 50) or last >= _LATEST_FIRST:
        return None
    return Period(date(year, 1, 1), date(last, 12, 31), i + 1)


def read_korean(tokens: Tokens, i: int, today: date) -> Period | None:
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


def read_number(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read what starts with digits: "23 Feb 2024", "2024 Aug 23", "2024 Q2", "2024"."""
    word = tokens[i].word
    if tokens[i].kind == "num" and len(word) == 4 and word.isdecimal():
        return _read_year(tokens, i, today)
    return _read_day_first(tokens, i, today)


def _read_year(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read a year, or what stands behind it: a quarter, a month, a day."""
    year = year_at(tokens, i)
    if not year:
        return None
    j = i + 1
    if word_at(tokens, j) == "," or (_is_glued_mark(tokens, j)):
        j += 1
    if j < len(tokens) and tokens[j].kind == "quarter":
        return replace(part_of_year(year, *quarter(tokens[j].word)), next=j + 1)
    return _year_and_month(tokens, j, year, today) or replace(
        year_of(year, _past_year_word(tokens, i + 1)), lone_year=True
    )


def _year_and_month(tokens: Tokens, i: int, year: int, today: date) -> Period | None:
    """Read a month behind its year: "2024 Aug", "2024 February 23"."""
    del today
    name = month_at(tokens, i)
    if name is None:
        return None
    j = i + 2 if _is_glued_mark(tokens, i + 1) else i + 1
    day = _day_at(tokens, j)
    if day is not None and not day.spoken:
        found = day_or_month(year, name.month, day.number, day.next)
        if found is not None and day.number:
            return found
    if tokens[i].word in tokens.dates.doubtful_months and j < len(tokens):
        return None
    return month_of(year, name.month, _past_full_stop(tokens, i))


def year_at(tokens: Tokens, i: int) -> int:
    """Give the year 1900 to 2099 written at token `i`, or 0."""
    word = word_at(tokens, i)
    if len(word) == 5 and word[4] == "년":
        word = word[:4]
    if len(word) != 4 or not word.isdecimal():
        return 0
    year = int(word)
    return year if 1900 <= year < _LATEST_FIRST else 0


def year_behind(tokens: Tokens, i: int, today: date, *, short: bool = False) -> tuple[int, int]:
    """Read the year of what stands before `i`, and the token behind it.

    "2024", "of 2024", "de 2024", ", 2024", "'24", "-2024", "last year", and where a `short` one
    may follow a mark or stand glued, "/24".
    """
    j = past(tokens, i, tokens.dates.of)
    marked = j == i and _is_glued_mark(tokens, j)
    j = j + 1 if marked else j
    year = year_at(tokens, j)
    if year:
        return year, _past_year_word(tokens, j + 1)
    named = None if marked else _relative_year(tokens, j, today) or _year_in_words(tokens, j)
    if named is not None:
        return named
    if word_at(tokens, j) in {"'", "’"} and _two_digits(tokens, j + 1):
        return _century(int(tokens[j + 1].word), today), j + 2
    if short and (marked or glued(tokens, j)) and _two_digits(tokens, j):
        return _century(int(tokens[j].word), today), j + 1
    return 0, i


def _relative_year(tokens: Tokens, i: int, today: date) -> tuple[int, int] | None:
    """Read "last year", "this year", "next year", and give the token behind it."""
    dates, word = tokens.dates, word_at(tokens, i)
    if dates.units.get(word_at(tokens, i + 1)) != "year":
        return None
    if word in dates.last or word in dates.this:
        return today.year - (word in dates.last), i + 2
    return (today.year + 1, i + 2) if word in dates.coming else None


def quarter(word: str) -> tuple[int, int]:
    """Read "q2" or "2q" as (2, 4), "h1" or "1h" as (1, 2); which of how many parts of a year."""
    which = int(word.strip("qh"))
    return min(which, 2 if "h" in word else 4), 2 if "h" in word else 4


def _past_year_word(tokens: Tokens, i: int) -> int:
    word = word_at(tokens, i)
    if word not in tokens.dates.year_words:
        return i
    return i + 2 if len(word) <= _SHORT_WORD and word_at(tokens, i + 1) == "." else i + 1


_SHORT_WORD: Final = 2
"""Letters at most of a word for "year" that is cut short, and has a full stop: "2009 г."."""


def _past_full_stop(tokens: Tokens, i: int) -> int:
    """Give the token behind a month's name and the full stop of its abbreviation."""
    stopped = word_at(tokens, i + 1) == "." and word_at(tokens, i + 2) != ""
    return i + 2 if stopped else i + 1


def _two_digits(tokens: Tokens, i: int) -> bool:
    word = word_at(tokens, i)
    return len(word) == 2 and word.isdecimal()


def _is_glued_mark(tokens: Tokens, i: int) -> bool:
    return word_at(tokens, i) in _MARKS and glued(tokens, i) and glued(tokens, i + 1)


def _century(short: int, today: date) -> int:
    """Give the year that two digits stand for: of this century, unless far in the future."""
    year = today.year // 100 * 100 + short
    return year if year <= today.year + _AHEAD else year - 100


def month_at(tokens: Tokens, i: int) -> _MonthName | None:
    """Read the month that is named at a token."""
    if i < len(tokens) and tokens[i].kind in {"word", "other"}:
        word = tokens[i].word
        if word in tokens.dates.months:
            return _MonthName(tokens.dates.months[word], alone=True)
        if word in tokens.dates.short_months:
            return _MonthName(tokens.dates.short_months[word], alone=False)
    return None


def _day_at(tokens: Tokens, i: int) -> _Day | None:
    """Read the number of a day: "23", "23rd", "twenty-third", "one"."""
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind in {"num", "ordinal"}:
        digits = token.word.rstrip("stndrh")
        short = digits.isdecimal() and len(digits) <= 2
        return _Day(int(digits), i + 1, False, token.kind == "ordinal") if short else None
    return _spoken_day(tokens, i) if token.kind in {"word", "other"} else None


def _spoken_day(tokens: Tokens, i: int) -> _Day | None:
    token, ordinals, cardinals = tokens[i], tokens.dates.ordinals, tokens.numbers.cardinals
    if ordinals.get(token.word, 0) > 0:
        return _Day(ordinals[token.word], i + 1, True, True)
    value = cardinals.get(token.word, 0)
    if value in {20, 30}:
        j = i + 2 if word_at(tokens, i + 1) == "-" else i + 1
        rest = word_at(tokens, j)
        if 0 < ordinals.get(rest, 0) < 10:
            return _Day(value + ordinals[rest], j + 1, True, True)
        if 0 < cardinals.get(rest, 0) < 10:
            return _Day(value + cardinals[rest], j + 1, True, False)
    return _Day(value, i + 1, True, False) if 0 < value <= 31 else None


def _read_day_first(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "23 February 2024", "23rd of Feb", "23-Feb-24", "23 de febrero de 2024", "3-5 May"."""
    day = _day_at(tokens, i)
    if day is None:
        return None
    last, j = _last_day(tokens, day)
    linked = past(tokens, j, tokens.dates.day_links)
    k = linked + 1 if linked == j and _is_glued_mark(tokens, j) else linked
    name = month_at(tokens, k)
    if name is None:
        return None
    tied = k > linked or (linked == j and glued(tokens, k))
    year, after = year_behind(tokens, _past_full_stop(tokens, k), today, short=tied)
    if not year and not (name.alone and _is_day(tokens, i, day, linked=linked > j)):
        return None
    return _days(name, (day.number, last), (year, after if year else k + 1), today)


def _is_day(tokens: Tokens, i: int, day: _Day, *, linked: bool) -> bool:
    """Whether a number before a month is a day although no year follows it.

    "The third May" may be any, "am dritten Mai" is a day.
    """
    if not day.spoken or linked:
        return True
    led = word_at(tokens, i - 1) in tokens.dates.dotted_leads or len(tokens) == day.next + 1
    return day.ordinal and (led or not tokens[day.next - 1].word.isascii())


def _last_day(tokens: Tokens, first: _Day) -> tuple[int, int]:
    """Read on to the last of several days ("28th to 30th"): its number, the token behind it."""
    j = past(tokens, first.next, tokens.dates.day_links & {"."})
    dates = tokens.dates
    if word_at(tokens, j) not in dates.joiners and word_at(tokens, j) not in dates.alternatives:
        return first.number, first.next
    last = _day_at(tokens, past(tokens, j + 1, dates.articles))
    if last is None or last.number <= first.number or last.spoken != first.spoken:
        return first.number, first.next
    return last.number, last.next


def _days(
    name: _MonthName, days: tuple[int, int], year: tuple[int, int], today: date
) -> Period | None:
    """Give one day of a month, or several in a row; without a year, the latest ones."""
    first, last = days
    if not first:
        return None
    guessed = year[0] or latest_year(name.month, min(first, 28), today)
    begin = day_or_month(guessed, name.month, first, year[1])
    end = day_or_month(guessed, name.month, last, year[1])
    if begin is None or end is None:
        return None
    several = first != last
    return Period(begin.start, end.end, year[1], day_guess=not year[0], several=several)


def read_spoken_day(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read a day that words count: "the twenty-third of February 2024", "dos de mayo de 2024"."""
    return _read_day_first(tokens, i, today)


def read_spoken_year(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "nineteen ninety-eight", "two thousand and eight", "mil novecientos noventa"."""
    del today
    found = _year_in_words(tokens, i)
    return replace(year_of(*found), lone_year=True, led=True) if found else None


_LAST_DAY: Final = 31
_CENTURIES: Final = (19, 20)


def _year_in_words(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read a year in words, and give the token behind it.

    Two numbers below a hundred are one; what any amount might be must have nothing behind it that
    it could count.
    """
    first = tokens.numbers.cardinals.get(word_at(tokens, i))
    j = i + 2 if word_at(tokens, i + 1) == "-" else i + 1
    if first in _CENTURIES and j < len(tokens):
        second = whole_in_words(tokens, j)
        if second is not None and 10 <= second[0] < 100:
            return first * 100 + second[0], second[1]
    found = whole_in_words(tokens, i) if i < len(tokens) else None
    if found is None or not 1900 <= found[0] < _LATEST_FIRST:
        return None
    year, following = found
    word = word_at(tokens, following)
    if word in tokens.dates.year_words:
        return year, _past_year_word(tokens, following)
    counts = word[:1].isalpha() and word not in tokens.numbers.no_count
    return None if counts else (year, following)


_DOTTED: Final = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])")


def read_dotted(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "am 28.10.", a day and a month behind a word that leads to one."""
    led = word_at(tokens, i - 1) in tokens.dates.dotted_leads if i else False
    stopped = word_at(tokens, i + 1) == "." and glued(tokens, i + 1)
    found = day_and_month(tokens[i].word, today, i + 2)
    return found if led and stopped else None


def day_and_month(digits: str, today: date, following: int) -> Period | None:
    """Give the latest day of a day and a month in digits, "28.10"."""
    found = _DOTTED.fullmatch(digits)
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    latest = day_or_month(latest_year(month, day, today), month, day, following)
    return replace(latest, day_guess=True) if latest else None


def read_month(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "Feb 2024", "Feb 23, 2024", "May eighth, 2010", "Feb-23-2024", "Feb"."""
    name = month_at(tokens, i)
    if name is None:
        return None
    j = _past_full_stop(tokens, i)
    year, after = year_behind(tokens, j, today)
    if year:
        return month_of(year, name.month, after)
    found = _month_first(tokens, j, name, today)
    return found or (_lone_month(name, i, today) if name.alone else None)


def _month_first(tokens: Tokens, j: int, name: _MonthName, today: date) -> Period | None:
    """Read the day, or the days, behind the name of a month."""
    marked = _is_glued_mark(tokens, j)
    k = past(tokens, j + 1 if marked else j, tokens.dates.articles)
    day = _day_at(tokens, k)
    if day is None:
        return None
    if marked and day.number > _LAST_DAY and not day.spoken:
        return month_of(_century(day.number, today), name.month, day.next)
    last, behind = _last_day(tokens, day)
    year, after = year_behind(tokens, behind, today, short=marked)
    if not year and (not name.alone or (day.spoken and not day.ordinal)):
        return None
    found = _days(name, (day.number, last), (year, after if year else behind), today)
    return replace(found, led=day.spoken and not year) if found else None


def _lone_month(name: _MonthName, i: int, today: date) -> Period:
    year = latest_year(name.month, 1, today)
    return replace(month_of(year, name.month, i + 1), lone_month=name.month)


def read_weekday(tokens: Tokens, i: int, today: date, date_at: _Reader) -> Period | None:
    """Read a day of the week: before its date ("Wed, Jan 20th, 2016"), or by itself."""
    j = i + 1
    while word_at(tokens, j) in {",", "."} and j < i + 3:
        j += 1
    dated = date_at(tokens, j, today) if j < len(tokens) and _is_digit_or_month(tokens, j) else None
    if dated is not None and dated.start == dated.end:
        return dated
    weekday = tokens.dates.weekdays.get(tokens[i].word)
    if weekday is None:
        return None
    day = latest_weekday(weekday, today, before_today=False)
    return Period(day, day, i + 1, led=True)


def _is_digit_or_month(tokens: Tokens, i: int) -> bool:
    dates, j = tokens.dates, past(tokens, i, tokens.dates.articles)
    word = word_at(tokens, j)
    known = word in dates.months or word in dates.short_months or word in dates.ordinals
    return known or tokens[min(j, len(tokens) - 1)].kind not in {"word", "other", "op"}
