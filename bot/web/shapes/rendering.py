"""The templates: what they may use, and how a page, a mistake and a feed are written with them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import blake2s
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.web.pages import LANGUAGES, NAME, Asked, Page, Site, as_html, many, say, shown, ways
from bot.web.shapes.links import Links
from commands.cards import described, notes, titled
from commands.text import (
    Numbering,
    appeared,
    claims,
    figure,
    footer,
    human,
    number,
    origins,
    publications,
    short,
)
from knowledge.contract import CitationView, ClaimView, Events, View
from knowledge.model import DateBasis, Edtf

_OK = HTTPStatus.OK
_SAFE_IN_SCRIPT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


class Templates:
    """Writes pages; any thread may."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("bot.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=shown,
        )
        self._environment.globals |= {
            "NAME": NAME,
            "LANGUAGES": LANGUAGES,
            "say": say,
            "many": many,
            "figure": figure,
            "human": _human,
            "short": _short,
            "moment": _moment,
            "dated": _dated,
            "number": number,
            "claims": claims,
            "origins": origins,
            "publications": publications,
            "footer": footer,
            "ways": ways,
            "cited": _cited,
            "notes": _notes,
            "qualities": _qualities,
            "asset": asset,
        }
        self._environment.filters |= {"lines": _lines, "titled": titled, "described": described}
        self.digest = _digest()

    def page(
        self, page: Page, site: Site, asked: Asked, linked: Mapping[str, Any] | None = None
    ) -> bytes:
        """Write a page as HTML."""
        return self._written(
            page.template,
            site,
            asked,
            page=page,
            linked_data=linked and _in_script(linked),
            # What is said of a mistake rests on no revision.
            revision=site.published.revision if page.status == _OK else 0,
            **page.context,
        )

    def feed(self, page: Page, events: Events, site: Site, asked: Asked) -> bytes:
        """Write the last changes as an Atom feed."""
        at = max((one.at for one in events.events), default=datetime.fromtimestamp(0, UTC))
        return self._written("feed.xml", site, asked, page=page, events=events.events, updated=at)

    def _written(self, template: str, site: Site, asked: Asked, **context: object) -> bytes:
        links = Links(site.here, asked.language if asked.chosen else "")
        found = self._environment.get_template(template)
        return found.render(
            asked=asked, at=links, site=site, library=lambda: site.published.library, **context
        ).encode()


def _in_script(linked: Mapping[str, Any]) -> Markup:
    """Write data so that nothing in it can end the element around it, or turn its direction."""
    return Markup(json.dumps(linked).translate(_SAFE_IN_SCRIPT))  # noqa: S704


def _cited(claim: ClaimView, numbering: Numbering) -> Markup:
    """Write where a claim can be read, as links to the sources listed on the page."""
    return as_html(numbering.markers(claim))


def _notes(
    claim: ClaimView, against: Mapping[str, ClaimView], numbering: Numbering
) -> Iterator[Markup]:
    """Write what qualifies a claim, as the chat words it."""
    return map(as_html, notes(claim, against, numbering))


def _qualities(claim: ClaimView) -> Iterator[Markup]:
    """Write what kind of assertion a claim is, without the days that stand beside it anyway."""
    bare = claim.model_copy(update={"period": None, "asserted_on": claim.as_of})
    return _notes(bare, {}, Numbering([claim]))


def _lines(text: str) -> Markup:
    """Keep the lines of what somebody wrote, and leave out what no HTML may hold."""
    return escape("".join(char for char in text if char.isprintable() or char == "\n"))


def _human(edtf: object) -> str:
    return human(Edtf.parse(str(edtf)))


def _short(edtf: object) -> str:
    return short(Edtf.parse(str(edtf)))


def _moment(at: datetime) -> str:
    return short(Edtf.of_day(at.astimezone(UTC).date()))


def _dated(citation: CitationView | View) -> str:
    """Write the date of a publication, and say so where it is not its own word."""
    on, basis = getattr(citation, "published_on", None), getattr(citation, "date_basis", None)
    if on is None:
        return say("undated")
    day = appeared(Edtf.parse(str(on)))
    return say("{day} (inferred)", day=day) if basis is DateBasis.INFERRED else day


def _assets() -> dict[str, bytes]:
    folder = files("bot.web") / "static"
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


ASSETS = _assets()
"""The style sheet and the icon, whole."""


def asset(name: str) -> str:
    """Return the address of an asset, which changes with its content."""
    return f"/static/{name}?v={blake2s(ASSETS[name], digest_size=6).hexdigest()}"


def _digest() -> str:
    """Return what tells the templates, the styles and the words of one version from another's."""
    digest = blake2s(digest_size=6)
    for folder in ("templates", "static", "locales"):
        for one in _sorted(folder):
            digest.update(one)
    return digest.hexdigest()


def _sorted(folder: str) -> Iterable[bytes]:
    found = sorted((files("bot.web") / folder).iterdir(), key=lambda one: one.name)
    return (one.read_bytes() for one in found if one.is_file())
