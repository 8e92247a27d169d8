"""The sandbox in a browser: what a person does there, and who is kept out."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord.ext.tasks
import pytest

import bot.sandbox.browser
from bot.client import Claimbot
from bot.sandbox import run_in_browser
from bot.sandbox.world import World
from knowledge.base import KnowledgeBase
from tests import ROOT
from tests.driving.browser import IN_ONE_LOOP, PATIENCE, browser, browsing, needs_chromium
from tests.driving.curators import curating_bot, fresh
from tests.sandbox.test_sandbox_terminal import Choosy

pytestmark = pytest.mark.long

__all__ = ["browser"]

RUBBISH = ("sacks\n" * 10_000, "".join(map(chr, range(400))) + "\0\ud800\uffff", "\0", "\n" * 50)


A_PICTURE = """() => new Promise(found => {
    const look = () => [...document.querySelectorAll("main img")].some(
        one => one.naturalWidth > 300 && one.alt
    ) ? found(true) : setTimeout(look, 50);
    look();
})"""
"""Waits in the page, whose policy lets nothing be evaluated there, until a chart is drawn."""


@asynccontextmanager
async def page_of(client: discord.Client) -> AsyncIterator[str]:
    """Run the sandbox meanwhile, and return the address that it tells."""
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    running = asyncio.create_task(run_in_browser(client, stop, tell=told.set_result))
    await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        running.result()
    yield await told
    stop.set()
    assert await running == 0


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which addresses a browser was to open, instead of opening one."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


@pytest.fixture
def base(valley_database: Path, tmp_path: Path) -> Iterator[KnowledgeBase]:
    with fresh(valley_database, tmp_path) as found:
        yield found


async def test_the_address_is_told_and_opened_and_leaving_closes_the_bot_once(
    opened: list[str],
) -> None:
    choosy = Choosy()
    async with page_of(choosy) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/#[\w-]{40,}", address)
    assert opened == [address]
    assert choosy.closed == 1


async def test_a_browser_that_keeps_its_caller_waiting_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = threading.Event()
    monkeypatch.setattr(webbrowser, "open", lambda _: left.wait())
    choosy = Choosy()
    async with page_of(choosy) as address:
        assert address
    assert choosy.closed == 1
    left.set()


class Late(Choosy):
    """A bot that says something by itself, an hour of its clock after the start."""

    @discord.ext.tasks.loop(count=1)
    async def later(self) -> None:
        """Wait, and speak."""
        await asyncio.sleep(3600)
        channel = discord.utils.get(self.get_all_channels(), name="general")
        assert isinstance(channel, discord.TextChannel)
        await channel.send("an hour later")

    async def on_ready(self) -> None:
        """Begin to wait."""
        self.later.start()


@needs_chromium
@IN_ONE_LOOP
async def test_what_the_bot_says_by_itself_is_seen(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hurry(world: World) -> None:
        await world.pass_time(3600)

    monkeypatch.setattr(World, "catch_up", hurry)
    monkeypatch.setattr(bot.sandbox.browser, "_TICK_SECONDS", 0.5)
    async with page_of(Late()) as address, browsing(browser, mistakes=True) as page:
        await page.goto(address)
        await page.get_by_text("an hour later").last.wait_for()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"X-Simcord-Capability": "guessed"}, 401),
        ({"X-Simcord-Capability": ""}, 401),
        ({"Origin": "https://example.org"}, 401),
        ({"Host": "example.org"}, 401),
    ],
    ids=str,
)
async def test_only_who_has_the_address_may_act(headers: dict[str, str], status: int) -> None:
    async with page_of(Choosy()) as address, aiohttp.ClientSession() as http:
        root, key = address.split("/#")
        sent = {"X-Simcord-Capability": key} | headers
        async with http.post(f"{root}/api/pages", json={"viewer_id": "1"}, headers=sent) as answer:
            assert answer.status == status
        async with http.get(f"{root}/", headers={"Host": headers.get("Host", root[7:])}) as answer:
            assert answer.status == (403 if "Host" in headers else 200)


def test_the_command_prints_the_address_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    env |= {"PYTHONPATH": str(ROOT), "BROWSER": "true"}
    command = [sys.executable, "-m", "bot", "run", "--browser"]
    env |= {"CLAIMBOT_MODEL": "off", "DISCORD_TOKEN": "none-is-used"}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE) as started:
        assert started.stderr is not None
        assert b"http://127.0.0.1:" in started.stderr.readline()
        started.send_signal(signal.SIGINT)
        assert started.wait(60) == 0
        assert b"Traceback" not in started.stderr.read()


async def send(page: Any, text: str) -> None:
    """Type into the chat as a keyboard does, and send it."""
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type(text)
    if text.startswith("/"):
        await page.get_by_role("option", name=text).first.wait_for()
        await page.keyboard.press("Enter")
        await page.get_by_label(f"Command {text}").wait_for()
    await page.get_by_role("button", name="Send", exact=True).click()


@needs_chromium
@IN_ONE_LOOP
async def test_commands_buttons_pictures_and_forms_work(browser: Any, base: KnowledgeBase) -> None:
    claimbot: Claimbot = curating_bot(base)
    async with page_of(claimbot) as address, browsing(browser, mistakes=True) as page:
        await page.goto(address)
        await page.get_by_text("Type / for the commands").last.wait_for()
        await send(page, "/sacks")
        await page.get_by_text("More, for you alone").last.click()
        await page.get_by_role("option", name="Chart").last.click()
        async with asyncio.timeout(PATIENCE / 1000):
            await page.evaluate(A_PICTURE)
        await page.get_by_role("button", name="Report an error").last.click()
        form = page.get_by_role("dialog")
        await form.get_by_role("textbox").first.fill("It is wrong.")
        await form.get_by_role("button", name="Submit").click()
        await page.get_by_text("Thank you.").last.wait_for()


@needs_chromium
@IN_ONE_LOOP
@pytest.mark.parametrize("width", [390, 1200])
async def test_whatever_is_pasted_the_chat_goes_on(browser: Any, width: int) -> None:
    window = {"width": width, "height": 800}
    async with (
        page_of(Choosy()) as address,
        browsing(browser, mistakes=True, viewport=window) as page,
    ):
        await page.goto(address)
        box = page.locator("#channel-composer-input")
        for rubbish in RUBBISH:
            await box.fill(rubbish.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
            await page.keyboard.press("Enter")
            await box.fill("")
        wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert await page.evaluate(wide)
        await send(page, "/add")
        form = page.get_by_role("dialog")
        await form.get_by_role("textbox").fill("right")
        await form.get_by_role("button", name="Submit").click()
        await page.get_by_text("saved right").last.wait_for()
