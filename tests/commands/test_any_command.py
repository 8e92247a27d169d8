"""What holds for every command: limits, escaping, buttons that outlive a restart, privacy."""

import re
from datetime import date
from pathlib import Path
from typing import cast

import discord
import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st
from simcord.env import Env

from bot.client import Claimbot
from commands.answers import (
    FiguresButton,
)
from commands.cards import AnswerDigest, pages
from commands.chat import WindowCode
from commands.text import clip, plain
from knowledge.library import By, Library, Window
from knowledge.store import Store
from knowledge.workspaces import Workspace
from tests.bases.hostile import NASTY, Memory
from tests.bases.making import asserter, claim, library, topic
from tests.conftest import TODAY, Chat, app_of
from tests.properties import slugs

NAME = re.compile(r"[-_a-z0-9]{1,32}")


# ------------------------------------------------------------------ what is registered

OF_SERVERS = {"asserter", "claim", "settings", "sources", "topic", "unanswered", "watch"}
"""Commands for some of a server: no direct message offers them, and members are not shown them."""


def test_every_command_is_within_discords_limits(simcord_bot: Claimbot) -> None:
    tree = simcord_bot.tree
    slash = tree.get_commands(type=discord.AppCommandType.chat_input)
    commands = [command.to_dict(tree) for command in slash]
    menus = tree.get_commands(type=discord.AppCommandType.message)
    assert len(menus) <= 15
    assert all(1 <= len(menu.name) <= 32 for menu in menus)
    assert {"ask", "figures", "source", "topics"} <= {command["name"] for command in commands}
    assert len(commands) <= 100
    for command in commands:
        assert NAME.fullmatch(command["name"])
        assert 1 <= len(command["description"]) <= 100
        reach = (sorted(command["contexts"]), sorted(command["integration_types"]))
        # What belongs to a server is neither offered nor installed anywhere else.
        assert reach == (([0], [0]) if command["name"] in OF_SERVERS else ([0, 1, 2], [0, 1]))
        hidden = command["default_member_permissions"] is not None
        assert hidden is (command["name"] in OF_SERVERS)
        assert len(command["options"]) <= 25
        for option in command["options"]:
            assert NAME.fullmatch(option["name"])
            assert 1 <= len(option["description"]) <= 100
            assert option["description"] != "…"


def test_a_topic_never_takes_the_name_of_a_fixed_command(tmp_path: Path) -> None:
    with library(tmp_path / "claims.db", topic("wells", command="wells"), claim("one")) as found:
        found.own_topics["wells"] = found.topics["wells"].model_copy(update={"command": "ask"})
        bot = Claimbot(Workspace(found))
    ask = bot.tree.get_command("ask")
    assert ask is not None
    assert ask.to_dict(bot.tree)["options"][0]["name"] == "question"


# ------------------------------------------------------------------ buttons


async def test_buttons_work_after_a_restart(chat: Chat, workspace: Workspace) -> None:
    listed = await chat.press(await chat.run("figures", topic="reactions"), "All by date")
    menu = await chat.run("spoilt")
    evidence = await chat.run("source", what="sacks")
    topics = await chat.run("topics")
    await chat.env.restart_bot(Claimbot(workspace, today=lambda: TODAY))
    assert "Page 1 of 2" in (await chat.press(listed, "◀ Older")).text
    assert (await chat.press(menu, "All by speaker")).private
    older = (await chat.press(evidence, "◀ Older")).text
    assert "-# Showing " in older
    assert "-# Showing 1 to " not in older
    assert "Page 2 of 2" in (await chat.press(topics, "More ▶")).text


async def test_a_button_of_a_topic_that_is_gone_says_so_privately(
    chat: Chat, tmp_path: Path
) -> None:
    figures = await chat.run("figures", topic="reactions")
    evidence = await chat.run("source", what="sacks")
    with library(tmp_path / "other.db", topic(), claim("one", "about 3")) as found:
        await chat.env.restart_bot(Claimbot(Workspace(found)))
        for shown, label in ((figures, "All by date"), (evidence, "◀ Older")):
            result = await chat.click(shown, label)
            assert result.response is not None
            assert result.response.ephemeral
            assert "no longer on file" in (result.response.embeds[0].description or "")


@given(
    since=st.dates() | st.none(),
    later=st.dates() | st.none(),
    known=st.dates() | st.none(),
    page=st.integers(0, 9999),
    name=slugs(most=1, longest=80),
)
def test_a_button_holds_its_window_within_the_limit(
    since: date | None, later: date | None, known: date | None, page: int, name: str
) -> None:
    if since and later and since > later:
        since, later = later, since
    window = Window(since, later, known, By("Somebody", frozenset({name})))
    shelf = Memory([topic("wells")], [asserter(name)], [], [])
    app = app_of(Workspace(Library(cast("Store", shelf))))
    spot = WindowCode("wells", window).encode()
    assert spot is not None
    mark = AnswerDigest(0xFFFFFFF, "abcdef").encode()
    custom_id = f"f:t:{page}:{mark}:{spot}"
    assert len(custom_id) <= 100
    found = FiguresButton.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert found is not None
    again = WindowCode.decode(app, found)
    assert again.topic == "wells"
    assert again.window.filters().model_copy(update={"by": None}) == window.filters().model_copy(
        update={"by": None}
    )
    assert again.window.by is not None
    assert again.window.by.asserters == {name}


# ------------------------------------------------------------------ texts


@given(st.text() | st.lists(st.sampled_from(NASTY)).map("".join), st.integers(20, 300))
def test_no_text_can_format_ping_link_or_overflow(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert "\n" not in shown
    bare = re.sub(r"\\.", "", shown)
    assert not set("*_~`|<") & set(bare)
    assert "](" not in bare
    assert not re.search(r"@(everyone|here|[!&]?\d{17})", shown)
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", shown)
    assert not re.search(r"\w://", shown)
    assert len(clip(text, limit)) <= limit


@given(st.lists(st.integers(1, 3000)), st.integers(1, 8))
def test_pages_hold_every_block_once_in_order(lengths: list[int], most: int) -> None:
    blocks = ["x" * length for length in lengths]
    dealt = pages(blocks, most)
    assert [index for page in reversed(dealt) for index in page] == list(range(len(blocks)))
    for page in dealt:
        assert len(page) <= most + 1
        assert len(page) <= 1 or sum(lengths[index] + 1 for index in page) <= 2402


# ------------------------------------------------------------------ who sees and who is called


async def test_nothing_that_a_person_types_is_read_as_markup(chat: Chat) -> None:
    for nasty in NASTY:
        for command, option in (("figures", "topic"), ("source", "what"), ("sacks", "by")):
            shown = await chat.run(command, **{option: nasty})
            assert "@everyone" not in shown.text
            assert "```" not in shown.text.replace("\\`", "")


async def test_two_servers_and_two_people_see_the_same_answers(
    simcord_env: Env, chat: Chat
) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("elsewhere")
    person = guild.add_member(simcord_env.create_user("carol"))
    other = Chat(simcord_env, person, channel)
    assert (await other.run("sacks")).text == (await chat.run("sacks")).text


async def test_a_private_reply_is_seen_by_nobody_else(simcord_env: Env, chat: Chat) -> None:
    shown = await chat.run("figures", topic="zzz")
    assert shown.private
    assert isinstance(chat.person, simcord.MemberActor)
    other = chat.person.guild.add_member(simcord_env.create_user("carol"))
    with pytest.raises(simcord.SetupError):
        await other.click(shown.message, label=next(iter(shown.buttons)))


async def test_the_bot_asks_for_no_privileged_intent_and_calls_nobody(
    simcord_bot: Claimbot,
) -> None:
    assert not simcord_bot.intents.message_content
    assert not simcord_bot.intents.members
    assert not simcord_bot.intents.presences
    assert simcord_bot.allowed_mentions is not None
    assert simcord_bot.allowed_mentions.to_dict() == discord.AllowedMentions.none().to_dict()
