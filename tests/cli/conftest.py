"""The command line on a copy of the handmade base, unless a module names another database."""

import shutil
from pathlib import Path

import pytest

from tests.driving.command_line import Run, runner


@pytest.fixture
def database(valley_database: Path, tmp_path: Path) -> Path:
    """Copy the handmade base."""
    return Path(shutil.copy(valley_database, tmp_path / "claims.db"))


@pytest.fixture
def claimbot(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run commands on the database."""
    return runner(database, capsys, monkeypatch)
