"""`claimbot draft` and `claimbot eval drafts`: from articles to claims at the command line."""

import json
import shutil
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.cli import drafts
from tests.bases.articles import FOLDER, pdf
from tests.driving.command_line import Run, refused, runner

ARTICLE = FOLDER / "bridge-wire.txt"


@pytest.fixture
def run(
    valley_database: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    database = tmp_path / "claims.db"
    shutil.copy(valley_database, database)
    return runner(database, capsys, monkeypatch)


def test_the_json_is_one_object_and_nothing_else(run: Run) -> None:
    outcome = run("draft", ARTICLE, "--json")
    found = json.loads(outcome.out)
    assert outcome.code == 0
    assert found["source"]["publisher"] == "Nordwire"
    assert found["source"]["on_file"] is None
    first = found["claims"][0]
    assert first["figure"]["low"] == 2_400_000_000
    assert first["asserted_by"] == "Ingrid Halle, Transport Minister"
    assert (first["paragraph"], first["topic"]) == (2, None)


def test_a_list_for_people_saves_nothing(run: Run) -> None:
    before = run("export").out
    outcome = run("draft", ARTICLE)
    assert outcome.code == 0
    assert "Ferry bridge to open" in outcome.out
    assert "Coastal Administration" in outcome.out
    assert run("export").out == before


def test_yaml_is_edited_and_imported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "drafts.yaml"
    outcome = run("draft", ARTICLE, "--yaml", file)
    assert outcome.code == 0
    assert "claimbot import" in outcome.out
    assert run("import", file).code == 0
    assert run("draft", ARTICLE).err.startswith("bridge-wire.txt is on file already, as nordwire")


def test_yaml_is_printed_where_a_pipe_is_meant(run: Run, tmp_path: Path) -> None:
    outcome = run("draft", ARTICLE, "--yaml", "-")
    assert outcome.code == 0
    assert not Path("-").exists()
    file = tmp_path / "piped.yaml"
    file.write_text(outcome.out, "utf-8")
    assert run("import", file).code == 0


def test_a_day_that_somebody_knows_is_given(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "undated.txt"
    file.write_text("The mayor of Ostby said that 60 people work in the new library.")
    undated = json.loads(run("draft", file, "--json").out)
    dated = json.loads(run("draft", file, "--json", "--published", "May 2023").out)
    assert undated["claims"][0]["asserted_on"] is None
    assert dated["claims"][0]["asserted_on"] == "2023-05"
    assert dated["source"]["date_basis"] == "stated"


def test_standard_input_is_an_article(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(ARTICLE.read_bytes())))
    found = json.loads(run("draft", "-", "--json").out)
    assert found["source"]["name"] == "standard input"
    assert found["claims"]


def test_two_articles_that_are_one_are_read_once(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(ARTICLE.read_text().replace("Ferry bridge", "New ferry bridge"))
    outcome = run("draft", ARTICLE, copy, "--json")
    assert json.loads(outcome.out)["source"]["name"] == "bridge-wire.txt"
    assert "copy.txt and bridge-wire.txt are one article" in outcome.err


def test_nothing_found_is_said_with_the_exit_code(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "poem.txt"
    file.write_text("The river that I know runs slowly to the sea, and nobody counts its waves.")
    assert run("draft", file).code == 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"a" * 30_000_000, "long.txt", "larger than 5 MB"),
        (pdf(), "scan.pdf", "it is a scan"),
        (b"\0\1\2" * 90, "noise.bin", "binary"),
        (b"#!/bin/sh\necho\n", "tidy.sh", "program"),
    ],
)
def test_what_is_no_article_ends_in_one_line(
    run: Run, tmp_path: Path, data: bytes, name: str, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    refused(run("draft", file, "--json"), words)


def test_what_is_not_there_ends_in_one_line(run: Run, tmp_path: Path) -> None:
    refused(run("draft", tmp_path / "nothing.txt"), "No such file")


def test_an_address_is_fetched_only_where_the_operator_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(run("draft", "https://example.org/article"), "not fetched here")
    monkeypatch.setenv("CLAIMBOT_FETCH", "on")
    refused(run("draft", "http://127.0.0.1/article"), "not a public address")
    refused(run("draft", "file:///etc/hosts"), "no address of a web page (http or https)")


def test_in_a_terminal_each_is_judged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(
        [
            "e",
            "The bridge is to cost 2.4 billion kroner, the minister says.",
            "2.4 billion",
            "Cost of the bridge",
            "Ingrid Halle, Transport Minister",
            "2024-03-13",
            "a",
            *"ddddd",
        ]
    )
    monkeypatch.setattr(drafts, "in_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    outcome = run("draft", ARTICLE)
    assert "1 claim saved" in outcome.out
    saved = json.loads(run("figures", "Cost of the bridge", "--json").out)
    (claim,) = saved["claims"]
    assert claim["statement"] == "The bridge is to cost 2.4 billion kroner, the minister says."
    assert claim["asserted_on"] == "2024-03-13"
    assert claim["citations"][0]["publisher"] == "Nordwire"


def test_the_table_names_what_was_missed(run: Run) -> None:
    outcome = run("eval", "drafts", FOLDER)
    assert outcome.code == 0
    assert "10 articles" in outcome.out
    total = json.loads(run("eval", "drafts", FOLDER, "--json").out)["total"]
    assert total["found"] >= 0.9 * total["expected"]
