"""The bot as a process against a gateway: what it answers, what it survives, how it ends."""

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest

from tests.driving import gateway_stub as stub
from tests.driving.gateway_stub import ALICE, BUTTON, SLASH, TOKEN, Discord, Fault, Payload, Process

pytestmark = pytest.mark.long

RATE_LIMITED = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
HOSTILE = [
    "@everyone <@30> <@&40> <#50>",
    "```py\n**x** ||y|| [z](https://evil.example)```",
    "\u202esacks\u202c שלום مرحبا",
    "'; DROP TABLE claims; -- \" OR 1=1 NEAR(a b) *",
    "🎉👩‍👩‍👧\x00\u200b" + "Z" + "\u0336" * 300,
    "grains " * 857,
]


TITLE = "### Topics on file"


@dataclass
class Session:
    """The bot, connected, and the other side."""

    discord: Discord
    process: Process

    async def stop(self) -> str:
        """Stop the bot, which has to go in peace, and return what it logged."""
        self.process.signal(signal.SIGTERM)
        code, log = await self.process.end()
        assert code == 0, log
        assert self.discord.wrong == []
        assert TOKEN not in log
        assert "token-10" not in log
        return log


@asynccontextmanager
async def connected(folder: Path, **options: Any) -> AsyncIterator[Session]:
    async with (
        stub.running(Discord()) as there,
        stub.bot(there.base, folder, **options) as process,
    ):
        await asyncio.wait_for(there.ready.wait(), stub.PATIENCE)
        yield Session(there, process)


def text(answer: Payload) -> str:
    """Return what can be read in an answer, laid out or an embed."""
    return text_of(answer["data"])


def text_of(message: Payload) -> str:
    embeds = json.dumps(message.get("embeds", []), ensure_ascii=False)
    laid_out = [
        each["content"] for each in walked(message.get("components", [])) if "content" in each
    ]
    return "\n".join([embeds, *laid_out])


def walked(components: list[Payload]) -> Iterator[Payload]:
    for one in components:
        yield one
        yield from walked(one.get("components", []))


def private(answer: Payload) -> bool:
    return bool(answer["data"].get("flags", 0) & 64)


def buttons(answer: Payload) -> dict[str, str]:
    shown = walked(answer["data"].get("components", []))
    return {each["label"]: each["custom_id"] for each in shown if each["type"] == 2}


# ---------------------------------------------------------------- a day at work


async def test_it_identifies_registers_answers_completes_and_turns_pages(tmp_path: Path) -> None:
    async with connected(tmp_path) as session:
        there = session.discord
        listed = await there.slash("topics")
        figures = await there.slash("sacks", {"since": "2024-02"})
        asked = await there.slash("ask", {"question": "how many wagons by august 2024"})
        in_private = await there.slash("topics", server=False)
        offered = await there.complete("figures", "topic", "sack")
        evidence = await there.slash("source", {"what": "sacks"})
        turned = await there.press(buttons(evidence)["◀ Older"], evidence["data"])
        turned_on = await there.press(buttons(turned)["◀ Older"], turned["data"])
        about = await there.slash("about")
        await session.stop()
    (identified,) = there.identified
    assert identified["intents"] == discord.Intents(guilds=True).value
    assert identified["token"] == TOKEN
    assert len(there.registered) == 1
    names = {command["name"] for command in there.registered[0]}
    assert {"ask", "figures", "source", "topics", "about", "sacks"} <= names
    assert TITLE in text(listed)
    assert TITLE in text(in_private)
    assert "8 million" in text(figures)
    assert "11,000" in text(asked)
    assert any(choice["value"] == "sacks" for choice in offered["data"]["choices"])
    assert turned["type"] == 4
    assert private(turned)
    assert turned_on["type"] == 7
    assert not private(evidence)
    assert private(about)


async def test_hostile_options_get_an_answer_and_call_nobody(tmp_path: Path) -> None:
    async with connected(tmp_path) as session:
        for typed in HOSTILE:
            for name, option in (("ask", "question"), ("figures", "topic"), ("sacks", "since")):
                answer = await session.discord.slash(name, {option: typed})
                assert answer["data"]["allowed_mentions"]["parse"] == []
                assert "@everyone" not in text(answer)
                assert "](" not in text(answer)
            offered = await session.discord.complete("figures", "topic", typed)
            assert offered["type"] == 8
        log = await session.stop()
    assert "Traceback" not in log
    for word in ("DROP TABLE", "evil.example", "everyone", "שלום"):
        assert word not in log


async def test_no_token_stands_in_the_log_at_any_level(tmp_path: Path) -> None:
    async with connected(tmp_path, CLAIMBOT_LOG_LEVEL="debug") as session:
        there = session.discord
        there.faults.append(Fault("/callback", 429, RATE_LIMITED, {"Retry-After": "0.2"}))
        await there.slash("topics")
        await there.slash("shells", {"chart": "x"})
        await there.complete("figures", "topic", "shel")
        await there.slash("source", {"what": "shells"})
        log = await session.stop()
    assert "INTERACTION_CREATE" in log
    assert "[token]" in log


async def _finished(there: Discord, one: str) -> Payload:
    """Return the message that answers, also where the bot was shown thinking before."""
    answer = await there.answer(one)
    told: Payload = answer["data"] if answer["type"] != 5 else await there.answer(one)
    return told


async def test_five_hundred_at_once_are_all_answered(tmp_path: Path) -> None:
    topics = {"id": "10", "name": "topics", "type": 1, "options": []}
    people = [{**ALICE, "id": str(3000 + number)} for number in range(50)]
    async with connected(tmp_path) as session:
        there = session.discord
        sent = [
            await there.interact(SLASH, topics, server=False, user=person)
            for _ in range(10)
            for person in people
        ]
        answers = await asyncio.gather(*(_finished(there, one) for one in sent))
        log = await session.stop()
    assert len(answers) == 500
    assert all(TITLE in text_of(each) for each in answers)
    told = [json.loads(line) for line in log.splitlines()]
    assert len({each["request"] for each in told if "outcome" in each}) == 500


async def test_a_person_in_a_hurry_is_answered_with_words(tmp_path: Path) -> None:
    topics = {"id": "10", "name": "topics", "type": 1, "options": []}
    async with connected(tmp_path) as session:
        there = session.discord
        sent = [await there.interact(SLASH, topics) for _ in range(60)]
        answers = await asyncio.gather(*(there.answer(one) for one in sent))
        await session.stop()
    hurried = [answer for answer in answers if "Try again in" in text(answer)]
    assert len(hurried) == 30
    assert all(private(answer) for answer in hurried)


async def test_strange_interactions_change_nothing(tmp_path: Path) -> None:
    async with connected(tmp_path) as session:
        there = session.discord
        unknown = await there.slash("no-such-command")
        assert private(unknown)
        assert "has changed" in text(unknown)
        one = await there.interact(SLASH, {"id": "10", "name": "topics", "type": 1, "options": []})
        await there.answer(one)
        again = {"id": "10", "name": "topics", "type": 1, "options": []}
        await there.interact(SLASH, again, one=one)
        for kind in (1, 9, 99):
            await there.interact(kind, {"id": "10", "name": "topics", "type": 1})
        await there.interact(SLASH, {"id": "1", "name": "topics", "type": 3, "target_id": "9"})
        await there.interact(BUTTON, {"component_type": 2, "custom_id": "never:heard:of:it"})
        await there.interact(BUTTON, {"component_type": 2, "custom_id": "f:t:9999:..:~gone:"})
        await there.event("NEVER_HEARD_OF", {"a": 1})
        await there.frame({"op": 77, "d": None})
        assert TITLE in text(await there.slash("topics"))
        await session.stop()
    assert len(there.identified) == 1


# ---------------------------------------------------------------- connections


@pytest.mark.parametrize("how", ["lost", "closed", "asked to reconnect", "void for now"])
async def test_a_lost_connection_is_resumed_where_it_was(tmp_path: Path, how: str) -> None:
    async with connected(tmp_path) as session:
        there = session.discord
        await there.slash("topics")
        match how:
            case "lost":
                await there.hang_up()
            case "closed":
                await there.hang_up(4000)
            case "asked to reconnect":
                await there.frame({"op": 7, "d": None})
            case _:
                await there.frame({"op": 9, "d": True})
        await _until(lambda: there.resumed)
        assert TITLE in text(await there.slash("topics"))
        log = await session.stop()
    assert [each["session_id"] for each in there.resumed] == ["s1"]
    assert there.resumed[0]["seq"] >= 3
    assert len(there.identified) == len(there.registered) == 1
    assert "Traceback" not in log


async def test_a_session_that_is_void_begins_anew_without_registering_again(
    tmp_path: Path,
) -> None:
    async with connected(tmp_path) as session:
        there = session.discord
        there.ready.clear()
        await there.frame({"op": 9, "d": False})
        await asyncio.wait_for(there.ready.wait(), stub.PATIENCE)
        assert TITLE in text(await there.slash("topics"))
        await session.stop()
    assert len(there.identified) == 2
    assert len(there.registered) == 1


@pytest.mark.parametrize(
    "frame",
    [
        "{not json",
        '{"op": 0, "s": 9, "t": "INTERACTION_CREATE", "d": {"type": 2}}',
        '{"op": 0, "s": 9, "t": "GUILD_CREATE", "d": null}',
        "[]",
    ],
)
async def test_a_malformed_frame_costs_the_connection_and_not_the_bot(
    tmp_path: Path, frame: str
) -> None:
    async with connected(tmp_path) as session:
        there = session.discord
        there.ready.clear()
        await there.frame(frame)
        await asyncio.wait_for(there.ready.wait(), stub.PATIENCE)
        assert TITLE in text(await there.slash("topics"))
        await session.stop()
    assert len(there.registered) == 1


# ---------------------------------------------------------------- the HTTP interface fails


@pytest.mark.parametrize("status", [429, 500])
async def test_a_passing_fault_is_tried_again(tmp_path: Path, status: int) -> None:
    headers = {"Retry-After": "0.2", "Via": "1.1 loopback"} if status == 429 else {}
    async with connected(tmp_path) as session:
        for path in ("/callback", "/callback"):
            session.discord.faults.append(Fault(path, status, RATE_LIMITED, headers))
        assert TITLE in text(await session.discord.slash("topics"))
        await session.stop()


@pytest.mark.parametrize("status", [429, 500])
async def test_registering_is_tried_again(tmp_path: Path, status: int) -> None:
    headers = {"Retry-After": "0.2", "Via": "1.1 loopback"} if status == 429 else {}
    there = Discord()
    there.faults.append(Fault("/commands", status, RATE_LIMITED, headers))
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        await asyncio.wait_for(there.ready.wait(), stub.PATIENCE)
        await Session(there, process).stop()
    assert len(there.registered) == 1


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (400, 50035)])
async def test_a_refused_answer_is_followed_by_a_private_apology(
    tmp_path: Path, status: int, code: int
) -> None:
    async with connected(tmp_path) as session:
        session.discord.faults.append(Fault("/callback", status, {"code": code, "message": "no"}))
        apology = await session.discord.slash("topics")
        assert private(apology)
        assert "Something went wrong" in text(apology)
        log = await session.stop()
    shown = text(apology).split("`")[1]
    assert any(json.loads(line).get("request") == shown for line in log.splitlines())


async def test_an_interaction_that_is_gone_is_logged_in_a_line(tmp_path: Path) -> None:
    gone = {"code": 10062, "message": "Unknown interaction"}
    async with connected(tmp_path) as session:
        session.discord.faults.append(Fault("/callback", 404, gone))
        await session.discord.interact(SLASH, {"id": "10", "name": "topics", "type": 1})
        # Whichever of two answers comes first would meet the fault.
        async with asyncio.timeout(stub.PATIENCE):
            while session.discord.faults:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert TITLE in text(await session.discord.slash("topics"))
        log = await session.stop()
    late = [json.loads(line) for line in log.splitlines() if "late" in line]
    assert {each["level"] for each in late} == {"warning", "info"}
    assert "Traceback" not in log


# ---------------------------------------------------------------- endings


@pytest.mark.parametrize(("status", "code"), [(401, 2), (403, 1)])
async def test_a_refused_login_is_one_line(tmp_path: Path, status: int, code: int) -> None:
    there = Discord(faults=[Fault("/users/@me", status, {"message": "no", "code": 0})])
    ended, (line,) = await _ended(there, tmp_path)
    assert ended == code
    assert line.startswith("claimbot: Discord ")


@pytest.mark.parametrize("errors", [{}, {"_errors": [{"code": "X", "message": "too large"}]}])
async def test_where_discord_refuses_all_commands_it_answers_with_those_it_has(
    tmp_path: Path, errors: Payload
) -> None:
    refused = {"code": 50035, "message": "Invalid Form Body", "errors": errors}
    there = Discord(faults=[Fault("/commands", 400, refused)])
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        await asyncio.wait_for(there.ready.wait(), stub.PATIENCE)
        assert TITLE in text(await there.slash("topics"))
        log = await Session(there, process).stop()
    assert "Discord refused the commands of every server" in log


async def test_a_command_that_discord_refuses_is_left_out_and_named(tmp_path: Path) -> None:
    error = {"_errors": [{"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]}
    errors = {"3": {"description": error}}
    refused = {"code": 50035, "message": "Invalid Form Body", "errors": errors}
    there = Discord(faults=[Fault("/commands", 400, refused)])
    async with stub.running(there), stub.bot(there.base, tmp_path) as process:
        await asyncio.wait_for(there.ready.wait(), stub.PATIENCE)
        log = await Session(there, process).stop()
    (registered,) = there.registered
    named = re.search(r"The command ([a-z-]+) of every server is left out", log)
    assert named
    assert named[1] not in {command["name"] for command in registered}
    assert len(registered) > 10


async def test_a_wrong_token_is_one_line_that_does_not_hold_it(tmp_path: Path) -> None:
    ended, (line,) = await _ended(Discord(), tmp_path, token="wrong.token.here")  # noqa: S106
    assert ended == 2
    assert line.startswith("claimbot: Discord refused DISCORD_TOKEN.")
    assert "wrong.token" not in line


@pytest.mark.parametrize(("close", "code"), [(4004, 2), (4014, 2), (4012, 1)])
async def test_a_gateway_that_closes_for_good_is_one_line(
    tmp_path: Path, close: int, code: int
) -> None:
    ended, (line,) = await _ended(Discord(close_code=close), tmp_path)
    assert ended == code
    assert line.startswith("claimbot: Discord ")


async def test_no_network_is_one_line(tmp_path: Path) -> None:
    async with stub.bot("http://127.0.0.1:9", tmp_path, CLAIMBOT_LOG_LEVEL="error") as process:
        ended, log = await process.end()
    assert ended == 1
    (line,) = log.splitlines()
    assert line.startswith("claimbot: Discord cannot be reached: ")


async def test_a_gateway_out_of_reach_ends_without_a_traceback(tmp_path: Path) -> None:
    ended, lines = await _ended(Discord(), tmp_path, gateway="ws://127.0.0.1:9/")
    assert ended == 1
    assert lines[-1] == "claimbot: Discord's gateway cannot be reached."
    assert not any("Traceback" in line for line in lines)


async def _ended(there: Discord, folder: Path, **options: Any) -> tuple[int, list[str]]:
    async with (
        stub.running(there),
        stub.bot(there.base, folder, CLAIMBOT_LOG_LEVEL="error", **options) as process,
    ):
        code, log = await process.end()
    assert TOKEN not in log
    return code, log.splitlines()


async def _until(found: Any) -> None:
    async with asyncio.timeout(stub.PATIENCE):
        while not found():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
