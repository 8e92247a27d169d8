"""What a chart shows: the rows of an answer, the notes under them, and nothing of how it looks."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from knowledge import wording
from knowledge.contract import Answer, ClaimView, FigureView, Filters, names, numbered
from knowledge.model import Edtf, ForPeople, LinkKind, Measure, Modality, Relation
from knowledge.wording import ChartWords, appeared, short

_ENGLISH = ChartWords()
MOST_ROWS = 8
_MOST_LINES = 9
_NAMED = 4
"""Rows of a picture that a chat shows whole and still legibly, with the headings between them, and
names in a note (chosen by eye)."""
MARKS: Mapping[LinkKind, str] = {LinkKind.DENIES: "✕", LinkKind.DISPUTES: "≠"}
"""What stands behind a claim that another one speaks against, by the kind of that relation."""
_PARTS_OF_A_DAY: Final = 2
"""Dashes in a date to the day."""
_SIGNS: Final[Mapping[Relation, str]] = {
    Relation.ABOUT: "≈ ",
    Relation.AROUND: "≈ ",
    Relation.AT_LEAST: "≥ ",
    Relation.MORE_THAN: "> ",
    Relation.AFTER: "> ",
    Relation.UP_TO: "≤ ",
    Relation.BY: "≤ ",
    Relation.LESS_THAN: "< ",
    Relation.BEFORE: "< ",
}
"""What stands for the words around a number, which have no room in a picture."""


class NothingToDraw(ForPeople):
    """There is no number to draw; the message says so to a person."""


class Axis(Enum):
    """What the numbers on the axis are."""

    AMOUNT = auto()
    SHARE = auto()
    YEAR = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: who, when, how much; `names` are ways to name the asserter, longest first.

    `month` is the date without its day, and `label` the figure in `words`, as a picture has room
    for them. `low` and `high` are None where that side is open, both for a vague amount; `middle`
    is a central estimate between them. `family` counts the asserters' organisations in the order
    of their first claim in the answer.
    """

    claim: ClaimView
    day: str
    month: str
    names: tuple[str, ...]
    numbers: str
    words: str
    label: str
    low: float | None
    high: float | None
    middle: float | None
    family: int
    marks: str

    @property
    def assumed(self) -> bool:
        """Whether the figure is not simply reported: it rests on an assumption, or is foreseen."""
        claim = self.claim
        return claim.assumption is not None or claim.modality is not Modality.REPORTED

    @property
    def retold(self) -> bool:
        """Whether it passes on another claim with a changed figure."""
        return self.claim.retells is not None

    @property
    def open_end(self) -> bool:
        """Whether the figure has a number on one side only."""
        return (self.low is None) != (self.high is None)

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers of the figure: none, one, or the two ends of an interval."""
        return tuple(value for value in (self.low, self.high) if value is not None)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that may be compared with one another, below a heading where there are several."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Everything that a chart says, the oldest row of each section first."""

    title: str
    subtitle: str
    axis: Axis
    sections: tuple[Section, ...]
    denials: tuple[str, ...]
    left_out: tuple[str, ...]
    sources: tuple[str, ...]
    revision: int
    words: ChartWords

    @property
    def rows(self) -> list[Row]:
        """Every row, section by section."""
        return [row for section in self.sections for row in section.rows]

    @property
    def values(self) -> list[float]:
        """Every number that is drawn."""
        return [value for row in self.rows for value in row.values]


def chart_plan(
    answer: Answer,
    against: Mapping[str, ClaimView],
    numbers: Mapping[str, int] | None = None,
    words: ChartWords = _ENGLISH,
) -> ChartPlan:
    """Choose what is drawn: claims with a figure in the topic's unit, of too many the newest.

    `numbers` are those of the sources, where the text beside the picture has its own.

    Raises:
        NothingToDraw: no claim of the answer has a number.
    """
    told = [_compared(claim) for claim in answer.claims if claim.figure is not None]
    alike = _in_one_unit(told)
    shown = _newest(alike)
    numbers = numbers or numbered([*answer.claims, *answer.denials, *against.values()])
    families = _families(told)
    rows = {
        claim.id: _row(claim, answer.measure, numbers, families, words.language) for claim in shown
    }
    if not any(row.values for row in rows.values()):
        raise NothingToDraw(_refusal(answer, words))
    opponents = {claim.id: claim for claim in (*answer.denials, *against.values())}
    opposed = list(_opposed(shown, opponents, numbers, words))
    spoken = [opponents[one] for claim in shown for one in claim.opponents if one in opponents]
    return ChartPlan(
        title=answer.title or answer.topic or "",
        subtitle=_subtitle(answer.filters, shown, words),
        axis=_axis(answer.measure, shown),
        sections=tuple(_sections(answer, shown, rows, words)),
        denials=tuple(opposed),
        left_out=tuple(_left_out(answer, told, alike, shown, words)),
        sources=tuple(_sources([*shown, *spoken], numbers, words.language)),
        revision=answer.revision,
        words=words,
    )


def is_worth_drawing(answer: Answer) -> bool:
    """Whether an answer has more than one figure with a number, which a picture can compare."""
    figures = (claim.figure for claim in answer.claims if claim.figure)
    return sum(one.low is not None or one.high is not None for one in figures) > 1


def _refusal(answer: Answer, words: ChartWords) -> str:
    said = words.no_number if answer.claims else words.nothing
    return said.format(title=answer.title or answer.topic or answer.question)


def _compared(claim: ClaimView) -> ClaimView:
    """Bring a figure that is printed in another unit into that of its topic, if that can be."""
    printed = claim.figure
    told = wording.in_topic_unit(printed) if printed else None
    if printed is None or told is None:
        return claim
    sides = {
        "low": None if printed.low is None else told.low,
        "high": None if printed.high is None else told.high,
        "relation": printed.relation,
    }
    return claim.model_copy(update={"figure": told.model_copy(update=sides)})


def _in_one_unit(told: Sequence[ClaimView]) -> list[ClaimView]:
    """Keep the claims in the unit that most of them are in: one axis has one unit."""
    units = Counter(claim.figure.unit for claim in told if claim.figure and _has_number(claim))
    if not units:
        return list(told)
    usual = units.most_common(1)[0][0]
    return [claim for claim in told if claim.figure and claim.figure.unit == usual]


def _newest(told: Sequence[ClaimView]) -> list[ClaimView]:
    """Keep as many rows as fit: retellings go first, then amounts without numbers, then the old."""
    by_worth = sorted(
        range(len(told)),
        key=lambda at: (told[at].retells is None, _has_number(told[at]), _age(told[at]), at),
    )
    kept = by_worth[-MOST_ROWS:]
    while len(kept) > 1 and len(kept) + _headings(told[at] for at in kept) > _MOST_LINES:
        kept = kept[1:]
    return [told[at] for at in sorted(kept, key=lambda at: (_age(told[at]), at))]


def _headings(claims: Iterable[ClaimView]) -> int:
    """Return how many headings these claims need: simply reported ones often none."""
    parts = {(_kind(claim), qualified(claim)) for claim in claims}
    return sum(1 for kind, named in parts if named or kind is not _Kind.REPORTED)


def _age(claim: ClaimView) -> tuple[str, str]:
    day = Edtf.parse(claim.as_of)
    return day.latest.isoformat(), day.earliest.isoformat()


def _has_number(claim: ClaimView) -> bool:
    return claim.figure is not None and claim.figure.relation is not None


# --------------------------------------------------------------------------- sections


class _Kind(Enum):
    """What a claim's figure is worth, in the order in which a chart shows it."""

    REPORTED = auto()
    ASSUMED = auto()
    FORECAST = auto()
    POSSIBLE = auto()
    RETOLD = auto()


def _sections(
    answer: Answer, shown: Sequence[ClaimView], rows: Mapping[str, Row], words: ChartWords
) -> Iterator[Section]:
    """Set apart what may not be compared: other qualifiers, assumptions, forecasts, retellings."""
    parts: dict[tuple[_Kind, str], list[Row]] = {}
    for claim in shown:
        kind = _kind(claim)
        parts.setdefault((kind, qualified(claim)), []).append(rows[claim.id])
    order = [_joined(group.qualifiers) for group in answer.groups]
    several = len({named for _, named in parts}) > 1

    def place(part: tuple[_Kind, str]) -> tuple[int, int]:
        kind, named = part
        return kind.value, order.index(named) if named in order else len(order)

    for kind, named in sorted(parts, key=place):
        heading = _heading(kind, named, words, several=several)
        yield Section(heading, tuple(parts[kind, named]))


def _kind(claim: ClaimView) -> _Kind:
    if claim.retells is not None:
        return _Kind.RETOLD
    if claim.modality is Modality.FORECAST:
        return _Kind.FORECAST
    if claim.assumption is not None:
        return _Kind.ASSUMED
    return _Kind.REPORTED if claim.modality is Modality.REPORTED else _Kind.POSSIBLE


def _heading(kind: _Kind, named: str, words: ChartWords, *, several: bool) -> str:
    """Name a section; what is simply reported needs none, unless there are other qualifiers."""
    kinds = {
        _Kind.REPORTED: "",
        _Kind.ASSUMED: words.assumed,
        _Kind.FORECAST: words.forecasts,
        _Kind.POSSIBLE: words.possible,
        _Kind.RETOLD: words.retold,
    }
    which = named or (words.whole if several and kind is _Kind.REPORTED else "")
    return " · ".join(part for part in (which[:1].upper() + which[1:], kinds[kind]) if part)


def qualified(claim: ClaimView) -> str:
    """Write what narrows a claim's figure: "sappers, 2025"."""
    return _joined(claim.qualifiers)


def _joined(qualifiers: Mapping[str, str]) -> str:
    return ", ".join(qualifiers.values())


# ------------------------------------------------------------------------------- rows


def _families(claims: Iterable[ClaimView]) -> dict[str, int]:
    names = dict.fromkeys(_organisation(claim) for claim in claims)
    return {name: at for at, name in enumerate(names)}


def _organisation(claim: ClaimView) -> str:
    """Return the last part of a name, which is the organisation where there is one."""
    return claim.asserted_by.rpartition(", ")[2]


def _row(
    claim: ClaimView,
    measure: Measure | None,
    numbers: Mapping[str, int],
    families: Mapping[str, int],
    language: str,
) -> Row:
    figure = claim.figure
    if figure is None:
        raise ValueError(f"claim {claim.id} has no figure")
    return Row(
        claim=claim,
        day=short(Edtf.parse(claim.as_of), language),
        month=_month(claim.as_of, language),
        names=names(claim),
        numbers=_cited([claim], numbers),
        words=_words(figure, measure, language),
        label=_label(figure, measure, language),
        low=figure.low,
        high=figure.high,
        middle=figure.value,
        family=families[_organisation(claim)],
        marks="".join(MARKS[kind] for kind, ids in claim.opposed_by.items() if ids),
    )


def _month(edtf: str, language: str) -> str:
    """Write a date without its day, but with its doubts."""
    day = Edtf.parse(edtf)
    if "/" in edtf or edtf.count("-") < _PARTS_OF_A_DAY:
        return short(day, language)
    doubt = "".join(sign for sign in "~?" if sign in edtf)
    return short(Edtf.parse(f"{day.latest:%Y-%m}{doubt}"), language)


def _words(figure: FigureView, measure: Measure | None, language: str) -> str:
    """Write a figure; an interval in the shortest way."""
    low, high = figure.low, figure.high
    spanned = figure.relation is Relation.BETWEEN and figure.value is None
    if not spanned or low is None or high is None or low == high:
        return wording.figure(figure, measure, language=language)
    style = wording.style_of(measure, figure.unit)
    return wording.span(low, high, style=style, language=language)


def _label(figure: FigureView, measure: Measure | None, language: str) -> str:
    """Write a figure in as few letters as a picture has room for: "≥ 4.8 million"."""
    sides = (figure.low, figure.high)
    given = figure.value if figure.value is not None else next(filter(_is_number, sides), None)
    interval = figure.value is None and None not in sides and sides[0] != sides[1]
    if figure.relation is None or given is None or interval:
        return _words(figure, measure, language)
    exact = figure.model_copy(update={"low": given, "high": given, "interval": None})
    plain = exact.model_copy(update={"value": None, "relation": Relation.EXACT})
    return f"{_SIGNS.get(figure.relation, '')}{wording.figure(plain, measure, language=language)}"


def _is_number(value: float | None) -> bool:
    return value is not None


def _cited(claims: Iterable[ClaimView], numbers: Mapping[str, int]) -> str:
    found = {numbers[citation.source] for claim in claims for citation in claim.citations}
    return f"[{', '.join(str(number) for number in sorted(found))}]"


def _axis(measure: Measure | None, claims: Iterable[ClaimView]) -> Axis:
    if measure in {Measure.SHARE, Measure.CHANGE}:
        return Axis.SHARE
    if measure is Measure.DATE:
        return Axis.YEAR
    units = [claim.figure.unit for claim in claims if claim.figure is not None]
    return Axis.YEAR if units and wording.is_year(units[0]) else Axis.AMOUNT


# ------------------------------------------------------------------------------ notes


def _subtitle(filters: Filters, claims: Sequence[ClaimView], words: ChartWords) -> str:
    units = [claim.figure.unit for claim in claims if claim.figure and claim.figure.unit]
    days = (
        (words.since, filters.since),
        (words.until, filters.until),
        (words.known_by, filters.known_by),
    )
    parts = [
        units[0] if units else "",
        *(
            said.format(day=short(Edtf.of_day(day), words.language)) if day else ""
            for said, day in days
        ),
        words.by.format(name=filters.by) if filters.by else "",
    ]
    return ", ".join(part for part in parts if part)


def _opposed(
    shown: Sequence[ClaimView],
    opponents: Mapping[str, ClaimView],
    numbers: Mapping[str, int],
    words: ChartWords,
) -> Iterator[str]:
    """Say who denies or disputes the claims that are marked."""
    for kind, mark in MARKS.items():
        alone, named = words.opposed(kind.traits.passive)
        ids = [one for claim in shown for one in claim.opposed_by[kind]]
        found = [opponents[one] for one in dict.fromkeys(ids) if one in opponents]
        if ids and not found:
            yield f"{mark} {alone}"
        if found:
            yield f"{mark} {named.format(people=_speakers(found, numbers, words))}"


def _speakers(claims: Sequence[ClaimView], numbers: Mapping[str, int], words: ChartWords) -> str:
    by: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by.setdefault(claim.asserted_by, []).append(claim)
    named = [f"{who} {_cited(said, numbers)}" for who, said in list(by.items())[:_NAMED]]
    more = [words.more.format(count=len(by) - _NAMED)] if len(by) > _NAMED else []
    return ", ".join([*named, *more])


def _left_out(
    answer: Answer,
    told: Sequence[ClaimView],
    alike: Sequence[ClaimView],
    shown: Sequence[ClaimView],
    words: ChartWords,
) -> Iterator[str]:
    counted = (
        (words.left_out, len(alike) - len(shown)),
        (words.other_unit, len(told) - len(alike)),
        (words.without_figure, len(answer.claims) - len(told)),
    )
    for said, many in counted:
        if many:
            yield said.format(count=many)


def _sources(
    claims: Iterable[ClaimView], numbers: Mapping[str, int], language: str
) -> Iterator[str]:
    """Write each publication that is cited in the picture in few words, in their order."""
    cited = {citation.source: citation for claim in claims for citation in claim.citations}
    for source in sorted(cited, key=lambda one: numbers[one]):
        one = cited[source]
        day = appeared(Edtf.parse(one.published_on), language) if one.published_on else ""
        yield f"[{numbers[source]}] {', '.join(part for part in (one.publisher, day) if part)}"
