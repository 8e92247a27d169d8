"""Read a file that is to be imported: what form it has, whether it is text at all, how much."""

import codecs
from collections.abc import Mapping
from pathlib import PurePath

from knowledge.interchange.draft import (
    ATTACHMENT,
    ImportDraft,
    Limits,
    People,
    Progress,
    Reading,
    Told,
    nobody,
    refused,
)
from knowledge.interchange.forms import FORMS, Form, form_of

_NO_TEXT = (
    (
        b"PK\x03\x04",
        "is a ZIP archive (or an Excel or LibreOffice file): unpack it, or save as CSV",
    ),
    (b"PK\x05\x06", "is an empty ZIP archive"),
    (b"PK\x07\x08", "is a ZIP archive: unpack it first"),
    (b"\x1f\x8b", "is a gzip archive: unpack it first"),
    (b"BZh", "is a bzip2 archive: unpack it first"),
    (b"\xfd7zXZ", "is an xz archive: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is a Zstandard archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive: unpack it first"),
    (b"Rar!", "is a RAR archive: unpack it first"),
    (b"%PDF-", "is a PDF document"),
    (b"\x89PNG", "is a PNG picture"),
    (b"\xff\xd8\xff", "is a JPEG picture"),
    (b"GIF8", "is a GIF picture"),
    (b"SQLite format 3\x00", "is a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "is an old Office document: save it as CSV"),
)
"""How files begin that people take for text, and what they are."""
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFFED = 4096
"""Bytes in which a heading or a first record begins (chosen by eye)."""


def read(  # noqa: PLR0913 - what a person may say about a file, most of it by name
    data: bytes,
    filename: str,
    form: str | None = None,
    *,
    topic: str | None = None,
    columns: Mapping[str, str] | None = None,
    people: People = nobody,
    limits: Limits = ATTACHMENT,
    progress: Progress | None = None,
) -> ImportDraft:
    """Read records from a file; what is wrong with some of them stands in the draft's problems.

    Without a `form`, the ending of the name tells it, or else the text. `topic` is the topic of
    claims whose form names none (ClaimReview). `columns` says of a table of others which column is
    which field of a claim (`parse_map`). `people` finds who is on file under a name: whom others'
    files name so is them. `progress` is called with how much of the file
    is read. Nothing is fetched from anywhere, whatever the file names.

    Raises:
        ImportRefused: the file as a whole cannot be read: too large, no text, or not of a form.
        NoSuchForm: there is no such form.
    """
    text = _as_utf8(data, filename, limits)
    chosen = form_of(form) if form else _form(text, filename)
    draft = ImportDraft(filename, chosen.name)
    if columns and not chosen.mappable:
        forms = ", ".join(form.name for form in FORMS.values() if form.mappable)
        raise refused(filename, f"is {chosen.name}: columns are mapped in {forms} alone")
    told = Told(topic, columns or {}, people)
    chosen.read(text, Reading(draft, limits, progress, told))
    if not draft.entries and not draft.problems:
        raise refused(filename, "holds no records")
    return draft


def _as_utf8(data: bytes, filename: str, limits: Limits) -> bytes:
    """Return the text of a file as UTF-8 without a byte-order mark."""
    if len(data) > limits.size:
        reason = f"has {len(data):,} bytes; at most {limits.size:,} are read"
        raise refused(filename, reason)
    for magic, reason in _NO_TEXT:
        if data.startswith(magic):
            raise refused(filename, reason)
    for mark, encoding in _WIDE:
        if data.startswith(mark):
            data = _narrowed(data, encoding, filename)
    data = data.removeprefix(codecs.BOM_UTF8)
    _check_text(data, filename)
    return data


def _narrowed(data: bytes, encoding: str, filename: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        raise refused(
            filename, f"begins as {encoding.upper()} but is not: save it as UTF-8"
        ) from None


def _check_text(data: bytes, filename: str) -> None:
    if not data.strip():
        raise refused(filename, "is empty")
    if (at := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, at) + 1
        reason = "holds a NUL character: it is no text, or UTF-16 without its mark (save as UTF-8)"
        raise refused(filename, reason, line)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"is not UTF-8 text: byte {data[error.start]:#04x} is none (save it as UTF-8)"
        raise refused(filename, reason, line) from None


def _form(text: bytes, filename: str) -> Form:
    """Tell the form by the name, or by how the text begins."""
    ending = PurePath(filename).suffix.casefold()
    beginning = text[:_SNIFFED].lstrip()
    for form in FORMS.values():
        if ending in form.endings:
            return form
    for form in FORMS.values():
        if form.begins(beginning):
            return form
    endings = ", ".join(each for form in FORMS.values() for each in form.endings)
    raise refused(filename, f"is of no known form: name it with one of {endings}")
