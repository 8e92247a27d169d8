"""How well messages are checked: the topic and the verdict of each assertion in them."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from knowledge.contract import Check, Verdict
from knowledge.evaluation.questions import Rate, read_examples

CheckText = Callable[[str], Check]
"""Checks a message."""


class Pair(BaseModel):
    """The topic and the verdict of one assertion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    verdict: Verdict


class Message(BaseModel):
    """One line of the file: a message and every assertion that is to be found in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    expect: tuple[Pair, ...]
    line: int = Field(default=0, exclude=True)


class Pairs(BaseModel):
    """How well pairs of topic and verdict are found; each figure is from 0 to 1, null of none.

    Precision: of the pairs found, those expected. Recall: of the pairs expected, those found.
    F1 is their harmonic mean.
    """

    found: int
    expected: int
    right: int
    precision: float | None
    recall: float | None
    f1: float | None


class CheckMiss(BaseModel):
    """A message in which something else was found than expected."""

    line: int
    text: str
    expected: tuple[Pair, ...]
    got: tuple[Pair, ...]


class ChecksReport(BaseModel):
    """The outcome over a file of messages; `exact` counts those with all and nothing else."""

    messages: int
    exact: Rate
    pairs: Pairs
    misses: tuple[CheckMiss, ...]


def read_messages(path: Path) -> list[Message]:
    """Read one message a line, as JSON; empty lines are passed over.

    Raises:
        BadExamples: the file cannot be read, or a line is no message.
    """
    return read_examples(path, Message)


def evaluate_checks(messages: Iterable[Message], check: CheckText) -> ChecksReport:
    """Check every message and compare what is found with what is to be found."""
    checked = [(message, _pairs(check(message.text))) for message in messages]
    misses = tuple(
        CheckMiss(line=message.line, text=message.text, expected=message.expect, got=got)
        for message, got in checked
        if Counter(message.expect) != Counter(got)
    )
    right = len(checked) - len(misses)
    return ChecksReport(
        messages=len(checked),
        exact=Rate(right=right, of=len(checked), rate=_share(right, len(checked))),
        pairs=_counted(checked),
        misses=misses,
    )


def _pairs(check: Check) -> tuple[Pair, ...]:
    return tuple(Pair(topic=one.topic, verdict=one.verdict) for one in check.assertions)


def _counted(checked: list[tuple[Message, tuple[Pair, ...]]]) -> Pairs:
    found = sum(len(got) for _, got in checked)
    expected = sum(len(message.expect) for message, _ in checked)
    right = sum((Counter(message.expect) & Counter(got)).total() for message, got in checked)
    return Pairs(
        found=found,
        expected=expected,
        right=right,
        precision=_share(right, found),
        recall=_share(right, expected),
        f1=_share(2 * right, found + expected),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
