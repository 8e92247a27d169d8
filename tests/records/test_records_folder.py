"""A folder of records: how it may be laid out, and what is said of mistakes in it."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.interchange import FORMS, export, read_folder
from knowledge.model import AnyRecord, Claim, Link, LinkKind, Status, is_retired, kind_of
from knowledge.records import Problem, RecordErrors, dump_record
from tests.bases.making import asserter, claim, source, topic
from tests.bases.valley import VALLEY
from tests.properties import examples

TODAY = date(2026, 3, 10)
TAKEN = "the id is already that of a topic in"
WELLS = (topic(), asserter(), source(), claim("count", "about 3 million"))


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(RecordErrors) as refused:
        read_folder(folder, today=TODAY)
    return refused.value.problems


def said(folder: Path) -> list[str]:
    return [str(one) for one in problems(folder)]


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    """Write a folder with one record a file, in folders of its own making."""
    for record in WELLS:
        file = tmp_path / "water" / type(record).__name__ / f"{record.id}.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(dump_record(record), "utf-8")
    return tmp_path


def test_records_stand_one_a_file_in_folders_of_any_depth(wells: Path) -> None:
    found = read_folder(wells, today=TODAY)
    assert [record for _, record in found.each()] == list(WELLS)


@pytest.mark.parametrize("form", FORMS)
def test_records_stand_together_in_a_file_of_any_form(tmp_path: Path, form: str) -> None:
    (tmp_path / f"all.{form}").write_text("".join(export(VALLEY.each(), form)), "utf-8")
    found = read_folder(tmp_path, today=TODAY)
    assert {(kind, record.id): record for kind, record in found.each()} == {
        (kind, record.id): record for kind, record in VALLEY.each()
    }


@pytest.mark.parametrize("form", FORMS)
def test_what_is_retired_comes_through_every_form(tmp_path: Path, form: str) -> None:
    kept: list[AnyRecord] = [
        topic(status="retired"),
        asserter(status="retired"),
        source(status="retired"),
        claim("count", "about 3 million"),
    ]
    named = [(kind_of(record), record) for record in kept]
    (tmp_path / f"all.{form}").write_text("".join(export(named, form)), "utf-8")
    found = list(read_folder(tmp_path, today=TODAY).each())
    assert found == named
    assert [is_retired(record) for _, record in found] == [True, True, True, False]


def test_records_may_be_dealt_over_files_of_several_forms(tmp_path: Path) -> None:
    everything = list(VALLEY.each())
    (tmp_path / "words.yml").write_text("".join(export(everything[:40], "yaml")), "utf-8")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "rest.json").write_text(
        "".join(export(everything[40:], "json")), "utf-8"
    )
    assert len(list(read_folder(tmp_path, today=TODAY).each())) == len(everything)


def test_what_another_record_of_the_folder_supersedes_does_not_stand(tmp_path: Path) -> None:
    newer = claim("recount", "900", relations=[Link(kind=LinkKind.SUPERSEDES, claim="count")])
    file = tmp_path / "base.yaml"

    def statuses(*claims: Claim) -> dict[str, Status]:
        records = (topic(), asserter(), source(), *claims)
        file.write_text("".join(export(((kind_of(one), one) for one in records), "yaml")), "utf-8")
        return {key: one.status for key, one in read_folder(tmp_path, today=TODAY).claims.items()}

    assert statuses(newer, claim("count", "500")) == {
        "count": Status.SUPERSEDED,
        "recount": Status.ACTIVE,
    }
    alone = newer.model_copy(update={"relations": ()})
    assert set(statuses(alone, claim("count", "500")).values()) == {Status.ACTIVE}


def test_what_is_no_file_of_records_is_passed_over(wells: Path) -> None:
    (wells / "README.md").write_text("# Wells\n", "utf-8")
    (wells / ".git").mkdir()
    (wells / ".git" / "config.yaml").write_text("nothing: here\n", "utf-8")
    (wells / ".hidden.yaml").write_text("nothing: here\n", "utf-8")
    assert len(list(read_folder(wells, today=TODAY).each())) == len(WELLS)


def test_every_mistake_is_named_at_once(wells: Path) -> None:
    (wells / "count.yaml").write_text(
        "--- # claim\n" + dump_record(claim("late", on="2030-01-01", topic="dams")), "utf-8"
    )
    (wells / "a").mkdir()
    (wells / "a" / "bad.yaml").write_text("id: bad\ntitle: [\n", "utf-8")
    (wells / "a" / "twice.yaml").write_text(
        f"--- # topic\n{dump_record(topic(title='Others'))}---\nid: cut\nmeasure: level\n", "utf-8"
    )
    (wells / "picture.json").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert said(wells) == [
        "a/bad.yaml, line 3: is not YAML: did not find expected node content",
        "a/twice.yaml, line 10: cut: title: is missing",
        "a/twice.yaml, line 10: cut: description: is missing",
        "count.yaml, line 3: late: topic: there is no topic dams",
        f"count.yaml, line 6: late: asserted_on: 2030-01-01 lies in the future (today is {TODAY})",
        "picture.json: is a PNG picture",
        f"water/Topic/wells.yaml, line 1: wells: id: {TAKEN} a/twice.yaml, line 2",
    ]


def test_what_names_a_record_that_cannot_be_read_is_not_blamed(wells: Path) -> None:
    (wells / "water" / "Topic" / "wells.yaml").write_text("id: wells\nmeasure: level\n", "utf-8")
    assert {one.record for one in problems(wells)} == {"wells"}


def test_two_topics_with_one_command_are_refused(wells: Path) -> None:
    for key in ("dams", "locks"):
        made = topic(key, command="water")
        (wells / f"{key}.yaml").write_text(dump_record(made), "utf-8")
    assert said(wells) == [
        "locks.yaml, line 6: locks: command: /water is already the command of the topic dams"
    ]


def test_a_folder_without_records_or_none_at_all(tmp_path: Path) -> None:
    assert "holds no records: they stand in files that end in .csv" in said(tmp_path)[0]
    assert "is no folder: claimbot init" in said(tmp_path / "nowhere")[0]
    (tmp_path / "file").write_text(json.dumps({}), "utf-8")
    assert "is no folder" in said(tmp_path / "file")[0]


pieces = st.text(st.sampled_from(list("[]{}\",:;'\\\n\t -#&*!|>@=~01eN\0é🚢")), max_size=12)


@given(st.dictionaries(st.sampled_from(["a.yaml", "b.yml", "c.csv", "d.json"]), pieces), st.data())
@examples(40)
def test_any_folder_is_read_or_refused(files: dict[str, str], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, "utf-8")
        good = "".join(dump_record(record) + "---\n" for record in WELLS)
        at = data.draw(st.integers(0, len(good)))
        broken = good[:at] + data.draw(pieces) + good[at:]
        Path(folder, "wells.yaml").write_text(broken, "utf-8")
        found, wrong = read_or_refused(Path(folder))
        assert found or wrong
        assert all(one.file and one.reason and str(one) for one in wrong)


def read_or_refused(folder: Path) -> tuple[list[AnyRecord], list[Problem]]:
    try:
        return [record for _, record in read_folder(folder, today=TODAY).each()], []
    except RecordErrors as refused:
        return [], refused.problems
