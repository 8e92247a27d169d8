"""Turns: of several processes on a base, one at a time, and none that is killed stops another."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.store import KeptVector, Store, Taken, Where, open_store
from tests.bases.engines import behind, on_both_engines, on_postgresql


@pytest.fixture
def one(where: Where) -> Iterator[Store]:
    with closing(open_store(where)) as opened:
        yield opened


@pytest.fixture
def other(one: Store, where: Where) -> Iterator[Store]:
    """Open the same database as another process does."""
    with closing(open_store(where)) as opened:
        assert opened.database_id == one.database_id
        yield opened


@on_both_engines
def test_turns_are_taken_one_after_the_other_by_whoever_comes(one: Store, other: Store) -> None:
    waits = [each.turns.take("begin", 50.0) for each in (one, other, one, one)]
    assert waits == pytest.approx([0, 50, 100, 150], abs=5)
    assert other.turns.take("something else", 50.0) == 0


@on_both_engines
def test_of_many_at_once_each_gets_another_turn(one: Store, other: Store) -> None:
    with ThreadPoolExecutor(8) as many:
        waits = many.map(lambda each: each.turns.take("begin", 1000.0), [one, other] * 8)
    assert [round(wait / 1000) for wait in sorted(waits)] == list(range(16))


@on_both_engines
def test_a_turn_that_is_over_keeps_nobody_waiting(one: Store) -> None:
    assert one.turns.take("begin", 0.0) == 0
    assert one.turns.take("begin", 50.0) == pytest.approx(0, abs=0.1)


def test_a_clock_that_was_set_back_stops_nobody_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_store(tmp_path / "claims.db")) as store:
        store.turns.take("begin", 5.0)
        store.turns.hold("work", "one", 50.0)
        monkeypatch.setattr("knowledge.store.sqlite.session.time", lambda: 1_000_000.0)
        assert store.turns.take("begin", 5.0) <= 500
        assert store.turns.hold("work", "other", 50.0)


@on_both_engines
def test_what_one_process_holds_is_free_when_it_lets_go(one: Store, other: Store) -> None:
    assert one.turns.hold("work", "one", 50.0)
    assert one.turns.hold("work", "one", 50.0)
    assert not other.turns.hold("work", "other", 50.0)
    assert other.turns.hold("other work", "other", 50.0)
    assert not other.turns.hold("work", "other", 0.0)
    assert one.turns.hold("work", "one", 0.0)
    assert other.turns.hold("work", "other", 50.0)


@on_both_engines
def test_what_a_killed_process_held_is_free_after_its_time(one: Store, other: Store) -> None:
    assert other.turns.hold("work", "other", -1.0)
    assert one.turns.hold("work", "one", 50.0)


@on_both_engines
def test_of_many_at_once_one_holds_it(one: Store, other: Store) -> None:
    def hold(number: int) -> bool:
        return (one, other)[number % 2].turns.hold("work", str(number), 50.0)

    with ThreadPoolExecutor(8) as many:
        assert sum(many.map(hold, range(16))) == 1


ONE, OTHER = "process 1 on a", "process 2 on b"


@on_postgresql
def test_what_a_process_has_to_itself_is_refused_to_others(one: Store, other: Store) -> None:
    assert one.reserve(["s0", "s1"], ONE) is None
    assert one.reserve(["s0", "s1"], ONE) is None
    assert other.reserve(["s2", "s1"], OTHER) == Taken("s1", ONE)
    # Who could not have all of them has none.
    assert one.reserve(["s2"], ONE) is None
    assert other.reserve(["s3"], OTHER) is None
    assert one.reserve(["s3"], ONE) == Taken("s3", OTHER)


@on_postgresql
def test_nothing_is_left_of_a_process_that_is_gone(where: Where, other: Store) -> None:
    with closing(open_store(where)) as gone:
        assert gone.reserve(["s0"], ONE) is None
    assert other.reserve(["s0"], OTHER) is None


@on_postgresql
def test_what_was_cut_off_is_had_again(where: Where, one: Store, other: Store) -> None:
    def cut() -> None:
        behind(where, _CUT)

    assert one.reserve(["s0", "s1"], ONE) is None
    cut()
    assert one.reserve(["s0", "s1"], ONE) is None
    assert other.reserve(["s1"], OTHER) == Taken("s1", ONE)
    cut()
    assert other.reserve(["s1"], OTHER) is None
    assert one.reserve(["s0", "s1"], ONE) == Taken("s1", OTHER)


_CUT = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'process 1 on a'
"""


@on_postgresql
def test_a_holder_with_a_long_name_is_told_as_far_as_it_goes(one: Store, other: Store) -> None:
    assert one.reserve(["s0"], f"process 1 on größe-{'x' * 99}") is None
    taken = other.reserve(["s0"], OTHER)
    assert taken is not None
    assert taken.holder.startswith("process 1 on gr??e-xxx")


def test_a_file_tells_no_processes_apart(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "claims.db")) as store:
        assert store.reserve(["s0"], ONE) is store.reserve(["s0"], OTHER) is None


@on_both_engines
def test_vectors_are_found_by_what_they_were_made_of(one: Store, other: Store) -> None:
    kept = [KeptVector("d1", b"\x00\x3c"), KeptVector("d2", b"\x00\xbc")]
    one.keep_vectors("small", kept)
    assert other.vectors_of("small", ["d2", "d3"]) == kept[1:]
    assert other.vectors_of("large", ["d1"]) == []
    assert other.vectors_of("small", []) == []
