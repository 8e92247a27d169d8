"""The pages in the process: alone on a database, or beside the bot that writes into it."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self

from bot.database import today
from bot.following import follow
from bot.logs import log_request, start_logging
from bot.published import Published
from bot.settings import Settings
from bot.signals import signalled
from bot.web import Observer, Site, Taken, application, serving
from commands.text import Addresses
from knowledge.base import KnowledgeBase

STOPPED, MISCONFIGURED = 0, 2
"""Exit codes: asked to stop; a setting or an option has to change."""

LOOPBACK = "127.0.0.1"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `8080`, `0.0.0.0:8080` or `[::1]:8080`.

        Raises:
            ValueError: it is none of these.
        """
        host, _, port = text.strip().rpartition(":")
        if not (port.isascii() and port.isdigit() and 0 <= int(port) <= 65535):  # noqa: PLR2004
            raise ValueError(f"{text!r} is no port: write it like 8080, or 0.0.0.0:8080.")
        return cls(host.strip("[]") or LOOPBACK, int(port))

    @property
    def address(self) -> str:
        """Return the address by which a browser on this machine finds it."""
        host = LOOPBACK if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


@asynccontextmanager
async def pages(
    base: KnowledgeBase, settings: Settings, place: Place, observers: Sequence[Observer]
) -> AsyncIterator[str]:
    """Serve the pages of the shared base meanwhile, and tell where.

    Raises:
        Taken: the port cannot be had.
    """
    root = settings.public_url or place.address
    site = Site(Published(base), Addresses(root), today)
    app = application(site, a_minute=settings.web_rate, observers=observers)
    async with serving(app, place.host, place.port) as port:
        found = Place(place.host, port).address
        _log.info("Pages on %s", found)
        yield found


def serve(settings: Settings, base: KnowledgeBase, place: Place) -> int:
    """Serve the pages alone until asked to stop; return the exit code."""
    start_logging(settings.log_level)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    try:
        asyncio.run(_serve(settings, base, place))
    except Taken as taken:
        print(f"claimbot: {taken}", file=sys.stderr)  # noqa: T201
        return MISCONFIGURED
    except KeyboardInterrupt:
        return STOPPED
    return STOPPED


async def _serve(settings: Settings, base: KnowledgeBase, place: Place) -> None:
    async with contextlib.AsyncExitStack() as held:
        stop = signalled()
        observers: list[Observer] = [log_request]
        if settings.metrics_port is not None:
            observers.append(await _metrics(held, base, settings.metrics_port))
        where = await held.enter_async_context(pages(base, settings, place, observers))
        print(f"Claimbot is on {where} (Ctrl-C stops it)", file=sys.stderr)  # noqa: T201
        following = asyncio.create_task(follow(base))
        held.callback(following.cancel)
        await stop.wait()
        _log.info("Stopping; what runs may finish")


async def _metrics(held: contextlib.AsyncExitStack, base: KnowledgeBase, port: int) -> Observer:
    # Most run without: they do not wait for the library.
    from bot.metrics import Metrics, served  # noqa: PLC0415

    metrics = Metrics(lambda: base.workspaces.shared.library)
    try:
        await held.enter_async_context(served(metrics, port))
    except OSError as error:
        reason = error.strerror or error
        raise Taken(f"CLAIMBOT_METRICS_PORT: port {port} cannot be had: {reason}") from None
    return metrics.observe
