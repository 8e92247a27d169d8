"""What is on file in the reader's language: names, countries, titles, units, assumptions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from commands.cards import AnswerDigest, figures_card, in_own_words, titled
from commands.text import speak
from knowledge.answers import figures
from knowledge.library import Library
from knowledge.model import (
    AnyRecord,
    Asserter,
    AsserterWords,
    Claim,
    ClaimWords,
    Topic,
    TopicWords,
    UnitForms,
)
from knowledge.wording import asserter_name, country_name
from tests.bases.making import asserter, claim, library, topic

TITLES = {
    "de": TopicWords(title="Gebohrte Brunnen", unit="Brunnen"),
    "ko": TopicWords(title="판 우물", unit="개"),
    "uk": TopicWords(title="Пробурені свердловини", unit="свердловин"),
}


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak("en-US")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    wells = topic()
    assert isinstance(wells, Topic)
    office = asserter("union")
    assert isinstance(office, Asserter)
    deep = claim("deep", "more than 900", on="2024-06", assumption="all were deep")
    north = claim("north", "about 40", asserter="union", on="2024-07")
    assert isinstance(deep, Claim)
    words = {"de": ClaimWords(assumption="alle waren tief")}
    records: list[AnyRecord] = [
        wells.model_copy(update={"translations": TITLES}),
        office.model_copy(
            update={"translations": {"de": AsserterWords(organisation="Brunnenbund")}}
        ),
        deep.model_copy(update={"translations": words}),
        north,
    ]
    with library(tmp_path / "claims.db", *records) as found:
        yield found


def told(shelf: Library, locale: str) -> str:
    speak(locale)
    card = figures_card(shelf, figures(shelf, "wells")).page(0).card
    return f"{card.title}\n{card.description}"


def test_an_answer_says_everything_in_german(shelf: Library) -> None:
    text = told(shelf, "de")
    for words in (
        "Gebohrte Brunnen",
        "etwa 40 Brunnen",
        "Brunnenbund (Ägypten)",
        "alle waren tief",
    ):
        assert words in text
    for words in ("Egypt", "Union", "all were deep"):
        assert words not in text


@pytest.mark.parametrize(
    ("locale", "words"),
    [("ko", ["판 우물", "약 40개", "이집트"]), ("uk", ["Пробурені", "40 свердловин", "Єгипет"])],
)
def test_countries_and_units_are_those_of_the_language(
    shelf: Library, locale: str, words: list[str]
) -> None:
    text = told(shelf, locale)
    assert [word for word in words if word not in text] == []


WELLS: UnitForms = {
    "one": "свердловина",
    "few": "свердловини",
    "many": "свердловин",
    "other": "свердловини",
}


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("1", "1 свердловина"),
        ("about 2", "приблизно 2 свердловини"),
        ("22", "22 свердловини"),
        ("more than 11", "понад 11 свердловин"),
        ("up to 3", "до 3 свердловин"),
        ("1.5", "1,5 свердловини"),
        ("2 million", "2 млн свердловин"),
    ],
)
def test_a_unit_takes_the_form_that_its_number_wants(
    tmp_path: Path, figure: str, said: str
) -> None:
    wells = topic()
    assert isinstance(wells, Topic)
    words = {"uk": TopicWords(unit=WELLS)}
    records: list[AnyRecord] = [
        wells.model_copy(update={"translations": words}),
        claim("one", figure),
    ]
    with library(tmp_path / "claims.db", *records) as shelf:
        assert said in told(shelf, "uk").replace("\N{NO-BREAK SPACE}", " ")


def test_the_forms_of_a_unit_need_one_for_every_other_number() -> None:
    with pytest.raises(ValidationError, match="needs the form 'other'"):
        TopicWords(unit={"one": "свердловина"})


def test_english_and_what_has_no_translation_stays_as_recorded(shelf: Library) -> None:
    answer = figures(shelf, "wells")
    speak("en-US")
    assert in_own_words(shelf, answer) is answer
    speak("uk")
    shown = in_own_words(shelf, answer)
    assert [claim.statement for claim in shown.claims] == [one.statement for one in answer.claims]
    assert [claim.citations for claim in shown.claims] == [one.citations for one in answer.claims]
    assert shown.claims[0].assumption == "all were deep"


def test_an_answer_has_one_digest_in_every_language(shelf: Library) -> None:
    digests: set[AnswerDigest] = set()
    for locale in ("en-US", "de", "ko", "uk"):
        speak(locale)
        digests.add(figures_card(shelf, figures(shelf, "wells")).digest)
    assert len(digests) == 1


def test_a_topic_is_found_by_its_title_in_any_language(tmp_path: Path) -> None:
    wells = topic()
    assert isinstance(wells, Topic)
    speak("de")
    assert titled(wells.model_copy(update={"translations": TITLES})) == "Gebohrte Brunnen"
    assert titled(wells) == wells.title
    del tmp_path


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Government of Egypt"),
        ("de", "Government (Ägypten)"),
        ("ko", "이집트 Government"),
        ("uk", "Government (Єгипет)"),
    ],
)
def test_an_office_alone_is_its_countrys(language: str, name: str) -> None:
    assert asserter_name(Asserter(id="office", role="Government", country="EG"), language) == name


def test_a_translated_name_that_has_its_country_in_it_does_not_repeat_it() -> None:
    words = {"uk": AsserterWords(role="Уряд Росії")}
    office = Asserter(id="office", role="Government", country="RU", translations=words)
    assert asserter_name(office, "uk") == "Уряд Росії"


def test_a_country_without_a_name_stands_for_itself() -> None:
    assert country_name("QQ", "de") == "QQ"
    assert country_name("KP", "ko") == "북한"
