"""Whether the figure of a claim is the one that its own words give: mostly it is a slip if not."""

import re
from collections.abc import Iterator
from typing import Final

from knowledge.model import Claim, Figure, Kind, Measure, Topic
from knowledge.reading import find_date_phrases, find_quantities, in_unit
from knowledge.records.texts import Path

_TOLERANCE: Final = 0.05
"""How far a number may be from the one in the words and still be it, rounded (chosen by eye)."""
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_GROUPED: Final = re.compile(r"\d[.,]\d{3}(?!\d)")
_THOUSANDS: Final = (1e3, 1e6, 1e9, 1e12)
"""What a bare number may be multiplied by: by a word of a language that is not understood, or as
"9.793" groups its digits."""
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
    for path, words in ((("figure",), figure.as_worded), (("statement",), claim.statement)):
        read = [*_read(words, claim, topic)]
        if read and not any(_alike(number, other) for number in own for other in read):
            shown = " or ".join(f"{number:,.12g}" for number in dict.fromkeys(own))
            told = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
            yield path, f"“{told}” gives another number than the figure, {shown}"


def _numbers(figure: Figure) -> list[float]:
    return [one for one in (figure.low, figure.value, figure.high) if one is not None]


def _read(words: str, claim: Claim, topic: Topic) -> Iterator[float]:
    """Go through the numbers of some words that the figure may be, in its unit too."""
    if topic.measure is Measure.DATE or (topic.unit or "").startswith("year"):
        yield from map(float, _YEAR.findall(words))
        return
    phrases = find_date_phrases(words, claim.asserted_on.latest)
    for one in find_quantities(words, exclude=[(phrase.start, phrase.end) for phrase in phrases]):
        if topic.measure is not Measure.RATIO and (one.kind is Kind.SHARE) is not _is_part(topic):
            continue
        for end in (one.low, one.value, one.high):
            if end is not None:
                yield end
                yield from _converted(end, one.unit, claim, topic)
                if _GROUPED.search(one.as_worded) or not any(map(str.isalpha, one.as_worded)):
                    yield from (end * thousands for thousands in _THOUSANDS)


def _is_part(topic: Topic) -> bool:
    return topic.measure in {Measure.SHARE, Measure.CHANGE}


def _converted(number: float, printed: str | None, claim: Claim, topic: Topic) -> Iterator[float]:
    """Bring a number into the unit that the figure is recorded in."""
    unit = (claim.figure and claim.figure.unit) or topic.unit
    if printed and unit and (turned := in_unit(number, printed, unit)) is not None:
        yield turned


def _alike(number: float, other: float) -> bool:
    return abs(abs(number) - abs(other)) <= _TOLERANCE * abs(number)
