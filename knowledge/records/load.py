"""Load the curated records: all of them, or every reason why not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Claim,
    Example,
    ForOperators,
    RecordKind,
    Source,
    Topic,
    kind_of,
)
from knowledge.records.check import (
    command_problems,
    example_problems,
    field_name,
    missing,
    record_problems,
)
from knowledge.records.superseding import marked, superseded_among
from knowledge.records.text import BadYaml, Document, Step, read_documents
from knowledge.records.words import in_plain_words

MAX_BYTES = 200_000
"""A record with a hundred citations stays below a tenth of this."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a record, in words for the person who wrote it."""

    file: str
    record: str | None
    field: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        """Say it in one line: file, line, record, field, reason."""
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        parts = [part for part in (where, self.record, self.field, self.reason) if part]
        return ": ".join(parts)


class RecordErrors(ForOperators):
    """Records that are refused; `problems` holds every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda found: (found.file, found.line or 0))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NoRecords(RecordErrors):
    """There is no record at all where some were looked for."""


@dataclass(frozen=True, slots=True)
class Records:
    """A whole set of records, each kind by id, every reference in it kept."""

    topics: dict[str, Topic]
    asserters: dict[str, Asserter]
    sources: dict[str, Source]
    claims: dict[str, Claim]
    examples: dict[str, Example] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[RecordKind, AnyRecord]]:
        """Go through all records, those that others refer to first."""
        for kind in KINDS:
            by_id: dict[str, AnyRecord] = getattr(self, f"{kind}s")
            for record in by_id.values():
                yield kind, record


@dataclass(frozen=True, slots=True)
class _Loading:
    """Records found so far, where each came from, and what is wrong."""

    records: Records = field(default_factory=lambda: Records({}, {}, {}, {}))
    origin: dict[tuple[RecordKind, str], tuple[str, Document]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    """The complaints that others would make of not finding a record that is refused itself."""
    problems: list[Problem] = field(default_factory=list)

    def complain(self, kind: RecordKind, record: str, path: tuple[Step, ...], reason: str) -> None:
        file, document = self.origin[kind, record]
        line = document.line(path)
        self.problems.append(Problem(file, record, field_name(path), reason, line))


def load_records(folder: Path | Traversable, *, today: date | None = None) -> Records:
    """Load the records in the folders topics, asserters, sources, claims and examples.

    Each record is a file `<id>.yaml`. `today` is the day after which nothing can have been
    asserted or published.

    Raises:
        RecordErrors: some record is wrong; nothing is loaded.
    """
    loading = _Loading()
    for kind in KINDS:
        for file in _files(folder / f"{kind}s"):
            _load_file(loading, kind, file)
    if not loading.origin and not loading.problems:
        loading.problems.append(Problem(str(folder), None, "", "holds no records"))
    _cross_check(loading, today or datetime.now(UTC).date())
    if loading.problems:
        raise RecordErrors(loading.problems)
    mark_superseded(loading.records)
    return loading.records


def mark_superseded(records: Records) -> None:
    """Give every active claim of a base that another one of it supersedes its status."""
    for one in superseded_among(records.claims.values()) & records.claims.keys():
        records.claims[one] = marked(records.claims[one], {one})


def read_record(kind: RecordKind, document: Document, file: str) -> AnyRecord:
    """Make a record of a YAML document.

    Raises:
        RecordErrors: fields are missing, unknown or wrong; every one is named.
    """
    model = KINDS[kind]
    data = document.data
    if not isinstance(data, dict):
        reason = f"is no record: a {kind} is written as fields, one `name: value` a line"
        raise RecordErrors([Problem(file, None, "", reason, document.line(()))])
    try:
        return model.model_validate(data)
    except ValidationError as errors:
        named = data.get("id")
        record = named if isinstance(named, str) else None
        raise RecordErrors(
            Problem(
                file,
                record,
                field_name(error["loc"]),
                in_plain_words(error, model),
                document.line(error["loc"]),
            )
            for error in _telling(errors.errors(include_url=False))
        ) from None


def _telling(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Drop the complaint that a list is too short where only its items are wrong."""
    wrong = {error["loc"][:-2] for error in errors} | {error["loc"][:-1] for error in errors}
    return [error for error in errors if error["type"] != "too_short" or error["loc"] not in wrong]


def _files(folder: Path | Traversable) -> list[Path | Traversable]:
    if not folder.is_dir():
        return []
    files: list[Path | Traversable] = [*folder.iterdir()]
    return sorted(
        (file for file in files if file.name.endswith((".yaml", ".yml"))),
        key=lambda file: file.name,
    )


def _load_file(loading: _Loading, kind: RecordKind, file: Path | Traversable) -> None:
    name = f"{kind}s/{file.name}"
    stem = file.name.rpartition(".")[0]
    try:
        document = _only_document(file)
        record = read_record(kind, document, name)
    except BadYaml as error:
        loading.problems.append(Problem(name, stem, "", error.reason, error.line))
        loading.refused.add(missing(kind, stem))
    except RecordErrors as errors:
        named = [replace(found, record=found.record or stem) for found in errors.problems]
        loading.problems.extend(named)
        loading.refused.add(missing(kind, stem))
    else:
        _place(loading, kind, record, name, document)


def _only_document(file: Path | Traversable) -> Document:
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadYaml("is not UTF-8 text", line) from None
    except OSError as error:
        raise BadYaml(f"cannot be read: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise BadYaml(f"is larger than {MAX_BYTES:,} bytes, no single record is")
    documents = list(read_documents(text))
    if len(documents) != 1:
        raise BadYaml(f"holds {len(documents) or 'no'} records: a file holds one")
    return documents[0]


def _place(
    loading: _Loading, kind: RecordKind, record: AnyRecord, name: str, document: Document
) -> None:
    other = loading.origin.get((kind, record.id))
    if other is not None:
        reason = f"the id is already that of {other[0]}"
        loading.problems.append(Problem(name, record.id, "id", reason, document.line(("id",))))
        return
    loading.origin[kind, record.id] = (name, document)
    by_id: dict[str, AnyRecord] = getattr(loading.records, f"{kind}s")
    by_id[record.id] = record
    wanted = f"{kind}s/{record.id}.yaml"
    if name != wanted:
        loading.complain(kind, record.id, ("id",), f"the file of this id is named {wanted}")


def _cross_check(loading: _Loading, today: date) -> None:
    records = loading.records
    everything = [record for _, record in records.each()]
    for found in record_problems(everything, records, today):
        if found.reason not in loading.refused:
            loading.complain(kind_of(found.record), found.record.id, found.path, found.reason)
    for found in command_problems(records.topics.values()):
        loading.complain("topic", found.record.id, found.path, found.reason)
    for found in example_problems(records.examples.values()):
        loading.complain("example", found.record.id, found.path, found.reason)
