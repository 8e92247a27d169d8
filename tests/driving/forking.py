"""Processes of the program that begin with everything imported, so that a test does not pay for it.

`python -m tests.driving.forking SOCKET` imports the program once and forks for whoever connects.
What is forked is a process like any other: it has its own folder, environment, signals and exit
code, and ends as an interpreter does. The handmade base is what ships for it.
"""

import atexit
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import knowledge.base
from commands.chat import features
from commands.text.catalogs import TRANSLATED, catalog
from tests import ROOT
from tests.bases.valley import VALLEY

MODULES = (
    *("bot.__main__", "bot.client", "bot.database", "bot.logs", "bot.meaning", "bot.metrics"),
    *("bot.run", "bot.sandbox.session", "bot.sandbox.world", "bot.settings"),
    "babel.messages.pofile",
)
_CHUNK = 1 << 16
_LONGEST = 120.0
"""Seconds until a process that does not end is an error."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a process begins with."""

    folder: str
    arguments: list[str]
    environment: dict[str, str]
    out: str
    err: str
    stdin: str = os.devnull
    code: str = ""
    """What runs before the program does."""


@dataclass(slots=True)
class Forked:
    """A process that was forked, and what it printed so far."""

    start: Start
    pid: int
    connection: socket.socket
    _code: int | None = None
    _rest: bytes = field(default=b"")

    def signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self._code is None:
            os.kill(self.pid, number)

    def wait(self, seconds: float) -> int:
        """Wait for the end and return the exit code, below zero where a signal ended it.

        Raises:
            TimeoutError: it runs on.
        """
        if self._code is None:
            self.connection.settimeout(seconds)
            self._code = int(_line(self.connection))
            self.connection.close()
        return self._code

    def printed(self) -> tuple[str, str]:
        """Return what it has printed, and what it has complained of."""
        out, err = (Path(file).read_text("utf-8") for file in (self.start.out, self.start.err))
        return out, err


def fork(start: Start) -> Forked:
    """Start a process."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(_nursery())
    connection.sendall(json.dumps(asdict(start)).encode() + b"\n")
    return Forked(start, int(_line(connection)), connection)


def ran(
    *arguments: str, folder: Path, typed: str = "", environment: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Run the program to its end with lines in a pipe: its exit code, and what it printed."""
    with tempfile.TemporaryDirectory() as kept:
        pipe, out, err = (f"{kept}/{name}" for name in ("in", "out", "err"))
        os.mkfifo(pipe)
        given = dict(os.environ if environment is None else environment)
        process = fork(Start(str(folder), list(arguments), given, out, err, pipe))
        Path(pipe).write_text(typed, "utf-8")
        return process.wait(_LONGEST), *process.printed()


@cache
def _nursery() -> str:
    """Start what forks, once for each process that runs tests; it ends with that process."""
    folder = tempfile.TemporaryDirectory(prefix="forking")
    path = f"{folder.name}/socket"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.driving.forking", path],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=folder.name,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"ready\n"
    atexit.register(folder.cleanup)
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return path


def _line(connection: socket.socket) -> bytes:
    read = b""
    while not read.endswith(b"\n"):
        some = connection.recv(_CHUNK)
        if not some:
            raise ConnectionError("the process went without a word")
        read += some
    return read


# ---------------------------------------------------------------------- the other side


def serve(path: str) -> Start | None:
    """Fork for each connection until standard input ends; return what the fork is to begin with."""
    for module in MODULES:
        importlib.import_module(module)
    for language in TRANSLATED:
        catalog(language)
    features()
    knowledge.base.curated = lambda: VALLEY
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        print("ready", flush=True)  # noqa: T201
        while True:
            heard, _, _ = select.select([listener.fileno(), 0], [], [])
            if 0 in heard:
                return None
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    return _keep(connection, listener)
            _reap()


def _reap() -> None:
    """Let go of keepers that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def _keep(connection: socket.socket, listener: socket.socket) -> Start:
    """Fork once more; tell the id of the process, and how it ended. Only the fork returns."""
    listener.close()
    start = Start(**json.loads(_line(connection)))
    pid = os.fork()
    if pid == 0:
        connection.close()
        return start
    connection.sendall(b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    try:
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    finally:
        os._exit(0)


def _become(start: Start) -> None:
    """Turn the fork into a process with a folder, an environment and files of its own."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, (file, flags) in enumerate(
        [
            (start.stdin, os.O_RDONLY),
            (start.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (start.err, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ]
    ):
        opened = os.open(file, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(start.folder)
    os.environ.clear()
    os.environ.update(start.environment)
    sys.argv = ["claimbot", *start.arguments]
    exec(start.code, {})  # noqa: S102


if __name__ == "__main__":
    begun = serve(sys.argv[1])
    if begun is not None:
        _become(begun)
        from bot.__main__ import start as start_program

        start_program()
