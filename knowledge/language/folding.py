"""Folding: what a reader does not tell apart is one word, and what nobody sees is none."""

import unicodedata
from functools import cache
from typing import Final

_UNSEEN: Final = (
    (0xAD, 0xAD),
    (0x34F, 0x34F),
    (0x61C, 0x61C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xE0000, 0xE007F),
)
"""First and last of each run of characters that take no room on a screen: Unicode's property
Default_Ignorable_Code_Point, as far as texts in chats hold it."""

INVISIBLE: Final = frozenset(chr(at) for first, last in _UNSEEN for at in range(first, last + 1))
"""Characters that a reader does not see within a word, and that may hide or turn round a text."""

SHAPING: Final = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""Those of them that shape emoji and scripts: joiners and variation selectors."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_DELETED: Final = dict.fromkeys(map(ord, INVISIBLE))


@cache
def is_visible(char: str) -> bool:
    """Whether a character shows by itself: no control, no format, nothing unassigned."""
    return unicodedata.category(char) not in _HIDDEN


def fold(text: str) -> str:
    """Fold what a reader does not tell apart: width, case, accents, invisible characters."""
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKC", text.translate(_DELETED)).casefold()
    if plain.isascii():
        return plain
    parts = (
        letter if "가" <= letter <= "힣" else _bare(letter)
        for letter in unicodedata.normalize("NFC", plain)
    )
    return "".join(parts)


@cache
def _bare(letter: str) -> str:
    """Drop the marks of a Latin letter; elsewhere they make another letter (й, ї)."""
    base = unicodedata.normalize("NFD", letter)
    return base[0] if base[0].isascii() else letter
