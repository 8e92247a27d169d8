"""Nasty texts in every option, completion and form: answered, beside the event loop, within bounds.

What is bounded is counted in calls, not in seconds, so that a slow machine changes nothing.
"""

import sys
import unicodedata
from collections.abc import Callable, Iterator
from random import Random
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

import pytest
import simcord
from discord import AppCommandOptionType, app_commands
from simcord.env import Env

from bot.client import Claimbot
from commands.chat import Pool
from commands.curation.writing import LINES
from knowledge.library import Lookup
from knowledge.workspaces import Workspace
from tests.bases.engines import on_both_engines
from tests.conftest import Chat
from tests.driving.curators import ADD, CURATOR, FULL, Server, answered, send

pytestmark = [on_both_engines, pytest.mark.long]

MOST_CALLS = 1_500_000
"""Of one piece of work: half a second of a machine of today."""
DIGITS = "".join(
    char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) == "Nd"
)
PIECES = {
    "letters that grow": "Ⅷ🫰ﷺ㍿㋿Ꭰ",
    "marks": "e\u0301\u0336\u20dd\u0489",
    "digits": DIGITS,
    "brackets": "((((1))))[[{{<<",
    "dashes": "—–-−1",
    "syllables": "한국어",
    "hidden": "\u200b\u202e\u2066\ufeffa\U000e0041",
    "numbers": "½ ¾ 1,000 two hundred to 3% ",
    "words": "said that north korea and south korea by 2024-02 more than ",
}


def texts() -> dict[str, str]:
    """Make texts of each kind alone, and of all of them mixed, as long as Discord takes them."""
    made = {name: (piece * 6000)[:6000] for name, piece in PIECES.items()}
    made["a long word"] = "x" * 6000
    dice = Random(7)  # noqa: S311 - the same texts in every run
    mixed = (dice.choice(dice.choice(list(PIECES.values()))) for _ in range(6000))
    return made | {"all mixed": "".join(mixed)}


GIVEN = {
    "topic": "sacks",
    "by": "kamau",
    "with": "mara",
    "asserter": "kamau",
    "source": "mill-review-2024-02",
    "question": "how many sacks",
    "text": "5 sacks",
    "what": "sacks",
    "reason": "because",
    "measure": "level",
    "form": "csv",
    "revision": 1,
}


@pytest.fixture
def ann(simcord_env: Env) -> Chat:
    return Server.found(simcord_env, review=True).person("ann", CURATOR, manages=True)


@pytest.fixture(autouse=True)
def on_the_loop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what was read on the event loop, where everybody's answers pass."""
    found: list[str] = []

    def watched(kind: type, name: str) -> None:
        real = getattr(kind, name)

        def noted(self: Any, *given: Any, **options: Any) -> Any:
            if current_thread() is main_thread():
                found.append(f"{kind.__name__}.{name}")
            return real(self, *given, **options)

        monkeypatch.setattr(kind, name, noted)

    for name in ("ask", "check", "compare", "complete_claims", "contents", "figures", "source"):
        watched(Workspace, name)
    for name in ("topic", "by", "asserter", "sides", "window", "source", "nearest_topics"):
        watched(Lookup, name)
    for name in ("complete_by", "complete_topics", "complete_asserters", "complete_sources"):
        watched(Lookup, name)
    return found


@pytest.fixture(autouse=True)
def costs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the calls of each piece of work."""
    found: list[int] = []

    def counting(work: Callable[[], Any]) -> Callable[[], Any]:
        def counted() -> Any:
            count = 0

            def note(_frame: FrameType, event: str, _of: Any) -> None:
                nonlocal count
                count += event in {"call", "c_call"}

            sys.setprofile(note)
            try:
                return work()
            finally:
                sys.setprofile(None)
                found.append(count)

        return counted

    real = Pool.run

    async def run(self: Pool, place: int, work: Any, deadline: float | None = None) -> Any:
        return await real(self, place, counting(work), 600 if deadline else None)

    monkeypatch.setattr(Pool, "run", run)
    return found


def options_of(bot: Claimbot) -> Iterator[tuple[str, app_commands.Parameter, dict[str, Any]]]:
    """Go through every option that is typed, with what the others of its command need."""
    seen: set[str] = set()
    for command in bot.tree.walk_commands():
        if not isinstance(command, app_commands.Command):
            continue
        if command.extras.get("topic"):
            # They are all made alike: one stands for all.
            if "topics" in seen:
                continue
            seen.add("topics")
        needed = {
            each.display_name: GIVEN.get(str(each.display_name), "x")
            for each in command.parameters
            if each.required and each.type is not AppCommandOptionType.attachment
        }
        for option in command.parameters:
            if option.type is AppCommandOptionType.string and not option.choices:
                yield command.qualified_name, option, needed


@pytest.mark.parametrize("nasty", texts().values(), ids=texts())
async def test_every_option_is_answered_within_bounds(
    simcord_bot: Claimbot, ann: Chat, on_the_loop: list[str], costs: list[int], nasty: str
) -> None:
    ann.env.settle_timeout = 60
    for command, option, needed in options_of(simcord_bot):
        name = str(option.display_name)
        if name == "with" or command == "claim import":
            continue
        longest = option.max_value if isinstance(option.max_value, int) else 6000
        given = {**needed, name: nasty[:longest]}
        result = await ann.invoke(command, **given)
        assert result.acknowledged, (command, name)
        if option.autocomplete:
            await ann.complete(command, name, nasty)
    assert on_the_loop == []
    assert costs
    assert max(costs) < MOST_CALLS


@pytest.mark.parametrize("nasty", texts().values(), ids=texts())
async def test_every_form_is_answered_within_bounds(
    ann: Chat, on_the_loop: list[str], costs: list[int], nasty: str
) -> None:
    ann.env.settle_timeout = 60
    limits = {line.name: line.limit for line in LINES["claim"] if line.name in FULL}
    for name, limit in limits.items():
        form = await ann.invoke("claim add", **ADD)
        shown = answered(await send(ann, form, **{**FULL, name: nasty[:limit]}))
        assert shown.private
    for command in ("asserter add", "sources add"):
        form = await ann.invoke(command)
        typed = {
            each["component"]["custom_id"]: nasty[: each["component"]["max_length"]]
            for each in (form.modal or {})["components"]
        }
        assert answered(await send(ann, form, **typed)).private
    assert on_the_loop == []
    assert max(costs) < MOST_CALLS
    assert isinstance(ann.person, simcord.MemberActor)
