"""Units: numbers brought from one into another, and reasons where they cannot be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import dimension, find_quantities, in_unit, misfit

UNITS = (
    "kWh|MWh|TWh/yr|TWh per year|tonnes|tonnes a year|Mt CO2|tonnes of CO2e|kg|£|pounds|dollars|$"
    "|dollars a year|weeks|months of use|years|litres|gallons a year|bpd|barrels per day|°C|°F|km²"
    "|square miles|crates|crate|passengers a year|million tonnes|billions of dollars|mL per query"
).split("|")


@pytest.mark.parametrize(
    ("number", "printed", "wanted", "expected"),
    [
        (190_000, "kWh", "MWh", 190),
        (85_000, "kg", "tonnes", 85),
        (415, "TWh/yr", "TWh per year", 415),
        (415, "TWh", "TWh per year", 415),
        (24.7, "tonnes CO2", "tonnes of CO2 equivalent", 24.7),
        (0.26, "ml", "mL per query", 0.26),
        (106e9, "£", "pounds", 106e9),
        (3e9, "$", "billions of dollars", 3),
        (5e6, "tonnes", "million tonnes", 5),
        (12, "tonnes a month", "tonnes a year", 144),
        (6, "months", "years of use", 0.5),
        (20, "°C", "°F", 68),
        (5, "ha", "km²", 0.05),
        (5, "crate", "crates", 5),
        (5, "crates", "crates", 5),
    ],
)
def test_numbers_are_brought_into_another_unit(
    number: float, printed: str, wanted: str, expected: float
) -> None:
    assert in_unit(number, printed, wanted) == pytest.approx(expected)
    assert misfit(printed, wanted) is None


@pytest.mark.parametrize(
    ("printed", "wanted", "reason"),
    [
        ("kWh", "tonnes", "“kWh” is energy, and “tonnes” is mass."),
        ("€", "dollars", "“€” is money in EUR, and “dollars” is money in USD."),
        ("TWh/yr", "TWh", "“TWh/yr” is power, and “TWh” is energy."),
        ("crates", "boxes", "“crates” cannot be brought into “boxes”."),
        ("tonnes CO2", "tonnes of plastic", "cannot be brought into"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    printed: str, wanted: str, reason: str
) -> None:
    assert in_unit(1.0, printed, wanted) is None
    assert reason in (misfit(printed, wanted) or "")


def test_units_have_dimensions_and_things_have_none() -> None:
    assert (dimension("MW"), dimension("km/h"), dimension("£")) == (
        "power",
        "speed",
        "money in GBP",
    )
    assert dimension("crates") is None


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("42 GWh", "MWh", 42_000),
        ("64 billion liters", "litres", 64e9),
        ("945TWh", "TWh per year", 945),
        ("£106bn", "pounds", 106e9),
        ("1.2m bpd", "barrels per day", 1.2e6),
        ("5 kt", "tonnes", 5000),
    ],
)
def test_what_is_read_in_a_text_can_be_brought_into_the_unit_of_a_topic(
    text: str, wanted: str, expected: float
) -> None:
    (found,) = find_quantities(text)
    assert found.unit is not None
    assert in_unit(found.low, found.unit, wanted) == pytest.approx(expected)


@given(st.sampled_from(UNITS), st.sampled_from(UNITS), st.floats(-1e12, 1e12))
def test_a_number_comes_back_as_it_was(one: str, other: str, number: float) -> None:
    there = in_unit(number, one, other)
    back = None if there is None else in_unit(there, other, one)
    if back is not None:
        assert math.isclose(back, number, rel_tol=1e-6, abs_tol=1e-3)


@given(st.text() | st.sampled_from(UNITS), st.text() | st.sampled_from(UNITS))
def test_any_unit_is_converted_or_refused(one: str, other: str) -> None:
    converted = in_unit(1.0, one, other)
    assert (converted is None) == (misfit(one, other) is not None)
    assert in_unit(None, one, other) is None
