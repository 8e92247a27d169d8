"""Courtesy among threads: whoever has worked long rests while somebody is served who had less."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from knowledge.courtesy import Courtesy

PATIENCE = 10
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
def courtesy(clock: Clock) -> Courtesy:
    return Courtesy(clock)


def beside(courtesy: Courtesy, place: str, work: Callable[[], None], *, patient: bool) -> None:
    """Let some work look up while another thread is at work for a place."""
    at_work, over = Event(), Event()

    def serve() -> None:
        with courtesy.serving(place, patient=patient):
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


def worked(courtesy: Courtesy, clock: Clock, seconds: float, place: str = NOISY) -> int:
    """Work for so long before somebody is served who has had nothing, and count the rests."""
    before = courtesy.rests
    with courtesy.serving(place, patient=True):
        clock.now += seconds
        beside(courtesy, QUIET, courtesy.look_up, patient=False)
    return courtesy.rests - before


def test_who_has_worked_long_rests_while_somebody_is_served(
    courtesy: Courtesy, clock: Clock
) -> None:
    with courtesy.serving(NOISY, patient=True):
        clock.now += 1
        beside(courtesy, QUIET, courtesy.look_up, patient=False)
        assert courtesy.rests == 1
        courtesy.look_up()
        assert courtesy.rests == 1, "nobody is served any more"


def test_a_short_answer_gives_way_to_nobody(courtesy: Courtesy, clock: Clock) -> None:
    assert worked(courtesy, clock, 0.005) == 0


def test_many_short_answers_of_one_place_count_together(courtesy: Courtesy, clock: Clock) -> None:
    assert sum(worked(courtesy, clock, 0.005) for _ in range(10)) > 0
    clock.now += 60
    assert worked(courtesy, clock, 0.005) == 0, "a minute ago counts for nothing"


def test_nobody_gives_way_to_their_own_place(courtesy: Courtesy, clock: Clock) -> None:
    assert worked(courtesy, clock, 1, QUIET) == 0


def test_who_holds_what_others_wait_for_does_not_rest(courtesy: Courtesy, clock: Clock) -> None:
    def work() -> None:
        with courtesy.serving(NOISY):
            courtesy.look_up()
        assert courtesy.rests == 0
        courtesy.look_up()
        assert courtesy.rests == 1

    with courtesy.serving(NOISY, patient=True):
        clock.now += 1
        beside(courtesy, QUIET, work, patient=False)


def test_two_who_ask_alike_share_alike(courtesy: Courtesy, clock: Clock) -> None:
    def work() -> None:
        clock.now += 1
        courtesy.look_up()
        assert courtesy.rests == 0

    with courtesy.serving(NOISY, patient=True):
        beside(courtesy, QUIET, work, patient=True)


def test_whoever_rested_for_half_of_the_time_goes_on(clock: Clock) -> None:
    # Whoever is served does not end: each rest ends by itself.
    courtesy = Courtesy(clock)
    real = courtesy._over.wait

    def wait(timeout: float | None = None) -> bool:
        real(0)
        clock.now += timeout or 0
        return False

    courtesy._over.wait = wait  # type: ignore[method-assign]

    def work() -> None:
        for _ in courtesy.each(range(100)):
            pass
        assert 0 < courtesy.rests <= 5

    with courtesy.serving(NOISY, patient=True):
        clock.now += 0.2
        beside(courtesy, QUIET, work, patient=False)


def test_places_that_had_nothing_lately_are_forgotten(courtesy: Courtesy, clock: Clock) -> None:
    for number in range(5_000):
        with courtesy.serving(str(number)):
            clock.now += 0.02
    assert len(courtesy._had) <= 1_500
