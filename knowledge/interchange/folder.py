"""A folder of records: every file in it that holds records, read as an import reads one."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from knowledge.interchange.draft import OWN_FILE, Drafted, ImportDraft, ImportRefused
from knowledge.interchange.forms import FORMS
from knowledge.interchange.reading import read
from knowledge.model import KINDS, RecordKind, kind_of
from knowledge.records import (
    Misfit,
    NoRecords,
    Problem,
    RecordErrors,
    Records,
    command_problems,
    example_problems,
    mark_superseded,
    missing,
    record_problems,
)

_ENDINGS = frozenset(ending for form in FORMS.values() for ending in form.endings)
_EMPTY = (
    f"holds no records: they stand in files that end in {', '.join(sorted(_ENDINGS))} "
    "(CLAIMBOT_RECORDS=none does without)"
)
_Place = tuple[ImportDraft, Drafted]


def read_folder(folder: Path, *, today: date | None = None) -> Records:
    """Read the records of a folder and hold them against each other, as one base.

    Records stand one in a file or many, in whatever form can be imported, and in folders as deep
    as one likes. What begins with a dot is passed over, and so is every file whose name has no
    ending of a form. `today` is the day after which nothing can have been asserted.

    Raises:
        RecordErrors: something is wrong; everything that is wrong is named, by file and line.
        NoRecords: that no record is in it.
    """
    reading = _Folder(folder)
    reading.read()
    if not reading.places and not reading.problems:
        raise NoRecords([Problem(str(folder), None, "", _EMPTY)])
    reading.hold_against_each_other(today or datetime.now(UTC).date())
    if reading.problems:
        raise RecordErrors(reading.problems)
    mark_superseded(reading.records)
    return reading.records


@dataclass
class _Folder:
    folder: Path
    records: Records = field(default_factory=lambda: Records({}, {}, {}, {}))
    places: dict[tuple[RecordKind, str], _Place] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        if not self.folder.is_dir():
            reason = "is no folder: claimbot init makes one to start from"
            self._complain(str(self.folder), reason)
            return
        for file in _files(self.folder):
            self._read(file)

    def _read(self, file: Path) -> None:
        name = file.relative_to(self.folder).as_posix()
        try:
            draft = read(file.read_bytes(), name, limits=OWN_FILE)
        except OSError as error:
            self._complain(name, f"cannot be read: {error.strerror}")
            return
        except ImportRefused as refused:
            self.problems += refused.problems
            return
        self.problems += draft.problems
        more = draft.problems.count - len(draft.problems.listed)
        if more > 0:
            self._complain(name, f"and {more:,} more")
        self.unread |= draft.wrong
        for entry in draft.entries:
            self._place(draft, entry)

    def _place(self, draft: ImportDraft, entry: Drafted) -> None:
        record, key = entry.record, (entry.kind, entry.record.id)
        if key in self.places:
            other, first = self.places[key]
            reason = f"the id is already that of a {entry.kind} in {other.file}"
            where = f"{reason}, line {first.lines[0]}"
            self.problems.append(Problem(draft.file, record.id, "id", where, entry.lines[0]))
            return
        self.places[key] = (draft, entry)
        getattr(self.records, f"{entry.kind}s")[record.id] = record

    def hold_against_each_other(self, today: date) -> None:
        everything = [record for _, record in self.records.each()]
        excused = {missing(kind, one) for kind in KINDS for one in self.unread}
        for found in record_problems(everything, self.records, today):
            if found.reason not in excused:
                self._complain_of(found)
        for found in command_problems(self.records.topics.values()):
            self._complain_of(found)
        for found in example_problems(self.records.examples.values()):
            self._complain_of(found)

    def _complain_of(self, one: Misfit) -> None:
        draft, entry = self.places[kind_of(one.record), one.record.id]
        line = draft.locate(entry, one.path)
        self.problems.append(Problem(draft.file, one.record.id, one.field, one.reason, line))

    def _complain(self, file: str, reason: str) -> None:
        self.problems.append(Problem(file, None, "", reason))


def _files(folder: Path) -> Iterator[Path]:
    """Go through the files with records in a folder and those within it, by name."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(at, name)
            known = not name.startswith(".") and file.suffix.casefold() in _ENDINGS
            if known and file.is_file():  # a pipe of that name would be waited for
                yield file
