"""What is lost is said: forms, buttons and drafts that the bot no longer knows get an answer."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from simcord.env import Env

from bot.client import Claimbot
from commands.chat import Refused, attachments
from commands.curation import files
from commands.curation.proposing import review
from knowledge.base import KnowledgeBase
from tests.bases.engines import on_both_engines
from tests.conftest import Chat
from tests.driving.curators import (
    ADD,
    CONTRIBUTOR,
    FULL,
    Server,
    answered,
    call,
    curating_bot,
    drafted,
    fill,
    pressed,
)

pytestmark = on_both_engines


async def test_a_form_sent_after_a_restart_is_answered_with_what_was_typed(
    base: KnowledgeBase, server: Server, ann: Chat
) -> None:
    form = await ann.invoke("claim add", **ADD)
    await server.env.restart_bot(curating_bot(base))
    shown = await fill(ann, form, **FULL)
    assert shown.private
    assert "no longer have this form" in shown.text
    for typed in FULL.values():
        assert typed in shown.text
    assert list(base.store.all_claims(str(server.guild.id))) == []


async def test_a_form_goes_on_where_another_one_was_opened_meanwhile(ann: Chat) -> None:
    first = await ann.invoke("claim add", **ADD)
    second = await ann.invoke("claim add", **ADD)
    for form in (second, first):
        assert "is this right?" in (await fill(ann, form, **FULL)).text


async def test_a_flood_of_forms_elsewhere_costs_nobody_a_form(server: Server, ann: Chat) -> None:
    form = await ann.invoke("claim add", **ADD)
    there = Server.found(server.env, "Beta").person("eve", "curator")
    for _ in range(30):
        await there.invoke("claim add", **ADD)
    assert "is this right?" in (await fill(ann, form, **FULL)).text


async def test_a_button_that_leads_nowhere_is_answered(server: Server, ann: Chat) -> None:
    shown = await ann.run("topics")
    message = server.env.backend.get_message(shown.message.channel_id, shown.message.id)
    row = {"type": 1, "components": [_button("z:of-an-older-version")]}
    message.components = [row]
    result = answered(await ann.person.click(shown.message, label="Old"))
    assert result.private
    assert "do not know this button" in result.text


def _button(custom_id: str) -> dict[str, object]:
    return {"type": 2, "style": 2, "label": "Old", "custom_id": custom_id}


# ------------------------------------------------------------------ proposals in their channel


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "_TRY_AGAIN_SECONDS", (0.0, 0.0))


async def proposal(env: Env) -> tuple[Server, Chat]:
    server = Server.found(env, "Gamma", review=True)
    carl = server.person("carl", CONTRIBUTOR)
    return server, carl


@pytest.mark.usefixtures("hurried")
async def test_a_post_that_fails_is_sent_again(simcord_env: Env) -> None:
    server, carl = await proposal(simcord_env)
    shown = await drafted(carl)
    assert server.review is not None
    simcord_env.inject_error(
        "POST", f"/channels/{server.review.id}/messages", status=403, code=20028, times=2
    )
    await pressed(carl, shown, "Propose")
    await simcord_env.settle()
    assert len(server.posted()) == 1


@pytest.mark.usefixtures("hurried")
async def test_a_post_that_fails_again_and_again_is_told_to_the_owner(simcord_env: Env) -> None:
    server, carl = await proposal(simcord_env)
    shown = await drafted(carl)
    assert server.review is not None
    simcord_env.inject_error(
        "POST", f"/channels/{server.review.id}/messages", status=403, code=20028, times=9
    )
    await pressed(carl, shown, "Propose")
    await simcord_env.settle()
    assert server.posted() == []
    direct = [
        str(each)
        for each in simcord_env.http_requests
        if "I could not post in the channel for proposals" in str(each)
    ]
    assert len(direct) == 1
    assert "/claim pending" in direct[0]


# ------------------------------------------------------------------ files


def attachment(read: Callable[[], Awaitable[bytes]]) -> Any:
    return SimpleNamespace(size=10, filename="quay.yaml", read=read)


async def test_a_download_that_hangs_ends_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "DOWNLOAD_SECONDS", 0.01)

    async def hang() -> bytes:
        await asyncio.sleep(600)
        return b""

    with pytest.raises(Refused, match="whole file within"):
        await attachments.downloaded(attachment(hang), 100)


@pytest.mark.parametrize(
    "error", [aiohttp.ClientPayloadError("broken"), ConnectionResetError(), OSError("gone")]
)
async def test_a_download_that_breaks_off_ends_with_words(error: Exception) -> None:
    async def break_off() -> bytes:
        raise error

    with pytest.raises(Refused, match="did not hand me the file"):
        await attachments.downloaded(attachment(break_off), 100)


async def test_more_than_was_announced_is_not_read() -> None:
    async def much() -> bytes:
        return b"#" * 10_000_001

    with pytest.raises(Refused, match="more than it had announced"):
        await attachments.downloaded(attachment(much), 10_000_000)


async def test_an_import_is_broken_off_where_the_bot_ends(
    base: KnowledgeBase, simcord_bot: Claimbot, ann: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"--- # asserter\nid: office-{n}\norganisation: Office {n}\n" for n in range(1_000)]
    data = "".join(rows).encode()
    shown = answered(await call(ann, "claim import", {"file": ("offices.yaml", data)}))
    before = base.store.revision()
    real = files.Gauge.tell

    def tell(gauge: Any, done: int, total: int) -> None:
        simcord_bot.stopping = True
        real(gauge, done, total)

    monkeypatch.setattr(files.Gauge, "tell", tell)
    done = await pressed(ann, shown, "Import")
    assert "nothing of it was imported" in done.text
    assert base.store.revision() == before
