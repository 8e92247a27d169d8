"""A copy of the handmade base, the bot that people curate with, and a server with a curator."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType

import pytest
from simcord.env import Env

import commands
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


@pytest.fixture(autouse=True)
def aside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no command read the database where everybody's requests come in, once the bot is up."""
    read: list[str] = []
    if "base" in request.fixturenames:
        engine = request.getfixturevalue("base").store.engine
        for name in ("reading", "snapshot"):
            monkeypatch.setattr(engine, name, noted(getattr(engine, name), read))
    yield
    assert not read


def noted(
    reading: Callable[[], AbstractContextManager[object]], read: list[str]
) -> Callable[[], AbstractContextManager[object]]:
    """Note which command reads on the event loop."""
    here = Path(commands.__file__).parent

    def look() -> AbstractContextManager[object]:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return reading()
        frame: FrameType | None = sys._getframe()
        while frame and here not in Path(frame.f_code.co_filename).parents:
            frame = frame.f_back
        if frame and frame.f_code.co_name not in {"follow_topics", "_commanding", "tell_all"}:
            read.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        return reading()

    return look


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
