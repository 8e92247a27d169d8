"""Running against Discord: clear endings, a graceful stop."""

import asyncio
import contextlib
import logging
import re
import sys
from enum import IntEnum

import discord

from bot.client import Claimbot
from bot.gateway import ShardedClaimbot, ShardTaken
from bot.logs import NETWORK, line, log_request, start_logging
from bot.pages import Place, pages
from bot.settings import Settings
from bot.signals import signalled
from bot.web import Taken
from knowledge.base import KnowledgeBase
from knowledge.model import ForOperators
from knowledge.workspaces import Workspace

STOPPED, UNREACHABLE, MISCONFIGURED = 0, 1, 2
"""Exit codes: asked to stop; Discord cannot be reached, or failed; a setting has to change."""

_TOKEN = re.compile(r"[!#-&(-_a-~]{1,200}")
"""Printable ASCII without spaces and quotes. Whether Discord knows it is for Discord to say."""
_WHERE = "Take a new one from the Discord Developer Portal (Bot, Reset Token)"

FINISH_SECONDS, CLOSE_SECONDS = 2.0, 1.0
"""How long what runs may take after the bot was asked to stop, and the goodbye to Discord: with the
words to those who wait longer, and the closing of the database, below five seconds."""

_log = logging.getLogger(__name__)


class _CloseCode(IntEnum):
    """With what Discord closes a connection for good, where an operator can mend it."""

    BAD_TOKEN = 4004
    NO_SUCH_SHARD = 4010
    TOO_FEW_SHARDS = 4011
    NO_SUCH_INTENT = 4014


class Ended(ForOperators):
    """The bot cannot go on; one line for the person, and the exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def run(
    settings: Settings, workspace: Workspace | KnowledgeBase, place: Place | None = None
) -> int:
    """Answer on Discord until asked to stop, and on the web where a place is named.

    Returns the exit code.

    What goes wrong for good is one line on standard error.
    """
    try:
        token = checked(settings)
        start_logging(settings.log_level, token)
        asyncio.run(_serve(settings, workspace, token, place))
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


async def _serve(
    settings: Settings, workspace: Workspace | KnowledgeBase, token: str, place: Place | None
) -> None:
    """Answer, with pages and metrics on their ports, until the client ends or a signal asks for it.

    Raises:
        Ended: the bot cannot go on.
    """
    async with contextlib.AsyncExitStack() as held:
        client = ShardedClaimbot(
            workspace,
            rights=settings.rights,
            limits=settings.limits,
            public_url=settings.public_url,
            fetches=settings.fetch,
            links=settings.links,
        )
        client.chosen = settings.shards
        client.observers.append(log_request)
        held.push_async_callback(_leave, client)
        if settings.metrics_port is not None:
            await _show_metrics(held, client, settings.metrics_port)
        if place is not None and isinstance(workspace, KnowledgeBase):
            await _show_pages(held, client, workspace, settings, place)
        await _until_asked(client, token)


async def _show_metrics(held: contextlib.AsyncExitStack, client: Claimbot, port: int) -> None:
    # Most bots run without: they do not wait for the library.
    from bot.metrics import Metrics, served  # noqa: PLC0415

    metrics = Metrics(lambda: client.workspace.library, client)
    try:
        await held.enter_async_context(served(metrics, port))
    except OSError as error:
        raise Ended(
            f"CLAIMBOT_METRICS_PORT: port {port} cannot be had: {error.strerror or error}. "
            "Choose another one, or none.",
            MISCONFIGURED,
        ) from None
    client.observers.append(metrics.observe)


async def _show_pages(
    held: contextlib.AsyncExitStack,
    client: Claimbot,
    base: KnowledgeBase,
    settings: Settings,
    place: Place,
) -> None:
    try:
        await held.enter_async_context(pages(base, settings, place, client.observers))
    except Taken as error:
        raise Ended(f"--serve: {error}. Choose another one.", MISCONFIGURED) from None


async def _until_asked(client: ShardedClaimbot, token: str) -> None:
    stop = signalled()
    running = asyncio.create_task(_start(client, token))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        _log.info("Stopping; what runs may finish within %g seconds", FINISH_SECONDS)
        await client.finish(FINISH_SECONDS)
        await _leave(client)
        running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _leave(client: Claimbot) -> None:
    """Say goodbye to Discord, and go without an answer where none comes."""
    closing = asyncio.create_task(client.close())
    await asyncio.wait({closing}, timeout=CLOSE_SECONDS)
    if not closing.done():
        await client.http.close()


async def _start(client: ShardedClaimbot, token: str) -> None:
    """Log in and stay connected.

    Raises:
        Ended: Discord refuses the token or an intent, or cannot be reached; or another process
            serves the same shard.
    """
    try:
        await client.login(token)
        await client.connect()
    except ShardTaken as taken:
        raise Ended(str(taken), MISCONFIGURED) from None
    except discord.LoginFailure:
        raise Ended(f"Discord refused DISCORD_TOKEN. {_WHERE}.", MISCONFIGURED) from None
    except discord.ConnectionClosed as error:
        raise _closed(error.code, named=client.chosen is not None) from None
    except discord.GatewayNotFound as error:
        raise Ended("Discord's gateway cannot be reached.", UNREACHABLE) from error
    except discord.HTTPException as error:
        raise Ended(f"Discord answered with an error: {line(error)}", UNREACHABLE) from None
    except NETWORK as error:
        raise Ended(f"Discord cannot be reached: {line(error)}", UNREACHABLE) from None


def _closed(code: int, *, named: bool) -> Ended:
    """Say why Discord has closed a connection for good; `named` shards are the operator's."""
    match code:
        case _CloseCode.BAD_TOKEN:
            return Ended(f"Discord refused DISCORD_TOKEN. {_WHERE}.", MISCONFIGURED)
        case _CloseCode.NO_SUCH_SHARD:
            return Ended("Discord takes no such shard. Look at CLAIMBOT_SHARDS.", MISCONFIGURED)
        case _CloseCode.TOO_FEW_SHARDS if named:
            return Ended(
                "Discord wants the bot's servers spread over more shards than CLAIMBOT_SHARDS says "
                "there are. Say the same higher number to every process.",
                MISCONFIGURED,
            )
        case _CloseCode.TOO_FEW_SHARDS:
            return Ended(
                "Discord wants the bot's servers spread over more shards by now: start again.",
                UNREACHABLE,
            )
        case _CloseCode.NO_SUCH_INTENT:
            return Ended(
                "Discord refused the connection: an intent has to be allowed in the Developer "
                "Portal.",
                MISCONFIGURED,
            )
        case _:
            return Ended(f"Discord closed the connection for good (code {code}).", UNREACHABLE)
