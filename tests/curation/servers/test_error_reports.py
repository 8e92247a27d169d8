"""“Report an error”: from the button under an answer to what the reporter hears of it."""

from datetime import UTC, datetime, timedelta

import pytest
import simcord
from hypothesis import given
from hypothesis import strategies as st
from simcord.env import Env

from bot.cli import main
from commands.reports.words import is_address
from knowledge.base import KnowledgeBase, opened
from knowledge.servers import MOST, ErrorReport, ReportState, TooManyReports, cleaned
from knowledge.store import Where
from tests.bases.engines import on_both_engines, text_of
from tests.conftest import Chat, Shown, check_limits
from tests.driving.curators import CURATOR, Server, answered, curating_bot, pressed, send

pytestmark = on_both_engines

WRONG = "The article says two, not *three*. @everyone"


@pytest.fixture
def server(simcord_env: Env) -> Server:
    return Server.found(simcord_env, review=True)


@pytest.fixture
def ulf(server: Server) -> Chat:
    return server.person("ulf")


def direct(env: Env, person: int) -> list[Shown]:
    """Return what the bot has written to somebody in private, the oldest first."""
    channel = env.backend.get_dm_channel(person)
    stored = env.backend.messages.get(channel.id, {}).values()
    shown = [Shown(simcord.ResponseMessage(env, one)) for one in stored if not one.is_ephemeral]
    for each in shown:
        check_limits(each)
    return shown


def user_of(chat: Chat) -> simcord.UserHandle:
    """Return a member as somebody outside of the server."""
    assert isinstance(chat.person, simcord.MemberActor)
    return chat.person.user


async def reported(chat: Chat, wrong: str = WRONG, source: str = "") -> Shown:
    """Report an error under an answer and return what the reporter is told."""
    form = await chat.click(await chat.run("sacks"), "Report an error")
    return answered(await send(chat, form, wrong=wrong, source=source))


def close_direct_messages(env: Env, person: int) -> None:
    channel = env.backend.get_dm_channel(person)
    env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007)


# ------------------------------------------------------------------ the button


async def test_it_stands_under_every_answer(ulf: Chat) -> None:
    calls: dict[str, dict[str, str]] = {
        "sacks": {},
        "figures": {"topic": "sacks"},
        "source": {"what": "sacks"},
        "ask": {"question": "How many sacks?"},
        "check": {"text": "There were 2 million sacks."},
        "compare": {"topic": "sacks", "by": "Norway", "with": "Kamau"},
    }
    for command, options in calls.items():
        shown = await ulf.run(command, **options)
        assert "Report an error" in shown.buttons, command


async def test_what_is_missing_can_be_told_where_nothing_is_found(
    server: Server, ulf: Chat
) -> None:
    silent = await ulf.run("ask", question="what colour are the flags of Bhutan")
    assert "/topics lists what is on file" in silent.text
    form = await ulf.click(silent, "Tell the curators")
    assert form.modal is not None
    assert "What is missing?" in str(form.modal)
    thanks = answered(await send(ulf, form, wrong="The flags of Bhutan"))
    assert "with the curators of this server" in thanks.text
    (posted,) = server.posted()
    assert "what colour are the flags of Bhutan" in posted.text
    assert "The flags of Bhutan" in posted.text


async def test_a_report_waits_in_the_review_channel(
    base: KnowledgeBase, server: Server, ulf: Chat
) -> None:
    thanks = await reported(ulf, source="https://example.org/a_(b)")
    assert thanks.private
    assert "with the curators of this server" in thanks.text
    (posted,) = server.posted()
    assert "Reported by ulf" in posted.text
    assert "The article says two, not \\*three\\*." in posted.text
    assert "@everyone" not in posted.text
    assert "[example.org](https://example.org/a_%28b%29)" in posted.text
    assert "`sacks`" in posted.text
    assert " # " not in posted.text
    assert "[The answer](https://discord.com/channels/" in posted.text
    assert list(posted.buttons) == ["Mended", "Not an error"]
    (kept,) = base.reports.waiting(str(server.guild.id))
    assert kept.report.about == "sacks"
    assert kept.report.shown


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"wrong": "\x00 \u3164"}, "say in a few words"),
        ({"wrong": "wrong", "source": "javascript:alert(1)"}, "is no web address"),
        ({"wrong": "it is 5", "source": "https://"}, "You had typed: it is 5"),
        ({"wrong": "it is 5", "source": "http://[x"}, "is no web address"),
    ],
)
async def test_what_cannot_be_used_is_not_sent(
    base: KnowledgeBase, server: Server, ulf: Chat, texts: dict[str, str], told: str
) -> None:
    form = await ulf.click(await ulf.run("sacks"), "Report an error")
    shown = answered(await send(ulf, form, **texts))
    assert told in shown.text.replace("\\", "")
    assert base.reports.of(str(server.guild.id)) == []
    assert server.posted() == []


async def test_one_person_reports_only_so_much_within_an_hour(
    base: KnowledgeBase, server: Server, ulf: Chat, ann: Chat
) -> None:
    for _ in range(MOST):
        await reported(ulf)
    shown = await ulf.press(await ulf.run("sacks"), "Report an error")
    assert "Try again in 60 minutes" in shown.text or "Try again in 59 minutes" in shown.text
    assert "with the curators" in (await reported(ann)).text
    place, person = str(server.guild.id), str(ulf.person.id)
    first = base.reports.of(place)[0].report.at
    with pytest.raises(TooManyReports):
        base.reports.admit(place, person, first + timedelta(minutes=59))
    base.reports.admit(place, person, first + timedelta(minutes=60))


# ------------------------------------------------------------------ where nobody is set


async def test_without_a_channel_it_goes_to_the_owner(simcord_env: Env) -> None:
    server = Server.found(simcord_env, "Beta")
    ulf, owner = server.person("ulf"), server.owner()
    assert "is with its owner" in (await reported(ulf)).text
    (shown,) = direct(simcord_env, owner.person.id)
    form = await user_of(owner).click(shown.message, label="Mended")
    await user_of(owner).submit_modal(form, {"line": "Thank you"})
    assert "Mended by" in direct(simcord_env, owner.person.id)[0].text
    assert "Thank you" in direct(simcord_env, ulf.person.id)[0].text


async def test_it_is_said_plainly_where_nobody_can_be_told(
    base: KnowledgeBase, simcord_env: Env
) -> None:
    server = Server.found(simcord_env, "Beta")
    ulf, owner = server.person("ulf"), server.owner()
    close_direct_messages(simcord_env, owner.person.id)
    assert "nobody could be told" in (await reported(ulf)).text
    shown = await owner.run("claim errors")
    assert "Reported by ulf" in shown.text
    assert len(base.reports.waiting(str(server.guild.id))) == 1


async def test_in_a_direct_message_it_goes_to_whoever_runs_the_bot(
    base: KnowledgeBase, private_chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = private_chat.env
    operator = env.create_user("operator")
    monkeypatch.setattr("commands.reports.deciding.operator_of", lambda _: operator.id)
    form = await private_chat.click(await private_chat.run("sacks"), "Report an error")
    thanks = answered(await send(private_chat, form, wrong="It was two"))
    assert "whoever runs this bot" in thanks.text
    assert "Waits" in (await private_chat.run("mine")).text
    (shown,) = direct(env, operator.id)
    await operator.submit_modal(await operator.click(shown.message, label="Mended"), {})
    assert base.reports.waiting(None) == []
    assert "Mended by operator" in direct(env, private_chat.person.id)[-1].text


async def test_whoever_runs_the_bot_finds_it_where_they_take_no_messages(
    base: KnowledgeBase,
    private_chat: Chat,
    valley_copy: Where,
    capsys: pytest.CaptureFixture[str],
) -> None:
    form = await private_chat.click(await private_chat.run("sacks"), "Report an error")
    thanks = answered(await send(private_chat, form, wrong="It was\n*two*"))
    assert "kept for whoever runs this bot" in thanks.text
    (kept,) = base.reports.of(None)
    assert kept.report.wrong == "It was\n*two*"
    assert main(["errors", "--database", text_of(valley_copy)]) == 0
    assert f"bob [{private_chat.person.id}]: sacks · It was *two*" in capsys.readouterr().out


# ------------------------------------------------------------------ deciding


async def test_the_reporter_hears_that_it_was_mended(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await reported(ulf)
    (posted,) = server.posted()
    await send(ann, await ann.click(posted, "Mended"), line="It is *two* now")
    (posted,) = server.posted()
    assert "Mended by ann" in posted.text
    assert posted.buttons == {}
    (news,) = direct(server.env, ulf.person.id)
    assert "Mended by ann" in news.text
    assert "It is \\*two\\* now" in news.text
    (kept,) = base.reports.of(str(server.guild.id))
    steps = [(who.rpartition(" ")[0], state) for _, who, state in base.reports.steps(kept)]
    assert steps == [("ulf", ReportState.OPEN), ("ann", ReportState.MENDED)]


async def test_that_it_is_no_error_needs_a_line(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    await reported(ulf)
    (posted,) = server.posted()
    refused = answered(await send(ann, await ann.click(posted, "Not an error"), line="\u3164"))
    assert "Say in a line" in refused.text
    await send(ann, await ann.click(posted, "Not an error"), line="See page 3")
    assert "Not an error, says ann" in (await ulf.run("mine")).text
    assert "See page 3" in (await ulf.run("mine")).text
    assert base.reports.waiting(str(server.guild.id)) == []


async def test_whose_direct_messages_are_closed_finds_it_under_mine(
    server: Server, ann: Chat, ulf: Chat
) -> None:
    await reported(ulf)
    close_direct_messages(server.env, ulf.person.id)
    (posted,) = server.posted()
    result = await send(ann, await ann.click(posted, "Mended"), line="Done")
    assert "takes no direct messages" in answered(result).text
    mine = await ulf.run("mine")
    assert mine.private
    assert "Mended by ann" in mine.text
    assert "Done" in mine.text


async def test_the_second_to_decide_is_told(server: Server, ann: Chat, ulf: Chat) -> None:
    bob = server.person("bob", CURATOR)
    await reported(ulf)
    (posted,) = server.posted()
    hers, his = await ann.click(posted, "Mended"), await bob.click(posted, "Not an error")
    await send(ann, hers, line="Done")
    late = answered(await send(bob, his, line="No"))
    assert "decided on already: Mended by ann" in late.text
    assert "Mended by ann" in server.posted()[0].text
    assert len(direct(server.env, ulf.person.id)) == 1


async def test_only_curators_decide(server: Server, ulf: Chat) -> None:
    await reported(ulf)
    (posted,) = server.posted()
    for label in ("Mended", "Not an error"):
        assert "Only curators" in answered(await ulf.click(posted, label)).text
    assert "Only curators" in (await ulf.run("claim errors")).text


async def test_reports_are_gone_through_one_by_one(ann: Chat, ulf: Chat) -> None:
    assert "No reported error waits" in (await ann.run("claim errors")).text
    await reported(ulf, "first")
    await reported(ulf, "second")
    shown = await ann.run("claim errors")
    assert "Reported error 1/2" in shown.text
    assert "first" in shown.text
    assert "second" in (await pressed(ann, shown, "Next ▶")).text


async def test_reports_and_their_buttons_outlive_a_restart(
    base: KnowledgeBase, server: Server, ann: Chat, ulf: Chat
) -> None:
    answer = await ulf.run("sacks")
    await reported(ulf)
    (posted,) = server.posted()
    await server.env.restart_bot(curating_bot(base))
    form = await ann.click(posted, "Mended")
    await send(ann, form, line="Done")
    assert "Mended by ann" in server.posted()[0].text
    again = answered(
        await send(ulf, await ulf.click(answer, "Report an error"), wrong="Still wrong")
    )
    assert "with the curators" in again.text


async def test_no_server_sees_the_reports_of_another(server: Server, ulf: Chat) -> None:
    other = Server.found(server.env, "Beta", review=True)
    await reported(ulf)
    assert other.posted() == []
    cora = other.person("cora", CURATOR)
    assert "No reported error waits" in (await cora.run("claim errors")).text
    member = simcord.MemberActor(server.env, other.guild, user_of(ulf))
    other.guild.add_member(user_of(ulf))
    there = Chat(server.env, member, other.channel)
    assert "neither proposed" in (await there.run("mine")).text


# ------------------------------------------------------------------ what is kept


def test_a_report_stands_in_the_file_after_a_restart(valley_copy: Where) -> None:
    report = ErrorReport(
        person="7", name="ulf", locale="de", at=datetime(2026, 3, 10, tzinfo=UTC), wrong="two"
    )
    with opened(valley_copy) as base:
        filed = base.reports.file("111", "ulf [7]", report)
        base.reports.decide(filed, "ann [8]", "ann", ReportState.MENDED, "done")
    with opened(valley_copy) as base:
        (kept,) = base.reports.of("111")
        assert (kept.report.state, kept.report.line) == (ReportState.MENDED, "done")
        assert kept.report.at == report.at
        assert base.store.verify_history() == []


@given(st.text(max_size=80))
def test_any_text_is_kept_clean_and_short(text: str) -> None:
    kept = cleaned(text + "\x00\ud800", 40)
    assert len(kept) <= 40
    assert "\x00" not in kept
    kept.encode()


@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_address_on_the_web_or_none(text: str) -> None:
    for typed in (text, f"https://{text}"):
        if is_address(typed):
            assert typed.casefold().startswith(("http://", "https://"))
            assert not set(typed) & {" ", "\n", "\x00"}
    assert is_address("https://example.org/a?b=c")
