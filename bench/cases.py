"""Count how many real inputs are read right: dates, numbers, questions and messages.

    python -m bench.cases FILE

FILE holds cases as JSON, one a line: `kind` ("date option (today 2025-05-14)", "date in a text
(…)", "number typed", "number in a text", "check", "ask", "speaker"), `input`, and `expected`, the
right reading. Of a case in prose ("2 and $500") every figure, date, topic and verdict that it names
has to be among those that are read. Questions and messages are put to the records that ship. Kinds
that only a person can judge, such as files that are named, are counted apart. A file that is not
there is passed over.
"""

import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, get_args

from bot.cli.records import operator
from bot.meaning import understood
from knowledge.base import KnowledgeBase
from knowledge.contract import Filters, Verdict
from knowledge.library import Typed
from knowledge.model import Asserter, ForPeople
from knowledge.reading import (
    BadDate,
    BadFigure,
    Bound,
    DatePhrase,
    Quantity,
    find_date_phrases,
    find_quantities,
    parse_date_option,
    parse_figure,
)

_TODAY: Final = re.compile(r"\(today (\d{4}-\d\d-\d\d)\)")
_NOTE: Final = re.compile(r"\([^)]*\)|:\s.*")
"""What prose says besides the figures: "(two)", ": three, no range"."""
_REFUSED: Final = "refused"


def is_right(kind: str, text: str, expected: Any) -> bool | None:
    """Tell whether an input is read as expected; None for kinds that are not judged here."""
    today = _TODAY.search(kind)
    if today is not None:
        day = date.fromisoformat(today[1])
        read = _option(text, day) if kind.startswith("date option") else _phrases(text, day)
        return _same(read, expected)
    if kind == "number typed":
        return _is_typed_right(text, expected)
    if kind == "number in a text":
        return _is_found_right(text, expected)
    return None


def _option(text: str, today: date) -> list[str] | str:
    try:
        span = parse_date_option(text, today)
    except BadDate:
        return _REFUSED
    return [str(span.start), str(span.end)]


def _phrases(text: str, today: date) -> list[list[str]]:
    found = find_date_phrases(text, today)
    return [[one.bound.value, str(one.span.start), str(one.span.end)] for one in found]


def _same(read: Any, expected: Any) -> bool:
    """Compare readings; "?" and "x" stand for any digit, and a slash for either of two words."""
    if isinstance(expected, list):
        return len(read) == len(expected) and all(map(_same, read, expected))
    pattern = re.sub(r"[?x]", r"\\d", re.escape(str(expected)).replace(r"\?", "?"))
    return re.fullmatch(pattern.replace("/", "|"), str(read)) is not None


def _is_typed_right(text: str, expected: Any) -> bool:
    try:
        read = parse_figure(text)
    except BadFigure:
        return _REFUSED in str(expected)
    if isinstance(expected, list):
        return [read.low, read.high] == expected
    return ("vague" in expected and read.vague) or _holds([read], expected)


def _is_found_right(text: str, expected: Any) -> bool:
    dated = [(one.start, one.end) for one in find_date_phrases(text, date(2025, 5, 14))]
    found = find_quantities(text, exclude=dated)
    if isinstance(expected, list):
        return [[one.low, one.high] for one in found] == expected
    return _holds(found, expected)


def _holds(found: list[Quantity], expected: str) -> bool:
    """Whether every figure of a reading in prose was read, in the unit that it names."""
    wanted = find_quantities(_NOTE.sub("", expected))
    return bool(wanted) and all(
        any(
            (one.low, one.high) == (other.low, other.high) and one.unit in {None, other.unit}
            for other in found
        )
        for one in wanted
    )


_ASKED_ON: Final = date(2026, 11, 26)
"""The day on which the cases that name none were asked."""
_NEW_ASSERTER: Final = re.compile(r"add asserter (?P<name>[^,]+), then: (?P<question>.+)")
_BY: Final = re.compile(r"/(?P<topic>\S+) by:(?P<by>.+)")


def answers_right(base: KnowledgeBase, kind: str, text: str, expected: str) -> bool | None:
    """Tell whether a question or message gets what is expected; None where a person has to."""
    if kind == "check":
        return _is_checked_right(base, text, expected)
    if kind == "speaker" and (asked := _BY.fullmatch(text)) is not None:
        window = base.workspace.lookup.window(Typed(by=asked["by"]), _ASKED_ON)
        return expected.startswith(f"{len(base.workspace.figures(asked['topic'], window).claims)} ")
    if kind != "ask":
        return None
    if (added := _NEW_ASSERTER.fullmatch(text)) is not None:
        slug = added["name"].casefold().replace(" ", "-")
        who = Asserter(id=slug, person=added["name"])
        asyncio.run(base.curation.add(operator(), who))
        text = added["question"]
    return _is_answered_right(base, text, expected)


def _is_checked_right(base: KnowledgeBase, text: str, expected: str) -> bool:
    found = base.workspace.check(text, _ASKED_ON).assertions
    verdicts = {one.verdict for one in found}
    if expected.startswith("not "):
        return not any(f'"{verdict}"' in expected for verdict in verdicts)
    if expected.startswith("two "):
        return len(found) == 2
    topics = {one.topic for one in found}
    numbers = {side for one in found for side in (one.figure.low, one.figure.high)}
    return (
        bool(found)
        and _named(expected, base.workspace.library.topics) <= topics
        and _named(expected, get_args(Verdict)) <= verdicts
        and all(_is_among(number, numbers) for number in _numbers_of(expected))
    )


def _is_answered_right(base: KnowledgeBase, text: str, expected: str) -> bool:
    try:
        answer = base.workspace.ask(text, _ASKED_ON)
    except ForPeople:
        return "asked back" in expected
    if expected.startswith("no match"):
        return answer.kind == "no_match"
    asked = find_date_phrases(expected.partition(", as ")[0], _ASKED_ON)
    if asked:
        return any(_is_window(answer.filters, phrase) for phrase in asked) and (
            _named(expected, base.workspace.library.topics) <= {answer.topic}
        )
    figures = [claim.figure for claim in answer.claims if claim.figure]
    numbers = {side for one in figures for side in (one.low, one.high)}
    return bool(figures) and all(_is_among(number, numbers) for number in _numbers_of(expected))


def _is_window(filters: Filters, phrase: DatePhrase) -> bool:
    """Whether an answer was narrowed to a date, a month at least where a total reaches back."""
    since, until = phrase.span.start, phrase.span.end
    if phrase.bound is Bound.SINCE:
        return filters.since == since
    return filters.until == until and (
        phrase.bound is Bound.UNTIL or filters.since in {since, None}
    )


def _named(expected: str, names: Iterable[str]) -> set[str]:
    """Return which of some names a reading in prose has among its words."""
    return set(re.findall(r"[\w-]+", expected)) & {*names}


def _numbers_of(expected: str) -> list[float]:
    read = find_quantities(_NOTE.sub("", expected))
    in_digits = (one for one in read if any(sign.isdigit() for sign in one.as_worded))
    return [one.low for one in in_digits if one.low is not None]


def _is_among(number: float, numbers: Iterable[float | None]) -> bool:
    """Whether a number was read, as far as three digits tell: 0.667 is two thirds."""
    return any(one is not None and f"{one:.3g}" == f"{number:.3g}" for one in numbers)


def main(path: Path) -> None:
    """Print how many cases of each kind are read right, and those that are not."""
    if not path.is_file():
        print(f"{path} is not there: nothing to count.")
        return
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    left: Counter[str] = Counter()
    with TemporaryDirectory() as folder, understood(str(_begun(Path(folder)))) as base:
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            kind, text, expected = case["kind"], case["input"], case["expected"]
            judged = is_right(kind, text, expected)
            if judged is None:
                judged = answers_right(base, kind, text, str(expected))
            short = kind.partition(" (")[0]
            if judged is None:
                left[short] += 1
                continue
            right[short] += judged
            total[short] += 1
            if not judged:
                print(f"wrong: {kind}: {text!r}, expected {expected}")
    for kind, count in total.items():
        print(f"{kind}: {right[kind]} of {count}")
    print(f"all: {right.total()} of {total.total()}")
    if left:
        named = ", ".join(f"{count} of {kind}" for kind, count in left.items())
        print(f"left to a person: {named}")


def _begun(folder: Path) -> Path:
    """Begin a database: one that is named has to be there."""
    database = folder / "claims.db"
    database.touch()
    return database


if __name__ == "__main__":
    main(Path(sys.argv[1]))
