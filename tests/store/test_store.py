"""The store: first and later starts, changes, and what a person's change is safe from."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from knowledge.model import (
    AnyRecord,
    Asserter,
    Citation,
    Claim,
    Edtf,
    Figure,
    Link,
    LinkKind,
    Measure,
    Relation,
    Source,
    Status,
    Topic,
    is_retired,
)
from knowledge.records import Records
from knowledge.store import CURATED, Conflict, Named, Refused, Report, Store, Where, open_store
from tests.bases.engines import on_both_engines
from tests.bases.valley import VALLEY

pytestmark = on_both_engines

TOPIC = Topic(
    id="shells", title="Shells", unit="shells", measure=Measure.CUMULATIVE, description="Sent"
)
DIA = Asserter(id="dia", organisation="DIA", aliases=("the agency", "국방정보본부"))
PAPER = Source.model_validate(
    {"id": "paper", "publisher": "Paper", "title": "A title", "published_on": "2024-02"}
)


def claim(name: str, low: float = 3, **fields: object) -> Claim:
    figure = Figure(low=low, high=low, relation=Relation.ABOUT, as_worded="about three")
    citation = Citation(
        source="paper", via=("A", "B"), paragraph=4, fingerprint="sha256:" + "0" * 64
    )
    given: dict[str, object] = {
        "id": name,
        "topic": "shells",
        "asserter": "dia",
        "statement": "Some were sent.",
        "figure": figure,
        "asserted_on": "2024-02-23",
        "origin": "report",
        "citations": (citation,),
    }
    return Claim.model_validate(given | fields)


def records(*claims: Claim, topic: Topic = TOPIC) -> Records:
    return Records(
        topics={topic.id: topic},
        asserters={DIA.id: DIA},
        sources={PAPER.id: PAPER},
        claims={claim.id: claim for claim in claims},
    )


def save(store: Store, *changed: AnyRecord) -> None:
    with store.change("anna", "read it again") as change:
        for record in changed:
            change.put(record)


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database with two claims."""
    opened = open_store(where)
    opened.take_up(records(claim("one"), claim("two", 5)))
    yield opened
    opened.close()


def test_first_start_builds_from_the_shipped_records(where: Where) -> None:
    store = open_store(where)
    report = store.take_up(VALLEY)
    assert len(report.added) == sum(1 for _ in VALLEY.each()) == store.revision()
    assert report == Report(added=report.added)
    assert list(store.all_records()) == [
        (kind, record)
        for kind, record in sorted(
            VALLEY.each(),
            key=lambda named: (
                ["topic", "asserter", "source", "claim"].index(named[0]),
                named[1].id,
            ),
        )
    ]
    assert {revision.who for revision in store.history()} == {CURATED}
    assert store.verify_history() == []
    store.close()


def test_second_start_changes_nothing(where: Where) -> None:
    store = open_store(where)
    store.take_up(VALLEY)
    before, identity = store.revision(), store.database_id
    store.close()
    store = open_store(where)
    assert store.take_up(VALLEY) == Report()
    assert not store.take_up(VALLEY)
    assert store.revision() == before
    assert store.database_id == identity
    store.close()


def test_later_start_takes_up_what_changed(store: Store) -> None:
    report = store.take_up(records(claim("one", 4), claim("two", 5), claim("three")))
    assert report == Report(added=(Named("claim", "three"),), changed=(Named("claim", "one"),))
    assert [found.figure and found.figure.low for found in store.claims(["one", "two"])] == [4, 5]


def test_a_persons_change_is_kept_and_the_conflict_reported(store: Store) -> None:
    save(store, claim("one", 7))
    report = store.take_up(records(claim("one", 4, note="New."), claim("two", 5)))
    assert report.changed == ()
    assert [str(conflict) for conflict in report.conflicts] == [
        "claim one was changed here and stays; that of the records differs in figure, note"
    ]
    assert store.claims(["one"]) == [claim("one", 7)]
    assert store.take_up(records(claim("one", 4, note="New."), claim("two", 5))) == report


def test_a_persons_change_is_kept_quietly_while_the_shipped_one_stays(store: Store) -> None:
    save(store, claim("one", 7))
    assert store.take_up(records(claim("one"), claim("two", 5))) == Report()
    assert store.claims(["one"]) == [claim("one", 7)]


def test_a_conflict_ends_when_both_agree(store: Store) -> None:
    save(store, claim("one", 7))
    assert store.take_up(records(claim("one", 7), claim("two", 5))) == Report()
    newer = store.take_up(records(claim("one", 8), claim("two", 5)))
    assert newer == Report(changed=(Named("claim", "one"),))


def test_a_persons_record_of_the_same_id_is_kept(store: Store) -> None:
    save(store, claim("three", 9))
    report = store.take_up(records(claim("one"), claim("two", 5), claim("three")))
    assert [conflict.record for conflict in report.conflicts] == [Named("claim", "three")]
    assert store.claims(["three"]) == [claim("three", 9)]


def test_what_has_left_is_retracted_or_retired(store: Store) -> None:
    other = TOPIC.model_copy(update={"id": "other"})
    fewer = replace(records(), topics={"other": other})
    report = store.take_up(fewer)
    assert report.retracted == (Named("claim", "one"), Named("claim", "two"))
    assert report.retired == (Named("topic", "shells"),)
    assert [found.status for found in store.claims(["one", "two"])] == [Status.RETRACTED] * 2
    assert [one.id for one in store.topics() if is_retired(one)] == ["shells"]
    assert store.take_up(fewer) == Report()
    assert store.verify_history() == []


def test_everything_may_leave_and_come_back(store: Store) -> None:
    whole = records(claim("one"), claim("two", 5))
    before = list(store.all_records())
    gone = store.take_up(Records({}, {}, {}, {}), "no records are taken up")
    assert len(gone.retracted) == 2
    assert {str(one) for one in gone.retired} == {"topic shells", "asserter dia", "source paper"}
    assert store.revisions("topic", "shells")[-1].why == "no records are taken up"
    back = store.take_up(whole)
    assert len(back.changed) == 5
    assert list(store.all_records()) == before
    assert store.verify_history() == []


def test_what_claims_of_people_rest_on_stays_in_use(store: Store) -> None:
    mine = claim("mine", 9)
    save(store, mine, claim("withdrawn", 9, status=Status.RETRACTED, topic="shells"))
    report = store.take_up(Records({}, {}, {}, {}))
    assert {str(one) for one in report.left} == {"topic shells", "asserter dia", "source paper"}
    assert report.retired == ()
    assert store.topics() == [TOPIC]
    assert store.claims(["mine"]) == [mine]
    assert any("still in use" in line and "topic shells" in line for line in report)
    assert store.take_up(Records({}, {}, {}, {})) == Report()


def test_what_stayed_in_use_retires_when_nothing_rests_on_it_any_more(store: Store) -> None:
    save(store, claim("mine", 9))
    other = TOPIC.model_copy(update={"id": "other"})
    store.take_up(Records({other.id: other}, {}, {}, {}))
    save(store, claim("mine", 9, status=Status.RETRACTED))
    report = store.take_up(Records({}, {}, {}, {}))
    assert {str(one) for one in report.retired} == {
        "topic other",
        "topic shells",
        "asserter dia",
        "source paper",
    }
    assert store.verify_history() == []


def test_a_workspace_keeps_what_its_claims_rest_on_as_its_own(store: Store) -> None:
    mine = claim("mine", 9)
    with store.change("anna", "added", "111") as change:
        change.put(mine)
    report = store.take_up(Records({}, {}, {}, {}))
    assert [(one.workspace, one.topics, one.records) for one in report.handed_over] == [
        ("111", ("shells",), 3)
    ]
    assert any("Server 111 keeps 3 records" in line for line in report)
    assert all(map(is_retired, store.topics()))
    assert store.topics("111") == [TOPIC]
    with store.change("anna", "typed it wrongly", "111") as change:
        change.put(mine.model_copy(update={"note": "Read again."}))
    assert store.verify_history() == []
    again = store.take_up(records(claim("one"), claim("two", 5)))
    assert again.handed_over == ()
    assert store.topics("111") == store.topics() == [TOPIC]


def test_a_topic_that_left_gives_its_command_and_its_id_free(store: Store) -> None:
    other = TOPIC.model_copy(update={"id": "other", "command": "shells"})
    named = TOPIC.model_copy(update={"command": "shells"})
    store.take_up(records(topic=named))
    assert not store.take_up(records(topic=other)).refused
    with store.change("anna", "added", "111") as change:
        change.put(TOPIC.model_copy(update={"title": "Sea shells"}))
    assert store.topics("111")[0].title == "Sea shells"


def test_what_is_shipped_again_is_taken_up_again(store: Store) -> None:
    store.take_up(records())
    report = store.take_up(records(claim("one"), claim("two", 6)))
    assert report.changed == (Named("claim", "one"), Named("claim", "two"))
    assert store.claims(["two"]) == [claim("two", 6)]


def test_a_persons_claim_stays_when_it_is_no_longer_shipped(store: Store) -> None:
    save(store, claim("one", 7))
    report = store.take_up(records(claim("two", 5)))
    assert [str(kept) for kept in report.conflicts] == [
        "claim one has left the records; it was changed here and stays"
    ]
    assert store.claims(["one"]) == [claim("one", 7)]


def test_taking_up_is_all_or_nothing(store: Store) -> None:
    before = store.revision()
    report = store.take_up(records(claim("one", 4), claim("three", topic="nowhere")))
    assert [str(one) for one in report.refused] == ["three: topic: there is no topic nowhere"]
    assert "none is taken up: three: topic" in next(iter(report))
    assert store.revision() == before
    assert store.claims(["one", "three"]) == [claim("one")]


def test_claims_come_in_the_order_asked_for(store: Store) -> None:
    assert [found.id for found in store.claims(["two", "none", "one", "two"])] == [
        "two",
        "one",
        "two",
    ]


def test_every_kind_of_field_survives(store: Store) -> None:
    full = claim(
        "full",
        figure={"low": 0.5, "high": None, "relation": "more-than", "as_worded": "over half"},
        period="2023-08/..",
        assumption="If all were 122 mm.",
        status="superseded",
        note="Кілька слів: 한국어 'and' \"quotes\"\nin two lines",
        relations=(
            Link(kind=LinkKind.RETELLS, claim="one"),
            Link(kind=LinkKind.DENIES, topic="shells"),
        ),
    )
    vague = claim("vague", figure={"as_worded": "several million"})
    wordless = claim("wordless", figure=None)
    save(store, full, vague, wordless)
    assert store.claims(["full", "vague", "wordless"]) == [full, vague, wordless]
    assert [found.id for found in store.all_claims()] == ["full", "one", "two", "vague", "wordless"]
    assert store.topics() == [TOPIC]
    assert store.asserters() == [DIA]
    assert store.sources() == [PAPER]


def test_what_narrows_a_figure_is_part_of_a_sound_history(store: Store) -> None:
    narrowed = claim(
        "narrowed",
        figure={
            "low": 1,
            "high": 3,
            "value": 2.5,
            "interval": "95%",
            "relation": "about",
            "unit": "rounds",
            "as_worded": "about 2.5",
        },
        qualifiers={"group": "sappers"},
        modality="forecast",
        rating="Mostly false",
    )
    save(store, TOPIC.model_copy(update={"dimensions": ("group",)}), narrowed)
    assert store.claims(["narrowed"]) == [narrowed]
    assert store.verify_history() == []


def test_a_change_is_recorded_with_who_why_before_and_after(store: Store) -> None:
    with store.change("anna", "read it again") as change:
        written = change.put(claim("one", 7))
    created, changed = store.revisions("claim", "one")
    assert changed == written
    assert (changed.who, changed.why, changed.kind) == ("anna", "read it again", "claim")
    assert changed.before == created.after
    assert changed.after != created.after
    assert changed.number == store.revision()
    assert list(store.history(after=changed.number - 1)) == [changed]


def test_putting_what_stands_already_records_nothing(store: Store) -> None:
    before = store.revision()
    with store.change("anna", "no news") as change:
        assert change.put(claim("one")) is None
    assert store.revision() == before


def test_claims_of_one_change_may_refer_to_each_other_in_any_order(store: Store) -> None:
    save(
        store,
        claim("c", relations=(Link(kind=LinkKind.RETELLS, claim="d"),)),
        claim("d", relations=(Link(kind=LinkKind.SUPPORTS, claim="c"),)),
    )
    assert [found.id for found in store.claims(["c", "d"])] == ["c", "d"]


def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    before = store.revision()

    def fail() -> None:
        with store.change("anna", "half") as change:
            change.put(claim("three"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert store.revision() == before
    assert store.claims(["three"]) == []
    assert store.verify_history() == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"topic": "none"}, "three: topic: there is no topic none"),
        ({"asserter": "none"}, "three: asserter: there is no asserter none"),
        (
            {"asserted_on": Edtf.parse("2999")},
            "three: asserted_on: 2999 lies in the future",
        ),
        (
            {"relations": (Link(kind=LinkKind.SUPERSEDES, claim="three"),)},
            "three: relations[0].claim: the claim supersedes itself",
        ),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    store: Store, wrong: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        save(store, claim("three").model_copy(update=wrong))
    assert str(refused.value).startswith(reason)
    assert store.claims(["three"]) == []


def test_a_circle_through_the_database_is_refused(store: Store) -> None:
    save(store, claim("one", relations=(Link(kind=LinkKind.SUPERSEDES, claim="two"),)))
    with pytest.raises(Refused, match="closes a circle"):
        save(store, claim("two", 5, relations=(Link(kind=LinkKind.SUPERSEDES, claim="one"),)))


def test_a_topic_with_figures_does_not_turn_qualitative(store: Store) -> None:
    plain = TOPIC.model_copy(update={"unit": None, "measure": Measure.QUALITATIVE})
    with pytest.raises(Refused, match="one: figure: the topic shells is qualitative"):
        save(store, plain)
    assert store.topics() == [TOPIC]


def test_two_topics_do_not_share_a_command(store: Store) -> None:
    one = TOPIC.model_copy(update={"command": "shells"})
    other = TOPIC.model_copy(update={"id": "shots", "command": "shells"})
    with pytest.raises(Refused, match="/shells is already the command of the topic"):
        save(store, one, other)


def test_the_second_of_two_curators_gets_both_versions(store: Store) -> None:
    seen = store.revisions("claim", "one")[-1].number
    with store.change("anna", "seven") as change:
        change.put(claim("one", 7), expected_revision=seen)
    with pytest.raises(Conflict) as met, store.change("bob", "eight") as change:
        change.put(claim("one", 8), expected_revision=seen)
    assert met.value.yours == claim("one", 8)
    assert met.value.stored == claim("one", 7)
    assert met.value.revision == store.revision()
    assert store.claims(["one"]) == [claim("one", 7)]


def test_adding_what_somebody_added_already_is_a_conflict(store: Store) -> None:
    with pytest.raises(Conflict), store.change("bob", "new") as change:
        change.put(claim("one", 8), expected_revision=0)


def test_changes_do_not_nest(store: Store) -> None:
    with store.change("anna", "outer") as change:
        with pytest.raises(RuntimeError), store.change("anna", "inner"):
            pass
        change.put(claim("three"))
    assert store.claims(["three"]) == [claim("three")]


def test_reading_goes_on_while_somebody_writes(store: Store) -> None:
    with store.change("anna", "slowly") as change:
        change.put(claim("one", 7))
        assert store.claims(["one"]) == [claim("one")]
        assert next(store.all_claims()) == claim("one")
    assert store.claims(["one"]) == [claim("one", 7)]


def test_a_long_reading_sees_one_moment(store: Store) -> None:
    reading = store.all_claims()
    assert next(reading) == claim("one")
    save(store, claim("two", 7))
    assert list(reading) == [claim("two", 5)]


def test_writers_in_several_threads_wait_for_each_other(store: Store) -> None:
    def write(name: str) -> None:
        for number in range(5):
            with store.change(name, "again") as change:
                change.put(claim(f"{name}-{number}"))

    threads = [threading.Thread(target=write, args=[name]) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(store.all_claims())) == 17
    assert store.verify_history() == []


def test_today_is_what_the_caller_says(where: Where) -> None:
    store = open_store(where, today=lambda: date(2024, 1, 1))
    with pytest.raises(Refused, match="2024-02-23 lies in the future"):
        save(store, TOPIC, DIA, PAPER, claim("one"))
    store.close()
