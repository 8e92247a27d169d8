"""Three bot processes with a share of the shards each: asked by many, and one of them is killed."""

from pathlib import Path

import pytest

from knowledge.store import Where
from tests.bases.engines import on_postgresql
from tests.soak.processes import Plan, run

pytestmark = pytest.mark.long


@on_postgresql
async def test_nothing_is_lost_but_what_a_killed_process_held(where: Where, tmp_path: Path) -> None:
    plan = Plan(shards_each=1, rate=20, seconds=3, apart=1, judging=True)
    found = await run(plan, tmp_path, where)
    assert found.problems == []
    assert found.lost == 0
    assert len(found.answered()) + found.held == len(found.sent)
    assert len(found.lags) >= plan.processes
