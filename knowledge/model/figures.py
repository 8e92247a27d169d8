"""Figures: an interval, how it relates to its number, and what kind of quantity it is."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]

MAX_PHRASE_WORDS = 6
"""A figure phrase may be quoted as printed up to this many words; longer texts are our own."""


class Relation(StrEnum):
    """How a figure relates to its number."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_LEAST = "at-least"
    UP_TO = "up-to"
    LESS_THAN = "less-than"
    BETWEEN = "between"
    BY = "by"
    """Of a date: that one at the latest."""
    BEFORE = "before"
    AFTER = "after"
    AROUND = "around"


class Kind(StrEnum):
    """What a quantity counts or measures."""

    AMOUNT = "amount"
    SHARE = "share"
    AGE = "age"
    """So many years old; `unit` is "years"."""
    DECADE = "decade"
    """A span of years named as a decade: "the 1970s" is 1970 to 1979."""
    MEASURE = "measure"
    """A number with a physical unit, a currency or a length of time: 152mm, $500, two months."""
    RATIO = "ratio"
    """So many of one thing for each of another: 1.8:1 is 1.8."""
    DATE = "date"
    """A year of the calendar: "by 2033"."""


_POINTS = frozenset({Relation.EXACT, Relation.ABOUT, Relation.AROUND})
"""Relations of one number, whose low equals its high."""
_FROM = frozenset({Relation.MORE_THAN, Relation.AT_LEAST, Relation.AFTER})
_UP_TO = frozenset({Relation.UP_TO, Relation.LESS_THAN, Relation.BY, Relation.BEFORE})


class Figure(BaseModel):
    """An interval with its relation; a vague amount has words only, a side left open is null.

    `value` is a central estimate within the interval, and `interval` says what the interval
    around it is: a confidence level ("95%") or "range". `unit` is the unit as printed where it
    is not that of the topic: the numbers are in it, and whoever compares converts them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    value: float | None = Field(default=None, allow_inf_nan=False)
    interval: Name | None = None
    relation: Relation | None = None
    unit: Name | None = None
    as_worded: Name

    @property
    def vague(self) -> bool:
        """Whether the words name no number at all."""
        return self.low is None and self.high is None

    @model_validator(mode="after")
    def _sides_fit_the_relation(self) -> Self:
        if len(self.as_worded.split()) > MAX_PHRASE_WORDS:
            raise ValueError(f"as_worded has more than {MAX_PHRASE_WORDS} words")
        if self.vague:
            if self.relation is not None or self.value is not None:
                raise ValueError("a vague figure has words only, no relation and no value")
            return self
        problem = self._value_problem() or _misfit(self._relation_of_ends, self.low, self.high)
        if problem:
            raise ValueError(problem)
        return self

    @property
    def _relation_of_ends(self) -> Relation | None:
        """An estimate with a value and its interval is between the ends, however it is worded."""
        spread = self.value is not None and self.low != self.high
        return Relation.BETWEEN if spread and self.relation in _POINTS else self.relation

    def _value_problem(self) -> str | None:
        if self.value is None:
            return (
                "interval says what lies around a value: give the value" if self.interval else None
            )
        if self.low is None or self.high is None:
            return "a value lies in an interval that is closed on both sides"
        if not self.low <= self.value <= self.high:
            return "the interval does not hold its value"
        return None


def _misfit(relation: Relation | None, low: float | None, high: float | None) -> str | None:
    """Say what is wrong with an interval under a relation, or nothing."""
    if relation is None:
        return "a figure with numbers names its relation"
    if relation in _POINTS:
        fits = low is not None and low == high
        return None if fits else f"'{relation}' has one number: low equals high"
    if relation in _FROM:
        fits = low is not None and high is None
        return None if fits else f"'{relation}' has a low and an open high"
    if relation in _UP_TO:
        fits = low is None and high is not None
        return None if fits else f"'{relation}' has a high and an open low"
    fits = low is not None and high is not None and low <= high
    return None if fits else "'between' has a low and a high, the low first"
