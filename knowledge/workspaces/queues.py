"""A queue of work for each place, in few threads: places take turns, whoever has much to do."""

from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock

Part = Callable[[], bool]
"""Does the next part of some work, and tells whether that was the last one; it never raises."""


class Queues:
    """Does the work of each place in its order, one part of it whenever the place has its turn."""

    def __init__(self, name: str, threads: int = 1) -> None:
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._lock = Lock()
        self._lines: OrderedDict[str | None, deque[Part]] = OrderedDict()
        """What each place has to be done; the place whose turn was last stands at the end."""
        self._busy: set[str | None] = set()
        self._ends = False

    def submit(self, place: str | None, part: Part) -> bool:
        """Let some work of a place be done, part by part, after what the place has in line.

        Returns whether it is taken: no part begins after the end.
        """
        with self._lock:
            if self._ends:
                return False
            self._lines.setdefault(place, deque()).append(part)
        # When the threads end, the one that runs takes up what its own part has brought.
        with suppress(RuntimeError):
            self._threads.submit(self._go_on)
        return True

    def close(self, *, finish: bool) -> None:
        """End when what is in line is done, or what is being done: no other part begins then."""
        with self._lock:
            self._ends = not finish
        self._threads.shutdown()

    def _go_on(self) -> None:
        while (taken := self._taken()) is not None:
            place, part = taken
            done = part()
            with self._lock:
                self._busy.discard(place)
                if done:
                    self._lines[place].popleft()
                if not self._lines[place]:
                    del self._lines[place]

    def _taken(self) -> tuple[str | None, Part] | None:
        """Take the next part of the place whose turn it is."""
        with self._lock:
            free = (place for place in self._lines if place not in self._busy)
            place = next(free, _NOWHERE)
            if place is _NOWHERE or self._ends:
                return None
            self._busy.add(place)
            self._lines.move_to_end(place)
            return place, self._lines[place][0]


_NOWHERE = ""
"""No place: a server goes by its id, and the shared base by none."""
