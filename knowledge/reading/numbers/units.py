"""Units: whether two are of one kind, and a number brought from one into the other.

Physical units are pint's (BSD-3, kept up; 0.4 s of CPU to load, which only a conversion pays for).
Money is ISO 4217, and one currency is never brought into another. Everything else is a counted
thing, under whatever name ("shells", "rounds").
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

from knowledge.language import SYMBOLS, UNDERSTOOD, fold, tables_of
from knowledge.reading.numbers.printed_units import SIGNS, WATTS, currency_of

if TYPE_CHECKING:
    from pint import UnitRegistry

_PINT: Final = {
    "miles": "mile",
    "yards": "yard",
    "inches": "inch",
    "feet": "foot",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "ounces": "ounce",
    "tonnes": "tonne",
    "kt": "kilotonne",
    "Mt": "megatonne",
    "Gt": "gigatonne",
    "litres": "liter",
    "gallons": "gallon",
    "barrels": "oil_barrel",
    "bbl": "oil_barrel",
    "bpd": "oil_barrel / day",
    "ha": "hectare",
    "hectares": "hectare",
    "acres": "acre",
    "sqm": "meter ** 2",
    "boe": "barrel_of_oil_equivalent",
    "Mboe": "megabarrel_of_oil_equivalent",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "PB": "petabyte",
    "kB": "kilobyte",
    "°C": "degC",
    "°F": "degF",
    "m": "meter",
    "g": "gram",
    "seconds": "second",
    "minutes": "minute",
    "hours": "hour",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "quarters": "quarter_of_a_year",
    "years": "year",
    "decades": "ten_years",
}
"""What the readers call a unit → what pint does; the others it calls as they do."""
_DEFINED: Final = (
    "quarter_of_a_year = year / 4",
    "ten_years = 10 * year",
    "barrel_of_oil_equivalent = 5.8e6 * Btu",
)
"""Units that pint lacks; of the barrel, what the tax authorities of the USA reckon with."""
_TIMES: Final = {
    "yr": "years",
    "y": "years",
    "d": "days",
    "h": "hours",
    "hr": "hours",
    "s": "seconds",
    "sec": "seconds",
    "min": "minutes",
}
_DAYS: Final = {
    "second": 1 / 86_400,
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 365.25 / 12,
    "quarter_of_a_year": 365.25 / 4,
    "year": 365.25,
    "ten_years": 3652.5,
}
"""Spans of time in days, as pint has them, for which nobody has to wait for pint."""
_LENGTHS: Final = frozenset("mm cm km meter µm nm mile yard inch foot nmi".split())
_CODE: Final = re.compile(r"[A-Z]{3}")
_PER: Final = re.compile(r"\s*/\s*|\s+(?:per|an?|each|every)\s+")
_POWER: Final = re.compile(r"(?P<side>\w+)(?P<power>[²³23])")
_OF_CARBON: Final = re.compile(r"\s*(?:of\s+)?co2(?:[ -]?(?:e|eq|equivalent))?", re.IGNORECASE)
_LONGEST_NAME: Final = 2
"""Words of a unit's name: "square kilometres"."""
_DIGITS: Final = 12
"""Digits of a converted number that are kept: those behind are the error of reckoning."""


Kind = Literal["count", "money", "measure"]
_NAMES: Final = {"count": "counted", "money": "money", "measure": "a measure"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit taken apart: its kind, its name in pint or ISO 4217, and what it is for or of.

    `scale` is what it multiplies by ("million tonnes"), `period` the span of time that a rate is
    for, and `of` any other word behind it.
    """

    kind: Kind
    name: str
    scale: float = 1.0
    period: str | None = None
    of: str | None = None


def in_unit(number: float | None, printed: str, wanted: str) -> float | None:
    """Bring a number from the unit that was printed into another: 190,000 kWh is 190 MWh.

    Nothing is returned where it cannot be: another dimension, another currency. A rate may be
    printed without the span of time that it is for.
    """
    if number is None or printed == wanted:
        return number
    line = _line(printed, wanted)
    return None if line is None else _rounded(number * line[0] + line[1])


def unit_problem(printed: str, wanted: str) -> str | None:
    """Say why numbers in one unit cannot be compared with those in another, or nothing."""
    if printed == wanted or _line(printed, wanted) is not None:
        return None
    ours, theirs = unit_of(printed), unit_of(wanted)
    if ours.kind != theirs.kind:
        return f"{printed} is {_NAMES[ours.kind]}, and {wanted} {_NAMES[theirs.kind]}"
    if ours.kind == "money" and ours.name != theirs.name:
        return f"{printed} is another currency than {wanted}: none is changed into another"
    return f"{printed} measures something else than {wanted}"


@lru_cache(maxsize=1024)
def _line(printed: str, wanted: str) -> tuple[float, float] | None:
    """Give the factor and the offset that lead from one unit to another."""
    one, other = unit_of(printed), unit_of(wanted)
    if not _alike(one, other):
        return None
    factor, offset = 1.0, 0.0
    if one.kind == "measure":
        converted = _converted(one.name, other.name)
        if converted is None:
            return None
        factor, offset = converted
    if one.period is not None and other.period is not None and one.period != other.period:
        spans = _converted(_PINT[other.period], _PINT[one.period])
        factor *= spans[0] if spans is not None else 1.0
    return factor * one.scale / other.scale, offset / other.scale


def _alike(one: Unit, other: Unit) -> bool:
    """Whether two units are of things that can be compared at all."""
    if one.kind != other.kind or (one.kind == "money" and one.name != other.name):
        return False
    if one.kind == "measure" and _group(one.name) != _group(other.name):
        return False
    if one.period is not None and other.period is None and other.of is None:
        return False
    return one.kind == "count" or one.of is None or other.of is None or one.of == other.of


def _group(name: str) -> str:
    """Tell lengths, spans of time and the rest apart without pint, which takes long to load."""
    return "length" if name in _LENGTHS else "time" if name in _DAYS else ""


def _converted(one: str, other: str) -> tuple[float, float] | None:
    """Give the factor and offset between two of pint's units."""
    if one == other:
        return 1.0, 0.0
    if one in _DAYS and other in _DAYS:
        return _DAYS[one] / _DAYS[other], 0.0
    from pint.errors import PintError  # noqa: PLC0415 - loading it takes long

    registry = _registry()
    try:
        zero = registry.Quantity(0.0, one).to(other).magnitude
        unit = registry.Quantity(1.0, one).to(other).magnitude
    except PintError:
        return None
    return float(unit - zero), float(zero)


@cache
def _registry() -> "UnitRegistry[Any]":
    from pint import UnitRegistry  # noqa: PLC0415

    registry: UnitRegistry[Any] = UnitRegistry(autoconvert_offset_to_baseunit=True)
    for definition in _DEFINED:
        registry.define(definition)
    return registry


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """Read a unit as people write it: "TWh", "gallons a year", "£", "shells"."""
    scale, rest = _scaled(text.strip())
    core, behind = _head(rest)
    parts = _PER.split(behind, maxsplit=1)
    of, period = parts[0].strip() or None, _period(parts[1]) if len(parts) > 1 else None
    if len(parts) > 1 and period is None:
        of = " ".join(filter(None, (of, "per", parts[1])))
    if of is not None and _OF_CARBON.fullmatch(of):
        of = "co2"
    if core in _SPREAD:
        core, period = _SPREAD[core]
    code = currency_of(core) or (core if _is_currency(core) else None)
    if code is not None:
        return Unit("money", code, scale, period, of)
    physical = _in_pint(core)
    if physical is not None:
        return Unit("measure", physical, scale, period, of)
    return Unit("count", fold(core), scale, period, of)


def _is_currency(code: str) -> bool:
    """Whether three capitals are the code of one of the rarer currencies."""
    if not _CODE.fullmatch(code):
        return False
    from babel.numbers import list_currencies  # noqa: PLC0415 - a tenth of a second to load

    return code in list_currencies()


_SPREAD: Final = {"bpd": ("barrels", "days")}
"""Units that hold their span of time."""


def _scaled(text: str) -> tuple[float, str]:
    """Take the scale off a unit: "million tonnes", "billions of dollars"."""
    scales = tables_of(("en",)).numbers.scales
    first, _, rest = text.partition(" ")
    scale = scales.get(fold(first))
    if scale is None or not rest:
        return 1.0, text
    return float(scale), rest.removeprefix("of ")


def _head(text: str) -> tuple[str, str]:
    """Give the name of the unit that a text begins with, and what stands behind it."""
    symbol, slash, behind = text.partition("/")
    words = symbol.split()
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = _name(" ".join(words[:size]))
        if name is not None:
            rest = " ".join(words[size:])
            return name, f" {rest}{slash}{behind}" if rest else f"{slash}{behind}"
    return _PER.split(text, maxsplit=1)[0].split(" of ")[0], _tail(text)


def _tail(text: str) -> str:
    """Give what stands behind the thing that is counted: "passengers | a year"."""
    found = _PER.search(text)
    return text[found.start() :] if found else ""


def _name(words: str) -> str | None:
    """Give the readers' name of a unit, or the sign of a currency."""
    if currency_of(words) is not None:
        return words
    if words in SYMBOLS:
        return SYMBOLS[words]
    table = tables_of(UNDERSTOOD).numbers
    first, _, second = fold(words).replace("-", " ").partition(" ")
    if second:
        side = table.units.get(second)
        power = "²" if first in table.squares else "³" if first in table.cubes else None
        if side == "hours" and table.units.get(first) in WATTS:
            return f"{table.units[first]}h"
        return f"{side}{power}" if side and power else None
    return table.units.get(first) or (words if words in _PINT or words in SIGNS else None)


def _period(text: str) -> str | None:
    """Give the span of time that a rate is for."""
    word = fold(text.strip())
    unit = _TIMES.get(word) or tables_of(UNDERSTOOD).numbers.units.get(word)
    return unit if unit in _PINT and unit in _SPANS else None


_SPANS: Final = frozenset("seconds minutes hours days weeks months quarters years decades".split())


def _in_pint(name: str) -> str | None:
    """Give pint's name of a unit that the readers know."""
    if name in _PINT:
        return _PINT[name]
    power = _POWER.fullmatch(name)
    if power is not None and (side := _in_pint(power["side"])) is not None:
        return f"({side}) ** {2 if power['power'] in '²2' else 3}"
    known = name in SYMBOLS.values() or name in tables_of(UNDERSTOOD).numbers.units.values()
    return name if known and currency_of(name) is None else None


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
