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
