"""Opening the database: migrate, take up the curated records, and set up the workspace."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from knowledge.records import Records, load_records
from knowledge.servers import Reports, Settings, Unanswered
from knowledge.store import Quota, Report, Store, open_store
from knowledge.workspaces import Workspace, Workspaces, Writer

if TYPE_CHECKING:
    from knowledge.curation import Curation


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


@contextmanager
def opened(
    path: Path,
    records: Records | None = None,
    *,
    quota: Quota | None = None,
    cold: bool = False,
) -> Iterator[KnowledgeBase]:
    """Open a database, new or old, and close it in the end; `quota` holds for each workspace.

    It takes up the records that ship, or other ones in their place. A `cold` one is for a program
    that asks once: it reads only what it is asked for.

    Raises:
        StoreError: the file cannot be used; it is left untouched.
        RecordErrors: the curated records are wrong; nothing of them was taken up.
    """
    records = curated() if records is None else records
    store = open_store(path, quota=quota or Quota())
    try:
        report = store.take_up(records)
        workspaces = Workspaces(store, path.with_name(f"{path.name}.index"), cold=cold)
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
