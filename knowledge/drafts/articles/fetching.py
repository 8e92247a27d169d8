"""Fetches one page from a public address, and nothing from anywhere else.

The address is resolved here, every IP that it has is checked, and the connection is made to what
was checked, so that a name cannot mean one machine at the check and another at the call. Each
redirect begins anew. Proxies of the environment are not asked: they would resolve by themselves.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from knowledge.drafts.article import MAX_BYTES, BadArticle

_SECONDS: Final = 10.0
_MOST_REDIRECTS: Final = 5
_TYPES: Final = ("text/", "application/pdf", "application/xhtml", "application/octet-stream")
_CHUNK: Final = 65_536
_LONGEST_ADDRESS: Final = 500
_AGENT: Final = "claimbot (reads one article for its curators)"
_PREFIXES: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""IPv6 that a gateway turns into any IPv4."""


class NotFetched(BadArticle):
    """An address was not read; the message says why, for the person."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands at an address, and where it was in the end."""

    url: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Network:
    """What may be reached: public IPs, on the ports of web pages; `besides` are further IPs."""

    ports: frozenset[int] = frozenset({80, 443})
    besides: frozenset[str] = frozenset()

    def has(self, ip: str) -> bool:
        """Whether an IP may be reached."""
        return ip in self.besides or is_public(ip)


PUBLIC: Final = Network()


async def fetch(address: str, *, allowed: bool, network: Network = PUBLIC) -> Page:
    """Fetch a page; `allowed` is whether the operator lets addresses be fetched at all.

    Raises:
        NotFetched: it may not be fetched, or cannot.
    """
    if not allowed:
        raise NotFetched("Addresses are not fetched here: save the article and give the file.")
    try:
        async with asyncio.timeout(_SECONDS):
            return await _followed(address, network)
    except TimeoutError:
        raise NotFetched(f"{_shown(address)} took longer than {_SECONDS:.0f} seconds.") from None
    except (aiohttp.ClientError, OSError, UnicodeError, ValueError) as error:
        if isinstance(error, NotFetched):
            raise
        raise NotFetched(f"{_shown(address)} cannot be reached.") from error


async def _followed(address: str, network: Network) -> Page:
    connector = aiohttp.TCPConnector(resolver=_Resolver(network), use_dns_cache=False, limit=1)
    async with aiohttp.ClientSession(
        connector=connector, trust_env=False, headers={"User-Agent": _AGENT}
    ) as session:
        for _ in range(_MOST_REDIRECTS + 1):
            check_address(address, network)
            async with session.get(address, allow_redirects=False) as answer:
                if answer.status not in {301, 302, 303, 307, 308}:
                    return Page(address, await _body(answer, address))
                address = urljoin(address, answer.headers.get("Location", ""))
    raise NotFetched(f"{_shown(address)} is redirected more than {_MOST_REDIRECTS} times.")


async def _body(answer: aiohttp.ClientResponse, address: str) -> bytes:
    if answer.status != 200:  # noqa: PLR2004 - OK
        raise NotFetched(f"{_shown(address)} answers with the status {answer.status}.")
    if not answer.content_type.startswith(_TYPES):
        raise NotFetched(f"{_shown(address)} is {answer.content_type}, not an article.")
    parts: list[bytes] = []
    size = 0
    async for part in answer.content.iter_chunked(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise NotFetched(f"{_shown(address)} is larger than {limit} MB.")
    return b"".join(parts)


def check_address(address: str, network: Network = PUBLIC) -> None:
    """Check all of an address that can be seen before it is resolved.

    Raises:
        NotFetched: it is not one of a public page.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotFetched(f"{_shown(address)} is no address.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotFetched(f"{_shown(address)} is no address of a web page (http or https).")
    if parts.username or parts.password or len(address) > _LONGEST_ADDRESS:
        raise NotFetched(f"{_shown(address)} is no plain address.")
    if port is not None and port not in network.ports:
        raise NotFetched(f"{_shown(address)} names a port that web pages are not served on.")
    if (literal := _literal(parts.hostname)) is not None and not network.has(literal):
        raise NotFetched(f"{_shown(address)} is not a public address.")


def _literal(host: str) -> str | None:
    """Return the IP that a host is written as, in any of its spellings."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        # "127.1", "0x7f000001" and "2130706433" are 127.0.0.1 to the system's resolver.
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def is_public(ip: str) -> bool:
    """Whether an IP is one of the public internet, and nobody's own network."""
    found = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if inner is not None:
            return False
        if any(found in network for network in _PREFIXES):
            return False
    return found.is_global and not (
        found.is_multicast
        or found.is_reserved
        or found.is_loopback
        or found.is_private
        or found.is_link_local
        or found.is_unspecified
    )


class _Resolver(AbstractResolver):
    """Resolves names to IPs of a network alone; the connection is made to what it returns."""

    def __init__(self, network: Network) -> None:
        self._network = network

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the IPs of a host.

        Raises:
            NotFetched: one of them is not public.
        """
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys((kind, str(where[0])) for kind, _, _, _, where in found))
        if not addresses or not all(self._network.has(ip) for _, ip in addresses):
            raise NotFetched(f"{host} is not a public address.")
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, ip in addresses
        ]

    async def close(self) -> None:
        """Nothing is held open."""


def _shown(address: str) -> str:
    return address if len(address) <= 100 else f"{address[:100]}…"  # noqa: PLR2004 - a line
