"""The log: what a request leaves in it, and what never gets there."""

import io
import json
import logging
from typing import Any

import aiohttp
import pytest

from bot.client import Claimbot
from bot.logs import Masked, briefly, log_request
from tests.conftest import Chat

TOKEN = "MTA.secret-token.of_a-bot"  # noqa: S105
Lines = list[dict[str, Any]]


@pytest.fixture
def log(simcord_bot: Claimbot) -> io.StringIO:
    """Log as a running bot does, at the default level."""
    simcord_bot.observers.append(log_request)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Masked(TOKEN))
    handler.addFilter(briefly)
    logging.basicConfig(level="INFO", handlers=[handler], force=True)
    return stream


def lines(stream: io.StringIO) -> Lines:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def ended(stream: io.StringIO) -> Lines:
    return [line for line in lines(stream) if "outcome" in line]


async def test_a_request_is_one_line_without_a_word_of_it(chat: Chat, log: io.StringIO) -> None:
    await chat.run("ask", question="how many sacks did Peru send")
    await chat.run("figures", topic="sacks", since="Feb 2024")
    await chat.run("figures", topic="xyzzy")
    assert [(one["command"], one["outcome"]) for one in ended(log)] == [
        ("ask", "silent"),
        ("figures", "answered"),
        ("figures", "refused"),
    ]
    for one in ended(log):
        assert one["level"] == "info"
        assert one["ms"] > 0
        assert one["guild"]
        assert one["timestamp"].endswith("Z")
    assert len({one["request"] for one in ended(log)}) == 3
    for word in ("Peru", "Feb", "xyzzy", "alice"):
        assert word not in log.getvalue()


async def test_buttons_are_followed_and_completions_are_not_told(
    chat: Chat, log: io.StringIO
) -> None:
    await chat.complete("figures", "topic", "she")
    await chat.press(await chat.run("source", what="sacks"), "◀ Older")
    assert [one["event"] for one in ended(log)] == ["command answered", "button answered"]


async def test_a_direct_message_has_no_server(private_chat: Chat, log: io.StringIO) -> None:
    await private_chat.run("topics")
    (one,) = ended(log)
    assert one["guild"] is None


@pytest.mark.simcord(check_errors=False)
async def test_an_error_carries_the_id_that_the_person_got(
    chat: Chat, simcord_bot: Claimbot, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        logging.getLogger("knowledge.anything").warning("on the way")
        raise RuntimeError("cause")

    monkeypatch.setattr(simcord_bot.workspace, "contents", fail)
    shown = await chat.run("topics")
    (one,) = ended(log)
    assert one["request"] in shown.text
    assert one["outcome"] == "failed"
    on_the_way, error = (line for line in lines(log) if line["level"] in {"warning", "error"})
    assert on_the_way["request"] == error["request"] == one["request"]
    assert "RuntimeError: cause" in error["exception"]


@pytest.mark.parametrize("for_people", [False, True])
@pytest.mark.parametrize("secret", [TOKEN, "back\\slash"])
def test_the_token_is_masked_in_messages_and_tracebacks(secret: str, *, for_people: bool) -> None:
    formatter = Masked(secret, for_people=for_people)
    found = (RuntimeError, RuntimeError(f"header {secret}"), None)
    record = logging.LogRecord("discord.http", logging.DEBUG, "x", 1, "sent %s", (secret,), found)
    text = formatter.format(record)
    assert secret not in text
    assert json.dumps(secret)[1:-1] not in text
    assert text.count("[token]") >= 2


def test_what_lets_others_answer_an_interaction_is_masked() -> None:
    address = "https://discord.com/api/v10/webhooks/1/aW50ZXJhY3Rpb24:x.y-z/messages/@original"
    record = logging.LogRecord("discord", 30, "x", 1, "429 from %s", (address,), None)
    text = Masked(TOKEN).format(record)
    assert "aW50" not in text
    assert "/webhooks/1/[token]/messages/@original" in text


EVENT = {"t": "INTERACTION_CREATE", "d": {"token": "unguessable-x.y", "id": "1"}}


@pytest.mark.parametrize("for_people", [False, True])
@pytest.mark.parametrize("written", [repr(EVENT), json.dumps(EVENT), json.dumps(json.dumps(EVENT))])
def test_it_is_masked_in_what_the_gateway_sends_too(written: str, *, for_people: bool) -> None:
    record = logging.LogRecord("discord.gateway", 10, "x", 1, "Event: %s", (written,), None)
    text = Masked(TOKEN, for_people=for_people).format(record)
    assert "unguessable" not in text
    assert "[token]" in text
    assert "INTERACTION_CREATE" in text


def test_it_is_masked_wherever_else_it_stands() -> None:
    record = logging.LogRecord("x", 10, "x", 1, "bucket 1:aW50ZXJhY3Rpb246MTIzOmFi=", (), None)
    assert "MTIz" not in Masked(TOKEN).format(record)


def test_a_lost_connection_is_one_line() -> None:
    error = aiohttp.ClientError("gone\naway")
    found = (type(error), error, None)
    record = logging.LogRecord("discord.client", 40, "x", 1, "Reconnecting", (), found)
    assert briefly(record)
    told = json.loads(Masked(TOKEN).format(record))
    assert told["event"] == "Reconnecting: gone away"
    assert "exception" not in told
