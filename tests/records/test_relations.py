"""Kinds of relations: a further one is not forgotten by those who keep and show claims."""

from pathlib import Path

import pytest

from commands.cards import said
from commands.cards.parts import OPPOSED
from commands.cards.parts import OPPOSING as TOLD
from knowledge.charts.plan import MARKS
from knowledge.contract import ClaimView
from knowledge.model import Link, LinkKind
from knowledge.wording import ChartWords
from tests.bases.making import claim, library

OPPOSING = {kind for kind in LinkKind if kind.traits.opposes}


@pytest.mark.parametrize("kind", LinkKind)
def test_every_kind_says_what_it_means(kind: LinkKind) -> None:
    assert kind.traits.passive
    assert not (kind.traits.opposes and kind.traits.ordered)


def test_whatever_opposes_a_claim_is_shown_with_it() -> None:
    fields = {f"{kind.traits.passive}_by" for kind in OPPOSING}
    assert fields <= set(ClaimView.model_fields)
    assert set(OPPOSED) == set(TOLD) == OPPOSING
    assert set(said.AGAINST_A_CLAIM) == set(said.AGAINST_A_TOPIC) == OPPOSING


def test_whatever_opposes_a_claim_is_shown_in_a_chart() -> None:
    assert set(MARKS) == OPPOSING
    for kind in OPPOSING:
        alone, named = ChartWords().opposed(kind.traits.passive)
        assert alone
        assert "{people}" in named


@pytest.mark.parametrize("kind", sorted(OPPOSING))
def test_whatever_opposes_a_claim_is_found_with_it(tmp_path: Path, kind: LinkKind) -> None:
    against = claim("against", None, links=[(kind, "claim", "count")])
    with library(tmp_path / "claims.db", claim("count", "40"), against) as shelf:
        (view,) = shelf.views([shelf.entry("count")])
    assert view.opposed_by[kind] == ("against",)


@pytest.mark.parametrize("kind", LinkKind)
def test_only_what_opposes_may_cover_a_whole_topic(kind: LinkKind) -> None:
    if kind in OPPOSING:
        assert Link(kind=kind, topic="wells").topic == "wells"
    else:
        with pytest.raises(ValueError, match=r"only .* may cover a whole topic"):
            Link(kind=kind, topic="wells")
