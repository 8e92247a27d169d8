"""Cool-downs: of one person and of a whole server, and when one may go on."""

from typing import Any

import pytest
import simcord
from discord import app_commands

from bot.client import Claimbot
from commands.chat import Interaction, Limits, answer, heavy, note
from commands.chat.running import SECONDS, TooOften
from commands.chat.sending import wait_a_moment
from commands.text.i18n import speak
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat, Shown

LIMITS = Limits(person=12, server=18)
CALLS = LIMITS.heavy


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
    bot = Claimbot(workspace, today=lambda: TODAY, limits=LIMITS)
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
    for _ in range(CALLS):
        assert "Topics on file" in (await chat.run("topics")).text


async def test_light_commands_and_buttons_count_together(chat: Chat) -> None:
    shown = await chat.run("ask", question="how many sacks")
    label = "Sources"
    for _ in range((LIMITS.person - 1) // 2):
        await chat.run("topics")
        await chat.click(shown, label)
    refused = [await chat.run("topics"), await _pressed(chat, shown, label)]
    assert all("Try again in 10 seconds" in each.text for each in refused[1:])
    await chat.env.advance_time(SECONDS + 0.1)
    assert "Topics on file" in (await chat.run("topics")).text


async def _pressed(chat: Chat, shown: Shown, label: str) -> Shown:
    result = await chat.click(shown, label)
    assert result.response is not None
    return Shown(result.response)


async def test_a_whole_server_is_told_and_others_go_on(chat: Chat, private_chat: Chat) -> None:
    assert isinstance(chat.person, simcord.MemberActor)
    guild = chat.person.guild
    crowd = [
        Chat(chat.env, guild.add_member(chat.env.create_user(f"person-{number}")), chat.channel)
        for number in range(4)
    ]
    for each in crowd[:3]:
        for _ in range(6):
            await each.run("topics")
    shown = await crowd[3].run("topics")
    assert shown.private
    assert "More than 18 calls came from this server" in shown.text
    assert "Topics on file" in (await private_chat.run("topics")).text


async def test_who_types_too_much_is_offered_nothing(chat: Chat) -> None:
    for _ in range(2 * LIMITS.person):
        assert await chat.complete("figures", "topic", "sack")
    assert await chat.complete("figures", "topic", "sack") == []
    await chat.env.advance_time(SECONDS + 0.1)
    assert await chat.complete("figures", "topic", "sack")


def test_words_come_in_the_language_of_the_person() -> None:
    speak("uk")
    words = wait_a_moment(TooOften(30, 2.0, whole_server=True)).card.description
    assert "із цього сервера" in words
    speak("en-US")


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
