"""Running the server: on standard input and output for one agent, or over HTTP for many."""

import asyncio
import contextlib
import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import INTERNAL_ERROR, ErrorData, JSONRPCError
from starlette.responses import Response

from bot.database import today
from bot.following import follow
from bot.logs import log_request, start_logging
from bot.mcp.server import AgentServer, agent_server
from bot.pages import STOPPED, Place
from bot.published import Published
from bot.settings import Settings
from bot.signals import signalled
from bot.web import Limited, serving
from commands.text import Addresses
from knowledge.base import KnowledgeBase

_log = logging.getLogger(__name__)
PATH = "/mcp"
_LARGEST = 64 * 1024
"""Bytes of a call: a text of 4,000 characters in any script, with room for the protocol."""


def _server(settings: Settings, base: KnowledgeBase) -> AgentServer:
    addresses = Addresses(settings.public_url) if settings.public_url else None
    return agent_server(Published(base), today=today, addresses=addresses, observers=(log_request,))


def _start_logging(settings: Settings) -> None:
    """Log to standard error, for standard output belongs to the protocol; what was typed to none.

    The SDK logs what a tool refuses with the words of the refusal, which quote what was typed.
    """
    start_logging(settings.log_level)
    for name in ("mcp", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)


def over_stdio(settings: Settings, base: KnowledgeBase) -> int:
    """Serve the agent that started this process, until it closes standard input."""
    _start_logging(settings)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_over_stdio(_server(settings, base), base))
    return STOPPED


async def _over_stdio(server: AgentServer, base: KnowledgeBase) -> None:
    async with _following(base):
        await server.run_stdio_async()


def over_http(settings: Settings, base: KnowledgeBase, place: Place) -> int:
    """Serve agents over streamable HTTP until asked to stop.

    Raises:
        Taken: the port cannot be had.
    """
    _start_logging(settings)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_over_http(_server(settings, base), settings, base, place))
    return STOPPED


async def _over_http(
    server: AgentServer, settings: Settings, base: KnowledgeBase, place: Place
) -> None:
    stop = signalled()
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        # Every call stands alone: nothing is lost when the process starts anew.
        stateless_http=True,
        json_response=True,
        max_request_body_size=_LARGEST,
        transport_security=_security(settings, place),
    )
    limited = Limited(
        app,
        a_minute=settings.web_rate,
        too_often=_too_often,
        too_long=_refused(414, "The address is too long: calls need nothing behind the “?”."),
    )
    async with (
        app.router.lifespan_context(app),
        serving(limited, place.host, place.port) as port,
        _following(base),
    ):
        where = f"{Place(place.host, port).address}{PATH}"
        print(f"Claimbot's tools are on {where} (Ctrl-C stops it)", file=sys.stderr)  # noqa: T201
        await stop.wait()


def _too_often(seconds: int) -> Response:
    words = f"That was more than is answered within a minute. Try again in {seconds} seconds."
    return _refused(429, words, {"retry-after": str(seconds)})


def _refused(status: int, words: str, headers: Mapping[str, str] | None = None) -> Response:
    """Refuse a call before the protocol sees it, in a form that its clients read."""
    error = ErrorData(code=INTERNAL_ERROR, message=words)
    body = JSONRPCError(jsonrpc="2.0", id=None, error=error).model_dump_json()
    return Response(body, status, headers, "application/json")


def _security(settings: Settings, place: Place) -> TransportSecuritySettings:
    """Answer only what was meant for this server, lest a web page reaches it by another name."""
    own = {place.address, *([settings.public_url] if settings.public_url else [])}
    hosts = {address.partition("://")[2].partition("/")[0] for address in own}
    local = {f"{name}:*" for name in ("127.0.0.1", "localhost", "[::1]")}
    return TransportSecuritySettings(
        allowed_hosts=sorted(hosts | local),
        allowed_origins=sorted(own | {f"http://{name}" for name in local}),
    )


@asynccontextmanager
async def _following(base: KnowledgeBase) -> AsyncIterator[None]:
    """Show meanwhile what the bot writes into the database."""
    task = asyncio.create_task(follow(base))
    try:
        yield
    finally:
        task.cancel()
