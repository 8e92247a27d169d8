"""The Discord client: its intents, its commands, and what it does when it comes up."""

import asyncio
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import discord
from discord import app_commands
from discord.ext import tasks

from bot.following import LOOK_SECONDS, Following
from commands.cards import Links
from commands.chat import (
    App,
    CommandTranslator,
    Limits,
    Request,
    Rights,
    admitted,
    features,
    interrupt,
    register_commands,
)
from commands.text import Addresses
from knowledge.base import KnowledgeBase
from knowledge.workspaces import Workspace

_log = logging.getLogger(__name__)
TELL_SECONDS = 1.0
"""How long telling those who wait may take when the bot stops."""

# The bot never speaks: what voice would need is no news to anybody.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


class Tree(app_commands.CommandTree["Claimbot"]):
    """The commands; each call of one is followed from here on."""

    async def interaction_check(self, interaction: discord.Interaction[Any]) -> bool:
        """Begin the request; turn it away from a hasty person, and where the bot stops."""
        return await admitted(interaction)


class Claimbot(App):
    """Answers slash commands, in servers and in direct messages; reads no messages."""

    def __init__(  # noqa: PLR0913 - each is a setting of the operator
        self,
        workspace: Workspace | KnowledgeBase,
        *,
        today: Callable[[], date] | None = None,
        rights: Rights | None = None,
        limits: Limits | None = None,
        public_url: str | None = None,
        fetches: bool = False,
        links: Links | None = None,
    ) -> None:
        """Make a client that is not connected yet; `today` replaces the clock's day.

        With a `public_url`, answers link to the pages there. With a single workspace instead of an
        open database, it answers and changes nothing.
        """
        super().__init__(
            limits,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
        )
        if isinstance(workspace, KnowledgeBase):
            self.base = workspace
        else:
            self.workspace = workspace
        if rights is not None:
            self.rights = rights
        if public_url is not None:
            self.addresses = Addresses(public_url)
        self.fetches = fetches
        self.links = links or self.links
        self.connections: Counter[str] = Counter()
        """How often the gateway was `connected`, `resumed` and `disconnected`."""
        self.observers: list[Callable[[Request], None]] = []
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self._today = today
        self._synced: str | None = None
        self._following: Following | None = None
        for feature in features():
            feature.register(self)

    def today(self) -> date:
        """Return the day that "last month" is reckoned from."""
        return self._today() if self._today else super().today()

    async def setup_hook(self) -> None:
        """Tell Discord the commands, once for each login."""
        self.started = discord.utils.utcnow()
        await self.tree.set_translator(CommandTranslator())
        await self.sync_commands()
        for start in self.starting:
            await start()
        if self.base is not None and self._following is None:
            self._following = Following(self.base, self._prune)
            self._following.listen()
            self._follow.start()

    async def close(self) -> None:
        """Leave Discord, and follow other writers no longer."""
        if self._following is not None:
            self._follow.cancel()
            self._following.end()
        await super().close()

    @tasks.loop(seconds=LOOK_SECONDS)
    async def _follow(self) -> None:
        """Look for what other processes write, though nothing was heard of it, and tidy up."""
        self.pool.tidy()
        if self._following is not None:
            await self._following.look()

    async def _prune(self) -> None:
        """Delete what was asked in vain too long ago, once a day."""
        if self.base is not None:
            await asyncio.to_thread(self.base.unanswered.prune, self.today())

    async def sync_commands(self) -> None:
        """Tell Discord the commands, unless it has heard these very ones from this client."""
        if self._digest() == self._synced:
            return
        try:
            await register_commands(self)
        except (KeyError, TypeError, ValueError):
            # Discord has taken them by now; only its list of them is not what the library reads.
            _log.warning("Discord's list of the registered commands cannot be read", exc_info=True)
        self._synced = self._digest()
        if self.serves(None):
            _log.info("%d commands registered with Discord", len(self.tree.get_commands()))

    def _digest(self) -> str:
        payloads = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        return hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()

    def finished(self, request: Request) -> None:
        """Tell everyone who asked to be told that a request has ended."""
        for observe in self.observers:
            observe(request)

    async def finish(self, seconds: float) -> None:
        """Turn new commands away, let what runs come to its end, and tell those who wait longer."""
        self.stopping = True
        if self.base is not None:
            self.base.workspaces.leave()
        if self.running:
            await asyncio.wait(self.running, timeout=seconds)
        left = [asyncio.create_task(interrupt(one)) for one in self.waiting.values()]
        if left:
            _log.info("%d requests are left unfinished", len(left))
            await asyncio.wait(left, timeout=TELL_SECONDS)
        for task in (*left, *self.running):
            task.cancel()

    async def on_connect(self) -> None:
        """Count a new session."""
        self.connections["connected"] += 1

    async def on_resumed(self) -> None:
        """Count a connection that went on where it had been lost."""
        self.connections["resumed"] += 1

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Do what is to be done about a server that the bot has left."""
        for leave in self.leaving:
            await leave(guild)

    async def on_disconnect(self) -> None:
        """Count a connection that was lost."""
        self.connections["disconnected"] += 1

    async def on_ready(self) -> None:
        """Log that answers are given; Discord says so again after each new session."""
        _log.info("Ready as %s in %d servers", self.user, len(self.guilds))
