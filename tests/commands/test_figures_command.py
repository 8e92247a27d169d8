"""`/figures` and the topics' own commands, as people meet them in a chat."""

import math
import re
from pathlib import Path

import pytest

from bot.client import Claimbot
from commands.answers import figures_reply
from knowledge.library import By, Window
from knowledge.workspaces import Workspace
from tests.bases.making import asserter, claim, library, source
from tests.bases.making import topic as made
from tests.conftest import TODAY, Chat, app_of

MARKER = re.compile(r"\[\d+ ¶\d+")
PHONE_COLUMNS, PHONE_LINES = 46, 32


async def test_the_first_three_lines_tell_the_truth(chat: Chat) -> None:
    shown = await chat.run("sacks", since="2024-02")
    assert not shown.private
    title, figure, said, *_ = shown.text.splitlines()
    assert title == "### Sacks of grain delivered · since February 2024"
    assert figure == "# More than 8 million sacks"
    assert said.startswith("Latest: Freight Inspection Agency (Chile), about July 2025, **only if")
    assert MARKER.search(said)


async def test_the_range_rests_on_no_assumption_and_its_other_ends_say_on_what(chat: Chat) -> None:
    text = (await chat.run("sacks", since="2024-02")).text
    assert "Without an assumption: **about 1.2 million** (23 Feb 2024) [" in text
    assert "-# With assumptions: **about 400,000** (26 Feb 2024; only if" in text
    assert "sacks of 60 kilos) [" in text
    assert "to **more than 8 million** (the latest) [" in text


async def test_retellings_stand_with_what_they_retell_and_are_not_counted(chat: Chat) -> None:
    text = (await chat.press(await chat.run("sacks", until="2024-02"), "All by date")).text
    block = text[text.index("**23 Feb 2024** · Wanjiru Kamau") :]
    assert "Retold, not counted: more than 1 million, The Ledger [" in block


async def test_everything_that_one_has_said_stands_together(chat: Chat) -> None:
    shown = await chat.press(await chat.run("sacks"), "All by speaker")
    assert shown.private
    block = shown.text[shown.text.index("**Rosa Vidal, Farm Minister (Chile)**") :]
    assert block.splitlines()[1].startswith("- Jun 2024: **about 3.6 million** if the 9,000 wagons")
    assert block.splitlines()[2].startswith("- 26 Feb 2024: **more than 2 million** if all the")


async def test_denials_and_differing_estimates_are_named(chat: Chat) -> None:
    text = (await chat.run("sacks", since="2024-02")).text
    assert re.search(r"Denied by .*Norway, .*Sweden \(Feb 2024\) \[\d\]", text)


async def test_who_disputes_the_figure_that_is_shown_is_named(chat: Chat, tmp_path: Path) -> None:
    told = claim("one", "about 3 thousand", "2024-01")
    disputing = claim(
        "two", None, "2024-03", [("disputes", "claim", "one")], asserter="union", origin="two"
    )
    with library(tmp_path / "w.db", made(), asserter("union"), told, disputing) as found:
        await chat.env.restart_bot(Claimbot(Workspace(found), today=lambda: TODAY))
        text = (await chat.run("figures", topic="wells")).text
    assert "Disputed by Union (Egypt) (Mar 2024) [1]." in text


async def test_every_line_with_a_claim_is_cited_and_every_number_has_its_source(chat: Chat) -> None:
    for topic in ("sacks", "wagons", "spoilt", "drivers", "denials"):
        first = await chat.run("figures", topic=topic)
        for shown in (first, await chat.press(first, "All by date")):
            for line in shown.body.splitlines():
                if line.startswith(("- ", "Latest")):
                    assert MARKER.search(line), line
                if line.startswith(("Denied", "Estimates", "Range", "Without")):
                    assert re.search(r"\[\d+\]", line), line
            cited = set(re.findall(r"\[(\d+)(?: ¶|\])", shown.body))
            assert cited == set(re.findall(r"^\[(\d+)\]", shown.sources, re.MULTILINE))


async def test_an_inferred_date_of_a_publication_is_marked(chat: Chat) -> None:
    text = (await chat.run("sacks")).text
    assert "The Grain Post, “Norway Sends Over" in text
    assert "~Jul 2025 (inferred)" in text


async def test_older_and_newer_turn_the_pages_of_a_long_list(chat: Chat) -> None:
    newest = await chat.press(await chat.run("figures", topic="reactions"), "All by date")
    text = newest.text
    assert newest.private
    assert "Page 2 of 2, oldest first" in text
    older = await chat.press(newest, "◀ Older")
    assert older.message.id == newest.message.id
    assert "Page 1 of 2, oldest first" in older.text
    assert "-# 10 statements from 10 origins" in older.text
    newer = await chat.press(older, "Newer ▶")
    assert newer.text == text


async def test_an_answer_is_one_screen_and_the_rest_a_menu(chat: Chat) -> None:
    shown = await chat.run("spoilt")
    assert list(shown.menu) == ["All by date", "All by speaker", "Sources", "Chart"]
    assert list(shown.buttons) == ["Take back"]
    assert "Page" not in shown.text
    assert list((await chat.run("denials")).menu) == ["All by date", "All by speaker", "Sources"]


async def test_an_answer_fits_a_phone(chat: Chat, workspace: Workspace) -> None:
    for topic in workspace.library.topics:
        first = await chat.run("figures", topic=topic)
        for shown in (first, await chat.press(first, "All by date")):
            lines = [math.ceil(len(line) / PHONE_COLUMNS) for line in shown.body.splitlines()]
            assert sum(lines) <= PHONE_LINES, topic


async def test_the_article_behind_the_figure_can_be_opened(chat: Chat, tmp_path: Path) -> None:
    gazette = source(url="https://example.org/wells")
    told = claim("one", "about 3 thousand", "2020-01")
    with library(tmp_path / "w.db", made(), gazette, told) as found:
        await chat.env.restart_bot(Claimbot(Workspace(found), today=lambda: TODAY))
        shown = await chat.run("figures", topic="wells")
    assert shown.links == {"Read": gazette.url}
    assert "[1] Gazette, Dec 2025\n-# Notice of gazette" in shown.text


PUBLICATION = re.compile(r"^(?:-# )?\[(\d+)\] ([^,]+, “[^”]+”)", re.MULTILINE)


async def test_a_publication_has_one_number_in_every_view_of_an_answer(chat: Chat) -> None:
    for options in ({}, {"since": "2024-02"}, {"until": "2024-02"}):
        for topic in ("sacks", "wagons", "reactions"):
            answers = [await chat.run("figures", topic=topic, **options)]
            opened = [each for each in answers[0].menu if each != "Chart"]
            answers += [await chat.press(answers[0], label) for label in opened]
            answers += [
                await chat.press(one, "◀ Older") for one in answers if "◀ Older" in one.buttons
            ]
            told = {found for shown in answers for found in PUBLICATION.findall(shown.text)}
            assert (
                len({number for number, _ in told}) == len({name for _, name in told}) == len(told)
            )


async def test_until_known_by_and_by_narrow_the_answer(chat: Chat) -> None:
    until = (await chat.run("wagons", until="2024-08")).text
    assert "until August 2024" in until
    assert "# About 11,000 wagons" in until
    assert "25,000" not in until
    known = (await chat.run("sacks", known_by="2023")).text
    assert "as known by December 2023" in known
    assert "8 million" not in known
    by = (await chat.run("sacks", by="Kamau")).text
    assert "by Wanjiru Kamau" in by
    assert "Vidal" not in by


async def test_shares_and_years_are_written_as_people_write_them(chat: Chat) -> None:
    assert "# About a quarter" in (await chat.run("spoilt")).text
    text = (await chat.press(await chat.run("grain-age"), "All by date")).text
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
        assert shown.title == topic.title
        assert not shown.private
        assert not shown.message.embeds


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
    assert opened.private
    assert opened.title == "Share of sacks that are spoilt · since January 2024"


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


async def test_whoever_has_spoken_on_the_topic_is_offered_by_how_much(
    chat: Chat, workspace: Workspace
) -> None:
    offered = await chat.complete("wagons", "by", "")
    table = [entry for entry in workspace.library.table("wagons") if entry.spoken]
    names = {workspace.library.name(entry.asserter) for entry in table}
    people = [name for name, value in offered if value in workspace.library.asserters]
    assert set(people) <= names
    counts = [sum(workspace.library.name(one.asserter) == name for one in table) for name in people]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("typed", ["Chi", "칠레", "Чил", "CL", "Republic of Chile"])
async def test_countries_are_offered_by_their_names_in_any_language(chat: Chat, typed: str) -> None:
    assert ("Chile", "Chile") in await chat.complete("sacks", "by", typed)


async def test_a_slip_in_a_name_offers_who_was_meant_and_keeps_the_window(chat: Chat) -> None:
    shown = await chat.run("sacks", by="Kamal", since="2024")
    assert shown.private
    opened = await chat.press(shown, "Wanjiru Kamau")
    assert "since January 2024" in opened.title
    assert "by Wanjiru Kamau" in opened.title


async def test_dates_are_offered_as_they_are_read_and_as_they_are_on_file(chat: Chat) -> None:
    everything = await chat.complete("sacks", "since", "")
    assert ("July 2025 · 1 claim", "2025-07") in everything
    assert ("Last month · February 2026", "2026-02") in everything
    assert ("feb 2024 → 1 February 2024", "feb 2024") in await chat.complete(
        "sacks", "since", "feb 2024"
    )
    assert ("feb 2024 → 29 February 2024", "feb 2024") in await chat.complete(
        "sacks", "until", "feb 2024"
    )
    months = [value for _, value in await chat.complete("sacks", "known-by", "2024-0")]
    assert months
    assert all(value.startswith("2024-0") for value in months)
    for _, value in everything:
        await chat.run("sacks", since=value)


async def test_who_denies_a_topic_is_shown_with_the_denial(chat: Chat) -> None:
    shown = await chat.run("sacks", by="Norway")
    assert not shown.private
    assert "denies in full the deliveries" in shown.text


async def test_labels_of_buttons_fit_a_phone(chat: Chat) -> None:
    shown = await chat.run("figures", topic="wagons-returned", since="2031")
    assert shown.buttons
    assert all(len(label) <= 40 for label in shown.buttons)


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    shown = await private_chat.run("figures", topic="reactions")
    newest = await private_chat.press(shown, "All by date")
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
    assert reply.menu is not None
    assert [line.label for line in reply.menu.item.options] == ["Sources"]
    assert "`since` and `until` show the rest" in reply.card.description
