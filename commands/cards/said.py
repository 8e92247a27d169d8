"""Claims of several topics in words: what somebody has said, and what a publication carries."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from propcache.api import cached_property

from commands.cards.parts import (
    AnswerDigest,
    Card,
    Page,
    brief_speaker,
    in_own_words,
    note,
    notes,
    opponents,
    pages_in_order,
    resting,
    titled,
)
from commands.text import (
    Numbering,
    and_more,
    claims,
    figure,
    human,
    in_quotes,
    link,
    many,
    plain,
    say,
    short,
)
from knowledge.answers import by_topic
from knowledge.contract import Bearing, ClaimView, Publication, Said, SaidOn, SourceView
from knowledge.library import Library
from knowledge.model import DateBasis, Edtf, LinkKind

_ON_A_PAGE = 12
_FIRST, _LATER = 420, 900
"""Claims on a page, and characters of them below the head and on the pages after it: a screen of a
phone (measured), and one that is read on (chosen by eye)."""
_BEARS = 2
"""Claims and topics that a denial names before "and more" (chosen by eye)."""
_STATEMENT = 105
_REASON = 120
"""Characters of a statement without a figure, and of why a date is inferred (chosen by eye)."""


@dataclass(frozen=True)
class SaidCard:
    """The parts of a list of claims by topic; `named` tells with each of them who made it.

    `against` holds what speaks against single claims by id, and `bears` what a claim itself says
    against others, in words.
    """

    title: str
    head: Sequence[str]
    topics: Sequence[SaidOn]
    revision: int
    against: Mapping[str, ClaimView] = field(default_factory=dict)
    bears: Mapping[str, Sequence[str]] = field(default_factory=dict)
    named: bool = False
    empty: str = ""
    """What is said instead where there are none."""

    @cached_property
    def rows(self) -> list[tuple[SaidOn, ClaimView]]:
        """Every claim beside its topic."""
        return [(topic, claim) for topic in self.topics for claim in topic.claims]

    @property
    def cited_claims(self) -> tuple[ClaimView, ...]:
        """Every claim that is named, those against it included."""
        return (*(claim for _, claim in self.rows), *self.against.values())

    @cached_property
    def numbering(self) -> Numbering:
        """The publications, numbered over all pages."""
        return Numbering(self.cited_claims)

    @cached_property
    def digest(self) -> AnswerDigest:
        """What the list rests on."""
        return AnswerDigest.of(self.revision, self.cited_claims)

    def page(self, number: int = 0) -> Page:
        """Return a page of the list."""
        if not self.rows:
            return Page(note(self.empty))
        lines = [self._line(*row) for row in self.rows]
        dealt = self._dealt(lines)
        number = min(number, len(dealt) - 1)
        shown = dealt[number]
        place = say("Page {page} of {count}", page=number + 1, count=len(dealt))
        head = [*self.head] if number == 0 else []
        head += [f"-# {place}"] if len(dealt) > 1 else []
        text = "\n".join([*head, *self._blocks(shown, lines)])
        cited = list(self._cited(self.rows[index][1] for index in shown))
        card = Card(self.title, text).with_sources(self.numbering.sources(cited))
        return Page(card, number, len(dealt), tuple(one.topic for one in self.topics))

    def _dealt(self, lines: Sequence[str]) -> list[range]:
        """Deal the claims out, fewer on the first page, where they stand below the head."""
        blocks = [
            f"{self._heading(at)}{line}" if self._opens(at) else line
            for at, line in enumerate(lines)
        ]
        first = pages_in_order(blocks, _ON_A_PAGE, _FIRST)[0]
        rest = blocks[first.stop :]
        later = pages_in_order(rest, _ON_A_PAGE, _LATER) if rest else []
        return [first, *(range(one.start + first.stop, one.stop + first.stop) for one in later)]

    def _opens(self, at: int) -> bool:
        return at == 0 or self.rows[at - 1][0].topic != self.rows[at][0].topic

    def _heading(self, at: int) -> str:
        return f"**{plain(self.rows[at][0].title, 120)}**"

    def _blocks(self, shown: range, lines: Sequence[str]) -> Iterator[str]:
        for at in shown:
            if self._opens(at):
                yield self._heading(at)
            elif at == shown.start:
                yield say("{name} (continued)", name=self._heading(at))
            yield lines[at]

    def _line(self, topic: SaidOn, claim: ClaimView) -> str:
        day = short(Edtf.parse(claim.as_of))
        told = f"{day}, {brief_speaker(claim)}" if self.named else day
        words = (
            f"**{plain(figure(claim.figure, topic.measure, unit=True), 120)}**"
            if claim.figure
            else plain(claim.statement, _STATEMENT)
        )
        rests = f" {resting(claim.assumption)}" if claim.assumption else ""
        bears = list(self.bears.get(claim.id, ()))
        left = len(bears) - _BEARS
        bears = [*bears[:_BEARS], *([and_more(left).strip()] if left > 0 else [])]
        more = [*bears, *notes(claim, self.against, self.numbering)]
        small = "".join(f" · {part}" for part in more)
        return f"- {told}: {words}{rests} {self.numbering.markers(claim)}{small}"

    def _cited(self, shown: Iterable[ClaimView]) -> Iterator[ClaimView]:
        for claim in shown:
            yield claim
            yield from (self.against[one] for one in claim.opponents if one in self.against)


def said_card(library: Library, said: Said) -> SaidCard:
    """Make the card of everything that some have said."""
    said = in_own_words(library, said)
    asserters = {claim.asserter for claim in said.claims}
    known = {claim.id: claim for claim in (*said.linked, *said.claims)}
    bears: dict[str, list[str]] = {}
    for bearing in said.bearings:
        words = _bears(library, bearing, known)
        if words and words not in bears.setdefault(bearing.claim, []):
            bears[bearing.claim].append(words)
    held = say(
        "{claims} on {topics}",
        claims=claims(len(said.claims)),
        topics=many("{count} topic", "{count} topics", len(said.topics)),
    )
    parts = [held, *_speaking_against(said)]
    name = plain(said.by, 110)
    return SaidCard(
        say("What {name} has said", name=name),
        [f"-# {' · '.join(parts)}"],
        said.topics,
        said.revision,
        opponents(library, said.claims, ()),
        bears,
        named=len(asserters) > 1,
        empty=say("Nothing on file by {name}.", name=f"**{name}**"),
    )


def _speaking_against(said: Said) -> Iterator[str]:
    """Say how many of the claims deny or dispute something, and against how many others speak."""
    opposing = len({one.claim for one in said.bearings})
    opposed = sum(1 for claim in said.claims if claim.opponents)
    if opposing:
        yield many("{count} against others", "{count} against others", opposing)
    if opposed:
        yield many("{count} denied or disputed", "{count} denied or disputed", opposed)


def _bears(library: Library, bearing: Bearing, known: Mapping[str, ClaimView]) -> str:
    """Name what a claim denies or disputes, where that is on file."""
    other = known.get(bearing.on_claim or "")
    if other is not None:
        return AGAINST_A_CLAIM[bearing.kind](brief_speaker(other))
    if bearing.on_topic and bearing.on_topic in library.topics:
        return AGAINST_A_TOPIC[bearing.kind](plain(titled(library.topic(bearing.on_topic)), 80))
    return ""


AGAINST_A_CLAIM: Mapping[LinkKind, Callable[[str], str]] = {
    LinkKind.DENIES: lambda name: say("denies what {name} said", name=name),
    LinkKind.DISPUTES: lambda name: say("disputes what {name} said", name=name),
}
AGAINST_A_TOPIC: Mapping[LinkKind, Callable[[str], str]] = {
    LinkKind.DENIES: lambda title: say("denies all of “{title}”", title=title),
    LinkKind.DISPUTES: lambda title: say("disputes all of “{title}”", title=title),
}
"""How what a claim says against others is told with it, by the kind of their relation."""


def publication_card(library: Library, found: Publication) -> SaidCard:
    """Make the card of a publication: what it says of itself, and what of it is on file."""
    source = found.source
    own = [
        claim.model_copy(
            update={"citations": tuple(c for c in claim.citations if c.source == source.id)}
        )
        for claim in found.claims
    ]
    topics = tuple(in_own_words(library, one) for one in by_topic(library, own))
    held = say(
        "{claims} on {topics}",
        claims=claims(len(own)),
        topics=many("{count} topic", "{count} topics", len(topics)),
    )
    return SaidCard(
        in_quotes(plain(source.title, 200)),
        [*_of_itself(source), f"-# {say('On file from it: {held}', held=held)}"],
        topics,
        found.revision,
        opponents(library, own, ()),
        named=True,
        empty=say(
            "“{title}” ({publisher}) is on file, and no claim stands on it yet.",
            title=plain(source.title, 200),
            publisher=plain(source.publisher, 60),
        ),
    )


def _of_itself(source: SourceView) -> Iterator[str]:
    """Write who published it and when, how that is known, and by which id it can be asked for."""
    when = human(Edtf.parse(source.published_on)) if source.published_on else say("undated")
    inferred = source.date_basis is DateBasis.INFERRED
    day = say("{day} (inferred)", day=when) if inferred and source.published_on else when
    copy = link(say("Archived copy"), source.archive_url) if source.archive_url else ""
    yield " · ".join(part for part in (f"{plain(source.publisher, 60)}, {day}", copy) if part)
    reason = plain(source.date_reason, _REASON) if source.date_reason else ""
    yield f"-# {' · '.join(part for part in (reason, f'`{source.id}`') if part)}"
