"""What the command line prints: JSON for programs, for people what the chat shows."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from commands.cards import Card, Page

Result = TypeVar("Result")
Progress = Callable[[int, int], None]
"""Called now and then with how much is done and how much there is."""


def print_json(value: object) -> None:
    """Print a model, or a mapping with models in it, as one JSON object."""
    from pydantic_core import to_json

    sys.stdout.write(to_json(value, indent=2).decode() + "\n")


def print_card(card: "Card") -> None:
    """Print what the chat would show; its command that lists the topics is named as it is here."""
    from rich.console import Console

    from bot.markdown import render
    from commands.text import say

    console = Console(markup=False, highlight=False, emoji=False)
    title = render(card.title)
    title.stylize("bold")
    footer = render(card.footer)
    footer.stylize("dim")
    description = card.description.replace("/topics lists", "claimbot topics lists")
    for part in (render(card.above), title, render(description)):
        if part:
            console.print(part)
    for field in card.fields:
        name = render(field.name)
        name.stylize("bold")
        console.print(name)
        console.print(render(field.value))
    if card.sources:
        console.print(render(f"**{say('Sources')}**"))
        console.print(render("\n".join(source.whole for source in card.sources)))
    if footer:
        console.print(footer)


def print_page(page_of: "Callable[[int], Page]", number: int) -> None:
    """Print a page of what has several, counted from 1.

    Raises:
        BadParameter: it has not so many.
    """
    page = page_of(number - 1)
    if page.number != number - 1:
        there = "there is one page" if page.count == 1 else f"the last one is {page.count}"
        raise typer.BadParameter(f"There is no page {number}: {there}.", param_hint="--page")
    print_card(page.card)


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


def with_progress(what: str, work: Callable[[Progress], Result], *, quiet: bool = False) -> Result:
    """Do the work with a bar on standard error, where a person looks at it."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    hidden = quiet or not console.is_terminal
    with Bar(console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task(what)
        return work(lambda done, total: bar.update(task, completed=done, total=total))
