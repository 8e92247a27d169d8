"""Who may: what a person is allowed to do, as Discord tells it anew with each interaction."""

from collections.abc import Iterable, Sequence
from typing import Literal

import discord
from discord import app_commands

from commands.chat.app import App, Interaction, Rights
from commands.chat.places import settings_of
from commands.text import plain, say
from knowledge.curation import Actor, NotAllowed

FOR_CURATORS = discord.Permissions(manage_messages=True)
"""Who is shown the commands for curators, unless a server's integrations say otherwise: Discord
knows a default by permission alone. It grants nothing."""
ONLY_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
ONLY_MEMBERS = app_commands.AppInstallationType(guild=True, user=False)
Which = Literal["curator", "contributor"]
Wanted = str | tuple[int, ...]
"""The name or id of a role as the person who runs the bot gave it, or the ids that a server set."""


def actor_of(interaction: Interaction) -> Actor:
    """Return what the person behind an interaction may do where it was made."""
    user, guild = interaction.user, interaction.guild_id
    if guild is None or not isinstance(user, discord.Member):
        return Actor(name=user.display_name, id=str(user.id))
    rights: Rights = interaction.client.rights
    curates = manages(interaction) or _bears(interaction, user, role_wanted(interaction, "curator"))
    return Actor(
        name=user.display_name,
        id=str(user.id),
        workspace=str(guild),
        can_curate=curates,
        can_propose=curates or _bears(interaction, user, role_wanted(interaction, "contributor")),
        curates_base=curates and guild in rights.base_servers,
    )


def curator(interaction: Interaction) -> Actor:
    """Return the person behind an interaction, who has to be a curator there.

    Raises:
        NotAllowed: they are not.
    """
    actor = actor_of(interaction)
    if actor.workspace is None:
        raise NotAllowed(_not_in_private())
    if not actor.can_curate:
        who = _named(interaction, "curator")
        raise NotAllowed(say("Only curators can do that: members with {who}.", who=who))
    return actor


def _not_in_private() -> str:
    return say(
        "In a direct message nothing is added or changed: every server keeps its own claims. "
        "Use this command in your server."
    )


def proposer(interaction: Interaction) -> Actor:
    """Return the person behind an interaction, who has to be a curator or a contributor there.

    Raises:
        NotAllowed: they are neither.
    """
    actor = actor_of(interaction)
    if actor.workspace is None:
        raise NotAllowed(_not_in_private())
    if not (actor.can_curate or actor.can_propose):
        who = _named(interaction, "curator", "contributor")
        raise NotAllowed(
            say("Only curators and contributors can do that: members with {who}.", who=who)
        )
    return actor


def manager(interaction: Interaction) -> Actor:
    """Return the person behind an interaction, who has to manage the server.

    Raises:
        NotAllowed: they do not, or the bot is no member there, or this is a direct message.
    """
    actor = actor_of(interaction)
    if actor.workspace is None or _server(interaction) is None:
        raise NotAllowed(
            say("Settings belong to a server. Use this in a server that I am a member of.")
        )
    if not manages(interaction):
        raise NotAllowed(say("Only members with the permission Manage Server can do that."))
    return actor


def manages(interaction: Interaction) -> bool:
    """Whether a person manages the server where they are."""
    return interaction.permissions.manage_guild or interaction.permissions.administrator


def _server(interaction: Interaction) -> discord.Guild | None:
    """Return the server that a person is in, where the bot is a member of it too."""
    where = interaction.guild_id
    return None if where is None else interaction.client.get_guild(where)


# ------------------------------------------------------------------ who


def role_wanted(interaction: Interaction, which: Which) -> Wanted:
    """Return the roles that make a curator, or a contributor, where a person is.

    A role that merely has the name counts only where a server has set none at all.
    """
    rights: Rights = interaction.client.rights
    settings = settings_of(interaction.client, interaction.guild_id)
    if which == "curator":
        own, usual = settings.curator_roles, rights.curator_role
    else:
        own, usual = settings.contributor_roles, rights.contributor_role
    return own or () if settings.names_roles else usual


def _named(interaction: Interaction, *which: Which) -> str:
    """Name the roles, and the permission, that make somebody one of these."""
    wanted = [role_wanted(interaction, one) for one in which]
    names = list(dict.fromkeys(name for one in wanted for name in _names(interaction, one)))
    if not names:
        return say("the permission Manage Server")
    return say("the role {roles}, or with the permission Manage Server", roles=", ".join(names))


def named_roles(interaction: Interaction, which: Which) -> list[str]:
    """Name the roles that make a curator, or a contributor, as safe markdown."""
    return list(_names(interaction, role_wanted(interaction, which)))


def _names(interaction: Interaction, wanted: Wanted) -> Iterable[str]:
    if isinstance(wanted, str):
        return [f"“{wanted}”"] if wanted else []
    server = _server(interaction)
    found = [server.get_role(one) for one in wanted] if server else []
    return [f"“{plain(role.name, 100)}”" for role in found if role is not None]


def _bears(interaction: Interaction, member: discord.Member, wanted: Wanted) -> bool:
    """Whether a member has a role; where the bot itself is no member, nobody's are known."""
    if not wanted or interaction.client.get_guild(member.guild.id) is None:
        return False
    if not isinstance(wanted, str):
        return any(role.id in wanted for role in member.roles)
    name = wanted.casefold()
    return any(role.name.casefold() == name or str(role.id) == wanted for role in member.roles)


# ------------------------------------------------------------------ where


def review_channel(app: App, guild: int | None) -> discord.TextChannel | None:
    """Return the channel of a server where proposals wait; review is on where there is one.

    One that the bot may not write to is none.
    """
    found = chosen_channel(app, guild)
    return found if found is not None and may_post(found) else None


def chosen_channel(app: App, guild: int | None) -> discord.TextChannel | None:
    """Return the channel that was set for proposals, whether or not the bot may write there."""
    server = app.get_guild(guild) if guild is not None else None
    if server is None:
        return None
    own = settings_of(app, guild).review_channel
    if own is not None:
        found = server.get_channel(own)
        return found if isinstance(found, discord.TextChannel) else None
    usual = app.rights.review_channel
    return _of_name(server.text_channels, usual) if usual else None


def _of_name(channels: Sequence[discord.TextChannel], name: str) -> discord.TextChannel | None:
    return next((one for one in channels if name in {one.name, str(one.id)}), None)


def may_post(channel: discord.TextChannel) -> bool:
    """Whether the bot may show a card in a channel."""
    may = channel.permissions_for(channel.guild.me)
    return may.view_channel and may.send_messages and may.embed_links
