"""Work beside the event loop: the servers take turns, and none keeps another waiting."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextvars import ContextVar
from itertools import count
from threading import Event, Thread, active_count

import pytest

from commands.cards import FiguresCard
from commands.chat import Busy, Pool, TooLong
from knowledge.contract import Answer, Filters

A, B, C = 1, 2, 3
PATIENCE = 60
NOTHING = Answer(
    question="", kind="no_match", topic=None, confidence=0, filters=Filters(), revision=0
)


class Held(tuple[str, ...]):
    """An order of publications that takes its time."""

    __slots__ = ()
    begun, over = Event(), Event()

    def __iter__(self) -> Iterator[str]:
        self.begun.set()
        self.over.wait(PATIENCE)
        return iter(())


async def until(condition: Event) -> None:
    """Wait until something has begun in a thread."""
    async with asyncio.timeout(PATIENCE):
        while not condition.is_set():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_ten_requests_of_one_server_leave_threads_to_another() -> None:
    pool, held, begun = Pool(), Event(), Event()

    def work() -> bool:
        begun.set()
        return held.wait(PATIENCE)

    many = [asyncio.ensure_future(pool.run(A, work)) for _ in range(10)]
    await until(begun)
    assert await asyncio.wait_for(pool.run(B, lambda: "done"), PATIENCE) == "done"
    assert not any(each.done() for each in many)
    held.set()
    assert await asyncio.gather(*many) == [True] * 10


async def test_servers_take_turns() -> None:
    pool, held, order = Pool(threads=1), Event(), list[int]()
    first = asyncio.ensure_future(pool.run(A, lambda: held.wait(PATIENCE)))
    rest = [
        asyncio.ensure_future(pool.run(place, lambda place=place: order.append(place)))  # type: ignore[misc]
        for place in (A, A, A, B, B, C)
    ]
    await asyncio.sleep(0)
    held.set()
    await asyncio.gather(first, *rest)
    assert order == [A, B, C, A, B, A]


async def test_a_server_that_is_alone_gets_two_threads_and_one_beside_others() -> None:
    pool, held = Pool(threads=4), Event()
    working = Counter[int]()

    def work(place: int) -> None:
        working[place] += 1
        held.wait(PATIENCE)

    def asked(place: int) -> list[asyncio.Future[None]]:
        return [asyncio.ensure_future(pool.run(place, lambda: work(place))) for _ in range(6)]

    many = asked(A)
    await asyncio.sleep(0)
    many += [*asked(B), *asked(C)]
    async with asyncio.timeout(PATIENCE):
        while working.total() < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    assert working == {A: 2, B: 1, C: 1}
    held.set()
    await asyncio.gather(*many)


async def test_what_takes_too_long_is_given_up_with_words() -> None:
    pool, held = Pool(deadline=0.05), Event()
    with pytest.raises(TooLong, match="too long"):
        await pool.run(A, lambda: held.wait(PATIENCE))
    held.set()
    assert await pool.run(A, lambda: 1, PATIENCE) == 1


async def test_work_that_does_not_end_gives_its_thread_to_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pool, held = Pool(threads=1, deadline=0.05), Event()
    with pytest.raises(TooLong):
        await pool.run(A, lambda: held.wait(PATIENCE))
    assert await pool.run(B, lambda: "done", PATIENCE) == "done"
    assert await pool.run(A, lambda: "done", PATIENCE) == "done"
    assert (pool.stuck, pool.written_off) == (1, 1)
    assert "does not end; another thread begins" in caplog.text
    held.set()
    async with asyncio.timeout(PATIENCE):
        while pool.stuck:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    before = active_count()
    assert await pool.run(A, lambda: "done", PATIENCE) == "done"
    assert active_count() <= before
    assert "has ended after all" in caplog.text


async def test_what_is_waited_for_longer_than_usual_may_take_as_long() -> None:
    pool, held = Pool(deadline=0.05), Event()
    asked = asyncio.create_task(pool.run(A, lambda: held.wait(PATIENCE), PATIENCE))
    await asyncio.sleep(0.2)
    assert pool.written_off == 0
    held.set()
    assert await asked


async def test_only_so_many_threads_are_written_off(caplog: pytest.LogCaptureFixture) -> None:
    pool, held = Pool(threads=2, deadline=0.05), Event()
    for place in (A, A, A, B, B, B):
        with pytest.raises(TooLong):
            await pool.run(place, lambda: held.wait(PATIENCE))
    async with asyncio.timeout(PATIENCE):
        while pool.written_off < 6:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    assert pool.stuck == 4
    assert "keeps its thread: too many do" in caplog.text
    held.set()
    assert await pool.run(C, lambda: "done", PATIENCE) == "done"


async def test_too_much_in_line_is_refused_and_costs_nobody_else() -> None:
    pool, held = Pool(), Event()
    many = [asyncio.ensure_future(pool.run(A, lambda: held.wait(PATIENCE))) for _ in range(230)]
    await asyncio.sleep(0.05)
    refused = [each for each in many if each.done() and isinstance(each.exception(), Busy)]
    assert refused
    assert await pool.run(B, lambda: 1) == 1
    held.set()
    await asyncio.gather(*many, return_exceptions=True)


async def test_who_is_gone_is_not_worked_for() -> None:
    pool, held, done = Pool(threads=1), Event(), list[int]()
    first = asyncio.ensure_future(pool.run(A, lambda: held.wait(PATIENCE)))
    gone = asyncio.ensure_future(pool.run(A, lambda: done.append(1)))
    last = asyncio.ensure_future(pool.run(A, lambda: done.append(2)))
    await asyncio.sleep(0)
    gone.cancel()
    held.set()
    await asyncio.gather(first, last)
    assert done == [2]


async def test_errors_and_context_come_through() -> None:
    pool, language = Pool(), ContextVar("language", default="en")
    language.set("uk")
    assert await pool.run(A, language.get) == "uk"
    with pytest.raises(ZeroDivisionError):
        await pool.run(A, lambda: 1 // 0)
    with pytest.raises(TimeoutError, match="of the work"):
        await pool.run(A, _times_out)


def _times_out() -> None:
    raise TimeoutError("of the work itself")


def test_a_card_that_takes_long_keeps_nobody_from_theirs() -> None:
    large, small = FiguresCard(NOTHING, order=Held()), FiguresCard(NOTHING)
    slow = Thread(target=lambda: large.numbering)
    slow.start()
    assert Held.begun.wait(PATIENCE)
    quick = Thread(target=lambda: small.numbering)
    quick.start()
    quick.join(PATIENCE / 2)
    waits = quick.is_alive()
    Held.over.set()
    slow.join(PATIENCE)
    assert not waits


class Collector:
    """Stands for the search for garbage, which is due, among so many objects."""

    def __init__(self, objects: int) -> None:
        self._objects = objects
        self.looked = self.left_alone = self.counted = 0

    def isenabled(self) -> bool:
        """Say that it is on."""
        return True

    def get_count(self) -> tuple[int, int, int]:
        """Say that it is due."""
        return 0, 0, 1_000

    def get_objects(self) -> range:
        """Say how much there is to look through."""
        self.counted += 1
        return range(self._objects)

    def set_threshold(self, *_: int) -> None:
        """Leave it as it is."""

    def freeze(self) -> None:
        """Look no more at what is there."""
        self.left_alone += 1

    def collect(self) -> None:
        """Look for garbage."""
        self.looked += 1


def collecting(monkeypatch: pytest.MonkeyPatch, objects: int) -> Collector:
    """Let garbage be due, among so many objects."""
    collector = Collector(objects)
    monkeypatch.setattr("commands.chat.running.work.gc", collector)
    return collector


async def test_garbage_is_looked_for_among_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    pool, collector = Pool(), collecting(monkeypatch, 1_000)
    pool.tidy()
    assert not collector.looked  # nothing was asked yet
    await pool.run(A, int)
    pool.tidy()
    assert (collector.looked, collector.left_alone) == (1, 0)


async def test_nobody_waits_while_much_is_looked_through_for_garbage(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool, collector, held = Pool(), collecting(monkeypatch, 1_000_000), Event()
    busy = asyncio.ensure_future(pool.run(A, lambda: held.wait(PATIENCE)))
    await asyncio.sleep(0)
    pool.tidy()
    assert not collector.left_alone
    held.set()
    await busy
    pool.tidy()
    assert (collector.looked, collector.left_alone) == (0, 1)


async def test_the_objects_of_large_answers_are_not_even_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.getallocatedblocks", count(1, 1_000_000).__next__)
    pool, collector = Pool(), collecting(monkeypatch, 1_000)
    await pool.run(A, int)
    pool.tidy()
    assert (collector.counted, collector.left_alone) == (0, 1)
