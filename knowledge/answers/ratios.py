"""Dividing one figure by another: bounds by interval arithmetic, and the relation carries."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from knowledge import wording
from knowledge.contract import FigureView
from knowledge.language import DEFAULT
from knowledge.model import Relation

_POINTS = (Relation.EXACT, Relation.ABOUT)
_DIGITS = 3
"""Digits of a quotient: no printed figure that was divided says more."""
_DECIMALS = Decimal("0.01")
_EXACTLY = Context(prec=60)
_LARGEST = Decimal(10) ** 30
"""Digits of the exact arithmetic, and from where a number has no decimals in it: floats have 17."""
# Between these a float holds all its digits (IEEE 754 doubles: from 2.2e-308 to 1.8e308), and so
# does its neighbour of three digits.
_HOLDS_DIGITS = (Decimal("1e-307"), Decimal("1e308"))


@dataclass(frozen=True, slots=True)
class Quotient:
    """One figure divided by another, with open sides as None, and how people write it.

    `words` has three digits where the division leaves a remainder. Bounds are rounded away from
    the quotient, so that the words never say more than the figures.
    """

    low: float | None
    high: float | None
    relation: Relation
    words: str


def quotient(above: FigureView, below: FigureView) -> Quotient | None:
    """Divide a figure by another: "more than 12 million" by "about 28,000" is "more than 428".

    The lower bound is the lowest numerator by the highest denominator and the other way round
    (interval arithmetic; R. E. Moore, "Interval Analysis", 1966). There is nothing to say, and
    None is returned, for a vague figure, for numbers that are not above zero, and where both
    sides of the quotient are open.
    """
    numbers = (above.low, above.high, below.low, below.high)
    if any(number is not None and number <= 0 for number in numbers):
        return None
    low, high = _divided(above.low, below.high), _divided(above.high, below.low)
    relation = _relation(above, below, low, high)
    if relation is None:
        return None
    return Quotient(
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        relation=relation,
        words=_words(low, high, relation),
    )


def _divided(above: float | None, below: float | None) -> Decimal | None:
    if above is None or below is None:
        return None
    exact = _EXACTLY.divide(Decimal(repr(float(above))), Decimal(repr(float(below))))
    least, most = _HOLDS_DIGITS
    return exact if least <= exact <= most else None


def _relation(
    above: FigureView, below: FigureView, low: Decimal | None, high: Decimal | None
) -> Relation | None:
    if low is None and high is None:
        return None
    if high is None:
        strict = Relation.MORE_THAN is above.relation or Relation.LESS_THAN is below.relation
        return Relation.MORE_THAN if strict else Relation.AT_LEAST
    if low is None:
        strict = Relation.LESS_THAN is above.relation or Relation.MORE_THAN is below.relation
        return Relation.LESS_THAN if strict else Relation.UP_TO
    if low != high:
        return Relation.BETWEEN
    given = above.relation is below.relation is Relation.EXACT and _is_short(low)
    return Relation.EXACT if given else Relation.ABOUT


def quotient_words(
    low: float | None, high: float | None, relation: Relation, language: str = DEFAULT
) -> str:
    """Word a quotient as people of a language write it, in few digits."""
    least, most = (None if side is None else Decimal(repr(side)) for side in (low, high))
    return _words(least, most, relation, language)


def _words(
    low: Decimal | None, high: Decimal | None, relation: Relation, language: str = DEFAULT
) -> str:
    down, up = (ROUND_HALF_EVEN,) * 2 if relation in _POINTS else (ROUND_FLOOR, ROUND_CEILING)
    return wording.interval(_rounded(low, down), _rounded(high, up), relation, language=language)


def _rounded(value: Decimal | None, rounding: str) -> float | None:
    if value is None:
        return None
    if _is_short(value):
        return float(value)
    return float(Context(prec=_DIGITS, rounding=rounding).plus(value))


def _is_short(value: Decimal) -> bool:
    """Whether a number has two decimals at most, so that it needs no rounding."""
    return value < _LARGEST and value == value.quantize(_DECIMALS, context=_EXACTLY)
