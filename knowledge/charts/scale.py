"""The axis of a chart: from numbers to places between 0 and 1, and which numbers stand on it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from matplotlib.ticker import MaxNLocator

from knowledge import wording
from knowledge.charts.plan import Axis
from knowledge.language import DEFAULT

_LOG_FROM = 30
"""How many times the smallest number the largest has to be for a logarithmic axis: on an even one
the smallest would stand within 20 pixels of nothing."""
_ZERO = 0.15
"""The part of a logarithmic axis that lies between zero, where it is drawn, and the rest (chosen by
eye)."""
_FINEST = 1e-300
"""Below, a power of ten is no normal float any more."""
_HALF = 0.5
_UNUSUAL = 1e5
"""From here on a number is neither a year nor a share, whatever its topic says (chosen by eye)."""
_STEPS = (1, 2, 2.5, 5, 10)
_YEARS = (1, 2, 5, 10)
"""What people count in, of a decade and of years."""
_AROUND = 5
"""Years on either side of a lone year (chosen by eye)."""
_DIGITS = ((1, 2, 5), (1, 3), (1, 5), (1,))
_SPARSE = (2, 3, 4, 5, 6, 8, 10, 50, 200)
"""Ticks of a logarithmic axis within a decade, and decades left out, until labels do not touch."""


class Scale(Protocol):
    """Where numbers stand, and the tick numbers that may stand with them, the most first."""

    def place(self, value: float) -> float:
        """Return the place of a number between 0, left, and 1, right."""

    def ticks(self) -> list[list[float]]:
        """Return choices of round numbers for the axis."""


@dataclass(frozen=True, slots=True)
class Linear:
    """An even axis. Both ends are counted in `unit`s, so that no difference overflows."""

    low: float
    high: float
    unit: float
    steps: Sequence[float] = _STEPS

    def place(self, value: float) -> float:
        """Return the place of a number between the ends."""
        return (value / self.unit - self.low) / (self.high - self.low)

    def ticks(self) -> list[list[float]]:
        """Return ever fewer round numbers, the last choice being the ends."""
        choices = [_round(self.low, self.high, bins, self.steps) for bins in (5, 4, 3, 2)]
        return [
            [tick * self.unit for tick in choice if self._holds(tick)]
            for choice in [*choices, [self.low, self.high]]
        ]

    def _holds(self, tick: float) -> bool:
        return self.low <= tick <= self.high and math.isfinite(tick * self.unit)


@dataclass(frozen=True, slots=True)
class Logarithmic:
    """An axis of orders of magnitude; zero, which has none, stands apart at the left end."""

    low: float
    high: float
    zero: bool

    def place(self, value: float) -> float:
        """Return the place of a number, which is not negative."""
        if value <= 0:
            return 0.0
        start = _ZERO if self.zero else 0.0
        along = (math.log10(value) - self.low) / (self.high - self.low)
        return start + (1 - start) * along

    def ticks(self) -> list[list[float]]:
        """Return ever fewer round numbers: 1, 2, 5, 10; then 1, 3, 10; then whole decades."""
        powers = range(math.floor(self.low), math.ceil(self.high) + 1)
        choices = [[(digit, power) for power in powers for digit in digits] for digits in _DIGITS]
        choices += [[(1, power) for power in powers if power % every == 0] for every in _SPARSE]
        start = [0.0] if self.zero else []
        return [
            start + [tick for tick in _numbers(choice) if self._holds(tick)] for choice in choices
        ]

    def _holds(self, value: float) -> bool:
        return 0 < value < math.inf and self.low <= math.log10(value) <= self.high


def scale_of(axis: Axis, values: Sequence[float]) -> Scale:
    """Choose the axis for numbers: years as they are, shares and amounts from zero.

    Shares of half and more are shown against the whole; smaller ones against one another. Amounts
    that span more than thirtyfold get a logarithmic axis.
    """
    usual = max(abs(value) for value in values) < _UNUSUAL
    if axis is Axis.YEAR and usual:
        return _years(values)
    if axis is Axis.SHARE and usual and max(values) >= _HALF:
        return Linear(min(0.0, *values), max(1.0, *values), 1.0)
    return _logarithmic(values) if is_logarithmic(axis, values) else _from_zero(values)


def is_logarithmic(axis: Axis, values: Sequence[float]) -> bool:
    """Whether amounts span so much that an even axis would hide the smaller ones."""
    if axis is not Axis.AMOUNT:
        return False
    positive = [value for value in values if value > 0]
    if not positive or min(values) < 0:
        return False
    return math.log10(max(positive)) - math.log10(min(positive)) > math.log10(_LOG_FROM)


def label(axis: Axis, value: float, language: str = DEFAULT) -> str:
    """Write a number on the axis."""
    if axis is Axis.SHARE:
        return wording.percent(_tidy(value), language)
    return f"{value:.0f}" if axis is Axis.YEAR else wording.number(_tidy(value), language)


def _logarithmic(values: Sequence[float]) -> Logarithmic:
    """Return an axis of whole decades: more than thirtyfold are at least two, with three ticks."""
    positive = [value for value in values if value > 0]
    low, high = math.log10(min(positive)), math.log10(max(positive))
    return Logarithmic(math.floor(low), math.ceil(high), zero=0 in values)


def _from_zero(values: Sequence[float]) -> Linear:
    largest = max(abs(value) for value in values)
    unit = 10.0 ** math.floor(math.log10(largest)) if largest > _FINEST else 1.0
    low = min(0.0, *(value / unit for value in values))
    high = max(0.0, *(value / unit for value in values))
    ticks = _round(low, high, 5, _STEPS)
    return Linear(min(low, ticks[0]), max(high, ticks[-1]), unit)


def _years(values: Sequence[float]) -> Linear:
    low, high = min(values), max(values)
    ticks = _round(low, high, 4, _YEARS) if low < high else [low - _AROUND, high + _AROUND]
    return Linear(min(low, ticks[0]), max(high, ticks[-1]), 1.0, _YEARS)


def _round(low: float, high: float, bins: int, steps: Sequence[float]) -> list[float]:
    found = MaxNLocator(nbins=bins, steps=list(steps)).tick_values(low, high)
    return [float(tick) for tick in found]


def _numbers(choice: Sequence[tuple[int, int]]) -> list[float]:
    return [float(f"{digit}e{power}") for digit, power in choice]


def _tidy(value: float) -> float:
    """Drop the last digits, which are nothing but the error of the arithmetic."""
    return float(f"{value:.9g}")
