"""Completing the ids of claims: begun, out of order and misspelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import ClaimIds
from tests.properties import slugs

IDS = [
    "wells-ministry-2024-02",
    "wells-ministry-2023-11",
    "wells-gazette-retelling-2024-02",
    "dams-ministry-2024-02",
    "dam-height-university-1999-05",
]
ids_of_claims = slugs(most=5)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("wells-min", "wells-ministry-2023-11"),
        ("retel", "wells-gazette-retelling-2024-02"),
        ("ministry dams", "dams-ministry-2024-02"),
        ("minstry dams", "dams-ministry-2024-02"),
        ("univercity", "dam-height-university-1999-05"),
        ("WELLS 2023", "wells-ministry-2023-11"),
    ],
)
def test_any_word_of_an_id_finds_it(typed: str, first: str) -> None:
    assert ClaimIds(IDS).complete(typed, 25)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "---", "🎉", "zzzzzz", "wells zzzzzz", "2031"])
def test_what_fits_nothing_finds_nothing(typed: str) -> None:
    assert ClaimIds(IDS).complete(typed, 25) == []


@given(st.lists(ids_of_claims, min_size=1, unique=True), st.data())
def test_the_beginning_of_an_id_finds_it(ids: list[str], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(ids))
    assert one in ClaimIds(ids).complete(one, len(ids) + 1)


@given(st.lists(ids_of_claims, unique=True), ids_of_claims, ids_of_claims)
def test_an_id_that_is_added_is_found_like_the_others(ids: list[str], new: str, typed: str) -> None:
    grown = ClaimIds(ids)
    grown.add(new)
    grown.add(new)
    everything = {*ids, new}
    assert set(grown.complete(typed, 99)) == set(ClaimIds(everything).complete(typed, 99))
    assert new in grown.complete(new, 99)


@given(st.text(), st.lists(ids_of_claims, unique=True), st.integers(1, 5))
def test_whatever_is_typed_finds_only_ids_and_never_too_many(
    text: str, ids: list[str], limit: int
) -> None:
    found = ClaimIds(ids).complete(text, limit)
    assert set(found) <= set(ids)
    assert len(found) == len(set(found)) <= limit
