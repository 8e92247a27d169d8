"""The command line: run the bot, or ask what is on file without a chat.

Exit codes: 0 answered, 1 nothing on file, 2 bad input (one line on standard error).
Imports stand where they are used: an answer for a script does not wait for Discord's library.
"""

import dataclasses
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli_drafts import drafting
from bot.cli_eval import evaluating
from bot.cli_folder import folders
from bot.cli_migration import migrating
from bot.cli_printing import (
    ANSWERED,
    BAD_INPUT,
    NOTHING,
    AsJson,
    Database,
    print_card,
    print_json,
    using,
)
from bot.cli_records import keeping

if TYPE_CHECKING:
    from bot.pages import Place
    from bot.settings import Settings
    from knowledge.base import KnowledgeBase
    from knowledge.library import Window
    from knowledge.model import Claim, Source
    from knowledge.records import EvidenceReport
    from knowledge.workspaces import Workspace

app = typer.Typer(
    help="Answers from a curated database of claims, each figure with its citation.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(keeping)
app.add_typer(folders)
app.add_typer(migrating)
app.add_typer(drafting)
app.add_typer(evaluating, name="eval")

Day = Annotated[str | None, typer.Option(metavar="DATE", help="2024-02, 2024-02-23, 'Feb 2024'.")]
Whose = Annotated[str | None, typer.Option(metavar="NAME", help="Whose claims.")]
Page = Annotated[int, typer.Option(min=1, help="Which page; the newest is the first.")]

_FORMS: dict[str, Literal["png", "svg"]] = {".png": "png", ".svg": "svg"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(given or ["--help"], prog_name="claimbot", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        return _refuse(f"{error.format_message()} See claimbot --help.")
    except BrokenPipeError:
        # The reader has what it wanted; nothing is left to be flushed at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except Exception as error:
        from knowledge.model import ForPeople

        if not isinstance(error, ForPeople):
            raise
        return _refuse(str(error))
    return int(code or ANSWERED)


def _refuse(message: str) -> int:
    print(" ".join(message.split()), file=sys.stderr)
    return BAD_INPUT


@app.command()
def run(
    *,
    serve: Annotated[
        str | None,
        typer.Option(metavar="PORT", help="Serve the pages too: 8080, or 0.0.0.0:8080."),
    ] = None,
    database: Database = None,
) -> int:
    """Start the bot: in Discord with a token, else in the sandbox, a chat in the terminal."""
    from bot.database import end_start, open_to_serve
    from bot.meaning import matching_by_meaning
    from bot.settings import load_settings

    settings, place = load_settings(), _place(serve) if serve else None
    with (
        open_to_serve(settings, database) as found,
        matching_by_meaning(found, settings.model),
    ):
        found.workspace.prepare()
        found.workspaces.open_large()
        if settings.token:
            from bot.run import run as run_in_discord

            end_start()
            return run_in_discord(settings, found, place)

        import asyncio

        end_start()
        return asyncio.run(_chat_in_terminal(settings, found, place))


async def _chat_in_terminal(
    settings: "Settings", found: "KnowledgeBase", place: "Place | None"
) -> int:
    from contextlib import AsyncExitStack

    from bot.client import Claimbot
    from bot.pages import pages
    from bot.sandbox import run_sandbox
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
        return await run_sandbox(bot, stdin=sys.stdin, stdout=sys.stdout)


def _place(text: str) -> "Place":
    from bot.pages import Place

    try:
        return Place.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


@app.command()
def serve(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen.")] = 8000,
    host: Annotated[
        str, typer.Option(help="For whom: 127.0.0.1 for this machine, 0.0.0.0 for all.")
    ] = "127.0.0.1",
    database: Database = None,
) -> int:
    """Serve the shared base as web pages, read-only, also beside a bot on the same database."""
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


@app.command()
def mcp(
    *,
    http: Annotated[
        str | None,
        typer.Option(metavar="PORT", help="Over HTTP: 8080, or 0.0.0.0:8080; else over stdio."),
    ] = None,
    database: Database = None,
) -> int:
    """Serve the answers to agents as tools (Model Context Protocol), read-only."""
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


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question as people ask it.")],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Match a question to what is on file, or say that nothing is."""
    from bot.database import today
    from bot.meaning import understood

    with understood(database) as found:
        answer = found.workspace.ask(question, today())
        if as_json:
            print_json(answer)
        else:
            from commands.cards import ask_card

            print_card(ask_card(found.workspace.library, answer).card())
            for topic in answer.suggestions:
                print(f"  claimbot figures {topic}")
    return NOTHING if answer.kind == "no_match" else ANSWERED


@app.command()
def figures(
    topic: Annotated[str, typer.Argument(help="A topic by its id, title or another name.")],
    *,
    since: Day = None,
    until: Day = None,
    known_by: Day = None,
    by: Whose = None,
    page: Page = 1,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """List the claims on a topic, the latest estimate and the range."""
    from bot.database import open_database

    with open_database(database) as found:
        window = _window(found.workspace, since, until, known_by, by)
        answer = found.workspace.figures(topic, window)
        if as_json:
            print_json(answer)
        else:
            from commands.cards import figures_card

            print_card(figures_card(found.workspace.library, answer).page(page - 1).card)
    return NOTHING if answer.kind == "no_match" else ANSWERED


def _window(
    workspace: "Workspace",
    since: str | None,
    until: str | None,
    known_by: str | None,
    by: str | None = None,
) -> "Window":
    from bot.database import today
    from knowledge.library import Typed

    return workspace.lookup.window(Typed(since, until, known_by, by), today())


@app.command()
def check(
    text: Annotated[str, typer.Argument(help="A message, as somebody wrote it.")],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Hold the figures that a message asserts against what is on file."""
    from bot.database import today
    from bot.meaning import understood

    with understood(database) as found:
        checked = found.workspace.check(text, today())
        if as_json:
            print_json(checked)
        else:
            from commands.cards import CheckCard

            print_card(CheckCard(checked, found.workspace.library).card())
    return ANSWERED if checked.assertions else NOTHING


@app.command()
def compare(
    topic: Annotated[str, typer.Argument(help="A topic by its id, title or another name.")],
    by: Annotated[list[str], typer.Option(metavar="NAME", help="Whose claims; given repeatedly.")],
    *,
    since: Day = None,
    until: Day = None,
    known_by: Day = None,
    page: Page = 1,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Set asserters side by side on a topic, month by month."""
    from bot.database import open_database

    if len(by) < 2:  # noqa: PLR2004 - one has nobody beside it
        raise typer.BadParameter("Name two or more who differ: --by A --by B.")
    with open_database(database) as found:
        window = _window(found.workspace, since, until, known_by)
        sides = found.workspace.lookup.sides(by)
        compared = found.workspace.compare(topic, sides, window)
        if as_json:
            print_json(compared)
        else:
            from commands.cards import CompareCard

            print_card(CompareCard(compared, found.workspace.library).page(page - 1).card)
    return ANSWERED if compared.months else NOTHING


@app.command()
def chart(
    topic: Annotated[str, typer.Argument(help="A topic by its id, title or another name.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A .png or .svg file.")
    ],
    *,
    since: Day = None,
    until: Day = None,
    known_by: Day = None,
    by: Whose = None,
    database: Database = None,
) -> int:
    """Draw the estimates on a topic over time, and print what the picture shows."""
    from bot.database import open_database

    form = _FORMS.get(output.suffix.lower())
    if form is None:
        raise typer.BadParameter(f"{output}: name a file that ends in .png or .svg.")
    with open_database(database) as found:
        from commands.cards import chart_words, figures_card
        from knowledge.charts import NothingToDraw
        from knowledge.charts import chart as draw

        answer = found.workspace.figures(
            topic, _window(found.workspace, since, until, known_by, by)
        )
        card = figures_card(found.workspace.library, answer)
        try:
            numbers = card.numbering.numbers
            picture = draw(answer, form, against=card.against, numbers=numbers, words=chart_words())
        except NothingToDraw as error:
            print(error, file=sys.stderr)
            return NOTHING
    with using(output):
        output.write_bytes(picture.data)
    print(picture.alt)
    return ANSWERED


@app.command()
def source(
    what: Annotated[str, typer.Argument(help="A topic or a claim.")],
    *,
    page: Page = 1,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Show the evidence behind a topic or a claim: who said it, and where it can be read."""
    from bot.database import open_database

    with open_database(database) as found:
        evidence = found.workspace.source(what)
        if as_json:
            print_json(evidence)
        else:
            from commands.cards import SourceCard

            print_card(SourceCard(evidence, found.workspace.library).page(page - 1).card)
    return ANSWERED if evidence.origins else NOTHING


@app.command()
def topics(*, page: Page = 1, as_json: AsJson = False, database: Database = None) -> int:
    """List what the database holds, with counts and dates."""
    from bot.database import open_database

    with open_database(database) as found:
        contents = found.workspace.contents()
        if as_json:
            print_json(contents)
        else:
            from commands.cards import topics_page

            print_card(topics_page(contents, page - 1).card)
    return ANSWERED if contents.claims else NOTHING


@app.command()
def evidence(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR", exists=True, file_okay=False, help="A folder of articles as text."
        ),
    ],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Hold every citation against the articles in a folder; 1 unless all are verified."""
    from bot.database import open_database
    from knowledge.records import verify

    with open_database(database) as found:
        sources, claims = _in_use(found)
        report = verify(sources, claims, folder)
    if as_json:
        print_json(
            {"complete": report.complete, "counts": report.counts(), **dataclasses.asdict(report)}
        )
    else:
        _print_findings(report)
    return ANSWERED if report.complete else NOTHING


def _in_use(found: "KnowledgeBase") -> "tuple[list[Source], list[Claim]]":
    """Return the claims whose topic and sources are in use: the articles of others are not here."""
    library = found.workspace.library
    sources = {one.id: one for one in library.sources.values()}
    claims = [
        claim
        for claim in found.store.all_claims()
        if claim.topic in library.topics and all(one.source in sources for one in claim.citations)
    ]
    return list(sources.values()), claims


def _print_findings(report: "EvidenceReport") -> None:
    for check in report.checks:
        if check.finding != "verified":
            print(check)
    for name, reason in report.unreadable.items():
        print(f"{name} {reason}")
    for name in report.unrelated:
        print(f"{name} is no copy of any source")
    counts = ", ".join(f"{count} {finding}" for finding, count in report.counts().items())
    print(f"{len(report.checks)} citations in {len(report.files)} articles: {counts}")
