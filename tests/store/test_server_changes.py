"""A server of PostgreSQL's is lost in the middle of a change: all of it is there, or nothing."""

import signal
import subprocess
import sys
from collections.abc import Coroutine
from contextlib import closing

import pytest

from knowledge.curation import Actor, Unsaved
from knowledge.model import Revision
from knowledge.store import Change, Store, StoreError, Where, open_store
from tests import ROOT
from tests.bases.away import CUT_ALL, PATIENCE, ids_of, patiently, until_saved
from tests.bases.curating import ANNA, OWNER, KnowledgeBase
from tests.bases.engines import behind, on_postgresql, text_of
from tests.bases.making import asserter, claim
from tests.bases.proxy import Cut, Line

pytestmark = on_postgresql


async def test_a_connection_cut_in_a_change_saves_nothing_of_it(
    home: KnowledgeBase, where: Where
) -> None:
    before = home.store.revision()

    def work(change: Change) -> None:
        change.put(claim("half"))
        behind(where, CUT_ALL)

    with pytest.raises(Unsaved, match="Nothing was saved"):
        await home.writer.write(work, who="anna", why="slowly")
    await until_saved(home, "whole")
    assert home.shown(None) == ["shared", "whole"]
    assert patiently(home.store.revision) == before + 1
    assert patiently(home.store.verify_history) == []


@pytest.mark.parametrize("cut", ["before the commit", "after the commit"])
async def test_a_commit_whose_end_was_not_heard_is_looked_up(
    far: tuple[Line, KnowledgeBase], cut: Cut
) -> None:
    line, home = far
    line.cut = cut
    if cut == "after the commit":
        await home.curation.add(OWNER, claim("new"))
        assert home.shown(None) == ["new", "shared"]
    else:
        with pytest.raises(Unsaved, match="Nothing was saved"):
            await home.curation.add(OWNER, claim("new"))
        assert home.shown(None) == ["shared"]
    assert line.was_cut.is_set()
    await until_saved(home, "next")
    assert "next" in home.shown(None)
    assert patiently(lambda: ids_of(home)) == home.shown(None)
    assert patiently(home.store.verify_history) == []


async def test_a_commit_of_which_nothing_can_be_learnt_is_said_to_be_so(
    far: tuple[Line, KnowledgeBase], monkeypatch: pytest.MonkeyPatch
) -> None:
    line, home = far
    monkeypatch.setattr("knowledge.store.postgresql.connections._FOUND_OUT_SECONDS", 0.3)
    line.cut, line.closes = "after the commit", True
    with pytest.raises(Unsaved, match="look whether it is there before you do it again"):
        await home.curation.add(OWNER, claim("new"))
    line.connect()
    await until_saved(home, "next")
    assert patiently(lambda: ids_of(home)) == home.shown(None)


HOLDER = """
import sys
from knowledge.store import open_store, where_of
from tests.bases.making import asserter

store = open_store(where_of(sys.argv[1]))
with store.change("holder", "forever") as change:
    change.put(asserter("held"))
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_a_killed_process_leaves_no_lock(where: Where) -> None:
    open_store(where).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, text_of(where)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with holder, closing(open_store(where, wait=0.1)) as store:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="is locked by another process"):
            save(store, "refused")
        holder.send_signal(signal.SIGKILL)
        holder.wait(PATIENCE)
    with closing(open_store(where, wait=PATIENCE)) as store:
        save(store, "next")
        assert [one.id for one in store.asserters()] == ["next"]
        assert store.verify_history() == []


async def test_what_is_committed_is_confirmed_though_the_server_is_gone_the_next_moment(
    far: tuple[Line, KnowledgeBase],
) -> None:
    line, home = far
    home.writer.on_change(lambda _: line.disconnect())
    curation = home.curation
    await same_number(line, home, ANNA, curation.add(ANNA, claim("own")))
    await same_number(line, home, ANNA, curation.retract(ANNA, "own", reason="wrong"))
    await same_number(line, home, ANNA, curation.restore(ANNA, "own"))
    await same_number(line, home, OWNER, curation.add(OWNER, claim("all")))


async def same_number(
    line: Line, home: KnowledgeBase, actor: Actor, saving: Coroutine[None, None, Revision]
) -> None:
    """See that what was saved has the number that it has in the history."""
    saved = await saving
    line.connect()
    told = patiently(lambda: home.curation.history(actor, "claim", saved.record))
    assert saved.number == told[-1].number


def save(store: Store, key: str) -> None:
    with store.change("anna", "new") as change:
        change.put(asserter(key))
