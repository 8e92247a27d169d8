"""`claimbot init`, `validate`, `evidence`: folders of records and articles, begun and checked."""

import dataclasses
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import ANSWERED, BAD_INPUT, NOTHING, AsJson, Database, closing, using
from bot.cli.printing import print_json

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase
    from knowledge.model import Claim, Source
    from knowledge.records import EvidenceReport, Problem, Records

folders = typer.Typer(rich_markup_mode=None)


@folders.command(epilog=closing("init records", nothing=None))
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new folder, or an empty one.")
    ],
    *,
    as_json: AsJson = False,
) -> int:
    """Begin a folder of records of your own.

    It holds a worked example, and says what to do next.
    """
    with using(folder):
        _require_empty(folder)
        written = _copied(files("knowledge") / "starter", folder)
    if as_json:
        print_json({"folder": folder, "files": written})
        return ANSWERED
    for file in written:
        print(file)
    print(
        f"Next: look at these files, and try them:\n"
        f"  claimbot validate {folder}\n"
        f"  CLAIMBOT_RECORDS={folder} claimbot run\n"
        f"{folder / 'README.md'} says what to do then."
    )
    return ANSWERED


def _require_empty(folder: Path) -> None:
    """Make sure that nothing is overwritten; what begins with a dot (.git) is in nobody's way."""
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is a file: name a folder.")
    there = sorted(one.name for one in folder.iterdir()) if folder.exists() else []
    if there := [name for name in there if not name.startswith(".")]:
        raise typer.BadParameter(f"{folder} is not empty (it holds {there[0]}): name a new folder.")


def _copied(one: Traversable, target: Path) -> list[Path]:
    """Write a file, or a folder with everything in it, and return the files."""
    if one.is_file():
        target.write_bytes(one.read_bytes())
        return [target]
    target.mkdir(parents=True, exist_ok=True)
    inside = sorted(one.iterdir(), key=lambda each: each.name)
    return [file for each in inside for file in _copied(each, target / each.name)]


@folders.command(
    epilog=closing(
        "validate records", nothing=None, bad="bad input, or something is wrong in the folder"
    )
)
def validate(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder of records, or a file of them.")
    ],
    *,
    as_json: AsJson = False,
) -> int:
    """Check a folder or a file of records as a start does."""
    from knowledge.interchange import read_file, read_folder
    from knowledge.records import RecordErrors, Records, at_odds_with_its_words

    records, problems = Records({}, {}, {}, {}), list["Problem"]()
    try:
        records = read_file(folder) if folder.is_file() else read_folder(folder)
    except RecordErrors as errors:
        problems = errors.problems
    odd = [
        f"{claim.id}: {path[0]}: {reason}"
        for claim in records.claims.values()
        for path, reason in at_odds_with_its_words(claim, records.topics.get(claim.topic))
    ]
    if as_json:
        told = {"valid": not problems, "counts": _counts(records), "problems": problems}
        print_json({**told, "odd": odd})
    elif problems:
        for problem in problems:
            print(f"refused {problem}")
        many = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        print(f"{folder} is refused as a whole: {many}.", file=sys.stderr)
    else:
        held = ", ".join(
            f"{count:,} {kind.removesuffix('s') if count == 1 else kind}"
            for kind, count in _counts(records).items()
        )
        for one in odd:
            print(f"is this meant? {one}")
        print(f"Nothing is wrong in {folder}: {held}.")
    return BAD_INPUT if problems else ANSWERED


def _counts(records: "Records") -> dict[str, int]:
    examples = {"examples": len(records.examples)} if records.examples else {}
    return {
        "topics": len(records.topics),
        "asserters": len(records.asserters),
        "sources": len(records.sources),
        "claims": len(records.claims),
        **examples,
    }


@folders.command(
    epilog=closing("evidence articles", nothing="a citation is not as the articles have it")
)
def evidence(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", exists=True, file_okay=False, help="A folder of articles as text."
        ),
    ],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Hold every citation against the articles in a folder."""
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
