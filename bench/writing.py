"""What curation costs: confirmed writes, long chains, a large import, answers while it runs.

Run `python -m bench.writing` (CLAIMS=1000 for a short run). Everything is measured in one run, on
both engines one after the other, each in a process of its own, on the shipped database with
synthetic claims added. The server of PostgreSQL runs beside it, as safe as it is by itself.
"""

import asyncio
import os
import resource
import statistics
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter

from rich.console import Console
from rich.table import Table

from knowledge.base import KnowledgeBase, opened
from knowledge.curation import Actor
from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    Figure,
    Link,
    LinkKind,
    Relation,
    Source,
)
from knowledge.store import Where
from tests.bases.engines import POSTGRESQL, SQLITE, database

CLAIMS = int(os.environ.get("CLAIMS", "100000"))
CURATORS, WRITES = 10, 20
PAUSE_SECONDS = 0.01
QUESTIONS = (
    "how many shells since february 2024",
    "what share of the shells are duds",
    "how many containers had been sent by august 2024",
    "how many shells did Iran send",
)
WORDS = "river bridge train port crew winter order depot crate route survey field".split()
OWNER = Actor("Owner", "0", can_curate=True, can_propose=True, curates_base=True)
IMPORT_SECONDS, ANSWER_MS, MEMORY_MB, VERIFY_SECONDS = 60.0, 100.0, 1024.0, 5.0
CHAINS = ((2_000, 0.2), (20_000, 2.0))
Row = tuple[str, float, str, float | None]
"""What was measured, the figure, its unit, and the aim where there is one."""


def main() -> None:
    """Measure on each engine, and print one table."""
    with ProcessPoolExecutor(
        max_workers=1, max_tasks_per_child=1, mp_context=get_context("spawn")
    ) as apart:
        on_file, on_server = apart.map(measured, (SQLITE, POSTGRESQL))
    table = Table("measured", "SQLite", "PostgreSQL", "aim")
    for what, figure, unit, aim in on_file:
        other = next((f"{one[1]:,.2f} {unit}" for one in on_server if one[0] == what), "")
        goal = "" if aim is None else f"{aim:g} {unit}"
        table.add_row(what, f"{figure:,.2f} {unit}", other, goal)
    Console(width=110).print(table)


def measured(engine: str) -> list[Row]:
    """Measure on one engine."""
    with database(engine) as where, opened(where) as base:
        return asyncio.run(_measured(base, where))


async def _measured(base: KnowledgeBase, where: Where) -> list[Row]:
    rows = [*await _curators(base), *_chains(base), *await _import(base)]
    rows.append(await _timed("history verified", VERIFY_SECONDS, base.store.verify_history))
    if isinstance(where, Path):  # a server has tools of its own
        copy = where.with_name("backup.db")
        rows.append(await _timed("backup", None, lambda: base.store.backup(copy)))
    return [*rows, ("most memory held", _peak_mb(), "MB", MEMORY_MB)]


async def _timed(what: str, aim: float | None, work: Callable[[], object]) -> Row:
    begin = perf_counter()
    await asyncio.to_thread(work)
    return f"{what}, {CLAIMS:,} claims", perf_counter() - begin, "s", aim


async def _curators(base: KnowledgeBase) -> list[Row]:
    """Let ten curators add claims at once, each waiting for the confirmation of the last."""
    claims = list(made_claims(CURATORS * WRITES, "one"))
    await base.curation.take_in(OWNER, list(made_others()), why="bench")
    times: list[float] = []

    async def curate(mine: list[Claim]) -> None:
        for claim in mine:
            begin = perf_counter()
            await base.curation.add(OWNER, claim)
            times.append(1000 * (perf_counter() - begin))

    begin = perf_counter()
    await asyncio.gather(*(curate(claims[at::CURATORS]) for at in range(CURATORS)))
    seconds = perf_counter() - begin
    return [
        (f"confirmed writes, {CURATORS} curators at once", len(claims) / seconds, "a second", None),
        ("one write confirmed, p50", statistics.median(times), "ms", None),
    ]


def _chains(base: KnowledgeBase) -> Iterator[Row]:
    """Look for circles in claims each of which supersedes the one before it."""
    for length, aim in CHAINS:
        chain = list(made_claims(length, "chain"))
        for before, claim in list(pairwise(chain)):
            link = Link(kind=LinkKind.SUPERSEDES, claim=before.id)
            chain.append(claim.model_copy(update={"relations": (link,)}))
        begin = perf_counter()
        base.store.preview([chain[0], *chain[length:]])
        yield (f"dry run of a chain of {length:,}", perf_counter() - begin, "s", aim)


async def _import(base: KnowledgeBase) -> list[Row]:
    """Import claims, and ask and show all the while."""
    claims = list(made_claims(CLAIMS, "many"))
    idle = await _asking(base, asyncio.sleep(1))
    begin = perf_counter()
    busy = await _asking(base, base.curation.take_in(OWNER, claims, why="bench"))
    seconds = perf_counter() - begin
    after = await _asking(base, asyncio.sleep(1))
    return [
        (f"import of {CLAIMS:,} claims, index included", seconds, "s", IMPORT_SECONDS),
        ("answers before the import, p99", _p99(idle), "ms", None),
        ("answers while importing, p50", statistics.median(busy), "ms", None),
        ("answers while importing, p99", _p99(busy), "ms", ANSWER_MS),
        ("answers after the import, p99", _p99(after), "ms", None),
    ]


async def _asking(base: KnowledgeBase, work: Awaitable[object]) -> list[float]:
    """Ask until the work is done; return how long each answer took, in ms."""
    today = datetime.now(UTC).date()
    running = asyncio.ensure_future(work)
    times: list[float] = []
    turns = _turns(base, today)
    while not running.done():
        begin = perf_counter()
        next(turns)()
        times.append(1000 * (perf_counter() - begin))
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(running), PAUSE_SECONDS)
    await running
    return times


def _turns(base: KnowledgeBase, today: date) -> Iterator[Callable[[], object]]:
    workspace = base.workspaces.of(None)
    while True:
        for question in QUESTIONS:
            yield lambda question=question: workspace.ask(question, today)  # type: ignore[misc]
        yield lambda: workspace.figures("shells")
        yield lambda: workspace.source("dud-rate")


def made_others() -> Iterator[AnyRecord]:
    """Make the speakers and publications of the claims."""
    for number in range(200):
        yield Asserter(id=f"person-{number}", person=f"Person {number:03}", organisation="Bench")
        yield Source.model_validate(
            {
                "id": f"paper-{number}",
                "publisher": f"Paper {number}",
                "title": f"Report {number}",
                "published_on": "2025-01",
            }
        )


def made_claims(count: int, name: str) -> Iterator[Claim]:
    """Make claims on the shipped topics that have figures and are not asked for here."""
    dice = Random(f"{name} 7")  # noqa: S311 - the same claims in every run
    for number in range(count):
        amount = float(dice.randrange(1, 10_000))
        words = " ".join(dice.choices(WORDS, k=8))
        yield Claim.model_validate(
            {
                "id": f"{name}-{number}",
                "topic": dice.choice(("troops", "workers")),
                "asserter": f"person-{dice.randrange(200)}",
                "statement": f"About {amount:,.0f} came by {words} {number}.",
                "figure": Figure(
                    low=amount, high=amount, relation=Relation.ABOUT, as_worded=f"about {amount:g}"
                ),
                "asserted_on": f"2024-{dice.randrange(1, 13):02}-{dice.randrange(1, 28):02}",
                "origin": f"{name}-{number}",
                "citations": [
                    Citation(source=f"paper-{dice.randrange(200)}", paragraph=1, via=("Agency",))
                ],
            }
        )


def _p99(times: list[float]) -> float:
    return sorted(times)[int(0.99 * len(times))]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
