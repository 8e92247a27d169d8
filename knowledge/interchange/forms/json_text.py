"""JSON read with care: one value at a time, no key twice, nothing nested past reason."""

import json
import re
from collections import Counter
from collections.abc import Container, Generator, Iterable, Iterator
from dataclasses import dataclass

from knowledge.model import ForPeople
from knowledge.records import MAX_BYTES

MAX_DEPTH = 16
"""Of the value that one record is made of; a claim nests four deep, a ClaimReview seldom eight."""

_TOO_LARGE = f"is larger than {MAX_BYTES:,} characters, no single record is"
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
"""A bracket outside of texts; a text is passed over as a whole."""
_SPACE = re.compile(r"[ \t\r\n]*")


class BadJson(ForPeople):
    """The text is not JSON, or holds what no record can; `at` is the character."""

    def __init__(self, reason: str, at: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


@dataclass(frozen=True, slots=True)
class Element:
    """A value in the outer object or array of a text, and where it stands."""

    name: str
    """Of the field that it is, or that is the array it stands in; empty in an outer array."""
    value: object
    start: int
    end: int
    line: int
    """On which it begins."""
    listed: bool
    """Whether it stands in an array that was taken apart."""


class LineCount:
    """A text, and how many lines of it are behind."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._counted = 0
        self._line = 1

    def at(self, position: int) -> int:
        """Return the line of a position that is not before the last one asked for."""
        self._line += self.text.count("\n", self._counted, position)
        self._counted = position
        return self._line


def elements(text: str, streamed: Container[str]) -> Iterator[Element]:
    """Read the fields of the outer object, or the items of the outer array, one by one.

    A field named in `streamed` that holds an array is taken apart, item by item, so that large
    ones are never in memory as a whole.

    Raises:
        BadJson: the text is not JSON, or neither object nor array.
    """
    lines = LineCount(text)
    at = _skip(text, 0)
    if text.startswith("[", at):
        at = yield from _items(lines, at, "")
    else:
        at = yield from _members(lines, at, streamed)
    if _skip(text, at) != len(text):
        raise BadJson("goes on after its end", at)


def parse(text: str, start: int) -> tuple[object, int]:
    """Read one JSON value from `start` on; return it and where it ends.

    Raises:
        BadJson: it is no JSON, repeats a key, nests too deep, is larger than a record may be or
            holds a number out of bounds.
    """
    _check_size(text, start)
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise BadJson(f"is not JSON: {error.msg}", error.pos) from None
    except BadJson as error:
        raise BadJson(error.reason, start) from None
    except ValueError:
        raise BadJson("has a number with thousands of digits", start) from None
    if end - start > MAX_BYTES:
        raise BadJson(_TOO_LARGE, start)
    return value, end


def line_at(text: str, position: int) -> int:
    """Return the line of a character."""
    return text.count("\n", 0, position) + 1


def children(value: object) -> Iterable[object]:
    """Return what stands inside a value."""
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _members(lines: LineCount, at: int, streamed: Container[str]) -> Generator[Element, None, int]:
    """Go through the fields of an object; return where it ends."""
    text = lines.text
    at = _skip(text, _expect(text, "{", at))
    if text.startswith("}", at):
        return at + 1
    met: set[str] = set()
    while True:
        name, at = parse(text, at)
        if not isinstance(name, str):
            raise BadJson("has a field name that is no text", at)
        if name in met:
            raise BadJson(f"has the field {name} twice", at)
        met.add(name)
        at = _skip(text, _expect(text, ":", _skip(text, at)))
        if name in streamed and text.startswith("[", at):
            at = yield from _items(lines, at, name)
        else:
            value, end = parse(text, at)
            yield Element(name, value, at, end, lines.at(at), listed=False)
            at = end
        at = _skip(text, at)
        if not text.startswith(",", at):
            return _expect(text, "}", at)
        at = _skip(text, at + 1)


def _items(lines: LineCount, at: int, name: str) -> Generator[Element, None, int]:
    """Go through the items of an array; return where it ends."""
    text = lines.text
    at = _skip(text, at + 1)
    if text.startswith("]", at):
        return at + 1
    while True:
        value, end = parse(text, at)
        yield Element(name, value, at, end, lines.at(at), listed=True)
        at = _skip(text, end)
        if not text.startswith(",", at):
            return _expect(text, "]", at)
        at = _skip(text, at + 1)


def _expect(text: str, sign: str, at: int) -> int:
    if not text.startswith(sign, at):
        raise BadJson(f"is not JSON: here a {sign} was expected", at)
    return at + 1


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise BadJson(f"has the field {twice} twice")
    return fields


def _constant(name: str) -> object:
    raise BadJson(f"has {name}, which is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def _check_size(text: str, start: int) -> None:
    """Look for the end of a value before anything is made of it, as far as one may reach."""
    if not text.startswith(("[", "{"), start):
        return
    depth = 0
    for bracket in _BRACKET.finditer(text, start, start + MAX_BYTES):
        if bracket[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise BadJson(f"is nested more than {MAX_DEPTH} deep", start)
        elif bracket[0] in "]}":
            depth -= 1
        if depth == 0:
            return
    if len(text) - start > MAX_BYTES:
        raise BadJson(_TOO_LARGE, start)
