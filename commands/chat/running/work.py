"""Work beside the event loop: in few threads, the servers in turn, each piece within a deadline.

The event loop brings everybody's requests and answers, so nothing runs on it that takes longer than
a blink. What runs in a thread still shares one processor with it; so the threads are few, and a
server with ten requests waits for its own ten and keeps nobody else from a thread.
"""

import asyncio
import gc
import logging
import sys
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from commands.text import say
from knowledge.fairness import fairness
from knowledge.model import ForPeople

_log = logging.getLogger(__name__)

Result = TypeVar("Result")
Place = int
"""The id of a server, or of a person who writes to the bot in private."""

_THREADS = 4
"""One more than servers that may be busy at once without somebody else waiting (chosen by eye)."""
_MOST_OF_ONE = 2
"""Threads of a server that is alone. All threads share one interpreter: beside one busy thread of
another server an answer takes twice its time, beside two of them thrice (`bench.neighbours`)."""
_ALONE_SECONDS = 10.0
"""How long nobody else has asked for anything where a server is alone (chosen by eye)."""
_STUCK, _STUCK_OF_ONE = 4, 2
"""Threads that may be written off while they work on, of all servers and of one: each of them goes
on taking its share of the processor (chosen by eye)."""
_IN_LINE = 200
"""Pieces of work that wait for one server; more come in a rush that nobody reads (chosen by
eye)."""
_SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter from the others: the event loop waits as long for each
of them whenever it has slept. Python's own 5 ms would be felt with every answer."""
_YOUNG, _DUE, _RARE = (700, 10), 20, 10_000
"""When Python looks for garbage: often among what is new, as it does by itself. Looking through
everything holds all threads up, a third of a second after answers of 60,000 claims; so from every
twentieth look at what is new on, some five thousand answers, that waits for a moment when there is
little, and is done whatever there is after ten thousand."""
_LITTLE = 25_000
"""Objects that are looked through in 20 ms (measured); four thousand answers leave a few hundred
of which nothing but a search finds that they are garbage."""
_MUCH = 200_000
"""Pieces of memory among which there are more objects than that in any case: to count 60,000 takes
8 ms, and 300,000, of a few large answers, 40 (measured)."""
DEADLINE = 30.0
"""Seconds from asking to the answer, the waiting included; nobody looks at a screen for longer
(chosen by eye)."""


class Busy(ForPeople):
    """A server, or a person, has too much waiting already."""

    def __init__(self) -> None:
        super().__init__(
            say("Too much is being asked here at this moment. Please ask again in a minute.")
        )


class TooLong(ForPeople):
    """Something has taken longer than anybody waits."""

    def __init__(self) -> None:
        super().__init__(
            say("This took too long, so I have given it up. Ask for less, or again in a minute.")
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Piece(Generic[Result]):
    """Something to be done, in the context of whoever waits for it."""

    place: Place
    work: Callable[[], Result]
    context: Context
    waiting: "asyncio.Future[Result]"
    seconds: float
    """How long a thread may take over it: as long as somebody waits, or as long as usual."""

    @property
    def name(self) -> str:
        """What the log calls it."""
        return getattr(self.work, "__qualname__", type(self.work).__name__)


class Pool:
    """Does the work of one bot; the threads begin with the first piece.

    A server has one thread at a time while others ask too, and two while it is alone. A piece that
    a thread works on past its deadline is written off with the thread, and another one begins.
    """

    def __init__(self, threads: int = _THREADS, deadline: float = DEADLINE) -> None:
        self._threads = threads
        self._deadline = deadline
        self._lines: OrderedDict[Place, deque[_Piece[Any]]] = OrderedDict()
        self._running: Counter[Place] = Counter()
        self._taken: SimpleQueue[_Piece[Any] | None] = SimpleQueue()
        self._begun = 0
        self._timers: dict[_Piece[Any], asyncio.TimerHandle] = {}
        self._stuck: set[_Piece[Any]] = set()
        self._asked: OrderedDict[Place, float] = OrderedDict()
        """When each place last asked, the latest at the end; at most two, which is all it takes."""
        self._memory = 0
        """Pieces of memory that there were when garbage was last looked for, or left alone."""
        self.written_off = 0
        """Pieces of work that have not ended in time so far."""

    @property
    def stuck(self) -> int:
        """Threads that were written off and still work."""
        return len(self._stuck)

    async def run(
        self, place: Place, work: Callable[[], Result], deadline: float | None = None
    ) -> Result:
        """Do some work for a place when its turn comes, and return what it returns.

        What is past its deadline is left alone.

        Raises:
            Busy: too much waits for this place already.
            TooLong: it was not done in time.
        """
        line = self._lines.setdefault(place, deque())
        if len(line) >= _IN_LINE:
            raise Busy
        loop = asyncio.get_running_loop()
        seconds = self._deadline if deadline is None else deadline
        waiting: asyncio.Future[Result] = loop.create_future()
        longest = max(seconds, self._deadline)
        line.append(_Piece(place, work, copy_context(), waiting, longest))
        self._note(place, loop.time())
        self._go_on()
        try:
            with fairness.expecting(str(place)):
                async with asyncio.timeout(seconds):
                    return await waiting
        except TimeoutError:
            if waiting.cancelled():
                raise TooLong from None
            raise

    def _note(self, place: Place, now: float) -> None:
        self._asked[place] = now
        self._asked.move_to_end(place)
        if len(self._asked) > 2:  # noqa: PLR2004 - the latest, and the latest of somebody else
            self._asked.popitem(last=False)

    def _is_alone(self, place: Place, now: float) -> bool:
        others = (at for other, at in self._asked.items() if other != place)
        return all(now - at > _ALONE_SECONDS for at in others)

    def _go_on(self) -> None:
        """Give free threads to the places in turn."""
        loop = asyncio.get_running_loop()
        while piece := self._next(loop.time()):
            self._running[piece.place] += 1
            self._timers[piece] = loop.call_later(piece.seconds, self._write_off, piece)
            if self._begun < self._threads and self._running.total() > self._begun:
                self._begun += 1
                sys.setswitchinterval(_SWITCH_SECONDS)
                gc.set_threshold(*_YOUNG, _RARE)
                self._memory = self._memory or sys.getallocatedblocks()
                # A thread that is stuck must not keep the process from ending.
                name = f"work-{self._begun}"
                Thread(target=self._work, name=name, daemon=True).start()
            self._taken.put(piece)

    def _next(self, now: float) -> _Piece[Any] | None:
        if self._running.total() >= self._threads:
            return None
        for place, line in list(self._lines.items()):
            while line and line[0].waiting.done():
                line.popleft()
            if not line:
                del self._lines[place]
            elif self._running[place] < self._most_of(place, now):
                self._lines.move_to_end(place)
                return line.popleft()
        return None

    def _most_of(self, place: Place, now: float) -> int:
        return _MOST_OF_ONE if self._is_alone(place, now) else 1

    def _work(self) -> None:
        while (piece := self._taken.get()) is not None:
            try:
                with fairness.serving(str(piece.place), patient=True):
                    done, error = piece.context.run(piece.work), None
            except BaseException as failure:  # noqa: BLE001 - whoever waits is told
                done, error = None, failure
            self._hand_over(piece, done, error)
            del piece, done, error

    def _hand_over(self, piece: _Piece[Any], done: object, error: BaseException | None) -> None:
        try:
            loop = piece.waiting.get_loop()
            loop.call_soon_threadsafe(self._finished, piece, done, error)
        except RuntimeError:
            # The loop has ended, and nobody waits any more.
            return

    def _finished(self, piece: _Piece[Any], done: object, error: BaseException | None) -> None:
        if piece in self._stuck:
            # Another thread has taken its place, so one of them is too many now.
            self._stuck.remove(piece)
            self._taken.put(None)
            _log.warning("%s has ended after all, long after its time", piece.name)
            return
        self._timers.pop(piece).cancel()
        self._leave(piece.place)
        if not piece.waiting.done():
            if error is None:
                piece.waiting.set_result(done)
            else:
                piece.waiting.set_exception(error)
        self._go_on()

    def tidy(self) -> None:
        """Look for garbage where that is due and there is little to look through.

        What there is beyond that when nothing runs is here to stay, and left alone from then on.
        """
        if not self._memory or not gc.isenabled() or gc.get_count()[2] <= _DUE:
            return
        come = sys.getallocatedblocks() - self._memory
        if come <= _MUCH and len(gc.get_objects()) <= _LITTLE:
            gc.collect()
        elif self._running:
            return
        else:
            gc.freeze()
        self._memory = sys.getallocatedblocks()

    def _write_off(self, piece: _Piece[Any]) -> None:
        """Give the thread of a piece that does not end to whoever comes next."""
        self.written_off += 1
        of_one = sum(one.place == piece.place for one in self._stuck)
        if len(self._stuck) >= _STUCK or of_one >= _STUCK_OF_ONE:
            _log.error("%s does not end, and keeps its thread: too many do", piece.name)
            return
        _log.error("%s does not end; another thread begins in the place of its own", piece.name)
        self._stuck.add(piece)
        self._begun -= 1
        del self._timers[piece]
        self._leave(piece.place)
        self._go_on()

    def _leave(self, place: Place) -> None:
        self._running[place] -= 1
        if self._running[place] <= 0:
            del self._running[place]
