"""The figures of a topic in words: one screen that answers, and every claim by date or speaker."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from propcache.api import cached_property

from commands.cards.lead import Lead
from commands.cards.parts import (
    DESCRIPTION,
    AnswerDigest,
    Card,
    Page,
    brief_speaker,
    first_page,
    fitting,
    in_own_words,
    narrowed,
    note,
    notes,
    opponents,
    pages,
    pages_in_order,
    resting,
    source_order,
    speaker,
    where,
)
from commands.text import Numbering, and_more, plain, say, short
from knowledge.contract import Answer, ClaimView
from knowledge.fairness import fairness
from knowledge.library import Library
from knowledge.model import Edtf, Measure

_CLAIMS_IN_A_GROUP = 3
_NAMED_RETELLINGS = 2
"""What is told in full before "and more": claims of one asserter at one time, retellings (chosen by
eye, for a phone)."""
_GROUPS_ON_A_PAGE = 6
_CHARACTERS_ON_A_PAGE = 1200
"""A little over a phone's screen below the lines that answer: six dates stay together (chosen by
eye)."""
_CHARACTERS_ON_A_LIST = 800
"""The same where the list stands alone on a phone (measured)."""
_GROUPS_ON_A_SCREEN = 4
_CHARACTERS_ON_A_SCREEN = 480
"""What stands on the first screen where no figure answers (measured: 800 points of a phone)."""
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

    `against` holds the claims that deny or dispute single claims of the answer, by id; `order` the
    publications of the whole topic, so that each has one number in all views of it. `best` fits a
    question better than the latest figure does.
    """

    answer: Answer
    against: Mapping[str, ClaimView] = field(default_factory=dict)
    order: Sequence[str] = ()
    best: ClaimView | None = None

    @cached_property
    def numbering(self) -> Numbering:
        """The publications, numbered over the whole topic."""
        return Numbering(self.cited_claims, self.order)

    @cached_property
    def lead(self) -> Lead:
        """The lines that answer."""
        return Lead(self.answer, self.numbering, self.against, self.best)

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

    def narrowed_title(self) -> str:
        """Return the title with what the answer was narrowed to, which a figure needs beside it."""
        return " · ".join([self.title(), *narrowed(self.answer.filters)])

    def head(self) -> list[str]:
        """Return the lines that answer, before any list of claims, as running text."""
        return self.lead.lines()

    # ---------------------------------------------------------------- screens

    def screen(self, before: Sequence[str] = ()) -> Card:
        """Return the one screen that answers, below lines that say how a question was read."""
        if not self.answer.claims:
            return nothing(self.answer)
        lead, groups = self.lead, self._standing_for_figures()
        blocks = "\n".join(self.block(group) for group in groups)
        lines = fitting([*before, *lead.large()], DESCRIPTION - len(blocks) - 2)
        card = Card(self.narrowed_title(), "\n\n".join(part for part in (lines, blocks) if part))
        first = lead.first.citations[0] if lead.first and lead.first.citations else None
        return card.with_sources(
            self.numbering.sources(self.cited(groups)),
            self.numbering.source(first) if first else None,
        )

    def _standing_for_figures(self) -> Sequence[Group]:
        """Return the newest utterances where no figure answers, the best ones for a question."""
        if self.lead.first or self.answer.groups or self.answer.forecasts:
            return ()
        groups = self.every_group
        limits = (_GROUPS_ON_A_SCREEN, _CHARACTERS_ON_A_SCREEN)
        if self.answer.question != self.answer.topic:
            return first_page(groups, self.block, *limits)
        return first_page(groups[::-1], self.block, *limits)[::-1]

    def page(self, number: int = 0, *, turns: bool = True) -> Page:
        """Return a page of the answer with the lines that answer, page 0 the newest.

        `turns` is for where something leads to the other pages.
        """
        if not self.answer.claims:
            return Page(nothing(self.answer))
        groups = self.every_group
        shown, number, count = self._dealt(groups, number, _CHARACTERS_ON_A_PAGE)
        position = _position(number, count, turns=turns)
        head = [where(self.answer), *(self.lead.brief() if number else self.head())]
        cited = self.cited(groups[shown.start : shown.stop], brief=number > 0)
        blocks = [self.block(group) for group in groups[shown.start : shown.stop]]
        return Page(self.laid_out(head, [position, *blocks], cited), number, count)

    def by_date(self, number: int = 0) -> Page:
        """Return a page of every claim by its date, page 0 the newest."""
        groups = self.every_group
        shown, number, count = self._dealt(groups, number, _CHARACTERS_ON_A_LIST)
        listed = groups[shown.start : shown.stop]
        head = [_position(number, count, turns=True), self.lead.counts(brief=True)]
        return Page(self._listed(say("by date"), head, listed, self.block), number, count)

    def by_speaker(self, number: int = 0) -> Page:
        """Return a page of every claim by who made it, those who spoke last first."""
        groups = self._by_speaker()
        blocks = [self._of_speaker(group) for group in groups]
        dealt = pages_in_order(blocks, _GROUPS_ON_A_PAGE, _CHARACTERS_ON_A_LIST)
        number = min(number, len(dealt) - 1)
        shown = dealt[number]
        listed = groups[shown.start : shown.stop]
        place = say("Page {page} of {count}", page=number + 1, count=len(dealt))
        head = [f"-# {place}" if len(dealt) > 1 else "", self.lead.counts(brief=True)]
        card = self._listed(say("by speaker"), head, listed, self._of_speaker)
        return Page(card, number, len(dealt))

    def _listed(
        self, how: str, head: Sequence[str], groups: Sequence[Group], word: Callable[[Group], str]
    ) -> Card:
        text = "\n".join([*(line for line in head if line), *(word(group) for group in groups)])
        card = Card(f"{self.narrowed_title()} · {how}", text)
        claims = [claim for group in groups for claim in group.everything]
        return card.with_sources(self.numbering.sources([*claims, *self._against(claims)]))

    def _dealt(self, groups: Sequence[Group], number: int, room: int) -> tuple[range, int, int]:
        blocks = [self.block(group) for group in groups]
        dealt = pages(blocks, _GROUPS_ON_A_PAGE, room)
        number = min(number, len(dealt) - 1)
        return dealt[number], number, len(dealt)

    def laid_out(
        self, head: Sequence[str], blocks: Sequence[str], cited: Iterable[ClaimView]
    ) -> Card:
        """Lay out the lines that answer, as many as there is room for, the claims, the sources."""
        body = "\n".join(block for block in blocks if block)
        text = f"{fitting(head, DESCRIPTION - len(body) - 2)}\n\n{body}"
        return Card(self.title(), text).with_sources(self.numbering.sources(cited))

    # ----------------------------------------------------------------- claims

    @cached_property
    def every_group(self) -> list[Group]:
        """All claims of the answer, in its order."""
        return self.groups(self.answer.claims)

    def groups(self, claims: Iterable[ClaimView]) -> list[Group]:
        """Put together what one asserter said at one time, with the retellings of it."""
        told: dict[tuple[str, ...], list[ClaimView]] = {}
        at: dict[str, tuple[str, ...]] = {}
        shown = list(claims)
        own = {claim.id for claim in shown if claim.retells is None}
        for claim in fairness.each(shown):
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

    def _by_speaker(self) -> list[Group]:
        """Put together what each asserter said, the last of each first."""
        by: dict[str, list[ClaimView]] = {}
        for claim in reversed(self.answer.claims):
            by.setdefault(claim.asserter, []).append(claim)
        return [Group(tuple(part), ()) for said in by.values() for part, _ in _parts(said)]

    def cited(self, groups: Iterable[Group], *, brief: bool = False) -> list[ClaimView]:
        """Return the claims that the head and these groups cite."""
        claims = [claim for group in groups for claim in group.everything]
        return [*self.lead.cited(brief=brief), *claims, *self._against(claims)]

    def _against(self, claims: Iterable[ClaimView]) -> list[ClaimView]:
        ids = [one for claim in claims for one in claim.opponents]
        return [self.against[one] for one in ids if one in self.against]

    def block(self, group: Group) -> str:
        """Write a group: when and who, then each claim with what it rests on."""
        first = group.claims[0]
        lines = [f"**{short(Edtf.parse(first.as_of))}** · {brief_speaker(first)}"]
        lines += [self._line(claim) for claim in group.claims]
        if group.retellings:
            lines.append(self._retold(group.retellings))
        return "\n".join(lines)

    def _of_speaker(self, group: Group) -> str:
        days = (f"{short(Edtf.parse(claim.as_of))}: " for claim in group.claims)
        told = [self._line(claim, day) for claim, day in zip(group.claims, days, strict=True)]
        return "\n".join([f"**{speaker(group.claims[0])}**", *told])

    def _line(self, claim: ClaimView, day: str = "") -> str:
        words = self.words(claim, unit=self.answer.measure in _NAMING_THEIR_UNIT)
        shown = words if claim.figure is None else f"**{words}**"
        rests = f" {resting(claim.assumption)}" if claim.assumption else ""
        small = "".join(f" · {part}" for part in notes(claim, self.against, self.numbering))
        return f"- {day}{shown}{rests} {self.numbering.markers(claim)}{small}"

    def _retold(self, retellings: Sequence[ClaimView]) -> str:
        named = "; ".join(
            f"{self.words(claim)}, {brief_speaker(claim)} {self.numbering.markers(claim)}"
            for claim in retellings[:_NAMED_RETELLINGS]
        )
        more = len(retellings) - _NAMED_RETELLINGS
        tail = and_more(more) if more > 0 else ""
        return f"-# {say('Retold, not counted: {retellings}', retellings=named)}{tail}"

    def words(self, claim: ClaimView, *, unit: bool = False) -> str:
        """Write the figure of a claim, or its statement where it has none."""
        return self.lead.words(claim, unit=unit)


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


def empty_card(title: str) -> Card:
    """Say that nothing has been claimed on a topic so far, and who adds to it."""
    missing = say("Nothing on file about {title} yet.", title=f"**{plain(title, 200)}**")
    adds = say("Curators add the first claim with /claim add.")
    return note(f"{missing}\n-# {adds}")


def figures_card(library: Library, answer: Answer, best: ClaimView | None = None) -> FiguresCard:
    """Make the card of an answer, with whoever denies or disputes single claims of it."""
    against = opponents(library, answer.claims, answer.denials)
    order = source_order(library, answer.topic) if answer.topic else ()
    best = in_own_words(library, best) if best else None
    return FiguresCard(in_own_words(library, answer), against, order, best)
