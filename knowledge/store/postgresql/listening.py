"""The connection that hears what others commit, and knows whether the server can be reached."""

import logging
import os
import select
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Condition, Thread, Timer
from time import monotonic
from typing import get_args

import psycopg
from psycopg import Connection

from knowledge.store.base import StoreError
from knowledge.store.session import News

_log = logging.getLogger(__name__)

CHANNEL = "claimbot"
EVERYTHING = News("everything")
_AGAIN_SECONDS = 0.5
"""Between two tries to reach a server that is away (chosen by eye)."""
_LOOK_SECONDS = 60.0
"""How often a silent connection is asked whether it is still one."""
_GLANCE_SECONDS = 1.0
"""How often it is seen whether somebody waits for an answer (chosen by eye)."""
_SILENT_SECONDS = 3.0
"""How long a server may take to say that it is there: a busy one answers within a tenth of it
(chosen by eye). A minute of silence would else be a minute without answers."""
_PARTS = frozenset(get_args(News.__annotations__["part"]))


class Listener:
    """Hears what is committed, in a thread of its own that starts when it is needed.

    While the server is away, whoever wants it is told at once, rather than after a wait of their
    own; the thread tries on until it is back.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        waiting: Callable[[], Iterable[Connection]],
        silent: StoreError,
    ) -> None:
        """Take what connects, which raises `StoreError`, and what has waited for an answer long.

        `silent` says that the server does not answer.
        """
        self._connect = connect
        self._waiting = waiting
        self._silent = silent
        self._changed = Condition()
        self._news: set[News] = set()
        self._thread: Thread | None = None
        self._away: StoreError | None = None
        self._seen = 0.0
        """When the server has last answered anybody."""
        self._ending = False
        self._bell, self._rope = socket.socketpair()
        """A word on the rope wakes the thread."""
        self._bell.setblocking(False)

    @property
    def away(self) -> StoreError | None:
        """Why the server cannot be reached, while that is so."""
        return self._away

    @property
    def ended(self) -> bool:
        """Whether nobody listens any more."""
        return self._ending

    def seen(self) -> None:
        """Note that the server has answered somebody."""
        self._seen = monotonic()

    def wait(self, seconds: float) -> frozenset[News]:
        """Return what was heard since the last time, and wait for it a while."""
        self._start()
        with self._changed:
            self._changed.wait_for(lambda: self._news or self._ending, seconds)
            found = frozenset(self._news)
            self._news.clear()
        return found

    def doubt(self) -> None:
        """See whether the server can still be reached: somebody has lost a connection to it."""
        self._start()
        self._ring()

    def close(self) -> None:
        """Stop listening, and wake whoever waits."""
        with self._changed:
            self._ending = True
            thread = self._thread
            self._changed.notify_all()
        self._ring()
        if thread is not None:
            thread.join()
        self._bell.close()
        self._rope.close()

    def _start(self) -> None:
        with self._changed:
            if self._thread is None and not self._ending:
                self._thread = Thread(target=self._run, name="listening", daemon=True)
                self._thread.start()

    def _ring(self) -> None:
        if not self._ending or self._thread is not None:
            self._rope.send(b"!")

    def _run(self) -> None:
        while not self._ending:
            tried = monotonic()
            try:
                with self._connect() as db:
                    db.execute(f"LISTEN {CHANNEL}")
                    self._reached()
                    self._hear(db)
            except TimeoutError:
                self._lost(self._silent)
            except StoreError as error:
                # A try that began before somebody got through says nothing any more.
                if self._seen < tried:
                    self._lost(error)
                self._rest()
            except psycopg.Error:
                pass  # the next try to connect says why

    def _hear(self, db: Connection) -> None:
        """Hear until the connection breaks or the listening ends."""
        asked = monotonic()
        while not self._ending:
            ends = [db.fileno(), self._bell.fileno()]
            heard, _, _ = select.select(ends, [], [], _GLANCE_SECONDS)
            rung = ends[1] in heard and self._quieted()
            if rung or any(self._waiting()) or monotonic() - asked > _LOOK_SECONDS:
                _ask(db)
                asked = monotonic()
            self._note({news_of(one.payload) for one in db.notifies(timeout=0)})

    def _rest(self) -> None:
        """Wait before the next try, but not for somebody who ends it."""
        with self._changed:
            self._changed.wait_for(lambda: self._ending, _AGAIN_SECONDS)
        self._quieted()

    def _quieted(self) -> bool:
        try:
            return bool(self._bell.recv(4096))
        except BlockingIOError:
            return False

    def _reached(self) -> None:
        if self._away is not None:
            _log.warning("The database can be reached again")
        self._away = None
        # What was said while nobody listened is not said again.
        self._note({EVERYTHING})

    def _lost(self, error: StoreError) -> None:
        if self._away is None and not self._ending:
            _log.warning("%s", error)
        self._away = error
        for one in self._waiting():
            _hang_up(one)

    def _note(self, news: set[News]) -> None:
        if news:
            with self._changed:
                self._news |= news
                self._changed.notify_all()


def _ask(db: Connection) -> None:
    """Ask a server whether it is there, and hang up where it says nothing.

    A process that was stopped, or a disk that hangs, leaves the connection as sound as ever.

    Raises:
        TimeoutError: it said nothing.
    """
    begun = monotonic()
    try:
        with impatient(db):
            db.execute("SELECT 1")
    except psycopg.OperationalError as error:
        if monotonic() - begun < _SILENT_SECONDS:
            raise
        raise TimeoutError from error


@contextmanager
def impatient(db: Connection) -> Iterator[None]:
    """Hang up where a server goes on saying nothing; who waits for an answer is told."""
    hanging_up = Timer(_SILENT_SECONDS, _hang_up, [db])
    hanging_up.start()
    try:
        yield
    finally:
        hanging_up.cancel()


def _hang_up(db: Connection) -> None:
    """End a connection on which another thread waits for an answer; that thread is told."""
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(db.fileno())) as end:
        end.shutdown(socket.SHUT_RDWR)


def say(db: Connection, news: News) -> None:
    """Let everybody hear of a transaction once it is committed; the same is said once."""
    words = news.part if news.place is None else f"{news.part} {news.place}"
    db.execute("SELECT pg_notify(%s, %s)", [CHANNEL, words])


def news_of(payload: str) -> News:
    """Read what a commit said; what a newer version says may be anything."""
    part, _, place = payload.partition(" ")
    for known in ("records", "ledger", "watches"):
        if part == known:
            return News(known, place or None)
    return EVERYTHING
