"""The shapes of a page: HTML, the contract as JSON, linked data, a picture, a chart, a feed."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from pydantic_core import to_json

from bot.web.pages import Asked, Draw, Missing, Page, Site
from bot.web.shapes.rendering import Templates
from commands.chat import Outcome
from commands.text import speak
from knowledge.interchange import linked_data as written
from knowledge.matching.questions import EmptyQuestion

MEDIA: Final[Mapping[str, str]] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "atom": "application/atom+xml; charset=utf-8",
}
_SMALL, _LEVEL = 1000, 6
"""Bytes below which nothing is gained, and the usual level; it is done once for each answer."""
_OTHER_NAMES = "alternateName"
"""Words by which questions are matched, in six languages: a third of a page, and no news."""
_PATHS = ("topic", "claim", "source", "asserter")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A page in one shape, ready to be sent; `compressed` is empty where that would not pay."""

    body: bytes
    media: str
    compressed: bytes
    status: int = 200
    outcome: Outcome = Outcome.ANSWERED
    headers: Mapping[str, str] = field(default_factory=dict)


def shaped(form: str, page: Page, site: Site, asked: Asked, templates: Templates) -> Shaped:
    """Give a page its shape.

    Raises:
        Missing: it has none such.
    """
    if asked.page > page.pages.get(form, 1):
        raise Missing
    make = _SHAPES[form]
    body = make(page, site, asked, templates)
    smaller = b"" if form == "png" or len(body) < _SMALL else gzip.compress(body, _LEVEL, mtime=0)
    headers = _links(form, page, asked)
    return Shaped(body, MEDIA[form], smaller, page.status, page.outcome, headers)


def _links(form: str, page: Page, asked: Asked) -> dict[str, str]:
    """Tell a program where the answer goes on, where it stands on several pages."""
    if asked.page >= page.pages.get(form, 1):
        return {}
    query = urlencode({**asked.values, "page": asked.page + 1})
    return {"link": f'<{asked.path}?{query}>; rel="next"'}


def _html(page: Page, site: Site, asked: Asked, templates: Templates) -> bytes:
    linked = linked_data(page, site) if page.records else None
    return templates.page(page, site, asked, linked)


def _json(page: Page, site: Site, asked: Asked, templates: Templates) -> bytes:
    del site, asked, templates
    if page.data is None:
        raise EmptyQuestion
    return to_json(page.data, indent=2) + b"\n"


def _jsonld(page: Page, site: Site, asked: Asked, templates: Templates) -> bytes:
    del asked, templates
    return json.dumps(linked_data(page, site), ensure_ascii=False, indent=1).encode() + b"\n"


def _svg(page: Page, site: Site, asked: Asked, templates: Templates) -> bytes:
    del site, templates
    draw: Draw | None = page.light if asked.value("ground") == "light" else page.dark
    if draw is None:
        raise Missing
    return draw().data


def _png(page: Page, site: Site, asked: Asked, templates: Templates) -> bytes:
    del templates
    if page.picture is None:
        raise Missing
    speak(asked.language)
    return page.picture().draw(site.host)


def _atom(page: Page, site: Site, asked: Asked, templates: Templates) -> bytes:
    if page.events is None:
        raise Missing
    return templates.feed(page, page.events(), site, asked)


_Shape = Callable[[Page, Site, Asked, Templates], bytes]
_SHAPES: Final[Mapping[str, _Shape]] = {
    "html": _html,
    "json": _json,
    "jsonld": _jsonld,
    "svg": _svg,
    "png": _png,
    "atom": _atom,
}


def linked_data(page: Page, site: Site) -> dict[str, Any]:
    """Write what a page shows as linked data, each thing with its address on the site.

    Raises:
        Missing: the page shows no records.
    """
    if page.records is None:
        raise Missing
    document: dict[str, Any] = written(page.records())
    for node in document["@graph"]:
        node.pop(_OTHER_NAMES, None)
        kind, _, key = str(node.get("@id", "")).removeprefix("urn:claimbot:").partition(":")
        if kind in _PATHS and "url" not in node:
            node["url"] = f"{site.addresses.root}/{kind}/{key}"
    return document
