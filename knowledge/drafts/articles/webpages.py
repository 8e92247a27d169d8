"""Reads a web page as an article; no script of it is run, and nothing more is loaded.

trafilatura (Apache-2.0, kept up, 0.5 s to import, hence only here) finds the text and what the
page says of itself. Judged and left out: readability-lxml and newspaper4k (no date, or far more
parts), a browser (it would run scripts).
"""

import re
from datetime import date

from trafilatura import bare_extraction, html2txt
from trafilatura.settings import Document

from knowledge.drafts.article import Article, BadArticle
from knowledge.drafts.articles.texts import article_of
from knowledge.model import BadEdtf, DateBasis, Edtf

_WALL = re.compile(
    r"\b(?:log ?in|sign ?in|subscribe|register|create an account)\b.{0,60}\b(?:to (?:continue|read|"
    r"view|access|keep)|for full access)|subscribers? only|"
    r"already (?:a|have an?) (?:subscriber|account)",
    re.IGNORECASE | re.DOTALL,
)
_PASSWORD = re.compile(rb"<input[^>]{0,300}type=[\"']?password", re.IGNORECASE)
_NEEDS_SCRIPTS = re.compile(r"(?:enable|requires?|turn on|without) java ?script", re.IGNORECASE)
_WALLED_WORDS = 120
"""A page that asks to log in and has fewer words than this shows no article."""


def page_article(data: bytes, name: str, today: date, url: str | None) -> Article:
    """Read a web page as an article.

    Raises:
        BadArticle: it shows none.
    """
    found = bare_extraction(
        data,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = found.text if isinstance(found, Document) and found.text else ""
    _refuse_walls(data, text, name)
    if not isinstance(found, Document):
        raise BadArticle(f"{name} shows no article.")
    plain = article_of(text, name, today)
    published, basis, reason = _published(found, plain)
    title, publisher = found.title or plain.title, found.sitename or found.hostname
    return Article(
        name=name,
        paragraphs=plain.paragraphs,
        title=title,
        title_basis=DateBasis.STATED if title else DateBasis.UNKNOWN,
        publisher=publisher or plain.publisher,
        publisher_basis=DateBasis.STATED if found.sitename else _inferred(publisher),
        published_on=published,
        date_basis=basis,
        date_reason=reason,
        url=url or found.url,
    )


def _inferred(publisher: str | None) -> DateBasis:
    return DateBasis.INFERRED if publisher else DateBasis.UNKNOWN


def _published(found: Document, plain: Article) -> tuple[Edtf | None, DateBasis, str | None]:
    try:
        day = Edtf.parse(found.date) if found.date else None
    except BadEdtf:
        day = None
    if day is not None:
        return day, DateBasis.STATED, None
    return plain.published_on, plain.date_basis, plain.date_reason


def _refuse_walls(data: bytes, text: str, name: str) -> None:
    """Refuse a page that shows its article to others only.

    Raises:
        BadArticle: it does.
    """
    if len(text.split()) >= _WALLED_WORDS:
        return
    shown = " ".join(html2txt(data).split())
    if _WALL.search(shown) or _PASSWORD.search(data):
        raise BadArticle(f"{name} asks to log in or subscribe: the article itself is not there.")
    if _NEEDS_SCRIPTS.search(shown) or (not text.strip() and b"<script" in data.lower()):
        raise BadArticle(f"{name} shows its text by scripts only, which are not run here.")
    if not text.strip():
        raise BadArticle(f"{name} shows no article.")
