"""The metrics: what is counted, that only this machine can ask, and a port that is taken."""

import asyncio
import socket
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.client import Claimbot
from bot.metrics import LOOPBACK, Metrics, served
from tests.bot.test_gateway import connected
from tests.conftest import Chat
from tests.driving import gateway_stub as stub
from tests.driving.gateway_stub import Discord

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def port() -> int:
    """Find a port that is free."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


async def read(port: int) -> Samples:
    async with (
        ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as answer,
    ):
        assert answer.status == 200
        families = text_string_to_metric_families(await answer.text())
        return {
            (sample.name, frozenset(sample.labels.items())): sample.value
            for family in families
            for sample in family.samples
        }


def test_nothing_is_shown_to_other_machines() -> None:
    assert LOOPBACK == "127.0.0.1"


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((f"claimbot_{name}", frozenset(labels.items())), 0.0)


async def test_commands_outcomes_and_what_is_on_file_are_counted(
    chat: Chat, simcord_bot: Claimbot, port: int
) -> None:
    metrics = Metrics(lambda: simcord_bot.workspace.library, simcord_bot)
    simcord_bot.observers.append(metrics.observe)
    async with served(metrics, port):
        await chat.run("ask", question="how many wagons by august 2024")
        await chat.run("ask", question="how many sacks did Peru send")
        await chat.run("figures", topic="zzz")
        await chat.complete("figures", "topic", "she")
        await chat.press(await chat.run("source", what="sacks"), "◀ Older")
        found = await read(port)

    def requests(kind: str, command: str, outcome: str) -> float:
        return value(found, "requests_total", kind=kind, command=command, outcome=outcome)

    assert requests("command", "ask", "answered") == 1
    assert requests("command", "ask", "silent") == 1
    assert requests("command", "figures", "refused") == 1
    assert requests("autocomplete", "figures", "answered") == 1
    assert requests("button", "", "answered") == 1
    assert value(found, "questions_total", result="matched") == 1
    assert value(found, "questions_total", result="silent") == 1
    assert value(found, "request_seconds_count", kind="command", command="ask") == 2
    contents = simcord_bot.workspace.contents()
    assert value(found, "claims") == contents.claims
    assert value(found, "topics") == len(contents.topics)
    assert value(found, "database_revision") == contents.revision
    assert value(found, "running_requests") == 0
    assert value(found, "stuck_threads") == 0
    assert value(found, "work_past_deadline_total") == 0


@pytest.mark.simcord(check_errors=False)
async def test_what_a_client_calls_a_command_is_never_a_label(
    chat: Chat, simcord_bot: Claimbot, port: int
) -> None:
    simcord_bot.tree.remove_command("topics")
    metrics = Metrics(lambda: simcord_bot.workspace.library, simcord_bot)
    simcord_bot.observers.append(metrics.observe)
    async with served(metrics, port):
        await chat.run("topics")
        found = await read(port)
    assert value(found, "requests_total", kind="command", command="", outcome="refused") == 1
    assert not any(("command", "topics") in labels for _, labels in found)


async def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    there = Discord()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        async with (
            stub.running(there),
            stub.bot(there.base, tmp_path, CLAIMBOT_METRICS_PORT=port) as process,
        ):
            code, log = await process.end()
    assert code == 2
    (line,) = log.splitlines()
    assert line.startswith(f"claimbot: CLAIMBOT_METRICS_PORT: port {port} cannot be had")
    assert there.requests == []


@pytest.mark.parametrize("bad", ["0", "70000", "-1", "many"])
async def test_a_port_that_cannot_be_one_is_one_line(tmp_path: Path, bad: str) -> None:
    async with stub.bot("http://127.0.0.1:9", tmp_path, CLAIMBOT_METRICS_PORT=bad) as process:
        code, log = await process.end()
    assert code == 2
    (line,) = log.splitlines()
    assert "CLAIMBOT_METRICS_PORT" in line


async def test_a_running_bot_shows_its_connections_on_the_loopback_only(
    tmp_path: Path, port: int
) -> None:
    async with connected(tmp_path, CLAIMBOT_METRICS_PORT=str(port)) as session:
        await session.discord.slash("topics")
        await session.discord.hang_up()
        await session.discord.answer(await _resumed(session.discord))
        found = await read(port)
        await session.stop()
    assert value(found, "gateway_connections_total", event="connected") == 1
    assert value(found, "gateway_connections_total", event="resumed") == 1
    assert value(found, "gateway_connections_total", event="disconnected") == 1
    assert value(found, "guilds") == 1
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 1)


async def _resumed(there: Discord) -> str:
    while not there.resumed:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    return await there.interact(stub.SLASH, {"id": "10", "name": "topics", "type": 1})
