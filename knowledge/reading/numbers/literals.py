"""Values of digits as written: grouping and decimal marks, vulgar fractions, powers of ten."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

VULGAR: Final = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
LONGEST: Final = 40
"""Digits of a number; nobody writes more, and decimals of thousands of digits take long."""
_GROUPED = re.compile(r"\d{1,3}(?:([ '’,.\u00a0\u202f\u2009])\d{3})(?:\1\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}(\.\d+)?")
"""Lakhs and crores are set off by two digits: 12,34,567."""


def read_literal(text: str) -> Decimal | None:
    """Give the value of digits with grouping and decimal marks; None when they are malformed.

    A comma or point before exactly three digits groups ("1,500"; "28.000" only when the last of
    the three is a zero, which nobody writes behind a decimal point); otherwise it is a decimal
    mark ("1,5", "0.333", "14·4"). Three or more parts must be groups of three, or Indian ones.
    """
    if len(text) > LONGEST:
        return None
    fraction = Decimal(0)
    if text[-1] in VULGAR:
        fraction = Decimal(str(unicodedata.numeric(text[-1])))
        text = text[:-1]
    if not text:
        return fraction
    text = text.replace("·", ".") if text.count("·") == 1 else text
    plain = _without_groups(text)
    if plain is None or ("e" in plain and abs(int(plain.partition("e")[2])) > LONGEST * 10):
        return None
    return Decimal(plain) + fraction if fraction else Decimal(plain)


def _without_groups(text: str) -> str | None:
    if text.isdecimal() or "e" in text:
        return text
    if _INDIAN.fullmatch(text):
        return text.replace(",", "")
    match = _GROUPED.match(text)
    rest = text[match.end() :] if match else text
    if match and not rest and _is_grouping(text, match[1]):
        return "".join(c for c in text if c.isdecimal())
    if match and rest[:1] in {".", ","} and rest[0] != match[1] and rest[1:].isdecimal():
        return "".join(c for c in match[0] if c.isdecimal()) + "." + rest[1:]
    whole, _, decimals = text.replace(",", ".").partition(".")
    return f"{whole or 0}.{decimals}" if decimals.isdecimal() and "'" not in whole else None


def _is_grouping(text: str, mark: str) -> bool:
    if text[0] == "0":
        return False
    return mark != "." or text.count(".") > 1 or text[-1] == "0"
