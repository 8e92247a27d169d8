"""Fixed words, numbers and dates in the language of the person who asks; data stay as recorded.

Nearly every function that writes a line of an answer needs the language, and would hand it on to
the next. A context variable carries it instead, as one does the request: `requests.begin` sets it,
once for each interaction, and a picture drawn in a thread inherits it. Outside of a request it is
English.
"""

from contextvars import ContextVar

from commands.text.catalogs import catalog, language_of, translated
from knowledge import wording
from knowledge.contract import FigureView
from knowledge.language import DEFAULT
from knowledge.model import Edtf, Measure

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def speak(locale: str) -> None:
    """Answer the running request in the language of Discord's `locale`, such as `en-US`."""
    _language.set(language_of(locale))


def spoken() -> str:
    """Return the ISO 639 code of the language that is spoken."""
    return _language.get()


def say(text: str, /, **values: object) -> str:
    """Return a fixed text in that language, with `values` in their places."""
    return translated(text, spoken()).format(**values)


def many(one: str, other: str, count: int, /, **values: object) -> str:
    """Return the form of a text that goes with a count, which stands at {count}."""
    text = catalog(spoken()).ngettext(one, other, count)
    return text.format(count=number(count), **values)


def told(text: str) -> str:
    """Return the translation of a text that stands elsewhere, such as a command's description."""
    return translated(text, spoken())


def number(count: int) -> str:
    """Write a count in full: 28,000 or 28.000."""
    if spoken() == DEFAULT:
        return f"{count:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415 - English does without

    return format_decimal(count, locale=spoken())


def country(code: str) -> str:
    """Name a country by its ISO code."""
    return wording.country_name(code, spoken())


def figure(shown: FigureView, measure: Measure | None, *, unit: bool = False) -> str:
    """Write a figure such as "more than 12 million"; a vague one is quoted as it was worded."""
    return wording.figure(shown, measure, unit=unit, language=spoken())


def end(shown: FigureView, value: float, measure: Measure | None) -> str:
    """Write a figure that stands at an end of a range; of an interval, the number at that end."""
    return wording.end(shown, value, measure, language=spoken())


def human(edtf: Edtf, *, governed: bool = False) -> str:
    """Write a date in words, `governed` where it stands behind "since" or "until"."""
    return wording.human(edtf, spoken(), governed=governed)


def short(edtf: Edtf) -> str:
    """Write a date in few letters."""
    return wording.short(edtf, spoken())


def appeared(edtf: Edtf) -> str:
    """Write in few letters when a publication appeared."""
    return wording.appeared(edtf, spoken())
