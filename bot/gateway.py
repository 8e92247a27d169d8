"""The connections to Discord's gateway: one for each shard, begun in turn, kept up and resumed."""

import asyncio
import logging
import os
import socket
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, Literal

import discord
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.state import AutoShardedConnectionState
from typing_extensions import override

from bot.client import Claimbot
from bot.logs import NETWORK, line
from bot.shards import Shards
from knowledge.model import ForOperators
from knowledge.store import StoreError

_log = logging.getLogger(__name__)

APART_SECONDS = 5.5
"""Between two sessions that are begun in one bucket: Discord asks for five; the rest is for the way
there, which is not always equally long (chosen by eye)."""
_CONNECT_SECONDS = 60.0
"""How long a connection may take to come about: what discord.py gives it."""
_KNOWN_SECONDS = 60.0
"""How long what Discord said of the sessions that may be begun is relied upon (chosen by eye)."""
YIELD_SECONDS = 20.0
"""How long to wait for another process to leave a shard, as when each is started anew in turn:
longer than a stop takes, or than the database takes to miss a machine that died (chosen by eye)."""
_LOOK_SECONDS, _STAY_SECONDS = 0.5, 60.0
"""How often it is looked whether it has left, and whether the shards are still this process's own
(chosen by eye)."""
_GOODBYE, _DROPPED = 1000, 4000
"""The codes with which a session is ended, and with which a connection is left."""


class ShardedClaimbot(Claimbot):
    """The bot on Discord's gateway, with the shards that fall to this process.

    discord.py has a client for several shards; it ends all of them with one that fails, and begins
    a new session where the network was away for a moment. Here each is kept up by itself.
    """

    chosen: Shards | None = None
    """Which shards the operator lets this process serve; otherwise all that Discord recommends."""

    _links: "Mapping[int, _Link]" = MappingProxyType({})
    _keeping: frozenset[asyncio.Task[None]] = frozenset()

    @override
    def _get_state(self, **options: Any) -> AutoShardedConnectionState["ShardedClaimbot"]:
        self._sharded = AutoShardedConnectionState[ShardedClaimbot](
            dispatch=self.dispatch,
            handlers=self._handlers,
            hooks=self._hooks,
            http=self.http,
            **options,
        )
        return self._sharded

    @override
    def serves(self, guild: int | None) -> bool:
        return self.chosen is None or self.chosen.serve(guild)

    @property
    @override
    def latency(self) -> float:
        """The mean of the last heartbeats of all shards that are connected."""
        known = [link.socket.latency for link in self._links.values() if link.socket]
        return sum(known) / len(known) if known else float("nan")

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for nothing more: a shard has had its turn before it connects."""

    @override
    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect every shard, and keep them connected until the client is closed.

        Raises:
            GatewayNotFound: no connection came about.
            ConnectionClosed: Discord has closed one for good.
            ShardTaken: another process serves one of them.
        """
        starts = _Starts(self)
        shards = self.chosen or Shards.every(await starts.recommended())
        own = _Own(self, shards)
        await own.take()
        if len(shards.ids) > 1 or self.chosen:
            _log.info("Serving %d of %d shards", len(shards.ids), shards.count)
        self.shard_count = self._sharded.shard_count = shards.count
        self._sharded.shard_ids = list(shards.ids)
        self._links = {shard: _Link(self, starts, shard) for shard in shards.ids}
        keeping = [own.stay(), *(one.keep() for one in self._links.values())]
        self._keeping = frozenset(map(asyncio.create_task, keeping))
        try:
            ended, _ = await asyncio.wait(self._keeping, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in self._keeping:
                task.cancel()
        for task in ended:
            if not task.cancelled():
                task.result()

    @override
    async def close(self) -> None:
        """Say goodbye on every connection, and leave."""
        for task in self._keeping:
            task.cancel()
        leaving = (link.leave() for link in self._links.values())
        # A connection that is lost by now needs no goodbye.
        await asyncio.gather(*leaving, return_exceptions=True)
        await super().close()

    @property
    def has_connected(self) -> bool:
        """Whether Discord's gateway was reached at all by this process."""
        return any(link.socket is not None for link in self._links.values())


class ShardTaken(ForOperators):
    """Another process serves a shard, and both would answer everybody there."""

    def __init__(self, shard: str, holder: str, *, chosen: bool) -> None:
        other = f" ({holder})" if holder else ""
        share = (
            "give each process other ones by CLAIMBOT_SHARDS"
            if chosen
            else "share the shards out by CLAIMBOT_SHARDS"
        )
        super().__init__(
            f"Shard {shard} is served by another process already{other}: stop that one, or {share}."
        )


class _Own:
    """The shards of this process, as the others on the database are told."""

    def __init__(self, client: ShardedClaimbot, shards: Shards) -> None:
        self._client = client
        # Two bots may share a database; each has shards of its own.
        bot = client.application_id or 0
        self._shards = {
            f"shard {one} of bot {bot}": f"{one} of {shards.count}" for one in shards.ids
        }
        self._name = f"process {os.getpid()} on {socket.gethostname()}"

    async def take(self) -> None:
        """Tell others whose they are, once whoever had them before has left.

        Raises:
            ShardTaken: another process goes on serving one of them.
        """
        loop = asyncio.get_running_loop()
        end, told = loop.time() + YIELD_SECONDS, False
        try:
            while taken := await self._taken():
                if loop.time() > end:
                    raise taken
                if not told:
                    _log.warning("%s Waiting for that for %.0f seconds", taken, YIELD_SECONDS)
                    told = True
                await asyncio.sleep(_LOOK_SECONDS)
        except StoreError as error:
            _log.warning("Whether another process serves the same shards is unknown: %s", error)

    async def stay(self) -> None:
        """Keep them for as long as the client runs, over every time that the database is away."""
        told = False
        while not self._client.is_closed():
            await asyncio.sleep(_STAY_SECONDS)
            with suppress(StoreError):  # whoever listens to the database says so
                taken = await self._taken()
                if taken and not told:
                    _log.error("While the database was away, another process began: %s", taken)
                told = taken is not None

    async def _taken(self) -> ShardTaken | None:
        base = self._client.base
        if base is None:
            return None
        names = list(self._shards)
        taken = await asyncio.to_thread(base.store.reserve, names, self._name)
        if taken is None:
            return None
        chosen = self._client.chosen is not None
        return ShardTaken(self._shards[taken.name], taken.holder, chosen=chosen)


class _Starts:
    """When sessions may be begun: as many a day as Discord allows, and never two at once.

    Discord sorts the shards into buckets; in one, a session may be begun every five seconds,
    whichever process does it. The processes take turns by the database that they share.
    """

    def __init__(self, client: ShardedClaimbot) -> None:
        self._client = client
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asking = asyncio.Lock()
        self._until = 0.0
        self._left = self._buckets = 0

    async def recommended(self) -> int:
        """Return how many shards Discord recommends.

        Raises:
            GatewayNotFound: Discord does not say.
        """
        count, _, limits = await self._client.http.get_bot_gateway()
        self._left, self._buckets = limits["remaining"], limits["max_concurrency"]
        self._until = asyncio.get_running_loop().time() + _KNOWN_SECONDS
        return count

    async def turn(self, shard: int) -> None:
        """Wait until a shard may begin a session.

        Raises:
            GatewayNotFound: Discord does not say whether it may.
        """
        await self._ask()
        bucket = shard % max(self._buckets, 1)
        async with self._turns[bucket]:
            await self._ask()
            self._left -= 1
            await asyncio.sleep(await self._seconds(bucket))

    async def _ask(self) -> None:
        """Ask Discord how many sessions are left, and wait for tomorrow's where none is."""
        async with self._asking:
            while self._left < 1 or asyncio.get_running_loop().time() > self._until:
                _, _, limits = await self._client.http.get_bot_gateway()
                self._left, self._buckets = limits["remaining"], limits["max_concurrency"]
                self._until = asyncio.get_running_loop().time() + _KNOWN_SECONDS
                if self._left < 1:
                    seconds = limits["reset_after"] / 1000
                    _log.error(
                        "Discord lets this bot begin no more sessions: all %d of a day are used "
                        "up. Waiting for %.0f minutes, until there are new ones",
                        limits["total"],
                        seconds / 60,
                    )
                    await asyncio.sleep(max(seconds, 1.0))

    async def _seconds(self, bucket: int) -> float:
        """Return how long the turn of this process is away, and take it."""
        base = self._client.base
        if base is None:
            return APART_SECONDS
        try:
            return await asyncio.to_thread(
                base.store.turns.take, f"identify {bucket}", APART_SECONDS
            )
        except StoreError as error:
            _log.warning("Whose turn it is to begin a session cannot be read: %s", error)
            return APART_SECONDS


class _Link:
    """The connection of one shard."""

    def __init__(self, client: ShardedClaimbot, starts: _Starts, shard: int) -> None:
        self._client = client
        self._starts = starts
        self._shard = shard
        self._heard = False
        """Whether the last connection has brought anything."""
        self.socket: DiscordWebSocket | None = None
        """The newest connection, open or lost."""

    async def keep(self) -> None:
        """Connect, and again whenever the connection is lost: where it was, if that can be.

        Raises:
            GatewayNotFound: nothing has ever been heard from Discord's gateway.
            ConnectionClosed: Discord has closed the connection for good.
        """
        backoff = ExponentialBackoff[Literal[False]]()
        resume = False
        while not self._client.is_closed():
            why = "the connection was lost"
            try:
                await self._listen(resume=resume)
            except ReconnectWebSocket as lost:
                resume = lost.resume
            except discord.ConnectionClosed as closed:
                if closed.code != _GOODBYE:
                    raise
                resume = True
            except NETWORK as error:
                if not self._client.has_connected:
                    raise discord.GatewayNotFound from error
                resume, why = True, line(error)
            except Exception:
                if self.socket is None:
                    raise
                # What Discord sent would come again where the session went on.
                _log.exception("The connection of shard %d failed", self._shard)
                await self.socket.close(code=_DROPPED)
                resume, self._heard = False, False
            self._client.dispatch("disconnect")
            if not self._heard:
                seconds = backoff.delay()
                _log.warning("Shard %d: %s; again in %.1f seconds", self._shard, why, seconds)
                await asyncio.sleep(seconds)

    async def leave(self) -> None:
        """Say goodbye."""
        if self.socket is not None and self.socket.open:
            await self.socket.close(code=_GOODBYE)

    async def _listen(self, *, resume: bool) -> None:
        """Connect, and take up what comes until the connection ends, which raises what ended it."""
        self._heard = False
        lost = self.socket
        if resume and lost is not None and lost.session_id is not None:
            connecting = self._resumed(lost)
        else:
            await self._starts.turn(self._shard)
            connecting = DiscordWebSocket.from_client(self._client, shard_id=self._shard)
        socket = self.socket = await asyncio.wait_for(connecting, _CONNECT_SECONDS)
        begun = socket.sequence
        try:
            while True:
                await socket.poll_event()
        finally:
            self._heard = socket.sequence != begun

    async def _resumed(self, lost: DiscordWebSocket) -> DiscordWebSocket:
        return await DiscordWebSocket.from_client(
            self._client,
            shard_id=self._shard,
            resume=True,
            gateway=lost.gateway,
            session=lost.session_id,
            sequence=lost.sequence,
        )
