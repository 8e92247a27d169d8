"""The command line: run the bot, or ask what is on file without a chat."""

from bot.cli.entry import app, main

__all__ = ["app", "main"]
