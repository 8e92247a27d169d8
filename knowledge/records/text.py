"""One record as text: the YAML that people review, and the JSON that digests are made of."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import yaml

from knowledge.model import AnyRecord, ForPeople

if TYPE_CHECKING or not yaml.__with_libyaml__:
    from yaml import SafeDumper as FastDumper
    from yaml import SafeLoader as Loader
else:
    from yaml import CSafeDumper as FastDumper
    from yaml import CSafeLoader as Loader

Step = str | int
MAX_DEPTH = 8
"""A claim nests four deep; a text that nests deeper than this is no record."""

_WIDTH = 88
"""Columns at which a text folds (chosen by eye; kept, since records are compared byte for byte)."""
_LAST_COMMON = "\uffff"
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_DATE_LIKE = re.compile(r"[0-9.][0-9X~?%./-]*")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
"""Line breaks of YAML 1.1, which only double quotes keep as they are."""
_LARGEST_WRITTEN_OUT = 1e15
"""Beyond 2**53, some 9e15, a float no longer tells whole numbers apart."""
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class BadYaml(ForPeople):
    """The text is not YAML of the plain kind that records are written in."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: mappings, lists, text and None, and the line on which each one stands.

    Scalars stay text, whatever they look like: the model of the record decides what is a
    number, so `2024-02-23`, `2024` and `NO` mean the same with and without quotes.
    """

    data: object
    lines: dict[tuple[Step, ...], int]

    def line(self, path: tuple[Step, ...]) -> int | None:
        """Return the line of a field, or of the nearest thing around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read_documents(text: str) -> Iterator[Document]:
    """Read YAML documents one after the other.

    Tags, anchors, aliases, repeated keys and deep nesting are refused, so that no text can
    build objects or grow beyond its own size.

    Raises:
        BadYaml: the text is not YAML, or not of that plain kind.
    """
    try:
        events: Iterator[yaml.Event] = yaml.parse(text, Loader=Loader)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                lines: dict[tuple[Step, ...], int] = {}
                yield Document(_node(next(events), events, (), lines), lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"is not YAML: {error.problem or error.context}"
        raise BadYaml(reason, mark.line + 1 if mark else None) from None
    except yaml.YAMLError as error:
        raise BadYaml(f"is not YAML: {str(error).splitlines()[0]}") from None


def _node(
    event: yaml.Event,
    events: Iterator[yaml.Event],
    path: tuple[Step, ...],
    lines: dict[tuple[Step, ...], int],
) -> object:
    line = _line(event)
    lines[path] = line
    if len(path) > MAX_DEPTH:
        raise BadYaml(f"is nested more than {MAX_DEPTH} deep", line)
    if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) or event.anchor:
        raise BadYaml("has an anchor or alias (& or *): write the value out", line)
    if event.tag is not None:
        raise BadYaml(f"has a tag ({event.tag}): write the plain value", line)
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0]
        return None if plain and event.value in _NULLS else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, path, lines)
    return _mapping(events, path, lines)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _sequence(
    events: Iterator[yaml.Event], path: tuple[Step, ...], lines: dict[tuple[Step, ...], int]
) -> list[object]:
    items: list[object] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        items.append(_node(event, events, (*path, len(items)), lines))
    return items


def _mapping(
    events: Iterator[yaml.Event], path: tuple[Step, ...], lines: dict[tuple[Step, ...], int]
) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise BadYaml("has a field name that is not a plain word", line)
        if event.value in mapping:
            raise BadYaml(f"has the field {event.value} twice", line)
        mapping[event.value] = None
        mapping[event.value] = _node(next(events), events, (*path, event.value), lines)
        lines[*path, event.value] = line
    return mapping


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "'" if _DATE_LIKE.fullmatch(text) else '"' if _ODD_BREAK.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class _Dumper(yaml.SafeDumper):
    """Quotes what looks like a date, and writes equal values out each time."""

    def ignore_aliases(self, data: object) -> bool:
        """Say that nothing is an alias: the reader takes none."""
        del data
        return True


class _FastDumper(FastDumper):
    """The same through libyaml, which writes emoji and other rare characters as escapes."""

    ignore_aliases = _Dumper.ignore_aliases


for _dumper in (_Dumper, _FastDumper):
    _dumper.add_representer(str, _represent_text)


def dump_record(record: AnyRecord) -> str:
    """Write a record as canonical YAML: one text for one content.

    Fields stand in the order of the model, those at their default are left out, text is
    quoted where YAML needs it or where it looks like a date, and lines fold at 88 columns.
    """
    fields = content(record)
    rare = max(canonical_json(fields)) > _LAST_COMMON
    dumper = _Dumper if rare else _FastDumper
    text: str = yaml.dump(fields, Dumper=dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text


def content(record: AnyRecord) -> dict[str, object]:
    """Return what a record holds as plain JSON values, without fields at their default.

    A field that a later version of a model adds, with a default, so changes no content.
    """
    fields = record.model_dump(mode="json", exclude_defaults=True)
    return {name: _written_out(value) for name, value in fields.items()}


def full_content(record: AnyRecord) -> dict[str, object]:
    """Return what a record holds as plain JSON values, every field of it."""
    fields = record.model_dump(mode="json")
    return {name: _written_out(value) for name, value in fields.items()}


def _written_out(value: object) -> object:
    """Turn whole floats to integers, which people write without a decimal point."""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _LARGEST_WRITTEN_OUT
        return int(value) if whole else value
    if isinstance(value, dict):
        return {key: _written_out(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_written_out(item) for item in value]
    return value


def canonical_json(value: object) -> str:
    """Write JSON values so that equal values give equal text: sorted keys, no spaces."""
    return _CANONICAL.encode(value)


def digest(record: AnyRecord) -> str:
    """Return the SHA-256 of a record's content, in hexadecimal."""
    return sha256(canonical_json(content(record)).encode()).hexdigest()
