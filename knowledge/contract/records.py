"""Single records with what belongs to them: their history, and all that one speaker has said."""

from datetime import datetime
from typing import Literal

from knowledge.contract.answers import ClaimView, Evidence, View
from knowledge.model import DateBasis, LinkKind, Measure


class SourceView(View):
    """A publication; what it does not say of itself is marked as inferred or unknown."""

    id: str
    publisher: str
    title: str
    published_on: str | None
    date_basis: DateBasis
    date_reason: str | None
    url: str | None
    archive_url: str | None


class AsserterView(View):
    """Who makes assertions: the name as people write it, and its parts."""

    id: str
    name: str
    person: str | None
    role: str | None
    organisation: str | None
    country: str | None


class Bearing(View):
    """A claim that bears on another claim, or on everything claimed on a topic."""

    claim: str
    kind: LinkKind
    on_claim: str | None
    on_topic: str | None


class ChangedField(View):
    """One field before and after a change; empty where it had no value."""

    field: str
    before: str
    after: str


class Change(View):
    """One recorded change of a claim: when, why and what. Who made it is for curators."""

    revision: int
    at: datetime
    why: str
    fields: tuple[ChangedField, ...]


class ClaimRecord(View):
    """One claim for good: what it rests on, what bears on it, and how it came to stand so.

    `linked` holds the claims that `bearings` name, apart from the claim itself. `history` begins
    with the day it was first in force; the oldest change comes first.
    """

    claim: ClaimView
    title: str
    measure: Measure
    evidence: Evidence
    bearings: tuple[Bearing, ...]
    linked: tuple[ClaimView, ...]
    history: tuple[Change, ...]
    revision: int


class Publication(View):
    """A source and every claim that it carries, the oldest first."""

    source: SourceView
    claims: tuple[ClaimView, ...]
    revision: int


class Speaker(View):
    """An asserter and everything that it has asserted, the oldest first."""

    asserter: AsserterView
    claims: tuple[ClaimView, ...]
    revision: int


class SaidOn(View):
    """What some have said on one topic, the newest first."""

    topic: str
    title: str
    measure: Measure
    claims: tuple[ClaimView, ...]


class Said(View):
    """Everything that a person, a body, a country or an outlet has said, topic by topic.

    Topics with figures come first, and of them those on which most was said. `bearings` tell which
    of these claims deny or dispute something, and `linked` holds the claims that they and the
    claims' own fields name.
    """

    by: str
    topics: tuple[SaidOn, ...]
    bearings: tuple[Bearing, ...]
    linked: tuple[ClaimView, ...]
    revision: int

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims on all topics."""
        return tuple(claim for one in self.topics for claim in one.claims)


What = Literal["added", "changed", "superseded", "retracted", "restored"]


class Event(View):
    """A change of a claim, which is shown as it stands now."""

    revision: int
    at: datetime
    what: What
    why: str
    claim: ClaimView


class Events(View):
    """The last changes of everything, or of one topic; the newest comes first."""

    topic: str | None
    events: tuple[Event, ...]
    revision: int
