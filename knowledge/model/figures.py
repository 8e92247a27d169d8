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


class Figure(BaseModel):
    """An interval with its relation; a vague amount has words only, a side left open is null."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    relation: Relation | None = None
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
            if self.relation is not None:
                raise ValueError("a vague figure has words only, no relation")
            return self
        problem = _misfit(self.relation, self.low, self.high)
        if problem:
            raise ValueError(problem)
        return self


def _misfit(relation: Relation | None, low: float | None, high: float | None) -> str | None:
    """Say what is wrong with an interval under a relation, or nothing."""
    match relation:
        case None:
            return "a figure with numbers names its relation"
        case Relation.EXACT | Relation.ABOUT if low is None or low != high:
            return f"'{relation}' has one number: low equals high"
        case Relation.MORE_THAN | Relation.AT_LEAST if low is None or high is not None:
            return f"'{relation}' has a low and an open high"
        case Relation.UP_TO | Relation.LESS_THAN if low is not None or high is None:
            return f"'{relation}' has a high and an open low"
        case Relation.BETWEEN if low is None or high is None or low > high:
            return "'between' has a low and a high, the low first"
        case _:
            return None
