"""Measuring in a fresh process with one thread, where nothing of another measurement is left."""

import json
import os
import subprocess
import sys


def measured_apart(module: str, *arguments: str) -> dict[str, float] | str:
    """Run a module that prints figures; return them, or the last line of an error."""
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **threads},
    )
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no output"])[-1]
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures
