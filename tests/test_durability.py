"""A change that was confirmed survives a kill; `python -m tests.soak_kill` kills more often."""

from pathlib import Path

from tests.soak_kill import losses, soak


def test_kills_lose_nothing_confirmed_and_leave_nothing_half_written(tmp_path: Path) -> None:
    assert soak(tmp_path / "claims.db", times=5, seed=11) == []


def test_a_loss_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    assert soak(path, times=1, seed=3) == []
    assert losses(path, ["round r99999", "active p99999"])[-1] == (
        "p99999 was confirmed and is lost"
    )
