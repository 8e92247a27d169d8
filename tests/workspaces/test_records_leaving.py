"""Records that come and go while people add claims: nothing is lost, and nothing rests on air."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import in_force
from knowledge.model import Claim, Status
from knowledge.records import Records
from knowledge.store import Store, open_store
from knowledge.workspaces import Workspace, Workspaces
from tests.bases.engines import Lending, on_postgresql
from tests.bases.making import asserter, claim, source, topic
from tests.properties import examples

pytestmark = pytest.mark.long

TODAY = date(2026, 3, 10)
HERE, THERE = "111", "222"
TOPICS = {key: topic(key, command=key) for key in ("wells", "dams")}
ASSERTERS = {key: asserter(key) for key in ("ministry", "union")}
CLAIMS = {
    one.id: one
    for one in (
        claim("wells-one", "about 3 million"),
        claim("wells-two", "about 4 million", asserter="union"),
        claim("dams-one", "about 70", topic="dams", links=[("disputes", "topic", "wells")]),
    )
}


class Added(NamedTuple):
    """A claim that somebody adds in a place, and takes back where it is `withdrawn`."""

    place: str | None
    topic: str
    asserter: str
    withdrawn: bool


files = st.sets(st.sampled_from(sorted(CLAIMS)))
additions = st.builds(
    Added,
    st.sampled_from([None, HERE, THERE]),
    st.sampled_from(sorted(TOPICS)),
    st.sampled_from(sorted(ASSERTERS)),
    st.booleans(),
)


def holding(names: set[str]) -> Records:
    """Make the records of some claims, with what these rest on and no more."""
    claims = [CLAIMS[name] for name in sorted(names)]
    topics = {one.topic for one in claims} | {"wells" for one in claims if one.relations}
    speakers = {one.asserter for one in claims}
    return Records(
        {key: TOPICS[key] for key in sorted(topics)},
        {key: ASSERTERS[key] for key in sorted(speakers)},
        {"gazette": source()} if claims else {},
        {one.id: one for one in claims},
    )


@contextmanager
def emptied(lending: Lending) -> Iterator[Store]:
    with lending() as where, closing(open_store(where, today=lambda: TODAY)) as store:
        yield store


STEPS = st.lists(files | additions, min_size=2, max_size=8)


@given(steps=STEPS)
@examples(12)
def test_records_may_come_and_go_in_any_order(
    lending: Lending, steps: list[set[str] | Added]
) -> None:
    come_and_go(lending, steps)


@on_postgresql
@given(steps=STEPS)
@examples(5)
def test_records_may_come_and_go_on_a_server(
    lending: Lending, steps: list[set[str] | Added]
) -> None:
    come_and_go(lending, steps)


def come_and_go(lending: Lending, steps: list[set[str] | Added]) -> None:
    held: set[str] = set()
    with emptied(lending) as store:
        for number, step in enumerate(steps):
            if isinstance(step, Added):
                add(store, f"mine-{number}", step)
            else:
                held = step
                assert not store.take_up(holding(held)).refused
            check(store, held)


def add(store: Store, key: str, what: Added) -> None:
    """Add a claim in the chat, where what it rests on is there."""
    library = Workspaces(store).of(what.place).library
    there = what.topic in library.topics and what.asserter in library.asserters
    if not there or "gazette" not in library.sources:
        return
    made = claim(key, "about 9", topic=what.topic, asserter=what.asserter)
    with store.change("anna", "added", what.place) as change:
        change.put(made)
    if what.withdrawn:
        with store.change("anna", "wrong", what.place) as change:
            change.put(made.model_copy(update={"status": Status.RETRACTED}))


def check(store: Store, held: set[str]) -> None:
    assert store.verify_history() == []
    workspaces = Workspaces(store)
    files = holding(held)
    theirs = [one for one in store.all_claims() if is_of_people(one)]
    shared = set(workspaces.shared.library.topics)
    assert shared >= set(files.topics)
    assert shared <= set(files.topics) | {one.topic for one in theirs}
    for place in (None, HERE, THERE):
        workspace = workspaces.of(place)
        answers(workspace)
        mine = [one for one in store.all_claims(place) if is_of_people(one)]
        for one in mine:
            shown = {view.id for view in workspace.figures(one.topic).claims}
            assert one.id in shown


def is_of_people(one: Claim) -> bool:
    return one.id.startswith("mine-") and one.status is Status.ACTIVE


def answers(workspace: Workspace) -> None:
    """Ask for everything that is on file, which has to be said without stumbling."""
    library = workspace.library
    listed = {line.id: line.claims for line in workspace.contents().topics}
    assert set(listed) == set(library.topics)
    for key in library.topics:
        for entry in library.table(key):
            if in_force(entry, None):
                assert entry.asserter in library.asserters
                assert all(source in library.sources for source in entry.sources)
    for one in library.every_claim():
        assert workspace.source(one.id).claim == one.id
    indexed = {one.id for one in library.own_claims() if one.topic in library.topics}
    assert set(workspace.ranker.index.rows) == indexed
    workspace.ask("how many wells and dams are there", TODAY)
    workspace.check("There are 9 wells", TODAY)
