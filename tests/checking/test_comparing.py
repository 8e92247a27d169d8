"""What a message only compares with: another thing, place or time that its figure is not of."""

from collections.abc import Iterator

import pytest

from knowledge.library import Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.questions import Asker
from knowledge.model import Measure
from tests.answers.test_fair_answers import TODAY
from tests.bases.making import asserter, claim, library, topic

FINE = topic(
    "fine",
    Measure.LEVEL,
    unit="dollars",
    title="Fine for Rivermart",
    description="What the court fined Rivermart",
    aliases=("Rivermart fine", "Rivermart penalty"),
    parties=(),
)
WELLS = topic("wells", Measure.LEVEL, title="Wells in Egypt", aliases=("Egyptian wells",))
RECORDS = (
    asserter("times", organisation="The Nile Times"),
    claim("fined", "20 million", topic="fine", statement="The court fined Rivermart 20 million."),
    claim("dug", "400", statement="Egypt has 400 wells.", on="2024-05-01"),
    claim("older", "70", statement="Egypt had 70 wells.", on="2019-05-01", asserter="times"),
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    path = tmp_path_factory.mktemp("comparing") / "claims.db"
    with library(path, FINE, WELLS, *RECORDS) as shelf:
        yield Checker(shelf, Asker(shelf, Lookup(shelf)))


@pytest.mark.parametrize(
    "message",
    [
        "Globexia was fined 20 million dollars like Rivermart",
        "Globexia Airways was fined $20 million, unlike Rivermart.",
        "Sudan has 400 wells, like Egypt",
    ],
)
def test_a_figure_of_another_thing_is_not_of_that_which_it_is_compared_with(
    checker: Checker, message: str
) -> None:
    assert checker.check(message, TODAY).assertions == ()


@pytest.mark.parametrize(
    ("message", "verdict"),
    [
        ("Rivermart was fined 20 million dollars, like Globexia", "matches"),
        ("Unlike Globexia, Rivermart was fined 20 million dollars", "matches"),
        ("Egypt has 400 wells, more than Sudan", "matches"),
        ("Egypt has 400 wells, more than in Sudan", "matches"),
        ("Egypt has 400 wells, more than in 2019.", "matches"),
        ("Ägypten hat 400 wells, mehr als Sudan", "matches"),
        ("Unlike The Nile Times, the ministry counts 400 wells in Egypt", "matches"),
        ("Egypt has more than 400 wells", "above-range"),
        ("It looks like Egypt has 400 wells", "matches"),
        ("Egypt has 400 wells, like The Nile Times says", "attributed-otherwise"),
    ],
)
def test_what_a_figure_is_compared_with_is_nothing_of_it(
    checker: Checker, message: str, verdict: str
) -> None:
    (one,) = checker.check(message, TODAY).assertions
    assert (one.verdict, one.unsaid) == (verdict, ())
