"""A copy of the handmade base, the bot that people curate with, and a server with a curator."""

from collections.abc import Iterator

import pytest
from simcord.env import Env

from bot.client import Claimbot
from knowledge.base import KnowledgeBase, opened
from knowledge.store import Where
from tests.conftest import Chat
from tests.driving.curators import CURATOR, Server, curating_bot


@pytest.fixture
def base(valley_copy: Where) -> Iterator[KnowledgeBase]:
    """Open a copy that may be written to."""
    with opened(valley_copy) as found:
        yield found


@pytest.fixture
def simcord_bot(base: KnowledgeBase) -> Claimbot:
    """Make the real bot, on that copy."""
    return curating_bot(base)


@pytest.fixture
def server(simcord_env: Env) -> Server:
    """Make a server; tests that want a review channel replace it."""
    return Server.found(simcord_env)


@pytest.fixture
def ann(server: Server) -> Chat:
    """Let a curator join."""
    return server.person("ann", CURATOR)
