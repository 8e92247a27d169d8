"""Words figures as people write them: "1.5 million", "about half", "at least 7,000".

Nothing is rounded: a number that has no short form is written in full, and
`knowledge.reading.parse_figure` reads every English wording back as the value it came from. A
`language` is an ISO 639 code; one that no table has words for is answered in English.
"""

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto
from typing import Final

from knowledge.contract import FigureView
from knowledge.language import DEFAULT, NumberWording, wording_of
from knowledge.model import Measure, PluralForm, Relation
from knowledge.reading import in_unit

_YEAR = "year"
_RANGE = "range"
"""What an interval is called of which nothing more is known."""
_FEWEST_DIGITS = 2
"""Digits that a converted number has at least: 0.32 ml for 0.000085 gallons."""
_CURRENCY = re.compile(r"[A-Z]{3}")
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


def percent(value: float, language: str = DEFAULT) -> str:
    """Word a share in percent, also one that has a name: 0.5 is "50%".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return _worded(value, _of(language), Style.PERCENT)


def year(value: float) -> str:
    """Word a year of the calendar: 1970 is "1970".

    Raises:
        ValueError: for infinity and for what is not a number.
    """
    return f"{_exact(value).normalize():f}"


class Style(Enum):
    """How the numbers of a figure are written."""

    AMOUNT = auto()
    SHARE = auto()
    """From 0 to 1, some of them by name: "half", "33.3%"."""
    PERCENT = auto()
    """A change, which may pass 1: 1.6 is "160%"."""
    RATIO = auto()
    """So many to one: 1.8 is "1.8:1"."""
    YEAR = auto()
    """A year of the calendar, which is not set in groups."""


_STYLES: Final = {
    Measure.SHARE: Style.SHARE,
    Measure.CHANGE: Style.PERCENT,
    Measure.RATIO: Style.RATIO,
    Measure.DATE: Style.YEAR,
}
_OF_YEARS: Final = {
    Relation.UP_TO: Relation.BY,
    Relation.LESS_THAN: Relation.BEFORE,
    Relation.MORE_THAN: Relation.AFTER,
    Relation.ABOUT: Relation.AROUND,
}
"""A year is reached by or before another, never "up to" it."""


_LARGE: Final = 1_000_000
"""Stands for any large number: what is counted in it takes one form."""
_OBLIQUE: Final = {"one": "other", "few": "many"}
"""Which form a noun takes instead behind words that want the genitive, as in "до 3 снарядів"."""


def unit_in(forms: str | Mapping[PluralForm, str], shown: FigureView | None, language: str) -> str:
    """Return a unit in the form that stands at the number of a figure, or at a large number."""
    if isinstance(forms, str):
        return forms
    from babel import Locale  # noqa: PLC0415 - slow to load

    relation = shown.relation if shown else None
    table = _of(language)
    high = relation is not None and "{high}" in table.relations[relation]
    ends = (shown.value, shown.high if high else shown.low) if shown else ()
    number = next((end for end in ends if end is not None), _LARGE)
    form = Locale.parse(language).plural_form(number)
    if relation in table.genitive and shown and shown.value is None:
        form = _OBLIQUE.get(form, form)
    named = {str(name): word for name, word in forms.items()}
    return named.get(form, named["other"])


def style_of(measure: Measure | None, unit: str | None) -> Style:
    """Return how the figures of a topic are written."""
    named = _STYLES.get(measure, Style.AMOUNT) if measure else Style.AMOUNT
    return Style.YEAR if named is Style.AMOUNT and is_year(unit) else named


def interval(  # noqa: PLR0913 - the three fields of a figure, and how it is meant
    low: float | None,
    high: float | None,
    relation: Relation,
    *,
    style: Style = Style.AMOUNT,
    unit: str | None = None,
    language: str = DEFAULT,
) -> str:
    """Word a figure: "more than 12 million", "about half", "by 2033", "£106 billion".

    Only an amount takes its unit; a currency (ISO 4217) stands at its numbers. A vague figure has
    no numbers to word; show its `as_worded`.

    Raises:
        ValueError: when a side that the relation needs is missing, or is not finite.
    """
    table = _of(language)
    if style is Style.YEAR:
        relation = _OF_YEARS.get(relation, relation)
    template = table.relations[relation]
    if style is Style.YEAR and relation is Relation.AT_LEAST:
        template = table.or_later
    sides = {"low": low, "high": high}
    given = {side: value for side, value in sides.items() if f"{{{side}}}" in template}
    missing = next((side for side, value in given.items() if value is None), None)
    if missing:
        raise ValueError(f"a figure with the relation '{relation}' needs its {missing} side")
    if relation is Relation.BETWEEN and low is not None and high is not None:
        first, last = _ends(low, high, table, style)
        words = {"low": first, "high": last}
    else:
        words = {
            side: _worded(value, table, style) for side, value in given.items() if value is not None
        }
    money = _symbol(unit, language) if style is Style.AMOUNT else None
    if money:
        words = {side: _priced(text, money, table) for side, text in words.items()}
    elif unit and style is Style.AMOUNT:
        # A unit stands at its number, also where words follow that: "1,200만 발 넘게".
        last = "high" if "high" in words else "low"
        counted = table.counted_digits if words[last][-1].isdecimal() else table.counted
        words[last] = counted.format(number=words[last], unit=unit)
    return template.format(**words)


def figure(
    shown: FigureView, measure: Measure | None, *, unit: bool = False, language: str = DEFAULT
) -> str:
    """Write a figure such as "more than 12 million"; a vague one is quoted as it was worded.

    An estimate with its interval is written with both: "14.9 million (13.3 to 16.6 million, 95%
    interval)". Money is always written with its currency, and what is printed in another unit than
    that of its topic with both: "190,000 kWh (190 MWh)".
    """
    if shown.relation is None:
        return f"“{shown.as_worded}”"
    if (compared := in_topic_unit(shown)) is not None:
        printed = shown.model_copy(update={"topic_unit": None})
        both = (figure(one, measure, unit=True, language=language) for one in (printed, compared))
        return "{} ({})".format(*both)
    style = style_of(measure, shown.unit)
    named = shown.unit if unit or _symbol(shown.unit, language) else None
    if shown.value is None or shown.low is None or shown.high is None:
        return interval(
            shown.low, shown.high, shown.relation, style=style, unit=named, language=language
        )
    relation = Relation.EXACT if shown.relation is Relation.BETWEEN else shown.relation
    value = interval(shown.value, shown.value, relation, style=style, unit=named, language=language)
    around = span(shown.low, shown.high, style=style, language=language)
    return f"{value} ({', '.join(part for part in (around, _level(shown, language)) if part)})"


def _level(shown: FigureView, language: str) -> str:
    """Say what an interval is, where more is known than that it is one."""
    if shown.interval is None or shown.interval == _RANGE:
        return ""
    sure = shown.interval.endswith("%")
    return _of(language).level.format(level=shown.interval) if sure else shown.interval


def in_topic_unit(shown: FigureView) -> FigureView | None:
    """Bring a figure that is printed in another unit into that of its topic, or return nothing.

    It keeps as many digits as it is printed with, two at least; it equals, whatever was asserted.
    """
    printed, wanted = shown.unit, shown.topic_unit
    if printed is None or wanted is None:
        return None
    sides = [in_unit(side, printed, wanted) for side in (shown.low, shown.high, shown.value)]
    if all(side is None for side in sides):
        return None
    digits = max(_digits(side) for side in (shown.low, shown.high, shown.value))
    low, high, value = (None if side is None else float(f"{side:.{digits}g}") for side in sides)
    relation = Relation.BETWEEN if low != high and None not in {low, high} else Relation.EXACT
    changed = {
        "low": high if low is None else low,
        "high": low if high is None else high,
        "value": value,
        "interval": None,
        "relation": relation,
        "unit": wanted,
        "topic_unit": None,
    }
    return shown.model_copy(update=changed)


def _digits(number: float | None) -> int:
    """Count the digits that a number is written with."""
    if not number:
        return _FEWEST_DIGITS
    digits = _exact(number).normalize().as_tuple().digits
    return max(len(digits), _FEWEST_DIGITS)


def end(
    shown: FigureView, value: float, measure: Measure | None, *, language: str = DEFAULT
) -> str:
    """Write a figure that stands at an end of a range; of an interval, the number at that end.

    Both ends of a range are in the unit of its topic.
    """
    compared = in_topic_unit(shown)
    if compared is not None:
        relation = shown.relation if compared.relation is Relation.EXACT else compared.relation
        sides = {"low": compared.low, "high": compared.high, "relation": relation}
        shown = compared.model_copy(update={**sides, "value": None})
    if shown.relation is not Relation.BETWEEN and shown.value is None:
        return figure(shown, measure, language=language)
    style = style_of(measure, shown.unit)
    unit = shown.unit if _symbol(shown.unit, language) else None
    return interval(value, value, Relation.EXACT, style=style, unit=unit, language=language)


def is_year(unit: str | None) -> bool:
    """Whether the numbers are calendar years, which take no thousands separator."""
    return unit is not None and unit.split()[0] == _YEAR


def span(low: float, high: float, *, style: Style = Style.AMOUNT, language: str = DEFAULT) -> str:
    """Word an interval in the shortest way: "3 to 5 million", "1970 to 1989".

    Raises:
        ValueError: when a number is not finite.
    """
    table = _of(language)
    first, last = _ends(low, high, table, style)
    return table.span.format(low=first, high=last)


def _symbol(unit: str | None, language: str) -> str | None:
    """Return the sign of a currency where a unit is the code of one."""
    if unit is None or not _CURRENCY.fullmatch(unit):
        return None
    from babel.numbers import get_currency_symbol, list_currencies  # noqa: PLC0415 - slow to load

    return get_currency_symbol(unit, locale=language) if unit in list_currencies() else None


def _priced(text: str, money: str, table: NumberWording) -> str:
    """Put the sign of a currency to a number, on the side where the language has it."""
    return f"{money}{text}" if table.money_first else f"{text} {money}"


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


def _worded(value: float, table: NumberWording, style: Style) -> str:
    match style:
        case Style.SHARE:
            return _share(value, table)
        case Style.PERCENT:
            return table.percent.format(_full(_exact(value) * 100, table))
        case Style.RATIO:
            return f"{_number(value, table)}:1"
        case Style.YEAR:
            return year(value)
        case Style.AMOUNT:
            return _number(value, table)


def _ends(low: float, high: float, table: NumberWording, style: Style) -> tuple[str, str]:
    """Word both ends of an interval, so that a scale behind the second is meant for both.

    Two and three million is "2 to 3 million"; two and 3,000,000 must not look like it.
    """
    if style is Style.SHARE:
        first, last = (_share(value, table, spanned=True) for value in (low, high))
        if (_exact(low) in table.spanned) != (_exact(high) in table.spanned):
            first, last = (_worded(value, table, Style.PERCENT) for value in (low, high))
        return _without_repeat(first, last, table), last
    if style is not Style.AMOUNT:
        first, last = (_worded(value, table, style) for value in (low, high))
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
