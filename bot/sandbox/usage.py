"""What `:help` shows: how to type, and what the bot can be told."""

from collections.abc import Sequence

from rich.console import Group, RenderableType

from bot.sandbox.render import listing
from bot.sandbox.spec import Command

_LINES = (
    ("a question", "asks the bot, as /ask does"),
    ("/command …", "option value, option: value or option=value; text in quotes where needed"),
    (":1, 1", "presses button 1 of the last answer that has buttons; :press LABEL by its label"),
    (":2.3", "chooses line 3 of menu 2; several as :2.1 2.3"),
    (":menu ENTRY TEXT", "posts the text and applies the message menu to it"),
    (
        "field=value",
        "fills a field of an open form; the last one sends it, or :submit; :cancel closes it",
    ),
    (":save FILE [PATH]", "writes an attachment to disk"),
    (":as NAME [ROLE]", "acts as another member; curator may manage the server"),
    (":dm, :server", "goes to the direct message with the bot, or back"),
    (":language CODE", "sets the language of the person's Discord: uk, ko, de, en-US"),
    (":wait SECONDS", "lets the simulated clock run"),
    (":help, :quit", "shows this; leaves (so do Ctrl-D and Ctrl-C)"),
)


def usage(commands: Sequence[Command], menus: Sequence[str]) -> RenderableType:
    """The sandbox's own orders, then the bot's commands and its message menu."""
    rows = [(each.usage, each.description) for each in commands]
    rows += [(f':menu "{entry}"', "message menu") for entry in menus]
    return Group(listing(_LINES), "", listing(rows))
