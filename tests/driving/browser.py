"""A real browser for tests: the Chromium of the distribution, without a screen."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
PATIENCE = 120_000
"""Milliseconds that a test waits for what comes in one where nothing else runs."""
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="there is no Chromium: apt install chromium, or name one in CHROMIUM"
)


@asynccontextmanager
async def browsing(*, mistakes: bool = False, **options: Any) -> AsyncIterator[Any]:
    """Open a browser with one window, and fail in the end over whatever it complained of.

    With `mistakes`, pages of a status from 400 on are no complaint.
    """
    from playwright.async_api import async_playwright  # noqa: PLC0415 - only where it runs

    complaints: list[str] = []

    def keep(complaint: str) -> None:
        complaints.append(complaint)

    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await browser.new_context(**options)
        page = await context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda told: keep(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: keep(str(error)))
        yield page
        await browser.close()
    status = "Failed to load resource: the server responded with a status of 4"
    assert [one for one in complaints if not (mistakes and one.startswith(status))] == []
