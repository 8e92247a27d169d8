"""Reads the unit and the currency beside a number: "$81bn", "42 GWh", "tonnes of CO2eq"."""

import re
from typing import Final, NamedTuple

from knowledge.language import CURRENCIES, CURRENCY_CODES, SYMBOLS
from knowledge.model import Kind
from knowledge.reading.number_tokens import Number
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
    """A unit beside a number: the kind of the quantity, its name, and the token behind it."""

    kind: Kind
    name: str
    next: int


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
    whose = tokens.raw(at - 1).upper() if at > floor and glued(tokens, at) else ""
    if len(whose) <= _LETTERS_OF_DOLLARS and f"{whose}{name}" in CURRENCIES:
        return at - bool(whose), "$" if whose == "US" else f"{whose}{name}"
    return at, name


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
    found = _money(tokens, i) or _area(tokens, i) or _plain(tokens, i)
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
        return Unit(Kind.MEASURE, raw, i + 1)
    if raw in CURRENCY_CODES:
        return Unit(Kind.MEASURE, SIGNS.get(raw, raw), i + 1)
    whose = tokens.numbers.dollars.get(word)
    named = tokens.numbers.units.get(word_at(tokens, i + 1))
    return Unit(Kind.MEASURE, whose, i + 2) if whose and named == "$" else None


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
    raw = tokens.raw(i)
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
    return Unit(Kind.MEASURE, unit, i + 1)


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
        return unit._replace(name=f"{name}/{tokens.raw(i + 1)}", next=i + 2)
    j = i + 1 if word_at(tokens, i) in tokens.numbers.of else i
    if name in _MASSES and _OF_CARBON.fullmatch(tokens.raw(j)):
        equal = word_at(tokens, j + 1).startswith("equivalent")
        return unit._replace(name=f"{name} CO2", next=j + 2 if equal else j + 1)
    return unit
