"""Examples: questions that curators keep as meaning a topic."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from knowledge.curation.actors import Actor, place_for_new, require_curator
from knowledge.curation.work import FieldProblem, Invalid
from knowledge.model import AnyRecord, Example, RecordKind, Revision, Status
from knowledge.records import in_plain_words, key_words, new_id, without_controls
from knowledge.store import Placed, Store
from knowledge.words import folded_words
from knowledge.workspaces import Workspaces

_TOPIC, _QUESTION = 16, 24
"""Characters of the topic's id and of the question's words that an id is made of."""


class Wanted(NamedTuple):
    """What is to be saved in a place, for a reason, where its newest revision is as expected."""

    record: AnyRecord
    place: str | None
    why: str
    expected: int


Put = Callable[[Actor, Callable[[], Wanted]], Awaitable[Revision]]
"""Saves what is wanted, which is read aside."""


class Held(Protocol):
    """Finds a record as a person sees it. Raises `NotVisible`."""

    def __call__(self, actor: Actor, kind: RecordKind, record: str, /) -> Placed:
        """Return the record with the number of its newest revision."""


class Examples:
    """What may be done to examples. Raises what `Curation` does; nothing is saved then."""

    def __init__(self, store: Store, workspaces: Workspaces, held: Held, put: Put) -> None:
        self._store = store
        self._workspaces = workspaces
        self._held = held
        self._put = put

    def of(self, actor: Actor, topic: str | None = None) -> list[Example]:
        """Return the examples that count where a person looks, their own server's first."""
        library = self._workspaces.of(actor.workspace).library
        found = [
            one
            for one in library.examples.values()
            if one.status is Status.ACTIVE and topic in {None, one.topic}
        ]
        return sorted(found, key=lambda one: (one.id not in library.own_examples, one.topic))

    async def keep(self, actor: Actor, topic: str, question: str, why: str = "added") -> Revision:
        """Keep a question as meaning a topic; one that was removed counts again."""
        place = place_for_new(actor)
        given = _read(topic, " ".join(without_controls(question).split()))
        asked = folded_words(given.question)

        def wanted() -> Wanted:
            for held in self._store.examples(place):
                same = held.topic == topic and folded_words(held.question) == asked
                if same and held.status is not Status.ACTIVE:
                    again = given.model_copy(update={"id": held.id, "language": held.language})
                    placed = self._store.placed("example", held.id, place)
                    return Wanted(again, place, why, placed.revision if placed else 0)
            key = new_id(
                [key_words(topic, _TOPIC), key_words(given.question, _QUESTION)],
                lambda one: self._store.placed("example", one, place) is not None,
            )
            return Wanted(given.model_copy(update={"id": key}), place, why, 0)

        return await self._put(actor, wanted)

    async def remove(self, actor: Actor, example: str, why: str = "removed") -> Revision:
        """Let an example count no more; it stays in the history, and undoing brings it back."""

        def wanted() -> Wanted:
            held = self._held(actor, "example", example)
            require_curator(actor, held)
            if isinstance(held.record, Example) and held.record.status is Status.RETRACTED:
                raise Invalid([FieldProblem("status", "the example is removed already")])
            gone = held.record.model_copy(update={"status": Status.RETRACTED})
            return Wanted(gone, held.workspace, why, held.revision)

        return await self._put(actor, wanted)


def _read(topic: str, question: str) -> Example:
    fields = {"id": "example", "topic": topic, "question": question}
    try:
        return Example.model_validate(fields)
    except ValidationError as error:
        reason = in_plain_words(error.errors(include_url=False)[0], Example)
        raise Invalid([FieldProblem("question", reason)]) from error
