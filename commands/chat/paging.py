"""Pages within Discord's limits: blocks of text dealt out over pages, sources into fields."""

from collections.abc import Sequence

import discord

from commands.text import say

DESCRIPTION = 3900
FIELD = 1024
TOTAL = 5700
"""Discord takes 4096 and 6000 characters; the rest is for what a button adds to an answer."""
_PAGE_BUDGET = 2400


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


def add_lines(embed: discord.Embed, name: str, lines: Sequence[str], budget: int = TOTAL) -> None:
    """Add lines as a field, or as two, as far as Discord takes them; what is cut is said."""
    left = list(lines)
    cut = say("… more under `/source`")
    for title in (name, say("{name} (continued)", name=name)):
        room = min(FIELD, budget - len(embed) - len(title)) - len(cut) - 1
        value: list[str] = []
        while left and len(left[0]) + 1 <= room:
            room -= len(left[0]) + 1
            value.append(left.pop(0))
        if left and title != name:
            value.append(cut)
        if value:
            embed.add_field(name=title, value="\n".join(value), inline=False)
        if not left:
            return
