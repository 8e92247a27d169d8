"""Comparison: asserters side by side, month by month, and what their counts amount to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge import wording
from knowledge.answers.assembly import latest, spanned
from knowledge.answers.ratios import quotient
from knowledge.contract import ClaimView, Column, ComparedMonth, Comparison, Ratio
from knowledge.library import By, Entry, Library, Window
from knowledge.model import LinkKind, Measure, Topic

_Views = Mapping[str, ClaimView]
_Breath = tuple[str, str, str | None]
_COUNTED = (Measure.CUMULATIVE, Measure.LEVEL)
_MOST_COUNTS = 8
"""Counts that one utterance gives on one topic for one month: where there are more, nobody can tell
which of them goes with which of another topic's, and all pairs would fill the memory (chosen by
eye: no utterance on file gives more than four)."""


def compare(
    library: Library, topic_id: str, by: Sequence[By], window: Window | None = None
) -> Comparison:
    """Set asserters side by side on a topic; with none named, everyone in the window.

    Raises:
        KeyError: there is no such topic.
    """
    window = window or Window()
    topic = library.topic(topic_id)
    entries = window.select(library.table(topic_id))
    sides = by or _everyone(library, entries)
    shown = [entry for entry in entries if any(side.covers(entry) for side in sides)]
    views = _views(library, shown, window)
    return Comparison(
        topic=topic.id,
        title=topic.title,
        measure=topic.measure,
        unit=topic.unit,
        filters=window.filters(),
        columns=tuple(_column(side, topic, shown, views) for side in sides),
        months=tuple(_months(shown, sides, views)),
        ratios=tuple(_ratios(library, topic, shown, window)),
        denials=tuple(
            library.views(
                library.covering(LinkKind.DENIES, topic.id, window.known_by), window.known_by
            )
        ),
        revision=library.revision,
    )


def _everyone(library: Library, entries: Iterable[Entry]) -> list[By]:
    asserters = dict.fromkeys(entry.asserter for entry in entries)
    return [By(library.name(one), frozenset({one})) for one in asserters]


def _views(library: Library, entries: Sequence[Entry], window: Window) -> dict[str, ClaimView]:
    return {view.id: view for view in library.views(entries, window.known_by)}


def _column(side: By, topic: Topic, shown: Sequence[Entry], views: _Views) -> Column:
    entries = [entry for entry in shown if side.covers(entry)]
    return Column(
        by=side.label,
        claims=tuple(views[entry.id] for entry in entries),
        range=spanned(entries, topic.unit),
        latest=latest(entries),
        origins=len({entry.origin for entry in entries}),
    )


def _months(shown: Iterable[Entry], sides: Sequence[By], views: _Views) -> Iterator[ComparedMonth]:
    by_month: dict[str, list[Entry]] = {}
    for entry in shown:
        by_month.setdefault(month_of(entry) or views[entry.id].as_of, []).append(entry)
    for month, group in by_month.items():
        cells = [tuple(views[entry.id] for entry in group if side.covers(entry)) for side in sides]
        yield ComparedMonth(month=month, cells=tuple(cells))


def month_of(entry: Entry) -> str | None:
    """Return the month that an entry stands for, or nothing where it is only known coarser."""
    first, last = entry.first, entry.last
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if same else None


# ------------------------------------------------------------------------------------- ratios


def _ratios(
    library: Library, topic: Topic, shown: Sequence[Entry], window: Window
) -> Iterator[Ratio]:
    """Divide what one asserter counted in one utterance: this topic's count and another's."""
    if not _counts(topic):
        return
    ours_by = _by_breath(ours for ours in shown if ours.counted and month_of(ours))
    pairs = [
        (ours, theirs)
        for breath, beside in _beside(library, topic, ours_by, window)
        for theirs in beside
        for ours in ours_by.get(breath, ())
    ]
    views = _views(library, list(dict.fromkeys(one for pair in pairs for one in pair)), window)
    for ours, theirs in pairs:
        ratio = _ratio(views[ours.id], views[theirs.id], month_of(ours) or "")
        if ratio is not None:
            yield ratio


def _counts(topic: Topic) -> bool:
    """Whether figures of a topic count something, so that a quotient has a meaning."""
    return topic.measure in _COUNTED and not wording.is_year(topic.unit)


def _by_breath(entries: Iterable[Entry]) -> dict[_Breath, list[Entry]]:
    """Sort counts by utterance and month, but for so many that none belongs to another one."""
    found: dict[_Breath, list[Entry]] = {}
    for entry in entries:
        found.setdefault(_breath(entry), []).append(entry)
    return {breath: some for breath, some in found.items() if len(some) <= _MOST_COUNTS}


def _breath(entry: Entry) -> _Breath:
    """Return what two counts share that were given in one utterance for one month."""
    return entry.origin, entry.asserter, month_of(entry)


def _beside(
    library: Library, topic: Topic, breaths: Iterable[_Breath], window: Window
) -> Iterator[tuple[_Breath, list[Entry]]]:
    """Return the counts on other topics that come from the same utterances, topic by topic."""
    origins = {origin for origin, _, _ in breaths}
    others = [one for one in library.topics.values() if one.id != topic.id and _counts(one)]
    for other in others if origins else []:
        said = [entry for entry in library.table(other.id) if entry.origin in origins]
        counted = _by_breath(entry for entry in window.select(said) if entry.counted)
        yield from counted.items()


def _ratio(ours: ClaimView, theirs: ClaimView, month: str) -> Ratio | None:
    """Divide the larger figure by the smaller, which reads as so many for each."""
    above, below = sorted((ours, theirs), key=_size, reverse=True)
    if above.figure is None or below.figure is None:
        return None
    found = quotient(above.figure, below.figure)
    if found is None:
        return None
    return Ratio(
        of=above.topic,
        per=below.topic,
        month=month,
        numerator=above,
        denominator=below,
        low=found.low,
        high=found.high,
        relation=found.relation,
        words=found.words,
    )


def _size(claim: ClaimView) -> float:
    sides = (claim.figure.low, claim.figure.high) if claim.figure else ()
    return max((side for side in sides if side is not None), default=0.0)
