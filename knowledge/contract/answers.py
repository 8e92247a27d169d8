"""Answers to questions: claims with their figures, ranges, evidence, checks and comparisons."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer, PrivateAttr

from knowledge.fairness import fairness
from knowledge.model import DateBasis, LinkKind, Measure, Modality, Relation, Status


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value


Kind = Literal["figures", "statement", "no_match"]
Outcome = Literal["answer", "offer", "silence"]
Number = Annotated[float, PlainSerializer(_whole, return_type=float | int)]


class View(BaseModel):
    """A part of an answer: complete and immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Filters(View):
    """What an answer was narrowed to; `by` is the asserter as people call them."""

    since: date | None = None
    until: date | None = None
    known_by: date | None = None
    by: str | None = None


class FigureView(View):
    """A figure with its unit as printed; shares are numbers from 0 to 1, an open side is null.

    `value` is a central estimate within low to high, and `interval` says what those are.
    `topic_unit` is the unit that figures of the topic are compared in, where this one is printed
    in another.
    """

    low: Number | None
    high: Number | None
    value: Number | None = None
    interval: str | None = None
    relation: Relation | None
    unit: str | None
    topic_unit: str | None = None
    as_worded: str


class CitationView(View):
    """Where a claim can be read: the source, the chain to it, and the paragraph from 1."""

    source: str
    publisher: str
    title: str
    published_on: str | None
    date_basis: DateBasis
    url: str | None
    via: tuple[str, ...]
    paragraph: int
    as_worded: str | None


_OPPOSING = tuple((kind, f"{kind.traits.passive}_by") for kind in LinkKind if kind.traits.opposes)
"""The kinds of relations against a claim, and the field of each."""


class ClaimView(View):
    """One claim as it is shown; dates are EDTF, `denied_by` and `retells` hold claim ids.

    `denied_by` and `disputed_by` name what was said against it once it had been asserted, and
    `disputes` the claims that it is at odds with itself.
    """

    id: str
    topic: str
    statement: str
    figure: FigureView | None
    qualifiers: dict[str, str] = {}
    modality: Modality = Modality.REPORTED
    rating: str | None = None
    asserted_by: str
    asserter: str
    asserted_on: str
    period: str | None
    as_of: str
    assumption: str | None
    origin: str
    status: Status
    denied_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    disputes: tuple[str, ...] = ()
    retells: str | None
    note: str | None
    citations: tuple[CitationView, ...]
    _recorded: "ClaimView | None" = PrivateAttr(default=None)

    @property
    def recorded(self) -> "ClaimView":
        """This claim as recorded, where it is shown in the words of another language."""
        return self._recorded or self

    def remember(self, recorded: "ClaimView") -> None:
        """Keep what this copy was made of."""
        self._recorded = recorded.recorded

    @property
    def opposed_by(self) -> dict[LinkKind, tuple[str, ...]]:
        """The claims against it, by the kind of their relation; each kind has a field above."""
        return {kind: getattr(self, field) for kind, field in _OPPOSING}

    @property
    def opponents(self) -> tuple[str, ...]:
        """The claims against it."""
        return tuple(one for ids in self.opposed_by.values() for one in ids)


class Range(View):
    """The span of the figures in a window; every end is a number that a claim names.

    An end is open where the claim at it is ("more than 12 million"). `firm_low` and
    `firm_high` are the ends among the claims that rest on no assumption.
    """

    low: Number
    high: Number
    low_open: bool
    high_open: bool
    unit: str | None
    low_claim: str
    high_claim: str
    firm_low: Number | None
    firm_low_claim: str | None
    firm_high: Number | None
    firm_high_claim: str | None


class Group(View):
    """The figures of one set of qualifiers: only they are compared with each other."""

    qualifiers: dict[str, str]
    range: Range | None
    forecast_range: Range | None = None
    latest: str | None
    claims: tuple[str, ...]


class Disagreement(View):
    """Estimates of the same month and the same thing, by different speakers, that differ."""

    month: str
    claims: tuple[str, ...]


class Answer(View):
    """What is on file for a question or a topic, or that nothing is.

    `range` and `latest` run over what was reported, under like qualifiers: where there are
    several sets of these, `groups` has each, and the two are those of the largest. `forecasts`
    with `forecast_range` and `suppositions` (what is only possible or suspected) stand apart.
    `origins` counts utterances, `speakers` who made them, `organisations` what these speak for.
    `total_since` is the day since which a running total counts, where the window begins later.
    """

    question: str
    kind: Kind
    topic: str | None
    title: str | None = None
    measure: Measure | None = None
    confidence: float
    filters: Filters
    range: Range | None = None
    latest: str | None = None
    groups: tuple[Group, ...] = ()
    forecasts: tuple[str, ...] = ()
    forecast_range: Range | None = None
    suppositions: tuple[str, ...] = ()
    total_since: date | None = None
    origins: int = 0
    speakers: int = 0
    organisations: int = 0
    claims: tuple[ClaimView, ...] = ()
    denials: tuple[ClaimView, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    outcome: Outcome = "answer"
    """A question with another outcome than an answer has no claims, and is of kind `no_match`."""
    suggestions: tuple[str, ...] = ()
    """What an offer offers; beside an answer, what else may have been meant."""
    closest: str | None = None
    """The claim that a question means by its own text, its figure, or as the earliest."""
    speaker: str | None = None
    """Whom a question without an answer names as a speaker; where it offers no topic, whatever
    they have said is what it asks for."""
    revision: int


class Origin(View):
    """One utterance and everything that carries it."""

    id: str
    asserted_by: str
    asserted_on: str
    claims: tuple[ClaimView, ...]
    retellings: tuple[ClaimView, ...]


class Evidence(View):
    """What stands behind a topic or a claim: its origins, and who denies it."""

    what: str
    topic: str
    title: str
    claim: str | None
    origins: tuple[Origin, ...]
    publications: int
    denials: tuple[ClaimView, ...]
    revision: int


class TopicLine(View):
    """One topic of the table of contents; the dates are those its claims stand for."""

    id: str
    title: str
    measure: Measure
    unit: str | None
    command: str | None
    claims: int
    origins: int
    first: date | None
    last: date | None


class Contents(View):
    """Everything that the database holds, in numbers."""

    topics: tuple[TopicLine, ...]
    claims: int
    sources: int
    revision: int


Verdict = Literal[
    "matches",
    "within-range",
    "above-range",
    "below-range",
    "attributed-otherwise",
    "nothing-on-file",
]
Standing = Literal["reported", "conditional", "forecast", "retold"]
"""What a figure on file is worth: counted or estimated, resting on an assumption (or itself only
possible or suspected), said of what is to come, or a retelling with a changed figure."""
Uncovered = Literal["no-topic", "not-asserted", "vague", "other-unit", "too-many"]
"""Why a figure of a message is held against nothing: no topic on file is about it, the message
asks, denies or supposes it, it has no number, its unit is of another kind, or others came first."""


class Denial(View):
    """A claim that denies another, with the day on which it was asserted, as EDTF."""

    claim: str
    asserted_by: str
    asserted_on: str


class CheckedAssertion(View):
    """One figure of a message, held against what is on file.

    `text` is a piece of the message. `claims` are those it was held against, the nearest
    figure first, and `later` are newer claims with another figure, the newest first. With
    `as_of`, only what stood by that day was taken; with `by`, only what these asserters said.
    `standing` is that of the first of the claims. Where the message says that somebody said it
    who has not, the verdict is attributed-otherwise, `attributed_to` is whom it names, and the
    claims are by who did say it. `note` says what else was done to the figure before it was
    compared. `unsaid` are words of the message that narrow a figure on file, and that no claim
    with that figure says ("13,000 combat troops", where 13,000 troops are on file).
    """

    text: str
    topic: str
    title: str
    figure: FigureView
    verdict: Verdict
    standing: Standing | None = None
    denials: tuple[Denial, ...] = ()
    range: Range | None
    claims: tuple[ClaimView, ...]
    as_of: date | None = None
    by: str | None = None
    attributed_to: str | None = None
    later: tuple[ClaimView, ...] = ()
    note: str | None = None
    unsaid: tuple[str, ...] = ()


class UncoveredFigure(View):
    """A figure of a message that was held against nothing, and why."""

    text: str
    why: Uncovered


class Check(View):
    """A message and the assertions in it that a topic covers.

    Every figure of the message is either in an assertion or in `uncovered`. At most ten figures
    of a message are checked; `skipped` is how many were left.
    """

    text: str
    assertions: tuple[CheckedAssertion, ...]
    uncovered: tuple[UncoveredFigure, ...] = ()
    skipped: int = 0
    revision: int


class Column(View):
    """One side of a comparison: an asserter, an organisation or a country as people call it.

    `range` and `latest` are over this side's claims alone.
    """

    by: str
    claims: tuple[ClaimView, ...]
    range: Range | None
    latest: str | None
    origins: int


class ComparedMonth(View):
    """A row of a comparison, with a cell of claims for each column.

    `month` is EDTF: a month, or a coarser date where the claims' own dates are.
    """

    month: str
    cells: tuple[tuple[ClaimView, ...], ...]


class Ratio(View):
    """Arithmetic on two counts of one utterance; nobody claimed it.

    So many `of` (a topic) for each `per` (another): `low` and `high` bound the quotient of the
    two claims' figures, an open side is null; `words` is the quotient as people write it.
    """

    of: str
    per: str
    month: str
    numerator: ClaimView
    denominator: ClaimView
    low: Number | None
    high: Number | None
    relation: Relation
    words: str


class Comparison(View):
    """What several asserters say about a topic, side by side and month by month."""

    topic: str
    title: str
    measure: Measure
    unit: str | None
    filters: Filters
    columns: tuple[Column, ...]
    months: tuple[ComparedMonth, ...]
    ratios: tuple[Ratio, ...]
    denials: tuple[ClaimView, ...]
    revision: int


def numbered(claims: Iterable[ClaimView]) -> dict[str, int]:
    """Return the number of each source that these claims cite, counted from 1.

    An answer numbers its claims first, then its denials, then what bears on single claims, so
    that a text and a picture of one answer carry the same numbers.
    """
    numbers: dict[str, int] = {}
    for claim in fairness.each(claims):
        for citation in claim.citations:
            numbers.setdefault(citation.source, len(numbers) + 1)
    return numbers


def names(claim: ClaimView) -> tuple[str, ...]:
    """Return ways to name an asserter, from the whole name to its first part.

    Of a retelling the shortest way is its organisation: the first part may be whom it retells.
    """
    whole = claim.asserted_by
    bare, _, country = whole.removesuffix(")").rpartition(" (")
    bare, tail = (bare, f" ({country})") if bare else (whole, "")
    first, *others = bare.split(", ")
    ends = f"{first}, {others[-1]}" if others else first
    least = others[-1] if others and claim.retells else first
    if others and first[:1].islower() and not claim.retells:
        least = ends  # an office names nobody without its organisation
    return tuple(dict.fromkeys([whole, bare, ends + tail, ends, least + tail, least]))
