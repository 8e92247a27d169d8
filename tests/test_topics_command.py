"""`/topics`: the table of contents, as people meet it in a chat."""

from pathlib import Path

from commands.answers import topics_reply
from knowledge.model import Measure
from knowledge.workspaces import Workspace
from tests.conftest import Chat, app_of
from tests.making import claim, library, topic


async def test_every_topic_stands_on_some_page_with_its_counts_and_dates(
    chat: Chat, workspace: Workspace
) -> None:
    page = await chat.run("topics")
    assert not page.private
    text = page.text
    while "More ▶" in page.buttons:
        page = await chat.press(page, "More ▶")
        text += page.text
    for found in workspace.contents().topics:
        assert found.title in text
    assert "Sacks of grain delivered · `/sacks`\n-# 11 claims · Oct 2023 to Jul 2025" in text
    assert "`/figures start-date`" in text
    assert "-# 6 statements · " in text


async def test_a_topic_can_be_chosen_and_answers_who_chose_it(chat: Chat) -> None:
    shown = await chat.run("topics")
    opened = await chat.press(shown, "Sacks of grain delivered")
    assert opened.private
    assert "# More than 8 million sacks" in opened.text


async def test_topics_with_figures_come_before_statements(chat: Chat) -> None:
    first = await chat.run("topics")
    assert first.body.startswith("**With figures**")
    second = await chat.press(first, "More ▶")
    assert second.private
    assert "Page 2 of " in second.text
    assert (await chat.press(second, "◀ Back")).text == first.text
    last = second
    while "More ▶" in last.buttons:
        last = await chat.press(last, "More ▶")
    assert "**Statements**" in last.text


async def test_the_footer_counts_everything(chat: Chat, workspace: Workspace) -> None:
    contents = workspace.contents()
    text = (await chat.run("topics")).text
    assert f"{contents.claims} claims from {contents.sources} publications" in text


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "Sacks of grain delivered" in (await private_chat.run("topics")).text


def test_a_topic_without_claims_says_so(tmp_path: Path) -> None:
    empty = topic("dams", Measure.QUALITATIVE)
    with library(tmp_path / "claims.db", topic(), empty, claim("one", "about 3")) as found:
        text = topics_reply(app_of(Workspace(found))).card.description
    assert "Dams · `/figures dams`\n-# nothing yet" in text
    assert "1 claim · Jan 2024" in text
