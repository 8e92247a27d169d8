"""The letters and strokes of a chart, in pixels from the upper left corner of its figure."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from anyascii import anyascii
from matplotlib import get_data_path, rcParams
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from knowledge.language import is_visible

DPI = 100
"""As matplotlib's own; with it, a point is 100/72 of a pixel."""
_POINTS = 72 / DPI
_FONTS = Path(get_data_path()) / "fonts" / "ttf"
_KOREAN = "koreanize_matplotlib"
"""The package that brings NanumGothic (SIL Open Font License), for what DejaVu Sans has no letters
of: Hangul, and most of the Chinese and Japanese characters. It is never imported, for that would
change matplotlib's own settings."""
_EM = 100
"""The size at which widths are measured: large enough that none is rounded."""
_STACKING = frozenset({"Mn", "Me"})

Format = Literal["png", "svg"]
Side = Literal["left", "center", "right"]
Segment = tuple[tuple[float, float], tuple[float, float]]
_BEFORE: Final[Mapping[Side, float]] = {"left": 0, "center": 0.5, "right": 1}
"""The part of a text that stands before the place where it is put."""


class Face(Enum):
    """A font that letters are drawn in, as its files are called; the first that has them counts."""

    SANS = "DejaVuSans"
    KOREAN = "NanumGothic"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture: its ground, its letters, and the organisations in turn."""

    ground: str
    ink: str
    quiet: str
    grid: str
    families: tuple[str, ...]


DARK: Final = Palette(
    ground="#313338",  # Discord's dark theme
    ink="#f2f3f5",
    quiet="#b5bac1",
    grid="#4e5058",
    # Okabe and Ito, "Color Universal Design" (2008), without the black and the blue that a dark
    # ground swallows. From the eighth organisation on, another shape tells them apart.
    families=("#e69f00", "#56b4e9", "#f0e442", "#cc79a7", "#009e73", "#d55e00", "#dbdee1"),
)
LIGHT: Final = Palette(
    ground="#ffffff",
    ink="#1b1d21",
    quiet="#565b63",
    grid="#c4c7cc",
    # The same, darkened until each stands 3 to 1 against white (WCAG 2.2, 1.4.11).
    families=("#b06f00", "#0072b2", "#8f7d00", "#b0528a", "#007d5b", "#c45200", "#4e5058"),
)

_EDGE = 5
"""Pixels of an outline, which a phone shows as two and a half (chosen by eye)."""
# Set once for the process, for matplotlib takes them from nowhere else: ids in an SVG are made
# from the salt instead of a random number; fitting letters to the pixel grid takes a third of
# the time of a chart and shows no difference at this size.
rcParams["svg.hashsalt"] = "claimbot"
rcParams["text.hinting"] = "none"


class Canvas:
    """Draws on a figure of so many pixels, which no other thread ever sees."""

    def __init__(self, width: int, height: int, palette: Palette = DARK) -> None:
        self._size = width, height
        self._ground = palette.ground
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=self._ground)
        FigureCanvasAgg(self._figure)
        to_fractions = Affine2D().scale(1 / width, -1 / height).translate(0, 1)
        self._pixels = to_fractions + self._figure.transFigure

    def text(  # noqa: PLR0913 - the place, the words and how they look
        self,
        at: tuple[float, float],
        words: str,
        size: int,
        colour: str,
        *,
        bold: bool = False,
        side: Side = "left",
    ) -> None:
        """Write words as they stand; `side` is the side of them that is at the place."""
        across, height = self._size
        x = at[0] - _BEFORE[side] * width(words, size, bold=bold)
        for face, run in groupby(words, key=_face):
            letters = "".join(run)
            self._figure.text(
                x / across,
                1 - at[1] / height,
                letters,
                color=colour,
                horizontalalignment="left",
                verticalalignment="baseline",
                fontproperties=font(size, bold=bold, face=face),
                parse_math=False,
            )
            x += width(letters, size, bold=bold)

    def lines(self, lines: Sequence[Segment], colour: str, thick: float) -> None:
        """Draw straight lines, each from a place to a place; many at once cost hardly more."""
        self._add(
            LineCollection(lines, colors=colour, linewidths=points(thick), transform=self._pixels)
        )

    def mark(
        self,
        at: tuple[float, float],
        shape: str,
        size: float,
        colour: str,
        *,
        hollow: bool = False,
    ) -> None:
        """Draw a marker of matplotlib's shapes, filled or as an outline."""
        mark = Line2D(
            [at[0]],
            [at[1]],
            marker=shape,
            markersize=points(size),
            markerfacecolor=self._ground if hollow else colour,
            markeredgecolor=colour,
            markeredgewidth=points(_EDGE),
            transform=self._pixels,
        )
        self._add(mark)

    def bar(
        self, xs: tuple[float, float], y: float, thick: float, colour: str, *, hollow: bool = False
    ) -> None:
        """Draw a bar with round ends, filled or as an outline; it is at least a dot."""
        left, right = xs
        bar = FancyBboxPatch(
            (left, y - thick / 2),
            max(right - left, thick),
            thick,
            boxstyle=f"round,pad=0,rounding_size={thick / 2}",
            facecolor=self._ground if hollow else colour,
            edgecolor=colour,
            linewidth=points(_EDGE),
            transform=self._pixels,
        )
        self._add(bar)

    def file(self, fmt: Format) -> bytes:
        """Return what was drawn, the same bytes for the same strokes."""
        buffer = BytesIO()
        if fmt == "svg":
            metadata = {"Date": None, "Creator": None}
            self._figure.savefig(buffer, format="svg", facecolor=self._ground, metadata=metadata)
        else:
            self._figure.savefig(
                buffer,
                format="png",
                dpi=DPI,
                facecolor=self._ground,
                metadata={"Software": None},
                # A hundredth of a second instead of a tenth, for a third more bytes.
                pil_kwargs={"compress_level": 2},
            )
        return buffer.getvalue()

    def _add(self, artist: Artist) -> None:
        artist.set_zorder(1)  # so that what is drawn later lies on top
        self._figure.add_artist(artist)


def drawable(text: str) -> str:
    """Return a text on one line in letters that the fonts have; others are romanised."""
    composed = unicodedata.normalize("NFC", text)
    visible = (" " if char.isspace() else _visible(char) for char in composed)
    return " ".join("".join(visible).split())


def points(pixels: float) -> float:
    """Return a length in pixels as the points that matplotlib counts in."""
    return pixels * _POINTS


@cache
def font(pixels: int, *, bold: bool = False, face: Face = Face.SANS) -> FontProperties:
    """Return a font that is installed with the bot, so that every machine draws the same."""
    return FontProperties(fname=_file(face, bold=bold), size=points(pixels))


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


@cache
def _file(face: Face, *, bold: bool) -> Path:
    if face is Face.SANS:
        return _FONTS / f"{face.value}{'-Bold' if bold else ''}.ttf"
    found = find_spec(_KOREAN)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(_KOREAN)
    return Path(found.origin).parent / "fonts" / f"{face.value}{'Bold' if bold else ''}.ttf"


@lru_cache(maxsize=4096)
def _em(char: str, *, bold: bool) -> float:
    """Return the width of a letter in hundredths of its size."""
    across, _, _ = text_to_path.get_text_width_height_descent(
        char, FontProperties(fname=_file(_face(char), bold=bold), size=_EM), ismath=False
    )
    return float(across)


@lru_cache(maxsize=4096)
def _face(char: str) -> Face:
    """Return the font that a letter is drawn in."""
    found = (face for face in Face if ord(char) in _glyphs(face))
    return next(found, Face.SANS)


@lru_cache(maxsize=4096)
def _visible(char: str) -> str:
    if not is_visible(char) or unicodedata.category(char) in _STACKING:
        return ""
    return char if any(ord(char) in _glyphs(face) for face in Face) else anyascii(char)


@cache
def _glyphs(face: Face) -> frozenset[int]:
    """Return the code points that both weights of a font can draw."""
    plain, bold = (FT2Font(str(_file(face, bold=weight))).get_charmap() for weight in (False, True))
    return frozenset(plain) & frozenset(bold)
