"""What a chart shows: the rows of an answer, the notes under them, and nothing of how it looks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from knowledge import wording
from knowledge.contract import Answer, ClaimView, FigureView, Filters, names, numbered
from knowledge.model import Edtf, ForPeople, LinkKind, Measure, Relation
from knowledge.wording import short

MOST_ROWS = 12
_NAMED = 4
"""Rows of a picture, and names in a note, that a phone shows without scrolling (chosen by eye)."""
MARKS: Mapping[LinkKind, str] = {LinkKind.DENIES: "✕", LinkKind.DISPUTES: "≠"}
"""What stands behind a claim that another one speaks against, by the kind of that relation."""


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

    `low` and `high` are None where that side is open, both for a vague amount. `family` counts
    the asserters' organisations in the order of their first claim in the answer.
    """

    claim: ClaimView
    day: str
    names: tuple[str, ...]
    numbers: str
    words: str
    low: float | None
    high: float | None
    family: int
    marks: str

    @property
    def assumed(self) -> bool:
        """Whether the figure rests on an assumption."""
        return self.claim.assumption is not None

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
class ChartPlan:
    """Everything that a chart says, oldest row first."""

    title: str
    subtitle: str
    axis: Axis
    rows: tuple[Row, ...]
    denials: tuple[str, ...]
    left_out: tuple[str, ...]
    revision: int

    @property
    def values(self) -> list[float]:
        """Every number that is drawn."""
        return [value for row in self.rows for value in row.values]


def chart_plan(
    answer: Answer,
    against: Mapping[str, ClaimView],
    numbers: Mapping[str, int] | None = None,
) -> ChartPlan:
    """Choose what is drawn: claims with a figure, of too many the newest.

    `numbers` are those of the sources, where the text beside the picture has its own.

    Raises:
        NothingToDraw: no claim of the answer has a number.
    """
    told = [claim for claim in answer.claims if claim.figure is not None]
    shown = _newest(told)
    everything = [*answer.claims, *answer.denials, *against.values()]
    numbers = numbers or numbered(everything)
    families = _families(told)
    rows = tuple(_row(claim, answer.measure, numbers, families) for claim in shown)
    if not any(row.values for row in rows):
        raise NothingToDraw(_refusal(answer))
    opponents = {claim.id: claim for claim in (*answer.denials, *against.values())}
    return ChartPlan(
        title=answer.title or answer.topic or "",
        subtitle=_subtitle(answer.filters, shown),
        axis=_axis(answer.measure, shown),
        rows=rows,
        denials=tuple(_opposed(shown, opponents, numbers)),
        left_out=tuple(_left_out(answer, told, shown)),
        revision=answer.revision,
    )


def _refusal(answer: Answer) -> str:
    what = f"“{answer.title or answer.topic}”" if answer.topic else "this question"
    if not answer.claims:
        return f"Nothing is on file about {what} here, so there is nothing to draw."
    return f"What is on file about {what} here holds no number, so there is nothing to draw."


def _newest(told: Sequence[ClaimView]) -> list[ClaimView]:
    """Keep as many rows as fit: retellings go first, then amounts without numbers, then the old."""
    by_worth = sorted(
        range(len(told)),
        key=lambda at: (told[at].retells is None, _has_number(told[at]), _age(told[at]), at),
    )
    kept = sorted(by_worth[-MOST_ROWS:], key=lambda at: (_age(told[at]), at))
    return [told[at] for at in kept]


def _age(claim: ClaimView) -> tuple[str, str]:
    day = Edtf.parse(claim.as_of)
    return day.latest.isoformat(), day.earliest.isoformat()


def _has_number(claim: ClaimView) -> bool:
    return claim.figure is not None and claim.figure.relation is not None


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
) -> Row:
    figure = claim.figure
    if figure is None:
        raise ValueError(f"claim {claim.id} has no figure")
    return Row(
        claim=claim,
        day=short(Edtf.parse(claim.as_of)),
        names=names(claim),
        numbers=_cited([claim], numbers),
        words=_words(figure, measure),
        low=figure.low,
        high=figure.high,
        family=families[_organisation(claim)],
        marks="".join(MARKS[kind] for kind, ids in claim.opposed_by.items() if ids),
    )


def _words(figure: FigureView, measure: Measure | None) -> str:
    """Write a figure; an interval in the shortest way."""
    low, high = figure.low, figure.high
    if figure.relation is not Relation.BETWEEN or low is None or high is None or low == high:
        return wording.figure(figure, measure)
    return wording.span(low, high, style=wording.style_of(measure, figure.unit))


def _cited(claims: Iterable[ClaimView], numbers: Mapping[str, int]) -> str:
    found = {numbers[citation.source] for claim in claims for citation in claim.citations}
    return f"[{', '.join(str(number) for number in sorted(found))}]"


def _axis(measure: Measure | None, claims: Iterable[ClaimView]) -> Axis:
    if measure is Measure.SHARE:
        return Axis.SHARE
    units = [claim.figure.unit for claim in claims if claim.figure is not None]
    return Axis.YEAR if units and wording.is_year(units[0]) else Axis.AMOUNT


def _subtitle(filters: Filters, claims: Sequence[ClaimView]) -> str:
    units = [claim.figure.unit for claim in claims if claim.figure and claim.figure.unit]
    parts = [
        units[0] if units else "",
        f"since {short(Edtf.of_day(filters.since))}" if filters.since else "",
        f"until {short(Edtf.of_day(filters.until))}" if filters.until else "",
        f"as known by {short(Edtf.of_day(filters.known_by))}" if filters.known_by else "",
        f"by {filters.by}" if filters.by else "",
    ]
    return ", ".join(part for part in parts if part)


def _opposed(
    shown: Sequence[ClaimView], opponents: Mapping[str, ClaimView], numbers: Mapping[str, int]
) -> Iterator[str]:
    """Say who denies or disputes the claims that are marked."""
    for kind, mark in MARKS.items():
        word = kind.traits.passive
        ids = [one for claim in shown for one in claim.opposed_by[kind]]
        found = [opponents[one] for one in dict.fromkeys(ids) if one in opponents]
        if ids and not found:
            yield f"{mark} {word}"
        if found:
            yield f"{mark} {word} by {_speakers(found, numbers)}"


def _speakers(claims: Sequence[ClaimView], numbers: Mapping[str, int]) -> str:
    by: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by.setdefault(claim.asserted_by, []).append(claim)
    named = [f"{who} {_cited(said, numbers)}" for who, said in list(by.items())[:_NAMED]]
    more = [f"{len(by) - _NAMED} more"] if len(by) > _NAMED else []
    return ", ".join([*named, *more])


def _left_out(
    answer: Answer, told: Sequence[ClaimView], shown: Sequence[ClaimView]
) -> Iterator[str]:
    missing = len(told) - len(shown)
    if missing:
        yield f"{missing:,} older or retold {_plural(missing, 'claim')} not drawn"
    silent = len(answer.claims) - len(told)
    if silent:
        yield f"{silent:,} {_plural(silent, 'claim')} without a figure not drawn"


def _plural(many: int, what: str) -> str:
    return what if many == 1 else f"{what}s"
