"""`/topic example`: curators keep, list and remove questions that mean a topic."""

from knowledge.base import KnowledgeBase
from tests.bases.engines import on_both_engines
from tests.bases.hostile import NASTY
from tests.conftest import Chat
from tests.driving.curators import Server

pytestmark = on_both_engines

ODD = "what sank near the pier yesterday"


async def silent(chat: Chat) -> bool:
    return "Nothing on file" in (await chat.run("ask", question=ODD)).text


async def test_kept_listed_and_removed(ann: Chat, server: Server) -> None:
    ulf = server.person("ulf")
    assert "No question is kept" in (await ann.run("topic example list")).text
    assert await silent(ulf)
    told = await ann.run("topic example add", topic="sacks", question=ODD)
    assert told.private
    assert f"“{ODD}” means" in told.text
    assert not await silent(ulf)
    assert ODD in (await ann.run("topic example list", topic="sacks")).text
    ((label, key),) = await ann.complete("topic example remove", "example", "SANK")
    assert label == ODD
    assert "no example any more" in (await ann.run("topic example remove", example=key)).text
    assert await silent(ulf)
    assert await ann.complete("topic example remove", "example", "") == []


async def test_history_names_it_and_undo_takes_it_back(ann: Chat, base: KnowledgeBase) -> None:
    await ann.run("topic example add", topic="sacks", question=ODD)
    (kept,) = base.store.examples(str(ann.person.guild.id))  # type: ignore[union-attr]
    history = await ann.run("claim history", record=kept.id)
    assert f"History of example {kept.id}" in str(history.embed.title)
    assert "pier" in history.text


async def test_what_is_refused_is_told(ann: Chat) -> None:
    await ann.run("topic example add", topic="sacks", question=ODD)
    again = await ann.run("topic example add", topic="sacks", question=f"{ODD}?")
    assert "this question is an example already" in again.text.replace("\\", "")
    none = await ann.run("topic example add", topic="sacks", question="?!")
    assert "has no word in it" in none.text
    gone = await ann.run("topic example remove", example="nobody asked")
    assert "There is no such example here" in gone.text


async def test_nothing_that_is_typed_is_read_as_markup(ann: Chat) -> None:
    for nasty in NASTY:
        question = f"{ODD} {nasty}"[:290]
        for shown in (
            await ann.run("topic example add", topic="sacks", question=question),
            await ann.run("topic example list"),
        ):
            assert "@everyone" not in shown.text
            assert "```" not in shown.text.replace("\\`", "")
