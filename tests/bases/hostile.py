"""Databases whose every word is hostile: long, empty to look at, right to left, full of markup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from knowledge.library.tables import outline_of
from knowledge.model import (
    Asserter,
    Citation,
    Claim,
    Edtf,
    Example,
    Figure,
    Link,
    LinkKind,
    Measure,
    Relation,
    Source,
    Topic,
)
from knowledge.store import Outline
from tests.bases.making import asserter, claim, source, topic

NASTY = [
    "@everyone",
    "@here",
    "<@123456789012345678>",
    "<@&123456789012345678>",
    "<#123456789012345678>",
    "<t:1:R>",
    "```py",
    "**",
    "||",
    "[x](https://evil.example)",
    "\u202eabc\u202c",
    "\u200b",
    "\n# head\n> quote\n-# small",
    "'; DROP TABLE claims; --",
    "🎉👩‍👩‍👧",
    "Z" + "\u0336" * 50,
    "שלום",
    "\\",
    "w" * 90,
]


@dataclass(frozen=True, slots=True)
class Memory:
    """Records to be read, without a file."""

    _topics: list[Topic]
    _asserters: list[Asserter]
    _sources: list[Source]
    _claims: list[Claim]

    def times(self, least: int) -> "Memory":
        """Return the same records with their claims over and over, until there are so many."""
        rounds = range(-(-least // len(self._claims)))
        claims = [
            each.model_copy(
                update={
                    "id": f"{each.id}-{at}" if at else each.id,
                    "origin": f"{each.origin}-{at}",
                    "asserted_on": Edtf.parse(f"{2024 - at}-01"),
                }
            )
            for at in rounds
            for each in self._claims
        ]
        return Memory(self._topics, self._asserters, self._sources, claims)

    def topics(self, _workspace: str | None) -> list[Topic]:
        """Return the topics."""
        return self._topics

    def asserters(self, _workspace: str | None) -> list[Asserter]:
        """Return who speaks."""
        return self._asserters

    def sources(self, _workspace: str | None) -> list[Source]:
        """Return the publications."""
        return self._sources

    def claims(self, ids: Iterable[str], _workspace: str | None) -> list[Claim]:
        """Return some of the claims."""
        found = {each.id: each for each in self._claims}
        return [found[one] for one in ids if one in found]

    def examples(self, _workspace: str | None) -> list[Example]:
        """Return no example."""
        return []

    def all_claims(self, _workspace: str | None) -> Iterator[Claim]:
        """Return every claim."""
        return iter(self._claims)

    def outlines(self, _workspace: str | None) -> Iterator[Outline]:
        """Return every claim in short."""
        return map(outline_of, self._claims)

    def count(self, _workspace: str | None) -> int:
        """Count the revisions."""
        return 1


def texts(limit: int) -> st.SearchStrategy[str]:
    pieces = st.sampled_from(NASTY) | st.text(min_size=1, max_size=40)
    joined = st.lists(pieces, min_size=1, max_size=30).map(lambda parts: "x" + "".join(parts))
    return joined.map(lambda text: text[:limit].strip())


@st.composite
def figures(draw: st.DrawFn) -> Figure | None:
    words = draw(texts(120)).split()[:6]
    worded = " ".join(words)
    numbers = st.floats(0, 1e18, allow_nan=False, allow_infinity=False)
    low, high = sorted((draw(numbers), draw(numbers)))
    match draw(st.sampled_from([None, "vague", *Relation])):
        case None:
            return None
        case "vague":
            return Figure(as_worded=worded)
        case Relation.EXACT | Relation.ABOUT | Relation.AROUND as relation:
            return Figure(low=low, high=low, relation=relation, as_worded=worded)
        case Relation.MORE_THAN | Relation.AT_LEAST | Relation.AFTER as relation:
            return Figure(low=low, relation=relation, as_worded=worded)
        case Relation.BETWEEN as relation:
            return Figure(low=low, high=high, relation=relation, as_worded=worded)
        case relation:
            return Figure(high=high, relation=Relation(relation), as_worded=worded)


@st.composite
def shelves(draw: st.DrawFn) -> Memory:
    measure = draw(st.sampled_from([Measure.CUMULATIVE, Measure.SHARE, Measure.LEVEL]))
    measured = topic("wells", measure, title=draw(texts(120)), unit=draw(texts(120)))
    others = [topic("dams", Measure.QUALITATIVE, title=draw(texts(120)))]
    people = [
        asserter(f"a{n}", person=draw(texts(120)), role=draw(texts(120)), organisation="O" * 120)
        for n in range(3)
    ]
    papers = [
        source(
            f"s{n}",
            publisher=draw(texts(120)),
            title=draw(texts(300)),
            url="https://a.example/)" * 9,
        )
        for n in range(4)
    ]
    count = draw(st.integers(1, 12))
    claims = [_claim(draw, n, [p.id for p in people], [p.id for p in papers]) for n in range(count)]
    return Memory([measured, *others], people, papers, claims)


def _claim(draw: st.DrawFn, number: int, people: list[str], papers: list[str]) -> Claim:
    cited = draw(st.lists(st.sampled_from(papers), min_size=1, max_size=6))
    links = [Link(kind=LinkKind.DENIES, topic="wells")] if draw(st.booleans()) else []
    if number and draw(st.booleans()):
        kind = draw(st.sampled_from([LinkKind.RETELLS, LinkKind.DENIES, LinkKind.DISPUTES]))
        links.append(Link(kind=kind, claim=f"c{number - 1}"))
    month = draw(st.integers(1, 3))
    return claim(
        f"c{number}",
        on=f"2024-{month:02}",
        asserter=draw(st.sampled_from(people)),
        origin=f"o{draw(st.integers(0, 3))}",
        statement=draw(texts(600)),
        assumption=draw(st.none() | texts(600)),
        note=draw(st.none() | texts(600)),
    ).model_copy(
        update={
            "figure": draw(figures()),
            "relations": tuple(links),
            "citations": tuple(
                Citation(
                    source=paper,
                    paragraph=draw(st.integers(1, 10_000)),
                    fingerprint="sha256:" + "0" * 64,
                    via=tuple(draw(st.lists(texts(120), max_size=4))),
                    as_worded=draw(st.none() | texts(120)),
                )
                for paper in cited
            ),
        }
    )
