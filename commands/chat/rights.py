"""Who may: what a person is allowed to do, as Discord tells it anew with each interaction."""

from dataclasses import dataclass
from typing import Any

import discord

from knowledge.curation import Actor, NotAllowed

Interaction = discord.Interaction[Any]

_NOT_IN_PRIVATE = (
    "In a direct message nothing is added or changed: every server keeps its own claims. "
    "Use this command in your server."
)


@dataclass(frozen=True, slots=True)
class Rights:
    """Whom the person who runs the bot trusts: roles and channels go by name or by id."""

    curator_role: str = "curator"
    contributor_role: str = "contributor"
    review_channel: str = "claim-review"
    base_servers: frozenset[int] = frozenset()
    """Servers whose curators change the shared base."""


def actor_of(interaction: Interaction) -> Actor:
    """Return what the person behind an interaction may do where it was made."""
    user, guild = interaction.user, interaction.guild_id
    if guild is None or not isinstance(user, discord.Member):
        return Actor(name=user.display_name, id=str(user.id))
    rights: Rights = interaction.client.rights
    manages = interaction.permissions.manage_guild or interaction.permissions.administrator
    curates = manages or _bears(interaction, user, rights.curator_role)
    return Actor(
        name=user.display_name,
        id=str(user.id),
        workspace=str(guild),
        can_curate=curates,
        can_propose=curates or _bears(interaction, user, rights.contributor_role),
        curates_base=curates and guild in rights.base_servers,
    )


def curator(interaction: Interaction) -> Actor:
    """Return the person behind an interaction, who has to be a curator there.

    Raises:
        NotAllowed: they are not.
    """
    actor = actor_of(interaction)
    if actor.workspace is None:
        raise NotAllowed(_NOT_IN_PRIVATE)
    if not actor.can_curate:
        raise NotAllowed(
            f"Only curators can do that: members with the role {_curators(interaction)}, "
            "or with the permission Manage Server."
        )
    return actor


def proposer(interaction: Interaction) -> Actor:
    """Return the person behind an interaction, who has to be a curator or a contributor there.

    Raises:
        NotAllowed: they are neither.
    """
    actor = actor_of(interaction)
    if actor.workspace is None:
        raise NotAllowed(_NOT_IN_PRIVATE)
    if not (actor.can_curate or actor.can_propose):
        contributors = interaction.client.rights.contributor_role
        raise NotAllowed(
            f"Only curators and contributors can do that: members with the role "
            f"{_curators(interaction)} or “{contributors}”, or with the permission Manage Server."
        )
    return actor


def _curators(interaction: Interaction) -> str:
    return f"“{interaction.client.rights.curator_role}”"


def _bears(interaction: Interaction, member: discord.Member, wanted: str) -> bool:
    """Whether a member has a role; where the bot itself is no member, nobody's are known."""
    if not wanted or interaction.client.get_guild(member.guild.id) is None:
        return False
    name = wanted.casefold()
    return any(role.name.casefold() == name or str(role.id) == wanted for role in member.roles)


def review_channel(
    client: discord.Client, rights: Rights, guild: int | None
) -> discord.TextChannel | None:
    """Return the channel of a server where proposals wait; review is on where there is one.

    One that the bot may not write to is none.
    """
    server = client.get_guild(guild) if guild is not None else None
    if server is None or not rights.review_channel:
        return None
    for channel in server.text_channels:
        if rights.review_channel in {channel.name, str(channel.id)}:
            may = channel.permissions_for(server.me)
            return channel if may.view_channel and may.send_messages and may.embed_links else None
    return None
