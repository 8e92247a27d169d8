"""Drawing a chart: one line a claim, wide enough to be read in a chat without a tap.

Lengths are pixels of the picture, which a phone shows at a third of its width: no letter is smaller
than 9 pixels there, and none of a row smaller than 11.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from propcache.api import cached_property

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

WIDTH: Final = 1200
_MARGIN: Final = 36
_ROOM: Final = WIDTH - 2 * _MARGIN
_TITLE: Final = 46
_TEXT: Final = 34
_SMALL: Final = 28
_SIZES: Final = (_TEXT, 30, _SMALL, 25)
_LEADING: Final = 1.3
"""Lines of a text, in sizes of it."""
_BASELINE: Final = 0.95
"""From the top of a line of text to the foot of its letters."""
_MIDDLE: Final = 0.36
"""From the foot of letters up to the middle of the small ones."""
_ROW: Final = 58
_HEADING: Final = 50
_GAP: Final = 20
_TICK: Final = 12
_ARROW: Final = 44
_TIP: Final = 36
_WIDEST_DAY: Final = 240
_WIDEST_NAME: Final = 390
_LINES_OF_A_TITLE: Final = 2
_LINES_OF_A_NOTE: Final = 2
_LINES_OF_SOURCES: Final = 3
"""Pixels and lines of the layout: a phone shows a picture of 1200 at a third of its width, where 34
are as high as the small print around it (all chosen by eye)."""

_SHAPES: Final = ("o", "s", "D", "^")
_FADED: Final = 0.5
_FAINT: Final = 0.55
"""The part of a colour that is left of a retelling, and of a line across (chosen by eye)."""
Line = tuple[str, int, str, bool]
"""A line of text with its size, its colour, and whether it is bold."""


def draw(plan: ChartPlan, fmt: Format, *, light: bool = False) -> bytes:
    """Draw a chart as PNG or SVG, dark or light; the same plan gives the same bytes."""
    return _Picture(plan, light=light).file(fmt)


def warm_up() -> None:
    """Draw a letter of each font, so that the fonts are loaded."""
    canvas = Canvas(_TEXT, _TEXT)
    for bold in (False, True):
        for letter in "A가":
            canvas.text((0, _TEXT), drawable(letter), _TEXT, DARK.ink, bold=bold)
    canvas.file("png")


class _Picture:
    """The layout of a plan: title, sections of rows, axis, notes, from top to bottom."""

    def __init__(self, plan: ChartPlan, *, light: bool) -> None:
        self.plan = plan
        self.palette = LIGHT if light else DARK
        self.scale: Scale = scale_of(plan.axis, plan.values)
        self.head = [*self._title(), *self._subtitle()]
        self.foot = list(self._notes())
        self.top = _MARGIN + _high(self.head) + _GAP
        headings = sum(_HEADING for section in plan.sections if section.heading)
        self.bottom = self.top + headings + _ROW * len(plan.rows)
        self.under = self.bottom + _TICK + _SMALL * _LEADING + _GAP
        height = round(self.under + _high(self.foot) + _MARGIN)
        self.canvas = Canvas(WIDTH, height, self.palette)

    def file(self, fmt: Format) -> bytes:
        """Draw everything and return the file."""
        self._lines(_MARGIN, self.head)
        self._axis()
        y: float = self.top
        for section in self.plan.sections:
            if section.heading:
                heading = fitting(drawable(section.heading), _ROOM, _SMALL, bold=True)
                foot = y + (_HEADING + _SMALL) / 2
                self._text((_MARGIN, foot), heading, self.palette.quiet, _SMALL, bold=True)
                y += _HEADING
            for row in section.rows:
                self._row(row, y + _ROW / 2)
                y += _ROW
        self._lines(self.under, self.foot)
        return self.canvas.file(fmt)

    # ------------------------------------------------------------------- text

    def _title(self) -> Iterator[Line]:
        for line in lines(drawable(self.plan.title), _ROOM, _TITLE, _LINES_OF_A_TITLE, bold=True):
            yield line, _TITLE, self.palette.ink, True

    def _subtitle(self) -> Iterator[Line]:
        log = self.plan.words.logarithmic if isinstance(self.scale, Logarithmic) else ""
        said = ", ".join(part for part in (self.plan.subtitle, log) if part)
        yield from self._note(said, _LINES_OF_A_NOTE)

    def _notes(self) -> Iterator[Line]:
        """Write who speaks against it, what is left out, and where all of it can be read."""
        plan = self.plan
        for denial in plan.denials:
            yield from self._note(denial, _LINES_OF_A_NOTE)
        said = plan.words.sources.format(sources=" · ".join(plan.sources))
        yield from self._note(said, _LINES_OF_SOURCES)
        revision = plan.words.revision.format(revision=plan.revision)
        yield from self._note(" · ".join((*plan.left_out, revision)), _LINES_OF_A_NOTE)

    def _note(self, words: str, most: int) -> Iterator[Line]:
        for line in lines(drawable(words), _ROOM, _SMALL, most):
            yield line, _SMALL, self.palette.quiet, False

    def _lines(self, y: float, words: Sequence[Line]) -> None:
        """Write lines below one another."""
        for line, size, colour, bold in words:
            self._text((_MARGIN, y + size * _BASELINE), line, colour, size, bold=bold)
            y += size * _LEADING

    def _text(
        self,
        at: tuple[float, float],
        words: str,
        colour: str,
        size: int = _TEXT,
        *,
        bold: bool = False,
    ) -> None:
        self.canvas.text(at, words, size, colour, bold=bold)

    # ------------------------------------------------------------------- rows

    @cached_property
    def _days(self) -> float:
        """How wide the column of days is."""
        return min(_WIDEST_DAY, self._longest_day(self._day_size))

    @cached_property
    def _day_size(self) -> int:
        """The size at which every day fits into its column."""
        fit = (size for size in _SIZES if self._longest_day(size) <= _WIDEST_DAY)
        return next(fit, _SIZES[-1])

    def _longest_day(self, size: int) -> float:
        return max(width(drawable(row.month), size) for row in self.plan.rows)

    @cached_property
    def _names(self) -> float:
        """How wide the column of names is, with the numbers of the sources."""
        whole = (self._who(row) for row in self.plan.rows)
        return max(width(f"{name} {tail}", size) for name, size, tail in whole)

    @property
    def _left(self) -> float:
        """Where the axis begins; an arrow to the left of the first number has room before it."""
        return _MARGIN + self._days + _GAP + self._names + _GAP + _ARROW

    def _row(self, row: Row, y: float) -> None:
        """Write one claim on a line, whose middle is at `y`."""
        foot = y + _TEXT * _MIDDLE
        ink, quiet = self._shade(self.palette.ink, row), self._shade(self.palette.quiet, row)
        day = fitting(drawable(row.month), self._days, self._day_size)
        self._text((_MARGIN, foot), day, quiet, self._day_size)
        name, size, tail = self._who(row)
        x = _MARGIN + self._days + _GAP
        self._text((x, foot), name, ink, size)
        self._text((x + width(f"{name} ", size), foot), tail, quiet, size)
        if row.values:
            self._figure(row, y)
        else:
            words = fitting(drawable(row.label), WIDTH - _MARGIN - self._left, _TEXT)
            self._blank(self._left, y, width(words, _TEXT))
            self._text((self._left, foot), words, ink)

    def _who(self, row: Row) -> tuple[str, int, str]:
        """Name the asserter as fully as there is room for, and the sources behind."""
        tail = " ".join([row.numbers, *row.marks])
        whole = [drawable(name) for name in row.names]
        for size, name in ((size, name) for size in _SIZES for name in whole):
            if width(f"{name} {tail}", size) <= _WIDEST_NAME:
                return name, size, tail
        size = _SIZES[-1]
        return fitting(whole[-1], _WIDEST_NAME - width(f" {tail}", size), size), size, tail

    def _figure(self, row: Row, y: float) -> None:
        """Draw a figure on the axis, and write it beside its mark."""
        families = self.palette.families
        colour = self._shade(families[row.family % len(families)], row)
        ends = [self._x(value) for value in row.values]
        at = ends[-1] if row.middle is None else self._x(row.middle)
        before, behind = min(ends), max(ends)
        if row.open_end:
            before -= _TIP if row.low is None else 0
            behind += _TIP if row.high is None else 0
        self.canvas.lines([((self._left, y), (before, y))], self._faint, 2)
        if before < behind and not row.open_end:
            self.canvas.bar((before, behind), y, 14, colour, hollow=row.assumed)
        if row.open_end:
            self._arrow(ends[0], y, colour, -1 if row.low is None else 1)
        if row.open_end or row.middle is not None or before == behind:
            shape = _SHAPES[row.family // len(families) % len(_SHAPES)]
            self.canvas.mark((at, y), shape, 22, colour, hollow=row.assumed)
        self._label(row, y, before - _GAP, behind + _GAP)

    def _label(self, row: Row, y: float, before: float, behind: float) -> None:
        """Write a figure behind its mark, or before it where there is more room."""
        words = drawable(row.label)
        rooms = (before - self._left + _ARROW, WIDTH - _MARGIN / 2 - behind)
        room = rooms[1] if width(words, _TEXT, bold=True) <= rooms[1] else max(rooms)
        sizes = (size for size in _SIZES if width(words, size, bold=True) <= room)
        size = next(sizes, _SIZES[-1])
        words = fitting(words, room, size, bold=True)
        long = width(words, size, bold=True)
        x = behind if room == rooms[1] else before - long
        self._blank(x, y, long)
        ink = self._shade(self.palette.ink, row)
        self._text((x, y + size * _MIDDLE), words, ink, size, bold=True)

    def _blank(self, x: float, y: float, long: float) -> None:
        """Clear the ground for words, which nothing shall run through."""
        self.canvas.bar((x, x + long), y, _TEXT * 1.1, self.palette.ground)

    def _arrow(self, x: float, y: float, colour: str, way: int) -> None:
        tip = x + way * (_TIP - 12)
        self.canvas.lines([((x, y), (tip, y))], colour, 6)
        self.canvas.mark((tip, y), ">" if way > 0 else "<", 14, colour)

    # ------------------------------------------------------------------- axis

    def _axis(self) -> None:
        ticks = self._ticks()
        xs = [self._x(value) for value, _ in ticks]
        guides: list[Segment] = [((x, self.top), (x, self.bottom + _TICK)) for x in xs]
        self.canvas.lines(guides, self._faint, 2)
        for x, (_, words) in zip(xs, ticks, strict=True):
            foot = x, self.bottom + _TICK + _SMALL
            self.canvas.text(foot, words, _SMALL, self.palette.quiet, side="center")

    def _ticks(self) -> list[tuple[float, str]]:
        """Return the most tick numbers whose labels stand apart, if possible three."""
        choices = (
            [(value, label(self.plan.axis, value, self.plan.words.language)) for value in ticks]
            for ticks in self.scale.ticks()
        )
        fitting_ones = [labelled for labelled in choices if labelled and self._apart(labelled)]
        several = (one for least in (3, 2) for one in fitting_ones if len(one) >= least)
        return next(several, fitting_ones[0] if fitting_ones else [])

    def _apart(self, labelled: Sequence[tuple[float, str]]) -> bool:
        places = [(self._x(value), width(words, _SMALL) / 2) for value, words in labelled]
        spans = [(x - half, x + half) for x, half in places]
        inside = spans[0][0] >= _MARGIN and spans[-1][1] <= WIDTH - _GAP / 2
        return inside and all(left[1] + _GAP <= right[0] for left, right in pairwise(spans))

    def _x(self, value: float) -> float:
        right = WIDTH - _MARGIN - _ARROW
        return self._left + (right - self._left) * self.scale.place(value)

    # ------------------------------------------------------------------ shade

    @cached_property
    def _faint(self) -> str:
        return _mixed(self.palette.grid, self.palette.ground, _FAINT)

    def _shade(self, colour: str, row: Row) -> str:
        """Return a colour, halfway to the ground for a retelling."""
        return _mixed(colour, self.palette.ground, _FADED) if row.retold else colour


def _high(words: Sequence[Line]) -> float:
    """Return how many pixels lines take."""
    return sum(size * _LEADING for _, size, _, _ in words)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()
