"""Opening the database: migrate, take up the records of files, and set up the workspace."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from propcache.api import cached_property

from knowledge.model import ForOperators
from knowledge.records import NoRecords, RecordErrors, Records, load_records
from knowledge.servers import Reports, Settings, Unanswered
from knowledge.store import SHIPPED as AS_SHIPPED
from knowledge.store import Quota, Report, Store, Where, open_store
from knowledge.workspaces import Workspace, Workspaces, Writer

if TYPE_CHECKING:
    from knowledge.curation import Curation


SHIPPED, NONE = "shipped", "none"
"""The records that come with the program, and no records at all; else a folder is named."""


class BadRecords(ForOperators):
    """The records in a folder cannot be taken up; `errors` names everything that is wrong."""

    def __init__(self, folder: str, errors: RecordErrors) -> None:
        self.errors = errors
        first, *others = errors.problems
        where = "" if first.file == folder else f"{folder}: "
        more = f" (and {len(others):,} more: claimbot validate {folder})" if others else ""
        super().__init__(f"{where}{first}{more}")


@dataclass(frozen=True)
class KnowledgeBase:
    """An open database: workspaces to ask at, curation to change it, and what was taken up."""

    workspace: Workspace
    store: Store
    report: Report
    workspaces: Workspaces
    writer: Writer
    settings: Settings
    """What each server has set."""
    reports: Reports
    """Errors that readers have reported."""
    unanswered: Unanswered
    """What each server asked in vain, where it keeps that."""

    @cached_property
    def curation(self) -> "Curation":
        """What checks and writes changes; whoever only asks does not wait for it."""
        from knowledge.curation import Curation  # noqa: PLC0415

        return Curation(self.store, self.workspaces, self.writer)


def curated() -> Records:
    """Return the records that ship with the program.

    Raises:
        RecordErrors: some of them are wrong; all problems are named.
    """
    return load_records(Path(str(files("knowledge") / "curated")))


def records_of(choice: str) -> Records:
    """Return the records that ship, none, or those in a folder.

    Raises:
        BadRecords: something is wrong with those in the folder.
        RecordErrors: something is wrong with those that ship.
    """
    if choice == SHIPPED:
        return curated()
    if choice == NONE:
        return Records({}, {}, {}, {})
    # Whoever has no folder of records does not wait for the readers of every form.
    from knowledge.interchange import read_folder  # noqa: PLC0415

    try:
        return read_folder(Path(choice).expanduser())
    except RecordErrors as errors:
        raise BadRecords(choice, errors) from errors


def _why(choice: str) -> str:
    """Return what the history says of records that were changed by a choice."""
    if choice in {SHIPPED, NONE}:
        return AS_SHIPPED if choice == SHIPPED else "no records are taken up from files"
    return f"as the records in the folder {Path(choice).expanduser().resolve().name} have it"


def _read(records: Records | str, *, lenient: bool) -> Records | BadRecords:
    """Return the records of a choice, or what is wrong with them where that may be."""
    if isinstance(records, Records):
        return records
    try:
        return records_of(records)
    except BadRecords as bad:
        if not lenient:
            raise
        return bad


def _taken_up(store: Store, found: Records | BadRecords, why: str) -> Report:
    if isinstance(found, Records):
        return store.take_up(found, why)
    if not store.revision() and not isinstance(found.errors, NoRecords):
        raise found  # there is nothing to go on answering from
    return Report(unread=tuple(map(str, found.errors.problems)))


def _index_of(where: Where, store: Store) -> Path | None:
    """Return where the index of a large base is kept: beside its file, or where caches are.

    There it is found by the id of the database, whatever its address is.
    """
    if isinstance(where, Path):
        return where.with_name(f"{where.name}.index")
    try:
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # whoever runs it has no home
        return None
    return caches / "claimbot" / f"{store.database_id}.index"


@contextmanager
def opened(
    path: Where,
    records: Records | str = SHIPPED,
    *,
    quota: Quota | None = None,
    cold: bool = False,
    lenient: bool = False,
) -> Iterator[KnowledgeBase]:
    """Open a database, new or old, and close it in the end; `quota` holds for each workspace.

    It takes up the records that ship, or other ones in their place: none, or those in a folder.
    A `lenient` opening leaves what is on file as it is where that folder cannot be read or is
    empty, and the report says so. A `cold` one is for a program that asks once: it reads only what
    it is asked for.

    Raises:
        StoreError: the database cannot be used; it is left untouched.
        BadRecords: the records in the folder are wrong; nothing of them was taken up.
        RecordErrors: the curated records are wrong; nothing of them was taken up.
    """
    found = _read(records, lenient=lenient)
    why = _why(records) if isinstance(records, str) else AS_SHIPPED
    store = open_store(path, quota=quota or Quota())
    try:
        report = _taken_up(store, found, why)
        workspaces = Workspaces(store, _index_of(path, store), cold=cold)
        with closing(workspaces), closing(Writer(store, workspaces)) as writer:
            beside = Settings(store.ledger), Reports(store.ledger), Unanswered(store.asked)
            yield KnowledgeBase(workspaces.shared, store, report, workspaces, writer, *beside)
        workspaces.keep()
    finally:
        store.close()


@contextmanager
def opened_apart(records: Records) -> Iterator[KnowledgeBase]:
    """Open a base of these records alone, for as long as it is looked at.

    Claims that are refused are left out: a base that was written for an earlier version still
    has its topics.
    """
    with TemporaryDirectory() as folder:
        kept, attempt = records, 0
        while True:
            with opened(Path(folder) / f"{attempt}.db", kept) as base:
                refused = {one.record.id for one in base.report.refused} & kept.claims.keys()
                if not refused:
                    yield base
                    return
            claims = {key: one for key, one in kept.claims.items() if key not in refused}
            kept, attempt = replace(kept, claims=claims), attempt + 1
