"""Figures that a person types: what is read, and why the rest is refused."""

import pytest

from knowledge.curation.forms import read_figure
from knowledge.model import Kind, Measure, Relation
from knowledge.reading import BadFigure, in_unit, parse_figure
from tests.bases.making import topic

R = Relation


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        (" more than 1.5 million ", 1.5e6, None),
        ("3–5 million crates", 3e6, 5e6),
        ("half", 0.5, 0.5),
        ("one", 1, 1),
        ("2000", 2000, 2000),
        ("none", 0, 0),
        ("0.26 ml (about five drops)", 0.26, 0.26),
        ("growth of 160%", 1.6, 1.6),
        ("down 20%", -0.2, -0.2),
        ("fell by more than 20%", None, -0.2),
        ("+12%", 0.12, 0.12),
        ("-3.5%", -0.035, -0.035),
        ("an increase of 3,000", 3000, 3000),
        ("10kg-15kg", 10, 15),
        ("3 months to 5 months", 3, 5),
    ],
)
def test_a_typed_figure(text: str, low: float | None, high: float | None) -> None:
    read = parse_figure(text)
    assert (read.low, read.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "relation", "low", "high"),
    [
        ("by 2033", R.BY, None, 2033),
        ("no later than 2030", R.BY, None, 2030),
        ("before the end of 2030", R.BY, None, 2030),
        ("before 2030", R.BEFORE, None, 2030),
        ("after 2035", R.AFTER, 2035, None),
        ("not before 2029", R.AFTER, 2029, None),
        ("bis 2033", R.BY, None, 2033),
        ("не раніше 2029", R.AFTER, 2029, None),
    ],
)
def test_a_typed_year(text: str, relation: Relation, low: float | None, high: float | None) -> None:
    read = parse_figure(text)
    assert (read.relation, read.low, read.high, read.kind) == (relation, low, high, Kind.DATE)


@pytest.mark.parametrize(
    ("text", "amount", "year"),
    [
        ("around 2040", R.ABOUT, R.AROUND),
        ("about 2040", R.ABOUT, R.AROUND),
        ("2033", R.EXACT, R.EXACT),
    ],
)
def test_what_may_be_an_amount_is_a_year_of_the_calendar_alone(
    text: str, amount: Relation, year: Relation
) -> None:
    assert (parse_figure(text).relation, parse_figure(text).kind) == (amount, Kind.AMOUNT)
    read = parse_figure(text, calendar=True)
    assert (read.relation, read.kind) == (year, Kind.DATE)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("less than 0.6:1", None, 0.6), ("more than £2 per pound", 2, None)]
)
def test_a_ratio_has_its_relation(text: str, low: float | None, high: float | None) -> None:
    read = parse_figure(text)
    assert (read.low, read.high, read.kind) == (low, high, Kind.RATIO)


def test_a_prediction_interval_is_one() -> None:
    read = parse_figure("1.15% (95% prediction interval 0.78% to 1.79%)")
    assert (read.low, read.high, read.value, read.interval) == (0.0078, 0.0179, 0.0115, "95%")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no figure"),
        ("many", "no figure that can be read"),
        ("1e400", "no figure that can be read"),
        ("between 5 and 3 million", "more than one"),
        ("3 million or maybe 7", "more than one"),
        ("not 5", "change the figure"),
        ("5 fewer", "change the figure"),
        ("three score", "change the figure"),
        ("10:15", "no figure that can be read"),
        ("5" * 300, "too long"),
        ("🙂", "no figure that can be read"),
    ],
)
def test_a_bad_figure_says_why_and_gives_examples(text: str, reason: str) -> None:
    with pytest.raises(BadFigure, match=reason) as refused:
        parse_figure(text)
    assert "3-5 million" in str(refused.value)


def test_a_form_keeps_the_unit_that_was_typed_where_it_is_another() -> None:
    power = topic("energy", Measure.LEVEL, unit="MWh")
    other, same = read_figure("190,000 kWh", power), read_figure("190 MWh", power)
    assert (other.low, other.unit) == (190_000, "kWh")
    assert in_unit(other.low, "kWh", "MWh") == same.low == 190
    assert same.unit is None


def test_a_form_refuses_what_measures_something_else() -> None:
    with pytest.raises(BadFigure, match="measures something else than MWh"):
        read_figure("85 kg", topic("energy", Measure.LEVEL, unit="MWh"))
    with pytest.raises(BadFigure, match="another currency"):
        read_figure("$5 million", topic("price", Measure.LEVEL, unit="GBP"))


def test_a_form_keeps_the_value_with_its_interval_and_reads_years_as_years() -> None:
    read = read_figure("14.9 million (13.3–16.6)", topic())
    assert (read.value, read.low, read.high, read.interval) == (14.9e6, 13.3e6, 16.6e6, "range")
    year = read_figure("around 2040", topic("opening", Measure.DATE, unit="year"))
    assert (year.relation, year.low) == (Relation.AROUND, 2040)
