"""A server that is away for a while: cut off, and asked again until it is found."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from knowledge.curation import Unsaved
from knowledge.store import StoreError
from tests.bases.curating import OWNER, KnowledgeBase
from tests.bases.making import claim

PATIENCE = 60.0
CUT_ALL = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'claimbot'
"""
Found = TypeVar("Found")


def patiently(read: Callable[[], Found]) -> Found:
    """Read from a server that is found again sooner or later: who listens to it may be late."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return read()
        except StoreError:
            assert time.monotonic() < end
            time.sleep(0.05)


def ids_of(home: KnowledgeBase) -> list[str]:
    """Return every claim that the database has."""
    return [one.id for one in home.store.all_claims()]


async def until_saved(home: KnowledgeBase, key: str) -> None:
    """Try until the database takes a claim."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            await home.curation.add(OWNER, claim(key))
        except Unsaved:
            assert time.monotonic() < end
            await asyncio.sleep(0.05)
        else:
            return
