"""Questions asked in vain: kept where a server wants it, listed, decided on, and gone in time."""

import logging
import re
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st
from simcord.env import Env

from knowledge.base import KnowledgeBase, opened
from knowledge.interchange import FORMS, export
from knowledge.servers import KEPT_DAYS, MOST_OF_A_SERVER, Unanswered, grouped, key_of
from knowledge.store import Asked, Where, open_store
from tests.bases.engines import looked_up, on_both_engines
from tests.bases.hostile import NASTY
from tests.conftest import TODAY, Chat, Shown
from tests.driving.curators import (
    CURATOR,
    Server,
    answered,
    call,
    curating_bot,
    current,
    fill,
    pressed,
)

pytestmark = on_both_engines

ODD = "what sank near the pier yesterday"
SHIPS = {
    "title": "Sunken ships",
    "measure": "level",
    "unit": "ships",
    "description": "Ships that have sunk",
}


@pytest.fixture
def server(simcord_env: Env, base: KnowledgeBase) -> Server:
    server = Server.found(simcord_env)
    switch(base, server)
    return server


@pytest.fixture
def ulf(server: Server) -> Chat:
    return server.person("ulf")


def switch(base: KnowledgeBase, server: Server, *, on: bool = True) -> None:
    base.settings.change(
        str(server.guild.id),
        "Mona [1]",
        lambda now: now.model_copy(update={"keep_questions": on}),
    )


async def choose(chat: Chat, shown: Shown, topic: str) -> simcord.InteractionResult:
    assert isinstance(chat.person, simcord.MemberActor)
    message = chat.env.backend.get_message(shown.message.channel_id, shown.message.id)
    menus = re.findall(r"um:\d+:[0-9a-f]{12}", str(message))
    return await chat.person.select(shown.message, [topic], custom_id=menus[0])


# ------------------------------------------------------------------ what is kept


async def test_nothing_is_kept_unless_the_server_wants_it(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    switch(base, server, on=False)
    asked = await ulf.run("ask", question=ODD)
    assert "kept" not in asked.text
    assert base.unanswered.groups(server.guild.id, TODAY) == []
    shown = await ann.run("unanswered")
    assert shown.private
    assert "Questions are not kept here" in shown.text
    assert "Questions are not kept." in (await ulf.run("about")).text


async def test_a_question_in_vain_is_kept_without_its_asker_and_nowhere_else(
    base: KnowledgeBase,
    server: Server,
    ulf: Chat,
    caplog: pytest.LogCaptureFixture,
    valley_copy: Where,
) -> None:
    other = Server.found(ulf.env, "Beta")
    with caplog.at_level(logging.DEBUG):
        for question in (ODD, f"{ODD.upper()}??", f"hey <@{ulf.person.id}> {ODD}"):
            told = await ulf.run("ask", question=question)
            assert "kept for the curators of this server, without your name" in told.text
    (group,) = base.unanswered.groups(server.guild.id, TODAY)
    assert (group.question, group.times, group.last) == (ODD, 3, TODAY)
    assert "Questions that find nothing are kept" in (await ulf.run("about")).text
    assert base.unanswered.groups(other.guild.id, TODAY) == []
    assert not [one for one in caplog.records if "pier" in one.getMessage()]
    place = str(server.guild.id)
    for form in FORMS:
        for whose in (place, None):
            assert "pier" not in "".join(export(base.store.all_records(whose), form))
    if isinstance(valley_copy, Path):
        backup = valley_copy.with_name("backup.db")
        base.store.backup(backup)
        assert b"pier" not in backup.read_bytes()
    (row, *_) = looked_up(valley_copy, "SELECT * FROM asked")
    assert str(ulf.person.id) not in str(row)
    assert "ulf" not in str(row)


async def test_what_is_answered_is_not_kept(base: KnowledgeBase, server: Server, ulf: Chat) -> None:
    await ulf.run("ask", question="how many sacks")
    await call(ulf, "ask", {"question": "?!"})
    await call(ulf, "ask", {"question": "so " * 400})
    assert base.unanswered.groups(server.guild.id, TODAY) == []


async def test_the_offers_that_are_pressed_are_counted(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    offering = await ulf.run("ask", question="sacks of the mill in 1950")
    assert offering.buttons
    label = next(iter(offering.buttons))
    assert (await ulf.press(offering, label)).text
    (group,) = base.unanswered.groups(server.guild.id, TODAY)
    assert sum(group.pressed.values()) == 1
    shown = await ann.run("unanswered")
    assert "Offers pressed: " in shown.text
    assert any(one.startswith(f"Example of: {label[:20]}") for one in shown.buttons)
    switch(base, server, on=False)
    await ulf.press(offering, label)
    (group,) = base.unanswered.groups(server.guild.id, TODAY)
    assert sum(group.pressed.values()) == 1


@pytest.mark.usefixtures("server")
async def test_another_server_sees_none_of_it(base: KnowledgeBase, ulf: Chat) -> None:
    await ulf.run("ask", question=ODD)
    other = Server.found(ulf.env, "Beta")
    switch(base, other)
    shown = await other.person("bea", CURATOR).run("unanswered")
    assert "pier" not in shown.text


# ------------------------------------------------------------------ what becomes of it


async def test_one_press_makes_an_example_that_is_answered_and_can_be_taken_back(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await ulf.run("ask", question=ODD)
    shown = await ann.run("unanswered")
    assert f"“{ODD}”" in shown.text
    assert "asked 1 time" in shown.text
    result = await choose(ann, shown, "sacks")
    told = answered(result).text
    assert "means" in told
    assert "take it back with" in told
    assert base.unanswered.groups(server.guild.id, TODAY) == []
    assert "Nothing on file" not in (await ulf.run("ask", question=ODD)).text
    (kept,) = base.store.examples(str(server.guild.id))
    assert (kept.topic, kept.question) == ("sacks", ODD)
    assert "asked in vain" in base.store.revisions("example", kept.id, str(server.guild.id))[0].why
    number = base.store.count(None) + 1
    await call(ann, "claim undo", {"revision": number})
    assert "Nothing on file" in (await ulf.run("ask", question=ODD)).text


async def test_the_green_button_takes_the_topic_that_is_preselected(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await ulf.run("ask", question=ODD)
    shown, other = await ann.run("unanswered"), await ann.run("unanswered")
    label = next(one for one in shown.buttons if one.startswith("Example of: "))
    await ann.click(shown, label)
    assert len(base.store.examples(str(server.guild.id))) == 1
    assert "Nothing was asked here in vain" in Shown(current(ann.env, shown)).text
    again = await ann.click(other, label)
    assert "already" in answered(again).text


async def test_a_new_topic_begins_with_the_question_and_keeps_it_as_its_example(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await ulf.run("ask", question=ODD)
    shown = await ann.run("unanswered")
    form = await ann.click(shown, "New topic")
    assert form.modal is not None
    assert ODD in str(form.modal)
    preview = await fill(ann, form, **SHIPS)
    assert base.unanswered.groups(server.guild.id, TODAY)
    assert "means Sunken ships from now on" in answered(await ann.click(preview, "Save")).text
    assert base.unanswered.groups(server.guild.id, TODAY) == []
    (kept,) = base.store.examples(str(server.guild.id))
    assert (kept.topic, kept.question) == ("sunken-ships", ODD)
    assert "Sunken ships" in answered(await call(ulf, "ask", {"question": ODD})).text


async def test_a_topic_is_saved_though_somebody_has_dismissed_its_question(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await ulf.run("ask", question=ODD)
    form = await ann.click(await ann.run("unanswered"), "New topic")
    preview = await fill(ann, form, **SHIPS)
    await ann.click(await ann.run("unanswered"), "Dismiss")
    assert "decided on this question already" in answered(await ann.click(preview, "Save")).text
    assert [one.id for one in base.store.topics(str(server.guild.id))] == ["sunken-ships"]
    assert base.store.examples(str(server.guild.id)) == []


async def test_dismissed_is_gone(base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat) -> None:
    await ulf.run("ask", question=ODD)
    await ulf.run("ask", question="who repaired the lighthouse lamp")
    shown = await ann.run("unanswered")
    assert "1 of 2" in str(shown.embed.footer.text)
    shown = await pressed(ann, shown, "Next ▶")
    shown = await pressed(ann, shown, "Dismiss")
    assert "1 of 1" in str(shown.embed.footer.text)
    assert len(base.unanswered.groups(server.guild.id, TODAY)) == 1


async def test_only_who_manages_the_server_deletes_everything(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await ulf.run("ask", question=ODD)
    assert "Delete all" not in (await ann.run("unanswered")).buttons
    mona = server.person("mona", manages=True)
    shown = await mona.run("unanswered")
    held = server.guild.roles["manager"]
    mona.env.backend.remove_member_role(server.guild.id, mona.person.id, held.id)
    refused = await mona.click(shown, "Delete all")
    assert "Manage Server" in answered(refused).text
    assert base.unanswered.groups(server.guild.id, TODAY)
    mona.env.backend.add_member_role(server.guild.id, mona.person.id, held.id)
    assert "Deleted" in (await pressed(mona, shown, "Delete all")).text
    assert base.unanswered.groups(server.guild.id, TODAY) == []


async def test_who_is_no_curator_sees_and_decides_nothing(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await ulf.run("ask", question=ODD)
    assert "pier" not in answered(await call(ulf, "unanswered", {})).text
    shown = await ann.run("unanswered")
    held = server.guild.roles[CURATOR]
    ann.env.backend.remove_member_role(server.guild.id, ann.person.id, held.id)
    for label in (*[one for one in shown.buttons if one.startswith("Example")], "Dismiss"):
        await ann.click(shown, label)
    await choose(ann, shown, "sacks")
    assert base.store.examples(str(server.guild.id)) == []
    assert len(base.unanswered.groups(server.guild.id, TODAY)) == 1


async def test_buttons_work_after_a_restart(base: KnowledgeBase, ann: Chat, ulf: Chat) -> None:
    await ulf.run("ask", question=ODD)
    shown = await ann.run("unanswered")
    await ann.env.restart_bot(curating_bot(base))
    assert "Nothing was asked" in (await pressed(ann, shown, "Dismiss")).text


async def test_nasty_questions_are_shown_as_text(ann: Chat, ulf: Chat) -> None:
    for nasty in NASTY:
        await call(ulf, "ask", {"question": f"{ODD} {nasty}"[:290]})
        shown = await ann.run("unanswered")
        assert "@everyone" not in shown.text
        assert "```" not in shown.text.replace("\\`", "")
        if "Dismiss" in shown.buttons:
            await ann.click(shown, "Dismiss")


# ------------------------------------------------------------------ how long, how much


def test_what_is_too_old_is_not_shown_and_deleted_once_a_day(where: Where) -> None:
    with closing(open_store(where, wait=0.2)) as store:
        kept = Unanswered(store.asked)
        kept.note(1, ODD, TODAY - timedelta(days=KEPT_DAYS + 1))
        kept.note(1, "who repaired the lamp", TODAY - timedelta(days=KEPT_DAYS))
        (left,) = kept.groups(1, TODAY)
        assert left.question == "who repaired the lamp"
        kept.prune(TODAY)
        assert [one.question for one in store.asked.of(1, date.min)] == [left.question]
        kept.prune(TODAY + timedelta(days=1))
        assert store.asked.of(1, date.min) == []
    if isinstance(where, Path):
        assert b"lamp" not in where.read_bytes()


def test_the_bot_deletes_them_at_its_start(valley_copy: Where) -> None:
    with opened(valley_copy) as base:
        base.unanswered.note(1, ODD, TODAY - timedelta(days=KEPT_DAYS + 1))
    with opened(valley_copy) as base:
        base.unanswered.prune(TODAY)
        assert base.store.asked.of(1, date.min) == []


def test_there_is_an_end_to_what_is_kept_of_a_server(where: Where) -> None:
    with closing(open_store(where, wait=0.2)) as store:
        store.asked.note(2, "other", "another server's", TODAY, 5)
        for number in range(8):
            day = TODAY + timedelta(days=number)
            store.asked.note(1, f"key{number}", f"question {number}", day, 5)
        kept = [one.question for one in store.asked.of(1, date.min)]
        assert kept == [f"question {number}" for number in range(3, 8)]
        assert len(store.asked.of(2, date.min)) == 1
    assert MOST_OF_A_SERVER == 1_000


# ------------------------------------------------------------------ likeness


def asked(question: str, times: int = 1, topic: str = "") -> Asked:
    return Asked(key_of(question), TODAY, topic, question, times)


def test_questions_that_are_alike_are_one_group() -> None:
    groups = grouped(
        [
            asked("how many sacks were milled", 2),
            asked("How many sacks did they mill?", 3),
            asked("hey guys how many sacks milled so far"),
            asked("who repaired the lighthouse", 4),
            asked("gta 5 sales"),
            asked("gta 6 sales"),
        ]
    )
    assert [(one.times, len(one.keys)) for one in groups] == [(6, 3), (4, 1), (1, 1), (1, 1)]
    assert groups[0].question == "How many sacks did they mill?"


def test_a_group_is_called_by_one_of_its_wordings() -> None:
    (group,) = grouped([asked("How many sacks"), asked("how many sacks?", 2)])
    assert (group.question, group.wordings) == ("how many sacks?", ["how many sacks?"])


texts = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.sampled_from(["how many sacks", "how many sacks came", "sacks", "wie viele Säcke"]),
    max_size=12,
)


@given(texts)
def test_grouping_loses_and_invents_nothing(questions: list[str]) -> None:
    listed = [asked(one) for one in questions if key_of(one)]
    groups = grouped(listed)
    assert sum(one.times for one in groups) == len(listed)
    keys = [key for one in groups for key in one.keys]
    assert sorted(keys) == sorted({one.key for one in listed})
    assert all(one.question in one.wordings and one.key in one.keys for one in groups)
    assert groups == grouped(listed)
