"""`claimbot export`, `import`, `backup`, `restore`, `history`, `errors`: keeping the records."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.cli.common import (
    ANSWERED,
    BAD_INPUT,
    NOTHING,
    STDIN,
    AsJson,
    Database,
    as_text,
    closing,
    standard_input,
    using,
)
from bot.cli.printing import Progress, print_json, with_progress

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase
    from knowledge.curation import Actor, Step
    from knowledge.interchange import Alteration, ImportPlan
    from knowledge.model import AnyRecord
    from knowledge.store import Where

keeping = typer.Typer(rich_markup_mode=None)

_SHOWN = 20
"""Lines of each kind of change, so that the sum below stays on the screen (chosen by eye)."""
_VALUE, _LEAD = 60, 12
"""Characters of a changed value, and of those before the difference: two fit into a wide
terminal (chosen by eye)."""
_OPEN_DATA = ("sqlite", "datapackage")
"""Forms that hold what is public, as tables in a file."""

Kind = Literal["topic", "asserter", "source", "claim", "verify"]


def _forms(typed: str) -> list[str]:
    """Offer the forms to a shell that completes one."""
    from knowledge.interchange import FORMS

    return [form for form in (*FORMS, *_OPEN_DATA) if form.startswith(typed)]


@keeping.command(
    epilog=closing(
        "export > records.json",
        "export --format yaml > records.yaml",
        "export --format sqlite tables.db",
        nothing=None,
    )
)
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="For sqlite and datapackage.")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORM",
            autocompletion=_forms,
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


def _export_open_data(form: str, file: Path | None, database: str | None) -> int:
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


@keeping.command(
    name="import",
    epilog=closing(
        "import records.yaml --dry-run",
        "import - < records.yaml",
        nothing=None,
        bad="bad input, or a record is refused: nothing is saved",
    ),
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Records as YAML, CSV, TSV, JSON, JSON Lines, JSON-LD, or in a web page; "
            "- reads standard input.",
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
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Add and change records as a file has them."""
    from bot.database import open_database
    from knowledge.interchange import parse_map

    mapped = parse_map(columns or ())
    name, data = _input(file)
    how = _How(topic, mapped, skip_refused)
    with open_database(database, create=True) as found:
        planned = with_progress(
            "Reading", lambda bar: _planned(found, name, data, how, bar), quiet=as_json
        )
        fits = not planned.refused or (skip_refused and planned.fits)
        written = 0
        if fits and not dry_run:
            records = planned.records()
            written = with_progress(
                "Saving", lambda bar: _save(found, name, records, bar), quiet=as_json
            )
    if as_json:
        print_json(_told(planned, name, written))
    else:
        _print_samples(planned)
        _print_plan(planned)
        if not fits:
            print(_nothing(planned, name), file=sys.stderr)
        elif not dry_run:
            print(f"{_count(written, 'record')} imported from {name}.")
    return ANSWERED if fits else BAD_INPUT


def _input(file: Path) -> tuple[str, bytes]:
    """Return what a file is called, and what is in it, as far as it is not too large anyway."""
    from knowledge.interchange import OWN_FILE

    if str(file) == STDIN:
        return "standard input", standard_input(OWN_FILE.size + 1)
    with using(file), file.open("rb") as opened:
        return file.name, opened.read(OWN_FILE.size + 1)


def _told(planned: "ImportPlan", name: str, written: int) -> dict[str, object]:
    return {
        "file": name,
        "imported": written,
        "added": [{"kind": kind, "id": record.id} for kind, record in planned.added],
        "changed": [
            {"kind": one.kind, "id": one.after.id, "fields": one.fields} for one in planned.changed
        ],
        "unchanged": planned.unchanged,
        "odd": [str(problem) for problem in planned.odd],
        "refused": {
            "count": planned.refused.count,
            "problems": [str(problem) for problem in planned.refused],
        },
    }


@dataclass(frozen=True, slots=True)
class _How:
    """What a person says about a file."""

    topic: str | None
    columns: Mapping[str, str]
    skip_refused: bool


def _planned(
    found: "KnowledgeBase", name: str, data: bytes, how: _How, bar: Progress
) -> "ImportPlan":
    from knowledge.interchange import OWN_FILE, plan, read

    about = found.workspace.lookup.topic(how.topic).id if how.topic else None
    draft = read(
        data,
        name,
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


def _nothing(planned: "ImportPlan", name: str) -> str:
    found = f"Nothing is imported: {_count(planned.refused.count, 'problem')} in {name}."
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


def _save(found: "KnowledgeBase", name: str, records: "list[AnyRecord]", bar: Progress) -> int:
    import asyncio

    why = f"imported from {name}"
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
    """Say what an import does, what is on file and would be another afterwards before all else."""
    if planned.changed:
        many = _count(len(planned.changed), "record")
        print(f"{many} on file to change, by the same id (give what is new another id):")
    _print_some([_altered(one) for one in planned.changed], "change")
    _print_some([f"add {kind} {record.id}" for kind, record in planned.added], "add")
    for problem in planned.odd:
        print(f"is this meant? {problem}")
    if planned.odd.count > len(planned.odd.listed):
        print(f"is this meant? and {planned.odd.count - len(planned.odd.listed):,} more")
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


@keeping.command(epilog=closing("backup copy.db", nothing=None))
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that the copy becomes.")],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Copy the database into a file; the bot may run meanwhile."""
    from bot.database import database_path, open_store_alone

    path = database_path(database)
    if _same(path, file):
        raise typer.BadParameter(f"{file} is the database itself: name another file.")
    with open_store_alone(path) as store:
        store.backup(file)
        revisions = store.revision()
    if as_json:
        print_json({"database": str(path), "backup": file, "revisions": revisions})
    else:
        print(f"Revisions 1 to {revisions} of {path} are in {file}.")
    return ANSWERED


@keeping.command(epilog=closing("restore copy.db", nothing=None))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Put a backup in the place of the database.

    It is checked first. Stop the bot before.
    """
    from bot.database import database_path
    from knowledge.store import restore as put_back

    path = database_path(database)
    if _same(path, file):
        raise typer.BadParameter(f"{file} is the database itself: name a backup.")
    revisions = put_back(file, path)
    if as_json:
        print_json({"database": str(path), "backup": file, "revisions": revisions})
    else:
        print(f"{path} is as the backup {file}, with {_count(revisions, 'revision')}.")
    return ANSWERED


def _same(one: "Where", other: Path) -> bool:
    if not isinstance(one, Path):
        return False
    with using(other):
        return one.exists() and other.exists() and one.samefile(other)


@keeping.command(
    epilog=closing(
        "history claim ID",
        "history verify",
        nothing="no such record, or tampering is found",
    )
)
def history(
    of: Annotated[Kind, typer.Argument(metavar="KIND", help="Of which record, or 'verify'.")],
    record: Annotated[str | None, typer.Argument(metavar="ID", help="Its id.")] = None,
    *,
    as_json: AsJson = False,
    database: Database = None,
) -> int:
    """Show who changed a record, when and why.

    'verify' looks for changes that were made behind the bot's back.
    """
    from bot.database import database_path, open_store_alone

    with open_store_alone(database_path(database)) as store:
        if of == "verify" and record is None:
            return _verified(store.verify_history(), store.revision(), as_json=as_json)
        if of == "verify" or record is None:
            raise typer.BadParameter("Name a record ('history claim ID'), or 'history verify'.")
        from knowledge.curation import step_of

        steps = [step_of(revision) for revision in store.revisions(of, record)]
    if as_json:
        print_json({"kind": of, "id": as_text(record), "revisions": [*map(_step, steps)]})
    elif not steps:
        print(f"There is no {of} {record}.", file=sys.stderr)
    else:
        for step in steps:
            _print_step(step)
    return ANSWERED if steps else NOTHING


def _step(step: "Step") -> dict[str, object]:
    told = ("number", "at", "who", "why", "workspace", "changes")
    return {name: getattr(step, name) for name in told}


@keeping.command(epilog=closing("errors", nothing="no error waits"))
def errors(*, as_json: AsJson = False, database: Database = None) -> int:
    """List the reported errors that nobody has decided on.

    Those of direct messages: a server has its own list, /claim errors.
    """
    from bot.database import database_path, open_store_alone
    from knowledge.servers import Reports

    with open_store_alone(database_path(database)) as store:
        waiting = [one.report for one in Reports(store.ledger).waiting(None)]
    if as_json:
        print_json({"errors": waiting})
    else:
        for report in waiting:
            parts = (report.about, report.wrong, report.source)
            told = " · ".join(" ".join(part.split()) for part in parts if part)
            print(f"{report.at:%Y-%m-%d %H:%M} UTC  {report.name} [{report.person}]: {told}")
        if not waiting:
            print("No reported error waits.", file=sys.stderr)
    return ANSWERED if waiting else NOTHING


def _verified(problems: "Iterable[str]", revisions: int, *, as_json: bool) -> int:
    found = list(problems)
    if as_json:
        print_json({"unbroken": not found, "revisions": revisions, "problems": found})
    else:
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
