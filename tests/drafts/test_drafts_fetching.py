"""Fetching an article: public addresses alone, small, quick, and only where it is allowed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from knowledge.drafts import Network, NotFetched, fetch
from knowledge.drafts.articles import fetching as module

_HERE = "127.0.0.1"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
    ],
)
def test_nothing_private_is_reached(address: str) -> None:
    with pytest.raises(NotFetched, match="is not a public address"):
        asyncio.run(fetch(address, allowed=True))


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "http://someone:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:99999/",
        "http://example.org/" + "a" * 600,
        "example.org/article",
    ],
)
def test_what_is_no_plain_address_of_a_page_is_refused(address: str) -> None:
    with pytest.raises(NotFetched):
        asyncio.run(fetch(address, allowed=True))


def test_nothing_is_fetched_unless_the_operator_allows_it() -> None:
    with pytest.raises(NotFetched, match="not fetched here"):
        asyncio.run(fetch("https://example.org/", allowed=False))


@given(st.ip_addresses())
def test_an_ip_is_public_only_where_python_says_so_too(ip: object) -> None:
    if module.is_public(str(ip)):
        assert getattr(ip, "is_global", False)
        assert not getattr(ip, "is_private", True)


@dataclass(frozen=True)
class Site:
    """A web server on this machine, and a network in which it counts as public."""

    root: str
    network: Network


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Site]:
    async def story(_: web.Request) -> web.Response:
        return web.Response(text="<p>A story.</p>", content_type="text/html")

    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    async def large(_: web.Request) -> web.Response:
        return web.Response(body=b"a" * 6_000_000, content_type="text/plain")

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=b"a", content_type="image/png")

    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response(text="late")

    async def again(_: web.Request) -> web.Response:
        raise web.HTTPFound("/round")

    app = web.Application()
    pages = {"story": story, "moved": moved, "large": large, "picture": picture, "slow": slow}
    pages["round"] = again
    for name, page in pages.items():
        app.router.add_get(f"/{name}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    server = web.TCPSite(runner, _HERE, 0)
    await server.start()
    port = runner.addresses[0][1]
    yield Site(f"http://{_HERE}:{port}", Network(frozenset({80, 443, port}), frozenset({_HERE})))
    await runner.cleanup()


async def test_a_page_is_fetched_over_redirects(site: Site) -> None:
    found = await fetch(f"{site.root}/moved?to=/story", allowed=True, network=site.network)
    assert found.data == b"<p>A story.</p>"
    assert found.url == f"{site.root}/story"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.2/",
        "http://[::1]/",
        "file:///etc/passwd",
    ],
)
async def test_a_redirect_into_a_private_network_ends_there(site: Site, target: str) -> None:
    with pytest.raises(NotFetched):
        await fetch(f"{site.root}/moved?to={target}", allowed=True, network=site.network)


async def test_a_name_is_judged_by_where_it_leads(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads to a private IP is refused, whatever it is called."""
    del site

    async def found(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    with pytest.raises(NotFetched, match="is not a public address"):
        await fetch("http://news.example/", allowed=True)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("large", "larger than 5 MB"),
        ("picture", "not an article"),
        ("missing", "status 404"),
    ],
)
async def test_what_is_no_small_page_is_refused(site: Site, path: str, words: str) -> None:
    with pytest.raises(NotFetched, match=words):
        await fetch(f"{site.root}/{path}", allowed=True, network=site.network)


async def test_a_circle_of_redirects_ends(site: Site) -> None:
    with pytest.raises(NotFetched, match="redirected more than"):
        await fetch(f"{site.root}/round", allowed=True, network=site.network)


async def test_a_slow_page_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.2)
    with pytest.raises(NotFetched, match="took longer"):
        await fetch(f"{site.root}/slow", allowed=True, network=site.network)
