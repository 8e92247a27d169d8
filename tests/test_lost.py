"""What is lost is said: forms, buttons and drafts that the bot no longer knows get an answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from simcord.env import Env

from bot.client import Claimbot
from knowledge.base import KnowledgeBase
from tests.conftest import Chat
from tests.curators import ADD, FULL, Server, answered, curating_bot, fill, fresh


@pytest.fixture
def base(valley_database: Path, tmp_path: Path) -> Iterator[KnowledgeBase]:
    with fresh(valley_database, tmp_path) as found:
        yield found


@pytest.fixture
def simcord_bot(base: KnowledgeBase) -> Claimbot:
    return curating_bot(base)


@pytest.fixture
def server(simcord_env: Env) -> Server:
    return Server.found(simcord_env)


@pytest.fixture
def ann(server: Server) -> Chat:
    return server.person("ann", "curator")


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
