"""The pages in a real browser: found by clicking, readable by everybody, on phone and paper."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.web import serving
from bot.web.pages.words import LANGUAGES
from commands.cards import figures_card
from knowledge.curation import Actor
from knowledge.library import Window
from tests.driving.browser import IN_ONE_LOOP, browser, browsing, needs_chromium
from tests.driving.website import PAGES, Website, website

__all__ = ["browser"]

pytestmark = [
    pytest.mark.long,
    IN_ONE_LOOP,
    needs_chromium,
    pytest.mark.skipif(not find_spec("playwright"), reason="playwright is not installed"),
]
OWNER = Actor("Olga", "6", "333", can_curate=True, curates_base=True)
ARTICLE = "https://news.example/sacks"
SOURCE = "grain-post-2025-07"
RETRACTED = "spoilt-harper-2024-10"
MORE = (
    f"/claim/{RETRACTED}",
    "/topic/sacks?since=yesteryear",
    "/nothing",
    "/topic/sacks?until=1990",
)
PHONE = {"width": 390, "height": 844}
MARKUP = re.compile(r"\*\*|\\|^-# ", re.MULTILINE)


@asynccontextmanager
async def open_pages(database: Path, folder: Path) -> AsyncIterator[tuple[Website, str]]:
    with website(database, folder) as web:
        source = web.base.workspaces.shared.library.sources[SOURCE]
        with web.base.store.change("test", "an address") as change:
            change.put(source.model_copy(update={"url": ARTICLE}))
        await web.base.writer.catch_up()
        await web.base.curation.retract(OWNER, RETRACTED, reason="withdrawn")
        async with serving(web.browser.app, "127.0.0.1", 0) as port:
            yield web, f"http://127.0.0.1:{port}"


async def test_a_figure_is_two_clicks_away_and_leads_to_its_article(
    browser: Any, valley_database: Path, tmp_path: Path
) -> None:
    async with (
        open_pages(valley_database, tmp_path) as (_, root),
        browsing(browser, java_script_enabled=False, viewport=PHONE) as page,
    ):
        await page.route(f"{ARTICLE}**", lambda route: route.fulfill(body="The article"))
        await page.goto(root)
        await page.get_by_role("link", name="Sacks of grain delivered").first.click()
        answer = await page.locator(".answer").inner_text()
        assert "more than 8 million sacks" in answer
        await page.locator(".answer a.cite").first.click()
        assert re.search(r"#s\d+$", page.url)
        await page.locator(":target a.article").click()
        assert page.url == ARTICLE
        await page.go_back()
        await page.get_by_role("link", name="more than 8 million sacks").first.click()
        await page.locator("a.article").first.click()
        assert page.url == ARTICLE


async def test_the_answer_is_that_of_the_chat(
    browser: Any, valley_database: Path, tmp_path: Path
) -> None:
    async with (
        open_pages(valley_database, tmp_path) as (web, root),
        browsing(browser, java_script_enabled=False) as page,
    ):
        await page.goto(f"{root}/topic/sacks")
        await page.get_by_text("Narrow it down").click()
        await page.get_by_label("Since").fill("2024-02")
        await page.get_by_role("button", name="Show").click()
        shown = (await page.locator(".answer").inner_text()).split("\n")
        window = Window(since=date(2024, 2, 1))
        workspace = web.base.workspaces.shared
        card = figures_card(workspace.library, workspace.figures("sacks", window))
        told = [MARKUP.sub("", line) for line in card.head()]
        assert [line for line in shown if line] == told


async def test_asking_and_checking_work_without_a_script(
    browser: Any, valley_database: Path, tmp_path: Path
) -> None:
    async with (
        open_pages(valley_database, tmp_path) as (_, root),
        browsing(browser, java_script_enabled=False) as page,
    ):
        await page.goto(root)
        await page.get_by_role("searchbox").fill("how many wagons by august 2024")
        await page.keyboard.press("Enter")
        assert "about 11,000 wagons" in await page.locator(".answer").inner_text()
        await page.get_by_role("link", name="Check").click()
        await page.get_by_role("textbox").fill("Norway sent 20 million sacks")
        await page.get_by_role("button", name="Check").click()
        assert "Above the highest on file" in await page.locator("main").inner_text()
        assert "million" not in page.url


COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


# In the dark, pages are the same but for their colours.
@pytest.mark.parametrize(("scheme", "options"), [("light", {}), ("dark", COLOURS)])
async def test_axe_finds_nothing_serious(
    browser: Any, valley_database: Path, tmp_path: Path, scheme: str, options: dict[str, Any]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.base", reason="axe is not installed")
    async with (
        open_pages(valley_database, tmp_path) as (_, root),
        browsing(browser, mistakes=True, color_scheme=scheme, viewport=PHONE) as page,
    ):
        for path in (*PAGES, *MORE):
            await page.goto(f"{root}{path}")
            assert await _violations(page, axe.AXE_SCRIPT, options) == [], path


async def _violations(page: Any, axe: str, options: dict[str, Any]) -> list[str]:
    """Return what axe finds, apart from what it cannot tell."""
    await page.evaluate(axe)
    found = await page.evaluate("options => axe.run(options)", options)
    return [
        f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
    ]


async def test_pages_fit_a_phone_in_every_language(
    browser: Any, valley_database: Path, tmp_path: Path
) -> None:
    async with (
        open_pages(valley_database, tmp_path) as (_, root),
        browsing(browser, viewport=PHONE) as page,
    ):
        for path in PAGES:
            for language in LANGUAGES:
                await page.goto(f"{root}{path}{'&' if '?' in path else '?'}lang={language}")
                width = await page.evaluate("document.documentElement.scrollWidth")
                assert width <= PHONE["width"], (path, language)
                assert await page.locator("main h1").count() == 1


async def test_a_printed_page_is_light_and_shows_its_addresses(
    browser: Any, valley_database: Path, tmp_path: Path
) -> None:
    async with (
        open_pages(valley_database, tmp_path) as (_, root),
        browsing(browser, color_scheme="dark") as page,
    ):
        await page.goto(f"{root}/topic/sacks")
        ground = "getComputedStyle(document.body).backgroundColor"
        assert await page.evaluate(ground) == "rgb(27, 29, 33)"
        await page.emulate_media(media="print")
        assert await page.evaluate(ground) == "rgb(255, 255, 255)"
        assert not await page.locator("header nav").is_visible()
        after = "getComputedStyle(document.querySelector('a.article'), '::after').content"
        assert ARTICLE in await page.evaluate(after)
