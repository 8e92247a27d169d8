"""Drafts: a record made of what a person typed, or every reason why not, field by field."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from pydantic import ValidationError

from knowledge import wording
from knowledge.curation.forms import (
    AsserterForm,
    ClaimForm,
    SourceForm,
    TopicForm,
    parts_of,
    read_figure,
    typed_date,
)
from knowledge.library import Library, figure_view
from knowledge.model import (
    KINDS,
    AnyRecord,
    Asserter,
    Claim,
    DateBasis,
    Figure,
    ForPeople,
    LinkKind,
    Measure,
    RecordKind,
    Source,
    Topic,
)
from knowledge.reading import BadFigure, find_countries
from knowledge.records import field_name, in_plain_words, new_id, record_problems, slug
from knowledge.workspaces import Similar, Workspace, similar_claims

_TITLE_WORDS = 4
"""Words of a title in an id: enough to know it by (chosen by eye)."""
_NO_DATE = "The curator who added it gave no date."

Result = TypeVar("Result")
Found = TypeVar("Found")
Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field, in words for the person who filled it in."""

    field: str
    reason: str
    record: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        return ": ".join(part for part in (self.record, self.field, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that could be saved; none exactly when there are problems.

    `understood` says how the figure was read, and is empty without one.
    """

    record: AnyRecord | None
    understood: str = ""
    problems: tuple[FieldProblem, ...] = ()
    similar: tuple[Similar, ...] = ()


@dataclass
class _Drafting:
    """Fields as they are read, and what is wrong with them."""

    workspace: Workspace
    today: date
    place: str | None
    fields: Fields = field(default_factory=dict)
    problems: list[FieldProblem] = field(default_factory=list)

    @property
    def library(self) -> Library:
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
        shown = _Shown(self.library)
        # Nothing leads back to a claim that is not on file yet.
        ahead = shown.claims.get if self.library.find(record.id) else _nothing
        for found in record_problems([record], shown, self.today, ahead):
            self.complain(found.field.partition("[")[0].partition(".")[0], found.reason)
        return None if self.problems else record

    def named(self, words: Iterable[str], taken: Callable[[str], bool]) -> str:
        """Make a readable id that nothing on file has."""
        return new_id(words, taken, self.place)


def _nothing(key: str) -> None:
    del key


class _Shown:
    """What a library shows, as the checks of records want it."""

    def __init__(self, library: Library) -> None:
        self.topics = _ById(library.topic)
        self.asserters = _ById(library.asserter)
        self.sources = _ById(library.source)
        self.claims = _Claims(library)


class _Claims:
    def __init__(self, library: Library) -> None:
        self._library = library

    def get(self, key: str, /) -> Claim | None:
        return self._library.claim(key)


class _ById(Generic[Found]):
    """Records of one kind; what a claim names may have been retired since."""

    def __init__(self, find: Callable[[str], Found]) -> None:
        self._find = find

    def get(self, key: str, /) -> Found | None:
        try:
            return self._find(key)
        except KeyError:
            return None


def draft_claim(
    workspace: Workspace,
    form: ClaimForm,
    today: date,
    place: str | None,
    editing: Claim | None = None,
) -> Draft:
    """Draft a claim for a place, or an edition of one that is on file."""
    work = _Drafting(workspace, today, place)
    topic = work.tried("topic", lambda: workspace.lookup.topic(form.topic))
    asserter = work.tried("asserter", lambda: workspace.lookup.asserter(form.asserter))
    figure = _unchanged(form, topic, editing) or _figure(work, form.figure, topic)
    asserted_on = work.tried("asserted_on", lambda: typed_date(form.asserted_on, today))
    period = work.tried("period", lambda: typed_date(form.period, today)) if form.period else None
    work.fields |= {
        "topic": topic.id if topic else "",
        "asserter": asserter.id if asserter else "",
        "statement": form.statement,
        "figure": figure,
        "asserted_on": asserted_on,
        "period": period,
        "assumption": form.assumption.strip() or None,
        "note": form.note.strip() or None,
        "citations": _citations(work, form, editing),
        "relations": _relations(work, form, editing),
    }
    if editing:
        work.fields |= {"id": editing.id, "origin": editing.origin, "status": editing.status}
    else:
        when = str(asserted_on.earliest)[:7] if asserted_on else ""
        words = (form.topic if topic is None else topic.id, asserter.id if asserter else "", when)
        work.fields["id"] = work.named(words, lambda one: work.library.find(one) is not None)
        work.fields["origin"] = work.fields["id"]
    _share_origin(work)
    record = work.finished("claim")
    near = tuple(similar_claims(workspace, record)) if isinstance(record, Claim) else ()
    understood = _understood(figure, topic) if figure else ""
    return Draft(record, understood, tuple(work.problems), near)


def draft_topic(
    workspace: Workspace,
    form: TopicForm,
    today: date,
    place: str | None,
    editing: Topic | None = None,
) -> Draft:
    """Draft a topic for a place, or an edition of one that is on file."""
    work = _Drafting(workspace, today, place)
    measure = form.measure.strip().casefold() or ("cumulative" if form.unit.strip() else "")
    measure = measure or Measure.QUALITATIVE
    if measure not in set(Measure):
        work.complain("measure", f"“{form.measure}” is none of {', '.join(Measure)}")
    topics = work.library.topics
    work.fields |= {
        "id": work.named([form.title], partial(work.library.has, "topic")),
        "title": form.title,
        "unit": form.unit.strip() or None,
        "measure": measure,
        "description": form.description.strip(),
        "command": slug(form.command) or None,
        "aliases": parts_of(form.aliases),
    }
    if editing:
        kept = editing.model_dump(include={"id", "terms", "parties", "places", "dimensions"})
        work.fields |= kept
    for other in topics.values():
        if other.command and other.command == work.fields["command"] and other != editing:
            work.complain("command", f"/{other.command} is the command of the topic {other.id}")
    return Draft(work.finished("topic"), problems=tuple(work.problems))


def draft_source(
    workspace: Workspace,
    form: SourceForm,
    today: date,
    place: str | None,
    editing: Source | None = None,
) -> Draft:
    """Draft a source for a place, or an edition of one that is on file."""
    work = _Drafting(workspace, today, place)
    typed = form.published_on.strip()
    published = work.tried("published_on", lambda: typed_date(typed, today)) if typed else None
    basis = DateBasis.INFERRED if form.date_reason.strip() else DateBasis.STATED
    work.fields |= {
        "publisher": form.publisher,
        "title": form.title,
        "published_on": published,
        "date_basis": basis if typed else DateBasis.UNKNOWN,
        "date_reason": form.date_reason.strip() or (None if typed else _NO_DATE),
        "url": form.url.strip() or None,
        "archive_url": form.archive_url.strip() or None,
    }
    if editing:
        keep = {"id", "publisher_basis", "title_basis", "opening"}
        told = (editing.published_on, editing.date_reason)
        if told == (work.fields["published_on"], work.fields["date_reason"]):
            # A reason may also explain a date that is stated.
            keep |= {"date_basis"}
        work.fields |= editing.model_dump(include=keep)
    else:
        words = (form.publisher, *form.title.split()[:_TITLE_WORDS], str(published or "")[:4])
        work.fields["id"] = work.named(words, partial(work.library.has, "source"))
        same = [one for one in work.library.sources.values() if one.url and one.url == form.url]
        if same:
            work.complain("url", f"this address is already that of the source {same[0].id}")
    return Draft(work.finished("source"), problems=tuple(work.problems))


def draft_asserter(
    workspace: Workspace,
    form: AsserterForm,
    today: date,
    place: str | None,
    editing: Asserter | None = None,
) -> Draft:
    """Draft an asserter for a place, or an edition of one that is on file."""
    work = _Drafting(workspace, today, place)
    country = form.country.strip()
    codes = [one.code for one in find_countries(country)] if len(country) > 2 else [country.upper()]  # noqa: PLR2004 - a code
    if country and not codes:
        work.complain("country", f"“{country}” is no country that is known here")
    words = [form.person or form.role, form.organisation]
    work.fields |= {
        "id": editing.id if editing else work.named(words, partial(work.library.has, "asserter")),
        "person": form.person.strip() or None,
        "role": form.role.strip() or None,
        "organisation": form.organisation.strip() or None,
        "country": codes[0] if country and codes else None,
        "aliases": parts_of(form.aliases),
    }
    return Draft(work.finished("asserter"), problems=tuple(work.problems))


def _unchanged(form: ClaimForm, topic: Topic | None, editing: Claim | None) -> Figure | None:
    """Return the figure on file where its words are left alone, so that it is not read anew."""
    figure = editing.figure if editing else None
    same = figure is not None and form.figure.strip() == figure.as_worded
    return figure if same and editing and topic and topic.id == editing.topic else None


def _figure(work: _Drafting, text: str, topic: Topic | None) -> Figure | None:
    if not text.strip():
        return None
    try:
        return read_figure(text, topic)
    except ValidationError as errors:
        work.complain("figure", in_plain_words(errors.errors()[0], Figure))
    except BadFigure as error:
        work.complain("figure", error)
    return None


def _understood(figure: Figure, topic: Topic | None) -> str:
    """Say how a figure was read."""
    if figure.relation is None:
        return f"“{figure.as_worded}”, without a number"
    view = figure_view(figure, topic.unit if topic else None)
    return wording.figure(view, topic.measure if topic else None, unit=True) if view else ""


def _citations(work: _Drafting, form: ClaimForm, editing: Claim | None) -> list[Fields]:
    """Put what was typed in the place of the first citation; the others stay."""
    old = [one.model_dump() for one in editing.citations] if editing else []
    source = work.tried("source", lambda: work.workspace.lookup.source(form.source))
    paragraph = form.paragraph.strip().removeprefix("¶").strip()
    if not (paragraph.isdecimal() and int(paragraph) > 0):
        work.complain("paragraph", "say in which paragraph it stands, counted from 1")
    if source is None or work.problems:
        return old
    one: Fields = {"source": source.id, "paragraph": int(paragraph), "via": parts_of(form.via)}
    first = old[0] if old else {}
    if (first.get("source"), first.get("paragraph")) == (source.id, int(paragraph)):
        one = {**first, **one}
    return [one, *old[1:]]


def _relations(work: _Drafting, form: ClaimForm, editing: Claim | None) -> list[Fields]:
    """Put what was typed in the place of the first relation; nothing typed leaves all."""
    old = [one.model_dump() for one in editing.relations] if editing else []
    if not form.relation.strip() and not form.relates_to.strip():
        return old
    kind = form.relation.strip().casefold()
    target = form.relates_to.strip()
    if kind not in set(LinkKind):
        work.complain("relation", f"“{form.relation}” is none of {', '.join(LinkKind)}")
    elif work.library.find(target):
        return [{"kind": kind, "claim": target}, *old[1:]]
    else:
        topic = work.tried("relates_to", lambda: work.workspace.lookup.topic(target))
        return [{"kind": kind, "topic": topic.id}, *old[1:]] if topic else old
    return old


def _share_origin(work: _Drafting) -> None:
    """A retelling has the origin of what it retells."""
    relations = work.fields["relations"]
    for one in relations if isinstance(relations, list) else []:
        retold = work.library.find(str(one.get("claim")))
        if one["kind"] == LinkKind.RETELLS and retold:
            work.fields["origin"] = retold.origin
