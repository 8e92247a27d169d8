"""The review channel: each proposal has one message there, which follows what becomes of it."""

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence

import aiohttp
import discord

from commands.cards import Card, Tone
from commands.chat import App, code, embed_of, review_channel, view_of
from commands.curation.proposing.proposals import proposal_reply
from commands.text import number, say
from knowledge.curation import Actor
from knowledge.model import AnyRecord, Claim, ForPeople, Status
from knowledge.store import Written

_log = logging.getLogger(__name__)
_REMEMBERED = 1000
"""Messages that are followed, a few hundred bytes each (chosen by eye)."""
_TRY_AGAIN_SECONDS = (2.0, 15.0, 60.0)
"""How long to wait before a message is sent again that failed; discord.py has tried five times
within some seconds by then (chosen by eye)."""
_FAILED = (discord.HTTPException, aiohttp.ClientError, OSError, ForPeople)
_LISTED = 5
"""Proposals that are named: what fits on a phone (chosen by eye)."""
_AT_ONCE = 20
"""An import may bring thousands; they wait under /claim pending without a message each (chosen by
eye)."""


def register(app: App) -> None:
    """Post what is proposed from now on, by whomever."""
    if app.base is not None:
        app.base.writer.on_change(_Review(app).note)


class _Review:
    """Which message shows which proposal.

    A message from before a restart is not followed: it shows how its proposal stands when one of
    its buttons is pressed.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._messages: OrderedDict[tuple[int, str], discord.Message] = OrderedDict()
        self._posting: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """In each server one after the other, so that a message follows its proposal."""
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, written: Sequence[Written]) -> None:
        """Take up what was written; called on the event loop."""
        touched = {
            (one.id, one.workspace): None
            for one in written
            if _waits(one.before) or _waits(one.after)
        }
        if touched:
            task = asyncio.get_running_loop().create_task(self._follow(list(touched)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _follow(self, touched: Sequence[tuple[str, str | None]]) -> None:
        if len(touched) > _AT_ONCE:
            _log.info("%d proposals came at once and are not posted one by one", len(touched))
            return
        left = [(guild, claim) for claim, place in touched for guild in self._servers(place)]
        for seconds in (*_TRY_AGAIN_SECONDS, None):
            left = [each for each in left if not await self._shown(*each)]
            if not left:
                return
            if seconds is not None:
                await asyncio.sleep(seconds)
        for guild in dict.fromkeys(guild for guild, _ in left):
            await self._tell_owner(guild, [claim for of, claim in left if of == guild])

    def _servers(self, workspace: str | None) -> Iterator[int]:
        if workspace is None:
            yield from sorted(self._app.rights.base_servers)
        elif workspace.isdecimal():
            yield int(workspace)

    async def _shown(self, guild: int, claim: str) -> bool:
        """Show a proposal as it stands now; return whether that is settled."""
        channel = review_channel(self._app, guild)
        if channel is None:
            return True
        try:
            async with self._posting[guild]:
                await self._show(channel, claim)
        except _FAILED as error:
            _log.warning("A proposal was not shown in channel %d: %s", channel.id, error)
            return False
        return True

    async def _show(self, channel: discord.TextChannel, claim: str) -> None:
        guild = channel.guild.id
        base = guild in self._app.rights.base_servers
        reader = Actor(name="", id="", workspace=str(guild), curates_base=base)
        reply = await self._app.pool.run(guild, lambda: proposal_reply(self._app, reader, claim))
        view, shown = view_of(reply.buttons), self._messages.get((guild, claim))
        if shown is not None:
            await shown.edit(embed=reply.embed, view=view)
        elif view is not None:
            posted = await channel.send(embed=reply.embed, view=view)
            self._remember((guild, claim), posted)

    async def _tell_owner(self, guild: int, claims: Sequence[str]) -> None:
        """Write to a curator whom Discord names: the owner of the server."""
        server = self._app.get_guild(guild)
        if server is None or server.owner_id is None:
            return
        listed = ", ".join(code(claim) for claim in claims[:_LISTED])
        more = (
            say(" and {value} more", value=number(len(claims) - _LISTED))
            if len(claims) > _LISTED
            else ""
        )
        card = Card(
            description=say(
                "I could not post in the channel for proposals: {listed}{more}. Nothing is "
                "lost: `/claim pending` in the server shows every proposal that waits. If it "
                "stays, look at my permissions in that channel.",
                listed=listed,
                more=more,
            ),
            footer=server.name[:200],
            tone=Tone.NOTE,
        )
        try:
            direct = await self._app.create_dm(discord.Object(server.owner_id))
            await direct.send(embed=embed_of(card))
        except _FAILED as error:
            _log.warning("The owner of server %d cannot be told: %s", guild, error)

    def _remember(self, key: tuple[int, str], message: discord.Message) -> None:
        self._messages[key] = message
        while len(self._messages) > _REMEMBERED:
            self._messages.popitem(last=False)


def _waits(record: AnyRecord | None) -> bool:
    return isinstance(record, Claim) and record.status is Status.PROPOSED
