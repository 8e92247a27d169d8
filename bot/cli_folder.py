"""`claimbot init` and `validate`: a folder of records of one's own, begun and checked."""

import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_printing import ANSWERED, BAD_INPUT, AsJson, print_json, using

if TYPE_CHECKING:
    from knowledge.records import Problem, Records

folders = typer.Typer(rich_markup_mode=None)


@folders.command()
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new folder, or an empty one.")
    ],
) -> int:
    """Begin a folder of records of your own: a worked example, and what to do next."""
    with using(folder):
        _require_empty(folder)
        written = _copied(files("knowledge") / "starter", folder)
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


@folders.command()
def validate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder of records.")],
    *,
    as_json: AsJson = False,
) -> int:
    """Check a folder of records as the start of the bot does; 2 if something is wrong."""
    from knowledge.interchange import read_folder
    from knowledge.records import RecordErrors, Records

    records, problems = Records({}, {}, {}, {}), list["Problem"]()
    try:
        records = read_folder(folder)
    except RecordErrors as errors:
        problems = errors.problems
    if as_json:
        print_json({"valid": not problems, "counts": _counts(records), "problems": problems})
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
