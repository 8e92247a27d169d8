"""The canonical YAML of a record, written several times faster than by libyaml.

With it 100,000 claims are exported in 5 s, without it in 14.5 (CPU, from SQLite to text).
`knowledge.records.dump_record` says what the form is. It spends most of its time on asking
libyaml how each text has to be quoted. Nearly all texts are plain words, for which a few rules
are enough; a record with any other text is left to `dump_record`.
"""

import re
from functools import lru_cache

from knowledge.model import AnyRecord
from knowledge.records import content, dump_record

Fields = dict[str, object]

_WIDTH = 88
"""As in `records.dump_record`, which this has to match."""
_LAST_COMMON = "\uffff"
_CHARACTERS = r"""\w,.;:()#"’‘“”«»–—…%/+=!?&*$@~<>^-"""
_PLAIN_TEXT = re.compile(rf"[^\W_]['{_CHARACTERS}]*(?: ['{_CHARACTERS}]+)*")
_DATE_LIKE = re.compile(r"[0-9.][0-9X~?%./-]*")
_NEEDS_QUOTES = re.compile(r":(?: |$)| #")
_NUMBERED_WORDS = re.compile(r"[0-9][0-9,.]* [^\W\d_][^:]*|[0-9]{1,3}(?:,[0-9]{3})+")
_VALUES = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


class _NeedsCare(Exception):
    """A value for libyaml."""


def write_record(record: AnyRecord) -> str:
    """Write a record exactly as `dump_record` does."""
    pieces: list[str] = []
    try:
        _write_mapping(content(record), "", "", pieces)
    except _NeedsCare:
        return dump_record(record)
    return "".join(pieces)


def _write_mapping(fields: Fields, lead: str, indent: str, pieces: list[str]) -> None:
    """Write fields; `lead` stands before the first one, `indent` before the others."""
    for name, value in fields.items():
        if isinstance(value, dict):
            pieces.append(f"{lead}{name}:\n")
            _write_mapping(value, indent + "  ", indent + "  ", pieces)
        elif isinstance(value, list):
            pieces.append(f"{lead}{name}:\n")
            _write_items(value, indent, pieces)
        else:
            opening = f"{lead}{name}: "
            pieces.append(f"{opening}{_scalar(value, len(opening), indent)}\n")
        lead = indent


def _write_items(values: list[object], indent: str, pieces: list[str]) -> None:
    if not values:
        raise _NeedsCare
    for value in values:
        if isinstance(value, dict):
            _write_mapping(value, f"{indent}- ", indent + "  ", pieces)
        else:
            pieces.append(f"{indent}- {_scalar(value, len(indent) + 2, indent)}\n")


def _scalar(value: object, column: int, indent: str) -> str:
    if isinstance(value, str):
        return _text(value, column, indent)
    if isinstance(value, int):
        return str(value)
    written = repr(value)
    if not isinstance(value, float) or "e" in written:
        raise _NeedsCare
    return written


@lru_cache(maxsize=16_384)
def _text(text: str, column: int, indent: str) -> str:
    if _DATE_LIKE.fullmatch(text):
        return f"'{text}'"
    if not _PLAIN_TEXT.fullmatch(text) or max(text) > _LAST_COMMON or text.lower() in _VALUES:
        raise _NeedsCare
    if _NEEDS_QUOTES.search(text):
        quoted = text.replace("'", "''")
        return f"'{_folded(quoted, column + 1, indent)}'"
    if not text[0].isalpha() and not _NUMBERED_WORDS.fullmatch(text):
        raise _NeedsCare
    return _folded(text, column, indent)


def _folded(text: str, column: int, indent: str) -> str:
    """Break lines as libyaml does: at the first space past the 88th column."""
    if column + len(text) <= _WIDTH:
        return text
    start, lines = 0, []
    while (space := text.find(" ", start + _WIDTH + 1 - column)) >= 0:
        lines.append(text[start:space])
        start, column = space + 1, len(indent) + 2
    lines.append(text[start:])
    return f"\n{indent}  ".join(lines)
