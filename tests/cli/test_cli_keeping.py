"""`claimbot export`, `import`, `backup`, `restore` and `history`: records in, out and kept."""

import json
from pathlib import Path

import pytest

from knowledge.interchange import FORMS
from knowledge.store import Where
from tests.bases.engines import behind, on_both_engines
from tests.driving.command_line import Run, refused, runner

TOPIC = """--- # topic
id: wells
title: Wells dug
unit: wells
measure: cumulative
description: How many wells were dug.
"""


@pytest.fixture
def claimbot(
    valley_copy: Where, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    return runner(valley_copy, capsys, monkeypatch)


@pytest.fixture
def wells(tmp_path: Path) -> Path:
    file = tmp_path / "wells.yaml"
    file.write_text(TOPIC, "utf-8")
    return file


@on_both_engines
@pytest.mark.parametrize("form", FORMS)
def test_an_export_holds_what_is_on_file(claimbot: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"all.{form}"
    file.write_text(claimbot("export", "--format", form).out, "utf-8")
    outcome = claimbot("import", file, "--dry-run")
    assert outcome.code == 0
    assert "0 to add, 0 to change" in outcome.out
    assert "0 refused" in outcome.out


@on_both_engines
def test_a_dry_run_saves_nothing(claimbot: Run, wells: Path) -> None:
    outcome = claimbot("import", wells, "--dry-run")
    assert (outcome.code, outcome.err) == (0, "")
    assert "add topic wells" in outcome.out
    assert claimbot("history", "topic", "wells").code == 1


@on_both_engines
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


@on_both_engines
def test_what_an_import_changes_on_file_is_said_before_what_it_adds(
    claimbot: Run, wells: Path
) -> None:
    assert claimbot("import", wells).code == 0
    both = f"{TOPIC.replace('wells', 'springs')}---\n{TOPIC.replace('Wells dug', 'Others')}"
    wells.write_text(both, "utf-8")
    lines = claimbot("import", wells, "--dry-run").out.splitlines()
    assert lines[0] == "1 record on file to change, by the same id (give what is new another id):"
    assert lines[1] == "change topic wells: title: Wells dug -> Others"
    assert lines[2] == "add topic springs"


@on_both_engines
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


@on_both_engines
def test_tampering_is_found(claimbot: Run, valley_copy: Where) -> None:
    sound = claimbot("history", "verify")
    assert sound.code == 0
    assert "unbroken" in sound.out
    behind(valley_copy, "UPDATE revisions SET why = 'nothing happened' WHERE number = 3")
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
        (("import", "wells.yaml", "--map", "a=b"), "There is no field “b”. Fields are id"),
        (("import", "wells.yaml", "--map", "a=statement"), "columns are mapped in csv"),
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


OTHERS = """who,what,when,where,party
Amal,Some sacks were sent.,"Sat, 07 Nov 2020",https://news.example/1,x
,Nobody said that.,2020,https://news.example/2,y
"""
MAP = ("--map", "who=person", "--map", "what=statement", "--map", "when=asserted_on")


@on_both_engines
def test_a_table_of_others_is_read_by_a_map_and_shown_first(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "others.csv"
    file.write_text(OTHERS.partition("\n,")[0] + "\n", "utf-8")
    mapped = (*MAP, "--map", "where=url", "--topic", "sacks")
    shown = claimbot("import", file, "--dry-run", *mapped)
    assert shown.code == 0
    assert "line 2 is read as\n" in shown.out
    assert "  asserted_on (when): 2020-11-07\n" in shown.out
    assert "not read: party\n" in shown.out
    assert "3 to add" in shown.out
    assert "3 records imported" in claimbot("import", file, *mapped).out
    assert "3 on file already" in claimbot("import", file, *mapped).out


@on_both_engines
def test_who_is_on_file_under_a_name_is_meant_by_it(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "others.csv"
    names = ("wanjiru  KAMAU", "Камау", "Central Grain Bureau", "Rosa", "Government")
    rows = [f"{name},Said by {name}.,2020,https://news.example/1" for name in names]
    file.write_text("\n".join(["who,what,when,where", *rows]), "utf-8")
    mapped = ("--map", "what=statement; when=asserted_on; where=url", "--topic", "sacks")
    for field in ("asserter", "person"):
        shown = claimbot("import", file, *mapped, "--map", f"who={field}", "--dry-run").out
        assert f"  {field} (who): wanjiru KAMAU (kamau on file)\n" in shown
    assert claimbot("import", file, *mapped, "--map", "who=person").code == 0
    made = json.loads(claimbot("export").out)
    said = {one["statement"]: one["asserter"] for one in made["claims"]}
    assert [said[f"Said by {' '.join(name.split())}."] for name in names] == [
        "kamau",
        "kamau",
        "bureau",
        "rosa",
        "government",
    ]


@on_both_engines
def test_what_fits_is_imported_where_that_is_asked_for(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "others.csv"
    file.write_text(OTHERS, "utf-8")
    mapped = (*MAP, "--map", "where=url", "--topic", "sacks")
    whole = claimbot("import", file, *mapped)
    assert whole.code == 2
    assert "--skip-refused saves what fits" in whole.err
    shown = claimbot("import", file, *mapped, "--skip-refused", "--dry-run")
    assert "3 to add, 0 to change, 0 on file already, 1 refused" in shown.out
    assert "others.csv, line 3: asserter: is empty" in shown.out
    done = claimbot("import", file, *mapped, "--skip-refused")
    assert (done.code, done.err) == (0, "")
    assert "3 records imported" in done.out
    file.write_text("\n".join(OTHERS.splitlines()[::2]), "utf-8")
    nothing = claimbot("import", file, *mapped, "--skip-refused")
    assert nothing.code == 2
    assert "Nothing is imported: 1 problem" in nothing.err


def test_an_imported_rating_is_shown_wherever_its_claim_is(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "found.json"
    review = {
        "publisher": {"name": "The Checkers", "site": "checkers.example"},
        "url": "https://checkers.example/1",
        "reviewDate": "2024-06-01",
        "textualRating": "Pants on fire",
    }
    claim = {
        "text": "The mill has sent golden sacks to the moon.",
        "claimant": "Viral posts",
        "claimDate": "2024-05-30",
        "claimReview": [review],
    }
    file.write_text(json.dumps({"claims": [claim]}), "utf-8")
    assert claimbot("import", file, "--topic", "sacks").code == 0
    ours = next(
        line for line in claimbot("export", "--format", "csv").out.splitlines() if "moon" in line
    )
    assert "Pants on fire" in ours
    key = ours.split(",")[1]
    for form in FORMS:
        assert "Pants on fire" in claimbot("export", "--format", form).out
    for asked in (
        ("figures", "sacks", "--by", "Viral posts"),
        ("source", key),
        ("compare", "sacks", "--by", "Viral posts", "--by", "kamau"),
    ):
        assert "Pants on fire" in claimbot(*asked).out, asked
    data = json.loads(claimbot("figures", "sacks", "--by", "Viral posts", "--json").out)
    assert [one["rating"] for one in data["claims"]] == ["Pants on fire"]


def test_a_check_and_the_head_of_an_answer_show_how_a_figure_was_rated(
    claimbot: Run, tmp_path: Path
) -> None:
    file = tmp_path / "rated.csv"
    file.write_text(
        "who,what,when,where,amount,rating\n"
        "Amal,The mill sent 9 million sacks.,2026-01-02,https://news.example/1,"
        "9 million sacks,Half true\n",
        "utf-8",
    )
    mapped = (*MAP, "--map", "where=url", "--map", "amount=figure", "--topic", "sacks")
    assert claimbot("import", file, *mapped).code == 0
    assert "rated “Half true”" in claimbot("check", "The mill sent 9 million sacks.").out
    latest = claimbot("figures", "sacks").out.partition("Range")[0]
    assert "9 million" in latest
    assert "rated “Half true”" in " ".join(latest.split())


def test_a_backup_holds_what_was_imported(claimbot: Run, wells: Path, tmp_path: Path) -> None:
    claimbot("import", wells)
    copy = tmp_path / "copy.db"
    claimbot("backup", copy)
    exported = json.loads(claimbot("export", "--database", copy).out)
    assert "wells" in {topic["id"] for topic in exported["topics"]}


def test_a_figure_that_its_words_do_not_give_is_asked_about(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "slip.json"
    whole = json.loads(claimbot("export").out)
    claim = next(
        one for one in whole["claims"] if one.get("figure") and one["figure"].get("low", 0) > 1000
    )
    claim["figure"]["low"] = claim["figure"]["high"] = 123.0
    claim["figure"]["relation"] = "exact"
    claim["figure"].pop("value", None)
    file.write_text(json.dumps(whole), "utf-8")
    shown = claimbot("import", file, "--dry-run")
    assert shown.code == 0
    assert "is this meant? slip.json, line " in shown.out
    words = claim["figure"]["as_worded"]
    assert f"{claim['id']}: figure: “{words}” gives another number" in shown.out
    told = json.loads(claimbot("import", file, "--dry-run", "--json").out)
    assert claim["id"] in told["odd"][0]
