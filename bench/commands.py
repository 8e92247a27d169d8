"""What the bot costs: its start, each answer through the simulated Discord, its memory.

Run `python -m bench.commands`. Everything is measured in one run, on the shipped database.
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bot.client import Claimbot
from bot.sandbox.parser import parse
from bot.sandbox.world import World, open_world
from knowledge.opening import opened

STARTS = 5
LOOK_SECONDS = 0.0002
WARM_UP, ROUNDS = 20, 200
COMMANDS = {
    "/shells": "/shells since 2024-02",
    "/source": "/source dud-rate",
    "/ask": "/ask how many containers had been sent by August 2024",
    "/ask, nothing on file": "/ask how many shells did Iran send",
    "/topics": "/topics",
}
READY_SECONDS, ANSWER_MS, MEMORY_MB = 1.5, 20.0, 150.0
Row = tuple[str, float, str, float | None]
"""What was measured, the figure, its unit, and the aim where there is one."""


def main() -> None:
    """Measure and print one table."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "claims.db"
        rows = [*_process(database), *asyncio.run(_answers(database))]
    table = Table("measured", "figure", "aim", "of the aim")
    for what, figure, unit, aim in rows:
        goal = ("", "") if aim is None else (f"{aim:g} {unit}", f"{figure / aim:.0%}")
        table.add_row(what, f"{figure:.2f} {unit}", *goal)
    Console(width=100).print(table)


def _process(database: Path) -> Iterator[Row]:
    """Start the bot as a person does and wait until it takes commands."""
    with _started(database) as (_, seconds):
        yield "first start, database built", seconds, "s", None
    starts = []
    memory = 0.0
    for _ in range(STARTS):
        with _started(database) as (process, seconds):
            starts.append(seconds)
            memory = max(memory, _memory_after_answers(process))
    yield f"cold start to ready, median of {STARTS}", statistics.median(starts), "s", READY_SECONDS
    yield "resident memory after answers", memory, "MB", MEMORY_MB


@contextmanager
def _started(database: Path) -> Iterator[tuple[subprocess.Popen[str], float]]:
    env = {name: value for name, value in os.environ.items() if "TOKEN" not in name}
    begin = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=database.parent,
        env={**env, "CLAIMBOT_DATABASE": str(database)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        _say(process, ":help")
        yield process, perf_counter() - begin
        process.communicate(timeout=60)


def _memory_after_answers(process: subprocess.Popen[str]) -> float:
    """Return the resident memory in MB (Linux)."""
    for line in COMMANDS.values():
        _say(process, line)
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")


def _say(process: subprocess.Popen[str], line: str) -> None:
    """Type a line and wait for the empty line that ends what it brings."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    process.stdin.write(f"{line}\n")
    process.stdin.flush()
    while (printed := process.stdout.readline()) != "\n":
        if not printed:
            raise ChildProcessError(f"the bot ended with exit code {process.wait()}")


async def _answers(database: Path) -> list[Row]:
    with opened(database) as found:
        async with open_world(Claimbot(found.desk), "Claimbot", "person") as world:
            # The simulated Discord looks every 50 ms whether the bot is done; here more often.
            world.env._settle_internal = partial(  # type: ignore[method-assign]  # noqa: SLF001
                world.env._settle_internal,  # noqa: SLF001
                idle=LOOK_SECONDS,
            )
            return [
                row for name, line in COMMANDS.items() for row in await _timed(world, name, line)
            ]


async def _timed(world: World, name: str, line: str) -> list[Row]:
    call = parse(line, world.commands())
    times = []
    for _ in range(WARM_UP + ROUNDS):
        begin = perf_counter()
        await world.run(call)
        times.append(1000 * (perf_counter() - begin))
    times = sorted(times[WARM_UP:])
    return [
        (f"{name}, p50", statistics.median(times), "ms", None),
        (f"{name}, p99", times[int(0.99 * ROUNDS)], "ms", ANSWER_MS),
    ]


if __name__ == "__main__":
    main()
