"""The catalogs of translations, gettext's `.po` files beside the code, read when the bot starts."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from knowledge.language import DEFAULT, SPOKEN

TRANSLATED: Final = tuple(code for code in SPOKEN if code != DEFAULT)
"""The languages that have a catalog, by their ISO 639 codes; what it lacks stays English."""


@cache
def catalog(language: str) -> NullTranslations:
    """Return the translations into a language; those into English are the texts themselves."""
    return read_catalog("commands", language)


def read_catalog(package: str, language: str) -> NullTranslations:
    """Read the translations into a language that stand in the `locales` of a package.

    The catalogs are not compiled beforehand: there is nothing to build, and nothing to go stale.
    """
    if language not in TRANSLATED:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English does without
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    path = files(package) / "locales" / f"{language}.po"
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translated(text: str, language: str) -> str:
    """Return a text in a language; nothing stays nothing, though a catalog's header goes by it."""
    return catalog(language).gettext(text) if text else text


def language_of(locale: str) -> str:
    """Return the language of a code such as `en-GB`, English where there is no catalog."""
    language = locale.partition("-")[0]
    return language if language in TRANSLATED else DEFAULT
