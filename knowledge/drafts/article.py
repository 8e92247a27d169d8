"""An article as it is drafted from: what it says of itself, and its numbered paragraphs."""

from dataclasses import dataclass, replace

from knowledge.model import DateBasis, Edtf, ForPeople
from knowledge.records import fingerprint

MAX_BYTES = 5_000_000
"""A long article with its pictures left out is a fiftieth of this."""
NO_TITLE = "[No title printed]"
UNKNOWN_PUBLISHER = "Unknown publisher"

_OPENING_WORDS = 4
"""A paragraph of fewer words ("World", "Breaking news") is no mark of one article."""


class BadArticle(ForPeople):
    """No claims can be drafted from a file; the message says why, for the person."""


@dataclass(frozen=True, slots=True)
class Article:
    """What an article says of itself; what it does not say has a basis that tells so.

    Paragraphs are the lines of its plain text that are not blank: number 1 is the first.
    """

    name: str
    paragraphs: tuple[str, ...]
    title: str | None = None
    title_basis: DateBasis = DateBasis.STATED
    publisher: str | None = None
    publisher_basis: DateBasis = DateBasis.STATED
    published_on: Edtf | None = None
    date_basis: DateBasis = DateBasis.STATED
    date_reason: str | None = None
    url: str | None = None

    def dated(self, day: Edtf) -> "Article":
        """Return the article with the day that somebody knows of it."""
        return replace(self, published_on=day, date_basis=DateBasis.STATED, date_reason=None)

    @property
    def opening(self) -> str:
        """Fingerprint of the first paragraph that tells a copy of this article."""
        long = (text for text in self.paragraphs if len(text.split()) >= _OPENING_WORDS)
        return fingerprint(next(long, self.paragraphs[0]))

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Fingerprints of all paragraphs, in order."""
        return tuple(fingerprint(text) for text in self.paragraphs)
