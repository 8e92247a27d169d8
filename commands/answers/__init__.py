"""The commands that answer from what is on file; one file a command."""

from commands.answers.ask import ask_reply
from commands.answers.check import check_reply
from commands.answers.compare import compare_reply
from commands.answers.figures import FiguresButton, command_of, figures_reply
from commands.answers.help import AUDIENCE, is_for_some
from commands.answers.source import SourceButton, source_reply
from commands.answers.topics import topics_reply

__all__ = [
    "AUDIENCE",
    "FiguresButton",
    "SourceButton",
    "ask_reply",
    "check_reply",
    "command_of",
    "compare_reply",
    "figures_reply",
    "is_for_some",
    "source_reply",
    "topics_reply",
]
