"""The fixed words of a chart, which whoever asks for one gives in the reader's language."""

from dataclasses import dataclass

from knowledge.language import DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """What a chart says beside its data; figures and dates are worded in the same `language`."""

    language: str = DEFAULT
    chart: str = "Chart: {title}"
    arrows: str = "An arrow is an open end (“more than”, “up to”)."
    logarithmic: str = "logarithmic axis"
    since: str = "since {day}"
    until: str = "until {day}"
    known_by: str = "as known by {day}"
    by: str = "by {name}"
    whole: str = "Not broken down"
    assumed: str = "Only on an assumption"
    forecasts: str = "Forecasts"
    possible: str = "Only possible or suspected"
    retold: str = "Retold, not counted"
    condition: str = "if {condition}"
    assumption: str = "(assumption)"
    denied: str = "Denied"
    denied_by: str = "Denied by {people}"
    disputed: str = "Disputed"
    disputed_by: str = "Disputed by {people}"
    more: str = "{count} more"
    older: str = "{count} older ones in the picture"
    left_out: str = "Not drawn, older or retold: {count}"
    without_figure: str = "Not drawn, without a figure: {count}"
    other_unit: str = "Not drawn, in another unit: {count}"
    sources: str = "Sources: {sources}"
    revision: str = "Database revision {revision}"
    nothing: str = "Nothing is on file about “{title}” here, so there is nothing to draw."
    no_number: str = (
        "What is on file about “{title}” here holds no number, so there is nothing to draw."
    )

    def opposed(self, passive: str) -> tuple[str, str]:
        """Return what is said of a claim that is "denied" by nobody in sight, and by some."""
        return getattr(self, passive), getattr(self, f"{passive}_by")
