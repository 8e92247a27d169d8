"""The simulated Discord behind the sandbox; every use of simcord stands here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2s
from itertools import islice
from pathlib import Path
from typing import Any

import discord
import simcord
from discord import AppCommandOptionType as Kind
from discord import AppCommandType, ComponentType
from simcord.backend.models import Message as StoredMessage
from simcord.env import Env

from bot.markdown import Names
from bot.sandbox import chat
from bot.sandbox.parser import Call
from bot.sandbox.spec import NO_PATH, Command, Option, OptionValue, Refused, leaves, quoted, why
from commands.chat import FOR_CURATORS

SETTLE_SECONDS = 30.0
"""How long one command may work before the chat shows what there is so far (chosen by eye)."""
UPLOAD_LIMIT = 25 * 1024 * 1024
"""Bytes: what Discord takes depends on the server; this is enough for its smallest (chosen by
eye)."""
MESSAGE_LIMIT = 2000
"""Characters of a message, as Discord takes them."""
NAME_LIMIT = 32
"""Characters of a member's name, as Discord takes them."""
SERVER, CHANNEL, CURATOR = "Sandbox", "general", "curator"
_COUNT_BITS = 22
"""Bits of an id beside its moment, as simcord gives them out."""
_SINCE, _WITHIN = 300_000_000_000, (1 << 30) - 1
"""Of the moments in lasting ids: milliseconds of Discord's time in July 2024, and the twelve days
from there on. Whatever simcord names by itself is younger."""
LOOKED_AT = 100
"""Messages of a channel that are looked through for news: twice as many as Discord loads at once.
Ten thousand pasted lines would otherwise make each line slower than the one before."""
_LOADING = 1 << 7
"""Discord's flag of a message that is being thought about."""

Actor = simcord.MemberActor | simcord.UserHandle
Entity = simcord.MemberActor | simcord.UserHandle | simcord.RoleHandle | simcord.ChannelHandle
Sent = OptionValue | Entity | tuple[str, bytes]


@dataclass(slots=True)
class Outcome:
    """How the bot took an interaction; without a result it was not done in time."""

    result: simcord.InteractionResult | None

    @property
    def answered(self) -> bool:
        """Whether the bot answered at all, be it with nothing but a form."""
        return self.result is None or self.result.acknowledged

    @property
    def form(self) -> chat.Form | None:
        """The form that the bot opened."""
        modal = self.result.modal if self.result else None
        return chat.form(modal) if modal else None


@dataclass(slots=True)
class World:
    """One server with one channel, the people in it, and whose eyes the terminal looks through."""

    env: Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    members: dict[str, simcord.MemberActor]
    me: simcord.MemberActor
    in_dm: bool = False
    locale: str = discord.Locale.american_english.value
    _seen: dict[int, tuple[object, ...]] = field(default_factory=dict)

    # ------------------------------------------------------------- who, where

    @property
    def actor(self) -> Actor:
        """The person who acts: a member of the server, or a user in a direct message."""
        return self.me.user if self.in_dm else self.me

    @property
    def place(self) -> simcord.ChannelHandle:
        """The channel that the terminal shows."""
        return self.me.user.dm_channel if self.in_dm else self.channel

    @property
    def bot_name(self) -> str:
        """The name that the bot's messages carry."""
        return self.env.backend.bot_user.name

    def become(self, name: str, role: str | None = None) -> None:
        """Look through the eyes of another member, who joins (with the role) if new.

        Raises:
            Refused: Discord takes no name as long.
        """
        if len(name) > NAME_LIMIT:
            raise Refused(f"Discord takes names of at most {NAME_LIMIT} characters.")
        if name not in self.members:
            with _same_id(self.env, "member", name):
                user = self.env.create_user(name)
            self.members[name] = self.guild.add_member(user)
        if role is not None:
            self._give_role(self.members[name], role)
        self.me = self.members[name]

    async def welcome(self, name: str, text: str) -> None:
        """Let a member say something in the channel who is there for that alone."""
        guide = self.guild.add_member(self.env.create_user(name))
        await guide.send(self.channel, text)

    def speak(self, locale: str) -> None:
        """Set the language that the person's Discord reports to the bot.

        Raises:
            Refused: for a code that Discord does not know.
        """
        known = [each.value for each in discord.Locale]
        if locale not in known:
            raise Refused(f"Discord has no language {quoted(locale)}. It has: {', '.join(known)}.")
        self.locale = locale

    def localise(self, event: str, payload: Mapping[str, Any]) -> None:
        """Put that language into what is about to reach the bot, where simcord has its own."""
        if event == "INTERACTION_CREATE" and isinstance(payload, dict):
            payload["locale"] = self.locale

    def _give_role(self, member: simcord.MemberActor, role: str) -> None:
        # Whoever is given a role here is shown what curators see; the bot asks for the role.
        made = self.guild.roles.get(role)
        handle = made or _role(self.env, self.guild, role, FOR_CURATORS)
        self.env.backend.add_member_role(self.guild.id, member.id, handle.id)

    def names(self) -> Names:
        """What the ids in a message stand for."""
        backend = self.env.backend
        return Names(
            people={each.id: each.name for each in backend.users.values()},
            roles={each.id: name for name, each in self.guild.roles.items()},
            channels={each.id: each.name or "direct message" for each in backend.channels.values()},
        )

    # ---------------------------------------------------------------- commands

    def commands(self) -> list[Command]:
        """The slash commands this person can run here, as synced."""
        found = self._visible(AppCommandType.chat_input)
        return [leaf for payload in found for leaf in leaves(payload)]

    def menus(self) -> list[str]:
        """The message menu's entries."""
        return [payload["name"] for payload in self._visible(AppCommandType.message)]

    def _visible(self, kind: AppCommandType) -> list[dict[str, Any]]:
        return self.env.backend.visible_commands(
            user_id=self.me.id, channel_id=self.place.id, type=kind.value
        )

    async def run(self, call: Call) -> Outcome:
        """Send a slash command.

        Raises:
            Refused: when a file, person, role or channel that it names does not exist.
        """
        sent = {
            name: await self._resolve(option, call.values[name])
            for name, option in ((each.name, each) for each in call.command.options)
            if name in call.values
        }
        path = call.command.path
        if isinstance(self.actor, simcord.MemberActor):
            return await self._outcome(self.actor.slash(self.channel, path, **sent))
        return await self._outcome(self.actor.slash(path, **sent))

    async def autocomplete(
        self, command: Command, option: Option, typed: str, filled: Mapping[str, OptionValue]
    ) -> list[tuple[str, str]]:
        """What the bot offers for a half-typed option: what is shown, what is sent."""
        plain = {
            name: value
            for name, value in filled.items()
            if name != option.name and _is_plain(command.option(name))
        }
        args = (command.path, option.name, typed)
        if isinstance(self.actor, simcord.MemberActor):
            offered = await self.actor.autocomplete(self.channel, *args, **plain)
        else:
            offered = await self.actor.autocomplete(*args, **plain)
        return [(choice["name"], str(choice["value"])) for choice in offered]

    async def use_menu(self, entry: str, text: str) -> Outcome:
        """Post the text as this person, then apply the message menu's entry to it."""
        if not isinstance(self.actor, simcord.MemberActor):
            raise Refused("The message menu works in the server only: type :server first.")
        if not text.strip():
            raise Refused("There is no text: Discord does not send an empty message.")
        if len(text) > MESSAGE_LIMIT:
            raise Refused(
                f"Discord sends at most {MESSAGE_LIMIT:,} characters; this has {len(text):,}."
            )
        with _refusing():
            posted = await self.actor.send(self.channel, text)
        return await self._outcome(self.actor.context_menu(self.channel, entry, posted))

    # ---------------------------------------------------------------- controls

    async def press(self, shown: chat.Message, button: chat.Button) -> Outcome:
        """Press a button of a message."""
        target = self._message(shown)
        return await self._outcome(self.actor.click(target, custom_id=button.custom_id))

    async def choose(self, shown: chat.Message, menu: chat.Menu, values: Sequence[str]) -> Outcome:
        """Choose lines of a menu; where it has none, `values` name people, roles or channels."""
        chosen: list[str | Entity] = list(values)
        if not menu.choices:
            chosen = [self._entity(menu.placeholder, name) for name in values]
        target = self._message(shown)
        return await self._outcome(self.actor.select(target, chosen, custom_id=menu.custom_id))

    async def submit(self, opened: Outcome, filled: Mapping[str, str]) -> Outcome:
        """Send an open form with the texts typed into its fields."""
        if opened.result is None or opened.form is None:
            raise Refused("No form is open.")
        values = {
            each.custom_id: await self._field_value(each, filled.get(each.custom_id, each.default))
            for each in opened.form.fields
            if filled.get(each.custom_id, each.default)
        }
        return await self._outcome(self.actor.submit_modal(opened.result, values))

    async def _field_value(self, shown: chat.Field, typed: str) -> Any:
        """A field's text as the kind of value that the field sends."""
        if shown.kind is ComponentType.checkbox:
            return Option(shown.label, Kind.boolean).read(typed)
        if shown.kind is ComponentType.file_upload:
            return [await _read_file(shown.label, typed)]
        if shown.choices:
            lines = [_line(shown, each.strip()) for each in typed.split(",")]
            return lines[0] if shown.kind is ComponentType.radio_group else lines
        if shown.kind.value in chat.MENUS:
            return [self._entity(shown.label, each.strip()) for each in typed.split(",")]
        return typed

    def _message(self, shown: chat.Message) -> simcord.ResponseMessage:
        for stored in self._stored():
            if stored.id == shown.id:
                return simcord.ResponseMessage(self.env, stored)
        raise Refused("That message is gone.")

    # -------------------------------------------------------------------- time

    async def pass_time(self, seconds: float) -> None:
        """Let the simulated clock run: timers and loops of the bot fire on the way."""
        with contextlib.suppress(TimeoutError):
            await self.env.advance_time(seconds)

    async def catch_up(self) -> None:
        """Bring the simulated clock to the real time, which stands still between commands."""
        behind = (datetime.now(UTC) - self.env.now()).total_seconds()
        if behind > 0:
            await self.pass_time(behind)

    # ---------------------------------------------------------------- messages

    def news(self) -> list[chat.Message]:
        """The messages that are new, or changed, since the last call."""
        found = []
        for stored in sorted(self._stored(), key=lambda each: each.id):
            state = state_of(stored)
            if self._seen.get(stored.id) != state:
                found.append(self._read(stored, edited=stored.id in self._seen))
                self._seen[stored.id] = state
        return found

    def attachment(self, file: chat.File) -> bytes:
        """What an attachment holds.

        Raises:
            Refused: when it is gone.
        """
        data = self.env.backend.cdn.get(file.url)
        if data is None:
            raise Refused(f"{file.name} is gone.")
        return data

    def _stored(self) -> Iterable[StoredMessage]:
        """What this person can see, in the server and in their direct message."""
        backend = self.env.backend
        for channel_id, messages in backend.messages.items():
            owner = backend.channels[channel_id].recipient_ids
            if not owner or self.me.id in owner:
                newest = islice(reversed(messages.values()), LOOKED_AT)
                yield from (each for each in newest if each.visible_to(self.me.id))

    def _read(self, stored: StoredMessage, *, edited: bool) -> chat.Message:
        backend = self.env.backend
        elsewhere = stored.channel_id != self.place.id
        name = backend.channels[stored.channel_id].name
        return chat.Message(
            id=stored.id,
            author=backend.get_user(stored.author_id).name,
            content="\n".join((stored.content, *chat.texts(stored.components))).strip("\n"),
            embeds=tuple(discord.Embed.from_dict(embed) for embed in stored.embeds),
            files=tuple(_file(each) for each in stored.attachments),
            parts=tuple(chat.parts(stored.components)),
            boxes=tuple(chat.boxes(stored.components)),
            private=stored.is_ephemeral,
            edited=edited,
            thinking=bool(stored.flags & _LOADING),
            place=(f"#{name}" if name else "direct message") if elsewhere else None,
        )

    # ----------------------------------------------------------------- sending

    async def _outcome(self, action: Awaitable[simcord.InteractionResult]) -> Outcome:
        """Wait for what the bot does; a bot that does not finish in time is shown as it stands."""
        try:
            with _refusing():
                return Outcome(await action)
        except TimeoutError:
            return Outcome(None)

    async def _resolve(self, option: Option, value: OptionValue) -> Sent:
        if option.kind is Kind.attachment:
            return await _read_file(option.name, str(value))
        return value if _is_plain(option) else self._entity(option.name, str(value), option.kind)

    def _entity(self, label: str, name: str, kind: Kind = Kind.mentionable) -> Entity:
        """The person, role or channel of that name."""
        plain = name.lstrip("@#")
        people: dict[str, Entity] = dict(self.members)
        roles: dict[str, Entity] = dict(self.guild.roles)
        channels: dict[str, Entity] = dict(self.guild.channels)
        known = {
            Kind.user: people,
            Kind.role: roles,
            Kind.channel: channels,
            Kind.mentionable: {**channels, **roles, **people},
        }[kind]
        if plain not in known:
            raise Refused(f"{label}: {quoted(name)} is not here. There is: {', '.join(known)}.")
        return known[plain]


@contextmanager
def _refusing() -> Iterator[None]:
    """Say as a mistake of the person's what Discord would not take."""
    try:
        yield
    except (simcord.SetupError, simcord.BackendError) as error:
        raise Refused(" ".join(str(error).split())) from error


def _is_plain(option: Option | None) -> bool:
    return option is not None and option.kind in (
        Kind.string,
        Kind.integer,
        Kind.number,
        Kind.boolean,
    )


def _line(shown: chat.Field, typed: str) -> str:
    for choice in shown.choices:
        if typed.casefold() in (choice.label.casefold(), choice.value.casefold()):
            return choice.value
    offered = ", ".join(choice.label for choice in shown.choices)
    raise Refused(f"{shown.label}: choose from {offered}.")


async def _read_file(label: str, path: str) -> tuple[str, bytes]:
    return await asyncio.to_thread(_load, label, path)


def _load(label: str, path: str) -> tuple[str, bytes]:
    try:
        file = Path(path).expanduser()
        if file.stat().st_size > UPLOAD_LIMIT:
            raise Refused(f"{label}: {file.name} is larger than 25 MB; Discord does not take it.")
        return file.name, file.read_bytes()
    except NO_PATH as error:
        raise Refused(f"{label}: cannot read {quoted(path)}: {why(error)}.") from error


def _file(payload: Mapping[str, Any]) -> chat.File:
    return chat.File(
        payload["filename"], payload["size"], payload.get("description") or "", payload["url"]
    )


def state_of(stored: StoredMessage) -> tuple[object, ...]:
    """What tells two versions of a message apart."""
    return (
        stored.content,
        stored.flags,
        repr(stored.embeds),
        repr(stored.components),
        repr(stored.attachments),
    )


@asynccontextmanager
async def open_world(bot: discord.Client, name: str, person: str) -> AsyncIterator[World]:
    """Start the bot in a simulated Discord; at the end close it, once, and take it down."""
    env = Env(bot, check_errors=False, settle_timeout=SETTLE_SECONDS)
    env.backend.bot_user.name = name
    env.backend.advance_clock(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))
    try:
        await env.start()
        try:
            with env.time_context():
                yield await _furnish(env, person)
        finally:
            with contextlib.suppress(TimeoutError):
                await env.settle(timeout=1.0)
    finally:
        await bot.close()
        with contextlib.suppress(TimeoutError):
            await env.shutdown()


async def _furnish(env: Env, person: str) -> World:
    guild = env.create_guild(SERVER, id=_lasting_id("server", SERVER))
    with _same_id(env, "channel", CHANNEL):
        channel = guild.create_text_channel(CHANNEL)
    manages = discord.Permissions(manage_guild=True) | FOR_CURATORS
    manager = _role(env, guild, CURATOR.title(), manages)
    members = {}
    for name, roles in ((person, []), (CURATOR, [manager])):
        with _same_id(env, "member", name):
            user = env.create_user(name)
        members[name] = guild.add_member(user, roles=roles)
    await env.settle()
    world = World(env, guild, channel, members, members[person])
    env.backend.subscribers.insert(0, world.localise)
    return world


def _role(
    env: Env, guild: simcord.GuildHandle, name: str, may: discord.Permissions | None = None
) -> simcord.RoleHandle:
    with _same_id(env, "role", name):
        return guild.create_role(name, permissions=may)


@contextmanager
def _same_id(env: Env, kind: str, name: str) -> Iterator[None]:
    """Give the one thing that is made within the id that it has in every run.

    What the database keeps of a server, its channels, roles and members goes by their ids.
    """
    backend = env.backend
    lasting = iter([_lasting_id(kind, name)])

    def snowflake() -> int:
        known = next(lasting, None)
        return type(backend).snowflake(backend) if known is None else backend.reserve_id(known)

    vars(backend)["snowflake"] = snowflake
    try:
        yield
    finally:
        del vars(backend)["snowflake"]


def _lasting_id(kind: str, name: str) -> int:
    """Make an id as Discord does, of a name in the place of a moment and a count."""
    made = int.from_bytes(blake2s(f"{kind} {name}".encode(), digest_size=8).digest())
    moment, count = made >> _COUNT_BITS & _WITHIN, made & ((1 << _COUNT_BITS) - 1)
    return (_SINCE + moment) << _COUNT_BITS | count
