"""The sandbox in a browser: what a person does there, and who is kept out."""

import asyncio
import re
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest

from bot.client import Claimbot
from bot.sandbox import run_in_browser
from knowledge.base import KnowledgeBase
from tests.browser import browsing, needs_chromium
from tests.curators import curating_bot, fresh
from tests.test_sandbox_terminal import Choosy

RUBBISH = ("sacks\n" * 10_000, "".join(map(chr, range(400))) + "\0\ud800\uffff", "\0", "\n" * 50)


@asynccontextmanager
async def page_of(bot: discord.Client) -> AsyncIterator[str]:
    """Run the sandbox meanwhile, and return the address that it tells."""
    stop, told = asyncio.Event(), asyncio.get_running_loop().create_future()
    running = asyncio.create_task(run_in_browser(bot, stop, tell=told.set_result))
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
    bot = Choosy()
    async with page_of(bot) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/#[\w-]{40,}", address)
    assert opened == [address]
    assert bot.closed == 1


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
async def test_commands_buttons_pictures_and_forms_work(base: KnowledgeBase) -> None:
    bot: Claimbot = curating_bot(base)
    async with page_of(bot) as address, browsing(mistakes=True) as page:
        await page.goto(address)
        await page.get_by_text("Type / for the commands").last.wait_for()
        await send(page, "/sacks")
        await page.get_by_role("button", name="Chart", exact=True).last.click()
        picture = page.locator("main img[alt]").last
        await picture.wait_for()
        wide = "image => image.decode().then(() => image.naturalWidth)"
        assert await picture.evaluate(wide) > 300
        await page.get_by_role("button", name="Report an error").last.click()
        form = page.get_by_role("dialog")
        await form.get_by_role("textbox").first.fill("It is wrong.")
        await form.get_by_role("button", name="Submit").click()
        await page.get_by_text("Thank you.").last.wait_for()


@needs_chromium
@pytest.mark.parametrize("width", [390, 1200])
async def test_whatever_is_pasted_the_chat_goes_on(width: int) -> None:
    window = {"width": width, "height": 800}
    async with page_of(Choosy()) as address, browsing(mistakes=True, viewport=window) as page:
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
