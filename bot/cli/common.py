"""What every command has in common: exit codes, options, standard input, the end of its help."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

ANSWERED, NOTHING, BAD_INPUT = 0, 1, 2
"""Exit codes, the same for every command."""
STDIN = "-"
"""Stands for standard input where a text or a file is taken."""
_MOST_TEXT = 100_000
"""Bytes of a text from standard input: a long article; what never ends is refused (chosen by
eye)."""

AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object and nothing else; errors too.")
]
Database = Annotated[
    str | None,
    typer.Option(
        metavar="DATABASE",
        help="The database, a file or postgresql://...; else as the bot's settings say.",
    ),
]


def closing(*examples: str, nothing: str | None = "nothing on file", bad: str = "bad input") -> str:
    """Return the end of a command's help: examples, and what its exit codes mean.

    `nothing` and `bad` say what 1 and 2 stand for with this command; none where 1 never comes.
    """
    codes = ["  0 done", *([f"  1 {nothing}"] if nothing else []), f"  2 {bad}"]
    blocks = ["Examples:", *(f"  claimbot {one}" for one in examples)], ["Exit codes:", *codes]
    # \b keeps the lines of a paragraph as they are.
    return "\n\n".join("\n".join(("\b", *block)) for block in blocks)


def text_of(words: Sequence[str]) -> str:
    """Return the text that was typed, in quotes or without; a lone `-` is standard input.

    Raises:
        BadParameter: standard input holds more than a text.
    """
    if list(words) != [STDIN]:
        return as_text(" ".join(words))
    data = standard_input(_MOST_TEXT + 1)
    if len(data) > _MOST_TEXT:
        raise typer.BadParameter(
            f"Standard input holds more than {_MOST_TEXT:,} bytes: give a shorter text."
        )
    return data.decode("utf-8", "replace").strip()


def standard_input(most: int) -> bytes:
    """Return what stands in standard input, at most so many bytes."""
    with using(Path("standard input")):
        # There is none where a program started this one with it closed.
        return sys.stdin.buffer.read(most) if sys.stdin else b""


def as_text(argument: str) -> str:
    """Return an argument as text, with a question mark for each byte that was none."""
    return argument.encode("utf-8", "replace").decode()


@contextmanager
def using(file: Path) -> Iterator[None]:
    """Say in one line which file cannot be read or written, and why.

    Raises:
        BadParameter: it cannot.
    """
    try:
        yield
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror or error}.") from error
