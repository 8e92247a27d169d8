"""Running the command line within a test: what it printed, where, and its exit code."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from knowledge.store import Where
from tests.bases.engines import text_of


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


def runner(
    database: Where, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Return what runs commands on a database, in its folder where it is a file."""
    if isinstance(database, Path):
        monkeypatch.chdir(database.parent)
    monkeypatch.setenv("CLAIMBOT_DATABASE", text_of(database))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("CLAIMBOT_MODEL", "off")

    def run(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return run


def refused(outcome: Outcome, words: str) -> None:
    """Make sure that bad input ended in one line on standard error."""
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert words in outcome.err
