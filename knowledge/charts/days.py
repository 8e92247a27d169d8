"""Dates in as few letters as a chart has room for: "26 Feb 2024", "~Jul 2025", "2023–2025"."""

from calendar import month_abbr

from knowledge.dates import Edtf, human

_MONTH, _YEAR = 7, 4
_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY = 9, 99


def short(edtf: Edtf) -> str:
    """Write a date with its month in three letters; ~ is about, ? is uncertain."""
    if edtf.is_open:
        return human(edtf)
    about = "~" if edtf.approximate else ""
    doubt = "?" if edtf.uncertain else ""
    return f"{about}{_words(edtf)}{doubt}"


def _words(edtf: Edtf) -> str:
    first, last = edtf.earliest, edtf.latest
    if first.year != last.year:
        decades = last.year - first.year in {_YEARS_OF_A_DECADE, _YEARS_OF_A_CENTURY}
        return f"{first.year}s" if decades and "/" not in edtf.text else f"{first.year}–{last.year}"
    if first == last:
        return f"{first.day} {month_abbr[first.month]} {first.year}"
    if first.month == last.month:
        return f"{month_abbr[first.month]} {first.year}"
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{month_abbr[first.month]}–{month_abbr[last.month]} {first.year}"
