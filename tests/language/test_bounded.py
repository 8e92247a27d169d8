"""Bounded work: what is typed costs no more than its length, whatever is in it."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import pytest
from rapidfuzz import process

from knowledge.library import Lookup, NotOnFile
from knowledge.library.candidates import Candidates
from knowledge.library.spellings import folded
from knowledge.matching.retrieval import analysis, ranker
from knowledge.model import ForPeople
from knowledge.workspaces import Workspace
from tests.conftest import TODAY

GROWING = {
    "letters": "Ⅷ" * 6000,
    "emoji": "🫰" * 200,
    "ligatures": "ﷺ" * 6000,
    "long word": "x" * 6000,
    "digits": "1" * 6000,
    "syllables": "한" * 6000,
}


def calls(work: Callable[[], object]) -> int:
    """Count the calls that some work takes: what it costs, on whatever machine."""
    count = 0

    def note(_frame: FrameType, event: str, _of: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        with suppress(ForPeople):
            work()
    finally:
        sys.setprofile(before)
    return count


@contextmanager
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, int]]]:
    """Note what is compared with how many names: the letters, and the names."""
    seen: list[tuple[int, int]] = []

    def noted(query: str, choices: Sequence[str], **options: Any) -> Any:
        seen.append((len(query), len(choices)))
        return extract(query, choices, **options)

    extract = process.extract
    with monkeypatch.context() as patch:
        patch.setattr(process, "extract", noted)
        yield seen


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_a_text_is_clipped_when_it_has_grown_too(text: str) -> None:
    assert len(folded(text)) <= 300


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_no_long_text_is_compared_with_names(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    lookup = workspace.lookup
    with compared(monkeypatch) as seen:
        for find in (lookup.topic, lookup.by, lookup.asserter, lookup.source):
            with suppress(NotOnFile):
                find(text)
        for complete in (lookup.complete_topics, lookup.complete_by, lookup.complete_sources):
            complete(text)
    close = [letters for letters, _ in seen]
    assert close
    assert all(letters <= 300 for letters in close)


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING)
def test_a_long_word_is_no_guess(workspace: Workspace, text: str) -> None:
    index = workspace.ranker.index
    assert calls(lambda: ranker.read_terms(index, analysis.read_message(text))) < 60_000
    assert calls(lambda: workspace.complete_claims(text, by_words=True)) < 40_000


def _ten(begin: str, more: str, end: str) -> Iterable[str]:
    return (begin + more * count + end for count in (150, 600))


@pytest.mark.parametrize(
    ("begin", "more", "end"),
    [
        ("", "—", "1"),
        ("", "((1))", ""),
        ("", "- ", "5 wells"),
        ("", "½", ""),
        ("", "1, ", ""),
        ("", "and 1 ", ""),
        ("", "Mara - 5 wells, ", ""),
    ],
)
def test_a_message_costs_what_its_length_is(
    workspace: Workspace, begin: str, more: str, end: str
) -> None:
    workspace.check("5 wells", TODAY)
    few, many = (
        calls(lambda text=text: workspace.check(text, TODAY))  # type: ignore[misc]
        for text in _ten(begin, more, end)
    )
    assert many < 6 * few


def test_a_slip_is_found_among_very_many_names() -> None:
    names = [f"person {number} of the office {number * 7}" for number in range(20_000)]
    candidates = Candidates([*names, "vadym skibitskyi"])
    near = candidates.of("skibitsky")
    assert "vadym skibitskyi" in near
    assert len(near) <= 200
    assert len(candidates.of("office of the person 3")) <= 200
    assert len(candidates.of("я")) <= 200


def test_where_names_are_few_all_of_them_are_compared(workspace: Workspace) -> None:
    assert isinstance(workspace.lookup, Lookup)
    names = ["one", "two"]
    assert Candidates(names).of("three") == names
