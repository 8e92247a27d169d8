"""Estimates of the same month that cannot both be right, by speakers apart from each other."""

from datetime import date
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers.assembly import disagreements
from knowledge.library import Entry
from knowledge.model import Status
from tests.language.test_bounded import calls

DAY = date(2024, 3, 5)
ends = st.tuples(*[st.none() | st.integers(0, 5).map(float)] * 2).filter(any)


def entry(at: int, speaker: object, origin: object, low: float | None, high: float | None) -> Entry:
    of = (f"claim-{at}", "wells", f"speaker-{speaker}", f"origin-{origin}", Status.ACTIVE)
    return Entry(*of, DAY, DAY, DAY, DAY, low, high, assumed=False, retells=None)


def ordered(found: tuple[float | None, float | None]) -> tuple[float | None, float | None]:
    low, high = found
    return (high, low) if low is not None and high is not None and low > high else found


def differ(one: Entry, other: Entry) -> bool:
    """Whether two speakers have said what cannot be right together."""
    apart = one.asserter != other.asserter and one.origin != other.origin
    low = max(-inf if each.low is None else each.low for each in (one, other))
    high = min(inf if each.high is None else each.high for each in (one, other))
    return apart and low > high


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), ends.map(ordered)), max_size=12))
def test_who_differs_from_anybody_is_named(
    said: list[tuple[int, int, tuple[float, float]]],
) -> None:
    entries = [entry(at, who, origin, *of) for at, (who, origin, of) in enumerate(said)]
    wanted = [one.id for one in entries if any(differ(one, other) for other in entries)]
    found = [key for each in disagreements(entries) for key in each.claims]
    assert found == wanted


def test_very_many_estimates_of_a_month_are_not_held_against_each_other_one_by_one() -> None:
    """A server's topic may have thousands in a month, each with another figure."""

    def cost(many: int) -> int:
        entries = [entry(at, at % 7, at, float(at), float(at)) for at in range(many)]
        return calls(lambda: list(disagreements(entries)))

    assert cost(2_000) < 14 * cost(200)
