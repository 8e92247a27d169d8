"""`/settings`: what the moderators of a server decide, on one screen and without typing."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands

from commands.chat import (
    ONLY_MEMBERS,
    ONLY_SERVERS,
    App,
    Button,
    Interaction,
    LastingButton,
    LastingMenu,
    Reply,
    base_of,
    manager,
    note,
    respond,
    revise,
    saved,
    settings_of,
    tell,
)
from commands.servers.settings_card import (
    history_card,
    language_name,
    plain_name,
    publishing_card,
    settings_card,
    titles,
)
from commands.text import clip, say
from knowledge.curation import Actor, Unsaved, name_of
from knowledge.language import SPOKEN
from knowledge.servers import NO_CHANNEL, ServerSettings, Settings, SettingsChange

_log = logging.getLogger(__name__)

_MOST_ROLES = 10
"""Roles of one kind that may be chosen (chosen by eye; Discord takes 25)."""
_OWN = "own"
"""Stands for each asker's own language."""
_LISTED = 12
"""Changes that the history shows, on a screen and a half of a phone (chosen by eye)."""
_LABEL = 100
"""Characters that Discord takes as what stands on an entry of a menu."""

Alter = Callable[[ServerSettings], ServerSettings]


def register(app: App) -> None:
    """Add `/settings` and what its screen is made of."""
    app.tree.add_command(settings, override=True)
    app.add_dynamic_items(SettingsMenu, SettingsButton)
    if app.base is not None:
        app.leaving.append(partial(_left, app.base.settings))


@app_commands.command(description="Who curates here, where proposals wait, how answers are given")
@app_commands.default_permissions(manage_guild=True)
async def settings(interaction: Interaction) -> None:
    """Show the settings of the server, to be changed."""

    async def make() -> Reply:
        manager(interaction)
        base_of(interaction.client)
        return settings_reply(interaction)

    await respond(interaction, make)


settings.allowed_contexts = ONLY_SERVERS
settings.allowed_installs = ONLY_MEMBERS


# ------------------------------------------------------------------ the screens


def settings_reply(interaction: Interaction) -> Reply:
    """Return the screen with everything that is set, for one person alone."""
    server, app = _server(interaction), interaction.client
    found = settings_of(app, server.id)
    card = settings_card(app, server)
    buttons = _buttons(found, pages=app.addresses is not None)
    return Reply(card, [*_menus(server, found), *buttons], private=True)


def _menus(server: discord.Guild, found: ServerSettings) -> Iterator[Button]:
    roles = {
        "curator_roles": (say("Curators: choose roles"), found.curator_roles),
        "contributor_roles": (say("Contributors: choose roles"), found.contributor_roles),
    }
    for name, (placeholder, chosen) in roles.items():
        there = [role for role in map(server.get_role, chosen or ()) if role is not None]
        yield SettingsMenu(
            discord.ui.RoleSelect(
                custom_id=f"set:{name}",
                placeholder=placeholder,
                min_values=0,
                max_values=_MOST_ROLES,
                default_values=there[:_MOST_ROLES],
            )
        )
    channel = server.get_channel(found.review_channel or NO_CHANNEL)
    yield SettingsMenu(
        discord.ui.ChannelSelect(
            custom_id="set:review_channel",
            channel_types=[discord.ChannelType.text],
            placeholder=say("Review channel: choose one, or none"),
            min_values=0,
            default_values=[channel] if isinstance(channel, discord.TextChannel) else [],
        )
    )
    languages = {_OWN: say("Public answers: each asker’s own language")}
    languages |= {
        code: say("Public answers: {language}", language=language_name(code)) for code in SPOKEN
    }
    yield SettingsMenu(
        discord.ui.Select(
            custom_id="set:language",
            placeholder=say("Language of public answers"),
            options=[
                discord.SelectOption(
                    label=clip(label, _LABEL), value=code, default=code == (found.language or _OWN)
                )
                for code, label in languages.items()
            ],
        )
    )


def _buttons(found: ServerSettings, *, pages: bool) -> Iterator[Button]:
    private = say("Answer in public") if found.private_answers else say("Answer in private")
    keep = say("Stop keeping questions") if found.keep_questions else say("Keep questions")
    yield SettingsButton("set:b:private", private)
    yield SettingsButton("set:b:keep", keep)
    if found.published is not None:
        yield SettingsButton("set:b:withdraw", say("Withdraw the pages"))
    elif pages:
        yield SettingsButton("set:b:publish", say("Publish …"))
    yield SettingsButton("set:b:undo", say("Undo"))
    yield SettingsButton("set:b:history", say("History"))


def _history_reply(interaction: Interaction, changes: Sequence[SettingsChange]) -> Reply:
    shown = list(changes)[:_LISTED]
    menu = SettingsMenu(
        discord.ui.Select(
            custom_id="set:undo",
            placeholder=say("Take one of these back"),
            options=[
                discord.SelectOption(label=clip(_label(one), _LABEL), value=str(one.number))
                for one in shown
            ],
        )
    )
    card = history_card(_server(interaction), shown)
    defaults = SettingsButton("set:b:defaults", say("All defaults"), discord.ButtonStyle.danger)
    return Reply(card, [menu, _back(), defaults], private=True)


def _publishing_reply(interaction: Interaction) -> Reply:
    """Say what becomes public, before anything does."""
    sure = SettingsButton("set:b:public", say("Publish it"), discord.ButtonStyle.danger)
    card = publishing_card(interaction.client, _server(interaction))
    return Reply(card, [sure, _back()], private=True)


def _back() -> "SettingsButton":
    return SettingsButton("set:b:show", say("◀ Back"))


def _label(change: SettingsChange) -> str:
    changed = ", ".join(titles()[name] for name in change.fields())
    return f"{change.number}: {changed} ({name_of(change.who)})"


def _server(interaction: Interaction) -> discord.Guild:
    """Return the server, which `manager` has found before."""
    server = interaction.client.get_guild(interaction.guild_id or 0)
    if server is None:
        raise RuntimeError("the server was left meanwhile")
    return server


# ------------------------------------------------------------------ changing


class SettingsMenu(LastingMenu, template=r"set:(?P<what>[a-z_]{4,20})"):
    """Sets what is chosen in a menu."""

    async def chosen(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Set it for who manages the server."""
        what = found["what"]
        actor = manager(interaction)
        await interaction.response.defer()
        values: list[Any] = self.item.values
        if what == "undo":
            await _undo(interaction, actor, int(values[0]))
        else:
            value = _VALUES[what](values)
            await _set(interaction, actor, lambda now: now.model_copy(update={what: value}))
        await revise(interaction, settings_reply(interaction))


def _ids(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(sorted(value.id for value in values))


def _channel(values: Sequence[Any]) -> int:
    return values[0].id if values else NO_CHANNEL


def _language(values: Sequence[Any]) -> str | None:
    return values[0] if values and values[0] in SPOKEN else None


_VALUES: dict[str, Callable[[Sequence[Any]], object]] = {
    "curator_roles": _ids,
    "contributor_roles": _ids,
    "review_channel": _channel,
    "language": _language,
}


class SettingsButton(LastingButton, template=r"set:b:(?P<what>[a-z]{4,10})"):
    """Turns a setting over, takes a change back, or shows another screen."""

    async def pressed(self, interaction: Interaction, found: re.Match[str]) -> None:
        """Do it, and show how things stand then in the place of the message."""
        actor = manager(interaction)
        await interaction.response.defer()
        if found["what"] in {"history", "undo"}:
            changes = await _changes(interaction, actor)
            if not changes:
                await tell(interaction, note(say("Nothing has been set here yet.")))
                return
            if found["what"] == "history":
                await revise(interaction, _history_reply(interaction, changes))
                return
            await _undo(interaction, actor, changes[0].number)
        elif found["what"] == "publish":
            await revise(interaction, _publishing_reply(interaction))
            return
        elif found["what"] == "public":
            name = plain_name(_server(interaction))
            await _set(interaction, actor, lambda now: now.model_copy(update={"published": name}))
        elif alter := _ALTERING.get(found["what"]):
            await _set(interaction, actor, alter)
        await revise(interaction, settings_reply(interaction))


def _turn_private(now: ServerSettings) -> ServerSettings:
    return now.model_copy(update={"private_answers": not now.private_answers})


def _turn_keep(now: ServerSettings) -> ServerSettings:
    return now.model_copy(update={"keep_questions": not now.keep_questions})


def _withdraw(now: ServerSettings) -> ServerSettings:
    return now.model_copy(update={"published": None})


async def _left(kept: Settings, server: discord.Guild) -> None:
    """Withdraw the pages of a server that the bot has left: nobody there could do so any more."""
    place = str(server.id)
    if kept.of(place).published is None:
        return
    try:
        await saved(lambda: kept.change(place, "Claimbot", _withdraw, "the bot left the server"))
    except Unsaved:
        _log.exception("The pages of server %s, which the bot has left, stay public", place)


def _defaults(_: ServerSettings) -> ServerSettings:
    return ServerSettings()


_ALTERING: dict[str, Alter] = {
    "private": _turn_private,
    "keep": _turn_keep,
    "withdraw": _withdraw,
    "defaults": _defaults,
}


async def _set(interaction: Interaction, actor: Actor, alter: Alter) -> None:
    kept = base_of(interaction.client).settings
    await saved(lambda: kept.change(actor.workspace or "", actor.signature, alter))


async def _undo(interaction: Interaction, actor: Actor, number: int) -> None:
    kept = base_of(interaction.client).settings
    await saved(lambda: kept.undo(actor.workspace or "", actor.signature, number))


async def _changes(interaction: Interaction, actor: Actor) -> list[SettingsChange]:
    kept = base_of(interaction.client).settings
    return await saved(lambda: kept.history(actor.workspace or ""))
