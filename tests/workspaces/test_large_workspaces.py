"""A large workspace is opened aside: whoever asks is told, and nobody else waits for it."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from threading import Event

import pytest
from simcord.env import Env

import knowledge.workspaces.kept_index
import knowledge.workspaces.workspaces
from knowledge.base import opened
from knowledge.library import Library
from knowledge.matching.retrieval import Passage, PassageIndex
from knowledge.model import Claim
from knowledge.store import Store, Where, open_store
from knowledge.workspaces import BeingRead, Leaving, Workspace, Workspaces, Writer
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic
from tests.driving.curators import CURATOR, Server, curating_bot

pytestmark = on_both_engines

HERE, THERE = "111", "222"
PATIENCE = 60


@pytest.fixture(autouse=True)
def _all_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge.workspaces.workspaces, "LARGE", 2)


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database with a large workspace, and a small one."""
    with closing(open_store(where)) as opened:
        put(opened, None, topic(), asserter(), source(), claim("shared"))
        put(opened, HERE, claim("one"), claim("two"))
        put(opened, THERE, claim("theirs"))
        yield opened


def put(store: Store, place: str | None, *records: object) -> None:
    with store.change("anna", "read it", place) as change:
        change.put_all(records)  # type: ignore[arg-type]


def shown(workspace: Workspace) -> list[str]:
    return sorted(one.id for one in workspace.library.table("wells"))


def test_whoever_asks_is_told_and_others_are_answered(store: Store) -> None:
    with closing(Workspaces(store)) as workspaces:
        with pytest.raises(BeingRead, match=r"is being read\. Please try again"):
            workspaces.of(HERE)
        assert shown(workspaces.of(THERE)) == ["shared", "theirs"]
        assert shown(workspaces.of(None)) == ["shared"]
        workspaces.open_aside(HERE).result(PATIENCE)
        assert shown(workspaces.of(HERE)) == ["one", "shared", "two"]


def test_whoever_can_wait_waits(store: Store) -> None:
    with closing(Workspaces(store)) as workspaces:
        assert shown(workspaces.opened(HERE)) == ["one", "shared", "two"]
        assert shown(workspaces.opened(THERE)) == ["shared", "theirs"]
        assert workspaces.opened("333") is workspaces.shared


def test_large_ones_are_opened_at_the_start(store: Store) -> None:
    with closing(Workspaces(store)) as workspaces:
        workspaces.open_large()
        workspaces.open_aside(HERE).result(PATIENCE)
        assert workspaces.of(HERE) is workspaces.opened(HERE)


def test_those_of_another_process_are_not(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    with closing(Workspaces(store)) as workspaces:
        monkeypatch.setattr(workspaces, "open_aside", asked.append)
        workspaces.open_large(lambda place: place != HERE)
        assert asked == []
        workspaces.open_large()
        assert asked == [HERE]


@pytest.mark.parametrize("place", [HERE, None])
def test_what_is_written_meanwhile_is_not_missed(
    store: Store, monkeypatch: pytest.MonkeyPatch, place: str | None
) -> None:
    reached, go_on = Event(), Event()
    prepare = Workspace.prepare

    def slowly(workspace: Workspace) -> None:
        prepare(workspace)
        reached.set()
        assert go_on.wait(PATIENCE)

    monkeypatch.setattr(Workspace, "prepare", slowly)
    with closing(Workspaces(store)) as workspaces, closing(Writer(store, workspaces)) as writer:
        opening = workspaces.open_aside(HERE)
        assert reached.wait(PATIENCE)
        writer.write_now(lambda c: c.put(claim("late")), who="a", why="b", workspace=place)
        go_on.set()
        opening.result(PATIENCE)
        assert shown(workspaces.of(HERE)) == ["late", "one", "shared", "two"]
        found = workspaces.of(HERE).ranks.rank("Statement of late.")
        assert "late" in {hit.id for hit in found}


def test_what_is_being_opened_is_given_up_when_the_process_ends(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reached, go_on = Event(), Event()
    read: list[str] = []
    matched = Library.matched_claims

    def slowly(library: Library) -> Iterator[Claim]:
        for one in matched(library):
            if library.workspace == HERE:
                read.append(one.id)
                reached.set()
                assert go_on.wait(PATIENCE)
            yield one

    monkeypatch.setattr(Library, "matched_claims", slowly)
    with closing(Workspaces(store)) as workspaces, caplog.at_level("INFO"):
        opening = workspaces.open_aside(HERE)
        assert reached.wait(PATIENCE)
        workspaces.leave()
        with pytest.raises(BeingRead):
            workspaces.of(HERE)
        go_on.set()
        with pytest.raises(Leaving):
            opening.result(PATIENCE)
    assert len(read) == 1
    assert "left unopened" in caplog.text


def test_the_index_of_a_large_workspace_is_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge.workspaces.kept_index, "KEPT_FROM", 2)
    folder = tmp_path / "index"
    with closing(Workspaces(store, folder)) as workspaces:
        before = workspaces.opened(HERE).ranks.rank("Statement of two.")
        put_and_follow(workspaces, store, claim("three"))
        workspaces.keep()
    added: list[int] = []
    add = PassageIndex.add

    def counting(index: PassageIndex, passages: Iterable[Passage]) -> None:
        listed = list(passages)
        added.append(len(listed))
        add(index, listed)

    monkeypatch.setattr(PassageIndex, "add", counting)
    with closing(Workspaces(store, folder)) as workspaces:
        ranks = workspaces.opened(HERE).ranks
        assert [hit.id for hit in ranks.rank("Statement of two.")][:1] == [before[0].id]
        assert "three" in {hit.id for hit in ranks.rank("Statement of three.")}
    assert sum(added) == 1  # the one claim of the shared base


def put_and_follow(workspaces: Workspaces, store: Store, record: Claim) -> None:
    with store.change("anna", "one more", HERE) as change:
        change.put(record)
    workspaces.apply(change.written)


async def test_a_person_is_told_in_private(
    valley_copy: Where, simcord_env: Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server.found(simcord_env, "Alpha")
    place = str(server.guild.id)
    asked: list[str] = []
    with opened(valley_copy) as base:
        first, second = islice(base.store.all_claims(), 2)
        put(
            base.store,
            place,
            *(one.model_copy(update={"id": f"own-{one.id}"}) for one in (first, second)),
        )
        await simcord_env.restart_bot(curating_bot(base))
        base.workspaces.refresh()
        monkeypatch.setattr(base.workspaces, "open_aside", asked.append)
        chat = server.person("ann", CURATOR)
        for command, options in (("topics", {}), ("ask", {"question": "how many sacks"})):
            shown = await chat.run(command, **options)
            assert shown.private
            assert "is being read. Please try again in a few seconds" in shown.text
        assert await chat.complete("figures", "topic", "sa") == []
        monkeypatch.undo()
        base.workspaces.open_aside(place).result(PATIENCE)
        assert not (await chat.run("topics")).private
    assert set(asked) == {place}
