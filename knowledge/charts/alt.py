"""The alt text of a chart: the same content in words, within Discord's limit."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.charts.plan import ChartPlan, Row
from knowledge.language import is_visible

LONGEST = 1024
"""Characters that Discord takes as the description of an attachment."""
_LONGEST_TITLE = 150
"""Characters of a title and of a subtitle, so that the figures keep two thirds (chosen by eye)."""


@dataclass(frozen=True, slots=True)
class _Detail:
    """How much there is room for: assumptions whole or only marked, letters a name, a denial."""

    conditions: bool
    name: int
    denial: int


_DETAILS = (
    _Detail(conditions=True, name=80, denial=400),
    _Detail(conditions=True, name=40, denial=400),
    _Detail(conditions=False, name=80, denial=400),
    *(_Detail(conditions=False, name=name, denial=200) for name in (40, 34, 30, 27, 24)),
    _Detail(conditions=False, name=20, denial=120),
)


def alt_text(plan: ChartPlan, *, logarithmic: bool) -> str:
    """Word a chart: every figure with its day, asserter, assumption and denial.

    What does not fit is shortened: the names, the assumptions to a mark, the denials; at last
    the oldest figures go, and the text says how many.
    """
    head = _head(plan, logarithmic=logarithmic)
    for detail in _DETAILS:
        text = _text(head, plan, detail)
        if len(text) <= LONGEST:
            return text
    shortened = (_text(head, plan, _DETAILS[-1], gone) for gone in range(1, len(plan.rows) + 1))
    return next((text for text in shortened if len(text) <= LONGEST), clip(head, LONGEST))


def _text(head: str, plan: ChartPlan, detail: _Detail, gone: int = 0) -> str:
    lines = [
        head,
        *([plan.words.older.format(count=gone)] if gone else []),
        *_rows(plan, detail, gone),
        *(clip(denial, detail.denial) for denial in plan.denials),
        *plan.left_out,
    ]
    return "\n".join(_visible(line) for line in lines)


def _rows(plan: ChartPlan, detail: _Detail, gone: int) -> Iterator[str]:
    """Write the rows below their headings, without so many of the oldest."""
    oldest = sorted(plan.rows, key=lambda row: row.claim.as_of)[:gone]
    left = {row.claim.id for row in oldest}
    for section in plan.sections:
        rows = [row for row in section.rows if row.claim.id not in left]
        if rows and section.heading:
            yield f"{section.heading}:"
        yield from (_line(row, detail, plan) for row in rows)


def _visible(line: str) -> str:
    """Return a text on one line, without characters that hide or change direction."""
    shown = ((" " if char.isspace() else char if is_visible(char) else "") for char in line)
    return " ".join("".join(shown).split())


def _head(plan: ChartPlan, *, logarithmic: bool) -> str:
    words = plan.words
    about = [clip(plan.subtitle, _LONGEST_TITLE), words.logarithmic if logarithmic else ""]
    said = "; ".join(part for part in about if part)
    arrows = f" {words.arrows}" if any(row.open_end for row in plan.rows) else ""
    head = words.chart.format(title=clip(plan.title, _LONGEST_TITLE))
    return f"{head}{f' ({said})' if said else ''}.{arrows}"


def _line(row: Row, detail: _Detail, plan: ChartPlan) -> str:
    words = " ".join(_words(row, detail, plan))
    return f"{row.day}: {words}, {_name(row, detail.name)} {row.numbers}{row.marks}"


def _words(row: Row, detail: _Detail, plan: ChartPlan) -> Iterator[str]:
    yield row.words
    if row.claim.assumption:
        condition = row.claim.assumption.removeprefix("if ")
        said = plan.words.condition.format(condition=condition)
        yield said if detail.conditions else plan.words.assumption


def _name(row: Row, room: int) -> str:
    name = next((name for name in row.names if len(name) <= room), row.names[-1])
    return clip(name, room)


def clip(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
