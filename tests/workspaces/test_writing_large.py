"""A large change is prepared beside everybody else's, and stands on what is there in the end."""

import asyncio
import threading
from collections.abc import Iterator, Sequence

import pytest

from knowledge.curation import Invalid
from knowledge.model import AnyRecord, Status
from knowledge.store import Where, Written
from tests.bases.curating import ANNA, EVE, HERE, OWNER, THERE, KnowledgeBase, base
from tests.bases.engines import on_both_engines
from tests.bases.making import claim, topic

pytestmark = on_both_engines
MANY = [claim(f"c{number}") for number in range(20)]


@pytest.fixture
def home(where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(where) as opened:
        yield opened


class Importing:
    """An import that waits, each time it is prepared, until it is let go."""

    def __init__(self, home: KnowledgeBase, records: Sequence[AnyRecord] = MANY) -> None:
        self._begun, self._held = threading.Semaphore(0), threading.Semaphore(0)
        self.times = 0
        self.task = asyncio.create_task(
            home.curation.take_in(ANNA, records, why="import", progress=self._prepared)
        )

    async def reached(self) -> None:
        """Wait until it is prepared once more."""
        assert await asyncio.to_thread(self._begun.acquire, timeout=60)

    def go_on(self) -> None:
        """Let it go on."""
        self._held.release()

    def _prepared(self, _done: int, _total: int) -> None:
        self.times += 1
        self._begun.release()
        assert self._held.acquire(timeout=60)


async def test_others_are_saved_while_an_import_is_prepared(home: KnowledgeBase) -> None:
    importing = Importing(home)
    await importing.reached()
    await home.curation.add(EVE, claim("theirs"))
    assert home.shown(THERE) == ["shared", "theirs"]
    assert home.shown(HERE) == ["shared"]
    importing.go_on()
    assert await importing.task == len(MANY)
    assert importing.times == 1
    assert len(home.shown(HERE)) == 1 + len(MANY)
    written = [revision.record for revision in home.store.history()][-1 - len(MANY) :]
    assert written == ["theirs", *(one.id for one in MANY)]
    numbers = [revision.place_number for revision in home.store.recent(HERE, len(MANY))]
    assert sorted(numbers) == list(range(1, len(MANY) + 1))
    assert home.store.verify_history() == []


async def test_listeners_hear_of_an_import_as_it_was_written(home: KnowledgeBase) -> None:
    heard: list[Written] = []
    home.writer.on_change(heard.extend)
    importing = Importing(home)
    await importing.reached()
    await home.curation.add(EVE, claim("theirs"))
    importing.go_on()
    await importing.task
    assert [one.number for one in heard] == [one.number for one in home.store.history(4)]
    assert home.workspaces.revision == home.store.revision()


@pytest.mark.parametrize("shared", [False, True])
async def test_an_import_is_made_anew_after_a_change_in_its_way(
    home: KnowledgeBase, shared: bool
) -> None:
    new = claim("new", links=[("supersedes", "claim", "old")])
    await home.curation.add(ANNA, claim("old", note="First."))
    importing = Importing(home, [new])
    await importing.reached()
    if shared:
        await home.curation.add(OWNER, topic("mills"))
    else:
        held = home.store.placed("claim", "old", HERE)
        assert held
        seen = home.store.shown_number(held.revision, HERE)
        await home.curation.edit(ANNA, claim("old", note="Second."), seen=seen)
    importing.go_on()
    await importing.reached()
    importing.go_on()
    await importing.task
    assert importing.times == 2
    (old,) = home.store.claims(["old"], HERE)
    assert old.status is Status.SUPERSEDED
    assert old.note == ("First." if shared else "Second.")
    assert home.store.verify_history() == []


async def test_an_import_that_fits_no_more_is_refused_whole(home: KnowledgeBase) -> None:
    importing = Importing(home, [topic("mills", command="grinding"), claim("new")])
    await importing.reached()
    await home.curation.add(ANNA, topic("grinders", command="grinding"))
    for _ in ("topics", "claims", "topics", "claims"):
        importing.go_on()
    with pytest.raises(Invalid, match="grinding"):
        await importing.task
    assert home.shown(HERE) == ["shared"]
    assert home.store.count(HERE) == 1


async def test_an_import_comes_through_however_often_others_write(home: KnowledgeBase) -> None:
    importing = Importing(home)
    for number in range(3):
        await importing.reached()
        await home.curation.add(ANNA, claim(f"quick-{number}"))
        importing.go_on()
    await importing.reached()
    late = asyncio.create_task(home.curation.add(ANNA, claim("late")))
    importing.go_on()
    assert await importing.task == len(MANY)
    await late
    assert importing.times == 4
    assert len(home.shown(HERE)) == 1 + 3 + len(MANY) + 1
    assert home.store.verify_history() == []
