"""People who curate in the chat: a server with curators, contributors and bystanders, and forms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.env import Env

from bot.client import Claimbot
from bot.sandbox import chat as wire
from commands.chat import UNHURRIED, Rights
from knowledge.base import KnowledgeBase, opened
from knowledge.model import Claim
from knowledge.store import Where
from tests.bases.engines import copy_of, drop
from tests.conftest import TODAY, Chat, Shown, check_limits

CURATOR, CONTRIBUTOR, REVIEW = "curator", "contributor", "claim-review"
FULL = {
    "statement": "Observers on the quay counted what was unloaded.",
    "figure": "more than 2 million",
    "asserted_on": "2024-02-02",
    "paragraph": "3; Some Agency",
}
WAYS = ["Edit", "More fields", "Relation, note", "Cancel"]
"""The buttons under a new claim beside those that save it."""
ADD = {"topic": "sacks", "asserter": "kamau", "source": "mill-review-2024-02"}


@contextmanager
def fresh(shipped: Where, folder: Path) -> Iterator[KnowledgeBase]:
    """Open a copy of the shipped database."""
    copy = copy_of(shipped, folder)
    with opened(copy) as base:
        yield base
    drop(copy)


def curating_bot(base: KnowledgeBase, base_servers: frozenset[int] = frozenset()) -> Claimbot:
    """Make the bot that people curate with."""
    rights = Rights(base_servers=base_servers)
    return Claimbot(base, today=lambda: TODAY, rights=rights, limits=UNHURRIED)


def show_to_everybody(env: Env, guild: simcord.GuildHandle) -> None:
    """Let everybody in a server see the commands for curators, as its integrations may.

    So the bot itself has to tell who may use them.
    """
    everybody = {"id": str(guild.id), "type": 1, "permission": True}
    for command in env.backend.commands[None].values():
        if command["description"].startswith("For curators"):
            env.backend.set_command_permissions(guild.id, int(command["id"]), [everybody])


@dataclass(frozen=True, slots=True)
class Server:
    """A server with a channel to talk in, and a channel where proposals are reviewed."""

    env: Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    review: simcord.ChannelHandle | None

    @classmethod
    def found(cls, env: Env, name: str = "Alpha", *, review: bool = False) -> "Server":
        """Make a server."""
        guild = env.create_guild(name)
        show_to_everybody(env, guild)
        channel = guild.create_text_channel("general")
        return cls(env, guild, channel, guild.create_text_channel(REVIEW) if review else None)

    def person(self, name: str, *roles: str, manages: bool = False) -> Chat:
        """Let somebody join, with roles by name."""
        held = [self.guild.roles.get(one) or self.guild.create_role(one) for one in roles]
        if manages:
            manage = discord.Permissions(manage_guild=True)
            held.append(self.guild.create_role("manager", permissions=manage))
        member = self.guild.add_member(self.env.create_user(name), roles=held)
        return Chat(self.env, member, self.channel)

    def owner(self) -> Chat:
        """Return the person who owns the server."""
        member = simcord.MemberActor(self.env, self.guild, self.guild.owner)
        return Chat(self.env, member, self.channel)

    def posted(self) -> list[Shown]:
        """Return what stands in the review channel."""
        assert self.review is not None
        stored = self.env.backend.messages.get(self.review.id, {}).values()
        everything = [Shown(simcord.ResponseMessage(self.env, each)) for each in stored]
        shown = [each for each in everything if not each.private]
        for each in shown:
            check_limits(each)
        return shown


def own(base: KnowledgeBase, server: Server) -> list[Claim]:
    """Return the claims that are a server's own."""
    return list(base.store.all_claims(str(server.guild.id)))


def answered(result: simcord.InteractionResult) -> Shown:
    """Return what an interaction was answered with, within Discord's limits."""
    assert result.acknowledged
    messages = [*result.followups]
    if result.response is not None:
        messages.insert(0, result.response)
    assert messages, "no answer"
    shown = Shown(messages[-1])
    check_limits(shown)
    return shown


async def call(chat: Chat, command: str, options: Mapping[str, Any]) -> simcord.InteractionResult:
    """Run a command with options of any kind: numbers and files too."""
    given: dict[str, Any] = dict(options)
    return await chat.invoke(command, **given)


async def fill(chat: Chat, opened_form: simcord.InteractionResult, **texts: Any) -> Shown:
    """Send a form; what is not given stays as the form has it."""
    return answered(await send(chat, opened_form, **texts))


async def send(
    chat: Chat, opened_form: simcord.InteractionResult, **texts: Any
) -> simcord.InteractionResult:
    """Send a form and return the interaction."""
    assert opened_form.modal is not None, describe(opened_form)
    form = wire.form(opened_form.modal)
    assert len(form.fields) <= 5
    assert len(form.title) <= 45
    assert all(len(each.label) <= 45 and len(each.description) <= 100 for each in form.fields)
    menus = {each.custom_id for each in form.fields if each.kind.value in wire.MENUS}
    values: dict[str, Any] = {each.custom_id: each.default for each in form.fields} | texts
    result: simcord.InteractionResult = await chat.person.submit_modal(
        opened_form,
        {
            name: [text] if name in menus and isinstance(text, str) else text
            for name, text in values.items()
            if text
        },
    )
    return result


def describe(result: simcord.InteractionResult) -> str:
    """Say what came instead."""
    return answered(result).text if result.acknowledged else "nothing"


async def drafted(chat: Chat, **texts: str) -> Shown:
    """Fill in the form of a new claim, up to the question whether it is right."""
    given = {**FULL, **texts}
    options = {name: given.pop(name) for name in (*ADD, *OPTIONS) if name in given}
    form = await chat.invoke("claim add", **{**ADD, **options})
    return await fill(chat, form, **given)


OPTIONS = ("relation", "relates_to", "note")


async def pressed(chat: Chat, shown: Shown, label: str) -> Shown:
    """Press a button and return the message as it is then, or what was answered beside it."""
    result = await chat.click(shown, label)
    assert result.acknowledged
    messages = [*result.followups, *([result.response] if result.response else [])]
    beside = any(one.id != shown.message.id for one in messages)
    return answered(result) if beside else Shown(current(chat.env, shown))


def current(env: Env, shown: Shown) -> simcord.ResponseMessage:
    """Return a message as it stands now."""
    message = shown.message
    return simcord.ResponseMessage(env, env.backend.get_message(message.channel_id, message.id))
