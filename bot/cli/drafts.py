"""`claimbot draft`: read articles, and propose claims from them for a curator to judge."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import (
    ANSWERED,
    NOTHING,
    STDIN,
    AsJson,
    Database,
    closing,
    standard_input,
    using,
)
from bot.cli.printing import print_json

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase
    from knowledge.drafts import Article, Proposal, Proposals
    from knowledge.model import AnyRecord, Edtf

drafting = typer.Typer(rich_markup_mode=None)

_ADDRESS = "://"
_STDOUT = "-"
"""What stands for standard output."""


@drafting.command(
    epilog=closing(
        "draft article.html",
        "draft article.pdf --yaml proposed.yaml",
        "draft - < article.txt",
        nothing="nothing to propose",
    )
)
def draft(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE", help="A file, an address, or -.")
    ],
    *,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When it appeared, where it does not say so itself."),
    ] = None,
    yaml: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write records to edit and import; - prints them."),
    ] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Propose claims from articles: text, HTML or PDF.

    In a terminal, you judge them one by one.
    """
    from bot.database import open_database

    read = list(_read(articles, published))
    with open_database(database) as found:
        drafts = [_drafted(found, article) for article in _each_once(read)]
        if as_json:
            _print_json(drafts)
        elif yaml is not None:
            _write(found, drafts, yaml)
        elif in_terminal():
            for one in drafts:
                _judge(found, one)
        else:
            for one in drafts:
                _list(one)
    return ANSWERED if any(one.claims for one in drafts) else NOTHING


def in_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _read(articles: Sequence[str], published: str | None) -> "Iterator[Article]":
    from bot.database import today
    from knowledge.drafts import read_article

    day = _day(published) if published else None
    for name in articles:
        data, shown, url = _data(name)
        article = read_article(data, shown, today(), url)
        yield article if day is None else article.dated(day)


def _day(text: str) -> "Edtf":
    from bot.database import today
    from knowledge.model import Edtf
    from knowledge.reading import parse_date_option

    span = parse_date_option(text, today())
    return Edtf.of_days(span.start, span.end)


def _data(name: str) -> tuple[bytes, str, str | None]:
    """Return the bytes of an article, what it is called, and its address."""
    from knowledge.drafts import MAX_BYTES

    if name == STDIN:
        return standard_input(MAX_BYTES + 1), "standard input", None
    if _ADDRESS in name:
        return _fetched(name)
    path = Path(name)
    with using(path), path.open("rb") as file:
        return file.read(MAX_BYTES + 1), path.name, None


def _fetched(address: str) -> tuple[bytes, str, str | None]:
    import asyncio

    from bot.settings import load_settings
    from knowledge.drafts import fetch

    page = asyncio.run(fetch(address, allowed=load_settings().fetch))
    return page.data, page.url, page.url


def _each_once(articles: "Sequence[Article]") -> "Iterator[Article]":
    """Yield each article once; a second copy is named."""
    from knowledge.drafts import same_article

    taken: list[Article] = []
    for article in articles:
        twin = next((one for one in taken if same_article(one, article)), None)
        if twin is None:
            taken.append(article)
            yield article
        else:
            print(f"{article.name} and {twin.name} are one article: left out.", file=sys.stderr)


def _drafted(found: "KnowledgeBase", article: "Article") -> "Proposals":
    from bot.database import today
    from knowledge.drafts import propose

    drafted = propose(article, found.workspace, today())
    if drafted.cut:
        print(f"{article.name} holds more figures: only the first are drafted.", file=sys.stderr)
    if drafted.source:
        print(f"{article.name} is on file already, as {drafted.source}.", file=sys.stderr)
    return drafted


def _print_json(drafts: "Sequence[Proposals]") -> None:
    from knowledge.drafts import as_json

    listed = [as_json(one) for one in drafts]
    print_json(listed[0] if len(listed) == 1 else {"articles": listed})


def _write(found: "KnowledgeBase", drafts: "Sequence[Proposals]", file: Path) -> None:
    from bot.database import today
    from knowledge.drafts import as_yaml

    parts = [part for one in drafts for part in as_yaml(one, found.workspace, today())]
    if str(file) == _STDOUT:
        sys.stdout.write("".join(parts))
        return
    with using(file):
        file.write_text("".join(parts), "utf-8")
    count = sum(len(one.claims) for one in drafts)
    print(f"{count} proposed claims are in {file}. Edit it, then: claimbot import {file}")


# ------------------------------------------------------------------ in words


def _list(drafts: "Proposals") -> None:
    """Print an article and what is proposed from it."""
    article = drafts.article
    print(f"{article.title or article.name}")
    when = f"{article.published_on or 'date unknown'} ({article.date_basis})"
    print(f"  {article.publisher or 'publisher unknown'} ({article.publisher_basis}), {when}")
    for number, one in enumerate(drafts.claims, start=1):
        print(f"\n{number}. {_worded(one)}")


def _worded(one: "Proposal") -> str:
    from knowledge.drafts import topic_title

    topic = one.topic.id if one.topic else f"new: {topic_title(one)}"
    said = str(one.asserted_on or "day unknown")
    speaks = f", speaks of {one.period}" if one.period else ""
    via = f", through {', '.join(one.via)}" if one.via else ""
    where = ", ".join(str(number) for number in (one.paragraph, *one.also))
    lines = [
        one.statement,
        f"   topic {topic} · “{one.amount.as_worded}” · {one.modality}",
        f"   {one.asserted_by}, {said}{speaks}{via} · paragraph {where}",
        *(
            f"   on file, {beside.how}: {beside.claim} “{beside.figure}”, {beside.asserted_by}"
            for beside in one.on_file
        ),
    ]
    return "\n".join(lines)


# ------------------------------------------------------------------ one by one


def _judge(found: "KnowledgeBase", drafts: "Proposals") -> None:
    """Let a curator accept, edit or drop each proposal; what is accepted is saved in the end."""
    from knowledge.drafts import Recorder, Undated

    _list(replace(drafts, claims=()))
    recorder = Recorder(found.workspace, drafts)
    records: list[AnyRecord] = []
    accepted = 0
    for number, one in enumerate(drafts.claims, start=1):
        print(f"\n{number} of {len(drafts.claims)}: {_worded(one)}")
        judged = _asked(found, one)
        while judged is not None:
            try:
                records += recorder.records(judged)
                accepted += 1
                break
            except Undated as error:
                print(error)
                judged = _edited(found, judged)
    if records and typer.confirm(f"Save {accepted} claims?", default=True):
        _save(found, records, drafts.article.name)
        print(f"{accepted} claim{'' if accepted == 1 else 's'} saved.")


def _asked(found: "KnowledgeBase", one: "Proposal") -> "Proposal | None":
    """Return a proposal as it is accepted; none where it is dropped."""
    twin = any(beside.how == "duplicate" for beside in one.on_file)
    while True:
        answer = typer.prompt("accept, edit, drop", default="d" if twin else "a").strip().lower()
        if answer[:1] == "a":
            return one
        if answer[:1] == "d":
            return None
        if answer[:1] == "e":
            one = _edited(found, one)
            print(_worded(one))


def _edited(found: "KnowledgeBase", one: "Proposal") -> "Proposal":
    """Ask for each field, with what is there as the default."""
    from bot.database import today
    from knowledge.drafts import Edits, edited, topic_title
    from knowledge.model import ForPeople

    edits = Edits(
        statement=typer.prompt("Statement", default=one.statement),
        figure=typer.prompt("Figure", default=one.amount.as_worded),
        topic=typer.prompt("Topic", default=one.topic.id if one.topic else topic_title(one)),
        asserted_by=typer.prompt("Said by", default=one.asserted_by),
        asserted_on=typer.prompt("Said on", default=str(one.asserted_on or "")),
    )
    try:
        return edited(one, edits, found.workspace, today())
    except ForPeople as error:
        print(error)
        return one


def _save(found: "KnowledgeBase", records: "list[AnyRecord]", name: str) -> None:
    import asyncio

    from bot.cli.records import operator

    why = f"drafted from {name}"
    asyncio.run(found.curation.take_in(operator(), records, why=why))
