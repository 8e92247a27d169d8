"""The command line: what is printed, where, and the exit codes."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from typing import NoReturn

import jsonschema
import pytest

import bot.__main__
from tests import ROOT
from tests.driving.command_line import Run, refused, runner
from tests.driving.forking import ran

DATE = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
NUMBER = {"type": ["number", "null"]}
TEXT = {"type": ["string", "null"]}
FIGURE = {
    "type": ["object", "null"],
    "required": ["low", "high", "relation", "unit", "as_worded"],
    "properties": {"low": NUMBER, "high": NUMBER, "as_worded": {"type": "string"}},
}
CITATION = {
    "type": "object",
    "required": ["source", "publisher", "title", "published_on", "via", "paragraph"],
    "properties": {"via": {"type": "array"}, "paragraph": {"type": "integer", "minimum": 1}},
}
CLAIM = {
    "type": "object",
    "required": [
        *("id", "topic", "statement", "figure", "asserted_by", "asserted_on", "as_of"),
        *("assumption", "status", "denied_by", "citations"),
    ],
    "properties": {
        "figure": FIGURE,
        "as_of": {"type": "string", "pattern": r"^\d{3}[\dX]"},
        "assumption": TEXT,
        "denied_by": {"type": "array", "items": {"type": "string"}},
        "citations": {"type": "array", "items": CITATION, "minItems": 1},
    },
}
RANGE = {
    "type": ["object", "null"],
    "required": ["low", "high", "low_open", "high_open", "unit", "low_claim", "high_claim"],
    "properties": {"low": {"type": "number"}, "low_open": {"type": "boolean"}},
}
ANSWER = {
    "type": "object",
    "required": [
        *("question", "kind", "topic", "confidence", "filters", "range", "latest"),
        *("origins", "claims", "suggestions"),
    ],
    "properties": {
        "kind": {"enum": ["figures", "statement", "no_match"]},
        "topic": TEXT,
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "filters": {
            "type": "object",
            "required": ["since", "until", "known_by", "by"],
            "properties": {"since": DATE, "until": DATE, "known_by": DATE, "by": TEXT},
        },
        "range": RANGE,
        "latest": TEXT,
        "origins": {"type": "integer", "minimum": 0},
        "claims": {"type": "array", "items": CLAIM},
        "suggestions": {"type": "array", "items": {"type": "string"}},
    },
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "claims.db"


@pytest.fixture
def claimbot(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    return runner(database, capsys, monkeypatch)


@pytest.mark.parametrize(
    "arguments",
    [
        ("figures", "sacks", "--since", "2024-02"),
        ("figures", "denials"),
        ("figures", "sacks", "--until", "2001"),
        ("ask", "how many wagons had been sent by August 2024"),
        ("ask", "how many umbrellas did Peru knit"),
    ],
    ids=" ".join,
)
def test_an_answer_as_json_keeps_the_contract(claimbot: Run, arguments: tuple[str, ...]) -> None:
    outcome = claimbot(*arguments, "--json")
    answer = json.loads(outcome.out)
    jsonschema.validate(answer, ANSWER)
    assert outcome.err == ""
    assert outcome.code == (1 if answer["kind"] == "no_match" else 0)


def test_a_window_is_applied_and_stated(claimbot: Run) -> None:
    options = ("--since", "Feb 2024", "--until", "2024-06", "--known-by", "2024-12-31")
    answer = json.loads(claimbot("figures", "sacks", *options, "--by", "Vidal", "--json").out)
    assert answer["filters"]["since"] == "2024-02-01"
    assert answer["filters"]["until"] == "2024-06-30"
    assert answer["filters"]["known_by"] == "2024-12-31"
    assert answer["claims"]
    assert all("Rosa Vidal" in claim["asserted_by"] for claim in answer["claims"])


def test_the_range_names_claims_that_are_there(claimbot: Run) -> None:
    answer = json.loads(claimbot("figures", "sacks", "--since", "2024-02", "--json").out)
    ids = {claim["id"] for claim in answer["claims"]}
    assert {answer["range"]["low_claim"], answer["range"]["high_claim"], answer["latest"]} <= ids
    assert (answer["range"]["low"], answer["range"]["high"]) == (400_000, 8_000_000)


def test_people_read_what_the_chat_shows(claimbot: Run) -> None:
    outcome = claimbot("figures", "sacks", "--since", "2024-02")
    assert outcome.code == 0
    assert "Latest: more than 8 million" in outcome.out
    assert "**" not in outcome.out
    assert outcome.err == ""


def test_a_long_list_has_pages(claimbot: Run) -> None:
    first, second = (claimbot("topics", "--page", page).out for page in (1, 2))
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second


def test_silence_offers_the_nearest_topics(claimbot: Run) -> None:
    outcome = claimbot("ask", "what share of the sacks is usable")
    assert outcome.code == 1
    assert "Nothing on file" in outcome.out
    assert "claimbot figures spoilt" in outcome.out


def test_the_evidence_of_a_topic_and_of_a_claim(claimbot: Run) -> None:
    topic = json.loads(claimbot("source", "spoilt", "--json").out)
    assert topic["topic"] == "spoilt"
    assert topic["claim"] is None
    key = topic["origins"][0]["claims"][0]["id"]
    claim = json.loads(claimbot("source", key, "--json").out)
    assert claim["claim"] == key
    assert "Agency Savanna" in claimbot("source", "spoilt").out


def test_topics_are_listed_with_counts(claimbot: Run) -> None:
    contents = json.loads(claimbot("topics", "--json").out)
    assert {"sacks", "spoilt", "denials"} <= {topic["id"] for topic in contents["topics"]}
    assert contents["claims"] == sum(topic["claims"] for topic in contents["topics"])
    assert "/sacks" in claimbot("topics").out


def test_the_export_holds_every_record(claimbot: Run) -> None:
    contents = json.loads(claimbot("topics", "--json").out)
    exported = json.loads(claimbot("export", "--format", "json").out)
    assert len(exported["topics"]) == len(contents["topics"])
    assert len(exported["sources"]) == contents["sources"]
    assert len(exported["claims"]) >= contents["claims"]
    assert claimbot("export", "--format", "yaml").out.startswith("--- # topic\n")


def test_missing_articles_are_no_evidence(claimbot: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Another article.\n", "utf-8")
    outcome = claimbot("evidence", tmp_path)
    assert outcome.code == 1
    assert "other.txt is no copy of any source" in outcome.out
    report = json.loads(claimbot("evidence", tmp_path, "--json").out)
    assert report["complete"] is False
    assert report["counts"]["missing"] == len(report["checks"])


def test_questions_are_counted(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"q": "spoilt share", "topic": ["spoilt"], "figure": 0.25}\n'
        '{"q": "spoilt share", "topic": ["sacks"]}\n'
        '{"q": "\N{GRINNING FACE}", "no_match": true}\n',
        "utf-8",
    )
    report = json.loads(claimbot("eval", "questions", file, "--json").out)
    assert report["topic"] == {"right": 1, "of": 2, "rate": 0.5}
    assert report["figure"]["rate"] == 1
    assert report["no_match"]["f1"] == 1
    shown = claimbot("eval", "questions", file)
    assert shown.code == 0
    assert "1 of 2" in shown.out


def test_retrieval_is_measured_on_a_set(claimbot: Run, tmp_path: Path) -> None:
    claims, queries, qrels = (tmp_path / name for name in ("c.tsv", "q.tsv", "q.qrels"))
    claims.write_text("id\tclaim\ttitle\na\tBees sleep at night.\t\nb\tFish fly far.\t\n", "utf-8")
    queries.write_text("1\tdo bees sleep\n2\tflying fish\n", "utf-8")
    qrels.write_text("1 0 a 1\n2 0 b 1\n", "utf-8")
    files = ("--claims", claims, "--queries", queries, "--qrels", qrels)
    run = tmp_path / "out.run"
    report = json.loads(claimbot("eval", "retrieval", *files, "--run", run, "--json").out)
    assert (report["map_at_5"], report["precision_at_1"]) == (1, 1)
    assert run.read_text("utf-8").startswith("1 Q0 a 1 ")
    assert "MAP@5" in claimbot("eval", "retrieval", *files).out
    qrels.write_text("1 0 nobody 1\n", "utf-8")
    refused(claimbot("eval", "retrieval", *files), f"{qrels}:1: ")


def test_messages_are_checked_and_counted(claimbot: Run, tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    pair = '{"topic": "spoilt", "verdict": "matches"}'
    file.write_text(
        f'{{"text": "A quarter of the sacks were spoilt.", "expect": [{pair}]}}\n'
        f'{{"text": "It rained all day.", "expect": [{pair}]}}\n',
        "utf-8",
    )
    report = json.loads(claimbot("eval", "checks", file, "--json").out)
    assert report["exact"] == {"right": 1, "of": 2, "rate": 0.5}
    assert report["pairs"]["precision"] == 1
    shown = claimbot("eval", "checks", file)
    assert shown.code == 0
    assert "1 of 2" in shown.out
    assert "It rained all day." in shown.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("figures", "shels xyz"), "The nearest:"),
        (("source", "no-such-claim-at-all"), "no-such-claim-at-all"),
        (("figures", "sacks", "--since", "soon"), "2024-02"),
        (("figures", "sacks", "--since", "2025", "--until", "2024"), "after"),
        (("figures", "sacks", "--by", "Zzyzx Qwfp"), "Zzyzx"),
        (("figures", "sacks", "--page", "0"), "page"),
        (("figures",), "TOPIC"),
        (("ask", ""), "empty"),
        (("ask", " \t\N{ZERO WIDTH SPACE}"), "empty"),
        (("figures", "sacks", "--sinse", "2024"), "--sinse"),
        (("dance",), "dance"),
        (("eval",), "command"),
        (("eval", "checks", "no-such-file.jsonl"), "no-such-file.jsonl"),
        (("chart", "sacks"), "output"),
        (("chart", "sacks", "-o", "picture.gif"), ".svg"),
        (("chart", "sacks", "-o", "no/such/folder/picture.png"), "picture.png"),
        (("compare", "sacks"), "--by"),
        (("compare", "sacks", "--by", "Vidal"), "two"),
        (("compare", "sacks", "--by", "Vidal", "--by", "Rosa Vidal"), "the same"),
        (("export", "--format", "docx"), "docx"),
        (("evidence", "no/such/folder"), "no/such/folder"),
        (("eval", "questions", "no-such-file.jsonl"), "no-such-file.jsonl"),
    ],
    ids=str,
)
def test_bad_input_is_one_line_on_standard_error(
    claimbot: Run, arguments: tuple[str, ...], words: str
) -> None:
    refused(claimbot(*arguments), words)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
@pytest.mark.parametrize("content", [b"not a database at all" * 99, b"SQLite format 3\0 torn"])
def test_a_file_that_is_no_database_is_left_alone(
    claimbot: Run, tmp_path: Path, content: bytes, as_json: tuple[str, ...]
) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(content)
    refused(claimbot("topics", "--database", file, *as_json), "broken.db")
    assert file.read_bytes() == content


def test_a_setting_that_cannot_be_read_is_named(
    claimbot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMBOT_LOG_LEVEL", "shouting")
    refused(claimbot("topics"), "CLAIMBOT_LOG_LEVEL")


def test_help_needs_no_database(claimbot: Run) -> None:
    for arguments in ((), ("--help",), ("figures", "--help"), ("eval", "--help")):
        outcome = claimbot(*arguments)
        assert outcome.code == 0
        assert "Usage: claimbot" in outcome.out


def test_json_does_not_wait_for_the_chat_library(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.cli import main\n"
        "main(['topics', '--json'])\n"
        "sys.exit(bool({'discord', 'simcord', 'aiohttp', 'matplotlib'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m bot export | head -c 10"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout == '{"format": '[:10]
    assert done.stderr == ""


def test_no_thread_is_cut_off_in_native_code_where_a_reader_leaves_early(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def leaves() -> NoReturn:
        raise SystemExit(1)

    def exits(code: int) -> NoReturn:
        raise InterruptedError(code)

    monkeypatch.setattr(gc, "disable", lambda: None)
    monkeypatch.setattr(bot.__main__, "main", leaves)
    monkeypatch.setattr(os, "_exit", exits)
    held = Event()
    Thread(target=held.wait, daemon=True).start()
    with pytest.raises(InterruptedError) as ended:
        bot.__main__.start()
    held.set()
    assert ended.value.args == (1,)


def test_without_a_token_the_chat_is_the_terminal(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    environment |= {"COLUMNS": "100", "CLAIMBOT_MODEL": "off"}
    typed = "/topics\nhow many purple elephants\n"
    code, out, err = ran("run", folder=tmp_path, typed=typed, environment=environment)
    assert code == 0
    assert "person used /topics" in out
    assert "how many purple elephants" in out
    assert err == ""


def test_a_malformed_token_is_one_line(claimbot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "not a token")
    outcome = claimbot("run")
    refused(outcome, "DISCORD_TOKEN")
    assert "not a token" not in outcome.err


SAID = {
    "type": "object",
    "required": ["by", "topics", "bearings", "linked", "revision"],
    "properties": {
        "by": {"type": "string"},
        "topics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["topic", "title", "measure", "claims"],
                "properties": {"claims": {"type": "array", "items": CLAIM, "minItems": 1}},
            },
        },
        "bearings": {
            "type": "array",
            "items": {"type": "object", "required": ["claim", "kind", "on_claim", "on_topic"]},
        },
        "linked": {"type": "array", "items": CLAIM},
    },
}


def test_a_speaker_is_shown_over_all_topics(claimbot: Run) -> None:
    outcome = claimbot("who", "Norwegen", "--json")
    said = json.loads(outcome.out)
    assert outcome.code == 0
    jsonschema.validate(said, SAID)
    assert said["by"] == "Norway"
    assert {one["kind"] for one in said["bearings"]} == {"denies"}
    assert "What Norway has said" in claimbot("who", "NO").out
    refused(claimbot("who", "nobody at all"), "nobody at all")


def test_a_publication_is_shown_with_what_of_it_is_on_file(claimbot: Run) -> None:
    outcome = claimbot("source", "Mill Review", "--json")
    found = json.loads(outcome.out)
    assert outcome.code == 0
    assert found["source"]["id"] == "mill-review-2024-02"
    for claim in found["claims"]:
        jsonschema.validate(claim, CLAIM)
    assert "On file from it" in claimbot("source", "Mill Review").out


def test_a_question_for_all_that_somebody_said_names_the_command(claimbot: Run) -> None:
    outcome = claimbot("ask", "what did Kamau say")
    assert outcome.code == 1
    assert 'claimbot who "Wanjiru Kamau' in outcome.out
