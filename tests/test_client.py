"""The bot as a process against a gateway: it answers, ends clearly, and keeps its token."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import pytest
from aiohttp import WSMsgType, web
from pydantic import SecretStr

from bot.client import Claimbot
from bot.run import Ended, checked, run
from bot.settings import Settings
from knowledge.desk import Desk

TOKEN = "MTA.stub-token.for_a-loopback-gateway"  # noqa: S105
BOT = {"id": "1", "username": "Claimbot", "discriminator": "0", "avatar": None, "bot": True}
HELLO = {"op": 10, "d": {"heartbeat_interval": 45000}, "s": None, "t": None}


def reply(data: object, status: int = 200) -> web.Response:
    """Answer as Discord does, without a charset in the content type."""
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(data).encode(), status=status, headers=headers)


@dataclass
class Gateway:
    """As much of Discord as a bot meets when it starts and answers once."""

    users_status: int = 200
    close_code: int | None = None
    commands: list[dict[str, Any]] = field(default_factory=list)
    answers: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    identified: list[dict[str, Any]] = field(default_factory=list)
    base: str = ""

    def app(self) -> web.Application:
        """Make the routes."""
        app = web.Application()
        app.router.add_get("/users/@me", self._me)
        app.router.add_get("/oauth2/applications/@me", self._application)
        app.router.add_put("/applications/1/commands", self._commands)
        app.router.add_post("/interactions/{id}/{token}/callback", self._answer)
        app.router.add_get("/socket/", self._socket)
        return app

    async def _me(self, _: web.Request) -> web.Response:
        if self.users_status != 200:
            return reply({"message": "no", "code": 0}, status=self.users_status)
        return reply(BOT)

    async def _application(self, _: web.Request) -> web.Response:
        return reply(
            {
                "id": "1",
                "name": "Claimbot",
                "icon": None,
                "description": "",
                "summary": "",
                "verify_key": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "flags": 0,
                "owner": BOT,
                "team": None,
            }
        )

    async def _commands(self, request: web.Request) -> web.Response:
        self.commands = await request.json()
        extra = {"application_id": "1", "version": "1", "default_member_permissions": None}
        made = [{**each, **extra, "id": str(n + 10)} for n, each in enumerate(self.commands)]
        return reply(made)

    async def _answer(self, request: web.Request) -> web.Response:
        self.answers.put_nowait(await request.json())
        return reply({"interaction": {"id": "7", "type": 2}, "resource": None})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json(HELLO)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            await self._received(socket, json.loads(message.data))
        return socket

    async def _received(self, socket: web.WebSocketResponse, payload: dict[str, Any]) -> None:
        if payload["op"] == 1:
            await socket.send_json({"op": 11})
        if payload["op"] != 2:
            return
        self.identified.append(payload["d"])
        if self.close_code:
            await socket.close(code=self.close_code)
            return
        ready = {"v": 10, "user": BOT, "guilds": [], "session_id": "s", "application": {"id": "1"}}
        ready |= {"resume_gateway_url": self.base.replace("http", "ws") + "/socket"}
        await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": {**ready, "flags": 0}})
        await socket.send_json({"op": 0, "s": 2, "t": "INTERACTION_CREATE", "d": interaction()})


def interaction() -> dict[str, Any]:
    """Return what Discord sends when somebody runs `/topics` in a direct message."""
    return {
        "id": "7",
        "application_id": "1",
        "type": 2,
        "token": "interaction-token",
        "version": 1,
        "channel_id": "5",
        "channel": {"id": "5", "type": 1, "recipients": []},
        "user": {**BOT, "id": "3", "username": "alice", "bot": False},
        "locale": "en-GB",
        "entitlements": [],
        "authorizing_integration_owners": {"1": "3"},
        "context": 1,
        "attachment_size_limit": 1000,
        "data": {"id": "10", "name": "topics", "type": 1, "options": []},
    }


@asynccontextmanager
async def running(gateway: Gateway) -> AsyncIterator[Gateway]:
    """Serve a gateway on a free port of the loopback."""
    runner = web.AppRunner(gateway.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    gateway.base = f"http://{host}:{port}"
    try:
        yield gateway
    finally:
        await runner.cleanup()


BOT_PROCESS = """
import sys
from pathlib import Path
import discord
import yarl
discord.http.Route.BASE = sys.argv[1]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sys.argv[2])
from bot.run import run
from bot.settings import load_settings
from knowledge.opening import opened
settings = load_settings()
with opened(settings.database) as found:
    sys.exit(run(settings, found.desk))
"""


@dataclass
class Process:
    """The bot in a process of its own."""

    process: asyncio.subprocess.Process

    async def end(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and standard error."""
        _, err = await asyncio.wait_for(self.process.communicate(), 60)
        return self.process.returncode or 0, err.decode()


async def start(base: str, tmp_path: Path, level: str = "debug", gateway: str = "") -> Process:
    root = str(Path(__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *sys.path])}
    environment |= {"DISCORD_TOKEN": TOKEN, "CLAIMBOT_LOG_LEVEL": level}
    made = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BOT_PROCESS,
        base,
        gateway or base.replace("http", "ws") + "/socket/",
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    return Process(made)


async def test_it_registers_answers_and_stops_when_asked(tmp_path: Path) -> None:
    async with running(Gateway()) as gateway:
        process = await start(gateway.base, tmp_path)
        answer = await asyncio.wait_for(gateway.answers.get(), 60)
        process.process.send_signal(signal.SIGTERM)
        code, log = await process.end()
    assert code == 0, log
    assert {"ask", "figures", "source", "topics", "shells"} <= {c["name"] for c in gateway.commands}
    assert answer["type"] == 4
    assert answer["data"]["embeds"][0]["title"] == "Topics on file"
    assert answer["data"]["allowed_mentions"] == {"parse": []}
    (identified,) = gateway.identified
    assert identified["intents"] == discord.Intents(guilds=True).value
    assert TOKEN not in log
    assert "Traceback" not in log


@pytest.mark.parametrize(("status", "code"), [(401, 2), (403, 1)])
async def test_a_refused_login_is_one_line(tmp_path: Path, status: int, code: int) -> None:
    async with running(Gateway(users_status=status)) as gateway:
        ended, log = await (await start(gateway.base, tmp_path, level="error")).end()
    assert ended == code
    (line,) = log.splitlines()
    assert line.startswith("claimbot: Discord ")
    assert TOKEN not in line


@pytest.mark.parametrize(("close", "code"), [(4004, 2), (4014, 2), (4012, 1)])
async def test_a_gateway_that_closes_for_good_is_one_line(
    tmp_path: Path, close: int, code: int
) -> None:
    async with running(Gateway(close_code=close)) as gateway:
        ended, log = await (await start(gateway.base, tmp_path, level="error")).end()
    assert ended == code
    (line,) = log.splitlines()
    assert line.startswith("claimbot: Discord ")


async def test_no_network_is_one_line(tmp_path: Path) -> None:
    ended, log = await (await start("http://127.0.0.1:9", tmp_path, level="error")).end()
    assert ended == 1
    (line,) = log.splitlines()
    assert line.startswith("claimbot: Discord cannot be reached: ")


async def test_a_gateway_out_of_reach_ends_without_a_traceback(tmp_path: Path) -> None:
    async with running(Gateway()) as gateway:
        process = await start(gateway.base, tmp_path, "error", "ws://127.0.0.1:9/")
        ended, log = await process.end()
    assert ended == 1
    assert log.splitlines()[-1] == "claimbot: Discord's gateway cannot be reached."
    assert "Traceback" not in log


@pytest.mark.parametrize(
    "token",
    ["a b", "abc\n", "abc\ndef", '"abc"', "'abc'", "Bot abc.def", "tökén", "a\x00b", "x" * 500],
)
def test_a_malformed_token_never_becomes_a_header(
    token: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings.model_construct(token=SecretStr(token), log_level="debug")
    assert run(settings, desk) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("claimbot: DISCORD_TOKEN is malformed")
    assert token.strip() not in line


def test_without_a_token_it_does_not_start() -> None:
    with pytest.raises(Ended) as caught:
        checked(Settings.model_construct(token=None))
    assert caught.value.code == 2


async def test_a_reconnection_registers_nothing_twice(
    simcord_bot: Claimbot, simcord_env: Any
) -> None:
    def registered() -> int:
        return sum(request.method == "PUT" for request in simcord_env.http_requests)

    assert registered() == 1
    simcord_bot.dispatch("ready")
    await simcord_bot.sync_commands()
    assert registered() == 1
