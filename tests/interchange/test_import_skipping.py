"""Importing what fits: what is refused is left out, and so is whatever names it."""

import json
from collections.abc import Sequence
from datetime import date

import pytest

from knowledge.interchange import ImportPlan, ImportRefused, export, plan, read
from knowledge.model import AnyRecord, Claim, RecordKind
from knowledge.records import Misfit
from knowledge.store import Preview
from tests.bases import making
from tests.bases.making import asserter, claim, source, topic
from tests.interchange.test_import_claimreview import review

USUAL = (topic(), asserter(), source())


def skipping(
    data: str, *standing: AnyRecord, name: str = "f.yaml", on: str | None = None
) -> ImportPlan:
    draft = read(data.encode(), name, topic=on)
    with making.on_file(*standing, today=date(2026, 1, 1)) as store:
        return plan(draft, store.preview, skip_refused=True)


def text(*records: AnyRecord) -> str:
    kinds: dict[str, RecordKind] = {"Topic": "topic", "Asserter": "asserter", "Source": "source"}
    named = [(kinds.get(type(one).__name__, "claim"), one) for one in records]
    return "".join(export(named, "yaml"))


def test_what_fits_is_taken_and_the_rest_is_listed() -> None:
    data = text(claim("good"), claim("bad", topic="bridges")) + "--- # claim\nid: worse\n"
    made = skipping(data, *USUAL)
    assert [one.id for one in made.records()] == ["good"]
    told = str(made.refused)
    assert "bad: topic: there is no topic bridges" in told
    assert "worse" in told
    assert made.fits


def test_all_or_nothing_stays_the_default() -> None:
    draft = read(text(claim("good"), claim("bad", topic="bridges")).encode(), "f.yaml")
    with pytest.raises(ImportRefused):
        making.planned(draft, *USUAL).records()


def test_what_names_something_refused_is_refused_however_far_away() -> None:
    data = text(
        claim("one", topic="bridges"),
        claim("two", links=[("supersedes", "claim", "one")]),
        claim("three", links=[("disputes", "claim", "two")]),
        claim("four"),
    )
    made = skipping(data, *USUAL)
    assert [one.id for one in made.records()] == ["four"]
    assert "two: names the claim one, which is refused" in str(made.refused)
    assert "three: names the claim two, which is refused" in str(made.refused)


def test_a_long_chain_is_left_out_in_one_go() -> None:
    chain = [claim("c0", topic="bridges")]
    chain += [claim(f"c{n}", links=[("supersedes", "claim", f"c{n - 1}")]) for n in range(1, 2000)]
    draft = read(text(*chain, claim("good")).encode(), "f.yaml")
    rounds: list[int] = []
    with making.on_file(*USUAL, today=date(2026, 1, 1)) as store:

        def previewing(records: Sequence[AnyRecord]) -> Preview:
            rounds.append(len(records))
            return store.preview(records)

        made = plan(draft, previewing, skip_refused=True)
    assert rounds == [2001, 1]
    assert [one.id for one in made.records()] == ["good"]
    assert made.refused.count == 2000


def test_where_there_is_room_for_some_the_first_are_taken() -> None:
    draft = read(text(*(claim(f"c{n}") for n in range(100))).encode(), "f.yaml")
    rounds: list[int] = []

    def previewing(records: Sequence[AnyRecord]) -> Preview:
        rounds.append(len(records))
        full = [Misfit(one, (), "there may be 3 claims") for one in records[3:4]]
        return Preview(added=tuple(records), changed=(), same=(), problems=tuple(full))

    made = plan(draft, previewing, skip_refused=True)
    assert [one.id for one in made.records()] == ["c0", "c1", "c2"]
    assert made.refused.count == 97
    assert len(rounds) == 2


def test_a_file_that_is_wrong_again_and_again_is_taken_whole_or_not_at_all() -> None:
    draft = read(text(*(claim(f"c{n}") for n in range(100))).encode(), "f.yaml")

    def previewing(records: Sequence[AnyRecord]) -> Preview:
        wrong = [Misfit(one, ("note",), "is wrong") for one in records[-1:]]
        return Preview(added=tuple(records), changed=(), same=(), problems=tuple(wrong))

    made = plan(draft, previewing, skip_refused=True)
    assert not made.fits


def test_what_names_a_record_that_could_not_be_read_is_refused_too() -> None:
    data = "--- # source\nid: times\npublisher: Times\n" + text(
        claim("new", citations=[{"source": "times", "paragraph": 1}]), claim("good")
    )
    made = skipping(data, *USUAL)
    assert [one.id for one in made.records()] == ["good"]
    assert "there is no source times that could be read" in str(made.refused)


def test_a_refused_change_leaves_what_is_on_file_and_what_names_it() -> None:
    data = "--- # topic\nid: wells\ntitle: Wells\n" + text(claim("good"))
    assert [one.id for one in skipping(data, *USUAL).records()] == ["good"]


def test_people_and_texts_of_refused_reviews_are_left_out_as_well() -> None:
    other = review(claimReviewed="word " * 200, url="https://checkers.example/2")
    other["itemReviewed"] = {**other["itemReviewed"], "author": {"@type": "Person", "name": "Bo"}}
    made = skipping(json.dumps([review(), other]), topic(), name="f.json", on="wells")
    assert len([one for one in made.records() if isinstance(one, Claim)]) == 1
    assert len(made.records()) == 3
    assert made.refused.count == 1


def test_a_claim_of_which_a_row_is_refused_is_refused_whole() -> None:
    rows = "id,topic,asserter,statement,asserted_on,origin,source,paragraph\n"
    rows += "x,wells,ministry,Some.,2020,o,gazette,1\nx,,,,,,gazette\n"
    rows += "y,wells,ministry,Few.,2020,o,gazette,1\n"
    made = skipping(rows, *USUAL, name="f.csv")
    assert [one.id for one in made.records()] == ["y"]


def test_a_claim_whose_rows_break_off_is_refused() -> None:
    rows = "id,topic,asserter,statement,asserted_on,origin,source,paragraph\n"
    rows += "y,wells,ministry,Few.,2020,o,gazette,1\nx,wells,ministry,Some.,2020,o,gazette,1\n"
    rows += 'x,,,"never closed,\n'
    made = skipping(rows, *USUAL, name="f.csv")
    assert [one.id for one in made.records()] == ["y"]
    assert "x: is no CSV from here on" in str(made.refused)


def test_where_nothing_fits_nothing_is_imported() -> None:
    made = skipping(text(claim("bad", topic="bridges")), *USUAL)
    assert not made.fits
    with pytest.raises(ImportRefused):
        made.records()


def test_a_circle_is_left_out_and_the_rest_taken() -> None:
    data = text(
        claim("a", links=[("supersedes", "claim", "b")]),
        claim("b", links=[("supersedes", "claim", "a")]),
        claim("c", links=[("disputes", "claim", "a")]),
        claim("d"),
    )
    assert [one.id for one in skipping(data, *USUAL).records()] == ["d"]
