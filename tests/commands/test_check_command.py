"""`/check` and the message menu “Check claims”, as people meet them in a chat."""

import re

import discord
import pytest
import simcord
from simcord.env import Env

from bot.client import Claimbot
from knowledge.library import Library
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat

MENU = "Check claims"


async def test_each_assertion_gets_a_verdict_in_words_and_a_sign(chat: Chat) -> None:
    shown = await chat.run("check", text="Norway sent 20 million sacks and a quarter were spoilt")
    assert not shown.private
    assert shown.title == "2 of 2 figures on file"
    assert "**▲ Above the highest on file**: “Norway sent 20 million sacks”" in shown.text
    assert "**✔ Matches what is on file**: “a quarter were spoilt”" in shown.text


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("they have delivered 3 million sacks", "↔ Within"),
        ("they have delivered 10,000 sacks", "▼ Below"),
    ],
)
async def test_what_lies_within_or_below_the_range_is_told(
    chat: Chat, text: str, sign: str
) -> None:
    assert f"**{sign}" in (await chat.run("check", text=text)).text


async def test_the_figures_are_shown_with_dates_and_numbered_citations(chat: Chat) -> None:
    shown = await chat.run("check", text="Norway sent 20 million sacks")
    assert re.search(r"\*\*more than 8 million\*\* if .* · ~Jul 2025, .* \[1 ¶1–3\]", shown.text)
    assert set(re.findall(r"\[(\d+)(?: ¶|\])", shown.body)) == set(numbers_of(shown.sources))


async def test_two_figures_fit_a_phone_and_say_what_they_were_held_against(chat: Chat) -> None:
    text = "Norway sent 20 million sacks and a quarter were spoilt"
    shown = await chat.run("check", text=text)
    _, above, held, _, matches, also, since = shown.body.splitlines()
    assert above.startswith("**▲ Above the highest on file")
    assert held.startswith("Sacks of grain delivered: **more than 8 million** if every wagon held")
    assert matches.startswith("**✔ Matches what is on file**")
    assert also.startswith("Share of sacks that are spoilt: **about a quarter** · 23 Feb 2024")
    assert since == "-# No later estimate differs."


def numbers_of(sources: str) -> list[str]:
    return re.findall(r"^\[(\d+)\]", sources, re.MULTILINE)


async def test_later_estimates_that_differ_are_named(chat: Chat) -> None:
    text = (await chat.run("check", text="they sent 11,000 wagons by August 2024")).text
    assert "as of 31 Aug 2024" in text
    assert "Since then: **about 25,000** (~Jul 2025) [" in text
    assert (
        "No later estimate differs" in (await chat.run("check", text="a quarter were spoilt")).text
    )


@pytest.mark.parametrize(
    "text", ["hello", "Bonjour à tous, ça va ?", "오늘 날씨가 좋다", "was it 20 million sacks?"]
)
async def test_nothing_to_check_is_told_privately(chat: Chat, text: str) -> None:
    shown = await chat.run("check", text=text)
    assert shown.private
    assert "Nothing in it is a figure that a topic on file covers" in shown.text


async def test_of_many_figures_the_first_ten_are_checked(chat: Chat) -> None:
    text = ". ".join(f"Norway sent {n} million sacks" for n in range(2, 22))
    shown = await chat.run("check", text=text)
    assert shown.title == "10 of 20 figures on file"
    assert "Only the first 10 are checked; 10 more are not." in shown.text
    assert sum(shown.text.count(f"**{mark}") for mark in "▲↔◐✔") == 10


@pytest.mark.parametrize(
    "text",
    [
        "||Norway sent 20 million sacks||",
        "```py\nNorway sent 20 million sacks\n```",
        "Norway sent\u200b 20 million\u200b sacks",
        "**Norway** sent `20 million` sacks @everyone",
    ],
)
async def test_markup_is_read_as_text(chat: Chat, text: str) -> None:
    shown = await chat.run("check", text=text)
    assert "▲ Above the highest on file" in shown.text
    assert "@everyone" not in shown.text


@pytest.mark.parametrize(
    "text", ["   ", "1e400 sacks", "0 sacks", "-5 sacks", "150% spoilt", "🎉", "\u200b"]
)
async def test_odd_figures_get_an_answer(chat: Chat, text: str) -> None:
    assert (await chat.run("check", text=text)).text
    assert (await chat.menu(MENU, await chat.post(f"{text} x"))).text


async def test_a_long_message_is_checked_and_a_longer_one_refused(chat: Chat) -> None:
    longest = ("Norway sent 20 million sacks. " * 200)[:4000]
    assert "10 of " in (await chat.run("check", text=longest)).text
    shown = await chat.run("check", text=longest + "!")
    assert shown.private
    assert "4,001 characters; at most 4,000 are read" in shown.text


# ------------------------------------------------------------------ the menu


async def test_the_menu_answers_the_person_alone_and_names_the_message(chat: Chat) -> None:
    message = await chat.post("They sent 20 million sacks")
    shown = await chat.menu(MENU, message)
    assert shown.private
    assert f"[This message]({message.jump_url}) by alice" in shown.text
    assert "▲ Above the highest on file" in shown.text
    assert list(shown.menu) == ["Sacks of grain delivered"]
    assert list(shown.buttons) == ["Share here"]


async def test_share_shows_everybody_the_check_and_who_shared_it(chat: Chat) -> None:
    shown = await chat.menu(MENU, await chat.post("They sent 20 million sacks"))
    public = await chat.press(shown, "Share here")
    assert not public.private
    assert public.text == f"-# Shared by alice\n{shown.text}"
    assert list(public.menu) == ["Sacks of grain delivered"]
    opened = await chat.press(public, "Sacks of grain delivered")
    assert opened.private
    assert "8 million" in opened.text


async def test_share_works_after_a_restart_and_tells_of_a_newer_revision(
    chat: Chat, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await chat.menu(MENU, await chat.post("They sent 20 million sacks"))
    before = workspace.library.revision
    await chat.env.restart_bot(Claimbot(workspace, today=lambda: TODAY))
    monkeypatch.setattr(Library, "revision", before + 1)
    public = await chat.press(shown, "Share here")
    assert public.text.endswith(
        f"-# Database revision {before}; it is at {before + 1} now, which may say otherwise"
    )


async def test_only_who_may_write_in_the_channel_may_share(simcord_env: Env) -> None:
    guild = simcord_env.create_guild()
    bob = guild.add_member(simcord_env.create_user("bob"))
    alice = guild.add_member(simcord_env.create_user("alice"))
    silent = discord.PermissionOverwrite(send_messages=False)
    channel = guild.create_text_channel("news", overwrites={alice: silent})
    message = await Chat(simcord_env, bob, channel).post("They sent 20 million sacks")
    chat = Chat(simcord_env, alice, channel)
    shown = await chat.menu(MENU, message)
    refused = await chat.press(shown, "Share here")
    assert refused.private
    assert "You may not write in this channel" in refused.text


async def test_a_forwarded_message_is_read(chat: Chat) -> None:
    message = await chat.post("They sent 20 million sacks")
    assert isinstance(chat.person, simcord.MemberActor)
    assert chat.channel is not None
    forwarded = await chat.person.forward(message, chat.channel)
    assert "▲ Above the highest on file" in (await chat.menu(MENU, forwarded)).text


async def test_embeds_of_a_message_are_read(chat: Chat) -> None:
    message = await chat.post("look")
    embed = {"title": "News", "description": "They sent 20 million sacks", "type": "rich"}
    chat.env.backend.messages[message.channel.id][message.id].embeds.append(embed)
    assert "1 of 1 figure on file" in (await chat.menu(MENU, message)).text


async def test_an_answer_can_be_checked_too(chat: Chat) -> None:
    answer = await chat.run("drivers")
    shown = await chat.menu(MENU, answer.message.message)
    assert "**✔ Matches what is on file**: “About 4,000 drivers" in shown.text


async def test_attachments_alone_are_a_clear_private_error(chat: Chat) -> None:
    shown = await chat.menu(MENU, await chat.post("", file=b"not read"))
    assert shown.private
    assert "There is no text in this message. Attachments and pictures" in shown.text


async def test_the_bot_is_not_told_what_people_write(simcord_bot: Claimbot) -> None:
    assert not simcord_bot.intents.message_content


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "✔ Matches" in (await private_chat.run("check", text="a quarter were spoilt")).text


async def test_a_denial_without_a_figure_leads_to_what_is_on_file(chat: Chat) -> None:
    shown = await chat.run("check", text="Norway denies sending any grain.")
    assert shown.private
    assert "comes nearest" in shown.text
    opened = await chat.press(shown, next(iter(shown.buttons)))
    assert opened.private
    assert "¶" in opened.text
