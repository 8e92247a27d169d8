"""The lines that answer: like beside like, forecasts apart, one unit, and whose words they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.markdown import render
from commands.cards import CheckCard, SourceCard, ask_card, figures_card
from knowledge.answers import figures, topic_evidence
from knowledge.contract import Check
from knowledge.library import Library, Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.questions import Asker
from knowledge.model import AnyRecord, Claim, Figure, Measure, Relation
from tests.bases.making import asserter, claim, library, topic, worded

TODAY = date(2026, 3, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "claims.db"


def answer(path: Path, name: str, *records: AnyRecord) -> str:
    """Return the figures of a topic as a person reads them."""
    with library(path, *records) as shelf:
        card = figures_card(shelf, figures(shelf, name)).page().card
    return " ".join(render(card.description).plain.split())


@contextmanager
def checking(path: Path, *records: AnyRecord) -> Iterator[tuple[Library, Checker]]:
    with library(path, *records) as shelf:
        yield shelf, Checker(shelf, Asker(shelf, Lookup(shelf)))


def told(shelf: Library, check: Check) -> str:
    return " ".join(render(CheckCard(check, shelf).card().description).plain.split())


def more(one: Claim, **fields: object) -> Claim:
    return Claim.model_validate({**dict(one), **fields})


def ahead(one: Claim, **fields: object) -> Claim:
    return more(one, modality="forecast", **fields)


def with_figure(key: str, figure: Figure, **fields: object) -> Claim:
    return more(claim(key), figure=figure, **fields)


def spread(low: float, value: float, high: float) -> Figure:
    return Figure(
        low=low, high=high, value=value, relation=Relation.ABOUT, interval="95%", as_worded="so"
    )


def energy(number: float, unit: str | None, relation: str = "about") -> Figure:
    return Figure(
        low=number, high=number, relation=Relation(relation), unit=unit, as_worded="as printed"
    )


def test_a_forecast_says_for_when_and_when_it_was_said(path: Path) -> None:
    level = topic(measure=Measure.LEVEL, unit="wells")
    text = answer(
        path,
        "wells",
        level,
        ahead(claim("open", "70", on="2023-02-01")),
        ahead(claim("dated", "90", on="2024-05-01", period="2040")),
        ahead(claim("early", "50", on="2020-01-01", period="2030")),
    )
    assert "Forecast: about 70 wells" not in text  # two are named, by the time they speak of
    assert "90 wells (for 2040)" in text
    assert "said 1 May 2024" in text
    assert (
        "Forecasts range from 50 (for 2030, said 1 Jan 2020) [1] to 90 (for 2040, said 1 May"
        in text
    )
    assert "Latest" not in text


def test_what_speaks_of_a_time_after_it_was_said_is_a_forecast_though_unmarked(path: Path) -> None:
    level = topic(measure=Measure.LEVEL, unit="wells")
    unmarked = claim("dated", "90", on="2024-05-01", period="2040")
    text = answer(path, "wells", level, claim("now", "50", on="2024-01-01"), unmarked)
    assert "Forecast: 90 wells (for 2040)" in text
    assert "Latest: 50 wells" in text


def test_a_group_of_forecasts_says_how_far_they_go(path: Path) -> None:
    north = {"part": "north"}
    text = answer(
        path,
        "wells",
        topic(measure=Measure.LEVEL, unit="wells", dimensions=("part",)),
        ahead(claim("a", "10", on="2020-01-01", qualifiers=north)),
        ahead(claim("b", "30", on="2021-01-01", qualifiers=north)),
        ahead(claim("c", "20", on="2022-01-01", qualifiers=north)),
        claim("d", "5", on="2022-01-01"),
    )
    assert "Without further detail: 5 wells (1 January 2022)" in text
    assert "North: 20 wells (forecast, said 1 January 2022)" in text
    assert "Forecasts range from 10 (said 1 Jan 2020) [1] to 30 (said 1 Jan 2021)" in text


def test_the_ends_of_a_range_are_in_the_unit_of_the_topic(path: Path) -> None:
    text = answer(
        path,
        "power",
        topic("power", Measure.LEVEL, unit="MWh"),
        with_figure("small", energy(190_000, "kWh"), topic="power", asserted_on="2020-11-01"),
        with_figure("large", energy(1287, None), topic="power", asserted_on="2023-01-01"),
        with_figure("tiny", energy(0.25, "GWh"), topic="power", asserted_on="2021-01-01"),
    )
    assert "Range: about 190 (1 Nov 2020) [1] to about 1,287 (the latest)" in text
    assert "about 190,000 kWh (190 MWh)" in text
    assert "about 0.25 GWh (250 MWh)" in text


def test_ends_of_different_years_carry_their_days(path: Path) -> None:
    level = topic(measure=Measure.LEVEL, unit="wells")
    text = answer(path, "wells", level, claim("a", "58", on="2014-01-01"), claim("b", "176"))
    assert "Range: 58 (1 Jan 2014) [1] to 176 (the latest)" in text


def test_who_repeats_what_somebody_else_said_is_not_the_latest(path: Path) -> None:
    text = answer(
        path,
        "wells",
        asserter("fan"),
        claim("first", "4 million", on="2022-05-05", origin="report"),
        claim("again", "4 million", on="2022-05-06", origin="report", asserter="fan"),
    )
    assert "Latest: 4 million wells (5 May 2022), Ministry" in text


def test_estimates_that_differ_are_told_with_their_speakers(path: Path) -> None:
    text = answer(
        path, "wells", asserter("board"), claim("a", "4"), claim("b", "9", asserter="board")
    )
    assert "differ: 4 (Ministry (Egypt)) [1] and 9 (Board (Egypt)) [1]." in text


def test_utterances_of_few_speakers_are_said_to_be_so(path: Path) -> None:
    people = [asserter("one", person="Ann", organisation="Board"), asserter("board")]
    text = answer(
        path,
        "wells",
        *people,
        claim("a", "1", on="2024-01-01", asserter="one"),
        claim("b", "2", on="2024-02-01", asserter="board"),
        claim("c", "3", on="2024-03-01", asserter="board"),
    )
    assert "3 claims from 3 origins in 1 publication: 2 speakers of 1 organisation" in text
    alone = answer(path.with_name("two.db"), "wells", claim("a", "1"), claim("b", "2"))
    assert alone.rpartition("publication")[0].endswith("2 origins in 1 ")
    assert "1 speaker" in alone
    single = answer(path.with_name("three.db"), "wells", claim("a", "1"))
    assert "speaker" not in single


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"figure": worded("9")}, "at odds with Board"),
        ({"asserted_on": "2023-01-01"}, "at odds with Board"),
        ({"asserter": "ministry"}, "at odds with Ministry"),
        ({}, "disputed by Board"),
    ],
)
def test_who_gives_another_figure_is_at_odds_and_need_not_dispute(
    path: Path, other: dict[str, object], words: str
) -> None:
    second = claim("second", on="2024-03-01", links=[("disputes", "claim", "first")])
    text = answer(
        path,
        "wells",
        asserter("board"),
        claim("first", "4"),
        more(second, **{"asserter": "board", **other}),
    )
    assert words in text


def test_nobody_disputes_a_figure_of_their_own_with_the_whole_topic(path: Path) -> None:
    text = answer(
        path,
        "wells",
        asserter("board"),
        claim("own", "4", on="2024-01-01"),
        claim("theirs", "5", on="2024-01-01", asserter="board"),
        claim("all", on="2024-03-01", links=[("disputes", "topic", "wells")]),
    )
    assert text.count("disputed by Ministry") == 1


def test_a_retelling_with_the_same_figure_is_not_called_changed(path: Path) -> None:
    same = claim(
        "again", "4", origin="first", asserter="board", links=[("retells", "claim", "first")]
    )
    with library(path, asserter("board"), claim("first", "4"), same) as shelf:
        card = SourceCard(topic_evidence(shelf, shelf.topics["wells"]), shelf).page().card
    text = render(card.description).plain
    assert "is a retelling of “4”; it is not counted." in text
    assert "changed" not in text


def test_an_office_is_not_named_without_its_organisation(path: Path) -> None:
    report = asserter("report", role="unattributed report", organisation="The Post", country="US")
    text = answer(path, "wells", report, claim("a", "4", asserter="report"))
    assert "unattributed report, The Post (United States)" in text.rpartition("publication")[2]


def asked(path: Path, question: str, *records: AnyRecord) -> list[str]:
    """Return the claims that a question is answered with."""
    with library(path, *records) as shelf:
        answer = Asker(shelf, Lookup(shelf)).ask(question, TODAY)
    return [one.id for one in answer.claims]


OPENING = topic("opening", Measure.DATE, unit="year of opening", title="Opening of the wells")


def year(key: str, number: int, relation: str = "exact", **fields: object) -> Claim:
    low = None if relation == "by" else number
    high = None if relation == "after" else number
    figure = Figure(low=low, high=high, relation=Relation(relation), as_worded=str(number))
    return ahead(claim(key), figure=figure, topic="opening", **fields)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("opening of the wells after 2034", {"late", "open"}),
        ("opening of the wells before 2030", {"early"}),
        ("opening of the wells in 2033", {"by"}),
        ("opening of the wells in 2024", {"by", "early", "late", "open"}),
    ],
)
def test_of_dates_the_year_that_is_named_is_meant(
    path: Path, question: str, found: set[str]
) -> None:
    years = [year("early", 2026), year("late", 2035), year("by", 2033, "by")]
    some = asked(path, question, OPENING, *years, year("open", 2032, "after"))
    assert set(some) == found


def test_of_a_time_to_come_what_is_foreseen_is_meant(path: Path) -> None:
    level = topic(measure=Measure.LEVEL, unit="wells")
    now, then = claim("now", "5"), ahead(claim("then", "9", period="2030"))
    assert asked(path, "how many wells by 2030", level, now, then) == ["then"]
    assert asked(path.with_name("b.db"), "how many wells", level, now, then)[0] == "now"
    assert asked(path.with_name("c.db"), "how many wells by 2030", level, now) == ["now"]


def test_the_year_of_a_price_base_is_no_time(path: Path) -> None:
    cost = topic("cost", Measure.LEVEL, unit="GBP", title="Cost of the wells", dimensions=("base",))
    in_2019 = claim("nineteen", "5", topic="cost", qualifiers={"base": "2019 prices"})
    in_2011 = claim("eleven", "3", topic="cost", qualifiers={"base": "2011 prices"})
    question = "what is the cost of the wells in 2019 prices"
    assert asked(path, question, cost, in_2019, in_2011) == ["nineteen"]


def test_a_body_named_who_asks_nothing(path: Path) -> None:
    body = asserter("who", organisation="World Health Organization", country=None, aliases=["WHO"])
    with checking(path, body, claim("told", "4 million", asserter="who")) as (_, checker):
        check = checker.check("The WHO says Egypt dug 4 million wells in the north.", TODAY)
        assert check.uncovered == ()
        assert [one.verdict for one in check.assertions] == ["matches"]
        asked_back = checker.check("Who says Egypt dug 4 million wells?", TODAY)
        assert asked_back.assertions == ()


def test_an_estimate_with_its_interval_is_matched_by_its_value(path: Path) -> None:
    share = topic("cure", Measure.SHARE, unit="share of cases", title="Share that the cure heals")
    one = with_figure("trial", spread(0.903, 0.95, 0.976), topic="cure")
    with checking(path, share, one) as (_, checker):
        found = {
            number: checker.check(f"The cure heals {number} of cases.", TODAY).assertions[0].verdict
            for number in ("95%", "93%", "99%", "90.3% to 97.6%")
        }
    assert found == {
        "95%": "matches",
        "93%": "within-range",
        "99%": "above-range",
        "90.3% to 97.6%": "matches",
    }


def test_what_is_later_of_something_else_does_not_differ(path: Path) -> None:
    narrow = topic(dimensions=("part",))
    with checking(
        path,
        narrow,
        claim("north", "4 million", on="2022-01-01", qualifiers={"part": "north"}),
        claim("south", "9 million", on="2023-01-01", qualifiers={"part": "south"}),
    ) as (shelf, checker):
        check = checker.check("Egypt dug 4 million wells in the north.", TODAY)
        assert [one.verdict for one in check.assertions] == ["matches"]
        assert check.assertions[0].later == ()
        assert "4 million · North ·" in told(shelf, check)


def test_every_figure_is_checked_or_said_to_be_uncovered(path: Path) -> None:
    cost = topic("cost", Measure.LEVEL, unit="GBP", title="Cost of the wells", parties=())
    one = with_figure("budget", energy(5e9, None), topic="cost")
    with checking(path, topic(), cost, one, claim("dug", "4 million")) as (shelf, checker):
        check = checker.check(
            "The cost of the wells is $5 billion. The wells weigh 7 kg. Several million fish died.",
            TODAY,
        )
        assert [(one.text, one.why) for one in check.uncovered] == [
            ("$5 billion", "other-unit"),
            ("7 kg", "other-unit"),
            ("Several million", "vague"),
        ]
        assert "Not checked: “$5 billion”, “7 kg”: its unit is of another kind" in told(
            shelf, check
        )


def test_the_newest_forecast_leads_whatever_fits_the_question_best(path: Path) -> None:
    years = [
        year("old", 2026, asserted_on="2017-01-01"),
        year("new", 2035, asserted_on="2025-06-01"),
    ]
    with library(path, OPENING, *years, year("mid", 2030, asserted_on="2019-01-01")) as shelf:
        answer = Asker(shelf, Lookup(shelf)).ask("opening of the wells", TODAY)
        text = render(ask_card(shelf, answer).card().description).plain
    assert answer.forecasts == ("old", "mid", "new")
    assert "Closest to the question: 2035 (forecast, said 1 June 2025)" in text
