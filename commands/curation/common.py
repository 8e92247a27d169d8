"""What every command for curators shares: refusals in words, and buttons that check anew."""

import re
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, Self

import discord

from commands.chat import (
    App,
    Button,
    Interaction,
    Lost,
    Outcome,
    Refused,
    Reply,
    begin,
    note,
    refusal,
    report,
    send,
    tell,
)
from commands.text import clip, plain
from knowledge.base import KnowledgeBase
from knowledge.curation import Curation, Decided, FieldProblem, Invalid, NotAllowed, NotVisible
from knowledge.library import NotOnFile
from knowledge.reading import BadDate
from knowledge.store import Conflict
from knowledge.workspaces import Unsaved

LABELS = {
    "asserted_on": "Said on",
    "period": "Speaks of",
    "as_worded": "Figure",
    "figure": "Figure",
    "citations": "Source",
    "source": "Source",
    "via": "Came through",
    "published_on": "Published",
    "date_reason": "Why this date",
    "archive_url": "Archived copy",
    "url": "Address",
    "relations": "Bears on",
    "relation": "Bears on",
    "relates_to": "Bears on",
}
_PROBLEMS_SHOWN = 10
_FAMILIAR = (
    NotAllowed,
    Unsaved,
    Invalid,
    Decided,
    NotVisible,
    Conflict,
    Lost,
    Refused,
    NotOnFile,
    BadDate,
)
_NAMELESS = "…"

View = discord.ui.View
PressButton = discord.ui.Button[View]


class Closed(Refused):
    """The bot was started without the means to change anything."""

    def __init__(self) -> None:
        super().__init__("This bot only answers; it was started without a database to write to.")


def base_of(app: App) -> KnowledgeBase:
    """Return the open database.

    Raises:
        Closed: there is none.
    """
    if app.base is None:
        raise Closed
    return app.base


def curation_of(app: App) -> Curation:
    """Return what checks and writes changes.

    Raises:
        Closed: there is no database to write to.
    """
    return base_of(app).curation


def label(field: str) -> str:
    """Name a field of a record as a person does."""
    first = field.partition(".")[0].partition("[")[0]
    return LABELS.get(first) or clip(first.replace("_", " ").capitalize(), 40) or "Record"


def problem_lines(problems: Iterable[FieldProblem]) -> list[str]:
    """Write each problem on a line, as many as a phone shows."""
    listed = list(dict.fromkeys(problems))
    lines = [_problem(problem) for problem in listed[:_PROBLEMS_SHOWN]]
    more = len(listed) - len(lines)
    return [*lines, f"-# and {more:,} more"] if more > 0 else lines


def _problem(problem: FieldProblem) -> str:
    where = f" ({code(problem.record)})" if problem.record else ""
    return f"- **{plain(label(problem.field), 60)}**{where}: {plain(problem.reason, 300)}"


def refused(error: Exception) -> Reply:
    """Make the private reply to what a person may not do, got wrong, or cannot do now."""
    if isinstance(error, Invalid):
        text = "\n".join(["**Nothing was saved.**", *problem_lines(error.problems)])
        return note(text, outcome=Outcome.REFUSED)
    if isinstance(error, Conflict):
        text = (
            f"**Nothing was saved.** {code(error.yours.id)} was changed again since, in revision "
            f"{error.revision}. `/claim history` shows it; `/claim edit` changes it."
        )
        return note(text, outcome=Outcome.REFUSED)
    return refusal(error if isinstance(error, ValueError) else ValueError(str(error)))


def code(key: str) -> str:
    """Write an id so that it can be copied."""
    return f"`{clip(key, 80).replace('`', '')}`"


async def respond(interaction: Interaction, make: Callable[[], Awaitable[Reply]]) -> None:
    """Send what `make` returns, or tell the person alone why there is nothing."""
    begin(interaction)
    try:
        reply = await make()
    except _FAMILIAR as error:
        reply = refused(error)
    await send(interaction, reply)


async def refused_familiar(interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
    """Do something that answers by itself; what a person got wrong is told to that person."""
    begin(interaction)
    try:
        await work()
    except _FAMILIAR as error:
        await tell(interaction, refused(error))


async def guarded(interaction: Interaction, work: Callable[[], Awaitable[None]]) -> None:
    """Do what a button or a form asks for; whatever fails, the person is told."""
    try:
        await refused_familiar(interaction, work)
    except Exception as error:  # noqa: BLE001
        await report(interaction, error)


async def wait(interaction: Interaction) -> None:
    """Tell Discord that the answer to a command takes its time; only the person sees it."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)


async def revise(interaction: Interaction, reply: Reply) -> None:
    """Put a reply in the place of the message whose button was pressed."""
    view = view_of(reply.buttons)
    if interaction.response.is_done():
        await interaction.edit_original_response(embed=reply.embed, view=view)
    else:
        await interaction.response.edit_message(embed=reply.embed, view=view)
    begin(interaction).outcome = reply.outcome


def view_of(buttons: Sequence[Button]) -> discord.ui.View | None:
    """Make a view of buttons that outlive a restart."""
    if not buttons:
        return None
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    # The client knows the buttons for good; a view that goes on would be kept with each message.
    view.stop()
    return view


class ActionButton(discord.ui.DynamicItem[PressButton], template=r"(?!)"):
    """A button that does something. Who presses it is checked when it is pressed, every time.

    A subclass brings the template and `pressed`.
    """

    def __init__(
        self,
        custom_id: str,
        text: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        shown = clip(text, 80) or _NAMELESS
        super().__init__(discord.ui.Button(label=shown, custom_id=custom_id, style=style))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Make the button anew from what Discord sends of it."""
        return cls(match.string, getattr(item, "label", None) or _NAMELESS)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, or tell the person alone why it cannot be done."""
        found = self.template.fullmatch(self.custom_id)
        if found is not None:
            await guarded(interaction, lambda: self.pressed(interaction, found))

    @abstractmethod
    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Do what the custom id stands for."""
