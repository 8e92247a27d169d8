"""Measuring answers over a file of questions."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.contract import Answer, ClaimView, FigureView, Filters
from knowledge.evaluation import BadExamples, evaluate_questions, read_questions
from knowledge.evaluation.questions import Question
from knowledge.model import Status


def claim(low: float, high: float | None, asserter: str) -> ClaimView:
    figure = FigureView(low=low, high=high, relation=None, unit="apples", as_worded=str(low))
    return ClaimView(
        id="one",
        topic="apples",
        statement="Some apples.",
        figure=figure,
        asserted_by=asserter,
        asserter="a",
        asserted_on="2024",
        period=None,
        as_of="2024",
        assumption=None,
        origin="o",
        status=Status.ACTIVE,
        denied_by=(),
        disputed_by=(),
        retells=None,
        note=None,
        citations=(),
    )


def answer(
    topic: str | None, *claims: ClaimView, since: date | None = None, confidence: float = 0.9
) -> Answer:
    return Answer(
        question="?",
        kind="figures" if topic else "no_match",
        topic=topic,
        confidence=confidence,
        filters=Filters(since=since),
        claims=claims,
        revision=1,
    )


def written(path: Path, text: str) -> Path:
    file = path / "questions.jsonl"
    file.write_text(text, "utf-8")
    return file


def test_reads_one_question_a_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '{"q": "apples?", "topic": ["apples"], "figure": 3, "since": "2024-02-01"}\n'
        "\n"
        '{"q": "hello", "no_match": true}\n',
    )
    first, second = read_questions(file)
    assert (first.line, first.topic, first.figure) == (1, ("apples",), 3)
    assert first.since == date(2024, 2, 1)
    assert (second.line, second.no_match) == (3, True)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: Invalid JSON"),
        ("[]", "line 2: Input should be an object"),
        ('{"topic": ["apples"]}', "line 2: q: Field required"),
        ('{"q": "apples"}', "line 2: Value error, a question has either a topic or no_match"),
        ('{"q": "a", "topic": ["b"], "since": "soon"}', "line 2: since: "),
        ('{"q": "a", "topics": ["b"]}', "line 2: topics: Extra inputs"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str, reason: str) -> None:
    file = written(tmp_path, '{"q": "hello", "no_match": true}\n' + line + "\n")
    with pytest.raises(BadExamples) as caught:
        read_questions(file)
    assert str(caught.value).startswith(f"{file}, ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes(b'{"q": "caf\xe9", "no_match": true}')
    for file in (tmp_path / "none.jsonl", tmp_path, latin, written(tmp_path, "\n")):
        with pytest.raises(BadExamples, match=str(file)):
            read_questions(file)


def test_everything_right_is_rate_one() -> None:
    asked = [
        Question(q="apples", topic=("apples",), figure=3, by="smith", since=date(2024, 2, 1)),
        Question(q="hello", no_match=True),
    ]
    given = {
        "apples": answer("apples", claim(3, 5, "Ann Smith, grower"), since=date(2024, 2, 1)),
        "hello": answer(None),
    }
    report = evaluate_questions(asked, given.get)
    assert (report.topic.rate, report.figure.rate, report.filters.rate) == (1, 1, 1)
    assert report.no_match.f1 == 1
    assert report.misses == ()


def test_a_figure_counts_only_from_the_asserter_that_is_asked_for() -> None:
    asked = [Question(q="apples", topic=("apples",), figure=3, by="Smith")]
    report = evaluate_questions(
        asked, lambda _: answer("apples", claim(3, 3, "Bob Jones"), claim(4, 4, "Ann Smith"))
    )
    assert report.figure.right == 0
    assert [miss.what for miss in report.misses] == ["figure"]


def test_silence_has_precision_and_recall() -> None:
    asked = [
        Question(q="apples", topic=("apples",)),
        Question(q="pears", topic=("pears",)),
        Question(q="hello", no_match=True),
        Question(q="ok", no_match=True),
    ]
    given = {"apples": answer("apples"), "pears": None, "hello": answer("apples"), "ok": None}
    report = evaluate_questions(asked, given.get)
    assert report.no_match.precision == 0.5
    assert report.no_match.recall == 0.5
    assert report.no_match.f1 == 0.5
    assert report.topic.rate == 0.5
    assert [(miss.question, miss.what, miss.got) for miss in report.misses] == [
        ("pears", "topic", "silence"),
        ("hello", "no_match", "apples"),
    ]


def test_without_unanswerable_questions_silence_has_no_figures() -> None:
    report = evaluate_questions(
        [Question(q="apples", topic=("apples",))], lambda _: answer("apples")
    )
    assert report.no_match.model_dump() == {"precision": None, "recall": None, "f1": None}
