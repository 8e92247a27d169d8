"""A comparison in words: who says what about a topic, month by month, and what it amounts to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from propcache.api import cached_property

from commands.cards.parts import (
    DESCRIPTION,
    AnswerDigest,
    Card,
    Page,
    at_end,
    denied,
    ends,
    fitting,
    in_own_words,
    narrowed,
    note,
    pages,
    rated,
    resting,
    small_end,
    source_order,
)
from commands.text import Numbering, SourceLine, and_more, figure, many, plain, say, short, spoken
from knowledge.answers import quotient_words
from knowledge.contract import ClaimView, Column, ComparedMonth, Comparison, Ratio
from knowledge.library import Library
from knowledge.model import Edtf

_IN_A_CELL = 3
_PAIR = 2
_RATIOS = 4
_NAME = 60
"""Claims of a side in a month, sides that need no table, sums, and characters of a name: what a
phone shows (chosen by eye)."""
_MONTHS_ON_A_PAGE = 6
_CHARACTERS_ON_A_PAGE, _CHARACTERS_ON_A_PHONE = 900, 160
"""Chosen by eye: with the head above, a page is a screen of a terminal; and one of a phone
(measured)."""


@dataclass(frozen=True)
class CompareCard:
    """The parts of a comparison; no figure stands without where it can be read.

    On a `phone` the page with the head is a screen of one.
    """

    comparison: Comparison
    library: Library
    phone: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "comparison", in_own_words(self.library, self.comparison))

    @cached_property
    def numbering(self) -> Numbering:
        """The publications, numbered over the whole topic."""
        return Numbering(self.cited_claims, source_order(self.library, self.comparison.topic))

    @property
    def cited_claims(self) -> tuple[ClaimView, ...]:
        """Every claim that the comparison names, those against it included."""
        return (*self._claims(), *self.comparison.denials)

    @cached_property
    def digest(self) -> AnswerDigest:
        """What the comparison rests on."""
        return AnswerDigest.of(self.comparison.revision, self.cited_claims)

    @cached_property
    def names(self) -> list[str]:
        """What each side is called in the rows: a name alone where that tells it from the rest."""
        labels = [column.by for column in self.comparison.columns]
        firsts = [self._first(column) for column in self.comparison.columns]
        chosen = firsts if len(set(firsts)) == len(firsts) else labels
        return [plain(name, _NAME) for name in chosen]

    def page(self, number: int = 0) -> Page:
        """Return a page of the comparison, page 0 the newest months."""
        if not self.comparison.months:
            text = say(
                "Nothing on file about {title} by {names} there.",
                title=f"**{plain(self.comparison.title, 200)}**",
                names=say(" or ").join(self.names),
            )
            return Page(note(text))
        blocks = self.blocks()
        dealt = self._dealt(blocks)
        number = min(number, len(dealt) - 1)
        shown, whole = dealt[number], number == 0
        head, sums = (self.head(), self.arithmetic()) if whole else ([], [])
        position = _position(number, dealt, self.comparison.months)
        lines = [*head, position, *blocks[shown.start : shown.stop], *sums]
        card = Card(self.title(), fitting(lines, DESCRIPTION))
        sources = self.sources(shown, whole=whole)
        return Page(card.with_sources(sources), number, len(dealt))

    def _dealt(self, blocks: Sequence[str]) -> list[range]:
        """Deal the months out; on a phone the head stands alone where it gives figures itself."""
        if not self.phone:
            return pages(blocks, _MONTHS_ON_A_PAGE, _CHARACTERS_ON_A_PAGE)
        first = pages(blocks, _MONTHS_ON_A_PAGE, _CHARACTERS_ON_A_PHONE)[0]
        if any(column.latest for column in self.comparison.columns):
            first = range(len(blocks), len(blocks))
        earlier = blocks[: first.start]
        rest = pages(earlier, _MONTHS_ON_A_PAGE, _CHARACTERS_ON_A_PAGE) if earlier else []
        return [first, *rest]

    def title(self) -> str:
        """Return the topic's title, as one of a comparison."""
        return say("Compared: {title}", title=plain(self.comparison.title, 200))

    def head(self) -> list[str]:
        """Return the latest figure and the range of each side, and who denies it all."""
        narrow = " · ".join(narrowed(self.comparison.filters))
        sides = [
            self._side(*each) for each in zip(self.names, self.comparison.columns, strict=True)
        ]
        against = denied(self.comparison.denials, self.numbering.brief)
        return [line for line in (f"-# {narrow}" if narrow else "", *sides, against) if line]

    def blocks(self) -> list[str]:
        """Return a block for each month, the oldest first."""
        return ["\n" + "\n".join(self._month(month)) for month in self.comparison.months]

    def arithmetic(self) -> list[str]:
        """Return what the counts amount to, as sums that nobody claimed."""
        ratios = self.comparison.ratios
        if not ratios:
            return []
        left = len(ratios) - _RATIOS
        rest = many("and {count} more such sum", "and {count} more such sums", left)
        more = [f"-# {rest}"] if left > 0 else []
        lines = [self._ratio(ratio) for ratio in ratios[-_RATIOS:]]
        title = say("Arithmetic on these counts; nobody claimed it")
        return [f"\n**{title}**", *lines, *more]

    def sources(self, shown: range, *, whole: bool) -> list[SourceLine]:
        """Return the publications that a page cites; the `whole` one has head and arithmetic."""
        months = self.comparison.months[shown.start : shown.stop]
        claims = [claim for month in months for cell in month.cells for claim in cell]
        if whole:
            claims += [*self._head_claims(), *self.comparison.denials, *self._factors()]
        return self.numbering.sources(claims)

    def _first(self, column: Column) -> str:
        """Return a person without their role, or an organisation without its country."""
        asserters = {claim.asserter for claim in column.claims}
        if len(asserters) != 1:
            return column.by
        one = self.library.asserter(asserters.pop())
        if self.library.name(one.id) != column.by:
            return column.by
        return one.person or one.organisation or column.by

    def _side(self, name: str, column: Column) -> str:
        claims = {claim.id: claim for claim in column.claims}
        if not claims:
            return f"**{name}**: {say('nothing on file')}"
        latest = claims.get(column.latest or "")
        if latest is None:
            text = many("{count} without a figure", "{count} without a figure", len(claims))
            return f"**{name}**: {text}"
        rests = f", {resting(latest.assumption)}" if latest.assumption else ""
        words = say(
            "latest {figure} ({day})",
            figure=f"**{self._words(latest)}**",
            day=f"{short(Edtf.parse(latest.as_of))}{rests}",
        )
        cite = self.numbering.brief if self.phone else self.numbering.markers
        words = f"{words} {cite(latest)}"
        return f"**{name}**: {words}{self._span(column, claims)}"

    def _span(self, column: Column, claims: dict[str, ClaimView]) -> str:
        def end(claim: ClaimView, value: float) -> str:
            words = at_end(claim.figure, value, self.comparison.measure)
            assumed = claim.assumption if claim.id != column.latest else None
            return small_end(words, self.numbering.brief(claim), assumed)

        worded = ends(column.range, claims.__getitem__, end)
        if worded is None:
            return ""
        return f", {say('range {low} to {high}', low=worded[0], high=worded[1])}"

    def _month(self, month: ComparedMonth) -> Iterator[str]:
        yield f"**{short(Edtf.parse(month.month))}**"
        for name, cell in zip(self.names, month.cells, strict=True):
            for claim in cell[:_IN_A_CELL]:
                yield f"- {name}: {self._told(claim)}"
            more = len(cell) - _IN_A_CELL
            if more > 0:
                yield f"- {name}:{and_more(more)}"
        silent = [name for name, cell in zip(self.names, month.cells, strict=True) if not cell]
        if silent and len(self.names) == _PAIR:
            yield f"-# {say('Nothing from {names}', names=', '.join(silent))}"

    def _told(self, claim: ClaimView) -> str:
        words = self._words(claim)
        shown = words if claim.figure is None else f"**{words}**"
        rests = f" {resting(claim.assumption)}" if claim.assumption else ""
        retold = f" · {say('a retelling, not counted')}" if claim.retells else ""
        found = f" · {rated(claim)}" if claim.rating else ""
        return f"{shown}{rests} {self._cite(claim)}{retold}{found}"

    def _ratio(self, ratio: Ratio) -> str:
        above, below = (self._factor(each) for each in (ratio.numerator, ratio.denominator))
        when = short(Edtf.parse(ratio.month))
        words = quotient_words(ratio.low, ratio.high, ratio.relation, spoken())
        return f"- {when}: {above} ÷ {below} = **{plain(words, 80)}**"

    def _factor(self, claim: ClaimView) -> str:
        measure = self.library.topic(claim.topic).measure
        words = figure(claim.figure, measure, unit=True) if claim.figure else ""
        return f"{plain(words, 120)} {self._cite(claim)}"

    def _words(self, claim: ClaimView) -> str:
        if claim.figure is None:
            return plain(claim.statement, 200)
        return plain(figure(claim.figure, self.comparison.measure), 120)

    def _cite(self, claim: ClaimView) -> str:
        return self.numbering.markers(claim)

    def _claims(self) -> Iterator[ClaimView]:
        yield from (claim for column in self.comparison.columns for claim in column.claims)
        yield from self._factors()

    def _factors(self) -> Iterator[ClaimView]:
        for ratio in self.comparison.ratios:
            yield from (ratio.numerator, ratio.denominator)

    def _head_claims(self) -> Iterator[ClaimView]:
        for column in self.comparison.columns:
            span = column.range
            ends = (span.low_claim, span.high_claim) if span else ()
            wanted = {column.latest, *ends}
            yield from (claim for claim in column.claims if claim.id in wanted)


def _position(page: int, dealt: Sequence[range], months: Sequence[ComparedMonth]) -> str:
    """Say which page it is and which months stand on it; or, where none does, on the others."""
    count = len(dealt)
    if count == 1:
        return ""
    shown = months[dealt[page].start : dealt[page].stop]
    named = [short(Edtf.parse(one.month)) for one in shown or months]
    first, last = named[0], named[-1]
    span = first if first == last else say("{first} to {last}", first=first, last=last)
    told = (
        say(
            "Page {page} of {count}, oldest first: {months}",
            page=count - page,
            count=count,
            months=span,
        )
        if shown
        else say(
            "Page {page} of {count}, oldest first; the months on the others: {months}",
            page=count - page,
            count=count,
            months=span,
        )
    )
    return f"-# {told}"
