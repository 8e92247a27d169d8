"""What every command meets: the running bot as commands see it, and how commands are found."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Protocol, cast

import discord
from discord import app_commands

import commands
from commands.cards import Links
from commands.chat.kept import (
    DraftedArticle,
    File,
    Kept,
    OpenForm,
    ReadArticle,
    Room,
    UnsavedRecord,
)
from commands.chat.running import Limits, Pace, Pool, Request, current
from commands.text import Addresses, say
from knowledge.base import KnowledgeBase
from knowledge.curation import Curation
from knowledge.library import Typed, Window
from knowledge.model import ForPeople
from knowledge.workspaces import Workspace

DRAFTS = Room(person=20, server=200, everywhere=5000)
"""A record that is being written takes some 2 kB, and 20 kB at most."""
FILES = Room(person=2, server=4, everywhere=24)
"""A file takes up to 10 MB."""
ARTICLES = Room(person=5, server=20, everywhere=200)
"""An article takes some 100 kB."""


class Closed(ForPeople):
    """The bot was started without the means to change anything."""

    def __init__(self) -> None:
        super().__init__(
            say("This bot only answers; it was started without a database to write to.")
        )


@dataclass(frozen=True, slots=True)
class Rights:
    """Whom the person who runs the bot trusts: roles and channels go by name or by id.

    A server may set its own; then the names of roles grant nothing there any more.
    """

    curator_role: str = "curator"
    contributor_role: str = "contributor"
    review_channel: str = "claim-review"
    base_servers: frozenset[int] = frozenset()
    """Servers whose curators change the shared base."""


class App(discord.Client):
    """The client, with the workspace that answers and the tree that holds the commands."""

    tree: app_commands.CommandTree[Any]

    def __init__(self, limits: Limits | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.base: KnowledgeBase | None = None
        """The open database; without it, one workspace answers everywhere, unchanged."""
        self.rights = Rights()
        self.links = Links()
        """What `/about` links to."""
        self.addresses: Addresses | None = None
        """Where the pages are on the web; without it, no answer links to them."""
        self.unsaved: Kept[UnsavedRecord] = Kept(DRAFTS)
        """Records that people are writing."""
        self.forms: Kept[OpenForm] = Kept(DRAFTS)
        """Forms that stand open; nobody tells when one is closed without being sent."""
        self.files: Kept[File] = Kept(FILES)
        """Files that wait for the word to be imported."""
        self.articles: Kept[DraftedArticle] = Kept(ARTICLES)
        """Articles that claims are being drafted from; each holds its paragraphs."""
        self.read: Kept[ReadArticle] = Kept(ARTICLES)
        """Articles that people have sent with a claim, for the next claims that stand in them."""
        self.fetches = False
        """Whether the operator lets articles be read from an address."""
        self.starting: list[Callable[[], Awaitable[None]]] = []
        """What is to be done at each login, after the commands are known to Discord."""
        self.command_ids: dict[int | None, Mapping[str, int]] = {}
        """Under which ids Discord knows the commands of everybody, and those of each server."""
        self.leaving: list[Callable[[discord.Guild], Awaitable[None]]] = []
        """What is to be done when the bot is no member of a server any more."""
        self.under_answers: list[UnderAnswer] = []
        """What stands under every answer that has figures, whatever command gave it."""
        self.to_add: MakesAdding | None = None
        """Makes the button to add the first claim on a topic."""
        self._buttons: list[type[discord.ui.DynamicItem[Any]]] = []
        self._workspace: Workspace | None = None
        self.stopping = False
        """Whether what comes is turned away, as the process is about to end."""
        self.running: set[asyncio.Task[Any]] = set()
        """What works for a person right now."""
        self.waiting: dict[asyncio.Task[Any], discord.Interaction[Any]] = {}
        """Whose requests these are."""
        self.pace = Pace(limits)
        self.pool = Pool()
        """Where everything is done that would keep others waiting."""
        self.started: datetime | None = None
        """When this process began to answer."""

    @property
    def workspace(self) -> Workspace:
        """The workspace of the server where the running request was made.

        Outside of a request, and in direct messages, it is that of the shared base: whoever forgets
        to begin a request shows too little, never what belongs to another server.
        """
        if self.base is not None:
            request = current.get()
            guild = request.guild if request else None
            return self.base.workspaces.of(None if guild is None else str(guild))
        if self._workspace is None:
            raise RuntimeError("the client has neither a workspace nor a base")
        return self._workspace

    @workspace.setter
    def workspace(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def serves(self, guild: int | None) -> bool:  # noqa: ARG002 - of one process, all are its own
        """Whether a server falls to this process, of several that share a base.

        Without one: whether what belongs to no server does, such as the commands of everybody.
        """
        return True

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Let buttons be pressed that were made in another life of the process."""
        super().add_dynamic_items(*items)
        self._buttons += items

    def button(self, custom_id: str) -> type[discord.ui.DynamicItem[Any]] | None:
        """Return what answers a button of this id, or nothing."""
        matching = (
            one
            for one in self._buttons
            if one.__discord_ui_compiled_template__.fullmatch(custom_id)
        )
        return next(matching, None)

    def finished(self, request: Request) -> None:
        """Take note of a request that has ended."""

    def today(self) -> date:
        """Return the day that "last month" is reckoned from."""
        return datetime.now(UTC).date()

    def window(self, typed: Typed) -> Window:
        """Read a window as somebody typed it. Raises what `Lookup.window` does."""
        return self.workspace.lookup.window(typed, self.today())


Interaction = discord.Interaction[App]


class UnderAnswer(Protocol):
    """Makes a button that stands under an answer, or nothing where it has no place."""

    def __call__(
        self, interaction: Interaction, *, private: bool
    ) -> discord.ui.DynamicItem[Any] | None:
        """Make the button for an answer that only the person sees, or that everybody does."""


class MakesAdding(Protocol):
    """Makes the button to add a claim on a topic, or nothing for who may not."""

    def __call__(self, interaction: Interaction, topic: str) -> discord.ui.DynamicItem[Any] | None:
        """Make the button for whoever asks."""


def base_of(app: App) -> KnowledgeBase:
    """Return the open database.

    Raises:
        Closed: there is none.
    """
    if app.base is None:
        raise Closed
    return app.base


def curation_of(app: App) -> Curation:
    """Return what checks and writes changes.

    Raises:
        Closed: there is no database to write to.
    """
    return base_of(app).curation


class Feature(Protocol):
    """A module in this package that brings commands, buttons or both."""

    def register(self, app: App) -> None:
        """Add what the module brings to the tree and to the client."""


@cache
def features() -> tuple[Feature, ...]:
    """Find every module below `commands` that can be registered, in the order of their names."""
    found = walk_packages(commands.__path__, prefix=f"{commands.__name__}.")
    modules = [import_module(name) for name in sorted(each.name for each in found)]
    return tuple(cast("Feature", one) for one in modules if hasattr(one, "register"))
