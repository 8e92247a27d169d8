"""Drawing a chart: one row a claim, for a phone in Discord's dark theme.

Lengths are pixels of the picture, which a phone shows at half its width: no letter is smaller
than 14 pixels there.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from knowledge.charts.canvas import (
    DARK,
    LIGHT,
    Canvas,
    Format,
    Segment,
    drawable,
    fitting,
    lines,
    width,
)
from knowledge.charts.plan import ChartPlan, Row
from knowledge.charts.scale import Logarithmic, Scale, label, scale_of

WIDTH: Final = 800
_MARGIN: Final = 24
_ROOM: Final = WIDTH - 2 * _MARGIN
_TEXT: Final = 28
_TITLE: Final = 36
_LEADING: Final = 38
_BASELINE: Final = 29
"""From the top of a line of text to the foot of its letters."""
_MIDDLE: Final = 19
"""From the top of a line of text to the middle of its small letters."""
_ROW: Final = 86
_GAP: Final = 16
_TICK: Final = 14
_ARROW: Final = 50
_WIDEST_WORDS: Final = 350
_LINES_OF_A_TITLE: Final = 2
_LINES_OF_A_NOTE: Final = 3
"""Pixels and lines of the layout: a phone shows a picture of 800 at half its width, where 28 are as
high as the text around it (all chosen by eye)."""

_SHAPES: Final = ("o", "s", "D", "^")
_FADED: Final = 0.5
"""The part of a colour that is left of a retelling (chosen by eye)."""


def draw(plan: ChartPlan, fmt: Format, *, light: bool = False) -> bytes:
    """Draw a chart as PNG or SVG, dark or light; the same plan gives the same bytes."""
    return _Picture(plan, light=light).file(fmt)


def warm_up() -> None:
    """Draw a letter of each font, so that the fonts are loaded."""
    canvas = Canvas(_TEXT, _TEXT)
    for bold in (False, True):
        letter = fitting(drawable("A"), _TEXT, _TEXT, bold=bold)
        canvas.text((0, _BASELINE), letter, _TEXT, DARK.ink, bold=bold)
    canvas.file("png")


class _Picture:
    """The layout of a plan: title, rows, axis, notes, from top to bottom."""

    def __init__(self, plan: ChartPlan, *, light: bool) -> None:
        self.plan = plan
        self.palette = LIGHT if light else DARK
        self.scale: Scale = scale_of(plan.axis, plan.values)
        self.title = lines(drawable(plan.title), _ROOM, _TITLE, _LINES_OF_A_TITLE, bold=True)
        self.subtitle = lines(drawable(self._subtitle()), _ROOM, _TEXT, _LINES_OF_A_NOTE)
        self.notes = [
            line
            for note in self._notes()
            for line in lines(drawable(note), _ROOM, _TEXT, _LINES_OF_A_NOTE)
        ]
        self.top = _MARGIN + _LEADING * (len(self.title) + len(self.subtitle)) + _GAP
        self.bottom = self.top + _ROW * len(plan.rows)
        self.under = self.bottom + _TICK + _LEADING + _GAP
        self.left = _MARGIN + self._gutter() + _GAP + _ARROW
        height = self.under + _LEADING * len(self.notes) + _MARGIN
        self.canvas = Canvas(WIDTH, height, self.palette)

    def file(self, fmt: Format) -> bytes:
        """Draw everything and return the file."""
        under_title = self._lines(_MARGIN, self.title, _TITLE, self.palette.ink, bold=True)
        self._lines(under_title, self.subtitle, _TEXT, self.palette.quiet)
        self._axis()
        for at, row in enumerate(self.plan.rows):
            self._row(row, self.top + at * _ROW)
        self._lines(self.under, self.notes, _TEXT, self.palette.quiet)
        return self.canvas.file(fmt)

    def _subtitle(self) -> str:
        log = "log scale" if isinstance(self.scale, Logarithmic) else ""
        return ", ".join(part for part in (self.plan.subtitle, log) if part)

    def _notes(self) -> Iterator[str]:
        rows = self.plan.rows
        if any(row.assumed for row in rows):
            yield "Hollow: holds only on an assumption"
        if any(row.retold for row in rows):
            yield "Faint: retold, not counted"
        yield from self.plan.denials
        yield from self.plan.left_out
        yield f"Sources as in the answer · revision {self.plan.revision}"

    def _gutter(self) -> float:
        """Return how wide the column of figures is; vague ones may run over the axis."""
        widths = (
            width(drawable(row.words), _TEXT, bold=True) for row in self.plan.rows if row.values
        )
        return min(_WIDEST_WORDS, max(widths, default=0))

    # ------------------------------------------------------------------- rows

    def _row(self, row: Row, y: float) -> None:
        ink, quiet = self._shade(self.palette.ink, row), self._shade(self.palette.quiet, row)
        day = fitting(drawable(row.day), _ROOM / 2, _TEXT)
        self._right(y, day, quiet)
        self._who(row, y, _ROOM - width(day, _TEXT) - _GAP)
        room = _WIDEST_WORDS if row.values else _ROOM
        words = fitting(drawable(row.words), room, _TEXT, bold=True)
        self.canvas.text((_MARGIN, y + _LEADING + _BASELINE), words, _TEXT, ink, bold=True)
        if row.values:
            self._figure(row, y + _LEADING + _MIDDLE)

    def _who(self, row: Row, y: float, room: float) -> None:
        """Name the asserter as fully as there is room for, then the citations."""
        tail = " ".join(["", row.numbers, *row.marks])
        room -= width(tail, _TEXT)
        whole = (drawable(name) for name in row.names)
        name = next((name for name in whole if width(name, _TEXT) <= room), None)
        name = name or fitting(drawable(row.names[-1]), room, _TEXT)
        self.canvas.text((_MARGIN, y + _BASELINE), name, _TEXT, self._shade(self.palette.ink, row))
        at = _MARGIN + width(name, _TEXT), y + _BASELINE
        self.canvas.text(at, tail, _TEXT, self._shade(self.palette.quiet, row))

    def _figure(self, row: Row, y: float) -> None:
        families = self.palette.families
        colour = self._shade(families[row.family % len(families)], row)
        ends = [self._x(value) for value in row.values]
        if row.low is not None and row.high is not None and row.low < row.high:
            self.canvas.bar((ends[0], ends[1]), y, 16, colour, hollow=row.assumed)
            return
        if row.open_end:
            self._arrow(ends[0], y, colour, -1 if row.low is None else 1)
        shape = _SHAPES[row.family // len(families) % len(_SHAPES)]
        self.canvas.mark((ends[0], y), shape, 20, colour, hollow=row.assumed)

    def _arrow(self, x: float, y: float, colour: str, way: int) -> None:
        tip = x + way * (_ARROW - 12)
        self.canvas.lines([((x, y), (tip, y))], colour, 6)
        self.canvas.mark((tip, y), ">" if way > 0 else "<", 14, colour)

    # ------------------------------------------------------------------- axis

    def _axis(self) -> None:
        ticks = self._ticks()
        xs = [self._x(value) for value, _ in ticks]
        guides: list[Segment] = [((x, self.bottom), (x, self.bottom + _TICK)) for x in xs]
        for at, row in enumerate(self.plan.rows):
            if row.values:
                guides += self._guides(self.top + at * _ROW + _LEADING + _MIDDLE, xs)
        self.canvas.lines(guides, self.palette.grid, 2)
        for x, (_, words) in zip(xs, ticks, strict=True):
            foot = x, self.bottom + _TICK + _BASELINE
            self.canvas.text(foot, words, _TEXT, self.palette.quiet, side="center")

    def _guides(self, y: float, xs: Sequence[float]) -> Iterator[Segment]:
        """Draw what leads the eye from a mark to its figure and to the axis."""
        yield (self.left - _ARROW, y), (WIDTH - _MARGIN, y)
        for x in xs:
            yield (x, y - _TICK), (x, y + _TICK)

    def _ticks(self) -> list[tuple[float, str]]:
        """Return the most tick numbers whose labels stand apart, if possible more than one."""
        choices = (
            [(value, label(self.plan.axis, value)) for value in ticks]
            for ticks in self.scale.ticks()
        )
        fitting_ones = [labelled for labelled in choices if labelled and self._apart(labelled)]
        several = (labelled for labelled in fitting_ones if len(labelled) > 1)
        return next(several, fitting_ones[0] if fitting_ones else [])

    def _apart(self, labelled: Sequence[tuple[float, str]]) -> bool:
        places = [(self._x(value), width(words, _TEXT) / 2) for value, words in labelled]
        spans = [(x - half, x + half) for x, half in places]
        inside = spans[0][0] >= _MARGIN and spans[-1][1] <= WIDTH - _GAP / 2
        return inside and all(left[1] + _GAP <= right[0] for left, right in pairwise(spans))

    def _x(self, value: float) -> float:
        right = WIDTH - _MARGIN - _ARROW
        return self.left + (right - self.left) * self.scale.place(value)

    # ------------------------------------------------------------------- text

    def _lines(
        self, y: float, words: Sequence[str], size: int, colour: str, *, bold: bool = False
    ) -> float:
        """Write lines below one another and return where the next one begins."""
        for line in words:
            self.canvas.text((_MARGIN, y + _BASELINE), line, size, colour, bold=bold)
            y += _LEADING
        return y

    def _right(self, y: float, words: str, colour: str) -> None:
        self.canvas.text((WIDTH - _MARGIN, y + _BASELINE), words, _TEXT, colour, side="right")

    def _shade(self, colour: str, row: Row) -> str:
        """Return a colour, halfway to the ground for a retelling."""
        return _mixed(colour, self.palette.ground, _FADED) if row.retold else colour


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()
