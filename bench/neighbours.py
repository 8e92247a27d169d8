"""What a noisy server costs another one: its answers and its writes, beside the quiet figures.

Run `python -m bench.neighbours --claims 60000`. One server has as many claims of its own as named;
it asks, writes and is opened, while another one's `/shells` and Save are measured. Everything is
measured in one run, on the shipped database, so that the ratios hold on any machine.
"""

import argparse
import asyncio
import gc
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, process_time, sleep
from typing import Any

import discord
from rich.console import Console
from rich.table import Table

from bench.writing import made_claims, made_others
from commands.answers.figures import figures_reply
from commands.answers.source import source_reply
from commands.chat import App, Request, current
from knowledge.base import KnowledgeBase, opened
from knowledge.curation import Actor
from knowledge.library import Window
from knowledge.model import AnyRecord, Claim, ForPeople
from knowledge.store import Quota

QUIET, NOISY = 101, 202
ANN = Actor("Ann", "1", str(QUIET), can_curate=True, can_propose=True)
BOB = Actor("Bob", "2", str(NOISY), can_curate=True, can_propose=True)
BEAT_SECONDS, PAUSE_SECONDS, WARM_UP_SECONDS = 0.01, 0.05, 2.0
AT_ONCE = 10
"""Requests of the noisy server at any time."""
IMPORTED = 5_000
"""Claims of one import."""
AIM = 2.0
"""No more than this many times the quiet figures."""
QUESTION = "how many troops came by the river bridge in march 2024"


@dataclass
class Figures:
    """Milliseconds: of a heartbeat's lateness, of an answer and of a confirmed write.

    `held` is how long the others kept the interpreter from a thread, in CPU time: what other
    programs on the machine do changes nothing of it.
    """

    held: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)
    shells: list[float] = field(default_factory=list)
    save: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print one table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--claims", type=int, default=60_000, help="claims of the noisy server")
    arguments.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    given = arguments.parse_args()
    with TemporaryDirectory() as folder:
        found = asyncio.run(_measured(Path(folder) / "claims.db", given.claims, given.seconds))
    quiet = found.pop("quiet")
    table = Table(
        "while the noisy server", "measured", "p50", "p99", "most", "p50 to quiet", "p99 to quiet"
    )
    for what, figures in {"quiet": quiet, **found}.items():
        for name in ("held", "loop", "shells", "save"):
            table.add_row(*_row(what, name, getattr(figures, name), getattr(quiet, name)))
    console = Console(width=110)
    console.print(table)
    console.print(f"{given.claims:,} claims; aim: at most {AIM:g} times the quiet figures")


def _row(what: str, name: str, times: list[float], quiet: list[float]) -> Iterator[str]:
    shown = {"held": "held up for", "loop": "late by", "shells": "/shells", "save": "Save"}
    yield from (what, shown[name])
    if not times:
        # It has waited all the while.
        yield from ("none", "none", "", "", "")
        return
    yield from (f"{each:.1f} ms" for each in (median(times), _p99(times), max(times)))
    if name in {"held", "loop"}:
        yield from ("", "")
    else:
        yield f"{median(times) / median(quiet):.1f}"
        yield f"{_p99(times) / _p99(quiet):.1f}"


async def _measured(path: Path, claims: int, seconds: float) -> dict[str, Figures]:
    found: dict[str, Figures] = {}
    most = max(claims, Quota().claims) + IMPORTED
    quota = Quota(claims=most, topics=Quota().topics)
    with opened(path, quota=quota) as base:
        app = _app(base)
        mine = made_claims(100_000, "mine")
        await base.curation.take_in(ANN, list(made_others()), why="bench")
        await asyncio.to_thread(base.workspace.prepare)
        gc.freeze()  # as the bot does at the end of its start
        await _watched(app, mine, asyncio.sleep(WARM_UP_SECONDS))
        found["quiet"] = await _watched(app, mine, asyncio.sleep(seconds))
        await base.curation.take_in(BOB, list(_renamed(claims)), why="bench")
        await asyncio.wrap_future(base.workspaces.open_aside(str(NOISY)))
        for what, noise in {
            "asks": [_asking(app)],
            "writes": [_writing(app, claims)],
            "asks and writes": [_asking(app), _writing(app, claims)],
        }.items():
            async with _noise(noise):
                found[what] = await _watched(app, mine, asyncio.sleep(seconds))
        imported = list(islice(_others_of(made_claims(claims + IMPORTED, "noise")), claims, None))
        work = base.curation.take_in(BOB, imported, why="bench")
        found["imports"] = await _watched(app, mine, work)
    with opened(path, quota=quota) as base:
        app = _app(base)
        await asyncio.to_thread(base.workspace.prepare)
        gc.freeze()  # as the bot does at the end of its start
        await _watched(app, mine, asyncio.sleep(WARM_UP_SECONDS))
        opening = asyncio.wrap_future(base.workspaces.open_aside(str(NOISY)))
        found["is opened"] = await _watched(app, mine, opening)
    return found


def _app(base: KnowledgeBase) -> App:
    app = App(intents=discord.Intents.none())
    app.base = base
    return app


def _renamed(count: int) -> Iterator[AnyRecord]:
    """Make the claims of the noisy server, with sources and speakers of its own."""
    for record in made_others():
        yield record.model_copy(update={"id": f"b-{record.id}"})
    yield from _others_of(made_claims(count, "noise"))


def _others_of(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Give claims to the sources and speakers of the noisy server."""
    for claim in claims:
        citations = tuple(
            each.model_copy(update={"source": f"b-{each.source}"}) for each in claim.citations
        )
        yield claim.model_copy(update={"asserter": f"b-{claim.asserter}", "citations": citations})


async def _watched(app: App, mine: Iterator[Claim], work: Awaitable[object]) -> Figures:
    """Measure the quiet server and the event loop until some work is done."""
    found = Figures()
    running, done = asyncio.ensure_future(work), Event()
    watching = Thread(target=_held, args=(found, done), daemon=True)
    watching.start()
    measuring = [
        asyncio.ensure_future(each)
        for each in (_beats(found), _shells(app, found), _saves(app, found, mine))
    ]
    await running
    done.set()
    for each in measuring:
        each.cancel()
    await asyncio.gather(*measuring, return_exceptions=True)
    return found


def _held(found: Figures, done: Event) -> None:
    """Sleep again and again, and note how much the others have worked meanwhile."""
    while not done.is_set():
        begin = process_time()
        sleep(BEAT_SECONDS / 10)
        found.held.append(1000 * (process_time() - begin))


async def _beats(found: Figures) -> None:
    while True:
        begin = perf_counter()
        await asyncio.sleep(BEAT_SECONDS)
        found.loop.append(1000 * (perf_counter() - begin - BEAT_SECONDS))


async def _shells(app: App, found: Figures) -> None:
    _aside_in(QUIET)
    while True:
        begin = perf_counter()
        await app.pool.run(QUIET, lambda: figures_reply(app, "shells", Window()))
        found.shells.append(1000 * (perf_counter() - begin))
        await asyncio.sleep(PAUSE_SECONDS)


async def _saves(app: App, found: Figures, mine: Iterator[Claim]) -> None:
    curation = _base(app).curation
    while True:
        begin = perf_counter()
        await curation.add(ANN, next(mine))
        found.save.append(1000 * (perf_counter() - begin))
        await asyncio.sleep(PAUSE_SECONDS)


@asynccontextmanager
async def _noise(made: Sequence[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    running = [asyncio.create_task(each) for each in made]
    try:
        yield
    finally:
        for each in running:
            if each.done():
                each.result()
            each.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _asking(app: App) -> None:
    """Ask again and again, many at once, as an impatient server does."""
    _aside_in(NOISY)
    today = datetime.now(UTC).date()
    works: list[Callable[[], object]] = [
        lambda: app.workspace.ask(QUESTION, today),
        lambda: figures_reply(app, "troops", Window()),
        lambda: source_reply(app, "troops"),
        lambda: app.workspace.complete_claims("noise river", by_words=True),
    ]

    async def one(number: int) -> None:
        while True:
            try:
                await app.pool.run(NOISY, works[number % len(works)])
            except ForPeople:
                # Too much waits, or the server is being read: it asks again.
                await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(*map(one, range(AT_ONCE)))


async def _writing(app: App, claims: int) -> None:
    """Retract one claim after the other, and put it back."""
    curation = _base(app).curation
    for number in cycle(range(claims)):
        await curation.retract(BOB, f"noise-{number}", reason="bench")
        await curation.restore(BOB, f"noise-{number}", reason="bench")


def _base(app: App) -> KnowledgeBase:
    if app.base is None:
        raise ValueError("the bench needs a database")
    return app.base


def _aside_in(guild: int) -> None:
    """Let what follows in this task be asked in a server."""
    current.set(Request("command", "bench", guild))


def _p99(times: list[float]) -> float:
    return sorted(times)[int(0.99 * len(times))]


if __name__ == "__main__":
    main()
