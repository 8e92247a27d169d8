"""Nobody else waits while a curator's change waits for the database."""

import asyncio
from threading import Event, Thread

from knowledge.base import KnowledgeBase
from knowledge.curation import Actor
from tests.bases.engines import on_both_engines
from tests.conftest import PATIENCE

pytestmark = on_both_engines


async def test_nobody_else_waits_while_somebody_waits_for_the_database(
    base: KnowledgeBase,
) -> None:
    ann = Actor("Ann", "1", None, can_curate=True, can_propose=True, curates_base=True)
    claim = next(iter(base.store.all_claims()))
    held, over, waited = Event(), Event(), []

    def hold() -> None:
        with base.store.engine.reading():  # type: ignore[attr-defined]
            held.set()
            waited.append(over.wait(PATIENCE))

    holding = Thread(target=hold)
    holding.start()
    assert held.wait(PATIENCE)
    retracting = asyncio.ensure_future(base.curation.retract(ann, claim.id, reason="a test"))
    for _ in range(10):
        await asyncio.sleep(0)  # it would not come back from here
    over.set()
    await retracting
    holding.join(PATIENCE)
    assert waited == [True]
