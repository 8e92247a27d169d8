"""Forms, and whatever else is sent that the bot may not know any more: each gets an answer."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

import discord

from commands.cards import DESCRIPTION, fitting
from commands.chat.app import App, Interaction
from commands.chat.kept import Lost, OpenForm, Texts, ThenDo
from commands.chat.running import Outcome, begin
from commands.chat.sending.errors import guarded, tell
from commands.chat.sending.replies import Reply, note
from commands.text import plain, say

_FORM = "m:"
_LONGEST_TEXT = 4000
"""Characters that Discord takes in one text of a form."""
_MOST_TEXTS = 5
"""Texts that Discord takes in a form."""
_MOST_VALUES = 25
"""Lines of a select that Discord lets choose."""
_UPLOAD = discord.ComponentType.file_upload.value


def register(app: App) -> None:
    """Answer forms, and buttons that nothing else answers."""
    app.event(on_interaction)


async def show_form(interaction: Interaction, modal: discord.ui.Modal, sent: ThenDo) -> None:
    """Open a form.

    Discord's library would hold on to it until it is sent, which it may never be, and would say
    nothing where it is not known any more.
    """
    app = interaction.client
    modal.custom_id = _FORM + app.forms.keep(
        OpenForm(interaction.user.id, interaction.guild_id, sent)
    )
    modal.stop()
    await interaction.response.send_modal(modal)


async def on_interaction(interaction: discord.Interaction[Any]) -> None:
    """Take what is sent by a form; say so where a button leads nowhere any more."""
    if interaction.type is discord.InteractionType.modal_submit:
        await guarded(interaction, lambda: _take(interaction))
        return
    pressed = interaction.type is discord.InteractionType.component
    if pressed and interaction.client.button(_custom_id(interaction)) is None:
        begin(interaction)
        await tell(interaction, _unknown())


def _unknown() -> Reply:
    """Tell a person that a button leads nowhere any more."""
    words = say("I do not know this button any more. Run the command again for one that works.")
    return note(words, outcome=Outcome.REFUSED)


async def _take(interaction: Interaction) -> None:
    texts = dict(_texts(interaction.data))
    key, forms = _custom_id(interaction).removeprefix(_FORM), interaction.client.forms
    try:
        form = forms.find(key, interaction)
    except Lost:
        await tell(interaction, _lost(texts))
        return
    await form.sent(interaction, texts)
    forms.drop(key)


def _custom_id(interaction: Interaction) -> str:
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    return str(data.get("custom_id", ""))


def uploaded(interaction: Interaction, name: str) -> discord.Attachment | None:
    """Return the file that was sent in a field of a form, or nothing."""
    data: Mapping[str, Any] = cast("Mapping[str, Any]", interaction.data or {})
    files: Mapping[str, Any] = data.get("resolved", {}).get("attachments", {})
    for control in _controls(data):
        if control.get("custom_id") == name and control.get("type") == _UPLOAD:
            sent = [files[key] for key in control.get("values") or () if key in files]
            # The library offers no other way to what stands in a form that it does not keep.
            state = interaction._state  # noqa: SLF001
            return discord.Attachment(data=sent[0], state=state) if sent else None
    return None


def _texts(found: Any) -> Iterator[tuple[str, str]]:
    """Go through what was typed and chosen in a form: of a select, each value on a line."""
    for control in _controls(found):
        name, kind = str(control.get("custom_id", "")), control.get("type")
        if isinstance(control.get("value"), str):
            yield name, control["value"][:_LONGEST_TEXT]
        elif isinstance(control.get("values"), list) and kind != _UPLOAD:
            chosen = (str(one) for one in control["values"][:_MOST_VALUES])
            yield name, "\n".join(chosen)[:_LONGEST_TEXT]


def _controls(found: Any) -> Iterator[Mapping[str, Any]]:
    """Go through the fields of a form, however deep they lie in its layout."""
    if not isinstance(found, Mapping):
        return
    if "value" in found or "values" in found:
        yield found
    inside = [found.get("component"), *(found.get("components") or ())[:_MOST_TEXTS]]
    for each in inside:
        yield from _controls(each)


def _lost(texts: Texts) -> Reply:
    """Say that a form is not known any more, and give back what was typed."""
    lines = [
        say("**I no longer have this form:** I have restarted since, or you opened many others."),
        say("Nothing was saved. Start again with the command; this is what you had typed:"),
        *(f"> {plain(text, 1000)}" for text in texts.values() if text.strip()),
    ]
    return note(fitting(lines, DESCRIPTION), outcome=Outcome.REFUSED)
