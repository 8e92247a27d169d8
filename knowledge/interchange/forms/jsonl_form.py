"""JSON Lines: an object a line, a record of ours, a review of others, or a row by a map."""

import json
from collections.abc import Callable, Iterable, Iterator

from knowledge.interchange.draft import Reading, refused
from knowledge.interchange.foreign import ADVICE, BadMap, Place, Rows, strings
from knowledge.interchange.forms.json_form import Locator, take
from knowledge.interchange.forms.json_text import (
    BadJson,
    Element,
    elements,
    line_at,
    parse,
)
from knowledge.interchange.forms.jsonld_reading import NodeReader
from knowledge.interchange.forms.yaml_form import kind_told_by
from knowledge.model import KINDS, AnyRecord, RecordKind
from knowledge.records import content

Complain = Callable[[BadJson, int], None]

_STRANGE = 20
"""Lines with nothing that is known, after which none is looked for (chosen by eye)."""


def export(records: Iterable[tuple[RecordKind, AnyRecord]]) -> Iterator[str]:
    """Write each record on a line of its own, with its kind."""
    for kind, record in records:
        yield json.dumps({"kind": kind, **content(record)}, ensure_ascii=False) + "\n"


def begins(beginning: bytes) -> bool:
    """Whether a text begins with an object on a line of its own, and another one after it."""
    end = beginning.find(b"\n{")
    return beginning.startswith(b"{") and beginning[:end].rstrip()[-1:] == b"}" and end > 0


def read(data: bytes, reading: Reading) -> None:
    """Read what each line holds; a line that cannot be read is noted, and the next one read.

    Raises:
        ImportRefused: no line holds anything that is known.
    """
    text = data.decode()
    reading.draft.locate = Locator(text)
    if reading.columns:
        read_rows(lambda complain: _lines(text, complain), reading)
        return
    nodes = NodeReader(text, reading)
    strange: list[Element] = []
    for element in _lines(text, lambda error, line: reading.complain(error.reason, line=line)):
        if not (_is_own(element, text, reading) or nodes.take(element)):
            strange.append(element)
        known = reading.draft.entries or reading.draft.wrong or nodes.met
        if not known and len(strange) == _STRANGE:
            break
        while known and strange:
            one = strange.pop(0)
            reading.complain(_told(one), line=one.line)
    if strange:
        raise refused(reading.draft.file, f"{_told(strange[0])}. {ADVICE}", strange[0].line)
    nodes.finish()


def _told(element: Element) -> str:
    if not isinstance(element.value, dict):
        return "holds no object"
    names = ", ".join(list(element.value)[:20]) or "none"
    return f"holds neither a record nor a ClaimReview; its fields are {names}"


def _is_own(element: Element, text: str, reading: Reading) -> bool:
    """Take a record of ours in, if it is one."""
    if not isinstance(element.value, dict):
        return False
    named = element.value.get("kind")
    kind = next((one for one in KINDS if one == named), None)
    fields = {
        name: value for name, value in element.value.items() if kind is None or name != "kind"
    }
    kind = kind or (kind_told_by(fields) if "id" in fields else None)
    if kind is not None:
        take(element, kind, fields, text, reading)
        reading.report(element.end, len(text))
    return kind is not None


def _lines(text: str, complain: Complain) -> Iterator[Element]:
    start = 0
    for number in range(1, text.count("\n") + 2):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        if line.strip():
            try:
                value, _ = _only(line)
            except BadJson as error:
                complain(error, number)
            else:
                yield Element("", value, start, end, number, listed=True)
        start = end + 1


def _only(line: str) -> tuple[object, int]:
    """Read the one value of a line."""
    lead = len(line) - len(line.lstrip(" \t\r"))
    value, end = parse(line, lead)
    if line[end:].strip():
        raise BadJson("goes on after its end: a line holds one object", end)
    return value, end


def read_array(data: bytes, reading: Reading) -> None:
    """Read the objects of a JSON array by a map.

    Raises:
        ImportRefused: the text is no such array, or the map does not fit.
    """
    text = data.decode()
    reading.draft.locate = Locator(text)
    try:
        read_rows(lambda _: elements(text, ()), reading)
    except BadJson as error:
        raise refused(reading.draft.file, error.reason, line_at(text, error.at)) from None


def read_rows(each: Callable[[Complain], Iterator[Element]], reading: Reading) -> None:
    """Read objects as rows: once for the names of their fields, and once more for the rows.

    Raises:
        ImportRefused: the map does not fit.
    """
    names: dict[str, None] = {}
    for element in each(lambda _error, _line: None):
        if element.listed and isinstance(element.value, dict):
            names |= dict.fromkeys(strings(element.value))
    try:
        rows = Rows(reading, list(names))
    except BadMap as error:
        raise refused(reading.draft.file, str(error)) from None
    for element in each(lambda error, line: reading.complain(error.reason, line=line)):
        if element.listed and isinstance(element.value, dict):
            place = Place(element.line, (element.start, element.end))
            rows.take(strings(element.value), place)
        else:
            reading.complain("is no object, as a row of a table is one", line=element.line)
    rows.finish()
