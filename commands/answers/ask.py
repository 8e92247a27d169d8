"""`/ask`: a free-form question, answered with the claims that fit it best."""

from discord import app_commands

from commands.answers.figures import FiguresButton, answer_buttons, answer_embed, topic_buttons
from commands.answers.figures_card import Card, card_of, narrowed
from commands.chat import (
    App,
    Button,
    Interaction,
    Outcome,
    Refused,
    Reply,
    add_lines,
    answer,
    note,
    pages_in_order,
)
from commands.text import many, number, plain, say
from knowledge.contract import Answer, Filters
from knowledge.library import NotOnFile, Window
from knowledge.matching.questions import EmptyQuestion

_MOST_TYPED = 6000
"""What Discord takes as an option."""
_MOST_READ = 1000
_GROUPS_SHOWN = 4
_QUOTED = 200


def register(app: App) -> None:
    """Add `/ask`."""
    app.tree.add_command(ask, override=True)


@app_commands.command(description="Ask in your own words; dates and names in the question count")
@app_commands.describe(question="Such as: how many … by august 2024? what does … say about …?")
async def ask(interaction: Interaction, question: app_commands.Range[str, 1, _MOST_TYPED]) -> None:
    """Answer a question, or say that nothing is on file."""
    app = interaction.client
    await answer(interaction, lambda: ask_reply(app, question))


def ask_reply(app: App, question: str) -> Reply:
    """Return the best claims for a question, or the nearest topics as suggestions."""
    if len(question) > _MOST_READ:
        raise Refused(
            say(
                "The question has {length} characters; at most {most} are read. "
                "Ask in a sentence or two.",
                length=number(len(question)),
                most=number(_MOST_READ),
            )
        )
    if not any(char.isalnum() for char in question):
        raise EmptyQuestion
    found = app.workspace.ask(question, app.today())
    return _answered(app, found) if found.claims else _silence(app, found)


def _answered(app: App, found: Answer) -> Reply:
    card = card_of(app.workspace.library, found)
    groups = card.groups(found.claims)
    blocks = [card.block(group) for group in groups]
    shown = len(pages_in_order(blocks, _GROUPS_SHOWN)[0])
    more = len(groups) - shown
    position = f"-# {_position(more)}" if more else ""
    head = [_quote(found), _read_as(found), *_best(card), *card.head()]
    meant = topic_buttons(app, found.suggestions, Window())
    if meant:
        unsure = say("I am not sure that this is what you meant; see the buttons.")
        head.insert(2, f"-# {unsure}")
    embed = answer_embed(card, head, [position, *blocks[:shown]])
    add_lines(embed, say("Sources"), card.numbering.sources(card.cited(groups[:shown])))
    window = _window(app, found.filters)
    everything = _all(card, window) if more else []
    return Reply(embed, [*everything, *answer_buttons(card, window, chart=True), *meant])


def _position(more: int) -> str:
    return many(
        "Best match first; {count} more on file", "Best match first; {count} more on file", more
    )


def _best(card: Card) -> list[str]:
    """Name the best claim first where it is not the latest, which the head names anyway."""
    best = card.answer.claims[0]
    if best.figure is None or best.id == card.answer.latest:
        return []
    return [card.told(say("Closest to the question"), best)]


def _quote(found: Answer) -> str:
    return f"> {plain(found.question, _QUOTED)}"


def _read_as(found: Answer) -> str:
    title = plain(found.title or found.topic or "", 200)
    read = " · ".join([title, *narrowed(found.filters)])
    return f"-# {say('Read as: {reading}', reading=read)}"


def _all(card: Card, window: Window | None) -> list[Button]:
    if window is None:
        return []
    count = len(card.answer.claims)
    label = many("All {count} by date", "All {count} by date", count)
    return FiguresButton.to_open(label, card.topic, window, card.mark)


def _window(app: App, filters: Filters) -> Window | None:
    """Rebuild the window of an answer; its asserters may go by no name of their own."""
    try:
        by = app.workspace.lookup.by(filters.by) if filters.by else None
    except NotOnFile:
        return None
    return Window(filters.since, filters.until, filters.known_by, by)


def _silence(app: App, found: Answer) -> Reply:
    lines = [_quote(found), f"**{say('Nothing on file about that.')}**"]
    if found.topic:
        lines.insert(1, _read_as(found))
    buttons = topic_buttons(app, found.suggestions, Window())
    if buttons:
        lines.append(say("What is on file and comes nearest, which may be something else:"))
    return note("\n".join(lines), buttons, Outcome.SILENT)
