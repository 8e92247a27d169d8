"""What the bot costs: its start, each answer through the simulated Discord, its memory.

Run `python -m bench.commands`. Everything is measured in one run, on the shipped database.
Beside the time on the clock stands the processor's, which other programs disturb less.
"""

import asyncio
import os
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from bot.client import Claimbot
from bot.sandbox.parser import parse
from bot.sandbox.world import World, open_world
from commands.chat import UNHURRIED, Pace
from knowledge.base import opened

STARTS = 5
LOOK_SECONDS = 0.0002
WARM_UP, ROUNDS, CHARTS = 10, 200, 50
MESSAGE = "They sent 20 million shells in 28,000 containers, and half were duds"
TYPED = "skibit"
READY_SECONDS, ANSWER_MS, MEMORY_MB = 1.5, 20.0, 150.0
CHECK_MS, CHART_MS, COMPLETION_MS = 50.0, 400.0, 50.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A command line of the sandbox, the aim for its p99, and how often it is asked."""

    line: str
    aim: float = ANSWER_MS
    rounds: int = ROUNDS


COMMANDS = {
    "/shells": Asked("/shells since 2024-02"),
    "/source": Asked("/source dud-rate"),
    "/ask": Asked("/ask how many containers had been sent by August 2024"),
    "/ask, nothing on file": Asked("/ask how many shells did Iran send"),
    "/topics": Asked("/topics"),
    "/check": Asked(f"/check {MESSAGE}", CHECK_MS),
    "chart": Asked("/shells chart yes", CHART_MS, CHARTS),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, on the clock and on the processor, and the aim for the clock."""

    what: str
    wall: float
    unit: str
    cpu: float | None = None
    aim: float | None = None

    def cells(self) -> Iterator[str]:
        """Return the row as it is printed."""
        yield self.what
        yield f"{self.wall:.2f} {self.unit}"
        yield "" if self.cpu is None else f"{self.cpu:.2f} {self.unit}"
        yield "" if self.aim is None else f"{self.aim:g} {self.unit}"
        yield "" if self.aim is None else f"{self.wall / self.aim:.0%}"


def main() -> None:
    """Measure and print one table."""
    with TemporaryDirectory() as folder:
        database = Path(folder) / "claims.db"
        rows = [*_process(database), *asyncio.run(_answers(database))]
    table = Table("measured", "on the clock", "processor", "aim", "of the aim")
    for row in rows:
        table.add_row(*row.cells())
    Console(width=100).print(table)


def _process(database: Path) -> Iterator[Row]:
    """Start the bot as a person does and wait until it takes commands."""
    with _started(database) as (_, seconds, cpu):
        yield Row("first start, database built", seconds, "s", cpu)
    starts = []
    memory = 0.0
    for _ in range(STARTS):
        with _started(database) as (process, *times):
            starts.append(times)
            memory = max(memory, _memory_after_answers(process))
    seconds, cpu = map(statistics.median, zip(*starts, strict=True))
    yield Row(f"cold start to ready, median of {STARTS}", seconds, "s", cpu, READY_SECONDS)
    yield Row("resident memory after answers", memory, "MB", aim=MEMORY_MB)
    yield _script(database)


def _script(database: Path) -> Row:
    """Ask the command line for figures as a script does."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    command = [sys.executable, "-m", "bot", "figures", "shells", "--json"]
    env = {**os.environ, "CLAIMBOT_DATABASE": str(database)}
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    seconds, after = perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Row("claimbot figures shells --json", seconds, "s", cpu)


@contextmanager
def _started(database: Path) -> Iterator[tuple[subprocess.Popen[str], float, float]]:
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
        yield process, perf_counter() - begin, _cpu_of(process)
        process.communicate(timeout=60)


def _cpu_of(process: subprocess.Popen[str]) -> float:
    """Return the seconds that a process has used the processor (Linux)."""
    status = Path(f"/proc/{process.pid}/stat")
    if not status.exists():
        return float("nan")
    user, system = status.read_text("utf-8").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory_after_answers(process: subprocess.Popen[str]) -> float:
    """Return the resident memory in MB (Linux)."""
    for asked in COMMANDS.values():
        if asked.aim <= ANSWER_MS:
            _say(process, asked.line)
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
        client = Claimbot(found, limits=UNHURRIED)
        async with open_world(client, "Claimbot", "person") as world:
            # The simulated Discord looks every 50 ms whether the bot is done; here more often.
            world.env._settle_internal = partial(  # type: ignore[method-assign]  # noqa: SLF001
                world.env._settle_internal,  # noqa: SLF001
                idle=LOOK_SECONDS,
            )
            rows = [
                row
                for name, asked in COMMANDS.items()
                for row in await _timed(name, asked, _call(client, world, asked.line))
            ]
            completion = Asked("", COMPLETION_MS)
            return rows + await _timed("completion", completion, _completion(world))


def _call(client: Claimbot, world: World, line: str) -> Callable[[], Awaitable[object]]:
    call = parse(line, world.commands())

    async def run() -> None:
        # Nobody has to wait between two calls here.
        client.pace = Pace(UNHURRIED)
        await world.run(call)

    return run


def _completion(world: World) -> Callable[[], Awaitable[object]]:
    command = next(one for one in world.commands() if one.path == "figures")
    option = next(one for one in command.options if one.name == "by")
    return lambda: world.autocomplete(command, option, TYPED, {})


async def _timed(name: str, asked: Asked, ask: Callable[[], Awaitable[object]]) -> list[Row]:
    times = []
    for _ in range(WARM_UP + asked.rounds):
        begin, cpu = perf_counter(), process_time()
        await ask()
        times.append((1000 * (perf_counter() - begin), 1000 * (process_time() - cpu)))
    wall, processor = (sorted(each) for each in zip(*times[WARM_UP:], strict=True))
    return [
        Row(f"{name}, p50", statistics.median(wall), "ms", statistics.median(processor)),
        Row(f"{name}, p99", _p99(wall), "ms", _p99(processor), asked.aim),
    ]


def _p99(ordered: Sequence[float]) -> float:
    return ordered[int(0.99 * len(ordered))]


if __name__ == "__main__":
    main()
