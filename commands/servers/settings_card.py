"""The settings of a server in words: what is set, where it comes from, and what is wrong."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

import discord

from commands.cards import DESCRIPTION, Card, fitting
from commands.chat import FOR_CURATORS, App, Rights, chosen_channel, may_post, settings_of
from commands.text import plain, say
from knowledge.curation import name_of
from knowledge.servers import NO_CHANNEL, ServerSettings, SettingsChange, cleaned

Role = Literal["curator", "contributor"]
NAME_LIMIT = 80
"""Characters of a role, a channel or a person; Discord's have 100 and 32 (chosen by eye)."""


def titles() -> dict[str, str]:
    """Name each setting."""
    return {
        "curator_roles": say("Curators"),
        "contributor_roles": say("Contributors"),
        "review_channel": say("Review channel"),
        "language": say("Language of public answers"),
        "private_answers": say("Answers"),
        "keep_questions": say("Questions asked in vain"),
        "published": say("Pages on the web"),
    }


def settings_card(app: App, server: discord.Guild) -> Card:
    """Show every setting of a server, with where it comes from."""
    settings, lines = settings_of(app, server.id), []
    for name, title in titles().items():
        own = getattr(settings, name)
        value = _usual(name, app, server) if own is None else _WORDS[name](server, own)
        origin = say("default") if own is None else say("set here")
        lines.append(f"**{title}** · {origin}\n{value}")
        if name == "published" and own is not None and app.addresses is not None:
            lines.append(app.addresses.server(str(server.id)).home())
    lines += [f"⚠ {one}" for one in _problems(app, server)]
    lines.append(f"-# {_shown_to(server, settings, app.rights)}")
    return Card(say("Settings of this server"), fitting(lines, DESCRIPTION))


def _shown_to(server: discord.Guild, settings: ServerSettings, rights: Rights) -> str:
    """Say how those who curate get to see the commands: Discord asks a permission, not the bot."""
    blind = [
        role
        for role in _trusted(server, settings, rights)
        if not role.permissions >= FOR_CURATORS and not role.permissions.administrator
    ]
    if blind:
        return say(
            "Discord shows the commands for curators to members with Manage Messages. To show them "
            "to {roles} too, unless you have: Server Settings → Integrations → this bot, and add "
            "the roles to /claim, /topic, /unanswered, /sources and /asserter.",
            roles=", ".join(_role(server, role.id) for role in blind),
        )
    return say(
        "Discord shows the commands for curators to members with Manage Messages; Server Settings "
        "→ Integrations lets others see them."
    )


def _trusted(
    server: discord.Guild, settings: ServerSettings, rights: Rights
) -> Iterator[discord.Role]:
    """Go through the roles that make somebody a curator or a contributor now."""
    chosen = {*(settings.curator_roles or ()), *(settings.contributor_roles or ())}
    usual = {rights.curator_role.casefold(), rights.contributor_role.casefold()}
    for role in server.roles:
        named = role.name.casefold() in usual or str(role.id) in usual
        if role.id in chosen if settings.names_roles else named:
            yield role


def _problems(app: App, server: discord.Guild) -> Iterator[str]:
    """Say what was set and is not there any more, or cannot be used."""
    settings = settings_of(app, server.id)
    set_roles = [*(settings.curator_roles or ()), *(settings.contributor_roles or ())]
    if any(server.get_role(one) is None for one in set_roles):
        yield say("A role that was set here is gone, and lets nobody in. Choose the roles anew.")
    channel = chosen_channel(app, server.id)
    if channel is None and settings.review_channel:
        yield say("The review channel is gone: review is off until you choose another one.")
    elif channel is not None and not may_post(channel):
        yield say(
            "I may not write in {channel}: give me View Channel, Send Messages and Embed Links "
            "there. Review is off until then.",
            channel=channel.mention,
        )


# ------------------------------------------------------------------ values


def _usual(name: str, app: App, server: discord.Guild) -> str:
    """Word what holds where a server has not set something."""
    settings, rights = settings_of(app, server.id), app.rights
    match name:
        case "curator_roles":
            return _and_managers(_usual_role(rights.curator_role, settings))
        case "contributor_roles":
            return _usual_role(rights.contributor_role, settings)
        case "review_channel":
            return _usual_channel(app, server)
        case "language":
            return say("each asker’s own")
        case "private_answers":
            return _private(None, False)
        case _:
            return _no_pages(app) if name == "published" else _kept(None, False)


def _usual_channel(app: App, server: discord.Guild) -> str:
    found = chosen_channel(app, server.id)
    if found is not None:
        return found.mention
    usual = plain(app.rights.review_channel, NAME_LIMIT)
    if not usual:
        return say("none: review is off")
    return say("one named #{name}; there is none, so review is off", name=usual)


def _usual_role(name: str, settings: ServerSettings) -> str:
    if settings.names_roles or not name:
        return say("nobody else")
    return say("members with the role “{name}”", name=plain(name, NAME_LIMIT))


def _curators(server: discord.Guild, roles: Iterable[int]) -> str:
    return _and_managers(_contributors(server, roles))


def _and_managers(roles: str) -> str:
    return f"{roles} · {say('and everybody with Manage Server')}"


def _contributors(server: discord.Guild, roles: Iterable[int]) -> str:
    return ", ".join(_role(server, one) for one in roles) or say("nobody else")


def _role(server: discord.Guild, role: int) -> str:
    found = server.get_role(role)
    if found is None:
        return say("a role that is gone")
    return say("everybody") if found.is_default() else found.mention


def _review(server: discord.Guild, channel: int) -> str:
    if channel == NO_CHANNEL:
        return say("none: review is off")
    found = server.get_channel(channel)
    return found.mention if found else say("a channel that is gone")


def _language(_: object, code: str) -> str:
    return language_name(code)


def _private(_: object, private: bool) -> str:
    if private:
        return say("for the asker alone, unless they ask for everybody")
    return say("for everybody in the channel, unless the asker wants them alone")


def _kept(_: object, keep: bool) -> str:
    if keep:
        return say("kept for the curators of this server; /about says so to everybody")
    return say("not kept")


def _no_pages(app: App) -> str:
    if app.addresses is None:
        return say("none: this bot shows nothing on the web")
    return say("none: nothing of this server is on the web")


def _published(_: object, name: str) -> str:
    return say("anybody may read what is on file here, as “{name}”", name=plain(name, NAME_LIMIT))


def plain_name(server: discord.Guild) -> str:
    """Return the name of a server as its pages carry it; Discord's have 100 characters."""
    return cleaned(server.name, NAME_LIMIT) or str(server.id)


def publishing_card(app: App, server: discord.Guild) -> Card:
    """Say in plain words what becomes public with the pages of a server, and what does not."""
    lines = [
        say("Anybody on the web will be able to read, without Discord:"),
        f"- {say('every claim, source and topic that was added in this server so far, and later')}",
        f"- {say('claims that were superseded or retracted, marked as such')}",
        f"- {say('when each claim was changed, what was changed, and the reason that was given')}",
        f"- {say('the name of this server: {name}', name=plain(plain_name(server), NAME_LIMIT))}",
        say("Never shown: proposals, who added or changed what, questions, reports and settings."),
        say(
            "You can withdraw the pages here at any time; they are gone within a second. What "
            "others have copied meanwhile, and search engines have kept, you cannot take back."
        ),
    ]
    if app.addresses is not None:
        address = app.addresses.server(str(server.id)).home()
        lines.append(say("They will stand at {address}", address=address))
    return Card(say("Publish what is on file in this server?"), "\n".join(lines))


_WORDS: dict[str, Callable[..., str]] = {
    "curator_roles": _curators,
    "contributor_roles": _contributors,
    "review_channel": _review,
    "language": _language,
    "private_answers": _private,
    "keep_questions": _kept,
    "published": _published,
}


def language_name(code: str) -> str:
    """Name a language in its own words."""
    from babel import Locale  # noqa: PLC0415 - no answer needs it

    return str(Locale.parse(code).display_name).capitalize()


# ------------------------------------------------------------------ what moderators read


def history_card(server: discord.Guild, changes: Iterable[SettingsChange]) -> Card:
    """Show who has set what, and when, the newest change first."""
    lines = [line for one in changes for line in _change(server, one)]
    return Card(say("Who has set what"), fitting(lines, DESCRIPTION))


def _change(server: discord.Guild, change: SettingsChange) -> Iterator[str]:
    when = discord.utils.format_dt(change.at, "R")
    yield f"`{change.number}` {when} **{plain(name_of(change.who), NAME_LIMIT)}**"
    for name in change.fields():
        before, after = (
            say("default") if value is None else _WORDS[name](server, value)
            for value in (getattr(change.before, name), getattr(change.after, name))
        )
        yield f"- {titles()[name]}: {before} → {after}"
