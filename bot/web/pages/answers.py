"""The parts that the pages of a topic and of a question share: an answer, laid out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from markupsafe import Markup
from propcache.api import cached_property

from bot.web.pages.page import Picture, Records
from bot.web.pages.prose import as_html, as_text
from bot.web.pages.words import say
from commands.cards import Group, chart_words, figures_card, resting
from commands.text import clip, figure, human
from knowledge.charts import Chart, chart, is_worth_drawing
from knowledge.contract import Answer, CitationView, ClaimView, numbered
from knowledge.library import Library
from knowledge.model import Edtf, Measure, Status

GROUPS_ON_A_PAGE = 100
"""Utterances on a page: some 100 kB of HTML, which a phone still scrolls."""
Shown = TypeVar("Shown")
_SUMMARY = 300
"""Characters of a preview: chats and search engines cut what is longer."""


class Laid:
    """An answer as a page shows it: the lines that answer, then who said what when."""

    def __init__(self, library: Library, found: Answer) -> None:
        self._library = library
        self._card = figures_card(library, found)
        self.answer = self._card.answer
        self.groups = self._card.groups(self.answer.claims)
        self.against = self._card.against
        self.numbering = self._card.numbering

    def head(self) -> list[Markup]:
        """Return the lines that answer, as the chat words them."""
        return [as_html(line) for line in self._lines]

    @cached_property
    def _lines(self) -> list[str]:
        return self._card.head()

    def summary(self) -> str:
        """Return the same in a sentence or two, for a preview."""
        lines = [as_text(line) for line in self._lines]
        return clip(
            " ".join(line if line.endswith(".") else f"{line}." for line in lines), _SUMMARY
        )

    def context(self, groups: Sequence[Group]) -> dict[str, Any]:
        """Return what the templates need to show some of the utterances."""
        shown = [*self._card.cited(groups), *self.answer.denials]
        cited = {self.numbering.number(one): one for claim in shown for one in claim.citations}
        return {
            "answer": self.answer,
            "head": self.head(),
            "against": self.against,
            "groups": groups,
            "numbering": self.numbering,
            "sources": sorted(cited.items(), key=lambda item: item[0]),
        }

    def picture(self) -> Picture:
        """Return the latest figure for the picture of a link; else the first statement."""
        claims = {claim.id: claim for claim in self.answer.claims}
        chosen = claims.get(self.answer.latest or "") or next(iter(claims.values()), None)
        title = self.answer.title or ""
        if chosen is None:
            return Picture(title, say("Nothing on file about that."), "")
        return of_claim(title, self.answer.measure, chosen)

    def draw(self) -> tuple[Callable[[], Chart], Callable[[], Chart]] | None:
        """Return what draws the chart, dark and light, or nothing where no figures are compared."""
        if not is_worth_drawing(self.answer):
            return None
        drawn = partial(
            chart,
            self.answer,
            "svg",
            against=self.against,
            numbers=self.numbering.numbers,
            words=chart_words(),
        )
        return partial(drawn, light=False), partial(drawn, light=True)

    def records(self, groups: Sequence[Group]) -> Records:
        """Go through the records behind the answer and some utterances, for linked data."""
        return records(self._library, [*self._card.cited(groups), *self.answer.denials])


def of_claim(title: str, measure: Measure | None, claim: ClaimView) -> Picture:
    """Return one claim for the picture of a link."""
    words = figure(claim.figure, measure, unit=True) if claim.figure else claim.statement
    return Picture(title, words, told(claim, claim.as_of))


def told(claim: ClaimView, on: str) -> str:
    """Write who said it when, with what it may not be read without where it stands alone.

    That is what it rests on, and that it was superseded or retracted.
    """
    gone = {
        Status.SUPERSEDED: str(say("superseded")),
        Status.RETRACTED: str(say("retracted")),
    }.get(claim.status, "")
    rests = as_text(resting(claim.assumption)) if claim.assumption else ""
    said = f"{human(Edtf.parse(on))}, {claim.asserted_by}"
    return " · ".join(filter(None, (gone, said, rests)))


def sources(claims: Iterable[ClaimView]) -> Iterator[tuple[int, CitationView]]:
    """Go through the publications that claims cite, in the order of their numbers."""
    shown = list(claims)
    numbers = numbered(shown)
    cited = {citation.source: citation for claim in shown for citation in claim.citations}
    for source, number in numbers.items():
        yield number, cited[source]


def ways(claim: ClaimView, speaker: str) -> Iterator[tuple[list[str], list[CitationView]]]:
    """Go through the chains from an asserter to publications, each with its paragraphs."""
    found: dict[tuple[str, tuple[str, ...]], list[CitationView]] = {}
    for citation in claim.citations:
        found.setdefault((citation.source, citation.via), []).append(citation)
    for same in found.values():
        names = (speaker, *same[0].via, same[0].publisher)
        # An outlet that asserts something itself is its own publisher.
        yield [name for name, _ in groupby(names)], same


def records(library: Library, claims: Iterable[ClaimView]) -> Records:
    """Go through these claims with the records that they refer to, which come first."""
    shown = {claim.id: claim for claim in claims}
    topics = dict.fromkeys(claim.topic for claim in shown.values())
    asserters = dict.fromkeys(claim.asserter for claim in shown.values())
    cited = dict.fromkeys(one.source for claim in shown.values() for one in claim.citations)
    yield from (("topic", library.topic(one)) for one in topics)
    yield from (("asserter", library.asserter(one)) for one in asserters)
    yield from (("source", library.source(one)) for one in cited)
    yield from (("claim", claim) for claim in library.claims(shown))


def dealt(whole: Sequence[Shown], page: int, most: int) -> tuple[Sequence[Shown], int]:
    """Deal something out over pages, the oldest first; page 1 holds the newest, as in the chat."""
    end = max(0, len(whole) - (page - 1) * most)
    return whole[max(0, end - most) : end], max(1, -(-len(whole) // most))
