"""The figures of a topic: window, latest estimate, range, origins and disagreements."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from math import inf

from knowledge.contract import Answer, Disagreement, Group, Kind, Range
from knowledge.fairness import fairness
from knowledge.library import Entry, Library, Qualifiers, Window, by_date, in_force
from knowledge.model import LinkKind, Measure, Modality, Topic


def figures(library: Library, topic_id: str, window: Window | None = None) -> Answer:
    """Answer with everything on file about a topic in a window, oldest first.

    Raises:
        KeyError: there is no such topic.
    """
    window = window or Window()
    topic = library.topic(topic_id)
    entries = window.select_on(topic, library.table(topic_id))
    if not entries and window.by:
        entries = against(library, topic, window)
    return assemble(library, topic, window, entries)


def against(library: Library, topic: Topic, window: Window) -> list[Entry]:
    """Return what those whom a window names say against a topic as a whole."""
    opposing = [kind for kind in LinkKind if kind.traits.opposes]
    found = [e for kind in opposing for e in library.covering(kind, topic.id, window.known_by)]
    return window.select(list(dict.fromkeys(found)))


def assemble(library: Library, topic: Topic, window: Window, entries: list[Entry]) -> Answer:
    """Build an answer around chosen entries, in the order given."""
    covering = library.covering(LinkKind.DENIES, topic.id, window.known_by)
    first = min((entry.said for entry in entries), default=date.max)
    denials = [one for one in covering if one.known >= first]
    oldest_first = sorted(entries, key=by_date)
    groups = grouped(oldest_first, topic.unit, topic.dimensions)
    main = groups[0] if groups else None
    return Answer(
        question=topic.id,
        kind=_kind(topic, entries),
        topic=topic.id,
        title=topic.title,
        measure=topic.measure,
        confidence=1.0,
        filters=window.filters(),
        range=main.range if main else None,
        latest=main.latest if main else None,
        groups=tuple(groups) if len(groups) > 1 else (),
        forecasts=_of(oldest_first, Modality.FORECAST),
        forecast_range=main.forecast_range if main else None,
        suppositions=_of(entries, Modality.POSSIBLE, Modality.SUSPECTED),
        total_since=_total_since(topic, window, library.table(topic.id)),
        origins=len({entry.origin for entry in entries}),
        speakers=len({entry.asserter for entry in entries}),
        organisations=len({library.organisation(entry.asserter) for entry in entries}),
        claims=tuple(library.views(entries, window.known_by)),
        denials=tuple(library.views(denials, window.known_by)),
        disagreements=tuple(disagreements(entries)),
        revision=library.revision,
    )


def grouped(
    entries: Iterable[Entry], unit: str | None, dimensions: Sequence[str] = ()
) -> list[Group]:
    """Sort claims with numbers by their qualifiers, those under which most is reported first.

    Of as many, the newest are first. Qualifiers stand in the order of the topic's
    `dimensions`.
    """
    alike: dict[Qualifiers, list[Entry]] = {}
    for entry in fairness.each(entries):
        if entry.numbered:
            alike.setdefault(entry.qualifiers, []).append(entry)
    groups = [
        Group(
            qualifiers=_in_order(qualifiers, dimensions),
            range=spanned(some, unit),
            forecast_range=_foreseen(some, unit),
            latest=latest(some),
            claims=tuple(entry.id for entry in some),
        )
        for qualifiers, some in alike.items()
    ]
    newest = {some[-1].id: some[-1].last.toordinal() for some in alike.values()}
    return sorted(
        groups,
        key=lambda one: (
            one.range is None,
            -len(one.claims),
            -newest[one.claims[-1]],
            [*one.qualifiers.items()],
        ),
    )


def _in_order(qualifiers: Qualifiers, dimensions: Sequence[str]) -> dict[str, str]:
    order = {name: at for at, name in enumerate(dimensions)}
    return dict(sorted(qualifiers, key=lambda one: order.get(one[0], len(order))))


def _foreseen(entries: Iterable[Entry], unit: str | None) -> Range | None:
    """Return the range over forecasts."""
    foreseen = [entry for entry in entries if entry.modality is Modality.FORECAST]
    return spanned(foreseen, unit, reported=False)


def _of(entries: Iterable[Entry], *modalities: Modality) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries if entry.modality in modalities)


def _total_since(topic: Topic, window: Window, table: Iterable[Entry]) -> date | None:
    """Return since when a running total counts, where that is before the window.

    It is one total, whoever gives it: the first day that any of its claims names.
    """
    if topic.measure is not Measure.CUMULATIVE or window.since is None:
        return None
    known = (entry for entry in table if entry.counted and in_force(entry, window.known_by))
    first = min((entry.begins for entry in known if entry.begins), default=None)
    return first if first and first < window.since else None


def _kind(topic: Topic, entries: list[Entry]) -> Kind:
    if not entries:
        return "no_match"
    return "statement" if topic.measure is Measure.QUALITATIVE else "figures"


def latest(entries: Iterable[Entry]) -> str | None:
    """Return the newest claim that reports a number of its own.

    A month or a year does not beat a day within it, so the first day counts. Who repeats what
    somebody else has said says nothing newer.
    """
    counted = _first_said([entry for entry in entries if entry.counted])
    if not counted:
        return None
    return max(counted, key=lambda entry: (entry.first, entry.known, _upper(entry))).id


def _first_said(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out whoever repeats a figure of an utterance that somebody else had made before."""
    first: dict[tuple[str, float | None, float | None], Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.known):
        first.setdefault((entry.origin, entry.low, entry.high), entry)
    return [
        entry
        for entry in entries
        if first[entry.origin, entry.low, entry.high].asserter == entry.asserter
    ]


def spanned(entries: Iterable[Entry], unit: str | None, *, reported: bool = True) -> Range | None:
    """Return the range over claims, or nothing when none of them reports a number of its own.

    With `reported` false, forecasts and what is only possible or suspected count too.

    An open side adds no number: "up to 3 million" stands at 3 million on both ends, and its
    end is marked open when it is the lowest.
    """
    counted = [entry for entry in entries if (entry.counted if reported else entry.numbered)]
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


def disagreements(entries: list[Entry]) -> Iterable[Disagreement]:
    """Find estimates of the same month and the same thing, by different speakers, that differ.

    Two readings of one count rest on assumptions of one speaker, and differ from nobody.
    """
    firm = [entry for entry in entries if entry.counted and not entry.assumed]
    by_month = sorted(firm, key=_month_and_qualifiers)
    for _, group in groupby(by_month, key=_month_and_qualifiers):
        same = list(group)
        differing = _differing(same)
        if differing:
            month = differing[0].last.strftime("%Y-%m")
            yield Disagreement(month=month, claims=tuple(entry.id for entry in differing))


def _differing(entries: Sequence[Entry]) -> list[Entry]:
    """Find those that cannot be right together with another speaker's: nothing in common."""

    def low(entry: Entry) -> float:
        return _side(entry.low, -inf)

    def high(entry: Entry) -> float:
        return _side(entry.high, inf)

    below = _short_of(entries, high, low)
    above = _short_of(entries, lambda entry: -low(entry), lambda entry: -high(entry))
    found = {*below, *above}
    return [entry for entry in entries if entry.id in found]


def _short_of(
    entries: Sequence[Entry], end: Callable[[Entry], float], begin: Callable[[Entry], float]
) -> Iterator[str]:
    """Find those that end before somebody else's begins; each is looked at once."""
    beginning = sorted(entries, key=begin, reverse=True)
    beyond, at = _Voices(), 0
    for entry in fairness.each(sorted(entries, key=end, reverse=True)):
        while at < len(beginning) and begin(beginning[at]) > end(entry):
            beyond.add(beginning[at])
            at += 1
        if beyond.besides(entry):
            yield entry.id


class _Voices:
    """As many of those who have spoken as it takes to tell whether one of them is another.

    Of one speaker two occasions are enough: one of them is another than anybody else's; and so are
    two speakers of one occasion. Among seven so chosen are three that share nothing, of which one
    is another whomever they are held against.
    """

    _ENOUGH, _ALIKE = 7, 2

    def __init__(self) -> None:
        self._kept: set[tuple[str, str]] = set()

    def add(self, entry: Entry) -> None:
        """Take one more into account."""
        key = entry.asserter, entry.origin
        if len(self._kept) >= self._ENOUGH or key in self._kept:
            return
        speakers = [asserter for asserter, _ in self._kept]
        occasions = [origin for _, origin in self._kept]
        if max(speakers.count(entry.asserter), occasions.count(entry.origin)) < self._ALIKE:
            self._kept.add(key)

    def besides(self, entry: Entry) -> bool:
        """Whether another speaker has spoken, each for themselves."""
        return any(
            asserter != entry.asserter and origin != entry.origin for asserter, origin in self._kept
        )


def _side(number: float | None, otherwise: float) -> float:
    return otherwise if number is None else number


def _month_and_qualifiers(entry: Entry) -> tuple[int, int, Qualifiers]:
    return entry.last.year, entry.last.month, entry.qualifiers
