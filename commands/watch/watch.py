"""`/watch`: channels that are told when a topic's range or latest estimate moves."""

from typing import Any

import discord
from discord import AppCommandOptionType, ChannelType, app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread

from commands.cards import DESCRIPTION, Card, fitting, snapshot_lines, telling_of, titled
from commands.chat import (
    ONLY_MEMBERS,
    ONLY_SERVERS,
    App,
    Choices,
    Interaction,
    Refused,
    Reply,
    aside,
    base_of,
    choice,
    complete_topic,
    note,
    offered,
    respond,
    saved,
    wait,
)
from commands.text import plain, say
from commands.watch.messenger import Messenger
from knowledge.answers import MOST, Snapshot, snapshot
from knowledge.library import CHOICES
from knowledge.model import Topic
from knowledge.store import Watch, Watches

Chosen = AppCommandChannel | AppCommandThread
Place = discord.abc.GuildChannel | discord.Thread

watch = app_commands.Group(
    name="watch",
    description="Channels that are told when something moves on a topic",
    allowed_contexts=ONLY_SERVERS,
    allowed_installs=ONLY_MEMBERS,
    default_permissions=discord.Permissions(manage_guild=True),
)


def register(app: App) -> None:
    """Add `/watch`, and tell the channels from the login on."""
    app.tree.add_command(watch, override=True)
    if app.base is None:
        return
    messenger = Messenger(app, app.base)
    app.starting.append(messenger.start)
    app.event(messenger.on_guild_channel_delete)
    app.event(messenger.on_raw_thread_delete)
    app.leaving.append(messenger.forget)


class PlaceOption(app_commands.Transformer):
    """A channel that messages can stand in, whether the bot can see it or not."""

    @property
    def type(self) -> AppCommandOptionType:
        """What Discord's picker offers."""
        return AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[ChannelType]:
        """Which channels it offers."""
        return [
            ChannelType.text,
            ChannelType.news,
            ChannelType.public_thread,
            ChannelType.private_thread,
            ChannelType.news_thread,
            ChannelType.voice,
            ChannelType.stage_voice,
        ]

    async def transform(self, _: discord.Interaction[Any], value: Chosen, /) -> Chosen:
        """Take the channel as Discord names it."""
        return value


ChannelOption = app_commands.Transform[Chosen, PlaceOption]


@watch.command(name="add", description="Tell a channel when a topic moves, from now on")
@app_commands.describe(topic="What to watch; /topics lists everything", channel="Default: here")
@app_commands.autocomplete(topic=complete_topic)
async def add(interaction: Interaction, topic: str, channel: ChannelOption | None = None) -> None:
    """Begin to watch a topic."""
    await respond(interaction, lambda: _add(interaction, topic, channel))


@watch.command(name="list", description="What the channels of this server are told of")
async def listing(interaction: Interaction) -> None:
    """List the watches of the server."""
    await respond(interaction, lambda: _list(interaction))


async def complete_watched(interaction: Interaction, current: str) -> Choices:
    """Offer the topics that are watched here, to those who may remove them."""
    app = interaction.client
    guild = interaction.guild_id
    if app.base is None or guild is None or not _manages(interaction):
        return []
    watches, typed = app.base.store.watches, current.casefold()

    def make() -> Choices:
        named = {watch.topic: _title(app, watch.topic) for watch in watches.all(guild)}
        found = [(title, topic) for topic, title in named.items() if typed in title.casefold()]
        return [choice(title, topic) for title, topic in found[:CHOICES]]

    return await offered(interaction, make)


@watch.command(name="remove", description="Tell a channel of a topic no longer")
@app_commands.describe(topic="A topic that is watched here", channel="Default: every channel")
@app_commands.autocomplete(topic=complete_watched)
async def remove(
    interaction: Interaction, topic: str, channel: ChannelOption | None = None
) -> None:
    """Watch a topic no longer."""
    await respond(interaction, lambda: _remove(interaction, topic, channel))


async def _add(interaction: Interaction, topic: str, channel: Chosen | None) -> Reply:
    app, guild = interaction.client, _managed(interaction)
    place = _place(guild, channel.id if channel else interaction.channel_id)
    await wait(interaction)
    subject, revision, told = await aside(interaction, lambda: _standing(app, topic))
    new = Watch(0, guild.id, place.id, subject.id, told.model_dump_json(), revision)
    watches = _watches(app)
    match await saved(lambda: watches.add(new, MOST)):
        case "full":
            raise Refused(
                say(
                    "This server has {most} watches, which is as many as I keep. Take one away "
                    "with /watch remove first.",
                    most=MOST,
                )
            )
        case "there":
            return note(
                say(
                    "<#{id}> is told of **{title}** already.",
                    id=place.id,
                    title=plain(titled(subject), 200),
                )
            )
        case _:
            return _added(titled(subject), place, told)


def _standing(app: App, topic: str) -> tuple[Topic, int, Snapshot]:
    """Return a topic, the revision, and what stands then."""
    library = app.workspace.library
    subject = app.workspace.lookup.topic(topic)
    # Read first: what is written meanwhile counts as a change.
    revision = library.revision
    return subject, revision, snapshot(library, subject.id)


def _added(title: str, place: Place, stands: Snapshot) -> Reply:
    told = say(
        "<#{id}> is told from now on {telling_of}, with what stood before. Now:",
        id=place.id,
        telling_of=telling_of(stands),
    )
    lines = [told, *snapshot_lines(stands)]
    return Reply(Card(plain(title, 200), fitting(lines, DESCRIPTION)), private=True)


async def _list(interaction: Interaction) -> Reply:
    guild = _managed(interaction)
    watches = _watches(interaction.client)
    await wait(interaction)
    found = await saved(lambda: watches.all(guild.id))
    if not found:
        return note(say("No channel of this server is told of anything. `/watch add` begins it."))
    app = interaction.client
    titles = await aside(interaction, lambda: [_title(app, each.topic) for each in found])
    lines = [
        say("- **{title}** in <#{channel}>", title=plain(title, 80), channel=each.channel)
        for title, each in zip(titles, found, strict=True)
    ]
    footer = say("{found} of {most} watches", found=len(found), most=MOST)
    return Reply(
        Card(say("Watched topics"), fitting(lines, DESCRIPTION), footer=footer), private=True
    )


async def _remove(interaction: Interaction, topic: str, channel: Chosen | None) -> Reply:
    app, guild = interaction.client, _managed(interaction)
    watches = _watches(app)
    await wait(interaction)
    theirs = {each.topic for each in await saved(lambda: watches.all(guild.id))}
    named = await aside(
        interaction,
        lambda: topic if topic in theirs else app.workspace.lookup.topic(topic).id,
    )
    where = channel.id if channel else None
    gone = await saved(lambda: watches.remove(guild.id, channel=where, topic=named))
    title = plain(_title(app, named), 200)
    if not gone:
        place = f"<#{where}>" if where else say("No channel of this server")
        told = say("is not told") if where else say("is told")
        return note(
            say(
                "{place} {told} of **{title}**; `/watch list` shows what is watched.",
                place=place,
                told=told,
                title=title,
            )
        )
    places = ", ".join(f"<#{each.channel}>" for each in gone)
    return note(say("No longer told of **{title}**: {places}.", title=title, places=places))


def _managed(interaction: Interaction) -> discord.Guild:
    """Return the server, which the person has to manage.

    Raises:
        Refused: they do not, or the bot is no member of it, or this is a direct message.
    """
    guild = interaction.guild_id and interaction.client.get_guild(interaction.guild_id)
    if not guild:
        raise Refused(
            say("Watches belong to a server. Use this in a server that I am a member of.")
        )
    if not _manages(interaction):
        raise Refused(say("Only members with the permission Manage Server can do that."))
    return guild


def _manages(interaction: Interaction) -> bool:
    return interaction.permissions.manage_guild or interaction.permissions.administrator


def _place(guild: discord.Guild, channel: int | None) -> Place:
    """Return a channel that the bot can write to.

    Raises:
        Refused: it cannot; the message names the permission that it lacks.
    """
    found = guild.get_channel_or_thread(channel) if channel else None
    if found is None:
        raise Refused(say("I cannot see that channel. Give me the permission View Channel there."))
    may = found.permissions_for(guild.me)
    threaded = isinstance(found, discord.Thread)
    writing = may.send_messages_in_threads if threaded else may.send_messages
    needed = {
        say("View Channel"): may.view_channel,
        say("Send Messages in Threads") if threaded else say("Send Messages"): writing,
        say("Embed Links"): may.embed_links,
    }
    lacking = next((name for name, given in needed.items() if not given), None)
    if lacking:
        raise Refused(
            say(
                "I may not write in #{name}: I lack the permission {lacking} there. Give it to "
                "me in the settings of the channel, and try again.",
                name=found.name,
                lacking=lacking,
            )
        )
    return found


def _title(app: App, topic: str) -> str:
    library = app.workspace.library
    return titled(library.topic(topic)) if library.has("topic", topic) else topic


def _watches(app: App) -> Watches:
    return base_of(app).store.watches
