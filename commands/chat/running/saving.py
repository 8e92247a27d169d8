"""Saving beside the event loop what is kept apart from the records."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from knowledge.store import StoreError
from knowledge.workspaces import Unsaved

Result = TypeVar("Result")


async def saved(work: Callable[[], Result]) -> Result:
    """Work on the database without keeping anybody else waiting.

    Raises:
        Unsaved: it cannot be used now; nothing was saved.
    """
    try:
        return await asyncio.to_thread(work)
    except StoreError as error:
        raise Unsaved(error) from error
