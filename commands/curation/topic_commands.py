"""The topics' own slash commands, kept like the topics: each server's for that server alone."""

import asyncio
import logging
from collections.abc import Iterable, Sequence

import discord

from commands.answers import command_of
from commands.chat import UNSENT, App, register_commands
from knowledge.model import Topic, is_retired
from knowledge.store import Store, StoreError, Written

_log = logging.getLogger(__name__)
AGAIN_SECONDS = 5.0
"""Between two tries to read of which topics the commands are (chosen by eye)."""
TOGETHER_SECONDS = 2.0
"""Changes that follow each other are told to Discord together: it takes few of such calls (chosen
by eye)."""
_LEARN_SECONDS = (10.0, 60.0)
"""How long another process, which tells Discord the commands of everybody, may take to do so until
it is asked by which ids they are known: after a change, and after a start of all (chosen by
eye)."""
_MOST_OF_A_SERVER = 100
"""Commands that Discord takes for one server."""


def follow_topics(app: App) -> None:
    """Let the commands follow the topics on file, from now on."""
    if app.base is None:
        return
    following = _Following(app)
    for workspace in app.base.store.workspaces():
        following.fit(workspace, _commanding(app.base.store, workspace))
    app.base.writer.on_change(following.note)
    app.starting.append(following.tell_all)


class _Following:
    """Notes which places have other commands now, and tells Discord a little later.

    Of several processes, the one that a server falls to tells Discord, and one of them what holds
    for everybody; all of them answer.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._changed: set[str | None] = set()
        self._unfitted: dict[str | None, None] = {}
        self._fitting: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None
        self._learning: asyncio.Task[None] | None = None

    def note(self, written: Sequence[Written]) -> None:
        """Take up what was written; called on the event loop."""
        self._unfitted |= {one.workspace: None for one in written if _commands_differ(one)}
        if self._unfitted and (self._fitting is None or self._fitting.done()):
            self._fitting = asyncio.get_running_loop().create_task(self._fit_those())

    async def _fit_those(self) -> None:
        """Let the commands of some places follow; their topics are read beside the event loop."""
        failing = False
        while self._unfitted and self._app.base is not None:
            place, _ = self._unfitted.popitem()
            try:
                topics = await asyncio.to_thread(_commanding, self._app.base.store, place)
            except StoreError as error:
                if not failing:
                    _log.warning("Commands follow later: %s", error)
                failing = True
                self._unfitted[place] = None
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            self.fit(place, topics)
            self._changed |= {place} if self._falls_here(place) else set()
            if place is None:
                self._learn()
        if self._changed and (self._telling is None or self._telling.done()):
            self._telling = asyncio.get_running_loop().create_task(self._tell_soon())

    def fit(self, workspace: str | None, topics: Iterable[Topic]) -> None:
        """Make the commands of a place those of its topics."""
        tree, guild = self._app.tree, _server(workspace)
        wanted = {
            topic.command: topic
            for topic in topics
            if topic.command and not _is_taken(self._app, topic.command)
        }
        for command in tree.get_commands(guild=guild):
            if command.extras.get("topic"):
                tree.remove_command(command.name, guild=guild)
        room = _MOST_OF_A_SERVER - len(tree.get_commands(guild=guild))
        for topic in list(wanted.values())[: max(room, 0)]:
            tree.add_command(command_of(topic), guild=guild)

    async def tell_all(self) -> None:
        """Tell Discord the commands of every server that has some."""
        if self._app.base is not None:
            self._changed |= set(filter(self._falls_here, self._app.base.store.workspaces()))
            self._telling = asyncio.get_running_loop().create_task(self._tell())
            self._learn()

    def _falls_here(self, place: str | None) -> bool:
        server = _server(place)
        return self._app.serves(server.id if server else None)

    def _learn(self) -> None:
        """Ask a little later what another process has told Discord for everybody."""
        if not self._app.serves(None):
            if self._learning is not None:
                self._learning.cancel()
            self._learning = asyncio.get_running_loop().create_task(self._learn_later())

    async def _learn_later(self) -> None:
        for seconds in _LEARN_SECONDS:
            await asyncio.sleep(seconds)
            await self._register(None)

    async def _tell_soon(self) -> None:
        await asyncio.sleep(TOGETHER_SECONDS)
        await self._tell()

    async def _tell(self) -> None:
        while self._changed:
            await self._register(self._changed.pop())

    async def _register(self, place: str | None) -> None:
        try:
            await register_commands(self._app, _server(place))
        except UNSENT as error:
            where = place or "every server"
            _log.warning("Discord did not take the commands of %s: %s", where, error)


def _server(workspace: str | None) -> discord.Object | None:
    return discord.Object(int(workspace)) if workspace and workspace.isdecimal() else None


def _commanding(store: Store, workspace: str | None) -> list[Topic]:
    """Return the topics of a place that have a command of their own there."""
    # What a server has just as everybody has it needs no second command there.
    everywhere = {} if workspace is None else {topic.id: topic for topic in store.topics()}
    return [
        topic
        for topic in store.topics(workspace)
        if topic.command and not is_retired(topic) and everywhere.get(topic.id) != topic
    ]


def _is_taken(app: App, name: str) -> bool:
    """Whether a command of the bot itself has this name."""
    command = app.tree.get_command(name)
    return command is not None and not command.extras.get("topic")


def _commands_differ(one: Written) -> bool:
    before, after = (
        record if isinstance(record, Topic) else None for record in (one.before, one.after)
    )
    return (_shown(before) != _shown(after)) and one.kind == "topic"


def _shown(topic: Topic | None) -> tuple[str, ...] | None:
    """What Discord is told of a topic's command."""
    if topic is None or topic.command is None or is_retired(topic):
        return None
    translated = (words.description or "" for _, words in sorted(topic.translations.items()))
    return topic.command, topic.description, *translated
