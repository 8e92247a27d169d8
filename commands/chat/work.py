"""Work beside the event loop: in few threads, the servers in turn, each piece within a deadline.

The event loop brings everybody's requests and answers, so nothing runs on it that takes longer than
a blink. What runs in a thread still shares one processor with it; so the threads are few, and a
server with ten requests waits for its own ten and keeps nobody else from a thread.
"""

import asyncio
import sys
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from commands.text import say
from knowledge.model import ForPeople

Result = TypeVar("Result")
Place = int
"""The id of a server, or of a person who writes to the bot in private."""

_THREADS = 4
"""One more than servers that may be busy at once without somebody else waiting (chosen by eye)."""
_MOST_OF_ONE = 2
"""Threads that one server gets, as long as half of them are free."""
_IN_LINE = 200
"""Pieces of work that wait for one server; more come in a rush that nobody reads (chosen by
eye)."""
_SWITCH_SECONDS = 0.001
"""How long a thread may keep the interpreter from the others: the event loop waits as long for each
of them whenever it has slept. Python's own 5 ms would be felt with every answer."""
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


class Pool:
    """Does the work of one bot; the threads begin with the first piece."""

    def __init__(self, threads: int = _THREADS, deadline: float = DEADLINE) -> None:
        self._threads = threads
        self._deadline = deadline
        self._lines: OrderedDict[Place, deque[_Piece[Any]]] = OrderedDict()
        self._running: Counter[Place] = Counter()
        self._taken: SimpleQueue[_Piece[Any]] = SimpleQueue()
        self._begun = 0

    async def run(
        self, place: Place, work: Callable[[], Result], deadline: float | None = None
    ) -> Result:
        """Do some work for a place when its turn comes, and return what it returns.

        What is past its deadline is left alone; its thread is free again when it ends.

        Raises:
            Busy: too much waits for this place already.
            TooLong: it was not done in time.
        """
        line = self._lines.setdefault(place, deque())
        if len(line) >= _IN_LINE:
            raise Busy
        waiting: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        line.append(_Piece(place, work, copy_context(), waiting))
        self._go_on()
        try:
            async with asyncio.timeout(self._deadline if deadline is None else deadline):
                return await waiting
        except TimeoutError:
            if waiting.cancelled():
                raise TooLong from None
            raise

    def _go_on(self) -> None:
        """Give free threads to the places in turn."""
        while piece := self._next():
            self._running[piece.place] += 1
            if self._begun < self._threads and self._running.total() > self._begun:
                self._begun += 1
                sys.setswitchinterval(_SWITCH_SECONDS)
                # A thread that is stuck must not keep the process from ending.
                name = f"work-{self._begun}"
                Thread(target=self._work, name=name, daemon=True).start()
            self._taken.put(piece)

    def _next(self) -> _Piece[Any] | None:
        free = self._threads - self._running.total()
        most = 0 if free <= 0 else _MOST_OF_ONE if 2 * free > self._threads else 1
        for place, line in list(self._lines.items()):
            while line and line[0].waiting.done():
                line.popleft()
            if not line:
                del self._lines[place]
            elif self._running[place] < most:
                self._lines.move_to_end(place)
                return line.popleft()
        return None

    def _work(self) -> None:
        while True:
            piece = self._taken.get()
            try:
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
        self._running[piece.place] -= 1
        if self._running[piece.place] <= 0:
            del self._running[piece.place]
        if not piece.waiting.done():
            if error is None:
                piece.waiting.set_result(done)
            else:
                piece.waiting.set_exception(error)
        self._go_on()
