"""Curation: adding, editing, withdrawing, proposing, undoing, and who may."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.curation import Actor, Curation, Decided, Invalid, NotAllowed, NotVisible, TopicForm
from knowledge.model import AnyRecord, Asserter, Claim, Status, kind_of
from knowledge.records import dump_record, load_records
from knowledge.store import Conflict, Where
from tests.bases.curating import (
    ANNA,
    BOB,
    CARL,
    DORA,
    EVE,
    FORM,
    HERE,
    OWNER,
    THERE,
    KnowledgeBase,
    base,
)
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines


@pytest.fixture
def home(where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(where) as opened:
        yield opened


OLD = ["old", "older"]


def _write(folder: Path, record: AnyRecord) -> None:
    file = folder / f"{kind_of(record)}s" / f"{record.id}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(dump_record(record), "utf-8")


def status(home: KnowledgeBase, key: str) -> Status:
    held = home.store.placed("claim", key, HERE)
    assert held is not None
    assert isinstance(held.record, Claim)
    return held.record.status


async def test_what_is_added_is_seen_at_once_and_here_only(home: KnowledgeBase) -> None:
    made = home.drafted()
    revision = await home.curation.add(ANNA, made)
    assert revision.who == "Anna [1]"
    assert home.shown(HERE) == ["shared", made.id]
    assert home.shown(THERE) == home.shown(None) == ["shared"]
    assert home.workspaces.of(None).library.claim(made.id) is None


async def test_a_base_curating_server_adds_for_everybody(home: KnowledgeBase) -> None:
    made = home.drafted(OWNER)
    assert made.id == "wells-ministry-2024-02"
    await home.curation.add(OWNER, made)
    assert home.shown(THERE) == home.shown(None) == ["shared", made.id]


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (DORA, "Only curators may"),
        (CARL, "Only curators may"),
        (replace(ANNA, workspace=None), "direct messages"),
    ],
)
async def test_who_may_not_add(home: KnowledgeBase, actor: Actor, words: str) -> None:
    before = home.store.revision()
    with pytest.raises(NotAllowed, match=words):
        await home.curation.add(actor, claim("new"))
    with pytest.raises(NotAllowed, match=words):
        await home.curation.take_in(actor, [claim("new")], why="import")
    assert home.store.revision() == before


Doing = Callable[[Curation, Actor, str], Awaitable[object]]
DOINGS: list[Doing] = [
    lambda c, who, key: c.edit(who, claim(key, note="Newer."), seen=5),
    lambda c, who, key: c.retract(who, key, reason="wrong"),
    lambda c, who, key: c.undo(who, c.find(who, "claim", key).revision),
]


@pytest.mark.parametrize("doing", DOINGS)
async def test_no_server_changes_the_shared_base(home: KnowledgeBase, doing: Doing) -> None:
    with pytest.raises(NotAllowed, match="shared base"):
        await doing(home.curation, ANNA, "shared")


@pytest.mark.parametrize("doing", DOINGS)
async def test_nothing_of_another_server_can_be_touched_or_seen(
    home: KnowledgeBase, doing: Doing
) -> None:
    await home.curation.add(ANNA, claim("own"))
    for stranger in (EVE, replace(EVE, workspace=None)):
        with pytest.raises(NotVisible):
            await doing(home.curation, stranger, "own")
        with pytest.raises(NotVisible):
            home.curation.history(stranger, "claim", "own")
        assert all(step.record != "own" for step in home.curation.recent(stranger))


@pytest.mark.parametrize("doing", DOINGS)
async def test_only_curators_change(home: KnowledgeBase, doing: Doing) -> None:
    await home.curation.add(ANNA, claim("own"))
    for actor in (CARL, DORA):
        with pytest.raises(NotAllowed):
            await doing(home.curation, actor, "own")


async def test_the_second_of_two_editors_sees_both_versions(home: KnowledgeBase) -> None:
    seen = (await home.curation.add(ANNA, claim("own"))).number
    await home.curation.edit(ANNA, claim("own", note="Anna's."), seen=seen)
    with pytest.raises(Conflict) as met:
        await home.curation.edit(BOB, claim("own", note="Bob's."), seen=seen)
    assert isinstance(met.value.yours, Claim)
    assert isinstance(met.value.stored, Claim)
    assert (met.value.yours.note, met.value.stored.note) == ("Bob's.", "Anna's.")
    await home.curation.edit(BOB, met.value.yours, seen=met.value.revision)
    assert home.store.claims(["own"], HERE)[0].note == "Bob's."


async def test_an_edit_does_not_change_the_status(home: KnowledgeBase) -> None:
    seen = (await home.curation.propose(CARL, claim("own"))).number
    with pytest.raises(Invalid, match="leaves the status alone"):
        await home.curation.edit(CARL, claim("own", status="active"), seen=seen)


async def test_an_edit_that_changes_nothing_says_so(home: KnowledgeBase) -> None:
    seen = (await home.curation.add(ANNA, claim("own"))).number
    with pytest.raises(Invalid, match="nothing differs"):
        await home.curation.edit(ANNA, claim("own"), seen=seen)


async def test_a_retracted_claim_stays_readable_and_comes_back(home: KnowledgeBase) -> None:
    await home.curation.add(ANNA, claim("own"))
    with pytest.raises(Invalid, match="say why"):
        await home.curation.retract(BOB, "own", reason="  ")
    await home.curation.retract(BOB, "own", reason="misread")
    assert home.shown(HERE) == ["shared"]
    assert home.workspaces.of(HERE).library.claim("own") is not None
    with pytest.raises(Invalid, match="retracted already"):
        await home.curation.retract(BOB, "own", reason="again")
    await home.curation.restore(ANNA, "own")
    assert home.shown(HERE) == ["own", "shared"]
    with pytest.raises(Invalid, match="not retracted"):
        await home.curation.restore(ANNA, "own")


async def test_a_proposal_waits_for_somebody_else(home: KnowledgeBase) -> None:
    seen = (await home.curation.propose(ANNA, claim("own"))).number
    assert home.shown(HERE) == ["shared"]
    [waiting] = home.curation.pending(BOB)
    assert (waiting.claim.id, waiting.by, waiting.revision) == ("own", "Anna", seen)
    assert home.curation.pending(EVE) == []
    with pytest.raises(NotAllowed, match="your own"):
        await home.curation.approve(ANNA, "own", seen=seen)
    with pytest.raises(NotAllowed):
        await home.curation.approve(CARL, "own", seen=seen)
    await home.curation.approve(BOB, "own", seen=seen)
    assert home.shown(HERE) == ["own", "shared"]
    assert home.curation.pending(BOB) == []


async def test_nobody_gets_around_the_review_by_undoing(home: KnowledgeBase) -> None:
    await home.curation.propose(ANNA, claim("own"))
    approved = await home.curation.approve(BOB, "own")
    undone = await home.curation.undo(BOB, approved.number, "too early")
    assert status(home, "own") is Status.PROPOSED
    with pytest.raises(NotAllowed, match="your own"):
        await home.curation.undo(ANNA, undone.number)
    await home.curation.reject(BOB, "own", reason="no")
    await home.curation.restore(ANNA, "own")
    assert status(home, "own") is Status.PROPOSED


async def test_whoever_proposed_may_reword_it_and_nobody_else_without_a_right(
    home: KnowledgeBase,
) -> None:
    seen = (await home.curation.propose(CARL, claim("own"))).number
    await home.curation.edit(CARL, claim("own", note="Better.", status="proposed"), seen=seen)
    other = replace(CARL, id="33")
    with pytest.raises(NotAllowed):
        await home.curation.edit(other, claim("own", status="proposed"), seen=seen + 1)


async def test_of_two_who_decide_at_once_the_second_is_told(home: KnowledgeBase) -> None:
    seen = (await home.curation.propose(CARL, claim("own"))).number
    approved, rejected = await asyncio.gather(
        home.curation.approve(ANNA, "own", seen=seen),
        home.curation.reject(BOB, "own", reason="no", seen=seen),
        return_exceptions=True,
    )
    late: object
    if isinstance(approved, BaseException):
        late, said, stands = approved, "Bob has rejected", Status.RETRACTED
        assert not isinstance(rejected, BaseException)
    else:
        late, said, stands = rejected, "Anna has approved", Status.ACTIVE
    assert isinstance(late, Decided)
    assert str(late) == f"{said} this proposal already."
    assert status(home, "own") is stands
    with pytest.raises(Decided):
        await home.curation.approve(BOB, "own")


async def test_a_proposal_edited_since_is_not_approved_unseen(home: KnowledgeBase) -> None:
    seen = (await home.curation.propose(CARL, claim("own"))).number
    await home.curation.edit(CARL, claim("own", note="Other.", status="proposed"), seen=seen)
    with pytest.raises(Conflict):
        await home.curation.approve(BOB, "own", seen=seen)


async def test_the_history_tells_who_when_why_and_what(home: KnowledgeBase) -> None:
    seen = (await home.curation.add(ANNA, claim("own", "about 3"))).number
    await home.curation.edit(BOB, claim("own", "4"), seen=seen, why="misread a three")
    added, edited = home.curation.history(DORA, "claim", "own")
    assert (added.who, edited.who, edited.why) == ("Anna", "Bob", "misread a three")
    [change] = edited.changes
    assert change.field == "figure"
    assert "about 3" in change.before
    assert "about" not in change.after


async def test_any_revision_can_be_undone_as_a_new_one(home: KnowledgeBase) -> None:
    first = await home.curation.add(ANNA, claim("own"))
    note = await home.curation.edit(ANNA, claim("own", note="One."), seen=first.number)
    later = claim("own", note="One.", assumption="If so.")
    await home.curation.edit(BOB, later, seen=note.number)
    await home.curation.undo(BOB, note.number)
    [now] = home.store.claims(["own"], HERE)
    assert (now.note, now.assumption) == (None, "If so.")
    undone = await home.curation.undo(BOB, first.number)
    assert status(home, "own") is Status.RETRACTED
    await home.curation.undo(ANNA, undone.number)
    assert status(home, "own") is Status.ACTIVE
    assert home.store.verify_history() == []


async def test_undoing_what_was_changed_again_shows_both(home: KnowledgeBase) -> None:
    first = await home.curation.add(ANNA, claim("own"))
    note = await home.curation.edit(ANNA, claim("own", note="One."), seen=first.number)
    await home.curation.edit(BOB, claim("own", note="Two."), seen=note.number)
    with pytest.raises(Conflict) as met:
        await home.curation.undo(ANNA, note.number)
    assert isinstance(met.value.yours, Claim)
    assert met.value.yours.note is None


async def test_the_first_version_of_a_topic_cannot_be_undone(home: KnowledgeBase) -> None:
    added = await home.curation.add(ANNA, topic("dams"))
    with pytest.raises(Invalid, match="there is nothing before it"):
        await home.curation.undo(ANNA, added.number)
    with pytest.raises(NotVisible):
        await home.curation.undo(ANNA, 99)


async def test_what_a_claim_supersedes_is_marked(home: KnowledgeBase) -> None:
    await home.curation.add(ANNA, claim("old"))
    new = claim("new", links=[("supersedes", "claim", "old"), ("supersedes", "claim", "shared")])
    await home.curation.add(ANNA, new)
    assert status(home, "old") is Status.SUPERSEDED
    assert status(home, "shared") is Status.ACTIVE


async def test_what_a_claim_had_superseded_stands_again_without_it(home: KnowledgeBase) -> None:
    await home.curation.add(ANNA, claim("old"))
    first = await home.curation.add(ANNA, claim("new", links=[("supersedes", "claim", "old")]))
    await home.curation.undo(ANNA, first.number)
    assert (status(home, "new"), status(home, "old")) == (Status.RETRACTED, Status.ACTIVE)
    await home.curation.restore(ANNA, "new")
    assert (status(home, "new"), status(home, "old")) == (Status.ACTIVE, Status.SUPERSEDED)
    await home.curation.add(ANNA, claim("newest", links=[("supersedes", "claim", "old")]))
    await home.curation.retract(ANNA, "new", reason="wrong")
    assert status(home, "old") is Status.SUPERSEDED


async def test_an_import_and_a_file_mark_what_they_supersede(
    home: KnowledgeBase, tmp_path: Path
) -> None:
    await home.curation.add(ANNA, claim("old"))
    some = [claim("older"), claim("new", links=[("supersedes", "claim", one) for one in OLD])]
    assert len(home.curation.preview(ANNA, some).added) == 2
    await home.curation.take_in(ANNA, some, why="import")
    assert [status(home, one) for one in OLD] == [Status.SUPERSEDED] * 2
    alone = [one.model_copy(update={"relations": one.relations[1:]}) for one in some]
    others: list[AnyRecord] = [topic(), asserter(), source()]
    for record in [*others, *alone]:
        _write(tmp_path, record)
    loaded = load_records(tmp_path).claims
    assert (loaded["older"].status, loaded["new"].status) == (Status.SUPERSEDED, Status.ACTIVE)


async def test_a_claim_that_does_not_fit_is_refused_with_field_and_reason(
    home: KnowledgeBase,
) -> None:
    wrong = claim("own", links=[("supersedes", "claim", "own")], topic="nowhere")
    with pytest.raises(Invalid) as refused:
        await home.curation.add(ANNA, wrong)
    assert {one.field for one in refused.value.problems} == {"topic", "relations[0].claim"}
    assert home.store.claims(["own"], HERE) == []


async def test_new_topics_and_asserters_are_known_at_once(home: KnowledgeBase) -> None:
    await home.curation.add(ANNA, topic("dams", command="dams"))
    await home.curation.add(ANNA, asserter("board"))
    here, there = home.workspaces.of(HERE), home.workspaces.of(THERE)
    assert here.lookup.topic("dams").id == "dams"
    assert [one.id for one in here.lookup.complete_asserters("boa")] == ["board"]
    assert [line.id for line in there.contents().topics] == ["wells"]
    assert there.lookup.complete_asserters("boa") == []
    await home.curation.add(OWNER, topic("locks"))
    assert here.lookup.topic("locks").id == there.lookup.topic("locks").id == "locks"


async def test_an_import_is_all_or_nothing(home: KnowledgeBase) -> None:
    good = [claim(f"c{number}") for number in range(30)]
    before = home.store.revision()
    with pytest.raises(Invalid) as refused:
        await home.curation.take_in(ANNA, [*good, claim("bad", topic="nowhere")], why="import")
    assert [str(one) for one in refused.value.problems] == ["bad: topic: there is no topic nowhere"]
    assert home.store.revision() == before
    steps: list[tuple[int, int]] = []
    count = await home.curation.take_in(
        ANNA, good, why="import", progress=lambda *done: steps.append(done)
    )
    assert (count, steps[-1]) == (30, (30, 30))
    assert len(home.shown(HERE)) == 31
    assert home.shown(THERE) == ["shared"]
    plan = home.curation.preview(ANNA, [*good, claim("one-more")])
    assert (len(plan.added), len(plan.same)) == (1, 30)


async def test_near_duplicates_are_found_before_saving(home: KnowledgeBase) -> None:
    await home.curation.add(ANNA, home.drafted())
    again = replace(FORM, statement="In the delta, thousands of wells were dug.")
    draft = home.curation.draft_claim(BOB, again)
    assert [one.same for one in draft.similar] == [("asserter", "figure", "asserted_on")]
    assert home.curation.draft_claim(EVE, again).similar == ()


async def test_who_tells_the_listeners_what_changed(home: KnowledgeBase) -> None:
    heard: list[tuple[int, str]] = []
    home.writer.on_change(lambda some: heard.extend((one.number, one.id) for one in some))
    revision = await home.curation.add(ANNA, asserter("board"))
    assert heard == [(revision.number, "board")]
    assert isinstance(home.store.asserters(HERE)[0], Asserter)


def indexed(home: KnowledgeBase) -> set[str]:
    """Return the claims that a question may be matched to here."""
    return {hit.id for hit in home.workspaces.of(HERE).ranks.rank("Statement of a claim")}


async def test_a_topic_is_retired_by_those_who_may_and_comes_back(home: KnowledgeBase) -> None:
    await home.curation.add(ANNA, topic("dams"))
    await home.curation.add(ANNA, claim("high", "about 70", topic="dams"))
    for actor, refusal in ((CARL, NotAllowed), (DORA, NotAllowed), (EVE, NotVisible)):
        with pytest.raises(refusal):
            await home.curation.retire(actor, "dams", reason="moved")
    with pytest.raises(NotAllowed, match="cannot be retired from here"):
        await home.curation.retire(ANNA, "wells", reason="moved")
    with pytest.raises(Invalid, match="say why"):
        await home.curation.retire(ANNA, "dams", reason=" ")
    revision = await home.curation.retire(ANNA, "dams", reason="moved")
    assert "dams" not in home.workspaces.of(HERE).library.topics
    assert indexed(home) == {"shared"}
    with pytest.raises(Invalid, match="retired already"):
        await home.curation.retire(ANNA, "dams", reason="again")
    await home.curation.undo(BOB, revision.number)
    assert "dams" in home.workspaces.of(HERE).library.topics
    await home.curation.add(ANNA, claim("mine", "about 9 million"))
    assert indexed(home) == {"high", "mine", "shared"}
    last = await home.curation.retire(OWNER, "wells", reason="moved")
    assert "wells" not in home.workspaces.of(THERE).library.topics
    assert indexed(home) == {"high"}
    assert home.workspaces.of(HERE).source("mine").claim == "mine"
    await home.curation.undo(OWNER, last.number)
    assert indexed(home) == {"high", "mine", "shared"}
    assert home.store.verify_history() == []


async def test_a_claim_that_names_a_retired_topic_can_still_be_corrected(
    home: KnowledgeBase,
) -> None:
    await home.curation.add(ANNA, topic("dams"))
    denial = claim("denial", links=[("denies", "topic", "dams")])
    await home.curation.add(ANNA, denial)
    await home.curation.retire(ANNA, "dams", reason="moved")
    form = replace(FORM, statement="Nobody dug any.", figure="", source="gazette")
    draft = home.curation.draft_claim(ANNA, form, denial)
    assert draft.problems == ()
    assert isinstance(draft.record, Claim)
    assert draft.record.relations == denial.relations
    again = home.curation.draft_topic(ANNA, TopicForm(title="Dams", unit="dams", description="All"))
    assert again.record is not None
    assert again.record.id != "dams"
