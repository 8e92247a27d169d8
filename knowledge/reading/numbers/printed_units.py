"""Reads the unit and the currency beside a number: "$81bn", "42 GWh", "tonnes of CO2eq"."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from knowledge.language import CURRENCIES, CURRENCY_CODES, SYMBOLS
from knowledge.model import Kind
from knowledge.reading.numbers.pieces import Number
from knowledge.reading.tokens import Tokens, glued, word_at

LENGTHS_OF_TIME: Final = frozenset({"hours", "days", "weeks", "months", "years", "decades"})
WATTS: Final = frozenset({"W", "kW", "MW", "GW", "TW"})
"""Units that with "hours" behind them are another: "terawatt hours"."""
_OF_CARBON: Final = re.compile(r"CO[2₂]-?(?:e|eq|equivalent)?", re.IGNORECASE)
_CARBON: Final = re.compile(r"(?P<mass>kg|[kMG]?t)CO[2₂](?:e|eq)?")
_WITH_DIGIT: Final = re.compile(r"(?:k|c|m)?m[23]|ft[23]")
_LETTERS_OF_DOLLARS: Final = 2
"""Letters at most that say whose dollars they are: "NZ$"."""
_MASSES: Final = frozenset({"kg", "g", "tonnes", "kt", "Mt", "Gt"})
_AFTER_A_SLASH: Final = frozenset(
    """
    yr y year years month day days d hour hr h min sec s km m mi ha l m2 kwh mwh capita person
    """.split()
)
"""What a unit may be counted for behind a slash: "TWh/yr"."""


class Unit(NamedTuple):
    """A unit beside a number: the kind of the quantity, its name, and the token behind it.

    The number is to be multiplied by the `scale`: 25¢ are 0.25 dollars, and 20 k€ are 20,000 €.
    """

    kind: Kind
    name: str
    next: int
    scale: Decimal = Decimal(1)


def currency_before(tokens: Tokens, i: int, floor: int) -> tuple[int, str | None]:
    """Give the first token of the currency in front of the number at `i`, and its sign or code.

    The sign may stand off by a space ("two $ 500 checks"), where it is not glued to another
    number.
    """
    at = i - 1
    if at < floor or tokens[i].start - tokens[at].end > 1:
        return i, None
    if at > floor and tokens[at].word == "." and glued(tokens, at):
        at -= 1
    name = _name(tokens, at)
    if name is None or (at > floor and glued(tokens, at) and tokens[at - 1].kind == "num"):
        return i, None
    whose = _whose(tokens, at) if at > floor else ""
    if len(whose) <= _LETTERS_OF_DOLLARS and f"{whose}{name}" in CURRENCIES:
        return at - bool(whose), "$" if whose == "US" else f"{whose}{name}"
    return at, name


def _whose(tokens: Tokens, i: int) -> str:
    """Give the letters in front of a sign of dollars: "nz$5", or two capitals apart, "US $5"."""
    raw = tokens.raw(i - 1)
    apart = tokens[i].start - tokens[i - 1].end == 1 and raw.isupper()
    if glued(tokens, i):
        return raw.upper()
    return raw if apart and len(raw) == _LETTERS_OF_DOLLARS else ""


def _name(tokens: Tokens, i: int) -> str | None:
    """Give the currency that a sign or a code in front of a number names."""
    raw = tokens.raw(i)
    if raw in CURRENCIES:
        return raw
    if raw in CURRENCY_CODES:
        return SIGNS.get(raw, raw)
    name = tokens.numbers.units.get(tokens[i].word)
    return name if tokens[i].word in {"rs", "rmb"} else None


SIGNS: Final[dict[str, str]] = {code: sign for sign, code in reversed(list(CURRENCIES.items()))}
"""ISO 4217 code → the sign that stands for it, where it has one."""


def currency_of(unit: str | None) -> str | None:
    """Give the ISO 4217 code of a currency by its sign or code; None for other units."""
    if unit is None:
        return None
    return unit if unit in CURRENCY_CODES else CURRENCIES.get(unit)


def unit_behind(tokens: Tokens, number: Number) -> Unit | None:
    """Read a unit behind a number, with what is measured or counted along with it."""
    i = number.next
    if number.share:
        i = i + 1 if word_at(tokens, i) in tokens.numbers.articles else i
        unit = tokens.numbers.units.get(word_at(tokens, i))
        return Unit(Kind.MEASURE, unit, i + 1) if unit in LENGTHS_OF_TIME else None
    if word_at(tokens, i) == "-" and glued(tokens, i) and glued(tokens, i + 1):
        i += 1
    found = (
        _money(tokens, i)
        or _cents(tokens, i)
        or _area(tokens, i)
        or _feet_or_inches(tokens, i, number)
        or _plain(tokens, i)
    )
    if found is None:
        return None
    if found.name == "years":
        after = i + 2 if word_at(tokens, i + 1) == "-" else i + 1
        if word_at(tokens, after) in tokens.numbers.old:
            return Unit(Kind.AGE, "years", after + 1)
    return _with_tail(tokens, found)


def _money(tokens: Tokens, i: int) -> Unit | None:
    """Read a currency behind a number; a sign before the next number belongs to that one."""
    raw, word = tokens.raw(i), word_at(tokens, i)
    if raw in CURRENCIES:
        next_number = i + 1 < len(tokens) and tokens[i + 1].kind == "num"
        if next_number and not (glued(tokens, i) and not glued(tokens, i + 1)):
            return None
        return _in_millions(tokens, Unit(Kind.MEASURE, raw, i + 1))
    if raw in CURRENCY_CODES:
        return _in_millions(tokens, Unit(Kind.MEASURE, SIGNS.get(raw, raw), i + 1))
    if (scaled := _scaled_money(tokens, i)) is not None:
        return scaled
    whose = tokens.numbers.dollars.get(word)
    named = tokens.numbers.units.get(word_at(tokens, i + 1))
    return Unit(Kind.MEASURE, whose, i + 2) if whose and named == "$" else None


def _in_millions(tokens: Tokens, unit: Unit) -> Unit:
    """Read on the scale that stands behind its currency: "125 USD million"."""
    scale = tokens.numbers.scales.get(word_at(tokens, unit.next), 0)
    return unit._replace(next=unit.next + 1, scale=Decimal(scale)) if scale >= _A_THOUSAND else unit


_A_THOUSAND: Final = 1000
_LARGE_MONEY: Final = re.compile(r"(?P<scale>[kKMBm]|mn|bn|T(?=EUR))(?P<code>[A-Z]{3})")
_SCALES: Final = {"k": 3, "K": 3, "T": 3, "M": 6, "m": 6, "mn": 6, "B": 9, "bn": 9}
"""Letters in front of a currency → how many zeros they add; in accounts a TEUR is 1,000 euros."""


def _scaled_money(tokens: Tokens, i: int) -> Unit | None:
    """Read a scale that is glued to its currency: "20 k€", "50 MUSD"."""
    raw, sign = tokens.raw(i), tokens.raw(i + 1)
    found = _LARGE_MONEY.fullmatch(raw)
    if found is not None and (code := found["code"]) in CURRENCY_CODES:
        scale = Decimal(10) ** _SCALES[found["scale"]]
        return Unit(Kind.MEASURE, SIGNS.get(code, code), i + 1, scale)
    if raw in _SCALES and raw != "T" and sign in CURRENCIES and glued(tokens, i + 1):
        return Unit(Kind.MEASURE, sign, i + 2, Decimal(10) ** _SCALES[raw])
    return None


_CENT: Final = Decimal("0.01")


def _cents(tokens: Tokens, i: int) -> Unit | None:
    """Read hundredths of a currency: "25¢" is 0.25 dollars, of which the sign tells no more."""
    currency = tokens.numbers.cents.get(word_at(tokens, i))
    return Unit(Kind.MEASURE, currency, i + 1, _CENT) if currency else None


_FEET_MARKS, _INCH_MARKS = frozenset("'’′"), frozenset('"”″')


def _feet_or_inches(tokens: Tokens, i: int, number: Number) -> Unit | None:
    """Read the marks and the short word that are mostly something else: "5' tall", "is 1 in"."""
    raw, following = tokens.raw(i), tokens.raw(i + 1)
    if raw == "in" and number.in_digits and (not following or following in ".,;:!?)"):
        return Unit(Kind.MEASURE, "inches", i + 1)
    if not number.in_digits or not glued(tokens, i):
        return None
    if raw == "″" or (raw in _INCH_MARKS and tokens.raw(i - 2) in _FEET_MARKS):
        return Unit(Kind.MEASURE, "inches", i + 1)
    with_inches = glued(tokens, i + 1) and following.isdecimal()
    tall = word_at(tokens, i + 1) in tokens.numbers.lengths
    if raw == "′" or (raw in _FEET_MARKS and (tall or with_inches)):
        return Unit(Kind.MEASURE, "feet", i + 1)
    return None


def _area(tokens: Tokens, i: int) -> Unit | None:
    """Read "square kilometres" and "cubic metres"."""
    words, word = tokens.numbers, word_at(tokens, i)
    j = i + 2 if word_at(tokens, i + 1) == "." else i + 1
    side = words.units.get(word_at(tokens, j))
    if side is None:
        return None
    if word in words.squares:
        return Unit(Kind.MEASURE, f"{side}²", j + 1)
    return Unit(Kind.MEASURE, f"{side}³", j + 1) if word in words.cubes else None


def _plain(tokens: Tokens, i: int) -> Unit | None:
    """Read a unit in one word or symbol, and power with its hours."""
    raw = tokens.raw(i).replace("μ", "µ")  # a Greek letter for the sign of a millionth
    if raw in CURRENCIES:
        return None
    unit = SYMBOLS.get(raw) or tokens.numbers.units.get(word_at(tokens, i))
    if unit is None and (carbon := _CARBON.fullmatch(raw)) is not None:
        mass = "tonnes" if carbon["mass"] == "t" else carbon["mass"]
        return Unit(Kind.MEASURE, f"{mass} CO2", i + 1)
    if unit is None and _WITH_DIGIT.fullmatch(raw):
        unit = raw
    if unit is None:
        return _degrees(tokens, i)
    j = i + 2 if word_at(tokens, i + 1) == "-" else i + 1
    if unit in WATTS and tokens.numbers.units.get(word_at(tokens, j)) == "hours":
        return Unit(Kind.MEASURE, f"{unit}h", j + 1)
    if unit in _SIDES and (power := _power(tokens, i + 1)):
        return Unit(Kind.MEASURE, f"{unit}{power}", i + 3)
    return Unit(Kind.MEASURE, unit, i + 1)


_SIDES: Final = frozenset("mm cm m km miles feet inches yards".split())


def _power(tokens: Tokens, i: int) -> str:
    """Read the "^2" that makes an area of a length, or the "^3"."""
    raised = word_at(tokens, i) == "^" and glued(tokens, i) and glued(tokens, i + 1)
    return {"2": "²", "3": "³"}.get(word_at(tokens, i + 1), "") if raised else ""


def _degrees(tokens: Tokens, i: int) -> Unit | None:
    if word_at(tokens, i) != "°":
        return None
    if word_at(tokens, i + 1) not in {"c", "f"}:
        return Unit(Kind.MEASURE, "°", i + 1)
    return Unit(Kind.MEASURE, f"°{tokens[i + 1].word.upper()}", i + 2)


def _with_tail(tokens: Tokens, unit: Unit) -> Unit:
    """Read on what a unit is for ("/yr") and of what a mass is ("of CO2eq")."""
    i, name = unit.next, unit.name
    slash = word_at(tokens, i) == "/" and glued(tokens, i) and glued(tokens, i + 1)
    if slash and word_at(tokens, i + 1) in _AFTER_A_SLASH:
        power = _power(tokens, i + 2)
        following = i + 4 if power else i + 2
        return unit._replace(name=f"{name}/{tokens.raw(i + 1)}{power}", next=following)
    j = i + 1 if word_at(tokens, i) in tokens.numbers.of else i
    if name in _MASSES and _OF_CARBON.fullmatch(tokens.raw(j)):
        equal = word_at(tokens, j + 1).startswith("equivalent")
        return unit._replace(name=f"{name} CO2", next=j + 2 if equal else j + 1)
    return unit
