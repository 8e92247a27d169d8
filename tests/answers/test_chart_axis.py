"""The axis of a chart: where a number stands, and what is written below."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from knowledge.charts.plan import Axis
from knowledge.charts.scale import Logarithmic, label, scale_of


def test_zero_stands_on_a_logarithmic_axis_apart() -> None:
    scale = scale_of(Axis.AMOUNT, [0, 5, 5000])
    assert isinstance(scale, Logarithmic)
    assert scale.place(0) == 0
    assert scale.place(5) > 0.1


def test_a_share_stands_between_nothing_and_all() -> None:
    scale = scale_of(Axis.SHARE, [0.5])
    assert [scale.place(value) for value in (0, 0.5, 1)] == [0, 0.5, 1]
    assert [label(Axis.SHARE, tick) for tick in scale.ticks()[0]] == [
        "0%",
        "20%",
        "40%",
        "60%",
        "80%",
        "100%",
    ]


@given(st.floats(1e-6, 1e9), st.floats(31, 1e9))
def test_a_logarithmic_axis_has_three_numbers_at_least(low: float, times: float) -> None:
    scale = scale_of(Axis.AMOUNT, [low, low * times])
    assert isinstance(scale, Logarithmic)
    assert len(scale.ticks()[3]) >= 3, "whole decades, whose labels are the last to touch"


def test_small_shares_are_drawn_against_one_another() -> None:
    scale = scale_of(Axis.SHARE, [0.0015, 0.0115])
    assert scale.place(0.0115) - scale.place(0.0015) > 0.5
    assert [label(Axis.SHARE, tick) for tick in scale.ticks()[-1]] == ["0%", "1.25%"]


def test_amounts_begin_at_zero_and_end_at_a_round_number() -> None:
    ticks = scale_of(Axis.AMOUNT, [13000]).ticks()
    assert ticks[0][0] == 0
    assert [label(Axis.AMOUNT, tick) for tick in ticks[-1]] == ["0", "15,000"]


def test_years_stand_as_years() -> None:
    scale = scale_of(Axis.YEAR, [1970, 1989])
    assert [label(Axis.YEAR, tick) for tick in scale.ticks()[-1]] == ["1970", "1990"]


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.sampled_from(Axis), st.lists(numbers, min_size=1, max_size=8))
def test_every_number_has_a_place_on_every_axis(axis: Axis, values: list[float]) -> None:
    scale = scale_of(axis, values)
    places = [scale.place(value) for value in sorted(values)]
    assert all(-1e-9 <= place <= 1 + 1e-9 for place in places)
    assert all(left <= right for left, right in pairwise(places))
    for choice in scale.ticks():
        assert all(-1e-9 <= scale.place(tick) <= 1 + 1e-9 for tick in choice)
        assert all(label(axis, tick) for tick in choice)
