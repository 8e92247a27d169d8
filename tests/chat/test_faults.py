"""Discord fails in every way it can: the person is told where one can be, the bot goes on."""

import logging

import pytest

from bot.client import Claimbot
from bot.logs import briefly
from commands.chat import Request
from tests.conftest import Chat, Shown

pytestmark = pytest.mark.simcord(check_errors=False)


@pytest.fixture
def ended(simcord_bot: Claimbot) -> list[Request]:
    """Collect the requests that have ended."""
    found: list[Request] = []
    simcord_bot.observers.append(found.append)
    return found


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (403, 50001), (400, 50035)])
async def test_a_refused_answer_becomes_a_private_apology(
    chat: Chat, ended: list[Request], status: int, code: int
) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=status, code=code)
    result = await chat.invoke("sacks")
    assert result.response is not None
    assert result.response.ephemeral
    (request,) = ended
    assert request.outcome == "failed"
    assert f"error `{request.id}`" in Shown(result.response).text
    assert "injected" not in Shown(result.response).text


@pytest.mark.parametrize("code", [10062, 10015, 40060, 50027])
async def test_an_interaction_that_is_over_is_late_and_no_error(
    chat: Chat, ended: list[Request], caplog: pytest.LogCaptureFixture, code: int
) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=404, code=code)
    assert (await chat.invoke("sacks")).response is None
    assert [request.outcome for request in ended] == ["late"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "million" in (await chat.run("sacks")).text


@pytest.mark.parametrize("code", [10062, 10008, 50027])
async def test_a_button_that_is_over_breaks_nothing(
    chat: Chat, ended: list[Request], code: int
) -> None:
    shown = await chat.run("source", what="sacks")
    chat.env.inject_error("POST", "/interactions/*", status=404, code=code)
    await chat.click(shown, "◀ Older")
    assert ended[-1].kind == "button"
    assert ended[-1].outcome in {"late", "failed"}
    assert "Showing" in (await chat.press(shown, "◀ Older")).text


async def test_a_completion_that_nobody_waits_for_breaks_nothing(
    chat: Chat, ended: list[Request], caplog: pytest.LogCaptureFixture
) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=404, code=10062)
    await chat.complete("figures", "topic", "she")
    assert [(request.kind, request.outcome) for request in ended] == [("autocomplete", "failed")]
    # What another test has left to the log is none of this one's, nor is a handler's own filter.
    (record,) = [one for one in caplog.records if "in autocomplete" in one.getMessage()]
    assert briefly(record)
    assert record.exc_info is None
    assert "10062" in record.getMessage()
    assert await chat.complete("figures", "topic", "she")


async def test_a_fault_of_the_database_is_told_and_the_next_command_answered(
    chat: Chat,
    simcord_bot: Claimbot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(simcord_bot.workspace, "figures", fail)
        shown = await chat.run("sacks")
    assert shown.private
    assert "Input/output" not in shown.text
    assert any("Input/output" in str(record.exc_info) for record in caplog.records)
    assert "million" in (await chat.run("sacks")).text


async def test_no_request_is_left_behind(chat: Chat, simcord_bot: Claimbot) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=403, times=2)
    await chat.invoke("sacks")
    await chat.run("topics")
    assert simcord_bot.running == set()
