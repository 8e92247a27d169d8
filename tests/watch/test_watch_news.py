"""What a channel is told when a topic moves: once, with before and after, whatever happens."""

import asyncio
import re

import pytest
import simcord
from discord.utils import utcnow
from hypothesis import given
from hypothesis import strategies as st

from bot.client import Claimbot
from commands.cards import WatchCard
from commands.chat import embed_of
from commands.watch.messenger import QUIET_SECONDS, Messenger
from knowledge.answers import End, Estimate, Notice, Snapshot, snapshot
from knowledge.base import opened
from knowledge.contract import FigureView
from knowledge.model import Measure, Relation, Status
from knowledge.store import Sending, Watch, Where
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim
from tests.conftest import Shown
from tests.driving import watch_scene
from tests.driving.watch_scene import (
    A_WHILE,
    FIRST,
    Scene,
    check_embed,
    edited,
    manager,
    save_now,
    second,
    told,
)

pytestmark = on_both_engines

database = watch_scene.database
base = watch_scene.base
prepared = watch_scene.prepared
scene = watch_scene.scene
simcord_bot = watch_scene.simcord_bot


async def test_a_change_is_told_once_with_before_and_after(scene: Scene) -> None:
    await scene.watch()
    await scene.save(second("more than 30"))
    (message,) = told(scene.news)
    assert "Wells: the latest estimate and the range have moved" in message
    assert (
        "**Latest:** **more than 30 wells** (15 February 2024), Ministry (Egypt) [1 ¶1]" in message
    )
    assert "-# before: **about 10 wells** (15 January 2024), Ministry (Egypt)\n" in message
    assert "**Range:** **about 10** [1 ¶1] to **more than 30** [1 ¶1]" in message
    assert "-# before: one estimate alone, **about 10**" in message
    assert "[1] Gazette, “Notice of gazette”, Dec 2025" in message
    await scene.env.advance_time(60)
    assert len(told(scene.news)) == 1


async def test_its_buttons_open_the_whole_answer(scene: Scene) -> None:
    await scene.watch()
    await scene.save(second())
    assert isinstance(scene.mona.person, simcord.MemberActor)
    for label in ("All on file", "Sources"):
        result = await scene.mona.person.click(scene.news.history()[-1], label=label)
        assert result.response is not None
        assert result.response.ephemeral
        assert "Wells" in Shown(result.response).title


async def test_it_says_who_did_it_and_curators_take_it_back(scene: Scene) -> None:
    await scene.watch()
    own = second().model_copy(update={"statement": "Thirty were dug, says *the* ministry."})
    await scene.save(own, workspace=str(scene.server.id))
    (message,) = told(scene.news)
    assert "mona added (revision" in message
    assert "Thirty were dug, says \\*the\\* ministry." in message
    paul = scene.server.add_member(scene.env.create_user("paul"))
    refused = await paul.click(scene.news.history()[-1], label="Undo")
    assert refused.response is not None
    assert refused.response.ephemeral
    assert "Only curators" in str(refused.response.embeds[0].description)
    assert isinstance(scene.mona.person, simcord.MemberActor)
    done = await scene.mona.person.click(scene.news.history()[-1], label="Undo")
    await scene.env.advance_time(A_WHILE)
    (private,) = [one for one in (*done.followups, done.response) if one]
    assert "Undid revision" in str(private.embeds[0].description)
    assert private.ephemeral
    _, last = told(scene.news)
    assert f"mona{scene.server.id} withdrew" in last
    assert "**Latest:** **about 10 wells**" in last


async def test_what_came_with_the_bot_has_no_undo(scene: Scene) -> None:
    await scene.watch()
    await scene.save(second())
    (row,) = scene.news.history()[-1].components
    labels = [item["label"] for item in row.to_dict()["components"]]  # type: ignore[typeddict-item]
    assert labels == ["All on file", "Sources"]


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("talks", "when there is a newer statement"),
        ("wells", "when the latest estimate or the range moves"),
    ],
)
async def test_only_moves_that_can_be_are_announced(scene: Scene, topic: str, words: str) -> None:
    assert words in (await scene.mona.run("watch add", topic=topic)).text


async def test_what_moves_nothing_is_not_told(scene: Scene) -> None:
    await scene.save(second())
    await scene.watch()
    await scene.save(claim("between", "about 20", on="2024-01-20"))
    await scene.save(edited(FIRST, statement="Said in other words."))
    await scene.save(claim("elsewhere", topic="talks"))
    assert told(scene.news) == []


async def test_the_range_alone_may_move(scene: Scene) -> None:
    await scene.watch()
    await scene.save(claim("older", "5", on="2023-02-15"))
    (message,) = told(scene.news)
    assert "Wells: the range has moved" in message
    assert "**Range:** **5** [1 ¶1] to **about 10** [1 ¶1]" in message


async def test_an_edit_and_a_retraction_are_told(scene: Scene) -> None:
    await scene.save(second())
    await scene.watch()
    raised = second("about 40")
    await scene.save(raised)
    await scene.save(edited(raised, status=Status.RETRACTED))
    first, last = told(scene.news)
    assert "**about 40 wells**" in first
    assert "-# before: **about 30 wells**" in first
    assert "**Latest:** **about 10 wells**" in last
    assert "Ministry (Egypt), retracted since" in last
    assert "**Range:** one estimate alone, **about 10**" in last


async def test_a_topic_without_figures_is_watched_too(scene: Scene) -> None:
    await scene.watch("talks")
    await scene.save(claim("more", on="2024-02-15", topic="talks"))
    (message,) = told(scene.news)
    assert "Talks: the newest statement has changed" in message
    assert "**Newest:** Statement of more. (15 February 2024)" in message


async def test_a_topic_that_loses_all_it_had_is_told(scene: Scene) -> None:
    await scene.watch()
    await scene.save(edited(FIRST, status=Status.RETRACTED))
    (message,) = told(scene.news)
    assert "**Latest:** nothing on file" in message


async def test_changes_in_a_row_are_one_message_a_topic(scene: Scene) -> None:
    await scene.watch()
    await scene.watch("talks")
    for day in range(10, 20):
        more = claim(f"n{day}", f"about {day * 10}", on=f"2024-03-{day}")
        await scene.save_in_a_row(more, claim(f"t{day}", on=f"2024-03-{day}", topic="talks"))
        await scene.env.advance_time(1)
    await scene.env.advance_time(A_WHILE)
    wells, talks = told(scene.news)
    assert "**about 190 wells**" in wells
    assert "before: **about 10 wells**" in wells
    assert "Statement of t19." in talks


async def test_changes_without_end_are_told_within_some_minutes(scene: Scene) -> None:
    await scene.watch()
    for number in range(30):
        await scene.save_in_a_row(claim(f"n{number}", f"{number + 20}", on="2024-03-10"))
        await scene.env.advance_time(QUIET_SECONDS)
    assert told(scene.news)


async def test_a_workspace_moves_the_watches_of_its_own_server_alone(scene: Scene) -> None:
    other = scene.env.create_guild("Elsewhere")
    channel = other.create_text_channel("elsewhere")
    await scene.watch()
    nora = manager(scene.env, other, channel)
    await nora.run("watch add", topic="wells")
    own = claim("own", "about 50", on="2024-02-15", asserter="mayor")
    await scene.save(asserter("mayor"), own, workspace=str(other.id))
    assert told(scene.news) == []
    assert "**about 50 wells**" in told(channel)[0]
    await scene.save(claim("shared", "about 70", on="2024-03-15"))
    assert "before: **about 10 wells**" in told(scene.news)[0]
    assert "before: **about 50 wells**" in told(channel)[1]


# ------------------------------------------------------------------ once, whatever happens


async def test_a_change_while_the_bot_was_off_is_told_at_the_next_start(
    scene: Scene, database: Where
) -> None:
    await scene.watch()
    with opened(database) as elsewhere:
        save_now(elsewhere, second())
    for _ in range(2):
        with opened(database) as again:
            await scene.env.restart_bot(Claimbot(again))
            await scene.env.advance_time(A_WHILE)
            assert len(told(scene.news)) == 1
            await scene.env.restart_bot(Claimbot(again.workspace))


async def test_two_bots_on_one_database_tell_once(scene: Scene, database: Where) -> None:
    await scene.watch()
    with opened(database) as elsewhere, scene.env._bot_scope():
        one, other = (Messenger(scene.bot, each) for each in (scene.base, elsewhere))
        for month in (2, 3):
            await scene.save_in_a_row(claim(f"m{month}", f"{month}00", on=f"2024-0{month}"))
            await elsewhere.writer.catch_up()
            await asyncio.gather(one.tell_due(), other.tell_due())
            assert len(told(scene.news)) == month - 1


async def test_who_has_not_followed_yet_tells_nothing_old(scene: Scene, database: Where) -> None:
    await scene.watch()
    with opened(database) as behind:
        await scene.save(second())
        with scene.env._bot_scope():
            assert not await Messenger(scene.bot, behind).tell_due()
    assert len(told(scene.news)) == 1


async def test_a_message_that_nobody_sent_is_sent_by_the_next(scene: Scene) -> None:
    await scene.watch()
    (watch,) = scene.base.store.watches.all()
    save_now(scene.base, second())
    library = scene.base.workspaces.shared.library
    what = snapshot(library, "wells").model_dump_json()
    left = Sending(what, library.revision, "left", utcnow().timestamp())
    assert scene.base.store.watches.begin(watch, left)
    await scene.save(claim("third", "about 50", on="2024-03-15"))
    assert told(scene.news) == []
    await scene.env.advance_time(90)
    first, then = told(scene.news)
    assert "**about 30 wells**" in first
    assert "before: **about 30 wells**" in then


async def test_a_message_that_was_sent_but_not_noted_is_not_sent_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise RuntimeError("ended between sending and noting it")

    await scene.watch()
    with monkeypatch.context() as broken:
        broken.setattr("knowledge.answers.watching.Watching.done", killed)
        await scene.save(second())
    assert scene.base.store.watches.all()[0].sending
    await scene.env.advance_time(120)
    assert len(told(scene.news)) == 1
    assert scene.base.store.watches.all()[0].sending is None


async def test_a_message_keeps_its_nonce_through_every_attempt(scene: Scene) -> None:
    await scene.watch()
    scene.break_down(status=400, code=50035)
    await scene.save(second())
    await scene.env.advance_time(120)
    sent = [
        entry.json or {}
        for entry in scene.env.http_requests
        if (entry.method, entry.path) == ("POST", f"/channels/{scene.news.id}/messages")
    ]
    assert len(told(scene.news)) == 1
    assert len(sent) == 2
    assert all(body["enforce_nonce"] and len(body["nonce"]) <= 25 for body in sent)
    assert len({body["nonce"] for body in sent}) == 1


# ------------------------------------------------------------------ the end of a watch


async def test_a_deleted_channel_ends_its_watches_with_one_note_to_the_owner(
    scene: Scene,
) -> None:
    await scene.watch()
    await scene.watch("talks")
    await scene.delete_news()
    (note,) = scene.notes()
    assert "**Wells**, **Talks** in #news: the channel was deleted" in note
    assert scene.base.store.watches.all() == []


async def test_a_channel_deleted_while_the_bot_was_off_ends_its_watch(
    scene: Scene, database: Where
) -> None:
    await scene.watch()
    await scene.env.restart_bot(Claimbot(scene.base.workspace))
    await scene.delete_news()
    with opened(database) as again:
        await scene.env.restart_bot(Claimbot(again))
        await scene.env.advance_time(A_WHILE)
        assert again.store.watches.all() == []
        await scene.env.restart_bot(Claimbot(again.workspace))
    (note,) = scene.notes()
    assert "**Wells**: the channel is gone" in note


async def test_a_server_that_the_bot_leaves_is_forgotten(scene: Scene) -> None:
    await scene.watch()
    with scene.env._bot_scope():
        guild = scene.bot.get_guild(scene.server.id)
        assert guild is not None
        await guild.leave()
    await scene.env.settle()
    assert scene.base.store.watches.all() == []


@pytest.mark.parametrize(("status", "code"), [(404, 10003), (403, 50001), (403, 50013)])
async def test_a_closed_channel_ends_its_watches_when_there_is_something_to_tell(
    scene: Scene, status: int, code: int
) -> None:
    await scene.watch()
    await scene.watch("talks")
    scene.break_down(status, code, times=None)
    await scene.save(second(), claim("more", on="2024-02-15", topic="talks"))
    assert len(scene.notes()) == 1
    assert scene.base.store.watches.all() == []


async def test_an_owner_who_takes_no_messages_is_told_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await scene.watch()
    scene.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    await scene.delete_news()
    assert "is told of wells no more: the channel was deleted" in caplog.text
    assert "The owner of server" in caplog.text


async def test_a_passing_fault_ends_nothing(scene: Scene) -> None:
    await scene.watch()
    scene.break_down(status=403, code=0)
    await scene.save(second())
    await scene.env.advance_time(120)
    assert len(told(scene.news)) == 1


# ------------------------------------------------------------------ whatever was claimed


NASTY = st.sampled_from(["@everyone", "<@123456789012345678>", "**", "[x](https://evil.example)"])
FIGURE = FigureView(low=30, high=30, relation=Relation.ABOUT, unit="wells", as_worded="about 30")
TEXTS = st.lists(NASTY | st.text(max_size=40), min_size=1, max_size=30).map("".join)


@given(st.tuples(TEXTS, TEXTS, TEXTS, TEXTS), st.sampled_from([FIGURE, None]))
def test_no_claim_breaks_out_of_a_message(
    texts: tuple[str, str, str, str], figure: FigureView | None
) -> None:
    title, statement, speaker, assumption = texts
    estimate = Estimate(
        claim="one",
        statement=statement,
        figure=figure,
        asserted_by=speaker,
        as_of="2024-02-15",
        assumption=assumption,
    )
    end = End(value=30.0, open=False, estimate=estimate)
    other = End(value=31.0, open=True, estimate=estimate.model_copy(update={"claim": "two"}))
    after = Snapshot(measure=Measure.LEVEL, latest=estimate, low=end, high=other)
    watch = Watch(1, 2, 3, "wells", "", 4)
    news = Notice(watch, title, Snapshot(measure=Measure.LEVEL), after, 5, (), {})
    embed = embed_of(WatchCard(news).card())
    check_embed(embed)
    bare = re.sub(r"\\.", "", f"{embed.title}{embed.description}")
    assert "@everyone" not in bare
    assert "<" not in bare
    assert "](" not in bare
