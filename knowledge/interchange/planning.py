"""The dry run of an import: what would be added, changed and left alone, and what is refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Generic, Protocol, TypeVar

from knowledge.interchange.circles import circles
from knowledge.interchange.claimreview import same_one
from knowledge.interchange.draft import (
    Entry,
    ImportDraft,
    ImportRefused,
    Path,
    Problems,
    Progress,
)
from knowledge.model import KINDS, AnyRecord, Asserter, Claim, Record, RecordKind, Source, Topic
from knowledge.records import (
    Complaint,
    Problem,
    Shelf,
    command_problems,
    content,
    field_name,
    full_content,
    missing,
    record_problems,
)

Kind = TypeVar("Kind", bound=Record)

_REPORT_EVERY = 500


class View(Protocol):
    """What is on file, as far as the import has to be held against it.

    Four dicts do. Claims and sources may be looked up one by one in a database.
    """

    @property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by id."""

    @property
    def asserters(self) -> Shelf[Asserter]:
        """Asserters by id."""

    @property
    def sources(self) -> Shelf[Source]:
        """Sources by id."""

    @property
    def claims(self) -> Shelf[Claim]:
        """Claims by id."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record, as it is and as it would be; None where it is empty."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Alteration:
    """A record on file that the import would change."""

    kind: RecordKind
    before: AnyRecord
    after: AnyRecord

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ, in the order of the model, as plain JSON values."""
        before, after = full_content(self.before), full_content(self.after)
        return tuple(
            FieldChange(name, before[name], after[name])
            for name in after
            if before[name] != after[name]
        )


@dataclass(slots=True)
class ImportPlan:
    """What an import would do. Nothing is done yet."""

    added: list[tuple[RecordKind, AnyRecord]] = field(default_factory=list)
    changed: list[Alteration] = field(default_factory=list)
    unchanged: int = 0
    refused: Problems = field(default_factory=Problems)

    def records(self) -> list[AnyRecord]:
        """Return what is to be saved in one change, those that others refer to first.

        Raises:
            ImportRefused: something is refused, so nothing is to be saved.
        """
        if self.refused:
            raise ImportRefused(self.refused)
        changed = [(change.kind, change.after) for change in self.changed]
        order = list(KINDS)
        both = sorted([*self.added, *changed], key=lambda named: order.index(named[0]))
        return [record for _, record in both]


def plan(
    draft: ImportDraft,
    view: View,
    *,
    today: date | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Hold a draft against what is on file, without saving anything.

    `today` is the day after which nothing can have been asserted. Claims on file on a topic
    whose measure changes are held against it only when the change is saved.
    """
    made = ImportPlan(refused=Problems(list(draft.problems.listed), draft.problems.count))
    among = _Overlay(draft, view)
    excused = {missing(kind, wrong) for kind in KINDS for wrong in draft.wrong}
    checks = _Checks.of(draft, among, today or datetime.now(UTC).date())
    for number, entry in enumerate(draft.entries):
        if progress and number % _REPORT_EVERY == 0:
            progress(number, len(draft.entries))
        stored = _stored(entry, view)
        found = list(_against(entry, stored, among, checks))
        for path, reason in found:
            if reason not in excused:
                made.refused.add(_complaint(draft, entry, path, reason))
        if not found:
            _sort(entry, stored, made)
    if progress:
        progress(len(draft.entries), len(draft.entries))
    return made


@dataclass(frozen=True, slots=True)
class _Checks:
    """What is found out once, about all records together."""

    today: date
    circles: dict[str, list[Complaint]]
    commands: dict[str, str]
    """The id of a topic, and what is wrong with its command."""

    @classmethod
    def of(cls, draft: ImportDraft, among: "_Overlay", today: date) -> "_Checks":
        """Look for circles among claims and for commands that two topics share."""
        claims = [entry.record for entry in draft.entries if isinstance(entry.record, Claim)]
        commands = {topic.id: reason for topic, reason in command_problems(among.topics.values())}
        return cls(today, circles(claims, among.whole_claims.get), commands)


def _against(
    entry: Entry, stored: AnyRecord | None, among: "_Overlay", checks: _Checks
) -> Iterator[Complaint]:
    """Say what is wrong with one record among all others."""
    key = entry.record.id
    if entry.named_only and stored:
        yield from _named_differently(entry, stored)
        return
    yield from record_problems(entry.record, among, checks.today)
    if entry.kind == "claim":
        yield from checks.circles.get(key, ())
    if entry.kind == "topic" and key in checks.commands:
        yield ("command",), checks.commands[key]


class Reader(Protocol):
    """Where records are read from: a store, or one workspace over it."""

    def topics(self) -> list[Topic]:
        """Every topic."""

    def asserters(self) -> list[Asserter]:
        """Every asserter."""

    def sources(self) -> list[Source]:
        """Every source."""

    def claims(self, ids: Iterable[str]) -> list[Claim]:
        """Return the claims of these ids; an unknown id gives none."""


@dataclass(frozen=True, slots=True)
class OnFile:
    """A `View` in memory, as of the moment when it was made."""

    topics: Mapping[str, Topic]
    asserters: Mapping[str, Asserter]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]


def on_file(draft: ImportDraft, reader: Reader) -> OnFile:
    """Read what a draft has to be held against: claims of its ids, and those they lead to."""
    claims: dict[str, Claim] = {}
    drafted = [entry.record for entry in draft.entries if isinstance(entry.record, Claim)]
    wanted = {claim.id for claim in drafted} | _targets(drafted)
    met: set[str] = set()
    while wanted := wanted - met:
        met |= wanted
        found = reader.claims(sorted(wanted))
        claims |= {claim.id: claim for claim in found}
        wanted = _targets(found)
    return OnFile(
        topics={topic.id: topic for topic in reader.topics()},
        asserters={asserter.id: asserter for asserter in reader.asserters()},
        sources={source.id: source for source in reader.sources()},
        claims=claims,
    )


def _targets(claims: Iterable[Claim]) -> set[str]:
    return {link.claim for claim in claims for link in claim.relations if link.claim}


class _Shelf(Generic[Kind]):
    """Records of the draft, and behind them those on file."""

    def __init__(self, drafted: dict[str, Kind], stored: Shelf[Kind]) -> None:
        self._drafted = drafted
        self._stored = stored

    def get(self, key: str, /) -> Kind | None:
        """Return the record of this id, or nothing."""
        return self._drafted.get(key) or self._stored.get(key)


class _Flat:
    """Claims without their relations, so that nothing walks along them."""

    def __init__(self, claims: _Shelf[Claim]) -> None:
        self._claims = claims

    def get(self, key: str, /) -> Claim | None:
        """Return the claim of this id, or nothing."""
        claim = self._claims.get(key)
        return claim.model_copy(update={"relations": ()}) if claim and claim.relations else claim


class _Overlay:
    """What would be on file after the import, as the checks of records want to see it."""

    def __init__(self, draft: ImportDraft, view: View) -> None:
        drafted: dict[RecordKind, dict[str, AnyRecord]] = {kind: {} for kind in KINDS}
        for entry in draft.entries:
            if not (entry.named_only and _stored(entry, view)):
                drafted[entry.kind][entry.record.id] = entry.record
        mine = _of_kind(drafted["topic"], Topic)
        # Those of the draft come last, so that of two with one command theirs is refused.
        others = {key: topic for key, topic in view.topics.items() if key not in mine}
        self.topics: dict[str, Topic] = others | mine
        self.asserters = _Shelf(_of_kind(drafted["asserter"], Asserter), view.asserters)
        self.sources = _Shelf(_of_kind(drafted["source"], Source), view.sources)
        self.whole_claims = _Shelf(_of_kind(drafted["claim"], Claim), view.claims)
        self.claims = _Flat(self.whole_claims)


def _of_kind(records: Mapping[str, AnyRecord], model: type[Kind]) -> dict[str, Kind]:
    return {key: record for key, record in records.items() if isinstance(record, model)}


def _stored(entry: Entry, view: View) -> AnyRecord | None:
    key = entry.record.id
    match entry.kind:
        case "topic":
            return view.topics.get(key)
        case "asserter":
            return view.asserters.get(key)
        case "source":
            return view.sources.get(key)
        case "claim":
            return view.claims.get(key)


def _sort(entry: Entry, stored: AnyRecord | None, made: ImportPlan) -> None:
    if stored is None:
        made.added.append((entry.kind, entry.record))
    elif entry.named_only or stored == entry.record:
        made.unchanged += 1
    else:
        made.changed.append(Alteration(entry.kind, stored, entry.record))


def _named_differently(entry: Entry, stored: AnyRecord) -> Iterator[Complaint]:
    """Say so if the record of an id on file is not the one that the file names."""
    if not same_one(content(stored), content(entry.record)):
        reason = f"the {entry.kind} of this id on file is another one: add it by hand first"
        yield ("id",), reason


def _complaint(draft: ImportDraft, entry: Entry, path: Path, reason: str) -> Problem:
    line = draft.locate(entry, path)
    return Problem(draft.file, entry.record.id, field_name(path), reason, line)
