"""Units: of what kind one is, and a number brought from the unit that was printed into another.

Physical units are those of pint; a currency is never changed into another one. Everything else is
a counted thing, under whatever name ("shells", "rounds").
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from pint import UnitRegistry

Kind = Literal["count", "money", "measure"]

_CURRENCIES: Final = {
    "£": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "quid": "GBP",
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "bucks": "USD",
    "€": "EUR", "euro": "EUR", "euros": "EUR",
    "¥": "JPY", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "₽": "RUB", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB",
    "₴": "UAH", "hryvnia": "UAH", "hryvnias": "UAH", "₹": "INR", "rupee": "INR", "rupees": "INR",
    "₩": "KRW", "won": "KRW", "franc": "CHF", "francs": "CHF", "riyal": "QAR", "riyals": "QAR",
}  # fmt: skip
"""ISO 4217 codes of the names that need no country to be understood, in their commonest sense."""
_CODE = re.compile(r"[A-Z]{3}")
_PHYSICAL: Final = frozenset(
    """
    watt_hour joule calorie watt gram metric_ton ton pound ounce liter gallon barrel pint cup
    tablespoon teaspoon meter mile foot inch yard hectare acre second minute hour day week month
    year decade degree_Celsius degree_Fahrenheit kelvin byte bit volt ampere pascal hertz
    """.split()
)
"""Units of pint that stand for what people measure: its rarer ones ("chain", "point", "hand") are
as often counted things."""
_PER = re.compile(r"\s*/\s*|\s+(?:per|a|an|each|every)\s+")
_OF = re.compile(r"\s+(?:of|in|used|at)\b.*", re.DOTALL)
_POWERS: Final = {"square": "**2", "cubic": "**3"}
_RAISED = re.compile(r"([a-zµ]+)(?:\^|\*\*)?([23²³])")
_SPELT: Final = {
    "ton": "tonne",
    "tons": "tonne",
    "tonnes": "tonne",
    "kiloton": "kilotonne",
    "kilotons": "kilotonne",
    "kt": "kilotonne",
    "megaton": "megatonne",
    "megatons": "megatonne",
    "mt": "megatonne",
    "gigatons": "gigatonne",
    "co2eq": "",
    "co2e": "",
}
"""What pint would read otherwise. A ton is taken as metric: whoever writes of tons of anything
means one or the other, and they differ by less than such figures do."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its kind, its name in ISO 4217 or pint, and per what it is ("year", "query")."""

    kind: Kind
    name: str
    per: str = ""


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """Read a unit as people write it: "TWh", "gallons a year", "£", "shells"."""
    head, *rest = _PER.split(text.strip(), maxsplit=1)
    per = rest[0].strip().casefold() if rest else ""
    bare = _OF.sub("", head).strip()
    code = (
        bare if _CODE.fullmatch(bare) and _is_currency(bare) else _CURRENCIES.get(bare.casefold())
    )
    if code:
        return Unit("money", code, per)
    physical = _physical(bare)
    return Unit("measure", physical, per) if physical else Unit("count", bare.casefold(), per)


def in_unit(number: float | None, printed: str, wanted: str) -> float | None:
    """Bring a number from the unit that was printed into another: 190,000 kWh is 190 MWh.

    Nothing is returned where it cannot be: another dimension, another currency.
    """
    ours, theirs = unit_of(printed), unit_of(wanted)
    if number is None or unit_problem(printed, wanted):
        return None
    factor = _factor(ours.name, theirs.name) if ours.kind == "measure" else 1.0
    if ours.per != theirs.per and _is_time(ours.per) and _is_time(theirs.per):
        factor /= _factor(_physical(ours.per), _physical(theirs.per))
    # Twelve digits are more than any figure has, and fewer than a product of floats garbles.
    return number if factor == 1.0 else float(f"{number * factor:.12g}")


def unit_problem(printed: str, wanted: str) -> str | None:
    """Say why numbers in one unit cannot be compared with those in another, or nothing."""
    ours, theirs = unit_of(printed), unit_of(wanted)
    if ours.kind != theirs.kind:
        return f"{printed} is {_NAMES[ours.kind]}, and {wanted} {_NAMES[theirs.kind]}"
    if ours.kind == "money" and ours.name != theirs.name:
        return f"{printed} is another currency than {wanted}: none is changed into another"
    if ours.kind == "measure" and _dimension(ours.name) != _dimension(theirs.name):
        return f"{printed} measures something else than {wanted}"
    return None


_NAMES: Final = {"count": "counted", "money": "money", "measure": "a measure"}


def _is_currency(code: str) -> bool:
    from babel.numbers import list_currencies  # noqa: PLC0415 - a tenth of a second to load

    return code in list_currencies()


@cache
def _registry() -> "UnitRegistry[float]":
    from pint import UnitRegistry  # noqa: PLC0415 - a quarter of a second to load

    return UnitRegistry()


@lru_cache(maxsize=4096)
def _physical(text: str) -> str:
    """Return the name of a physical unit in pint's notation, or nothing where it is none."""
    written = " ".join(_SPELT.get(word.casefold(), word) for word in text.split()).strip()
    power = next((sign for word, sign in _POWERS.items() if written.startswith(f"{word} ")), "")
    written = written.partition(" ")[2] if power else written
    raised = _RAISED.fullmatch(written)
    if raised:
        written, power = raised[1], f"**{raised[2].translate(_DIGITS)}"
    name = written.replace("-", "_").replace(" ", "_")
    if not name.isidentifier() or len(name) > _LONGEST:
        return ""
    return next((f"{one}{power}" for one in (name, name.lower()) if _is_physical(one)), "")


_DIGITS: Final = str.maketrans("²³", "23")
_LONGEST: Final = 30
"""Letters of the longest name of a unit, with room to spare."""


def _is_physical(name: str) -> bool:
    return any(base in _PHYSICAL for _, base, _ in _registry().parse_unit_name(name))


def _is_time(per: str) -> bool:
    return bool(per and _physical(per)) and _dimension(_physical(per)) == "[time]"


def _dimension(name: str) -> str:
    return str(_registry().parse_units(name).dimensionality)


def _factor(ours: str, theirs: str) -> float:
    return float(_registry().convert(1.0, ours, theirs))
