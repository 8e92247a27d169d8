"""Blocks of text dealt out over pages, and lines into what room there is."""

from collections.abc import Callable, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
_PAGE_BUDGET = 2400
"""Characters of a page: a little over two screens of a phone, chosen by eye."""


def pages(blocks: Sequence[str], most: int, budget: int = _PAGE_BUDGET) -> list[range]:
    """Deal blocks out over pages, the last page first: page 0 holds the last blocks.

    A page has at most `most` blocks and `budget` characters, but at least one block; a first
    page of a single block joins the page after it where the budget allows.
    """
    dealt: list[range] = []
    end = len(blocks)
    while end > 0:
        start, used = end, 0
        while start > 0 and _room(blocks, range(start, end), used, most, budget):
            start -= 1
            used += len(blocks[start]) + 1
        dealt.append(range(start, end))
        end = start
    return dealt or [range(0)]


def pages_in_order(blocks: Sequence[str], most: int, budget: int = _PAGE_BUDGET) -> list[range]:
    """Deal blocks out over pages, page 0 holding the first."""
    count = len(blocks)
    dealt = pages(blocks[::-1], most, budget)
    return [range(count - each.stop, count - each.start) for each in dealt]


def first_page(
    items: Sequence[_Item], write: Callable[[_Item], str], most: int, budget: int = _PAGE_BUDGET
) -> Sequence[_Item]:
    """Return what stands on the first page, in order, and write no more than it takes to tell."""
    # One more than fits shows that a page is full, and the next that it does not take that one in.
    blocks = [write(item) for item in items[: most + 2]]
    return items[: pages_in_order(blocks, most, budget)[0].stop]


def _room(blocks: Sequence[str], taken: range, used: int, most: int, budget: int) -> bool:
    if not taken:
        return True
    fits = used + len(blocks[taken.start - 1]) <= budget
    return fits and (len(taken) < most or (len(taken) == most and taken.start == 1))


def fitting(lines: Sequence[str], room: int) -> str:
    """Join as many lines, from the first, as there is room for."""
    taken: list[str] = []
    for line in filter(None, lines):
        room -= len(line) + 1
        if room < 0:
            break
        taken.append(line)
    return "\n".join(taken)
