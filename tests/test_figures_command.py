"""`/figures` and the topics' own commands, as people meet them in a chat."""

import math
import re

import pytest

from bot.client import Claimbot
from commands.answers import figures_reply
from knowledge.library import By, Window
from knowledge.workspaces import Workspace
from tests.conftest import Chat, app_of

MARKER = re.compile(r"\[\d+ ¶\d+")
PHONE_COLUMNS, PHONE_LINES = 46, 32


async def test_the_latest_estimate_stands_first(chat: Chat) -> None:
    shown = await chat.run("sacks", since="2024-02")
    lines = (shown.embed.description or "").splitlines()
    assert shown.embed.title == "Sacks of grain delivered"
    assert not shown.private
    assert lines[0] == "-# since February 2024"
    assert lines[1].startswith("**Latest: more than 8 million sacks** (about July 2025, if")


async def test_each_end_of_the_range_says_what_it_rests_on(chat: Chat) -> None:
    text = (await chat.run("sacks", since="2024-02")).text
    assert "Range since February 2024: **about 400,000** (26 Feb 2024; only if" in text
    assert "sacks of 60 kilos) [" in text
    assert "to **more than 8 million** (the latest) [" in text
    assert "Without an assumption: **about 1.2 million** (23 Feb 2024) [" in text


async def test_retellings_stand_with_what_they_retell_and_are_not_counted(chat: Chat) -> None:
    text = (await chat.run("sacks", until="2024-02")).text
    block = text[text.index("**23 Feb 2024** · Wanjiru Kamau") :]
    assert "Retold, not counted: more than 1 million, The Ledger [" in block


async def test_denials_and_differing_estimates_are_named(chat: Chat) -> None:
    text = (await chat.run("sacks", since="2024-02")).text
    assert re.search(r"Denied by .*Norway, .*Sweden \(Feb 2024\) \[\d\]", text)


async def test_every_line_with_a_claim_is_cited_and_every_number_has_its_source(chat: Chat) -> None:
    for topic in ("sacks", "wagons", "spoilt", "drivers", "denials"):
        shown = await chat.run("figures", topic=topic)
        description = shown.embed.description or ""
        for line in description.splitlines():
            if line.startswith(("- ", "**Latest")):
                assert MARKER.search(line), line
            if line.startswith(("Denied", "Estimates")):
                assert re.search(r"\[\d+\]", line), line
        cited = set(re.findall(r"\[(\d+)(?: ¶|\])", description))
        (sources,) = [field.value for field in shown.embed.fields]
        assert cited == set(re.findall(r"^\[(\d+)\]", sources or "", re.MULTILINE))


async def test_an_inferred_date_of_a_publication_is_marked(chat: Chat) -> None:
    text = (await chat.run("sacks")).text
    assert "The Grain Post, “Norway Sends Over" in text
    assert "~Jul 2025 (inferred)" in text


async def test_older_and_newer_turn_the_pages_of_a_long_answer(chat: Chat) -> None:
    newest = await chat.run("figures", topic="reactions")
    text = newest.text
    assert "Page 2 of 2, oldest first" in text
    older = await chat.press(newest, "◀ Older")
    assert older.message.id == newest.message.id
    assert "Page 1 of 2, oldest first" in older.text
    assert "-# 10 statements from 10 origins" in older.text
    newer = await chat.press(older, "Newer ▶")
    assert newer.text == text


async def test_a_short_answer_has_no_pages(chat: Chat) -> None:
    shown = await chat.run("spoilt")
    assert list(shown.buttons) == ["Sources", "Chart"]
    assert "Page" not in shown.text


async def test_a_page_of_claims_fits_a_phone(chat: Chat, workspace: Workspace) -> None:
    for topic in workspace.library.topics:
        description = (await chat.run("figures", topic=topic)).embed.description or ""
        _, _, page = description.partition("\n\n")
        lines = sum(math.ceil(len(line) / PHONE_COLUMNS) for line in page.splitlines())
        assert lines <= PHONE_LINES, topic


async def test_the_same_numbers_of_citations_on_every_page(chat: Chat) -> None:
    newest = await chat.run("figures", topic="reactions")
    lines = re.findall(r"^\[\d\] [^,]+, “[^”]+”", newest.text, re.MULTILINE)
    older = await chat.press(newest, "◀ Older")
    again = re.findall(r"^\[\d\] [^,]+, “[^”]+”", older.text, re.MULTILINE)
    number = {line[4:]: line[:3] for line in lines}
    assert all(number.get(line[4:], line[:3]) == line[:3] for line in again)


async def test_until_known_by_and_by_narrow_the_answer(chat: Chat) -> None:
    until = (await chat.run("wagons", until="2024-08")).text
    assert "until August 2024" in until
    assert "**Latest: about 11,000 wagons**" in until
    assert "25,000" not in until
    known = (await chat.run("sacks", known_by="2023")).text
    assert "as known by December 2023" in known
    assert "8 million" not in known
    by = (await chat.run("sacks", by="Kamau")).text
    assert "by Wanjiru Kamau" in by
    assert "Vidal" not in by


async def test_shares_and_years_are_written_as_people_write_them(chat: Chat) -> None:
    assert "**Latest: about a quarter**" in (await chat.run("spoilt")).text
    text = (await chat.run("grain-age")).text
    assert "between 2010 and 2019" in text
    assert "2,010" not in text


async def test_a_qualitative_topic_shows_statements(chat: Chat) -> None:
    shown = await chat.run("denials")
    assert "-# 6 statements from" in shown.text
    assert "Range" not in shown.text
    assert "- Sweden " in shown.text


async def test_every_topic_answers(chat: Chat, workspace: Workspace) -> None:
    for topic in workspace.library.topics.values():
        shown = await chat.run("figures", topic=topic.id)
        assert shown.embed.title == topic.title
        assert not shown.private


async def test_each_topic_that_names_a_command_has_it(
    simcord_bot: Claimbot, workspace: Workspace
) -> None:
    named = {topic.command for topic in workspace.library.topics.values() if topic.command}
    assert {"sacks", "wagons", "drivers", "spoilt"} <= named
    commands = {command.name: command for command in simcord_bot.tree.get_commands()}
    for topic in workspace.library.topics.values():
        if topic.command:
            payload = commands[topic.command].to_dict(simcord_bot.tree)
            assert payload["description"] == topic.description
            options = [option["name"] for option in payload["options"]]
            assert options == ["since", "until", "known-by", "by", "chart", "private"]


async def test_an_unknown_topic_is_told_privately_with_the_nearest_as_buttons(chat: Chat) -> None:
    shown = await chat.run("figures", topic="spoilt shares of things", since="2024")
    assert shown.private
    assert "There is no topic “spoilt shares of things” on file" in shown.text
    assert shown.buttons
    opened = await chat.press(shown, "Share of sacks that are spoilt")
    assert not opened.private
    assert opened.embed.title == "Share of sacks that are spoilt"
    assert "since January 2024" in opened.text


@pytest.mark.parametrize(
    "typed", ["foo", "2024-13", "32 Feb", "'; DROP TABLE claims; --", "🎉", "`"]
)
async def test_a_bad_date_is_told_privately_with_examples(chat: Chat, typed: str) -> None:
    for option in ("since", "until", "known_by"):
        shown = await chat.run("sacks", **{option: typed})
        assert shown.private
        assert "is not a date" in shown.text
        assert "2024-02-23, Feb 2024" in shown.text


@pytest.mark.parametrize("typed", ["2024-02", "2024-02-23", "Feb 2024", "2024", "last month"])
async def test_a_date_is_taken_in_every_spelling_that_is_promised(chat: Chat, typed: str) -> None:
    shown = await chat.run("sacks", known_by=typed)
    assert "is not a date" not in shown.text


async def test_since_after_until_is_told_privately(chat: Chat) -> None:
    shown = await chat.run("sacks", since="2025", until="2024")
    assert shown.private
    assert "is after" in shown.text


async def test_nobody_of_that_name_is_told_privately(chat: Chat) -> None:
    shown = await chat.run("sacks", by="@everyone **x**")
    assert shown.private
    assert "@\u200beveryone \\*\\*x\\*\\*" in shown.text


async def test_an_empty_window_is_told_privately_and_everything_offered(chat: Chat) -> None:
    shown = await chat.run("sacks", since="2030")
    assert shown.private
    assert "Nothing on file about **Sacks of grain delivered** since January 2030." in shown.text
    opened = await chat.press(shown, "All on file: Sacks of grain delivered")
    assert "8 million" in opened.text


async def test_topics_and_asserters_are_completed(chat: Chat) -> None:
    assert ("Sacks of grain delivered", "sacks") in await chat.complete("figures", "topic", "")
    offered = await chat.complete("figures", "topic", "sacs of grain")
    assert offered[0][1] == "sacks"
    people = await chat.complete("sacks", "by", "Kama")
    (key,) = [key for name, key in people if name.startswith("Wanjiru Kamau")]
    assert "by Wanjiru Kamau" in (await chat.run("sacks", by=key)).text


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    newest = await private_chat.run("figures", topic="reactions")
    older = await private_chat.press(newest, "◀ Older")
    assert "Page 1 of 2" in older.text
    assert (await private_chat.run("figures", topic="nothing at all")).private


def test_an_asserter_without_a_short_name_leaves_no_buttons_but_a_hint(
    workspace: Workspace,
) -> None:
    everybody = By(
        "everybody who ever said anything about it", frozenset(workspace.library.asserters)
    )
    reply = figures_reply(app_of(workspace), "reactions", Window(by=everybody))
    assert [button.item.label for button in reply.buttons] == ["Sources"]
    assert "`since` and `until` show the rest" in (reply.embed.description or "")
