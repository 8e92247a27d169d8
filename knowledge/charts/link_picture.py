"""The picture of a link: one figure, large enough to be read in the small card of a chat."""

from typing import Final

from knowledge.charts.canvas import DARK, Canvas, drawable, fitting, lines, width

# What Facebook and Discord show whole, https://ogp.me images at 1.91 to 1.
WIDTH: Final = 1200
HEIGHT: Final = 630
_MARGIN: Final = 72
_ROOM: Final = WIDTH - 2 * _MARGIN
_SMALL: Final = 36
_SIZES: Final = (104, 84, 66, 52, 44)
"""Sizes of the figure; the first at which it takes no more lines than `_LINES`."""
_LINES: Final = 3
_MOST_LINES: Final = 5
_LEADING: Final = 1.2
"""Lines of the figure at a size, and at the smallest one; how far apart (all chosen by eye)."""
_ACCENT: Final = "#56b4e9"


def draw(topic: str, figure: str, said: str, foot: str) -> bytes:
    """Draw the picture; the same words give the same bytes."""
    canvas = Canvas(WIDTH, HEIGHT)
    kicker = fitting(drawable(topic), _ROOM, _SMALL, bold=True)
    canvas.text((_MARGIN, _MARGIN + _SMALL), kicker, _SMALL, _ACCENT, bold=True)
    size, told = _broken(drawable(figure))
    y = _MARGIN + _SMALL * 2.2
    for line in told:
        y += size * _LEADING
        canvas.text((_MARGIN, y), line, size, DARK.ink, bold=True)
    y += _SMALL * 0.8
    for line in lines(drawable(said), _ROOM, _SMALL, 2):
        y += _SMALL * _LEADING
        canvas.text((_MARGIN, y), line, _SMALL, DARK.quiet)
    last = fitting(drawable(foot), _ROOM, _SMALL)
    canvas.text((_MARGIN, HEIGHT - _MARGIN), last, _SMALL, DARK.quiet)
    return canvas.file("png")


def _broken(words: str) -> tuple[int, list[str]]:
    """Break the figure into lines at the largest size that holds it."""
    for size in _SIZES:
        told = lines(words, _ROOM, size, _LINES, bold=True)
        whole = " ".join(told) == words
        if whole and all(width(line, size, bold=True) <= _ROOM for line in told):
            return size, told
    return _SIZES[-1], lines(words, _ROOM, _SIZES[-1], _MOST_LINES, bold=True)
