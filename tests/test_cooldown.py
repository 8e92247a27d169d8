"""Cool-downs: heavy commands, one person at a time, and when one may go on."""

from typing import Any

import pytest
from discord import app_commands

from bot.client import Claimbot
from commands.chat import Interaction, answer, heavy, note
from commands.chat.requests import CALLS, SECONDS
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat


async def offered(_: Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=current or "x", value="x")]


@heavy
@app_commands.command(description="Works hard")
@app_commands.autocomplete(what=offered)
async def lift(interaction: Interaction, what: str = "") -> None:
    await answer(interaction, lambda: note(f"lifted {what}"))


@heavy
@app_commands.command(description="Works hard too")
async def carry(interaction: Interaction) -> None:
    await answer(interaction, lambda: note("carried"))


@pytest.fixture
def simcord_bot(workspace: Workspace) -> Claimbot:
    """Make the bot with two heavy commands."""
    bot = Claimbot(workspace, today=lambda: TODAY)
    bot.tree.add_command(lift)
    bot.tree.add_command(carry)
    return bot


async def test_too_many_calls_are_turned_away_with_the_seconds_left(chat: Chat) -> None:
    for _ in range(CALLS):
        assert "lifted" in (await chat.run("lift")).text
    await chat.env.advance_time(3.5)
    for command in ("lift", "carry"):
        shown = await chat.run(command)
        assert shown.private
        assert "Try again in 7 seconds." in shown.text
    await chat.env.advance_time(SECONDS - 3.5 + 0.1)
    assert "carried" in (await chat.run("carry")).text


async def test_an_unhurried_person_is_never_turned_away(chat: Chat) -> None:
    for _ in range(3 * CALLS):
        assert "lifted" in (await chat.run("lift")).text
        await chat.env.advance_time(3)


async def test_others_and_light_commands_go_on(chat: Chat, private_chat: Chat) -> None:
    for _ in range(CALLS + 1):
        shown = await chat.run("lift")
    assert "Try again" in shown.text
    assert "lifted" in (await private_chat.run("lift")).text
    for _ in range(3 * CALLS):
        assert "Topics on file" in (await chat.run("topics")).text


async def test_completions_do_not_count(chat: Chat) -> None:
    for _ in range(3 * CALLS):
        assert await chat.complete("lift", "what", "st") == [("st", "x")]
    assert "lifted" in (await chat.run("lift")).text


async def test_a_new_process_counts_anew(chat: Chat, workspace: Workspace) -> None:
    for _ in range(CALLS + 1):
        await chat.run("carry")
    again: Any = Claimbot(workspace, today=lambda: TODAY)
    again.tree.add_command(carry)
    await chat.env.restart_bot(again)
    assert "carried" in (await chat.run("carry")).text
