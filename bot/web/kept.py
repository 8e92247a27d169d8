"""Answers kept for the next reader, as long as the base is as it was, and made once at a time."""

import asyncio
from collections.abc import Callable
from functools import partial

import anyio
from anyio import to_thread
from cachetools import LRUCache

from bot.web.shapes import Shaped

_BYTES = 32 * 1024 * 1024
"""Room for the answers of one revision: some 500 pages, or 200 charts."""
_LARGEST = 4 * 1024 * 1024
_AT_ONCE = 2
"""Threads that make pages: more would only take turns, and the bot beside them answers, too."""
_MOST_WAITING = 256
"""Makings that may wait: at some 10 ms each, the last one is made within two seconds."""


class Busy(Exception):
    """So many wait that another one would only wait in vain."""


class Kept:
    """The answers of one state of the base; another state begins anew."""

    def __init__(self) -> None:
        self._state: object = None
        self._answers: LRUCache[object, Shaped] = _empty()
        self._making: dict[object, asyncio.Task[Shaped]] = {}
        self._limiter = anyio.CapacityLimiter(_AT_ONCE)

    async def answer(self, state: object, key: object, make: Callable[[], Shaped]) -> Shaped:
        """Return the answer of a key in a state, made in a thread unless it is there.

        Whoever asks for what is being made waits for that one.

        Raises:
            Busy: too many wait.
        """
        if state != self._state:
            self._state, self._answers = state, _empty()
        found = self._answers.get(key)
        if found is not None:
            return found
        whole = (state, key)
        task = self._making.get(whole)
        if task is None:
            if len(self._making) >= _MOST_WAITING:
                raise Busy
            task = self._making[whole] = asyncio.create_task(self._made(make))
            task.add_done_callback(partial(self._done, whole))
        return await asyncio.shield(task)

    async def _made(self, make: Callable[[], Shaped]) -> Shaped:
        return await to_thread.run_sync(make, limiter=self._limiter)

    def _done(self, whole: tuple[object, object], task: "asyncio.Task[Shaped]") -> None:
        self._making.pop(whole, None)
        state, key = whole
        if task.cancelled() or task.exception() is not None or state != self._state:
            return
        made = task.result()
        if made.status == 200 and len(made.body) <= _LARGEST:  # noqa: PLR2004
            self._answers[key] = made


def _empty() -> "LRUCache[object, Shaped]":
    return LRUCache(_BYTES, getsizeof=lambda one: len(one.body) + len(one.compressed) + 500)
