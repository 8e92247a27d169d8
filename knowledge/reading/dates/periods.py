"""Calendar periods: months, seasons, quarters, parts of a year, and the units before a day."""
# ruff: noqa: PLR2004 - a calendar is made of such numbers

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil


@dataclass(frozen=True, slots=True)
class Period:
    """A period as read: first and last day, and the token behind it.

    `middle` is the last day when "mid" is meant as a bound: "by mid 2024" ends on 30 June, while
    "in mid 2024" runs from June through July. `lone_month` and `lone_year` need words before them
    to be a date, as does what is `led`; a `day_guess` took its year from the calendar; `several`
    days were named by their first and last. `edge` is the day that the end of something is, where
    its last part was read: "before the end of 2024" runs through the year.
    """

    start: date
    end: date
    next: int
    middle: date | None = None
    lone_month: int = 0
    lone_year: bool = False
    day_guess: bool = False
    led: bool = False
    several: bool = False
    edge: date | None = None


def month_of(year: int, month: int, following: int) -> Period:
    """Give a whole month."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), following)


def year_of(year: int, following: int) -> Period:
    """Give a whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31), following)


def day_or_month(year: int, month: int, day: int, following: int) -> Period | None:
    """Give a day, or the whole month for day 0; None when the calendar has none such."""
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    return Period(first, first, following) if day else month_of(year, month, following)


def latest_year(month: int, day: int, today: date) -> int:
    """Give the year of the latest such day that is not in the future."""
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}


def days_back(today: date, count: int, unit: str) -> date | None:
    """Go back from a day, or forward by a negative count; None outside of 1900 to 2099."""
    if unit in _DAYS:
        ordinal = today.toordinal() - ceil(count * _DAYS[unit])
        day = date.fromordinal(ordinal) if ordinal > 0 else date.min
    else:
        step = {"month": 1, "quarter": 3, "half-year": 6, "year": 12, "decade": 120}[unit]
        year, month = divmod(today.year * 12 + today.month - 1 - count * step, 12)
        last = monthrange(year, month + 1)[1] if year > 0 else 0
        day = date(year, month + 1, min(today.day, last)) if last else date.min
    return day if 1900 <= day.year < 2100 else None


def cut_part(whole: Period, part: str) -> Period:
    """Take a part of a period: a third of a month or season, a quarter of a year.

    The start and the end of a year are its first and last month, early and late its first and
    last quarter, and its middle June and July.
    """
    days = (whole.end - whole.start).days + 1
    year = whole.start.year
    if days > 360:
        first, last = {"start": (1, 1), "early": (1, 3), "late": (10, 12), "end": (12, 12)}.get(
            part, (6, 7)
        )
        found = Period(date(year, first, 1), month_of(year, last, 0).end, 0)
        if part == "end":
            return replace(found, edge=whole.end)
        return replace(found, middle=date(year, 6, 30)) if part == "middle" else found
    if whole.start.day == 1 and 89 <= days <= 92:
        return _month_of_three(whole, part)
    third = timedelta(days=days // 3)
    if part in {"start", "early"}:
        return Period(whole.start, whole.start + third - timedelta(days=1), 0)
    if part in {"end", "late"}:
        edge = whole.end if part == "end" else None
        return Period(whole.start + 2 * third, whole.end, 0, edge=edge)
    middle = whole.start + timedelta(days=days // 2 - 1)
    return Period(whole.start + third, whole.start + 2 * third - timedelta(days=1), 0, middle)


def _month_of_three(whole: Period, part: str) -> Period:
    """Take the first, the second or the last month of a quarter or a season."""
    which = {"start": 0, "early": 0, "middle": 1}.get(part, 2)
    years, month = divmod(whole.start.month - 1 + which, 12)
    found = month_of(whole.start.year + years, month + 1, 0)
    if part == "middle":
        return replace(found, middle=found.start + timedelta(days=14))
    return replace(found, edge=whole.end if part == "end" else None)


def part_of_year(year: int, which: int, count: int) -> Period:
    """Give the `which`-th of `count` equal parts of a year, counted from 1."""
    size = 12 // count
    first = (which - 1) * size + 1
    return Period(date(year, first, 1), month_of(year, first + size - 1, 0).end, 0)


def season_of(year: int, first: int, following: int) -> Period:
    """Give a season by its first month; winter begins in the year before."""
    begin = date(year - 1 if first == 12 else year, first, 1)
    return Period(begin, month_of(year, (first + 1) % 12 + 1, 0).end, following)


def previous_unit(unit: str, today: date) -> Period:
    """Give the whole calendar unit before the one that holds today; weeks begin on Monday."""
    if unit == "day":
        return Period(today - timedelta(days=1), today - timedelta(days=1), 0)
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7)
        return Period(monday, monday + timedelta(days=6), 0)
    if unit == "year":
        return year_of(today.year - 1, 0)
    size = 1 if unit == "month" else 3
    first = (today.month - 1) // size * size + 1
    last_day = date(today.year, first, 1) - timedelta(days=1)
    return Period(date(last_day.year, last_day.month - size + 1, 1), last_day, 0)


def this_unit(unit: str, today: date) -> Period:
    """Give the whole calendar unit that holds today; weeks begin on Monday."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=6), 0)
    if unit == "quarter":
        return part_of_year(today.year, (today.month + 2) // 3, 4)
    if unit == "month":
        return month_of(today.year, today.month, 0)
    return year_of(today.year, 0) if unit == "year" else Period(today, today, 0)


def next_unit(unit: str, today: date) -> Period:
    """Give the whole calendar unit after the one that holds today; weeks begin on Monday."""
    return this_unit(unit, this_unit(unit, today).end + timedelta(days=1))


def latest_weekday(weekday: int, today: date, *, before_today: bool) -> date:
    """Give the latest such day of the week, today being one only where it may."""
    back = (today.weekday() - weekday) % 7
    return today - timedelta(days=back or (7 if before_today else 0))


def latest(period: Period, today: date) -> Period:
    """Take a part of this year, or of the year before where this year's has not begun."""
    if period.start <= today:
        return period
    return shifted(period, -1)


def shifted(period: Period, years: int) -> Period:
    """Move a period by so many years; where it ends with a month, it ends with that one's end."""
    begin, end = period.start, period.end
    whole = begin < end and end.day == monthrange(end.year, end.month)[1]
    last = monthrange(end.year + years, end.month)[1]
    first = monthrange(begin.year + years, begin.month)[1]
    return replace(
        period,
        start=date(begin.year + years, begin.month, min(begin.day, first)),
        end=date(end.year + years, end.month, last if whole else min(end.day, last)),
    )


def piece_of(whole: Period, unit: str, which: int) -> Period | None:
    """Give a day, week, month or quarter of a period, counted from 1, or the last one for -1."""
    if unit in {"day", "week"}:
        size = timedelta(days=7 if unit == "week" else 1)
        begin = (
            whole.end + timedelta(days=1) - size if which < 0 else whole.start + size * (which - 1)
        )
        last = min(begin + size - timedelta(days=1), whole.end)
        return Period(begin, last, 0) if whole.start <= begin <= whole.end else None
    size_in_months = {"month": 1, "quarter": 3}.get(unit)
    months = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    whole_months = whole.start.day == 1 and (whole.end + timedelta(days=1)).day == 1
    if size_in_months is None or not whole_months or months % size_in_months:
        return None
    count = months // size_in_months
    at = (count if which < 0 else which) - 1
    if not 0 <= at < count:
        return None
    first = whole.start.month - 1 + at * size_in_months
    begin = date(whole.start.year + first // 12, first % 12 + 1, 1)
    ending = first + size_in_months - 1
    return Period(begin, month_of(whole.start.year + ending // 12, ending % 12 + 1, 0).end, 0)
