"""The picture of a link: one figure, large enough to be read in the small card of a chat."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from knowledge.charts.canvas import DARK, Canvas, drawable, fitting, lines, width

# What Facebook and Discord show whole, https://ogp.me images at 1.91 to 1.
WIDTH: Final = 1200
HEIGHT: Final = 630
_MARGIN: Final = 72
_ROOM: Final = WIDTH - 2 * _MARGIN
_SMALL: Final = 36
_SIZES: Final = (104, 84, 66, 52, 44)
"""Sizes of the figure; the first at which it takes no more lines than `_LINES` and has room."""
_LINES: Final = 3
_SAID_LINES: Final = 3
_LEADING: Final = 1.2
"""Lines of the figure, and of who said it when and on what it rests; how far apart (all chosen by
eye)."""
_ACCENT: Final = "#56b4e9"


class Line(NamedTuple):
    """A line of the picture, with the place of its base."""

    y: float
    text: str
    size: int
    colour: str
    bold: bool


def draw(topic: str, figure: str, said: str, foot: str) -> bytes:
    """Draw the picture; the same words give the same bytes."""
    canvas = Canvas(WIDTH, HEIGHT)
    for line in laid(topic, figure, said, foot):
        canvas.text((_MARGIN, line.y), line.text, line.size, line.colour, bold=line.bold)
    return canvas.file("png")


def laid(topic: str, figure: str, said: str, foot: str) -> Iterator[Line]:
    """Place every line, none below the foot."""
    kicker = fitting(drawable(topic), _ROOM, _SMALL, bold=True)
    yield Line(_MARGIN + _SMALL, kicker, _SMALL, _ACCENT, bold=True)
    below = lines(drawable(said), _ROOM, _SMALL, _SAID_LINES)
    y, last = _MARGIN + _SMALL * 1.8, HEIGHT - _MARGIN
    room = last - y - _SMALL * (_LEADING * len(below) + 1.8)
    size, told = _broken(drawable(figure), room)
    for line in told:
        y += size * _LEADING
        yield Line(y, line, size, DARK.ink, bold=True)
    y += _SMALL * 0.8
    for line in below:
        y += _SMALL * _LEADING
        yield Line(y, line, _SMALL, DARK.quiet, bold=False)
    yield Line(last, fitting(drawable(foot), _ROOM, _SMALL), _SMALL, DARK.quiet, bold=False)


def _broken(words: str, room: float) -> tuple[int, list[str]]:
    """Break the figure into lines at the largest size that holds it in so many pixels."""
    for size in _SIZES:
        most = min(_LINES, int(room / (size * _LEADING)))
        told = lines(words, _ROOM, size, most, bold=True)
        whole = " ".join(told) == words
        if whole and all(width(line, size, bold=True) <= _ROOM for line in told):
            return size, told
    size = _SIZES[-1]
    return size, lines(words, _ROOM, size, int(room / (size * _LEADING)), bold=True)
