"""Checks in the languages of a topic's titles and units, and what leans on the words before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.contract import CheckedAssertion
from knowledge.library import Lookup
from knowledge.matching.checking import Checker
from knowledge.matching.questions import Asker
from knowledge.model import AnyRecord, Measure, Topic
from tests.answers.test_fair_answers import TODAY
from tests.bases.making import claim, library, topic

WELLS = topic("wells", title="Wells dug in Egypt", aliases=("water wells",))
DUG = claim("dug", "400", statement="Egypt has dug 400 wells, says the ministry.")
DRY = topic(
    "dry",
    Measure.SHARE,
    title="Share of wells that do not work",
    unit="share of wells",
    aliases=("broken wells", "Trockenbrunnen", "сухі колодязі"),
    translations={
        "de": {"title": "Anteil der Brunnen, die nicht funktionieren"},
        "uk": {"title": "Частка колодязів, що не працюють"},
        "ru": {"title": "Доля колодцев, которые не работают"},
        "es": {"title": "Proporción de pozos que no funcionan"},
        "ko": {"title": "작동하지 않는 우물 비율"},
    },
)
DARK = topic(
    "dark",
    Measure.SHARE,
    title="Share of Egyptians without electricity",
    unit="share of people",
    description="How many Egyptians have no electricity",
    aliases=(
        "people without electricity",
        "access to electricity",
        "electrification of Egypt",
        "Egyptians in the dark",
        "personas sin electricidad en Egipto",
        "доля египтян без электричества",
    ),
    translations={
        "de": {"title": "Anteil der Ägypter ohne Strom"},
        "uk": {"title": "Частка єгиптян без електрики"},
        "ko": {"title": "전기 없는 이집트인 비율"},
    },
)
SIXTH = claim("sixth", "60%", topic="dark", statement="60% of Egyptians live without electricity.")
LIT = topic(
    "lit",
    Measure.SHARE,
    title="Access to electricity in Egypt",
    unit="share of people",
    aliases=("Egyptians without electricity", "people with electricity"),
)
FOUR = claim("four", "40%", topic="lit", statement="40% of Egyptians have electricity.")
THIRD = claim("third", "30%", topic="dry", statement="30% of the wells in Egypt do not work.")


@contextmanager
def checking(path: Path, *records: AnyRecord) -> Iterator[Checker]:
    with library(path / "claims.db", *records) as shelf:
        yield Checker(shelf, Asker(shelf, Lookup(shelf)))


def only(checker: Checker, message: str) -> CheckedAssertion:
    (found,) = checker.check(message, TODAY).assertions
    return found


@pytest.mark.parametrize(
    ("message", "turned"),
    [
        ("30% of the wells in Egypt do not work.", False),
        ("70% of the wells in Egypt work.", True),
        ("70% of the wells in Egypt are not broken.", True),
        ("30% der Brunnen in Ägypten funktionieren nicht.", False),
        ("70% der Brunnen in Ägypten funktionieren.", True),
        ("30% колодязів у Єгипті не працює.", False),
        ("30% колодязів у Єгипті не спрацювали.", False),
        ("30% колодцев в Египте не сработали.", False),
        ("El 30% de los pozos de Egipto no funciona.", False),
        ("이집트 우물 30%가 작동하지 않는다.", False),
    ],
)
def test_a_denial_in_any_language_is_that_of_the_topic(
    tmp_path: Path, message: str, turned: bool
) -> None:
    with checking(tmp_path, DRY, THIRD) as checker:
        found = only(checker, message)
        assert (found.verdict, found.note is not None) == ("matches", turned)


@pytest.mark.parametrize(
    ("message", "turned"),
    [
        ("60% of Egyptians have no electricity", False),
        ("60% of Egyptians live without electricity", False),
        ("60% of Egyptians do not have access to electricity", False),
        ("60% of Egyptians lack electricity", False),
        ("60% of Egyptians are in the dark", False),
        ("40% of Egyptians have electricity", True),
        ("40% of Egyptians have access to electricity", True),
        ("40% of Egyptians do not live without electricity", True),
        ("Electricity reaches 40% of Egyptians", True),
        ("60% der Ägypter haben keinen Strom", False),
        ("60% der Ägypter leben ohne Strom", False),
        ("60% der Ägypter fehlt Strom", False),
        ("40% der Ägypter haben Strom", True),
        ("El 60% de los egipcios no tiene electricidad", False),
        ("El 60% de los egipcios vive sin electricidad", False),
        ("El 60% de los egipcios carece de electricidad", False),
        ("El 40% de los egipcios tiene electricidad", True),
        ("60% египтян живут без электричества", False),
        ("60% египтян не имеют электричества", False),
        ("60% египтян лишены электричества", False),
        ("40% египтян имеют электричество", True),
        ("60% єгиптян живуть без електрики", False),
        ("60% єгиптян не мають електрики", False),
        ("40% єгиптян мають електрику", True),
        ("이집트인의 60%는 전기가 없다", False),
        ("이집트인의 60%가 전기 없이 산다", False),
        ("이집트인의 40%는 전기가 있다", True),
    ],
)
def test_what_a_topic_says_without_is_turned_only_where_a_message_says_it_with(
    tmp_path: Path, message: str, turned: bool
) -> None:
    with checking(tmp_path, DARK, SIXTH) as checker:
        found = only(checker, message)
        assert (found.verdict, found.note is not None) == ("matches", turned)


def test_a_word_of_lack_narrows_nothing(tmp_path: Path) -> None:
    with checking(tmp_path, DARK, SIXTH) as checker:
        assert only(checker, "60% of Egyptians lack electricity").unsaid == ()


@pytest.mark.parametrize(
    ("message", "turned"),
    [
        ("40% of Egyptians have electricity", False),
        ("40% of Egyptians have access to electricity", False),
        ("60% of Egyptians have no electricity", True),
        ("60% of Egyptians live without electricity", True),
        ("60% of Egyptians lack electricity", True),
    ],
)
def test_a_further_name_with_a_denial_does_not_turn_what_the_title_affirms(
    tmp_path: Path, message: str, turned: bool
) -> None:
    with checking(tmp_path, LIT, FOUR) as checker:
        found = only(checker, message)
        assert (found.verdict, found.note is not None) == ("matches", turned)


def test_of_some_of_whom_more_is_told_nothing_is_on_file(tmp_path: Path) -> None:
    with checking(tmp_path, WELLS, DUG) as checker:
        assert checker.check("Of the wells in Egypt, 60 exploded.", TODAY).assertions == ()


@pytest.mark.parametrize(
    "message",
    [
        "Ägypten schickte 900 Eimer.",
        "Єгипет надіслав 900 відер.",
        "Египет отправил 900 вёдер.",
    ],
)
def test_what_is_counted_is_known_by_its_unit_in_another_language(
    tmp_path: Path, message: str
) -> None:
    pails: Topic = topic(
        "pails",
        title="Pails that Egypt sent to Sudan",
        parties=("EG", "SD"),
        translations={
            "de": {"unit": {"one": "Eimer", "other": "Eimer"}},
            "uk": {"unit": {"one": "відро", "few": "відра", "many": "відер", "other": "відра"}},
            "ru": {"unit": {"one": "ведро", "few": "ведра", "many": "вёдер", "other": "ведра"}},
        },
    )
    with checking(tmp_path, pails, claim("many", "700", topic="pails")) as checker:
        assert only(checker, message).verdict == "above-range"
