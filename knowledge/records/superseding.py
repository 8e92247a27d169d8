"""What is superseded among records that come together, in a file or in several."""

from collections.abc import Iterable
from typing import TypeVar

from knowledge.model import AnyRecord, Claim, LinkKind, Status

Kept = TypeVar("Kept", bound=AnyRecord)


def superseded_by(claim: Claim | None) -> set[str]:
    """Return the claims that a claim supersedes, which it does only while it is active."""
    if claim is None or claim.status is not Status.ACTIVE:
        return set()
    links = (link for link in claim.relations if link.kind is LinkKind.SUPERSEDES)
    return {link.claim for link in links if link.claim and link.claim != claim.id}


def superseded_among(records: Iterable[AnyRecord]) -> set[str]:
    """Return the ids of the claims that some of these records supersede."""
    claims = (record for record in records if isinstance(record, Claim) and record.relations)
    return {one for claim in claims for one in superseded_by(claim)}


def marked(record: Kept, superseded: set[str]) -> Kept:
    """Give an active claim that is superseded its status; leave everything else as it is."""
    if not isinstance(record, Claim) or record.id not in superseded:
        return record
    active = record.status is Status.ACTIVE
    return record.model_copy(update={"status": Status.SUPERSEDED}) if active else record
