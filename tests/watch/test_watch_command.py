"""`/watch`: who may begin, list and end it, and where."""

from dataclasses import replace

import discord
import pytest
import simcord

from tests.bases.engines import on_both_engines
from tests.driving import watch_scene
from tests.driving.watch_scene import Scene, second, told

pytestmark = on_both_engines

database = watch_scene.database
base = watch_scene.base
prepared = watch_scene.prepared
scene = watch_scene.scene
simcord_bot = watch_scene.simcord_bot


# ------------------------------------------------------------------ add, list, remove


async def test_a_topic_is_watched_listed_and_removed(scene: Scene) -> None:
    shown = await scene.mona.run("watch add", topic="Wells")
    assert shown.private
    assert "**Latest:** **about 10 wells** (15 January 2024), Ministry" in shown.text
    assert "already" in (await scene.mona.run("watch add", topic="wells")).text
    listed = (await scene.mona.run("watch list")).text
    assert f"**Wells** in <#{scene.news.id}>" in listed
    assert "1 of 25" in listed
    assert await scene.mona.complete("watch remove", "topic", "") == [("Wells", "wells")]
    removed = await scene.mona.run("watch remove", topic="wells")
    assert "No longer told of **Wells**" in removed.text
    assert "No channel" in (await scene.mona.run("watch list")).text
    assert "/watch list" in (await scene.mona.run("watch remove", topic="wells")).text


async def test_an_unknown_topic_is_refused_with_the_nearest(scene: Scene) -> None:
    for command in ("watch add", "watch remove"):
        shown = await scene.mona.run(command, topic="zzz")
        assert shown.private
        assert "There is no topic" in shown.text


async def test_another_channel_is_told_where_one_is_named(scene: Scene) -> None:
    other = scene.server.create_text_channel("other")
    await scene.add_to(other)
    await scene.save(second())
    assert len(told(other)) == 1
    assert told(scene.news) == []


async def test_only_who_manages_the_server_may(scene: Scene) -> None:
    await scene.watch()
    paul = scene.server.add_member(scene.env.create_user("paul"))
    # A server may show the command to everybody; that it is hidden is no protection.
    with scene.env._bot_scope():
        synced = await scene.bot.tree.fetch_commands()
    (command,) = [each for each in synced if each.name == "watch"]
    scene.server.set_command_permissions(command.id, {paul: True})
    member = replace(scene.mona, person=paul)
    commands: list[tuple[str, dict[str, str]]] = [
        ("watch add", {"topic": "talks"}),
        ("watch list", {}),
        ("watch remove", {"topic": "wells"}),
    ]
    for path, options in commands:
        shown = await member.run(path, **options)
        assert shown.private
        assert "Manage Server" in shown.text
    assert await member.complete("watch remove", "topic", "") == []
    assert len(scene.base.store.watches.all()) == 1


async def test_it_is_not_offered_in_direct_messages(scene: Scene) -> None:
    with pytest.raises(simcord.SetupError, match="not visible"):
        await scene.env.create_user("bob").slash("watch list")


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        ({"view_channel": False}, "View Channel"),
        ({"send_messages": False}, "Send Messages"),
        ({"embed_links": False}, "Embed Links"),
    ],
)
async def test_a_channel_that_the_bot_may_not_write_in_is_refused(
    scene: Scene, denied: dict[str, bool | None], named: str
) -> None:
    assert scene.bot.user is not None
    overwrite = discord.PermissionOverwrite(**denied)
    closed = scene.server.create_text_channel("closed", overwrites={scene.bot.user: overwrite})
    result = await scene.add_to(closed)
    assert result.response is not None
    assert result.response.ephemeral
    assert f"permission {named} " in (result.response.embeds[0].description or "")
    assert scene.base.store.watches.all() == []


async def test_a_server_has_so_many_watches(scene: Scene) -> None:
    await scene.watch()
    watches = scene.base.store.watches
    (first,) = watches.all()
    for channel in range(1, 25):
        watches.add(replace(first, channel=channel), 25)
    assert "25 watches" in (await scene.mona.run("watch add", topic="talks")).text
