"""A flat table for spreadsheets: a row for each citation of a claim, and one for other records."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Self, get_args

from knowledge.interchange.columns import (
    CITATION,
    COLUMNS,
    COLUMNS_OF,
    FIGURE,
    NEEDED,
    NUMBERS,
    TRANSLATIONS,
    Fields,
    column_of,
    escaped,
    fields_of,
)
from knowledge.interchange.draft import Drafted, Path, Reading, refused
from knowledge.interchange.foreign import ADVICE, MOST_CITATIONS, BadMap, Place, Rows
from knowledge.model import AnyRecord, Claim, RecordKind
from knowledge.records import MAX_BYTES, Document, RecordErrors, content, read_record

_QUOTED = re.compile(rb'"(?:[^"]|"")*"')
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that some spreadsheet would compute, and how one that was neutralised."""
_MOST_COLUMNS = 2 * len(COLUMNS)
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
    if TRANSLATIONS in fields:
        fields[TRANSLATIONS] = json.dumps(fields[TRANSLATIONS], ensure_ascii=False)
    if not isinstance(record, Claim):
        yield fields
        return
    figure, relations = fields.pop("figure", {}), fields.pop("relations", [])
    citations = fields.pop("citations")
    if isinstance(figure, dict):
        fields.update((column, figure.get(field)) for column, field in FIGURE.items())
    if isinstance(relations, list):
        fields["relations"] = [_relation(link) for link in relations]
    if isinstance(qualifiers := fields.get("qualifiers"), dict):
        fields["qualifiers"] = [f"{dimension}: {value}" for dimension, value in qualifiers.items()]
    if isinstance(citations, list):
        for cited in citations:
            columns = {column: cited.get(field) for column, field in CITATION.items()}
            yield {**fields, **columns}


def _relation(link: dict[str, str]) -> str:
    topic = link.get("topic")
    return f"{link['kind']} {link['claim']}" if topic is None else f"{link['kind']} topic {topic}"


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    text = "; ".join(map(escaped, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if name not in NUMBERS and _FORMULA.match(text) else text


def read(data: bytes, reading: Reading) -> None:
    """Read a table whose first row names its columns, in any order.

    Cells are separated by commas, semicolons or tabs. Rows of one claim follow each other; a
    further row of it may leave empty what the first one says. Where a person has said which column
    is which field, each row is a claim of its own.

    Raises:
        ImportRefused: the text is no table, or its columns are not those of records.
    """
    reading.draft.locate = _locate
    table = _Table(data, reading)
    if reading.columns:
        _read_mapped(table, reading)
        return
    for rows in table.records():
        _take(rows, table, reading)


def _read_mapped(table: "_Table", reading: Reading) -> None:
    try:
        rows = Rows(reading, table.columns)
    except BadMap as error:
        raise refused(reading.draft.file, str(error), 1) from None
    for line, cells in table.filled():
        rows.take(cells, Place(line))
        table.report()
    rows.finish()


def _locate(entry: Drafted, path: Path) -> int | None:
    """Return the line of the row that a field comes from."""
    match path:
        case ("citations", int(number), *_) if number < len(entry.lines):
            return entry.lines[number]
        case _:
            return entry.lines[0]


class _Lines:
    """The lines of a table, as far as a row may reach: a row is taken apart at one go."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._left = MAX_BYTES

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._left -= len(line)
        if self._left < 0:
            raise csv.Error(f"a row is larger than {MAX_BYTES:,} characters, no record is")
        return line

    def begin_row(self) -> None:
        """Begin to count anew."""
        self._left = MAX_BYTES


class _Table:
    """The rows of a table under the names of their columns, record by record."""

    def __init__(self, data: bytes, reading: Reading) -> None:
        self._reading = reading
        self._length = len(data)
        self._stream = io.BytesIO(data)
        self._lines = _Lines(io.TextIOWrapper(self._stream, "utf-8", newline=""))
        sign = _delimiter(data)
        self._reader = csv.reader(
            self._lines,
            delimiter=sign,
            quoting=csv.QUOTE_NONE if sign == "\t" and _is_bare(data) else csv.QUOTE_MINIMAL,
            strict=True,
        )
        self._rows: Iterator[list[str]] = self._reader
        self.line = 1
        self.spoiled: set[str] = set()
        """Ids of records of which a row could not be read."""
        self.columns = self._heading()

    def _heading(self) -> list[str]:
        try:
            first = next(self._rows)
        except (StopIteration, csv.Error) as error:
            reason = f"has no first row that names its columns: {error}".rstrip(": ")
            raise refused(self._reading.draft.file, reason, 1) from None
        if self._reading.columns:
            return self._mapped_heading(first)
        self.line = self._reader.line_num + 1
        columns = [name.strip().casefold() for name in islice(first, _MOST_COLUMNS)]
        self._check(columns)
        return columns

    def _mapped_heading(self, first: list[str]) -> list[str]:
        """Name the columns as the first row does, or by number where the map does that."""
        names = [name.strip() for name in first]
        mapped = {column for column in self._reading.columns if not column.startswith('"')}
        if all(column.isdecimal() for column in mapped) and not mapped <= {*names}:
            self._rows = chain([first], self._rows)
            return [str(number) for number, _ in enumerate(first, start=1)]
        self.line = self._reader.line_num + 1
        if twice := [name for name, count in Counter(names).items() if count > 1 and name]:
            reason = f"repeats columns: {', '.join(twice[:20])}; number them, as in 3=statement"
            raise refused(self._reading.draft.file, reason, 1)
        return [name or f"(column {number})" for number, name in enumerate(names, start=1)]

    def _check(self, columns: list[str]) -> None:
        unknown = [name or "(no name)" for name in columns if name not in COLUMNS]
        twice = [name for name, count in Counter(columns).items() if count > 1 and name in COLUMNS]
        needed = ["id"] if "kind" in columns else ["id", *NEEDED["claim"]]
        missing = [name for name in needed if name not in columns]
        for names, reason in (
            (missing, f"lacks columns: {', '.join(missing[:20])}"),
            (twice, f"repeats columns: {', '.join(twice[:20])}"),
            (unknown, f"has unknown columns: {', '.join(unknown[:20])}"),
        ):
            if names:
                known = f"Known are {', '.join(COLUMNS)}"
                raise refused(self._reading.draft.file, f"{reason}. {ADVICE} {known}", 1)

    def lacking(self, kind: RecordKind) -> list[str]:
        """Return the columns that a record of this kind needs and the table has not."""
        return [name for name in NEEDED[kind] if name not in self.columns]

    def report(self) -> None:
        """Tell now and then how far the reading is."""
        self._reading.report(self._stream.tell(), self._length)

    def records(self) -> Iterator[list[tuple[int, dict[str, str]]]]:
        """Give the rows of one record at a time, each with its line."""
        waiting: list[tuple[int, dict[str, str]]] = []
        try:
            for line, cells in self.filled():
                if waiting and _key(waiting[0][1]) != _key(cells):
                    yield waiting
                    waiting = []
                waiting.append((line, cells))
                if len(waiting) > MOST_CITATIONS:
                    reason = f"has more than {MOST_CITATIONS:,} rows of one id, {_key(cells)[1]}"
                    raise refused(self._reading.draft.file, reason, line)
                self.report()
        except csv.Error as error:
            reason = f"is no CSV from here on: {error}"
            cut_off = _key(waiting[0][1])[1] if waiting else None
            self._reading.complain(reason, record=cut_off, line=self.line)
            return
        if waiting:
            yield waiting

    def filled(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Give the rows that are not empty and as long as the first, each with its line."""
        for row in self._read():
            line, self.line = self.line, self._reader.line_num + 1
            if len(row) != len(self.columns) and any(row):
                self._spoil(row, line)
            elif any(row):
                yield line, dict(zip(self.columns, map(_bare, row), strict=True))

    def _read(self) -> Iterator[list[str]]:
        """Give the rows; one of a mapped table stands alone, so that a broken one ends nothing."""
        while True:
            self._lines.begin_row()
            try:
                yield next(self._rows)
            except StopIteration:
                return
            except csv.Error as error:
                if not self._reading.columns:
                    raise
                self._reading.complain(f"is no CSV: {error}", line=self.line)
                self.line = self._reader.line_num + 1

    def _spoil(self, row: list[str], line: int) -> None:
        """Refuse a row of another length, and the record that it may belong to."""
        at = self.columns.index("id") if "id" in self.columns else len(row)
        record = row[at].strip() if at < len(row) else None
        if record:
            self.spoiled.add(record)
            self._reading.draft.wrong.add(record)
        reason = f"has {len(row)} cells, where {len(self.columns)} columns are named"
        self._reading.complain(reason, line=line)


def _delimiter(data: bytes) -> str:
    end = data.find(b"\n")
    heading = data[: end if end >= 0 else len(data)].decode()
    return max(_DELIMITERS, key=heading.count)


def _is_bare(data: bytes) -> bool:
    """Whether quotes in a table of tabs are signs like any other: one before a cell stays open.

    Every line is then a row of as many cells as the first.
    """
    lines = data.splitlines()
    tabs = lines[0].count(b"\t")
    return all(line.count(b"\t") == tabs for line in lines if line) and any(
        not _QUOTED.fullmatch(cell)
        for line in lines
        if b'"' in line
        for cell in line.split(b"\t")
        if cell.startswith(b'"')
    )


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _key(cells: dict[str, str]) -> tuple[str, str]:
    return cells.get("kind", "").strip() or "claim", cells["id"].strip()


def _take(rows: list[tuple[int, dict[str, str]]], table: _Table, reading: Reading) -> None:
    (line, cells), *_ = rows
    named, record = _key(cells)
    if record in table.spoiled:
        return
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
        made = read_record(kind, Document(fields_of(kind, rows), {}), reading.draft.file)
    except RecordErrors as errors:
        for found in errors.problems:
            number = re.match(r"citations\[(\d+)\]", found.field)
            line = lines[int(number[1])] if number else lines[0]
            reading.complain(found.reason, column_of(found.field), record, line)
    else:
        reading.add(Drafted(kind, made, lines))


def _disagreements(
    kind: RecordKind, rows: list[tuple[int, dict[str, str]]]
) -> Iterator[tuple[int, str, str]]:
    """Find cells that no record of this kind has, and further rows that contradict the first."""
    first_line, first = rows[0]
    for line, cells in rows:
        for column, text in cells.items():
            if text and column not in COLUMNS_OF[kind]:
                yield line, column, f"a {kind} has no such field"
            if line == first_line or column in CITATION or not text:
                continue
            if text != first[column]:
                yield line, column, f"differs from line {first_line}, which has the same id"
    if kind != "claim" and len(rows) > 1:
        yield rows[1][0], "id", f"the id stands on line {first_line} already"
