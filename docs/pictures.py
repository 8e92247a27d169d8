"""Make the pictures of the README from the running bot: `make pictures`.

Each answer is taken as wide as a phone, and its height is printed; above the aim the line ends with
a mark. With the name of a folder, all that is measured goes there, in every language that the bot
speaks, and nothing into the README. Needs Chromium: `apt install chromium` on
Debian, or the path of another one in CHROMIUM.
"""

import asyncio
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from functools import partialmethod
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.async_api import BrowserType, async_playwright
from simcord.preview import _markdown as preview_markdown

from bot.client import Claimbot
from bot.meaning import PATIENCE, matching_by_meaning
from bot.published import Published
from bot.sandbox.parser import parse
from bot.sandbox.world import World, open_world
from bot.settings import load_settings
from bot.web import Site, application, serving
from commands.text import Addresses
from knowledge.base import opened

IMAGES = Path(__file__).parent / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH, HEIGHT = 390, 2400
"""A phone's width, and more than any answer is high: the picture ends where the answer does."""
COLOURS, PAGE_COLOURS, CHART_COLOURS = 48, 96, 255
TODAY = date(2025, 8, 31)
QUOTE_OR_LIST_END = re.compile(r"^((?:> |- |-# |\s).*)\n(?=[^\s>-])", re.MULTILINE)
LIST_END = re.compile(r"^((?:> |- ).*)\n(?=[^\s>-])", re.MULTILINE)
"""The same outside of embeds, where the preview knows small print."""
PICTURES = {
    "shells": "/shells since 2024-02",
    "source": "/source dud-rate",
    "ask": "/ask how many containers by August 2024",
    "silence": "/ask how many shells did Iran send",
    "check": "/check NK sent 20 million shells and half were duds",
}
MEASURED = {
    "shells-all": "/shells",
    "ask-shells": "/ask how many shells",
    "compare": '/compare topic: shells by: "South Korea" with: Ukraine',
    "source-shells": "/source shells",
    "denials": "/denials",
    "topics": "/topics",
    "help": "/help",
    "who": "/who Skibitskyi",
    "who-country": "/who South Korea",
    "publication": "/source Army Recognition",
    "ask-who": "/ask what did Skibitskyi say",
    "shells-russia": "/shells by Russia",
}
"""Answers whose height matters as well."""
ABROAD = {
    "de": {
        "shells": "/shells",
        "ask": "/ask wie viele Container bis August 2024",
        "check": "/check Nordkorea schickte 20 Millionen Granaten, die Hälfte Blindgänger",
        "source": "/source dud-rate",
    },
    "uk": {
        "shells": "/shells",
        "ask": "/ask скільки контейнерів до серпня 2024",
        "check": "/check КНДР надіслала 20 мільйонів снарядів, половина не спрацювала",
        "source": "/source dud-rate",
    },
    "ko": {
        "shells": "/shells",
        "ask": "/ask 2024년 8월까지 컨테이너 몇 개",
        "check": "/check 북한이 포탄 2천만 발을 보냈고 절반이 불발탄이었다",
        "source": "/source dud-rate",
    },
}
"""Answers that are measured in each other language, asked in it."""
_AIM = 800
_AIMS = {"check": 600}
"""Points that an answer may be high: a screen of a phone, and less for a check of two figures."""
PAGES = {
    "web-topic": ("/topic/shells?since=2024-02", 900, 1180, "light"),
    "web-phone": ("/topic/dud-rate", 420, 1180, "dark"),
}
"""Pages by name: address, width, height, and what the reader's system prefers."""
CHARTS = {"chart": "/shells since 2024-02 chart yes"}


async def main(folder: Path | None = None) -> None:
    """Ask the bot, take a picture of each answer, and print how high it is."""
    # The preview starts the browser that Playwright downloads; this is the one at hand.
    BrowserType.launch = partialmethod(  # type: ignore[method-assign, assignment]
        BrowserType.launch, executable_path=CHROMIUM, args=["--no-sandbox"]
    )
    # Discord shows small print (-#) and commands in embeds too; the preview in messages only.
    for field in ("embed_description", "embed_field_value"):
        preview_markdown._FIELD_POLICIES[field] |= {"subtext": True, "commands": True}  # noqa: SLF001
    with (
        TemporaryDirectory() as aside,
        opened(Path(aside) / "claims.db") as found,
        matching_by_meaning(found, load_settings().model, patience=PATIENCE),
    ):
        client = Claimbot(found, today=lambda: TODAY)
        async with open_world(client, "Claimbot", "person") as world:
            for name, line in (PICTURES | MEASURED).items():
                kept = folder or (IMAGES if name in PICTURES else Path(aside))
                await _measured(world, name, line, kept / f"{name}.png")
            for language, asked in ABROAD.items():
                world.speak(language)
                for name, line in asked.items():
                    kept = folder or Path(aside)
                    await _measured(world, name, line, kept / f"{name}-{language}.png")
            if folder:
                return
            world.speak("en-US")
            for name, line in CHARTS.items():
                await _attachment(world, line, IMAGES / f"{name}.png")
        site = Site(Published(found), Addresses("https://claims.example"), lambda: TODAY)
        async with serving(application(site), "127.0.0.1", 0) as port:
            await _pages(f"http://127.0.0.1:{port}")


async def _pages(root: str) -> None:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch()
        for name, (path, width, height, scheme) in PAGES.items():
            page = await browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            await page.goto(f"{root}{path}")
            _reduce(BytesIO(await page.screenshot()), IMAGES / f"{name}.png", PAGE_COLOURS)
        await browser.close()


async def _measured(world: World, name: str, line: str, target: Path) -> None:
    height = await _picture(world, line, target)
    print(f"{height:5} {line}{' !' if height > _AIMS.get(name, _AIM) else ''}")


async def _picture(world: World, line: str, target: Path) -> int:
    outcome = await world.run(parse(line, world.commands()))
    _end_quotes_and_lists(world)
    preview = world.env.preview(world.channel, viewers=[world.me], width=WIDTH, height=HEIGHT)
    async with preview as page:
        taken = await page.screenshot(target, target=outcome.result)
    if not taken.complete:
        raise ValueError(f"{target.name} is not complete")
    _reduce(target, target)
    return taken.output_height


async def _attachment(world: World, line: str, target: Path) -> None:
    """Keep what the bot attaches in its full size, as a tap on it shows it."""
    world.news()
    await world.run(parse(line, world.commands()))
    (file,) = world.news()[-1].files
    _reduce(BytesIO(world.attachment(file)), target, CHART_COLOURS)


def _end_quotes_and_lists(world: World) -> None:
    """Discord ends a quote and a list with its line; the preview needs an empty line for it."""
    for messages in world.env.backend.messages.values():
        for message in messages.values():
            for embed in message.embeds:
                embed["description"] = QUOTE_OR_LIST_END.sub(r"\1\n\n", embed["description"])
            for part in _walked(message.components):
                if "content" in part:
                    part["content"] = LIST_END.sub(r"\1\n\n", part["content"])


def _walked(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from _walked(one.get("components", []))


def _reduce(made: Path | BytesIO, target: Path, colours: int = COLOURS) -> None:
    """Keep a picture small enough for a repository: text needs few colours."""
    with Image.open(made) as picture:
        picture.convert("RGB").quantize(colours).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]) if sys.argv[1:] else None)))
