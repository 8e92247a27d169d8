"""What people expect of any command line: help, version, completion, standard input, errors."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

import bot.database
from bot.cli import app, main
from tests import ROOT
from tests.driving.command_line import Run, refused, runner
from tests.properties import examples

QUESTION = "how many wagons had been sent by August 2024"
TOPIC = b"""--- # topic
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


def type_in(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def commands(group: typer.Typer = app, *path: str) -> Iterator[tuple[str, ...]]:
    for one in group.registered_commands:
        assert one.callback is not None
        yield (*path, one.name or one.callback.__name__)
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        name = inner.name if isinstance(inner.name, str) else None
        yield from commands(inner.typer_instance, *path, *([name] if name else []))


# -------------------------------------------------------------------- help


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_command_shows_examples_and_its_exit_codes(
    claimbot: Run, path: tuple[str, ...]
) -> None:
    shown = claimbot(*path, "--help").out
    assert f"Examples:\n    claimbot {' '.join(path)}" in shown
    assert "Exit codes:\n    0 done\n" in shown
    assert "\n    2 bad input" in shown
    assert "[[" not in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_the_list_of_commands_is_whole_on_80_columns(
    claimbot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for arguments in ((), ("eval",)):
        shown = claimbot(*arguments, "--help").out.splitlines()
        assert [line for line in shown if line.endswith("...") and "Usage" not in line] == []
        assert max(map(len, shown)) <= 80


def test_the_version_is_told(claimbot: Run) -> None:
    told = claimbot("--version")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("claimbot ")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("claimbot fig", {"figures"}),
        ("claimbot history cl", {"claim"}),
        ("claimbot figures sack", {"sacks", "sack-share"}),
        ("claimbot export --format ya", {"yaml"}),
        ("claimbot ask --js", {"--json"}),
    ],
)
@pytest.mark.usefixtures("claimbot")
def test_a_shell_completes_commands_options_and_topics(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    offered: set[str],
) -> None:
    monkeypatch.setenv("_CLAIMBOT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    with pytest.raises(SystemExit):
        main([])
    assert set(capsys.readouterr().out.split()) == offered


def test_a_shell_without_a_database_is_offered_no_topic(
    claimbot: Run,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert claimbot("--version").code == 0
    database.unlink()
    monkeypatch.setenv("_CLAIMBOT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "claimbot figures s")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        main([])
    assert capsys.readouterr().out.strip() == ""
    assert not database.exists()


# ------------------------------------------------------- questions and files


@pytest.mark.parametrize("command", ["ask", "check"])
def test_a_text_is_taken_with_quotes_without_and_from_a_pipe(
    claimbot: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    quoted = claimbot(command, QUESTION, "--json")
    assert quoted.code in {0, 1}
    assert claimbot(command, *QUESTION.split(), "--json") == quoted
    assert claimbot(command, "--json", *QUESTION.split()) == quoted
    type_in(monkeypatch, f"{QUESTION}\n".encode())
    assert claimbot(command, "-", "--json") == quoted


def test_an_empty_pipe_and_one_that_never_ends_are_refused(
    claimbot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, b"")
    refused(claimbot("ask", "-"), "empty")
    type_in(monkeypatch, b"12 million sacks\n" * 100_000)
    refused(claimbot("check", "-"), "100,000 bytes")
    monkeypatch.setattr(sys, "stdin", None)
    refused(claimbot("ask", "-"), "empty")


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\0" * 5000, b"\xff\xfe1.5\0 million"])
def test_rubbish_in_a_pipe_is_a_text_like_any_other(
    claimbot: Run, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    for command in ("ask", "check"):
        type_in(monkeypatch, data)
        assert claimbot(command, "-", "--json").code in {0, 1, 2}


def test_records_come_in_by_a_pipe(claimbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(monkeypatch, TOPIC)
    assert "1 record imported from standard input." in claimbot("import", "-").out
    told = json.loads(claimbot("history", "topic", "wells", "--json").out)
    assert told["revisions"][0]["why"] == "imported from standard input"


# ------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        (("figures", "sacks"), ""),
        (("topics",), "the last one is"),
        (("source", "sacks"), "the last one is"),
        (("compare", "sacks", "--by", "Vidal", "--by", "Kamau"), "there is one page"),
        (("figures", "sacks", "--until", "2001"), "there is one page"),
    ],
    ids=str,
)
def test_a_page_that_is_not_there_is_refused(
    claimbot: Run, arguments: tuple[str, ...], last: str
) -> None:
    refused(claimbot(*arguments, "--page", 99), f"There is no page 99: {last}")


@pytest.mark.parametrize(
    "arguments",
    [
        *(("ask", "x"), ("figures", "sacks"), ("check", "x"), ("source", "sacks"), ("topics",)),
        *(("compare", "sacks", "--by", "a", "--by", "b"), ("chart", "sacks", "-o", "x.png")),
        *(("export",), ("export", "--format", "sqlite", "x.db"), ("evidence", ".")),
        *(("history", "verify"), ("errors",), ("backup", "x.db")),
    ],
    ids=" ".join,
)
def test_a_mistyped_database_is_not_made(
    claimbot: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    before = set(tmp_path.rglob("*"))
    refused(claimbot(*arguments, "--database", "no/claims.db"), "no/claims.db is not there")
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "words", "see"),
    [
        (("figures", "zzzzz"), "zzzzz", None),
        (("figures", "sacks", "--foo"), "No such option: --foo.", "claimbot figures --help"),
        (("topics", "--page", "0"), "--page", "claimbot topics --help"),
        (("figures", "sacks", "--since", "soon"), "soon", None),
        (("dance",), "dance", "claimbot --help"),
        (("eval", "checks", "no.jsonl"), "no.jsonl", None),
        (("topics", "--database", "no.db"), "no.db", None),
        (("figures", "\udcff\ud800"), "??", None),
        (("validate", "x" * 300), "File name too long", None),
    ],
    ids=str,
)
def test_an_error_is_one_json_object_where_json_is_wanted(
    claimbot: Run, arguments: tuple[str, ...], words: str, see: str | None
) -> None:
    outcome = claimbot(*arguments, "--json")
    refused(outcome, words)
    told = json.loads(outcome.err)
    assert words in told["error"]
    assert told["exit_code"] == 2
    assert told.get("help") == see


def test_what_follows_two_dashes_is_no_option(claimbot: Run) -> None:
    assert not claimbot("figures", "--", "--json").err.startswith("{")


def test_the_hint_names_the_command(claimbot: Run) -> None:
    refused(claimbot("figures", "sacks", "--foo"), "See claimbot figures --help.")
    refused(claimbot("eval", "checks"), "See claimbot eval checks --help.")


def test_the_list_of_topics_is_named_as_it_is_called_here(claimbot: Run) -> None:
    shown = claimbot("check", "hello there").out
    assert "claimbot topics lists" in shown
    assert " /topics" not in shown


def test_ctrl_c_is_no_traceback(claimbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bot.database, "database_path", interrupted)
    outcome = claimbot("history", "verify")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


# --------------------------------------------------------------- JSON elsewhere


def test_what_keeps_the_records_speaks_json_too(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "wells.yaml"
    file.write_bytes(TOPIC)
    told = json.loads(claimbot("import", file, "--json").out)
    assert (told["imported"], told["added"]) == (1, [{"kind": "topic", "id": "wells"}])
    file.write_bytes(TOPIC.replace(b"Wells dug", b"Wells dug so far"))
    told = json.loads(claimbot("import", file, "--dry-run", "--json").out)
    change = {"name": "title", "before": "Wells dug", "after": "Wells dug so far"}
    assert told["imported"] == 0
    assert told["changed"] == [{"kind": "topic", "id": "wells", "fields": [change]}]
    file.write_bytes(TOPIC.replace(b"unit:", b"size:"))
    bad = claimbot("import", file, "--json")
    assert (bad.code, bad.err) == (2, "")
    assert "size" in json.loads(bad.out)["refused"]["problems"][0]
    assert json.loads(claimbot("history", "verify", "--json").out)["unbroken"] is True
    assert json.loads(claimbot("history", "topic", "nobody", "--json").out)["revisions"] == []
    assert json.loads(claimbot("errors", "--json").out) == {"errors": []}
    saved = json.loads(claimbot("backup", "copy.db", "--json").out)
    assert json.loads(claimbot("restore", "copy.db", "--json").out) == saved | {"backup": "copy.db"}
    assert "records/README.md" in json.loads(claimbot("init", "records", "--json").out)["files"]
    drawn = json.loads(claimbot("chart", "sacks", "-o", "picture.png", "--json").out)
    assert (drawn["file"], drawn["shows"] != "") == ("picture.png", True)


# ------------------------------------------------------------------ any rubbish

_SAFE = [path for path in commands() if path[0] not in {"run", "serve", "mcp", "restore"}]
_OPTIONS = [
    *("--json", "--page", "--by", "--since", "--until", "--known-by", "--database", "--format"),
    *("-o", "--topic", "--dry-run", "--yaml", "--help", "--version", "--", "-", "-x", "--page=0"),
]
_VALUES = [
    *(
        "sacks",
        "claim",
        "verify",
        "99",
        "-1",
        "1e9",
        "2024-02",
        "claims.db",
        "no.db",
        "picture.png",
    ),
    *("..", "/", "", " ", "\n", "\t1.5 million", "\udcff", "é" * 300, "9" * 5000),
    "x" * 5000,
]
_WORDS = st.one_of(
    st.sampled_from(_OPTIONS),
    st.sampled_from(_VALUES),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12),
)


@pytest.fixture(scope="module")
def folder(valley_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rubbish")
    shutil.copy(valley_database, place / "claims.db")
    return place


@examples(60)
@given(
    st.one_of(st.sampled_from(_SAFE), st.just(())),
    st.lists(_WORDS, max_size=5),
    st.binary(max_size=99),
)
def test_whatever_is_typed_is_answered_or_refused_in_words(
    folder: Path, path: tuple[str, ...], words: list[str], piped: bytes
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.setenv("CLAIMBOT_DATABASE", str(folder / "claims.db"))
        patched.setenv("CLAIMBOT_MODEL", "off")
        type_in(patched, piped)
        out, err = io.StringIO(), io.StringIO()
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        code = main([*path, *words])
    assert code in {0, 1, 2, 130}
    assert "Traceback" not in err.getvalue()
    before_dashes = words[: words.index("--") if "--" in words else None]
    if code == 2 and "--json" in before_dashes and not out.getvalue():
        assert json.loads(err.getvalue())["error"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["figures"], 2), ([b"\xff"], 2)],
)
def test_the_process_ends_with_the_exit_code(
    tmp_path: Path, arguments: list[str | bytes], code: int
) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert done.stderr.count(b"\n") == (1 if code else 0)
