"""What the command line prints: JSON for programs, for people what the chat shows."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import typer
from pydantic_core import to_json

if TYPE_CHECKING:
    from commands.app import App
    from commands.replies import Reply
    from knowledge.desk import Desk

ANSWERED, NOTHING, BAD_INPUT = 0, 1, 2
"""Exit codes, the same for every command."""


def print_json(value: object) -> None:
    """Print a model, or a mapping with models in it, as one JSON object."""
    sys.stdout.write(to_json(value, indent=2).decode() + "\n")


def print_reply(desk: "Desk", make: Callable[["App"], "Reply"]) -> None:
    """Print the embed that the chat would show; its buttons are left out."""
    import discord
    from rich.console import Console

    from bot.sandbox import render
    from bot.sandbox.chat import Message
    from commands.app import App
    from commands.replies import Refused

    app = App(intents=discord.Intents(guilds=True))
    app.desk = desk
    try:
        reply = make(app)
    except Refused as error:
        raise typer.BadParameter(str(error)) from error
    shown = Message(0, "Claimbot", "", (reply.embed,), (), ())
    console = Console(markup=False, highlight=False, emoji=False)
    console.print(render.message(shown, 1))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings, as wide as they need."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(highlight=False).print(table)
