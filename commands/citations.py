"""Numbered citations: one number a publication, the same on every page of an answer."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from commands.markup import link, plain
from knowledge.contract import CitationView, ClaimView
from knowledge.dates import Edtf, human
from knowledge.models import DateBasis

_MARKERS = 3
_PARAGRAPHS = 4
_CHAIN_LINKS = 6


class Numbering:
    """Gives each publication its number, in the order in which claims are first cited."""

    def __init__(self, claims: Iterable[ClaimView]) -> None:
        self._numbers: dict[str, int] = {}
        for claim in claims:
            for citation in claim.citations:
                self._numbers.setdefault(citation.source, len(self._numbers) + 1)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, citation: CitationView) -> int:
        """Return the number of the publication."""
        return self._numbers[citation.source]

    def markers(self, claim: ClaimView) -> str:
        """Return where a claim can be read, such as `[1 ¶4, 6] [3 ¶12]`."""
        by_source: dict[str, list[CitationView]] = {}
        for citation in claim.citations:
            by_source.setdefault(citation.source, []).append(citation)
        shown = [self.marker(same) for same in list(by_source.values())[:_MARKERS]]
        more = len(by_source) - _MARKERS
        return " ".join([*shown, f"+{more}"] if more > 0 else shown)

    def marker(self, citations: Sequence[CitationView]) -> str:
        """Return the marker of citations in one publication, such as `[1 ¶4, 6]`."""
        places = sorted({citation.paragraph for citation in citations})
        more = ", …" if len(places) > _PARAGRAPHS else ""
        listed = ", ".join(str(place) for place in places[:_PARAGRAPHS])
        return f"[{self.number(citations[0])} ¶{listed}{more}]"

    def sources(self, claims: Iterable[ClaimView]) -> list[str]:
        """Return a numbered line for each publication that these claims cite."""
        cited: dict[int, list[CitationView]] = {}
        for claim in claims:
            for citation in claim.citations:
                cited.setdefault(self.number(citation), []).append(citation)
        return [f"[{number}] {_source_line(cited[number])}" for number in sorted(cited)]


def publication(citation: CitationView) -> str:
    """Write a publication: publisher, title as a link, and date."""
    title = link(f"“{plain(citation.title, 100)}”", citation.url)
    return f"{plain(citation.publisher, 60)}, {title}, {dated(citation)}"


def dated(citation: CitationView) -> str:
    """Write the date of a publication, and say so where it is not its own word."""
    if citation.published_on is None:
        return "undated"
    day = human(Edtf.parse(citation.published_on))
    return f"{day} (date inferred)" if citation.date_basis is DateBasis.INFERRED else day


def chain(speaker: str, citation: CitationView) -> str:
    """Write the way from the asserter to the publication, link by link."""
    names = (speaker, *citation.via[:_CHAIN_LINKS], citation.publisher)
    # An outlet that asserts something itself is its own publisher.
    return " → ".join(plain(name, 40) for name, _ in groupby(names))


def _source_line(citations: list[CitationView]) -> str:
    ways = dict.fromkeys(" → ".join(plain(n, 40) for n in c.via) for c in citations if c.via)
    via = f" · via {'; or '.join(list(ways)[:2])}" if ways else ""
    return publication(citations[0]) + via
