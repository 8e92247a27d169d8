"""The writer: what a person is told when the database cannot be written, and catching up."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

import pytest

from knowledge.curation import Unsaved
from knowledge.model import Claim
from knowledge.store import Change, Where, Written, open_store
from tests.bases.curating import ANNA, HERE, OWNER, THERE, KnowledgeBase, base
from tests.bases.engines import held, on_both_engines
from tests.bases.making import claim, topic

pytestmark = on_both_engines
PATIENCE = 60


@pytest.fixture
def path(where: Where) -> Where:
    """Name the database."""
    return where


@pytest.fixture
def home(path: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(path) as opened:
        yield opened


def answers(home: KnowledgeBase) -> bool:
    """Whether a question is answered as ever."""
    return home.shown(None) == ["shared"]


async def test_a_locked_database_is_said_to_be_and_nothing_is_saved(
    home: KnowledgeBase, path: Where
) -> None:
    with held(path):
        saving = asyncio.create_task(home.curation.add(OWNER, claim("new")))
        while not saving.done():
            assert answers(home)
            await asyncio.sleep(0.02)
        with pytest.raises(Unsaved) as told:
            await saving
    message = str(told.value)
    assert message.startswith("Nothing was saved: the database is locked by another process")
    assert str(path) not in message
    await home.curation.add(OWNER, claim("new"))
    assert home.shown(None) == ["new", "shared"]
    assert home.store.verify_history() == []


async def test_what_another_process_writes_is_caught_up_with(
    home: KnowledgeBase, path: Where
) -> None:
    heard: list[Written] = []
    home.writer.on_change(heard.extend)
    assert await home.writer.catch_up() == 0
    other = open_store(path)
    for workspace in (None, HERE):
        with other.change("cli", "import", workspace) as change:
            name = workspace or "base"
            change.put_all([topic(f"t-{name}"), claim(f"c-{name}")])
    assert home.shown(HERE) == ["shared"]
    assert await home.writer.catch_up() == 4
    assert home.shown(HERE) == ["c-111", "c-base", "shared"]
    assert home.shown(THERE) == ["c-base", "shared"]
    assert [one.id for one in heard] == ["t-base", "c-base", "t-111", "c-111"]
    other.close()


async def test_others_revisions_before_an_own_one_are_not_missed(
    home: KnowledgeBase, path: Where
) -> None:
    other = open_store(path)
    with other.change("cli", "import") as change:
        change.put(claim("theirs"))
    await home.curation.add(OWNER, claim("ours"))
    assert home.shown(THERE) == ["ours", "shared", "theirs"]
    assert home.workspaces.revision == home.store.revision()
    other.close()


async def test_a_failing_listener_disturbs_nobody(home: KnowledgeBase) -> None:
    heard: list[int] = []

    def fail(some: object) -> None:
        raise ValueError(str(some))

    home.writer.on_change(fail)
    home.writer.on_change(lambda some: heard.append(len(some)))
    await home.curation.add(OWNER, claim("new"))
    assert heard == [1]


async def test_a_change_goes_on_when_the_caller_is_gone(home: KnowledgeBase) -> None:
    started, go_on = threading.Event(), threading.Event()
    heard: asyncio.Future[Sequence[Written]] = asyncio.get_running_loop().create_future()
    home.writer.on_change(heard.set_result)

    def work(change: Change) -> None:
        started.set()
        go_on.wait(5)
        change.put(claim("new"))

    saving = asyncio.create_task(home.writer.write(work, who="a", why="b"))
    await asyncio.to_thread(started.wait, 5)
    saving.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await saving
    assert [one.id for one in await heard] == ["new"]
    assert home.shown(None) == ["new", "shared"]


async def test_what_memory_cannot_follow_is_read_anew(
    home: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_written: object) -> None:
        raise MemoryError

    monkeypatch.setattr(home.workspaces, "show", fail)
    await home.curation.add(OWNER, claim("new"))
    assert home.shown(None) == ["new", "shared"]


async def test_what_an_index_cannot_follow_is_read_anew(
    home: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_claims: object) -> None:
        raise MemoryError

    monkeypatch.setattr(home.workspaces.shared, "index", fail)
    await home.curation.add(OWNER, claim("new", statement="Of an unheard-of thing."))
    assert home.shown(None) == ["new", "shared"]
    found = home.workspaces.shared.ranks.rank("an unheard-of thing", 5)
    assert [one.id for one in found][:1] == ["new"]


async def test_nobody_waits_for_the_index_of_another_place(
    home: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    await home.curation.add(ANNA, claim("first"))
    here, begun, held = home.workspaces.of(HERE), threading.Event(), threading.Event()
    index = here.index

    def late(claims: Iterable[Claim]) -> None:
        begun.set()
        held.wait(10)
        index(claims)

    monkeypatch.setattr(here, "index", late)
    mine = asyncio.create_task(home.curation.add(ANNA, claim("mine")))
    await asyncio.to_thread(begun.wait, PATIENCE)
    assert "mine" in home.shown(HERE)
    await home.curation.add(OWNER, claim("theirs"))
    assert not mine.done()
    held.set()
    await mine


async def test_what_is_left_to_an_index_is_done_before_the_end(
    home: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its index may be kept for the next start, and must lack nothing."""
    claims = [claim(f"c-{number}") for number in range(100)]
    shared, begun = home.workspaces.shared, threading.Event()
    index = shared.index

    def noted(some: Iterable[Claim]) -> None:
        begun.set()
        index(some)

    def work(change: Change) -> None:
        change.put_all(claims)

    monkeypatch.setattr(shared, "index", noted)
    writing = asyncio.create_task(home.writer.write(work, who="a", why="b"))
    await asyncio.to_thread(begun.wait, PATIENCE)
    await asyncio.to_thread(home.writer.close)
    assert all(one.id in shared.ranker.index for one in claims)
    await writing


async def test_ten_curators_at_once_lose_nothing(home: KnowledgeBase) -> None:
    async def curate(name: int) -> None:
        for number in range(5):
            await home.curation.add(ANNA, claim(f"c-{name}-{number}"))

    await asyncio.gather(*(curate(name) for name in range(10)))
    assert len(home.shown(HERE)) == 51
    assert all(isinstance(one, Claim) for one in home.workspaces.of(HERE).library.every_claim())
    assert home.store.verify_history() == []


class First:
    """A change that is begun and not done until it may be."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, change: Change) -> None:
        """Be written."""
        assert change.written == []
        self.begun.set()
        assert self.may_end.wait(PATIENCE)

    async def until_begun(self) -> None:
        """Wait until the one writer is at it."""
        assert await asyncio.to_thread(self.begun.wait, PATIENCE)


def writing(
    home: KnowledgeBase, work: Callable[[Change], object], place: str
) -> asyncio.Task[object]:
    """Let something be written; it is in line after the next turn of the event loop."""
    return asyncio.create_task(home.writer.write(work, who="a", why="b", workspace=place))


async def test_places_take_turns_however_much_one_of_them_writes(home: KnowledgeBase) -> None:
    first, order = First(), list[str]()

    def noted(name: str) -> Callable[[Change], None]:
        return lambda _: order.append(name)

    every = [writing(home, first, HERE)]
    await first.until_begun()
    every += [writing(home, noted(f"here {n}"), HERE) for n in range(3)]
    every += [writing(home, noted("there"), THERE)]
    await asyncio.sleep(0)
    first.may_end.set()
    await asyncio.gather(*every)
    assert order == ["here 0", "there", "here 1", "here 2"]


async def test_who_waits_when_it_is_closed_is_told_and_nothing_of_it_is_saved(
    home: KnowledgeBase,
) -> None:
    first = First()
    begun = writing(home, first, HERE)
    await first.until_begun()
    behind = writing(home, lambda change: change.put(claim("behind")), HERE)
    await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(home.writer.close))
    late: list[asyncio.Task[int]] = []
    async with asyncio.timeout(PATIENCE):
        while not late or not late[-1].done():
            late.append(asyncio.create_task(home.writer.catch_up()))
            await asyncio.sleep(0.01)
    first.may_end.set()
    await closing
    await begun
    for told in (behind, *late):
        with pytest.raises(Unsaved, match="Nothing was saved: the database is being closed"):
            await told
    with pytest.raises(Unsaved, match="Nothing was saved: the database is being closed"):
        await home.curation.add(OWNER, claim("late"))
    assert home.shown(HERE) == ["shared"]
