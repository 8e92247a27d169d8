"""Who asserts, as people of each language write it: person, role, organisation and country."""

from functools import lru_cache

from knowledge.language import DEFAULT, wording_of
from knowledge.model import Asserter
from knowledge.reading import country_name as english_name
from knowledge.reading import find_countries


def country_name(code: str, language: str = DEFAULT) -> str:
    """Return the short name of a country; an unknown code stands for itself."""
    if language == DEFAULT:
        return english_name(code)
    return _territory(code, language)


@lru_cache(maxsize=1024)
def _territory(code: str, language: str) -> str:
    from babel import Locale  # noqa: PLC0415 - English does without

    return Locale.parse(language).territories.get(code) or english_name(code)


def asserter_name(asserter: Asserter, language: str = DEFAULT) -> str:
    """Write an asserter as people do: person, role, organisation (country, unless named).

    An office of a country alone is the country's: "Government of Egypt".
    """
    given = asserter.translations.get(language)
    person, role, organisation = (
        (given and getattr(given, part)) or getattr(asserter, part)
        for part in ("person", "role", "organisation")
    )
    parts = [part for part in (person, role, organisation) if part]
    name = ", ".join(parts)
    country = country_name(asserter.country, language) if asserter.country else ""
    if not country or country in name or (given and _names(name, asserter.country)):
        return name
    alone = wording_of(language).names.of_country
    return alone.format(name=name, country=country) if parts == [role] else f"{name} ({country})"


def _names(name: str, code: str | None) -> bool:
    """Whether a name has its country in it, in whatever case."""
    return any(mention.code == code for mention in find_countries(name))
