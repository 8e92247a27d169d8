"""`claimbot check`, `compare` and `chart`: verdicts, sides and pictures without a chat."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.driving.command_line import Run, runner


@pytest.fixture
def claimbot(
    valley_database: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    database = tmp_path / "claims.db"
    shutil.copy(valley_database, database)
    return runner(database, capsys, monkeypatch)


def test_a_check_as_json_keeps_the_contract(claimbot: Run) -> None:
    outcome = claimbot("check", "40 million sacks came and a quarter were spoilt", "--json")
    checked = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert checked["text"] == "40 million sacks came and a quarter were spoilt"
    found = {one["topic"]: one for one in checked["assertions"]}
    assert {topic: one["verdict"] for topic, one in found.items()} == {
        "sacks": "above-range",
        "spoilt": "matches",
    }
    assert found["spoilt"]["figure"]["low"] == 0.25
    assert found["sacks"]["range"]["high"] == 8_000_000
    assert all(one["claims"] for one in found.values())


def test_people_read_the_verdict_of_the_chat(claimbot: Run) -> None:
    outcome = claimbot("check", "a quarter were spoilt")
    assert outcome.code == 0
    assert "Matches what is on file" in outcome.out


@pytest.mark.parametrize("text", ["The weather is fine.", "", "How many sacks were sent?"])
def test_a_message_that_asserts_nothing_gives_an_empty_list(claimbot: Run, text: str) -> None:
    outcome = claimbot("check", text, "--json")
    assert outcome.code == 1
    assert json.loads(outcome.out)["assertions"] == []
    shown = claimbot("check", text)
    assert shown.code == 1
    assert "Nothing in it" in shown.out


def test_sides_are_compared_month_by_month(claimbot: Run) -> None:
    sides = ("--by", "Kamau", "--by", "Chile")
    outcome = claimbot("compare", "sacks", *sides, "--json")
    compared = json.loads(outcome.out)
    assert outcome.code == 0
    assert [len(month["cells"]) for month in compared["months"]] == [2] * len(compared["months"])
    assert len(compared["columns"]) == 2
    assert "Compared:" in claimbot("compare", "sacks", *sides).out
    assert claimbot("compare", "sacks", *sides, "--until", "2001").code == 1


def test_a_chart_is_written_in_the_form_of_its_name(claimbot: Run, tmp_path: Path) -> None:
    png, svg = tmp_path / "a.PNG", tmp_path / "a.svg"
    outcome = claimbot("chart", "sacks", "-o", png, "--since", "2024-02")
    assert outcome.code == 0
    assert "more than 8 million" in outcome.out
    assert png.read_bytes().startswith(b"\x89PNG\r\n")
    assert claimbot("chart", "sacks", "--output", svg).code == 0
    assert ET.fromstring(svg.read_text("utf-8")).tag.endswith("svg")  # noqa: S314


def test_what_has_no_number_is_not_drawn(claimbot: Run, tmp_path: Path) -> None:
    outcome = claimbot("chart", "denials", "-o", tmp_path / "a.png")
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert not (tmp_path / "a.png").exists()
