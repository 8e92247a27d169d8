"""The log: one line a record, as JSON unless a person watches; no secrets, no typed text."""

import json
import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import aiohttp
import discord
import structlog
from structlog.typing import Processor

from commands.chat import Outcome, Request, current

_log = logging.getLogger(__name__)

NETWORK = (OSError, aiohttp.ClientError, discord.GatewayNotFound, discord.ConnectionClosed)
"""What goes wrong between here and Discord, and is no fault of the program."""

_INTERACTION_TOKENS = (
    re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/?\s\"'\\]+"),
    # As the gateway sends them, written as Python or as JSON, escaped once more or not.
    re.compile(r"""(["']token\\*["']:\s*\\*["'])[^"'\\]+"""),
    # "interaction:" in base64, wherever else one may stand.
    re.compile(r"aW50ZXJhY3Rpb246?()[\w:.%+/=-]*"),
)
"""Whoever has one may answer in the bot's name for fifteen minutes."""


class Masked(logging.Formatter):
    """Renders a record whole, traceback included, and then takes the secrets out of it."""

    def __init__(self, secret: str, *, for_people: bool = False) -> None:
        super().__init__()
        self._rendered = structlog.stdlib.ProcessorFormatter(
            processors=_for_people() if for_people else _for_machines(),
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso"),
                _with_request,
            ],
        )
        self._secrets = {secret, json.dumps(secret)[1:-1]} - {""}

    def format(self, record: logging.LogRecord) -> str:
        """Format a record without the secrets."""
        text = self._rendered.format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[token]")
        for token in _INTERACTION_TOKENS:
            text = token.sub(r"\1[token]", text)
        return text


def _for_machines() -> list[Processor]:
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]


def _for_people() -> list[Processor]:
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]


def _with_request(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    request = current.get()
    if request is not None:
        event.setdefault("request", request.id)
    return event


def start_logging(level: str, secret: str = "", stream: TextIO | None = None) -> None:
    """Log to standard error from `level` on, without the secret where there is one."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Masked(secret, for_people=stream.isatty()))
    handler.addFilter(briefly)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def briefly(record: logging.LogRecord) -> bool:
    """Shorten what the library logs of a lost connection or of an interaction that is over.

    Neither is a fault of the program; who types fast leaves many completions behind.
    """
    error = record.exc_info[1] if record.exc_info else None
    if record.name.startswith("discord.") and isinstance(error, (*NETWORK, discord.NotFound)):
        record.msg = f"{record.getMessage()}: {line(error)}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def line(error: BaseException) -> str:
    """Return what an error says, on one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def log_request(request: Request) -> None:
    """Log how a request ended; of those that only complete what is typed, the failures."""
    usual = request.kind != "autocomplete" or request.outcome is Outcome.FAILED
    _log.log(
        logging.INFO if usual else logging.DEBUG,
        "%s %s",
        request.kind,
        request.outcome,
        extra={
            "request": request.id,
            "command": request.command,
            "outcome": str(request.outcome),
            "ms": round(1000 * request.seconds, 1),
            "guild": request.guild,
        },
    )
