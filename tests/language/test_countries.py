"""Countries are found by name, people, capital and abbreviation, in several languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import country_name, find_countries


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("grain from Brazil to Egypt", ["BR", "EG"]),
        ("what did the Iranians ship", ["IR"]),
        ("the US and the UK disagree", ["US", "GB"]),
        ("the us has given nothing", ["US"]),
        ("tell us more", []),
        ("U.S. officials", ["US"]),
        ("South Korea, not North Korea", ["KR", "KP"]),
        ("DPRK and ROK", ["KP", "KR"]),
        ("nk exports", ["KP"]),
        ("Lieferungen aus dem Iran nach Deutschland", ["IR", "DE"]),
        ("іранські та польські дані", ["IR", "PL"]),
        ("이란은 몇 발", ["IR"]),
        ("Pyongyang told Moscow", ["KP", "RU"]),
        ("the European Union", ["EU"]),
        ("Brits and Britons", ["GB", "GB"]),
        ("Northern Ireland, not Ireland", ["GB", "IE"]),
        ("it is in no way an id", []),
        ("", []),
    ],
)
def test_countries_of_a_text(text: str, codes: list[str]) -> None:
    assert [mention.code for mention in find_countries(text)] == codes


def test_a_mention_says_where_it_stands() -> None:
    text = "sent by North Korean factories"
    (mention,) = find_countries(text)
    assert text[mention.start : mention.end] == "North Korean"


@pytest.mark.parametrize(
    ("text", "land", "capital"),
    [
        ("in Britain", None, False),
        ("in Scotland's hills", "Scotland", False),
        ("the Scots", "Scotland", False),
        ("English rivers", "England", False),
        ("in Lima", None, True),
        ("in Peru", None, False),
        ("in Monaco", None, False),
    ],
)
def test_a_mention_says_whether_a_part_of_a_country_is_named(
    text: str, land: str | None, capital: bool
) -> None:
    (mention,) = find_countries(text)
    assert (mention.land, mention.capital) == (land, capital)


def test_names_are_english_and_unknown_codes_stand_for_themselves() -> None:
    assert country_name("KR") == "South Korea"
    assert country_name("XX") == "XX"


@given(st.text(max_size=300))
def test_any_text_gives_ordered_mentions_within_it(text: str) -> None:
    ends = 0
    for mention in find_countries(text):
        assert ends <= mention.start < mention.end <= len(text)
        ends = mention.end
