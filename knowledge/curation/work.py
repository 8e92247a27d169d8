"""A draft in the making: fields as they are read, and what is wrong or odd with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from pydantic import ValidationError

from knowledge.library import Library
from knowledge.model import KINDS, AnyRecord, Asserter, Claim, ForPeople, RecordKind, Source, Topic
from knowledge.records import Misfit, field_name, in_plain_words, is_blank, record_problems
from knowledge.workspaces import Similar, Workspace

Result = TypeVar("Result")
Named = TypeVar("Named", bound=Topic | Asserter | Source)
Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, in words for the person who filled it in."""

    field: str
    reason: str
    record: str = ""

    @classmethod
    def of(cls, misfit: Misfit) -> "FieldProblem":
        """Name the field of a record that does not fit the others."""
        return cls(misfit.field, misfit.reason, misfit.record.id)

    def __str__(self) -> str:
        """Say it in one line."""
        return ": ".join(part for part in (self.record, self.field, self.reason) if part)


class Invalid(ForPeople):
    """A change is refused; `problems` names each field and reason."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


class NotVisible(ForPeople):
    """There is no such record where the person looks."""

    def __init__(self, kind: str, record: str) -> None:
        super().__init__(f"There is no {kind} “{record[:80]}” here.")


class Decided(ForPeople):
    """A proposal does not wait any more; the message says who decided, and how."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an article that may be meant, with its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that could be saved; none exactly when there are problems.

    `understood` says how the figure was read, and is empty without one. `odd` is what a person has
    to say yes to. `passages` are the paragraphs among which one is to be chosen; `source` is a new
    publication that the claim stands in, to be saved before it.
    """

    record: AnyRecord | None
    understood: str = ""
    problems: tuple[FieldProblem, ...] = ()
    similar: tuple[Similar, ...] = ()
    odd: tuple[FieldProblem, ...] = ()
    passages: tuple[Passage, ...] = ()
    source: Source | None = None


@dataclass
class Drafting:
    """Fields as they are read, and what is wrong with them."""

    workspace: Workspace
    today: date
    fields: Fields = field(default_factory=dict)
    problems: list[FieldProblem] = field(default_factory=list)
    source: Source | None = None
    """One that is not on file yet and will be."""

    @property
    def library(self) -> Library:
        """Everything on file where the draft is made."""
        return self.workspace.library

    def complain(self, name: str, reason: object) -> None:
        """Note what is wrong with a field, once."""
        if all(known.field != name for known in self.problems):
            self.problems.append(FieldProblem(name, str(reason)))

    def tried(self, name: str, read: Callable[[], Result]) -> Result | None:
        """Read a field, and note why it cannot be."""
        try:
            return read()
        except ForPeople as error:
            self.complain(name, error)
            return None

    def finished(self, kind: RecordKind) -> AnyRecord | None:
        """Make the record and hold it against the others; none when something is wrong."""
        try:
            record = KINDS[kind].model_validate(self.fields)
        except ValidationError as errors:
            for error in errors.errors(include_url=False):
                name = field_name(error["loc"]).partition("[")[0].partition(".")[0]
                if name != "citations" or not self.problems:
                    self.complain(name, in_plain_words(error, KINDS[kind]))
            return None
        shown = _Shown(self.library, self.source)
        # Nothing leads back to a claim that is not on file yet.
        ahead = shown.claims.get if self.library.find(record.id) else _nothing
        for found in record_problems([record], shown, self.today, ahead):
            self.complain(found.field.partition("[")[0].partition(".")[0], found.reason)
        return None if self.problems else record


def _nothing(key: str) -> None:
    del key


class _Shown:
    """What a library shows, as the checks of records want it."""

    def __init__(self, library: Library, source: Source | None) -> None:
        self.topics = _ById(library.topic)
        self.asserters = _ById(library.asserter)
        self.sources = _ById(library.source, source)
        self.claims = _Claims(library)


class _ById(Generic[Named]):
    """Records of one kind, and one that will be; what a claim names may have been retired since."""

    def __init__(self, find: Callable[[str], Named], new: Named | None = None) -> None:
        self._find = find
        self._new = new

    def get(self, key: str, /) -> Named | None:
        if self._new is not None and self._new.id == key:
            return self._new
        try:
            return self._find(key)
        except KeyError:
            return None


class _Claims:
    def __init__(self, library: Library) -> None:
        self._library = library

    def get(self, key: str, /) -> Claim | None:
        return self._library.claim(key)


def required(reason: str) -> str:
    """Return a reason for the history.

    Raises:
        Invalid: there is none.
    """
    if is_blank(reason):
        raise Invalid([FieldProblem("reason", "say why: the reason stands in the history")])
    return reason
