"""The message to a channel that watches a topic: where it stands now, and where it stood before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commands.cards.card import DESCRIPTION, Card
from commands.cards.paging import fitting
from commands.cards.phrases import resting
from commands.cards.ranges import bold_end
from commands.text import Numbering, plain, say
from knowledge import wording
from knowledge.answers import End, Estimate, Notice, Snapshot
from knowledge.contract import ClaimView
from knowledge.model import Edtf, Measure, Status
from knowledge.wording import human

_NOTHING = "nothing on file"


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
            return _NOTHING
        day = human(Edtf.parse(estimate.as_of))
        rests = f", {resting(estimate.assumption)}" if estimate.assumption else ""
        speaker = plain(estimate.asserted_by, 110)
        return f"{self._figure(estimate)} ({day}{rests}), {speaker}{self._tail(estimate)}"

    def ends(self, snapshot: Snapshot) -> str:
        """Write a range; one claim alone is no range, and stands for itself."""
        low, high = snapshot.low, snapshot.high
        if low is None or high is None:
            return _NOTHING
        if low.estimate.claim == high.estimate.claim:
            return say("one estimate alone, {end}", end=self._end(low))
        return say("{end} to {end2}", end=self._end(low), end2=self._end(high))

    def _figure(self, estimate: Estimate) -> str:
        if estimate.figure is None:
            return plain(estimate.statement, 300)
        words = plain(wording.figure(estimate.figure, self._measure, unit=True), 120)
        return f"**{words}**"

    def _end(self, end: End) -> str:
        figure = end.estimate.figure
        words = wording.end(figure, end.value, self._measure) if figure else ""
        return bold_end(words, end.estimate.assumption, self._tail(end.estimate))

    def _tail(self, estimate: Estimate) -> str:
        marker = self._markers.get(estimate.claim)
        status = self._withdrawn.get(estimate.claim)
        return (f" {marker}" if marker else "") + (
            say(", {status} since", status=status) if status else ""
        )
