"""Kill writing processes again and again, and hold what is left against what they confirmed.

Run `python -m tests.soak.kill --times 200`, for three processes on PostgreSQL with `--engine
postgresql`; prints a line and ends with exit code 1 when a confirmed change is lost, an unconfirmed
one is half there, the history is not sound, the index differs from the database, or the others are
held up by one that was killed.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from signal import SIGKILL
from threading import Condition, Thread

from knowledge.curation import Actor, Curation
from knowledge.store import Where, open_store
from knowledge.workspaces import Workspaces, Writer
from tests.bases.engines import POSTGRESQL, SQLITE, database, text_of
from tests.bases.making import asserter, claim, source, topic
from tests.driving.forking import Start, fork

LONGEST_SECONDS, STARTING_SECONDS = 0.25, 0.25
ROUND_RECORDS = 5
EARLY = 9
"""Each tenth time, processes are killed as they start."""
ON_ONE_BASE = 51
"""Kills: each process reads first what was written before it, so that more take ever longer."""
THREE = "abc"
"""The names of three processes on one server."""
PATIENCE = 60.0
TOLD_EACH = 20
WORKSPACE = "111"


def write_forever(where: Where, name: str) -> None:
    """Add, edit, propose, approve and import without end; print the id of what is confirmed.

    A change adds a whole round of claims, so that half of one would be seen. What several
    processes write is told apart by their names.
    """
    store = open_store(where)
    workspaces = Workspaces(store)
    workspaces.opened(WORKSPACE)
    anna = Actor("Anna", "1", WORKSPACE, can_curate=True, can_propose=True)
    bob = Actor("Bob", "2", WORKSPACE, can_curate=True, can_propose=True)

    async def curate() -> None:
        curation = Curation(store, workspaces, Writer(store, workspaces))
        owner = Actor("Olga", "3", can_curate=True, curates_base=True)
        await curation.take_in(owner, [topic(), asserter(), source()], why="begin")
        number = store.revision()
        while True:
            number += 1
            one = f"{name}{number}"
            round_of = [claim(f"r{one}-{part}", f"{number}") for part in range(ROUND_RECORDS)]
            await curation.take_in(anna if number % 2 else owner, round_of, why="import")
            say(f"round r{one}")
            await curation.propose(anna, claim(f"p{one}", f"{number}"))
            say(f"proposed p{one}")
            await curation.approve(bob, f"p{one}")
            say(f"active p{one}")

    asyncio.run(curate())


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - what a person or the test reads


_WRITER = """
from knowledge.store import where_of
from tests.soak.kill import write_forever
write_forever(where_of({where!r}), {name!r})
"""


class Writing:
    """A process that writes, and the lines in which it confirms changes."""

    def __init__(self, where: Where, name: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        told = f"{self._folder.name}/told"
        os.mkfifo(told)
        code = _WRITER.format(where=text_of(where), name=name)
        start = Start(self._folder.name, [], dict(os.environ), told, os.devnull, code=code)
        self._process = fork(start)
        self._told = Path(told).open(encoding="utf-8")  # noqa: SIM115 - closed when it is killed
        self.lines: list[str] = []
        self._news = Condition()
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    def confirms_more(self) -> bool:
        """Wait for another change; tell whether it came."""
        with self._news:
            before = len(self.lines)
            return self._news.wait_for(lambda: len(self.lines) > before, PATIENCE)

    def kill(self) -> list[str]:
        """End it at once, and return what it had confirmed."""
        self._process.signal(SIGKILL)
        self._process.wait(PATIENCE)
        self._reading.join()
        self._told.close()
        self._folder.cleanup()
        return self.lines

    def _read(self) -> None:
        for line in self._told:
            # A line that the kill cut short confirms nothing.
            if line.endswith("\n"):
                with self._news:
                    self.lines.append(line.strip())
                    self._news.notify_all()


def killed(where: Where, patience: float, names: str, *, early: bool) -> tuple[list[str], bool]:
    """Let processes write and kill them one after the other.

    Returns what they confirmed, and whether those that were left went on each time. The patience
    is counted from the first changes on, or early: from their start.
    """
    left = [Writing(where, name) for name in names]
    went_on = early or all(one.confirms_more() for one in left)
    confirmed: list[str] = []
    while left:
        time.sleep(patience)
        confirmed += left.pop().kill()
        went_on &= early or all(one.confirms_more() for one in left)
    return confirmed, went_on


def losses(where: Where, confirmed: list[str]) -> list[str]:
    """Say what is wrong with a database after a kill; nothing when all is well."""
    with closing(open_store(where)) as store:
        workspaces = Workspaces(store)
        found = store.verify_history()
        here = {claim.id: claim for place in (None, WORKSPACE) for claim in store.all_claims(place)}
        for line in confirmed:
            how, name = line.split()
            if how == "round":
                parts = [f"{name}-{part}" for part in range(ROUND_RECORDS)]
                found += [f"{part} was confirmed and is lost" for part in parts if part not in here]
            elif name not in here:
                found.append(f"{name} was confirmed and is lost")
            elif how == "active" and here[name].status != "active":
                found.append(f"{name} was approved and is {here[name].status}")
        rounds = [name.partition("-")[0] for name in here if name.startswith("r")]
        whole = {name: rounds.count(name) for name in set(rounds)}
        found += [f"{name} is half there" for name, n in whole.items() if n != ROUND_RECORDS]
        workspace = workspaces.opened(WORKSPACE)
        indexed = {*workspaces.shared.ranker.index.rows, *workspace.ranker.index.rows}
        tabled = {
            entry.id for on in workspace.library.topics for entry in workspace.library.table(on)
        }
        if not indexed == tabled == set(here):
            found.append("the index differs from the database")
    return found


def soak(where: Where, times: int, seed: int, names: str = "a") -> list[str]:
    """Kill a number of times, on one database that grows; return what was lost."""
    dice = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    confirmed: list[str] = []
    for number in range(0, times, len(names)):
        early = number // len(names) % 10 == EARLY
        patience = dice.uniform(0, STARTING_SECONDS if early else LONGEST_SECONDS)
        more, went_on = killed(where, patience, names, early=early)
        confirmed += more
        found = losses(where, confirmed)
        found += [] if went_on else ["who was left did not go on"]
        if found:
            return [f"after kill {number + len(names)}: {one}" for one in found]
        if number % TOLD_EACH < len(names):
            sys.stderr.write(f"{number} of {times} kills, {len(confirmed)} confirmed changes\n")
    return []


def main() -> int:
    """Kill as often as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--engine", choices=[SQLITE, POSTGRESQL], default=SQLITE)
    given = parser.parse_args()
    names = THREE if given.engine == POSTGRESQL else "a"
    revisions = 0
    found: list[str] = []
    for done in range(0, given.times, ON_ONE_BASE):
        with database(given.engine) as where:
            found += soak(where, min(ON_ONE_BASE, given.times - done), given.seed + done, names)
            with closing(open_store(where)) as store:
                revisions += store.revision()
    say(f"{given.times} kills on {given.engine}, {revisions} revisions, {len(found)} losses")
    for line in found:
        say(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
