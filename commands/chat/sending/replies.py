"""Replies: a card with what one may press, public or private, sent the one way that always works.

An answer is laid out with components, and what is said to one person in passing is an embed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, TypeVar

import discord

from commands import cards
from commands.cards import AnswerDigest, Card, Tone
from commands.chat.app import Interaction
from commands.chat.places import is_private, speak_for
from commands.chat.running import Outcome, aside, begin
from commands.chat.sending.layouts import Control, Controls, laid_out, with_mentions
from commands.chat.sending.problems import code, problem_lines
from commands.chat.sending.refusals import in_words
from commands.text import human, plain, say
from knowledge.charts import Chart
from knowledge.curation import Invalid
from knowledge.library import NotOnFile, SameSide, WindowError
from knowledge.matching.questions import EmptyQuestion
from knowledge.model import Edtf, ForOperators, ForPeople
from knowledge.reading import BadDate, UnclearDate
from knowledge.store import Conflict, StoreError

_log = logging.getLogger(__name__)

_COLOURS = {
    Tone.ANSWER: discord.Colour(0x3B82C4),
    Tone.NOTE: discord.Colour(0x80848E),
    Tone.WARNING: discord.Colour(0xD9822B),
}
_PICTURE = "chart.png"
_ATTACHED = f"attachment://{_PICTURE}"
_SECONDS_WITHOUT_A_WORD = 1.5
"""Discord takes no answer that comes after three; half of them are for the way."""

Result = TypeVar("Result")
Button = discord.ui.DynamicItem[Any]
"""A button, or a menu, that outlives a restart."""


class Refused(ForPeople):
    """What was asked cannot be answered as asked; the message tells the person what to do."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: who else can see it is decided by `private`; `outcome` is for the log.

    `draw` makes the picture of the card, which takes longer than a person should wait without a
    word; `digest` is of what an answer rests on, `link` where it stands on the web. An `answers`
    reply is laid out; `menu` stands under it, and `sharing` is the button that shows it to others
    where it is private.
    """

    card: Card
    buttons: Sequence[Button] = ()
    private: bool = False
    outcome: Outcome = Outcome.ANSWERED
    draw: Callable[[], Chart] | None = None
    digest: AnswerDigest | None = None
    link: str | None = None
    answers: bool = False
    menu: Control | None = None
    sharing: Button | None = None
    empty: str = ""
    """The topic about which nothing is on file yet: who may is offered to add the first claim."""

    @property
    def embed(self) -> discord.Embed:
        """The card as an embed."""
        return embed_of(self.card)


def embed_of(card: Card) -> discord.Embed:
    """Write a card as an embed."""
    titled, card = card.title, with_mentions(card)
    embed = discord.Embed(
        # A title shows no mention.
        title=titled or None,
        description=card.description or None,
        colour=_COLOURS[card.tone],
    )
    for field in card.fields:
        embed.add_field(name=field.name, value=field.value, inline=field.inline)
    if card.footer:
        embed.set_footer(text=card.footer)
    if card.author:
        embed.set_author(name=card.author)
    return embed


def note(text: str, buttons: Sequence[Button] = (), outcome: Outcome = Outcome.ANSWERED) -> Reply:
    """Make a private reply of a few words; `text` is markdown and already safe."""
    return Reply(cards.note(text), buttons, private=True, outcome=outcome)


def silence(card: Card, buttons: Sequence[Button] = (), *, empty: str = "") -> Reply:
    """Make the private reply where nothing is on file; `empty` is a topic without any claim."""
    return Reply(card, buttons, private=True, outcome=Outcome.SILENT, empty=empty)


def refusal(error: ForPeople, buttons: Sequence[Button] = ()) -> Reply:
    """Make the private reply to what a person may not do, got wrong, or cannot do now.

    Raises:
        ForOperators: the error is none that the chat may show.
    """
    match error:
        case StoreError() if error.reason:
            _log.warning("An answer has to wait: %s", error)
            text = say(
                "This cannot be looked up now: the database {reason}. Please try again in a "
                "moment.",
                reason=plain(error.reason, 300),
            )
        case ForOperators():
            raise error
        case Invalid():
            text = "\n".join([say("**Nothing was saved.**"), *problem_lines(error.problems)])
        case Conflict():
            text = say(
                "**Nothing was saved.** {code} was changed again since, in revision {revision}. "
                "`/claim history` shows it; `/claim edit` changes it.",
                code=code(error.yours.id),
                revision=error.revision,
            )
        case _:
            text = plain(_in_words(error), 1000)
    return note(text, buttons, Outcome.REFUSED)


def _in_words(error: ForPeople) -> str:
    """Return the message of an error, translated where its kind is known."""
    match error:
        case NotOnFile():
            return _not_on_file(error)
        case BadDate():
            return _bad_date(error)
        case WindowError():
            return say(
                "“since” ({since}) is after “until” ({until}). Swap them, or leave one out.",
                since=error.since,
                until=error.until,
            )
        case EmptyQuestion():
            return say("The question is empty. Ask something such as “how many … since 2024?”")
        case SameSide():
            return say(
                "“{one}” and “{other}” are the same on file. Name somebody else.",
                one=error.one,
                other=error.other,
            )
    return in_words(str(error))


def _bad_date(error: BadDate) -> str:
    if isinstance(error, UnclearDate):
        first, second = (human(Edtf.of_day(day)) for day in error.days)
        return say(
            "“{typed}” may be {first} or {second}. Write {one} or {other}.",
            typed=error.digits,
            first=first,
            second=second,
            one=error.days[0],
            other=error.days[1],
        )
    if error.typed is None:
        return in_words(str(error))
    return say(
        "“{typed}” is not a date that I can read. Write it like {examples}.",
        typed=error.typed,
        examples=say("2024-02, 2024-02-23, Feb 2024, 23 Feb 2024, 2024, last month, summer 2024"),
    )


def _not_on_file(error: NotOnFile) -> str:
    match error.kind:
        case "topic":
            missing = say("There is no topic “{name}” on file.", name=error.what)
        case "asserter":
            missing = say("There is no asserter “{name}” on file.", name=error.what)
        case _:
            return in_words(str(error))
    if error.offer:
        return f"{missing} {say('The nearest: {names}.', names=error.offer)}"
    listed = (
        say("/topics lists what is on file.")
        if error.kind == "topic"
        else say("While you type a name, those on file are offered.")
    )
    return f"{missing} {listed}"


async def answer(
    interaction: Interaction, make: Callable[[], Reply], *, private: bool | None = None
) -> None:
    """Send what `make` returns; what a person got wrong is told to that person alone.

    `make` runs beside the event loop. Where it takes its time, Discord shows meanwhile that the
    bot is thinking, `private` to the person alone; what they leave open is as the server has set.
    Each error that a person can cause says in its message what was wrong and what to do.
    """
    begin(interaction)
    hidden = is_private(interaction, private)
    reply = await _worded(interaction, make, lambda: think(interaction, hidden), hidden)
    await send(interaction, replace(reply, private=True) if hidden else reply)


async def turn(interaction: Interaction, make: Callable[[], Reply]) -> None:
    """Replace the message whose button was pressed by what `make` returns."""
    begin(interaction)
    message = interaction.message
    hidden = message is not None and message.flags.ephemeral
    reply = await _worded(interaction, make, interaction.response.defer, hidden)
    if reply.outcome is Outcome.ANSWERED:
        await revise(interaction, reply)
    else:
        await send(interaction, reply)


async def _worded(
    interaction: Interaction,
    make: Callable[[], Reply],
    wait: Callable[[], Awaitable[object]],
    hidden: bool,
) -> Reply:
    """Word a reply in the language of its readers: `make` may run anew for the person alone."""
    foreign = speak_for(interaction, private=hidden)
    reply = await _made(interaction, make, wait)
    if reply.private and foreign:
        speak_for(interaction, private=True)
        return await _made(interaction, make, wait)
    return reply


async def _made(
    interaction: Interaction, make: Callable[[], Reply], wait: Callable[[], Awaitable[object]]
) -> Reply:
    try:
        return await unhurried(interaction, make, wait)
    except ForPeople as error:
        return refusal(error)


async def unhurried(
    interaction: Interaction, work: Callable[[], Result], wait: Callable[[], Awaitable[object]]
) -> Result:
    """Do some work aside, and call `wait` where that takes so long that Discord has to know."""
    working = asyncio.ensure_future(aside(interaction, work))
    try:
        done, _ = await asyncio.wait({working}, timeout=_SECONDS_WITHOUT_A_WORD)
        if not done and not interaction.response.is_done():
            await wait()
        return await working
    finally:
        working.cancel()


async def think(interaction: Interaction, private: bool) -> None:
    """Let Discord show that the answer takes its time."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=private, thinking=True)
        begin(interaction).waits_in_private = private


async def send(interaction: Interaction, reply: Reply) -> None:
    """Send a reply, as a follow-up where the interaction has been answered already."""
    chart: Chart | None = None
    if reply.draw:
        await think(interaction, reply.private)
        chart = await aside(interaction, reply.draw)
    options: dict[str, Any] = {**_shown(interaction, reply, chart), "ephemeral": reply.private}
    if chart is not None:
        options["file"] = discord.File(BytesIO(chart.data), _PICTURE, description=chart.alt)
    if options["view"] is None:
        del options["view"]
    if interaction.response.is_done():
        await _withdraw_sign(interaction, reply)
        await interaction.followup.send(**options)
    else:
        await interaction.response.send_message(**options)
    begin(interaction).outcome = reply.outcome


def _shown(interaction: Interaction, reply: Reply, chart: Chart | None) -> dict[str, Any]:
    """Return what a message shows of a reply: a view alone, or an embed and its view."""
    if not reply.answers:
        embed = reply.embed
        if chart is not None:
            embed.set_image(url=_ATTACHED)
        adding = reply.empty and interaction.client.to_add
        add = adding(interaction, reply.empty) if adding else None
        return {
            "embed": embed,
            "view": view_of([*reply.buttons, *([add] if add else [])], reply.link),
        }
    buttons: list[Button] = list(reply.buttons)
    if reply.private and reply.sharing:
        buttons.append(reply.sharing)
    under = (make(interaction, private=reply.private) for make in interaction.client.under_answers)
    buttons += [button for button in under if button]
    card = reply.card
    if reply.buttons and not (reply.menu or reply.private):
        told = say("Only you see what you open here.")
        card = replace(card, footer=" · ".join(filter(None, (card.footer, told))))
    controls = Controls(reply.menu, buttons, reply.link)
    return {"view": laid_out(card, _COLOURS[card.tone], controls, _gallery(chart))}


def _gallery(chart: Chart | None) -> discord.ui.MediaGallery[Any] | None:
    """Show a picture as wide as the message is; its alt text stands with it, too."""
    if chart is None:
        return None
    return discord.ui.MediaGallery(discord.MediaGalleryItem(_ATTACHED, description=chart.alt))


async def _withdraw_sign(interaction: Interaction, reply: Reply) -> None:
    """Take the sign of thinking away where it was shown to others than the reply is for.

    What follows such a sign is seen by whom the sign was shown to, whatever is asked for.
    """
    request = begin(interaction)
    shown, request.waits_in_private = request.waits_in_private, None
    if shown is not None and shown is not reply.private:
        await interaction.delete_original_response()


def view_of(buttons: Sequence[Button], link: str | None = None) -> discord.ui.View | None:
    """Make a view of buttons that outlive a restart, with one that opens an address."""
    if not buttons and not link:
        return None
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    if link:
        view.add_item(discord.ui.Button(label=say("Open"), url=link))
    # The client knows the buttons for good; a view that goes on would be kept with each message.
    view.stop()
    return view


async def revise(interaction: Interaction, reply: Reply) -> None:
    """Put a reply in the place of the message whose button was pressed."""
    options = _shown(interaction, reply, None)
    if reply.answers:
        options["attachments"] = []
        if interaction.message is not None and interaction.message.embeds:
            # A message takes components of this kind only when it has nothing else.
            options["embeds"] = []
    if interaction.response.is_done():
        await interaction.edit_original_response(**options)
    else:
        await interaction.response.edit_message(**options)
    begin(interaction).outcome = reply.outcome


async def wait(interaction: Interaction) -> None:
    """Tell Discord that the answer to a command takes its time; only the person sees it."""
    await think(interaction, private=True)
