"""The message to a channel that watches a topic: where it stands now, and where it stood before."""

from collections.abc import Iterator, Mapping

from commands.cards.card import DESCRIPTION, Card
from commands.cards.paging import fitting
from commands.cards.phrases import resting
from commands.cards.ranges import bold_end
from commands.text import Numbering, plain
from knowledge import wording
from knowledge.answers import End, Estimate, Notice, Snapshot
from knowledge.contract import ClaimView
from knowledge.model import Edtf, Measure, Status
from knowledge.wording import human

_NOTHING = "nothing on file"


class WatchCard:
    """The parts of the message; every figure that stands now has its citation."""

    def __init__(self, news: Notice) -> None:
        self._news = news
        self._now = _Words(news.after.measure, Numbering(news.resting_on), news.resting_on)
        self._before = _Words(news.before.measure, None, (), news.withdrawn)

    def card(self) -> Card:
        """Lay the message out."""
        resting_on = self._news.resting_on
        card = Card(
            f"{plain(self._news.title, 200)}: {self._what()}",
            fitting(list(self._lines()), DESCRIPTION),
            footer=f"Watched topic · database revision {self._news.revision}",
        )
        return card.with_lines("Sources", Numbering(resting_on).sources(resting_on))

    def _what(self) -> str:
        news = self._news
        latest = news.after.latest_moved(news.before)
        if news.after.measure is Measure.QUALITATIVE:
            return "the newest statement has changed"
        if latest and news.after.range_moved(news.before):
            return "the latest estimate and the range have moved"
        return "the latest estimate has moved" if latest else "the range has moved"

    def _lines(self) -> Iterator[str]:
        news = self._news
        yield self._now.latest(news.after)
        if news.after.latest_moved(news.before):
            yield f"-# before: {self._before.estimate(news.before.latest)}"
        if news.after.range_moved(news.before):
            yield self._now.range(news.after)
            yield f"-# before: {self._before.ends(news.before)}"
        elif news.after.low:
            yield f"{self._now.range(news.after)}, as before"


def standing_lines(standing: Snapshot) -> list[str]:
    """Write where a topic stands, without citations, to a person who begins to watch it."""
    words = _Words(standing.measure)
    return [words.latest(standing), *([words.range(standing)] if standing.low else [])]


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

    def latest(self, standing: Snapshot) -> str:
        lead = "Newest" if self._measure is Measure.QUALITATIVE else "Latest"
        return f"**{lead}:** {self.estimate(standing.latest)}"

    def range(self, standing: Snapshot) -> str:
        return f"**Range:** {self.ends(standing)}"

    def estimate(self, estimate: Estimate | None) -> str:
        """Write an estimate: figure, date, condition, speaker, citation."""
        if estimate is None:
            return _NOTHING
        day = human(Edtf.parse(estimate.as_of))
        rests = f", {resting(estimate.assumption)}" if estimate.assumption else ""
        speaker = plain(estimate.asserted_by, 110)
        return f"{self._figure(estimate)} ({day}{rests}), {speaker}{self._tail(estimate)}"

    def ends(self, standing: Snapshot) -> str:
        """Write a range; one claim alone is no range, and stands for itself."""
        low, high = standing.low, standing.high
        if low is None or high is None:
            return _NOTHING
        if low.estimate.claim == high.estimate.claim:
            return f"one estimate alone, {self._end(low)}"
        return f"{self._end(low)} to {self._end(high)}"

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
        return (f" {marker}" if marker else "") + (f", {status} since" if status else "")
