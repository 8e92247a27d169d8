"""What every command meets: the running bot as commands see it, and how commands are found."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, cast

import discord
from discord import app_commands

import commands
from commands.cooldown import pace
from commands.requests import Request
from knowledge.desk import Desk


class App(discord.Client):
    """The client, with the desk that answers and the tree that holds the commands."""

    desk: Desk
    tree: app_commands.CommandTree[Any]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.running: set[asyncio.Task[Any]] = set()
        """What works for a person right now."""
        self.pace = pace()
        self.started: datetime | None = None
        """When this process began to answer."""

    def finished(self, request: Request) -> None:
        """Take note of a request that has ended."""

    def today(self) -> date:
        """Return the day that "last month" is reckoned from."""
        return datetime.now(UTC).date()


Interaction = discord.Interaction[App]


class Feature(Protocol):
    """A module in this package that brings commands, buttons or both."""

    def register(self, app: App) -> None:
        """Add what the module brings to the tree and to the client."""


def features() -> Iterator[Feature]:
    """Find every module of this package that can be registered, in the order of their names."""
    for found in sorted(iter_modules(commands.__path__), key=lambda module: module.name):
        module = import_module(f"{commands.__name__}.{found.name}")
        if hasattr(module, "register"):
            yield cast("Feature", module)
