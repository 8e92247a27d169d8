"""The whole command line, and how it refuses.

Exit codes: 0 answered, 1 nothing on file, 2 bad input (one line on standard error; with `--json`
one JSON object there). Imports stand where they are used: an answer for a script does not wait for
Discord's library.
"""

import json
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated, Final

import typer

from bot.cli.answers import answering
from bot.cli.common import ANSWERED, BAD_INPUT, as_text
from bot.cli.drafts import drafting
from bot.cli.evaluation import evaluating
from bot.cli.folders import folders
from bot.cli.migration import migrating
from bot.cli.moving import moving
from bot.cli.records import keeping
from bot.cli.serving import serving

INTERRUPTED: Final = 130
"""What shells know as ended by Ctrl-C."""

app = typer.Typer(
    help="Answers from a curated database of claims, each figure with its citation.",
    epilog="claimbot COMMAND --help shows the options of a command, examples and exit codes.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (serving, answering, folders, keeping, moving, migrating, drafting):
    app.add_typer(group)
app.add_typer(evaluating, name="eval")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"claimbot {version('claimbot')}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that belong to no command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    as_json = "--json" in given[: given.index("--") if "--" in given else None]
    try:
        code = app(given or ["--help"], prog_name="claimbot", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        return _refuse(error.format_message(), _help(error), as_json=as_json)
    except typer.Abort:
        return INTERRUPTED  # the answer to a question was Ctrl-C, or the end of the input
    except BrokenPipeError:
        # The reader has what it wanted; nothing is left to be flushed at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED
    except OSError as error:
        if error.filename is None:
            raise
        # A name too long for the system, a folder that nobody may read, a disk that is full.
        return _refuse(f"{error.filename}: {error.strerror}", as_json=as_json)
    except Exception as error:
        from knowledge.model import ForPeople

        if not isinstance(error, ForPeople):
            raise
        return _refuse(str(error), as_json=as_json)
    return int(code or ANSWERED)


def _help(error: typer.TyperException) -> str:
    """Name the help of the command that was misunderstood."""
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else 'claimbot'} --help"


def _refuse(message: str, see: str | None = None, *, as_json: bool) -> int:
    words = as_text(" ".join(message.split()))
    words += "" if words.endswith((".", "?", "!")) else "."
    if as_json:
        said = {"error": words, "exit_code": BAD_INPUT} | ({"help": see} if see else {})
        print(json.dumps(said, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"{words} See {see}." if see else words, file=sys.stderr)
    return BAD_INPUT
