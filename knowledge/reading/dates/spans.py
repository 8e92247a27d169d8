"""Reads one period at a place in a text: a day, month, season, part, relative date or year."""

import re
from collections.abc import Callable, Container
from datetime import date
from functools import partial
from typing import Final

from knowledge.reading.dates.ago import read_ago, read_ago_before, read_one_ago
from knowledge.reading.dates.days import (
    read_compact,
    read_digits,
    read_dotted,
    read_iso,
    read_korean,
    read_month,
    read_month_and_year,
    read_number,
    read_spoken_day,
    read_spoken_year,
    read_week,
    read_weekday,
    read_years,
)
from knowledge.reading.dates.parts import (
    read_counted_quarter,
    read_korean_part,
    read_last,
    read_named_day,
    read_next,
    read_numbered,
    read_ordinal,
    read_part,
    read_quarter,
    read_season,
    read_the_day_before,
    read_this,
    read_to_date,
    read_whole_unit,
    read_year_word,
)
from knowledge.reading.dates.periods import Period
from knowledge.reading.tokens import Tokens, folded, past

_TOKEN: Final = re.compile(
    r"""
    (?P<word>[^\W\d_]{3,}+(?![\w'’]|://|\.\w))
  | (?P<skip> https?://\S+ | <[@#:at][^\s<>]{0,80}> | [@\#][\w.-]+ | v\d[\w.]*
      | \d+(?::\d+)+ | \d{1,2}\.\d\d\s?[ap]\.?m\b | \d+\.\d+(?:\.\d+){2,} | \d+(?:-\d+){3,} )
  | (?P<iso>(?:19|20)\d\d
      (?: (?P<sep>[-/._])(?:0?[1-9]|1[0-2])(?P=sep)(?:0?[1-9]|[12]\d|3[01])
          (?:[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?
        | [-/.](?:0\d|1[0-2]) )(?![\w-]*\d|[./]\d))
  | (?P<week>(?:19|20)\d\d-?W(?:0[1-9]|[1-4]\d|5[0-3])(?!\w))
  | (?P<digits>(?:0?[1-9]|1[0-2])-(?:1[3-9]|2\d|3[01])-\d\d(?!\w|[./-]\d)
      | \d{1,2}\.[ ]\d{1,2}\.[ ](?:19|20)\d\d(?!\w|[./-]\d)
      | \d{1,2}(?P<mark>[-/.])\d{1,2}(?P=mark)(?:19|20)\d\d(?!\w|[./-]\d)
      | \d\d\.\d\d\.\d\d(?!\w|[./-]\d) | \d{1,2}/\d{1,2}/\d\d(?!\w|[./-]\d))
  | (?P<slashed>(?: \d{1,2}[./] | (?<![\w/.-])\d{1,2}- )(?:19|20)\d\d(?![\w/]|[.-]\d))
  | (?P<years>(?:19|20)\d\d[/–-]\d\d(?![\w–-]))
  | (?P<decade>['’]?(?<![\w])(?:1[89]|20)?\d0['’]?s\b)
  | (?P<korean>(?:19|20)\d\d년 | \d{1,2}[월일](?!\d))
  | (?P<quarter>[qh][1-4](?![^\W_]) | [1-4][qh](?=(?:\d\d|\d{4})?\b))
  | (?P<num>\d{1,2}(?=,(?:19|20)\d\d(?!\d))|\d+(?:[.,]\d+)*)(?P<ordinal>st\b|nd\b|rd\b|th\b)?
  | (?P<other>[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<op>[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens; links, times, versions and ids are one "skip" each."""
    return Tokens(text, _TOKEN, folded)


def may_start(tokens: Tokens, i: int) -> bool:
    """Whether a period can start with a token at all: a cheap test that spares most words."""
    word = tokens[i].word
    if tokens[i].kind != "word" or word in tokens.dates.starts:
        return True
    numbers = tokens.numbers
    return any(
        word in words
        for words in (
            *(numbers.cardinals, numbers.articles, numbers.mixed, numbers.lone_scales),
            numbers.fractions,
        )
    )


def read_period(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read the period that starts at token `i`, an article before it included."""
    i = past(tokens, i, tokens.dates.articles)
    if i >= len(tokens):
        return None
    token = tokens[i]
    if token.kind in {"word", "other"}:
        return _read_word(tokens, i, today)
    reader = _READERS.get(token.kind)
    return reader(tokens, i, today) if reader else None


def _read_word(tokens: Tokens, i: int, today: date) -> Period | None:
    word = tokens[i].word
    for words, reader in _WORD_READERS:
        if word in words(tokens) and (found := reader(tokens, i, today)) is not None:
            return found
    return None


def _read_number(tokens: Tokens, i: int, today: date) -> Period | None:
    """Read what starts with digits: "23 Feb 2024", "3 weeks ago", "2024 Q2", "2024"."""
    return (
        read_ago(tokens, i, today)
        or read_counted_quarter(tokens, i, today)
        or read_dotted(tokens, i, today)
        or read_number(tokens, i, today)
    )


def _read_ordinal(tokens: Tokens, i: int, today: date) -> Period | None:
    return read_ordinal(tokens, i, today, read_period) or read_number(tokens, i, today)


def _read_korean(tokens: Tokens, i: int, today: date) -> Period | None:
    found = read_korean(tokens, i, today)
    return read_korean_part(found, tokens) if found and found.start < found.end else found


_Reader = Callable[[Tokens, int, date], Period | None]
_READERS: Final[dict[str, _Reader]] = {
    "iso": read_iso,
    "compact": read_compact,
    "week": read_week,
    "digits": read_digits,
    "slashed": read_month_and_year,
    "years": read_years,
    "korean": _read_korean,
    "quarter": read_quarter,
    "num": _read_number,
    "ordinal": _read_ordinal,
}
_WORD_READERS: Final[tuple[tuple[Callable[[Tokens], Container[str]], _Reader], ...]] = (
    (lambda tokens: tokens.dates.weekdays, partial(read_weekday, date_at=read_period)),
    (lambda tokens: tokens.dates.short_weekdays, partial(read_weekday, date_at=read_period)),
    (lambda tokens: tokens.dates.parts, partial(read_part, whole_at=read_period)),
    (lambda tokens: tokens.dates.ordinals, partial(read_ordinal, whole_at=read_period)),
    (lambda tokens: tokens.dates.numbered, partial(read_numbered, whole_at=read_period)),
    (lambda tokens: tokens.dates.units, read_the_day_before),
    (lambda tokens: tokens.dates.units, read_year_word),
    (lambda tokens: tokens.dates.units, read_to_date),
    (lambda tokens: tokens.dates.units, read_one_ago),
    (lambda tokens: tokens.dates.seasons, read_season),
    (lambda tokens: tokens.dates.last, read_last),
    (lambda tokens: tokens.dates.this, read_this),
    (lambda tokens: tokens.dates.coming, read_next),
    (lambda tokens: tokens.dates.days, read_named_day),
    (lambda tokens: tokens.dates.whole_units, read_whole_unit),
    (lambda tokens: tokens.dates.ago_before, read_ago_before),
    (lambda tokens: tokens.numbers.cardinals, read_ago),
    (lambda tokens: tokens.numbers.articles, read_ago),
    (lambda tokens: tokens.numbers.mixed, read_ago),
    (lambda tokens: tokens.numbers.fractions, read_ago),
    (lambda tokens: tokens.dates.ordinals, read_spoken_day),
    (lambda tokens: tokens.numbers.cardinals, read_spoken_day),
    (lambda tokens: tokens.numbers.cardinals, read_spoken_year),
    (lambda tokens: tokens.numbers.lone_scales, read_spoken_year),
    (lambda tokens: tokens.dates.months, read_month),
    (lambda tokens: tokens.dates.short_months, read_month),
)
