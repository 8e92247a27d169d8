"""`/help`, as people meet it in a chat."""

import re

import discord
import pytest
import simcord
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


async def test_it_names_every_command_privately(chat: Chat, simcord_bot: Claimbot) -> None:
    shown = await chat.run("help")
    assert shown.private
    for command in simcord_bot.tree.get_commands(type=discord.AppCommandType.chat_input):
        named = re.search(rf"`/{command.name}[ `]", shown.text) is not None
        for_all = AUDIENCE not in command.extras and command.default_permissions is None
        assert named == for_all, command.name
    assert "Apps → **Check claims**" in shown.text
    assert "/compare topic by with …" in shown.text
    assert "Options: since, until, known-by, by, chart" in shown.text


async def test_commands_for_some_are_shown_to_those_who_may(simcord_env: Env, chat: Chat) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("office")
    role = guild.create_role("staff", permissions=discord.Permissions(manage_guild=True))
    dave = guild.add_member(simcord_env.create_user("dave"), roles=[role])
    carol = guild.add_member(simcord_env.create_user("carol"))
    for person, seen, hidden in ((dave, "managed", "guarded"), (carol, "guarded", "managed")):
        shown = await Chat(simcord_env, person, channel).run("help")
        assert f"`/{seen}" in shown.text
        assert "For curators" in shown.text
        assert f"`/{hidden}" not in shown.text
        assert ("`/claim add" in shown.text) == (person is dave)
    assert "For curators" not in (await chat.run("help")).text


async def test_a_command_is_shown_with_its_options(chat: Chat) -> None:
    shown = await chat.run("help", command="/sacks")
    assert shown.private
    assert "`known-by` (optional): Only what had been asserted by this day" in shown.text
    assert "`/sacks since:2025-07`" in shown.text


async def test_a_group_is_shown_with_its_commands(simcord_env: Env) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("office")
    dave = simcord.MemberActor(simcord_env, guild, guild.owner)
    shown = await Chat(simcord_env, dave, channel).run("help", command="/topic example")
    assert shown.title == "/topic example"
    assert "`/topic example add topic question`" in shown.text
    assert "/topic retire" not in shown.text
    shown = await Chat(simcord_env, dave, channel).run("help", command="claim")
    assert "`/claim from-article …`" in shown.text


@pytest.mark.parametrize("typed", ["zzz", "claim", "guarded", "@everyone", "", "`"])
async def test_an_unknown_command_is_told(chat: Chat, typed: str) -> None:
    shown = await chat.run("help", command=typed)
    assert shown.private
    assert "There is no command “/" in shown.text


async def test_every_example_has_an_answer(chat: Chat) -> None:
    text = (await chat.run("help")).text
    examples = [line.strip("`") for line in text[text.index("Examples") :].splitlines()[1:-1]]
    assert len(examples) >= 4
    for example in examples:
        name, *rest = example.removeprefix("/").split(" ", 1)
        options = dict(re.findall(r"([\w-]+):(.*?)(?= [\w-]+:|$)", rest[0]))
        assert not (await chat.run(name, **options)).private, example


async def test_commands_are_completed(chat: Chat) -> None:
    assert ("/sacks", "sacks") in await chat.complete("help", "command", "/sac")
    assert await chat.complete("help", "command", "guarded") == []


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "`/sacks`" in (await private_chat.run("help")).text
