"""Count how many real inputs the readers of dates and numbers read right.

    python -m bench.cases FILE

FILE holds cases as JSON, one a line: `kind` ("date option (today 2025-05-14)", "date in a text
(…)", "number typed", "number in a text"), `input`, and `expected`, the right reading. Of a case in
prose ("2 and $500") every figure has to be among those that are read. Other kinds are passed over,
and so is a file that is not there.
"""

import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

from knowledge.reading import (
    BadDate,
    BadFigure,
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


def main(path: Path) -> None:
    """Print how many cases of each kind are read right, and those that are not."""
    if not path.is_file():
        print(f"{path} is not there: nothing to count.")
        return
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        judged = is_right(case["kind"], case["input"], case["expected"])
        if judged is None:
            continue
        kind = case["kind"].partition(" (")[0]
        right[kind] += judged
        total[kind] += 1
        if not judged:
            print(f"wrong: {case['kind']}: {case['input']!r}, expected {case['expected']}")
    for kind, count in total.items():
        print(f"{kind}: {right[kind]} of {count}")
    print(f"all: {right.total()} of {total.total()}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
