"""A server whose channel watches topics, for the tests of `/watch` and of what is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import discord
import pytest
import simcord
from simcord.env import Env

from bot.client import Claimbot
from commands.watch.messenger import QUIET_SECONDS
from knowledge.base import KnowledgeBase, opened
from knowledge.model import AnyRecord, Claim, Measure
from knowledge.store import Where
from tests.bases.engines import copy_of, drop
from tests.bases.making import asserter, claim, source, topic
from tests.conftest import LIMITS, TODAY, Chat

A_WHILE = 4 * QUIET_SECONDS
FIRST = claim("first", "about 10", on="2024-01-15")


@pytest.fixture(scope="module")
def prepared(valley_database: Where, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Where]:
    """Put two topics of a claim each beside what is shipped."""
    path = copy_of(valley_database, tmp_path_factory.mktemp("watched"))
    talks = claim("talks", on="2024-01-15", topic="talks")
    with opened(path) as base:
        save_now(base, topic(), topic("talks", Measure.QUALITATIVE), asserter(), source())
        save_now(base, FIRST, talks)
    yield path
    drop(path)


@pytest.fixture
def database(prepared: Where, tmp_path: Path) -> Iterator[Where]:
    """Copy the database for one test."""
    copy = copy_of(prepared, tmp_path)
    yield copy
    drop(copy)


@pytest.fixture
def base(database: Where) -> Iterator[KnowledgeBase]:
    """Open the database for as long as the first bot runs."""
    with opened(database) as found:
        yield found


@pytest.fixture
def simcord_bot(base: KnowledgeBase) -> Claimbot:
    """Make the real bot, with a database to write to."""
    return Claimbot(base, today=lambda: TODAY)


@dataclass(frozen=True, slots=True)
class Scene:
    """A server of Olga's with a channel for news, where Mona sits, who manages the server."""

    env: Env
    bot: Claimbot
    base: KnowledgeBase
    server: simcord.GuildHandle
    news: simcord.ChannelHandle
    mona: Chat

    async def watch(self, topic: str = "wells") -> None:
        """Watch a topic in the channel for news."""
        assert "told from now on" in (await self.mona.run("watch add", topic=topic)).text

    async def add_to(
        self, channel: simcord.ChannelHandle, topic: str = "wells"
    ) -> simcord.InteractionResult:
        """Watch a topic in another channel."""
        assert isinstance(self.mona.person, simcord.MemberActor)
        return await self.mona.person.slash(self.news, "watch add", topic=topic, channel=channel)

    async def save(self, *records: AnyRecord, workspace: str | None = None) -> None:
        """Write as a command of the bot does, and wait for what comes of it."""
        await self.save_in_a_row(*records, workspace=workspace)
        await self.env.advance_time(A_WHILE)

    async def save_in_a_row(self, *records: AnyRecord, workspace: str | None = None) -> None:
        """Write as a command of the bot does."""
        with self.env._bot_scope():
            await self.base.writer.write(
                lambda change: change.put_all(records), who="mona", why="t", workspace=workspace
            )

    def break_down(self, status: int, code: int, times: int | None = 1) -> None:
        """Let Discord refuse messages in the channel for news."""
        path = f"/channels/{self.news.id}/messages"
        self.env.inject_error("POST", path, status=status, code=code, times=times)

    async def delete_news(self) -> None:
        """Delete the channel for news."""
        with self.env._bot_scope():
            self.env.backend.delete_channel(self.news.id)
        await self.env.settle()

    def notes(self) -> list[str]:
        """Return what the owner of the server was written."""
        owner = self.env.backend.get_guild(self.server.id).owner_id
        direct = self.env.backend.get_dm_channel(owner)
        found = self.env.backend.messages[direct.id].values()
        return [str(message.embeds[0]["description"]) for message in found]


@pytest.fixture
def scene(simcord_env: Env, simcord_bot: Claimbot, base: KnowledgeBase) -> Scene:
    """Set the scene."""
    server = simcord_env.create_guild("Diggers", owner=simcord_env.create_user("olga"))
    news = server.create_text_channel("news")
    mona = manager(simcord_env, server, news)
    return Scene(simcord_env, simcord_bot, base, server, news, mona)


def manager(env: Env, server: simcord.GuildHandle, channel: simcord.ChannelHandle) -> Chat:
    """Let somebody sit down in a channel who manages the server."""
    role = server.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    person = server.add_member(env.create_user(f"mona{server.id}"), roles=[role])
    return Chat(env, person, channel)


def save_now(base: KnowledgeBase, *records: AnyRecord) -> None:
    """Write as a program without a bot does."""
    base.writer.write_now(lambda change: change.put_all(records), who="t", why="t")


def edited(record: Claim, **changes: object) -> Claim:
    """Return a claim with some fields changed."""
    return record.model_copy(update=changes)


def second(figure: str = "about 30") -> Claim:
    """Return a newer claim, which moves both the latest estimate and the range."""
    return claim("second", figure, on="2024-02-15")


def told(channel: simcord.ChannelHandle) -> list[str]:
    """Return what everybody can read in a channel, message by message."""
    found = []
    for message in channel.history():
        if not message.flags.ephemeral:
            (embed,) = message.embeds
            assert message.content == ""
            assert not message.mentions
            assert not message.mention_everyone
            check_embed(embed)
            fields = [field.value for field in embed.fields]
            parts = [embed.title, embed.description, *fields, embed.footer.text]
            found.append("\n".join(part for part in parts if part))
    return found


def check_embed(embed: discord.Embed) -> None:
    """Fail where Discord would refuse an embed."""
    assert len(embed.title or "") <= LIMITS["title"]
    assert 0 < len(embed.description or "") <= LIMITS["description"]
    assert all(0 < len(field.value or "") <= 1024 for field in embed.fields)
    assert len(embed) <= LIMITS["total"]
