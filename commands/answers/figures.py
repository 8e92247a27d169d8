"""`/figures` and the topics' own commands: what is on file about a topic, in a window."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from discord import app_commands

from commands.answers.chart import ChartButton, drawing
from commands.answers.source import SourceButton
from commands.cards import (
    AnswerDigest,
    FiguresCard,
    Page,
    SaidCard,
    described,
    empty_card,
    figures_card,
    titled,
)
from commands.chat import (
    PRIVATE,
    App,
    Button,
    Interaction,
    Menu,
    MenuLine,
    Reply,
    ScreenButton,
    ShareButton,
    WindowCode,
    answer,
    complete_topic,
    link_to,
    refusal,
    share_label,
    silence,
    window_options,
)
from commands.reports import error_button
from commands.text import claims as claims_of
from commands.text import clip, say, statements
from knowledge.contract import Answer
from knowledge.library import By, Library, NotOnFile, Typed, Window, in_force
from knowledge.model import Measure, Status, Topic

_CHART = "Draw the estimates over time as a picture"
_NAMELESS = "…"
"""Stands for a topic whose words cannot be seen: Discord takes no command without any."""
_MOST_TOPIC_COMMANDS = 80
"""Discord takes 100 commands; the rest is for those that are not made from data."""


def register(app: App) -> None:
    """Add `/figures`, a command for each topic that names one, and the buttons."""
    app.tree.add_command(figures, override=True)
    app.add_dynamic_items(FiguresButton, ListButton)
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
        lambda: figures_typed(app, topic, typed, chart=chart),
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
            lambda: figures_typed(app, _id_here(app, topic), typed, chart=chart),
            private=private,
        )

    return app_commands.Command(
        name=topic.command or topic.id,
        description=_described(topic),
        callback=show,
        extras={"topic": topic.id},
    )


def _described(topic: Topic) -> app_commands.locale_str:
    """Return what Discord shows of the command of a topic, with its translations."""
    description = clip(topic.description, 100) or clip(topic.title, 100) or _NAMELESS
    translations = {
        language: clip(words.description, 100)
        for language, words in topic.translations.items()
        if words.description
    }
    return app_commands.locale_str(description, **translations)


def _id_here(app: App, topic: Topic) -> str:
    """Return what a topic with a command goes by, where it is asked for."""
    # A server may have retired a topic that it had under this id before everybody had one.
    here = topic.id in app.workspace.library.topics
    return topic.id if here else topic.command or topic.id


class FiguresButton(
    ScreenButton,
    template=rf"f:(?P<how>[opst]):(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:{WindowCode.PATTERN}",
):
    """Shows what answers first on a topic in a window."""

    @classmethod
    def to_open(
        cls, label: str, topic: str, window: Window, digest: AnswerDigest
    ) -> "list[FiguresButton]":
        """Make the button that opens a topic, or none where it cannot be written down."""
        code = WindowCode(topic, window).encode()
        return [cls(f"f:o:0:{digest.encode()}:{code}", label)] if code else []

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the answer that the custom id names."""
        code = WindowCode.decode(app, found)
        return figures_reply(app, code.topic, code.window)


class ListButton(
    ScreenButton,
    template=rf"l:(?P<how>[pst]):(?P<order>[dw])(?P<page>\d{{1,4}}):{AnswerDigest.PATTERN}:{WindowCode.PATTERN}",
):
    """Shows a page of every claim on a topic in a window, by date (d) or by who made it (w)."""

    @classmethod
    def to_turn(cls, order: str, tail: str, shown: Page) -> Iterator[Button]:
        """Make the buttons to the pages before and after; page 0 of those by date is the newest."""
        on, back = (
            (say("◀ Older"), say("Newer ▶")) if order == "d" else (say("More ▶"), say("◀ Back"))
        )
        turned = [(1, on)] if shown.number < shown.last else []
        turned += [(-1, back)] if shown.number > 0 else []
        for step, label in turned:
            yield from cls.fitting(f"l:t:{order}{shown.number + step}:{tail}", label)

    def screen(self, app: App, found: re.Match[str]) -> Reply:
        """Return the page that the custom id names."""
        code, order = WindowCode.decode(app, found), found["order"]
        answered = app.workspace.figures(code.topic, code.window)
        card = figures_card(app.workspace.library, answered)
        if not answered.claims:
            return nothing_reply(app, card, code.window)
        number = int(found["page"])
        shown = card.by_date(number) if order == "d" else card.by_speaker(number)
        tail = f"{card.digest.encode()}:{code.encode()}"
        reporting = error_button(app, about_one(card), card.digest.revision)
        turning = [*self.to_turn(order, tail, shown), *reporting]
        link = _link(app, card, code.window)
        return Reply(shown.card, turning, digest=card.digest, link=link, answers=True)


def _link(app: App, card: FiguresCard, window: Window) -> str | None:
    return link_to(app, lambda at: at.topic(card.topic, window), [card.topic], card.cited_claims)


def figures_typed(app: App, topic: str, typed: Typed, *, chart: bool = False) -> Reply:
    """Answer on a topic in a window as somebody typed it; a name that is none offers near ones.

    Raises:
        BadDate: a date cannot be read.
        WindowError: `since` is after `until`.
    """
    try:
        window = app.window(typed)
    except NotOnFile as error:
        return refusal(error, list(_by_others(app, topic, typed, error.nearest)))
    return figures_reply(app, topic, window, chart=chart)


def _by_others(app: App, topic: str, typed: Typed, near: Sequence[str]) -> Iterator[Button]:
    """Make the buttons to the same answer by somebody whose name is like the one typed."""
    workspace, window = app.workspace, app.window(replace(typed, by=None))
    try:
        on = workspace.lookup.topic(topic).id
    except NotOnFile:
        return
    digest = AnswerDigest(workspace.library.revision)
    for key in near:
        name = workspace.library.name(key)
        by = By(name, frozenset({key}))
        label = workspace.library.asserter(key).person or name
        yield from FiguresButton.to_open(label, on, replace(window, by=by), digest)


def figures_reply(app: App, topic: str, window: Window, *, chart: bool = False) -> Reply:
    """Return what answers first on a topic in a window.

    Raises:
        NothingToDraw: a chart is wanted, and no claim has a number.
    """
    try:
        found = app.workspace.figures(topic, window)
    except NotOnFile as error:
        return refusal(error, topic_buttons(app, error.nearest, window))
    card = figures_card(app.workspace.library, found)
    if not found.claims:
        return nothing_reply(app, card, window)
    code = WindowCode(card.topic, window).encode()
    reply = Reply(
        # Where no button can lead to the rest, the newest of it stands here.
        card.screen() if code else card.page(turns=False).card,
        list(error_button(app, about_one(card), card.digest.revision)),
        digest=card.digest,
        link=_link(app, card, window),
        answers=True,
        menu=views_menu(card, window),
        sharing=FiguresButton(f"f:s:0:{card.digest.encode()}:{code}", share_label())
        if code
        else ShareButton.of(card.digest),
    )
    if not chart:
        return reply
    shared = list(ChartButton.to_share(card, code))
    return replace(reply, draw=drawing(card), sharing=shared[0] if shared else None)


def about_one(card: FiguresCard) -> str:
    """Return what an answer is about: its claim where it has but one, and else its topic."""
    claims = card.answer.claims
    return claims[0].id if len(claims) == 1 else card.topic


def views_menu(card: FiguresCard, window: Window | None) -> Menu | None:
    """Make the menu of everything that is on file beside what answers first."""
    lines: list[MenuLine] = []
    code = WindowCode(card.topic, window).encode() if window is not None else None
    if code:
        tail = f"{card.digest.encode()}:{code}"
        by_date = ListButton(f"l:p:d0:{tail}", say("All by date"))
        by_speaker = ListButton(f"l:p:w0:{tail}", say("All by speaker"))
        lines += [
            MenuLine(by_date, say("Who said what when, with what it rests on")),
            MenuLine(by_speaker, say("What each of them has said")),
        ]
    whole = window == Window()
    what = card.topic if whole else about_one(card)
    evidence = SourceButton.to_open(
        say("Sources"), what, card.digest if whole else card.digest.bare()
    )
    about = say("The evidence: every origin, its chain, every publication")
    lines += [MenuLine(one, about) for one in evidence]
    if code:
        about = say("The estimates over time, as wide as the chat")
        lines += [MenuLine(one, about) for one in ChartButton.to_open(card, code, card.digest)]
    return Menu.of("views", say("More, for you alone"), lines)


def said_menu(app: App, card: SaidCard, by: By | None = None) -> Menu | None:
    """Make the menu of the topics of a list, narrowed to whoever has spoken, with how much."""
    lines = [
        MenuLine(button, claims_of(len(one.claims)))
        for one in card.topics
        for button in topic_buttons(app, [one.topic], Window(by=by))
    ]
    return Menu.of("said", say("On one topic, for you alone"), lines)


def topics_menu(app: App, topics: Sequence[str]) -> Menu | None:
    """Make the menu of topics, each with how much is on file about it."""
    library = app.workspace.library
    lines = [
        MenuLine(button, f"{_held(library, one)} · {described(library.topics[one])}")
        for one in topics
        for button in topic_buttons(app, [one], Window())
    ]
    return Menu.of("topics", say("What is on file, for you alone"), lines)


def _held(library: Library, topic: str) -> str:
    count = len([entry for entry in library.table(topic) if entry.status is Status.ACTIVE])
    qualitative = library.topics[topic].measure is Measure.QUALITATIVE
    return statements(count) if qualitative else claims_of(count)


def topic_buttons(app: App, topics: Sequence[str], window: Window) -> list[FiguresButton]:
    """Make a button for each topic that still is on file."""
    library = app.workspace.library
    known = [library.topics[one] for one in topics if one in library.topics]
    digest = AnswerDigest(library.revision)
    return [
        button
        for topic in known
        for button in FiguresButton.to_open(titled(topic), topic.id, window, digest)
    ]


def is_empty(library: Library, topic: str) -> bool:
    """Whether nothing at all stands about a topic."""
    return not any(in_force(entry, None) for entry in library.table(topic))


def nothing_reply(app: App, card: FiguresCard, window: Window) -> Reply:
    """Say that a window is empty and offer the topic without it; or that the topic itself is."""
    if card.topic and is_empty(app.workspace.library, card.topic):
        return silence(empty_card(card.answer.title or card.topic), empty=card.topic)
    return silence(card.screen(), _whole(app, card.answer, window))


def _whole(app: App, found: Answer, window: Window) -> list[FiguresButton]:
    """Offer the topic of an empty window without it."""
    if window == Window() or not found.topic:
        return []
    topic = app.workspace.library.topic(found.topic)
    label = say("All on file: {title}", title=titled(topic))
    return FiguresButton.to_open(label, found.topic, Window(), AnswerDigest(found.revision))
