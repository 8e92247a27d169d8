"""Files of SQLite's that are refused: one clear line each, and the file as it was."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from knowledge.model import Asserter
from knowledge.store import Store, StoreError, open_store
from knowledge.store.sqlite.header import VERSION
from tests.bases.making import writer_of

ROOT = 0
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Make a database of this version, closed."""
    made = tmp_path / "claims.db"
    open_store(made).close()
    return made


def refusal(path: Path) -> str:
    """Open a file that must be refused; check that it is left alone, and return the words."""
    before, beside = fingerprint(path), set(path.parent.iterdir())
    with pytest.raises(StoreError) as refused:
        open_store(path, wait=0.05)
    assert fingerprint(path) == before
    assert set(path.parent.iterdir()) == beside
    message = str(refused.value)
    assert "\n" not in message
    assert str(path) in message
    return message


def fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@pytest.mark.parametrize("text", [b"Dear diary\n", b"SQLite format 3\x00", b"\x00" * 4096])
def test_a_file_that_is_no_database(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(text)
    assert "is not a SQLite database" in refusal(path)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute("CREATE TABLE claims (id TEXT)")
    other.close()
    assert "belongs to another program" in refusal(path)


def test_a_newer_schema(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    message = refusal(path)
    assert f"has schema {VERSION + 1}, from a newer Claimbot" in message
    assert "update Claimbot" in message


def test_a_newer_schema_that_still_stands_in_the_log(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    assert "from a newer Claimbot" in refusal(path)
    other.close()


def test_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    assert "is a folder" in refusal(path)


def test_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert "is not a regular file" in refusal(path)


def test_a_file_in_place_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be used"):
        open_store(tmp_path / "file" / "claims.db")


def test_a_damaged_database(path: Path) -> None:
    whole = path.read_bytes()
    damaged = whole[:100] + b"\xff" * (len(whole) - 100)
    path.write_bytes(damaged)
    with pytest.raises(StoreError, match="is damaged: restore a backup"):
        open_store(path)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize(
    "lock",
    [
        ["BEGIN EXCLUSIVE"],
        ["BEGIN IMMEDIATE"],
        ["PRAGMA locking_mode = EXCLUSIVE", "BEGIN IMMEDIATE", "COMMIT"],
    ],
)
def test_locked_by_another_process(path: Path, lock: list[str]) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    for statement in lock:
        other.execute(statement)
    assert "is locked by another process" in refusal(path)
    other.close()
    open_store(path).close()


def test_locked_while_it_is_open(path: Path) -> None:
    store = open_store(path, wait=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"), store.change("anna", "new"):
        pass
    other.execute("ROLLBACK")
    other.close()
    with store.change("anna", "new") as change:
        change.put(Asserter(id="dia", organisation="DIA"))
    assert store.revision() == 1
    store.close()


def test_a_full_disk_leaves_nothing_half_written(path: Path) -> None:
    store = open_store(path)
    writer = writer_of(store)
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"):
        save_many(store)
    assert store.asserters() == []
    assert store.revision() == 0
    assert store.verify_history() == []
    store.close()


def save_many(store: Store) -> None:
    with store.change("anna", "many") as change:
        for number in range(500):
            change.put(Asserter(id=f"a-{number}", organisation="A" * 100))


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """Give a folder of a user whom permissions bind, and become that user."""
    if not hasattr(os, "geteuid"):
        pytest.skip("there are no users here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "claims.db"
        open_store(path).close()
        if os.geteuid() != ROOT:
            yield path
            folder.chmod(0o700)
            return
        os.chown(folder, NOBODY, NOBODY)
        os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield path
        finally:
            os.seteuid(ROOT)


def test_a_file_without_permission_to_read(unprivileged: Path) -> None:
    unprivileged.chmod(0o000)
    with pytest.raises(StoreError, match="Permission denied"):
        open_store(unprivileged)


def test_a_read_only_file(unprivileged: Path) -> None:
    unprivileged.chmod(0o400)
    assert "is read-only: allow writing to it" in refusal(unprivileged)


def test_a_read_only_folder(unprivileged: Path) -> None:
    unprivileged.parent.chmod(0o500)
    with pytest.raises(StoreError, match="is read-only: the database keeps a log there"):
        open_store(unprivileged)


def test_a_new_file_in_a_read_only_folder(unprivileged: Path) -> None:
    unprivileged.parent.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be used: Permission denied"):
        open_store(unprivileged.with_name("new.db"))
    assert list(unprivileged.parent.iterdir()) == [unprivileged]


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    open_store(path).close()
    assert list(tmp_path.iterdir()) == [path]
    open_store(path).close()


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with closing(open_store(path)) as store, store.change("anna", "new") as change:
        change.put(Asserter(id="dia", organisation="DIA"))
    assert list(tmp_path.iterdir()) == [path]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "claims.db"
    open_store(path).close()
    assert path.is_file()
