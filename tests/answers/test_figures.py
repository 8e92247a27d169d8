"""The figures of a topic: windows, range, latest estimate, origins and disagreements."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers import figures, spanned
from knowledge.library import By, Entry, Window, WindowError
from knowledge.model import AnyRecord, Claim, Measure, Status
from tests.bases.making import asserter, claim, library, topic


def shown(path: Path, window: Window, *claims: Claim) -> list[str]:
    with library(path, *claims) as shelf:
        return [view.id for view in figures(shelf, "wells", window).claims]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


def test_claims_stand_oldest_first_by_the_date_they_speak_of(path: Path) -> None:
    early = claim("early", "20", on="2024-05-01", period="2020/2023")
    late = claim("late", "10", on="2024-04-01")
    assert shown(path, Window(), late, early) == ["early", "late"]


def test_a_month_is_in_the_window_when_any_of_its_days_is(path: Path) -> None:
    march = claim("march", "10", on="2024-03")
    assert shown(path, Window(since=date(2024, 3, 20)), march) == ["march"]
    assert shown(path, Window(until=date(2024, 3, 5)), march) == ["march"]
    assert shown(path, Window(since=date(2024, 4, 1)), march) == []
    assert shown(path, Window(until=date(2024, 2, 29)), march) == []


def test_known_by_leaves_out_what_may_not_have_been_said_yet(path: Path) -> None:
    looking_back = claim("looking-back", "10", on="2024-06-10", period="2023")
    assert shown(path, Window(until=date(2024, 1, 1)), looking_back) == ["looking-back"]
    assert shown(path, Window(known_by=date(2024, 6, 9)), looking_back) == []
    assert shown(path, Window(known_by=date(2024, 6, 10)), looking_back) == ["looking-back"]


def test_by_keeps_one_asserter(path: Path) -> None:
    records: list[AnyRecord] = [
        asserter("union"),
        claim("theirs", "1", asserter="union"),
        claim("ours", "2"),
    ]
    with library(path, *records) as shelf:
        window = Window(by=By("the union", frozenset({"union"})))
        answer = figures(shelf, "wells", window)
    assert [view.id for view in answer.claims] == ["theirs"]
    assert answer.filters.by == "the union"


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(WindowError, match="is after"):
        Window(since=date(2024, 2, 1), until=date(2024, 1, 1))


def test_only_active_claims_count(path: Path) -> None:
    gone = claim("gone", "99", status=Status.RETRACTED)
    waiting = claim("waiting", "98", status=Status.PROPOSED)
    old = claim("old", "97", status=Status.SUPERSEDED)
    assert shown(path, Window(), gone, waiting, old, claim("here", "5")) == ["here"]


def test_a_range_names_the_claims_at_its_ends_and_whether_they_are_open(path: Path) -> None:
    claims = [claim("some", "40"), claim("most", "more than 70"), claim("few", "up to 90")]
    with library(path, *claims) as shelf:
        span = figures(shelf, "wells").range
    assert span is not None
    assert (span.low, span.low_claim, span.low_open) == (40, "some", False)
    assert (span.high, span.high_claim, span.high_open) == (90, "few", False)


def test_an_end_is_open_where_its_claim_is(path: Path) -> None:
    with library(path, claim("floor", "more than 70"), claim("cap", "up to 30")) as shelf:
        span = figures(shelf, "wells").range
    assert span is not None
    assert (span.low, span.low_open, span.high, span.high_open) == (30, True, 70, True)


def test_ends_that_rest_on_an_assumption_leave_firm_ends_beside_them(path: Path) -> None:
    guess = claim("guess", "10", assumption="all of them were small")
    with library(path, guess, claim("count", "40"), claim("more", "60")) as shelf:
        span = figures(shelf, "wells").range
    assert span is not None
    assert (span.low, span.firm_low, span.firm_low_claim) == (10, 40, "count")
    assert (span.high, span.firm_high, span.firm_high_claim) == (60, 60, "more")


def test_a_retelling_is_shown_and_neither_counted_nor_an_origin(path: Path) -> None:
    told = claim("told", "40")
    retold = claim("retold", "over 400", origin="told", links=[("retells", "claim", "told")])
    with library(path, told, retold) as shelf:
        answer = figures(shelf, "wells")
    assert {view.id: view.retells for view in answer.claims} == {"told": None, "retold": "told"}
    assert answer.range is not None
    assert (answer.range.high, answer.latest, answer.origins) == (40, "told", 1)


def test_a_vague_amount_is_shown_without_a_number(path: Path) -> None:
    vague = claim("vague", on="2024-09-01", figure="several thousand")
    with library(path, vague, claim("exact", "40")) as shelf:
        answer = figures(shelf, "wells")
    assert len(answer.claims) == 2
    assert answer.latest == "exact"
    assert answer.range is not None
    assert (answer.range.low, answer.range.high) == (40, 40)


def test_the_latest_estimate_is_the_newest_not_the_largest(path: Path) -> None:
    with library(path, claim("big", "90", on="2024-01"), claim("new", "80", on="2024-03")) as shelf:
        assert figures(shelf, "wells").latest == "new"


def test_differing_estimates_of_one_month_are_named_apart_from_growth(path: Path) -> None:
    records: list[AnyRecord] = [
        asserter("union"),
        claim("january", "10", on="2024-01-03"),
        claim("march-a", "30", on="2024-03-03"),
        claim("march-b", "45", on="2024-03-29", asserter="union"),
    ]
    with library(path, *records) as shelf:
        (differing,) = figures(shelf, "wells").disagreements
    assert (differing.month, differing.claims) == ("2024-03", ("march-a", "march-b"))


def test_a_denial_bears_on_a_claim_or_on_a_whole_topic(path: Path) -> None:
    topics = [topic(), topic("denials", Measure.QUALITATIVE)]
    denials = [
        claim("no-such-claim", topic="denials", links=[("denies", "claim", "first")]),
        claim("never-any", topic="denials", links=[("denies", "topic", "wells")]),
    ]
    with library(path, *topics, claim("first", "1"), claim("second", "2"), *denials) as shelf:
        answer = figures(shelf, "wells")
    denied = {view.id: set(view.denied_by) for view in answer.claims}
    assert denied == {"first": {"no-such-claim", "never-any"}, "second": {"never-any"}}
    assert [view.id for view in answer.denials] == ["never-any"]


def test_of_very_many_denials_of_a_topic_a_few_are_held_against_each_claim(path: Path) -> None:
    """All stand in the answer once; with thousands of both, their product would fill the memory."""
    denials = [
        claim(f"never-{at}", topic="denials", links=[("denies", "topic", "wells")])
        for at in range(60)
    ]
    topics = [topic(), topic("denials", Measure.QUALITATIVE)]
    with library(path, *topics, claim("first", "1"), claim("second", "2"), *denials) as shelf:
        answer = figures(shelf, "wells")
    assert [len(view.denied_by) for view in answer.claims] == [50, 50]
    assert len(answer.denials) == 60


def test_a_total_asked_for_from_a_day_on_says_since_when_it_counts(path: Path) -> None:
    first = claim("first", "10", on="2023-11", period="2023-08/2023-11")
    later = claim("later", "20", on="2025-07")
    withdrawn = claim("gone", "5", on="2020-02", period="2020-01/2020-02", status="retracted")
    with library(path, first, later, withdrawn) as shelf:
        since = figures(shelf, "wells", Window(since=date(2025, 1, 1)))
        from_start = figures(shelf, "wells", Window(since=date(2023, 8, 1)))
    assert [view.id for view in since.claims] == ["later"]
    assert since.total_since == date(2023, 8, 1)
    assert from_start.total_since is None


def test_a_window_without_claims_is_no_match(path: Path) -> None:
    with library(path, claim("only", "1", on="2024")) as shelf:
        answer = figures(shelf, "wells", Window(since=date(2030, 1, 1)))
    assert (answer.kind, answer.topic, answer.range, answer.claims) == (
        "no_match",
        "wells",
        None,
        (),
    )


numbers = st.floats(min_value=0, max_value=1e12, allow_nan=False)
sides = st.tuples(numbers, st.sampled_from(["exact", "more", "up"]))


def entry_of(at: int, number: float, side: str) -> Entry:
    day = date(2024, 1, 1)
    low = None if side == "up" else number
    high = None if side == "more" else number
    return Entry(
        str(at),
        "wells",
        "ministry",
        str(at),
        Status.ACTIVE,
        day,
        day,
        day,
        day,
        low,
        high,
        False,
        None,
    )


@given(st.lists(sides, min_size=1, max_size=12))
def test_no_end_of_a_range_is_anything_but_a_claim(claims: list[tuple[float, str]]) -> None:
    entries = [entry_of(at, number, side) for at, (number, side) in enumerate(claims)]
    span = spanned(entries, "wells")
    assert span is not None
    assert span.low == claims[int(span.low_claim)][0]
    assert span.high == claims[int(span.high_claim)][0]
    assert span.low <= min(number for number, _ in claims)
    assert span.high >= max(number for number, _ in claims)
