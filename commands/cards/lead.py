"""What answers first: the figure, who gave it when and on what condition, the range, who denies it.

These lines stand alone on the first screen of a phone, so each of them is true without the others.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from propcache.api import cached_property

from commands.cards.parts import (
    OPPOSING,
    at_end,
    bold_end,
    brief_speaker,
    end_day,
    ends,
    opposing,
    qualified,
    rated,
    resting,
    speaker,
    time_of,
)
from commands.text import (
    Numbering,
    and_more,
    claims,
    figure,
    human,
    many,
    organisations,
    origins,
    plain,
    publications,
    say,
    short,
    speakers,
    statements,
)
from knowledge.contract import Answer, ClaimView, Disagreement, Group, Range
from knowledge.model import Edtf, LinkKind, Measure

_NAMED_MONTHS = 1
_PAIR = 2
_NAMED_GROUPS = 4
_NAMED_FORECASTS = 2
"""What is told in full before "and more": months that differ, estimates that make a pair, sets of
qualifiers, forecasts (chosen by eye, for a phone)."""


@dataclass(frozen=True)
class Lead:
    """The lines that answer; `best` fits a question better than the latest figure does."""

    answer: Answer
    numbering: Numbering
    against: Mapping[str, ClaimView] = field(default_factory=dict)
    best: ClaimView | None = None

    @cached_property
    def claims(self) -> dict[str, ClaimView]:
        """The claims by id."""
        return {claim.id: claim for claim in self.answer.claims}

    @property
    def latest(self) -> ClaimView | None:
        """The latest figure, where one is reported."""
        return self.claims.get(self.answer.latest or "")

    @property
    def first(self) -> ClaimView | None:
        """The claim whose figure is shown large; of several sets of qualifiers none is."""
        best = self.best if self.best and self.best.figure else None
        return best or (None if self.answer.groups else self.latest)

    def lines(self) -> list[str]:
        """Return the lines that answer, before any list of claims, as running text."""
        return [line for line in (*self._told(None), *self._rest()) if line]

    def large(self) -> list[str]:
        """Return the same lines, the first figure as large as the chat can write it."""
        if self.first is None:
            return self.lines()
        told = self._told(self.first)
        rest = self._rest(brief=True)
        return [line for line in (*self._shown_large(self.first), *told, *rest) if line]

    def brief(self) -> list[str]:
        """Return the first of the lines and the counts, for every page but the first."""
        latest = self.latest
        told = self.told(self._name(latest), latest) if latest else ""
        return [line for line in (told, self.counts()) if line]

    def cited(self, *, brief: bool = False) -> Iterator[ClaimView]:
        """Return the claims that these lines cite."""
        span = self.answer.range
        chosen = [one for one in (self.best, self.latest) if one]
        if brief:
            yield from chosen[-1:]
            return
        chosen += [claim for group in self._groups() for claim in self._leading(group)]
        chosen += self._forecasts()
        if span and not self.answer.groups:
            chosen += [self.claims[one] for one in self._ends_shown(span)]
        for month in self._shown_months():
            chosen += self._ends_of(month)
        for kind in OPPOSING:
            chosen += self._against(kind)
        yield from {claim.id: claim for claim in chosen}.values()

    def told(self, lead: str, claim: ClaimView) -> str:
        """Write one claim as a line that answers."""
        rests = f", {resting(claim.assumption)}" if claim.assumption else ""
        said = f"({time_of(claim)}{rests}), {speaker(claim)} {self._cite(claim)}"
        if claim.rating:
            said += f" · {rated(claim)}"
        return f"**{lead}: {self._narrowed(claim)}{self.words(claim, unit=True)}** {said}"

    def _narrowed(self, claim: ClaimView) -> str:
        """Name what narrows a figure: without that it would be read as being of everything."""
        named = qualified(claim.qualifiers)
        return f"{named}: " if named else ""

    def counts(self, *, brief: bool = False) -> str:
        """Say how much is on file; `brief` where the publications are listed anyway."""
        sources = {c.source for claim in self.answer.claims for c in claim.citations}
        count = len(self.answer.claims)
        qualitative = self.answer.measure is Measure.QUALITATIVE
        held = statements(count) if qualitative else claims(count)
        behind = origins(self.answer.origins)
        told = (
            say("{claims} from {origins}", claims=held, origins=behind)
            if brief
            else say(
                "{claims} from {origins} in {publications}",
                claims=held,
                origins=behind,
                publications=publications(len(sources)),
            )
        )
        return f"-# {told}{self._speakers()}"

    def _speakers(self) -> str:
        """Say how few stand behind the utterances: these are not independent of each other."""
        found = self.answer
        if found.organisations < found.speakers:
            by = say(
                "{speakers} of {organisations}",
                speakers=speakers(found.speakers),
                organisations=organisations(found.organisations),
            )
        elif found.speakers < found.origins:
            by = speakers(found.speakers)
        else:
            return ""
        return f": {by}"

    def words(self, claim: ClaimView, *, unit: bool = False) -> str:
        """Write the figure of a claim, or its statement where it has none."""
        if claim.figure is None:
            return plain(claim.statement, 300)
        return plain(figure(claim.figure, self.answer.measure, unit=unit), 120)

    # ------------------------------------------------------------------ first

    def _name(self, claim: ClaimView) -> str:
        return say("Closest to the question") if claim is self.best else say("Latest")

    def _told(self, large: ClaimView | None) -> Iterator[str]:
        """Tell of the best claim and of the latest, but for the one that is shown large."""
        latest = None if self.answer.groups else self.latest
        for claim in (self.best, latest):
            if claim and claim is not large:
                yield self.told(self._name(claim), claim)

    def _shown_large(self, claim: ClaimView) -> Iterator[str]:
        words = self.words(claim, unit=True)
        yield f"# {words[:1].upper()}{words[1:]}"
        parts = [
            qualified(claim.qualifiers),
            speaker(claim),
            time_of(claim),
            f"**{resting(claim.assumption, alone=True)}**" if claim.assumption else "",
        ]
        said = ", ".join(part for part in parts if part)
        found = f" · {rated(claim)}" if claim.rating else ""
        yield f"{self._name(claim)}: {said} {self._cite(claim)}{found}"

    def _rest(self, *, brief: bool = False) -> Iterator[str]:
        if self.answer.groups:
            yield from self._grouped()
        else:
            yield from self._range()
        yield self._foreseen()
        yield self._total()
        yield from self._differing()
        for kind in OPPOSING:
            yield opposing(kind, self._against(kind), self.numbering.brief)
        yield self._printed_later()
        yield self.counts(brief=brief)

    def _printed_later(self) -> str:
        """Say of what had been said by a day which of it can only be read in later publications."""
        known_by = self.answer.filters.known_by
        cited = [one for claim in self.answer.claims for one in claim.citations]
        later = {
            self.numbering.number(one)
            for one in cited
            if known_by and one.published_on and Edtf.parse(one.published_on).earliest > known_by
        }
        if not later:
            return ""
        listed = " ".join(f"[{number}]" for number in sorted(later))
        return f"-# {say('Said by that day, but published later: {sources}.', sources=listed)}"

    def _grouped(self) -> Iterator[str]:
        """Write what stands for each set of qualifiers: only like is set beside like."""
        for group in self._groups():
            name = qualified(group.qualifiers) or say("Without further detail")
            for claim in self._leading(group)[:1]:
                rests = f", {resting(claim.assumption)}" if claim.assumption else ""
                yield (
                    f"**{name}: {self.words(claim, unit=True)}** "
                    f"({time_of(claim)}{rests}), {speaker(claim)} {self._cite(claim)}"
                )
            if worded := self._ends(group.range):
                yield f"-# {say('Range: {low} to {high}.', low=worded[0], high=worded[1])}"
            if foreseen := self._foreseen_range(group.forecast_range):
                yield f"-# {foreseen}"
        more = len(self.answer.groups) - _NAMED_GROUPS
        if more > 0:
            yield f"-# {and_more(more).strip()}"

    def _groups(self) -> Sequence[Group]:
        return self.answer.groups[:_NAMED_GROUPS]

    def _leading(self, group: Group) -> list[ClaimView]:
        """Return the latest of a group, or its newest forecast, and the ends of its range."""
        span = group.range
        ids = [group.latest or group.claims[-1]]
        ids += [span.low_claim, span.high_claim] if span else []
        ids += self._foreseen_ends(group.forecast_range)
        return [self.claims[one] for one in dict.fromkeys(ids)]

    def _forecasts(self) -> list[ClaimView]:
        """Return the newest forecasts, where no group has told of them.

        Where nothing has a figure, a promise answers no more than the other statements do.
        """
        if self.answer.measure is Measure.QUALITATIVE:
            return []
        told = {claim.id for group in self._groups() for claim in self._leading(group)[:1]}
        told |= {self.best.id} if self.best else set()
        newest = self.answer.forecasts[-_NAMED_FORECASTS:]
        return [self.claims[one] for one in newest if one not in told]

    def _foreseen(self) -> str:
        forecasts = "; ".join(map(self._forecast, self._forecasts()))
        if not forecasts:
            return ""
        told = say("Forecast: {forecasts}.", forecasts=forecasts)
        more = "" if self.answer.groups else self._foreseen_range(self.answer.forecast_range)
        return f"{told} {more}".strip()

    def _forecast(self, claim: ClaimView) -> str:
        """Write a forecast: of what, for when, whose, and when it was said."""
        ahead = claim.as_of != claim.asserted_on
        when = f" ({say('for {day}', day=self._day(claim))})" if ahead else ""
        said = say("said {day}", day=short(Edtf.parse(claim.asserted_on)))
        told = self.words(claim, unit=True).rstrip(".")
        words = f"**{told}**{when}, {brief_speaker(claim)}, {said}"
        return f"{self._narrowed(claim)}{words} {self._cite(claim)}"

    def _foreseen_ends(self, span: Range | None) -> list[str]:
        """Return the ends of a range over forecasts, where these are more than are told of."""
        few = len(self.answer.forecasts) <= _NAMED_FORECASTS
        return [] if span is None or few else [span.low_claim, span.high_claim]

    def _foreseen_range(self, span: Range | None) -> str:
        worded = self._ends(span) if self._foreseen_ends(span) else None
        if worded is None:
            return ""
        return say("Forecasts range from {low} to {high}.", low=worded[0], high=worded[1])

    def _total(self) -> str:
        """Say of a running total that it counts what was before the window, too."""
        since = self.answer.total_since
        if since is None:
            return ""
        day = human(Edtf.parse(f"{since:%Y-%m}"), governed=True)
        return f"-# {say('A running total: it counts everything since {day}.', day=day)}"

    # ------------------------------------------------------------------ range

    def _range(self) -> Iterator[str]:
        """Write the range of what rests on no assumption, and then the ends that it leaves out."""
        span = self.answer.range
        if span is None:
            return
        whole = self._ends(span)
        if not self._assumed(span):
            if whole:
                yield say("Range: {low} to {high}.", low=whole[0], high=whole[1])
            return
        yield self._firm(span)
        if whole and self._widened(span):
            told = say("With assumptions: {low} to {high}.", low=whole[0], high=whole[1])
            yield f"-# {told}"

    def _ends(self, span: Range | None) -> tuple[str, str] | None:
        """Word both ends of a range, with their days where it grew or the years between are many.

        A running total grows: without their days its ends would look like a disagreement, and so
        would those of anything else that was measured in different years.
        """
        if span is None:
            return None
        years = {self.claims[one].as_of[:4] for one in (span.low_claim, span.high_claim)}
        dated = self.answer.measure is Measure.CUMULATIVE or len(years) > 1
        return ends(span, self.claims.__getitem__, lambda *end: self._end(*end, dated=dated))

    def _assumed(self, span: Range) -> bool:
        return any(self.claims[one].assumption for one in (span.low_claim, span.high_claim))

    def _firm(self, span: Range) -> str:
        if span.firm_low is None or span.firm_high is None:
            return say("Every figure here rests on an assumption.")
        low, high = (
            self._end(self.claims[one or ""], value)
            for one, value in (
                (span.firm_low_claim, span.firm_low),
                (span.firm_high_claim, span.firm_high),
            )
        )
        if low == high:
            return say("Without an assumption: {figure}.", figure=low)
        return say("Without an assumption: {low} to {high}.", low=low, high=high)

    def _widened(self, span: Range) -> bool:
        """Whether an end of the whole range stands nowhere else among the lines."""
        told = {span.firm_low_claim, span.firm_high_claim, self.answer.latest}
        return not told.issuperset({span.low_claim, span.high_claim})

    def _ends_shown(self, span: Range) -> list[str]:
        shown = [span.firm_low_claim, span.firm_high_claim] if self._assumed(span) else []
        if not self._assumed(span) or self._widened(span):
            shown += [span.low_claim, span.high_claim]
        return [one for one in shown if one]

    def _end(self, claim: ClaimView, value: float, *, dated: bool = True) -> str:
        words = at_end(claim.figure, value, self.answer.measure)
        latest = claim.id == self.answer.latest
        day = end_day(claim) if dated else ""
        cited = f" {self.numbering.brief(claim)}"
        return bold_end(words, claim.assumption, cited, latest=latest, day=day)

    # ---------------------------------------------------------------- against

    def _shown_months(self) -> tuple[Disagreement, ...]:
        return self.answer.disagreements[-_NAMED_MONTHS:]

    def _differing(self) -> Iterator[str]:
        for month in self._shown_months():
            low, high = (
                f"{self.words(claim)} ({brief_speaker(claim)}) {self.numbering.brief(claim)}"
                for claim in self._ends_of(month)
            )
            told = {"month": human(Edtf.parse(month.month)), "low": low, "high": high}
            if len(month.claims) == _PAIR:
                yield say("Estimates for {month} differ: {low} and {high}.", **told)
            else:
                yield say(
                    "Estimates for {month} differ: {count} of them, {low} to {high}.",
                    count=len(month.claims),
                    **told,
                )
        earlier = len(self.answer.disagreements) - _NAMED_MONTHS
        if earlier > 0:
            yield "-# " + many(
                "They differ in {count} earlier month as well.",
                "They differ in {count} earlier months as well.",
                earlier,
            )

    def _ends_of(self, month: Disagreement) -> tuple[ClaimView, ClaimView]:
        """Return the lowest and the highest of the estimates that differ."""
        ordered = sorted((self.claims[one] for one in month.claims), key=_height)
        return ordered[0], ordered[-1]

    def _against(self, kind: LinkKind) -> list[ClaimView]:
        """Return what speaks against the whole topic, and against the figure shown large."""
        whole = self.answer.denials if kind is LinkKind.DENIES else ()
        own = self.first.opposed_by[kind] if self.first else ()
        return [*whole, *(self.against[one] for one in own if one in self.against)]

    def _day(self, claim: ClaimView) -> str:
        return human(Edtf.parse(claim.as_of))

    def _cite(self, claim: ClaimView) -> str:
        return self.numbering.markers(claim)


def _height(claim: ClaimView) -> tuple[float, float]:
    """Return where a claim stands among estimates, by its number and then by its open side."""
    figure = claim.figure
    if figure is None or (figure.low is None and figure.high is None):
        raise ValueError(f"claim {claim.id} has no number")
    low = figure.high if figure.low is None else figure.low
    high = figure.low if figure.high is None else figure.high
    return (low or 0.0, math.inf if figure.high is None else high or 0.0)
