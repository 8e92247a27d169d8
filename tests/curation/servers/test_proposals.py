"""Proposals: they wait for somebody else's word, in the review channel and in the database."""

import discord
import pytest
import simcord
from simcord.env import Env

from knowledge.base import KnowledgeBase
from knowledge.model import Claim, Status
from tests.bases.engines import on_both_engines
from tests.conftest import Chat, Shown
from tests.driving.curators import (
    CONTRIBUTOR,
    CURATOR,
    WAYS,
    Server,
    curating_bot,
    drafted,
    fill,
    pressed,
    send,
)

pytestmark = on_both_engines


@pytest.fixture
def server(simcord_env: Env) -> Server:
    return Server.found(simcord_env, review=True)


@pytest.fixture
def carl(server: Server) -> Chat:
    return server.person("carl", CONTRIBUTOR)


def the_claim(base: KnowledgeBase, server: Server) -> Claim:
    (claim,) = base.store.all_claims(str(server.guild.id))
    return claim


async def proposed(server: Server, by: Chat) -> Shown:
    shown = await drafted(by)
    await pressed(by, shown, "Propose")
    return server.posted()[-1]


async def test_a_contributor_can_only_propose(
    base: KnowledgeBase, server: Server, carl: Chat
) -> None:
    shown = await drafted(carl)
    assert list(shown.buttons) == ["Propose", *WAYS]
    done = await pressed(carl, shown, "Propose")
    assert "No answer counts it" in done.text
    assert "#claim-review" in done.text
    assert the_claim(base, server).status is Status.PROPOSED
    answer = await carl.run("figures", topic="sacks", since="2024-02-02", until="2024-02-02")
    assert "more than 2 million" not in answer.text


async def test_a_proposal_waits_in_the_review_channel(server: Server, carl: Chat) -> None:
    posted = await proposed(server, carl)
    assert not posted.private
    assert "Proposed by carl" in posted.text
    assert "more than 2 million sacks" in posted.text
    assert list(posted.buttons) == ["Approve", "Edit", "Reject"]


async def test_with_review_on_a_curator_may_save_or_propose(ann: Chat) -> None:
    assert list((await drafted(ann)).buttons) == ["Save", "Propose", *WAYS]


async def test_approving_makes_it_count(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    done = await pressed(ann, posted, "Approve")
    assert "Approved by ann" in done.text
    assert done.buttons == {}
    assert the_claim(base, server).status is Status.ACTIVE
    answer = await carl.run("figures", topic="sacks", since="2024-02-02", until="2024-02-02")
    assert "more than 2 million" in answer.text


async def test_rejecting_asks_for_a_reason(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    form = await ann.click(posted, "Reject")
    await send(ann, form, reason="The article says *nothing* of it. @everyone")
    (done,) = server.posted()
    assert "Rejected by ann" in done.text
    assert "@everyone" not in done.text
    assert done.buttons == {}
    assert the_claim(base, server).status is Status.RETRACTED


async def test_nobody_approves_their_own(base: KnowledgeBase, server: Server, ann: Chat) -> None:
    posted = await proposed(server, ann)
    beside = await pressed(ann, posted, "Approve")
    assert beside.private
    assert "your own" in beside.text
    shown = await ann.run("claim approve", claim=the_claim(base, server).id)
    assert "your own" in shown.text
    assert the_claim(base, server).status is Status.PROPOSED


async def test_nobody_approves_their_own_as_the_owner_either(
    base: KnowledgeBase, server: Server
) -> None:
    owner = server.owner()
    posted = await proposed(server, owner)
    assert "your own" in (await pressed(owner, posted, "Approve")).text
    assert the_claim(base, server).status is Status.PROPOSED


async def test_the_second_to_decide_is_told(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    await proposed(server, carl)
    bob = server.person("bob", CURATOR)
    hers, his = await ann.run("claim pending"), await bob.run("claim pending")
    await pressed(ann, hers, "Approve")
    late = await pressed(bob, his, "Approve")
    assert late.private
    assert "ann has approved this proposal already" in late.text
    assert the_claim(base, server).status is Status.ACTIVE
    (posted,) = server.posted()
    assert "Approved by ann" in posted.text
    assert posted.buttons == {}


async def test_rejecting_what_was_approved_meanwhile_changes_nothing(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    await proposed(server, carl)
    bob = server.person("bob", CURATOR)
    his = await bob.run("claim pending")
    form = await bob.click(his, "Reject")
    await pressed(ann, await ann.run("claim pending"), "Approve")
    result = await send(bob, form, reason="too late")
    assert "ann has approved" in Shown(result.followups[-1]).text
    assert the_claim(base, server).status is Status.ACTIVE


async def test_an_edited_proposal_has_to_be_looked_at_again(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    bob = server.person("bob", CURATOR)
    stale = await bob.run("claim pending")
    shown = await fill(ann, await ann.click(posted, "Edit"), figure="3 million")
    await pressed(ann, shown, "Save")
    (posted,) = server.posted()
    assert "3 million" in posted.text
    assert "Approve" in posted.buttons
    beside = await pressed(bob, stale, "Approve")
    assert "edited since" in beside.text
    assert the_claim(base, server).status is Status.PROPOSED
    done = await pressed(bob, posted, "Approve")
    assert "Approved by bob" in done.text


async def test_a_contributor_rewords_their_own_proposal_only(
    base: KnowledgeBase, server: Server, carl: Chat
) -> None:
    await proposed(server, carl)
    claim = the_claim(base, server)
    form = await carl.invoke("claim edit", claim=claim.id)
    await pressed(carl, await fill(carl, form, figure="3 million"), "Save")
    figure = the_claim(base, server).figure
    assert figure is not None
    assert figure.low == 3e6
    dora = server.person("dora", CONTRIBUTOR)
    form = await dora.invoke("claim edit", claim=claim.id)
    refused = await pressed(dora, await fill(dora, form, figure="4 million"), "Save")
    assert "Only curators" in refused.text
    assert the_claim(base, server).figure == figure


async def test_the_buttons_of_a_proposal_outlive_a_restart(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    await server.env.restart_bot(curating_bot(base))
    shown = await ann.run("claim pending")
    assert "Proposed by carl" in shown.text
    done = await pressed(ann, posted, "Approve")
    assert "Approved by ann" in done.text
    assert the_claim(base, server).status is Status.ACTIVE


async def test_pending_goes_through_the_proposals_one_by_one(ann: Chat, carl: Chat) -> None:
    nothing = await ann.run("claim pending")
    assert nothing.private
    assert "No proposals" in nothing.text
    for figure in ("2 million", "3 million"):
        await pressed(carl, await drafted(carl, figure=figure), "Propose")
    first = await ann.run("claim pending")
    assert "Proposal 1 of 2" in first.text
    second = await pressed(ann, first, "Next ▶")
    assert "3 million" in second.text
    assert "◀ Back" in second.buttons


async def test_without_a_review_channel_proposals_wait_in_the_database(
    simcord_env: Env,
) -> None:
    server = Server.found(simcord_env, "Beta")
    carl, ann = server.person("carl", CONTRIBUTOR), server.person("ann", CURATOR)
    done = await pressed(carl, await drafted(carl), "Propose")
    assert "claim pending" in done.tappable
    assert "#" not in done.text
    assert "carl" in (await ann.run("claim pending")).text


async def test_a_channel_that_the_bot_may_not_write_to_stops_no_proposal(
    base: KnowledgeBase, simcord_env: Env
) -> None:
    server = Server.found(simcord_env, "Beta")
    mute = discord.PermissionOverwrite(send_messages=False)
    bot = server.guild.me
    assert bot is not None
    server.guild.create_text_channel("claim-review", overwrites={bot: mute})
    carl = server.person("carl", CONTRIBUTOR)
    await pressed(carl, await drafted(carl), "Propose")
    assert the_claim(base, server).status is Status.PROPOSED


# ------------------------------------------------------------------ whoever proposed it


def written_to(env: Env, chat: Chat) -> list[Shown]:
    """Return what the bot has written to somebody in private, the oldest first."""
    channel = env.backend.get_dm_channel(chat.person.id)
    stored = env.backend.messages.get(channel.id, {}).values()
    return [Shown(simcord.ResponseMessage(env, one)) for one in stored if not one.is_ephemeral]


async def test_whoever_proposed_a_claim_hears_that_it_was_approved(
    server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    await pressed(ann, posted, "Approve")
    (news,) = written_to(server.env, carl)
    assert "Approved by ann" in news.text
    assert "more than 2 million sacks" in news.text
    assert news.embed.footer.text == "Alpha"


async def test_whoever_proposed_a_claim_hears_why_it_was_turned_down(
    server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    await send(ann, await ann.click(posted, "Reject"), reason="The article says *nothing*")
    (news,) = written_to(server.env, carl)
    assert "Turned down by ann" in news.text
    assert "The article says \\*nothing\\*" in news.text
    mine = await carl.run("mine")
    assert mine.private
    assert "Turned down by ann" in mine.text
    assert "says \\*nothing\\*" in mine.text


async def test_what_is_withdrawn_later_was_approved_all_the_same(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    await pressed(ann, await proposed(server, carl), "Approve")
    await ann.run("claim retract", claim=the_claim(base, server).id, reason="superseded")
    text = (await carl.run("mine")).text
    assert "Approved by ann" in text
    assert "withdrawn since" in text
    assert len(written_to(server.env, carl)) == 1


async def test_closed_direct_messages_stop_no_decision(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    channel = server.env.backend.get_dm_channel(carl.person.id)
    server.env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50007)
    await pressed(ann, posted, "Approve")
    assert the_claim(base, server).status is Status.ACTIVE
    assert "Approved by ann" in (await carl.run("mine")).text


async def test_a_contributor_sees_their_own_proposals_alone(
    server: Server, ann: Chat, carl: Chat
) -> None:
    await proposed(server, carl)
    dora = server.person("dora", CONTRIBUTOR)
    assert "None of your proposals waits" in (await dora.run("claim pending")).text
    shown = await carl.run("claim pending")
    assert "Proposal 1 of 1" in shown.text
    assert shown.buttons == {}
    assert "Waits for a curator" in (await carl.run("mine")).text
    assert "neither proposed" in (await dora.run("mine")).text
    await pressed(ann, await ann.run("claim pending"), "Approve")
    assert "None of your proposals waits" in (await carl.run("claim pending")).text


async def test_what_became_of_a_proposal_is_known_after_a_restart(
    base: KnowledgeBase, server: Server, ann: Chat, carl: Chat
) -> None:
    posted = await proposed(server, carl)
    await server.env.restart_bot(curating_bot(base))
    await pressed(ann, posted, "Approve")
    assert "Approved by ann" in written_to(server.env, carl)[-1].text
    assert "Approved by ann" in (await carl.run("mine")).text
