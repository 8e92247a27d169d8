"""How well free-form questions are answered: topic, figure, filters, and silence."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge.contract import Answer, ClaimView
from knowledge.model import ForOperators

Ask = Callable[[str], Answer | None]
"""Answers a question; nothing where there is no word in it to answer."""

Example = TypeVar("Example", bound=BaseModel)


class BadExamples(ForOperators):
    """A file of labelled examples cannot be used; the message names file, line and reason."""


def read_examples(path: Path, model: type[Example]) -> list[Example]:
    """Read one example a line, and put the number of the line into its field `line`.

    Empty lines are passed over.

    Raises:
        BadExamples: the file cannot be read, holds nothing, or a line is wrong.
    """
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise BadExamples(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadExamples(f"{path}: not UTF-8 text ({error.reason})") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                example = model.model_validate_json(line)
            except ValidationError as error:
                raise BadExamples(f"{path}, line {number}: {_reason(error)}") from error
            found.append(example.model_copy(update={"line": number}))
    if not found:
        raise BadExamples(f"{path}: no {model.__name__.lower()} in it")
    return found


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{field}: {first['msg']}" if field else str(first["msg"])


class Question(BaseModel):
    """One line of the file: a question and what its answer has to hold.

    `topic` lists the acceptable topics. `figure` is a low or a high of a claim in the answer,
    and with `by` of a claim whose asserter contains that text. With `no_match` the right
    answer is to have none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: str
    topic: tuple[str, ...] = ()
    figure: float | None = None
    by: str | None = None
    since: date | None = None
    until: date | None = None
    known_by: date | None = None
    no_match: bool = False
    line: int = Field(default=0, exclude=True)

    @model_validator(mode="after")
    def _topic_or_silence(self) -> Self:
        if bool(self.topic) == self.no_match:
            raise ValueError("a question has either a topic or no_match")
        return self


class Rate(BaseModel):
    """How many of how many; `rate` is from 0 to 1, and null of none."""

    right: int
    of: int
    rate: float | None


class Silence(BaseModel):
    """How well the answerer keeps silent; each figure is from 0 to 1, and null of none.

    Precision: of its silences, those that were right. Recall: of the questions that have no
    answer, those met with silence. F1 is their harmonic mean.
    """

    precision: float | None
    recall: float | None
    f1: float | None


class Miss(BaseModel):
    """A question whose answer fell short, and in what."""

    line: int
    question: str
    what: str
    expected: str
    got: str
    confidence: float


class QuestionsReport(BaseModel):
    """The outcome over a file of questions."""

    questions: int
    topic: Rate
    figure: Rate
    filters: Rate
    no_match: Silence
    misses: tuple[Miss, ...]


def read_questions(path: Path) -> list[Question]:
    """Read one question a line, as JSON; empty lines are passed over.

    Raises:
        BadExamples: the file cannot be read, or a line is no question.
    """
    return read_examples(path, Question)


def evaluate_questions(questions: Iterable[Question], ask: Ask) -> QuestionsReport:
    """Put every question and compare the answer with what it has to hold."""
    answered = [(question, ask(question.q)) for question in questions]
    with_topic = [(question, answer) for question, answer in answered if not question.no_match]
    return QuestionsReport(
        questions=len(answered),
        topic=rate_of(_topic_right(question, answer) for question, answer in with_topic),
        figure=rate_of(
            _figure_right(question, answer)
            for question, answer in with_topic
            if question.figure is not None or question.by
        ),
        filters=rate_of(
            _filters_right(question, answer) for question, answer in with_topic if _dated(question)
        ),
        no_match=_silence(answered),
        misses=tuple(miss for pair in answered for miss in _misses(*pair)),
    )


def rate_of(outcomes: Iterable[bool]) -> Rate:
    """Count how many outcomes are good."""
    counted = list(outcomes)
    right, of = sum(counted), len(counted)
    return Rate(right=right, of=of, rate=_rounded(right / of if of else None))


def _silent(answer: Answer | None) -> bool:
    return answer is None or answer.kind == "no_match"


def _topic_right(question: Question, answer: Answer | None) -> bool:
    return answer is not None and not _silent(answer) and answer.topic in question.topic


def _figure_right(question: Question, answer: Answer | None) -> bool:
    return answer is not None and any(_holds(question, claim) for claim in answer.claims)


def _holds(question: Question, claim: ClaimView) -> bool:
    if question.by and question.by.casefold() not in claim.asserted_by.casefold():
        return False
    figure = claim.figure
    return question.figure is None or (
        figure is not None and question.figure in (figure.low, figure.high)
    )


def _dated(question: Question) -> bool:
    return any((question.since, question.until, question.known_by))


def _filters_right(question: Question, answer: Answer | None) -> bool:
    read = answer.filters if answer else None
    return read is not None and all(
        wanted is None or wanted == got
        for wanted, got in (
            (question.since, read.since),
            (question.until, read.until),
            (question.known_by, read.known_by),
        )
    )


def _silence(answered: list[tuple[Question, Answer | None]]) -> Silence:
    silences = sum(_silent(answer) for _, answer in answered)
    unanswerable = sum(question.no_match for question, _ in answered)
    right = sum(question.no_match and _silent(answer) for question, answer in answered)
    precision = right / silences if silences else None
    recall = right / unanswerable if unanswerable else None
    both = silences + unanswerable
    return Silence(
        precision=_rounded(precision),
        recall=_rounded(recall),
        f1=_rounded(2 * right / both if both else None),
    )


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _misses(question: Question, answer: Answer | None) -> Iterator[Miss]:
    got = "silence" if answer is None or _silent(answer) else str(answer.topic)
    confidence = answer.confidence if answer else 0.0

    def miss(what: str, expected: str, shown: str) -> Miss:
        return Miss(
            line=question.line,
            question=question.q,
            what=what,
            expected=expected,
            got=shown,
            confidence=confidence,
        )

    if question.no_match:
        if not _silent(answer):
            yield miss("no_match", "silence", got)
        return
    if not _topic_right(question, answer):
        yield miss("topic", " or ".join(question.topic), got)
        return
    if (question.figure is not None or question.by) and not _figure_right(question, answer):
        wanted = [str(part) for part in (question.figure, question.by) if part is not None]
        yield miss("figure", " by ".join(wanted), _figures_shown(answer))
    if _dated(question) and not _filters_right(question, answer):
        wanted_dates = {"since", "until", "known_by"}
        expected = question.model_dump_json(include=wanted_dates, exclude_none=True)
        shown = answer.filters.model_dump_json(exclude_none=True) if answer else ""
        yield miss("filters", expected, shown)


def _figures_shown(answer: Answer | None) -> str:
    claims = answer.claims if answer else ()
    return ", ".join(
        f"{claim.figure.as_worded} ({claim.asserter})" for claim in claims if claim.figure
    )
