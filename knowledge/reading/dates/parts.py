"""Reads parts of a year and what is counted from today: quarters, seasons, "last week", "ago"."""
# ruff: noqa: PLR2004 - a calendar is made of such numbers

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from knowledge.language import Lead
from knowledge.reading.dates.ago import LONGEST_COUNT, counted, rolling
from knowledge.reading.dates.days import (
    month_at,
    quarter,
    read_month,
    week_of,
    year_at,
    year_behind,
)
from knowledge.reading.dates.periods import (
    Period,
    cut_part,
    latest,
    latest_weekday,
    month_of,
    next_unit,
    part_of_year,
    piece_of,
    previous_unit,
    season_of,
    shifted,
    this_unit,
    year_of,
)
from knowledge.reading.tokens import Tokens, past, word_at

_Reader = Callable[[Tokens, int, date], Period | None]
_YEAR: Final = 360
"""Days of a period from which on it is a year: a shorter one has no quarters."""


def read_part(tokens: Tokens, i: int, today: date, whole_at: _Reader) -> Period | None:
    """Read "mid 2024", "end of February 2024", "early last year", "the end of the month"."""
    part, j = tokens.dates.parts[tokens[i].word], past(tokens, i + 1, tokens.dates.part_links)
    if part in {"start", "end"} and _is_within(tokens, i + 1):
        return None
    whole = _this_one(tokens, j, today)
    if whole is None and word_at(tokens, j) not in tokens.dates.parts:
        whole = whole_at(tokens, j, today)
    if whole is None or whole.start == whole.end:
        return None
    return replace(cut_part(whole, part), next=whole.next, led=whole.led)


def _is_within(tokens: Tokens, i: int) -> bool:
    """Whether a word says in what time something is: "start in October" tells of no part of it."""
    within = tokens.dates.leads.get((word_at(tokens, i),)) is Lead.DURING
    return within and word_at(tokens, i) not in tokens.dates.of


def _this_one(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read the unit that runs, named without more: "the month", "the year"."""
    unit = tokens.dates.units.get(word_at(tokens, i))
    if unit not in {"week", "month", "quarter", "year"} or year_at(tokens, i + 1):
        return None
    return replace(this_unit(unit, today), next=i + 1)


def read_ordinal(tokens: Tokens, i: int, today: date, whole_at: _Reader) -> Period | None:
    """Read "first half of 2024", "the last day of July", "the 1st of last month"."""
    which = tokens.dates.ordinals.get(tokens[i].word, 0) or _digits(tokens, i)
    if not which:
        return None
    dates, word = tokens.dates, word_at(tokens, i + 1)
    count, unit = dates.fraction_parts.get(word), dates.units.get(word)
    is_day = word in dates.day_links - {"."}
    behind = i + 1 if is_day else i + 2
    j = past(tokens, behind, dates.part_links)
    whole = None if _is_nested(tokens, j) else _this_one(tokens, j, today)
    if whole is None and not _is_nested(tokens, j):
        whole = whole_at(tokens, j, today)
    if whole is None:
        return _lone_quarter(i, which, count, today)
    if count and (whole.end - whole.start).days >= _YEAR:
        return _part(whole, which, count)
    if count == 2 and which in {1, 2} and _is_month(whole):
        return _half_of_month(whole, which)
    if j == behind or whole.start == whole.end or (is_day and whole.lone_year):
        return None
    piece = piece_of(whole, "day" if is_day else unit or "", which)
    return replace(piece, next=whole.next) if piece else None


def _is_month(whole: Period) -> bool:
    return (
        whole.start.day == 1 and whole.end == month_of(whole.start.year, whole.start.month, 0).end
    )


def _half_of_month(whole: Period, which: int) -> Period:
    """Give the first fifteen days of a month, or the others."""
    half = whole.start + timedelta(days=14)
    if which == 1:
        return Period(whole.start, half, whole.next)
    return Period(half + timedelta(days=1), whole.end, whole.next)


def _digits(tokens: Tokens, i: int) -> int:
    digits = tokens[i].word.rstrip("stndrh")
    return int(digits) if digits.isdecimal() and len(digits) <= 2 else 0


def _is_nested(tokens: Tokens, i: int) -> bool:
    """Whether a part of a part follows, which nobody says and a long text must not cost."""
    dates, word = tokens.dates, word_at(tokens, i)
    named = (dates.parts, dates.numbered, dates.weekdays, dates.short_weekdays)
    if any(word in words for words in named):
        return True
    following = word_at(tokens, i + 1)
    if word in dates.ordinals:
        counted = word not in dates.last or following not in dates.units
        return counted or word_at(tokens, i + 2) in dates.part_links
    return following in dates.fraction_parts


def _part(whole: Period, which: int, count: int) -> Period | None:
    if which > count:
        return None
    part = part_of_year(whole.start.year, which if which > 0 else count, count)
    return replace(part, next=whole.next)


def _lone_quarter(i: int, which: int, count: int | None, today: date) -> Period | None:
    """Read "the third quarter" without its year: the latest one."""
    if count != 4 or not 0 < which <= 4:
        return None
    return replace(latest(part_of_year(today.year, which, 4), today), next=i + 2, led=True)


def read_quarter(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "Q1 2024", "Q3/2020", "1Q24", and "Q1" alone."""
    which, count = quarter(tokens[i].word)
    year, after = year_behind(tokens, i + 1, today, short=True)
    if year:
        return replace(part_of_year(year, which, count), next=after)
    lone = latest(part_of_year(today.year, which, count), today)
    return replace(lone, next=i + 1, led=True) if count == 4 else None


def read_counted_quarter(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "1. Quartal 2024", "1 квартал 2024": digits that stand for an ordinal."""
    which = _digits(tokens, i)
    j = i + 2 if word_at(tokens, i + 1) == "." else i + 1
    count = tokens.dates.fraction_parts.get(word_at(tokens, j), 0)
    year, after = year_behind(tokens, j + 1, today)
    if not year or not 0 < which <= count:
        return None
    return replace(part_of_year(year, which, count), next=after)


def read_numbered(tokens: Tokens, i: int, today: date, whole_at: _Reader) -> Period | None:
    """Read "Quarter 1 2018", "quarter one of last year", "KW 8 2024"."""
    unit = tokens.dates.numbered[tokens[i].word]
    word = word_at(tokens, i + 1)
    which = int(word) if word.isdecimal() and len(word) <= 2 else 0
    which = which or tokens.numbers.cardinals.get(word, 0)
    if not which:
        return None
    year, after = year_behind(tokens, i + 2, today)
    if not year:
        j = past(tokens, i + 2, tokens.dates.part_links)
        whole = None if _is_nested(tokens, j) else whole_at(tokens, j, today)
        if whole is None or (whole.end - whole.start).days < _YEAR:
            return None
        year, after = whole.start.year, whole.next
    if unit == "week":
        return week_of(year, which, after)
    count = 4 if unit == "quarter" else 2
    return replace(part_of_year(year, which, count), next=after) if which <= count else None


def read_season(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "summer 2024", "the winter of 2023/24"; winter is named by the year it ends in."""
    first = tokens.dates.seasons[tokens[i].word]
    year, after = year_behind(tokens, i + 1, today)
    j = past(tokens, i + 1, tokens.dates.of)
    if j < len(tokens) and tokens[j].kind == "years":
        year, after = int(tokens[j].word[:4]) + 1, j + 1
    return season_of(year, first, after) if year else None


def read_last(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "last month", "the past 3 weeks", "last summer", "last February", "last Monday"."""
    dates, word = tokens.dates, word_at(tokens, i + 1)
    digits = word.isdecimal() and len(word) <= LONGEST_COUNT
    count = int(word) if digits else tokens.numbers.cardinals.get(word, 0)
    if count and word_at(tokens, i + 2) in dates.units:
        return rolling(count, dates.units[tokens[i + 2].word], today, i + 3)
    if word in dates.units:
        unit = dates.units[word]
        if tokens[i].word in dates.rolling or unit not in {"week", "month", "quarter", "year"}:
            return rolling(1, unit, today, i + 2)
        return replace(previous_unit(unit, today), next=i + 2)
    return _last_named(tokens, i, today)


def _last_named(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read the day of the week, season or month behind "last"."""
    dates, word, following = tokens.dates, word_at(tokens, i + 1), i + 2
    weekday = dates.weekdays.get(word, dates.short_weekdays.get(word))
    if weekday is not None:
        day = latest_weekday(weekday, today, before_today=True)
        return Period(day, day, following)
    dated = read_month(tokens, i + 1, today) if word in dates.months else None
    if dated is not None and dated.day_guess:
        return replace(dated if dated.start < today else shifted(dated, -1), led=False)
    if word in dates.seasons:
        season = season_of(today.year, dates.seasons[word], following)
        if season.end < today:
            return season
        return season_of(today.year - 1, dates.seasons[word], following)
    name = month_at(tokens, i + 1)
    if name is None or not name.alone or year_at(tokens, i + 2):
        return None
    year = today.year if name.month < today.month else today.year - 1
    return month_of(year, name.month, i + 2)


def read_next(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "next month", "the next 3 weeks", "next May"."""
    dates, word = tokens.dates, word_at(tokens, i + 1)
    count, j = counted(tokens, i + 1)
    unit = dates.units.get(word_at(tokens, j))
    if count and unit:
        return rolling(-count, unit, today, j + 1)
    unit = dates.units.get(word)
    if unit in {"week", "month", "quarter", "year"}:
        return replace(next_unit(unit, today), next=i + 2)
    if word in dates.weekdays:
        day = today + timedelta(days=(dates.weekdays[word] - today.weekday() - 1) % 7 + 1)
        return Period(day, day, i + 2)
    name = month_at(tokens, i + 1)
    if name is None or not name.alone or year_at(tokens, i + 2):
        return None
    return month_of(today.year + (name.month <= today.month), name.month, i + 2)


def read_this(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "this year", "this summer", "this Monday"."""
    dates, word = tokens.dates, word_at(tokens, i + 1)
    unit = dates.units.get(word)
    if unit in {"year", "month", "week", "quarter"}:
        return replace(this_unit(unit, today), next=i + 2)
    if word in dates.weekdays:
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=dates.weekdays[word])
        return Period(day, day, i + 2)
    if word in dates.seasons:
        return season_of(today.year, dates.seasons[word], i + 2)
    name = month_at(tokens, i + 1)
    if name is None or not name.alone or year_at(tokens, i + 2):
        return None
    return month_of(today.year, name.month, i + 2)


def read_named_day(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "today", "yesterday"."""
    day = today - timedelta(days=tokens.dates.days[tokens[i].word])
    return Period(day, day, i + 1)


def read_whole_unit(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read one word for "last year", "this month"."""
    unit, back = tokens.dates.whole_units[tokens[i].word]
    found = this_unit(unit, today)
    for _ in range(back):
        found = previous_unit(unit, found.start)
    return replace(found, next=i + 1)


def read_korean_part(whole: Period, tokens: Tokens) -> Period:
    """Narrow a year or month by what stands behind it: "2024년 말", "2024년 여름", "상반기"."""
    word, following = word_at(tokens, whole.next), whole.next + 1
    dates, of_year = tokens.dates, (whole.end - whole.start).days >= _YEAR
    if word in dates.parts:
        return replace(cut_part(whole, dates.parts[word]), next=following)
    if of_year and word in dates.seasons:
        return season_of(whole.start.year, dates.seasons[word], following)
    if of_year and word in dates.fraction_parts:
        half = part_of_year(whole.start.year, dates.fraction_parts[word], 2)
        return replace(half, next=following)
    return whole


def read_the_day_before(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "the day before yesterday"."""
    dates = tokens.dates
    back = dates.days.get(word_at(tokens, i + 2), 0)
    before = dates.leads.get((word_at(tokens, i + 1),)) is Lead.BEFORE
    if dates.units[tokens[i].word] != "day" or not before or back < 1:
        return None
    day = today - timedelta(days=back + 1)
    return Period(day, day, i + 3)


def read_year_word(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "the year 2012"."""
    del today
    year = year_at(tokens, i + 1)
    if tokens.dates.units[tokens[i].word] != "year" or not year:
        return None
    return year_of(year, i + 2)


def read_to_date(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read "year to date"."""
    dates, unit = tokens.dates, tokens.dates.units[tokens[i].word]
    runs = word_at(tokens, i + 1) in dates.joiners and word_at(tokens, i + 2) in dates.present
    if not runs or unit not in {"week", "month", "quarter", "year"}:
        return None
    return Period(this_unit(unit, today).start, today, i + 3)
