"""Watches in the database: who is told of what, once, whichever process tells it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from knowledge.store import Sending, Store, Watch, Where, open_store
from tests.bases.engines import on_both_engines

pytestmark = on_both_engines

GUILD, CHANNEL = 2**62 + 1, 2**62 + 2
NEW = Watch(0, GUILD, CHANNEL, "wells", "before", 3)
NEWS = Sending("after", 5, "nonce", 100.0)


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open an empty database."""
    found = open_store(where)
    yield found
    found.close()


def only(store: Store) -> Watch:
    (watch,) = store.watches.all()
    return watch


def test_a_watch_is_kept_with_what_was_told(store: Store, where: Where) -> None:
    assert store.watches.add(NEW, 25) == "added"
    again = open_store(where)
    assert only(again) == replace(NEW, id=1)
    assert again.watches.all(GUILD) == again.watches.all()
    assert again.watches.all(1) == []
    again.close()


def test_a_channel_watches_a_topic_once_and_a_server_so_many(store: Store) -> None:
    assert store.watches.add(NEW, 2) == "added"
    assert store.watches.add(NEW, 2) == "there"
    assert store.watches.add(replace(NEW, topic="dams"), 2) == "added"
    assert store.watches.add(replace(NEW, topic="roads"), 2) == "full"
    assert store.watches.add(replace(NEW, guild=7), 2) == "added"


def test_what_is_removed_is_named(store: Store) -> None:
    for topic, channel in (("wells", 1), ("wells", 2), ("dams", 2)):
        store.watches.add(replace(NEW, topic=topic, channel=channel), 25)
    store.watches.add(replace(NEW, guild=7), 25)
    gone = store.watches.remove(GUILD, topic="wells", channel=1)
    assert [(watch.topic, watch.channel) for watch in gone] == [("wells", 1)]
    assert len(store.watches.remove(GUILD, channel=2)) == 2
    assert store.watches.remove(GUILD) == []
    assert only(store).guild == 7


def test_one_of_two_processes_sends(store: Store, where: Where) -> None:
    other = open_store(where)
    store.watches.add(NEW, 25)
    seen = only(other)
    assert store.watches.begin(only(store), NEWS)
    assert not other.watches.begin(seen, replace(NEWS, nonce="other"))
    assert only(other).sending == NEWS
    store.watches.finish(1, "nonce")
    assert only(other) == replace(seen, told="after", revision=5)
    assert not other.watches.begin(seen, replace(NEWS, nonce="other"))
    other.close()


def test_one_of_two_processes_takes_over_what_was_left(store: Store) -> None:
    store.watches.add(NEW, 25)
    assert not store.watches.resume(only(store), 300.0)
    store.watches.begin(only(store), NEWS)
    left = only(store)
    assert store.watches.resume(left, 300.0)
    assert not store.watches.resume(left, 301.0)
    assert only(store).sending == replace(NEWS, since=300.0)


def test_only_the_message_that_was_sent_is_noted(store: Store) -> None:
    store.watches.add(NEW, 25)
    store.watches.begin(only(store), NEWS)
    store.watches.finish(1, "another")
    assert only(store).told == "before"
