"""`/about`: what a person learns of the program and its data."""

from email.message import Message
from importlib.metadata import PackageNotFoundError

import pytest

from bot.client import Claimbot
from commands.cards import about
from tests.conftest import Chat


def told(**fields: str) -> Message:
    message = Message()
    message["Version"] = "1.2.3"
    for value in fields.values():
        message["Project-URL"] = value
    return message


async def test_it_tells_in_private_what_runs(
    chat: Chat, simcord_bot: Claimbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = {"a": "Source, https://example.org/claimbot", "b": "Chat, javascript:alert(1)"}
    monkeypatch.setattr(about, "metadata", lambda _: told(**links))
    shown = await chat.run("about")
    contents = simcord_bot.workspace.contents()
    assert shown.private
    assert shown.embed.title == "Claimbot 1.2.3"
    fields = {field.name: field.value or "" for field in shown.embed.fields}
    assert fields["Database revision"] == f"{contents.revision:,}"
    assert f"{contents.claims} claims on {len(contents.topics)} topics" in fields["On file"]
    assert fields["More"] == "[Source](https://example.org/claimbot)"
    assert simcord_bot.started is not None
    assert f"since <t:{int(simcord_bot.started.timestamp())}:f>" in fields["Uptime"]


async def test_it_needs_no_installed_package(
    private_chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: str) -> Message:
        raise PackageNotFoundError

    monkeypatch.setattr(about, "metadata", missing)
    assert (await private_chat.run("about")).embed.title == "Claimbot"


async def test_a_reconnection_is_no_new_start(chat: Chat, simcord_bot: Claimbot) -> None:
    await chat.env.advance_time(3 * 3600)
    simcord_bot.dispatch("ready")
    assert "3 hours, since" in (await chat.run("about")).text


async def test_it_links_to_what_whoever_runs_the_bot_has_set(
    chat: Chat, simcord_bot: Claimbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(about, "metadata", lambda _: told())
    simcord_bot.links = about.Links("https://example.org/code", "https://example.org/help")
    text = (await chat.run("about")).text
    assert "[Source code](https://example.org/code) · [Support](https://example.org/help)" in text
