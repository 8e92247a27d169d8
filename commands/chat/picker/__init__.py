"""Commands as Discord's picker shows them: their options, translations and limits."""

from commands.chat.picker.options import (
    CHOICE_LIMIT,
    DAYS,
    PRIVATE,
    Choices,
    choice,
    complete_asserter,
    complete_by,
    complete_topic,
    offered,
    window_options,
)
from commands.chat.picker.payloads import (
    broken_limits,
    register_commands,
)
from commands.chat.picker.spans import (
    days_offered,
)
from commands.chat.picker.translator import (
    CommandTranslator,
)

__all__ = [
    "CHOICE_LIMIT",
    "DAYS",
    "PRIVATE",
    "Choices",
    "CommandTranslator",
    "broken_limits",
    "choice",
    "complete_asserter",
    "complete_by",
    "complete_topic",
    "days_offered",
    "offered",
    "register_commands",
    "window_options",
]
