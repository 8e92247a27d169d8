"""Letters of a chart: the fonts, what they can draw, and how wide it will be."""

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii
from matplotlib import get_data_path
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.textpath import text_to_path

from knowledge.language import is_visible

DPI = 100
_POINTS = 72 / DPI
_FONTS = Path(get_data_path()) / "fonts" / "ttf"
_EM = 100
_STACKING = frozenset({"Mn", "Me"})


def drawable(text: str) -> str:
    """Return a text on one line in letters that the font has; others are romanised."""
    composed = unicodedata.normalize("NFC", text)
    visible = (" " if char.isspace() else _visible(char) for char in composed)
    return " ".join("".join(visible).split())


def points(pixels: float) -> float:
    """Return a length in pixels as the points that matplotlib counts in."""
    return pixels * _POINTS


@cache
def font(pixels: int, *, bold: bool = False) -> FontProperties:
    """Return a font that ships with matplotlib, so that every machine draws the same."""
    return FontProperties(fname=_file(bold=bold), size=points(pixels))


def width(text: str, pixels: int, *, bold: bool = False) -> float:
    """Return how many pixels wide a text will be.

    It is the sum of its letters' widths: never too little, for kerning only narrows, and it
    takes a hundredth of the time that laying it out does.
    """
    return sum(_em(char, bold=bold) for char in text) * pixels / _EM


def fitting(text: str, room: float, pixels: int, *, bold: bool = False) -> str:
    """Return as much of a text as fits into so many pixels."""
    if width(text, pixels, bold=bold) <= room:
        return text
    shortest, longest = 0, len(text)
    while shortest < longest:
        middle = (shortest + longest + 1) // 2
        fits = width(f"{text[:middle].rstrip()}…", pixels, bold=bold) <= room
        shortest, longest = (middle, longest) if fits else (shortest, middle - 1)
    return f"{text[:shortest].rstrip()}…"


def lines(text: str, room: float, pixels: int, most: int, *, bold: bool = False) -> list[str]:
    """Break a text into at most so many lines; what is left over ends in "…"."""
    broken: list[str] = []
    words = text.split()
    while words and len(broken) < most:
        taken = len(words)
        if len(broken) < most - 1:
            while taken > 1 and width(" ".join(words[:taken]), pixels, bold=bold) > room:
                taken -= 1
        broken.append(fitting(" ".join(words[:taken]), room, pixels, bold=bold))
        words = words[taken:]
    return broken


def _file(*, bold: bool) -> Path:
    return _FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")


@lru_cache(maxsize=4096)
def _em(char: str, *, bold: bool) -> float:
    """Return the width of a letter in hundredths of its size."""
    across, _, _ = text_to_path.get_text_width_height_descent(
        char, FontProperties(fname=_file(bold=bold), size=_EM), ismath=False
    )
    return float(across)


@lru_cache(maxsize=4096)
def _visible(char: str) -> str:
    if not is_visible(char) or unicodedata.category(char) in _STACKING:
        return ""
    return char if ord(char) in _glyphs() else anyascii(char)


@cache
def _glyphs() -> frozenset[int]:
    """Return the code points that both weights of the font can draw."""
    plain, bold = (FT2Font(str(_file(bold=weight))).get_charmap() for weight in (False, True))
    return frozenset(plain) & frozenset(bold)
