"""`/topics`: the table of contents, as people meet it in a chat."""

from pathlib import Path

import pytest

from commands.answers import topics_reply
from knowledge.model import Measure
from knowledge.workspaces import Workspace
from tests.bases.making import claim, library, topic
from tests.conftest import Chat, app_of


async def test_every_topic_stands_on_some_page_with_its_counts_and_dates(
    chat: Chat, workspace: Workspace
) -> None:
    page = first = await chat.run("topics")
    assert not page.private
    text = page.text
    while "More ▶" in page.buttons:
        page = await chat.press(page, "More ▶")
        text += page.text
    for found in workspace.contents().topics:
        assert found.title in text
    assert "Sacks of grain delivered · /sacks\n-# 11 claims · Oct 2023 to Jul 2025" in text
    assert "/figures `start-date`" in text
    assert {"sacks", "figures"} <= page.tappable | first.tappable
    assert "-# 6 statements · " in text


async def test_a_topic_can_be_chosen_and_answers_who_chose_it(chat: Chat) -> None:
    shown = await chat.run("topics")
    opened = await chat.press(shown, "Sacks of grain delivered")
    assert opened.private
    assert "# More than 8 million sacks" in opened.text


async def test_topics_stand_by_how_much_is_on_file(chat: Chat, workspace: Workspace) -> None:
    shown = await chat.run("topics")
    held = {one.title: one.claims for one in workspace.contents().topics}
    titles = [line.split(" · ")[0] for line in shown.body.splitlines() if " · /" in line]
    counts = [held[title] for title in titles]
    assert counts == sorted(counts, reverse=True)
    assert titles[0] == "Sacks of grain delivered"


async def test_every_topic_can_be_chosen_from_the_first_page(
    chat: Chat, workspace: Workspace
) -> None:
    shown = await chat.run("topics")
    assert set(shown.menu) == {one.title for one in workspace.contents().topics}
    (menu,) = (part for part in shown.parts if part["type"] == 3)
    lines = {line["label"]: line["description"] for line in menu["options"]}
    assert lines["Sacks of grain delivered"].startswith(
        "11 claims · How many sacks of grain Norway has delivered"
    )


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


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2027-12", "2027-12"), "Dec 2027"),
        (("2024-01-01", "2024-03"), "Jan 2024 to Mar 2024"),
        (("2024", "2024-05"), "2024"),
        (("2019", "2024-03"), "2019 to Mar 2024"),
        (("2019-03", "2024"), "Mar 2019 to 2024"),
    ],
)
def test_the_time_of_a_topic_is_as_long_as_its_claims_say(
    tmp_path: Path, days: tuple[str, str], told: str
) -> None:
    claims = [claim(f"one{at}", "about 3", period=day) for at, day in enumerate(days)]
    with library(tmp_path / "claims.db", topic(), *claims) as found:
        text = topics_reply(app_of(Workspace(found))).card.description
    assert f"2 claims · {told}" in text.splitlines()[-1]
    assert text.endswith(told)
