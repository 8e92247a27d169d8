"""The pages over a copy of the shipped base, asked as a browser asks them."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from bot.published import Published
from bot.web import Observer, Site, application
from commands.text import Addresses
from knowledge.base import KnowledgeBase, opened
from tests.conftest import TODAY

ROOT = "https://claims.example"
PAGES = (
    "/",
    "/topics",
    "/topic/sacks",
    "/topic/sacks?since=2024-02",
    "/topic/denials",
    "/claim/spoilt-kamau-2024-02",
    "/source/mill-review-2024-02",
    "/asserter/vidal",
    "/ask",
    "/ask?q=how+many+wagons+by+august+2024",
    "/ask?q=how+many+sacks+did+Peru+send",
    "/check",
    "/check?text=Norway+sent+20+million+sacks+and+a+quarter+were+spoilt",
)
"""One address of each kind of page."""


@dataclass(slots=True)
class Website:
    """The pages, a browser without a screen, and the base behind them."""

    base: KnowledgeBase
    site: Site
    browser: TestClient

    def get(self, path: str, **headers: str) -> Any:
        """Ask for a page; an underscore in a header's name stands for a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.browser.get(path, headers=named, follow_redirects=False)

    def change(self, work: Callable[[], Any]) -> None:
        """Wait for a change of the base."""
        asyncio.run(work())


@contextmanager
def website(
    database: Path, folder: Path, *, a_minute: int = 0, observers: tuple[Observer, ...] = ()
) -> Iterator[Website]:
    """Open the pages over a copy of a database."""
    path = folder / "claims.db"
    shutil.copy(database, path)
    with opened(path) as base:
        site = Site(Published(base), Addresses(ROOT), lambda: TODAY)
        app = application(site, a_minute=a_minute, observers=observers)
        browser = TestClient(app, base_url=ROOT, raise_server_exceptions=False)
        yield Website(base, site, browser)
