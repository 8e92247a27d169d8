"""Reads a file as an article: plain text, a web page, or a PDF; anything else is refused."""

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.drafts.article import MAX_BYTES, Article, BadArticle
from knowledge.drafts.articles.texts import article_of

_PAGE = re.compile(rb"<(?:!doctype html|(?:html|head|body|article)[\s>]|p>)", re.IGNORECASE)
_SNIFFED = 4096
_NOT_ARTICLES = ("image/", "audio/", "video/", "font/", "application/zip", "application/x-tar")
_PROGRAMS = frozenset(
    ".py .js .mjs .ts .sh .bash .bat .cmd .ps1 .rb .pl .php .java .c .h .cpp .cs .go .rs .exe .vbs "
    ".lua .sql .css .jar .so .dll".split()
)
_CODE_LINE = re.compile(
    r"[{};]\s*$|^\s*(?:import |from \S+ import|def |function |#!|//|var |const )"
)
_MOST_CODE = 0.3
"""So large a share of lines that end like statements makes a text a program."""
_LONGEST_TEXT = 400_000
"""Characters of a text; the longest magazine article has a quarter of this."""
_LONGEST_PARAGRAPH = 40_000
"""Characters of a paragraph: each figure in it is held against all that is said there, so that one
of 400,000 took minutes. The longest article in one paragraph has fewer (chosen by eye)."""
_SENTENCE = re.compile(r"\w+[^.?!\n]{20,}[.?!]")


def read_article(data: bytes, name: str, today: date, url: str | None = None) -> Article:
    """Read a file as an article.

    Raises:
        BadArticle: it is none, or too large.
    """
    if len(data) > MAX_BYTES:
        raise BadArticle(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: no article is.")
    if not data.strip():
        raise BadArticle(f"{name} is empty.")
    if _is_pdf(data):
        from knowledge.drafts.articles.pdfs import pdf_article  # noqa: PLC0415 - slow to import

        return _checked(pdf_article(data, name, today, url))
    _refuse_others(data, name)
    if _is_page(data):
        from knowledge.drafts.articles.webpages import page_article  # noqa: PLC0415 - slow to import

        return _checked(page_article(data, name, today, url))
    text = _decoded(data, name)
    _refuse_long(text.splitlines(), name)
    _refuse_programs(text, name)
    found = article_of(text, name, today)
    return _checked(replace(found, url=url or found.url))


def is_plain(data: bytes) -> bool:
    """Whether a file would be read as plain text, which takes no reader of strangers' files."""
    return not (_is_pdf(data) or _is_page(data)) or len(data) > MAX_BYTES


def _is_pdf(data: bytes) -> bool:
    return data[:_SNIFFED].lstrip()[:5] == b"%PDF-"


def _is_page(data: bytes) -> bool:
    return _PAGE.search(data[:_SNIFFED]) is not None


def _refuse_others(data: bytes, name: str) -> None:
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    kind = mimetypes.guess_type(name)[0] or ""
    if suffix in _PROGRAMS or data[:2] == b"#!":
        raise BadArticle(f"{name} is a program, not an article. Nothing of it was run.")
    if kind.startswith(_NOT_ARTICLES) or (b"\0" in data[:_SNIFFED] and not _is_utf16(data)):
        raise BadArticle(f"{name} is not text but binary data. Send text, HTML or a PDF.")


def _is_utf16(data: bytes) -> bool:
    return data[:2] in {b"\xff\xfe", b"\xfe\xff"}


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if _is_utf16(data) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadArticle(f"{name} is not text but binary data. Send text, HTML or a PDF.")


def _refuse_programs(text: str, name: str) -> None:
    lines = [line for line in text.splitlines() if line.strip()]
    code = sum(bool(_CODE_LINE.search(line)) for line in lines)
    if code > _MOST_CODE * len(lines):
        raise BadArticle(f"{name} is a program, not an article. Nothing of it was run.")


def _checked(article: Article) -> Article:
    """Refuse what holds no sentence.

    Raises:
        BadArticle: there is none.
    """
    _refuse_long(article.paragraphs, article.name)
    if not any(_SENTENCE.search(text) for text in article.paragraphs):
        raise BadArticle(f"{article.name} holds no sentence that could assert anything.")
    return article


def _refuse_long(paragraphs: Sequence[str], name: str) -> None:
    if sum(map(len, paragraphs)) > _LONGEST_TEXT:
        raise BadArticle(f"{name} is too long: {_LONGEST_TEXT:,} characters at most.")
    if any(len(text) > _LONGEST_PARAGRAPH for text in paragraphs):
        raise BadArticle(
            f"{name} has a paragraph of more than {_LONGEST_PARAGRAPH:,} characters: break it into "
            "lines."
        )
