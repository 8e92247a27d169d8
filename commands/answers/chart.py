"""The picture of an answer: the option `chart` of the topic commands, and the button “Chart”."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from commands.cards import AnswerDigest, Card, FiguresCard, chart_words, figures_card
from commands.chat import App, Button, Reply, ScreenButton, WindowCode, link_to, share_label
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
    def to_open(
        cls, card: FiguresCard, code: str | None, digest: AnswerDigest
    ) -> "Iterator[ChartButton]":
        """Make the button, where there are numbers to draw: a single one needs no picture."""
        if code and is_worth_drawing(card.answer):
            yield cls(f"g:p:{digest.encode()}:{code}", say("Chart"))

    @classmethod
    def to_share(cls, card: FiguresCard, code: str | None) -> Iterator[Button]:
        """Make the button that shows others the picture, where it can be written down."""
        if code:
            yield cls(f"g:s:{card.digest.encode()}:{code}", share_label())

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
    shown = Card(card.narrowed_title(), "\n".join(card.lead.brief()))
    shown = shown.with_sources(card.numbering.sources(card.cited_claims))
    link = link_to(app, lambda at: at.topic(topic, window), [topic], card.cited_claims)
    return Reply(shown, draw=draw, digest=card.digest, link=link, answers=True)


def drawing(card: FiguresCard) -> Callable[[], Chart]:
    """Return what draws an answer, once it is sure that there is something to draw.

    Raises:
        NothingToDraw: no claim of the answer has a number.
    """
    words, numbers = chart_words(), card.numbering.numbers
    chart_plan(card.answer, card.against, numbers, words)
    return partial(chart, card.answer, against=card.against, numbers=numbers, words=words)
