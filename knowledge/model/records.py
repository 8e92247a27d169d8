"""The vocabulary as types: topics, asserters, sources, claims, citations, revisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self, assert_never

from propcache.api import cached_property
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from knowledge.model.edtf import Edtf
from knowledge.model.figures import Figure, Name
from knowledge.model.translations import AsserterWords, ClaimWords, TopicWords, Translations

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Record(BaseModel):
    """What is curated: immutable, complete, and named by an id that never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Slug


class Use(StrEnum):
    """Whether a topic, an asserter or a source is offered and answered with."""

    ACTIVE = "active"
    RETIRED = "retired"
    """It stays for the claims that name it, and is in no answer, command or completion."""


class Retirable(Record):
    """What claims refer to by its id, and what may be retired while they stay readable."""

    status: Use = Use.ACTIVE


class Measure(StrEnum):
    """What the figures of a topic are."""

    CUMULATIVE = "cumulative"
    LEVEL = "level"
    RATE = "rate"
    SHARE = "share"
    CHANGE = "change"
    """Growth or decline as a part of what was before: 1.6 is growth of 160%, -0.2 a fall by 20%."""
    RATIO = "ratio"
    """So many of one thing for each of another: 1.8:1 is 1.8."""
    DATE = "date"
    """The year in which something happens or is to happen."""
    QUALITATIVE = "qualitative"


class Modality(StrEnum):
    """What kind of assertion a claim is."""

    REPORTED = "reported"
    """Counted or estimated, of what is or was."""
    FORECAST = "forecast"
    """Said of what is to come; a plan too."""
    POSSIBLE = "possible"
    """What could be: "could hold", a hypothesis."""
    SUSPECTED = "suspected"
    """Under investigation."""


class Topic(Retirable):
    """What is being measured or asserted.

    `dimensions` are what its figures may be narrowed by ("group", "price-base"): a claim of it
    names its values as `qualifiers`.

    `aliases` name the topic in any language. `parties` are the countries that it is about (ISO
    3166-1 alpha-2): a question about another country is not a question about this topic. `places`
    are further countries where it happens, which a question may name as the place ("in …").
    """

    title: Name
    unit: Name | None = None
    measure: Measure
    description: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    command: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,32}$")] | None = None
    aliases: tuple[Name, ...] = ()
    parties: tuple[CountryCode, ...] = ()
    places: tuple[CountryCode, ...] = ()
    dimensions: tuple[Slug, ...] = ()
    translations: Translations[TopicWords] = {}

    @model_validator(mode="before")
    @classmethod
    def _without_terms(cls, fields: object) -> object:
        """Pass over what topics of earlier versions had: history and old exports still have it."""
        if isinstance(fields, dict):
            return {name: value for name, value in fields.items() if name != "terms"}
        return fields

    @model_validator(mode="after")
    def _unit_goes_with_figures(self) -> Self:
        without = self.measure is Measure.QUALITATIVE
        if self.measure is not Measure.DATE and (self.unit is None) != without:
            raise ValueError("a qualitative topic has no unit, every other topic has one")
        return self


class Asserter(Retirable):
    """Person, role and organisation that make assertions; not the outlet that prints them."""

    person: Name | None = None
    role: Name | None = None
    organisation: Name | None = None
    country: CountryCode | None = None
    aliases: tuple[Name, ...] = ()
    translations: Translations[AsserterWords] = {}

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not (self.person or self.role or self.organisation):
            raise ValueError("an asserter has a person, a role or an organisation")
        return self


class DateBasis(StrEnum):
    """Where the date of a source comes from."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class Source(Retirable):
    """A publication. What it does not say of itself is marked, never filled in silently."""

    publisher: Name
    publisher_basis: DateBasis = DateBasis.STATED
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    title_basis: DateBasis = DateBasis.STATED
    published_on: Edtf | None = None
    date_basis: DateBasis = DateBasis.STATED
    date_reason: Text | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)] | None = None
    archive_url: (
        Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=500)] | None
    ) = None
    opening: Fingerprint | None = None
    """Fingerprint of the first paragraph that no other text has: it tells a copy of this one."""

    @model_validator(mode="after")
    def _date_is_explained(self) -> Self:
        if (self.published_on is None) != (self.date_basis is DateBasis.UNKNOWN):
            raise ValueError("published_on is empty exactly when date_basis is unknown")
        if self.date_basis is not DateBasis.STATED and not self.date_reason:
            raise ValueError("date_reason says why the date is inferred or unknown")
        return self


class Citation(BaseModel):
    """A claim in a source: the chain it came through, the paragraph, and its fingerprint.

    `paragraph` counts the non-empty lines of the article's plain text from 1; `fingerprint`
    is made by `knowledge.records.fingerprint`, and is absent where whoever cited it had only read
    the article. `as_worded` is the figure phrase in this paragraph where it differs from
    the claim's own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Slug
    via: tuple[Name, ...] = ()
    paragraph: Annotated[int, Field(ge=1)]
    fingerprint: Fingerprint | None = None
    as_worded: Name | None = None


@dataclass(frozen=True, slots=True)
class Traits:
    """What a kind of relation means to those who keep and show claims.

    `passive` is what it makes of the other claim ("denied"). One that `opposes` speaks against the
    other claim, or against everything on a topic, and is shown with it. One that is `ordered` leads
    to what was there before, and so never in a circle. One that `judges` is a review of the other
    claim by somebody else, as schema.org's ClaimReview is.
    """

    passive: str
    opposes: bool = False
    ordered: bool = False
    judges: bool = False


class LinkKind(StrEnum):
    """How one claim bears on another."""

    DENIES = "denies"
    DISPUTES = "disputes"
    RETELLS = "retells"
    SUPERSEDES = "supersedes"
    SUPPORTS = "supports"

    @cached_property
    def traits(self) -> Traits:
        """What it means: whoever asks no kind by its name knows a further one at once."""
        match self:
            case LinkKind.DENIES:
                return Traits("denied", opposes=True, judges=True)
            case LinkKind.DISPUTES:
                return Traits("disputed", opposes=True, judges=True)
            case LinkKind.RETELLS:
                return Traits("retold", ordered=True)
            case LinkKind.SUPERSEDES:
                return Traits("superseded", ordered=True)
            case LinkKind.SUPPORTS:
                return Traits("supported", judges=True)
            case _:
                assert_never(self)


class Link(BaseModel):
    """A relation from a claim to another claim, or to everything claimed on a topic."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: LinkKind
    claim: Slug | None = None
    topic: Slug | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.claim is None) == (self.topic is None):
            raise ValueError("a relation names one claim or one topic")
        if self.topic is not None and not self.kind.traits.opposes:
            may = " and ".join(kind for kind in LinkKind if kind.traits.opposes)
            raise ValueError(f"only {may} may cover a whole topic, not {self.kind}")
        return self


class Status(StrEnum):
    """Where a claim stands."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


def end_of(period: Edtf) -> Edtf | None:
    """Return the end of a period, or nothing where it is open."""
    return None if period.open_end else Edtf.parse(period.text.rpartition("/")[2])


class Claim(Record):
    """One assertion by one asserter at one time.

    `origin` names the utterance behind the claim: claims that repeat one utterance share it.
    `period` is the time that the claim speaks of, apart from the day it was asserted.
    `qualifiers` narrow what the figure is of, each a value of one of its topic's dimensions
    (group: sappers). `rating` is the verdict of a review on the claim ("Mostly false").
    """

    topic: Slug
    asserter: Slug
    statement: Text
    figure: Figure | None = None
    qualifiers: dict[Slug, Name] = {}
    modality: Modality = Modality.REPORTED
    asserted_on: Edtf
    period: Edtf | None = None
    assumption: Text | None = None
    origin: Slug
    status: Status = Status.ACTIVE
    rating: Name | None = None
    relations: tuple[Link, ...] = ()
    citations: Annotated[tuple[Citation, ...], Field(min_length=1)]
    note: Text | None = None
    translations: Translations[ClaimWords] = {}

    @property
    def as_of(self) -> Edtf:
        """The date the figure stands for: the end of its period, else when it was asserted."""
        return (end_of(self.period) if self.period else None) or self.asserted_on

    @property
    def retells(self) -> str | None:
        """The claim that this one passes on with a changed figure."""
        return next((r.claim for r in self.relations if r.kind is LinkKind.RETELLS), None)

    @property
    def disputed(self) -> tuple[str, ...]:
        """The claims that this one is at odds with."""
        return tuple(r.claim for r in self.relations if r.claim and r.kind is LinkKind.DISPUTES)


LONGEST_EXAMPLE = 300
"""Characters of a question that is kept: three times the longest that people ask, by eye."""


class Example(Record):
    """A question that people asked, kept by a curator as meaning a topic.

    `language` is that of the question (ISO 639-1), where somebody said so. One that is not active
    means nothing any more.
    """

    topic: Slug
    question: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_EXAMPLE)
    ]
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None
    status: Status = Status.ACTIVE


RecordKind = Literal["topic", "asserter", "source", "claim", "example"]
AnyRecord = Topic | Asserter | Source | Claim | Example

KINDS: dict[RecordKind, type[AnyRecord]] = {
    "topic": Topic,
    "asserter": Asserter,
    "source": Source,
    "claim": Claim,
    "example": Example,
}
"""Every kind of record, in the order in which one may refer to the one before it."""

_KIND_OF = {model: kind for kind, model in KINDS.items()}


def is_retired(record: Record) -> bool:
    """Whether a record is in no answer any more; a claim is retracted instead."""
    return isinstance(record, Retirable) and record.status is Use.RETIRED


def kind_of(record: AnyRecord) -> RecordKind:
    """Return the kind of a record."""
    return _KIND_OF[type(record)]


class Revision(BaseModel):
    """One recorded change. History is append-only: each revision seals the one before it.

    `workspace` is where the record belongs; None is the shared base. `place_number` is its number
    among the revisions of that place alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    at: datetime
    who: str
    why: str
    kind: RecordKind
    record: str
    before: dict[str, object] | None
    after: dict[str, object] | None
    previous: str
    seal: str
    workspace: str | None = None
    place_number: int
