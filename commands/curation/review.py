"""The review channel: each proposal has one message there, which follows what becomes of it."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence

import discord

from commands.chat import App, review_channel, view_of
from commands.curation.proposals import proposal_reply
from knowledge.curation import Actor
from knowledge.model import AnyRecord, Claim, Status
from knowledge.store import Written

_log = logging.getLogger(__name__)
_REMEMBERED = 1000
"""Messages that are followed, a few hundred bytes each (chosen by eye)."""
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
        self._posting = asyncio.Lock()
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
        async with self._posting:
            for claim, workspace in touched:
                for guild in self._servers(workspace):
                    await self._show(guild, claim)

    def _servers(self, workspace: str | None) -> Iterator[int]:
        if workspace is None:
            yield from sorted(self._app.rights.base_servers)
        elif workspace.isdecimal():
            yield int(workspace)

    async def _show(self, guild: int, claim: str) -> None:
        channel = review_channel(self._app, self._app.rights, guild)
        if channel is None:
            return
        base = guild in self._app.rights.base_servers
        reader = Actor(name="", id="", workspace=str(guild), curates_base=base)
        shown = self._messages.get((guild, claim))
        try:
            reply = await self._app.pool.run(
                guild, lambda: proposal_reply(self._app, reader, claim)
            )
            view = view_of(reply.buttons)
            if shown is not None:
                await shown.edit(embed=reply.embed, view=view)
            elif view is not None:
                posted = await channel.send(embed=reply.embed, view=view)
                self._remember((guild, claim), posted)
        except discord.HTTPException as error:
            _log.warning("A proposal was not shown in channel %d: %s", channel.id, error)

    def _remember(self, key: tuple[int, str], message: discord.Message) -> None:
        self._messages[key] = message
        while len(self._messages) > _REMEMBERED:
            self._messages.popitem(last=False)


def _waits(record: AnyRecord | None) -> bool:
    return isinstance(record, Claim) and record.status is Status.PROPOSED
