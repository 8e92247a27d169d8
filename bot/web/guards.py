"""What stands before every page: the log, the time a request may take, limits, safe headers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from time import perf_counter, time
from typing import Final

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from commands.chat import Outcome, Request, current

_log = logging.getLogger(__name__)

MOST_QUERY: Final = 9500
"""Bytes behind the "?": 1,000 letters of any script, nine bytes each, and the other parameters."""
REQUEST_SECONDS: Final = 30.0
"""How long a request may take, a slow reader's sending and reading included."""
_STATIC: Final = "/static/"

Observer = Callable[[Request], None]
Told = Callable[[Scope, Receive, Send], Awaitable[None]]

_HEADERS: Final = {
    # No script and no style stands in a page; pictures, styles and forms are the site's own.
    "content-security-policy": "default-src 'none'; img-src 'self'; style-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}
_PICTURE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Of a chart as a document of its own, whose strokes carry their style; nothing else may act."""


class Watched:
    """Follows each request as the chat's are followed: an id, an outcome, how long it took."""

    def __init__(self, app: ASGIApp, observers: Iterable[Observer], failed: Told) -> None:
        self._app = app
        self._observers = observers
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request within its time; a failure of the program becomes a page."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request("page", "", None)
        token, begun = current.set(request), perf_counter()
        sending = _Sending(send)
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                await self._app(scope, receive, sending)
        except TimeoutError:
            request.outcome = Outcome.LATE
        except Exception:  # noqa: BLE001 - whatever it is, the reader is told
            request.outcome = Outcome.FAILED
            _log.exception("Error %s in page %s", request.id, request.command)
            if not sending.begun:
                await self._failed(scope, receive, sending)
        finally:
            request.seconds = perf_counter() - begun
            request.outcome = request.outcome or _outcome(sending.status)
            current.reset(token)
            if not scope["path"].startswith(_STATIC):
                self._tell(request)

    def _tell(self, request: Request) -> None:
        for observe in self._observers:
            observe(request)


class _Sending:
    """Notes whether an answer has begun, and with which status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun, self.status = True, message["status"]
        await self._send(message)


def _outcome(status: int) -> Outcome:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or not status:
        return Outcome.FAILED
    return Outcome.REFUSED if status >= HTTPStatus.BAD_REQUEST else Outcome.ANSWERED


class Hardened:
    """Sends the headers that keep a page harmless, whatever stands in it."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = dict(_HEADERS)
        if https:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to whatever is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if headers.get("content-type") == "image/svg+xml":
                    headers["content-security-policy"] = _PICTURE_POLICY
            await send(message)

        await self._app(scope, receive, hardened)


class Limited:
    """Turns away whoever asks too often or too much; what is given for each says so in words."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        a_minute: int,
        too_often: Callable[[int], Told],
        too_long: Told,
    ) -> None:
        """Let one address ask so many times a minute; with 0, as often as it likes."""
        self._app = app
        self._rate = RateLimitItemPerMinute(a_minute) if a_minute else None
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._too_often = too_often
        self._too_long = too_long

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away."""
        app = self._app
        if scope["type"] == "http":
            if len(scope["query_string"]) > MOST_QUERY or len(scope["path"]) > MOST_QUERY:
                app = self._too_long
            elif self._rate and not scope["path"].startswith(_STATIC):
                app = self._counted(scope) or app
        await app(scope, receive, send)

    def _counted(self, scope: Scope) -> Told | None:
        address = caller(scope)
        if self._rate is None or self._counter.hit(self._rate, address):
            return None
        reset = self._counter.get_window_stats(self._rate, address).reset_time
        return self._too_often(max(1, round(reset - time())))


def caller(scope: Scope) -> str:
    """Return whose requests are counted together: an address, or the network of an IPv6 one."""
    host = (scope.get("client") or ("",))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return str(host)
    if isinstance(address, IPv6Address):
        # A provider gives each customer a /64, so that a single address of it says nothing.
        return str(ip_network((address, 64), strict=False))
    return str(address)
