"""Reads the head and the foot of a plain text: its title, who published it, and when."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.drafts.article import Article
from knowledge.drafts.speech import WORDS, is_outlet
from knowledge.model import DateBasis, Edtf
from knowledge.reading import Bound, DatePhrase, find_date_phrases
from knowledge.records import paragraphs

_PUBLISHED = [re.compile(pattern) for pattern in WORDS.published]
_NOT_A_TITLE = re.compile(WORDS.not_a_title, re.IGNORECASE)
_DATED = re.compile(
    r"^(?:published|posted|updated|date|issued|released)?\s*(?:on|:|at)?\s*", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://\S+")
_HEAD = 5
"""So many paragraphs may stand before a title: a section, a kicker, a note on a reprint."""
_TITLE_WORDS = range(3, 26)
_OUTLET_WORDS = 4
_SENTENCE_WORDS = 16
"""A title that ends with a full stop is shorter than this; longer, it is a first sentence."""
_DATE_LINE = 9
"""A line of so many words that holds a date is a date line; in a longer one it is told of."""
_STATED_BY = "The newest date that it names; it prints none of its own."


def article_of(text: str, name: str, today: date) -> Article:
    """Make an article of a plain text."""
    lines = tuple(paragraphs(text))
    title = _title(lines)
    publisher, basis = _publisher(lines)
    published = _published(lines, today)
    url = next(filter(None, map(_lone_address, lines)), None)
    return Article(
        name=name,
        paragraphs=lines,
        title=title,
        title_basis=DateBasis.STATED if title else DateBasis.UNKNOWN,
        publisher=publisher,
        publisher_basis=basis,
        published_on=published[0],
        date_basis=published[1],
        date_reason=published[2],
        url=url,
    )


def _title(lines: Sequence[str]) -> str | None:
    head = [one for one in lines[:_HEAD] if not _NOT_A_TITLE.search(one)]
    for line, after in zip(head[:3], [*head[1:], ""], strict=False):
        words = len(line.split())
        stops = line.endswith((".", ":", ";"))
        if words not in _TITLE_WORDS or line.endswith(","):
            if words > _TITLE_WORDS[-1]:
                return None
            continue
        short = words < _SENTENCE_WORDS and words < len(after.split())
        return line if short or not stops else None
    return None


def _publisher(lines: Sequence[str]) -> tuple[str | None, DateBasis]:
    edges = [*lines[:_HEAD], *lines[-_HEAD:]]
    for number, pattern in enumerate(_PUBLISHED):
        for line in edges if number else lines:
            if found := pattern.search(line):
                basis = DateBasis.STATED if number < 2 else DateBasis.INFERRED  # noqa: PLR2004 - the first two say so
                return found["who"].strip(" .,'"), basis
    for line in lines[:_HEAD]:
        if (
            len(line.split()) <= _OUTLET_WORDS
            and is_outlet(line)
            and line[:1].isupper()
            and not line.endswith(".")
        ):
            return line, DateBasis.INFERRED
    return None, DateBasis.UNKNOWN


def _lone_address(line: str) -> str | None:
    found = _ADDRESS.search(line)
    rest = len(line) - len(found.group()) if found else 0
    return found.group() if found and rest < 20 else None  # noqa: PLR2004 - a label such as "Address:"


def _published(lines: Sequence[str], today: date) -> tuple[Edtf | None, DateBasis, str | None]:
    """Return the date that a line of its own gives; else the newest that is named, as a bound."""
    for line in (*lines[: _HEAD + 2], *lines[-_HEAD:]):
        for phrase in _own_dates(line, today):
            return Edtf.of_days(phrase.span.start, phrase.span.end), DateBasis.STATED, None
    named = [phrase.span.start for line in lines for phrase in _whole_dates(line, today)]
    newest = max((day for day in named if day <= today), default=None)
    if newest is None:
        return None, DateBasis.UNKNOWN, "No date is printed, and it names none."
    return Edtf.parse(f"{newest:%Y-%m}/.."), DateBasis.INFERRED, _STATED_BY


def _own_dates(line: str, today: date) -> Iterator[DatePhrase]:
    """Yield the dates of a line of its own, or of a dateline ("GENEVA, 3 May 2024 –")."""
    head = re.split(r"\s[-–—]{1,2}\s", line, maxsplit=1)
    if len(line.split()) > _DATE_LINE and len(head) > 1 and head[0][:3].isupper():
        line = head[0]
    if len(line.split()) > _DATE_LINE or line.endswith((".", "?", "!")):
        return
    yield from _whole_dates(line, today)


def _whole_dates(line: str, today: date) -> Iterator[DatePhrase]:
    """Yield the days and months of a line that are printed with their year."""
    for phrase in find_date_phrases(line, today):
        span = phrase.span
        printed = str(span.start.year) in line[phrase.start : phrase.end]
        if printed and phrase.bound is not Bound.VINTAGE and (span.end - span.start).days <= 31:  # noqa: PLR2004 - a month
            yield phrase
