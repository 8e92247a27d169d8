"""`claimbot ask`, `figures`, `check`, `compare`, `chart`, `source`, `who`, `topics`: the file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.common import ANSWERED, NOTHING, AsJson, Database, closing, text_of, using
from bot.cli.printing import print_card, print_json, print_page

if TYPE_CHECKING:
    from knowledge.library import Window
    from knowledge.workspaces import Workspace

answering = typer.Typer(rich_markup_mode=None)


def _topics(typed: str) -> list[str]:
    """Offer the topics of the bot's database to a shell that completes one."""
    from bot.database import database_path, open_store_alone
    from knowledge.model import ForPeople

    try:
        with open_store_alone(database_path(None)) as store:
            return [topic.id for topic in store.topics() if topic.id.startswith(typed)]
    except ForPeople:
        return []


Topic = Annotated[
    str,
    typer.Argument(
        metavar="TOPIC",
        help="A topic by its id, title or another name.",
        autocompletion=_topics,
    ),
]
Day = Annotated[str | None, typer.Option(metavar="DATE", help="2024-02, 2024-02-23, 'Feb 2024'.")]
Whose = Annotated[str | None, typer.Option(metavar="NAME", help="Whose claims.")]
Page = Annotated[int, typer.Option(metavar="N", min=1, help="Which page; the first is the newest.")]

_FORMS: dict[str, Literal["png", "svg"]] = {".png": "png", ".svg": "svg"}


@answering.command(
    epilog=closing(
        "ask how many were sent by august 2024",
        "ask - < question.txt",
    )
)
def ask(
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION", help="As people ask it; - reads standard input."),
    ],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Match a question to what is on file, or say that nothing is."""
    from bot.database import today
    from bot.meaning import understood

    asked = text_of(question)
    with understood(database, at_once=True) as found:
        answer = found.workspace.ask(asked, today())
        if as_json:
            print_json(answer)
        else:
            from commands.cards import ask_card

            print_card(ask_card(found.workspace.library, answer).card())
            for topic in answer.suggestions:
                print(f"  claimbot figures {topic}")
            if answer.speaker:
                print(f'  claimbot who "{answer.speaker}"')
    return NOTHING if answer.kind == "no_match" else ANSWERED


@answering.command(
    epilog=closing(
        "figures TOPIC --since 2024-02 --by 'South Korea'",
        "figures TOPIC --json",
    )
)
def figures(
    topic: Topic,
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

            print_page(figures_card(found.workspace.library, answer).page, page)
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


@answering.command(
    epilog=closing(
        "check Half of them never arrived",
        "check - < message.txt",
        nothing="no figure in it is on file",
    )
)
def check(
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT", help="As somebody wrote it; - reads standard input."),
    ],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Hold the figures that a message asserts against what is on file."""
    from bot.database import today
    from bot.meaning import understood

    message = text_of(text)
    with understood(database, at_once=True) as found:
        checked = found.workspace.check(message, today())
        if as_json:
            print_json(checked)
        else:
            from commands.cards import CheckCard

            print_card(CheckCard(checked, found.workspace.library).card())
    return ANSWERED if checked.assertions else NOTHING


@answering.command(
    epilog=closing(
        "compare TOPIC --by 'South Korea' --by Ukraine",
    )
)
def compare(
    topic: Topic,
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

            print_page(CompareCard(compared, found.workspace.library).page, page)
    return ANSWERED if compared.months else NOTHING


@answering.command(
    epilog=closing(
        "chart TOPIC --since 2024-02 -o picture.png",
        nothing="nothing to draw",
    )
)
def chart(
    topic: Topic,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A .png or .svg file.")
    ],
    *,
    since: Day = None,
    until: Day = None,
    known_by: Day = None,
    by: Whose = None,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Draw the estimates on a topic over time.

    Prints what the picture shows.
    """
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
            if as_json:
                print_json({"file": None, "shows": str(error)})
            else:
                print(error, file=sys.stderr)
            return NOTHING
    with using(output):
        output.write_bytes(picture.data)
    if as_json:
        print_json({"file": output, "shows": picture.alt})
    else:
        print(picture.alt)
    return ANSWERED


@answering.command(
    epilog=closing(
        "source TOPIC",
        "source PUBLISHER",
    )
)
def source(
    what: Annotated[str, typer.Argument(metavar="WHAT", help="A topic, a claim or a publication.")],
    *,
    page: Page = 1,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Show the evidence behind a topic or a claim, or a publication.

    It says who said it, through whom it came, and where it can be read.
    """
    from bot.database import open_database
    from knowledge.contract import Publication

    with open_database(database) as found:
        shown = found.workspace.evidence(what)
        if as_json:
            print_json(shown)
        else:
            from commands.cards import SourceCard, publication_card

            library = found.workspace.library
            card = (
                publication_card(library, shown)
                if isinstance(shown, Publication)
                else SourceCard(shown, library)
            )
            print_page(card.page, page)
    held = shown.claims if isinstance(shown, Publication) else shown.origins
    return ANSWERED if held else NOTHING


@answering.command(
    epilog=closing(
        "who 'South Korea'",
        "who NAME --json",
    )
)
def who(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A person, an organisation, a country or an outlet."),
    ],
    *,
    page: Page = 1,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Show everything that somebody has said, over all topics."""
    from bot.database import open_database

    with open_database(database) as found:
        said = found.workspace.said(found.workspace.lookup.by(name))
        if as_json:
            print_json(said)
        else:
            from commands.cards import said_card

            print_page(said_card(found.workspace.library, said).page, page)
    return ANSWERED if said.topics else NOTHING


@answering.command(
    epilog=closing(
        "topics --page 2",
    )
)
def topics(*, page: Page = 1, as_json: AsJson = False, database: Database = None) -> int:
    """List what the database holds, with counts and dates."""
    from bot.database import open_database

    with open_database(database) as found:
        contents = found.workspace.contents()
        if as_json:
            print_json(contents)
        else:
            from commands.cards import topics_page

            print_page(lambda number: topics_page(contents, number), page)
    return ANSWERED if contents.claims else NOTHING
