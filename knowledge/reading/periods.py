"""Calendar periods: months, seasons, quarters, parts of a year, and the units before a day."""
# ruff: noqa: PLR2004 - a calendar is made of such numbers

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A period as read: first and last day, and the token behind it.

    `middle` is the last day when "mid" is meant as a bound: "by mid 2024" ends on 30 June, while
    "in mid 2024" runs from June through July. `lone_month` and `lone_year` need words before them
    to be a date; a `day_guess` took its year from the calendar.
    """

    start: date
    end: date
    next: int
    middle: date | None = None
    lone_month: int = 0
    lone_year: bool = False
    day_guess: bool = False


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


def days_back(today: date, count: int, unit: str) -> date | None:
    """Go back from a day; None before the year 1900."""
    if unit in {"day", "week"}:
        ordinal = today.toordinal() - count * (7 if unit == "week" else 1)
        day = date.fromordinal(ordinal) if ordinal > 0 else date.min
    else:
        step = {"month": 1, "quarter": 3, "year": 12}[unit]
        year, month = divmod(today.year * 12 + today.month - 1 - count * step, 12)
        last = monthrange(year, month + 1)[1] if year > 0 else 0
        day = date(year, month + 1, min(today.day, last)) if last else date.min
    return day if day.year >= 1900 else None


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
        return replace(found, middle=date(year, 6, 30)) if part == "middle" else found
    third = timedelta(days=days // 3)
    if part in {"start", "early"}:
        return Period(whole.start, whole.start + third - timedelta(days=1), 0)
    if part in {"end", "late"}:
        return Period(whole.start + 2 * third, whole.end, 0)
    middle = whole.start + timedelta(days=days // 2 - 1)
    return Period(whole.start + third, whole.start + 2 * third - timedelta(days=1), 0, middle)


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
