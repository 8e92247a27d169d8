"""`/help`, as people meet it in a chat."""

import re

import discord
import pytest
from discord import app_commands
from simcord.env import Env

from bot.client import Claimbot
from commands.answers import AUDIENCE
from commands.chat import answer, note
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat


@app_commands.command(description="Only for some")
async def guarded(interaction: discord.Interaction[Claimbot]) -> None:
    await answer(interaction, lambda: note("done"))


@app_commands.command(description="Only for managers")
@app_commands.default_permissions(manage_guild=True)
async def managed(interaction: discord.Interaction[Claimbot], what: str = "") -> None:
    await answer(interaction, lambda: note(f"done {what}"))


guarded.extras[AUDIENCE] = lambda interaction: interaction.user.name == "carol"


@pytest.fixture
def simcord_bot(workspace: Workspace) -> Claimbot:
    """Make the bot with two commands that are not for everybody."""
    bot = Claimbot(workspace, today=lambda: TODAY)
    bot.tree.add_command(guarded)
    bot.tree.add_command(managed)
    return bot


async def every_screen(chat: Chat) -> str:
    """Return what all parts of the help say."""
    shown = await chat.run("help")
    text = shown.text
    for label in list(shown.menu):
        part = await chat.press(shown, label)
        assert part.private
        text += f"\n{part.text}"
    return text


async def test_its_parts_name_every_command_privately(chat: Chat, simcord_bot: Claimbot) -> None:
    shown = await chat.run("help")
    assert shown.private
    text = await every_screen(chat)
    for command in simcord_bot.tree.get_commands(type=discord.AppCommandType.chat_input):
        named = re.search(rf"/{command.name}\b", text) is not None
        for_all = AUDIENCE not in command.extras and command.default_permissions is None
        assert named == for_all, command.name
    assert "Apps → **Check claims**" in shown.text
    assert "Options: since, until, known-by, by, chart" in text


async def test_its_first_screen_is_for_whoever_asks_something(chat: Chat) -> None:
    shown = await chat.run("help")
    assert {"ask", "figures", "check", "who", "source", "compare", "topics"} <= shown.tappable
    assert "about" not in shown.tappable
    assert shown.text.index("/ask") < shown.text.index("/topics")
    assert "[4 ¶1–3] is where it can be read" in shown.text


async def test_it_explains_the_marks(chat: Chat) -> None:
    shown = await chat.run("help")
    marks = await chat.press(shown, "How to read an answer")
    for mark in ("¶1–3", "~", "(inferred)", "origin", "Retold", "known-by"):
        assert mark in marks.text
    assert "only what had been said by that day" in marks.text
    again = await chat.press(marks, "What I can answer")
    assert again.text == shown.text


async def test_commands_for_some_are_shown_to_those_who_may(simcord_env: Env, chat: Chat) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("office")
    role = guild.create_role("staff", permissions=discord.Permissions(manage_guild=True))
    dave = guild.add_member(simcord_env.create_user("dave"), roles=[role])
    carol = guild.add_member(simcord_env.create_user("carol"))
    for person, seen, hidden in ((dave, "managed", "guarded"), (carol, "guarded", "managed")):
        here = Chat(simcord_env, person, channel)
        shown = await here.press(await here.run("help"), "For curators")
        assert f"/{seen}" in shown.text
        assert f"/{hidden}" not in shown.text
        assert ("claim add" in shown.tappable) == (person is dave)
    assert "For curators" not in (await chat.run("help")).menu


async def test_contributors_see_what_they_may_use(simcord_env: Env) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("office")
    role = guild.create_role("contributor")
    gil = Chat(simcord_env, guild.add_member(simcord_env.create_user("gil"), roles=[role]), channel)
    shown = await gil.press(await gil.run("help"), "For curators")
    assert shown.tappable == {"claim add", "claim edit", "claim pending", "mine"} - {"mine"}
    told = (await gil.run("help", command="claim retract")).text
    assert told.startswith("/claim retract is for those who look after what is on file here")


async def test_a_group_is_shown_with_its_commands(simcord_env: Env) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("office")
    role = guild.create_role("curator")
    ann = Chat(simcord_env, guild.add_member(simcord_env.create_user("ann"), roles=[role]), channel)
    shown = await ann.run("help", command="claim")
    assert {"claim add", "claim undo", "claim history"} <= shown.tappable
    assert ("/claim", "claim") in await ann.complete("help", "command", "clai")


async def test_a_command_is_shown_with_its_options(chat: Chat) -> None:
    shown = await chat.run("help", command="/sacks")
    assert shown.private
    assert "`known-by` (optional): Only what had been said by that day" in shown.text
    assert "/sacks `since:2025-07`" in shown.text


@pytest.mark.parametrize("typed", ["guarded", "/claim add", "claim"])
async def test_a_command_for_others_is_said_to_be_theirs(chat: Chat, typed: str) -> None:
    shown = await chat.run("help", command=typed)
    assert shown.private
    assert "is for those who look after what is on file here; /about names them" in shown.text


@pytest.mark.parametrize("typed", ["zzz", "@everyone", "", "`"])
async def test_an_unknown_command_is_told(chat: Chat, typed: str) -> None:
    shown = await chat.run("help", command=typed)
    assert shown.private
    assert "There is no command “/" in shown.text


async def test_every_example_has_an_answer(chat: Chat) -> None:
    shown = await chat.press(await chat.run("help"), "Examples")
    examples = [line.removeprefix("- ").replace("`", "") for line in shown.body.splitlines()]
    assert len(examples) >= 5
    for example in examples:
        name, *rest = example.removeprefix("/").split(" ", 1)
        options = dict(re.findall(r"([\w-]+):(.*?)(?= [\w-]+:|$)", rest[0]))
        assert not (await chat.run(name, **options)).private, example


async def test_commands_are_completed(chat: Chat) -> None:
    assert ("/sacks", "sacks") in await chat.complete("help", "command", "/sac")
    assert await chat.complete("help", "command", "guarded") == []


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "sacks" in (await private_chat.run("help")).tappable
