"""Fact checks on labelled messages, by words alone: floors, not aims."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.evaluation import evaluate_checks, read_messages
from knowledge.workspaces import Workspace
from tests import DATA, ROOT
from tests.conftest import shipped

TODAY = date(2026, 1, 15)
OWN = DATA / "checks.jsonl"
SHARED = ROOT.parent / "shared" / "eval" / "checks.dev.jsonl"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with shipped(tmp_path_factory.mktemp("checking") / "claims.db") as base:
        yield base.workspace


@pytest.mark.parametrize(("path", "bar"), [(OWN, 0.6), (SHARED, 0.6)], ids=["own", "shared"])
def test_messages_reach_the_bar(workspace: Workspace, path: Path, bar: float) -> None:
    if not path.exists():
        pytest.skip("the shared messages are not in this checkout")
    report = evaluate_checks(read_messages(path), lambda text: workspace.check(text, TODAY))
    assert (report.pairs.f1 or 0) >= bar
