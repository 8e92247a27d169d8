"""Several processes on one base: they answer alike, and what is to happen once happens once."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.following import follow
from knowledge.answers import Watching, snapshot
from knowledge.base import KnowledgeBase, opened
from knowledge.curation import Actor, Decided
from knowledge.matching.retrieval import Encoder, Understanding
from knowledge.matching.retrieval.vectors import digest_of
from knowledge.model import AnyRecord, Status
from knowledge.servers import ErrorReport, ReportState, ServerSettings, Settled
from knowledge.store import Conflict, Watch, Where
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic
from tests.conftest import TODAY
from tests.encoding.test_meaning import Letters, Served

pytestmark = on_both_engines

HERE, PATIENCE = "111", 30.0
ANNA = Actor("Anna", "1", HERE, can_curate=True, can_propose=True)
CARL = Actor("Carl", "3", HERE, can_propose=True)
BOB = Actor("Bob", "2", HERE, can_curate=True, can_propose=True)


@pytest.fixture
def one(where: Where) -> Iterator[KnowledgeBase]:
    with opened(where) as base:
        save(base, topic(), asserter(), source(), claim("first", "about 10"))
        yield base


@pytest.fixture
def other(one: KnowledgeBase, where: Where) -> Iterator[KnowledgeBase]:
    """Open the same base as another process does."""
    with opened(where) as base:
        assert base.store.database_id == one.store.database_id
        yield base


def save(base: KnowledgeBase, *records: AnyRecord, workspace: str | None = None) -> None:
    base.writer.write_now(
        lambda change: change.put_all(records), who="t", why="t", workspace=workspace
    )


async def until(found: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not found():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


# ------------------------------------------------------------------ what is seen


async def test_a_change_is_in_the_answers_of_the_others(
    one: KnowledgeBase, other: KnowledgeBase
) -> None:
    following = asyncio.create_task(follow(other))
    shared, own = claim("second", "about 30"), claim("third", "about 40")
    await one.writer.write(lambda change: change.put(shared), who="a", why="b")
    await until(lambda: other.workspaces.shared.library.find("second"))
    await one.writer.write(lambda change: change.put(own), who="a", why="b", workspace=HERE)
    await until(lambda: other.workspaces.of(HERE).library.find("third"))
    assert "about 30" in str(other.workspaces.shared.figures("wells"))
    assert other.workspaces.shared.library.find("third") is None
    following.cancel()


async def test_what_a_server_sets_holds_in_the_others(
    one: KnowledgeBase, other: KnowledgeBase
) -> None:
    following = asyncio.create_task(follow(other))
    for language in ("de", "ko"):
        there = ServerSettings(language=language)
        one.settings.change(HERE, "Ann [1]", partial(_instead, there))
        await until(partial(_holds, other, there))
    following.cancel()


def _instead(wanted: ServerSettings, _: ServerSettings) -> ServerSettings:
    return wanted


def _holds(base: KnowledgeBase, wanted: ServerSettings) -> bool:
    return base.settings.of(HERE) == wanted


async def test_what_was_missed_is_seen_without_being_heard(
    one: KnowledgeBase, other: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(_: float) -> frozenset[object]:
        return frozenset()

    monkeypatch.setattr("bot.following.LOOK_SECONDS", 0.05)
    monkeypatch.setattr(other.store, "wait_for_news", deaf)
    following = asyncio.create_task(follow(other))
    await one.writer.write(lambda change: change.put(claim("second")), who="a", why="b")
    await until(lambda: other.workspaces.shared.library.find("second"))
    following.cancel()


# ------------------------------------------------------------------ what is written


async def test_two_curators_meet_the_same_conflict_as_in_one(
    one: KnowledgeBase, other: KnowledgeBase
) -> None:
    seen = (await one.curation.add(ANNA, claim("mine", "about 20"))).number
    await other.writer.catch_up()
    by_anna, by_bob = (claim("mine", "about 20", note=f"By {who}.") for who in ("Anna", "Bob"))
    await one.curation.edit(ANNA, by_anna, seen=seen)
    with pytest.raises(Conflict) as caught:
        await other.curation.edit(BOB, by_bob, seen=seen)
    assert caught.value.stored == by_anna
    assert own(other, "mine") == by_anna
    assert one.store.verify_history() == []


async def test_of_two_who_decide_on_a_proposal_the_second_is_told(
    one: KnowledgeBase, other: KnowledgeBase
) -> None:
    seen = (await one.curation.propose(CARL, claim("mine"))).number
    await other.writer.catch_up()
    done = await asyncio.gather(
        one.curation.approve(ANNA, "mine", seen=seen),
        other.curation.reject(BOB, "mine", reason="no", seen=seen),
        return_exceptions=True,
    )
    (late,) = [each for each in done if isinstance(each, BaseException)]
    assert isinstance(late, Decided)
    assert "this proposal already" in str(late)


async def test_a_proposal_is_shown_as_it_stands_whoever_has_changed_it(
    one: KnowledgeBase, other: KnowledgeBase
) -> None:
    await one.curation.propose(CARL, claim("mine"))
    await other.writer.catch_up()
    changed = claim("mine", note="Another.", status=Status.PROPOSED)
    save(one, changed, workspace=HERE)
    (shown,) = other.curation.pending(ANNA)
    assert shown.claim == changed
    await other.curation.approve(ANNA, "mine", seen=shown.revision)


def own(base: KnowledgeBase, key: str) -> AnyRecord | None:
    found = base.store.placed("claim", key, HERE)
    return found.record if found else None


def test_all_write_at_once_and_the_history_is_one(one: KnowledgeBase, other: KnowledgeBase) -> None:
    def write(number: int) -> None:
        base = (one, other)[number % 2]
        save(base, claim(f"c{number}"), workspace=HERE if number % 3 else None)

    with ThreadPoolExecutor(4) as many:
        list(many.map(write, range(24)))
    asyncio.run(one.writer.catch_up())
    asyncio.run(other.writer.catch_up())
    assert one.store.verify_history() == []
    for place in (None, HERE):
        known = [each.workspaces.of(place).library.own.ids() for each in (one, other)]
        assert known[0] == known[1]


def test_several_that_start_together_take_the_records_up_once(where: Where) -> None:
    def start(_: int) -> tuple[int, KnowledgeBase]:
        base = held.enter_context(opened(where))
        return len(base.report.added), base

    with ExitStack() as held:
        with ThreadPoolExecutor(3) as many:
            begun = list(many.map(start, range(3)))
        added = sorted(count for count, _ in begun)
        assert added[:2] == [0, 0]
        assert added[2] > 0
        stores = [base.store for _, base in begun]
        assert {store.revision() for store in stores} == {added[2]}
        assert stores[0].verify_history() == []


# ------------------------------------------------------------------ what happens once


def test_news_are_told_by_one_of_many(one: KnowledgeBase, other: KnowledgeBase) -> None:
    library = one.workspaces.shared.library
    told = snapshot(library, "wells").model_dump_json()
    for channel in range(8):
        one.store.watches.add(Watch(0, 1, channel, "wells", told, library.revision), 25)
    save(one, claim("second", "about 30", on="2024-02-15"))
    asyncio.run(other.writer.catch_up())
    now = datetime.now(UTC)

    def tell(base: KnowledgeBase) -> list[int]:
        watching = Watching(base.store.watches, lambda _: base.workspaces.shared.library)
        begun = [(each, watching.begin(each, now)) for each in watching.due(now)[0]]
        mine = [(each, nonce) for each, nonce in begun if nonce is not None]
        for notice, nonce in mine:
            watching.done(notice, nonce)
        return [notice.watch.channel for notice, _ in mine]

    with ThreadPoolExecutor(6) as many:
        channels = [each for some in many.map(tell, [one, other] * 3) for each in some]
    assert sorted(channels) == list(range(8))
    assert Watching(other.store.watches, lambda _: library).due(now) == ([], False)


def test_vectors_are_made_by_one_of_many(one: KnowledgeBase, other: KnowledgeBase) -> None:
    encoders, served = (Letters(), Letters()), (Served(), Served())
    making = [
        Understanding(base.store, base.workspaces.passages, serve, partial(_same, encoder))
        for base, encoder, serve in zip((one, other), encoders, served, strict=True)
    ]
    for each in making:
        each.start()
    found = [len(each.meanings().of(None)) for each in served]
    for each in making:
        each.stop()
    passages = {digest_of(each): each for _, each in one.workspaces.passages()}.values()
    texts = [text for each in passages for text in (each.text, each.title) if text]
    assert found[0] == found[1] == one.store.size()
    assert sorted(encoders[0].read + encoders[1].read) == sorted(texts)
    assert one.store.turns.hold("vectors", "somebody else", 1.0)


def _same(encoder: Letters) -> Encoder:
    return encoder


def test_questions_asked_in_vain_are_counted_over_all(
    one: KnowledgeBase, other: KnowledgeBase
) -> None:
    def ask(number: int) -> None:
        (one, other)[number % 2].unanswered.note(1, "who repaired the lamp", TODAY)

    with ThreadPoolExecutor(4) as many:
        list(many.map(ask, range(20)))
    for base in (one, other):
        (group,) = base.unanswered.groups(1, TODAY)
        assert group.times == 20


def test_a_report_is_decided_once(one: KnowledgeBase, other: KnowledgeBase) -> None:
    filed = one.reports.file(HERE, "Ulf [3]", report())
    (seen,) = other.reports.waiting(HERE)
    settled = one.reports.decide(filed, "Ann [1]", "Ann", ReportState.MENDED, "Thank you")
    with pytest.raises(Settled) as late:
        other.reports.decide(seen, "Bob [2]", "Bob", ReportState.NO_ERROR, "It says so")
    assert late.value.filed.report == settled.report
    assert other.reports.waiting(HERE) == []


def report() -> ErrorReport:
    return ErrorReport(person="3", name="Ulf", locale="en-GB", at=datetime.now(UTC), wrong="Two.")
