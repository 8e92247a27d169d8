"""Bases that the matcher was not made for: read from a folder, and measured."""

import json
from pathlib import Path

import pytest

from knowledge.contract import Answer, Check
from knowledge.evaluation import BadExamples, evaluate_subject, read_base, read_subject
from tests import DATA
from tests.driving.command_line import Run, runner

SUBJECTS = sorted((DATA / "subjects").iterdir())


@pytest.fixture
def claimbot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    return runner(tmp_path / "claims.db", capsys, monkeypatch)


@pytest.mark.parametrize("folder", SUBJECTS, ids=lambda folder: folder.name)
def test_a_subject_is_whole(folder: Path) -> None:
    subject = read_subject(folder)
    topics = subject.records.topics
    assert len(subject.questions) >= 40
    assert {one for question in subject.questions for one in question.topic} <= set(topics)
    assert {pair.topic for one in subject.messages for pair in one.expect} <= set(topics)
    assert all(len(topic.aliases) <= 8 for topic in topics.values())


def test_a_folder_without_a_base_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BadExamples, match=r"base\.yaml"):
        read_subject(tmp_path)
    (tmp_path / "base.yaml").write_text("--- # topic\nid: half a topic\n", "utf-8")
    with pytest.raises(BadExamples, match=r"base\.yaml"):
        read_base(tmp_path / "base.yaml")


def test_answers_offers_and_silences_are_told_apart() -> None:
    subject = read_subject(SUBJECTS[0])
    first = next(iter(subject.records.topics))

    def always_first(question: str) -> Answer:
        return made(question, topic=first)

    def always_offering(question: str) -> Answer:
        return made(question, kind="no_match", outcome="offer", suggestions=(first, "b", "c"))

    def made(question: str, **more: object) -> Answer:
        given: dict[str, object] = {"question": question, "kind": "figures", "topic": None}
        given |= {"confidence": 1.0, "filters": {}, "revision": 1, **more}
        return Answer.model_validate(given)

    def nothing(text: str) -> Check:
        return Check(text=text, assertions=(), skipped=0, revision=1)

    answered = evaluate_subject(subject, always_first, nothing)
    offered = evaluate_subject(subject, always_offering, nothing)
    assert answered.right == answered.offered
    assert answered.wrong.right == 60 - answered.right.right
    assert answered.silence == 0
    assert (offered.right.right, offered.wrong.right) == (0, 0)
    assert offered.offered == answered.right
    assert answered.verdicts is not None
    assert answered.verdicts.found == 0


def test_the_command_line_shows_a_row_for_each_subject(claimbot: Run) -> None:
    shown = claimbot("eval", "subjects", SUBJECTS[1], "--words")
    assert shown.code == 0
    assert SUBJECTS[1].name in shown.out
    assert "silence" in shown.out


def test_examples_are_answered_and_the_rest_is_asked_before_and_after(claimbot: Run) -> None:
    ran = claimbot("eval", "subjects", str(SUBJECTS[0]), "--examples", "20", "--words", "--json")
    (report,) = json.loads(ran.out)
    assert (report["examples"], report["rest"]) == (20, 40)
    assert report["verbatim"]["rate"] == 1
    assert report["after"]["right"]["of"] == report["before"]["right"]["of"] == 24
    assert report["after"]["right"]["right"] >= report["before"]["right"]["right"]
    printed = claimbot("eval", "subjects", str(SUBJECTS[0]), "--examples", "2", "--words").out
    assert "verbatim" in printed
