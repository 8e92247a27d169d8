"""Telling channels what has moved: gathered, each change once, and the owner where none listens."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import discord
from discord.ext import tasks

from commands.answers import FiguresButton, SourceButton
from commands.cards import (
    AnswerDigest,
    Card,
    Cause,
    Tone,
    WatchCard,
    notice_in_own_words,
    titled,
)
from commands.chat import App, Button, embed_of, settings_of, view_of
from commands.curation import UndoButton, deed, deed_said
from commands.text import plain, say, speak, told
from knowledge.answers import Notice, Watching
from knowledge.base import KnowledgeBase
from knowledge.curation import Actor, NotVisible, Step
from knowledge.library import Library, Window
from knowledge.model import Claim
from knowledge.store import StoreError

_log = logging.getLogger(__name__)

QUIET_SECONDS = 5.0
"""How long nothing has to change before channels are told, so that an import is one message (chosen
by eye)."""
_PATIENCE = 12
"""How many of these seconds in a row may bring a change each; then they are told all the same: a
minute (chosen by eye)."""
_MINUTE = timedelta(minutes=1)
"""How far the clocks of two machines may be apart (chosen by eye)."""
_LOOKED_THROUGH = 200
"""How many messages are looked through for one that somebody may have sent before: two requests to
Discord (chosen by eye)."""

_CAUSES = 3
"""Claims of which it is said who has changed them: what a phone shows (chosen by eye)."""

CLOSED = {
    10003: "the channel is gone",
    10004: "the server is gone",
    50001: "I may not see the channel any more",
    50013: "I may not write in the channel any more",
    160005: "the thread is locked",
}
"""Discord's codes for a channel that nothing can be sent to, and what they mean."""


class Messenger:
    """Tells the channels of one bot; it works only while there is something to tell."""

    def __init__(self, app: App, base: KnowledgeBase) -> None:
        self._app = app
        self._base = base
        self._watches = base.store.watches
        self._watching = Watching(self._watches, self._library, app.serves)
        self._seen = -1
        self._waited = 0
        self._looked = False
        base.writer.on_change(lambda _: self.wake())

    async def start(self) -> None:
        """Look for what changed while the bot was away."""
        self.wake()

    def wake(self) -> None:
        """Look for what is to be told, a moment from now."""
        running = self._app.started is not None and not self._app.is_closed()
        if running and not self.round.is_running():
            self.round.start()

    @tasks.loop(seconds=QUIET_SECONDS)
    async def round(self) -> None:
        """Tell what is due, and stop when there is nothing left to come back for."""
        if self._app.is_closed():
            self.round.stop()
            return
        if self._moving() or not self._app.is_ready():
            return
        telling = asyncio.create_task(self.tell_due())
        # Whoever stops the bot waits for the message that is on its way.
        self._app.running.add(telling)
        telling.add_done_callback(self._app.running.discard)
        if not await telling and self._seen == self._base.workspaces.revision:
            self.round.stop()

    def _library(self, workspace: str | None) -> Library:
        return self._base.workspaces.opened(workspace).library

    def _moving(self) -> bool:
        """Whether the database has changed since the last look, as it does during an import."""
        seen, self._seen = self._seen, self._base.workspaces.revision
        self._waited = self._waited + 1 if seen != self._seen else 0
        if self._waited > _PATIENCE:
            self._waited = 0
        return self._waited > 0

    async def tell_due(self) -> bool:
        """Tell everything that is due; return whether there is something to come back for."""
        try:
            if not self._looked:
                await self._look()
            due, later = await asyncio.to_thread(self._watching.due, discord.utils.utcnow())
        except StoreError as error:
            _log.warning("What is watched cannot be read: %s", error)
            return True
        for notice in due:
            # A round may begin in a curator's request, whose language is not the channel's.
            self._speak(notice.watch.guild)
            try:
                # What was left by another process may have been overtaken meanwhile.
                later |= notice.watch.sending is not None
                later |= not await self._tell_one(notice)
            except Exception:  # noqa: BLE001
                # Whatever it is, the other channels are told, and this one is tried again.
                _log.exception("Watch %d was not told", notice.watch.id)
                later = True
        return later

    async def _tell_one(self, notice: Notice) -> bool:
        """Send one message; return whether that is settled."""
        watch = notice.watch
        if self._app.get_guild(watch.guild) is None:
            return True  # the bot is no member there any more, or not yet
        nonce = await asyncio.to_thread(self._watching.begin, notice, discord.utils.utcnow())
        if nonce is None:
            return False
        try:
            await self._send(notice, nonce)
        except discord.HTTPException as error:
            if error.code not in CLOSED:
                raise
            await self.stop(watch.guild, watch.channel, CLOSED[error.code])
            return True
        await asyncio.to_thread(self._watching.done, notice, nonce)
        _log.info("Channel %d was told that %s moved", watch.channel, watch.topic)
        return True

    async def _send(self, notice: Notice, nonce: str) -> None:
        """Send the message, unless somebody did before and could not note it any more."""
        place = self._app.get_partial_messageable(notice.watch.channel, guild_id=notice.watch.guild)
        steps = await asyncio.to_thread(self._steps, notice)
        causes = [_cause(step) for step in steps]
        library = self._library(str(notice.watch.guild))
        embed = embed_of(WatchCard(notice_in_own_words(library, notice), causes).card())
        left = notice.watch.sending
        if left and await self._stands(place, embed, datetime.fromtimestamp(left.since, UTC)):
            return
        view = view_of([*_buttons(notice), *self._undoing(notice, steps)]) or discord.utils.MISSING
        # Discord makes one message of all that are sent with this nonce within some minutes.
        await place.send(embed=embed, view=view, nonce=nonce)

    def _steps(self, notice: Notice) -> list[Step]:
        """Return what was done last to each claim that has moved the topic."""
        reader = Actor(name="", id="", workspace=str(notice.watch.guild))
        before = {estimate.key for estimate in notice.before.estimates()}
        moved = [one.claim for one in notice.after.estimates() if one.key not in before]
        found = []
        for claim in list(dict.fromkeys([*moved, *notice.withdrawn]))[:_CAUSES]:
            try:
                found.append(self._base.curation.history(reader, "claim", claim)[-1])
            except NotVisible:
                continue
        return found

    def _undoing(self, notice: Notice, steps: Sequence[Step]) -> list[Button]:
        """Make the buttons by which curators take back what they did; others are refused."""
        guild = notice.watch.guild
        own = {str(guild)} | ({None} if guild in self._app.rights.base_servers else set())
        mine = [step for step in steps if step.workspace in own]
        if len(mine) == 1:
            return [UndoButton.of(mine[0].number)]
        return [
            UndoButton.of(step.number, say("Undo {number}", number=step.number)) for step in mine
        ]

    async def _stands(
        self, place: discord.PartialMessageable, embed: discord.Embed, since: datetime
    ) -> bool:
        """Whether the message stands in the channel already, as far as that may be read."""
        me, after = self._app.user, since - _MINUTE
        try:
            async for message in place.history(limit=_LOOKED_THROUGH, after=after):
                if message.author == me and any(_same(each, embed) for each in message.embeds):
                    return True
        except discord.Forbidden:
            _log.warning("The history of channel %d may not be read", place.id)
        return False

    # ------------------------------------------------------------------- the end of a watch

    async def stop(self, guild: int, channel: int, why: str, name: str | None = None) -> None:
        """Stop telling a channel, and write to the server's owner, once."""
        self._speak(guild)
        gone = await asyncio.to_thread(self._watches.remove, guild, channel=channel)
        if not gone:
            return
        topics = [watch.topic for watch in gone]
        _log.warning("Channel %d is told of %s no more: %s", channel, ", ".join(topics), why)
        server = self._app.get_guild(guild)
        if server is None or server.owner_id is None:
            return
        found = server.get_channel_or_thread(channel)
        titles, called = self._titles(guild, topics), name or (found.name if found else "")
        card = _note(titles, called, told(why), server.name[:200])
        try:
            direct = await self._app.create_dm(discord.Object(server.owner_id))
            await direct.send(embed=embed_of(card))
        except discord.HTTPException as error:
            _log.warning("The owner of server %d cannot be told: %s", guild, error)

    async def _look(self) -> None:
        """Stop telling the channels that were deleted while the bot was away.

        Raises:
            StoreError: the database cannot be used.
        """
        for watch in await asyncio.to_thread(self._watches.all):
            server = self._app.get_guild(watch.guild)
            if server is None or server.unavailable or server.get_channel_or_thread(watch.channel):
                continue
            try:
                await self._app.fetch_channel(watch.channel)
            except discord.HTTPException as error:
                if error.code in CLOSED:
                    await self.stop(watch.guild, watch.channel, CLOSED[error.code])
        self._looked = True

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Stop telling a channel at once when it is deleted."""
        await self.stop(channel.guild.id, channel.id, say("the channel was deleted"), channel.name)

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Stop telling a thread at once when it is deleted."""
        name = event.thread.name if event.thread else None
        await self.stop(event.guild_id, event.thread_id, say("the thread was deleted"), name)

    async def forget(self, guild: discord.Guild) -> None:
        """Forget the watches of a server that the bot has left, and what it asked in vain."""
        await asyncio.to_thread(self._base.unanswered.clear, guild.id)
        gone = await asyncio.to_thread(self._watches.remove, guild.id)
        if gone:
            _log.info("Left server %d, which had %d watches", guild.id, len(gone))

    def _speak(self, guild: int) -> None:
        """Speak the language of a server's public answers."""
        language = settings_of(self._app, guild).language
        speak(language or discord.Locale.american_english.value)

    def _titles(self, guild: int, topics: Sequence[str]) -> list[str]:
        library = self._library(str(guild))
        return [titled(library.topic(one)) if library.has("topic", one) else one for one in topics]


def _cause(step: Step) -> Cause:
    claim = step.after or step.before
    statement = claim.statement if isinstance(claim, Claim) else step.record
    did = say("{deed} (revision {number})", deed=deed_said(step), number=step.number)
    return Cause(step.who, did, statement, "" if deed(step) == "added" else step.why)


def _same(one: discord.Embed, other: discord.Embed) -> bool:
    return (one.title, one.footer.text) == (other.title, other.footer.text)


def _buttons(notice: Notice) -> list[Button]:
    """Make the buttons to the whole answer and to its evidence."""
    topic, digest = notice.watch.topic, AnswerDigest(notice.revision)
    opened = FiguresButton.to_open(say("All on file"), topic, Window(), digest)
    return [*opened, *SourceButton.to_open(say("Sources"), topic, digest)]


def _note(titles: Sequence[str], channel: str, why: str, server: str) -> Card:
    named = ", ".join(f"**{plain(title, 60)}**" for title in titles)
    place = say(" in #{channel}", channel=plain(channel, 100)) if channel else ""
    text = say(
        "I have stopped reporting changes of {named}{place}: {why}. `/watch add` starts it "
        "again, there or in another channel.",
        named=named,
        place=place,
        why=why,
    )
    return Card(description=text, footer=server, tone=Tone.NOTE)
