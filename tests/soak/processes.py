"""Run several bot processes on one base while many people ask, and kill one of them meanwhile.

Run `python -m tests.soak.processes --seconds 60 --rate 300`; prints a table, and ends with exit
code 1 when something was not answered that the killed process did not hold, when a change did not
come to all processes, or when news were told twice or not at all.
"""

import argparse
import asyncio
import gc
import os
import random
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from aiohttp.web import WebSocketResponse
from discord.utils import time_snowflake, utcnow
from rich.console import Console
from rich.table import Table

from knowledge.answers import snapshot
from knowledge.base import KnowledgeBase, opened
from knowledge.model import Claim
from knowledge.store import Watch, Where
from tests.bases.engines import own_server, text_of
from tests.bases.making import asserter, claim, source, topic
from tests.bases.valley import VALLEY
from tests.driving import gateway_stub as stub
from tests.driving.gateway_stub import ALICE, COMPLETION, SLASH, Discord, Payload, Process, guild_on

P99_AIM, LAG_AIM = 0.3, 1.0
"""Seconds: of the slowest answer but one in a hundred, and until a change is in all answers."""
GUILDS_OF_A_SHARD, PEOPLE = 10, 2_000
LOOK_SECONDS = 0.05
PATIENCE = 60.0
_TICK = 0.01
_ASKED = ("how many wagons by august 2024", "how many sacks were milled", "share of spoilt sacks")


@dataclass(slots=True)
class Sent:
    """An interaction: over which connection, when, and after how long it was answered."""

    socket: WebSocketResponse
    at: float
    seconds: float | None = None


@dataclass
class Found:
    """What came of it."""

    sent: list[Sent] = field(default_factory=list)
    undelivered: int = 0
    """Interactions that no process was there for, since the one that had the server was away."""
    held: int = 0
    """Those that the killed process had taken, and did not answer."""
    lost: int = 0
    """Those that nobody answered though a process had taken them that was not killed."""
    away: float = 0.0
    """Seconds from the kill until the shards of the killed process were served again."""
    spent: float = 0.0
    """Seconds of processor time that each interaction took the processes that were not killed."""
    lags: list[float] = field(default_factory=list)
    """Seconds until a change was in the answers of each process."""
    problems: list[str] = field(default_factory=list)

    def answered(self) -> list[float]:
        """Return how long each answer took, the quickest first."""
        return sorted(one.seconds for one in self.sent if one.seconds is not None)


@dataclass(frozen=True, slots=True)
class Plan:
    """How many processes and people, for how long, and when one process is killed."""

    processes: int = 3
    shards_each: int = 2
    rate: float = 300.0
    seconds: float = 60.0
    apart: float = 5.0
    """Seconds between two changes."""
    judging: bool = False
    """Whether Discord looks at every answer, which costs it more than the bot takes to give it."""

    @property
    def shards(self) -> int:
        """How many there are in all."""
        return self.processes * self.shards_each

    def share(self, process: int) -> range:
        """Return the shards of a process."""
        return range(process * self.shards_each, (process + 1) * self.shards_each)

    def guilds(self) -> list[str]:
        """Return the ids of all servers."""
        numbers = range(GUILDS_OF_A_SHARD)
        return [guild_on(one, n, self.shards) for one in range(self.shards) for n in numbers]


class Scene:
    """The processes, the other side, and a base that all of them share."""

    def __init__(self, plan: Plan, folder: Path, where: Where, base: KnowledgeBase) -> None:
        self.plan = plan
        self.base = base
        self.there = Discord(guilds=plan.guilds(), judging=plan.judging)
        self.there.starts["max_concurrency"] = 16
        self.found = Found()
        self.living: dict[int, Process] = {}
        self._folder = folder
        self._count = 0
        self._where = where
        self._dice = random.Random(7)  # noqa: S311 - who asks what, no secrets
        self._waiting: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def process(self, number: int, life: int = 0) -> AsyncIterator[Process]:
        """Start a process and wait until it serves its shards."""
        folder = self._folder / f"process-{number}-{life}"
        folder.mkdir()
        share, begun = self.plan.share(number), len(self.there.identified)
        started = stub.bot(
            self.there.base,
            folder,
            extra=_QUICKLY_TOLD,
            CLAIMBOT_DATABASE=text_of(self._where),
            CLAIMBOT_SHARDS=f"{share[0]}-{share[-1]}/{self.plan.shards}",
            CLAIMBOT_LOG_LEVEL="info",
        )
        async with started as process:
            async with asyncio.timeout(PATIENCE):
                while not set(share) <= self._served_since(begun):  # noqa: ASYNC110
                    await asyncio.sleep(_TICK)
            self.living[number] = process
            yield process

    def _served_since(self, begun: int) -> set[int]:
        return {one["shard"][0] for one in self.there.identified[begun:]}

    # -------------------------------------------------------------- people

    async def ask(self, seconds: float) -> None:
        """Let people ask at an even rate."""
        begun = perf_counter()
        count = 0
        while (passed := perf_counter() - begun) < seconds:
            while count < passed * self.plan.rate:
                count += 1
                self._send()
            await asyncio.sleep(_TICK)

    def _send(self) -> None:
        guild = self._dice.choice(self.there.guilds)
        shard = stub.shard_of(guild, self.plan.shards)
        socket = self.there.sockets[shard]
        if socket.closed:
            self.found.undelivered += 1
            return
        task = asyncio.create_task(self._ask(guild, socket))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _ask(self, guild: str, socket: WebSocketResponse) -> None:
        kind, data = self._chosen()
        person = {**ALICE, "id": str(3000 + self._dice.randrange(PEOPLE))}
        member = {**stub.MEMBER, "user": person}
        sent = Sent(socket, perf_counter())
        try:
            one = await self._sent(kind, data, guild, member)
        except ConnectionError:
            self.found.undelivered += 1
            return
        self.found.sent.append(sent)
        # A completion that takes over 2.5 seconds is given up: Discord waits for three.
        with suppress(TimeoutError):
            await self._answer(one)
            sent.seconds = perf_counter() - sent.at

    async def _sent(self, kind: int, data: Payload, guild: str, member: Payload) -> str:
        """Send an interaction whose id tells when that was: by it the bot counts calls."""
        self._count += 1
        now = time_snowflake(utcnow()) + self._count % 2**22
        return await self.there.interact(kind, data, one=str(now), guild=guild, member=member)

    def _chosen(self) -> tuple[int, Payload]:
        """Choose what is asked: Discord sends a completion for each letter that is typed."""
        dice = self._dice.random()
        if dice < 0.5:
            typed = {"name": "topic", "type": 3, "value": "sa", "focused": True}
            return COMPLETION, {**_command("figures"), "options": [typed]}
        if dice < 0.7:
            return SLASH, _command(self._dice.choice(["sacks", "wagons", "spoilt"]))
        if dice < 0.8:
            return SLASH, _command("topics")
        if dice < 0.9:
            return SLASH, _command("source", what="sacks")
        return SLASH, _command("ask", question=self._dice.choice(_ASKED))

    async def _answer(self, one: str) -> Payload:
        answer = await self.there.answer(one)
        return await self.there.answer(one) if answer.get("type") == 5 else answer

    # -------------------------------------------------------------- what befalls them

    async def kill(self, process: Process, number: int, held: AsyncExitStack) -> None:
        """Kill a process and start it again."""
        killed = perf_counter()
        sockets = [self.there.sockets[shard] for shard in self.plan.share(number)]
        process.signal(signal.SIGKILL)
        await process.end()
        await held.enter_async_context(self.process(number, life=1))
        self.found.away = perf_counter() - killed
        self.found.held = self._unanswered(sockets)

    async def change(self, seconds: float) -> int:
        """Save claims, and see how long they take to be in the answers of every process."""
        begun, count = perf_counter(), 0
        while perf_counter() - begun < seconds - self.plan.apart / 2:
            count += 1
            key = f"probe-{count}"
            await self._save(claim(key, f"{100 + count}", on=f"2025-01-{count % 28 + 1:02}"))
            await asyncio.gather(*(self._see(one, key) for one in range(self.plan.processes)))
            await asyncio.sleep(self.plan.apart)
        return count

    async def _save(self, probe: Claim) -> None:
        await self.base.writer.write(lambda change: change.put_all([probe]), who="t", why="t")

    async def _see(self, process: int, key: str) -> None:
        """Note how long a claim takes to be in the answers of a process, unless that was away."""
        guild = guild_on(self.plan.share(process)[0], 0, self.plan.shards)
        begun, away = perf_counter(), False
        while (asked := perf_counter()) < begun + PATIENCE:
            try:
                answer = await asyncio.wait_for(self._source(guild, key), PATIENCE / 4)
            except (TimeoutError, ConnectionError):
                away = True
                continue
            if f"Statement of {key}." in answer:
                self.found.lags += [] if away else [asked - begun]
                return
            await asyncio.sleep(LOOK_SECONDS)
        self.found.problems.append(f"{key} is not in the answers of process {process}")

    async def _source(self, guild: str, key: str) -> str:
        if self.there.sockets[stub.shard_of(guild, self.plan.shards)].closed:
            await asyncio.sleep(LOOK_SECONDS)
            raise ConnectionError
        number = self._dice.randrange(PEOPLE, 2 * PEOPLE)
        member = {**stub.MEMBER, "user": {**ALICE, "id": str(3000 + number)}}
        data = _command("source", what=key)
        return str(await self._answer(await self._sent(SLASH, data, guild, member)))

    async def finish(self) -> None:
        """Wait for what is still to come, and count what does not."""
        end = perf_counter() + PATIENCE
        while perf_counter() < end and self._unanswered() > self.found.held:  # noqa: ASYNC110
            await asyncio.sleep(_TICK)
        self.found.lost = self._unanswered() - self.found.held
        for task in list(self._waiting):
            task.cancel()
        if self.found.lost:
            self.found.problems.append(f"{self.found.lost} interactions were not answered")
        self.found.problems += self.there.wrong

    def _unanswered(self, sockets: Sequence[WebSocketResponse] | None = None) -> int:
        return sum(
            one.seconds is None and (sockets is None or one.socket in sockets)
            for one in self.found.sent
        )

    def answered_on(self, shards: Sequence[int]) -> int:
        """Return how many interactions were answered over the connections of some shards."""
        sockets = [self.there.sockets[shard] for shard in shards]
        return sum(one.seconds is not None and one.socket in sockets for one in self.found.sent)

    async def stop(self) -> None:
        """Stop the processes, which have to go in peace."""
        for number, process in self.living.items():
            process.signal(signal.SIGTERM)
            code, log = await process.end()
            if code or "Traceback" in log:
                self.found.problems.append(f"process {number} ended with {code}: {log[-500:]}")

    # -------------------------------------------------------------- news

    def watch(self) -> None:
        """Let a channel of every shard be told of a topic."""
        library = self.base.workspaces.shared.library
        told = snapshot(library, "wells").model_dump_json()
        for guild in self._watching():
            new = Watch(0, int(guild), int(stub.channel_of(guild)), "wells", told, library.revision)
            self.base.store.watches.add(new, 25)

    async def all_told(self, last: str) -> None:
        """Wait until every channel was told of the last change, and see that none was twice."""
        end = perf_counter() + 2 * PATIENCE
        channels = [stub.channel_of(guild) for guild in self._watching()]

        def told(channel: str) -> bool:
            return last in self._news(channel)

        while perf_counter() < end and not all(map(told, channels)):  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)
        for channel in channels:
            news = self._news(channel)
            if last not in news:
                self.found.problems.append(f"channel {channel} was not told of the last change")
            if len(set(news)) < len(news):
                self.found.problems.append(f"channel {channel} was told twice: {news}")

    def _watching(self) -> list[str]:
        return [guild_on(shard, 0, self.plan.shards) for shard in range(self.plan.shards)]

    def _news(self, channel: str) -> list[str]:
        """Return which number each message of a channel gives as the latest."""
        told = [str(one) for (there, _), one in self.there.posted.items() if there == channel]
        return [found[1] for one in told if (found := _LATEST.search(one))]


_LATEST = re.compile(r"Latest:\*\* \*\*(\d+) wells")
_QUICKLY_TOLD = """
import commands.watch.messenger
commands.watch.messenger.Messenger.round.change_interval(seconds=0.5)
"""


def _command(name: str, **options: str) -> Payload:
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    return {"id": "10", "name": name, "type": 1, "options": given}


def spent(process: Process) -> float:
    """Return the seconds of processor time that a process has taken; none where it is not told."""
    told = Path(f"/proc/{process.process.pid}/stat")
    if not told.exists():
        return 0.0
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def run(plan: Plan, folder: Path, where: Where) -> Found:
    """Let people ask for a while; in the middle, a process is killed and started again."""
    records: Any = VALLEY
    with opened(where, records) as base:
        base.writer.write_now(
            lambda change: change.put_all(
                [topic(), asserter(), source(), claim("first", "100", on="2024-01-15")]
            ),
            who="t",
            why="t",
        )
        scene = Scene(plan, folder, where, base)
        scene.watch()
        async with stub.running(scene.there), AsyncExitStack() as held:
            starting = map(scene.process, range(plan.processes))
            processes = await asyncio.gather(*map(held.enter_async_context, starting))
            last = plan.processes - 1
            others = processes[:last]
            before = sum(map(spent, others))
            changing = asyncio.create_task(scene.change(plan.seconds))
            asking = asyncio.create_task(scene.ask(plan.seconds))
            await asyncio.sleep(plan.seconds / 3)
            await scene.kill(processes[last], last, held)
            await asking
            taken = sum(map(spent, others)) - before
            scene.found.spent = taken / scene.answered_on(range(plan.share(last)[0]))
            count = await changing
            await scene.finish()
            await scene.all_told(str(100 + count))
            await scene.stop()
    return scene.found


def shown(found: Found, plan: Plan) -> Table:
    """Make a table of what was measured."""
    times = found.answered()
    table = Table("measured", "", "aim")
    table.add_row("interactions sent", f"{len(found.sent):,}", f"{plan.rate * plan.seconds:,.0f}")
    table.add_row("answered", f"{len(times):,}", "")
    for part in (0.5, 0.99, 0.999):
        aim = f"{1000 * P99_AIM:.0f} ms" if part == 0.99 else ""
        table.add_row(f"p{100 * part:g}", f"{1000 * times[int(part * len(times))]:.0f} ms", aim)
    table.add_row("longest", f"{1000 * times[-1]:.0f} ms", "")
    table.add_row("processor time for each", f"{1000 * found.spent:.1f} ms", "")
    table.add_row("held by the killed process", f"{found.held:,}", "")
    table.add_row("its servers were away for", f"{found.away:.1f} s", "")
    table.add_row("asked there meanwhile", f"{found.undelivered:,}", "")
    table.add_row("unanswered otherwise", f"{found.lost:,}", "0")
    table.add_row("a change is in all answers", f"{max(found.lags):.2f} s", f"{LAG_AIM:g} s")
    return table


@contextmanager
def _database(folder: Path, engine: str) -> Iterator[Where]:
    if engine == "sqlite":
        yield folder / "claims.db"
        return
    with own_server() as server:
        yield server.new()


def main() -> int:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=300.0, help="interactions a second over all")
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--engine", choices=["postgresql", "sqlite"], default="postgresql")
    given = parser.parse_args()
    plan = Plan(processes=given.processes, rate=given.rate, seconds=given.seconds)
    # To look for garbage here, a tenth of a second each time, would delay the answers measured.
    gc.freeze()
    gc.set_threshold(700, 10, 1_000)
    with TemporaryDirectory() as folder, _database(Path(folder), given.engine) as where:
        found = asyncio.run(run(plan, Path(folder), where))
    console = Console(width=100)
    console.print(shown(found, plan))
    for problem in found.problems:
        console.print(problem)
    return 1 if found.problems else 0


if __name__ == "__main__":
    sys.exit(main())
