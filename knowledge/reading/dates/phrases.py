"""Dates as people write them: in a command's option, or anywhere in a question or message.

Judged and left out: dateparser (137 ms to import, 1-10 ms a text, misses "mid 2024", "last summer"
and "end of 2023", and gives "Feb 2024" today's day of the month).
"""

import re
from calendar import month_name
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from knowledge.language import Lead
from knowledge.model import ForPeople
from knowledge.reading.dates.days import day_and_month, readings_of
from knowledge.reading.dates.periods import Period, month_of, shifted
from knowledge.reading.dates.spans import may_start, read_period, tokenise
from knowledge.reading.tokens import Tokens, word_at
from knowledge.reading.years import counts_something, first_year


class BadDate(ForPeople):
    """A typed date cannot be read; the message says so to the person and gives examples."""

    def __init__(self, message: str, typed: str | None = None) -> None:
        super().__init__(message)
        self.typed = typed


class UnclearDate(BadDate):
    """A date in digits may be two days; the message asks back which."""

    def __init__(self, typed: str, days: tuple[date, ...]) -> None:
        first, second = (f"{day.day} {month_name[day.month]} {day.year}" for day in days)
        super().__init__(f"“{typed}” may be {first} or {second}. Write {days[0]} or {days[1]}.")
        self.digits = typed
        self.days = days


class Bound(StrEnum):
    """What a date phrase asks for."""

    SINCE = "since"
    UNTIL = "until"
    KNOWN_BY = "known_by"
    DURING = "during"
    VINTAGE = "vintage"
    """When things were made ("the 1970s", "made in 1975"): never a window."""


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included. A lower bound uses `start`, an upper one `end`."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date in a text with the words that belong to it: `text[start:end]`."""

    start: int
    end: int
    span: Span
    bound: Bound


EXAMPLES: Final = "2024-02, 2024-02-23, Feb 2024, 23 Feb 2024, 2024, last month, summer 2024"
_QUOTES: Final = " \t\n\"'“”„‘’«»"
_DOTTED: Final = re.compile(r"^\s*(\d{4})\. (\d{1,2})\. (\d{1,2})\.?\s*$")
"""A day as Korean forms have it: "2024. 2. 23."."""
_TIME_OF_DAY: Final = re.compile(
    r"[,\s]+(?:[^\W\d_]{1,3}\s+){0,2}(?:\d{1,2}(?::\d\d){1,2}|\d{1,4}(?=\s?[ap]\.?m))"
    r"\s?(?:[ap]\.?m\.?|uhr|h)?(?:\s?(?:z|utc|gmt|[+-]\d\d:?\d\d))?$",
    re.IGNORECASE,
)
"""A time behind a typed date, a short word such as "at" before it, a time zone behind it."""
_TIME_BEFORE_YEAR: Final = re.compile(
    r"\s\d{1,2}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{2,5}|[+-]\d\d:?\d\d))?(?=\s(?:19|20)\d\d$)"
)
"""A time between a typed day and its year: "Fri Mar 04 00:00:00 UTC 2016"."""
_REMARK: Final = re.compile(r"\s*\([^()]*\)$")
"""What stands in brackets behind a typed date: "(8 days ago)"."""
_LONGEST_OPTION = 60
"""Characters of a typed date; the longest wording that is read has some forty."""
_FIRST_YEAR, _LATEST_YEAR = 1900, 2100
"""Years that are read: before and after them four digits are rather amounts."""
_SHOWN = 40
"""Characters of it that a refusal quotes."""
_LOOK_BACK = 12
"""Tokens before a date among which "known" is looked for: a clause, chosen by eye."""
_MOST_JOINED = 4
"""Dates that are joined to one; people write two, and the limit only bounds the work."""
_BOUNDS: Final = {
    Lead.SINCE: Bound.SINCE,
    Lead.UNTIL: Bound.UNTIL,
    Lead.BEFORE: Bound.UNTIL,
    Lead.DURING: Bound.DURING,
    Lead.BETWEEN: Bound.DURING,
}
_BEFORE_A_YEAR: Final = frozenset("\"'“”‘’«»„([*_~|`…,;:!?–—")
_BEHIND_A_YEAR: Final = frozenset("\"'“”‘’«»„)]*_~|`….,;:!?–—")


def parse_date_option(text: str, today: date) -> Span:
    """Read what a person typed as `since`, `until` or `known-by`.

    Years run from 1900 to 2099. A month without a year is the latest one not in the future; "mid
    2024" begins on 1 June and ends on 30 June; seasons are the northern ones, a winter is named by
    the year it ends in.

    Raises:
        BadDate: for anything else; the message is for the person.
    """
    typed = text.strip(_QUOTES) if len(text) <= _LONGEST_OPTION else ""
    typed = _TIME_OF_DAY.sub("", _TIME_BEFORE_YEAR.sub("", _REMARK.sub("", typed)))
    typed = _DOTTED.sub(r"\1.\2.\3", typed)
    tokens = tokenise(typed)
    if (unclear := _unclear(tokens, today)) is not None:
        raise unclear
    found = _compact(typed, today) or _typed(_Scan(typed, tokens, today))
    if found is None:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        raise BadDate(
            f"“{shown}” is not a date that I can read. Write it like {EXAMPLES}.", typed=shown
        )
    return found


@dataclass(frozen=True, slots=True)
class _Scan:
    """A text under examination."""

    text: str
    tokens: Tokens
    today: date


def _compact(text: str, today: date) -> Span | None:
    """Read "20240223" and "28.10.", which in a free text would be any number."""
    digits = text.strip()
    if (day := day_and_month(digits.removesuffix("."), today, 0)) is not None:
        return Span(day.start, day.end)
    if len(digits) != len("20240223") or not digits.isdecimal():
        return None
    try:
        day = date.fromisoformat(digits)
    except ValueError:
        return None
    return Span(day, day) if _FIRST_YEAR <= day.year < _LATEST_YEAR else None


def _typed(scan: _Scan) -> Span | None:
    """Read a whole text as one date, a word such as "in" or "from" before it apart."""
    tokens, leads = scan.tokens, scan.tokens.dates.leads
    sizes = [size for size in (3, 2, 1) if tokens.words(0, size) in leads]
    first, lead = (sizes[0], leads[tokens.words(0, sizes[0])]) if sizes else (0, None)
    whole = _joined(scan, 0, None)
    if whole is not None:
        first, lead = 0, None
    found = whole if lead is Lead.BEFORE or not first else _joined(scan, first, lead)
    if found is None or any(token.word not in {".", ","} for token in scan.tokens[found[0].next :]):
        return None
    period = found[0]
    # The middle of a month is these ten days; that of a year is June, not the third around it.
    of_year = period.start.month != period.end.month
    return Span(period.start, (period.middle if of_year else None) or period.end)


def find_unclear_date(text: str, today: date) -> UnclearDate | None:
    """Find the first date of a text whose digits may mean two days: "02/03/2024"."""
    return _unclear(tokenise(text), today)


def _unclear(tokens: Tokens, today: date) -> UnclearDate | None:
    for token in tokens:
        if token.kind == "digits" and len(days := readings_of(token.word, today)) > 1:
            return UnclearDate(token.word, days)
    return None


def _is_price_base(scan: _Scan, following: int) -> bool:
    """Whether a year is what prices are reckoned in: "in 2019 prices" is no time."""
    at = following
    year = word_at(scan.tokens, at - 1)
    return (
        len(year) == len("2019")
        and year.isdecimal()
        and (word_at(scan.tokens, at) in scan.tokens.dates.priced)
    )


def find_date_phrases(text: str, today: date) -> list[DatePhrase]:
    """Find the dates of a free text, in order and without overlaps. Nothing is raised.

    * since / after / from X, X onwards → `since`, from the first day of X ("after July 2024" is
      since 2024-07-01: a claim of July is rather shown than lost)
    * by / until / up to / as of X → `until`, through the last day of X ("by mid 2024": 30 June)
    * before X → `until`, through the day before X
    * in / during / between / mid X, or X alone → `during`, both ends
    * "known" or "reported" before an upper bound, "known in X" → `known_by`
    * "the 1970s", "made in 1975" → `vintage`

    A month alone ("since Feb") counts only behind such a word and is the latest one not in the
    future. A bare year counts behind such a word or when nothing countable follows it.
    """
    scan = _Scan(text, tokenise(text), today)
    phrases: list[DatePhrase] = []
    i = floor = 0
    while i < len(scan.tokens):
        token = scan.tokens[i]
        starts = may_start(scan.tokens, i) or token.word in scan.tokens.numbers.decades
        found = _phrase(scan, i, floor) if starts else None
        if found is None or _is_price_base(scan, found[1]):
            i += 1
        else:
            phrases.append(found[0])
            i = floor = found[1]
    return phrases


def _phrase(scan: _Scan, i: int, floor: int) -> tuple[DatePhrase, int] | None:
    """Read the phrase whose date starts at token `i`, and the token behind it."""
    tokens = scan.tokens
    first, lead = _lead(tokens, i, floor)
    if tokens[i].kind == "decade" or tokens[i].word in tokens.numbers.decades:
        year = first_year(tokens, i)
        if year is None:
            return None
        span = Span(date(year, 1, 1), date(year + 9, 12, 31))
        return DatePhrase(tokens[i].start, tokens[i].end, span, Bound.VINTAGE), i + 1
    found = _joined(scan, i, lead)
    if found is None:
        return None
    period, ranged = found
    if not _is_meant(scan, i, period, lead):
        return None
    spread = ranged or (period.several and lead is Lead.SINCE)
    bound = Bound.DURING if spread or lead is None else _BOUNDS[lead]
    if (
        first > floor
        and word_at(tokens, first - 1) in tokens.dates.made
        and bound in {bound.DURING, bound.SINCE}
    ):
        bound = Bound.VINTAGE
    behind, following = _behind(tokens, period.next, lead)
    before = lead is Lead.BEFORE or behind is Lead.BEFORE
    bound = _BOUNDS.get(behind, bound) if isinstance(behind, Lead) else behind or bound
    bound = _known(tokens, first, bound, lead)
    span = _span(period, bound, before=before)
    return DatePhrase(tokens[first].start, tokens[following - 1].end, span, bound), following


def _lead(tokens: Tokens, i: int, floor: int) -> tuple[int, Lead | None]:
    """Give the first token of the words that lead to a date at `i`, and what they mean."""
    if i > floor and tokens[i - 1].word in tokens.dates.lead_ends:
        for size in (3, 2, 1):
            if i - size >= floor:
                lead = tokens.dates.leads.get(tuple(token.word for token in tokens[i - size : i]))
                if lead is not None:
                    return i - size, lead
    return i, None


def _joined(scan: _Scan, i: int, lead: Lead | None) -> tuple[Period, bool] | None:
    """Read a period and those joined to it; whether they make a range ("from X to Y")."""
    period = read_period(scan.tokens, i, scan.today)
    if period is None:
        return None
    period = _without_count(scan, period)
    ranged = lead is Lead.BETWEEN
    for _ in range(_MOST_JOINED):
        period = _past_time(scan.tokens, period)
        joiner = word_at(scan.tokens, period.next)
        as_range = joiner in scan.tokens.dates.joiners or lead is Lead.BETWEEN
        if not as_range and joiner not in scan.tokens.dates.alternatives and joiner != ",":
            break
        if joiner in scan.tokens.dates.joiners and _still_runs(scan, period):
            return replace(period, end=scan.today, middle=None, next=period.next + 2), True
        second = read_period(scan.tokens, period.next + 1, scan.today)
        both = _merged(period, second, as_range) if second else None
        if both is None or (as_range and lead in {Lead.UNTIL, Lead.BEFORE}):
            break
        period, ranged = both, ranged or as_range
    return period, ranged


def _past_time(tokens: Tokens, period: Period) -> Period:
    """Leave out a time of day that stands between a date and "to": "Mar 3, 9:15 AM to Mar 8"."""
    i = period.next + 1 if word_at(tokens, period.next) == "," else period.next
    i = i + 1 if len(word_at(tokens, i)) <= _SHORT and word_at(tokens, i).isalpha() else i
    if i >= len(tokens) or tokens[i].kind != "skip" or ":" not in tokens[i].word:
        return period
    i = i + 2 if word_at(tokens, i + 1) in _HALVES_OF_DAY else i + 1
    return replace(period, next=i) if word_at(tokens, i) in tokens.dates.joiners else period


_SHORT: Final = 3
"""Letters of a word between a date and a time: "at", "um"."""
_HALVES_OF_DAY: Final = frozenset({"am", "pm", "uhr", "h"})


def _still_runs(scan: _Scan, period: Period) -> bool:
    """Whether a period is said to run until now: "2022 to date"."""
    present = word_at(scan.tokens, period.next + 1) in scan.tokens.dates.present
    return present and period.start <= scan.today


def _without_count(scan: _Scan, period: Period) -> Period:
    """Take back a day that counts something: "in may 3 trains"."""
    last = scan.tokens[period.next - 1]
    if (
        not period.day_guess
        or last.kind != "num"
        or not counts_something(scan.text, scan.tokens.numbers, last.end)
    ):
        return period
    whole = month_of(period.start.year, period.start.month, period.next - 1)
    return replace(whole, lone_month=whole.start.month)


def _merged(one: Period, two: Period, as_range: bool) -> Period | None:
    """Join two periods; None when the second neither follows nor completes the first."""
    if (one.day_guess and not two.day_guess) or (one.led and not two.led):
        one = _of_the_year_of(one, two)
    start = one.start
    if one.lone_month:
        year = two.start.year - (1 if one.lone_month > two.start.month else 0)
        start = date(year, one.lone_month, 1)
    elif two.lone_month or (not as_range and (two.start - one.end).days != 1):
        return None
    if start > two.end or (one.lone_month and not as_range and two.lone_year):
        return None
    lone = one.lone_month if two.lone_month else 0
    both_years = one.lone_year and two.lone_year
    return Period(start, two.end, two.next, two.middle, lone_month=lone, lone_year=both_years)


def _of_the_year_of(one: Period, two: Period) -> Period:
    """Move a period without a year of its own into that of the period it is joined to."""
    if one.start.year == one.end.year:
        years = two.start.year - one.start.year - (one.start.month > two.start.month)
        return shifted(one, years)
    return one


def _is_meant(scan: _Scan, i: int, period: Period, lead: Lead | None) -> bool:
    """Whether a lone month or year is a date here, seeing what leads to it and what follows."""
    tokens = scan.tokens
    if lead is None or tokens[i - 1].word in tokens.dates.weak_leads:
        return _stands_alone(scan, i, period)
    if period.lone_year:
        return _is_free(scan, i, period)
    hyphenated = word_at(tokens, period.next) == "-" and (
        scan.text[tokens[period.next - 1].end : tokens[period.next].end] == "-"
    )
    return not (period.lone_month and hyphenated)


def _stands_alone(scan: _Scan, i: int, period: Period) -> bool:
    """Whether a period is a date without a word that leads to it."""
    if period.lone_month or period.led:
        return False
    if not period.lone_year:
        return True
    before = word_at(scan.tokens, i - 1)
    year = period.start.year
    if (
        before in scan.tokens.dates.not_a_year_after
        or year % 100 == 0
        or year > scan.today.year + 1
    ):
        return False
    end = scan.tokens[period.next - 1].end
    return _is_free(scan, i, period) and not counts_something(scan.text, scan.tokens.numbers, end)


def _is_free(scan: _Scan, i: int, period: Period) -> bool:
    """Whether nothing is glued to a bare year that makes it a price, an id or a version."""
    text, start = scan.text, scan.tokens[i].start
    end = scan.tokens[period.next - 1].end
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before and not before.isspace() and before not in _BEFORE_A_YEAR:
        return False
    if not behind or behind.isspace():
        return True
    return behind in _BEHIND_A_YEAR and not text[end + 1 : end + 2].isdecimal()


def _behind(tokens: Tokens, i: int, lead: Lead | None) -> tuple[Lead | Bound | None, int]:
    """Read the words behind a date that bound it: "on", "onwards", "or later", "이후"."""
    word = word_at(tokens, i)
    dates, following = tokens.dates, word_at(tokens, i + 1)
    alone = lead is None and word in dates.onwards_alone
    if alone or (lead is Lead.SINCE and word in dates.onwards):
        return Bound.SINCE, i + 1
    if word in dates.alternatives and lead is None and following in dates.afterthoughts:
        return _BOUNDS[dates.afterthoughts[following]], i + 2
    if word and not word.isascii():
        for particle, meaning in tokens.dates.later.items():
            if word.startswith(particle):
                return meaning, i + 1
    return None, i


def _known(tokens: Tokens, first: int, bound: Bound, lead: Lead | None) -> Bound:
    """Turn an upper bound into `known_by` when the words before ask for what was known."""
    if bound not in {Bound.UNTIL, Bound.DURING} or lead is None:
        return bound
    for token in reversed(tokens[max(first - _LOOK_BACK, 0) : first]):
        if token.word in {".", "?", "!", ";"}:
            break
        if token.word in tokens.dates.known or (
            token.word in tokens.dates.reported and bound is Bound.UNTIL
        ):
            return Bound.KNOWN_BY
    return bound


def _span(period: Period, bound: Bound, *, before: bool) -> Span:
    if before and period.edge is not None:
        return Span(period.edge, period.edge)
    if before:
        eve = period.start - timedelta(days=1)
        return Span(eve, eve)
    upper = bound in {Bound.UNTIL, Bound.KNOWN_BY}
    return Span(period.start, (period.middle if upper else None) or period.end)
