"""What a text on file has to be: something that a reader sees, without control characters."""

import re
from collections.abc import Iterator

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


def text_problems(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Say which texts of a record, or of what is inside it, are empty or hold controls."""
    if isinstance(value, str):
        if found := _CONTROLS.search(value):
            yield path, f"holds a control character (U+{ord(found[0]):04X}): take it out"
        elif is_blank(value):
            yield path, "is empty: there is nothing in it that can be seen"
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from text_problems(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from text_problems(item, (*path, number))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from text_problems(item, (*path, name))
