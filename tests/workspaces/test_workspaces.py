"""Workspaces: what one server adds is seen there alone, in answers, counts and offers."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from knowledge.curation import Actor
from knowledge.model import AnyRecord, Claim, LinkKind, Status
from knowledge.store import Conflict, Refused, Store, Where, open_store
from knowledge.workspaces import Workspace, Workspaces, Writer
from tests.bases.curating import HERE, OWNER, THERE
from tests.bases.engines import SQLITE, Lending, on_both_engines
from tests.bases.making import asserter, claim, source, topic
from tests.conftest import TODAY
from tests.properties import examples

pytestmark = on_both_engines

QUESTIONS = (
    "how many sacks did north korea send",
    "sacks by february 2024",
    "how many wagons by august 2024",
    "what share of the sacks are spoilt",
    "how many tulips did they send",
)


@pytest.fixture
def store(valley_copy: Where) -> Iterator[Store]:
    """Open a copy of the shipped database."""
    with closing(open_store(valley_copy)) as opened:
        yield opened


def added(store: Store, workspace: str | None, *records: AnyRecord) -> Workspaces:
    """Write records through a writer whose workspaces were open before."""
    workspaces = Workspaces(store)
    for place in (None, HERE, THERE):
        workspaces.of(place)
    with closing(Writer(store, workspaces)) as writer:
        writer.write_now(
            lambda change: change.put_all(records), who="a", why="b", workspace=workspace
        )
    return workspaces


def everything(workspace: Workspace) -> list[object]:
    """Return all that a workspace can be made to say, apart from numbers of revisions."""
    asked = [workspace.ask(question, TODAY) for question in QUESTIONS]
    shown = [workspace.figures(key) for key in workspace.library.topics]
    found = [workspace.source(key) for key in workspace.library.topics]
    said = [
        workspace.check("Norway sent 90 million sacks to Sweden.", TODAY),
        workspace.contents(),
    ]
    answers = [one.model_copy(update={"revision": 0}) for one in (*asked, *shown, *found, *said)]
    offered = [
        [one.id for one in workspace.lookup.complete_topics("tul")],
        [one.id for one in workspace.lookup.complete_asserters("gar")],
        [one.id for one in workspace.lookup.complete_sources("tulip")],
        [one.id for one in workspace.complete_claims("tulips sacks million", by_words=True)],
    ]
    return [*answers, offered]


def ours() -> list[AnyRecord]:
    """Make records about a subject of our own, and claims on a shared topic."""
    denial = claim(
        "no-sacks", links=[("denies", "topic", "sacks")], topic="sacks", asserter="gardener"
    )
    said = "Ninety million sacks came."
    return [
        topic("tulips", command="tulips", aliases=("tulip bulbs", "sacks")),
        asserter("gardener", person="Gary Gardener", organisation="HUR"),
        source("tulip-times", publisher="The Ledger"),
        claim("many", "90 million", topic="sacks", asserter="gardener", statement=said),
        claim("tulips-sent", "5", topic="tulips", asserter="gardener"),
        source(),
        denial,
    ]


def test_what_a_server_adds_is_seen_there(store: Store) -> None:
    workspace = added(store, HERE, *ours()).of(HERE)
    span = workspace.figures("sacks").range
    assert span is not None
    assert span.high == 90_000_000
    assert workspace.ask("how many tulips did they send", TODAY).topic == "tulips"
    assert [view.id for view in workspace.figures("sacks").denials][-1] == "no-sacks"
    assert workspace.lookup.complete_asserters("gardener")[0].id == "gardener"
    assert "many" in [
        one.id for one in workspace.complete_claims("ninety million sacks", by_words=True)
    ]
    assert workspace.contents().sources == store_sources(store) + 2


def store_sources(store: Store) -> int:
    return len(store.sources())


def test_nothing_of_it_changes_anything_elsewhere(store: Store) -> None:
    before = everything(Workspaces(store).shared)
    workspaces = added(store, HERE, *ours())
    assert workspaces.of(THERE) is workspaces.of(None) is workspaces.shared
    assert everything(workspaces.shared) == before
    workspaces = added(store, THERE, topic("locks"), asserter("locksmith"))
    there = everything(workspaces.of(THERE))
    assert not any("gardener" in str(one) or "tulip" in str(one) for one in there[5:-1])
    assert workspaces.of(THERE).library.claim("many") is None
    assert workspaces.of(THERE).library.claims(["many", "tulips-sent"]) == []


def test_what_is_added_to_the_shared_base_is_seen_everywhere(store: Store) -> None:
    added(store, HERE, *ours())
    cited = [{"source": "herald", "paragraph": 1}]
    base = claim("base", "1", topic="sacks", citations=cited)
    workspaces = added(store, None, source("herald"), asserter(), base)
    for place in (None, HERE, THERE):
        assert "base" in [view.id for view in workspaces.of(place).figures("sacks").claims]


def test_the_numbers_of_others_revisions_are_not_shown(store: Store) -> None:
    newest = store.revision()
    workspaces = added(store, HERE, *ours())
    assert workspaces.of(THERE).library.revision == newest
    assert workspaces.of(HERE).library.revision == store.revision()


PLACES = (None, HERE, THERE)
KEYS = [f"c{number}" for number in range(6)]
TOPICS = ["wells", "dams"]


class SeveralServers(RuleBasedStateMachine):
    """Curators of several servers, in any order, and what must hold whatever they do."""

    def __init__(self, lending: Lending) -> None:
        super().__init__()
        self.held = ExitStack()
        self.where = self.held.enter_context(lending())

    @initialize()
    def begin(self) -> None:
        """Open a database with two topics."""
        self.store = open_store(self.where)
        with self.store.change("test", "begin") as change:
            change.put_all([*map(topic, TOPICS), asserter(), asserter("board"), source()])
        self.workspaces = Workspaces(self.store)
        self.writer = Writer(self.store, self.workspaces)

    @rule(
        key=st.sampled_from(KEYS),
        place=st.sampled_from(PLACES),
        on=st.sampled_from(TOPICS),
        who=st.sampled_from(["ministry", "board"]),
        figure=st.sampled_from([None, "3", "about 4", "more than 5"]),
        status=st.sampled_from(Status),
        link=st.sampled_from([(), (("denies", "topic", "wells"),), (("denies", "claim", "c0"),)]),
        via=st.sampled_from([(), ("Agency",)]),
    )
    def put(self, key: str, place: str | None, on: str, who: str, **more: object) -> None:
        """Write a claim; it may be refused."""
        citations = [{"source": "gazette", "paragraph": 1, "via": more["via"]}]
        made = claim(
            key,
            more["figure"],  # type: ignore[arg-type]
            links=more["link"],  # type: ignore[arg-type]
            topic=on,
            asserter=who,
            status=more["status"],
            citations=citations,
        )
        self.write(place, made)

    @rule(key=st.sampled_from(["dams", "ponds"]), place=st.sampled_from(PLACES))
    def retitle(self, key: str, place: str | None) -> None:
        """Write a topic; it may be refused."""
        self.write(place, topic(key, title=f"Title of {self.store.revision()}"))

    @rule(place=st.sampled_from(PLACES))
    def look(self, place: str | None) -> None:
        """Open a workspace, so that it has to follow from now on."""
        self.workspaces.of(place)

    @rule(key=st.sampled_from(KEYS))
    def elsewhere(self, key: str) -> None:
        """Write from another process."""
        try:
            with self.store.change("other", "elsewhere") as change:
                change.put(claim(key))
        except Refused:
            return
        asyncio.run(self.writer.catch_up())

    def write(self, place: str | None, record: AnyRecord) -> None:
        """Write a record in a place."""
        try:
            self.writer.write_now(lambda c: c.put(record), who="a", why="b", workspace=place)
        except (Refused, Conflict):
            return

    @invariant()
    def memory_equals_the_database(self) -> None:
        """Workspaces that followed show what workspaces that are opened now show."""
        fresh = Workspaces(self.store)
        for place in PLACES:
            now, then = self.workspaces.of(place), fresh.of(place)
            assert (now is self.workspaces.shared) == (then is fresh.shared)
            assert state(now) == state(then)
            assert set(now.ranker.index.rows) == set(then.ranker.index.rows)

    @invariant()
    def nothing_is_seen_elsewhere(self) -> None:
        """What a workspace shows belongs to the shared base or to its own place."""
        for place in PLACES:
            library = self.workspaces.of(place).library
            tables = [one.id for on in library.topics for one in library.table(on)]
            assert len(tables) == len(set(tables))
            for key in KEYS:
                placed = self.store.placed("claim", key, place)
                seen = library.claim(key)
                assert seen == (placed.record if placed else None)
                assert (key in tables) == (seen is not None)

    @invariant()
    def the_history_is_sound(self) -> None:
        """Nothing was changed without a revision."""
        assert self.store.verify_history() == []

    def teardown(self) -> None:
        """See that names are known everywhere; close and clear up."""
        fresh = Workspaces(self.store)
        for place in PLACES:
            assert named(self.workspaces.of(place)) == named(fresh.of(place))
        self.writer.close()
        self.store.close()
        self.held.close()


def state(workspace: Workspace) -> list[object]:
    """Return what a workspace holds in memory."""
    library = workspace.library
    names = (library.topics, library.asserters, library.sources)
    return [
        {on: library.table(on) for on in library.topics},
        {
            key: library.bearing_on(LinkKind.DENIES, entry, None)
            for key, entry in library.own.entries.items()
        },
        library.carriers(),
        library.proposed,
        library.revision,
        *names,
        [library.topics_of([who]) for who in library.asserters],
        [library.has_number(on, [3.0, 4.0]) for on in library.topics],
    ]


def named(workspace: Workspace) -> list[object]:
    """Return whom a workspace knows by the names of asserters and of what carried them."""
    names = ("the ministry", "the board", "Agency", "the ministry and Agency")
    return [workspace.ask(f"wells according to {name}", TODAY).filters.by for name in names]


@pytest.mark.hypothesis
def test_what_several_servers_do_in_any_order_stays_theirs(engine: str, lending: Lending) -> None:
    class OnThisEngine(SeveralServers):
        def __init__(self) -> None:
            super().__init__(lending)

    many = 8 if engine == SQLITE else 3
    run_state_machine_as_test(
        OnThisEngine, settings=settings(examples(many), stateful_step_count=12)
    )


def test_a_person_of_no_server_sees_the_shared_base_alone() -> None:
    nobody = Actor("Nobody", "9")
    assert nobody.sees(None)
    assert not nobody.sees(HERE)
    assert OWNER.sees(None)


def test_a_library_can_be_asked_for_claims_it_does_not_show(store: Store) -> None:
    workspaces = added(store, HERE, *ours())
    assert isinstance(workspaces.of(HERE).library.claim("many"), Claim)
    with pytest.raises(KeyError):
        workspaces.shared.library.entry("many")
