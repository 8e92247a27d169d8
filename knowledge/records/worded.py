"""Whether the figure of a claim is the one that its own words give: mostly it is a slip if not."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Final

from knowledge.language import LANGUAGES, UNDERSTOOD
from knowledge.model import Claim, Figure, Kind, Measure, Topic
from knowledge.reading import find_date_phrases, find_quantities, in_unit
from knowledge.records.texts import Path

_TOLERANCE: Final = 0.05
"""How far a number may be from the one in the words and still be it, rounded (chosen by eye)."""
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_GROUPED: Final = re.compile(r"\d[.,]\d{3}(?!\d)")
_WHOLE: Final = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(?![\w.,]*\d|\w)[.\s]*([^\W\d]+)?")
"""A whole number that is written out, and the word behind it."""
_THOUSANDS: Final = (1e3, 1e6, 1e9, 1e12)
"""What a bare number may be multiplied by: by a word of a language that is not understood, or as
"9.793" groups its digits."""
_DIGITS: Final = re.compile(r"\d(?:[\d.,]*\d)?")
_CALENDAR: Final = "year"
_LENGTHS: Final = ("years", "months")
_SHOWN: Final = 60
"""Characters of a phrase that a question repeats (chosen by eye)."""


def at_odds_with_its_words(claim: Claim, topic: Topic | None) -> Iterator[tuple[Path, str]]:
    """Say where neither the words of a figure nor the statement has any number of the figure.

    Words may leave the number out, or give another unit or the share that is left: only where they
    give numbers of the figure's kind, and no end of it is among them, is it asked about.
    """
    figure = claim.figure
    if figure is None or topic is None or not (own := _numbers(figure)):
        return
    dated = _is_of_the_calendar(topic)
    form = ".12g" if dated else ",.12g"
    shown = " or ".join(format(number, form) for number in dict.fromkeys(own))
    if dated and _names_no_year(figure.as_worded):
        yield ("figure",), f"“{figure.as_worded}” names no year, and the figure is {shown}"
        return
    counted = not dated and not _is_part(topic) and topic.measure is not Measure.RATIO
    for path, words in ((("figure",), figure.as_worded), (("statement",), claim.statement)):
        if counted and _prints(words, own):
            continue
        read = [*(_years(words, claim) if dated else _read(words, claim, topic))]
        alike = _same_year if dated else _alike
        if read and not any(alike(number, other) for number in own for other in read):
            told = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
            yield path, f"“{told}” gives another number than the figure, {shown}"


def _prints(words: str, own: Collection[float]) -> bool:
    """Whether words print a number of a figure as it is, in digits: then nothing need be read.

    Reading takes half a millisecond, which is most of what a large import takes to be looked at.
    """
    for found in _WHOLE.finditer(words):
        behind = found[2].casefold() if found[2] else ""
        if behind not in _scales() and float(found[1].replace(",", "")) in own:
            return True
    return False


@cache
def _scales() -> frozenset[str]:
    """Return every word of a language that makes the number before it another one."""
    numbers = (LANGUAGES[code].numbers for code in UNDERSTOOD)
    return frozenset(
        word
        for one in numbers
        for words in (
            *(one.scales, one.attached_scales, one.slang_scales, one.unclear_scales),
            *(one.lone_scales, one.hundred, one.vague_amounts),
        )
        for word in words
    )


def _numbers(figure: Figure) -> list[float]:
    return [one for one in (figure.low, figure.value, figure.high) if one is not None]


def _is_of_the_calendar(topic: Topic) -> bool:
    """Whether figures are years of the calendar, and not so many years of something."""
    return topic.measure is Measure.DATE or (topic.unit or "").split()[:1] == [_CALENDAR]


def _names_no_year(words: str) -> bool:
    """Whether words give a length of time alone, which a year was reckoned from."""
    return not _YEAR.search(words) and any(one.unit in _LENGTHS for one in find_quantities(words))


def _years(words: str, claim: Claim) -> Iterator[float]:
    """Go through the years that words name, and those that so many years lead to from them."""
    named = [float(year) for year in _YEAR.findall(words)]
    yield from named
    for one in find_quantities(words) if named else ():
        if one.unit == _LENGTHS[0] and one.low is not None:
            for year in (*named, float(claim.asserted_on.earliest.year)):
                yield from (year + one.low, year - one.low)


def _read(words: str, claim: Claim, topic: Topic) -> Iterator[float]:
    """Go through the numbers of some words that the figure may be, in its unit too."""
    phrases = find_date_phrases(words, claim.asserted_on.latest)
    for one in find_quantities(words, exclude=[(phrase.start, phrase.end) for phrase in phrases]):
        if topic.measure is not Measure.RATIO and (one.kind is Kind.SHARE) is not _is_part(topic):
            continue
        if one.kind is Kind.MEASURE:
            yield from _printed(one.as_worded)
        for end in (one.low, one.value, one.high):
            if end is not None:
                yield end
                yield from _converted(end, one.unit, claim, topic)
                if _GROUPED.search(one.as_worded) or not any(map(str.isalpha, one.as_worded)):
                    yield from (end * thousands for thousands in _THOUSANDS)


def _printed(words: str) -> Iterator[float]:
    """Go through the numbers that a measure is printed with: of "£1.00 per 10 ml" both."""
    for digits in _DIGITS.findall(words):
        yield from (one.low for one in find_quantities(digits) if one.low is not None)


def _is_part(topic: Topic) -> bool:
    return topic.measure in {Measure.SHARE, Measure.CHANGE}


def _converted(number: float, printed: str | None, claim: Claim, topic: Topic) -> Iterator[float]:
    """Bring a number into the unit that the figure is recorded in."""
    unit = (claim.figure and claim.figure.unit) or topic.unit
    if printed and unit and (turned := in_unit(number, printed, unit)) is not None:
        yield turned


def _same_year(year: float, other: float) -> bool:
    return abs(year - other) <= 1  # "2023/24"


def _alike(number: float, other: float) -> bool:
    return abs(abs(number) - abs(other)) <= _TOLERANCE * abs(number)
