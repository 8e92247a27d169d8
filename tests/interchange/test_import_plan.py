"""The dry run of an import: what would be added, changed, left alone or refused, and why."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.interchange import (
    FORMS,
    OWN_FILE,
    ImportDraft,
    ImportPlan,
    ImportRefused,
    export,
    plan,
    read,
)
from knowledge.model import AnyRecord, Citation, Claim, Measure, RecordKind
from knowledge.store import Store, open_store
from tests.bases import making
from tests.bases.making import FINGERPRINT, asserter, claim, source, topic

USUAL = (topic(command="wells"), asserter(), source())
ON_FILE = (*USUAL, claim("old", "about 5"), claim("older", "about 4"))


def drafted(*records: tuple[RecordKind, AnyRecord], form: str = "yaml") -> ImportDraft:
    return read("".join(export(records, form)).encode(), f"file.{form}", form, limits=OWN_FILE)


def planned(*records: tuple[RecordKind, AnyRecord]) -> ImportPlan:
    return making.planned(drafted(*records), *ON_FILE)


def cited(where: str) -> Citation:
    return Citation(source=where, paragraph=1, fingerprint=FINGERPRINT)


def refusals(*records: tuple[RecordKind, AnyRecord]) -> list[str]:
    made = planned(*records)
    bad = {problem.record for problem in made.refused}
    assert not bad & {record.id for _, record in made.added}
    with pytest.raises(ImportRefused) as refused:
        made.records()
    assert str(refused.value) == str(made.refused)
    return str(made.refused).splitlines()


def test_what_is_new_what_differs_and_what_stands_already() -> None:
    changed = claim("old", "about 6", note="Counted again.")
    made = planned(
        ("claim", claim("new")), ("claim", changed), ("claim", claim("older", "about 4"))
    )
    assert made.added == [("claim", claim("new"))]
    assert made.unchanged == 1
    (alteration,) = made.changed
    assert (alteration.before, alteration.after) == (claim("old", "about 5"), changed)
    assert [change.name for change in alteration.fields] == ["figure", "note"]
    assert alteration.fields[1].before is None
    assert alteration.fields[1].after == "Counted again."
    assert made.records() == [claim("new"), changed]


def test_records_come_after_what_they_refer_to() -> None:
    made = planned(
        ("claim", claim("new", topic="bridges", citations=[cited("times")])),
        ("source", source("times")),
        ("topic", topic("bridges")),
    )
    assert [record.id for record in made.records()] == ["bridges", "times", "new"]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (claim("new", topic="bridges"), "file.yaml, line 3: new: topic: there is no topic bridges"),
        (claim("new", asserter="who"), "line 4: new: asserter: there is no asserter who"),
        (claim("new", on="2026-02"), "asserted_on: 2026-02 lies in the future"),
        (claim("new", links=[("supersedes", "claim", "new")]), "the claim supersedes itself"),
        (claim("new", links=[("denies", "topic", "bridges")]), "there is no topic bridges"),
        (claim("new", links=[("disputes", "claim", "x")]), "there is no claim x"),
    ],
)
def test_a_claim_that_does_not_fit_is_refused(record: Claim, words: str) -> None:
    (found,) = refusals(("claim", record))
    assert words in found


def test_all_problems_of_a_file_are_named_together() -> None:
    text = "".join(export([("claim", claim("new", topic="bridges"))], "yaml"))
    text += "--- # claim\nid: x\n--- # claim\nid: y: z\n"
    made = making.planned(read(text.encode(), "file.yaml"), *ON_FILE)
    assert {problem.line for problem in made.refused} == {3, 13, 15}
    assert made.refused.count > 3


def test_a_record_that_is_refused_is_not_called_missing_as_well() -> None:
    text = "".join(
        export([("topic", topic("bridges")), ("claim", claim("c", topic="bridges"))], "yaml")
    )
    made = making.planned(read(text.replace("cumulative", "many").encode(), "f.yaml"), *ON_FILE)
    assert [problem.field for problem in made.refused] == ["measure"]


@pytest.mark.parametrize("form", FORMS)
def test_a_circle_is_refused_in_every_form(form: str) -> None:
    records: list[tuple[RecordKind, AnyRecord]] = [
        ("claim", claim(one, links=[("supersedes", "claim", two)]))
        for one, two in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))
    ]
    made = making.planned(drafted(*records, form=form), *ON_FILE)
    assert [problem.record for problem in made.refused] == ["a", "b", "c"]
    assert "closes a circle: b in turn supersedes a" in str(made.refused)
    assert all(problem.line for problem in made.refused)


def test_a_circle_through_claims_on_file_is_refused() -> None:
    stored = [claim("b"), claim("a", links=[("supersedes", "claim", "b")])]
    closing = drafted(("claim", claim("b", links=[("supersedes", "claim", "a")])))
    assert making.planned(closing, *USUAL, *stored).refused.count == 1


def test_a_chain_of_many_thousand_claims_is_no_circle() -> None:
    chain: list[tuple[RecordKind, AnyRecord]] = [("claim", claim("c0"))]
    chain += [
        ("claim", claim(f"c{n}", links=[("supersedes", "claim", f"c{n - 1}")]))
        for n in range(1, 3_000)
    ]
    assert len(planned(*chain).records()) == 3_000


def test_a_command_of_another_topic_is_refused() -> None:
    (found,) = refusals(("topic", topic("bridges", command="wells")))
    assert "line 7: bridges: command: /wells is already the command of the topic wells" in found


def test_a_claim_that_retells_shares_the_origin_of_one_on_file() -> None:
    (found,) = refusals(("claim", claim("new", links=[("retells", "claim", "old")])))
    assert "a retelling has the origin of what it retells: old" in found


def test_a_figure_on_a_share_is_held_against_the_topic_of_the_file() -> None:
    share = topic("part", measure=Measure.SHARE, unit="share of wells")
    found = refusals(("topic", share), ("claim", claim("new", "about 5", topic="part")))
    assert all("5 is no share" in line for line in found)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "claims.db")
    with opened.change("test", "to begin with") as change:
        records: list[AnyRecord] = [topic(), asserter(), source(), claim("a"), claim("b")]
        for record in records:
            change.put(record)
        change.put(claim("c", links=[("disputes", "claim", "b")]))
    yield opened
    opened.close()


def test_a_plan_is_made_against_a_database_and_saved_as_a_whole(store: Store) -> None:
    records: list[tuple[RecordKind, AnyRecord]] = [
        ("claim", claim("a", note="Seen.")),
        ("claim", claim("d", links=[("supports", "claim", "c")])),
    ]
    draft = drafted(*records)
    made = plan(draft, store.preview)
    with store.change("test", "import") as change:
        for record in made.records():
            change.put(record)
    assert store.claims(["a", "d"]) == [record for _, record in records]
    again = plan(draft, store.preview)
    assert (again.added, again.changed, again.unchanged) == ([], [], 2)


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    draft = drafted(*(("claim", claim(f"c{n}")) for n in range(1_200)))
    with making.on_file(*ON_FILE, today=date(2026, 1, 1)) as store:
        plan(draft, lambda records: store.preview(records, progress=lambda *at: told.append(at)))
    assert told == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


@pytest.mark.parametrize(
    ("figure", "statement", "words"),
    [
        ("about 5", "Some 5 wells stand there.", ""),
        ("about 5", "Wells stand there.", ""),
        ("about 5", "Of 20 wells, 5 still give water.", ""),
        ("about 5", "Some 50 wells stand there.", "statement: “Some 50 wells"),
        ("5 million", "Egypt dug 500,000 wells.", "statement: “Egypt dug 500,000 wells.” gives"),
    ],
)
@pytest.mark.parametrize("form", ["yaml", "json", "jsonl", "csv"])
def test_a_figure_that_its_own_words_do_not_give_is_asked_about(
    figure: str, statement: str, words: str, form: str
) -> None:
    odd = claim("new", figure).model_copy(update={"statement": statement})
    made = making.planned(drafted(("claim", odd), form=form), *ON_FILE)
    assert (made.taken, made.refused.count) == (1, 0)
    assert bool(made.odd) is bool(words)
    assert words in str(made.odd)


def test_a_figure_that_is_not_as_it_was_printed_is_asked_about() -> None:
    figure = making.worded("150").model_copy(update={"as_worded": "about 15"})
    slip = claim("new").model_copy(update={"figure": figure})
    (problem,) = planned(("claim", slip)).odd
    assert (problem.record, problem.field) == ("new", "figure")
    assert "“about 15” gives another number than the figure, 150" in problem.reason


def test_what_was_odd_before_is_not_asked_about_again() -> None:
    stood = claim("old", "about 5").model_copy(update={"statement": "Some 50 wells stand."})
    later = stood.model_copy(update={"note": "Counted again."})
    made = making.planned(drafted(("claim", later)), *USUAL, stood)
    assert (len(made.changed), made.odd.count) == (1, 0)
