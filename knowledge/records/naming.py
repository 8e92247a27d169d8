"""Ids out of names: readable, in Latin letters, and not taken."""

from collections.abc import Callable, Iterable
from hashlib import blake2s

from anyascii import anyascii

_LONGEST_ID = 80
"""What the model takes of an id."""
_SUFFIX_BYTES = 3
"""Sixteen million marks: two of a thousand servers share one at odds of 3 %, and then number on."""


def slug(text: str) -> str:
    """Write a text as an id: lower-case letters and digits joined by hyphens."""
    latin = "".join(one if one.isalnum() else " " for one in anyascii(text).casefold())
    return "-".join(latin.split())


def new_id(words: Iterable[str], taken: Callable[[str], bool], place: str | None = None) -> str:
    """Make a readable id that nothing has.

    In a workspace it ends with a mark of the workspace, so that no two places meet.
    """
    mark = ""
    if place is not None:
        mark = "-" + blake2s(place.encode(), digest_size=_SUFFIX_BYTES).hexdigest()
    stem = slug(" ".join(words))[: _LONGEST_ID - len(mark) - 4].strip("-") or "record"
    found, number = stem + mark, 1
    while taken(found):
        number += 1
        found = f"{stem}-{number}{mark}"
    return found
