"""“Report an error”: the button under an answer, its form, and what the reporter is told."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord

from commands.chat import (
    App,
    Button,
    Interaction,
    LastingButton,
    Refused,
    Texts,
    base_of,
    note,
    saved,
    send,
    show_form,
    speak_for,
    wait,
)
from commands.reports.deciding import Arrived, deliver, place_of_report
from commands.reports.words import is_address
from commands.text import plain, say
from knowledge.curation import Actor
from knowledge.records import is_blank
from knowledge.servers import (
    LONGEST,
    LONGEST_ADDRESS,
    ErrorReport,
    TooManyReports,
    cleaned,
    excerpt,
)

_WRONG, _SOURCE = "wrong", "source"


def register(app: App) -> None:
    """Answer the button."""
    app.add_dynamic_items(ReportButton)


def error_button(app: App, about: str, revision: int) -> Iterator[Button]:
    """Make the button under an answer, wherever its layout wants it; none without a database.

    `about` is the id of the topic or the claim; an answer about several has none.
    """
    if app.base is not None:
        label = say("Report an error")
        exact = ReportButton.fitting(f"e:{revision}:{about}", label)
        yield from exact or [ReportButton(f"e:{revision}:", label)]


def missing_button(app: App, revision: int) -> Iterator[Button]:
    """Make the button where nothing was found: it tells the curators what is missing."""
    if app.base is not None:
        yield ReportButton(f"em:{revision}:", say("Tell the curators"))


class ReportButton(
    LastingButton, template=r"e(?P<missing>m?):(?P<revision>\d{1,12}):(?P<about>.*)"
):
    """Asks what is wrong with the answer that it stands under, or what is missing there."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Open the form, unless this person has reported too much lately."""
        reports, place = base_of(interaction.client).reports, place_of_report(interaction)
        person, now = str(interaction.user.id), interaction.created_at
        try:
            await saved(lambda: reports.admit(place, person, now))
        except TooManyReports as often:
            raise _too_many(often) from often
        answer = interaction.message
        about, revision = found["about"], int(found["revision"])

        async def sent(answered: Interaction, texts: Texts) -> None:
            await _file(answered, texts, about, revision, answer)

        await show_form(interaction, _form(missing=bool(found["missing"])), sent)


def _form(*, missing: bool) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=say("Tell the curators") if missing else say("Report an error"))
    wrong: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=_WRONG, max_length=LONGEST, style=discord.TextStyle.paragraph
    )
    source: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        custom_id=_SOURCE, max_length=LONGEST_ADDRESS, required=False
    )
    told = say("It goes to those who look after what is on file here, with your name")
    address = say("Its web address, if you have one")
    asked = say("What is missing?") if missing else say("What is wrong?")
    modal.add_item(discord.ui.Label(text=asked, description=told, component=wrong))
    modal.add_item(
        discord.ui.Label(text=say("A better source"), description=address, component=source)
    )
    return modal


async def _file(
    interaction: Interaction,
    texts: Texts,
    about: str,
    revision: int,
    answer: discord.Message | None,
) -> None:
    """Keep what was typed, send it on, and say to whom."""
    wrong = cleaned(texts.get(_WRONG, ""), LONGEST)
    source = cleaned(texts.get(_SOURCE, ""), LONGEST_ADDRESS)
    _check(wrong, source)
    await wait(interaction)
    app, user = interaction.client, interaction.user
    public = answer is not None and not answer.flags.ephemeral
    report = ErrorReport(
        person=str(user.id),
        name=cleaned(user.display_name, 80),
        locale=interaction.locale.value,
        at=interaction.created_at,
        wrong=wrong,
        source=source,
        about=about,
        shown=excerpt(shown_text(answer)) if answer else "",
        link=answer.jump_url if answer and public and interaction.guild_id else "",
        revision=revision,
    )
    place, who = place_of_report(interaction), Actor(user.display_name, str(user.id)).signature
    reports = base_of(app).reports
    try:
        filed = await saved(lambda: reports.file(place, who, report))
    except TooManyReports as often:
        raise _too_many(often) from often
    arrived = await deliver(app, filed)
    speak_for(interaction, private=True)
    await send(interaction, note(_thanks(arrived, place)))


def _check(wrong: str, source: str) -> None:
    """Make sure that a report can be used; what was typed is given back where it cannot.

    Raises:
        Refused: nothing is said, or the address is none.
    """
    if is_blank(wrong):
        raise Refused(say("Nothing was sent: say in a few words what is wrong."))
    if source and not is_address(source):
        raise Refused(
            say(
                "Nothing was sent: “{address}” is no web address. Write one that begins with "
                "https://, or leave it out. You had typed: {wrong}",
                address=source[:80],
                wrong=wrong,
            )
        )


def _too_many(often: TooManyReports) -> Refused:
    return Refused(
        say(
            "You have reported several errors within an hour. Try again in {minutes} minutes.",
            minutes=often.minutes,
        )
    )


def _thanks(arrived: Arrived, place: str | None) -> str:
    match arrived:
        case Arrived.CURATORS:
            whom = say("Thank you. Your report is with the curators of this server.")
        case Arrived.OWNER:
            whom = say(
                "Thank you. This server has no channel for reports, so yours is with its owner."
            )
        case Arrived.OPERATOR:
            whom = say("Thank you. Your report is with whoever runs this bot.")
        case Arrived.NOBODY if place is None:
            whom = say("Your report is kept for whoever runs this bot; they take no messages now.")
        case _:
            whom = say(
                "Your report is kept, but nobody could be told of it: no channel is set for "
                "reports here, and no owner takes my messages. Curators find it under "
                "/claim errors."
            )
    news = say("You hear by direct message what becomes of it; /mine shows it too.")
    return f"{plain(whom, 500)}\n-# {news}"


def shown_text(message: discord.Message) -> str:
    """Return what an answer says, whether it is a card or a layout of texts."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or ""]
    return "\n".join(part for part in [*parts, *_texts(message.components)] if part)


def _texts(components: Iterable[Any]) -> Iterator[str]:
    for one in components:
        if isinstance(one, discord.TextDisplay):
            yield one.content
        yield from _texts(getattr(one, "children", ()))
