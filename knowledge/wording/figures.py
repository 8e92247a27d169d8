"""Words figures as people write them: "1.5 million", "about half", "at least 7,000".

Nothing is rounded: a number that has no short form is written in full, and
`knowledge.reading.parse_figure` reads every English wording back as the value it came from. A
`language` is an ISO 639 code; one that no table has words for is answered in English.
"""

import math
from decimal import Decimal

from knowledge.contract import FigureView
from knowledge.language import DEFAULT, NumberWording, wording_of
from knowledge.model import Measure, Relation

_YEAR = "year"
_LONGEST_FULL = Decimal(10) ** 21
_SMALLEST_FULL = Decimal(10) ** -6


def number(value: float, language: str = DEFAULT) -> str:
    """Word an amount: 1500000 is "1.5 million", 28000 "28,000", 1234567 "1,234,567".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return _number(value, _of(language))


def share(value: float, language: str = DEFAULT) -> str:
    """Word a share from 0 to 1: 0.5 is "half", 1/3 "a third", 0.333 "33.3%".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return _share(value, _of(language))


def year(value: float) -> str:
    """Word a year of the calendar: 1970 is "1970".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return f"{_exact(value).normalize():f}"


def interval(  # noqa: PLR0913 - the three fields of a figure, and how it is meant
    low: float | None,
    high: float | None,
    relation: Relation,
    *,
    share: bool = False,
    calendar: bool = False,
    unit: str | None = None,
    language: str = DEFAULT,
) -> str:
    """Word a figure: "more than 12 million", "about half", "between 3 and 5 million shells".

    A `share` is a number from 0 to 1 and takes no unit. A number of the `calendar` is a year,
    which is not set in groups: "between 1970 and 1989". A vague figure has no numbers to word;
    show its `as_worded`.

    Raises:
        ValueError: when a side that the relation needs is missing, or is not finite.
    """
    table = _of(language)
    template = table.relations[relation]
    words = {}
    for side, value in (("low", low), ("high", high)):
        if f"{{{side}}}" in template:
            if value is None:
                raise ValueError(f"a figure with the relation '{relation}' needs its {side} side")
            words[side] = year(value) if calendar else _worded(value, table, as_share=share)
    if relation is Relation.BETWEEN and low is not None and high is not None and not calendar:
        words["low"], words["high"] = _ends(low, high, table, as_share=share)
    text = template.format(**words)
    return text if share or not unit else table.counted.format(number=text, unit=unit)


def figure(
    shown: FigureView, measure: Measure | None, *, unit: bool = False, language: str = DEFAULT
) -> str:
    """Write a figure such as "more than 12 million"; a vague one is quoted as it was worded."""
    if shown.relation is None:
        return f"“{shown.as_worded}”"
    calendar = is_year(shown.unit)
    return interval(
        shown.low,
        shown.high,
        shown.relation,
        share=measure is Measure.SHARE,
        calendar=calendar,
        unit=shown.unit if unit and not calendar else None,
        language=language,
    )


def end(
    shown: FigureView, value: float, measure: Measure | None, *, language: str = DEFAULT
) -> str:
    """Write a figure that stands at an end of a range; of an interval, the number at that end."""
    if shown.relation is not Relation.BETWEEN:
        return figure(shown, measure, language=language)
    if is_year(shown.unit):
        return year(value)
    word = share if measure is Measure.SHARE else number
    return word(value, language)


def is_year(unit: str | None) -> bool:
    """Whether the numbers are calendar years, which take no thousands separator."""
    return unit is not None and unit.split()[0] == _YEAR


def span(
    low: float,
    high: float,
    *,
    share: bool = False,
    calendar: bool = False,
    language: str = DEFAULT,
) -> str:
    """Word an interval in the shortest way: "3 to 5 million", "1970 to 1989".

    Raises:
        ValueError: when a number is not finite.
    """
    table = _of(language)
    first, last = (year(low), year(high)) if calendar else _ends(low, high, table, as_share=share)
    return table.span.format(low=first, high=last)


def _of(language: str) -> NumberWording:
    return wording_of(language).numbers


def _exact(value: float) -> Decimal:
    if not math.isfinite(value):
        raise ValueError(f"{value} cannot be worded: a figure is a finite number")
    return Decimal(repr(float(value)))


def _number(value: float, table: NumberWording) -> str:
    """Word an amount as its digits and, where it has a short form, its scale."""
    exact = _exact(value)
    for scale in table.scales:
        short = exact / scale.value
        if 1 <= abs(short) < table.largest and _decimals(short) <= scale.decimals:
            word = scale.one if abs(short) == 1 else scale.many
            return f"{_full(short, table)}{table.gap}{word}"
    return _full(exact, table)


def _share(value: float, table: NumberWording, *, spanned: bool = False) -> str:
    exact = _exact(value)
    named = (table.spanned if spanned else table.shares).get(exact)
    return named or table.percent.format(_full(exact * 100, table))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _full(exact: Decimal, table: NumberWording) -> str:
    """Write every digit, in groups of three; the rare very large or small as 1e+300."""
    if exact and not _SMALLEST_FULL <= abs(exact) < _LONGEST_FULL:
        return repr(float(exact))
    text = f"{exact.normalize():,f}"
    return text.translate({ord(","): table.group, ord("."): table.point})


def _worded(value: float, table: NumberWording, *, as_share: bool) -> str:
    return _share(value, table) if as_share else _number(value, table)


def _ends(low: float, high: float, table: NumberWording, *, as_share: bool) -> tuple[str, str]:
    """Word both ends of an interval, so that a scale behind the second is meant for both.

    Two and three million is "2 to 3 million"; two and 3,000,000 must not look like it.
    """
    if as_share:
        first, last = (_share(value, table, spanned=True) for value in (low, high))
        return _without_repeat(first, last, table), last
    if table.gap and 0 < abs(low) < table.largest <= abs(high):
        return _number(low, table), _full(_exact(high), table)
    first, last = (_number(value, table) for value in (low, high))
    return _without_repeat(first, last, table), last


def _without_repeat(low: str, high: str, table: NumberWording) -> str:
    """Leave out of the low end the scale or percent sign that the high end repeats."""
    for scale in table.scales if table.gap else ():
        words = tuple(f"{table.gap}{word}" for word in (scale.one, scale.many))
        if low.endswith(words) and high.endswith(words):
            return low.removesuffix(words[1]).removesuffix(words[0])
    sign = table.percent.format("")
    return low.removesuffix(sign) if high.endswith(sign) else low
