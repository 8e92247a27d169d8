"""Measuring checks over a file of messages."""

from pathlib import Path

import pytest

from knowledge.contract import Check, CheckedAssertion, FigureView, Verdict
from knowledge.evaluation import BadExamples, Pair, evaluate_checks, read_messages
from knowledge.evaluation.checks import Message

ABOVE = Pair(topic="wells", verdict="above-range")
BELOW = Pair(topic="wells", verdict="below-range")


def assertion(topic: str, verdict: Verdict) -> CheckedAssertion:
    figure = FigureView(low=1, high=1, relation=None, unit="wells", as_worded="1")
    return CheckedAssertion(
        text="1 well",
        topic=topic,
        title="Wells",
        figure=figure,
        verdict=verdict,
        range=None,
        claims=(),
    )


def check(text: str, *found: Pair) -> Check:
    assertions = tuple(assertion(pair.topic, pair.verdict) for pair in found)
    return Check(text=text, assertions=assertions, revision=1)


def written(path: Path, text: str) -> Path:
    file = path / "messages.jsonl"
    file.write_text(text, "utf-8")
    return file


def test_reads_one_message_a_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '{"text": "9 wells", "expect": [{"topic": "wells", "verdict": "matches"}]}\n'
        "\n"
        '{"text": "line\u2028break", "expect": []}\n',
    )
    first, second = read_messages(file)
    assert first.expect == (Pair(topic="wells", verdict="matches"),)
    assert (first.line, second.line) == (1, 3)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: Invalid JSON"),
        ("[]", "line 2: Input should be an object"),
        ('{"text": "9 wells"}', "line 2: expect: Field required"),
        ('{"text": "9 wells", "expect": [{"topic": "wells"}]}', "line 2: expect.0.verdict: "),
        (
            '{"text": "9 wells", "expect": [{"topic": "wells", "verdict": "wrong"}]}',
            "line 2: expect.0.verdict: Input should be",
        ),
        ('{"text": "9 wells", "expect": [], "q": 1}', "line 2: q: Extra inputs"),
    ],
)
def test_a_line_that_is_no_message_is_named(tmp_path: Path, line: str, reason: str) -> None:
    file = written(tmp_path, '{"text": "hello", "expect": []}\n' + line + "\n")
    with pytest.raises(BadExamples) as caught:
        read_messages(file)
    assert str(caught.value).startswith(f"{file}, ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b'{"text": "caf\xe9", "expect": []}')
    for file in (tmp_path / "none.jsonl", tmp_path, latin, written(tmp_path, "\n")):
        with pytest.raises(BadExamples, match=str(file)):
            read_messages(file)


def test_everything_right_is_one() -> None:
    messages = [Message(text="a", expect=(ABOVE, BELOW)), Message(text="b", expect=())]
    given = {"a": check("a", BELOW, ABOVE), "b": check("b")}
    report = evaluate_checks(messages, lambda text: given[text])
    assert report.exact.rate == 1
    assert (report.pairs.precision, report.pairs.recall, report.pairs.f1) == (1, 1, 1)
    assert report.misses == ()


def test_each_pair_counts_once_and_what_is_left_over_is_wrong() -> None:
    messages = [
        Message(text="a", expect=(ABOVE,), line=1),
        Message(text="b", expect=(ABOVE, BELOW), line=2),
        Message(text="c", expect=(), line=3),
        Message(text="d", expect=(), line=4),
    ]
    given = {
        "a": check("a", ABOVE),
        "b": check("b", ABOVE, ABOVE),
        "c": check("c", BELOW),
        "d": check("d"),
    }
    report = evaluate_checks(messages, lambda text: given[text])
    assert (report.exact.right, report.exact.of) == (2, 4)
    assert (report.pairs.found, report.pairs.expected, report.pairs.right) == (4, 3, 2)
    assert (report.pairs.precision, report.pairs.recall) == (0.5, 0.6667)
    assert report.pairs.f1 == 0.5714
    assert [(miss.line, miss.got) for miss in report.misses] == [(2, (ABOVE, ABOVE)), (3, (BELOW,))]


def test_without_pairs_there_are_no_shares() -> None:
    report = evaluate_checks([Message(text="a", expect=())], check)
    assert (report.pairs.precision, report.pairs.recall, report.pairs.f1) == (None, None, None)
    assert report.exact.rate == 1
