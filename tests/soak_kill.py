"""Kill a writing process again and again, and hold what is left against what it confirmed.

Run `python -m tests.soak_kill --times 200`; prints a line and ends with exit code 1 when a
confirmed change is lost, an unconfirmed one is half there, the history is not sound, or the
index differs from the database.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from signal import SIGKILL
from tempfile import TemporaryDirectory

from knowledge.curation import Actor, Curation
from knowledge.store import open_store
from knowledge.workspaces import Workspaces, Writer
from tests.making import asserter, claim, source, topic

LONGEST_SECONDS, STARTING_SECONDS = 0.25, 2.0
ROUND_RECORDS = 5
TOLD_EACH = 20
WORKSPACE = "111"


def write_forever(path: Path) -> None:
    """Add, edit, propose, approve and import without end; print the id of what is confirmed.

    A change adds a whole round of claims, so that half of one would be seen.
    """
    store = open_store(path)
    workspaces = Workspaces(store)
    anna = Actor("Anna", "1", WORKSPACE, can_curate=True, can_propose=True)
    bob = Actor("Bob", "2", WORKSPACE, can_curate=True, can_propose=True)

    async def curate() -> None:
        curation = Curation(store, workspaces, Writer(store, workspaces))
        owner = Actor("Olga", "3", can_curate=True, curates_base=True)
        await curation.take_in(owner, [topic(), asserter(), source()], why="begin")
        number = store.revision()
        while True:
            number += 1
            round_of = [claim(f"r{number}-{part}", f"{number}") for part in range(ROUND_RECORDS)]
            await curation.take_in(anna if number % 2 else owner, round_of, why="import")
            say(f"round r{number}")
            await curation.propose(anna, claim(f"p{number}", f"{number}"))
            say(f"proposed p{number}")
            await curation.approve(bob, f"p{number}")
            say(f"active p{number}")

    asyncio.run(curate())


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 - what a person or the test reads


def killed(path: Path, patience: float, *, early: bool = False) -> list[str]:
    """Let a process write, kill it, and return the lines in which it confirmed changes.

    The patience is counted from its first change on, or early: from its start.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "tests.soak_kill", "--write", str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as process:
        if process.stdout is None:
            raise ValueError("the process has no pipe")
        first = "" if early else process.stdout.readline()
        time.sleep(patience)
        process.send_signal(SIGKILL)
        lines = [first, *process.stdout.readlines()]
    # A line that the kill cut short confirms nothing.
    return [line.strip() for line in lines if line.endswith("\n")]


def losses(path: Path, confirmed: list[str]) -> list[str]:
    """Say what is wrong with a database after a kill; nothing when all is well."""
    with closing(open_store(path)) as store:
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
        workspace = workspaces.of(WORKSPACE)
        indexed = {*workspaces.shared.ranker.index.rows, *workspace.ranker.index.rows}
        tabled = {
            entry.id for on in workspace.library.topics for entry in workspace.library.table(on)
        }
        if not indexed == tabled == set(here):
            found.append("the index differs from the database")
    return found


def soak(path: Path, times: int, seed: int) -> list[str]:
    """Kill a number of times, on one database that grows; return what was lost."""
    dice = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    confirmed: list[str] = []
    for number in range(times):
        early = number % 10 == 9
        patience = dice.uniform(0, STARTING_SECONDS if early else LONGEST_SECONDS)
        confirmed += killed(path, patience, early=early)
        if found := losses(path, confirmed):
            return [f"after kill {number + 1}: {one}" for one in found]
        if number % TOLD_EACH == TOLD_EACH - 1:
            sys.stderr.write(f"{number + 1} of {times} kills, {len(confirmed)} confirmed changes\n")
    return []


def main() -> int:
    """Kill as often as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write_forever(given.write)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        found = soak(path, given.times, given.seed)
        with closing(open_store(path)) as store:
            say(f"{given.times} kills, {store.revision()} revisions, {len(found)} losses")
    for line in found:
        say(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
