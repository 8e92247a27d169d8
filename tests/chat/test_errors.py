"""What a person and the log get when something goes wrong."""

import logging
import re

import discord
import pytest
from discord import app_commands

from bot.client import Claimbot
from commands.chat import Interaction
from knowledge.workspaces import Workspace
from tests.conftest import TODAY, Chat, Shown

ID = re.compile(r"error `([0-9a-f]{8})`")

pytestmark = pytest.mark.simcord(check_errors=False)


@app_commands.command(description="Fails")
async def broken(interaction: Interaction) -> None:
    raise RuntimeError(f"the secret cause in {interaction.client.user}")


@app_commands.command(description="Fails after it has answered")
async def late(interaction: Interaction) -> None:
    await interaction.response.send_message(embed=discord.Embed(description="first"))
    raise RuntimeError("too late")


@pytest.fixture
def simcord_bot(workspace: Workspace) -> Claimbot:
    """Make the bot with two commands that fail."""
    bot = Claimbot(workspace, today=lambda: TODAY)
    bot.tree.add_command(broken)
    bot.tree.add_command(late)
    return bot


def broken_workspace(bot: Claimbot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("not meant for people")

    monkeypatch.setattr(bot.workspace, "figures", fail)


async def test_an_unexpected_error_gets_an_id_that_the_log_has_too(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    shown = await chat.run("broken")
    assert shown.private
    assert "secret" not in shown.text
    found = ID.search(shown.text)
    assert found
    (record,) = [one for one in caplog.records if found[1] in one.getMessage()]
    assert record.levelno == logging.ERROR
    assert "/broken" in record.getMessage()
    assert record.exc_info
    assert "the secret cause" in str(record.exc_info[1])


async def test_an_error_after_the_answer_is_told_in_a_private_follow_up(chat: Chat) -> None:
    assert isinstance(chat.channel, object)
    result = await chat.invoke("late")
    assert result.response is not None
    assert not result.response.ephemeral
    (follow_up,) = result.followups
    assert follow_up.ephemeral
    assert ID.search(Shown(follow_up).text)


async def test_an_error_that_is_not_the_persons_is_never_shown_as_theirs(
    chat: Chat, simcord_bot: Claimbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_workspace(simcord_bot, monkeypatch)
    shown = await chat.run("figures", topic="sacks")
    assert shown.private
    assert "not meant" not in shown.text
    assert ID.search(shown.text)


async def test_an_error_behind_a_button_is_told_the_same_way(
    chat: Chat, simcord_bot: Claimbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = await chat.run("figures", topic="reactions")
    broken_workspace(simcord_bot, monkeypatch)
    result = await chat.click(shown, "All by date")
    assert result.response is not None
    assert result.response.ephemeral
    assert ID.search(Shown(result.response).text)


@pytest.mark.parametrize(
    ("status", "code"), [(404, 10062), (404, 10015), (400, 40060), (401, 50027)]
)
async def test_an_expired_interaction_is_only_logged(
    chat: Chat, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=status, code=code)
    result = await chat.invoke("topics")
    assert result.response is None
    assert any("too late" in record.getMessage() for record in caplog.records)
    assert not any(record.levelno >= logging.ERROR for record in caplog.records)
    assert "Topics on file" in (await chat.run("topics")).text


@pytest.mark.parametrize("status", [403, 400])
async def test_a_refused_answer_is_followed_by_an_apology(chat: Chat, status: int) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=status, times=1)
    result = await chat.invoke("topics")
    assert result.response is not None
    assert ID.search(Shown(result.response).text)


async def test_an_apology_that_does_not_arrive_breaks_nothing(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    chat.env.inject_error("POST", "/interactions/*", status=403, times=2)
    assert (await chat.invoke("topics")).response is None
    assert any("did not arrive" in record.getMessage() for record in caplog.records)
    assert "Topics on file" in (await chat.run("topics")).text


async def test_a_command_that_is_gone_is_explained(chat: Chat, simcord_bot: Claimbot) -> None:
    simcord_bot.tree.remove_command("topics")
    shown = await chat.run("topics")
    assert shown.private
    assert "has changed" in shown.text
