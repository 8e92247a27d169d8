"""What a text on file has to be: something that a reader sees, without control characters."""

import re
from collections.abc import Iterable

from pydantic import BaseModel

from knowledge.language import INVISIBLE, is_visible

Path = tuple[str | int, ...]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters but tabs and line breaks: no text needs one, and CSV, XML or a terminal
may stumble over it."""
_BLANK = frozenset("\u3164\uffa0\u2800") | INVISIBLE
"""Also what is drawn as nothing: the fillers of Hangul, and a cell of Braille without dots."""


def without_controls(text: str) -> str:
    """Return a text without control characters."""
    return _CONTROLS.sub("", text)


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing of a text."""
    return not any(is_visible(sign) and not sign.isspace() and sign not in _BLANK for sign in text)


def text_problems(record: BaseModel) -> list[tuple[Path, str]]:
    """Say which texts of a record, or of what is inside it, are empty or hold controls."""
    found: list[tuple[Path, str]] = []
    _look_through(record.__dict__.items(), (), found)
    return found


def _look_through(
    items: Iterable[tuple[str | int, object]], path: Path, found: list[tuple[Path, str]]
) -> None:
    """Note what is wrong with texts; tens of thousands of records are gone through at once."""
    for step, value in items:
        if isinstance(value, str):
            if not _is_plain(value) and (reason := _text_problem(value)):
                found.append(((*path, step), reason))
        elif isinstance(value, BaseModel):
            _look_through(value.__dict__.items(), (*path, step), found)
        elif isinstance(value, tuple):
            if value:
                _look_through(enumerate(value), (*path, step), found)
        elif isinstance(value, dict) and value:
            _look_through(value.items(), (*path, step), found)


def _is_plain(text: str) -> bool:
    """Whether nothing can be wrong with a text, as is told at once of most."""
    return text.isascii() and text.isprintable() and text != "" and not text.isspace()


def _text_problem(text: str) -> str | None:
    if found := _CONTROLS.search(text):
        return f"holds a control character (U+{ord(found[0]):04X}): take it out"
    return "is empty: there is nothing in it that can be seen" if is_blank(text) else None
