"""Fixed words of the pages in the reader's language, escaped for HTML; data stay as recorded.

What the chat says too is translated in its catalogs; what only the pages say, in those of
`bot/web/locales`.
"""

from functools import cache
from gettext import NullTranslations

from babel import Locale
from markupsafe import Markup, escape

from commands import text as chat
from knowledge.language import DEFAULT, SPOKEN

LANGUAGES = {code: (Locale(code).get_display_name(code) or code).capitalize() for code in SPOKEN}
"""The languages of the pages, by their codes, as each calls itself."""


@cache
def catalog(language: str) -> NullTranslations:
    """Return the translations of the pages, and behind them those of the chat."""
    own = chat.read_catalog("bot.web", language)
    own.add_fallback(chat.catalog(language))
    return own


def say(text: str, /, **values: object) -> Markup:
    """Return a fixed text in the language that is spoken, with `values` escaped in their places."""
    return _filled(catalog(chat.spoken()).gettext(text), values)


def many(one: str, other: str, count: int, /, **values: object) -> Markup:
    """Return the form of a text that goes with a count, which stands at {count}."""
    text = catalog(chat.spoken()).ngettext(one, other, count)
    return _filled(text, {"count": chat.number(count), **values})


def _filled(text: str, values: dict[str, object]) -> Markup:
    return escape(text).format(**{name: shown(value) for name, value in values.items()})


def shown(value: object) -> object:
    """Take what is invisible, or turns the direction, out of a text that somebody wrote."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else chat.tidy(value)


def language_wanted(header: str) -> str:
    """Return the language of ours that an Accept-Language header likes best, else English."""
    liked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        code, _, quality = part.strip().partition(";q=")
        language = code.partition("-")[0].lower()
        if language in LANGUAGES:
            liked.append((-_quality(quality), place, language))
    return min(liked)[2] if liked else DEFAULT


def _quality(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text))) if text else 1.0
    except ValueError:
        return 0.0
