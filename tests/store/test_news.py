"""What one process writes is heard by the others, on both engines, and after a lost connection."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from knowledge.store import News, Refused, ServerAddress, Store, Watch, Where, open_store
from tests.bases.engines import behind, on_both_engines, on_postgresql
from tests.bases.making import asserter, claim

LONG = 20.0
"""Longer than anything takes: whoever hears something does not wait so long."""


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database and hear what was said before; a server says so once it is listened to."""
    with closing(open_store(where)) as opened:
        opened.wait_for_news(LONG if isinstance(where, ServerAddress) else 0.1)
        yield opened


@pytest.fixture
def other(where: Where, store: Store) -> Iterator[Store]:
    """Open the same database as another process does."""
    with closing(open_store(where)) as opened:
        assert opened.database_id == store.database_id
        yield opened


def save(store: Store, *keys: str, workspace: str | None = None) -> None:
    with store.change("anna", "new", workspace) as change:
        change.put_all([asserter(key) for key in keys])


@on_both_engines
def test_a_change_of_another_process_is_heard(store: Store, other: Store) -> None:
    save(other, "a")
    assert store.wait_for_news(LONG) & {News("everything"), News("records")}
    assert store.wait_for_news(0) == frozenset()


@on_both_engines
def test_what_is_waited_for_in_vain_is_nothing(store: Store) -> None:
    assert store.wait_for_news(0.01) == frozenset()


@on_both_engines
def test_closing_wakes_whoever_waits(where: Where) -> None:
    store = open_store(where)
    with ThreadPoolExecutor() as aside:
        waiting = aside.submit(lambda: (store.wait_for_news(0.1), store.wait_for_news(LONG)))
        store.close()
        assert len(waiting.result(LONG / 2)) == 2


@on_postgresql
def test_what_is_heard_says_where_to_look(store: Store, other: Store) -> None:
    save(other, "a", "b", workspace="111")
    assert store.wait_for_news(LONG) == {News("records", "111")}
    other.ledger.write("settings", "222", "", ("anna", "new"), lambda _: {"language": "de"})
    assert store.wait_for_news(LONG) == {News("ledger", "222")}
    other.watches.add(Watch(0, 333, 1, "wells", "", 0), 5)
    assert store.wait_for_news(LONG) == {News("watches", "333")}


@on_postgresql
def test_a_change_that_fails_is_not_heard_of(store: Store, other: Store) -> None:
    with pytest.raises(Refused), other.change("anna", "new") as change:
        change.put(claim("a", topic="nowhere"))
    save(other, "b", workspace="111")
    assert store.wait_for_news(LONG) == {News("records", "111")}


@on_postgresql
def test_a_lost_connection_hears_again_and_looks_everywhere(where: Where, store: Store) -> None:
    behind(where, CUT)
    assert store.wait_for_news(LONG) == {News("everything")}
    save(store, "a")
    assert store.wait_for_news(LONG) == {News("records")}


CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'claimbot'
"""
