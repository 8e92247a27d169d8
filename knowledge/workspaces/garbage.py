"""Large work beside Python's search for garbage, which would stop everybody to look through it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_MANY_OBJECTS = 5_000
"""Objects of some 500 claims, looked through for garbage in 5 ms, within which nobody else gets the
interpreter; 50,000 take 45 ms (measured)."""


def leave_alone() -> None:
    """Let the collector look no more at what is there now, which stays."""
    gc.freeze()


class _Pauses:
    """How many threads keep the collector from running at this moment."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._was_enabled = False

    def begin(self) -> None:
        with self._lock:
            if not self._count:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._count += 1

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count and self._was_enabled:
                gc.enable()


_pauses = _Pauses()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from stopping everybody to look through what is made meanwhile.

    Records hold no cycles. Where many have come, the collector leaves what is there alone from
    then on: looking through a million objects takes a quarter of a second.
    """
    _pauses.begin()
    try:
        yield
    finally:
        if _has_many():
            leave_alone()
        _pauses.end()


def _has_many() -> bool:
    """Whether many objects have come that the collector has not seen.

    Its own count of them falls with every older one that goes.
    """
    return gc.get_count()[0] > _MANY_OBJECTS or len(gc.get_objects(0)) > _MANY_OBJECTS
