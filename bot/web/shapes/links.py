"""Links from one page to another, which keep the language that was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from commands.text import Addresses

_HERE: Final = Addresses()


@dataclass(frozen=True, slots=True)
class Links:
    """Writes addresses on the site; `language` is empty where none was chosen."""

    language: str = ""

    def home(self) -> str:
        """Link to the start page."""
        return self._kept(_HERE.home())

    def topics(self) -> str:
        """Link to the table of contents."""
        return self._kept(_HERE.topics())

    def topic(self, topic: str) -> str:
        """Link to a topic."""
        return self._kept(_HERE.topic(topic))

    def claim(self, claim: str) -> str:
        """Link to a claim."""
        return self._kept(_HERE.claim(claim))

    def source(self, source: str) -> str:
        """Link to a publication."""
        return self._kept(_HERE.source(source))

    def asserter(self, asserter: str) -> str:
        """Link to an asserter."""
        return self._kept(_HERE.asserter(asserter))

    def to(self, path: str) -> str:
        """Link to any page of the site."""
        return self._kept(path)

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
