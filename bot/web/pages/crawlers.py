"""What search engines ask a site for: which pages there are, and which are none of theirs."""

from collections.abc import Iterator
from itertools import chain, islice
from xml.sax.saxutils import escape

from bot.web.pages.page import Site
from commands.text import Addresses

_MOST = 50_000
"""Addresses that one sitemap may hold, https://www.sitemaps.org/protocol.html."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def robots(site: Site) -> str:
    """Write robots.txt: answers to questions are made for whoever asks, and without end."""
    lines = [
        "User-agent: *",
        "Disallow: /ask",
        "Disallow: /check",
        "Disallow: /server/*/ask",
        "Disallow: /server/*/check",
        f"Sitemap: {site.addresses.root}/sitemap.xml",
        *(
            f"Sitemap: {site.addresses.server(one).root}/sitemap.xml"
            for one in site.published.servers()
        ),
    ]
    return "\n".join([*lines, ""])


def sitemap(site: Site, part: int | None = None) -> str | None:
    """Write the sitemap, a list of sitemaps where there is more than fits in one, or a part."""
    if part is None:
        addresses = list(_addresses(site))
        if len(addresses) <= _MOST:
            return _listed("urlset", "url", addresses)
        parts = range(-(-len(addresses) // _MOST))
        named = [f"{site.addresses.root}/sitemap-{number}.xml" for number in parts]
        return _listed("sitemapindex", "sitemap", named)
    chosen = list(islice(_addresses(site), part * _MOST, (part + 1) * _MOST))
    return _listed("urlset", "url", chosen) if chosen else None


def _addresses(site: Site) -> Iterator[str]:
    at: Addresses = site.addresses
    published = site.published
    return chain(
        (at.home(), at.topics()),
        map(at.topic, published.library.topics),
        map(at.claim, published.claim_ids()),
        map(at.source, published.source_ids()),
        map(at.asserter, published.asserter_ids()),
    )


def _listed(outer: str, inner: str, addresses: list[str]) -> str:
    lines = [f"<{inner}><loc>{escape(one)}</loc></{inner}>" for one in addresses]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{outer} {_NAMESPACE}>'
    return "\n".join([head, *lines, f"</{outer}>", ""])
