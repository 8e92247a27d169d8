"""EDTF dates: notation, bounds, order, pydantic fields, and how people read them."""

from datetime import date

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from knowledge.model import BadEdtf, Edtf
from knowledge.wording import human
from tests.properties import examples

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
precisions = st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m~", "%Y?", "%Y-%m-%d%%"])
single = st.builds(date.strftime, days, precisions)


class Dated(BaseModel):
    """A record with a date."""

    on: Edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-23", date(2024, 2, 23), date(2024, 2, 23)),
        ("2023-08/2025", date(2023, 8, 1), date(2025, 12, 31)),
        ("../2025", date.min, date(2025, 12, 31)),
        ("2023-08/..", date(2023, 8, 1), date.max),
        ("2023-08/", date(2023, 8, 1), date.max),
        ("197X", date(1970, 1, 1), date(1979, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2024-XX", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02-XX", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_bounds(text: str, earliest: date, latest: date) -> None:
    read = Edtf.parse(text)
    assert (read.earliest, read.latest, read.text) == (earliest, latest, text)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2024-03", False, False),
        ("2024-03~", True, False),
        ("2024-03?", False, True),
        ("2024-03%", True, True),
        ("2023~/2025?", True, True),
    ],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool) -> None:
    read = Edtf.parse(text)
    assert (read.approximate, read.uncertain) == (approximate, uncertain)


def test_open_ends() -> None:
    assert Edtf.parse("../2025").open_start
    assert Edtf.parse("2023-08/..").open_end
    assert Edtf.parse("2023-08/..").is_open
    assert not Edtf.parse("2023-08/2025").is_open


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-02-23", "23 February 2024"),
        ("2024-02", "February 2024"),
        ("2024-03~", "about March 2024"),
        ("2024?", "2024 (uncertain)"),
        ("2023-08/2025", "August 2023 to 2025"),
        ("../2025", "up to 2025"),
        ("2023-08/..", "since August 2023"),
        ("2023-08/", "August 2023 to an unknown date"),
        ("197X", "the 1970s"),
        ("2024-02-XX", "some day in February 2024"),
    ],
)
def test_people_read(text: str, words: str) -> None:
    assert human(Edtf.parse(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "February 2024",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "0000",
        "20244",
        "2025/2023",
        "../..",
        "/",
        "2023/2024/2025",
        "20X4",
        "202X-02",
        "2024-XX-05",
        "٢٠٢٤",
        "2024 ",
    ],
)
def test_refuses_what_is_no_date_and_shows_one_that_is(text: str) -> None:
    with pytest.raises(BadEdtf, match="2024-02-23"):
        Edtf.parse(text)


def test_refusal_of_a_long_text_stays_short() -> None:
    with pytest.raises(BadEdtf) as refused:
        Edtf.parse("x" * 6000)
    assert len(str(refused.value)) < 300


def test_is_a_pydantic_field_and_serialises_to_its_text() -> None:
    read = Dated.model_validate({"on": "2024-03~"})
    assert read.on is Edtf.parse("2024-03~")
    assert read.model_dump(mode="json") == {"on": "2024-03~"}
    assert Dated.model_validate_json('{"on": "2024-03~"}') == read
    assert Dated.model_json_schema()["properties"]["on"]["type"] == "string"


@pytest.mark.parametrize(
    ("value", "text"), [(2024, "2024"), (date(2024, 2, 23), "2024-02-23"), ("2024-02", "2024-02")]
)
def test_takes_what_yaml_makes_of_an_unquoted_date(value: object, text: str) -> None:
    assert Dated.model_validate({"on": value}).on.text == text


@pytest.mark.parametrize("value", ["soon", True, None, 20244, 2.5])
def test_a_bad_field_is_a_validation_error(value: object) -> None:
    with pytest.raises(ValidationError, match="is not a date"):
        Dated.model_validate({"on": value})


def test_sorts_by_the_earliest_day_then_the_latest() -> None:
    texts = ["2024-02-23", "2024-02", "2023", "2024", "../2020"]
    assert [d.text for d in sorted(map(Edtf.parse, texts))] == [
        "../2020",
        "2023",
        "2024",
        "2024-02",
        "2024-02-23",
    ]


@given(single)
def test_round_trip(text: str) -> None:
    read = Edtf.parse(text)
    assert str(read) == text
    assert read.earliest <= read.latest
    assert read == Edtf.parse(text)
    assert len({read, Edtf.parse(text)}) == 1
    assert human(read)


@given(single, single)
def test_an_interval_spans_both_ends_or_is_refused(one: str, two: str) -> None:
    first, last = Edtf.parse(one), Edtf.parse(two)
    try:
        read = Edtf.parse(f"{one}/{two}")
    except BadEdtf:
        assert first.earliest > last.earliest or first.latest > last.latest
    else:
        assert (read.earliest, read.latest) == (first.earliest, last.latest)


@given(st.text() | st.text(alphabet="0123456789-/.~?%X", max_size=16))
def test_never_raises_anything_but_bad_edtf(text: str) -> None:
    try:
        read = Edtf.parse(text)
    except BadEdtf:
        return
    assert read.earliest <= read.latest
    assert read.text == text
    assert human(read)


@examples(40)
@given(single, st.none() | single)
def test_agrees_with_the_edtf_package(one: str, two: str | None) -> None:
    text = one if two is None else f"{one}/{two}"
    try:
        ours = Edtf.parse(text)
    except BadEdtf:
        return
    theirs = edtf.parse_edtf(text)
    assert tuple(theirs.lower_strict())[:3] == ours.earliest.timetuple()[:3]
    assert tuple(theirs.upper_strict())[:3] == ours.latest.timetuple()[:3]
