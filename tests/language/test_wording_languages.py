"""Figures and dates in other languages than English: idiomatic words, unchanged numbers."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import SPOKEN, wording_of
from knowledge.model import Edtf, Relation
from knowledge.wording import Style, human, interval, number, share, short

WORDS = {code: wording_of(code).numbers for code in SPOKEN}
OTHERS = sorted(set(WORDS) - {"en"})
DIGITS = re.compile(r"-?\d[\d.,\u00a0]*")


def read(text: str, language: str) -> Decimal:
    """Evaluate a worded number by its digits and its scale, without the words' own code."""
    table = WORDS[language]
    found = DIGITS.match(text)
    assert found is not None
    digits, tail = found[0].strip("\u00a0"), text[found.end() :].strip()
    value = Decimal(digits.replace(table.group, "").replace(table.point, "."))
    if not tail:
        return value
    (scale,) = {each.value for each in table.scales if tail in {each.one, each.many}}
    return value * scale


@pytest.mark.parametrize("language", [*OTHERS, "en"])
@given(
    st.integers(-(10**15), 10**15)
    | st.integers(1, 9999).map(lambda value: value * 10_000)
    | st.integers(0, 10**6).map(lambda value: value / 100)
)
def test_digits_and_scale_amount_to_the_number(language: str, value: float) -> None:
    assert read(number(value, language), language) == Decimal(repr(float(value)))


@pytest.mark.parametrize("language", OTHERS)
@given(st.integers(0, 1500).map(lambda value: value / 1000))
def test_a_share_is_its_percentage_or_its_name(language: str, value: float) -> None:
    table = WORDS[language]
    worded = share(value, language)
    exact = Decimal(repr(value))
    if worded in table.shares.values():
        assert table.shares[exact] == worded
    else:
        assert read(worded.removesuffix("%").strip(), language) == exact * 100


@pytest.mark.parametrize("language", OTHERS)
@given(st.integers(1, 10**10), st.integers(1, 10**10))
def test_both_ends_of_an_interval_keep_their_numbers(language: str, one: int, other: int) -> None:
    low, high = sorted((one, other))
    text = interval(low, high, Relation.BETWEEN, language=language)
    template = re.escape(WORDS[language].relations[Relation.BETWEEN])
    found = re.fullmatch(template.replace(r"\{low\}", "(.+)").replace(r"\{high\}", "(.+)"), text)
    assert found is not None
    assert read(found[2], language) == high
    scale = found[2].split(" ", 1)[1:] if language != "ko" else []
    assert low in {read(found[1], language), read(" ".join([found[1], *scale]), language)}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["1 Million", "1,5 Millionen", "12 Millionen", "28.000", "2 Milliarden"]),
        ("uk", ["1 млн", "1,5 млн", "12 млн", "28\u00a0000", "2 млрд"]),
        ("ko", ["100만", "150만", "1,200만", "28,000", "20억"]),
    ],
)
def test_numbers_are_written_as_people_write_them(language: str, words: list[str]) -> None:
    values = (1_000_000, 1_500_000, 12_000_000, 28_000, 2_000_000_000)
    assert [number(value, language) for value in values] == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["mehr als 12 Millionen shells", "zwischen 3 und 5 Millionen", "etwa die Hälfte"]),
        ("uk", ["понад 12 млн shells", "від 3 до 5 млн", "приблизно половина"]),
        ("ko", ["1,200만 shells 넘게", "300만에서 500만 사이", "약 절반"]),
    ],
)
def test_figures_are_written_as_people_write_them(language: str, words: list[str]) -> None:
    assert [
        interval(12e6, None, Relation.MORE_THAN, unit="shells", language=language),
        interval(3e6, 5e6, Relation.BETWEEN, language=language),
        interval(0.5, 0.5, Relation.ABOUT, style=Style.SHARE, language=language),
    ] == words


def test_a_language_without_words_is_answered_in_english() -> None:
    assert number(1_500_000, "fr") == "1.5 million"
    assert human(Edtf.parse("2024-02"), "fr") == "February 2024"


@pytest.mark.parametrize(
    ("text", "german", "ukrainian", "korean"),
    [
        ("2024-02-23", "23. Februar 2024", "23 лютого 2024 р.", "2024년 2월 23일"),
        ("2024-02", "Februar 2024", "лютий 2024 р.", "2024년 2월"),
        ("2024-03~", "etwa März 2024", "приблизно березень 2024 р.", "2024년 3월경"),
        ("2024", "2024", "2024", "2024년"),
        ("197X", "die 1970er Jahre", "1970-ті", "1970년대"),
        ("2023-08/..", "seit August 2023", "з серпня 2023 р.", "2023년 8월부터"),
        ("2023-08/2025", "August 2023 bis 2025", "серпень 2023 р. – 2025", "2023년 8월 ~ 2025년"),
    ],
)
def test_dates(text: str, german: str, ukrainian: str, korean: str) -> None:
    edtf = Edtf.parse(text)
    worded = [human(edtf, language).replace("\u202f", " ") for language in ("de", "uk", "ko")]
    assert worded == [german, ukrainian, korean]


def test_short_dates() -> None:
    edtf = Edtf.parse("2024-02-23~")
    worded = [short(edtf, language).replace("\u202f", " ") for language in ("de", "uk", "ko")]
    assert worded == ["~23. Feb. 2024", "~23 лют. 2024", "~2024년 2월 23일"]


@pytest.mark.parametrize("language", [*OTHERS, "en"])
@pytest.mark.parametrize(
    "text",
    (
        "2024-02-23 2024-02~ 2024-02-XX 2024-XX 19XX 197X? 2024% /2024 2024/ ../2024-02 "
        "2024-01/2024-03 2023/2025 2024-01-05/2024-02-07"
    ).split(),
)
def test_every_kind_of_date_has_words_with_its_year(language: str, text: str) -> None:
    edtf = Edtf.parse(text)
    for worded in (human(edtf, language), human(edtf, language, governed=True)):
        assert re.search(r"19\d0|202\d", worded)
    assert short(edtf, language)


@given(st.dates())
def test_english_dates_are_the_ones_of_the_database(day: object) -> None:
    edtf = Edtf.parse(str(day))
    assert human(edtf) == human(edtf)
    assert short(edtf) == short(edtf)
