"""Measures drafting: which figures of articles are found, and which proposals are wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from knowledge.drafts.article import BadArticle
from knowledge.drafts.proposals import Proposal, Proposals
from knowledge.language import fold
from knowledge.library import Library
from knowledge.model import Claim

_CLOSE = 1e-3
"""Two readings of a number that differ by less are one (a third is 0.333)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A figure that an article asserts: any of its paragraphs will do. `by` are words of a name."""

    label: str
    paragraphs: frozenset[int]
    numbers: tuple[float, ...]
    by: tuple[str, ...]
    asserter: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """One article: what was expected and found, and what was proposed wrongly."""

    article: str
    expected: int
    found: int
    figures: int
    """Found with the right paragraph, whoever is said to assert them."""
    proposed: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftsReport:
    """All articles of a folder."""

    articles: tuple[Measured, ...]

    @property
    def total(self) -> Measured:
        """The sum over the articles."""
        rows = self.articles
        return Measured(
            f"{len(rows)} articles",
            sum(one.expected for one in rows),
            sum(one.found for one in rows),
            sum(one.figures for one in rows),
            sum(one.proposed for one in rows),
            tuple(text for one in rows for text in one.wrong),
            tuple(text for one in rows for text in one.missed),
        )


def evaluate_drafts(
    folder: Path, library: Library, draft: Callable[[Path], Proposals]
) -> DraftsReport:
    """Draft from every article of a folder and count.

    What is expected stands in a YAML file beside the article; without one, it is what the claims
    on file cite the article for. An article with neither is passed over.

    Raises:
        BadArticle: the folder holds no article that anything is expected of.
    """
    rows = []
    for path in sorted(one for one in folder.iterdir() if one.suffix.lower() != ".yaml"):
        try:
            found = draft(path)
        except BadArticle:
            continue
        beside = path.with_suffix(".yaml")
        expected = _written(beside) if beside.exists() else _on_file(library, found.source)
        if expected:
            rows.append(_measured(path.name, found.claims, expected))
    if not rows:
        raise BadArticle(f"{folder} holds no article that claims are on file of.")
    return DraftsReport(tuple(rows))


def _written(path: Path) -> list[Expected]:
    listed = yaml.safe_load(path.read_text("utf-8"))
    return [
        Expected(
            label=f"¶{one['paragraph']} {one['by']}",
            paragraphs=frozenset({one["paragraph"]}),
            numbers=_numbers(one.get("value"), one.get("low"), one.get("high")),
            by=tuple(fold(one["by"]).split()),
            optional=optional,
        )
        for key, optional in (("claims", False), ("optional", True))
        for one in listed.get(key, ())
    ]


def _on_file(library: Library, source: str | None) -> list[Expected]:
    claims = library.every_claim() if source else ()
    return [
        Expected(
            label=f"{claim.id} “{claim.figure.as_worded}”",
            paragraphs=frozenset(one.paragraph for one in claim.citations if one.source == source),
            numbers=_numbers(claim.figure.low, claim.figure.high),
            by=(),
            asserter=claim.asserter,
        )
        for claim in claims
        if claim.figure and _cites(claim, source)
    ]


def _cites(claim: Claim, source: str | None) -> bool:
    return any(one.source == source for one in claim.citations)


def _numbers(*ends: float | None) -> tuple[float, ...]:
    return tuple(dict.fromkeys(end for end in ends if end is not None))


def _measured(name: str, claims: Sequence[Proposal], expected: Iterable[Expected]) -> Measured:
    wanted = [one for one in expected if not one.optional]
    allowed = list(expected) if isinstance(expected, Sequence) else wanted
    found = [one for one in wanted if any(_same(one, each) for each in claims)]
    figures = [one for one in wanted if any(_same_figure(one, each) for each in claims)]
    wrong = [each for each in claims if not any(_same(one, each) for one in allowed)]
    return Measured(
        article=name,
        expected=len(wanted),
        found=len(found),
        figures=len(figures),
        proposed=len(claims),
        wrong=tuple(
            f"¶{one.paragraph} “{one.amount.as_worded}”, {one.asserted_by}" for one in wrong
        ),
        missed=tuple(one.label for one in wanted if one not in found),
    )


def _same(one: Expected, each: Proposal) -> bool:
    if not _same_figure(one, each):
        return False
    if one.asserter is not None:
        return each.asserter is not None and each.asserter.id == one.asserter
    named = fold(each.asserted_by)
    return all(word in named for word in one.by)


def _same_figure(one: Expected, each: Proposal) -> bool:
    amount = each.amount
    own = _numbers(amount.value, amount.low, amount.high)
    if not one.paragraphs & {each.paragraph, *each.also}:
        return False
    if not one.numbers or not own:
        return not one.numbers and not own
    return all(any(_close(a, b) for b in own) for a in one.numbers)


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))
