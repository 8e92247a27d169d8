"""Links from one page to another, which keep the language that was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from commands.text import Addresses


@dataclass(frozen=True, slots=True)
class Links:
    """Writes addresses on a site; `language` is empty where none was chosen."""

    here: Addresses
    language: str = ""

    def home(self) -> str:
        """Link to the start page."""
        return self._kept(self.here.home())

    def topics(self) -> str:
        """Link to the table of contents."""
        return self._kept(self.here.topics())

    def topic(self, topic: str) -> str:
        """Link to a topic."""
        return self._kept(self.here.topic(topic))

    def claim(self, claim: str) -> str:
        """Link to a claim."""
        return self._kept(self.here.claim(claim))

    def source(self, source: str) -> str:
        """Link to a publication."""
        return self._kept(self.here.source(source))

    def asserter(self, asserter: str) -> str:
        """Link to an asserter."""
        return self._kept(self.here.asserter(asserter))

    def to(self, path: str) -> str:
        """Link to any page of the site, by its path below where the site begins."""
        return self._kept(self.bare(path))

    def kept(self, address: str) -> str:
        """Link to an address that is whole already."""
        return self._kept(address)

    def bare(self, path: str) -> str:
        """Return where a page is that a form is sent to, which names the language itself."""
        return f"{self.here.root}{path}"

    def turned(self, path: str, values: Mapping[str, str], page: int) -> str:
        """Link to another page of what stands on several."""
        return self._kept(f"{path}?{urlencode({**values, 'page': page})}")

    def in_language(self, here: str, language: str) -> str:
        """Link to the same page in another language."""
        return f"{here}{'&' if '?' in here else '?'}{urlencode({'lang': language})}"

    def in_form(self, here: str, form: str, **more: str) -> str:
        """Link to the same page in another form, such as JSON."""
        path, question, query = here.partition("?")
        name = f"{path}index" if path.endswith("/") else path
        extra = urlencode(more)
        tail = "&".join(part for part in (query, extra) if part)
        return f"{name}.{form}{question or '?' if tail else ''}{tail}"

    def _kept(self, address: str) -> str:
        return self.in_language(address, self.language) if self.language else address
