"""Topics, publications and asserters written in the chat, and the topics' slash commands."""

import discord
import pytest

from commands.curation import topic_commands
from knowledge.base import KnowledgeBase
from knowledge.model import Measure
from tests.bases.engines import on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    CURATOR,
    Server,
    answered,
    call,
    curating_bot,
    drafted,
    fill,
    pressed,
)

pytestmark = on_both_engines

TOPIC = {"title": "Bridges standing", "unit": "bridges", "description": "Bridges that stand"}


async def add_topic(chat: Chat, command: str = "bridges", **texts: str) -> None:
    form = await chat.invoke("topic add", measure="level", command=command)
    await pressed(chat, await fill(chat, form, **{**TOPIC, **texts}), "Save")


def offered(chat: Chat) -> set[str]:
    """Return the slash commands that Discord offers a person."""
    assert chat.channel is not None
    visible = chat.env.backend.visible_commands(
        user_id=chat.person.id,
        channel_id=chat.channel.id,
        type=discord.AppCommandType.chat_input.value,
    )
    return {each["name"] for each in visible}


async def test_a_topic_gets_its_slash_command_without_a_restart_in_its_server_alone(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    await server.env.advance_time(5)
    assert "bridges" in offered(ann)
    assert "Nothing on file" in (await ann.run("bridges")).text
    stranger = Server.found(server.env, "Beta").person("bob", CURATOR)
    assert "bridges" not in offered(stranger)
    (topic,) = base.store.topics(str(server.guild.id))
    assert topic.measure is Measure.LEVEL


async def test_the_command_follows_the_topic_and_comes_back_after_a_restart(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    (topic,) = base.store.topics(str(server.guild.id))
    form = await ann.invoke("topic edit", topic=topic.id, command="spans")
    await pressed(ann, await fill(ann, form), "Save")
    await server.env.advance_time(5)
    assert {"bridges", "spans"} & offered(ann) == {"spans"}
    await server.env.restart_bot(curating_bot(base))
    assert "Nothing on file" in (await ann.run("spans")).text


async def test_topics_added_together_are_told_to_discord_together(
    server: Server, ann: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_commands, "TOGETHER_SECONDS", 600.0)
    before = guild_syncs(server)
    for number in range(3):
        await add_topic(ann, f"bridges-{number}", title=f"Bridges {number}")
    await server.env.advance_time(601)
    assert {f"bridges-{number}" for number in range(3)} <= offered(ann)
    assert guild_syncs(server) - before == 1


def guild_syncs(server: Server) -> int:
    path = f"/guilds/{server.guild.id}/commands"
    return sum(path in str(each) for each in server.env.http_requests)


@pytest.mark.parametrize("command", ["ask", "sacks", "claim", "topics"])
async def test_a_topic_takes_no_command_that_is_there(ann: Chat, command: str) -> None:
    form = await ann.invoke("topic add", measure="level", command=command)
    shown = await fill(ann, form, **TOPIC)
    assert "Save" not in shown.buttons
    assert f"/{command} is" in shown.text


async def test_a_failing_sync_does_not_stop_the_bot(server: Server, ann: Chat) -> None:
    server.env.inject_error("PUT", "/applications/*/guilds/*/commands", status=403, code=50001)
    await add_topic(ann)
    await server.env.advance_time(5)
    shown = await ann.press(await ann.run("topics"), "More ▶")
    assert "Bridges standing" in shown.text


async def test_a_topic_with_a_unit_cannot_be_qualitative(ann: Chat) -> None:
    form = await ann.invoke("topic add", measure="qualitative")
    shown = await fill(ann, form, **TOPIC)
    assert "Save" not in shown.buttons
    assert "unit" in shown.text


async def test_sources_and_asserters_are_added_and_changed(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    place = str(server.guild.id)
    form = await ann.invoke("sources add")
    texts = {"publisher": "The Quay", "title": "Bridges", "url": "https://a.example/1"}
    shown = await fill(ann, form, **texts, published_on="March 2024")
    assert "March 2024" in shown.text
    await pressed(ann, shown, "Save")
    (source,) = base.store.sources(place)
    form = await ann.invoke("sources edit", source=source.id)
    await pressed(ann, await fill(ann, form, title="Bridges counted"), "Save")
    (changed,) = base.store.sources(place)
    assert changed == source.model_copy(update={"title": "Bridges counted"})
    form = await ann.invoke("asserter add")
    shown = await fill(ann, form, organisation="Harbour office", country="Egypt", aliases="HO, Ho")
    await pressed(ann, shown, "Save")
    (asserter,) = base.store.asserters(place)
    assert asserter.country == "EG"
    form = await ann.invoke("asserter edit", asserter=asserter.id)
    struck = await fill(ann, form, person="Ada")
    assert "Ada" in struck.text
    await pressed(ann, struck, "Save")
    assert base.store.asserters(place)[0].person == "Ada"


@pytest.mark.parametrize(
    "texts",
    [
        {"publisher": "x", "title": "x", "url": "not an address"},
        {"publisher": "x", "title": "x", "published_on": "2099"},
        {"publisher": "x", "title": "x", "published_on": "2024-02-31"},
        {"publisher": "x", "title": " "},
    ],
)
async def test_a_bad_source_is_refused(
    base: KnowledgeBase, server: Server, ann: Chat, texts: dict[str, str]
) -> None:
    shown = await fill(ann, await ann.invoke("sources add"), **texts)
    assert shown.private
    assert "Save" not in shown.buttons
    assert base.store.sources(str(server.guild.id)) == []


async def test_every_shipped_record_comes_through_its_form_unchanged(
    base: KnowledgeBase, server: Server
) -> None:
    await server.env.restart_bot(curating_bot(base, frozenset({server.guild.id})))
    ann = server.person("ann", CURATOR)
    before = base.store.revision()
    for command, option, ids in (
        ("topic edit", "topic", [one.id for one in base.store.topics()]),
        ("sources edit", "source", [one.id for one in base.store.sources()]),
        ("asserter edit", "asserter", [one.id for one in base.store.asserters()]),
        ("claim edit", "claim", [one.id for one in base.store.all_claims()]),
    ):
        for key in ids:
            form = await call(ann, command, {option: key})
            shown = await fill(ann, form)
            assert "~~" not in shown.text, (key, shown.text)
            assert "Save" in shown.buttons, (key, shown.text)
            told = await pressed(ann, shown, "Save")
            assert "nothing differs" in told.text, (key, told.text)
    assert base.store.revision() == before


async def retired(chat: Chat, topic: str, reason: str = "nobody asks for it") -> Shown:
    return await chat.run("topic retire", topic=topic, reason=reason)


async def test_a_retired_topic_leaves_answers_commands_and_completions(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    place = str(server.guild.id)
    (topic,) = base.store.topics(place)
    await pressed(ann, await drafted(ann, topic=topic.id, statement="The bridges stand."), "Save")
    (claim,) = base.store.all_claims(place)
    told = await retired(ann, "Bridges standing")
    assert told.text.startswith("**Retired** `bridges`")
    await server.env.advance_time(5)
    assert "bridges" not in offered(ann)
    assert topic.title not in (await ann.run("topics")).text
    assert "There is no topic" in (await ann.run("figures", topic=topic.id)).text
    for question in ("how many bridges are standing", "The bridges stand."):
        assert "Bridges standing" not in (await ann.run("ask", question=question)).text
    for command, option in (("figures", "topic"), ("source", "what"), ("claim retract", "claim")):
        found = await ann.complete(command, option, "bridges")
        assert not any("ridge" in shown for shown, _ in found), command
    assert "The bridges stand." in (await ann.run("source", what=claim.id)).text
    assert "Bridges standing" in (await ann.run("claim history", record=topic.id)).text
    assert "Retired" not in (await ann.run("claim history", record=claim.id)).text
    await server.env.restart_bot(curating_bot(base))
    assert "bridges" not in offered(ann)
    assert base.store.verify_history() == []


async def test_what_retired_a_topic_can_be_undone(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    (topic,) = base.store.topics(str(server.guild.id))
    told = await retired(ann, topic.id)
    number = int(told.text.rpartition("/claim undo ")[2].strip("`"))
    again = await retired(ann, topic.id)
    assert "retired already" in again.text
    await call(ann, "claim undo", {"revision": number})
    await server.env.advance_time(5)
    assert "bridges" in offered(ann)
    assert "Nothing on file" in (await ann.run("bridges")).text


async def test_a_command_that_was_taken_meanwhile_is_not_taken_back(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    await add_topic(ann)
    (topic,) = base.store.topics(str(server.guild.id))
    told = await retired(ann, topic.id)
    await add_topic(ann, title="Other bridges")
    number = int(told.text.rpartition("/claim undo ")[2].strip("`"))
    refused = answered(await call(ann, "claim undo", {"revision": number}))
    assert "/bridges is already the command of the topic bridges-2" in refused.text


async def test_a_shared_topic_is_not_retired_from_a_server(base: KnowledgeBase, ann: Chat) -> None:
    before = base.store.revision()
    refused = await retired(ann, "sacks")
    assert refused.private
    assert "belongs to the shared base" in refused.text
    assert "Whoever runs the bot" in refused.text
    assert "There is no topic" in (await retired(ann, "zebras")).text
    assert base.store.revision() == before


async def test_those_who_curate_the_shared_base_retire_its_topics(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    bob = Server.found(server.env, "Beta").person("bob", CURATOR)
    await server.env.restart_bot(curating_bot(base, frozenset({server.guild.id})))
    assert "sacks" in offered(bob)
    assert "Retired" in (await retired(ann, "sacks")).text
    await server.env.advance_time(5)
    for chat in (ann, bob):
        assert "sacks" not in offered(chat)
        assert "There is no topic" in (await chat.run("figures", topic="sacks")).text
        assert "sacks" not in (await chat.run("help")).tappable
