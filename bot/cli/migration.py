"""`claimbot migrate`: a base of earlier versions, brought to the present form."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import ANSWERED, BAD_INPUT, closing, using

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.migration import Guide, Migrated

migrating = typer.Typer(rich_markup_mode=None)


@migrating.command(
    epilog=closing("migrate old.yaml new.yaml --guide guide.yaml", nothing=None, bad="bad input"),
)
def migrate(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Records as YAML, CSV or JSON.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The YAML file to write.")],
    *,
    guide: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What you decide: which assumptions are qualifiers, which claims forecasts. "
            "Written for you to fill in where it is not there yet.",
        ),
    ] = None,
) -> int:
    """Bring records of earlier versions to the present form."""
    from bot.database import today
    from knowledge.interchange import OWN_FILE, export, read
    from knowledge.migration import Guide, migrate, written_guide

    if new.exists() and old.exists() and new.samefile(old):
        raise typer.BadParameter(f"{new} is what is read: name another file.")
    with using(old):
        draft = read(old.read_bytes(), old.name, limits=OWN_FILE)
    if draft.problems:
        print(draft.problems, file=sys.stderr)
        return BAD_INPUT
    decided = _decided(guide) if guide is not None and guide.exists() else Guide()
    made = migrate([entry.record for entry in draft.entries], decided, today())
    _print(made)
    with using(new):
        new.write_text("".join(export(made.each(), "yaml")), "utf-8")
    if guide is not None and not guide.exists():
        with using(guide):
            guide.write_text(written_guide(made.open), "utf-8")
        print(f"Fill in {guide}, and run this again.")
    print(f"Look through {new}, then: claimbot import --dry-run {new}")
    return ANSWERED


def _decided(guide: Path) -> "Guide":
    from knowledge.migration import BadGuide, read_guide

    with using(guide):
        data = guide.read_bytes()
    try:
        return read_guide(data.decode(), guide.name)
    except UnicodeDecodeError:
        raise BadGuide(f"{guide.name}: is not UTF-8 text.") from None


def _print(made: "Migrated") -> None:
    _print_part("Changed", made.changes)
    _print_part(
        "Assumptions: what a figure is of is a qualifier (--guide)",
        (f"{count} of “{text}”" for text, count in made.open.items()),
    )
    _print_part("To look at", made.questions)
    _print_part("An import would refuse", made.problems)
    print(
        f"{len(made.records):,} records: {len(made.changes):,} changes, "
        f"{len(made.open):,} assumptions open, {len(made.questions):,} to look at, "
        f"{len(made.problems):,} to mend"
    )


def _print_part(title: str, lines: "Iterable[object]") -> None:
    listed = [f"  {line}" for line in lines]
    if listed:
        print("\n".join((f"{title}:", *listed)))
