"""Makes a chart: the picture of an answer and the alt text that says the same.

The drawing itself imports matplotlib, which takes a third of a second: it is imported when the
first chart is made, or by `warm_up`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from knowledge.charts.alt import alt_text
from knowledge.charts.plan import chart_plan
from knowledge.contract import Answer, ClaimView
from knowledge.wording import ChartWords

_ENGLISH = ChartWords()
_NOBODY: Mapping[str, ClaimView] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an answer; `alt` has at most 1024 characters, as Discord allows."""

    data: bytes
    alt: str


def chart(  # noqa: PLR0913 - what is drawn, how, and in which words
    answer: Answer,
    fmt: Literal["png", "svg"] = "png",
    *,
    against: Mapping[str, ClaimView] = _NOBODY,
    numbers: Mapping[str, int] | None = None,
    light: bool = False,
    words: ChartWords = _ENGLISH,
) -> Chart:
    """Draw the claims of an answer, what may be compared together, at most eight of them.

    `against` holds the claims that deny or dispute single claims of the answer, by id; the
    answer itself carries those that deny its topic. `numbers` are those of the sources by their
    ids, where the text beside the picture has its own. The picture is 1200 pixels wide and made
    for a dark ground, or for a light one; `words` are its fixed texts in the reader's language.
    The same answer gives the same bytes. Any thread may call this.

    Raises:
        NothingToDraw: no claim of the answer has a number.
    """
    planned = chart_plan(answer, against, numbers, words)
    from knowledge.charts.drawing import draw  # noqa: PLC0415
    from knowledge.charts.scale import is_logarithmic  # noqa: PLC0415

    log = is_logarithmic(planned.axis, planned.values)
    return Chart(data=draw(planned, fmt, light=light), alt=alt_text(planned, logarithmic=log))


def headline(topic: str, figure: str, said: str, foot: str) -> bytes:
    """Draw a figure as the picture that a link to it shows: 1200 by 630 pixels, as PNG.

    `figure` is the figure in words, or a statement; `said` is who said it when, and `foot` what
    it is taken from. Any thread may call this.
    """
    from knowledge.charts.link_picture import draw  # noqa: PLC0415

    return draw(topic, figure, said, foot)


def warm_up() -> None:
    """Load what the first chart would wait for: the library and its fonts."""
    from knowledge.charts import drawing  # noqa: PLC0415

    drawing.warm_up()
