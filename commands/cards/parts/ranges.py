"""A range in words: its two ends, each a figure that a claim names, with where it can be read."""

from collections.abc import Callable

from commands.cards.parts.phrases import resting
from commands.text import end, plain, say
from knowledge.contract import ClaimView, FigureView, Range
from knowledge.model import Measure

_WORDS = 80
"""Characters of an end; the longest that a figure is worded in has some 60."""


def ends(
    span: Range | None,
    find: Callable[[str], ClaimView],
    word: Callable[[ClaimView, float], str],
) -> tuple[str, str] | None:
    """Word both ends of a range, or nothing where one claim alone stands at both."""
    if span is None or span.low_claim == span.high_claim:
        return None
    return word(find(span.low_claim), span.low), word(find(span.high_claim), span.high)


def at_end(figure: FigureView | None, value: float, measure: Measure | None) -> str:
    """Write the figure that stands at an end."""
    return end(figure, value, measure) if figure else ""


def small_end(words: str, cited: str, assumption: str | None = None) -> str:
    """Write an end on a small line, with what it rests on and where it can be read."""
    rests = f" {resting(assumption)}" if assumption else ""
    return f"{plain(words, _WORDS)}{rests} {cited}"


def bold_end(
    words: str, assumption: str | None, cited: str, *, latest: bool = False, day: str = ""
) -> str:
    """Write an end on a line that answers: its day, what it rests on, or that it is the latest."""
    rests = resting(assumption, alone=True) if assumption and not latest else ""
    newest = say("the latest") if latest and (assumption or day) else ""
    told = "; ".join(part for part in (newest or day, rests) if part)
    return f"**{plain(words, _WORDS)}**{f' ({told})' if told else ''}{cited}"
