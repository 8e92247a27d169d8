"""Fairness among threads: whoever has worked long gives way to who asks for little.

All threads share one interpreter. A thread that works for one place all the time takes half of it
from everybody else's short requests; so long work looks up now and then, and rests while somebody
is being served who has had less.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from math import exp
from threading import Condition, local
from time import perf_counter
from typing import TypeVar

Item = TypeVar("Item")

_MEMORY_SECONDS = 1.0
"""For how long it counts what a place has had: a second ago it counts for a third (chosen by
eye)."""
_LITTLE_SECONDS = 0.1
"""What everybody may take of a second before they give way to anybody: some twenty usual answers.
At a tenth of it servers that all ask much gave way to each other in turns, and the slowest answers
of 300 a second took a third of a second instead of an eighth (`tests.soak.processes`)."""
_MORE = 2.0
"""How many times as much somebody has had who gives way: two who ask alike share alike."""
_AT_ONCE_SECONDS = 0.05
"""How long somebody rests at most before they look again; whoever is served is done by then."""

_LOOKED_SECONDS = 0.0005
"""How often work looks up at most: as often as threads take turns by themselves."""
_LET_GO_AT_ONCE = 500
"""Claims that are let go of at once, in a millisecond or two (measured)."""
_REMEMBERED, _REMEMBERED_SECONDS = 1_000, 10.0
"""Places that are counted before those are forgotten that have had nothing for so long (chosen by
eye)."""


class _Work:
    """A thread at work for a place."""

    __slots__ = ("begun", "held", "looked", "place", "rested", "waits")

    def __init__(self, place: str | None, begun: float, *, waits: bool = False) -> None:
        self.place = place
        self.begun = self.looked = begun
        self.rested = 0.0
        self.waits = waits
        """Whether it has still to begin: then it takes nothing from anybody."""
        self.held: list[list[object]] = []
        """What it lets go of when it is over, a few at a time."""

    def worked(self, now: float) -> float:
        """How long it has worked by now."""
        return 0.0 if self.waits else now - self.begun - self.rested


class Fairness:
    """Knows who is at work, and how much each place has had lately."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._here = local()
        self._over = Condition()
        self._at_work: tuple[_Work, ...] = ()
        """Another tuple whenever somebody comes or goes, so that it is looked through freely."""
        self._had: dict[str | None, tuple[float, float]] = {}
        """The seconds that each place has had lately, and as of when."""
        self.rests = 0
        """How often somebody has given way so far."""

    @contextmanager
    def serving(self, place: str | None, *, patient: bool = False) -> Iterator[None]:
        """Let others give way to what this thread does for a place.

        What is `patient` gives way itself wherever it looks up; nobody else may wait for anything
        that it holds meanwhile, be it a lock or a connection.
        """
        work, before = _Work(place, self._clock()), getattr(self._here, "work", None)
        self._here.work = work if patient else None
        self._begin(work)
        try:
            yield
            self._let_go(work)
        finally:
            self._here.work = before
            self._end(work)

    @contextmanager
    def expecting(self, place: str | None) -> Iterator[None]:
        """Let others give way to what a place waits for.

        So whoever is in line behind another one waits no longer than that one has to be.
        """
        work = _Work(place, self._clock(), waits=True)
        self._begin(work)
        try:
            yield
        finally:
            self._end(work)

    def _begin(self, work: _Work) -> None:
        with self._over:
            self._at_work = (*self._at_work, work)

    def _end(self, work: _Work) -> None:
        with self._over:
            self._at_work = tuple(one for one in self._at_work if one is not work)
            now = self._clock()
            had = self._lately(work.place, now) + work.worked(now)
            if had:
                self._had[work.place] = (had, now)
            self._forget(now)
            self._over.notify_all()

    def look_up(self) -> None:
        """Rest while somebody is served who has had less; at once, where nobody is."""
        mine: _Work | None = getattr(self._here, "work", None)
        if mine is None or len(self._at_work) <= 1:
            return
        now = self._clock()
        if now - mine.looked < _LOOKED_SECONDS:
            return
        mine.looked = now
        if self._is_less_urgent(mine, now):
            self._rest(mine, now)

    def each(self, items: Iterable[Item]) -> Iterable[Item]:
        """Go through what takes long, and look up before each, where that is of use here."""
        patient = getattr(self._here, "work", None) is not None
        return self._looking_up(items) if patient else items

    def _looking_up(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            self.look_up()
            yield item

    def hold(self, many: Iterable[object]) -> None:
        """Hold on to many things until the work here is over, to let go of a few at a time.

        Nobody else gets the interpreter while thirty thousand claims are let go of at once, as an
        answer goes that held them: a tenth of a second.
        """
        mine: _Work | None = getattr(self._here, "work", None)
        if mine is not None:
            mine.held.append([*many])

    def _let_go(self, work: _Work) -> None:
        for many in work.held:
            while many:
                self.look_up()
                del many[-_LET_GO_AT_ONCE:]

    def _rest(self, mine: _Work, since: float) -> None:
        self.rests += 1
        with self._over:
            # Looked at again: whoever was served may have gone, and nobody would tell.
            if self._is_less_urgent(mine, since):
                self._over.wait(_AT_ONCE_SECONDS)
        mine.rested += self._clock() - since

    def _is_less_urgent(self, mine: _Work, now: float) -> bool:
        worked = mine.worked(now)
        if mine.rested >= worked:
            return False  # it has rested for half of its time, however many others there are
        had: dict[str | None, float] = {}
        for one in self._at_work:
            before = had.get(one.place)
            lately = self._lately(one.place, now) if before is None else before
            had[one.place] = lately + one.worked(now)
        mine_had = had.pop(mine.place, worked)
        least = min(had.values(), default=mine_had)
        return mine_had > max(_MORE * least, _LITTLE_SECONDS)

    def _lately(self, place: str | None, now: float) -> float:
        seconds, at = self._had.get(place, (0.0, now))
        return seconds * exp((at - now) / _MEMORY_SECONDS)

    def _forget(self, now: float) -> None:
        """Keep no more than the places that have had anything lately."""
        if len(self._had) > _REMEMBERED:
            self._had = {
                place: (seconds, at)
                for place, (seconds, at) in self._had.items()
                if now - at < _REMEMBERED_SECONDS
            }


fairness = Fairness()
"""That of this process: its threads share one interpreter."""
