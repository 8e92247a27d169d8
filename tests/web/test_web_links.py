"""Links from the chat: each answer opens as the very view on the web, when it is public."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from simcord.env import Env
from starlette.testclient import TestClient

from bot.client import Claimbot
from bot.published import Published
from bot.web import Site, application
from commands.text import Addresses
from knowledge.base import KnowledgeBase, opened
from tests.conftest import TODAY, Chat, Shown

ROOT = "https://claims.example"


@pytest.fixture
def base(valley_database: Path, tmp_path: Path) -> Iterator[KnowledgeBase]:
    path = tmp_path / "claims.db"
    shutil.copy(valley_database, path)
    with opened(path) as found:
        yield found


@pytest.fixture
def simcord_bot(base: KnowledgeBase) -> Claimbot:
    return Claimbot(base, today=lambda: TODAY, public_url=ROOT)


@pytest.fixture
def chat(simcord_env: Env) -> Chat:
    guild = simcord_env.create_guild()
    channel = guild.create_text_channel("general")
    return Chat(simcord_env, guild.add_member(simcord_env.create_user("alice")), channel)


@pytest.fixture
def browser(base: KnowledgeBase) -> TestClient:
    site = Site(Published(base), Addresses(ROOT), lambda: TODAY)
    return TestClient(application(site), base_url=ROOT)


def opens(shown: Shown) -> str | None:
    """Return where the Open button leads."""
    return shown.links.get("Open")


@pytest.mark.parametrize(
    ("command", "options", "address"),
    [
        ("sacks", {}, f"{ROOT}/topic/sacks"),
        (
            "sacks",
            {"since": "2024-02", "by": "Rosa Vidal"},
            f"{ROOT}/topic/sacks?since=2024-02-01&by=vidal",
        ),
        ("figures", {"topic": "wagons", "known_by": "2024"}, "/topic/wagons?known-by=2024-12-31"),
        ("figures", {"topic": "sacks", "by": "Chile"}, "/topic/sacks?by=Chile"),
        ("ask", {"question": "how many wagons by august 2024"}, "/ask?q=how+many+wagons+by+"),
        ("source", {"what": "sacks"}, "/topic/sacks"),
        ("source", {"what": "sacks-kamau-2024-02"}, "/claim/sacks-kamau-2024-02"),
        ("topics", {}, f"{ROOT}/topics"),
    ],
)
async def test_an_answer_opens_as_the_same_view(
    chat: Chat, browser: TestClient, command: str, options: dict[str, str], address: str
) -> None:
    shown = await chat.run(command, **options)
    found = opens(shown)
    assert found
    assert address in found
    page = browser.get(found.removeprefix(ROOT))
    assert page.status_code == 200
    if "more than 8 million" in shown.text:
        assert "more than 8 million" in page.text


async def test_claims_carry_their_address_for_good(chat: Chat, browser: TestClient) -> None:
    shown = await chat.press(await chat.run("source", what="spoilt"), "◀ Older")
    address = f"{ROOT}/claim/spoilt-kamau-2024-02"
    assert f"[`spoilt-kamau-2024-02`]({address})" in shown.text
    assert browser.get(address).status_code == 200


async def test_turning_and_sharing_keep_the_link(chat: Chat) -> None:
    shown = await chat.run("source", what="sacks")
    assert opens(await chat.press(shown, "◀ Older")) == opens(shown)
    chart = await chat.press(await chat.run("sacks"), "Chart")
    assert opens(chart) == f"{ROOT}/topic/sacks"
    assert opens(await chat.press(chart, "Share here")) == f"{ROOT}/topic/sacks"


async def test_what_a_server_adds_is_linked_nowhere(
    chat: Chat, base: KnowledgeBase, simcord_env: Env
) -> None:
    del simcord_env
    assert chat.channel is not None
    assert chat.channel.guild is not None
    held = base.workspaces.shared.library.claim("spoilt-harper-2024-10")
    assert held is not None
    guild = str(chat.channel.guild.id)
    with base.store.change("test", "own", guild) as change:
        change.put(held.model_copy(update={"id": "spoilt-own", "origin": "own"}))
    await base.writer.catch_up()
    shown = await chat.run("figures", topic="spoilt")
    listed = await chat.press(shown, "All by date")
    assert "many of the sacks" in listed.text
    assert opens(shown) is opens(listed) is None
    assert opens(await chat.run("sacks")) == f"{ROOT}/topic/sacks"
    evidence = await chat.run("source", what="spoilt")
    assert ROOT not in evidence.text


async def test_silence_and_long_questions_carry_no_link(chat: Chat) -> None:
    assert opens(await chat.run("ask", question="how many sacks did Peru send")) is None
    long = "how many wagons by august 2024 " + "please " * 100
    assert opens(await chat.run("ask", question=long)) is None


async def test_without_an_address_nothing_is_linked(chat: Chat, simcord_bot: Claimbot) -> None:
    simcord_bot.addresses = None
    assert opens(await chat.run("sacks")) is None
    assert "](https" not in (await chat.run("source", what="spoilt")).text
