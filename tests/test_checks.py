"""Checking what a message asserts against the figures on file."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.base import opened
from knowledge.contract import Check, CheckedAssertion
from knowledge.library import Entry, Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.checking.verdicts import Said, matches
from knowledge.matching.questions import Asker
from knowledge.model import Relation, Status
from knowledge.reading import plain_text
from knowledge.workspaces import Workspace
from tests.properties import examples

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with opened(tmp_path_factory.mktemp("checks") / "claims.db") as base:
        yield base.workspace


@pytest.fixture(scope="module")
def checker(workspace: Workspace) -> Checker:
    return Checker(workspace.library, Asker(workspace.library, Lookup(workspace.library)))


def pairs(check: Check) -> list[tuple[str, str]]:
    return [(one.topic, one.verdict) for one in check.assertions]


def only(checker: Checker, message: str) -> CheckedAssertion:
    (found,) = checker.check(message, TODAY).assertions
    return found


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("North Korea shipped 25 million shells to Russia", "above-range"),
        ("North Korea shipped 7 million shells to Russia", "within-range"),
        ("North Korea shipped 90,000 shells to Russia", "below-range"),
        ("North Korea shipped 12 million shells to Russia", "matches"),
        ("North Korea shipped over 12 million shells to Russia", "matches"),
        ("North Korea shipped 0 shells to Russia", "below-range"),
        ("North Korea shipped more than 2 million shells to Russia", "within-range"),
        ("North Korea shipped 2-4 million shells to Russia", "within-range"),
        ("North Korea shipped between 10 and 30 million shells to Russia", "above-range"),
        ("North Korea shipped fewer than 30 million shells to Russia", "within-range"),
        ("North Korea shipped fewer than 100,000 shells to Russia", "below-range"),
    ],
)
def test_a_total_is_held_against_the_range(checker: Checker, message: str, verdict: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("shells", verdict)]


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        ("half", "matches"),
        ("about 50%", "matches"),
        ("up to half", "matches"),
        ("more than half", "above-range"),
        ("150%", "above-range"),
        ("one in ten", "below-range"),
        ("none", "below-range"),
    ],
)
def test_a_share_is_held_against_the_range(checker: Checker, share: str, verdict: str) -> None:
    message = f"I heard that {share} of the North Korean shells are duds"
    assert pairs(checker.check(message, TODAY)) == [("dud-rate", verdict)]


def test_a_share_of_those_that_work_is_turned_round(checker: Checker) -> None:
    found = only(checker, "Just 15% of the North Korean shells work")
    assert (found.topic, found.verdict) == ("dud-rate", "above-range")
    assert found.figure.high == 0.15
    assert found.note


def test_two_assertions_in_one_sentence(checker: Checker) -> None:
    found = checker.check("Pyongyang sent Moscow 25 million shells and half were duds.", TODAY)
    assert pairs(found) == [("shells", "above-range"), ("dud-rate", "matches")]
    assert [one.text for one in found.assertions] == [
        "Pyongyang sent Moscow 25 million shells",
        "half were duds",
    ]


def test_the_subject_and_the_country_carry_over(checker: Checker) -> None:
    message = "North Korea gave Russia 7 million shells. Honestly, 80% of them do not work."
    assert pairs(checker.check(message, TODAY)) == [
        ("shells", "within-range"),
        ("dud-rate", "above-range"),
    ]
    assert pairs(checker.check(message.replace("North Korea", "Iran"), TODAY)) == []


def test_figures_without_a_word_between_them_belong_to_their_own_things(checker: Checker) -> None:
    found = checker.check("North Korea packed 12 million shells into 28,000 containers", TODAY)
    assert pairs(found) == [("shells", "matches"), ("containers", "matches")]


def test_containers_are_told_apart_by_the_way_they_go(checker: Checker) -> None:
    there = only(checker, "Trains took 60,000 containers from North Korea to Russia")
    back = only(checker, "Trains took 60,000 containers from Russia to North Korea")
    assert (there.topic, back.topic) == ("containers", "containers-returned")


@pytest.mark.parametrize(
    "message",
    [
        "North Korea never gave Russia 25 million shells",
        "It is a myth that North Korea gave Russia 25 million shells and that half are duds",
        "Nobody believes North Korea gave Russia 25 million shells",
        "25 million shells were not delivered by North Korea to Russia",
        "Did North Korea give Russia 25 million shells",
        "Has North Korea given Russia 25 million shells?",
        "If North Korea gave Russia 25 million shells, it has none left",
        "I wonder whether North Korea gave Russia 25 million shells",
        "Nordkorea hat Russland keine 25 Millionen Granaten geliefert",
        "Corea del Norte no envió 25 millones de proyectiles a Rusia",
        "КНДР не передавала России 25 миллионов снарядов",
        "북한은 러시아에 포탄 2500만 발을 보내지 않았다",
    ],
)
def test_denials_questions_and_suppositions_assert_nothing(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == []


@pytest.mark.parametrize(
    "message",
    [
        "North Korea did not give Russia tanks, it gave 25 million shells to Russia",
        "Not only did they fail: North Korea shipped 25 million shells to Russia",
        "No doubt North Korea shipped 25 million shells to Russia",
    ],
)
def test_a_denial_of_something_else_is_none(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("shells", "above-range")]


@pytest.mark.parametrize(
    "message",
    [
        "Belarus handed Russia 7 million shells",
        "Half of the Iranian shells are duds",
        "North Korea launched 30 missiles last year",
        "North Korea has 1.3 million soldiers",
        "9,000 North Korean soldiers died at the front",
        "60% of our printers fail",
        "Our own dud rate is 50%",
        "Half of the shell scripts are broken",
        "Russia produces 3 million shells every year",
        "The war has lasted two years",
        "Those houses were built in the 1970s",
        "Our own cluster restarted 28,000 containers and dropped 12 million rows",
        "See you at 12:30, bring 13,000 copies",
        "Issue #28000 blocks release 12.0.1",
        "Several million shells went from North Korea to Russia",
        "North Korea sold -5 shells to Russia",
        "North Korea sold 1e400 shells to Russia",
        "",
        " \n ",
        "🎉🎉",
        "||``||",
    ],
)
def test_what_is_not_ours_gets_no_verdict(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == []


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("Nordkorea hat Russland 25 Millionen Granaten gegeben", "shells"),
        ("Corea del Norte entregó 25 millones de proyectiles a Rusia", "shells"),
        ("Північна Корея передала Росії 25 мільйонів снарядів", "shells"),
        ("Северная Корея передала России 25 миллионов снарядов", "shells"),
        ("북한이 러시아에 포탄 2500만 발을 보냈다", "shells"),
        ("Nordkorea schickte Russland 90.000 Soldaten, aber 90% davon sind krank", "troops"),
    ],
)
def test_messages_in_other_languages(checker: Checker, message: str, topic: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [(topic, "above-range")]


@pytest.mark.parametrize(
    "message",
    [
        "||North Korea shipped 25 million shells to Russia||",
        "```\nNorth Korea shipped 25 million shells to Russia\n```",
        "> **North Korea** shipped __25 million__ `shells` to Russia",
        "North Korea shipped 25 mil\u200blion she\u200blls to Rus\u200dsia",
    ],
)
def test_markup_and_invisible_characters_are_read_over(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("shells", "above-range")]


def test_a_dated_figure_is_held_against_what_stood_then(checker: Checker) -> None:
    dated = only(checker, "By March 2024 North Korea had shipped 12 million shells to Russia")
    assert (dated.verdict, dated.as_of) == ("above-range", date(2024, 3, 31))
    assert all(claim.as_of < "2024-04" for claim in dated.claims)
    assert "shells-newsweek-2024-08" in {claim.id for claim in dated.later}


def test_before_the_first_claim_of_a_total_nothing_is_on_file(checker: Checker) -> None:
    early = only(checker, "By May 2021 North Korea had shipped 12 million shells to Russia")
    assert (early.verdict, early.range, early.claims) == ("nothing-on-file", None, ())


def test_a_named_asserter_is_held_to_what_they_said(checker: Checker) -> None:
    found = only(checker, "Shin Won-sik said North Korea sent Russia 28,000 containers")
    assert found.by is not None
    assert "Shin Won-sik" in found.by
    assert found.verdict == "above-range"
    assert {claim.asserter for claim in found.claims} == {"shin-won-sik"}


def test_who_is_named_by_country_may_be_anybody_of_it(checker: Checker) -> None:
    found = only(checker, "South Korean intelligence counts 28,000 containers from North Korea")
    assert found.verdict == "matches"
    assert "dia" in {claim.asserter for claim in found.claims}


def test_what_is_bought_is_delivered(checker: Checker) -> None:
    found = checker.check("Russia purchased 25 million shells from North Korea", TODAY)
    assert pairs(found) == [("shells", "above-range")]


def test_newer_estimates_that_differ_are_shown_beside_a_match(checker: Checker) -> None:
    found = only(checker, "Russia got 1.5 million shells from North Korea")
    assert found.verdict == "matches"
    assert found.claims[0].id == "shells-skibitskyi-2024-02"
    assert found.later[0].id == "shells-dia-2025-07"


def test_a_figure_that_only_a_retelling_has_is_told_to_be_one(checker: Checker) -> None:
    found = only(checker, "Over half of the North Korean shells are duds")
    assert (found.verdict, found.standing) == ("above-range", "retold")
    assert found.claims[0].retells


def test_lengths_of_time_and_rates_are_brought_to_the_unit(checker: Checker) -> None:
    weeks = only(checker, "The shells sent would last Russia 2 weeks")
    assert (weeks.topic, weeks.verdict) == ("supply-duration", "below-range")
    daily = only(checker, "Russia fires 60,000 shells every day")
    assert (daily.topic, daily.verdict) == ("usage-rate", "above-range")
    assert daily.note


def test_years_of_manufacture_are_compared_without_tolerance(checker: Checker) -> None:
    found = [
        only(checker, f"Those North Korean shells {made}").verdict
        for made in ("were made in 1983", "are from the 1990s", "are 50 years old")
    ]
    assert found == ["matches", "above-range", "matches"]


def test_the_first_ten_figures_are_checked(checker: Checker) -> None:
    message = " ".join(f"North Korea sent Russia {n} million shells." for n in range(20, 40))
    found = checker.check(message, TODAY)
    assert len(found.assertions) == 10
    assert found.skipped == 10


def entry(low: float | None, high: float | None) -> Entry:
    day = date(2024, 1, 1)
    return Entry(
        id="one",
        topic="wells",
        asserter="ministry",
        origin="one",
        status=Status.ACTIVE,
        first=day,
        last=day,
        said=day,
        known=day,
        low=low,
        high=high,
        assumed=False,
        retells=None,
    )


def test_what_a_claim_allows() -> None:
    half, over = entry(0.5, 0.5), entry(12.0, None)
    assert matches(Said(0.505, 0.505, Relation.EXACT), half)
    assert not matches(Said(0.52, 0.52, Relation.EXACT), half)
    assert matches(Said(None, 0.5, Relation.UP_TO), half)
    assert not matches(Said(None, 0.5, Relation.LESS_THAN), half)
    assert matches(Said(12.0, 12.0, Relation.EXACT), over)
    assert matches(Said(12.0, None, Relation.MORE_THAN), over)
    assert not matches(Said(None, 12.0, Relation.UP_TO), over)
    assert not matches(Said(20.0, 20.0, Relation.EXACT), over)
    assert matches(Said(3.0, 3.0, Relation.EXACT), entry(2.0, 4.0))


_PIECES = st.sampled_from(
    "North Korea|Russia|Iran|sent|25 million|half|of them|shells|containers|duds|and|but|not|?|.|"
    "\n|||**|`|\u200b|between 3 and 5 million|1e400|150%|-5|in February 2024|said|Seoul|, |: |"
    "2 weeks|the 1970s|보냈다|снарядів|davon|if|never".split("|")
)
_MESSAGES = st.one_of(
    st.text(max_size=300),
    st.lists(_PIECES, max_size=40).map(" ".join),
    st.text("5 .,\n", max_size=99),
)


@settings(examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=_MESSAGES)
def test_any_text_gives_a_check_of_its_own_pieces(checker: Checker, message: str) -> None:
    found = checker.check(message, TODAY)
    assert found.text == message
    assert all(one.text and one.text in message for one in found.assertions)
    assert found == checker.check(message, TODAY)
    assert Check.model_validate_json(found.model_dump_json()) == found


@given(message=st.text(max_size=200))
def test_plain_text_knows_where_it_stands_in_the_message(message: str) -> None:
    plain = plain_text(message)
    assert len(plain.text) == len(plain.places)
    for at, sign in enumerate(plain.text):
        assert sign in {" ", message[plain.places[at]]}
