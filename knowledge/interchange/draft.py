"""What was read from a file that is to be imported: records, where they stand, what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.model import AnyRecord, Asserter, ForPeople, RecordKind
from knowledge.records import Problem, RecordErrors, Step

Path = tuple[Step, ...]
Progress = Callable[[int, int], None]
"""Called now and then with how much is done and how much there is."""

LISTED = 200
"""So many problems are kept in words, more than anybody reads at once; of the others only the
number (chosen by eye)."""

SAMPLED = 3
"""Rows that show whether a map of columns is right (chosen by eye)."""
_LONGEST_SHOWN = 400
"""Characters of a reason: four lines of a terminal (chosen by eye)."""
_REPORT_EVERY = 500
"""Records between two reports: some 50 ms of reading, and no time of its own (chosen by eye)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold."""

    size: int
    """In bytes."""
    records: int


ATTACHMENT = Limits(size=10_000_000, records=20_000)
"""For a file that somebody attaches to a message: what Discord takes without a boost of the
server, and records that are read, checked and saved in some ten seconds."""
OWN_FILE = Limits(size=500_000_000, records=500_000)
"""For a file that the person who runs the bot names: five times the largest base measured
(bench.writing), so that a wrong file is refused before it fills the memory."""


@dataclass(slots=True)
class Problems:
    """Everything that is wrong, in the order in which it was found."""

    listed: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        """Note a problem."""
        self.count += 1
        if len(self.listed) < LISTED:
            self.listed.append(_printable(problem))

    def __iter__(self) -> Iterator[Problem]:
        """Go through the problems that are kept in words."""
        return iter(self.listed)

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return self.count > 0

    def __str__(self) -> str:
        """Say each in a line of its own."""
        lines = [str(problem) for problem in self.listed]
        if self.count > len(lines):
            lines.append(f"and {self.count - len(lines):,} more")
        return "\n".join(lines)


class ImportRefused(ForPeople):
    """A file of which nothing is imported; `problems` says why."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        super().__init__(str(problems))


@dataclass(frozen=True, slots=True)
class Drafted:
    """One record as it was read, and where it stands in the file."""

    kind: RecordKind
    record: AnyRecord
    lines: tuple[int, ...]
    """The line on which it begins; for a claim in CSV, the line of each of its rows."""
    span: tuple[int, int] = (0, 0)
    """Where its text begins and ends, in whatever unit the reader of its form counts."""
    named_only: bool = False
    """Whether the file merely names it: one of this id on file already is left as it is."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of a mapped table as it is read: field, the column it comes from, and the value."""

    line: int
    values: tuple[tuple[str, str, str], ...]


People = Callable[[str], Asserter | None]
"""Finds who is on file under exactly this name."""
Locate = Callable[[Drafted, Path], int | None]


def first_line(entry: Drafted, path: Path) -> int | None:
    """Return the line on which an entry begins, whatever the field."""
    del path
    return entry.lines[0]


@dataclass(slots=True)
class ImportDraft:
    """A file that has been read. Nothing of it is saved, nothing is held against a database."""

    file: str
    form: str
    """The name of one of `forms.FORMS`."""
    entries: list[Drafted] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    wrong: set[str] = field(default_factory=set)
    """Ids of records that could not be read."""
    locate: Locate = first_line
    """Finds the line of a field of an entry."""
    samples: list[Sample] = field(default_factory=list)
    """The first rows of a mapped table, so that a person sees whether the map is right."""
    left_out: tuple[str, ...] = ()
    """Columns of a mapped table that are not read."""


def nobody(name: str) -> None:
    """Find nobody on file, whatever the name."""
    del name


@dataclass(frozen=True, slots=True)
class Told:
    """What a person, or the place where it is to go, says of a file."""

    topic: str | None = None
    """The topic of claims whose form names none (ClaimReview)."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column of a table is which field of a claim."""
    people: People = nobody
    """Finds whom others' files name, if they are on file."""


class Reading:
    """Collects records while a file is read."""

    def __init__(
        self,
        draft: ImportDraft,
        limits: Limits,
        progress: Progress | None,
        told: Told,
    ) -> None:
        self.draft = draft
        self.topic = told.topic
        self.columns = told.columns
        self.people = told.people
        self._limits = limits
        self._progress = progress
        self._seen: dict[tuple[RecordKind, str], int] = {}

    def report(self, done: int, total: int) -> None:
        """Tell now and then how far the reading is."""
        if self._progress and len(self._seen) % _REPORT_EVERY == 0:
            self._progress(done, total)

    def expect(self, records: int) -> None:
        """Make sure that there may be so many records.

        Raises:
            ImportRefused: there are more than the limit.
        """
        if records > self._limits.records:
            raise refused(self.draft.file, f"holds more than {self._limits.records:,} records")

    def add(self, entry: Drafted) -> None:
        """Take a record in, unless its id stands in the file before.

        Raises:
            ImportRefused: there are more records than the limit.
        """
        key = (entry.kind, entry.record.id)
        first = self._seen.setdefault(key, entry.lines[0])
        self.expect(len(self._seen))
        if len(self._seen) == len(self.draft.entries):
            reason = f"the id stands on line {first} already"
            self.complain(reason, "id", entry.record.id, entry.lines[0])
        else:
            self.draft.entries.append(entry)

    def complain(
        self, reason: str, field: str = "", record: str | None = None, line: int | None = None
    ) -> None:
        """Note what is wrong.

        Raises:
            ImportRefused: more is wrong than there may be records.
        """
        if record is not None:
            self.draft.wrong.add(record)
        self.draft.problems.add(Problem(self.draft.file, record, field, reason, line))
        if self.draft.problems.count > self._limits.records:
            raise ImportRefused(self.draft.problems)

    def complain_of(self, errors: RecordErrors, offset: int = 0) -> None:
        """Note what is wrong with a record, whose text begins `offset` lines into the file."""
        for found in errors.problems:
            line = None if found.line is None else found.line + offset
            self.complain(found.reason, found.field, found.record, line)


def refused(file: str, reason: str, line: int | None = None) -> ImportRefused:
    """Make a refusal of a whole file."""
    problems = Problems()
    problems.add(Problem(file, None, "", reason, line))
    return ImportRefused(problems)


def _printable(problem: Problem) -> Problem:
    """Shorten what is too long to read, and replace halves of characters, which nothing shows."""
    record = None if problem.record is None else _shown(problem.record)
    field, reason = _shown(problem.field), _shown(problem.reason)
    return Problem(_shown(problem.file), record, field, reason, problem.line)


def _shown(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= _LONGEST_SHOWN else f"{whole[:_LONGEST_SHOWN]}…"
