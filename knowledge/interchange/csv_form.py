"""A flat table for spreadsheets: a row for each citation of a claim, and one for other records."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import get_args

from knowledge.interchange.draft import Drafted, Path, Reading, refused
from knowledge.model import KINDS, AnyRecord, Citation, Claim, RecordKind
from knowledge.records import Document, RecordErrors, content, read_record

Fields = dict[str, object]
Row = list[str]

_FIGURE = {
    "low": "low",
    "high": "high",
    "value": "value",
    "interval": "interval",
    "relation": "relation",
    "figure_unit": "unit",
    "as_worded": "as_worded",
}
"""Columns of a figure, and the field that each one is."""
_CLAIM = (
    "topic", "asserter", "statement", *_FIGURE, "qualifiers", "modality", "asserted_on", "period",
    "assumption", "origin", "status", "rating", "relations", "note",
)  # fmt: skip
_CITATION = {
    "source": "source",
    "via": "via",
    "paragraph": "paragraph",
    "fingerprint": "fingerprint",
    "cited_as_worded": "as_worded",
}
"""Columns of a citation, and the field that each one is."""
_OTHERS = tuple(
    dict.fromkeys(
        name
        for kind, model in KINDS.items()
        if kind != "claim"
        for name in model.model_fields
        if name not in {"id", *_CLAIM}
    )
)
COLUMNS = ("kind", "id", *_CLAIM, *_CITATION, *_OTHERS)
_TRANSLATIONS = "translations"
_NEEDED: dict[RecordKind, tuple[str, ...]] = {
    "topic": ("title", "measure", "description"),
    "asserter": (),
    "source": ("publisher", "title"),
    "claim": ("topic", "asserter", "statement", "asserted_on", "origin", "source", "paragraph",
              "fingerprint"),
    "example": ("topic", "question"),
}  # fmt: skip
_COLUMNS_OF: dict[RecordKind, frozenset[str]] = {
    kind: frozenset(
        ("kind", "id", *_CLAIM, *_CITATION, _TRANSLATIONS)
        if kind == "claim"
        else model.model_fields
    )
    | {"kind"}
    for kind, model in KINDS.items()
}
_LISTS = frozenset(
    name
    for model in (*KINDS.values(), Citation)
    for name, about in model.model_fields.items()
    if about.default == ()
)
"""Columns that hold several texts, or none."""
_NUMBERS = frozenset({"low", "high", "value", "paragraph"})

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that some spreadsheet would compute, and how one that was neutralised."""
_PART = re.compile(r"((?:[^\\;]|\\.|\\\Z)*)(;|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MOST_COLUMNS = 2 * len(COLUMNS)
_MOST_ROWS = 1_000
"""No claim has so many citations."""
_DELIMITERS = ",;\t"


def export(records: Iterable[tuple[RecordKind, AnyRecord]]) -> Iterator[str]:
    """Write a heading and the rows of each record, for spreadsheets in UTF-8 with its mark."""
    line = _Line()
    yield _BYTE_ORDER_MARK + line.of(COLUMNS)
    for kind, record in records:
        for cells in _rows(kind, record):
            yield line.of([_cell(name, cells.get(name)) for name in COLUMNS])


class _Line:
    """Writes rows of cells as text."""

    def __init__(self) -> None:
        self._text = ""
        self._writer = csv.writer(self)

    def write(self, text: str) -> None:
        self._text = text

    def of(self, cells: Iterable[str]) -> str:
        self._writer.writerow(cells)
        return self._text


def _rows(kind: RecordKind, record: AnyRecord) -> Iterator[Fields]:
    fields: Fields = {"kind": kind, **content(record)}
    if _TRANSLATIONS in fields:
        fields[_TRANSLATIONS] = json.dumps(fields[_TRANSLATIONS], ensure_ascii=False)
    if not isinstance(record, Claim):
        yield fields
        return
    figure, relations = fields.pop("figure", {}), fields.pop("relations", [])
    citations = fields.pop("citations")
    if isinstance(figure, dict):
        fields.update((column, figure.get(field)) for column, field in _FIGURE.items())
    if isinstance(relations, list):
        fields["relations"] = [_relation(link) for link in relations]
    if isinstance(qualifiers := fields.get("qualifiers"), dict):
        fields["qualifiers"] = [f"{dimension}: {value}" for dimension, value in qualifiers.items()]
    if isinstance(citations, list):
        for cited in citations:
            columns = {column: cited.get(field) for column, field in _CITATION.items()}
            yield {**fields, **columns}


def _relation(link: dict[str, str]) -> str:
    topic = link.get("topic")
    return f"{link['kind']} {link['claim']}" if topic is None else f"{link['kind']} topic {topic}"


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    text = "; ".join(map(_escaped, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if name not in _NUMBERS and _FORMULA.match(text) else text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;")


def _parts(text: str) -> list[str]:
    parts = [match[1].strip(" ") for match in _PART.finditer(text)]
    return [_ESCAPED.sub(r"\1", part) for part in parts if part]


def read(data: bytes, reading: Reading) -> None:
    """Read a table whose first row names its columns, in any order.

    Cells are separated by commas, semicolons or tabs. Rows of one claim follow each other; a
    further row of it may leave empty what the first one says.

    Raises:
        ImportRefused: the text is no table, or its columns are not those of records.
    """
    reading.draft.locate = _locate
    table = _Table(data, reading)
    try:
        for rows in table.records():
            _take(rows, table, reading)
    except csv.Error as error:
        reason = f"is no CSV from here on: {error}"
        reading.complain(reason, line=table.line)


def _locate(entry: Drafted, path: Path) -> int | None:
    """Return the line of the row that a field comes from."""
    match path:
        case ("citations", int(number), *_) if number < len(entry.lines):
            return entry.lines[number]
        case _:
            return entry.lines[0]


class _Table:
    """The rows of a table under the names of their columns, record by record."""

    def __init__(self, data: bytes, reading: Reading) -> None:
        self._reading = reading
        self._length = len(data)
        self._stream = io.BytesIO(data)
        lines = io.TextIOWrapper(self._stream, "utf-8", newline="")
        self._rows = csv.reader(lines, delimiter=_delimiter(data), strict=True)
        self.line = 1
        self._columns = self._heading()

    def _heading(self) -> list[str]:
        try:
            columns = [name.strip().casefold() for name in islice(next(self._rows), _MOST_COLUMNS)]
        except (StopIteration, csv.Error) as error:
            reason = f"has no first row that names its columns: {error}".rstrip(": ")
            raise refused(self._reading.draft.file, reason, 1) from None
        self._check(columns)
        return columns

    def _check(self, columns: list[str]) -> None:
        unknown = [name or "(no name)" for name in columns if name not in COLUMNS]
        twice = [name for name, count in Counter(columns).items() if count > 1 and name in COLUMNS]
        needed = ["id"] if "kind" in columns else ["id", *_NEEDED["claim"]]
        missing = [name for name in needed if name not in columns]
        for what, names in (("lacks", missing), ("repeats", twice), ("has unknown", unknown)):
            if names:
                reason = f"{what} columns: {', '.join(names[:20])}; known are {', '.join(COLUMNS)}"
                raise refused(self._reading.draft.file, reason, 1)

    def lacking(self, kind: RecordKind) -> list[str]:
        """Return the columns that a record of this kind needs and the table has not."""
        return [name for name in _NEEDED[kind] if name not in self._columns]

    def records(self) -> Iterator[list[tuple[int, dict[str, str]]]]:
        """Give the rows of one record at a time, each with its line."""
        waiting: list[tuple[int, dict[str, str]]] = []
        for line, cells in self._filled():
            if waiting and _key(waiting[0][1]) != _key(cells):
                yield waiting
                waiting = []
            waiting.append((line, cells))
            if len(waiting) > _MOST_ROWS:
                reason = f"has more than {_MOST_ROWS:,} rows of one id, {_key(cells)[1]}"
                raise refused(self._reading.draft.file, reason, line)
            self._reading.report(self._stream.tell(), self._length)
        if waiting:
            yield waiting

    def _filled(self) -> Iterator[tuple[int, dict[str, str]]]:
        self.line = self._rows.line_num + 1
        for row in self._rows:
            line, self.line = self.line, self._rows.line_num + 1
            if len(row) != len(self._columns) and any(row):
                reason = f"has {len(row)} cells, where {len(self._columns)} columns are named"
                self._reading.complain(reason, line=line)
            elif any(row):
                yield line, dict(zip(self._columns, map(_bare, row), strict=True))


def _delimiter(data: bytes) -> str:
    end = data.find(b"\n")
    heading = data[: end if end >= 0 else len(data)].decode()
    return max(_DELIMITERS, key=heading.count)


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _key(cells: dict[str, str]) -> tuple[str, str]:
    return cells.get("kind", "").strip() or "claim", cells["id"].strip()


def _take(rows: list[tuple[int, dict[str, str]]], table: _Table, reading: Reading) -> None:
    (line, cells), *_ = rows
    named, record = _key(cells)
    kind = next((kind for kind in get_args(RecordKind) if kind == named), None)
    if kind is None:
        kinds = ", ".join(get_args(RecordKind))
        reading.complain(f"{named} is none of {kinds}", "kind", record, line)
    elif lacking := table.lacking(kind):
        reason = f"the table lacks columns that a {kind} needs: {', '.join(lacking)}"
        reading.complain(reason, "", record, line)
    else:
        _make(kind, rows, reading)


def _make(kind: RecordKind, rows: list[tuple[int, dict[str, str]]], reading: Reading) -> None:
    record = rows[0][1]["id"].strip()
    problems = list(_disagreements(kind, rows))
    for line, column, reason in problems:
        reading.complain(reason, column, record, line)
    if problems:
        return
    lines = tuple(line for line, _ in rows)
    try:
        made = read_record(kind, Document(_fields(kind, rows), {}), reading.draft.file)
    except RecordErrors as errors:
        for found in errors.problems:
            number = re.match(r"citations\[(\d+)\]", found.field)
            line = lines[int(number[1])] if number else lines[0]
            reading.complain(found.reason, _column(found.field), record, line)
    else:
        reading.add(Drafted(kind, made, lines))


def _disagreements(
    kind: RecordKind, rows: list[tuple[int, dict[str, str]]]
) -> Iterator[tuple[int, str, str]]:
    """Find cells that no record of this kind has, and further rows that contradict the first."""
    first_line, first = rows[0]
    for line, cells in rows:
        for column, text in cells.items():
            if text and column not in _COLUMNS_OF[kind]:
                yield line, column, f"a {kind} has no such field"
            if line == first_line or column in _CITATION or not text:
                continue
            if text != first[column]:
                yield line, column, f"differs from line {first_line}, which has the same id"
    if kind != "claim" and len(rows) > 1:
        yield rows[1][0], "id", f"the id stands on line {first_line} already"


def _fields(kind: RecordKind, rows: list[tuple[int, dict[str, str]]]) -> Fields:
    cells = rows[0][1]
    fields: Fields = {"id": cells["id"].strip()}
    if kind != "claim":
        given = _given(cells, {name: name for name in KINDS[kind].model_fields})
        return fields | given | _translated(cells)
    plain = {name: name for name in _CLAIM if name not in (*_FIGURE, "relations", "qualifiers")}
    fields |= _given(cells, plain) | _translated(cells)
    figure = _given(cells, _FIGURE)
    if figure:
        fields["figure"] = figure
    fields["qualifiers"] = dict(map(_qualifier, _parts(cells.get("qualifiers", ""))))
    fields["relations"] = [_link(part) for part in _parts(cells.get("relations", ""))]
    fields["citations"] = [_given(row, _CITATION) for _, row in rows]
    return fields


def _translated(cells: dict[str, str]) -> Fields:
    """Read the one column that is JSON; what is none stays text, which no record takes."""
    written = cells.get(_TRANSLATIONS)
    if not written:
        return {}
    try:
        return {_TRANSLATIONS: json.loads(written)}
    except (ValueError, RecursionError):
        return {_TRANSLATIONS: written}


def _given(cells: dict[str, str], columns: dict[str, str]) -> Fields:
    return {
        field: _parts(cells[column]) if column in _LISTS else cells[column]
        for column, field in columns.items()
        if column != "id" and cells.get(column)
    }


def _link(text: str) -> Fields:
    kind, _, target = text.strip().partition(" ")
    what, _, topic = target.partition(" ")
    of_topic = what == "topic" and topic
    return {"kind": kind, "topic": topic} if of_topic else {"kind": kind, "claim": target}


def _qualifier(text: str) -> tuple[str, str]:
    dimension, _, value = text.partition(":")
    return dimension.strip(), value.strip()


def _column(field: str) -> str:
    """Name the column that a field of a record comes from."""
    whole, _, last = field.rpartition(".")
    if whole.startswith("citations"):
        return next((column for column, name in _CITATION.items() if name == last), last)
    if whole == "figure":
        return next((column for column, name in _FIGURE.items() if name == last), last)
    return "qualifiers" if whole == "qualifiers" else field
