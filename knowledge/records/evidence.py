"""Evidence: fingerprints of paragraphs, and whether a folder of articles bears the citations out.

The articles are not shipped. Each citation carries the fingerprint of the paragraph that it rests
on, so that anybody who holds a copy of the article can see whether it says what is cited.
"""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from unicodedata import category, normalize

from knowledge.model import Citation, Claim, ForOperators, Source

MAX_BYTES = 2_000_000
"""The longest article is a hundredth of this; larger files are reported, not read."""

_SINGLE_QUOTES = "‘’‚‛′ʼ`"
_DOUBLE_QUOTES = "“”„‟«»"
_DASHES = "‐‑‒–—―−"
_PLAIN = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'")
    | dict.fromkeys(_DOUBLE_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
)
_LINE_END = re.compile(r"\r\n|\r|\n")
_SHOWN_WORDS = 8
"""Words by which a person knows a paragraph again (chosen by eye)."""


def normalise(paragraph: str) -> str:
    """Reduce a paragraph to what a change of copy, font or typesetting leaves as it is.

    In this order: Unicode NFKC; format characters (category Cf, such as zero-width spaces and
    soft hyphens) dropped; the quotes ‘’‚‛′ʼ` become ', “”„‟«» become ", the dashes ‐‑‒–—―−
    become -; runs of white space become one space, none at the ends; full case folding; NFKC.
    """
    text = paragraph
    if not text.isascii():  # else nothing of it is a format character, or written otherwise
        text = "".join(sign for sign in normalize("NFKC", text) if category(sign) != "Cf")
    text = " ".join(text.translate(_PLAIN).split())
    return normalize("NFKC", text.casefold())


def fingerprint(paragraph: str) -> str:
    """Return `sha256:` and the hexadecimal SHA-256 of the normalised paragraph in UTF-8."""
    return f"sha256:{sha256(normalise(paragraph).encode()).hexdigest()}"


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a plain text, its lines that are not blank; [0] is number 1."""
    return [line.strip() for line in _LINE_END.split(text) if line.strip()]


class UnreadableArticleError(ForOperators):
    """A file cannot be read as an article; the message says why."""


class Numbered(NamedTuple):
    """A paragraph for a curator: number from 1, fingerprint, and its first words."""

    number: int
    fingerprint: str
    first_words: str


def fingerprints(path: Path) -> list[Numbered]:
    """Return every paragraph of an article as a citation names it.

    Raises:
        UnreadableArticleError: the file cannot be opened, is too large, or holds no text.
    """
    numbered = enumerate(paragraphs(_read(path)), start=1)
    return [
        Numbered(number, fingerprint(text), " ".join(text.split()[:_SHOWN_WORDS]))
        for number, text in numbered
    ]


class Finding(StrEnum):
    """What became of a cited paragraph."""

    VERIFIED = "verified"
    MOVED = "moved"
    """It stands in the article, word for word, under another number."""
    CHANGED = "changed"
    """The article is there, the paragraph as it was cited is not."""
    MISSING = "missing"
    """No file in the folder is a copy of the article."""


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """One citation held against the folder; `now_at` is the paragraph where a moved one stands."""

    claim: str
    source: str
    paragraph: int
    finding: Finding
    file: str | None = None
    now_at: int | None = None

    def __str__(self) -> str:
        """Say it in one line."""
        where = f"{self.claim}: {self.source}, paragraph {self.paragraph}: {self.finding}"
        if self.now_at is not None:
            return f"{where}, now paragraph {self.now_at} of {self.file}"
        return f"{where} in {self.file}" if self.finding is Finding.CHANGED else where


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """Every citation with its finding, and the files that were of no use."""

    checks: tuple[CitationCheck, ...]
    files: dict[str, str]
    """The file that was taken for each source: source id -> file name."""
    unreadable: dict[str, str]
    """File name -> why it was not read."""
    unrelated: tuple[str, ...]
    """Files that are no copy of any source."""

    @property
    def complete(self) -> bool:
        """Whether every citation is verified."""
        return all(check.finding is Finding.VERIFIED for check in self.checks)

    def counts(self) -> dict[Finding, int]:
        """Count the citations by finding; each finding is there, with 0 if need be."""
        found = Counter(check.finding for check in self.checks)
        return {finding: found[finding] for finding in Finding}


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file of the folder as its fingerprints in order, and where each one stands first."""

    name: str
    stem: str
    prints: list[str]
    first_at: dict[str, int] = field(default_factory=dict)


def verify(sources: Iterable[Source], claims: Iterable[Claim], folder: Path) -> EvidenceReport:
    """Hold every citation against the articles in a folder (not in folders within it).

    A file is a copy of a source when its stem is the source's id, when it holds the source's
    opening paragraph, or when it holds more than half of the paragraphs cited from it; of
    several such files, the one that holds most of them is taken.

    Raises:
        OSError: the folder is not there or cannot be listed.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    copies, unreadable = _read_folder(folder)
    cited = [(claim.id, citation) for claim in claims for citation in claim.citations]
    chosen = _assign(sources, [citation for _, citation in cited], copies)
    taken = {copy.name for copy in chosen.values()}
    return EvidenceReport(
        checks=tuple(_check(claim, citation, chosen) for claim, citation in cited),
        files={source: copy.name for source, copy in chosen.items()},
        unreadable=unreadable,
        unrelated=tuple(copy.name for copy in copies if copy.name not in taken),
    )


def _check(claim: str, citation: Citation, chosen: dict[str, _Copy]) -> CitationCheck:
    copy = chosen.get(citation.source)
    finding, now_at = _find(citation, copy) if copy else (Finding.MISSING, None)
    name = copy.name if copy else None
    return CitationCheck(claim, citation.source, citation.paragraph, finding, name, now_at)


def _find(citation: Citation, copy: _Copy) -> tuple[Finding, int | None]:
    numbered = copy.prints[citation.paragraph - 1 : citation.paragraph]
    if numbered == [citation.fingerprint]:
        return Finding.VERIFIED, None
    elsewhere = copy.first_at.get(citation.fingerprint or "")
    return (Finding.CHANGED, None) if elsewhere is None else (Finding.MOVED, elsewhere)


def _assign(
    sources: Iterable[Source], citations: Iterable[Citation], copies: list[_Copy]
) -> dict[str, _Copy]:
    cited: dict[str, set[str]] = {}
    for citation in citations:
        if citation.fingerprint:
            cited.setdefault(citation.source, set()).add(citation.fingerprint)
    chosen = {}
    for source in sources:
        wanted = cited.get(source.id, set())
        ranked = [(_held(wanted, copy), copy.stem == source.id, copy) for copy in copies]
        fitting = [
            (held, named, copy)
            for held, named, copy in ranked
            if named or source.opening in copy.first_at or 2 * held > len(wanted)
        ]
        if fitting:
            chosen[source.id] = max(fitting, key=lambda one: one[:2])[2]
    return chosen


def _held(wanted: set[str], copy: _Copy) -> int:
    return len(wanted & copy.first_at.keys())


def _read_folder(folder: Path) -> tuple[list[_Copy], dict[str, str]]:
    copies, unreadable = [], {}
    for path in _files(folder):
        try:
            copies.append(_copy(path))
        except UnreadableArticleError as error:
            unreadable[path.name] = str(error)
    return copies, unreadable


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if not path.is_dir())


def _copy(path: Path) -> _Copy:
    prints = [fingerprint(text) for text in paragraphs(_read(path))]
    copy = _Copy(path.name, path.stem, prints)
    for number, one in enumerate(prints, start=1):
        copy.first_at.setdefault(one, number)
    return copy


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            raise UnreadableArticleError("is not a file" if path.exists() else "is not there")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableArticleError(f"is larger than {MAX_BYTES:,} bytes ({size:,})")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableArticleError(f"cannot be read: {error.strerror or error}") from None
    return _decoded(raw)


def _decoded(raw: bytes) -> str:
    marked_utf16 = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if marked_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableArticleError("is not UTF-8 text") from None
    if "\0" in text:
        raise UnreadableArticleError("is not text but binary data")
    return text
