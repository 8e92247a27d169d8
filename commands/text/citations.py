"""Numbered citations: one number a publication, the same on every page of an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from commands.text.i18n import appeared, say
from commands.text.markup import link, plain
from knowledge.contract import CitationView, ClaimView, numbered
from knowledge.model import DateBasis, Edtf

_MARKERS = 3
_PARAGRAPHS = 4
_TITLE = 80
_CHAIN_LINKS = 6
_LEAST_RUN = 3
"""What one citation shows before "…": sources, paragraphs, letters of a title, links of a chain;
and how many paragraphs in a row are written as a run (chosen by eye, for a phone)."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A publication under an answer; all but the address is markdown and already safe."""

    number: int
    publisher: str
    title: str
    day: str
    near: str
    """The date in fewer words: one that is inferred is marked as about right."""
    url: str | None = None

    @property
    def whole(self) -> str:
        """Its number, publisher, title as a link, and date."""
        return (
            f"[{self.number}] {self.publisher}, {link(in_quotes(self.title), self.url)}, {self.day}"
        )

    @property
    def brief(self) -> str:
        """The same for a phone: the title is behind the link, where there is one."""
        return f"{self.named} · {link(say('Read'), self.url)}" if self.url else self.whole

    @property
    def named(self) -> str:
        """Its number, publisher and date."""
        return f"[{self.number}] {self.publisher}, {self.near}"


class Numbering:
    """Gives each publication its number: as it stands in `order`, then as it is first cited.

    With the order of its topic, a publication has one number in every view of an answer.
    """

    def __init__(self, claims: Iterable[ClaimView], order: Iterable[str] = ()) -> None:
        self._numbers = {source: at for at, source in enumerate(dict.fromkeys(order), start=1)}
        for source in numbered(claims):
            self._numbers.setdefault(source, len(self._numbers) + 1)

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each publication, by its id."""
        return self._numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, citation: CitationView) -> int:
        """Return the number of the publication."""
        return self._numbers[citation.source]

    def markers(self, *claims: ClaimView) -> str:
        """Return where claims can be read, such as `[1 ¶4, 6] [3 ¶12]`."""
        by_source: dict[str, list[CitationView]] = {}
        for citation in (citation for claim in claims for citation in claim.citations):
            by_source.setdefault(citation.source, []).append(citation)
        shown = [self.marker(same) for same in list(by_source.values())[:_MARKERS]]
        more = len(by_source) - _MARKERS
        return " ".join([*shown, f"+{more}"] if more > 0 else shown)

    def brief(self, *claims: ClaimView) -> str:
        """Return the publications alone, where the paragraphs stand nearby: `[1] [3]`."""
        numbers = {self.number(citation) for claim in claims for citation in claim.citations}
        shown = [f"[{number}]" for number in sorted(numbers)[:_MARKERS]]
        more = len(numbers) - _MARKERS
        return " ".join([*shown, f"+{more}"] if more > 0 else shown)

    def marker(self, citations: Sequence[CitationView]) -> str:
        """Return the marker of citations in one publication, such as `[1 ¶4, 6]`."""
        runs = _runs({citation.paragraph for citation in citations})
        more = ", …" if len(runs) > _PARAGRAPHS else ""
        return f"[{self.number(citations[0])} ¶{', '.join(runs[:_PARAGRAPHS])}{more}]"

    def sources(self, claims: Iterable[ClaimView]) -> list[SourceLine]:
        """Return each publication that these claims cite, in the order of the numbers."""
        cited: dict[int, CitationView] = {}
        for claim in claims:
            for citation in claim.citations:
                cited.setdefault(self.number(citation), citation)
        return [self.source(cited[number]) for number in sorted(cited)]

    def source(self, citation: CitationView) -> SourceLine:
        """Return a publication as it stands under an answer."""
        return SourceLine(
            self.number(citation),
            plain(citation.publisher, 60),
            plain(citation.title, _TITLE),
            dated(citation),
            _near(citation),
            citation.url,
        )


def in_quotes(text: str) -> str:
    """Put a text into the quotation marks of the language."""
    return say("“{text}”", text=text)


def dated(citation: CitationView) -> str:
    """Write the date of a publication, and say so where it is not its own word."""
    day = _day(citation)
    return say("{day} (inferred)", day=day) if _inferred(citation) else day


def _near(citation: CitationView) -> str:
    exact = not {"~", "."}.intersection(citation.published_on or "")
    return f"~{_day(citation)}" if exact and _inferred(citation) else _day(citation)


def _day(citation: CitationView) -> str:
    if citation.published_on is None:
        return say("undated")
    return appeared(Edtf.parse(citation.published_on))


def _inferred(citation: CitationView) -> bool:
    return citation.published_on is not None and citation.date_basis is DateBasis.INFERRED


def chain(speaker: str, citation: CitationView) -> str:
    """Write the way from the asserter to the publication, link by link."""
    names = (speaker, *citation.via[:_CHAIN_LINKS], citation.publisher)
    # An outlet that asserts something itself is its own publisher.
    return " → ".join(plain(name, 40) for name, _ in groupby(names))


def _runs(places: set[int]) -> list[str]:
    """Write paragraphs in their order, three and more in a row as `4–6`."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [part for run in runs for part in _run(run)]


def _run(places: Sequence[int]) -> list[str]:
    if len(places) < _LEAST_RUN:
        return [str(place) for place in places]
    return [f"{places[0]}–{places[-1]}"]
