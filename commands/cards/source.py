"""Evidence in words: each origin with its claims, their chains, and who retells or denies them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from propcache.api import cached_property

from commands.cards.parts import (
    AnswerDigest,
    Card,
    Page,
    denied,
    in_own_words,
    note,
    opponents,
    opposed,
    pages_in_order,
    rated,
    resting,
    source_order,
    speaker,
)
from commands.text import (
    Numbering,
    SourceLine,
    chain,
    dated,
    figure,
    human,
    in_quotes,
    link,
    many,
    origins,
    plain,
    publications,
    say,
)
from knowledge.contract import CitationView, ClaimView, Evidence, Origin
from knowledge.library import Library
from knowledge.model import Edtf, Measure, Status

_CHAINS_SHOWN = 5
_ON_A_PAGE = 5
_CHARACTERS_ON_A_PAGE, _CHARACTERS_ON_A_PHONE, _CHARACTERS_FIRST = 2200, 1500, 500
"""Two screens of a terminal, two of a phone for whoever reads on (chosen by eye), and what stands
below the head on the first one (measured)."""
_NOTE = 400
"""Characters of a note. On a phone it stands with a claim that was asked for by its id alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim under its origin, as one block of a page."""

    origin: Origin
    claim: ClaimView


@dataclass(frozen=True)
class SourceCard:
    """The parts of an answer to `/source`, its rows from the oldest origin to the newest.

    `address` gives where a claim stands on the web, when it is public. On a `phone` a page is a
    screen of one.
    """

    evidence: Evidence
    library: Library
    address: Callable[[str], str] | None = None
    phone: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", in_own_words(self.library, self.evidence))

    @cached_property
    def against(self) -> dict[str, ClaimView]:
        """Whatever denies or disputes single claims, by id."""
        claims = (row.claim for row in self.rows)
        return opponents(self.library, claims, self.evidence.denials)

    @cached_property
    def rows(self) -> list[Row]:
        """Every claim and every retelling, under its origin; the newest origin comes first."""
        return [
            Row(origin, claim)
            for origin in self.evidence.origins
            for claim in (*origin.claims, *origin.retellings)
        ]

    @cached_property
    def numbering(self) -> Numbering:
        """The publications, numbered over the whole topic."""
        return Numbering(self.cited_claims, source_order(self.library, self.evidence.topic))

    @property
    def cited_claims(self) -> tuple[ClaimView, ...]:
        """Every claim that the evidence names, those against it included."""
        claims = (row.claim for row in self.rows)
        return (*claims, *self.evidence.denials, *self.against.values())

    @cached_property
    def digest(self) -> AnswerDigest:
        """What the evidence rests on."""
        claims = (row.claim for row in self.rows)
        return AnswerDigest.of(self.evidence.revision, (*claims, *self.evidence.denials))

    def page(self, number: int = 0) -> Page:
        """Return a page of the evidence, page 0 the newest origins.

        On a phone, the number of pages tells only whether another one comes.
        """
        if not self.rows:
            title = f"**{plain(self.evidence.title, 200)}**"
            return Page(note(say("Nothing on file about {title} yet.", title=title)))
        blocks = [self.block(index) for index in range(self._looked_at(number))]
        dealt = self._dealt(blocks)
        number = min(number, len(dealt) - 1)
        shown = dealt[number]
        parts = [self.head(), self.position(shown), *self.blocks(shown)]
        card = Card(self.title(), "\n\n".join(part for part in parts if part))
        rows = (self.rows[index].claim for index in shown)
        titled = [source.number for source in self.numbering.sources(rows)]
        return Page(card.with_sources(self.sources(shown), titled=titled), number, len(dealt))

    def _looked_at(self, number: int) -> int:
        """Return how many rows are written to find a page: on a phone, up to the one after it.

        That one tells that there is more. A topic may have thousands of pages.
        """
        enough = (number + 2) * _ON_A_PAGE + 2
        return min(enough, len(self.rows)) if self.phone else len(self.rows)

    def _dealt(self, blocks: Sequence[str]) -> list[range]:
        if not self.phone:
            return pages_in_order(blocks, _ON_A_PAGE, _CHARACTERS_ON_A_PAGE)
        first = pages_in_order(blocks, _ON_A_PAGE, _CHARACTERS_FIRST)[0]
        later = blocks[first.stop :]
        rest = pages_in_order(later, _ON_A_PAGE, _CHARACTERS_ON_A_PHONE) if later else []
        return [first, *(range(one.start + first.stop, one.stop + first.stop) for one in rest)]

    def title(self) -> str:
        """Return the title of the topic, as one of its evidence."""
        return say("Evidence: {title}", title=plain(self.evidence.title, 200))

    def head(self) -> str:
        """Return what the evidence amounts to, and who denies it."""
        return "\n".join(line for line in (self._amount(), self._denied()) if line)

    def blocks(self, shown: range) -> list[str]:
        """Return the rows of a page, each origin under its heading."""
        texts = [self.block(index) for index in shown]
        if texts and not self._opens(shown.start):
            heading = say("{name} (continued)", name=self._heading(shown.start))
            texts[0] = f"{heading}\n{texts[0]}"
        return texts

    def block(self, index: int) -> str:
        """Return one row, below the heading of its origin where it is the first of it."""
        row = self.rows[index]
        lines = [self._heading(index)] if self._opens(index) else []
        lines += self._retold(row) if row.claim.retells else self._told(row.claim)
        return "\n".join(lines)

    def sources(self, shown: range) -> list[SourceLine]:
        """Return the numbered publications of a page."""
        claims = [self.rows[index].claim for index in shown]
        ids = [one for claim in claims for one in claim.opponents]
        against = [self.against[one] for one in ids if one in self.against]
        return self.numbering.sources([*claims, *self.evidence.denials, *against])

    def position(self, shown: range) -> str:
        """Return which rows of how many stand on a page, or nothing where all do."""
        if len(shown) == len(self.rows):
            return ""
        place = say(
            "Showing {first} to {last} of {count}, newest origin first",
            first=shown.start + 1,
            last=shown.stop,
            count=len(self.rows),
        )
        return f"-# {place}"

    def _amount(self) -> str:
        count, carriers = len(self.evidence.origins), self.evidence.publications
        text = say(
            "{origins} in {publications}",
            origins=f"**{origins(count)}**",
            publications=publications(carriers),
        )
        if count == 1 and carriers > 1:
            text += f": {say('outlets that repeat one utterance count once')}"
        claim = self.evidence.claim
        return f"{text} · {say('claim {id}', id=f'`{claim}`')}" if claim else text

    def _denied(self) -> str:
        return denied(self.evidence.denials, self.numbering.markers)

    def _measure(self) -> Measure:
        return self.library.topic(self.evidence.topic).measure

    def _name(self, claim: ClaimView) -> str:
        asserter = self.library.asserter(claim.asserter)
        return asserter.person or asserter.organisation or claim.asserted_by

    def _opens(self, index: int) -> bool:
        return index == 0 or self.rows[index - 1].origin.id != self.rows[index].origin.id

    def _heading(self, index: int) -> str:
        origin = self.rows[index].origin
        name = speaker((*origin.claims, *origin.retellings)[0])
        return f"**{_day(origin.asserted_on)} · {name}**{_carriers(origin)}"

    def _told(self, claim: ClaimView) -> list[str]:
        amount = figure(claim.figure, self._measure()) if claim.figure else ""
        words = f"**{plain(amount, 80)}**: " if amount else ""
        return [
            f"{words}{plain(claim.statement, 300)}",
            *self._carried(claim, claim.citations),
            self._small(claim),
        ]

    def _retold(self, row: Row) -> list[str]:
        """Name a retelling as one, with the figure that it passes on or changed."""
        own = {claim.id: claim for claim in row.origin.claims}.get(row.claim.retells or "")
        said = _worded(row.claim) or plain(row.claim.statement, 200)
        where = plain(row.claim.citations[0].publisher, 60)
        parts = {"said": said, "outlet": where, "own": _worded(own)}
        if own is None or own.figure is None:
            told = say("**{said} in {outlet} is a retelling**; it is not counted.", **parts)
        elif _numbers(own) == _numbers(row.claim):
            told = say(
                "**{said} in {outlet} is a retelling** of {own}; it is not counted.", **parts
            )
        else:
            told = say(
                "**{said} in {outlet} is a retelling** of {own} with a changed figure; "
                "it is not counted.",
                **parts,
            )
        return [
            f"↳ {told}",
            *self._carried(row.claim, row.claim.citations),
            self._small(row.claim),
        ]

    def _carried(self, claim: ClaimView, citations: Sequence[CitationView]) -> Iterator[str]:
        ways: dict[tuple[str, tuple[str, ...]], list[CitationView]] = {}
        for one in citations:
            ways.setdefault((one.source, one.via), []).append(one)
        for same in list(ways.values())[:_CHAINS_SHOWN]:
            worded = dict.fromkeys(in_quotes(plain(c.as_worded, 60)) for c in same if c.as_worded)
            words = _as(*list(worded)[: 1 if self._brief else 2])
            place = self.numbering.marker(same)
            yield f"- {chain(self._name(claim), same[0])}, {dated(same[0])}{words} {place}"
        more = len(ways) - _CHAINS_SHOWN
        if more > 0:
            yield f"- {many('and {count} more', 'and {count} more', more)}"

    def _small(self, claim: ClaimView) -> str:
        """Write what qualifies a claim, and the id by which it can be asked for."""
        parts = [
            f"**{_status(claim.status)}**" if claim.status is not Status.ACTIVE else "",
            resting(claim.assumption) if claim.assumption else "",
            rated(claim),
            say("speaks of {period}", period=_day(claim.period)) if claim.period else "",
            *opposed(claim, self.against, self.numbering),
            self._noted(claim),
            link(f"`{claim.id}`", self.address and self.address(claim.id)),
        ]
        return f"-# {' · '.join(part for part in parts if part)}"

    def _noted(self, claim: ClaimView) -> str:
        return plain(claim.note, _NOTE) if claim.note and not self._brief else ""

    @property
    def _brief(self) -> bool:
        """Whether the rest is told where a single claim is asked for."""
        return self.phone and not self.evidence.claim


def _carriers(origin: Origin) -> str:
    claims = (*origin.claims, *origin.retellings)
    count = len({citation.source for claim in claims for citation in claim.citations})
    if count <= 1:
        return ""
    told = many(
        "one origin behind {count} publication", "one origin behind {count} publications", count
    )
    return f"\n-# {told}"


def _as(*worded: str) -> str:
    """Write how a publication printed a figure, in one way or in two."""
    if not worded:
        return ""
    one, *others = worded
    if others:
        return f", {say('as {words} and {others}', words=one, others=others[0])}"
    return f", {say('as {words}', words=one)}"


def _status(status: Status) -> str:
    words = {
        Status.PROPOSED: say("proposed"),
        Status.SUPERSEDED: say("superseded"),
        Status.RETRACTED: say("retracted"),
    }
    return words.get(status, status)


def _same_figure(one: ClaimView, other: ClaimView) -> bool:
    """Whether two claims have one figure, however each is worded."""
    ends = ((each.figure.low, each.figure.high) if each.figure else None for each in (one, other))
    return next(ends) == next(ends)


def _worded(claim: ClaimView | None) -> str:
    return in_quotes(plain(claim.figure.as_worded, 80)) if claim and claim.figure else ""


def _numbers(claim: ClaimView) -> object:
    figure = claim.figure
    return figure and (figure.low, figure.high, figure.unit)


def _day(edtf: str) -> str:
    return human(Edtf.parse(edtf))
