"""Comparison: asserters side by side, month by month, and the quotients of their counts."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers import compare
from knowledge.answers.ratios import quotient
from knowledge.contract import Comparison, FigureView
from knowledge.library import By, Window
from knowledge.model import AnyRecord, Claim, Measure, Relation
from tests.bases.making import asserter, claim, library, topic, worded

UNION = By("the union", frozenset({"union"}))
MINISTRY = By("the ministry", frozenset({"ministry"}))


def compared(
    path: Path,
    *claims: Claim,
    by: tuple[By, ...] = (),
    window: Window | None = None,
    topics: tuple[AnyRecord, ...] = (),
) -> Comparison:
    records: list[AnyRecord] = [topic(), *topics, asserter("union"), *claims]
    with library(path / "claims.db", *records) as shelf:
        return compare(shelf, "wells", by, window)


def rows(found: Comparison) -> dict[str, list[list[str]]]:
    return {row.month: [[claim.id for claim in cell] for cell in row.cells] for row in found.months}


def test_each_month_has_a_cell_for_each_side(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("ours", "10", on="2024-01-05"),
        claim("theirs", "30", on="2024-01-20", asserter="union"),
        claim("later", "40", on="2024-03", asserter="union"),
        by=(UNION, MINISTRY),
    )
    assert [column.by for column in found.columns] == ["the union", "the ministry"]
    assert rows(found) == {"2024-01": [["theirs"], ["ours"]], "2024-03": [["later"], []]}


def test_a_column_has_its_own_range_and_latest(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("ours", "10", on="2024-01-05"),
        claim("early", "30", on="2024-01-20", asserter="union"),
        claim("late", "more than 40", on="2024-03", asserter="union"),
        by=(UNION,),
    )
    (union,) = found.columns
    assert union.range is not None
    assert (union.range.low, union.range.high, union.range.high_open) == (30, 40, True)
    assert (union.latest, union.origins) == ("late", 2)
    assert [one.id for one in union.claims] == ["early", "late"]


def test_with_nobody_named_everyone_in_the_window_is_compared(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("ours", "10", on="2024-01-05"),
        claim("theirs", "30", on="2024-02-20", asserter="union"),
        window=Window(since=date(2024, 2, 1)),
    )
    assert [column.by for column in found.columns] == ["Union (Egypt)"]
    assert found.filters.since == date(2024, 2, 1)


def test_someone_who_said_nothing_has_an_empty_column(tmp_path: Path) -> None:
    found = compared(tmp_path, claim("ours", "10"), by=(MINISTRY, UNION))
    assert [column.latest for column in found.columns] == ["ours", None]
    assert rows(found) == {"2024-01": [["ours"], []]}


def test_a_date_known_only_to_the_year_is_not_put_into_a_month(tmp_path: Path) -> None:
    found = compared(tmp_path, claim("ours", "10", on="2024"))
    assert [row.month for row in found.months] == ["2024"]


def test_denials_of_the_topic_stand_beside_it(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("ours", "10"),
        claim("never", topic="denials", links=[("denies", "topic", "wells")]),
        topics=(topic("denials", Measure.QUALITATIVE),),
    )
    assert [one.id for one in found.denials] == ["never"]


def test_an_unknown_topic_is_a_key_error(tmp_path: Path) -> None:
    with library(tmp_path / "claims.db", topic()) as shelf, pytest.raises(KeyError):
        compare(shelf, "bridges", [])


# ------------------------------------------------------------------------------------- ratios

PUMPS = topic("pumps")


def pumps(key: str, figure: str, origin: str = "speech", **more: object) -> Claim:
    return claim(key, figure, topic="pumps", origin=origin, **more)  # type: ignore[arg-type]


def test_two_counts_of_one_utterance_make_a_ratio(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("wells", "about 4,800", origin="speech", assumption="all were deep"),
        pumps("pumps", "10"),
        topics=(PUMPS,),
    )
    (ratio,) = found.ratios
    assert (ratio.of, ratio.per, ratio.month) == ("wells", "pumps", "2024-01")
    assert (ratio.low, ratio.high, ratio.words) == (480, 480, "about 480")
    assert (ratio.numerator.id, ratio.denominator.id) == ("wells", "pumps")
    assert ratio.numerator.assumption == "all were deep"
    assert ratio.denominator.citations


@pytest.mark.parametrize(("wells", "pumped"), [(9, 1), (1, 9), (200, 200)])
def test_very_many_counts_of_one_utterance_make_no_ratio(
    tmp_path: Path, wells: int, pumped: int
) -> None:
    """Nobody can tell which goes with which, and all pairs of thousands would fill the memory."""
    found = compared(
        tmp_path,
        *(claim(f"wells-{at}", f"{at + 10}", origin="speech") for at in range(wells)),
        *(pumps(f"pumps-{at}", f"{at + 10}") for at in range(pumped)),
        topics=(PUMPS,),
    )
    assert found.ratios == ()


def test_the_larger_count_is_divided_by_the_smaller(tmp_path: Path) -> None:
    wells = claim("wells", "10", origin="speech")
    (ratio,) = compared(tmp_path, wells, pumps("pumps", "480"), topics=(PUMPS,)).ratios
    assert (ratio.of, ratio.per, ratio.words) == ("pumps", "wells", "48")


@pytest.mark.parametrize(
    "other",
    [
        pumps("pumps", "10", origin="another"),
        pumps("pumps", "10", asserter="union"),
        pumps("pumps", "10", on="2024-02-01"),
        pumps("pumps", "10", on="2024"),
        pumps("pumps", "several thousand"),
        pumps("pumps", "0"),
        pumps("pumps", "10", links=[("retells", "claim", "wells")]),
        pumps("pumps", "10", status="retracted"),
    ],
    ids=[
        "another utterance",
        "another asserter",
        "another month",
        "no month",
        "no number",
        "nothing to divide by",
        "a retelling",
        "retracted",
    ],
)
def test_counts_that_do_not_belong_together_are_not_divided(tmp_path: Path, other: Claim) -> None:
    wells = claim("wells", "480", origin="speech")
    assert compared(tmp_path, wells, other, topics=(PUMPS,)).ratios == ()


@pytest.mark.parametrize(
    ("measure", "unit"),
    [(Measure.SHARE, "share"), (Measure.RATE, "a year"), (Measure.LEVEL, "year of manufacture")],
)
def test_only_counts_are_divided(tmp_path: Path, measure: Measure, unit: str) -> None:
    wells = claim("wells", "480", origin="speech")
    others = (topic("pumps", measure).model_copy(update={"unit": unit}),)
    assert compared(tmp_path, wells, pumps("pumps", "0.5"), topics=others).ratios == ()


def test_a_ratio_needs_both_claims_in_the_window(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("wells", "480", origin="speech", on="2024-01-15"),
        pumps("pumps", "10", on="2024-01-10"),
        topics=(PUMPS,),
        window=Window(since=date(2024, 1, 12)),
    )
    assert [one.id for one in found.columns[0].claims] == ["wells"]
    assert found.ratios == ()


def test_each_reading_of_one_count_is_divided_apart(tmp_path: Path) -> None:
    found = compared(
        tmp_path,
        claim("small", "500", origin="speech", assumption="all were small"),
        claim("large", "more than 3,000", origin="speech", assumption="all were large"),
        pumps("pumps", "about 10"),
        topics=(PUMPS,),
    )
    assert {ratio.numerator.id: ratio.words for ratio in found.ratios} == {
        "small": "about 50",
        "large": "more than 300",
    }


# ---------------------------------------------------------------------------------- quotients


def figure(words: str) -> FigureView:
    read = worded(words)
    return FigureView(
        low=read.low, high=read.high, relation=read.relation, unit=None, as_worded=words
    )


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        ("4.8 million", "10,000", "480"),
        ("4.8 million", "about 10,000", "about 480"),
        ("more than 12 million", "about 28,000", "more than 428"),
        ("at least 12 million", "28,000", "at least 428"),
        ("at least 12 million", "less than 28,000", "more than 428"),
        ("up to 3 million", "7,000", "up to 429"),
        ("3 million", "more than 7,000", "less than 429"),
        ("3 million", "at least 7,000", "up to 429"),
        ("between 3 and 5 million", "10,000", "between 300 and 500"),
        ("500,000", "6,700", "about 74.6"),
    ],
)
def test_the_relation_carries_into_the_quotient(above: str, below: str, words: str) -> None:
    found = quotient(figure(above), figure(below))
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("more than 12 million", "at least 28,000"),
        ("up to 5", "less than 2"),
        ("several million", "10"),
        ("10", "0"),
        ("0", "10"),
    ],
)
def test_where_nothing_bounds_the_quotient_there_is_none(above: str, below: str) -> None:
    assert quotient(figure(above), figure(below)) is None


@pytest.mark.parametrize(("above", "below"), [(1e-300, 3e10), (1e300, 3e-10)])
def test_a_quotient_that_no_float_holds_with_its_digits_is_none(above: float, below: float) -> None:
    assert quotient(_exactly(above), _exactly(below)) is None


def _exactly(value: float) -> FigureView:
    return FigureView(low=value, high=value, relation=Relation.EXACT, unit=None, as_worded="some")


numbers = st.integers(1, 10**12) | st.floats(1e-300, 1e300, allow_subnormal=False)
relations = st.sampled_from(Relation)


@st.composite
def figures(draw: st.DrawFn) -> FigureView:
    relation = draw(relations)
    low, high = sorted((float(draw(numbers)), float(draw(numbers))))
    if relation in {Relation.EXACT, Relation.ABOUT}:
        low = high
    return FigureView(
        low=None if relation in {Relation.UP_TO, Relation.LESS_THAN} else low,
        high=None if relation in {Relation.MORE_THAN, Relation.AT_LEAST} else high,
        relation=relation,
        unit=None,
        as_worded="some",
    )


@given(figures(), figures())
def test_a_quotient_holds_whatever_its_figures_allow(above: FigureView, below: FigureView) -> None:
    found = quotient(above, below)
    if found is None:
        return
    assert found.words
    assert (found.low is None) or (found.high is None) or found.low <= found.high
    for number in (above.low, above.high):
        for divisor in (below.low, below.high):
            if number is None or divisor is None:
                continue
            exact = Fraction(number) / Fraction(divisor)
            slack = exact / 10**12
            assert found.low is None or Fraction(found.low) <= exact + slack
            assert found.high is None or Fraction(found.high) >= exact - slack
