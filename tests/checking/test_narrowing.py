"""What a message says of a figure on file that nothing on file says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.markdown import render
from commands.cards import CheckCard
from knowledge.contract import CheckedAssertion
from knowledge.library import Library, Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.questions import Asker, TopicMatcher
from knowledge.model import AnyRecord, Claim, Measure
from tests.answers.test_fair_answers import TODAY
from tests.bases.making import claim, library, topic

WELLS = topic("wells", title="Wells dug in Egypt", aliases=("water wells",))
DUG = claim("dug", "400", statement="Egypt has dug 400 wells in phase one, says the ministry.")
DEEP = claim("deep", "90", statement="Egypt has dug 90 artesian wells.")
SAVED = topic(
    "saved", Measure.SHARE, title="Share of harvests saved", unit="share of harvests", parties=()
)
MOST = claim("most", "95%", topic="saved", statement="The wells save 95% of harvests.")


@contextmanager
def checking(path: Path, *records: AnyRecord) -> Iterator[tuple[Library, Checker]]:
    with library(path / "claims.db", *records) as shelf:
        yield shelf, Checker(shelf, Asker(shelf, Lookup(shelf)))


def only(checker: Checker, message: str) -> CheckedAssertion:
    (found,) = checker.check(message, TODAY).assertions
    return found


@pytest.mark.parametrize(
    ("message", "unsaid"),
    [
        ("Egypt has dug 400 wells.", ()),
        ("Egypt has dug 400 new wells.", ()),
        ("Egypt has now dug some 400 water wells, says the ministry.", ()),
        ("EGYPT HAS DUG 400 WELLS IN NUBIA.", ("NUBIA",)),
        ("EGYPT HAS DUG 400 WELLS.", ()),
        ("Egypt has dug 400 wells to be of use in Ramses's war.", ()),
        ("Egypt has dug 400 artesian wells.", ("artesian",)),
        ("Egypt has dug 400 wells in Nubia.", ("Nubia",)),
        ("Egypt has dug 400 wells of sweet petroleum.", ("sweet petroleum",)),
        ("Egypt has dug 400 wells for hermits.", ("hermits",)),
        ("The number of wells dug in Egypt is 400.", ()),
        ("The number of leaking wells in Egypt is 400.", ("leaking",)),
        ("Egypt has lost 400 wells.", ("lost",)),
        ("Egypt has auctioned 400 wells.", ("auctioned",)),
        ("Egypt has 400 camels near its wells.", ("camels",)),
        ("400 wells in Egypt were bulldozed.", ("bulldozed",)),
        ("Egypt's 400 wells are watched by Ramses's camels.", ("camels",)),
        ("Egypt has made 400 wells.", ()),
        ("Egypt wants to dig 400 wells.", ("wants",)),
        ("Egypt has dug another 400 wells.", ("another",)),
        ("Egypt alone has dug 400 wells.", ("alone",)),
        ("Egypt has dug 400 wells in phase two.", ("phase two",)),
        ("Egypt has dug 400 wells in phase one.", ()),
    ],
)
def test_what_narrows_a_figure_is_said_where_nothing_on_file_does(
    tmp_path: Path, message: str, unsaid: tuple[str, ...]
) -> None:
    with checking(tmp_path, WELLS, DUG, DEEP) as (_, checker):
        found = only(checker, message)
        assert (found.verdict, found.unsaid) == ("matches", unsaid)


@pytest.mark.parametrize(
    ("message", "unsaid"),
    [
        ("95% of harvests were saved.", ()),
        ("95% of harvests were saved in Nubia.", ("Nubia",)),
        ("The wells save 95% of harvests in orchards.", ("orchards",)),
        ("Harvests were 95% ruined.", ("ruined",)),
        ("The wells save 95% of the harvested orchards.", ("orchards",)),
    ],
)
def test_a_place_that_nothing_on_file_names_is_said(
    tmp_path: Path, message: str, unsaid: tuple[str, ...]
) -> None:
    with checking(tmp_path, SAVED, MOST) as (_, checker):
        assert only(checker, message).unsaid == unsaid


def test_a_word_that_means_what_is_on_file_narrows_nothing(tmp_path: Path) -> None:
    with checking(tmp_path, WELLS, DUG) as (_, checker):
        message = "Egypt has bulldozed 400 wells and auctioned 90 wells."
        assert only_one(checker, message, {"bulldozed": 9.0}).unsaid == ()
        assert only_one(checker, message, {"bulldozed": 3.0}).unsaid == ("bulldozed",)
        assert only_one(checker, "Egypt hired 400 wells.", {"hired": 3.0}).unsaid == ("hired",)


def only_one(checker: Checker, message: str, near: dict[str, float]) -> CheckedAssertion:
    """Check a message as if a model told how near its words come to those of the topic."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TopicMatcher, "nearness", lambda *_: near)
        return checker.check(message, TODAY).assertions[0]


BRITISH = topic("bakers", Measure.LEVEL, title="Bakers in Britain", parties=("GB",))
BAKERS = claim("bakers-now", "7,000", topic="bakers", statement="Britain has 7,000 bakers.")
WELSH = claim("bakers-wales", "300", topic="bakers", statement="In Wales there are 300 bakers.")


@pytest.mark.parametrize(
    ("message", "unsaid"),
    [
        ("Britain has 7,000 bakers.", ()),
        ("7,000 Brits are bakers.", ()),
        ("Scotland has 7,000 bakers.", ("Scotland",)),
        ("There are 7,000 Scottish bakers.", ("Scottish",)),
        ("There are 300 Welsh bakers.", ()),
        ("There are 300 English bakers.", ("English",)),
    ],
)
def test_a_part_of_a_country_is_not_the_whole(
    tmp_path: Path, message: str, unsaid: tuple[str, ...]
) -> None:
    with checking(tmp_path, BRITISH, BAKERS, WELSH) as (_, checker):
        assert only(checker, message).unsaid == unsaid


def test_a_capital_is_a_place_where_it_stands_as_one(tmp_path: Path) -> None:
    with checking(tmp_path, WELLS, DUG) as (_, checker):
        assert only(checker, "400 wells were dug in Cairo.").unsaid == ("Cairo",)
        assert only(checker, "Cairo has dug 400 wells.").unsaid == ()


@pytest.mark.parametrize("where", ["in Timbuktu", "in Scotland"])
def test_a_figure_of_another_place_gets_no_verdict_by_the_range(tmp_path: Path, where: str) -> None:
    topics = topic("bakers", Measure.LEVEL, title="Bakers", parties=(), aliases=("bakeries",))
    with checking(tmp_path, topics, BAKERS, WELSH) as (_, checker):
        assert only(checker, "There are 500 bakers.").verdict == "within-range"
        assert checker.check(f"There are 500 bakers {where}.", TODAY).assertions == ()
        assert checker.check(f"There are 20 bakers {where}.", TODAY).assertions == ()
        assert only(checker, f"There are 9,000 bakers {where}.").verdict == "above-range"


def test_a_total_of_another_time_is_not_of_the_one_that_is_named(tmp_path: Path) -> None:
    older = claim("older", "70", statement="Egypt has dug 70 wells.", asserted_on="2021-05-01")
    with checking(tmp_path, WELLS, older) as (_, checker):
        assert only(checker, "Egypt dug 70 wells in 2023.").unsaid == ("in 2023",)
        assert only(checker, "Egypt dug 70 wells in 2021.").unsaid == ()


def test_things_of_one_country_are_not_those_of_another(tmp_path: Path) -> None:
    share = topic(
        "dry", Measure.SHARE, title="Share of Egyptian wells that are dry", parties=("EG", "SD")
    )
    dry = claim("half-dry", "half", topic="dry", statement="Half of the Egyptian wells are dry.")
    with checking(tmp_path, share, dry) as (_, checker):
        assert only(checker, "Half of the Sudanese wells are dry.").unsaid == ("Sudanese",)
        assert only(checker, "Half of the Egyptian wells are dry.").unsaid == ()


def test_the_world_is_more_than_a_country(tmp_path: Path) -> None:
    power = topic("power", Measure.SHARE, title="Share of Egypt's electricity from the dam")
    part: Claim = claim("part", "15%", topic="power", statement="The dam makes 15% of electricity.")
    with checking(tmp_path, power, part) as (_, checker):
        found = only(checker, "The dam makes 15% of the world's electricity in Egypt.")
        assert found.unsaid == ("world",)
        assert only(checker, "The dam makes 15% of Egypt's electricity.").unsaid == ()


def test_the_first_line_names_what_is_not_on_file(tmp_path: Path) -> None:
    with checking(tmp_path, WELLS, DUG) as (shelf, checker):
        said = CheckCard(checker.check("Egypt has dug 400 artesian wells.", TODAY), shelf).card()
        text = render(said.description)
        assert "On file, but nothing there says “artesian”" in text
        assert "✔" not in text


def test_a_time_of_which_no_word_is_on_file_is_of_nothing_there(tmp_path: Path) -> None:
    lasting = topic(
        "lasting",
        Measure.LEVEL,
        title="How long the harvest lasts",
        aliases=("how long will it last",),
        unit="months",
        parties=(),
    )
    months = claim("two", "2", topic="lasting", statement="The harvest lasts two months.")
    with checking(tmp_path, lasting, months) as (_, checker):
        assert only(checker, "The harvest lasts 2 months.").verdict == "matches"
        assert only(checker, "Look at the harvest. It lasts 2 months.").verdict == "matches"
        assert checker.check("I need 2 months to finish this.", TODAY).assertions == ()
