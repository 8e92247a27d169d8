"""The figures of a topic: window, latest estimate, range, origins and disagreements."""

from collections.abc import Iterable
from itertools import groupby

from knowledge.contract import Answer, Disagreement, Kind, Range
from knowledge.library import Entry, Library, Window
from knowledge.model import LinkKind, Measure, Topic


def figures(library: Library, topic_id: str, window: Window | None = None) -> Answer:
    """Answer with everything on file about a topic in a window, oldest first.

    Raises:
        KeyError: there is no such topic.
    """
    window = window or Window()
    entries = window.select(library.table(topic_id))
    return assemble(library, library.topics[topic_id], window, entries)


def assemble(library: Library, topic: Topic, window: Window, entries: list[Entry]) -> Answer:
    """Build an answer around chosen entries, in the order given."""
    denials = library.covering(LinkKind.DENIES, topic.id, window.known_by)
    return Answer(
        question=topic.id,
        kind=_kind(topic, entries),
        topic=topic.id,
        title=topic.title,
        measure=topic.measure,
        confidence=1.0,
        filters=window.filters(),
        range=spanned(entries, topic.unit),
        latest=latest(entries),
        origins=len({entry.origin for entry in entries}),
        claims=tuple(library.views(entries, window.known_by)),
        denials=tuple(library.views(denials, window.known_by)),
        disagreements=tuple(_disagreements(entries)),
        revision=library.revision,
    )


def _kind(topic: Topic, entries: list[Entry]) -> Kind:
    if not entries:
        return "no_match"
    return "statement" if topic.measure is Measure.QUALITATIVE else "figures"


def latest(entries: Iterable[Entry]) -> str | None:
    """Return the claim whose date is the newest; it has a number and is not a retelling."""
    counted = [entry for entry in entries if entry.counted]
    if not counted:
        return None
    return max(counted, key=lambda entry: (entry.last, entry.known, _upper(entry))).id


def spanned(entries: Iterable[Entry], unit: str | None) -> Range | None:
    """Return the range over claims, or nothing when none of them has a number of its own.

    An open side adds no number: "up to 3 million" stands at 3 million on both ends, and its
    end is marked open when it is the lowest.
    """
    counted = [entry for entry in entries if entry.counted]
    if not counted:
        return None
    low, high = _lowest(counted), _highest(counted)
    firm = [entry for entry in counted if not entry.assumed]
    firm_low, firm_high = (_lowest(firm), _highest(firm)) if firm else (None, None)
    return Range(
        low=_lower(low),
        high=_upper(high),
        low_open=low.low is None,
        high_open=high.high is None,
        unit=unit,
        low_claim=low.id,
        high_claim=high.id,
        firm_low=_lower(firm_low) if firm_low else None,
        firm_low_claim=firm_low.id if firm_low else None,
        firm_high=_upper(firm_high) if firm_high else None,
        firm_high_claim=firm_high.id if firm_high else None,
    )


def _lower(entry: Entry) -> float:
    number = entry.high if entry.low is None else entry.low
    if number is None:
        raise ValueError(f"claim {entry.id} has no number")
    return number


def _upper(entry: Entry) -> float:
    number = entry.low if entry.high is None else entry.high
    if number is None:
        raise ValueError(f"claim {entry.id} has no number")
    return number


def _lowest(entries: list[Entry]) -> Entry:
    """Of equal numbers the open one reaches further; of those, the one that assumes nothing."""
    return min(entries, key=lambda entry: (_lower(entry), entry.low is not None, entry.assumed))


def _highest(entries: list[Entry]) -> Entry:
    return max(entries, key=lambda entry: (_upper(entry), entry.high is None, not entry.assumed))


def _disagreements(entries: list[Entry]) -> Iterable[Disagreement]:
    counted = sorted((entry for entry in entries if entry.counted), key=_month)
    for name, group in groupby(counted, key=_month):
        same_month = list(group)
        if len({(entry.low, entry.high) for entry in same_month}) > 1:
            yield Disagreement(month=name, claims=tuple(entry.id for entry in same_month))


def _month(entry: Entry) -> str:
    return entry.last.strftime("%Y-%m")
