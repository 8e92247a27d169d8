"""The evidence behind a topic or a claim: each origin, its chain, and every publication."""

from knowledge.contract import ClaimView, Evidence, Origin
from knowledge.fairness import fairness
from knowledge.library import Entry, Library, in_force
from knowledge.model import LinkKind, Topic


def topic_evidence(library: Library, topic: Topic) -> Evidence:
    """Return what stands behind everything active on a topic, the newest origin first."""
    entries = [entry for entry in library.table(topic.id) if in_force(entry, None)]
    denials = library.covering(LinkKind.DENIES, topic.id, None)
    return _evidence(library, topic, entries, denials)


def claim_evidence(library: Library, claim_id: str) -> Evidence:
    """Return what stands behind one claim: its utterance, with all that repeats it.

    Raises:
        KeyError: there is no such claim.
    """
    claim = library.claim(claim_id)
    if claim is None:
        raise KeyError(claim_id)
    table = library.table(claim.topic)
    entries = [
        entry
        for entry in table
        if entry.id == claim_id or (entry.origin == claim.origin and in_force(entry, None))
    ]
    own = next(entry for entry in entries if entry.id == claim_id)
    denials = library.bearing_on(LinkKind.DENIES, own, None)
    evidence = _evidence(library, library.topic(claim.topic), entries, denials)
    return evidence.model_copy(update={"claim": claim_id, "what": claim_id})


def _evidence(
    library: Library, topic: Topic, entries: list[Entry], denials: list[Entry]
) -> Evidence:
    by_origin: dict[str, list[ClaimView]] = {}
    for view in library.views(reversed(entries)):
        by_origin.setdefault(view.origin, []).append(view)
    origins = tuple(_origin(name, views) for name, views in fairness.each(by_origin.items()))
    cited = {
        citation.source
        for views in by_origin.values()
        for view in views
        for citation in view.citations
    }
    return Evidence(
        what=topic.id,
        topic=topic.id,
        title=topic.title,
        claim=None,
        origins=origins,
        publications=len(cited),
        denials=tuple(library.views(denials)),
        revision=library.revision,
    )


def _origin(name: str, views: list[ClaimView]) -> Origin:
    own = tuple(view for view in views if view.retells is None)
    speaker = (own or tuple(views))[0]
    return Origin(
        id=name,
        asserted_by=speaker.asserted_by,
        asserted_on=speaker.asserted_on,
        claims=own,
        retellings=tuple(view for view in views if view.retells is not None),
    )
