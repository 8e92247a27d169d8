"""`/settings`: moderators set how the bot works in their server, and it works so from then on."""

from collections.abc import Callable
from pathlib import Path

import discord
import pytest
import simcord
from simcord.env import Env

from commands.chat import FOR_CURATORS
from knowledge.base import KnowledgeBase, opened
from knowledge.servers import NO_CHANNEL
from knowledge.store import Where
from knowledge.store.ledger import Ledger
from tests.bases.engines import copy_of, on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    ADD,
    CONTRIBUTOR,
    CURATOR,
    Server,
    answered,
    curating_bot,
    current,
    drafted,
    pressed,
)

pytestmark = on_both_engines


@pytest.fixture
def server(simcord_env: Env) -> Server:
    return Server.found(simcord_env, review=True)


@pytest.fixture
def mona(server: Server) -> Chat:
    return server.person("mona", manages=True)


async def choose(chat: Chat, shown: Shown, menu: str, *values: object) -> Shown:
    """Choose in a menu of the screen and return the screen as it is then."""
    assert isinstance(chat.person, simcord.MemberActor)
    result = await chat.person.select(shown.message, list(values), custom_id=f"set:{menu}")
    assert result.acknowledged
    return Shown(current(chat.env, shown))


def role(server: Server, name: str) -> simcord.RoleHandle:
    return server.guild.roles.get(name) or server.guild.create_role(name)


async def is_curator(chat: Chat) -> bool:
    return (await chat.invoke("claim add", **ADD)).modal is not None


# ------------------------------------------------------------------ the screen


async def test_the_screen_says_what_is_set_and_where_it_comes_from(mona: Chat) -> None:
    shown = await mona.run("settings")
    assert shown.private
    assert "**Curators** · default\nmembers with the role “curator”" in shown.text
    assert "**Review channel** · default\n<#" in shown.text
    shown = await choose(mona, shown, "language", "de")
    assert "**Language of public answers** · set here\nDeutsch" in shown.text
    assert "**Curators** · default" in shown.text


async def test_without_the_default_channel_review_is_off_and_that_is_said(
    simcord_env: Env,
) -> None:
    server = Server.found(simcord_env, "Beta")
    mona = server.person("mona", manages=True)
    shown = await mona.run("settings")
    assert "one named #claim-review; there is none, so review is off" in shown.text
    for label in ("Undo", "History"):
        assert "Nothing has been set here yet" in (await pressed(mona, shown, label)).text


async def test_it_says_how_curators_get_to_see_their_commands(server: Server, mona: Chat) -> None:
    shown = await choose(mona, await mona.run("settings"), "curator_roles", role(server, "scribes"))
    assert f"To show them to <@&{server.guild.roles['scribes'].id}> too" in shown.text
    seeing = server.guild.create_role("seeing", permissions=FOR_CURATORS)
    shown = await choose(mona, shown, "curator_roles", seeing)
    assert "lets others see them" in shown.text


async def test_members_neither_see_nor_use_it(server: Server, mona: Chat) -> None:
    member = server.person("ulf", CURATOR)
    assert isinstance(member.person, simcord.MemberActor)
    assert "settings" not in member.person.available_commands(server.channel)
    assert isinstance(mona.person, simcord.MemberActor)
    assert "settings" in mona.person.available_commands(server.channel)


async def test_whoever_no_longer_manages_the_server_sets_nothing(
    base: KnowledgeBase, server: Server, mona: Chat
) -> None:
    shown = await mona.run("settings")
    manager = server.guild.roles["manager"]
    mona.env.backend.remove_member_role(server.guild.id, mona.person.id, manager.id)
    for result in (
        await mona.person.select(shown.message, ["de"], custom_id="set:language"),
        await mona.click(shown, "Keep questions"),
    ):
        assert "Only members with the permission Manage Server" in answered(result).text
    assert base.settings.history(str(server.guild.id)) == []


async def test_it_is_no_command_of_direct_messages(mona: Chat) -> None:
    assert isinstance(mona.person, simcord.MemberActor)
    with pytest.raises(simcord.SetupError, match="context"):
        await mona.person.user.slash("settings")


# ------------------------------------------------------------------ roles


async def test_the_name_of_a_role_grants_nothing_once_roles_are_set(
    server: Server, mona: Chat
) -> None:
    by_name, chosen = server.person("bea", CURATOR), server.person("carl", "archivists")
    assert await is_curator(by_name)
    await choose(mona, await mona.run("settings"), "curator_roles", role(server, "archivists"))
    assert await is_curator(chosen)
    refused = await by_name.run("claim add", **ADD)
    assert "role “archivists”" in refused.text


async def test_setting_one_kind_of_role_ends_the_names_of_the_other(
    server: Server, mona: Chat
) -> None:
    curator, contributor = server.person("bea", CURATOR), server.person("carl", CONTRIBUTOR)
    await choose(mona, await mona.run("settings"), "contributor_roles", role(server, "scouts"))
    for chat in (curator, contributor):
        assert "Only curators" in (await chat.run("claim add", **ADD)).text
    scout = server.person("dora", "scouts")
    assert "Propose" in (await drafted(scout)).buttons


async def test_with_no_role_at_all_only_those_who_manage_the_server_curate(
    server: Server, mona: Chat
) -> None:
    shown = await choose(mona, await mona.run("settings"), "curator_roles", role(server, "x"))
    shown = await choose(mona, shown, "curator_roles")
    assert "nobody else · and everybody with Manage Server" in shown.text
    refused = await server.person("bea", CURATOR).run("claim add", **ADD)
    assert "members with the permission Manage Server." in refused.text
    assert await is_curator(mona)


async def test_another_server_goes_on_by_names(server: Server, mona: Chat) -> None:
    other = Server.found(server.env, "Beta")
    await choose(mona, await mona.run("settings"), "curator_roles", role(server, "archivists"))
    assert await is_curator(other.person("bea", CURATOR))


async def test_a_deleted_role_lets_nobody_in_and_is_said(server: Server, mona: Chat) -> None:
    await choose(mona, await mona.run("settings"), "curator_roles", role(server, "archivists"))
    server.env.backend.delete_role(server.guild.id, server.guild.roles["archivists"].id)
    shown = await mona.run("settings")
    assert "a role that is gone" in shown.text
    assert "⚠ A role that was set here is gone" in shown.text
    refused = await server.person("bea", CURATOR).run("claim add", **ADD)
    assert "Only curators" in refused.text
    assert "Curators: whoever has Manage Server" in (await mona.run("about")).text


# ------------------------------------------------------------------ review


async def test_proposals_wait_in_the_channel_that_was_set(server: Server, mona: Chat) -> None:
    desk = server.guild.create_text_channel("desk")
    await choose(mona, await mona.run("settings"), "review_channel", desk)
    carl = server.person("carl", CONTRIBUTOR)
    done = await pressed(carl, await drafted(carl), "Propose")
    assert "#desk" in done.text
    assert server.posted() == []
    assert server.env.backend.messages[desk.id]


async def test_review_is_off_where_the_channel_was_taken_away(
    base: KnowledgeBase, server: Server, mona: Chat
) -> None:
    shown = await choose(mona, await mona.run("settings"), "review_channel", server.channel)
    shown = await choose(mona, shown, "review_channel")
    assert base.settings.of(str(server.guild.id)).review_channel == NO_CHANNEL
    assert "none: review is off" in shown.text
    assert "Review: off" in (await mona.run("about")).text


async def test_a_channel_that_is_gone_or_closed_is_said(server: Server, mona: Chat) -> None:
    bot = server.guild.me
    assert bot is not None
    mute = discord.PermissionOverwrite(send_messages=False)
    closed = server.guild.create_text_channel("closed", overwrites={bot: mute})
    shown = await choose(mona, await mona.run("settings"), "review_channel", closed)
    assert "⚠ I may not write in" in shown.text
    server.env.backend.delete_channel(closed.id)
    shown = await mona.run("settings")
    assert "⚠ The review channel is gone" in shown.text
    assert "Review: off" in (await mona.run("about")).text


# ------------------------------------------------------------------ answers


async def test_public_answers_speak_the_servers_language_and_private_ones_the_persons(
    server: Server, mona: Chat
) -> None:
    ulf = server.person("ulf")
    before = await ulf.run("figures", topic="sacks")
    await choose(mona, await mona.run("settings"), "language", "de")
    german = await ulf.run("figures", topic="sacks")
    assert german.text != before.text
    assert "Quellen" in german.menu
    own = await ulf.run("figures", topic="sacks", private=True)
    assert own.private
    assert own.text == before.text
    assert "There is no topic" in (await ulf.run("figures", topic="zzzzz")).text


async def test_answers_are_private_where_that_is_set_unless_the_asker_wants_otherwise(
    server: Server, mona: Chat
) -> None:
    ulf = server.person("ulf")
    assert not (await ulf.run("sacks")).private
    await pressed(mona, await mona.run("settings"), "Answer in private")
    calls: dict[str, dict[str, str]] = {
        "sacks": {},
        "figures": {"topic": "sacks"},
        "source": {"what": "sacks"},
        "ask": {"question": "How many sacks?"},
        "check": {"text": "There were 2 million sacks."},
    }
    for command, options in calls.items():
        assert (await ulf.run(command, **options)).private, command
        assert not (await ulf.run(command, **options, private=False)).private, command


async def test_an_answer_reads_no_settings_from_the_disk(
    server: Server, mona: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await choose(mona, await mona.run("settings"), "language", "de")

    read: list[str] = []

    def noted(name: str) -> Callable[..., object]:
        reads: Callable[..., object] = getattr(Ledger, name)

        def reading(*given: object) -> object:
            read.append(name)
            return reads(*given)

        return reading

    # `standing` is left out: what other processes set is looked for every few seconds by it.
    for name in ("standing_in", "of", "find"):
        monkeypatch.setattr(Ledger, name, noted(name))
    assert "Quellen" in (await server.person("ulf").run("sacks")).menu
    assert not read


# ------------------------------------------------------------------ history


async def test_who_has_set_what_can_be_seen_and_taken_back(
    base: KnowledgeBase, server: Server, mona: Chat
) -> None:
    shown = await choose(mona, await mona.run("settings"), "language", "de")
    shown = await pressed(mona, shown, "Keep questions")
    history = await pressed(mona, shown, "History")
    assert "**mona**" in history.text
    assert "- Language of public answers: default → Deutsch" in history.text
    place = str(server.guild.id)
    first = base.settings.history(place)[-1].number
    shown = await choose(mona, history, "undo", str(first))
    assert "**Language of public answers** · default" in shown.text
    assert base.settings.of(place).keep_questions
    shown = await pressed(mona, shown, "Undo")
    assert "Deutsch" in shown.text
    history = await pressed(mona, shown, "History")
    shown = await pressed(mona, history, "All defaults")
    assert "set here" not in shown.text


async def test_the_screen_and_the_settings_outlive_a_restart(
    base: KnowledgeBase, server: Server, mona: Chat
) -> None:
    shown = await choose(mona, await mona.run("settings"), "language", "de")
    await server.env.restart_bot(curating_bot(base))
    shown = await pressed(mona, shown, "Answer in private")
    assert "Deutsch" in shown.text
    assert "for the asker alone" in shown.text


async def test_they_stand_in_the_file_after_the_process_has_ended(
    valley_database: Where, tmp_path: Path, simcord_env: Env
) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    copy = copy_of(valley_database, folder)
    with opened(copy) as first:
        server = Server.found(simcord_env, "Beta")
        await simcord_env.restart_bot(curating_bot(first))
        mona = server.person("mona", manages=True)
        await choose(mona, await mona.run("settings"), "curator_roles", role(server, "scribes"))
        await choose(mona, await mona.run("settings"), "language", "de")
        await simcord_env.restart_bot()
    with opened(copy) as second:
        await simcord_env.restart_bot(curating_bot(second))
        assert "Deutsch" in (await mona.run("settings")).text
        assert await is_curator(server.person("sam", "scribes"))
        assert not await is_curator(server.person("bea", CURATOR))
        assert "Quellen" in (await server.person("ulf").run("sacks")).menu
        assert second.store.verify_history() == []


async def test_about_says_to_members_how_things_are(server: Server, mona: Chat) -> None:
    ulf = server.person("ulf")
    shown = await ulf.run("about")
    assert "Curators: “curator”, whoever has Manage Server" in shown.text
    assert f"Review: proposals wait in <#{server.review.id if server.review else 0}>" in shown.text
    assert "Questions are not kept." in shown.text
    await pressed(mona, await mona.run("settings"), "Keep questions")
    assert "Questions that find nothing are kept for 90 days" in (await ulf.run("about")).text
