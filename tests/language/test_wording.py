"""Worded figures: short where nothing is lost, and read back as what they were."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.contract import FigureView
from knowledge.model import Kind, Measure, Relation
from knowledge.reading import parse_figure
from knowledge.wording import Style, figure, interval, number, share, span, year

amounts = st.one_of(
    st.integers(-(10**15), 10**15).map(float),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12).map(
        lambda value: round(value, 3)
    ),
    st.integers(0, 1100).map(float),
    st.integers(1, 9999).map(lambda value: value * 10_000.0),
)
shares = st.integers(0, 1500).map(lambda value: value / 1000)
OF_DATES = (Relation.BY, Relation.BEFORE, Relation.AFTER, Relation.AROUND)
one_sided = st.sampled_from([one for one in Relation if one not in {*OF_DATES, Relation.BETWEEN}])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1_500_000, "1.5 million"),
        (4_800_000, "4.8 million"),
        (12_000_000, "12 million"),
        (1_250_000, "1.25 million"),
        (1_234_567, "1,234,567"),
        (28_000, "28,000"),
        (999_999, "999,999"),
        (2_000_000_000, "2 billion"),
        (6.5, "6.5"),
        (0, "0"),
        (-5, "-5"),
    ],
)
def test_numbers(value: float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "half"),
        (1 / 3, "a third"),
        (2 / 3, "two thirds"),
        (0.25, "a quarter"),
        (0.333, "33.3%"),
        (0.1, "10%"),
        (0.07, "7%"),
        (1.5, "150%"),
        (0, "0%"),
    ],
)
def test_shares(value: float, words: str) -> None:
    assert share(value) == words


@pytest.mark.parametrize(
    ("low", "high", "relation", "words"),
    [
        (7000, 7000, Relation.EXACT, "7,000"),
        (7000, 7000, Relation.ABOUT, "about 7,000"),
        (12e6, None, Relation.MORE_THAN, "more than 12 million"),
        (7000, None, Relation.AT_LEAST, "at least 7,000"),
        (None, 3e6, Relation.UP_TO, "up to 3 million"),
        (None, 3e6, Relation.LESS_THAN, "less than 3 million"),
        (3e6, 5e6, Relation.BETWEEN, "between 3 and 5 million"),
        (5e5, 5e6, Relation.BETWEEN, "between 500,000 and 5 million"),
        (2, 3e6, Relation.BETWEEN, "between 2 and 3,000,000"),
    ],
)
def test_figures(low: float | None, high: float | None, relation: Relation, words: str) -> None:
    assert interval(low, high, relation) == words
    assert interval(low, high, relation, unit="crates") == f"{words} crates"


def test_shares_carry_their_relation_and_no_unit() -> None:
    assert interval(0.5, 0.5, Relation.ABOUT, style=Style.SHARE, unit="share") == "about half"
    assert interval(0.5, None, Relation.MORE_THAN, style=Style.SHARE) == "more than half"
    assert interval(0.1, 0.2, Relation.BETWEEN, style=Style.SHARE) == "between 10 and 20%"


def test_an_interval_in_the_shortest_way() -> None:
    assert span(3e6, 5e6) == "3 to 5 million"
    assert span(5e5, 12e6) == "500,000 to 12 million"
    assert span(0.1, 0.2, style=Style.SHARE) == "10 to 20%"
    assert span(1970, 1989, style=Style.YEAR) == "1970 to 1989"


def test_years_of_the_calendar_are_not_set_in_groups() -> None:
    assert interval(1970, 1989, Relation.BETWEEN, style=Style.YEAR) == "between 1970 and 1989"
    assert interval(None, 1980, Relation.UP_TO, style=Style.YEAR) == "by 1980"
    assert year(1970) == "1970"


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_words_only_finite_numbers(value: float) -> None:
    for word in (number, share, year):
        with pytest.raises(ValueError, match="finite"):
            word(value)


def test_a_figure_without_the_side_its_relation_needs_is_refused() -> None:
    with pytest.raises(ValueError, match="'more-than' needs its low side"):
        interval(None, 5, Relation.MORE_THAN)


@given(amounts)
def test_a_worded_number_reads_back_as_itself(value: float) -> None:
    read = parse_figure(number(value))
    assert (read.low, read.high, read.kind) == (value, value, Kind.AMOUNT)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e299, max_value=1e299))
def test_any_finite_number_can_be_worded(value: float) -> None:
    assert number(value)


@given(shares)
def test_a_worded_share_reads_back_as_itself(value: float) -> None:
    read = parse_figure(share(value))
    assert (read.low, read.high, read.kind) == (value, value, Kind.SHARE)


@given(st.integers(1000, 9999), st.sampled_from(OF_DATES))
def test_a_worded_year_keeps_its_relation(value: int, relation: Relation) -> None:
    read = parse_figure(interval(value, value, relation, style=Style.YEAR), calendar=True)
    assert (read.relation, read.kind) == (relation, Kind.DATE)
    assert value in {read.low, read.high}


@given(amounts, one_sided)
def test_a_worded_figure_keeps_its_relation(value: float, relation: Relation) -> None:
    read = parse_figure(interval(value, value, relation))
    assert read.relation is relation
    assert value in {read.low, read.high}


@given(st.tuples(amounts, amounts).map(sorted))
def test_a_worded_interval_reads_back_as_itself(ends: list[float]) -> None:
    low, high = ends
    if 0 <= low < high:
        read = parse_figure(interval(low, high, Relation.BETWEEN))
        assert (read.low, read.high, read.relation) == (low, high, Relation.BETWEEN)


@given(st.tuples(shares, shares).map(sorted))
def test_a_worded_interval_of_shares_reads_back_as_itself(ends: list[float]) -> None:
    low, high = ends
    if low < high:
        read = parse_figure(interval(low, high, Relation.BETWEEN, style=Style.SHARE))
        assert (read.low, read.high, read.kind) == (low, high, Kind.SHARE)


def view(low: float | None, high: float | None, relation: Relation, **more: object) -> FigureView:
    given = {"low": low, "high": high, "relation": relation, "unit": "wells", "as_worded": "x"}
    return FigureView.model_validate({**given, **more})


@pytest.mark.parametrize(
    ("shown", "measure", "words"),
    [
        (view(None, 2033, Relation.BY), Measure.DATE, "by 2033"),
        (view(None, 2033, Relation.UP_TO), Measure.DATE, "by 2033"),
        (view(2029, None, Relation.AT_LEAST), Measure.DATE, "2029 or later"),
        (view(2040, 2040, Relation.AROUND), Measure.DATE, "around 2040"),
        (view(1.6, 1.6, Relation.EXACT), Measure.CHANGE, "160%"),
        (view(-0.2, -0.2, Relation.ABOUT), Measure.CHANGE, "about -20%"),
        (view(1.8, 1.8, Relation.EXACT), Measure.RATIO, "1.8:1"),
        (view(106e9, 106e9, Relation.EXACT, unit="GBP"), Measure.LEVEL, "£106 billion"),
        (view(None, 80e9, Relation.UP_TO, unit="GBP"), Measure.LEVEL, "up to £80 billion"),
        (
            view(81e9, 88e9, Relation.BETWEEN, unit="GBP"),
            Measure.LEVEL,
            "between £81 and £88 billion",
        ),
        (
            view(13.3e6, 16.6e6, Relation.BETWEEN, value=14.9e6, interval="95%"),
            Measure.CUMULATIVE,
            "14.9 million (13.3 to 16.6 million, 95% interval)",
        ),
        (
            view(0.903, 0.976, Relation.ABOUT, value=0.95, interval="95%"),
            Measure.SHARE,
            "about 95% (90.3 to 97.6%, 95% interval)",
        ),
    ],
)
def test_figures_of_each_measure_read_as_people_write_them(
    shown: FigureView, measure: Measure, words: str
) -> None:
    assert figure(shown, measure) == words
