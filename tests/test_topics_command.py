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
    assert "Sacks of grain delivered · `/sacks`\n-# 11 claims from 7 origins" in text
    assert "`/figures start-date`" in text
    assert "October 2023 to July 2025" in text


async def test_topics_with_figures_come_before_statements(chat: Chat) -> None:
    first = await chat.run("topics")
    assert (first.embed.description or "").startswith("**With figures**")
    second = await chat.press(first, "More ▶")
    assert "**Statements**" in second.text
    assert "Page 2 of 2" in second.text
    assert (await chat.press(second, "◀ Back")).text == first.text


async def test_the_footer_counts_everything(chat: Chat, workspace: Workspace) -> None:
    contents = workspace.contents()
    footer = (await chat.run("topics")).embed.footer.text or ""
    assert f"{contents.claims} claims from {contents.sources} publications" in footer
    assert f"Database revision {contents.revision}" in footer


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "Sacks of grain delivered" in (await private_chat.run("topics")).text


def test_a_topic_without_claims_says_so(tmp_path: Path) -> None:
    empty = topic("dams", Measure.QUALITATIVE)
    with library(tmp_path / "claims.db", topic(), empty, claim("one", "about 3")) as found:
        text = topics_reply(app_of(Workspace(found))).embed.description or ""
    assert "Dams · `/figures dams`\n-# nothing yet" in text
    assert "1 claim from 1 origin · January 2024" in text
