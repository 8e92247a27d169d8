"""What the pages cost, against Datasette serving the same claims, in one run on this machine.

Run `python -m bench.web`. Both are started as processes on the loopback, get the same requests from
the same client, one after the other, and are stopped; the whole run takes under a minute. The last
part asks for another window each time, so that no answer can have been kept.
"""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import aiohttp
from rich.console import Console
from rich.table import Table

from bot.published import Published
from knowledge.base import opened
from knowledge.opendata import metadata_path, rows_of, write_sqlite

SECONDS, WARM_UP = 4.0, 1.0
CONNECTIONS = 16
"""As many as a page that is being shared; more only wait on a machine of two cores."""
PATIENCE = 60.0
LOOPBACK = "127.0.0.1"
DAYS = 2000


@dataclass(frozen=True, slots=True)
class Part:
    """The same thing asked of both: addresses, asked for in turn."""

    name: str
    ours: Sequence[str]
    theirs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a part: requests a second, and seconds at the median and the 99th percentile."""

    rate: float
    median: float
    p99: float
    size: float

    @property
    def words(self) -> tuple[str, str, str, str]:
        """Write the numbers for a table."""
        return (
            f"{self.rate:,.0f}",
            f"{1000 * self.median:.1f}",
            f"{1000 * self.p99:.1f}",
            f"{self.size / 1000:.0f}",
        )


def parts(topic: str) -> list[Part]:
    """Return what is asked."""
    first = date(2019, 1, 1)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    table = f"/open/claims.json?topic={topic}&_shape=objects"
    return [
        Part("JSON", [f"/topic/{topic}.json"], [table]),
        Part("page", [f"/topic/{topic}"], [f"/open/claims?topic={topic}"]),
        Part(
            "JSON, each time another window",
            [f"/topic/{topic}.json?since={day}" for day in days],
            [f"{table}&as_of_last__gte={day}" for day in days],
        ),
        Part(
            "page, each time another window",
            [f"/topic/{topic}?since={day}" for day in days],
            [f"/open/claims?topic={topic}&as_of_last__gte={day}" for day in days],
        ),
    ]


async def main() -> None:
    """Measure both and print them side by side."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        topic = _prepare(folder)
        table = Table(title=f"{CONNECTIONS} connections, {SECONDS:g} s each, topic {topic}")
        for heading in ("", "requests/s", "median ms", "p99 ms", "kB"):
            table.add_column(heading, justify="left" if not heading else "right")
        ours = [sys.executable, "-m", "bot", "serve", "--database", str(folder / "claims.db")]
        path = folder / "open.db"
        theirs = [sys.executable, "-m", "datasette", str(path), "--setting", "facet_time_limit_ms"]
        theirs += ["200", "--metadata", str(metadata_path(path))]
        async with _served(ours) as here, _served(theirs) as there:
            slower = [part.name async for part in _compared(table, parts(topic), here, there)]
        Console().print(table)
        print(f"slower than Datasette: {', '.join(slower) or 'nothing'}")


def _prepare(folder: Path) -> str:
    """Make a database and the open data of it; return the topic with the most figures."""
    with opened(folder / "claims.db") as base:
        public = Published(base)
        write_sqlite(folder / "open.db", rows_of(public.records()), public.revision)
        lines = [line for line in base.workspace.contents().topics if line.unit]
        return max(lines, key=lambda line: line.claims).id


async def _compared(
    table: Table, asked: Sequence[Part], here: str, there: str
) -> AsyncIterator[Part]:
    """Add a row for each side of a part; give back the parts in which Datasette is faster."""
    for part in asked:
        ours = await _measured(here, part.ours)
        theirs = await _measured(there, part.theirs)
        table.add_row(part.name, *ours.words)
        table.add_row("  Datasette", *theirs.words, end_section=True)
        if ours.rate < theirs.rate or ours.p99 > theirs.p99:
            yield part


async def _measured(root: str, paths: Sequence[str]) -> Measured:
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(root, connector=connector) as session:
        turns = cycle(paths)
        await _asked(session, turns, WARM_UP)
        begun = perf_counter()
        taken, size = await _asked(session, turns, SECONDS)
        seconds = perf_counter() - begun
    times = sorted(taken)
    return Measured(
        rate=len(times) / seconds,
        median=statistics.median(times),
        p99=times[int(len(times) * 0.99)],
        size=size / len(times),
    )


async def _asked(
    session: aiohttp.ClientSession, turns: Iterator[str], seconds: float
) -> tuple[list[float], int]:
    """Ask over every connection until the time is over; return how long each answer took."""
    end = perf_counter() + seconds
    taken: list[float] = []
    size = 0

    async def caller() -> None:
        nonlocal size
        while perf_counter() < end:
            begun = perf_counter()
            async with session.get(next(turns)) as answer:
                body = await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{answer.url} answers {answer.status}")
            taken.append(perf_counter() - begun)
            size += len(body)

    await asyncio.gather(*(caller() for _ in range(CONNECTIONS)))
    return taken, size


@asynccontextmanager
async def _served(command: Sequence[str]) -> AsyncIterator[str]:
    """Run a server on a free port meanwhile."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port = found.getsockname()[1]
    environment = os.environ | {"CLAIMBOT_WEB_RATE": "0", "CLAIMBOT_LOG_LEVEL": "warning"}
    process = await asyncio.create_subprocess_exec(
        *command,
        *("--port", str(port), "--host", LOOPBACK),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        root = f"http://{LOOPBACK}:{port}"
        async with asyncio.timeout(PATIENCE), aiohttp.ClientSession() as session:
            while True:
                with suppress(aiohttp.ClientError):
                    async with session.get(root):
                        break
                await asyncio.sleep(0.1)
        yield root
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main())
