"""Reads a PDF as an article: its text layer, line by line, joined into paragraphs.

pypdf (BSD-3, kept up, pure Python, no parts of its own) is read in the process: what a file from
anywhere does wrong is then an exception. Judged and left out: pypdfium2 (a library in C++ that
would read strangers' files), pdfminer.six (15 times the size, for the same text of articles),
PyMuPDF (AGPL).
"""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from time import monotonic

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from knowledge.drafts.article import Article, BadArticle
from knowledge.drafts.articles.texts import article_of
from knowledge.model import DateBasis

_MOST_PAGES = 100
_MOST_SECONDS = 20.0
_FULL_LINE = 0.75
"""A line shorter than this share of the usual one ends its paragraph."""
_PAGE_NUMBER = re.compile(r"(?:page )?\d{1,4}(?: (?:of|/) \d{1,4})?", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[a-z])-$")


def pdf_article(data: bytes, name: str, today: date, url: str | None) -> Article:
    """Read a PDF as an article.

    Raises:
        BadArticle: it is damaged, locked, too long, or has no text.
    """
    lines, title = _lines(data, name)
    if not any(lines):
        raise BadArticle(
            f"{name} holds no text: it is a scan, or a picture. Send the text, or a PDF with text."
        )
    found = article_of("\n".join(_paragraphs(lines)), name, today)
    found = replace(found, url=url or found.url)
    if found.title is None and title:
        return replace(found, title=title, title_basis=DateBasis.STATED)
    return found


def _lines(data: bytes, name: str) -> tuple[list[str], str | None]:
    lines: list[str] = []
    until = monotonic() + _MOST_SECONDS
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BadArticle(f"{name} is locked by a password.")
        if len(reader.pages) > _MOST_PAGES:
            raise BadArticle(f"{name} has {len(reader.pages)} pages: {_MOST_PAGES} at most.")
        for page in reader.pages:
            if monotonic() > until:
                raise BadArticle(f"{name} takes too long to read.")
            lines += [*page.extract_text().splitlines(), ""]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, BadArticle):
            raise
        raise BadArticle(f"{name} is no PDF that can be read: it is damaged.") from error
    return [line.strip() for line in lines], str(title).strip() or None if title else None


def _paragraphs(lines: list[str]) -> list[str]:
    """Join lines into paragraphs: one ends with a blank line, or with a short one that stops."""
    usual = max((len(line) for line in lines), default=0)
    found: list[str] = []
    going = False
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line):
            continue
        if not line:
            going = going and bool(found) and not found[-1].endswith((".", "!", "?", '"', "”", ":"))
            continue
        if going:
            hyphened = _HYPHEN.sub("", found[-1])
            found[-1] = hyphened + line if hyphened != found[-1] else f"{found[-1]} {line}"
        else:
            found.append(line)
        going = len(line) >= _FULL_LINE * usual
    return found
