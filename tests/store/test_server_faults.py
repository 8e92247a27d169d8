"""A server of PostgreSQL's fails in every way it can: who reads goes on, who writes is told."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from typing import Any

import psycopg
import pytest
from psycopg_pool import ConnectionPool

from bot.client import Claimbot
from commands.chat import UNHURRIED
from knowledge.base import opened
from knowledge.curation import Unsaved
from knowledge.store import Change, ServerAddress, StoreError, Where, open_store
from knowledge.store.postgresql import listening, opening
from knowledge.store.rules.store import RuledStore
from tests.bases.away import CUT_ALL, PATIENCE, patiently, until_saved
from tests.bases.curating import OWNER, KnowledgeBase, base
from tests.bases.engines import (
    Server,
    behind,
    name_of,
    on_postgresql,
    own_server,
    the_server,
)
from tests.bases.making import claim
from tests.bases.proxy import Line, line_to
from tests.conftest import TODAY, Chat

pytestmark = on_postgresql
SECRET = "s3cret"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def strict() -> Iterator[Server]:
    """Run a server of one's own, which may be stopped and asks a user for her password."""
    with own_server() as server:
        admin = server.admin
        admin.execute(f"CREATE ROLE ann LOGIN PASSWORD '{SECRET}'")
        admin.execute("CREATE DATABASE claims OWNER ann")
        admin.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0 OWNER ann"
        )
        rules = server.folder / "pg_hba.conf"
        rules.write_text(f"local all ann scram-sha-256\n{rules.read_text()}")
        admin.execute("SELECT pg_reload_conf()")
        yield server


def answers(home: KnowledgeBase) -> None:
    """Make sure that a question is answered as ever, with the text of the claim."""
    assert "shared" in home.shown(None)
    assert home.workspaces.shared.library.claims(["shared"]) == [claim("shared", "about 3 million")]


# ------------------------------------------------------------------ away, and back


async def test_what_is_away_is_answered_from_and_said_and_found_again(
    far: tuple[Line, KnowledgeBase],
) -> None:
    line, home = far
    await home.curation.add(OWNER, claim("before"))
    line.disconnect()
    answers(home)
    assert home.workspaces.shared.library.claims(["before"]) == [claim("before")]
    with pytest.raises(Unsaved, match="Nothing was saved: the database cannot be reached") as told:
        await home.curation.add(OWNER, claim("meanwhile"))
    assert "postgres" not in str(told.value)
    with pytest.raises(StoreError, match="cannot be reached"):
        home.store.recent(None, 5)
    answers(home)
    line.connect()
    await until_saved(home, "after")
    assert home.shown(None) == ["after", "before", "shared"]
    assert patiently(home.store.verify_history) == []


def test_a_start_with_an_index_answers_while_it_is_away_too(
    where: Where, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Event()
    remember = RuledStore.remember

    def told(self: RuledStore, workspace: str | None, until: Callable[[], bool]) -> None:
        remember(self, workspace, until)
        done.set()

    monkeypatch.setattr("knowledge.workspaces.kept_index.KEPT_FROM", 1)
    assert isinstance(where, ServerAddress)
    with base(where), opened(where, "none"):
        pass
    monkeypatch.setattr(RuledStore, "remember", told)
    with line_to(where) as (line, address), opened(address, "none") as home:
        assert done.wait(PATIENCE)
        line.disconnect()
        texts = home.workspaces.shared.library.claims(["shared"])
        assert texts == [claim("shared", "about 3 million")]


def test_who_asks_while_it_is_away_does_not_wait(
    far: tuple[Line, KnowledgeBase], monkeypatch: pytest.MonkeyPatch
) -> None:
    line, home = far
    line.disconnect()
    with pytest.raises(StoreError):
        home.store.recent(None, 5)
    asked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "getconn", lambda *words: asked.append(words))
    answers(home)
    assert asked == []


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a server say sooner than usual that it is there."""
    monkeypatch.setattr("knowledge.store.postgresql.connections._SLOW_SECONDS", 0.1)
    monkeypatch.setattr("knowledge.store.postgresql.listening._GLANCE_SECONDS", 0.1)
    monkeypatch.setattr("knowledge.store.postgresql.listening._SILENT_SECONDS", 0.5)
    monkeypatch.setitem(opening._ROUTE, "connect_timeout", 2)  # the shortest there is


@pytest.mark.usefixtures("impatient")
async def test_a_server_that_says_nothing_is_away(far: tuple[Line, KnowledgeBase]) -> None:
    line, home = far
    home.store.wait_for_news(0)
    line.passing.clear()
    answers(home)
    with pytest.raises(Unsaved, match="Nothing was saved: the database cannot be reached"):
        await home.curation.add(OWNER, claim("meanwhile"))
    line.passing.set()
    await until_saved(home, "after")
    assert home.shown(None) == ["after", "shared"]
    assert patiently(home.store.verify_history) == []


@pytest.mark.usefixtures("impatient")
async def test_a_server_that_falls_silent_as_it_is_listened_to_is_away(
    far: tuple[Line, KnowledgeBase], monkeypatch: pytest.MonkeyPatch
) -> None:
    line, home = far
    silent, connect = Event(), psycopg.connect

    def silenced(address: str, **options: Any) -> psycopg.Connection:
        db = connect(address, **options)
        if not silent.is_set():
            line.passing.clear()
            silent.set()
        return db

    monkeypatch.setattr(psycopg, "connect", silenced)
    home.store.wait_for_news(0)
    assert silent.wait(PATIENCE)
    with pytest.raises(Unsaved, match="Nothing was saved: the database cannot be reached"):
        await home.curation.add(OWNER, claim("meanwhile"))
    line.passing.set()
    await until_saved(home, "after")
    assert home.shown(None) == ["after", "shared"]


@pytest.mark.usefixtures("impatient")
async def test_what_is_long_goes_on_where_the_server_is_there(
    home: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, ask = Event(), listening._ask

    def asking(db: psycopg.Connection) -> None:
        ask(db)
        asked.set()

    def work(change: Change) -> bool:
        change.put(claim("long"))
        return asked.wait(PATIENCE)

    monkeypatch.setattr(listening, "_ask", asking)
    monkeypatch.setattr(listening, "_SILENT_SECONDS", PATIENCE)
    home.store.wait_for_news(0)
    assert await home.writer.write(work, who="anna", why="slowly")
    assert home.shown(None) == ["long", "shared"]


async def test_a_restarted_server_is_found_again(strict: Server) -> None:
    server = strict
    with base(server.new()) as home:
        server.control("-m", "fast", "restart")
        answers(home)
        await until_saved(home, "after")
        server.control("-m", "immediate", "stop")
        answers(home)
        with pytest.raises(Unsaved, match=r"the database (cannot be reached|is being restarted)"):
            await home.curation.add(OWNER, claim("meanwhile"))
        server.control("-l", str(server.folder / "log"), "-o", server.options, "start")
        await until_saved(home, "again")
        assert home.shown(None) == ["after", "again", "shared"]
        assert patiently(home.store.verify_history) == []


async def test_connections_that_were_cut_are_made_anew(home: KnowledgeBase, where: Where) -> None:
    for key in ("one", "two"):
        behind(where, CUT_ALL)
        answers(home)
        await until_saved(home, key)
    assert home.shown(None) == ["one", "shared", "two"]


async def test_what_is_put_back_to_an_earlier_time_is_read_anew(
    home: KnowledgeBase, where: Where
) -> None:
    await home.curation.add(OWNER, claim("lost"))
    behind(
        where,
        "DELETE FROM claims WHERE id = 'lost'",
        "DELETE FROM revisions WHERE record = 'lost'",
        "UPDATE meta SET value = number || ' ' || seal FROM "
        "(SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1) AS last "
        "WHERE key = 'head'",
    )
    await home.writer.catch_up()
    assert home.shown(None) == ["shared"]
    await home.curation.add(OWNER, claim("new"))
    assert home.shown(None) == ["new", "shared"]
    assert patiently(home.store.verify_history) == []


# ------------------------------------------------------------------ full, read-only


@contextmanager
def full(where: Where) -> Iterator[None]:
    """Let a database refuse to grow after the first claim of a change."""
    behind(
        where,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON revisions FOR EACH ROW "
        "EXECUTE FUNCTION full_disk()",
    )
    yield
    behind(where, "DROP FUNCTION full_disk CASCADE")


@contextmanager
def read_only(where: Where) -> Iterator[None]:
    """Let a database take nothing, as a standby does, from the next connection on."""
    assert isinstance(where, ServerAddress)
    alter = f"ALTER DATABASE {name_of(where)} SET default_transaction_read_only = "
    the_server().admin.execute(f"{alter} on")
    behind(where, CUT_ALL)
    try:
        yield
    finally:
        the_server().admin.execute(f"{alter} off")
        behind(where, CUT_ALL)


@pytest.mark.parametrize(
    ("fail", "words"),
    [(full, "cannot grow: the disk of its server is full"), (read_only, "is read-only")],
)
async def test_what_cannot_be_written_is_said_and_nothing_is_half_there(
    home: KnowledgeBase,
    where: Where,
    fail: Callable[[Where], AbstractContextManager[None]],
    words: str,
) -> None:
    before = home.store.revision()
    with fail(where):
        with pytest.raises(Unsaved, match=f"Nothing was saved: the database {words}"):
            await home.curation.take_in(OWNER, [claim(f"c{n}") for n in range(900)], why="all")
        answers(home)
        assert patiently(home.store.revision) == before
    await until_saved(home, "after")
    assert home.shown(None) == ["after", "shared"]
    assert patiently(home.store.verify_history) == []


# ------------------------------------------------------------------ in the chat


async def test_people_are_answered_and_told_in_private(where: Where, chat: Chat) -> None:
    assert isinstance(where, ServerAddress)
    with line_to(where) as (line, address), opened(address) as found:
        bot = Claimbot(found, today=lambda: TODAY, limits=UNHURRIED)
        await chat.env.restart_bot(bot)
        before = await chat.run("sacks")
        line.disconnect()
        assert (await chat.run("sacks")).text == before.text
        listed = await chat.run("mine")
        assert listed.private
        assert "cannot be reached" in listed.text
        assert "postgres" not in listed.text
        line.connect()
        patiently(found.store.revision)
        await chat.env.restart_bot()


# ------------------------------------------------------------------ refused at the door


def as_ann(server: Server, database: str, password: str = SECRET) -> ServerAddress:
    url = server.address(database).url
    return ServerAddress(url.replace("postgres:@", f"ann:{password}@"))


def refusal(where: ServerAddress) -> str:
    with pytest.raises(StoreError) as refused:
        open_store(where, wait=0.5)
    message = str(refused.value)
    assert "\n" not in message
    assert message.endswith(".")
    assert str(where) in message
    assert SECRET not in message
    assert SECRET not in refused.value.reason
    return message


def test_each_refusal_says_what_to_do(strict: Server) -> None:
    open_store(as_ann(strict, "claims")).close()
    wrong = f"{SECRET}-not"
    assert "does not take the password" in refusal(as_ann(strict, "claims", wrong))
    assert "make it with createdb" in refusal(as_ann(strict, "nowhere"))
    nobody = strict.address("claims").url.replace("postgres:@", f"nobody:{SECRET}@")
    assert "knows no such user" in refusal(ServerAddress(nobody))
    assert "make it with ENCODING 'UTF8'" in refusal(as_ann(strict, "latin"))
    away = ServerAddress(f"postgresql://ann:{SECRET}@/claims?host=/nowhere")
    assert "cannot be reached: no server runs there" in refusal(away)
    odd = ServerAddress(f"postgresql://ann:{SECRET}@/claims?no-such-option=1")
    assert "has an address that cannot be read" in refusal(odd)


def test_a_database_without_a_base_is_not_made_one_by_whoever_reads(strict: Server) -> None:
    with pytest.raises(StoreError, match="has nothing of Claimbot's in it"):
        open_store(strict.new(), create=False)


def test_a_newer_schema_and_an_older_server(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(where, ServerAddress)
    open_store(where).close()
    monkeypatch.setattr("knowledge.store.postgresql.opening.VERSION", 0)
    assert "from a newer Claimbot than this one" in refusal(where)
    monkeypatch.setattr("knowledge.store.postgresql.opening.OLDEST", 990_000)
    assert "Claimbot needs 99 or newer" in refusal(where)


def test_what_is_not_installed_is_named(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(where, ServerAddress)
    for name in [name for name in sys.modules if name.startswith("knowledge.store.postgresql")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'claimbot[postgres]'" in refusal(where)


def test_several_processes_make_the_schema_once(strict: Server) -> None:
    address = strict.new()
    with ThreadPoolExecutor() as aside:
        stores = list(aside.map(lambda _: open_store(address), range(4)))
        assert len({store.database_id for store in stores}) == 1
        for store in stores:
            store.close()
        with psycopg.connect(address.url) as db:
            (count,) = db.execute("SELECT count(*) FROM claimbot.migrations").fetchone() or (0,)
        assert count == 1
