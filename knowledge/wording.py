"""Words figures as people write them: "1.5 million", "about half", "at least 7,000".

Nothing is rounded: a number that has no short form is written in full, and
`knowledge.quantities.parse_figure` reads every wording back as the value it came from. The English
words stand in one table, so that another language is another table.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from knowledge.quantities import Relation


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language; templates take the worded numbers as {low} and {high}."""

    scales: tuple[tuple[Decimal, str], ...]
    shares: Mapping[Decimal, str]
    percent: str
    group: str
    point: str
    relations: Mapping[Relation, str]
    span: str


_ENGLISH: Final = _Words(
    scales=(
        (Decimal(10) ** 12, "trillion"),
        (Decimal(10) ** 9, "billion"),
        (Decimal(10) ** 6, "million"),
    ),
    shares={
        Decimal(repr(value)): word
        for value, word in {
            1 / 4: "a quarter",
            1 / 3: "a third",
            1 / 2: "half",
            2 / 3: "two thirds",
            3 / 4: "three quarters",
        }.items()
    },
    percent="{}%",
    group=",",
    point=".",
    relations={
        Relation.EXACT: "{low}",
        Relation.ABOUT: "about {low}",
        Relation.MORE_THAN: "more than {low}",
        Relation.AT_LEAST: "at least {low}",
        Relation.UP_TO: "up to {high}",
        Relation.LESS_THAN: "less than {high}",
        Relation.BETWEEN: "between {low} and {high}",
    },
    span="{low} to {high}",
)
_SHORT_DECIMALS = 2
_LARGEST_SHORT = 1000
_LONGEST_FULL = Decimal(10) ** 21
_SMALLEST_FULL = Decimal(10) ** -6


def number(value: float) -> str:
    """Word an amount: 1500000 is "1.5 million", 28000 "28,000", 1234567 "1,234,567".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return " ".join(_parts(value))


def share(value: float) -> str:
    """Word a share from 0 to 1: 0.5 is "half", 1/3 "a third", 0.333 "33.3%".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    exact = _exact(value)
    named = _ENGLISH.shares.get(exact)
    return named or _ENGLISH.percent.format(_full(exact * 100))


def year(value: float) -> str:
    """Word a year of the calendar: 1970 is "1970".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return f"{_exact(value).normalize():f}"


def figure(  # noqa: PLR0913 - the three fields of a figure, and how it is meant
    low: float | None,
    high: float | None,
    relation: Relation,
    *,
    share: bool = False,
    calendar: bool = False,
    unit: str | None = None,
) -> str:
    """Word a figure: "more than 12 million", "about half", "between 3 and 5 million shells".

    A `share` is a number from 0 to 1 and takes no unit. A number of the `calendar` is a year,
    which is not set in groups: "between 1970 and 1989". A vague figure has no numbers to word;
    show its `as_worded`.

    Raises:
        ValueError: when a side that the relation needs is missing, or is not finite.
    """
    template = _ENGLISH.relations[relation]
    words = {}
    for side, value in (("low", low), ("high", high)):
        if f"{{{side}}}" in template:
            if value is None:
                raise ValueError(f"a figure with the relation '{relation}' needs its {side} side")
            words[side] = year(value) if calendar else _worded(value, as_share=share)
    if relation is Relation.BETWEEN and low is not None and high is not None and not calendar:
        words["low"], words["high"] = _ends(low, high, as_share=share)
    return _with_unit(template.format(**words), unit, share=share)


def range_text(  # noqa: PLR0913 - the six fields of a range, as the answers carry them
    low: float | None,
    high: float | None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    share: bool = False,
    unit: str | None = None,
) -> str:
    """Word a range over several figures: "500,000 to more than 12 million shells".

    An open end stands for a figure that is itself open there ("less than", "more than"). Nothing
    at both ends gives an empty text.

    Raises:
        ValueError: when a number is not finite.
    """
    if low is None and high is None:
        return ""
    if high is None or (low == high and high_open and not low_open):
        relation = Relation.MORE_THAN if high_open else Relation.AT_LEAST
        return figure(low, None, relation, share=share, unit=unit)
    if low is None or (low == high and low_open and not high_open):
        relation = Relation.LESS_THAN if low_open else Relation.UP_TO
        return figure(None, high, relation, share=share, unit=unit)
    if low == high and not low_open:
        return figure(low, high, Relation.EXACT, share=share, unit=unit)
    if low_open or high_open:
        first, last = _worded(low, as_share=share), _worded(high, as_share=share)
    else:
        first, last = _ends(low, high, as_share=share)
    first = _ENGLISH.relations[Relation.LESS_THAN].format(high=first) if low_open else first
    last = _ENGLISH.relations[Relation.MORE_THAN].format(low=last) if high_open else last
    return _with_unit(_ENGLISH.span.format(low=first, high=last), unit, share=share)


def _exact(value: float) -> Decimal:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be worded: a figure is a finite number")
    return Decimal(repr(float(value)))


def _parts(value: float) -> list[str]:
    """Word an amount as its digits and, where it has a short form, its scale."""
    exact = _exact(value)
    for scale, word in _ENGLISH.scales:
        short = exact / scale
        if 1 <= abs(short) < _LARGEST_SHORT and _decimals(short) <= _SHORT_DECIMALS:
            return [_full(short), word]
    return [_full(exact)]


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _full(exact: Decimal) -> str:
    """Write every digit, in groups of three; the rare very large or small as 1e+300."""
    if exact and not _SMALLEST_FULL <= abs(exact) < _LONGEST_FULL:
        return repr(float(exact))
    text = f"{exact.normalize():,f}"
    return text.translate({ord(","): _ENGLISH.group, ord("."): _ENGLISH.point})


def _worded(value: float, *, as_share: bool) -> str:
    return share(value) if as_share else number(value)


def _ends(low: float, high: float, *, as_share: bool) -> tuple[str, str]:
    """Word both ends of an interval, so that a scale behind the second is meant for both.

    Two and three million is "2 to 3 million"; two and 3,000,000 must not look like it.
    """
    if as_share:
        return _without_repeat(share(low), share(high)), share(high)
    if 0 < abs(low) < _LARGEST_SHORT <= abs(high):
        return number(low), _full(_exact(high))
    return _without_repeat(number(low), number(high)), number(high)


def _without_repeat(low: str, high: str) -> str:
    """Leave out of the low end the scale or percent sign that the high end repeats."""
    for _, scale in _ENGLISH.scales:
        if low.endswith(f" {scale}") and high.endswith(f" {scale}"):
            return low.removesuffix(f" {scale}")
    sign = _ENGLISH.percent.format("")
    return low.removesuffix(sign) if high.endswith(sign) else low


def _with_unit(text: str, unit: str | None, *, share: bool) -> str:
    return f"{text} {unit}" if unit and not share else text
