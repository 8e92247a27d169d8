"""Backups of a file: a whole copy while people write, and a restore that checks first.

A server of PostgreSQL's has its own tools for that (`test_moving`).
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.store import StoreError, check_backup, open_store, restore
from tests.bases.curating import base
from tests.bases.making import claim


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Name the database."""
    return tmp_path / "claims.db"


@pytest.fixture
def backup(target: Path) -> Path:
    """Make a database and a backup of it, change the database afterwards, and close it."""
    made = target.with_name("backup.db")
    with base(target) as home:
        home.store.backup(made)
        with home.store.change("anna", "later") as change:
            change.put(claim("later"))
    return made


def claims(path: Path) -> list[str]:
    with closing(open_store(path)) as store:
        return [one.id for one in store.all_claims()]


def test_a_backup_is_one_whole_file(backup: Path) -> None:
    assert check_backup(backup) == 4
    assert {one.name for one in backup.parent.iterdir() if "backup" in one.name} == {"backup.db"}
    assert claims(backup) == ["shared"]


def test_a_backup_is_made_while_somebody_writes(target: Path, tmp_path: Path) -> None:
    with base(target) as home, home.store.change("anna", "slowly") as change:
        change.put(claim("half"))
        home.store.backup(tmp_path / "backup.db")
    assert claims(tmp_path / "backup.db") == ["shared"]


def test_a_newer_backup_takes_the_place_of_an_older_one(target: Path, backup: Path) -> None:
    with closing(open_store(target)) as store:
        store.backup(backup)
    assert claims(backup) == ["later", "shared"]


def test_a_restored_database_is_as_it_was(target: Path, backup: Path, tmp_path: Path) -> None:
    assert restore(backup, target) == 4
    assert claims(target) == ["shared"]
    with closing(open_store(target)) as store:
        assert store.verify_history() == []
    assert restore(backup, tmp_path / "new.db") == 4


def test_a_database_in_use_is_not_replaced(target: Path, backup: Path) -> None:
    with closing(open_store(target)) as store:
        with pytest.raises(StoreError, match="is locked by another process"):
            restore(backup, target)
        assert [one.id for one in store.all_claims()] == ["later", "shared"]


def test_a_database_that_is_damaged_is_replaced(backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "damaged.db"
    target.write_bytes(b"no database at all")
    restore(backup, target)
    assert claims(target) == ["shared"]


def test_a_database_with_damaged_pages_is_replaced(target: Path, backup: Path) -> None:
    whole = target.read_bytes()
    target.write_bytes(whole[:100] + b"\x55" * (len(whole) - 100))
    restore(backup, target)
    assert claims(target) == ["shared"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE revisions SET who = 'Nobody'", "is not sound: Revision 1 was edited."),
        ("DELETE FROM claims", "is not sound: The claim shared was removed"),
        ("PRAGMA user_version = 99", "from a newer Claimbot"),
        ("PRAGMA application_id = 1", "belongs to another program"),
    ],
)
def test_a_backup_that_is_wrong_replaces_nothing(
    target: Path, backup: Path, harm: str, words: str
) -> None:
    with closing(sqlite3.connect(backup, isolation_level=None)) as behind:
        behind.execute(harm)
    before = target.read_bytes()
    with pytest.raises(StoreError, match=words):
        restore(backup, target)
    assert target.read_bytes() == before


def test_a_backup_that_is_not_there_or_cut_short(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        restore(tmp_path / "none.db", tmp_path / "new.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="is empty"):
        restore(tmp_path / "empty.db", tmp_path / "new.db")
    backup.write_bytes(backup.read_bytes()[:-4096])
    with pytest.raises(StoreError, match="damaged"):
        restore(backup, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_folder_that_cannot_be_written_is_said_to_be(target: Path, tmp_path: Path) -> None:
    with (
        closing(open_store(target)) as store,
        pytest.raises(StoreError, match="cannot be"),
    ):
        store.backup(tmp_path / "none" / "backup.db")
