"""Shards: which of them a process serves, how their sessions begin, and how they are kept up."""

import asyncio
import json
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import BadSettings, Settings, load_settings
from bot.shards import Shards
from knowledge.store import Where
from tests.bases.engines import on_postgresql, text_of
from tests.bot.test_gateway import TITLE, text
from tests.driving import gateway_stub as stub
from tests.driving.gateway_stub import Discord, Process, guild_on

pytestmark = pytest.mark.long

# ------------------------------------------------------------------ how they are written


@pytest.mark.parametrize(
    ("written", "ids", "count"),
    [
        ("0-3/16", (0, 1, 2, 3), 16),
        ("2/16", (2,), 16),
        ("0,3-5/16", (0, 3, 4, 5), 16),
        (" 5 , 1 - 2 / 6 ", (1, 2, 5), 6),
        ("0/1", (0,), 1),
    ],
)
def test_any_set_of_shards_can_be_written(written: str, ids: tuple[int, ...], count: int) -> None:
    assert Shards.read(written) == Shards(ids, count)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("0-3", "like 0-3/16"),
        ("/16", "like 0-3/16"),
        ("a/16", "like 0-3/16"),
        ("0-/16", "like 0-3/16"),
        ("-1/16", "like 0-3/16"),
        ("1.5/16", "like 0-3/16"),
        ("0;1/16", "like 0-3/16"),
        ("²/16", "like 0-3/16"),
        ("0-3/0", "there can be 1 to 10,000 shards, not 0"),
        ("0/999999", "there can be 1 to 10,000 shards, not 999,999"),
        ("16/16", "there is no shard 16: of 16, the last one is 15"),
        ("0-16/16", "there is no shard 16: of 16, the last one is 15"),
        ("5-3/16", "5-3 runs backwards: write 3-5"),
        ("0-3,2/16", "shard 2 stands there twice"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMBOT_SHARDS", written)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith("CLAIMBOT_SHARDS: ")
    assert words in message
    assert "\n" not in message


@pytest.mark.parametrize("written", ["", "automatic", " Automatic "])
def test_without_any_they_are_as_discord_recommends(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMBOT_SHARDS", written)
    assert load_settings().shards is None


def test_a_place_falls_to_the_process_that_has_its_server() -> None:
    settings = Settings(shards=Shards((0,), 2))
    assert [settings.serves_place(guild_on(shard, count=2)) for shard in range(2)] == [True, False]
    assert settings.serves_place("no server")
    assert Settings().serves_place(guild_on(1, count=2))


@given(st.text(alphabet="0123456789-,/ x", max_size=20))
def test_whatever_is_written_is_read_or_refused_in_words(written: str) -> None:
    try:
        found = Shards.read(written)
    except ValueError as error:
        told = str(error)
    else:
        told = ""
        assert found.ids
        assert len(set(found.ids)) == len(found.ids)
        assert all(0 <= one < found.count for one in found.ids)
    assert "invalid literal" not in told


@given(st.integers(1, 40), st.integers(0, 2**63), st.data())
def test_each_server_falls_to_one_process(count: int, guild: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, count))
    shares = [Shards(tuple(range(cut)), count), Shards(tuple(range(cut, count)), count)]
    assert sum(one.serve(guild) for one in shares) == 1
    assert [one.serve(None) for one in shares] == [True, False]


# ------------------------------------------------------------------ how sessions begin


async def _until(found: Callable[[], object]) -> None:
    async with asyncio.timeout(stub.PATIENCE):
        while not found():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _begun(there: Discord, sessions: int) -> None:
    await _until(lambda: len(there.identified) >= sessions)


async def _stopped(process: Process) -> str:
    process.signal(signal.SIGTERM)
    code, log = await process.end()
    assert code == 0, log
    assert "Traceback" not in log
    return log


def _shards(there: Discord) -> list[tuple[int, int]]:
    return [tuple(one["shard"]) for one in there.identified]


async def test_automatically_it_serves_all_that_discord_recommends(tmp_path: Path) -> None:
    there = Discord(shards=3, guilds=[guild_on(shard, count=3) for shard in range(3)])
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        await _begun(there, 3)
        for guild in there.guilds:
            assert TITLE in text(await there.slash("topics", guild=guild))
        assert TITLE in text(await there.slash("topics", server=False))
        await _stopped(process)
    assert sorted(_shards(there)) == [(0, 3), (1, 3), (2, 3)]
    assert len(there.registered) == 1


async def test_it_serves_the_shards_that_were_named_and_no_other(tmp_path: Path) -> None:
    there = Discord(shards=2)
    async with (
        stub.running(there),
        stub.bot(there.base, tmp_path, CLAIMBOT_SHARDS="0,3-4/16") as process,
    ):
        await _begun(there, 3)
        log = await _stopped(process)
    assert sorted(_shards(there)) == [(0, 16), (3, 16), (4, 16)]
    assert "Serving 3 of 16 shards" in log


@pytest.mark.parametrize("buckets", [1, 2])
async def test_processes_take_turns_to_begin_sessions(tmp_path: Path, buckets: int) -> None:
    # However busy the machine is, the way there is not a second longer for one than for another.
    there = Discord(apart=0.2)
    there.starts["max_concurrency"] = buckets
    database = str(tmp_path / "claims.db")
    shares = {"one": "0-1/4", "two": "2-3/4"}
    async with AsyncExitStack() as held:
        await held.enter_async_context(stub.running(there))
        for name, shards in shares.items():
            (tmp_path / name).mkdir()
            started = stub.bot(
                there.base,
                tmp_path / name,
                CLAIMBOT_SHARDS=shards,
                CLAIMBOT_DATABASE=database,
                STUB_APART="1.4",
            )
            await held.enter_async_context(started)
        await _begun(there, 4)
    assert there.hasty == []
    assert sorted(_shards(there)) == [(shard, 4) for shard in range(4)]


async def test_a_session_that_was_begun_too_soon_is_begun_again(tmp_path: Path) -> None:
    there = Discord(apart=0.5)
    async with (
        stub.running(there),
        stub.bot(there.base, tmp_path, CLAIMBOT_SHARDS="0-1/2", STUB_APART="0") as process,
    ):
        await _begun(there, 2)
        await _stopped(process)
    assert there.hasty
    assert sorted(_shards(there)) == [(0, 2), (1, 2)]


async def test_where_no_session_is_left_it_says_so_and_waits(tmp_path: Path) -> None:
    there = Discord()
    there.starts |= {"remaining": 0, "reset_after": 1200_000}
    told_in = tmp_path / "err.txt"
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        await _until(lambda: told_in.exists() and "Waiting for 20 minutes" in told_in.read_text())
        assert there.identified == []
        log = await _stopped(process)
    told = [json.loads(line) for line in log.splitlines() if "no more sessions" in line]
    assert len(told) == 1
    assert "all 1000 of a day are used up" in told[0]["event"]


@pytest.mark.parametrize(
    ("close", "shards", "words", "code"),
    [
        (4010, "0/1", "no such shard. Look at CLAIMBOT_SHARDS", 2),
        (4011, "0/1", "more shards than CLAIMBOT_SHARDS says", 2),
        (4011, "automatic", "more shards by now: start again", 1),
    ],
)
async def test_shards_that_discord_refuses_end_the_start_in_words(
    tmp_path: Path, close: int, shards: str, words: str, code: int
) -> None:
    there = Discord(close_code=close)
    async with (
        stub.running(there),
        stub.bot(there.base, tmp_path, CLAIMBOT_SHARDS=shards) as process,
    ):
        ended, log = await process.end()
    assert ended == code
    assert words in log.splitlines()[-1]


# ------------------------------------------------------------------ how they are kept up


@pytest.mark.parametrize("code", [1006, 4000, 1000])
async def test_a_lost_shard_is_resumed_and_the_others_go_on(tmp_path: Path, code: int) -> None:
    there = Discord(guilds=[guild_on(0, count=2), guild_on(1, count=2)])
    async with (
        stub.running(there),
        stub.bot(there.base, tmp_path, CLAIMBOT_SHARDS="0-1/2") as process,
    ):
        await _begun(there, 2)
        session = f"s{1 + _shards(there).index((1, 2))}"
        await there.slash("topics", guild=there.guilds[1])
        await there.hang_up(code, shard=1)
        assert TITLE in text(await there.slash("topics", guild=there.guilds[0]))
        await _until(lambda: there.resumed)
        assert TITLE in text(await there.slash("topics", guild=there.guilds[1]))
        await _stopped(process)
    assert [each["session_id"] for each in there.resumed] == [session]
    assert len(there.identified) == 2


async def test_a_session_outlives_a_gateway_that_was_away(tmp_path: Path) -> None:
    there = Discord()
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        await _begun(there, 1)
        await there.slash("topics")
        there.refusing = 2
        await there.hang_up()
        await _until(lambda: there.resumed)
        assert TITLE in text(await there.slash("topics"))
        log = await _stopped(process)
    assert there.refusing == 0
    assert len(there.identified) == 1
    assert "again in" in log


async def test_a_malformed_frame_costs_one_shard_its_session(tmp_path: Path) -> None:
    there = Discord(guilds=[guild_on(0, count=2), guild_on(1, count=2)])
    async with (
        stub.running(there),
        stub.bot(there.base, tmp_path, CLAIMBOT_SHARDS="0-1/2") as process,
    ):
        await _begun(there, 2)
        await there.frame("{not json", shard=1)
        await _begun(there, 3)
        for guild in there.guilds:
            assert TITLE in text(await there.slash("topics", guild=guild))
        process.signal(signal.SIGTERM)
        code, log = await process.end()
    assert code == 0
    assert "The connection of shard 1 failed" in log
    assert _shards(there)[-1] == (1, 2)


# ------------------------------------------------------------------ what only one process does


async def test_the_commands_are_registered_by_the_process_with_the_first_shard(
    tmp_path: Path,
) -> None:
    there = Discord()
    async with stub.running(there), AsyncExitStack() as held:
        for name, shards in (("one", "0/2"), ("two", "1/2")):
            (tmp_path / name).mkdir()
            await held.enter_async_context(
                stub.bot(
                    there.base,
                    tmp_path / name,
                    CLAIMBOT_SHARDS=shards,
                    CLAIMBOT_DATABASE=str(tmp_path / "claims.db"),
                )
            )
        await _begun(there, 2)
    assert len(there.registered) == 1
    assert "GET /applications/1/commands" in there.requests


def _on(
    there: Discord, folder: Path, where: Where, shards: str, patience: float
) -> AbstractAsyncContextManager[Process]:
    """Run a bot on a server's database; it waits so long for a shard that another one has."""
    folder.mkdir()
    return stub.bot(
        there.base,
        folder,
        extra=f"import bot.gateway; bot.gateway.YIELD_SECONDS = {patience}",
        CLAIMBOT_SHARDS=shards,
        CLAIMBOT_DATABASE=text_of(where),
    )


@on_postgresql
@pytest.mark.parametrize(
    ("shards", "words"),
    [("1-2/4", "give each process other ones"), ("automatic", "share the shards out")],
)
async def test_a_second_process_on_a_shard_is_refused_in_words(
    tmp_path: Path, where: Where, shards: str, words: str
) -> None:
    there = Discord(shards=4)
    async with stub.running(there), _on(there, tmp_path / "one", where, "0-1/4", 0) as one:
        await _begun(there, 2)
        async with _on(there, tmp_path / "two", where, shards, 0) as two:
            code, log = await two.end()
        said = log.splitlines()[-1]
        assert code == 2
        assert f"is served by another process already (process {one.process.pid} on " in said
        assert words in said
        assert len(there.identified) == 2
        await _stopped(one)


@on_postgresql
async def test_a_process_waits_for_the_one_that_it_follows(tmp_path: Path, where: Where) -> None:
    there = Discord()
    async with stub.running(there), _on(there, tmp_path / "one", where, "0/1", 0) as one:
        await _begun(there, 1)
        async with _on(there, tmp_path / "two", where, "0/1", stub.PATIENCE) as two:
            errors = tmp_path / "two" / "err.txt"
            await _until(lambda: errors.exists() and "Waiting for that" in errors.read_text())
            assert len(there.identified) == 1
            one.signal(signal.SIGKILL)
            await one.end()
            await _begun(there, 2)
            await _stopped(two)
