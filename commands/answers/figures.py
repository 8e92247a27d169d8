"""`/figures` and the topics' own commands: what is on file about a topic, in a window."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import app_commands

from commands.answers.chart import ChartButton, drawing
from commands.answers.figures_card import Card, card_of, narrowed, where
from commands.answers.source import SourceButton
from commands.chat import (
    ACCENT,
    DESCRIPTION,
    AnswerDigest,
    App,
    Button,
    Interaction,
    Outcome,
    Reply,
    ScreenButton,
    WindowCode,
    add_lines,
    answer,
    complete_topic,
    fitting,
    note,
    pages,
    refusal,
    window_options,
)
from commands.text import clip, plain, say
from knowledge.contract import Answer
from knowledge.library import NotOnFile, Typed, Window
from knowledge.model import Topic

_GROUPS_ON_A_PAGE = 6
_CHARACTERS_ON_A_PAGE = 1200
"""A little over a phone's screen below the lines that answer: six dates stay together."""
_CHART = "Draw the estimates over time as a picture"
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
@app_commands.describe(topic="What is measured or asserted; /topics lists everything", chart=_CHART)
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
) -> None:
    """Answer with what is on file about a topic."""
    typed = Typed(since, until, known_by, by)
    app = interaction.client
    await answer(interaction, lambda: figures_reply(app, topic, app.window(typed), chart=chart))


def command_of(topic: Topic) -> app_commands.Command[Any, ..., None]:
    """Make the slash command of a topic, which its `extras` name."""

    @app_commands.describe(chart=_CHART)
    @window_options
    async def show(  # noqa: PLR0913, PLR0917
        interaction: Interaction,
        since: str | None = None,
        until: str | None = None,
        known_by: str | None = None,
        by: str | None = None,
        chart: bool = False,
    ) -> None:
        typed = Typed(since, until, known_by, by)
        app = interaction.client
        await answer(
            interaction, lambda: figures_reply(app, topic.id, app.window(typed), chart=chart)
        )

    return app_commands.Command(
        name=topic.command or topic.id,
        description=clip(topic.description, 100),
        callback=show,
        extras={"topic": topic.id},
    )


class FiguresButton(
    ScreenButton,
    template=rf"f:(?P<how>[ot]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:{WindowCode.PATTERN}",
):
    """Shows a page of a topic in a window."""

    @classmethod
    def to_open(cls, label: str, topic: str, window: Window, mark: AnswerDigest) -> list[Button]:
        """Make the button that opens a topic, or none where it cannot be written down."""
        spot = WindowCode(topic, window).encode()
        return [cls(f"f:o:0:{mark.encode()}:{spot}", label)] if spot else []

    @classmethod
    def to_turn(cls, spot: str, mark: AnswerDigest, page: int, last: int) -> Iterator[Button]:
        """Make the buttons to the pages before and after; page 0 is the newest."""
        if page < last:
            yield cls(f"f:t:{page + 1}:{mark.encode()}:{spot}", say("◀ Older"))
        if page > 0:
            yield cls(f"f:t:{page - 1}:{mark.encode()}:{spot}", say("Newer ▶"))

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        spot = WindowCode.decode(app, found)
        return figures_reply(app, spot.topic, spot.window, int(found["page"]))


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
    if not found.claims:
        return _nothing(found, window)
    card = card_of(app.workspace.library, found)
    groups = card.groups(found.claims)
    blocks = [card.block(group) for group in groups]
    dealt = pages(blocks, _GROUPS_ON_A_PAGE, _CHARACTERS_ON_A_PAGE)
    page = min(page, len(dealt) - 1)
    shown = dealt[page]
    chosen = groups[shown.start : shown.stop]
    spot = WindowCode(card.topic, window).encode()
    position = _position(page, len(dealt), turns=spot is not None)
    head = [where(found), *(card.brief_head() if page else card.head())]
    embed = answer_embed(card, head, [position, *blocks[shown.start : shown.stop]])
    add_lines(embed, say("Sources"), card.numbering.sources(card.cited(chosen, brief=page > 0)))
    turning = FiguresButton.to_turn(spot, card.mark, page, len(dealt) - 1) if spot else ()
    buttons = [*turning, *answer_buttons(card, window, chart=not chart)]
    draw = drawing(card) if chart else None
    return Reply(embed, buttons, draw=draw, mark=card.mark)


def answer_buttons(card: Card, window: Window | None, *, chart: bool) -> Iterator[Button]:
    """Make the buttons to the evidence and to the picture of an answer."""
    whole = window == Window()
    claims = card.answer.claims
    what = claims[0].id if len(claims) == 1 and not whole else card.topic
    yield from SourceButton.to_open(say("Sources"), what, card.mark if whole else card.mark.bare())
    if chart and window is not None:
        yield from ChartButton.to_open(card, WindowCode(card.topic, window).encode(), card.mark)


def answer_embed(card: Card, head: Sequence[str], blocks: Sequence[str]) -> discord.Embed:
    """Lay out the lines that answer, as many as there is room for, and the claims."""
    body = "\n".join(block for block in blocks if block)
    embed = discord.Embed(
        title=card.title(),
        description=f"{fitting(head, DESCRIPTION - len(body) - 2)}\n\n{body}",
        colour=ACCENT,
    )
    return embed.set_footer(text=card.footer())


def topic_buttons(app: App, topics: Sequence[str], window: Window) -> list[Button]:
    """Make a button for each topic that still is on file."""
    library = app.workspace.library
    known = [library.topics[one] for one in topics if one in library.topics]
    mark = AnswerDigest(library.revision)
    return [
        button
        for topic in known
        for button in FiguresButton.to_open(topic.title, topic.id, window, mark)
    ]


def _position(page: int, count: int, *, turns: bool) -> str:
    if count == 1:
        return ""
    place = say("Page {page} of {count}, oldest first", page=count - page, count=count)
    rest = "" if turns else f"; {say('`since` and `until` show the rest')}"
    return f"-# {place}{rest}"


def _nothing(found: Answer, window: Window) -> Reply:
    """Say that the window is empty, and offer the topic without it."""
    window_words = ", ".join(narrowed(found.filters))
    title = f"**{plain(found.title or found.topic or '', 200)}**"
    text = (
        say("Nothing on file about {title} {window}.", title=title, window=window_words)
        if window_words
        else say("Nothing on file about {title}.", title=title)
    )
    if window == Window() or not found.topic:
        return note(text, outcome=Outcome.SILENT)
    mark = AnswerDigest(found.revision)
    label = say("All on file: {title}", title=found.title)
    everything = FiguresButton.to_open(label, found.topic, Window(), mark)
    return note(text, everything, Outcome.SILENT)
