"""Figures of an answer in words, by what their topic measures."""

from knowledge import wording
from knowledge.contract import FigureView
from knowledge.models import Measure
from knowledge.quantities import Relation
from knowledge.wording_words import ENGLISH

_YEAR = "year"


def figure(
    shown: FigureView, measure: Measure | None, *, unit: bool = False, language: str = ENGLISH
) -> str:
    """Write a figure such as "more than 12 million"; a vague one is quoted as it was worded."""
    if shown.relation is None:
        return f"“{shown.as_worded}”"
    calendar = is_year(shown.unit)
    return wording.figure(
        shown.low,
        shown.high,
        shown.relation,
        share=measure is Measure.SHARE,
        calendar=calendar,
        unit=shown.unit if unit and not calendar else None,
        language=language,
    )


def end(
    shown: FigureView, value: float, measure: Measure | None, *, language: str = ENGLISH
) -> str:
    """Write a figure that stands at an end of a range; of an interval, the number at that end."""
    if shown.relation is not Relation.BETWEEN:
        return figure(shown, measure, language=language)
    if is_year(shown.unit):
        return wording.year(value)
    word = wording.share if measure is Measure.SHARE else wording.number
    return word(value, language)


def is_year(unit: str | None) -> bool:
    """Whether the numbers are calendar years, which take no thousands separator."""
    return unit is not None and unit.split()[0] == _YEAR
