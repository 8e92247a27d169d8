"""Matching by meaning beside the bot, unless the setting turns it off."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import enumerate as threads

from knowledge.base import KnowledgeBase
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import OFF, THREAD, PlacedPassage, Understanding, load_encoder
from knowledge.model import Claim
from knowledge.store import Written


@contextmanager
def matching_by_meaning(found: KnowledgeBase, model: str) -> Iterator[None]:
    """Load a model in the background; words alone are matched until it is there.

    Where the model is "off", nothing is imported and nothing is done.
    """
    if model == OFF:
        yield
        return
    workspaces = found.workspaces
    load = partial(load_encoder, model)
    understanding = Understanding(
        found.store,
        workspaces.passages,
        lambda meanings: workspaces.use_meaning(meanings.of),
        load,
    )
    found.writer.on_change(lambda written: understanding.follow(_passages(written)))
    understanding.start()
    try:
        yield
    finally:
        understanding.stop()


def _passages(written: Iterable[Written]) -> Iterator[PlacedPassage]:
    for one in written:
        if isinstance(one.after, Claim):
            yield one.workspace, passage_of(one.after)


def is_loading() -> bool:
    """Whether a model is still being loaded or used, in a thread that cannot be interrupted."""
    return any(thread.name == THREAD for thread in threads())
