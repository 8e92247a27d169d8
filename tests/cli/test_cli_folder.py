"""`claimbot init` and `validate`, and a base that answers from a folder of one's own."""

import json
import os
from pathlib import Path

import pytest

from knowledge.interchange import export, read_folder
from tests.driving.command_line import Outcome, Run, refused, runner
from tests.driving.forking import ran

pytestmark = pytest.mark.long

BRIDGES = """:as curator
/topic add measure: level command: bridges
title=Bridges standing
unit=bridges
description=Bridges that stand
:submit
:press Save
"""


@pytest.fixture
def claimbot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    return runner(tmp_path / "claims.db", capsys, monkeypatch)


@pytest.fixture
def own(claimbot: Run) -> Path:
    assert claimbot("init", "own").code == 0
    return Path("own").absolute()


def chat(lines: str, *arguments: object, **settings: object) -> Outcome:
    """Put lines through a pipe to a bot in a process of its own."""
    known = {name: str(value) for name, value in settings.items()}
    environment = os.environ | {"COLUMNS": "100"} | known
    given = map(str, arguments)
    return Outcome(*ran("run", *given, folder=Path.cwd(), typed=lines, environment=environment))


def test_what_init_writes_is_valid_and_answers(
    claimbot: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "claimbot validate" in (own / "README.md").read_text("utf-8")
    outcome = claimbot("validate", own)
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 topic, 1 asserter, 1 source, 1 claim." in outcome.out
    monkeypatch.setenv("CLAIMBOT_RECORDS", str(own))
    listed = claimbot("topics", "--json")
    (topic,) = json.loads(listed.out)["topics"]
    assert claimbot("figures", topic["command"]).code == 0
    asked = claimbot("ask", f"how many {topic['unit']} have been planted?", "--json")
    assert json.loads(asked.out)["topic"] == topic["id"]
    assert claimbot("source", topic["id"]).code == 0


def test_init_says_what_to_do_next(claimbot: Run) -> None:
    outcome = claimbot("init", "deep/er")
    assert outcome.code == 0
    assert "claimbot validate deep/er" in outcome.out
    assert "CLAIMBOT_RECORDS=deep/er claimbot run" in outcome.out


def test_init_overwrites_nothing(claimbot: Run, own: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in own.rglob("*")}
    refused(claimbot("init", own), "is not empty (it holds README.md)")
    assert {file: file.stat().st_mtime_ns for file in own.rglob("*")} == before
    Path("file").write_text("text", "utf-8")
    refused(claimbot("init", "file"), "is a file: name a folder")
    refused(claimbot("init", "file/in"), "Not a directory")
    Path("new/.git").mkdir(parents=True)
    assert claimbot("init", "new").code == 0


def test_validate_names_every_mistake(claimbot: Run, own: Path) -> None:
    (claim,) = (own / "claims").iterdir()
    claim.write_text(claim.read_text("utf-8").replace("topic: trees-planted", "topic: oaks"))
    (own / "topics" / "more.yaml").write_text("id: more\nmeasure: heaps\n", "utf-8")
    outcome = claimbot("validate", own)
    assert outcome.code == 2
    assert outcome.err == f"{own} is refused as a whole: 4 problems.\n"
    lines = outcome.out.splitlines()
    assert len(lines) == 4
    assert any("more: measure: heaps is not one of" in line for line in lines)
    assert any(line.endswith(": topic: there is no topic oaks") for line in lines)
    as_data = claimbot("validate", own, "--json")
    assert (as_data.code, as_data.err) == (2, "")
    found = json.loads(as_data.out)
    assert found["valid"] is False
    assert {"file", "record", "field", "reason", "line"} == set(found["problems"][0])
    assert claimbot("validate", "nowhere").code == 2


def test_validate_leaves_the_database_alone(claimbot: Run, own: Path) -> None:
    assert claimbot("validate", own).code == 0
    assert not Path("claims.db").exists()


def test_a_folder_with_a_mistake_is_bad_input(
    claimbot: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMBOT_RECORDS", str(own))
    (own / "topics" / "more.yaml").write_text("id: more\nmeasure: heaps\n", "utf-8")
    for command in (("topics",), ("figures", "trees"), ("ask", "trees?"), ("check", "5 trees")):
        refused(claimbot(*command), "more.yaml, line 1: more: title: is missing (and 2 more:")
    refused(claimbot("run"), "more.yaml")
    monkeypatch.setenv("CLAIMBOT_RECORDS", "nowhere")
    refused(claimbot("topics"), "nowhere: is no folder: claimbot init makes one")


def test_an_empty_base_answers_in_words(claimbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMBOT_RECORDS", "None")
    assert claimbot("topics").out == "The database holds no topics yet.\n"
    for command in (("topics",), ("ask", "how many?"), ("check", "5 trees")):
        outcome = claimbot(*command)
        assert (outcome.code, outcome.err) == (1, "")
    for named in (("figures", "x"), ("source", "x"), ("compare", "x", "--by", "a", "--by", "b")):
        refused(claimbot(*named), "on file")
    assert claimbot("export", "--format", "json").code == 0


def test_evidence_is_looked_for_what_is_in_use(
    claimbot: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert claimbot("topics").code == 0
    monkeypatch.setenv("CLAIMBOT_RECORDS", str(own))
    Path("articles").mkdir()
    outcome = claimbot("evidence", "articles")
    assert outcome.code == 1
    assert "1 missing" in outcome.out


def test_a_switch_is_told_once(claimbot: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert claimbot("topics").err == ""
    monkeypatch.setenv("CLAIMBOT_RECORDS", str(own))
    told = claimbot("topics").err
    assert "Records added: topic trees-planted, asserter parks-office" in told
    assert "Records retired: " in told
    assert claimbot("topics").err == ""
    assert claimbot("history", "verify").code == 0


@pytest.mark.usefixtures("claimbot")
def test_what_a_curator_adds_is_there_in_the_next_run(own: Path) -> None:
    first = chat(BRIDGES, "--database", "mine.db")
    assert "Saved as" in first.out
    asked = "/bridges\n/topics\n:as curator\n/topic retire topic: bridges reason: moved\n"
    second = chat(asked, "--database", "mine.db", CLAIMBOT_RECORDS=own)
    assert "Nothing on file about Bridges standing yet." in second.out
    assert "Bridges standing · /bridges" in second.out
    assert "Retired" in second.out
    assert "Records added: topic trees-planted" in second.err
    third = chat("/bridges\n/trees\n", "--database", "mine.db", CLAIMBOT_RECORDS=own)
    assert "There is no command “/bridges”" in third.out
    assert "More than 2,000" in third.out
    assert third.err == ""
    assert not Path("claims.db").exists()


def test_a_bot_begins_with_an_empty_folder_and_an_empty_one_empties_no_base(
    claimbot: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("empty").mkdir()
    outcome = chat(f"/topics\n{BRIDGES}", CLAIMBOT_RECORDS="empty")
    assert "The database holds no topics yet." in outcome.out
    assert "Saved as" in outcome.out
    assert "empty: holds no records" in outcome.err
    assert (
        "The database holds no topics yet." not in chat("/topics\n", CLAIMBOT_RECORDS="empty").out
    )
    chat("/trees\n", CLAIMBOT_RECORDS=own)
    assert "More than 2,000" in chat("/trees\n", CLAIMBOT_RECORDS="empty").out
    monkeypatch.setenv("CLAIMBOT_RECORDS", "empty")
    refused(claimbot("topics"), "CLAIMBOT_RECORDS=none does without")


@pytest.mark.usefixtures("claimbot")
def test_a_bot_goes_on_from_what_is_on_file(own: Path) -> None:
    assert chat("/topics\n", CLAIMBOT_RECORDS=own).err == ""
    (own / "topics" / "more.yaml").write_text("id: [", "utf-8")
    outcome = chat("/trees\n", CLAIMBOT_RECORDS=own)
    assert outcome.code == 0
    assert "More than 2,000" in outcome.out
    assert "topics/more.yaml, line 2: is not YAML" in outcome.err
    assert "what is on file stays as it is" in outcome.err


def test_a_file_of_records_is_checked_as_a_folder_is(claimbot: Run, own: Path) -> None:
    file = own.parent / "all.yaml"
    file.write_text("".join(export(read_folder(own).each(), "yaml")), "utf-8")
    shown = claimbot("validate", file)
    assert (shown.code, shown.err) == (0, "")
    assert f"Nothing is wrong in {file}: 1 topic" in shown.out
    file.write_text(file.read_text("utf-8").replace("measure: ", "measure: un"), "utf-8")
    shown = claimbot("validate", file)
    assert shown.code == 2
    assert "refused all.yaml, line " in shown.out
