"""The pages as a process: alone, beside another writer, beside the bot; slow and broken callers."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from time import monotonic

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from bot.pages import LOOPBACK, Place
from bot.web import Taken, serving
from knowledge.base import opened
from knowledge.curation import Actor
from knowledge.servers import ServerSettings
from tests.bot.test_gateway import connected
from tests.driving import gateway_stub as stub
from tests.driving.gateway_stub import Discord, Process
from tests.driving.website import website

OWNER = Actor("Olga", "6", "333", can_curate=True, curates_base=True)


def free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        number: int = found.getsockname()[1]
        return number


@asynccontextmanager
async def served(folder: Path, *more: str, **env: str) -> AsyncIterator[tuple[Process, str]]:
    """Run `claimbot serve` until it listens."""
    port = free_port()
    arguments = ("serve", "--port", str(port), *more)
    async with stub.bot("http://127.0.0.1:1", folder, arguments=arguments, **env) as process:
        address = f"http://{LOOPBACK}:{port}"
        await asyncio.wait_for(_listening(address), stub.PATIENCE)
        yield process, address


async def _listening(address: str) -> None:
    async with httpx2.AsyncClient(timeout=stub.PATIENCE) as client:
        while True:
            try:
                await client.get(f"{address}/robots.txt")
            except httpx2.TransportError:
                await asyncio.sleep(0.05)
            else:
                return


async def raw(address: str, sent: bytes) -> bytes:
    """Send bytes as they are and return what comes back."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(sent)
    answer = await asyncio.wait_for(reader.read(), stub.PATIENCE)
    writer.close()
    return answer


async def on_file(client: httpx2.AsyncClient, address: str) -> tuple[str, str]:
    """Return a topic with claims, and one of them."""
    lines = (await client.get(f"{address}/topics.json")).json()["topics"]
    topic = next(line["id"] for line in lines if line["claims"] and line["measure"] == "cumulative")
    claims = (await client.get(f"{address}/topic/{topic}.json")).json()["claims"]
    return topic, claims[-1]["id"]


async def test_what_another_process_writes_is_on_the_page_soon(
    tmp_path: Path,
) -> None:
    async with (
        served(tmp_path) as (process, address),
        httpx2.AsyncClient(timeout=stub.PATIENCE) as client,
    ):
        topic, claim = await on_file(client, address)
        before = await client.get(f"{address}/topic/{topic}")
        assert claim in before.text
        with opened(tmp_path / "claimbot.db") as base:
            await base.curation.retract(OWNER, claim, reason="withdrawn")
        begun = monotonic()
        while claim in (await client.get(f"{address}/topic/{topic}.json")).text:
            assert monotonic() - begun < stub.PATIENCE
            await asyncio.sleep(0.02)
        held = {"if-none-match": before.headers["etag"]}
        assert (await client.get(f"{address}/topic/{topic}", headers=held)).status_code == 200
        assert "was retracted" in (await client.get(f"{address}/claim/{claim}")).text
        process.signal(signal.SIGTERM)
        code, log = await process.end()
    assert code == 0, log
    assert "Traceback" not in log
    assert '"command": "topic"' in log


def _become(found: ServerSettings, _: ServerSettings) -> ServerSettings:
    return found


async def test_what_a_server_publishes_in_another_process_is_there_soon(
    tmp_path: Path,
) -> None:
    async with (
        served(tmp_path) as (process, address),
        httpx2.AsyncClient(timeout=stub.PATIENCE) as client,
    ):
        pages = f"{address}/server/444/topics"
        assert (await client.get(pages)).status_code == 404
        for name, status in (("Alpha", 200), (None, 404)):
            with opened(tmp_path / "claimbot.db") as base:
                found = ServerSettings(published=name)
                base.settings.change("444", "mona", partial(_become, found))
            begun = monotonic()
            while (await client.get(pages)).status_code != status:
                assert monotonic() - begun < stub.PATIENCE
                await asyncio.sleep(0.02)
        process.signal(signal.SIGTERM)
        code, log = await process.end()
    assert code == 0, log


async def test_metrics_are_those_of_the_bot(tmp_path: Path) -> None:
    port = free_port()
    async with (
        served(tmp_path, CLAIMBOT_METRICS_PORT=str(port)) as (process, address),
        httpx2.AsyncClient(timeout=stub.PATIENCE) as client,
    ):
        await client.get(f"{address}/topics")
        await client.get(f"{address}/ask?q=how+many+sacks+did+Peru+send")
        await client.get(f"{address}/nothing")
        found = (await client.get(f"http://{LOOPBACK}:{port}/metrics")).text
        process.signal(signal.SIGINT)
        code, log = await process.end()
    assert code == 0, log
    counted = 'claimbot_requests_total{command="topics",kind="page",outcome="answered"} 1.0'
    assert counted in found
    assert 'claimbot_questions_total{result="silent"} 1.0' in found
    assert 'claimbot_requests_total{command="",kind="page",outcome="refused"} 1.0' in found
    assert "claimbot_database_revision" in found


async def test_a_port_that_is_taken_is_told_in_a_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        arguments = ("serve", "--port", str(taken.getsockname()[1]))
        async with stub.bot("http://127.0.0.1:1", tmp_path, arguments=arguments) as process:
            code, log = await process.end()
    assert code == 2
    assert "cannot be had" in log
    assert "Traceback" not in log


@pytest.mark.parametrize("text", ["http", "99999", "", "1.2.3.4:x", "-1"])
def test_what_is_no_port_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="is no port"):
        Place.parse(text)


def test_a_place_is_read_with_and_without_a_host() -> None:
    assert Place.parse("8080") == Place(LOOPBACK, 8080)
    assert Place.parse("0.0.0.0:80").address == "http://127.0.0.1:80"
    assert Place.parse("[::1]:80").address == "http://[::1]:80"


async def test_the_bot_serves_pages_beside_its_answers(tmp_path: Path) -> None:
    port = free_port()
    arguments = ("run", "--serve", str(port))
    async with connected(tmp_path, arguments=arguments) as session:
        address = f"http://{LOOPBACK}:{port}"
        async with httpx2.AsyncClient(timeout=stub.PATIENCE) as client:
            topic, _ = await on_file(client, address)
            page = await client.get(f"{address}/topic/{topic}")
            title = (await client.get(f"{address}/topic/{topic}.json")).json()["title"]
        answered = await session.discord.slash("figures", {"topic": topic})
        log = await session.stop()
    assert page.status_code == 200
    assert title in page.text
    assert title in str(answered)
    assert '"command": "topic"' in log


async def test_a_taken_port_ends_the_bot_with_a_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        arguments = ("run", "--serve", str(taken.getsockname()[1]))
        async with (
            stub.running(Discord()) as there,
            stub.bot(there.base, tmp_path, arguments=arguments) as process,
        ):
            code, log = await process.end()
    assert code == 2
    assert "claimbot: --serve: " in log
    assert "cannot be had" in log


async def test_broken_requests_harm_nobody(tmp_path: Path) -> None:
    async with served(tmp_path) as (process, address):
        ok = b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        for target, status in (
            (b"GET //evil.example/", b"404"),
            (b"GET /../../etc/passwd", b"404"),
            (b"GET /topic/%2e%2e/%2e%2e/x", b"404"),
            (b"GET /topics?" + b"a" * 10_000, b"414"),
            (b"GET http://other.example/topics", b"200"),
            (b"HEAD /topics", b"200"),
            (b"DELETE /topics", b"405"),
        ):
            answer = await raw(address, target + ok)
            assert answer.split(b" ", 2)[1] == status, target
            assert b"root:" not in answer
            assert b"Traceback" not in answer
        head = await raw(address, b"HEAD /topics" + ok)
        assert head.split(b"\r\n\r\n", 1)[1] == b""
        for garbage in (b"\x16\x03\x01\x02\x00\x01\xff\r\n\r\n", b"GET\r\n\r\n", b"\x00" * 100):
            assert b"Traceback" not in await raw(address, garbage)
        huge = b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 200_000 + b"\r\n\r\n"
        assert b"Traceback" not in await raw(address, huge + ok)
        process.signal(signal.SIGTERM)
        code, log = await process.end()
    assert code == 0, log
    assert "Traceback" not in log
    assert "evil.example" not in log


async def test_whoever_sends_half_a_request_is_not_waited_for(
    valley_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.server.HEADER_SECONDS", 0.2)
    monkeypatch.setattr("bot.web.guards.REQUEST_SECONDS", 0.4)
    with website(valley_database, tmp_path) as web:
        async with serving(web.browser.app, LOOPBACK, 0) as port:
            address = f"http://{LOOPBACK}:{port}"
            begun = monotonic()
            assert await raw(address, b"") == b""
            assert await raw(address, b"GET /topics HTTP/1.1\r\nHost:") == b""
            half = b"POST /check HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\ntext="
            await raw(address, half)
            assert monotonic() - begun < stub.PATIENCE
            monkeypatch.undo()
            async with httpx2.AsyncClient(timeout=stub.PATIENCE) as client:
                assert (await client.get(f"{address}/topics")).status_code == 200


async def test_what_runs_is_finished_before_the_end(
    valley_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.server._FINISH_SECONDS", stub.PATIENCE)
    begun = asyncio.Event()
    with website(valley_database, tmp_path) as web:

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            begun.set()
            await web.browser.app(scope, receive, send)

        async with httpx2.AsyncClient(timeout=stub.PATIENCE) as client:
            async with serving(app, LOOPBACK, 0) as port:
                begun.clear()
                address = f"http://{LOOPBACK}:{port}/topic/sacks.svg"
                asked = asyncio.create_task(client.get(address))
                await begun.wait()
            assert (await asked).status_code == 200
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(LOOPBACK, port)


async def test_a_port_is_not_shared(valley_database: Path, tmp_path: Path) -> None:
    with website(valley_database, tmp_path) as web:
        async with serving(web.browser.app, LOOPBACK, 0) as port:
            with pytest.raises(Taken, match="cannot be had"):
                async with serving(web.browser.app, LOOPBACK, port):
                    pass
