"""Following other processes: what they write is heard where the database says so, or looked for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import Context, copy_context
from threading import Event, Thread

from knowledge.base import KnowledgeBase
from knowledge.store import StoreError
from knowledge.workspaces import Unsaved

_log = logging.getLogger(__name__)
LOOK_SECONDS = 5.0
"""How often the database is looked at though nothing was heard of it: what it said may have got
lost with a connection (chosen by eye)."""
_HEAR_SECONDS, _PAUSE_SECONDS = 60.0, 0.1
"""How long is listened at a time, and paused where nothing can be heard (chosen by eye)."""


async def follow(base: KnowledgeBase) -> None:
    """Show what other processes write, within a second, until cancelled."""
    following = Following(base)
    following.listen()
    try:
        while True:
            await following.look()
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        following.end()


class Following:
    """Looks for what others wrote: when something is heard, and when it is told to."""

    def __init__(
        self, base: KnowledgeBase, then: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Prepare; `then` is done after each look."""
        self._base = base
        self._then = then
        self._wanted = self._failing = False
        self._task: asyncio.Task[None] | None = None
        self._ended = Event()

    def listen(self) -> None:
        """Look from now on whenever something is heard, on this event loop.

        Nobody waits for the end of the thread that listens.
        """
        here = asyncio.get_running_loop(), copy_context()
        Thread(target=self._hear, args=here, name="hearing", daemon=True).start()

    async def look(self) -> None:
        """Look now, or once more where that is being done."""
        await self._soon()

    def end(self) -> None:
        """Listen and look no more."""
        self._ended.set()
        if self._task is not None:
            self._task.cancel()

    def _soon(self) -> asyncio.Task[None]:
        self._wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._look())
        return self._task

    async def _look(self) -> None:
        while self._wanted:
            self._wanted = False
            try:
                await self._base.writer.catch_up()
                await asyncio.to_thread(self._base.settings.catch_up)
                if self._then is not None:
                    await self._then()
                self._failing = False
            except (Unsaved, StoreError) as error:
                if not self._failing:
                    _log.warning("What other processes wrote cannot be read: %s", error)
                self._failing = True

    def _hear(self, loop: asyncio.AbstractEventLoop, context: Context) -> None:
        while not (self._ended.is_set() or self._base.store.closed):
            news = False
            with suppress(StoreError):
                news = bool(self._base.store.wait_for_news(_HEAR_SECONDS))
            if not news:
                self._ended.wait(_PAUSE_SECONDS)
            else:
                # The loop may end meanwhile; then nobody wants to hear.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(self._heard, context=context)

    def _heard(self) -> None:
        if not self._ended.is_set():
            self._soon()
