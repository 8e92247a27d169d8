"""Small handmade databases: records with everything filled in that a test does not care about."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from knowledge.interchange import ImportDraft, ImportPlan, plan
from knowledge.library import Library
from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    Figure,
    Link,
    Measure,
    Source,
    Topic,
)
from knowledge.reading import parse_figure
from knowledge.store import Store, open_store
from knowledge.store.rules.store import RuledStore
from knowledge.store.sqlite.engine import SqliteEngine

FINGERPRINT = "sha256:" + "0" * 64


def topic(key: str = "wells", measure: Measure = Measure.CUMULATIVE, **more: object) -> Topic:
    """Make a topic; by default a running total of wells dug, about Egypt."""
    unit = None if measure is Measure.QUALITATIVE else key
    given = {"title": key.title(), "description": f"About {key}", "parties": ("EG",), **more}
    return Topic.model_validate({"id": key, "measure": measure, "unit": unit, **given})


def asserter(key: str = "ministry", **more: object) -> Asserter:
    """Make an asserter; by default an Egyptian ministry."""
    return Asserter.model_validate(
        {"id": key, "organisation": key.title(), "country": "EG", **more}
    )


def source(key: str = "gazette", **more: object) -> Source:
    """Make a source with a stated date."""
    given = {
        "publisher": key.title(),
        "title": f"Notice of {key}",
        "published_on": "2025-12",
        **more,
    }
    return Source.model_validate({"id": key, **given})


def claim(
    key: str,
    figure: str | None = None,
    on: str = "2024-01-15",
    links: Sequence[tuple[str, str, str]] = (),
    **more: object,
) -> Claim:
    """Make a claim; `figure` is worded as people write it, `on` is the day it was asserted."""
    relations = [Link.model_validate({"kind": kind, what: to}) for kind, what, to in links]
    given = {"topic": "wells", "asserter": "ministry", "origin": key, **more}
    return Claim.model_validate(
        {
            "id": key,
            "statement": f"Statement of {key}.",
            "figure": worded(figure) if figure else None,
            "asserted_on": on,
            "relations": relations,
            "citations": (Citation(source="gazette", paragraph=1, fingerprint=FINGERPRINT),),
            **given,
        }
    )


def worded(text: str) -> Figure:
    """Make a figure of its words."""
    read = parse_figure(text)
    return Figure(low=read.low, high=read.high, relation=read.relation, as_worded=text)


@contextmanager
def on_file(*records: AnyRecord, today: date) -> Iterator[Store]:
    """Open a database of its own that holds these records, and forget it in the end."""
    with (
        TemporaryDirectory() as folder,
        closing(open_store(Path(folder) / "claims.db", today=lambda: today)) as store,
    ):
        with store.change("test", "to begin with") as change:
            change.put_all(records)
        yield store


def writer_of(store: Store) -> Connection:
    """Return the connection that writes, so that a test can make it fail."""
    assert isinstance(store, RuledStore)
    assert isinstance(store.engine, SqliteEngine)
    return store.engine.writer


def planned(draft: ImportDraft, *standing: AnyRecord, today: date = date(2026, 1, 1)) -> ImportPlan:
    """Hold a draft against these records."""
    with on_file(*standing, today=today) as store:
        return plan(draft, store.preview)


@contextmanager
def library(path: Path, *records: AnyRecord) -> Iterator[Library]:
    """Open a database that holds these records and the usual asserter and source."""
    store = open_store(path)
    try:
        kinds = {type(record) for record in records}
        usual: list[AnyRecord] = [asserter(), source()]
        usual += [] if Topic in kinds else [topic()]
        known = {(type(record), record.id) for record in records}
        with store.change("test", "to look at it") as change:
            for record in [*(u for u in usual if (type(u), u.id) not in known), *records]:
                change.put(record)
        yield Library(store)
    finally:
        store.close()
