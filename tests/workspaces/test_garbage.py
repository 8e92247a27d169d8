"""Large work beside Python's search for garbage: nobody waits while much is looked through."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from knowledge.workspaces.garbage import uncollected

PATIENCE = 10.0


@contextmanager
def looked_through() -> Iterator[list[int]]:
    """Note how many new objects each search for garbage has looked through."""
    seen: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            seen.append(sum(len(gc.get_objects(young)) for young in range(info["generation"] + 1)))

    gc.callbacks.append(note)
    try:
        yield seen
    finally:
        gc.callbacks.remove(note)


def test_what_large_work_has_made_is_never_looked_through() -> None:
    old = [[one] for one in range(40_000)]
    gc.freeze()
    with looked_through() as seen:
        with uncollected():
            made = [[one] for one in range(40_000)]
            # As many went as came: what the collector counts is next to nothing.
            old.clear()
        more = [[one] for one in range(10_000)]
    assert made
    assert more
    assert seen
    assert max(seen) < 20_000


def test_large_work_ends_beside_other_large_work_and_still_nobody_looks() -> None:
    begun, over = Event(), Event()

    def work() -> None:
        with uncollected():
            begun.set()
            over.wait(PATIENCE)

    other = Thread(target=work)
    with uncollected():
        other.start()
        assert begun.wait(PATIENCE)
    try:
        assert not gc.isenabled()
    finally:
        over.set()
        other.join(PATIENCE)
    assert gc.isenabled()
