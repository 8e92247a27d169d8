"""Serving the pages over HTTP, beside the bot or alone, until asked to stop."""

import asyncio
import socket
from asyncio import Transport
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from knowledge.model import ForOperators

HEADER_SECONDS = 10.0
"""How long a caller may take to the end of a request's head, from its first byte or from before."""
_IDLE_SECONDS = 15
_FINISH_SECONDS = 5
"""What runs may finish within this time after the stop, as in the chat."""
_BACKLOG = 2048
"""Connections that the system lets wait; its own limit may be lower."""
_STARTED = 0.01
"""Seconds between two looks whether the server listens, which takes it about as long."""


class Taken(ForOperators):
    """The port cannot be had; the message says why."""


class _Patient(HttpToolsProtocol):
    """Waits for the head of a request so long and no longer, lest idle callers hold the door."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        self._wait_no_more()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._wait_no_more()
        self._waiting = self.loop.call_later(HEADER_SECONDS, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


class _Server(uvicorn.Server):
    """Leaves the signals to whoever runs it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int) -> AsyncIterator[int]:
    """Serve an application meanwhile, and let what runs finish in the end; tell the port.

    Raises:
        Taken: the port cannot be had.
    """
    listening = _listen(host, port)
    server = _Server(
        uvicorn.Config(
            app,
            http=_Patient,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=_IDLE_SECONDS,
            timeout_graceful_shutdown=_FINISH_SECONDS,
        )
    )
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started and not running.done():  # noqa: ASYNC110 - it tells nobody else
            await asyncio.sleep(_STARTED)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await running


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except OSError as error:
        raise Taken(f"{host}:{port} cannot be had: {error.strerror or error}") from None
