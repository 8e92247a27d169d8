"""A line to a server that a test can cut, at the worst of moments."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock, Thread
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from knowledge.store import ServerAddress

Cut = Literal["before the commit", "after the commit"]
_COMMIT = b"COMMIT\0"
_NAME = ".s.PGSQL.5432"


class Line:
    """What lies between a client and a server on sockets; it lets everything through at first."""

    def __init__(self, target: Path, place: Path) -> None:
        self._target = target
        self._place = place
        self._listening: socket.socket | None = None
        self._open: list[socket.socket] = []
        self._lock = Lock()
        self.cut: Cut | None = None
        """When to cut the connection of the next commit."""
        self.closes = False
        """Whether nobody is let in any more once it was cut."""
        self.was_cut = Event()
        self.passing = Event()
        """Cleared, it says nothing any more, and nobody hears that."""
        self.passing.set()

    def connect(self) -> None:
        """Let clients in."""
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._place))
        self._listening.listen()
        Thread(target=self._accept, args=[self._listening], daemon=True).start()

    def disconnect(self) -> None:
        """Cut every connection, and let nobody in."""
        self.passing.set()
        with self._lock:
            self._close()
            for one in self._open:
                _hang_up(one)
            self._open.clear()

    def _close(self) -> None:
        if self._listening is not None:
            with suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        self._place.unlink(missing_ok=True)

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._target))
                with self._lock:
                    if self._listening is not listening:
                        _hang_up(client)
                        _hang_up(server)
                        return
                    self._open += [client, server]
                Thread(target=self._pass, args=[client, server, True], daemon=True).start()
                Thread(target=self._pass, args=[server, client, False], daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, spoken: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self.passing.wait()
                if spoken and _COMMIT in data and self.cut is not None:
                    self._cut_off(data, source, target)
                    break
                target.sendall(data)
        _hang_up(source)
        _hang_up(target)

    def _cut_off(self, data: bytes, client: socket.socket, server: socket.socket) -> None:
        when, self.cut = self.cut, None
        if self.closes:
            with self._lock:
                self._close()
        # Nothing of what the server says reaches the client any more.
        with suppress(OSError):
            client.shutdown(socket.SHUT_WR)
        if when == "after the commit":
            server.sendall(data)
        self.was_cut.set()


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def line_to(address: ServerAddress) -> Iterator[tuple[Line, ServerAddress]]:
    """Lay a line to a server; the address leads through it."""
    (host,) = parse_qs(urlsplit(address.url).query)["host"]
    with TemporaryDirectory(prefix="line-") as folder:
        line = Line(Path(host) / _NAME, Path(folder) / _NAME)
        line.connect()
        try:
            yield line, ServerAddress(address.url.replace(f"host={host}", f"host={folder}"))
        finally:
            line.disconnect()
