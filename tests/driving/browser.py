"""A real browser for tests: the Chromium of the distribution, without a screen.

It is started once for a module; the tests that use it are `IN_ONE_LOOP` therefore.
"""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
PATIENCE = 120_000
"""Milliseconds that a test waits for what comes in one where nothing else runs."""
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium: apt install chromium, or name one in CHROMIUM"
)


IN_ONE_LOOP = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Any]:
    """Start the browser."""
    from playwright.async_api import async_playwright  # noqa: PLC0415 - only where it runs

    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        await started.close()


@asynccontextmanager
async def browsing(browser: Any, *, mistakes: bool = False, **options: Any) -> AsyncIterator[Any]:
    """Open a window of its own, and fail in the end over whatever the browser complained of.

    With `mistakes`, pages of a status from 400 on are no complaint.
    """
    complaints: list[str] = []

    def keep(complaint: str) -> None:
        complaints.append(complaint)

    context = await browser.new_context(**options)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda told: keep(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: keep(str(error)))
    yield page
    await context.close()
    status = "Failed to load resource: the server responded with a status of 4"
    assert [one for one in complaints if not (mistakes and one.startswith(status))] == []
