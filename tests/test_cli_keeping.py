"""`claimbot export`, `import`, `backup`, `restore` and `history`: records in, out and kept."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.command_line import Run, refused, runner

TOPIC = """--- # topic
id: wells
title: Wells dug
unit: wells
measure: cumulative
description: How many wells were dug.
"""


@pytest.fixture
def database(valley_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(valley_database, tmp_path / "claims.db"))


@pytest.fixture
def claimbot(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    return runner(database, capsys, monkeypatch)


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    file = tmp_path / "wells.yaml"
    file.write_text(TOPIC, "utf-8")
    return file


@pytest.mark.parametrize("form", ["yaml", "json", "csv", "jsonld"])
def test_an_export_holds_what_is_on_file(claimbot: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"all.{form}"
    file.write_text(claimbot("export", "--format", form).out, "utf-8")
    outcome = claimbot("import", file, "--dry-run")
    assert outcome.code == 0
    assert "0 to add, 0 to change" in outcome.out
    assert "0 refused" in outcome.out


def test_a_dry_run_saves_nothing(claimbot: Run, wells: Path) -> None:
    outcome = claimbot("import", wells, "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert "add topic wells" in outcome.out
    assert claimbot("history", "topic", "wells").code == 1


def test_an_import_adds_and_changes_and_stands_in_the_history(claimbot: Run, wells: Path) -> None:
    outcome = claimbot("import", wells)
    assert (outcome.code, outcome.err) == (0, "")
    assert "1 record imported" in outcome.out
    assert claimbot("figures", "wells", "--json").code in {0, 1}
    wells.write_text(TOPIC.replace("Wells dug", "Wells dug so far"), "utf-8")
    assert (
        "change topic wells: title: Wells dug -> Wells dug so far" in claimbot("import", wells).out
    )
    history = claimbot("history", "topic", "wells")
    assert history.code == 0
    assert history.out.count("imported from wells.yaml") == 2
    assert "title: Wells dug -> Wells dug so far" in history.out
    assert "0 to add, 0 to change, 1 on file already" in claimbot("import", wells).out


def test_one_bad_record_keeps_all_others_out(claimbot: Run, wells: Path) -> None:
    wells.write_text(f"{TOPIC}{TOPIC.replace('wells', 'pumps').replace('unit:', 'size:')}", "utf-8")
    outcome = claimbot("import", wells)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "Nothing is imported" in outcome.err
    assert "refused wells.yaml, line 10: pumps: size" in outcome.out
    assert claimbot("history", "topic", "wells").code == 1


def test_a_backup_is_put_back(claimbot: Run, wells: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert "copy.db" in claimbot("backup", copy).out
    assert claimbot("import", wells).code == 0
    assert claimbot("restore", copy).code == 0
    assert claimbot("history", "topic", "wells").code == 1
    assert claimbot("history", "verify").code == 0


def test_tampering_is_found(claimbot: Run, database: Path) -> None:
    sound = claimbot("history", "verify")
    assert sound.code == 0
    assert "unbroken" in sound.out
    with sqlite3.connect(database) as db:
        (table,) = db.execute(
            "select name from sqlite_master where type = 'table' and name like 'revision%'"
        ).fetchone()
        for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'"):
            db.execute(f"drop trigger {trigger}")
        db.execute(f"update {table} set why = 'nothing happened' where rowid = 3")  # noqa: S608
    db.close()
    found = claimbot("history", "verify")
    assert found.code == 1
    assert "3" in found.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("history",), "KIND"),
        (("history", "claim"), "history claim ID"),
        (("history", "verify", "sacks"), "history verify"),
        (("history", "verify", "--database", "no.db"), "not there"),
        (("import", "no-such-file.yaml"), "no-such-file.yaml"),
        (("import", "claims.db"), "SQLite database"),
        (("import", "wells.yaml", "--topic", "zzzzzz"), "zzzzzz"),
        (("backup", "claims.db"), "the database itself"),
        (("backup", "no/such/folder/copy.db"), "copy.db"),
        (("backup", "copy.db", "--database", "no.db"), "not there"),
        (("restore", "claims.db"), "the database itself"),
        (("restore", "wells.yaml"), "not a SQLite database"),
        (("restore", "no-such.db"), "not there"),
    ],
    ids=str,
)
@pytest.mark.usefixtures("wells")
def test_bad_input_is_one_line_on_standard_error(
    claimbot: Run, arguments: tuple[str, ...], words: str
) -> None:
    refused(claimbot(*arguments), words)


def test_a_backup_holds_what_was_imported(claimbot: Run, wells: Path, tmp_path: Path) -> None:
    claimbot("import", wells)
    copy = tmp_path / "copy.db"
    claimbot("backup", copy)
    exported = json.loads(claimbot("export", "--database", copy).out)
    assert "wells" in {topic["id"] for topic in exported["topics"]}
