"""Answers kept for the next reader, as long as what they rest on is as it was, and made once."""

import asyncio
from collections.abc import Callable
from functools import partial

import anyio
from anyio import to_thread
from cachetools import LRUCache

from bot.web.shapes import Shaped

_BYTES = 32 * 1024 * 1024
"""Room for answers: some 500 pages, or 200 charts. What a change has outdated is asked for no
more, and makes room for others."""
_LARGEST = 4 * 1024 * 1024
_AT_ONCE = 2
"""Threads that make pages: more would only take turns, and the bot beside them answers, too."""
_MOST_WAITING = 256
"""Makings that may wait: at some 10 ms each, the last one is made within two seconds."""


class Busy(Exception):
    """So many wait that another one would only wait in vain."""


class AnswerCache:
    """The answers of all sites, each under the state that it was made in."""

    def __init__(self) -> None:
        self._answers: LRUCache[object, Shaped] = LRUCache(_BYTES, getsizeof=_size)
        self._making: dict[object, asyncio.Task[Shaped]] = {}
        self._limiter = anyio.CapacityLimiter(_AT_ONCE)

    async def answer(self, state: object, key: object, make: Callable[[], Shaped]) -> Shaped:
        """Return the answer of a key in a state, made in a thread unless it is there.

        Whoever asks for what is being made waits for that one.

        Raises:
            Busy: too many wait.
        """
        whole = (state, key)
        found = self._answers.get(whole)
        if found is not None:
            return found
        task = self._making.get(whole)
        if task is None:
            if len(self._making) >= _MOST_WAITING:
                raise Busy
            task = self._making[whole] = asyncio.create_task(self._made(make))
            task.add_done_callback(partial(self._done, whole))
        return await asyncio.shield(task)

    async def _made(self, make: Callable[[], Shaped]) -> Shaped:
        return await to_thread.run_sync(make, limiter=self._limiter)

    def _done(self, whole: object, task: "asyncio.Task[Shaped]") -> None:
        self._making.pop(whole, None)
        if task.cancelled() or task.exception() is not None:
            return
        made = task.result()
        if made.status == 200 and len(made.body) <= _LARGEST:  # noqa: PLR2004
            self._answers[whole] = made


def _size(one: Shaped) -> int:
    return len(one.body) + len(one.compressed) + 500
