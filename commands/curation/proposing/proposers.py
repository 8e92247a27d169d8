"""Whoever proposed a claim hears what was decided on it, by direct message."""

import asyncio
import logging
from collections.abc import Sequence

import discord

from commands.cards import DESCRIPTION, Card, Tone, fitting
from commands.chat import App, curation_of, settings_of, write_to
from commands.curation.proposing.mine import outcome
from commands.curation.writing import lines, rows
from commands.text import plain, say, speak
from knowledge.curation import OwnProposal
from knowledge.model import AnyRecord, Claim, Status
from knowledge.store import StoreError, Written

_log = logging.getLogger(__name__)
_AT_ONCE = 20
"""An import may decide on thousands; /mine shows each (chosen by eye, as for the review)."""


def register(app: App) -> None:
    """Tell of what is decided from now on, by whomever."""
    if app.base is not None:
        app.base.writer.on_change(_Telling(app).note)


class _Telling:
    """Writes to those whose proposals were decided on."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._tasks: set[asyncio.Task[None]] = set()

    def note(self, written: Sequence[Written]) -> None:
        """Take up what was written; called on the event loop."""
        settled = {
            (one.id, one.workspace): None
            for one in written
            if _waits(one.before) and not _waits(one.after) and self._falls_here(one.workspace)
        }
        if 0 < len(settled) <= _AT_ONCE:
            task = asyncio.get_running_loop().create_task(self._tell(list(settled)))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _falls_here(self, place: str | None) -> bool:
        """Whether this process tells of it, of several that hear of it."""
        return self._app.serves(int(place) if place and place.isdecimal() else None)

    async def _tell(self, settled: Sequence[tuple[str, str | None]]) -> None:
        curation = curation_of(self._app)
        for claim, place in settled:
            try:
                found = await asyncio.to_thread(curation.decided, claim, place)
            except StoreError as error:
                _log.warning("Who proposed %s cannot be read: %s", claim, error)
                continue
            if found is not None and found.proposer.isdecimal() and not found.own:
                card = await asyncio.to_thread(self._card, found, place)
                await write_to(self._app, int(found.proposer), card)

    def _card(self, found: OwnProposal, place: str | None) -> Card:
        """Word it in the language of the server."""
        app = self._app
        server = app.get_guild(int(place)) if place and place.isdecimal() else None
        language = settings_of(app, server.id).language if server else None
        speak(language or discord.Locale.american_english.value)
        base = app.base
        workspace = base.workspaces.opened(place) if base else app.workspace
        text = [f"**{outcome(found)}**"]
        if found.state is Status.RETRACTED:
            text.append(f"> {plain(found.why, 300)}")
        text += lines(rows(workspace, found.claim))
        return Card(
            say("What became of your proposal"),
            fitting(text, DESCRIPTION),
            footer=server.name[:200] if server else "",
            tone=Tone.NOTE,
        )


def _waits(record: AnyRecord | None) -> bool:
    return isinstance(record, Claim) and record.status is Status.PROPOSED
