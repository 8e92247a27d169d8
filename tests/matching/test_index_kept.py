"""The index of a large base is kept beside the database, and belongs to it or is built anew."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import knowledge.workspaces.kept_index
from knowledge.base import KnowledgeBase, opened
from knowledge.matching.retrieval.index import FILE_NAME
from knowledge.model import Claim, Topic
from knowledge.store import Where
from knowledge.store.engine import Kind
from knowledge.store.reads import SqlReads
from tests.bases.engines import on_both_engines


@pytest.fixture(autouse=True)
def _keep_any(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(knowledge.workspaces.kept_index, "KEPT_FROM", 1)
    caplog.set_level(logging.INFO)


def built(caplog: pytest.LogCaptureFixture) -> int:
    """Count how often the log says that an index was built."""
    return sum("built anew" in record.message for record in caplog.records)


def kept(database: Path) -> Path:
    return database.with_name(f"{database.name}.index") / FILE_NAME


def kept_of(where: Where, found: KnowledgeBase) -> Path:
    if isinstance(where, Path):
        return kept(where)
    caches = Path(os.environ["XDG_CACHE_HOME"])
    return caches / "claimbot" / f"{found.store.database_id}.index" / FILE_NAME


def put(found: KnowledgeBase, key: str, statement: str) -> None:
    old = next(iter(found.store.all_claims()))
    new = Claim.model_validate({**old.model_dump(), "id": key, "statement": statement})
    found.writer.write_now(lambda change: change.put(new), who="anna", why="read it")


def ids(found: KnowledgeBase, text: str) -> set[str]:
    return {hit.id for hit in found.workspace.ranker.rank(text, 50)}


@on_both_engines
def test_a_second_start_reads_the_index(where: Where, caplog: pytest.LogCaptureFixture) -> None:
    with opened(where) as found:
        first = found.workspace.ranker.rank("spoilt share", 10)
        file = kept_of(where, found)
    assert file.exists()
    assert file.stat().st_mode & 0o077 == 0
    assert built(caplog) == 1
    with opened(where) as found:
        assert found.workspace.ranker.rank("spoilt share", 10) == first
    assert built(caplog) == 1


@on_both_engines
def test_a_start_with_an_index_goes_through_no_claims(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(where):
        pass
    read: list[type] = []
    records = SqlReads.records

    def noted(self: SqlReads, model: type[Kind], workspace: str | None) -> Iterator[Kind]:
        read.append(model)
        return records(self, model, workspace)

    monkeypatch.setattr(SqlReads, "records", noted)
    with opened(where) as found:
        assert found.workspace.ranker.rank("spoilt share", 10)
    assert Topic in read
    assert Claim not in read


@on_both_engines
def test_what_was_written_is_in_the_index_of_the_next_start(
    where: Where, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(where) as found:
        put(found, "owl", "Barn owls hooted in the belfry")
    caplog.clear()
    with opened(where) as found:
        assert "owl" in ids(found, "barn owls")
    assert built(caplog) == 0


def test_what_was_written_behind_its_back_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "claims.db"
    with opened(path) as found:
        pass
    old = kept(path).read_bytes()
    with opened(path) as found:
        put(found, "owl", "Barn owls hooted in the belfry")
    kept(path).write_bytes(old)
    caplog.clear()
    with opened(path) as found:
        assert "owl" in ids(found, "barn owls")
    assert built(caplog) == 1


def test_another_history_of_the_same_length_is_noticed(tmp_path: Path) -> None:
    path, copy = tmp_path / "claims.db", tmp_path / "copy.db"
    with opened(path):
        pass
    shutil.copy(path, copy)
    with opened(path) as found:
        put(found, "owl", "Barn owls hooted in the belfry")
    with opened(copy) as found:
        put(found, "owl", "Two herons stood in the pond")
    shutil.copy(copy, path)
    with opened(path) as found:
        assert "owl" in ids(found, "herons in the pond")
        assert "owl" not in ids(found, "barn owls belfry")


def test_the_index_of_another_database_is_noticed(tmp_path: Path) -> None:
    one, other = tmp_path / "one.db", tmp_path / "other.db"
    for path, text in ((one, "Barn owls hooted"), (other, "Two herons stood")):
        with opened(path) as found:
            put(found, "bird", text)
    shutil.copy(kept(one), kept(other))
    with opened(other) as found:
        assert "bird" in ids(found, "herons")


@pytest.mark.parametrize("length", [0, 100, -1])
def test_a_half_written_index_is_noticed(tmp_path: Path, length: int) -> None:
    path = tmp_path / "claims.db"
    with opened(path) as found:
        first = found.workspace.ranker.rank("spoilt share", 10)
    kept(path).write_bytes(kept(path).read_bytes()[:length])
    with opened(path) as found:
        assert found.workspace.ranker.rank("spoilt share", 10) == first


def test_a_place_that_cannot_be_written_costs_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "claims.db"
    kept(path).parent.write_text("a file where the folder should be")
    with opened(path) as found:
        assert found.workspace.ranker.rank("spoilt share")
    assert "cannot be kept" in caplog.text


def test_a_small_base_is_indexed_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge.workspaces.kept_index, "KEPT_FROM", 5_000)
    path = tmp_path / "claims.db"
    with opened(path):
        pass
    assert not kept(path).exists()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM claims").fetchone()[0] < 5_000
