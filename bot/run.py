"""Running against Discord: logging without secrets, clear endings, a graceful stop."""

import asyncio
import contextlib
import logging
import re
import signal
import sys

import aiohttp
import discord

from bot.client import Claimbot
from bot.settings import Settings
from knowledge.desk import Desk

STOPPED, UNREACHABLE, MISCONFIGURED = 0, 1, 2
"""Exit codes: asked to stop; Discord cannot be reached, or failed; a setting has to change."""

_TOKEN = re.compile(r"[!#-&(-_a-~]{1,200}")
"""Printable ASCII without spaces and quotes. Whether Discord knows it is for Discord to say."""
_BAD_TOKEN = 4004
_WHERE = "Take a new one from the Discord Developer Portal (Bot, Reset Token)"

_NETWORK = (OSError, aiohttp.ClientError, discord.GatewayNotFound, discord.ConnectionClosed)

_log = logging.getLogger(__name__)


class Ended(Exception):  # noqa: N818
    """The bot cannot go on; one line for the person, and the exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


class Masked(logging.Formatter):
    """Formats a record whole, traceback included, and then takes a secret out of it."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        """Format a record without the secret."""
        return super().format(record).replace(self._secret, "[token]")


def briefly(record: logging.LogRecord) -> bool:
    """Shorten what the library logs of a lost connection, which is no fault of the program."""
    error = record.exc_info[1] if record.exc_info else None
    if record.name.startswith("discord.") and isinstance(error, _NETWORK):
        record.msg = f"{record.getMessage()}: {_line(error)}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def run(settings: Settings, desk: Desk) -> int:
    """Answer on Discord until asked to stop; return the exit code.

    What goes wrong for good is one line on standard error.
    """
    try:
        token = checked(settings)
        _start_logging(settings, token)
        asyncio.run(_serve(Claimbot(desk), token))
    except Ended as ended:
        print(f"claimbot: {ended}", file=sys.stderr)  # noqa: T201
        return ended.code
    except KeyboardInterrupt:
        return STOPPED
    return STOPPED


def checked(settings: Settings) -> str:
    """Return the token, fit to be sent in a header.

    Raises:
        Ended: there is none, or it holds what no token holds.
    """
    token = settings.token.get_secret_value() if settings.token else ""
    if not token:
        raise Ended("There is no DISCORD_TOKEN to run with.", MISCONFIGURED)
    if not _TOKEN.fullmatch(token):
        raise Ended(
            "DISCORD_TOKEN is malformed: it holds a space, a line break, a quote or another "
            f"character that no token has, or is too long. {_WHERE}.",
            MISCONFIGURED,
        )
    return token


def _start_logging(settings: Settings, token: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Masked(token))
    handler.addFilter(briefly)
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)


async def _serve(client: Claimbot, token: str) -> None:
    """Run the client until it ends or a signal asks for the end."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there, Ctrl-C raises KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stop.set)
    async with client:
        running = asyncio.create_task(_start(client, token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not running.done():
            _log.info("Stopping")
            await client.close()
            running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


async def _start(client: Claimbot, token: str) -> None:
    """Log in and stay connected.

    Raises:
        Ended: Discord refuses the token or an intent, or cannot be reached.
    """
    try:
        await client.start(token)
    except discord.LoginFailure:
        raise Ended(f"Discord refused DISCORD_TOKEN. {_WHERE}.", MISCONFIGURED) from None
    except discord.PrivilegedIntentsRequired:
        raise Ended(
            "Discord refused the connection: an intent has to be allowed in the Developer Portal.",
            MISCONFIGURED,
        ) from None
    except discord.ConnectionClosed as error:
        raise _closed(error) from None
    except AttributeError as error:
        # The library asks a connection that never came about where it left off.
        if client.ws is not None:
            raise
        raise Ended("Discord's gateway cannot be reached.", UNREACHABLE) from error
    except discord.HTTPException as error:
        raise Ended(f"Discord answered with an error: {_line(error)}", UNREACHABLE) from None
    except _NETWORK as error:
        raise Ended(f"Discord cannot be reached: {_line(error)}", UNREACHABLE) from None


def _closed(error: discord.ConnectionClosed) -> Ended:
    if error.code == _BAD_TOKEN:
        return Ended(f"Discord refused DISCORD_TOKEN. {_WHERE}.", MISCONFIGURED)
    return Ended(f"Discord closed the connection for good (code {error.code}).", UNREACHABLE)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
