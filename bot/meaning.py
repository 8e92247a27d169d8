"""Matching by meaning beside the bot, unless the setting turns it off."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from bot.database import open_database
from bot.settings import load_settings
from knowledge.base import KnowledgeBase
from knowledge.matching.questions import passage_of
from knowledge.matching.retrieval import OFF, PlacedPassage, Understanding, load_encoder
from knowledge.model import Claim
from knowledge.store import Written
from knowledge.workspaces import Workspace

PATIENCE = 60.0
"""Seconds that a single question waits for the model: encoding a thousand claims takes some ten."""
MOST_AT_ONCE = 200
"""Claims whose vectors a single question makes where they are missing: some two seconds (measured
with the model that is installed). The running bot makes all of them, and keeps them."""


@contextmanager
def matching_by_meaning(
    found: KnowledgeBase, model: str, *, patience: float = 0.0, at_once: bool = False
) -> Iterator[None]:
    """Load a model in the background; words alone are matched until it is there.

    With `patience` that is waited for, so many seconds at most. `at_once` is for a program that
    asks once: only the claims that topics are judged by have vectors then, and few are made. Where
    the model is "off", nothing is imported and nothing is done.
    """
    if model == OFF:
        yield
        return
    workspaces = found.workspaces
    load = partial(load_encoder, model)
    understanding = Understanding(
        found.store,
        partial(_telling, found.workspace) if at_once else workspaces.passages,
        lambda meanings: workspaces.use_meaning(meanings.of),
        load,
        most=MOST_AT_ONCE if at_once else None,
    )
    found.writer.on_change(lambda written: understanding.follow(_passages(written)))
    understanding.start()
    if patience:
        understanding.wait(patience)
    try:
        yield
    finally:
        understanding.stop()


@contextmanager
def understood(database: str | None, *, at_once: bool = False) -> Iterator[KnowledgeBase]:
    """Open the database as the bot does, and wait for the model that the settings name.

    `at_once` as in `matching_by_meaning`.

    Raises:
        BadSettings: a setting cannot be used.
        StoreError: the database cannot be used; it is left untouched.
    """
    with open_database(database) as found:
        # The topics are there when the model is: their vectors are kept for the next question.
        found.workspace.learn_topics()
        model = load_settings().model
        with matching_by_meaning(found, model, patience=PATIENCE, at_once=at_once):
            yield found


def _telling(workspace: Workspace) -> Iterator[PlacedPassage]:
    return ((None, passage_of(claim)) for claim in workspace.telling_claims())


def _passages(written: Iterable[Written]) -> Iterator[PlacedPassage]:
    for one in written:
        if isinstance(one.after, Claim):
            yield one.workspace, passage_of(one.after)
