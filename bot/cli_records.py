"""`claimbot export`, `import`, `backup`, `restore`, `history`, `errors`: keeping the records."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli_printing import (
    ANSWERED,
    BAD_INPUT,
    NOTHING,
    Database,
    Progress,
    using,
    with_progress,
)

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase
    from knowledge.curation import Actor, Step
    from knowledge.interchange import Alteration, ImportPlan
    from knowledge.model import AnyRecord

keeping = typer.Typer(rich_markup_mode=None)

_SHOWN = 20
"""Lines of each kind of change, so that the sum below stays on the screen (chosen by eye)."""
_VALUE, _LEAD = 60, 12
"""Characters of a changed value, and of those before the difference: two fit into a wide
terminal (chosen by eye)."""


Kind = Literal["topic", "asserter", "source", "claim", "verify"]


@keeping.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="For sqlite and datapackage.")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORM",
            help="Such as yaml; an unknown one lists them all. sqlite and datapackage make a "
            "FILE of what is public, as tables.",
        ),
    ] = "json",
    *,
    database: Database = None,
) -> int:
    """Print every topic, asserter, source and claim of the database."""
    from bot.database import open_database
    from knowledge.interchange import export as written
    from knowledge.interchange import export_json

    if form in _OPEN_DATA:
        return _export_open_data(form, file, database)
    if file is not None:
        raise typer.BadParameter(f"{form} is printed: redirect it into {file}.")
    with open_database(database) as found:
        store = found.store
        whole = export_json(store) if form == "json" else written(store.all_records(), form)
        for part in whole:
            sys.stdout.write(part)
    return ANSWERED


_OPEN_DATA = ("sqlite", "datapackage")
"""Forms that hold what is public, as tables in a file."""


def _export_open_data(form: str, file: Path | None, database: Path | None) -> int:
    from bot.database import database_path, open_database
    from bot.published import Published
    from knowledge.opendata import rows_of, write_datapackage, write_sqlite

    if file is None:
        raise typer.BadParameter(f"Name the file: --format {form} FILE.")
    if _same(database_path(database), file):
        raise typer.BadParameter(f"{file} is the database itself: name another file.")
    write = write_sqlite if form == "sqlite" else write_datapackage
    with open_database(database) as found, using(file):
        public = Published(found)
        rows = rows_of(public.records())
        write(file, rows, public.revision)
    print(f"{_count(len(rows['claims']), 'claim')} in {file}, as of revision {public.revision}.")
    return ANSWERED


@keeping.command(name="import")
def import_(  # noqa: PLR0913 - options of one command
    file: Annotated[
        Path,
        typer.Argument(
            help="Records as YAML, CSV, TSV, JSON, JSON Lines, JSON-LD, or in a web page."
        ),
    ],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and save nothing.")
    ] = False,
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="The topic of claims whose form names none.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="Read a table of others: which column is which field. Give it once for each.",
        ),
    ] = None,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Save what fits, and list the rest.")
    ] = False,
    database: Database = None,
) -> int:
    """Add and change records as a file has them: all of them or none, or what fits."""
    from bot.database import open_database
    from knowledge.interchange import parse_map

    mapped = parse_map(columns or ())
    with using(file):
        data = file.read_bytes()
    with open_database(database) as found:

        def planning(bar: Progress) -> "ImportPlan":
            how = _How(topic, mapped, skip_refused)
            return _planned(found, file, data, how, bar)

        planned = with_progress("Reading", planning)
        _print_samples(planned)
        _print_plan(planned)
        if planned.refused and not (skip_refused and planned.fits):
            print(_nothing(planned, file), file=sys.stderr)
            return BAD_INPUT
        if not dry_run:
            records = planned.records()
            written = with_progress("Saving", lambda bar: _save(found, file, records, bar))
            print(f"{_count(written, 'record')} imported from {file}.")
    return ANSWERED


@dataclass(frozen=True, slots=True)
class _How:
    """What a person says about a file."""

    topic: str | None
    columns: Mapping[str, str]
    skip_refused: bool


def _planned(
    found: "KnowledgeBase", file: Path, data: bytes, how: _How, bar: Progress
) -> "ImportPlan":
    from knowledge.interchange import OWN_FILE, plan, read

    about = found.workspace.lookup.topic(how.topic).id if how.topic else None
    draft = read(
        data,
        file.name,
        topic=about,
        columns=how.columns,
        people=found.workspace.lookup.named_exactly,
        limits=OWN_FILE,
        progress=bar,
    )
    return plan(
        draft,
        lambda records: found.curation.preview(operator(), records, bar),
        skip_refused=how.skip_refused,
    )


def _nothing(planned: "ImportPlan", file: Path) -> str:
    found = f"Nothing is imported: {_count(planned.refused.count, 'problem')} in {file}."
    if planned.skipping or not planned.taken:
        return found
    return f"{found} --skip-refused saves what fits."


def _print_samples(planned: "ImportPlan") -> None:
    """Show how the first rows of a mapped table are read."""
    for sample in planned.samples:
        print(f"line {sample.line} is read as")
        for name, column, value in sample.values:
            print(f"  {name} ({column}): {value}")
    if planned.left_out:
        print(f"not read: {', '.join(planned.left_out)}")


def _save(found: "KnowledgeBase", file: Path, records: "list[AnyRecord]", bar: Progress) -> int:
    import asyncio

    why = f"imported from {file.name}"
    return asyncio.run(found.curation.take_in(operator(), records, why=why, progress=bar))


def operator() -> "Actor":
    """Return who sits at the command line: whoever holds the file may change all of it."""
    from knowledge.curation import Actor

    try:
        name = getuser()
    except (OSError, KeyError):
        name = "operator"  # a container may run under a number that has no name
    return Actor(name=name, id="cli", can_curate=True, curates_base=True)


def _print_plan(planned: "ImportPlan") -> None:
    _print_some([f"add {kind} {record.id}" for kind, record in planned.added], "add")
    _print_some([_altered(one) for one in planned.changed], "change")
    for problem in planned.refused:
        print(f"refused {problem}")
    more = planned.refused.count - len(planned.refused.listed)
    if more:
        print(f"refused and {more:,} more")
    print(
        f"{len(planned.added):,} to add, {len(planned.changed):,} to change, "
        f"{planned.unchanged:,} on file already, {planned.refused.count:,} refused"
    )


def _print_some(lines: list[str], what: str) -> None:
    for line in lines[:_SHOWN]:
        print(line)
    if len(lines) > _SHOWN:
        print(f"{what} {len(lines) - _SHOWN:,} more")


def _altered(one: "Alteration") -> str:
    from knowledge.curation import in_a_line

    changes = []
    for field in one.fields:
        before, after = _differing(in_a_line(field.before), in_a_line(field.after))
        changes.append(f"{field.name}: {before} -> {after}")
    return f"change {one.kind} {one.after.id}: {'; '.join(changes)}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@keeping.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file that the copy becomes.")],
    *,
    database: Database = None,
) -> int:
    """Copy the whole database into a file, while the bot may be running."""
    from bot.database import database_path, open_store_alone

    path = database_path(database)
    if _same(path, file):
        raise typer.BadParameter(f"{file} is the database itself: name another file.")
    with open_store_alone(path) as store:
        store.backup(file)
        print(f"Revisions 1 to {store.revision()} of {path} are in {file}.")
    return ANSWERED


@keeping.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")], *, database: Database = None
) -> int:
    """Put a backup in the place of the database, once it is checked; stop the bot before."""
    from bot.database import database_path
    from knowledge.store import restore as put_back

    path = database_path(database)
    if _same(path, file):
        raise typer.BadParameter(f"{file} is the database itself: name a backup.")
    revisions = put_back(file, path)
    print(f"{path} is as the backup {file}, with {_count(revisions, 'revision')}.")
    return ANSWERED


def _same(one: Path, other: Path) -> bool:
    with using(other):
        return one.exists() and other.exists() and one.samefile(other)


@keeping.command()
def history(
    of: Annotated[Kind, typer.Argument(metavar="KIND", help="Of which record, or 'verify'.")],
    record: Annotated[str | None, typer.Argument(metavar="[ID]", help="Its id.")] = None,
    *,
    database: Database = None,
) -> int:
    """Show who changed a record, when and why; 'verify' looks for tampering (1 if found)."""
    from bot.database import database_path, open_store_alone

    with open_store_alone(database_path(database)) as store:
        if of == "verify" and record is None:
            return _verified(store.verify_history(), store.revision())
        if of == "verify" or record is None:
            raise typer.BadParameter("Name a record ('history claim ID'), or 'history verify'.")
        from knowledge.curation import step_of

        revisions = store.revisions(of, record)
        for revision in revisions:
            _print_step(step_of(revision))
    if not revisions:
        print(f"There is no {of} {record}.", file=sys.stderr)
    return ANSWERED if revisions else NOTHING


@keeping.command()
def errors(*, database: Database = None) -> int:
    """List the errors that were reported in direct messages, and nobody has decided on."""
    from bot.database import database_path, open_store_alone
    from knowledge.servers import Reports

    with open_store_alone(database_path(database)) as store:
        waiting = [one.report for one in Reports(store.ledger).waiting(None)]
    for report in waiting:
        parts = (report.about, report.wrong, report.source)
        told = " · ".join(" ".join(part.split()) for part in parts if part)
        print(f"{report.at:%Y-%m-%d %H:%M} UTC  {report.name} [{report.person}]: {told}")
    if not waiting:
        print("No reported error waits.", file=sys.stderr)
    return ANSWERED if waiting else NOTHING


def _verified(problems: "Iterable[str]", revisions: int) -> int:
    found = list(problems)
    for problem in found:
        print(problem)
    if not found:
        print(f"{_count(revisions, 'revision')}, unbroken: none was edited, removed or moved.")
    return NOTHING if found else ANSWERED


def _print_step(step: "Step") -> None:
    where = f", workspace {step.workspace}" if step.workspace else ""
    print(f"{step.number}  {step.at:%Y-%m-%d %H:%M} UTC  {step.who}{where}: {step.why}")
    for change in step.changes:
        before, after = _differing(change.before, change.after)
        print(f"    {change.field}: {before} -> {after}")


def _differing(before: str, after: str) -> tuple[str, str]:
    """Return both from shortly before they differ."""
    one, other = (" ".join(value.split()) for value in (before, after))
    pairs = enumerate(zip(one, other, strict=False))
    parting = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = parting - _LEAD
    return _short(one, start), _short(other, start)


def _short(value: str, start: int) -> str:
    shown = f"…{value[start:]}" if start > 0 else value
    return (shown if len(shown) <= _VALUE else f"{shown[: _VALUE - 1]}…") or "nothing"
