"""Fairness among threads: whoever has worked long rests while somebody is served who had less."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from knowledge.fairness import Fairness

PATIENCE = 60
NOISY, QUIET = "202", "101"


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fairness(clock: Clock) -> Fairness:
    return Fairness(clock)


def beside(fairness: Fairness, place: str, work: Callable[[], None], *, patient: bool) -> None:
    """Let some work look up while another thread is at work for a place."""
    at_work, over = Event(), Event()

    def serve() -> None:
        with fairness.serving(place, patient=patient):
            at_work.set()
            over.wait(PATIENCE)

    other = Thread(target=serve)
    other.start()
    assert at_work.wait(PATIENCE)
    try:
        work()
    finally:
        over.set()
        other.join(PATIENCE)


def worked(fairness: Fairness, clock: Clock, seconds: float, place: str = NOISY) -> int:
    """Work for so long before somebody is served who has had nothing, and count the rests."""
    before = fairness.rests
    with fairness.serving(place, patient=True):
        clock.now += seconds
        beside(fairness, QUIET, fairness.look_up, patient=False)
    return fairness.rests - before


def test_who_has_worked_long_rests_while_somebody_is_served(
    fairness: Fairness, clock: Clock
) -> None:
    with fairness.serving(NOISY, patient=True):
        clock.now += 1
        beside(fairness, QUIET, fairness.look_up, patient=False)
        assert fairness.rests == 1
        fairness.look_up()
        assert fairness.rests == 1, "nobody is served any more"


def test_a_short_answer_gives_way_to_nobody(fairness: Fairness, clock: Clock) -> None:
    assert worked(fairness, clock, 0.005) == 0


def test_many_short_answers_of_one_place_count_together(fairness: Fairness, clock: Clock) -> None:
    assert sum(worked(fairness, clock, 0.005) for _ in range(60)) > 0
    clock.now += 60
    assert worked(fairness, clock, 0.005) == 0, "a minute ago counts for nothing"


def test_nobody_gives_way_to_their_own_place(fairness: Fairness, clock: Clock) -> None:
    assert worked(fairness, clock, 1, QUIET) == 0


def test_who_holds_what_others_wait_for_does_not_rest(fairness: Fairness, clock: Clock) -> None:
    def work() -> None:
        with fairness.serving(NOISY):
            fairness.look_up()
        assert fairness.rests == 0
        fairness.look_up()
        assert fairness.rests == 1

    with fairness.serving(NOISY, patient=True):
        clock.now += 1
        beside(fairness, QUIET, work, patient=False)


def test_who_waits_in_line_behind_another_is_given_way_to(fairness: Fairness, clock: Clock) -> None:
    with fairness.serving(NOISY, patient=True):
        clock.now += 1
        with fairness.expecting(QUIET):
            clock.now += 1
            fairness.look_up()
            assert fairness.rests == 1
        clock.now += 1
        fairness.look_up()
        assert fairness.rests == 1
    assert fairness._lately(QUIET, clock.now) == 0, "to wait is not to have had"


def test_what_a_place_waits_for_counts_with_what_it_has_at_work(
    fairness: Fairness, clock: Clock
) -> None:
    with fairness.serving(NOISY):
        clock.now += 4
        with fairness.expecting(NOISY), fairness.serving(QUIET, patient=True):
            clock.now += 0.02
            fairness.look_up()
    assert fairness.rests == 0


def test_work_looks_up_no_more_often_than_threads_take_turns(
    fairness: Fairness, clock: Clock
) -> None:
    def work() -> None:
        for _ in range(100):
            clock.now += 0.0001
            fairness.look_up()

    asked: list[float] = []
    lately = fairness._lately
    fairness._lately = lambda place, now: asked.append(now) or lately(place, now)  # type: ignore[method-assign,func-returns-value]
    with fairness.serving(NOISY, patient=True):
        beside(fairness, QUIET, work, patient=False)
    assert len(set(asked)) <= 25


def test_two_who_ask_alike_share_alike(fairness: Fairness, clock: Clock) -> None:
    def work() -> None:
        clock.now += 1
        fairness.look_up()
        assert fairness.rests == 0

    with fairness.serving(NOISY, patient=True):
        beside(fairness, QUIET, work, patient=True)


def test_whoever_rested_for_half_of_the_time_goes_on(clock: Clock) -> None:
    # Whoever is served does not end: each rest ends by itself.
    fairness = Fairness(clock)
    real = fairness._over.wait

    def wait(timeout: float | None = None) -> bool:
        real(0)
        clock.now += timeout or 0
        return False

    fairness._over.wait = wait  # type: ignore[method-assign]

    def work() -> None:
        for _ in fairness.each(range(100)):
            pass
        assert 0 < fairness.rests <= 5

    with fairness.serving(NOISY, patient=True):
        clock.now += 0.2
        beside(fairness, QUIET, work, patient=False)


def test_places_that_had_nothing_lately_are_forgotten(fairness: Fairness, clock: Clock) -> None:
    for number in range(5_000):
        with fairness.serving(str(number)):
            clock.now += 0.02
    assert len(fairness._had) <= 1_500


class Thing:
    """Something that is counted as long as it is there."""

    alive = 0

    def __init__(self) -> None:
        Thing.alive += 1

    def __del__(self) -> None:
        Thing.alive -= 1


def test_of_many_things_a_few_are_let_go_of_at_a_time(
    fairness: Fairness, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[int] = []
    with fairness.serving(NOISY, patient=True):
        answer = [Thing() for _ in range(2_300)]
        fairness.hold(answer)
        del answer
        assert Thing.alive == 2_300
        monkeypatch.setattr(fairness, "look_up", lambda: alive.append(Thing.alive))
    assert alive == [2_300, 1_800, 1_300, 800, 300]
    assert Thing.alive == 0


def test_nothing_is_held_where_nobody_is_served(fairness: Fairness) -> None:
    answer = [Thing()]
    fairness.hold(answer)
    del answer
    assert Thing.alive == 0
