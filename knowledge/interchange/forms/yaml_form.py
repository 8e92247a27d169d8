"""The curated form: one YAML document for each record, as the shipped records are written."""

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from knowledge.interchange.draft import Drafted, Path, Reading
from knowledge.interchange.forms.yaml_text import write_record
from knowledge.model import AnyRecord, RecordKind
from knowledge.records import (
    MAX_BYTES,
    BadYaml,
    Document,
    RecordErrors,
    read_documents,
    read_record,
)

_START = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_NAMED = re.compile(rf"---[ \t]+#[ \t]*({'|'.join(get_args(RecordKind))})[ \t]*\r?$", re.MULTILINE)
_TELLING: tuple[tuple[RecordKind, frozenset[str]], ...] = (
    ("claim", frozenset({"statement", "citations", "asserted_on"})),
    ("source", frozenset({"publisher", "published_on", "date_basis"})),
    ("topic", frozenset({"measure", "description"})),
    ("asserter", frozenset({"person", "role", "organisation"})),
    ("example", frozenset({"question"})),
)
"""Fields that only one kind of record has."""


def export(records: Iterable[tuple[RecordKind, AnyRecord]]) -> Iterator[str]:
    """Write each record in its canonical form under a line `--- # kind`."""
    for kind, record in records:
        yield f"--- # {kind}\n{write_record(record)}"


def read(data: bytes, reading: Reading) -> None:
    """Read documents one by one; each that is wrong is noted, and the next one read.

    A line `---` begins a document in every YAML text, whatever stands before it, so the text can
    be cut there without being read. The comment `# kind` after it is optional.
    """
    reading.draft.locate = _Locator(data)
    line = 1
    for start, end in _spans(data):
        if end - start > MAX_BYTES:
            reading.complain(f"is larger than {MAX_BYTES:,} bytes, no single record is", line=line)
        elif _holds_something(data[start:end]):
            _read_one(data[start:end].decode(), (start, end), line, reading)
        line += data.count(b"\n", start, end)
        reading.report(end, len(data))


def _spans(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _START.finditer(data):
        if match.start() > start:
            yield start, match.start()
        start = match.start()
    yield start, len(data)


def _holds_something(chunk: bytes) -> bool:
    lines = (line.partition(b"#")[0].strip() for line in chunk.removeprefix(b"---").split(b"\n"))
    return any(lines)


def _read_one(text: str, span: tuple[int, int], line: int, reading: Reading) -> None:
    try:
        document = _document(text)
        kind = _kind(text, document)
        record = read_record(kind, document, reading.draft.file)
    except BadYaml as error:
        reading.complain(error.reason, line=line - 1 + (error.line or 1))
    except RecordErrors as errors:
        reading.complain_of(errors, line - 1)
    else:
        reading.add(Drafted(kind, record, (line - 1 + (document.line(()) or 1),), span))


def _document(text: str) -> Document:
    documents = list(read_documents(text))
    if len(documents) != 1:
        raise BadYaml("is not one document: write --- between two records")
    return documents[0]


def _kind(text: str, document: Document) -> RecordKind:
    named = _NAMED.match(text)
    if named:
        return next(kind for kind in get_args(RecordKind) if kind == named[1])
    if isinstance(document.data, dict) and (kind := kind_told_by(document.data)):
        return kind
    kinds = ", ".join(get_args(RecordKind))
    reason = f"does not say what it is: write --- # and one of {kinds} above it"
    raise BadYaml(reason, document.line(()))


def kind_told_by(fields: Iterable[object]) -> RecordKind | None:
    """Tell a kind of record by the names of its fields."""
    named = {*fields}
    return next((kind for kind, telling in _TELLING if not telling.isdisjoint(named)), None)


class _Locator:
    """Reads a record again to find the line of a field, which is hardly ever asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self, entry: Drafted, path: Path) -> int | None:
        start, end = entry.span
        document = _document(self._data[start:end].decode())
        offset = entry.lines[0] - (document.line(()) or 1)
        return offset + (document.line(path) or 1)
