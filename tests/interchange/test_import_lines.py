"""JSON Lines: a record of ours a line, or what others publish; each line stands for itself."""

import json

import pytest

from knowledge.interchange import ImportRefused, export, read
from knowledge.model import Claim
from tests.bases import making
from tests.bases.making import asserter, claim, source, topic
from tests.interchange.test_import_claimreview import review
from tests.interchange.test_import_foreign import FOUND

OURS = [("topic", topic()), ("asserter", asserter()), ("source", source()), ("claim", claim("x"))]


def lines(*values: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


@pytest.mark.parametrize("name", ["all.jsonl", "all.ndjson", "all.json", "all"])
def test_an_export_is_known_by_its_ending_and_by_its_beginning(name: str) -> None:
    data = "".join(export(OURS, "jsonl")).encode()  # type: ignore[arg-type]
    draft = read(data, name)
    assert draft.form == "jsonl"
    assert [(one.kind, one.record) for one in draft.entries] == OURS


def test_a_record_without_its_kind_is_known_by_its_fields() -> None:
    data = lines(
        {"id": "board", "organisation": "Board"},
        {"id": "b", "publisher": "B", "title": "T", "published_on": "2020"},
    )
    assert [one.kind for one in read(data, "x.jsonl").entries] == ["asserter", "source"]


def test_reviews_and_answers_of_services_may_stand_a_line_each() -> None:
    data = lines(review(), FOUND["claims"][0], {"@graph": [review(claimReviewed="Other.")]})
    draft = read(data, "x.jsonl", topic="wells")
    made = making.planned(draft, topic()).records()
    assert len([one for one in made if isinstance(one, Claim)]) == 3


def test_a_line_that_cannot_be_read_is_named_and_the_next_one_read() -> None:
    good = {"kind": "asserter", "id": "board", "organisation": "Board"}
    data = lines(good) + b'{"id": \n[1]\n{"a": 1}\n{} {}\n\n' + lines({**good, "id": "other"})
    draft = read(data, "x.jsonl")
    assert [one.record.id for one in draft.entries] == ["board", "other"]
    found = sorted((one.line or 0, one.reason) for one in draft.problems)
    assert [line for line, _ in found] == [2, 3, 4, 5]
    assert found[2][1].startswith("holds neither a record nor a ClaimReview; its fields are a")


def test_lines_of_other_fields_are_refused_with_what_to_do() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(lines({"ID": 1, "claim": "It is."}, {"ID": 2, "claim": "It is not."}), "val.jsonl")
    assert "its fields are ID, claim. A table of others is read by a map" in str(refused.value)


def test_a_field_of_a_record_is_named_with_its_line() -> None:
    data = lines(
        {"kind": "asserter", "id": "a", "organisation": "A"}, {"kind": "asserter", "id": "B"}
    )
    (first, *_) = read(data, "x.jsonl").problems
    assert str(first).startswith("x.jsonl, line 2: B")
