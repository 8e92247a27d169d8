"""The pages of single records, each an address for good: a claim, a publication, an asserter."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from bot.published import CLAIMS_IN_DATA
from bot.web.pages.answers import (
    GROUPS_ON_A_PAGE,
    dealt,
    of_claim,
    records,
    sources,
    told,
)
from bot.web.pages.asked import Asked
from bot.web.pages.page import Page, Picture, Site, View
from bot.web.pages.words import many, say
from commands.cards import in_own_words, named, titled, views_in_own_words
from commands.text import Numbering, figure
from knowledge.contract import ClaimRecord, ClaimView, Publication, Speaker
from knowledge.library import Library
from knowledge.model import LinkKind, Status

_TITLE = 120
"""Characters of a title; a tab shows fewer, search engines half of them."""


def claim(site: Site, asked: Asked) -> Page:
    """Make the page of a claim, also of one that was superseded or retracted."""
    recorded = site.published.claim(asked.name)
    library = site.published.library
    record = in_own_words(library, recorded)
    found, evidence = record.claim, record.evidence
    around = [one for each in evidence.origins for one in (*each.claims, *each.retellings)]
    shown = [found, *around, *evidence.denials, *record.linked]
    words = figure(found.figure, record.measure, unit=True) if found.figure else found.statement
    return Page(
        template="claim.html",
        title=f"{record.title}: {_clipped(words)}",
        summary=f"{found.statement} ({told(found, found.asserted_on)})",
        here=site.here.claim(found.id),
        data=recorded,
        context={
            "record": record,
            "claim": found,
            "words": words,
            "same": [one for one in around if one.id != found.id],
            "linked": {one.id: one for one in (*record.linked, *evidence.denials)},
            "bearings": list(_bearings(record)),
            "numbering": Numbering(shown),
            "sources": list(sources(shown)),
        },
        picture=lambda: of_claim(record.title, record.measure, found),
        records=lambda: records(library, shown),
    )


def _bearings(record: ClaimRecord) -> Iterable[tuple[str, list[ClaimView]]]:
    """Word what the claim bears on and what bears on it, kind by kind, each with the claims."""
    claims = {one.id: one for one in record.linked}
    for bearing in record.bearings:
        ours = bearing.claim == record.claim.id
        other = bearing.on_claim if ours else bearing.claim
        changed = other in claims and _numbers(claims[other]) != _numbers(record.claim)
        label = _ours(bearing.kind, changed) if ours else _theirs(bearing.kind, changed)
        if bearing.on_topic and ours:
            yield say("{relation} everything claimed on this topic", relation=label), []
        elif other in claims:
            yield label, [claims[other]]


def _numbers(claim: ClaimView) -> object:
    figure = claim.figure
    return figure and (figure.low, figure.high, figure.unit)


def _ours(kind: LinkKind, changed: bool) -> str:
    match kind:
        case LinkKind.DENIES:
            return say("Denies")
        case LinkKind.DISPUTES:
            return say("Disputes")
        case LinkKind.RETELLS:
            return say("Retells, with a changed figure") if changed else say("Retells")
        case LinkKind.SUPERSEDES:
            return say("Supersedes")
        case LinkKind.SUPPORTS:
            return say("Supports")


def _theirs(kind: LinkKind, changed: bool) -> str:
    match kind:
        case LinkKind.DENIES:
            return say("Denied by")
        case LinkKind.DISPUTES:
            return say("Disputed by")
        case LinkKind.RETELLS:
            return say("Retold, with a changed figure, by") if changed else say("Retold by")
        case LinkKind.SUPERSEDES:
            return say("Superseded by")
        case LinkKind.SUPPORTS:
            return say("Supported by")


def source(site: Site, asked: Asked) -> Page:
    """Make the page of a publication with the claims that it carries."""
    found = site.published.source(asked.name)
    library = site.published.library
    shown, pages = dealt(found.claims, asked.page, GROUPS_ON_A_PAGE)
    claims, in_data = dealt(found.claims, asked.page, CLAIMS_IN_DATA)
    title = found.source.title
    carried = many(
        "{count} claim in it is on file", "{count} claims in it are on file", len(found.claims)
    )
    return Page(
        template="source.html",
        title=_clipped(title),
        summary=f"{found.source.publisher}, “{title}”: {carried}.",
        here=site.here.source(found.source.id),
        data=found.model_copy(update={"claims": claims}),
        context={
            "source": found.source,
            "parts_found": _by_topic(library, views_in_own_words(library, shown)),
        },
        picture=lambda: Picture(found.source.publisher, _clipped(title), carried),
        records=lambda: records(library, shown),
        pages={"html": pages, "json": in_data},
    )


def asserter(site: Site, asked: Asked) -> Page:
    """Make the page of an asserter with what it has asserted."""
    found = site.published.asserter(asked.name)
    library = site.published.library
    shown, pages = dealt(found.claims, asked.page, GROUPS_ON_A_PAGE)
    claims, in_data = dealt(found.claims, asked.page, CLAIMS_IN_DATA)
    name = named(library.asserter(found.asserter.id))
    said = many("{count} claim on file", "{count} claims on file", len(found.claims))
    return Page(
        template="asserter.html",
        title=name,
        summary=f"{name}: {said}.",
        here=site.here.asserter(found.asserter.id),
        data=found.model_copy(update={"claims": claims}),
        context={
            "asserter": found.asserter,
            "parts_found": _by_topic(library, views_in_own_words(library, shown)),
        },
        picture=lambda: Picture(said, _clipped(name), ""),
        records=lambda: records(library, shown),
        pages={"html": pages, "json": in_data},
    )


def _by_topic(library: Library, claims: Sequence[ClaimView]) -> list[tuple[Any, list[ClaimView]]]:
    """Sort claims by topic, those in force first, each part the newest first."""
    titles = {one: library.topic(one) for one in dict.fromkeys(one.topic for one in claims)}
    ordered = sorted(claims, key=lambda one: titled(titles[one.topic]))
    parts = groupby(ordered, key=lambda one: one.topic)
    return [(titles[topic], _in_order(list(some))) for topic, some in parts]


def _in_order(claims: Sequence[ClaimView]) -> list[ClaimView]:
    newest = claims[::-1]
    past = [one for one in newest if one.status is not Status.ACTIVE]
    return [*(one for one in newest if one.status is Status.ACTIVE), *past]


def _clipped(text: str) -> str:
    return text if len(text) <= _TITLE else text[: _TITLE - 1].rstrip() + "…"


VIEWS = (
    View("claim", "/claim/{name}", claim, ClaimRecord, forms=("json", "jsonld", "png")),
    View("source", "/source/{name}", source, Publication, ("page",), ("json", "jsonld", "png")),
    View("asserter", "/asserter/{name}", asserter, Speaker, ("page",), ("json", "jsonld", "png")),
)
