"""Checking what a message asserts against the figures on file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.contract import Check, CheckedAssertion
from knowledge.library import Entry, Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.checking.verdicts import Said, judge, matches, standing
from knowledge.matching.questions import Asker
from knowledge.model import AnyRecord, Claim, Measure, Relation, Status, Topic
from knowledge.reading import plain_text
from knowledge.workspaces import Workspace
from tests.bases.making import asserter, claim, library, topic
from tests.properties import examples

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def checker(valley: Workspace) -> Checker:
    return Checker(valley.library, Asker(valley.library, Lookup(valley.library)))


def pairs(check: Check) -> list[tuple[str, str]]:
    return [(one.topic, one.verdict) for one in check.assertions]


def only(checker: Checker, message: str) -> CheckedAssertion:
    (found,) = checker.check(message, TODAY).assertions
    return found


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("Norway shipped 25 million sacks to Sweden", "above-range"),
        ("Norway shipped 7 million sacks to Sweden", "within-range"),
        ("Norway shipped 90,000 sacks to Sweden", "below-range"),
        ("Norway shipped 8 million sacks to Sweden", "matches"),
        ("Norway shipped over 8 million sacks to Sweden", "matches"),
        ("Norway shipped 0 sacks to Sweden", "below-range"),
        ("Norway shipped more than 3 million sacks to Sweden", "within-range"),
        ("Norway shipped 3-4 million sacks to Sweden", "within-range"),
        ("Norway shipped between 10 and 30 million sacks to Sweden", "above-range"),
        ("Norway shipped fewer than 30 million sacks to Sweden", "within-range"),
        ("Norway shipped fewer than 100,000 sacks to Sweden", "below-range"),
    ],
)
def test_a_total_is_held_against_the_range(checker: Checker, message: str, verdict: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("sacks", verdict)]


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        ("a quarter", "matches"),
        ("about 25%", "matches"),
        ("up to a quarter", "matches"),
        ("more than a quarter", "above-range"),
        ("150%", "above-range"),
        ("one in ten", "below-range"),
        ("none", "below-range"),
    ],
)
def test_a_share_is_held_against_the_range(checker: Checker, share: str, verdict: str) -> None:
    message = f"I heard that {share} of the Norwegian sacks are spoilt"
    assert pairs(checker.check(message, TODAY)) == [("spoilt", verdict)]


def test_a_share_of_those_that_are_not_is_turned_round(checker: Checker) -> None:
    found = only(checker, "Just 15% of the Norwegian sacks are not spoilt")
    assert (found.topic, found.verdict) == ("spoilt", "above-range")
    assert found.figure.high == 0.15
    assert found.note


def test_two_assertions_in_one_sentence(checker: Checker) -> None:
    found = checker.check("Oslo sent Stockholm 25 million sacks and a quarter were spoilt.", TODAY)
    assert pairs(found) == [("sacks", "above-range"), ("spoilt", "matches")]
    assert [one.text for one in found.assertions] == [
        "Oslo sent Stockholm 25 million sacks",
        "a quarter were spoilt",
    ]


@pytest.mark.parametrize(
    "message",
    [
        "A quarter of the 8 million sacks from Norway are spoilt.",
        "A quarter of the 8 million sacks that Norway sent Sweden is rotten",
    ],
)
def test_a_share_of_an_amount_is_said_of_the_things(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("spoilt", "matches"), ("sacks", "matches")]


def test_the_subject_and_the_country_carry_over(checker: Checker) -> None:
    message = "Norway gave Sweden 7 million sacks. Honestly, 80% of them are spoilt."
    assert pairs(checker.check(message, TODAY)) == [
        ("sacks", "within-range"),
        ("spoilt", "above-range"),
    ]
    assert pairs(checker.check(message.replace("Norway", "Peru"), TODAY)) == []


def test_figures_without_a_word_between_them_belong_to_their_own_things(checker: Checker) -> None:
    found = checker.check("Norway sent Sweden 8 million sacks plus 25,000 wagons sent", TODAY)
    assert pairs(found) == [("sacks", "matches"), ("wagons", "matches")]


def test_wagons_are_told_apart_by_the_way_they_go(checker: Checker) -> None:
    there = only(checker, "Trains took 60,000 wagons from Norway to Sweden")
    back = only(checker, "Trains took 60,000 wagons from Sweden to Norway")
    assert (there.topic, back.topic) == ("wagons", "wagons-returned")


@pytest.fixture
def reindeer(tmp_path: Path) -> Iterator[Checker]:
    """A base of what passes between two countries, both ways, and of so much a year."""
    total, both = Measure.CUMULATIVE, ("NO", "SE")
    given = topic("given", total, title="Reindeer sent from Norway to Sweden", unit="reindeer")
    back = topic("back", total, title="Reindeer that Norway received back", unit="reindeer")
    yearly = topic(
        "yearly", Measure.RATE, title="Reindeer sent to Sweden a year", unit="reindeer a year"
    )
    topics = [one.model_copy(update={"parties": both}) for one in (given, back, yearly)]
    claims = [
        claim("given-1", "300", topic="given"),
        claim("back-1", "300", topic="back"),
        claim("yearly-1", "300", topic="yearly"),
    ]
    with library(tmp_path / "claims.db", *topics, *claims) as shelf:
        yield Checker(shelf, Asker(shelf, Lookup(shelf)))


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("Norway sent 300 reindeer to Sweden", "given"),
        ("300 reindeer were sent by Norway", "given"),
        ("Norway got 300 reindeer back", "back"),
        ("Norway received 300 reindeer from Sweden", "back"),
        ("300 reindeer sent from Sweden to Norway", "back"),
        ("Norway sends 300 reindeer a year to Sweden", "yearly"),
    ],
)
def test_the_verb_tells_which_way_things_go(reindeer: Checker, message: str, named: str) -> None:
    assert {one.topic for one in reindeer.check(message, TODAY).assertions} == {named}


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("Norway has sent Sweden 60,000 wagons", "wagons"),
        ("Norwegen hat Schweden 60.000 Waggons geschickt", "wagons"),
        ("Sweden gave Norway 60,000 wagons", "wagons-returned"),
    ],
)
def test_who_is_given_something_is_named_before_the_figure(
    checker: Checker, message: str, topic: str
) -> None:
    assert only(checker, message).topic == topic


@pytest.mark.parametrize(
    "message",
    [
        "Norway never gave Sweden 25 million sacks",
        "It is a myth that Norway gave Sweden 25 million sacks and that half are spoilt",
        "Nobody believes Norway gave Sweden 25 million sacks",
        "25 million sacks were not delivered by Norway to Sweden",
        "Did Norway give Sweden 25 million sacks",
        "Has Norway given Sweden 25 million sacks?",
        "If Norway gave Sweden 25 million sacks, it has none left",
        "I wonder whether Norway gave Sweden 25 million sacks",
        "Norwegen hat Schweden keine 25 Millionen Säcke geliefert",
        "Noruega no envió 25 millones de sacos a Suecia",
        "Норвегия не передавала Швеции 25 миллионов мешков",
        "노르웨이는 스웨덴에 자루 2500만 개를 보내지 않았다",
    ],
)
def test_denials_questions_and_suppositions_assert_nothing(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == []


@pytest.mark.parametrize(
    "message",
    [
        "Norway did not give Sweden tanks, it gave 25 million sacks to Sweden",
        "Not only did they fail: Norway shipped 25 million sacks to Sweden",
        "No doubt Norway shipped 25 million sacks to Sweden",
    ],
)
def test_a_denial_of_something_else_is_none(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("sacks", "above-range")]


@pytest.mark.parametrize(
    "message",
    [
        "Belarus handed Sweden 7 million sacks",
        "A quarter of the Peruvian sacks are spoilt",
        "Norway built 30 ferries last year",
        "Norway sent 300 tractors to Sweden",
        "Norway has 1.3 million cows",
        "60% of our apples are rotten",
        "Our own spoilt share is 50%",
        "The strike went on for two years",
        "Those houses were built in the 2010s",
        "Our own railway painted 25,000 wagons and bent 8 million rails",
        "See you at 12:30, bring 11,000 copies",
        "Issue #28000 blocks release 12.0.1",
        "Several million sacks went from Norway to Sweden",
        "Norway sold -5 sacks to Sweden",
        "Norway sold 1e400 sacks to Sweden",
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
        ("Norwegen hat Schweden 25 Millionen Säcke gegeben", "sacks"),
        ("Noruega entregó 25 millones de sacos a Suecia", "sacks"),
        ("Норвегія передала Швеції 25 мільйонів мішків", "sacks"),
        ("Норвегия передала Швеции 25 миллионов мешков", "sacks"),
        ("노르웨이가 스웨덴에 자루 2500만 개를 보냈다", "sacks"),
    ],
)
def test_messages_in_other_languages(checker: Checker, message: str, topic: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [(topic, "above-range")]


@pytest.mark.parametrize(
    "message",
    [
        "||Norway shipped 25 million sacks to Sweden||",
        "```\nNorway shipped 25 million sacks to Sweden\n```",
        "> **Norway** shipped __25 million__ `sacks` to Sweden",
        "Norway shipped 25 mil\u200blion sa\u200bcks to Swe\u200dden",
    ],
)
def test_markup_and_invisible_characters_are_read_over(checker: Checker, message: str) -> None:
    assert pairs(checker.check(message, TODAY)) == [("sacks", "above-range")]


def test_a_dated_figure_is_held_against_what_stood_then(checker: Checker) -> None:
    dated = only(checker, "By March 2024 Norway had shipped 8 million sacks to Sweden")
    assert (dated.verdict, dated.as_of) == ("above-range", date(2024, 3, 31))
    assert all(claim.as_of < "2024-04" for claim in dated.claims)
    assert "sacks-brandt-2024-08" in {claim.id for claim in dated.later}


def test_before_the_first_claim_of_a_total_nothing_is_on_file(checker: Checker) -> None:
    early = only(checker, "By May 2021 Norway had shipped 8 million sacks to Sweden")
    assert (early.verdict, early.range, early.claims) == ("nothing-on-file", None, ())


def test_a_named_asserter_is_held_to_what_they_said(checker: Checker) -> None:
    found = only(checker, "Rosa Vidal said Norway sent Sweden 25,000 wagons")
    assert found.verdict == "attributed-otherwise"
    assert found.attributed_to is not None
    assert "Rosa Vidal" in found.attributed_to
    assert found.claims[0].asserter == "inspection"
    assert {claim.asserter for claim in found.claims[1:]} == {"vidal"}


def test_what_nobody_said_is_held_against_whom_the_message_names(checker: Checker) -> None:
    found = only(checker, "Rosa Vidal said Norway sent Sweden 90,000 wagons")
    assert found.by is not None
    assert "Rosa Vidal" in found.by
    assert found.verdict == "above-range"
    assert {claim.asserter for claim in found.claims} == {"vidal"}


def test_who_is_named_by_country_may_be_anybody_of_it(checker: Checker) -> None:
    found = only(checker, "Chilean officials count 25,000 wagons from Norway")
    assert found.verdict == "matches"
    assert "inspection" in {claim.asserter for claim in found.claims}


def test_who_is_named_beside_their_country_stands_for_nobody_else(tmp_path: Path) -> None:
    office = asserter("bureau", organisation="Bureau of Wells", aliases=("Egypt's BOW",))
    other = asserter("other", organisation="Water Board")
    records: list[AnyRecord] = [
        topic("wells", parties=()),
        office,
        other,
        claim("one", "more than 900", asserter="bureau"),
        claim("two", "about 500", asserter="other", on="2024-02"),
    ]
    with library(tmp_path / "claims.db", *records) as shelf:
        found = only(Checker(shelf, Asker(shelf, Lookup(shelf))), "Egypt's BOW says 950 wells")
    assert found.by == "Bureau of Wells (Egypt)"
    assert {one.asserter for one in found.claims} == {"bureau"}


def test_an_outlet_that_only_carries_others_is_held_to_what_it_carried(checker: Checker) -> None:
    carried = only(checker, "Agency Savanna reports that Norway sent Sweden 1.2 million sacks")
    assert (carried.verdict, carried.by) == ("matches", "Agency Savanna")
    assert carried.claims[0].asserter == "kamau"
    another = only(checker, "Agency Savanna reports that Norway sent Sweden 25,000 wagons")
    assert (another.verdict, another.attributed_to) == ("attributed-otherwise", "Agency Savanna")


def test_an_outlet_that_speaks_for_itself_is_held_to_that(checker: Checker) -> None:
    found = only(checker, "The Ledger says Norway sent Sweden 1.2 million sacks")
    assert (found.verdict, found.attributed_to) == ("attributed-otherwise", "The Ledger")
    assert found.claims[0].asserter == "kamau"


def test_a_country_that_has_said_nothing_is_no_speaker_of_what_others_say(
    checker: Checker,
) -> None:
    found = only(checker, "Peru says Norway sent Sweden 1.2 million sacks")
    assert (found.verdict, found.attributed_to) == ("attributed-otherwise", "Peru")


@pytest.mark.parametrize("speaker", ["Kamau", "The Ledger"])
def test_a_retold_figure_is_known_as_such_whoever_is_named(checker: Checker, speaker: str) -> None:
    found = only(checker, f"Over a quarter of the Norwegian sacks are spoilt, says {speaker}")
    assert found.standing == "retold"
    assert found.verdict != "matches"
    assert found.claims[0].retells


def test_a_total_said_of_a_time_is_said_to_be_a_total(checker: Checker) -> None:
    assert only(checker, "In 2025 Norway shipped 8 million sacks to Sweden").note
    assert only(checker, "By 2025 Norway had shipped 8 million sacks to Sweden").note is None
    assert only(checker, "Norway shipped 8 million sacks to Sweden").note is None


@pytest.fixture
def crews(tmp_path: Path) -> Iterator[Checker]:
    """Give a base whose figures are of two groups that add up."""
    groups = {"divers": "about 1,000", "drillers": "about 5,000"}
    names = ("crews", "crew", *groups)
    records: tuple[Topic | Claim, ...] = (
        topic("crews", title="Crews sent", aliases=names, dimensions=("group",)),
        *(
            claim(group, figure, topic="crews", qualifiers={"group": group})
            for group, figure in groups.items()
        ),
    )
    with library(tmp_path / "crews.db", *records) as found:
        yield Checker(found, Asker(found, Lookup(found)))


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("Egypt sent a crew of 5,000", "matches"),
        ("Egypt sent 1,000 divers", "matches"),
        ("Egypt sent 3,000 divers", "above-range"),
        ("Egypt sent 3,000 drillers", "below-range"),
        ("Egypt sent crews of 6,000", "nothing-on-file"),
        ("Egypt sent crews of 3,000", "nothing-on-file"),
        ("Egypt sent crews of 500", "below-range"),
        ("Egypt sent crews of 9,000", "above-range"),
    ],
)
def test_counts_of_groups_are_compared_with_their_like_alone(
    crews: Checker, message: str, verdict: str
) -> None:
    assert pairs(crews.check(message, TODAY)) == [("crews", verdict)]


def test_what_is_bought_is_delivered(checker: Checker) -> None:
    found = checker.check("Sweden purchased 25 million sacks from Norway", TODAY)
    assert pairs(found) == [("sacks", "above-range")]


def test_newer_estimates_that_differ_are_shown_beside_a_match(checker: Checker) -> None:
    found = only(checker, "Sweden got 1.2 million sacks from Norway")
    assert found.verdict == "matches"
    assert found.claims[0].id == "sacks-kamau-2024-02"
    assert found.later[0].id == "sacks-inspection-2025-07"


def test_a_figure_that_only_a_retelling_has_is_no_match_but_stands_first() -> None:
    half = entry(0.5, 0.5)
    retold = replace(half, id="two", high=None, retells="one")
    found = judge(Said(0.5, None, Relation.MORE_THAN), [half, retold], "share of the sacks")
    assert found.verdict == "above-range"
    assert [one.id for one in found.nearest] == ["two", "one"]
    assert standing(found.nearest[0]) == "retold"


def test_lengths_of_time_and_rates_are_brought_to_the_unit(checker: Checker) -> None:
    weeks = only(checker, "The supply of sacks lasts Sweden 2 weeks")
    assert (weeks.topic, weeks.verdict) == ("supply-duration", "below-range")
    daily = only(checker, "Sweden uses 60,000 sacks every day")
    assert (daily.topic, daily.verdict) == ("usage-rate", "above-range")
    assert daily.note


def test_years_of_harvest_are_compared_without_tolerance(checker: Checker) -> None:
    found = [
        only(checker, f"Those Norwegian sacks {made}").verdict
        for made in ("were made in 2013", "are from the 1990s", "are 10 years old")
    ]
    assert found == ["matches", "below-range", "matches"]


def test_the_first_ten_figures_are_checked(checker: Checker) -> None:
    message = " ".join(f"Norway sent Sweden {n} million sacks." for n in range(20, 40))
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
    "Norway|Sweden|Peru|sent|25 million|half|of them|sacks|wagons|spoilt|and|but|not|?|.|"
    "\n|||**|`|\u200b|between 3 and 5 million|1e400|150%|-5|in February 2024|said|Santiago|, |: |"
    "2 weeks|the 1970s|보냈다|мішків|davon|if|never".split("|")
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
