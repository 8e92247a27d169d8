"""The history of claims in the chat, and the ways back: retract, restore, undo."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Claim, Status
from knowledge.store import Where
from tests.bases.engines import held, on_both_engines
from tests.conftest import Chat
from tests.driving.curators import (
    CURATOR,
    Server,
    answered,
    call,
    curating_bot,
    drafted,
    fill,
    pressed,
)

pytestmark = [on_both_engines, pytest.mark.long]


@pytest.fixture
async def claim(base: KnowledgeBase, server: Server, ann: Chat) -> Claim:
    await pressed(ann, await drafted(ann), "Save")
    return now(base, server)


def now(base: KnowledgeBase, server: Server) -> Claim:
    (claim,) = base.store.all_claims(str(server.guild.id))
    return claim


async def change(ann: Chat, claim: Claim, **texts: str) -> None:
    form = await ann.invoke("claim edit", claim=claim.id)
    await pressed(ann, await fill(ann, form, **texts), "Save")


async def undo(chat: Chat, revision: int) -> str:
    return answered(await call(chat, "claim undo", {"revision": revision})).text


async def counted(ann: Chat) -> bool:
    answer = await ann.run("figures", topic="sacks", since="2024-02-02", until="2024-02-02")
    return "more than 2 million" in answer.text


async def test_retracting_takes_a_reason_and_restoring_puts_back(
    base: KnowledgeBase, server: Server, ann: Chat, claim: Claim
) -> None:
    assert await counted(ann)
    told = await ann.run("claim retract", claim=claim.id, reason="The quay *was* empty.")
    assert told.private
    assert now(base, server).status is Status.RETRACTED
    assert not await counted(ann)
    evidence = await ann.run("source", what=claim.id)
    assert "retracted" in evidence.text.lower()
    offered = await ann.complete("claim restore", "claim", "")
    assert [value for _, value in offered] == [claim.id]
    await ann.run("claim restore", claim=claim.id)
    assert now(base, server).status is Status.ACTIVE
    assert await counted(ann)
    history = await ann.run("claim history", record=claim.id)
    assert "The quay \\*was\\* empty." in history.text
    assert "ann put back the claim" in history.text


async def test_what_is_retracted_already_is_said_so(ann: Chat, claim: Claim) -> None:
    await ann.run("claim retract", claim=claim.id, reason="once")
    again = await ann.run("claim retract", claim=claim.id, reason="twice")
    assert again.private
    assert "retracted already" in again.text


async def test_the_history_tells_who_when_why_and_field_by_field(
    base: KnowledgeBase, server: Server, ann: Chat, claim: Claim
) -> None:
    bob = server.person("bob", CURATOR)
    await change(bob, claim, figure="3 million", asserted_on="2024-02-03")
    shown = await ann.run("claim history", record=claim.id)
    assert shown.private
    newest = base.store.revision()
    (sentence,) = [line for line in shown.text.split("\n") if line.startswith(f"`{newest}`")]
    assert "On <t:" in sentence
    assert "bob changed the claim: the figure from more than 2 million sacks" in sentence
    assert "to 3 million sacks" in sentence
    assert "the day it was said from 2 February 2024 to 3 February 2024" in sentence


async def test_a_long_history_has_pages_that_outlive_a_restart(
    base: KnowledgeBase, server: Server, ann: Chat, claim: Claim
) -> None:
    for number in range(3, 13):
        await change(ann, claim, figure=f"{number} million")
    shown = await ann.run("claim history", record=claim.id)
    assert "Page 1 of 2" in shown.text
    await server.env.restart_bot(curating_bot(base))
    older = await pressed(ann, shown, "Older ▶")
    assert "Page 2 of 2" in older.text
    assert "ann added the claim" in older.text


async def test_the_history_of_other_records_and_of_none(ann: Chat) -> None:
    for record in ("sacks", "kamau", "mill-review-2024-02"):
        assert "shipped with this version" in (await ann.run("claim history", record=record)).text
    shown = await ann.run("claim history", record="nothing-like-it")
    assert shown.private
    assert "There is no record" in shown.text


async def test_undoing_an_edit_is_a_new_revision(
    base: KnowledgeBase, server: Server, ann: Chat, claim: Claim
) -> None:
    await change(ann, claim, figure="3 million")
    number = base.store.revision()
    assert f"Undid revision {number}" in await undo(ann, number)
    assert now(base, server).figure == claim.figure
    assert base.store.revision() == number + 1
    assert base.store.verify_history() == []


async def test_undoing_an_addition_retracts_the_claim(
    base: KnowledgeBase, server: Server, ann: Chat, claim: Claim
) -> None:
    await undo(ann, base.store.revision())
    assert now(base, server).status is Status.RETRACTED
    assert claim.id == now(base, server).id


async def test_what_was_changed_again_since_is_not_undone(
    base: KnowledgeBase, server: Server, ann: Chat, claim: Claim
) -> None:
    await change(ann, claim, figure="3 million")
    number = base.store.revision()
    await change(ann, claim, figure="4 million")
    told = await undo(ann, number)
    assert "changed again since" in told
    figure = now(base, server).figure
    assert figure is not None
    assert figure.low == 4e6


async def test_a_shipped_revision_is_not_undone_from_a_server(
    base: KnowledgeBase, ann: Chat
) -> None:
    before = base.store.revision()
    assert "shared base" in await undo(ann, 1)
    assert base.store.revision() == before


async def test_a_locked_database_saves_nothing_and_the_person_may_try_again(
    base: KnowledgeBase, server: Server, ann: Chat, valley_copy: Where
) -> None:
    shown = await drafted(ann)
    server.env.settle_timeout = 30
    with held(valley_copy):
        beside = await pressed(ann, shown, "Save")
        assert "Latest" in (await ann.run("sacks")).text
    assert beside.private
    assert "Nothing was saved" in beside.text
    assert "claims.db" not in beside.text
    assert "postgresql:" not in beside.text
    await pressed(ann, shown, "Save")
    assert now(base, server).status is Status.ACTIVE
