"""Languages: complete records, and words that are read in texts of their language only."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, replace

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language import (
    LANGUAGES,
    SPOKEN,
    UNDERSTOOD,
    ClauseWords,
    DateWords,
    Language,
    NumberWords,
    QuestionWords,
    fold,
    tables_of,
    wording_of,
)
from knowledge.language.languages import vocabulary
from knowledge.reading import find_quantities
from knowledge.words import languages_of, stem, tables_for, words_of
from tests import ROOT

PRODUCT = [ROOT / name for name in ("bot", "commands", "knowledge")]
OTHER_SCRIPTS = re.compile("[А-яІіЇїЄєҐґ]{2}|[가-힣]{2}")


def test_which_languages_are_spoken_and_understood() -> None:
    assert SPOKEN == ("en", "de", "uk", "ko")
    assert UNDERSTOOD == ("en", "de", "es", "uk", "ru", "ko")


@pytest.mark.parametrize("record", [Language, NumberWords, DateWords, ClauseWords, QuestionWords])
def test_no_field_of_a_language_is_optional(record: type[Language]) -> None:
    assert [
        f.name for f in fields(record) if (f.default, f.default_factory) != (MISSING,) * 2
    ] == []


@pytest.mark.parametrize("code", UNDERSTOOD)
def test_every_language_has_every_field(code: str) -> None:
    one = LANGUAGES[code]
    assert one.code == code
    assert one.empty == one.lacks


@pytest.mark.parametrize("code", SPOKEN)
def test_digits_are_grouped_as_unicode_has_it(code: str) -> None:
    symbols = Locale.parse(code).number_symbols["latn"]
    numbers = wording_of(code).numbers
    assert (numbers.group, numbers.point) == (symbols["group"], symbols["decimal"])


@pytest.mark.parametrize("code", [code for code in UNDERSTOOD if LANGUAGES[code].dates.months])
def test_months_are_known_as_unicode_names_them(code: str) -> None:
    dates = LANGUAGES[code].dates
    known = {**dates.months, **dates.short_months}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale.parse(code).months[context][width].items():
                assert known[fold(name).rstrip(".")] == number


def test_words_of_other_scripts_stand_in_the_files_of_languages() -> None:
    """Docstrings may quote them, and messages that a person reads; tables may not."""
    codes = {f"{code}{part}.py" for code in UNDERSTOOD for part in ("", "_numbers")}
    for folder in PRODUCT:
        for path in folder.rglob("*.py"):
            if path.name not in codes:
                text = re.sub(r'""".*?"""|#[^\n]*', "", path.read_text("utf-8"), flags=re.DOTALL)
                assert OTHER_SCRIPTS.findall(text) == [], path


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("how many shells since February", ("en",)),
        ("wie viele Granaten seit Februar", ("de", "en")),
        ("¿cuántos proyectiles desde febrero?", ("es", "en")),
        ("скільки снарядів від лютого", ("uk", "en")),
        ("сколько снарядов с февраля", ("ru", "en")),
        ("포탄은 몇 발", ("ko", "en")),
        ("Granaten", ("en", "de", "es")),
        ("снаряд", ("uk", "ru", "en")),
        ("28 000", ("en", "de", "es")),
        ("북한 sent 12 million shells", ("ko", "en")),
    ],
)
def test_the_languages_of_a_text(text: str, codes: tuple[str, ...]) -> None:
    assert languages_of(text) == codes


@pytest.fixture
def english_gross() -> Iterator[None]:
    """Teach English a scale that is another word in German."""
    caches = (tables_of, vocabulary, languages_of)
    english = LANGUAGES["en"]
    scales = {**english.numbers.scales, "gross": 144}
    known = dict(LANGUAGES)
    table: dict[str, Language] = LANGUAGES  # type: ignore[assignment]
    table["en"] = replace(english, numbers=replace(english.numbers, scales=scales))
    for cache in caches:
        cache.cache_clear()
    yield
    table.update(known)
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("english_gross")
def test_a_word_of_one_language_is_no_number_in_another() -> None:
    assert [q.low for q in find_quantities("they bought 3 gross of pens")] == [432]
    assert [q.low for q in find_quantities("3 groß angelegte Angriffe")] == [3]
    assert [q.low for q in find_quantities("wie viele der 3 grossen Werke")] == [3]


def test_english_is_read_beside_other_languages() -> None:
    assert [q.low for q in find_quantities("HUR sagt, es waren one and a half million")] == [1.5e6]


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("en", "container containers"),
        ("de", "granate granaten"),
        ("es", "contenedor contenedores"),
        ("uk", "контейнер контейнери контейнерів контейнерами"),
        ("uk", "країна країни країною країн"),
        ("ru", "снаряд снаряды снарядов снарядами"),
    ],
)
def test_forms_of_a_word_have_one_stem(code: str, forms: str) -> None:
    assert len({stem(form, code) for form in forms.split()}) == 1


@settings(deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("aяє가ü ")))
def test_any_text_has_languages_and_words(text: str) -> None:
    codes = languages_of(text)
    assert "en" in codes
    assert tables_for(text).codes == codes
    for word in words_of(text):
        assert word.text == fold(text[word.start : word.end].replace("-", "")) or word.text
        assert word.languages == codes


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Die Partei kam auf 4,981 Prozent der Stimmen", 0.04981),
        ("El partido obtuvo el 4,981 por ciento", 0.04981),
        ("Партія отримала 4,981 % голосів", 0.04981),
        ("the value rose by 4,981 percent", 49.81),
        ("The party won 4.981 percent", 0.04981),
    ],
)
def test_a_comma_before_three_digits_of_a_share_is_a_point_where_people_write_so(
    text: str, share: float
) -> None:
    (found,) = find_quantities(text)
    assert found.low == pytest.approx(share)


@pytest.mark.parametrize("code", UNDERSTOOD)
def test_decimals_are_parted_off_as_cldr_says(code: str) -> None:
    assert LANGUAGES[code].point == Locale.parse(code).number_symbols["latn"]["decimal"]
