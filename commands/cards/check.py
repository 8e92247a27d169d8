"""A checked message in words: each assertion, its verdict, and what it was held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from propcache.api import cached_property

from commands.cards.parts import (
    DESCRIPTION,
    Card,
    at_end,
    brief_speaker,
    denied,
    ends,
    fitting,
    in_own_words,
    modality,
    note,
    qualified,
    rated,
    resting,
    small_end,
    source_order,
    views_in_own_words,
)
from commands.text import (
    Numbering,
    Recognised,
    and_more,
    figure,
    in_quotes,
    many,
    plain,
    say,
    short,
)
from knowledge.contract import Check, CheckedAssertion, ClaimView, Uncovered
from knowledge.library import Library
from knowledge.model import Edtf, Measure, Modality
from knowledge.reading import plain_text

_FEW = 1
_CLAIMS_OF_FEW, _CLAIMS_OF_MANY = 2, 1
_LATER = 2
_UNCOVERED = 6
_QUOTED = 120
_UNSAID = 3
"""For how few assertions more is told of each, how many claims then and otherwise, how many later
ones, the characters quoted, and how many words that nothing on file says: two assertions fit on a
phone's screen, and ten into a message (chosen by eye)."""


REMARKS = (
    "The claims are of the others: what is left is compared.",
    "Reckoned in {unit} for the comparison.",
    "The age is compared as the year that it leads back to.",
)
"""What the checker notes about a comparison."""
_NOTES = Recognised(REMARKS)


@dataclass(frozen=True)
class CheckCard:
    """The parts of a checked message; no figure stands without where it can be read."""

    check: Check
    library: Library

    def __post_init__(self) -> None:
        object.__setattr__(self, "check", in_own_words(self.library, self.check))

    @cached_property
    def numbering(self) -> Numbering:
        """The publications, numbered over the whole answer."""
        claims = (claim for one in self.check.assertions for claim in self.cited(one))
        topics = dict.fromkeys(one.topic for one in self.check.assertions)
        return Numbering(
            claims, (source for topic in topics for source in source_order(self.library, topic))
        )

    def card(self, where: str = "") -> Card:
        """Return the verdicts on a message; `where` says which, as safe markdown."""
        if not self.check.assertions:
            words = say(
                "Nothing in it is a figure that a topic on file covers; /topics lists them."
            )
            return note(f"{where}\n{words}{self.uncovered()}".strip())
        count = len(self.check.assertions)
        blocks = (f"\n{block}" for block in self.blocks())
        lines = [where, self.left(), *blocks, self.uncovered()]
        cited = [claim for one in self.check.assertions for claim in self.cited(one)]
        figures = count + len(self.check.uncovered) + self.check.skipped
        title = many(
            "{on} of {count} figure on file",
            "{on} of {count} figures on file",
            figures,
            on=count,
        )
        card = Card(title, fitting(lines, DESCRIPTION))
        return card.with_sources(self.numbering.sources(cited))

    def blocks(self) -> list[str]:
        """Return a block for each assertion, in the order of the message."""
        return ["\n".join(self._lines(one)) for one in self.check.assertions]

    def cited(self, one: CheckedAssertion) -> list[ClaimView]:
        """Return the claims that the block of an assertion cites."""
        return [*self._held(one), *self._ends(one), *self._later(one), *self._denials(one)]

    def uncovered(self) -> str:
        """Name the figures that were held against nothing, and why."""
        by: dict[Uncovered, list[str]] = {}
        for one in self.check.uncovered[:_UNCOVERED]:
            by.setdefault(one.why, []).append(in_quotes(plain(one.text, 60)))
        named = "; ".join(f"{', '.join(texts)}: {_why(why)}" for why, texts in by.items())
        more = len(self.check.uncovered) - _UNCOVERED
        tail = and_more(more) if more > 0 else ""
        return f"\n-# {say('Not checked: {figures}', figures=named)}{tail}" if named else ""

    def left(self) -> str:
        """Say how many figures were left unchecked, or nothing."""
        count = self.check.skipped
        if not count:
            return ""
        words = many(
            "Only the first {checked} are checked; {count} more is not.",
            "Only the first {checked} are checked; {count} more are not.",
            count,
            checked=len(self.check.assertions),
        )
        return f"-# {words}"

    def _lines(self, one: CheckedAssertion) -> Iterator[str]:
        yield f"**{heading(one)}**: {in_quotes(plain(plain_text(one.text).text, _QUOTED))}"
        about = " · ".join(self.about(one))
        cite = self.numbering.markers if self._few else self.numbering.brief
        held = [f"{self._told(one, claim)} {cite(claim)}" for claim in self._held(one)]
        yield f"{about}: {'; '.join(held)}" if held else about
        if one.unsaid and not _heads_unsaid(one):
            yield f"-# {say('Nothing there says {words}.', words=_unsaid(one))}"
        yield from self._range(one)
        later = self._later(one)
        if later:
            named = ", ".join(self._since(one, claim) for claim in later)
            more = len(one.later) - len(later)
            listed = f"{named}{and_more(more) if more else ''}"
            grows = self._measure(one) is Measure.CUMULATIVE
            yield (
                say("Since then: {estimates}.", estimates=listed)
                if grows
                else say("Later estimates differ: {estimates}.", estimates=listed)
            )
        elif one.verdict == "matches":
            yield f"-# {say('No later estimate differs.')}"
        against = denied(self._denials(one), self.numbering.brief)
        if against:
            yield f"-# {against}"

    @property
    def _few(self) -> bool:
        return len(self.check.assertions) <= _FEW

    def about(self, one: CheckedAssertion) -> Iterator[str]:
        """Write what an assertion was read as, part by part."""
        yield plain(one.title, 120)
        if one.as_of:
            yield say("as of {day}", day=short(Edtf.of_day(one.as_of)))
        if one.by:
            yield say("by {name}", name=plain(one.by, 110))
        if one.note:
            yield plain(_NOTES.said(one.note), 200).rstrip(".")

    def _range(self, one: CheckedAssertion) -> Iterator[str]:
        told = {claim.id for claim in self._held(one)}

        def end(claim: ClaimView, value: float) -> str:
            words = at_end(claim.figure, value, self._measure(one))
            assumed = claim.assumption if claim.id not in told else None
            return small_end(words, self.numbering.brief(claim), assumed)

        views = {claim.id: claim for claim in self._ends(one)}
        worded = ends(one.range, views.__getitem__, end) if views else None
        if worded:
            yield f"-# {say('On file: {low} to {high}', low=worded[0], high=worded[1])}"

    def _told(self, one: CheckedAssertion, claim: ClaimView) -> str:
        rests = f" {resting(claim.assumption)}" if claim.assumption else ""
        said = f"{short(Edtf.parse(claim.as_of))}, {brief_speaker(claim)}"
        small = [
            qualified(claim.qualifiers),
            modality(claim) if claim.modality is not Modality.REPORTED else "",
            say("a retelling, not counted") if claim.retells else "",
        ]
        told = " · ".join(part for part in (*small, said, rated(claim)) if part)
        return f"**{self._words(one, claim)}**{rests} · {told}"

    def _since(self, one: CheckedAssertion, claim: ClaimView) -> str:
        rests = f", {resting(claim.assumption)}" if claim.assumption else ""
        day = short(Edtf.parse(claim.as_of))
        return f"**{self._words(one, claim)}** ({day}{rests}) {self.numbering.brief(claim)}"

    def _words(self, one: CheckedAssertion, claim: ClaimView) -> str:
        if claim.figure is None:
            return plain(claim.statement, 200)
        return plain(figure(claim.figure, self._measure(one)), 120)

    def _measure(self, one: CheckedAssertion) -> Measure:
        return self.library.topic(one.topic).measure

    def _held(self, one: CheckedAssertion) -> Sequence[ClaimView]:
        return one.claims[: _CLAIMS_OF_FEW if self._few else _CLAIMS_OF_MANY]

    def _ends(self, one: CheckedAssertion) -> list[ClaimView]:
        """Return the claims at both ends of the range, where the verdict speaks of it.

        Of several figures, one beyond an end that is told of anyway does without.
        """
        span = one.range
        if span is None or one.verdict == "matches" or span.low_claim == span.high_claim:
            return []
        beyond = {"above-range": span.high_claim, "below-range": span.low_claim}.get(one.verdict)
        if not self._few and beyond in {claim.id for claim in self._held(one)}:
            return []
        return self._views((span.low_claim, span.high_claim))

    def _later(self, one: CheckedAssertion) -> Sequence[ClaimView]:
        return one.later[:_LATER]

    def _denials(self, one: CheckedAssertion) -> list[ClaimView]:
        return self._views(one.claims[0].denied_by) if one.claims else []

    def _views(self, ids: Sequence[str]) -> list[ClaimView]:
        found = self.library.views(self.library.entry(one) for one in ids)
        return views_in_own_words(self.library, found)


def heading(one: CheckedAssertion) -> str:
    """Say the verdict, and what the figure on file is worth where it is no plain report."""
    return _matched(one) if one.verdict == "matches" else _unmatched(one)


def _matched(one: CheckedAssertion) -> str:
    match one.standing:
        case "conditional":
            return f"◐ {say('On file, on a condition')}"
        case "forecast":
            return f"◷ {say('On file as a forecast')}"
        case _ if one.denials:
            return f"◐ {say('On file, but denied')}"
        case _ if one.unsaid:
            return f"◐ {say('On file, but nothing there says {words}', words=_unsaid(one))}"
        case _:
            return f"✔ {say('Matches what is on file')}"


def _heads_unsaid(one: CheckedAssertion) -> bool:
    """Whether the heading itself says what is not on file."""
    return one.standing not in {"conditional", "forecast"} and not one.denials


def _unsaid(one: CheckedAssertion) -> str:
    return ", ".join(in_quotes(plain(words, 60)) for words in one.unsaid[:_UNSAID])


def _unmatched(one: CheckedAssertion) -> str:
    if one.standing == "retold":
        return f"✘ {say('On file only as a retelling with a changed figure')}"
    match one.verdict:
        case "attributed-otherwise":
            name = plain(one.attributed_to or "", 80)
            return f"✘ {say('On file, but not from {name}', name=name)}"
        case "within-range":
            return f"↔ {say('Within the range on file')}"
        case "above-range":
            return f"▲ {_above(one)}"
        case "below-range":
            return f"▼ {_below(one)}"
        case _:
            return f"○ {say('Nothing on file to hold it against')}"


def _above(one: CheckedAssertion) -> str:
    """Nothing is above everything where the highest figure is itself open above."""
    if one.range and one.range.high_open:
        return say("Above the highest on file")
    return say("Above everything on file")


def _below(one: CheckedAssertion) -> str:
    if one.range and one.range.low_open:
        return say("Below the lowest on file")
    return say("Below everything on file")


def _why(why: Uncovered) -> str:
    match why:
        case "no-topic":
            return say("no topic on file covers it")
        case "not-asserted":
            return say("it is asked, denied or supposed")
        case "vague":
            return say("it has no number")
        case "other-unit":
            return say("its unit is of another kind")
        case "too-many":
            return say("too many figures at once")
