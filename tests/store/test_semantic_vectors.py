"""Sentence vectors in the database: kept by model and text, and no part of the history."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from knowledge.store import KeptVector, Store, Where, open_store
from knowledge.store.sqlite.header import VERSION
from knowledge.store.sqlite.opening import connect
from knowledge.store.sqlite.schema import migrations
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines

ONE, OTHER = KeptVector("d1", b"\x00\x3c"), KeptVector("d2", b"\x00\xbc")


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database with two claims."""
    opened = open_store(where)
    with opened.change("anna", "read it") as change:
        change.put_all([topic(), asserter(), source(), claim("one"), claim("other")])
    yield opened
    opened.close()


def test_what_a_model_made_is_kept_for_that_model(store: Store) -> None:
    store.keep_vectors("small", [ONE, OTHER])
    assert list(store.vectors("small")) == [ONE, OTHER]
    assert list(store.vectors("large")) == []


def test_a_new_vector_takes_the_place_of_the_old_one(store: Store) -> None:
    store.keep_vectors("small", [ONE])
    changed = KeptVector("d1", b"\x00\x40")
    store.keep_vectors("small", [changed])
    assert list(store.vectors("small")) == [changed]


def test_other_models_and_texts_that_are_gone_are_pruned(store: Store) -> None:
    store.keep_vectors("large", [ONE])
    store.keep_vectors("small", [ONE, KeptVector("d4", b"")])
    store.prune_vectors("small", ["d1"])
    assert list(store.vectors("small")) == [ONE]
    assert list(store.vectors("large")) == []


def test_vectors_are_no_change_of_the_records(store: Store) -> None:
    before = store.revision()
    store.keep_vectors("small", [ONE])
    assert store.revision() == before
    assert store.verify_history() == []


def test_vectors_survive_a_restart(store: Store, where: Where) -> None:
    store.keep_vectors("small", [ONE])
    again = open_store(where)
    assert list(again.vectors("small")) == [ONE]
    again.close()


def test_a_database_from_before_gets_the_table(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch()
    old = Database(connect(path, wait=0), execute_plugins=False)
    migrations.apply(old, stop_before="m005_vectors")
    old.execute("PRAGMA user_version = 4")
    old.close()
    opened = open_store(path)
    assert list(opened.vectors("small")) == []
    opened.close()
    assert connect(path, wait=0).execute("PRAGMA user_version").fetchone() == (VERSION,)
