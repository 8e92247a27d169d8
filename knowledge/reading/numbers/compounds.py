"""Reads a lesser unit on behind a greater one: "5 ft 10 in", "3 dollars 50 cents"."""

from decimal import Decimal
from typing import Final

from knowledge.reading.numbers.numbers import is_whole, read_number
from knowledge.reading.numbers.pieces import Number
from knowledge.reading.numbers.printed_units import Unit, currency_of, unit_behind
from knowledge.reading.tokens import Tokens, word_at

_LESSER: Final = {
    "feet": ("inches", 12),
    "lb": ("ounces", 16),
    "minutes": ("seconds", 60),
    "hours": ("minutes", 60),
    "days": ("hours", 24),
    "weeks": ("days", 7),
    "years": ("months", 12),
    "m": ("cm", 100),
    "kg": ("g", 1000),
}
"""A unit that people name together with the next lesser one → which, and how many make it up."""
_SAME: Final = {"lbs": "lb", "oz": "ounces"}
_CENTS: Final = 100


def with_lesser(tokens: Tokens, number: Number, unit: Unit) -> tuple[Decimal, int]:
    """Give what a lesser unit behind a whole number and its unit adds, and the token behind it.

    It has to be less than one of the greater: "2 hours, 90 minutes" are two spans of time.
    """
    nothing = Decimal(0), unit.next
    i = unit.next
    i = i + 1 if word_at(tokens, i) in {",", *tokens.numbers.ands} else i
    if i >= len(tokens) or not is_whole(number.value) or unit.scale != 1:
        return nothing
    name = _SAME.get(unit.name, unit.name)
    lesser, size = _LESSER.get(name, ("", _CENTS))
    if not lesser and currency_of(unit.name) is None:
        return nothing
    second = read_number(tokens, i)
    if second is None or second.scaled or second.share or not 0 <= second.value < size:
        return nothing
    if lesser == "inches" and tokens.raw(second.next) == "in":
        return second.value / size, second.next + 1
    found = unit_behind(tokens, second)
    if found is None:
        return nothing
    fits = found.scale != 1 if not lesser else _SAME.get(found.name, found.name) == lesser
    return (second.value / size, found.next) if fits else nothing
