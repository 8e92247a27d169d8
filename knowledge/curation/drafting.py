"""Drafts of topics, sources and asserters: a record made of what was typed, or why not."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from knowledge.curation.forms import (
    AsserterForm,
    SourceForm,
    TopicForm,
    parts_of,
    typed_address,
    typed_date,
)
from knowledge.curation.translated import still_translated
from knowledge.curation.work import Draft, Drafting
from knowledge.library import same_address
from knowledge.model import Asserter, DateBasis, Measure, Source, Topic
from knowledge.reading import find_countries
from knowledge.records import key_words, new_id, slug, source_id
from knowledge.workspaces import Workspace

_NAME = 24
"""Characters of a name in an id, so that what is added to it has room (chosen by eye)."""
_CODE = 2
"""Letters of a country's code."""
_NO_DATE = "The curator who added it gave no date."


def draft_topic(
    workspace: Workspace, form: TopicForm, today: date, editing: Topic | None = None
) -> Draft:
    """Draft a topic, or an edition of one that is on file."""
    work = Drafting(workspace, today)
    measure = form.measure.strip().casefold() or ("cumulative" if form.unit.strip() else "")
    measure = measure or Measure.QUALITATIVE
    if measure not in set(Measure):
        work.complain("measure", f"“{form.measure}” is none of {', '.join(Measure)}")
    topics = work.library.topics
    command = slug(form.command)
    name = command or key_words(form.title, _NAME)
    work.fields |= {
        "id": editing.id if editing else new_id([name], partial(work.library.has, "topic")),
        "title": form.title,
        "unit": form.unit.strip() or None,
        "measure": measure,
        "description": form.description.strip(),
        "command": command or None,
        "aliases": parts_of(form.aliases),
        "parties": _countries(work, "parties", parts_of(form.parties)),
        "places": _countries(work, "places", parts_of(form.places)),
        "dimensions": tuple(slug(one) for one in parts_of(form.dimensions)),
    }
    if editing:
        work.fields["translations"] = still_translated(editing, work.fields)
    for other in topics.values():
        if other.command and other.command == work.fields["command"] and other != editing:
            work.complain("command", f"/{other.command} is the command of the topic {other.id}")
    return Draft(work.finished("topic"), problems=tuple(work.problems))


def draft_source(
    workspace: Workspace, form: SourceForm, today: date, editing: Source | None = None
) -> Draft:
    """Draft a source, or an edition of one that is on file."""
    work = Drafting(workspace, today)
    typed = form.published_on.strip()
    published = work.tried("published_on", lambda: typed_date(typed, today)) if typed else None
    basis = DateBasis.INFERRED if form.date_reason.strip() else DateBasis.STATED
    url = typed_address(form.url)
    work.fields |= {
        "publisher": form.publisher,
        "title": form.title,
        "published_on": published,
        "date_basis": basis if typed else DateBasis.UNKNOWN,
        "date_reason": form.date_reason.strip() or (None if typed else _NO_DATE),
        "url": url,
        "archive_url": typed_address(form.archive_url),
    }
    if editing:
        keep = {"id", "publisher_basis", "title_basis", "opening"}
        told = (editing.published_on, editing.date_reason)
        if told == (work.fields["published_on"], work.fields["date_reason"]):
            # A reason may also explain a date that is stated.
            keep |= {"date_basis"}
        work.fields |= editing.model_dump(include=keep)
    else:
        taken = partial(work.library.has, "source")
        work.fields["id"] = source_id(form.publisher, form.title, published, taken)
        for one in work.library.sources.values():
            if url and one.url and same_address(one.url, url):
                work.complain("url", f"this address is already that of the source {one.id}")
    return Draft(work.finished("source"), problems=tuple(work.problems))


def draft_asserter(
    workspace: Workspace, form: AsserterForm, today: date, editing: Asserter | None = None
) -> Draft:
    """Draft an asserter, or an edition of one that is on file."""
    work = Drafting(workspace, today)
    country = form.country.strip()
    codes = _countries(work, "country", [country] if country else [])
    name = key_words(form.person or form.organisation or form.role, _NAME)
    work.fields |= {
        "id": editing.id if editing else new_id([name], partial(work.library.has, "asserter")),
        "person": form.person.strip() or None,
        "role": form.role.strip() or None,
        "organisation": form.organisation.strip() or None,
        "country": codes[0] if codes else None,
        "aliases": parts_of(form.aliases),
    }
    if editing:
        work.fields["translations"] = still_translated(editing, work.fields)
    return Draft(work.finished("asserter"), problems=tuple(work.problems))


def _countries(work: Drafting, name: str, typed: Iterable[str]) -> tuple[str, ...]:
    """Read countries by name or by code, and note which are none."""
    found: list[str] = []
    for one in typed:
        codes = [one.upper()] if len(one) == _CODE else [each.code for each in find_countries(one)]
        if not codes:
            work.complain(name, f"“{one[:60]}” is no country that is known here")
        found += codes[:1]
    return tuple(dict.fromkeys(found))
