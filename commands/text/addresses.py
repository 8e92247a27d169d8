"""Where an answer stands on the web: the address of each view, on the site or wherever it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from knowledge.library import By, Window
from knowledge.reading import country_code, find_countries

_LONGEST = 1500
"""Characters of an address: Discord takes 512 on a button, browsers and proxies 2,000 and more."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Writes addresses below a root such as `https://claims.example`; with none, from `/` on."""

    root: str = ""

    def server(self, place: str) -> "Addresses":
        """Return what writes the addresses of a server's own pages, where it has published them."""
        return Addresses(f"{self.root}/server/{quote(place, safe='')}")

    def home(self) -> str:
        """Return where the site begins."""
        return f"{self.root}/"

    def topics(self) -> str:
        """Return where all topics are listed."""
        return f"{self.root}/topics"

    def topic(self, topic: str, window: Window | None = None) -> str:
        """Return where the figures of a topic stand, in that very window."""
        return self.of("topic", topic, typed(window) if window else {})

    def claim(self, claim: str) -> str:
        """Return where a claim stands for good."""
        return self.of("claim", claim)

    def source(self, source: str) -> str:
        """Return where a publication stands with the claims that it carries."""
        return self.of("source", source)

    def asserter(self, asserter: str) -> str:
        """Return where an asserter stands with what it has asserted."""
        return self.of("asserter", asserter)

    def ask(self, question: str) -> str | None:
        """Return where a question is answered, or nothing where it is too long for an address."""
        return self._short(f"{self.root}/ask?{urlencode({'q': question})}")

    def of(self, kind: str, key: str, query: Mapping[str, str] | None = None) -> str:
        """Return where a record stands, by the name of its kind."""
        tail = f"?{urlencode(query)}" if query else ""
        return f"{self.root}/{kind}/{quote(key, safe='')}{tail}"

    def _short(self, address: str) -> str | None:
        return address if len(address) <= _LONGEST else None


def typed(window: Window) -> dict[str, str]:
    """Write a window as somebody would type it, so that it reads back as the same."""
    parts = {
        "since": window.since and window.since.isoformat(),
        "until": window.until and window.until.isoformat(),
        "known-by": window.known_by and window.known_by.isoformat(),
        "by": window.by and _whose(window.by),
    }
    return {name: value for name, value in parts.items() if value}


def _whose(by: By) -> str:
    """Write one asserter by its id, which never changes, and others by what they are called.

    An id that names a country would be read as the country.
    """
    if by.via or by.sources or len(by.asserters) != 1:
        return by.label
    one = next(iter(by.asserters))
    names_country = country_code(one) or find_countries(one.replace("-", " "))
    return by.label if names_country else one
