"""Several processes on one base: what falls to the one of them that has the server."""

from collections.abc import Iterator

import discord
import pytest
from simcord.env import Env

from bot.client import Claimbot
from commands.chat import base_of
from commands.watch.messenger import Messenger
from knowledge.base import KnowledgeBase, opened
from knowledge.model import AnyRecord, Status
from knowledge.store import Where
from tests.bases.engines import on_both_engines
from tests.bases.making import topic
from tests.curation.servers.test_error_reports import direct, reported, user_of
from tests.curation.servers.test_proposals import proposed, written_to
from tests.driving import watch_scene
from tests.driving.curators import Server, curating_bot
from tests.driving.watch_scene import Scene, save_now, second, told

pytestmark = on_both_engines

database = watch_scene.database
base = watch_scene.base
prepared = watch_scene.prepared
scene = watch_scene.scene


@pytest.fixture
def simcord_bot(base: KnowledgeBase) -> Claimbot:
    return curating_bot(base)


@pytest.fixture
def server(simcord_env: Env) -> Server:
    return Server.found(simcord_env, review=True)


@pytest.fixture
def elsewhere(database: Where, base: KnowledgeBase) -> Iterator[KnowledgeBase]:
    """Open the database as another process does."""
    assert base.store.revision()
    with opened(database) as found:
        yield found


def leave(monkeypatch: pytest.MonkeyPatch, bot: Claimbot) -> None:
    """Let everything fall to another process."""
    monkeypatch.setattr(bot, "serves", lambda _: False)


# ------------------------------------------------------------------ who tells


@pytest.mark.parametrize("here", [True, False])
async def test_a_decision_is_told_by_the_process_that_has_the_server(
    monkeypatch: pytest.MonkeyPatch,
    elsewhere: KnowledgeBase,
    server: Server,
    simcord_bot: Claimbot,
    *,
    here: bool,
) -> None:
    carl = server.person("carl", "contributor")
    await proposed(server, carl)
    place = str(server.guild.id)
    (waiting,) = elsewhere.store.all_claims(place)
    if not here:
        leave(monkeypatch, simcord_bot)
    put(elsewhere, place, waiting.model_copy(update={"status": Status.ACTIVE}))
    with server.env._bot_scope():
        await base_of(simcord_bot).writer.catch_up()
    await server.env.settle()
    assert len(written_to(server.env, carl)) == int(here)


@pytest.mark.parametrize("here", [True, False])
async def test_a_topics_command_is_registered_by_one_process_and_answered_by_all(
    monkeypatch: pytest.MonkeyPatch,
    elsewhere: KnowledgeBase,
    server: Server,
    simcord_bot: Claimbot,
    *,
    here: bool,
) -> None:
    if not here:
        leave(monkeypatch, simcord_bot)
    before = _sent(server.env, "PUT")
    place = str(server.guild.id)
    for workspace, name in ((None, "bridges"), (place, "spans")):
        put(elsewhere, workspace, topic(name).model_copy(update={"command": name}))
    with server.env._bot_scope():
        await base_of(simcord_bot).writer.catch_up()
    await server.env.advance_time(11)
    assert _sent(server.env, "PUT") - before == (2 if here else 0)
    assert bool(_sent(server.env, "GET")) is not here
    assert simcord_bot.tree.get_command("bridges") is not None
    own = simcord_bot.tree.get_command("spans", guild=discord.Object(server.guild.id))
    assert own is not None


def put(base: KnowledgeBase, place: str | None, *records: AnyRecord) -> None:
    base.writer.write_now(
        lambda change: change.put_all(records), who="ann [9]", why="yes", workspace=place
    )


def _sent(env: Env, method: str) -> int:
    asked = [one for one in env.http_requests if one.method == method]
    return sum(str(one.path).endswith("/commands") for one in asked)


@pytest.mark.parametrize("here", [True, False])
async def test_news_are_told_by_the_process_that_has_the_server(
    monkeypatch: pytest.MonkeyPatch, scene: Scene, *, here: bool
) -> None:
    await scene.watch()
    if not here:
        leave(monkeypatch, scene.bot)
    save_now(scene.base, second())
    with scene.env._bot_scope():
        assert not await Messenger(scene.bot, scene.base).tell_due()
    assert len(told(scene.news)) == int(here)


# ------------------------------------------------------------------ direct messages


async def test_an_owner_decides_in_private_where_another_process_has_the_server(
    monkeypatch: pytest.MonkeyPatch, simcord_env: Env, simcord_bot: Claimbot
) -> None:
    server = Server.found(simcord_env, "Beta")
    ulf, owner = server.person("ulf"), server.owner()
    await reported(ulf)
    (shown,) = direct(simcord_env, owner.person.id)
    leave(monkeypatch, simcord_bot)
    monkeypatch.setattr(simcord_bot, "get_guild", lambda _: None)
    form = await user_of(owner).click(shown.message, label="Mended")
    await user_of(owner).submit_modal(form, {"line": "Thank you"})
    news = direct(simcord_env, ulf.person.id)[0]
    assert "Thank you" in news.text


async def test_somebody_else_does_not(
    monkeypatch: pytest.MonkeyPatch, simcord_env: Env, simcord_bot: Claimbot
) -> None:
    server = Server.found(simcord_env, "Beta")
    owner = server.owner()
    await reported(server.person("ulf"))
    (shown,) = direct(simcord_env, owner.person.id)
    leave(monkeypatch, simcord_bot)
    monkeypatch.setattr(simcord_bot, "get_guild", lambda _: None)
    simcord_env.inject_error("GET", f"/guilds/{server.guild.id}", status=403, code=50001)
    refused = await user_of(owner).click(shown.message, label="Mended")
    assert refused.modal is None
    assert refused.response is not None
    assert "Only those whom this report was sent to" in str(refused.response.embeds[0].description)
