"""A base that is read as far as somebody asks answers as one that is read whole."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest
from pydantic import BaseModel

from knowledge.library import Library
from knowledge.model import Figure, LinkKind, Relation, Status
from knowledge.store import Store, Where, open_store
from knowledge.workspaces import Workspace, Workspaces
from tests.bases.engines import on_both_engines
from tests.bases.valley import VALLEY

pytestmark = on_both_engines

TODAY = date(2026, 3, 10)
QUESTIONS = (
    "how many sacks by august 2024",
    "spoilt share",
    "what does Kamau say about the wagons",
    "what does Norway get for the sacks",
    "sacks according to the Grain Post",
    "weather in Paris",
)


@pytest.fixture(scope="module")
def store(shared_where: Where) -> Iterator[Store]:
    """Open a database of the handmade base, with a proposal."""
    with closing(open_store(shared_where, today=lambda: TODAY)) as opened:
        opened.take_up(VALLEY)
        old = next(iter(opened.all_claims()))
        with opened.change("anna", "proposed") as change:
            change.put(old.model_copy(update={"id": "waiting", "status": Status.PROPOSED}))
        yield opened


def both(store: Store, ask: Callable[[Workspace], BaseModel]) -> None:
    """Ask a workspace that nobody has asked yet, and one that has read everything."""
    assert ask(Workspaces(store, cold=True).shared) == ask(Workspaces(store).shared)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question(store: Store, question: str) -> None:
    both(store, lambda workspace: workspace.ask(question, TODAY))


@pytest.mark.parametrize("topic", sorted(VALLEY.topics))
def test_a_topic(store: Store, topic: str) -> None:
    both(store, lambda workspace: workspace.figures(topic))
    both(store, lambda workspace: workspace.source(topic))


def test_claims_topics_and_a_message(store: Store) -> None:
    for one in list(VALLEY.claims)[::7]:
        both(store, lambda workspace, one=one: workspace.source(one))  # type: ignore[misc]
    both(store, lambda workspace: workspace.contents())
    both(store, lambda workspace: workspace.check("Kenya sent 90 million sacks.", TODAY))


def test_everything_that_a_library_tells(store: Store) -> None:
    cold, warm = Library(store, cold=True), Library(store)
    assert cold.proposed == warm.proposed
    carriers = warm.carriers()
    assert {outlet: of for outlet, of in cold.carriers().items() if of} == carriers
    assert carriers.keys() <= cold.carriers().keys()
    publishers = {warm.publisher(source) for source in warm.sources}
    assert cold.publishers_of(warm.sources.keys()) == publishers
    assert warm.publishers_of(warm.sources.keys()) == publishers
    assert set(cold.own.ids()) == set(warm.own.ids())
    assert len(cold.own) == len(warm.own)
    assert dict(cold.sources) == dict(warm.sources)
    assert cold.find("nothing") is cold.find("nothing") is None
    for asserter in warm.asserters:
        assert cold.topics_of([asserter]) == warm.topics_of([asserter])
    for topic in warm.topics:
        for kind in LinkKind:
            assert cold.covering(kind, topic, None) == warm.covering(kind, topic, None)
        assert cold.has_number(topic, [2e6, 5.0]) == warm.has_number(topic, [2e6, 5.0])


def test_a_change_is_followed(store: Store) -> None:
    workspaces = Workspaces(store, cold=True)
    before = workspaces.shared.figures("sacks").claims
    old = store.claims([before[0].id])[0]
    with store.change("anna", "one more") as change:
        change.put(old.model_copy(update={"id": "one-more"}))
    workspaces.apply(change.written)
    assert "one-more" in {view.id for view in workspaces.shared.figures("sacks").claims}
    assert workspaces.shared.library.claim("one-more")


def test_a_number_is_looked_for_without_reading_the_claims(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold, warm = Library(store, cold=True), Library(store)
    monkeypatch.setattr(store, "outlines", None)
    ends = {one for entry in warm.own.entries.values() for one in (entry.low, entry.high)}
    for topic in warm.topics:
        for one in ends:
            assert cold.has_number(topic, [one]) == warm.has_number(topic, [one])


def test_a_number_that_is_written_is_found(store: Store) -> None:
    workspaces = Workspaces(store, cold=True)
    library, unheard = workspaces.shared.library, 123_456_789.0
    old = next(one for one in store.all_claims() if one.figure and one.topic == "sacks")
    figure = Figure(low=unheard, high=unheard, relation=Relation.ABOUT, as_worded="so many")
    assert not library.has_number("sacks", [unheard])
    with store.change("anna", "another") as change:
        change.put(old.model_copy(update={"figure": figure}))
    workspaces.apply(change.written)
    assert library.has_number("sacks", [unheard])
