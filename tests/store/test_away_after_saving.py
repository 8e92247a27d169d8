"""The database is away the moment after a change: that it is saved is said all the same."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from commands.curation import topic_commands
from knowledge.base import opened
from knowledge.store import ServerAddress, Where
from tests.bases.away import patiently
from tests.bases.engines import on_postgresql
from tests.bases.proxy import line_to
from tests.conftest import Chat
from tests.curation.test_claim_records import TOPIC, offered
from tests.driving.curators import (
    CONTRIBUTOR,
    CURATOR,
    Server,
    curating_bot,
    drafted,
    fill,
    pressed,
)

pytestmark = on_postgresql


@asynccontextmanager
async def leaving(where: Where, chat: Chat) -> AsyncIterator[tuple[Server, Callable[[], None]]]:
    """Run the bot on a database that is away from each commit until it is called back."""
    assert isinstance(where, ServerAddress)
    with line_to(where) as (line, address), opened(address) as base:

        def leave(_: object) -> None:
            line.disconnect()

        def back() -> None:
            line.connect()
            patiently(base.store.revision)

        await chat.env.restart_bot(curating_bot(base))
        base.writer.on_change(leave)
        yield Server.found(chat.env), back
        await chat.env.restart_bot()


async def test_the_first_claim_of_a_server(valley_copy: Where, chat: Chat) -> None:
    async with leaving(valley_copy, chat) as (server, back):
        ann = server.person("ann", CURATOR)
        saved = await pressed(ann, await drafted(ann, statement="Ann counted them."), "Save")
        assert "Saved as" in saved.text
        back()


async def test_a_proposal_and_what_is_decided_on_it(valley_copy: Where, chat: Chat) -> None:
    async with leaving(valley_copy, chat) as (server, back):
        ann, carl = server.person("ann", CURATOR), server.person("carl", CONTRIBUTOR)
        told = await pressed(carl, await drafted(carl, statement="Carl counted them."), "Propose")
        assert "Proposed" in told.text
        back()
        approved = await pressed(ann, await ann.run("claim pending"), "Approve")
        assert "Approved" in approved.text
        back()


async def test_a_topic_whose_command_follows_when_the_database_is_back(
    valley_copy: Where, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The simulated Discord waits for what comes sooner than its patience.
    monkeypatch.setattr(topic_commands, "AGAIN_SECONDS", 600.0)
    async with leaving(valley_copy, chat) as (server, back):
        ann = server.person("ann", CURATOR)
        form = await ann.invoke("topic add", measure="level", command="bridges")
        assert "Saved as" in (await pressed(ann, await fill(ann, form, **TOPIC), "Save")).text
        assert "bridges" not in offered(ann)
        back()
        await server.env.advance_time(610)
        assert "bridges" in offered(ann)
