"""Buttons that answer one person, share that answer, and tell when the figures have changed."""

from pathlib import Path

import discord
import pytest
from simcord.env import Env

from bot.client import Claimbot
from commands.answers import figures_reply
from commands.cards import AnswerDigest
from knowledge.library import Library, Window
from knowledge.model import Claim
from knowledge.store import open_store
from knowledge.workspaces import Workspace
from tests.bases.making import claim, library, topic
from tests.conftest import TODAY, Chat, app_of

ALONE = "Only you see what you open here."


async def test_sources_answers_the_person_alone_page_by_page(chat: Chat) -> None:
    sources = await chat.press(await chat.run("sacks"), "Sources")
    assert sources.private
    assert sources.title == "Evidence: Sacks of grain delivered"
    older = await chat.press(sources, "◀ Older")
    assert older.private
    assert older.message.id == sources.message.id
    assert list(older.buttons) == ["◀ Older", "Newer ▶", "Share here"]
    public = await chat.press(older, "Share here")
    assert not public.private
    assert public.text == f"-# Shared by alice\n{older.text}\n-# {ALONE}"


async def two(simcord_env: Env) -> tuple[Chat, Chat]:
    """Seat two people in one channel."""
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("general")
    people = (guild.add_member(simcord_env.create_user(name)) for name in ("alice", "bob"))
    alice, bob = (Chat(simcord_env, person, channel) for person in people)
    return alice, bob


@pytest.mark.parametrize(
    ("command", "options", "label"),
    [
        ("sacks", {}, "All by date"),
        ("sacks", {}, "Chart"),
        ("source", {"what": "sacks"}, "◀ Older"),
        ("topics", {}, "More ▶"),
        ("compare", {"topic": "sacks", "by": "Kamau", "with": "Vidal"}, "◀ Older"),
        ("check", {"text": "they sent 20 million sacks"}, "Sacks of grain delivered"),
    ],
)
async def test_whatever_is_pressed_answers_who_pressed_it_and_leaves_the_message(
    simcord_env: Env, command: str, options: dict[str, str], label: str
) -> None:
    alice, bob = await two(simcord_env)
    shown = await alice.run(command, **options)
    before = shown.text
    for person in (bob, alice):
        opened = await person.press(shown, label)
        assert opened.private
        assert opened.message.id != shown.message.id
        assert "Share here" in opened.buttons
    assert shown.text == before
    assert "for you alone" in str(shown.parts) or ALONE in shown.text


async def test_who_asked_takes_an_answer_back_and_nobody_else(
    simcord_env: Env, workspace: Workspace
) -> None:
    alice, bob = await two(simcord_env)
    shown = await alice.run("sacks")
    refused = await bob.press(shown, "Take back")
    assert refused.private
    assert "Only who asked for this can take it back" in refused.text
    await simcord_env.restart_bot(Claimbot(workspace, today=lambda: TODAY))
    await alice.click(shown, "Take back")
    assert shown.message.id not in simcord_env.backend.messages[alice.channel_id]


async def test_every_command_answers_privately_where_that_is_asked_for(chat: Chat) -> None:
    for command, options in (
        ("sacks", {}),
        ("figures", {"topic": "denials"}),
        ("ask", {"question": "how many wagons"}),
        ("check", {"text": "they sent 20 million sacks"}),
        ("source", {"what": "spoilt"}),
        ("topics", {}),
        ("compare", {"topic": "sacks", "by": "Kamau", "with": "Vidal"}),
    ):
        shown = await chat.run(command, **options, private=True)
        assert shown.private, command
        assert "Take back" not in shown.buttons
        public = await chat.press(shown, "Share here")
        assert not public.private
        assert public.title == shown.title
        assert "Take back" in public.buttons


async def test_sources_of_a_single_claim_are_those_of_the_claim(chat: Chat) -> None:
    shown = await chat.run("wagons", since="2025")
    sources = await chat.press(shown, "Sources")
    assert "claim `wagons-inspection-2025-07`" in sources.text


async def test_sharing_names_nobody_so_that_they_are_called(simcord_env: Env) -> None:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("general")
    person = guild.add_member(simcord_env.create_user("@everyone**"))
    chat = Chat(simcord_env, person, channel)
    sources = await chat.press(await chat.run("spoilt"), "Sources")
    assert "Shared by" in (await chat.press(sources, "Share here")).text


async def test_who_may_not_write_may_not_share(simcord_env: Env) -> None:
    guild = simcord_env.create_guild()
    alice = guild.add_member(simcord_env.create_user("alice"))
    silent = discord.PermissionOverwrite(send_messages=False)
    channel = guild.create_text_channel("news", overwrites={alice: silent})
    chat = Chat(simcord_env, alice, channel)
    for opening in ("Sources", "Chart"):
        opened = await chat.press(await chat.run("spoilt"), opening)
        refused = await chat.press(opened, "Share here")
        assert refused.private
        assert "You may not write in this channel" in refused.text


async def test_an_unsure_match_offers_what_else_may_have_been_meant(
    chat: Chat, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = workspace.ask("reactions to the grain", TODAY)
    sure = found.model_copy(update={"suggestions": ()})
    unsure = sure.model_copy(update={"suggestions": ("payback",)})
    monkeypatch.setattr(Workspace, "ask", lambda *_: unsure)
    shown = await chat.run("ask", question="is it bad")
    assert "Not sure: the words fit “What Norway gets in return” as well" in shown.text
    offered = "What Norway gets in return"
    assert offered in shown.buttons
    assert (await chat.press(shown, offered)).title == offered
    monkeypatch.setattr(Workspace, "ask", lambda *_: sure)
    shown = await chat.run("ask", question="reactions to the grain")
    assert "Not sure" not in shown.text
    assert list(shown.buttons) == ["Take back"]


# ------------------------------------------------------------------ what has changed


def many(count: int) -> list[Claim]:
    return [claim(f"c{n}", f"about {n + 2} thousand", f"20{n:02}-01") for n in range(count)]


async def test_a_page_says_when_the_figures_changed_since(chat: Chat, tmp_path: Path) -> None:
    path = tmp_path / "wells.db"
    with library(path, topic(), *many(9)) as found:
        await chat.env.restart_bot(Claimbot(Workspace(found), today=lambda: TODAY))
        shown = await chat.run("figures", topic="wells")
        narrow = await chat.run("figures", topic="wells", until="2004")
        before = found.revision
        assert "Changed since" not in (await chat.press(shown, "All by date")).text
        shown = await chat.run("figures", topic="wells")
    store = open_store(path)
    try:
        with store.change("test", "a newer estimate") as change:
            change.put(claim("newer", "about 90 thousand", "2020-01"))
        await chat.env.restart_bot(Claimbot(Workspace(Library(store)), today=lambda: TODAY))
        told = f"-# ⚠ Changed since revision {before}: this is what is on file now."
        for label in ("Sources", "Chart", "All by date"):
            pressed = await chat.press(shown, label)
            assert told in pressed.text, label
        assert "Changed since" not in (await chat.press(pressed, "◀ Older")).text
        assert "Changed since" not in (await chat.press(narrow, "Chart")).text
    finally:
        store.close()


def test_a_mark_is_the_same_in_any_order_and_another_with_another_text(
    workspace: Workspace,
) -> None:
    claims = workspace.figures("sacks").claims
    mark = AnswerDigest.of(1, claims)
    assert mark == AnswerDigest.of(1, reversed(claims))
    other = claims[0].model_copy(update={"note": "Another note."})
    now = AnswerDigest.of(2, [other, *claims[1:]])
    assert now.changed(mark)
    assert not now.changed(mark.bare())
    assert not AnswerDigest.of(2, claims).changed(mark)


@pytest.mark.parametrize("topic_id", ["sacks", "wagons", "reactions"])
def test_every_custom_id_is_within_the_limit(workspace: Workspace, topic_id: str) -> None:
    reply = figures_reply(app_of(workspace), topic_id, Window())
    assert all(len(button.custom_id) <= 100 for button in reply.buttons)
    assert reply.menu is not None
    assert all(len(line.value) <= 100 for line in reply.menu.item.options)
