"""`/figures` and the topics' own commands: what is on file about a topic, in a window."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from discord import app_commands

from commands.answers.chart import ChartButton, drawing
from commands.answers.source import SourceButton
from commands.cards import AnswerDigest, FiguresCard, figures_card
from commands.chat import (
    PRIVATE,
    App,
    Button,
    Interaction,
    Reply,
    ScreenButton,
    WindowCode,
    answer,
    complete_topic,
    link_to,
    refusal,
    silence,
    window_options,
)
from commands.reports import error_button
from commands.text import clip, say
from knowledge.contract import Answer
from knowledge.library import NotOnFile, Typed, Window
from knowledge.model import Topic

_CHART = "Draw the estimates over time as a picture"
_NAMELESS = "…"
"""Stands for a topic whose words cannot be seen: Discord takes no command without any."""
_MOST_TOPIC_COMMANDS = 80
"""Discord takes 100 commands; the rest is for those that are not made from data."""


def register(app: App) -> None:
    """Add `/figures`, a command for each topic that names one, and the buttons."""
    app.tree.add_command(figures, override=True)
    app.add_dynamic_items(FiguresButton)
    named = [topic for topic in app.workspace.library.topics.values() if topic.command]
    for topic in named[:_MOST_TOPIC_COMMANDS]:
        if app.tree.get_command(topic.command or "") is None:
            app.tree.add_command(command_of(topic))


@app_commands.command(description="Who said what about a topic: the latest estimate, the range")
@app_commands.describe(
    topic="What is measured or asserted; /topics lists everything", chart=_CHART, private=PRIVATE
)
@app_commands.autocomplete(topic=complete_topic)
@window_options
async def figures(  # noqa: PLR0913, PLR0917
    interaction: Interaction,
    topic: str,
    since: str | None = None,
    until: str | None = None,
    known_by: str | None = None,
    by: str | None = None,
    chart: bool = False,
    private: bool | None = None,
) -> None:
    """Answer with what is on file about a topic."""
    typed = Typed(since, until, known_by, by)
    app = interaction.client
    await answer(
        interaction,
        lambda: figures_reply(app, topic, app.window(typed), chart=chart),
        private=private,
    )


def command_of(topic: Topic) -> app_commands.Command[Any, ..., None]:
    """Make the slash command of a topic, which its `extras` name."""

    @app_commands.describe(chart=_CHART, private=PRIVATE)
    @window_options
    async def show(  # noqa: PLR0913, PLR0917
        interaction: Interaction,
        since: str | None = None,
        until: str | None = None,
        known_by: str | None = None,
        by: str | None = None,
        chart: bool = False,
        private: bool | None = None,
    ) -> None:
        typed = Typed(since, until, known_by, by)
        app = interaction.client
        await answer(
            interaction,
            lambda: figures_reply(app, _id_here(app, topic), app.window(typed), chart=chart),
            private=private,
        )

    return app_commands.Command(
        name=topic.command or topic.id,
        description=clip(topic.description, 100) or clip(topic.title, 100) or _NAMELESS,
        callback=show,
        extras={"topic": topic.id},
    )


def _id_here(app: App, topic: Topic) -> str:
    """Return what a topic with a command goes by, where it is asked for."""
    # A server may have retired a topic that it had under this id before everybody had one.
    here = topic.id in app.workspace.library.topics
    return topic.id if here else topic.command or topic.id


class FiguresButton(
    ScreenButton,
    template=rf"f:(?P<how>[ot]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:{WindowCode.PATTERN}",
):
    """Shows a page of a topic in a window."""

    @classmethod
    def to_open(cls, label: str, topic: str, window: Window, digest: AnswerDigest) -> list[Button]:
        """Make the button that opens a topic, or none where it cannot be written down."""
        code = WindowCode(topic, window).encode()
        return [cls(f"f:o:0:{digest.encode()}:{code}", label)] if code else []

    @classmethod
    def to_turn(cls, code: str, digest: AnswerDigest, page: int, last: int) -> Iterator[Button]:
        """Make the buttons to the pages before and after; page 0 is the newest."""
        if page < last:
            yield cls(f"f:t:{page + 1}:{digest.encode()}:{code}", say("◀ Older"))
        if page > 0:
            yield cls(f"f:t:{page - 1}:{digest.encode()}:{code}", say("Newer ▶"))

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        code = WindowCode.decode(app, found)
        return figures_reply(app, code.topic, code.window, int(found["page"]))


def figures_reply(
    app: App, topic: str, window: Window, page: int = 0, *, chart: bool = False
) -> Reply:
    """Return a page of what is on file about a topic, page 0 the newest.

    Raises:
        NothingToDraw: a chart is wanted, and no claim has a number.
    """
    try:
        found = app.workspace.figures(topic, window)
    except NotOnFile as error:
        return refusal(error, topic_buttons(app, error.nearest, window))
    card = figures_card(app.workspace.library, found)
    code = WindowCode(card.topic, window).encode()
    shown = card.page(page, turns=code is not None)
    if not found.claims:
        return silence(shown.card, _whole(found, window))
    turning = FiguresButton.to_turn(code, card.digest, shown.number, shown.last) if code else ()
    buttons = [*turning, *answer_buttons(card, window, chart=not chart)]
    buttons += error_button(app, about_one(card), card.digest.revision)
    draw = drawing(card) if chart else None
    link = link_to(app, lambda at: at.topic(card.topic, window), [card.topic], card.cited_claims)
    return Reply(shown.card, buttons, draw=draw, digest=card.digest, link=link)


def answer_buttons(card: FiguresCard, window: Window | None, *, chart: bool) -> Iterator[Button]:
    """Make the buttons to the evidence and to the picture of an answer."""
    whole = window == Window()
    claims = card.answer.claims
    what = claims[0].id if len(claims) == 1 and not whole else card.topic
    yield from SourceButton.to_open(
        say("Sources"), what, card.digest if whole else card.digest.bare()
    )
    if chart and window is not None:
        yield from ChartButton.to_open(card, WindowCode(card.topic, window).encode(), card.digest)


def about_one(card: FiguresCard) -> str:
    """Return what an answer is about: its claim where it has but one, and else its topic."""
    claims = card.answer.claims
    return claims[0].id if len(claims) == 1 else card.topic


def topic_buttons(app: App, topics: Sequence[str], window: Window) -> list[Button]:
    """Make a button for each topic that still is on file."""
    library = app.workspace.library
    known = [library.topics[one] for one in topics if one in library.topics]
    digest = AnswerDigest(library.revision)
    return [
        button
        for topic in known
        for button in FiguresButton.to_open(topic.title, topic.id, window, digest)
    ]


def _whole(found: Answer, window: Window) -> list[Button]:
    """Offer the topic of an empty window without it."""
    if window == Window() or not found.topic:
        return []
    label = say("All on file: {title}", title=found.title)
    return FiguresButton.to_open(label, found.topic, Window(), AnswerDigest(found.revision))
