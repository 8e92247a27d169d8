"""As much of Discord as a bot meets, on the loopback: its HTTP interface and its gateway.

The bot runs as it is, in a process of its own; only the two addresses that its library holds
are others there. Whatever it sends is held against Discord's limits.
"""

import asyncio
import json
import os
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from pydantic import ValidationError

from tests.driving.forking import Forked, Start, fork
from tests.driving.payload_limits import check_callback, check_commands, check_message

TOKEN = "MTA.stub-token.for_a-loopback-gateway"  # noqa: S105
APPLICATION, GUILD, CHANNEL, PERSON = "1", "40", "50", "30"
PATIENCE = 60
BOT = {"id": APPLICATION, "username": "Claimbot", "discriminator": "0", "avatar": None, "bot": True}
ALICE = {"id": PERSON, "username": "alice", "discriminator": "0", "avatar": None}
SLASH, BUTTON, COMPLETION = 2, 3, 4
Payload = dict[str, Any]


@dataclass
class Fault:
    """What the HTTP interface answers instead, once."""

    path: str
    """What the path has to hold."""
    status: int
    body: Payload = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Discord:
    """The other side: what it was told stands in its fields."""

    base: str = ""
    close_code: int | None = None
    """With what the gateway closes instead of greeting an identified bot."""
    faults: list[Fault] = field(default_factory=list)
    registered: list[list[Payload]] = field(default_factory=list)
    identified: list[Payload] = field(default_factory=list)
    resumed: list[Payload] = field(default_factory=list)
    judging: bool = True
    """Whether it looks for what Discord would refuse, which takes longer than to answer."""
    wrong: list[str] = field(default_factory=list)
    """What Discord would have refused."""
    posted: dict[tuple[str, str], Payload] = field(default_factory=dict)
    """The messages of each channel, by channel and nonce: of equal ones there is one."""
    requests: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    """The interactions whose first answer was taken away."""
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    shards: int = 1
    """How many it recommends."""
    guilds: list[str] = field(default_factory=lambda: [GUILD])
    starts: Payload = field(
        default_factory=lambda: {
            "total": 1000,
            "remaining": 1000,
            "reset_after": 0,
            "max_concurrency": 1,
        }
    )
    """What it says of the sessions that may be begun."""
    apart: float = 0.0
    """How many seconds it wants between two sessions that are begun in one bucket."""
    hasty: list[int] = field(default_factory=list)
    """The shards that were not apart."""
    sockets: dict[int, web.WebSocketResponse] = field(default_factory=dict)
    """The newest connection of each shard."""
    refusing: int = 0
    """How many connections it refuses from now on."""
    hanging: bool = False
    """Whether the HTTP interface answers nothing any more."""
    deaf: bool = False
    """Whether the gateway reads nothing any more, not even a goodbye."""
    _answers: dict[str, asyncio.Queue[Payload]] = field(
        default_factory=lambda: defaultdict(asyncio.Queue)
    )
    _kinds: dict[str, int] = field(default_factory=dict)
    _answered: set[str] = field(default_factory=set)
    _begun: dict[int, float] = field(default_factory=dict)
    _sequence: int = 0
    _ids: int = 1000

    # -------------------------------------------------------------- HTTP

    def app(self) -> web.Application:
        """Make the routes."""
        app = web.Application(middlewares=[self._faulty], client_max_size=2**25)
        webhook = "/webhooks/{application}/{token}"
        app.router.add_get("/users/@me", self._me)
        app.router.add_get("/oauth2/applications/@me", self._application)
        app.router.add_get("/applications/@me", self._application)
        app.router.add_get("/gateway/bot", self._gateway)
        app.router.add_get("/applications/1/commands", self._known_commands)
        app.router.add_put("/applications/1/commands", self._commands)
        app.router.add_put("/applications/1/guilds/{guild}/commands", self._commands)
        app.router.add_post("/interactions/{id}/{token}/callback", self._callback)
        app.router.add_post(webhook, self._follow_up)
        app.router.add_patch(f"{webhook}/messages/{{message}}", self._follow_up)
        app.router.add_delete(f"{webhook}/messages/{{message}}", self._withdraw)
        app.router.add_post("/channels/{channel}/messages", self._post)
        app.router.add_get("/channels/{channel}/messages", self._messages)
        app.router.add_get("/socket/", self._socket)
        return app

    @web.middleware
    async def _faulty(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path != "/socket/":
            self.requests.append(f"{request.method} {request.path}")
        while self.hanging and request.path != "/socket/":  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        for fault in self.faults:
            if fault.path in request.path:
                self.faults.remove(fault)
                return reply(fault.body, fault.status, fault.headers)
        answered: web.StreamResponse = await handler(request)
        return answered

    async def _me(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bot {TOKEN}":
            return reply({"message": "401: Unauthorized", "code": 0}, 401)
        return reply(BOT)

    async def _application(self, _: web.Request) -> web.Response:
        told: Payload = {"id": APPLICATION, "name": "Claimbot", "icon": None, "description": ""}
        told |= {"summary": "", "verify_key": "", "bot_public": True, "flags": 0, "team": None}
        return reply({**told, "bot_require_code_grant": False, "owner": BOT})

    async def _gateway(self, _: web.Request) -> web.Response:
        told: Payload = {"url": self._socket_url(), "shards": self.shards}
        return reply({**told, "session_start_limit": self.starts})

    async def _commands(self, request: web.Request) -> web.Response:
        payload = await request.json()
        self._judge(lambda: check_commands(payload))
        self.registered.append(payload)
        return reply(_as_known(payload))

    async def _known_commands(self, _: web.Request) -> web.Response:
        return reply(_as_known(self.registered[-1] if self.registered else []))

    async def _callback(self, request: web.Request) -> web.Response:
        one, payload = request.match_info["id"], await _body(request)
        if one in self._answered:
            return reply({"message": "Interaction already acknowledged.", "code": 40060}, 400)
        if one not in self._kinds:
            return reply({"message": "Unknown interaction", "code": 10062}, 404)
        self._judge(lambda: check_callback(self._kinds[one], payload))
        self._answered.add(one)
        self._answers[one].put_nowait(payload)
        return reply({"interaction": {"id": one, "type": self._kinds[one]}, "resource": None})

    async def _follow_up(self, request: web.Request) -> web.Response:
        payload = await _body(request)
        self._judge(lambda: check_message(payload))
        self._answers[request.match_info["token"].removeprefix("token-")].put_nowait(payload)
        return reply({**MESSAGE, "embeds": payload.get("embeds", [])})

    async def _withdraw(self, request: web.Request) -> web.Response:
        self.withdrawn.append(request.match_info["token"].removeprefix("token-"))
        return web.Response(status=204)

    async def _post(self, request: web.Request) -> web.Response:
        payload, channel = await _body(request), request.match_info["channel"]
        nonce = str(payload.pop("nonce", len(self.posted)))
        assert payload.pop("enforce_nonce", True)
        self._judge(lambda: check_message(payload))
        self.posted.setdefault((channel, nonce), payload)
        return reply({**MESSAGE, "channel_id": channel, "embeds": payload.get("embeds", [])})

    async def _messages(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        found = [one for (there, _), one in self.posted.items() if there == channel]
        return reply([{**MESSAGE, "channel_id": channel, "embeds": one["embeds"]} for one in found])

    def _judge(self, check: Any) -> None:
        if not self.judging:
            return
        try:
            check()
        except (ValidationError, AssertionError, KeyError) as error:
            self.wrong.append(str(error))

    # -------------------------------------------------------------- gateway

    def _socket_url(self) -> str:
        return self.base.replace("http", "ws") + "/socket/"

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if self.refusing:
            self.refusing -= 1
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            payload = json.loads(message.data)
            match payload["op"]:
                case 1:
                    await socket.send_json({"op": 11})
                case 2:
                    await self._identify(socket, payload["d"])
                case 6:
                    await self._resume(socket, payload["d"])
            while self.deaf:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        return socket

    async def _identify(self, socket: web.WebSocketResponse, told: Payload) -> None:
        shard, count = told["shard"]
        bucket, now = shard % self.starts["max_concurrency"], asyncio.get_running_loop().time()
        hasty = now < self._begun.get(bucket, now - self.apart) + self.apart
        self._begun[bucket] = now
        if hasty:
            self.hasty.append(shard)
            await socket.send_json({"op": 9, "d": False})
            return
        self.identified.append(told)
        self.sockets[shard] = socket
        if self.close_code:
            await socket.close(code=self.close_code)
            return
        here = [one for one in self.guilds if shard_of(one, count) == shard]
        guilds = [{"id": one, "unavailable": True} for one in here]
        ready = {"v": 10, "user": BOT, "guilds": guilds, "session_id": f"s{len(self.identified)}"}
        ready |= {"shard": told["shard"], "application": {"id": "1", "flags": 0}}
        await self.event("READY", {**ready, "resume_gateway_url": self._socket_url()}, shard)
        for one in here:
            await self.event("GUILD_CREATE", server_of(one), shard)
        self.ready.set()

    async def _resume(self, socket: web.WebSocketResponse, told: Payload) -> None:
        self.resumed.append(told)
        begun = self.identified[int(told["session_id"].removeprefix("s")) - 1]
        self.sockets[begun["shard"][0]] = socket
        await self.event("RESUMED", {}, begun["shard"][0])

    async def event(self, name: str, data: Payload, shard: int = 0) -> None:
        """Tell the bot of an event."""
        self._sequence += 1
        await self.frame({"op": 0, "s": self._sequence, "t": name, "d": data}, shard)

    async def frame(self, payload: object, shard: int = 0) -> None:
        """Send anything."""
        text = payload if isinstance(payload, str) else json.dumps(payload)
        await self.sockets[shard].send_str(text)

    async def hang_up(self, code: int = 1006, shard: int = 0) -> None:
        """End the connection: without a word, or with a close code."""
        socket = self.sockets[shard]
        if code != 1006:
            await socket.close(code=code)
        elif socket._req is not None and socket._req.transport is not None:
            socket._req.transport.abort()

    # -------------------------------------------------------------- people

    async def slash(
        self,
        name: str,
        options: dict[str, str] | None = None,
        *,
        server: bool = True,
        guild: str = GUILD,
    ) -> Payload:
        """Run a slash command and return what the bot answers."""
        given = [{"name": k, "type": 3, "value": v} for k, v in (options or {}).items()]
        data = {"id": "10", "name": name, "type": 1, "options": given}
        return await self.answer(await self.interact(SLASH, data, server=server, guild=guild))

    async def complete(self, name: str, option: str, typed: str) -> Payload:
        """Type into an option and return what the bot offers."""
        chosen = [{"name": option, "type": 3, "value": typed, "focused": True}]
        data = {"id": "10", "name": name, "type": 1, "options": chosen}
        return await self.answer(await self.interact(COMPLETION, data))

    async def press(self, custom_id: str, message: Payload) -> Payload:
        """Press a button of a message and return what the bot answers."""
        data = {"component_type": 2, "custom_id": custom_id}
        shown = {**MESSAGE, "flags": message.get("flags", 0)}
        shown |= {part: message.get(part) or [] for part in ("embeds", "components")}
        return await self.answer(await self.interact(BUTTON, data, message=shown))

    async def interact(
        self,
        kind: int,
        data: Payload,
        *,
        one: str | None = None,
        server: bool = True,
        guild: str = GUILD,
        **more: Any,
    ) -> str:
        """Send an interaction and return its id."""
        self._ids += 1
        one = one or str(self._ids)
        self._kinds[one] = kind
        sent = {"id": one, "application_id": APPLICATION, "type": kind, "token": f"token-{one}"}
        sent |= {"version": 1, "locale": "en-GB", "entitlements": [], "channel_id": CHANNEL}
        sent |= {"attachment_size_limit": 2**20, "data": data, "channel": TEXT_CHANNEL}
        sent |= {"authorizing_integration_owners": {"0": guild}, "context": 0 if server else 1}
        if server:
            sent |= {"guild_id": guild, "guild": {"id": guild, "locale": "en-US", "features": []}}
            sent |= {"member": {**MEMBER, "user": ALICE}, "guild_locale": "en-US"}
        else:
            sent |= {"user": ALICE, "channel": {"id": CHANNEL, "type": 1, "recipients": [ALICE]}}
        told = next(iter(self.identified))["shard"][1]
        shard = shard_of(guild, told) if server else 0
        await self.event("INTERACTION_CREATE", {**sent, **more}, shard)
        return one

    async def answer(self, one: str) -> Payload:
        """Wait for the next thing that the bot sends for an interaction."""
        async with asyncio.timeout(PATIENCE):
            return await self._answers[one].get()


def _as_known(commands: list[Payload]) -> list[Payload]:
    extra = {"application_id": APPLICATION, "version": "1", "default_member_permissions": None}
    # Discord gives the entries of menus, which have none, an empty description.
    told = ({"description": "", **each, **extra} for each in commands)
    return [{**each, "id": str(n + 10)} for n, each in enumerate(told)]


TEXT_CHANNEL: Payload = {
    "id": CHANNEL,
    "type": 0,
    "name": "general",
    "guild_id": GUILD,
    "position": 0,
}
TEXT_CHANNEL |= {"permission_overwrites": [], "permissions": "2147483647", "nsfw": False}
MEMBER: Payload = {
    "roles": [],
    "joined_at": "2024-01-01T00:00:00+00:00",
    "deaf": False,
    "mute": False,
}
MEMBER |= {"permissions": "2147483647", "flags": 0, "nick": None, "avatar": None}
EVERYONE: Payload = {"id": GUILD, "name": "@everyone", "permissions": "2147483647", "position": 0}
EVERYONE |= {"color": 0, "hoist": False, "managed": False, "mentionable": False, "flags": 0}
SERVER: Payload = {
    "id": GUILD,
    "name": "Server",
    "owner_id": PERSON,
    "roles": [EVERYONE],
    "emojis": [],
}
SERVER |= {"channels": [TEXT_CHANNEL], "members": [{**MEMBER, "user": ALICE}], "features": []}
SERVER |= {"member_count": 2, "threads": [], "voice_states": [], "presences": [], "large": False}
MESSAGE: Payload = {"id": "60", "channel_id": CHANNEL, "author": BOT, "content": "", "embeds": []}
MESSAGE |= {"timestamp": "2024-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False}
MESSAGE |= {"mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": []}
MESSAGE |= {"pinned": False, "type": 0, "components": [], "flags": 0}


def server_of(guild: str) -> Payload:
    """Make a server of another id."""
    everyone = {**EVERYONE, "id": guild}
    channel = {**TEXT_CHANNEL, "id": channel_of(guild), "guild_id": guild}
    return {**SERVER, "id": guild, "roles": [everyone], "channels": [channel]}


def channel_of(guild: str) -> str:
    """Return the id of the channel of a server."""
    return CHANNEL if guild == GUILD else str(int(guild) + 1)


def shard_of(guild: str, count: int) -> int:
    """Return the shard that Discord puts a server on."""
    return (int(guild) >> 22) % count


def guild_on(shard: int, number: int = 0, count: int = 16) -> str:
    """Return the id of a server on a shard."""
    return str(((number + 1) * count + shard << 22) + 40)


def reply(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer as Discord does, without a charset in the content type."""
    told = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=told)


async def _body(request: web.Request) -> Payload:
    if not request.content_type.startswith("multipart/"):
        found: Payload = await request.json()
        return found
    form = await request.post()
    with_files: Payload = json.loads(str(form["payload_json"]))
    return with_files


@asynccontextmanager
async def running(discord: Discord) -> AsyncIterator[Discord]:
    """Serve on a free port of the loopback."""
    runner = web.AppRunner(discord.app(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    discord.base = f"http://{host}:{port}"
    try:
        yield discord
    finally:
        await runner.cleanup()


# ---------------------------------------------------------------------- the bot

_ADDRESSES = """
import os
import bot.gateway
import discord
import yarl
bot.gateway.APART_SECONDS = float(os.environ.get("STUB_APART", "0.1"))
discord.http.Route.BASE = os.environ["STUB_HTTP"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["STUB_GATEWAY"])
"""


@dataclass
class Process:
    """The bot in a process of its own."""

    process: Forked

    def signal(self, number: int) -> None:
        """Send a signal."""
        self.process.signal(number)

    async def says(self, words: str) -> None:
        """Wait until it has printed some words."""
        async with asyncio.timeout(PATIENCE):
            while words not in "".join(self.process.printed()):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and everything printed."""
        code = await asyncio.to_thread(self.process.wait, PATIENCE)
        return code, "".join(self.process.printed())


@asynccontextmanager
async def bot(  # noqa: PLR0913 - what a process is started with
    base: str,
    folder: Path,
    *,
    gateway: str = "",
    token: str = TOKEN,
    extra: str = "",
    arguments: Sequence[str] = ("run",),
    **env: str,
) -> AsyncIterator[Process]:
    """Run `claimbot run` in a folder; `extra` is code that runs at its start."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CLAIMBOT_")}
    environment |= {"DISCORD_TOKEN": token, "STUB_HTTP": base, "CLAIMBOT_MODEL": "off"}
    environment["STUB_GATEWAY"] = gateway or base.replace("http", "ws") + "/socket/"
    start = Start(
        folder=str(folder),
        arguments=list(arguments),
        environment=environment | env,
        out=str(folder / "out.txt"),
        err=str(folder / "err.txt"),
        code=_ADDRESSES + extra,
    )
    process = await asyncio.to_thread(fork, start)
    try:
        yield Process(process)
    finally:
        process.signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait, PATIENCE)
