"""Units: what is of one kind is brought together, what is not is refused with the reason."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import find_quantities, in_unit, unit_of, unit_problem


@pytest.mark.parametrize(
    ("number", "printed", "wanted", "is_"),
    [
        (190_000, "kWh", "MWh", 190),
        (85_000, "kg", "tonnes", 85),
        (42, "GWh", "MWh", 42_000),
        (20.4, "kilotons", "tonnes of CO2e", 20_400),
        (24.7, "tonnes of CO2eq", "tonnes of CO2 equivalent", 24.7),
        (415, "TWh/yr", "TWh per year", 415),
        (0.34, "watt-hours", "Wh per query", 0.34),
        (340, "mWh", "Wh per query", 0.34),
        (0.5, "L", "mL per query", 500),
        (3, "hectares", "square kilometres", 0.03),
        (5, "km²", "square kilometres a year", 5),
        (100, "pounds a month", "GBP a year", 1200),
        (3, "£", "pounds", 3),
        (2, "years", "months", 24),
        (7, "rounds", "shells", 7),
        (415, "TWh", "TWh per year", 415),
        (3e9, "$", "billions of dollars", 3),
        (5e6, "tonnes", "million tonnes", 5),
        (12, "tonnes a month", "tonnes a year", 144),
        (20, "°C", "°F", 68),
        (1.2e6, "bpd", "barrels per day", 1.2e6),
    ],
)
def test_a_number_is_brought_into_the_unit_of_its_topic(
    number: float, printed: str, wanted: str, is_: float
) -> None:
    assert in_unit(number, printed, wanted) == pytest.approx(is_)


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("dollars", "pounds"),
        ("EUR", "GBP"),
        ("$", "shells"),
        ("kWh", "tonnes"),
        ("shells", "tonnes"),
        ("TWh/yr", "TWh"),
        ("tonnes CO2", "tonnes of plastic"),
    ],
)
def test_what_is_of_another_kind_is_refused_with_the_reason(printed: str, wanted: str) -> None:
    assert in_unit(1.0, printed, wanted) is None
    problem = unit_problem(printed, wanted)
    assert problem is not None
    assert printed in problem


@pytest.mark.parametrize("unit", ["points out of 100", "chains", "hands", "people", "head"])
def test_a_counted_thing_is_no_physical_unit(unit: str) -> None:
    assert unit_of(unit).kind == "count"


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("42 GWh", "MWh", 42_000),
        ("64 billion liters", "litres", 64e9),
        ("945TWh", "TWh per year", 945),
        ("£106bn", "pounds", 106e9),
        ("3,5 Mrd. Euro", "EUR", 3.5e9),
        ("5 kt", "tonnes", 5000),
        ("0.34 watt-hours", "Wh per query", 0.34),
        ("85 Tonnen", "kg", 85_000),
    ],
)
def test_what_a_text_says_is_brought_into_the_unit_of_a_topic(
    text: str, wanted: str, expected: float
) -> None:
    (found,) = find_quantities(text)
    assert found.unit is not None
    assert in_unit(found.low, found.unit, wanted) == pytest.approx(expected)


UNITS = (
    "kWh|MWh|TWh/yr|TWh per year|tonnes|tonnes a year|Mt CO2|tonnes of CO2e|kg|£|pounds|dollars|$"
    "|dollars a year|weeks|months of use|years|litres|gallons a year|bpd|barrels per day|°C|°F|km²"
    "|square miles|crates|crate|passengers a year|million tonnes|billions of dollars|mL per query"
).split("|")


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), st.floats(-1e12, 1e12))
def test_a_number_comes_back_as_it_was(one: str, other: str, number: float) -> None:
    there = in_unit(number, one, other)
    back = None if there is None else in_unit(there, other, one)
    if back is not None:
        assert math.isclose(back, number, rel_tol=1e-6, abs_tol=1e-3)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_units_of_some_kind(one: str, other: str) -> None:
    assert in_unit(1.0, one, one) == 1.0
    assert unit_problem(one, other) == unit_problem(one, other)
