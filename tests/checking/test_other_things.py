"""Figures that are said of another thing than a topic is about, by that thing's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.contract import Check
from knowledge.library import Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.questions import Asker
from knowledge.model import Measure
from tests.answers.test_fair_answers import TODAY
from tests.bases.making import claim, library, topic

COST = topic(
    "cost",
    Measure.LEVEL,
    unit="dollars",
    title="Cost of the Sunrise Dam",
    description="What the Sunrise Dam costs to build",
    aliases=("SRD cost", "price of the dam", "construction cost of the dam"),
)
POWER = topic(
    "power",
    Measure.LEVEL,
    unit="megawatts",
    title="Capacity of the Sunrise Dam",
    description="How much power the turbines of the dam can give",
    aliases=("SRD capacity", "megawatts of the dam"),
)
BUILT = topic(
    "built",
    Measure.SHARE,
    unit="share of the dam",
    title="How much of the dam is built",
    description="What share of the dam was finished at a time",
    aliases=("percent complete", "construction progress"),
)
SHELLS = topic("shells", title="Shells that Egypt fired", aliases=("shells",))
RECORDS = (
    claim("spent", "5 billion", topic="cost", statement="The Sunrise Dam cost 5 billion dollars."),
    claim("turbines", "5,150", topic="power", statement="The dam has 5,150 megawatts."),
    claim("half", "90%", topic="built", statement="90% of the dam is complete, says Tesfaye."),
    claim("fired", "300", topic="shells", statement="Egypt fired 300 shells."),
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    path = tmp_path_factory.mktemp("others") / "claims.db"
    with library(path, COST, POWER, BUILT, SHELLS, *RECORDS) as shelf:
        yield Checker(shelf, Asker(shelf, Lookup(shelf)))


def found(check: Check) -> list[str]:
    return [one.topic for one in check.assertions]


@pytest.mark.parametrize(
    "message",
    [
        "Three Gorges has 22,500 megawatts and cost $37 billion",
        "Three Gorges opened long ago. It cost $37 billion.",
        "The cost of Three Gorges was $37 billion",
        "The Hoover Dam has 2,080 megawatts",
        "The Itaipu dam cost $20 billion",
        "Itaipu has 14,000 megawatts",
        "Egypt's Merowe Dam cost $1 billion",
        "Three Gorges is 95% complete",
    ],
)
def test_the_figure_of_another_thing_gets_no_verdict(checker: Checker, message: str) -> None:
    check = checker.check(message, TODAY)
    assert found(check) == []
    assert {one.why for one in check.uncovered} == {"no-topic"}
    assert not any(one.text == "Three" for one in check.uncovered)


@pytest.mark.parametrize(
    ("message", "topics"),
    [
        ("The Sunrise Dam has 5,150 megawatts and cost $5 billion", ["power", "cost"]),
        ("The dam cost $5 billion", ["cost"]),
        ("SRD cost $5 billion, like Three Gorges", ["cost"]),
        ("Three Gorges has 22,500 megawatts, but the Egyptian dam cost $5 billion", ["cost"]),
        ("Johnson says the dam cost $5 billion", ["cost"]),
        ("Johnson opened the dam, which cost $5 billion", ["cost"]),
        ("Salini built the dam for $5 billion", ["cost"]),
        ("Tesfaye: 90% of the dam is complete", ["built"]),
        ("Engineers say it is 90% complete", ["built"]),
        ("THE DAM IN GUBA COST $5 BILLION", ["cost"]),
        ("Dam In Guba Cost $5 Billion", ["cost"]),
    ],
)
def test_the_figure_of_the_topics_own_thing_keeps_it(
    checker: Checker, message: str, topics: list[str]
) -> None:
    assert found(checker.check(message, TODAY)) == topics


@pytest.mark.parametrize(
    ("message", "figures"),
    [
        ("Seven Sisters are tall", []),
        ("I saw the Four Horsemen and Twenty One Pilots", []),
        ("Three Egyptians fired shells", ["Three"]),
        ("Three Shells were fired by Egypt", ["Three"]),
        ("Three sisters are tall", ["Three"]),
    ],
)
def test_a_number_that_begins_a_name_is_no_figure(
    checker: Checker, message: str, figures: list[str]
) -> None:
    check = checker.check(message, TODAY)
    shown = [one.figure.as_worded for one in check.assertions]
    assert [*shown, *(one.text for one in check.uncovered)] == figures


VOTES = (
    topic(
        "missing",
        Measure.LEVEL,
        unit="votes",
        title="Votes that the Dam Party was short of",
        description="How many votes the Dam Party lacked",
        aliases=("Dam Party shortfall",),
    ),
    topic(
        "miscounted",
        Measure.LEVEL,
        unit="votes",
        title="Miscounted votes of the Dam Party",
        description="How many votes the Dam Party says went elsewhere",
        aliases=("Dam Party recount", "Dam Party votes"),
    ),
    claim("lacked", "9,529", topic="missing", statement="The Dam Party lacks 9,529 votes."),
    claim("astray", "32,000", topic="miscounted", statement="The Dam Party lost 32,000 votes."),
)


def test_the_topic_is_meant_that_alone_is_named_by_a_word(tmp_path: Path) -> None:
    with library(tmp_path / "claims.db", *VOTES) as shelf:
        checker = Checker(shelf, Asker(shelf, Lookup(shelf)))
        check = checker.check("The Dam Party was short of 9,529 votes.", TODAY)
        assert [(one.topic, one.verdict) for one in check.assertions] == [("missing", "matches")]


def test_what_a_topic_is_a_kind_of_is_not_its_own(tmp_path: Path) -> None:
    records = (
        topic(
            "long-flu",
            Measure.LEVEL,
            unit="people",
            title="People in Egypt with long flu",
            aliases=("long flu", "long flu in Egypt"),
        ),
        topic("flu-deaths", unit="deaths", title="Deaths by flu in Egypt", aliases=("flu deaths",)),
        claim("long", "2 million", topic="long-flu", statement="2 million have long flu."),
    )
    with library(tmp_path / "claims.db", *records) as shelf:
        checker = Checker(shelf, Asker(shelf, Lookup(shelf)))
        assert checker.check("2 million people in Egypt had flu", TODAY).assertions == ()
        (one,) = checker.check("2 million people in Egypt have long flu", TODAY).assertions
        assert (one.topic, one.verdict) == ("long-flu", "matches")


@pytest.mark.parametrize(
    ("message", "verdicts"),
    [
        ("I fired 12 shells in Egypt's desert", ["below-range"]),
        ("I bought 12 shells on the beach", []),
        ("I had 12 shells for lunch", []),
        ("I read that 12 shells were fired", ["below-range"]),
        ("I bet that only 12 shells were fired", ["below-range"]),
        ("I counted 12 shells that were fired", ["below-range"]),
    ],
)
def test_what_the_writer_does_is_of_nothing_on_file(
    checker: Checker, message: str, verdicts: list[str]
) -> None:
    assert [one.verdict for one in checker.check(message, TODAY).assertions] == verdicts


def test_a_number_of_a_name_on_file_is_no_figure(tmp_path: Path) -> None:
    sold = topic(
        "sold", unit="copies", title="Sales of Desert Racer 2", aliases=("DR 2",), parties=()
    )
    copies = claim("copies", "30 million", topic="sold", statement="It sold 30 million copies.")
    with library(tmp_path / "claims.db", sold, copies) as shelf:
        checker = Checker(shelf, Asker(shelf, Lookup(shelf)))
        check = checker.check("Desert Racer 2 has sold 30 million copies", TODAY)
        assert [one.verdict for one in check.assertions] == ["matches"]
        assert check.uncovered == ()
