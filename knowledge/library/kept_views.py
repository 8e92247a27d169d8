"""Claims as they were last shown: most of what is asked for was asked for before."""

from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache

from knowledge.contract import ClaimView, FigureView
from knowledge.library.tables import Entry
from knowledge.model import Figure

_MOST, _FEW = 2_000, 100
"""Claims of all libraries together, some 10 MB, and those of one answer: a longer one would take
the place of everybody's (chosen by eye)."""


class _Kept(NamedTuple):
    """A view, and what it was made of."""

    revision: int
    entry: Entry
    view: ClaimView


_KEPT: LRUCache[tuple["KeptViews", str, date | None], _Kept] = LRUCache(_MOST)
_LOCK = Lock()


class KeptViews:
    """The views of one library; the longest unused ones of all are forgotten.

    A view is shown again while the library is at the same revision, and has the same entry.
    """

    def of(
        self,
        revision: int,
        entries: Sequence[Entry],
        known_by: date | None,
        make: Callable[[Sequence[Entry], date | None], Sequence[ClaimView]],
    ) -> Sequence[ClaimView]:
        """Return the views of some claims; those that are not kept are made.

        `revision` is from before they are: what is made while it changes belongs to none later.
        """
        if len(entries) > _FEW:
            return make(entries, known_by)
        with _LOCK:
            kept = [_KEPT.get((self, one.id, known_by)) for one in entries]
        found = {
            one.id: was.view
            for one, was in zip(entries, kept, strict=True)
            if was and was.revision == revision and was.entry is one
        }
        if missing := [one for one in entries if one.id not in found]:
            made = [*zip(missing, make(missing, known_by), strict=True)]
            found |= {one.id: view for one, view in made}
            with _LOCK:
                for one, view in made:
                    _KEPT[self, one.id, known_by] = _Kept(revision, one, view)
        return [found[one.id] for one in entries]


def figure_view(figure: Figure | None, unit: str | None) -> FigureView | None:
    """Join a figure with the unit that it is in: as printed, or else that of its topic."""
    if figure is None:
        return None
    return FigureView(
        low=figure.low,
        high=figure.high,
        value=figure.value,
        interval=figure.interval,
        relation=figure.relation,
        unit=figure.unit or unit,
        topic_unit=unit if figure.unit not in {None, unit} else None,
        as_worded=figure.as_worded,
    )
