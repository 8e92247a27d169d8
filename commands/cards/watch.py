"""The message to a channel that watches a topic: where it stands now, and where it stood before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from commands.cards.parts import (
    DESCRIPTION,
    Card,
    bold_end,
    fitting,
    resting,
    titled,
    views_in_own_words,
)
from commands.text import Numbering, figure, human, plain, say
from commands.text import end as worded_end
from knowledge.answers import End, Estimate, Notice, Snapshot
from knowledge.contract import ClaimView
from knowledge.library import Library
from knowledge.model import Edtf, Measure, Status


@dataclass(frozen=True, slots=True)
class Cause:
    """What somebody did that has moved a topic: who, what, to which statement, and why."""

    who: str
    did: str
    statement: str
    why: str = ""


class WatchCard:
    """The parts of the message; every figure that stands now has its citation."""

    def __init__(self, notice: Notice, causes: Sequence[Cause] = ()) -> None:
        self._notice = notice
        self._causes = causes
        self._now = _Words(notice.after.measure, Numbering(notice.resting_on), notice.resting_on)
        self._before = _Words(notice.before.measure, None, (), notice.withdrawn)

    def card(self) -> Card:
        """Lay the message out."""
        resting_on = self._notice.resting_on
        card = Card(
            f"{plain(self._notice.title, 200)}: {self._what()}",
            fitting(list(self._lines()), DESCRIPTION),
            footer=say(
                "Watched topic · database revision {revision}", revision=self._notice.revision
            ),
        )
        sources = Numbering(resting_on).sources(resting_on)
        return card.with_lines(say("Sources"), [one.whole for one in sources])

    def _what(self) -> str:
        notice = self._notice
        latest = notice.after.latest_moved(notice.before)
        if notice.after.measure is Measure.QUALITATIVE:
            return say("the newest statement has changed")
        if latest and notice.after.range_moved(notice.before):
            return say("the latest estimate and the range have moved")
        return say("the latest estimate has moved") if latest else say("the range has moved")

    def _lines(self) -> Iterator[str]:
        notice = self._notice
        yield self._now.latest(notice.after)
        if notice.after.latest_moved(notice.before):
            yield say("-# before: {estimate}", estimate=self._before.estimate(notice.before.latest))
        if notice.after.range_moved(notice.before):
            yield self._now.range(notice.after)
            yield say("-# before: {ends}", ends=self._before.ends(notice.before))
        elif notice.after.low:
            yield say("{range}, as before", range=self._now.range(notice.after))
        for cause in self._causes:
            why = f" ({plain(cause.why, 150)})" if cause.why else ""
            yield f"-# {plain(cause.who, 80)} {cause.did}: {plain(cause.statement, 300)}{why}"


def telling_of(snapshot: Snapshot) -> str:
    """Say which moves of a topic are told: only what it has can move."""
    if snapshot.measure is Measure.QUALITATIVE:
        return say("when there is a newer statement")
    if snapshot.latest is not None and snapshot.low is None:
        return say("when the latest estimate moves")
    return say("when the latest estimate or the range moves")


def snapshot_lines(snapshot: Snapshot) -> list[str]:
    """Write where a topic stands, without citations, to a person who begins to watch it."""
    words = _Words(snapshot.measure)
    return [words.latest(snapshot), *([words.range(snapshot)] if snapshot.low else [])]


class _Words:
    """Words for what stands, or stood: `withdrawn` are claims that are no longer active."""

    def __init__(
        self,
        measure: Measure,
        numbering: Numbering | None = None,
        claims: tuple[ClaimView, ...] = (),
        withdrawn: Mapping[str, Status] | None = None,
    ) -> None:
        self._measure = measure
        self._markers = {claim.id: numbering.markers(claim) for claim in claims if numbering}
        self._withdrawn = withdrawn or {}

    def latest(self, snapshot: Snapshot) -> str:
        lead = say("Newest") if self._measure is Measure.QUALITATIVE else say("Latest")
        return f"**{lead}:** {self.estimate(snapshot.latest)}"

    def range(self, snapshot: Snapshot) -> str:
        return say("**Range:** {ends}", ends=self.ends(snapshot))

    def estimate(self, estimate: Estimate | None) -> str:
        """Write an estimate: figure, date, condition, speaker, citation."""
        if estimate is None:
            return say("nothing on file")
        day = human(Edtf.parse(estimate.as_of))
        rests = f", {resting(estimate.assumption)}" if estimate.assumption else ""
        speaker = plain(estimate.asserted_by, 110)
        return f"{self._figure(estimate)} ({day}{rests}), {speaker}{self._tail(estimate)}"

    def ends(self, snapshot: Snapshot) -> str:
        """Write a range; one claim alone is no range, and stands for itself."""
        low, high = snapshot.low, snapshot.high
        if low is None or high is None:
            return say("nothing on file")
        if low.estimate.claim == high.estimate.claim:
            return say("one estimate alone, {end}", end=self._end(low))
        return say("{end} to {end2}", end=self._end(low), end2=self._end(high))

    def _figure(self, estimate: Estimate) -> str:
        if estimate.figure is None:
            return plain(estimate.statement, 300)
        words = plain(figure(estimate.figure, self._measure, unit=True), 120)
        return f"**{words}**"

    def _end(self, end: End) -> str:
        shown = end.estimate.figure
        words = worded_end(shown, end.value, self._measure) if shown else ""
        return bold_end(words, end.estimate.assumption, self._tail(end.estimate))

    def _tail(self, estimate: Estimate) -> str:
        marker = self._markers.get(estimate.claim)
        status = self._withdrawn.get(estimate.claim)
        return (f" {marker}" if marker else "") + (
            say(", {status} since", status=_status(status)) if status else ""
        )


def _status(status: Status) -> str:
    return {
        Status.PROPOSED: say("proposed"),
        Status.ACTIVE: say("reported"),
        Status.SUPERSEDED: say("superseded"),
        Status.RETRACTED: say("retracted"),
    }[status]


def notice_in_own_words(library: Library, notice: Notice) -> Notice:
    """Return what a channel is to be told in the words of the language that is spoken."""
    known = {one.claim for each in (notice.before, notice.after) for one in each.estimates()}
    entries = [entry for one in sorted(known) if (entry := library.find(one))]
    views = {view.id: view for view in views_in_own_words(library, library.views(entries))}
    topic = notice.watch.topic
    return replace(
        notice,
        title=titled(library.topic(topic)) if library.has("topic", topic) else notice.title,
        before=_snapshot(notice.before, views),
        after=_snapshot(notice.after, views),
    )


def _snapshot(kept: Snapshot, views: Mapping[str, ClaimView]) -> Snapshot:
    ends = {"low": kept.low, "high": kept.high}
    told: dict[str, object] = {
        name: end.model_copy(update={"estimate": _told(end.estimate, views)})
        for name, end in ends.items()
        if end
    }
    told |= {"latest": _told(kept.latest, views)} if kept.latest else {}
    return kept.model_copy(update=told)


def _told(estimate: Estimate, views: Mapping[str, ClaimView]) -> Estimate:
    view, shown = views.get(estimate.claim), estimate.figure
    if view is None:
        return estimate
    unit = view.figure.unit if view.figure else None
    return estimate.model_copy(
        update={
            "asserted_by": view.asserted_by,
            "assumption": estimate.assumption and view.assumption,
            "figure": shown.model_copy(update={"unit": unit or shown.unit}) if shown else None,
        }
    )
