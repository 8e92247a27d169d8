"""A file of SQLite's that is lost while it is open: said before anything is confirmed.

What a server of PostgreSQL's does stands in `test_server_faults`.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.curation import Unsaved
from knowledge.store import Change, StoreError, open_store
from tests.bases.curating import OWNER, KnowledgeBase, base
from tests.bases.making import claim, writer_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name the database."""
    return tmp_path / "claims.db"


@pytest.fixture
def home(path: Path) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(path) as opened:
        yield opened


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def move_back(path: Path) -> None:
    path.with_name("elsewhere.db").rename(path)


def beside(path: Path) -> list[Path]:
    return list(path.parent.iterdir())


def replace(path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    copy.replace(path)


def delete_the_log(path: Path) -> None:
    path.with_name("claims.db-wal").unlink()


@pytest.mark.parametrize("lose", [delete, move, replace, delete_the_log])
async def test_what_would_be_lost_is_not_confirmed(
    home: KnowledgeBase, path: Path, lose: Callable[[Path], None]
) -> None:
    await home.curation.add(OWNER, claim("before"))
    lose(path)
    with pytest.raises(Unsaved) as told:
        await home.curation.add(OWNER, claim("after"))
    assert "Nothing was saved: the database was deleted, moved or replaced" in str(told.value)
    assert str(path) not in str(told.value)
    assert home.shown(None) == ["before", "shared"]


async def test_a_full_disk_is_said_to_be_and_nothing_is_half_saved(home: KnowledgeBase) -> None:
    pages = writer_of(home.store).execute("PRAGMA page_count").fetchone()[0]
    writer_of(home.store).execute(f"PRAGMA max_page_count = {pages + 2}")
    before = home.store.revision()
    with pytest.raises(Unsaved, match="the disk is full"):
        await home.curation.take_in(OWNER, [claim(f"c{n}") for n in range(900)], why="all")
    assert home.store.revision() == before
    assert home.shown(None) == ["shared"]
    assert home.workspaces.revision == before
    writer_of(home.store).execute("PRAGMA max_page_count = 100000")
    await home.curation.take_in(OWNER, [claim(f"c{n}") for n in range(900)], why="all")
    assert len(home.shown(None)) == 901
    assert home.store.verify_history() == []


async def test_a_database_that_became_read_only_is_said_to_be(home: KnowledgeBase) -> None:
    writer_of(home.store).execute("PRAGMA query_only = ON")
    with pytest.raises(Unsaved, match="the database is read-only"):
        await home.curation.add(OWNER, claim("new"))
    assert home.shown(None) == ["shared"]
    writer_of(home.store).execute("PRAGMA query_only = OFF")
    await home.curation.add(OWNER, claim("new"))


async def test_nothing_appears_where_the_database_was(home: KnowledgeBase, path: Path) -> None:
    delete(path)
    with pytest.raises(StoreError, match="was deleted, moved or replaced"):
        list(home.store.all_records())
    with pytest.raises(Unsaved):
        await home.curation.add(OWNER, claim("after"))
    assert path not in beside(path)


async def test_a_file_that_goes_during_a_change_is_missed_too(
    home: KnowledgeBase, path: Path
) -> None:
    before = home.store.revision()

    def work(change: Change) -> None:
        change.put(claim("after"))
        delete(path)

    with pytest.raises(Unsaved, match="was deleted"):
        await home.writer.write(work, who="anna", why="slowly")
    assert home.store.revision() == before


async def test_what_was_put_back_is_written_to_again(home: KnowledgeBase, path: Path) -> None:
    move(path)
    with pytest.raises(Unsaved):
        await home.curation.add(OWNER, claim("after"))
    move_back(path)
    await home.curation.add(OWNER, claim("after"))


@pytest.mark.skipif(os.name == "nt", reason="there are no modes here")
async def test_nobody_else_may_read_what_is_kept(home: KnowledgeBase, path: Path) -> None:
    await home.curation.add(OWNER, claim("new"))
    home.store.backup(path.with_name("backup.db"))
    modes = {one.name: one.stat().st_mode & 0o777 for one in beside(path)}
    assert set(modes) == {"claims.db", "claims.db-wal", "claims.db-shm", "backup.db"}
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="there are no modes here")
def test_a_database_that_others_could_read_is_closed_to_them(path: Path) -> None:
    open_store(path).close()
    path.chmod(0o644)
    open_store(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
