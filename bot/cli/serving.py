"""`claimbot run`, `serve`, `mcp`: the bot in the chat, and its answers as pages and as tools."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Database, closing

if TYPE_CHECKING:
    from bot.pages import Place
    from bot.settings import Settings
    from knowledge.base import KnowledgeBase

serving = typer.Typer(rich_markup_mode=None)


@serving.command(
    epilog=closing("run --browser", "run --serve 8080", nothing="Discord cannot be reached")
)
def run(
    *,
    serve: Annotated[
        str | None,
        typer.Option(metavar="PORT", help="Serve the pages too: 8080, or 0.0.0.0:8080."),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser", help="Show the sandbox in a page of your browser.")
    ] = False,
    database: Database = None,
) -> int:
    """Start the bot: in Discord with a token, else in the sandbox.

    The sandbox is a chat in the terminal, or with --browser in a page; it needs no token.
    """
    from bot.database import end_start, open_to_serve
    from bot.meaning import matching_by_meaning
    from bot.settings import load_settings

    settings, place = load_settings(), _place(serve) if serve else None
    with (
        open_to_serve(settings, database) as found,
        matching_by_meaning(found, settings.model),
    ):
        found.workspace.prepare()
        found.workspaces.open_large(settings.serves_place)
        if settings.token and not browser:
            from bot.run import run as run_in_discord

            end_start()
            return run_in_discord(settings, found, place)

        import asyncio

        end_start()
        return asyncio.run(_sandbox(settings, found, place, browser=browser))


async def _sandbox(
    settings: "Settings", found: "KnowledgeBase", place: "Place | None", *, browser: bool
) -> int:
    from contextlib import AsyncExitStack

    from bot.client import Claimbot
    from bot.pages import pages
    from bot.sandbox import run_in_browser, run_sandbox
    from bot.signals import signalled
    from bot.web import Taken
    from commands.chat import UNHURRIED

    bot = Claimbot(
        found,
        rights=settings.rights,
        limits=UNHURRIED,
        public_url=settings.public_url,
        fetches=settings.fetch,
        links=settings.links,
    )
    async with AsyncExitStack() as held:
        if place is not None:
            try:
                where = await held.enter_async_context(pages(found, settings, place, bot.observers))
            except Taken as error:
                raise typer.BadParameter(f"--serve: {error}") from None
            print(f"Pages on {where}", file=sys.stderr)
        if browser:
            return await run_in_browser(bot, signalled(), tell=_tell_address)
        return await run_sandbox(bot, stdin=sys.stdin, stdout=sys.stdout)


def _tell_address(address: str) -> None:
    print(f"The sandbox is on {address}\n(for your eyes only; Ctrl-C stops it)", file=sys.stderr)


def _place(text: str) -> "Place":
    from bot.pages import Place

    try:
        return Place.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


@serving.command(epilog=closing("serve --port 8080", nothing=None))
def serve(
    *,
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Where to listen.")
    ] = 8000,
    host: Annotated[
        str,
        typer.Option(metavar="HOST", help="For whom: 127.0.0.1 for this machine, 0.0.0.0 for all."),
    ] = "127.0.0.1",
    database: Database = None,
) -> int:
    """Serve the shared base as web pages, read-only.

    A bot may run on the same database meanwhile.
    """
    from bot.database import end_start, open_to_serve
    from bot.meaning import matching_by_meaning
    from bot.pages import Place
    from bot.pages import serve as serve_pages
    from bot.settings import load_settings

    settings = load_settings()
    with (
        open_to_serve(settings, database) as found,
        matching_by_meaning(found, settings.model),
    ):
        found.workspace.prepare()
        end_start()
        return serve_pages(settings, found, Place(host, port))


@serving.command(epilog=closing("mcp", "mcp --http 8090", nothing=None))
def mcp(
    *,
    http: Annotated[
        str | None,
        typer.Option(metavar="PORT", help="Over HTTP: 8080, or 0.0.0.0:8080; else over stdio."),
    ] = None,
    database: Database = None,
) -> int:
    """Serve the answers to agents as tools, read-only.

    The tools are those of the Model Context Protocol.
    """
    from bot.database import end_start, open_to_serve
    from bot.mcp import over_http, over_stdio
    from bot.meaning import matching_by_meaning
    from bot.settings import load_settings

    settings, place = load_settings(), _place(http) if http else None
    with (
        open_to_serve(settings, database) as found,
        matching_by_meaning(found, settings.model),
    ):
        found.workspace.prepare()
        end_start()
        if place is None:
            return over_stdio(settings, found)
        return over_http(settings, found, place)
