"""The picture of an answer: the option `chart` of the topic commands, and the button “Chart”."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from commands.cards import (
    DESCRIPTION,
    AnswerDigest,
    Card,
    FiguresCard,
    chart_words,
    figures_card,
    fitting,
    where,
)
from commands.chat import App, Button, Reply, ScreenButton, WindowCode, link_to
from commands.text import say
from knowledge.charts import Chart, chart, chart_plan, is_worth_drawing
from knowledge.library import Window


def register(app: App) -> None:
    """Add the button."""
    app.add_dynamic_items(ChartButton)


class ChartButton(
    ScreenButton, template=rf"g:(?P<how>[ps]):{AnswerDigest.PATTERN}:{WindowCode.PATTERN}"
):
    """Draws a topic in a window."""

    @classmethod
    def to_open(cls, card: FiguresCard, code: str | None, digest: AnswerDigest) -> Iterator[Button]:
        """Make the button, where there are numbers to draw: a single one needs no picture."""
        if code and is_worth_drawing(card.answer):
            yield cls(f"g:p:{digest.encode()}:{code}", say("Chart"))

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the picture that the custom id names."""
        code = WindowCode.decode(app, found)
        return chart_reply(app, code.topic, code.window)


def chart_reply(app: App, topic: str, window: Window) -> Reply:
    """Return the estimates on a topic in a window as a picture, with its sources.

    Raises:
        NothingToDraw: no claim in the window has a number.
    """
    found = app.workspace.figures(topic, window)
    card = figures_card(app.workspace.library, found)
    draw = drawing(card)
    head = fitting([where(found), *card.brief_head()], DESCRIPTION)
    shown = Card(card.title(), head, footer=card.footer())
    shown = shown.with_lines(say("Sources"), card.numbering.sources(card.cited_claims))
    link = link_to(app, lambda at: at.topic(topic, window), [topic], card.cited_claims)
    return Reply(shown, draw=draw, digest=card.digest, link=link)


def drawing(card: FiguresCard) -> Callable[[], Chart]:
    """Return what draws an answer, once it is sure that there is something to draw.

    Raises:
        NothingToDraw: no claim of the answer has a number.
    """
    words = chart_words()
    chart_plan(card.answer, card.against, words)
    return partial(chart, card.answer, against=card.against, words=words)
