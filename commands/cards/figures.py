"""An answer in words: the line that answers, the range, the origins, and each claim."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from commands.cards.card import DESCRIPTION, Card, Page, note
from commands.cards.digest import AnswerDigest
from commands.cards.paging import fitting, pages
from commands.cards.phrases import (
    brief_speaker,
    denied,
    end_day,
    narrowed,
    notes,
    opponents,
    qualified,
    resting,
    speaker,
    time_of,
    where,
)
from commands.cards.ranges import at_end, bold_end, ends
from commands.text import (
    Numbering,
    and_more,
    claims,
    figure,
    footer,
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
from knowledge.contract import Answer, ClaimView, Disagreement, Filters, Range
from knowledge.contract import Group as AnswerGroup
from knowledge.library import Library
from knowledge.model import Edtf, Measure

_NAMED_MONTHS = 1
_PAIR = 2
_CLAIMS_IN_A_GROUP = 3
_NAMED_RETELLINGS = 2
_NAMED_GROUPS = 4
_NAMED_FORECASTS = 2
"""What is told in full before "and more": months that differ, estimates that make a pair, claims of
one asserter at one time, retellings, sets of qualifiers, forecasts (chosen by eye, for a phone)."""
_GROUPS_ON_A_PAGE = 6
_CHARACTERS_ON_A_PAGE = 1200
"""A little over a phone's screen below the lines that answer: six dates stay together (chosen by
eye)."""
_NAMING_THEIR_UNIT = (Measure.LEVEL, Measure.RATE)


@dataclass(frozen=True, slots=True)
class Group:
    """What one asserter said at one time; retellings stand with what they retell."""

    claims: tuple[ClaimView, ...]
    retellings: tuple[ClaimView, ...]

    @property
    def everything(self) -> tuple[ClaimView, ...]:
        """The claims and their retellings."""
        return (*self.claims, *self.retellings)


@dataclass(frozen=True)
class FiguresCard:
    """The parts of an answer; a figure is never written without where it can be read.

    `against` holds the claims that deny or dispute single claims of the answer, by id.
    """

    answer: Answer
    against: Mapping[str, ClaimView] = field(default_factory=dict)

    @cached_property
    def numbering(self) -> Numbering:
        """The publications, numbered over the whole answer."""
        return Numbering(self.cited_claims)

    @cached_property
    def claims(self) -> dict[str, ClaimView]:
        """The claims by id."""
        return {claim.id: claim for claim in self.answer.claims}

    @cached_property
    def digest(self) -> AnswerDigest:
        """What the answer rests on."""
        shown = (*self.answer.claims, *self.answer.denials)
        return AnswerDigest.of(self.answer.revision, shown)

    @property
    def cited_claims(self) -> tuple[ClaimView, ...]:
        """Every claim that the answer names, those against it included."""
        return (*self.answer.claims, *self.answer.denials, *self.against.values())

    @property
    def topic(self) -> str:
        """The id of the topic, which every answer with claims has."""
        return self.answer.topic or ""

    def title(self) -> str:
        """Return the topic's title."""
        return plain(self.answer.title or self.topic, 200)

    def footer(self) -> str:
        """Return what the answer rests on."""
        return footer(self.answer.revision)

    def page(self, number: int = 0, *, turns: bool = True) -> Page:
        """Return a page of the answer, page 0 the newest; `turns` where buttons lead to others."""
        if not self.answer.claims:
            return Page(nothing(self.answer))
        groups = self.groups(self.answer.claims)
        blocks = [self.block(group) for group in groups]
        dealt = pages(blocks, _GROUPS_ON_A_PAGE, _CHARACTERS_ON_A_PAGE)
        number = min(number, len(dealt) - 1)
        shown = dealt[number]
        position = _position(number, len(dealt), turns=turns)
        head = [where(self.answer), *(self.brief_head() if number else self.head())]
        cited = self.cited(groups[shown.start : shown.stop], brief=number > 0)
        card = self.laid_out(head, [position, *blocks[shown.start : shown.stop]], cited)
        return Page(card, number, len(dealt))

    def laid_out(
        self, head: Sequence[str], blocks: Sequence[str], cited: Iterable[ClaimView]
    ) -> Card:
        """Lay out the lines that answer, as many as there is room for, the claims, the sources."""
        body = "\n".join(block for block in blocks if block)
        text = f"{fitting(head, DESCRIPTION - len(body) - 2)}\n\n{body}"
        card = Card(self.title(), text, footer=self.footer())
        return card.with_lines(say("Sources"), self.numbering.sources(cited))

    # ------------------------------------------------------------------- head

    def head(self) -> list[str]:
        """Return the lines that answer, before any list of claims."""
        lines = [
            *(self._grouped() if self.answer.groups else (self._latest(), self._range())),
            self._foreseen(),
            self._total(),
            *self._differing(),
            self._denied(),
        ]
        return [line for line in (*lines, self._counts()) if line]

    def brief_head(self) -> list[str]:
        """Return the first of those lines and the counts, for every page but the first."""
        return [line for line in (self._latest(), self._counts()) if line]

    def head_claims(self, *, brief: bool = False) -> Iterator[ClaimView]:
        """Return the claims that the head cites."""
        found, span = self.answer.latest, self.answer.range
        ids = [found] if found else []
        if brief:
            yield from (self.claims[one] for one in ids)
            return
        ids += [claim.id for group in self._shown_groups() for claim in self._leading(group)]
        ids += [claim.id for claim in self._forecasts()]
        if span and not self.answer.groups:
            ends = (span.low_claim, span.high_claim, span.firm_low_claim, span.firm_high_claim)
            ids += [end for end in ends if end]
        for month in self._shown_months():
            ids += [claim.id for claim in self._ends_of(month)]
        yield from (self.claims[one] for one in dict.fromkeys(ids))
        yield from self.answer.denials

    def told(self, lead: str, claim: ClaimView) -> str:
        """Write one claim as the line that answers."""
        rests = f", {resting(claim.assumption)}" if claim.assumption else ""
        said = f"({time_of(claim)}{rests}), {speaker(claim)} {self._cite(claim)}"
        return f"**{lead}: {self.words(claim, unit=True)}** {said}"

    def _latest(self) -> str:
        latest = self.answer.latest
        return self.told(say("Latest"), self.claims[latest]) if latest else ""

    def _grouped(self) -> Iterator[str]:
        """Write what stands for each set of qualifiers: only like is set beside like."""
        for group in self._shown_groups():
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

    def _shown_groups(self) -> Sequence[AnswerGroup]:
        return self.answer.groups[:_NAMED_GROUPS]

    def _leading(self, group: AnswerGroup) -> list[ClaimView]:
        """Return the latest of a group, or its newest forecast, and the ends of its range."""
        span = group.range
        ids = [group.latest or group.claims[-1]]
        ids += [span.low_claim, span.high_claim] if span else []
        ids += self._foreseen_ends(group.forecast_range)
        return [self.claims[one] for one in dict.fromkeys(ids)]

    def _forecasts(self) -> list[ClaimView]:
        """Return the newest forecasts, where no group has told of them."""
        told = {claim.id for group in self._shown_groups() for claim in self._leading(group)[:1]}
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
        named = qualified(claim.qualifiers) if self.answer.groups else ""
        ahead = claim.as_of != claim.asserted_on
        when = f" ({say('for {day}', day=self._day(claim))})" if ahead else ""
        said = say("said {day}", day=short(Edtf.parse(claim.asserted_on)))
        words = f"**{self.words(claim, unit=True)}**{when}, {brief_speaker(claim)}, {said}"
        return f"{f'{named}: ' if named else ''}{words} {self._cite(claim)}"

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

    def _range(self) -> str:
        span = self.answer.range
        worded = self._ends(span)
        if span is None or worded is None:
            return ""
        low, high = worded
        window = _days(self.answer.filters)
        line = (
            say("Range {window}: {low} to {high}.", window=window, low=low, high=high)
            if window
            else say("Range: {low} to {high}.", low=low, high=high)
        )
        return " ".join(part for part in (line, *self._firm(span)) if part)

    def _firm(self, span: Range) -> Iterator[str]:
        low, high = self.claims[span.low_claim], self.claims[span.high_claim]
        if not (low.assumption or high.assumption):
            return
        firm = self._firm_ends(span)
        if firm is None:
            yield say("Every figure here rests on an assumption.")
        elif firm[0] == firm[1]:
            yield say("Without an assumption: {figure}.", figure=firm[0])
        elif low.assumption and high.assumption:
            yield say("Without an assumption: {low} to {high}.", low=firm[0], high=firm[1])
        elif low.assumption:
            yield say("Lowest without an assumption: {figure}.", figure=firm[0])
        else:
            yield say("Highest without an assumption: {figure}.", figure=firm[1])

    def _firm_ends(self, span: Range) -> tuple[str, str] | None:
        if span.firm_low is None or span.firm_high is None:
            return None
        low = self.claims[span.firm_low_claim or ""]
        high = self.claims[span.firm_high_claim or ""]
        return self._end(low, span.firm_low), self._end(high, span.firm_high)

    def _end(self, claim: ClaimView, value: float, *, dated: bool = True) -> str:
        words = at_end(claim.figure, value, self.answer.measure)
        latest = claim.id == self.answer.latest
        day = end_day(claim) if dated else ""
        return bold_end(words, claim.assumption, f" {self._cite(claim)}", latest=latest, day=day)

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

    def _denied(self) -> str:
        return denied(self.answer.denials, self.numbering.brief)

    def _counts(self) -> str:
        sources = {c.source for claim in self.answer.claims for c in claim.citations}
        count = len(self.answer.claims)
        qualitative = self.answer.measure is Measure.QUALITATIVE
        held = statements(count) if qualitative else claims(count)
        told = say(
            "{claims} from {origins} in {publications}",
            claims=held,
            origins=origins(self.answer.origins),
            publications=publications(len(sources)),
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

    # ----------------------------------------------------------------- claims

    def groups(self, claims: Iterable[ClaimView]) -> list[Group]:
        """Put together what one asserter said at one time, with the retellings of it."""
        told: dict[tuple[str, ...], list[ClaimView]] = {}
        at: dict[str, tuple[str, ...]] = {}
        shown = list(claims)
        own = {claim.id for claim in shown if claim.retells is None}
        for claim in shown:
            if claim.retells not in own:
                at[claim.id] = (claim.origin, claim.asserter, claim.as_of, str(claim.retells))
                told.setdefault(at[claim.id], []).append(claim)
        again: dict[tuple[str, ...], list[ClaimView]] = {}
        for claim in shown:
            if claim.retells in own:
                again.setdefault(at[claim.retells], []).append(claim)
        return [
            Group(tuple(part), tuple(again.get(key, ())) if last else ())
            for key, group in told.items()
            for part, last in _parts(group)
        ]

    def cited(self, groups: Iterable[Group], *, brief: bool = False) -> list[ClaimView]:
        """Return the claims that the head and these groups cite."""
        claims = [claim for group in groups for claim in group.everything]
        ids = [one for claim in claims for one in claim.opponents]
        against = [self.against[one] for one in ids if one in self.against]
        return [*self.head_claims(brief=brief), *claims, *against]

    def block(self, group: Group) -> str:
        """Write a group: when and who, then each claim with what it rests on."""
        first = group.claims[0]
        lines = [f"**{short(Edtf.parse(first.as_of))}** · {brief_speaker(first)}"]
        lines += [self._line(claim) for claim in group.claims]
        if group.retellings:
            lines.append(self._retold(group.retellings))
        return "\n".join(lines)

    def _line(self, claim: ClaimView) -> str:
        words = self.words(claim, unit=self.answer.measure in _NAMING_THEIR_UNIT)
        shown = words if claim.figure is None else f"**{words}**"
        rests = f" {resting(claim.assumption)}" if claim.assumption else ""
        small = "".join(f" · {part}" for part in notes(claim, self.against, self.numbering))
        return f"- {shown}{rests} {self._cite(claim)}{small}"

    def _retold(self, retellings: Sequence[ClaimView]) -> str:
        named = "; ".join(
            f"{self.words(claim)}, {brief_speaker(claim)} {self._cite(claim)}"
            for claim in retellings[:_NAMED_RETELLINGS]
        )
        more = len(retellings) - _NAMED_RETELLINGS
        tail = and_more(more) if more > 0 else ""
        return f"-# {say('Retold, not counted: {retellings}', retellings=named)}{tail}"

    def words(self, claim: ClaimView, *, unit: bool = False) -> str:
        """Write the figure of a claim, or its statement where it has none."""
        if claim.figure is None:
            return plain(claim.statement, 300)
        return plain(figure(claim.figure, self.answer.measure, unit=unit), 120)

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


def _days(filters: Filters) -> str:
    return ", ".join(narrowed(filters.model_copy(update={"by": None})))


def _parts(claims: list[ClaimView]) -> Iterator[tuple[list[ClaimView], bool]]:
    """Cut a long group; the last part is marked as such."""
    for start in range(0, len(claims), _CLAIMS_IN_A_GROUP):
        end = start + _CLAIMS_IN_A_GROUP
        yield claims[start:end], end >= len(claims)


def _position(page: int, count: int, *, turns: bool) -> str:
    if count == 1:
        return ""
    place = say("Page {page} of {count}, oldest first", page=count - page, count=count)
    rest = "" if turns else f"; {say('`since` and `until` show the rest')}"
    return f"-# {place}{rest}"


def nothing(answer: Answer) -> Card:
    """Say that nothing is on file about the topic of an answer, or nothing in its window."""
    window = ", ".join(narrowed(answer.filters))
    title = f"**{plain(answer.title or answer.topic or '', 200)}**"
    return note(
        say("Nothing on file about {title} {window}.", title=title, window=window)
        if window
        else say("Nothing on file about {title}.", title=title)
    )


def figures_card(library: Library, answer: Answer) -> FiguresCard:
    """Make the card of an answer, with whoever denies or disputes single claims of it."""
    return FiguresCard(answer, opponents(library, answer.claims, answer.denials))
