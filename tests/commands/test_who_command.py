"""`/who`: what somebody has said over all topics, as people meet it in a chat."""

import pytest

from knowledge.reading import country_name
from knowledge.workspaces import Workspace
from tests.conftest import Chat, Shown


async def every_page(chat: Chat, shown: Shown) -> str:
    text = shown.text
    while "More ▶" in shown.buttons:
        shown = await chat.press(shown, "More ▶")
        assert shown.private
        text += f"\n{shown.text}"
    return text


async def test_a_person_is_shown_with_all_their_topics(chat: Chat, workspace: Workspace) -> None:
    shown = await chat.run("who", name="Kamau")
    assert not shown.private
    said = workspace.said(workspace.lookup.by("Kamau"))
    assert len(said.topics) > 1
    text = await every_page(chat, shown)
    for topic in said.topics:
        assert topic.title in text
    assert f"{len(said.claims)} claims on {len(said.topics)} topics" in shown.text
    assert "¶" in text


@pytest.mark.parametrize("name", ["Norway", "Norwegen", "노르웨이", "Норвегія", "NO"])
async def test_a_country_is_known_in_any_language(chat: Chat, name: str) -> None:
    shown = await chat.run("who", name=name)
    assert shown.title == f"What {country_name('NO')} has said"
    assert "denies" in await every_page(chat, shown)


async def test_one_topic_of_theirs_is_opened_from_the_menu(
    chat: Chat, workspace: Workspace
) -> None:
    shown = await chat.run("who", name="Kamau")
    opened = await chat.press(shown, "Sacks of grain delivered")
    assert opened.private
    assert f"by {workspace.lookup.by('Kamau').label}" in opened.text


async def test_a_page_is_turned_for_oneself_and_shared(chat: Chat) -> None:
    shown = await chat.run("who", name="Norway")
    second = await chat.press(shown, "More ▶")
    assert second.private
    assert "Page 2 of " in second.text
    shared = await chat.press(second, "Share here")
    assert not shared.private
    assert "Page 2 of " in shared.text


async def test_a_name_that_is_like_none_offers_nobody(chat: Chat) -> None:
    shown = await chat.run("who", name="Nobody")
    assert shown.private
    assert shown.text == (
        "There is no asserter “Nobody” on file. While you type a name, those on file are offered."
    )
    assert not shown.buttons


async def test_a_name_with_slips_offers_whom_it_may_mean(chat: Chat) -> None:
    shown = await chat.run("who", name="Kamal")
    assert shown.private
    (label,) = shown.buttons
    assert "Kamau" in label
    assert "claims on" in (await chat.press(shown, label)).text


@pytest.mark.parametrize("question", ["what did Kamau say?", "Kamau", "what has Norway said"])
async def test_a_question_for_all_that_somebody_said_leads_there(chat: Chat, question: str) -> None:
    shown = await chat.run("ask", question=question)
    assert not shown.private
    assert f"> {question}" in shown.text
    assert " has said" in shown.title
    assert "claims on" in shown.text


async def test_a_question_without_an_answer_offers_whom_it_names(chat: Chat) -> None:
    shown = await chat.run("ask", question="what did Kamau say about zeppelins in the orbit")
    assert shown.private
    (label,) = (one for one in shown.buttons if one.startswith("All by"))
    assert "claims on" in (await chat.press(shown, label)).text


async def test_completion_offers_people_countries_and_outlets(chat: Chat) -> None:
    offered = await chat.complete("who", "name", "Nor")
    assert ("Norway", "Norway") in offered
    publisher = "Mill Review"
    assert (publisher, publisher) in await chat.complete("who", "name", "Mill Rev")


async def test_it_works_in_a_direct_message(private_chat: Chat) -> None:
    assert "claims on" in (await private_chat.run("who", name="Kamau")).text
