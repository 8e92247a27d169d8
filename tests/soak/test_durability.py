"""A change that was confirmed survives a kill; `python -m tests.soak.kill` kills more often."""

from pathlib import Path

import pytest

from knowledge.store import Where
from tests.bases.engines import on_postgresql
from tests.soak.kill import THREE, losses, soak

pytestmark = pytest.mark.long


def test_kills_lose_nothing_confirmed_and_leave_nothing_half_written(tmp_path: Path) -> None:
    assert soak(tmp_path / "claims.db", times=5, seed=11) == []


@on_postgresql
def test_nor_do_kills_of_three_that_write_at_once_and_hold_nobody_up(where: Where) -> None:
    assert soak(where, times=6, seed=11, names=THREE) == []


def test_a_loss_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    assert soak(path, times=1, seed=3) == []
    assert losses(path, ["round r99999", "active p99999"])[-1] == (
        "p99999 was confirmed and is lost"
    )
