"""Examples: questions that a team keeps as meaning a topic, as data and in the answers."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation import Invalid, NotAllowed
from knowledge.interchange import FORMS, OWN_FILE, export, read, read_folder
from knowledge.model import Example, Status
from knowledge.records import RecordErrors, Records, dump_record, load_records
from knowledge.store import Refused, Where, open_store
from knowledge.workspaces import Workspaces
from tests.bases.curating import ANNA, CARL, EVE, HERE, OWNER, THERE, TODAY, KnowledgeBase, base
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic
from tests.properties import examples

pytestmark = on_both_engines

ODD = "so what did they sink in the sand"
"""A question that no word of the records gives away."""


@pytest.fixture
def wells(where: Where) -> Iterator[KnowledgeBase]:
    with base(where) as found:
        found.writer.write_now(
            lambda change: change.put_all(
                [topic("bridges"), claim("span", "about 40", topic="bridges")]
            ),
            who="test",
            why="more",
        )
        yield found


def keep(found: KnowledgeBase, question: str = ODD, of: str = "wells") -> str:
    revision = asyncio.run(found.curation.examples.keep(ANNA, of, question))
    return revision.record


def topic_of(found: KnowledgeBase, place: str | None, question: str) -> str | None:
    answer = found.workspaces.of(place).ask(question, TODAY)
    return answer.topic if answer.kind != "no_match" else None


def test_an_example_is_answered_at_once_and_in_its_server_alone(wells: KnowledgeBase) -> None:
    assert topic_of(wells, HERE, ODD) is None
    keep(wells)
    for typed in (ODD, ODD.upper() + "??", f"hey, {ODD} since 2024 lol"):
        assert topic_of(wells, HERE, typed) == "wells", typed
    for place in (THERE, None):
        assert topic_of(wells, place, ODD) is None


@pytest.mark.parametrize("question", [f"{ODD} before 1950", "what does Norway say they sank"])
def test_an_example_is_answered_whatever_it_says_of_dates_and_speakers(
    wells: KnowledgeBase, question: str
) -> None:
    keep(wells, question)
    assert topic_of(wells, HERE, question) == "wells"


def test_an_example_of_the_shared_base_is_answered_everywhere(wells: KnowledgeBase) -> None:
    keep(wells, "how many bridges", "bridges")
    asyncio.run(wells.curation.examples.keep(OWNER, "wells", ODD))
    assert {topic_of(wells, place, ODD) for place in (HERE, THERE, None)} == {"wells"}
    with closing(Workspaces(wells.store)) as anew:
        assert anew.of(HERE).ask(ODD, TODAY).topic == "wells"


def test_an_example_taken_back_is_answered_no_more_and_may_come_again(
    wells: KnowledgeBase,
) -> None:
    key = keep(wells)
    step = wells.curation.history(ANNA, "example", key)[-1]
    asyncio.run(wells.curation.undo(ANNA, step.number))
    assert topic_of(wells, HERE, ODD) is None
    assert wells.curation.examples.of(ANNA) == []
    assert keep(wells) == key
    assert topic_of(wells, HERE, ODD) == "wells"
    removed = asyncio.run(wells.curation.examples.remove(ANNA, key))
    assert topic_of(wells, HERE, ODD) is None
    asyncio.run(wells.curation.undo(ANNA, removed.number))
    assert topic_of(wells, HERE, ODD) == "wells"
    assert wells.store.verify_history() == []


def test_what_an_example_does_not_name_is_answered_as_without_it(wells: KnowledgeBase) -> None:
    strange = [
        "how many wells were dug in Norway",
        "so what did they sink in the sand in Norway",
        "so what tunnels did they sink in the sand",
        "what did Toyota sink in the sand",
        "how many measles cases",
    ]
    before = [wells.workspaces.of(HERE).ask(one, TODAY).topic for one in strange]
    keep(wells)
    assert [wells.workspaces.of(HERE).ask(one, TODAY).topic for one in strange] == before


def test_the_name_of_another_topic_keeps_its_meaning(wells: KnowledgeBase) -> None:
    keep(wells, "bridges", "wells")
    assert topic_of(wells, HERE, "bridges") == "bridges"


def test_one_question_means_one_topic(wells: KnowledgeBase) -> None:
    key = keep(wells)
    with pytest.raises(Invalid, match=f"example already: {key}"):
        keep(wells, f"{ODD.title()}?", "bridges")
    with pytest.raises(Invalid, match="no topic tunnels"):
        keep(wells, "how long is the tunnel", "tunnels")


@pytest.mark.parametrize(
    ("question", "reason"),
    [("", "is empty"), ("?!", "no word"), ("a" * 301, "longer than 300"), ("\u200b", "empty")],
)
def test_what_is_no_question_is_refused(wells: KnowledgeBase, question: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        keep(wells, question)


def test_an_example_is_kept_clean_and_only_by_curators(wells: KnowledgeBase) -> None:
    key = keep(wells, "  what\x07 was\n sunk \x1b in the sand ")
    (kept,) = wells.curation.examples.of(ANNA)
    assert (kept.id, kept.question) == (key, "what was sunk in the sand")
    for actor in (CARL, EVE):
        with pytest.raises(NotAllowed if actor is CARL else Exception):
            asyncio.run(wells.curation.examples.remove(actor, key))
    with pytest.raises(NotAllowed):
        asyncio.run(wells.curation.examples.keep(CARL, "wells", "another one"))


def test_there_is_an_end_to_the_examples_of_a_server(where: Where) -> None:
    many = [
        Example(id=f"e-{number}", topic="wells", question=f"question {number}")
        for number in range(2_001)
    ]
    with closing(open_store(where, wait=0.2)) as store:
        with store.change("test", "shared") as change:
            change.put_all([topic(), asserter(), source()])
        with pytest.raises(Refused, match="there may be 2,000 examples"):  # noqa: SIM117
            with store.change("test", "many", HERE) as change:
                change.put_all(many)


def test_shipped_examples_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    sunk = Example(id="sunk", topic="wells", question=ODD)
    for record in (topic(), asserter(), source(), claim("one", "about 3 million"), sunk):
        folder = tmp_path / f"{type(record).__name__.lower()}s"
        folder.mkdir(exist_ok=True)
        (folder / f"{record.id}.yaml").write_text(dump_record(record), "utf-8")
    loaded = load_records(tmp_path, today=TODAY)
    assert loaded.examples["sunk"].question == ODD
    again = Example(id="sunk-again", topic="wells", question=f"{ODD}?")
    (tmp_path / "examples" / "sunk-again.yaml").write_text(dump_record(again), "utf-8")
    with pytest.raises(RecordErrors, match="this question is an example already: sunk"):
        load_records(tmp_path, today=TODAY)


def test_a_team_s_own_folder_may_hold_examples_and_each_question_once(tmp_path: Path) -> None:
    sunk = Example(id="sunk", topic="wells", question=ODD)
    written = [f"--- # topic\n{dump_record(topic())}", f"--- # example\n{dump_record(sunk)}"]
    (tmp_path / "records.yaml").write_text("".join(written), "utf-8")
    assert read_folder(tmp_path).examples == {"sunk": sunk}
    again = sunk.model_copy(update={"id": "again"})
    (tmp_path / "more.yaml").write_text(f"--- # example\n{dump_record(again)}", "utf-8")
    with pytest.raises(RecordErrors, match="is an example already"):
        read_folder(tmp_path)


def test_an_example_that_ships_no_more_is_retracted_and_stays_so(where: Where) -> None:
    sunk = Example(id="sunk", topic="wells", question=ODD)
    shipped = Records({"wells": topic()}, {}, {}, {}, {"sunk": sunk})
    without = Records({"wells": topic()}, {}, {}, {})
    with closing(open_store(where, wait=0.2)) as store:
        store.take_up(shipped)
        for records in (without, without, replace(without, topics={})):
            store.take_up(records)
            (kept,) = store.examples()
            assert kept.status is Status.RETRACTED
        store.take_up(shipped)
        assert store.examples() == [sunk]


@pytest.mark.parametrize("form", FORMS)
def test_examples_travel_in_every_form(wells: KnowledgeBase, form: str) -> None:
    keep(wells, "=1+1; how many, \"exactly\"\tdid they sink: 'a' or b?")
    keep(wells, "скільки криниць викопали")
    kept = list(wells.store.all_records(HERE))
    text = "".join(export(kept, form))
    draft = read(text.encode(), f"kept.{form}", form, limits=OWN_FILE)
    assert not draft.problems
    assert [(one.kind, one.record) for one in draft.entries] == kept
    assert "".join(export([(one.kind, one.record) for one in draft.entries], form)) == text


questions = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=320)


@examples(60)
@given(question=questions, asked=questions)
def test_any_question_is_kept_or_refused_and_nothing_else_breaks(
    shared: KnowledgeBase, question: str, asked: str
) -> None:
    try:
        key = keep(shared, question)
    except Invalid:
        return
    try:
        (kept,) = [one for one in shared.curation.examples.of(ANNA) if one.id == key]
        assert kept.status is Status.ACTIVE
        matcher = shared.workspaces.of(HERE)
        fits = matcher.fits(kept.question, date(2026, 3, 10))
        named = {word for word in kept.question.casefold().split() if word in {"wells", "bridges"}}
        assert named or fits[0].topic == "wells"
        matcher.fits(asked, date(2026, 3, 10))
    finally:
        asyncio.run(shared.curation.examples.remove(ANNA, key))


@pytest.fixture(scope="module")
def shared(shared_where: Where) -> Iterator[KnowledgeBase]:
    with base(shared_where) as found:
        yield found


def test_examples_of_one_server_change_no_answer_of_another(wells: KnowledgeBase) -> None:
    asked = ["wells", "how many wells in total", "bridges in Egypt", ODD, "what did they sink"]
    before = [wells.workspaces.of(THERE).ask(one, TODAY) for one in asked]
    for number in range(20):
        keep(wells, f"{ODD} number {number}", ("wells", "bridges")[number % 2])
    assert [wells.workspaces.of(THERE).ask(one, TODAY) for one in asked] == before
