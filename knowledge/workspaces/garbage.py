"""Large work beside Python's search for garbage, which would stop everybody to look through it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY_OBJECTS = 50_000
"""Objects of some 2,000 claims; looking through fewer for garbage is not felt (chosen by eye)."""


def leave_alone() -> None:
    """Let the collector look no more at what is there now, which stays."""
    gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from stopping everybody to look through what is made meanwhile.

    Records hold no cycles. Where many have come, the collector leaves what is there alone from
    then on: looking through a million objects takes a quarter of a second.
    """
    before = gc.get_count()[0]
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] - before > _MANY_OBJECTS:
            leave_alone()
        if paused:
            gc.enable()
