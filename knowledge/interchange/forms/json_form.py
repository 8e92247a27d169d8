"""The whole database as one JSON object, every field of every record in it."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from knowledge.interchange.draft import Drafted, Path, Reading, refused
from knowledge.interchange.forms.json_text import (
    BadJson,
    Element,
    children,
    elements,
    line_at,
)
from knowledge.model import KINDS, AnyRecord, RecordKind
from knowledge.records import (
    BadYaml,
    Document,
    RecordErrors,
    full_content,
    read_documents,
    read_record,
)

FORMAT = "claimbot-1"

_LATER = frozenset({"example"})
"""Kinds that came after the format: where there are none, a file is as it always was."""
_KIND_OF: dict[str, RecordKind] = {f"{kind}s": kind for kind in KINDS}


def export(
    records: Iterable[tuple[RecordKind, AnyRecord]], revision: int | None = None
) -> Iterator[str]:
    """Write records as one object with the arrays topics, asserters, sources and claims.

    Where there are examples, with theirs too.

    The records come kind by kind, those that others refer to first. `revision` is the newest of
    the database that they are from.
    """
    yield f'{{"format": {json.dumps(FORMAT)}, "revision": {json.dumps(revision)}'
    missing = list(KINDS)
    for kind, group in groupby(records, key=lambda named: named[0]):
        while missing[0] != kind:
            yield f',\n"{missing.pop(0)}s": []'
        opening = f',\n"{missing.pop(0)}s": [\n'
        for _, record in group:
            yield opening + json.dumps(full_content(record), ensure_ascii=False)
            opening = ",\n"
        yield "\n]"
    for kind in missing:
        if kind not in _LATER:
            yield f',\n"{kind}s": []'
    yield "}\n"


def read(data: bytes, reading: Reading) -> None:
    """Read the records of an exported object one by one.

    Raises:
        ImportRefused: the text as a whole cannot be read.
    """
    text = data.decode()
    reading.draft.locate = Locator(text)
    try:
        for element in elements(text, _KIND_OF):
            if element.listed and element.name in _KIND_OF:
                kind = _KIND_OF[element.name]
                take(element, kind, element.value, text, reading)
                reading.report(element.end, len(text))
            else:
                _check_heading(element)
    except BadJson as error:
        raise refused(reading.draft.file, error.reason, line_at(text, error.at)) from None


def _check_heading(element: Element) -> None:
    if element.name not in {"format", "revision"}:
        what = f"{element.name} as it is" if element.name else "a list"
        arrays = ", ".join(_KIND_OF)
        raise BadJson(
            f"has {what}, where an object with the arrays {arrays} is read", element.start
        )
    if element.name == "format" and element.value != FORMAT:
        reason = f"is of the format {element.value}, where {FORMAT} is read"
        raise BadJson(reason, element.start)


def take(element: Element, kind: RecordKind, value: object, text: str, reading: Reading) -> None:
    """Make a record of a value in an element of a text, and take it in."""
    span = (element.start, element.end)
    try:
        _refuse_booleans(value)
        record = read_record(kind, Document(value, {}), reading.draft.file)
    except BadJson as error:
        reading.complain(error.reason, line=element.line)
    except RecordErrors as errors:
        lines = _lines(text[span[0] : span[1]])
        for found in errors.problems:
            where = element.line - 1 + (lines.line(_path(found.field)) or 1)
            reading.complain(found.reason, found.field, found.record, where)
    else:
        reading.add(Drafted(kind, record, (element.line,), span))


def _refuse_booleans(value: object) -> None:
    """Refuse true and false, which would pass for the numbers 1 and 0."""
    if isinstance(value, bool):
        raise BadJson(f"has the value {str(value).lower()}, which no field takes")
    for item in children(value):
        _refuse_booleans(item)


def _path(field: str) -> Path:
    """Take the name of a field apart: `citations[0].source`."""
    steps = re.findall(r"\[(\d+)\]|([^.\[]+)", field)
    return tuple(int(number) if number else name for number, name in steps)


def _lines(text: str) -> Document:
    """Find the line of each field: nearly every JSON text is YAML as well."""
    try:
        return next(read_documents(text))
    except BadYaml:
        return Document(None, {})


class Locator:
    """Reads a record again to find the line of a field, which is hardly ever asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, entry: Drafted, path: Path) -> int | None:
        """Return the line of a field of an entry, or of what stands around it."""
        start, end = entry.span
        return entry.lines[0] - 1 + (_lines(self._text[start:end]).line(path) or 1)
