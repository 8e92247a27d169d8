"""A topic about which nothing is on file yet: nobody is sent in a circle, and who may adds."""

import pytest
from simcord.env import Env

from tests.bases.engines import on_both_engines
from tests.conftest import Chat
from tests.driving.curators import CONTRIBUTOR, CURATOR, Server, fill, pressed

pytestmark = on_both_engines


@pytest.fixture
async def server(simcord_env: Env) -> Server:
    server = Server.found(simcord_env)
    ann = server.person("ann", CURATOR)
    form = await ann.invoke("topic add", measure="cumulative")
    texts = {"title": "Zeppelins built", "unit": "zeppelins", "description": "How many were built"}
    await pressed(ann, await fill(ann, form, **texts), "Save")
    return server


QUESTION = "how many zeppelins"


async def asked(chat: Chat) -> tuple[str, set[str]]:
    shown = await chat.run("ask", question=QUESTION)
    assert shown.private
    return shown.text, set(shown.buttons)


async def test_nobody_is_sent_in_a_circle(server: Server) -> None:
    text, buttons = await asked(server.person("ben"))
    assert "Nothing on file about **Zeppelins built** yet." in text
    assert "/claim add" in text
    assert "Zeppelins built" not in buttons
    assert "Add a claim" not in buttons


async def test_who_may_adds_the_first_claim_from_there(server: Server) -> None:
    for name, role in (("cora", CURATOR), ("dina", CONTRIBUTOR)):
        chat = server.person(name, role)
        shown = await chat.run("figures", topic="Zeppelins built", since="2020")
        assert "Nothing on file about **Zeppelins built** yet." in shown.text
        assert not any(label.startswith("All on file") for label in shown.buttons)
        form = await chat.click(shown, "Add a claim")
        assert form.modal is not None
    assert "Add a claim" in (await asked(server.person("eva", CURATOR)))[1]


async def test_the_button_asks_for_the_role_when_it_is_pressed(server: Server) -> None:
    chat = server.person("finn", CURATOR)
    shown = await chat.run("figures", topic="Zeppelins built")
    held = server.guild.roles[CURATOR]
    chat.env.backend.remove_member_role(server.guild.id, chat.person.id, held.id)
    refused = await chat.press(shown, "Add a claim")
    assert "Only curators and contributors can do that" in refused.text
