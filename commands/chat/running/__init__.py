"""How requests run: their pace, their course, and the work beside the event loop."""

from commands.chat.running.pace import (
    SECONDS,
    UNHURRIED,
    Limits,
    Pace,
    TooOften,
    heavy,
)
from commands.chat.running.requests import (
    AT_ONCE,
    Outcome,
    Request,
    aside,
    begin,
    current,
)
from commands.chat.running.saving import (
    saved,
)
from commands.chat.running.work import (
    Busy,
    Pool,
    TooLong,
)

__all__ = [
    "AT_ONCE",
    "SECONDS",
    "UNHURRIED",
    "Busy",
    "Limits",
    "Outcome",
    "Pace",
    "Pool",
    "Request",
    "TooLong",
    "TooOften",
    "aside",
    "begin",
    "current",
    "heavy",
    "saved",
]
