"""No record keeps the bot from starting: what Discord would refuse is not saved and not sent."""

import logging
from typing import Any

import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.client import Claimbot
from commands.answers import command_of
from commands.chat import Interaction, broken_limits, register_commands
from commands.text import translated
from knowledge.model import Topic
from tests.bases.engines import on_both_engines
from tests.bases.making import topic
from tests.driving.curators import Server, fill
from tests.driving.payload_limits import check_commands
from tests.properties import examples

pytestmark = on_both_engines

BLANK = ["\u200b", " ", "\u200b \u2060", "\u202e", "\ufeff\u00ad", "\u3164" * 3, "\u180e"]


@pytest.mark.parametrize("language", ["de", "ko", "uk", "en"])
def test_nothing_is_nothing_in_every_language(language: str) -> None:
    assert translated("", language) == ""


def blank(description: str, command: str = "wells") -> Topic:
    return topic().model_copy(update={"description": description, "command": command})


@pytest.mark.parametrize("description", BLANK)
def test_a_topic_without_visible_words_makes_a_sound_command(
    simcord_bot: Claimbot, description: str
) -> None:
    payload = command_of(blank(description)).to_dict(simcord_bot.tree)
    assert list(broken_limits(payload)) == []
    check_commands([payload])


NAMES = st.text(max_size=40)
TEXTS = st.one_of(st.text(max_size=110), st.sampled_from(["", *BLANK]))
CHOICES = st.fixed_dictionaries({"name": TEXTS, "value": TEXTS})
OPTIONS = st.fixed_dictionaries(
    {
        "type": st.just(3),
        "name": NAMES,
        "description": TEXTS,
        "required": st.booleans(),
        "choices": st.lists(CHOICES, max_size=30),
    }
)
PAYLOADS = st.fixed_dictionaries(
    {
        "type": st.just(1),
        "name": NAMES,
        "description": TEXTS,
        "options": st.lists(OPTIONS, max_size=30),
    },
    optional={"description_localizations": st.dictionaries(st.just("de"), TEXTS)},
)


@examples(200)
@given(PAYLOADS)
def test_what_discord_refuses_is_found(payload: dict[str, Any]) -> None:
    if not list(broken_limits(payload)):
        check_commands([payload])


def test_the_commands_of_the_bot_are_sound(simcord_bot: Claimbot) -> None:
    for command in simcord_bot.tree.get_commands():
        assert list(broken_limits(command.to_dict(simcord_bot.tree))) == []


@app_commands.command(name="bad", description="Is made bad below")
async def bad(_interaction: Interaction) -> None:
    """Do nothing."""


async def test_a_bad_command_is_left_out_and_named(
    simcord_env: Any, simcord_bot: Claimbot, caplog: pytest.LogCaptureFixture
) -> None:
    assert simcord_env
    bad.description = "\u200b"
    simcord_bot.tree.add_command(bad)
    before = len(simcord_bot.tree.get_commands())
    with caplog.at_level(logging.ERROR):
        await register_commands(simcord_bot)
    assert len(simcord_bot.tree.get_commands()) == before - 1
    assert "The command bad of every server is left out" in caplog.text


@pytest.mark.parametrize("description", ["\u200b", "\u2060\u200b"])
async def test_a_description_that_nobody_sees_is_refused_in_the_form(
    simcord_env: Any, description: str
) -> None:
    ann = Server.found(simcord_env).person("ann", "curator")
    form = await ann.invoke("topic add", measure="qualitative", command="bridges")
    shown = await fill(ann, form, title="Bridges", description=description)
    assert "cannot be saved as it is" in shown.text
    assert "Description" in shown.text
