"""Stopping: what runs comes to its end, new commands are turned away, a second signal wins."""

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.bot.test_gateway import connected, private, text
from tests.driving import gateway_stub as stub
from tests.driving.gateway_stub import SLASH, Discord

pytestmark = pytest.mark.long

SLOW = """
import asyncio, os
from commands.answers import topics as _topics
_answer = _topics.answer
async def _slowly(interaction, make, **options):
    print("at work", flush=True)
    await asyncio.sleep(float(os.environ["STUB_SLOW"]))
    await _answer(interaction, make, **options)
_topics.answer = _slowly
"""
STUCK = """
import time
from commands.answers import topics as _topics
_topics.topics_reply = lambda app: time.sleep(600)
"""
PATIENT = """
import bot.run
bot.run.FINISH_SECONDS = 60.0
"""
HASTY = """
import bot.run
bot.run.FINISH_SECONDS = bot.run.CLOSE_SECONDS = 0.5
"""
TOPICS = {"id": "10", "name": "topics", "type": 1, "options": []}


def check_database(folder: Path, *, closed: bool = True) -> None:
    """Fail where the database is damaged, or was left open."""
    assert not closed or not list(folder.glob("*-wal"))
    with sqlite3.connect(folder / "claimbot.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_peace(tmp_path: Path, number: signal.Signals) -> None:
    async with connected(tmp_path) as session:
        await session.discord.slash("topics")
        session.process.signal(number)
        code, log = await session.process.end()
    assert code == 0, log
    assert "Stopping" in log
    assert "Traceback" not in log
    assert "Unclosed" not in log
    check_database(tmp_path)


async def test_what_runs_is_finished_and_what_comes_is_turned_away(tmp_path: Path) -> None:
    async with connected(tmp_path, extra=SLOW + PATIENT, STUB_SLOW="2") as session:
        there = session.discord
        slow = await there.interact(SLASH, TOPICS)
        await session.process.says("at work")
        session.process.signal(signal.SIGTERM)
        await session.process.says("Stopping")
        refused = await there.slash("sacks")
        finished = await there.answer(slow)
        code, log = await session.process.end()
    assert code == 0, log
    assert private(refused)
    assert "about to restart" in text(refused)
    assert "Topics on file" in text(finished)
    assert there.wrong == []


async def test_what_takes_too_long_is_left_and_whoever_waits_is_told(tmp_path: Path) -> None:
    async with connected(tmp_path, extra=SLOW, STUB_SLOW="600") as session:
        there = session.discord
        slow = await there.interact(SLASH, TOPICS)
        await session.process.says("at work")
        session.process.signal(signal.SIGTERM)
        told = await there.answer(slow)
        code, log = await session.process.end()
    assert code == 0, log
    assert private(told)
    assert "this is not finished" in text(told)
    assert "Traceback" not in log
    assert there.wrong == []


async def test_where_discord_answers_nothing_any_more_it_ends_in_peace(tmp_path: Path) -> None:
    async with connected(tmp_path) as session:
        there = session.discord
        there.hanging = True
        for _ in range(3):
            await there.interact(SLASH, TOPICS)
        await asyncio.sleep(0.5)
        session.process.signal(signal.SIGTERM)
        code, log = await session.process.end()
        there.hanging = False
    assert code == 0, log
    assert "Traceback" not in log
    assert "Unclosed" not in log
    check_database(tmp_path)


async def test_work_that_never_ends_in_a_thread_keeps_nobody(tmp_path: Path) -> None:
    async with connected(tmp_path, extra=STUCK) as session:
        there = session.discord
        stuck = await there.interact(SLASH, TOPICS)
        thinking = await there.answer(stuck)
        session.process.signal(signal.SIGTERM)
        told = await there.answer(stuck)
        code, log = await session.process.end()
    assert code == 0, log
    assert thinking == {"type": 5}
    assert "this is not finished" in str(told)
    assert "Traceback" not in log


async def test_a_gateway_that_does_not_say_goodbye_is_left(tmp_path: Path) -> None:
    async with connected(tmp_path, extra=HASTY) as session:
        there = session.discord
        there.deaf = True
        await there.frame({"op": 1, "d": None})
        await asyncio.sleep(0.3)
        session.process.signal(signal.SIGTERM)
        code, log = await session.process.end()
        there.deaf = False
    assert code == 0, log
    assert "Traceback" not in log
    assert "Unclosed" not in log


async def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    async with connected(tmp_path, extra=SLOW, STUB_SLOW="600") as session:
        await session.discord.interact(SLASH, TOPICS)
        await session.process.says("at work")
        session.process.signal(signal.SIGTERM)
        await session.process.says("Stopping")
        session.process.signal(signal.SIGTERM)
        code, _ = await session.process.end()
    assert code == -signal.SIGTERM
    check_database(tmp_path, closed=False)


async def test_a_signal_before_the_login_is_over_ends_it_too(tmp_path: Path) -> None:
    there = Discord(faults=[stub.Fault("/users/@me", 500) for _ in range(5)])
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        async with asyncio.timeout(stub.PATIENCE):
            while not there.requests:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        process.signal(signal.SIGTERM)
        code, log = await process.end()
    assert code == 0, log
    assert "Traceback" not in log
