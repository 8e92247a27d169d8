"""Ids belong to their place: two servers with one feed, shipped records over taken ids, numbers."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.curation import Actor, Curation, Invalid, NotVisible
from knowledge.interchange import ImportPlan, plan, read
from knowledge.model import AnyRecord, Claim, Status, Topic
from knowledge.records import Records
from knowledge.store import Named, Quota, Refused, Store, Where, check_backup, open_store, restore
from knowledge.workspaces import Workspaces, Writer
from tests import DATA
from tests.bases.curating import ANNA, EVE, HERE, OWNER, THERE, KnowledgeBase, base
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines

VERSION_7 = DATA / "version-7.sql"
TODAY = date(2026, 3, 10)


@pytest.fixture
def home(where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(where) as opened:
        yield opened


def put(store: Store, *records: AnyRecord, place: str | None = None) -> None:
    with store.change("anna", "read it", place) as change:
        change.put_all(records)


FEED = [
    {
        "@type": "ClaimReview",
        "claimReviewed": f"The ministry dug {count} wells.",
        "url": f"https://checkers.example/{count}",
        "name": "How many wells?",
        "datePublished": "2024-03-01",
        "author": {"@type": "Organization", "name": "The Checkers"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Amal Said"},
            "datePublished": "2024-02-23",
        },
    }
    for count in (2, 3)
]


def dry_run(home: KnowledgeBase, actor: Actor) -> ImportPlan:
    draft = read(json.dumps(FEED).encode(), "feed.json", topic="wells")
    return plan(draft, lambda records: home.curation.preview(actor, records))


async def test_two_servers_import_the_same_feed(home: KnowledgeBase) -> None:
    for actor in (ANNA, EVE):
        made = dry_run(home, actor)
        assert (len(made.added), made.changed, made.unchanged) == (5, [], 0)
        assert await home.curation.take_in(actor, made.records(), why="feed") == 5
        again = dry_run(home, actor)
        assert (again.added, again.changed, again.unchanged) == ([], [], 5)
    assert len(list(home.store.all_claims(HERE))) == len(list(home.store.all_claims(THERE))) == 2
    assert home.store.verify_history() == []


async def test_the_shared_base_takes_a_feed_up_that_a_server_has(home: KnowledgeBase) -> None:
    await home.curation.take_in(ANNA, dry_run(home, ANNA).records(), why="feed")
    before = [one.id for one in home.workspaces.of(HERE).library.table("wells")]
    await home.curation.take_in(OWNER, dry_run(home, OWNER).records(), why="feed")
    assert [one.id for one in home.workspaces.of(HERE).library.table("wells")] == before
    assert len(home.workspaces.shared.library.table("wells")) == len(before)


def shipped(*claims: Claim, **more: AnyRecord) -> Records:
    return Records(
        {"wells": topic(), **{k: r for k, r in more.items() if isinstance(r, Topic)}},
        {"ministry": asserter(), "minister": asserter("minister", person="The Minister")},
        {"gazette": source()},
        {one.id: one for one in claims},
    )


@pytest.fixture
def taken(where: Where) -> Iterator[Store]:
    """Open a database where a server took ids before they were shipped."""
    with closing(open_store(where)) as store:
        put(store, topic(), asserter(), source())
        ours: list[AnyRecord] = [
            topic("dams", unit="gates"),
            asserter("minister", person="Another One"),
            source("herald"),
            claim("count", "about 7", topic="dams", asserter="minister"),
            claim("reply", links=[("disputes", "claim", "count")]),
        ]
        put(store, *ours, place=HERE)
        yield store


def release() -> Records:
    """Make a version that ships the same ids with other contents."""
    made = shipped(
        claim("count", "about 3 million", topic="dams", asserter="minister"),
        claim("doubt", links=[("disputes", "claim", "count"), ("denies", "topic", "dams")]),
    )
    return replace(made, topics={**made.topics, "dams": topic("dams", unit="dams")})


def test_a_taken_id_stands_in_nobodys_way(taken: Store) -> None:
    report = taken.take_up(release())
    assert not report.conflicts
    assert not report.refused
    assert Named("claim", "count") in report.added
    workspaces = Workspaces(taken)
    for place in (None, THERE):
        found = workspaces.of(place).figures("dams")
        assert [view.id for view in found.claims] == ["count"]
        assert found.claims[0].asserted_by.startswith("The Minister")
        assert workspaces.of(place).source("count").origins
    assert taken.verify_history() == []


def test_the_shipped_record_is_shown_beside_that_of_the_server(taken: Store) -> None:
    workspaces = Workspaces(taken)
    mine = workspaces.of(HERE)
    assert [view.id for view in mine.figures("dams").claims] == ["count"]
    follow_release(taken, workspaces)
    both = workspaces.of(HERE)
    ours, theirs = both.figures("dams"), both.figures("dams-shared")
    assert [(v.id, v.asserted_by, v.figure and v.figure.unit) for v in ours.claims] == [
        ("count", "Another One, Minister (Egypt)", "gates")
    ]
    assert [(v.id, v.asserted_by, v.figure and v.figure.unit) for v in theirs.claims] == [
        ("count-shared", "The Minister, Minister (Egypt)", "dams")
    ]
    assert theirs.claims[0].disputed_by == ("doubt",)
    assert [view.id for view in theirs.denials] == ["doubt"]
    assert [one.id for one in both.complete_claims("count", by_words=True)][:2] == [
        "count",
        "count-shared",
    ]
    assert both.source("count-shared").claim == "count-shared"
    assert "count-shared" in {hit.id for hit in both.ranks.rank("Statement of count.")}
    every = {one.id for one in both.library.every_claim()}
    assert every == {"count", "count-shared", "reply", "doubt"}
    assert workspaces.shared.figures("dams").claims[0].id == "count"


def follow_release(store: Store, workspaces: Workspaces) -> None:
    """Put a release into the base while workspaces stand open, and let them follow it."""
    with store.change("owner", "by hand") as change:
        change.put_all([record for _, record in release().each()])
    workspaces.apply(change.written)


def test_a_shared_record_can_be_looked_at_by_the_name_that_is_shown(taken: Store) -> None:
    taken.take_up(release())
    workspaces = Workspaces(taken)
    with closing(Writer(taken, workspaces)) as writer:
        curation = Curation(taken, workspaces, writer, lambda: TODAY)
        held = curation.find(ANNA, "claim", "count-shared")
        assert (held.record.id, held.workspace) == ("count", None)
        assert curation.find(ANNA, "claim", "count").workspace == HERE
        assert [step.workspace for step in curation.history(ANNA, "topic", "dams-shared")] == [None]


def test_a_server_goes_on_with_its_own_record(taken: Store) -> None:
    taken.take_up(release())
    changed = claim("count", "about 8", topic="dams", asserter="minister")
    put(taken, changed, place=HERE)
    assert taken.claims(["count"], HERE) == [changed]
    assert taken.claims(["count"])[0] != changed


def test_shipped_records_are_taken_up_all_or_none(where: Where) -> None:
    with closing(open_store(where)) as store:
        store.take_up(shipped(claim("one")))
        put(store, topic("locks", command="dams"))
        newer = shipped(
            claim("one"), claim("two", topic="dams"), dams=topic("dams", command="dams")
        )
        before = store.revision()
        report = store.take_up(newer)
        assert [str(one) for one in report.refused] == [
            "dams: command: /dams is already the command of the topic locks"
        ]
        assert report
        assert store.revision() == before
        assert Workspaces(store).shared.figures("wells").claims
        put(store, topic("locks"))
        assert store.take_up(newer).added == (Named("topic", "dams"), Named("claim", "two"))


async def test_numbers_count_what_a_server_sees(home: KnowledgeBase) -> None:
    begun = home.store.revision()
    for number in range(5):
        await home.curation.add(EVE, claim(f"theirs-{number}"))
    mine = await home.curation.add(ANNA, claim("mine"))
    assert mine.number == begun + 1
    edited = await home.curation.edit(ANNA, claim("mine", note="Seen."), seen=mine.number)
    assert edited.number == begun + 2
    assert home.curation.find(ANNA, "claim", "mine").revision == begun + 2
    assert [step.number for step in home.curation.recent(ANNA, 2)] == [begun + 2, begun + 1]
    assert [step.number for step in home.curation.history(ANNA, "claim", "mine")] == [
        begun + 1,
        begun + 2,
    ]
    assert home.workspaces.of(HERE).library.revision == begun + 2
    shared = await home.curation.add(OWNER, claim("for-all"))
    assert shared.number == begun + 1
    assert home.workspaces.of(HERE).library.revision == begun + 3
    undone = await home.curation.undo(ANNA, edited.number)
    assert (undone.record, undone.number) == ("mine", begun + 4)
    found = home.store.claims(["mine"], HERE)
    assert [one.note for one in found] == [None]


async def test_the_numbers_of_another_server_mean_nothing_here(home: KnowledgeBase) -> None:
    await home.curation.add(EVE, claim("theirs"))
    number = home.curation.recent(EVE, 1)[0].number
    with pytest.raises(NotVisible, match="There is no revision"):
        await home.curation.undo(ANNA, number)


async def test_nothing_that_another_server_has_can_be_told(home: KnowledgeBase) -> None:
    await home.curation.add(EVE, claim("theirs"))
    made = home.curation.preview(
        ANNA, [claim("theirs"), claim("x", links=[("denies", "claim", "y")])]
    )
    assert [record.id for record in made.added] == ["theirs", "x"]
    assert [str(one) for one in made.problems] == ["x: relations[0].claim: there is no claim y"]
    assert (await home.curation.add(ANNA, claim("theirs"))).record == "theirs"
    with pytest.raises(Invalid, match="belongs to the shared base"):
        await home.curation.take_in(ANNA, [claim("shared", note="Ours.")], why="no")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a database as schema 7 had it."""
    path = tmp_path / "old.db"
    made = sqlite3.connect(path)
    made.executescript(VERSION_7.read_text(encoding="utf-8"))
    made.close()
    return path


def test_an_old_database_migrates_without_loss(old: Path) -> None:
    with closing(open_store(old, today=lambda: TODAY)) as store:
        assert store.verify_history() == []
        assert [one.id for one in store.all_claims()] == ["one", "two"]
        assert [one.id for one in store.all_claims("111")] == ["own", "reply"]
        assert [one.id for one in store.all_claims("222")] == ["theirs"]
        (own,) = store.claims(["own"], "111")
        assert (own.status, own.figure and own.figure.as_worded) == (Status.RETRACTED, "41")
        assert store.claims(["two"])[0].qualifiers == {"group": "new"}
        assert [link.claim for link in store.claims(["reply"], "111")[0].relations] == ["one", None]
        assert [one.place_number for one in store.history()] == [
            *range(1, 6),
            *range(1, 6),
            1,
            6,
            6,
            7,
        ]
        assert [(one.digest, one.vector) for one in store.vectors("m:2")] == [
            ("d1", b"\1\2"),
            ("d2", b"\3\4"),
        ]
        # Revision 9 was the ninth that 111 saw; of the eleven before it, 222 saw six.
        assert [(one.guild, one.revision) for one in store.watches.all()] == [(111, 9), (222, 6)]
        assert store.shown_number(14, "222") == 8
        put(store, claim("own", "about 5"), place="222")
        assert store.verify_history() == []


def test_a_backup_of_an_old_schema_is_checked_and_restored(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    assert check_backup(old) == 14
    assert restore(old, tmp_path / "new.db") == 14
    assert old.read_bytes() == before
    with closing(open_store(tmp_path / "new.db")) as store:
        assert [one.id for one in store.all_claims("222")] == ["theirs"]


def test_an_old_database_takes_up_the_same_records_again(old: Path) -> None:
    with closing(open_store(old, today=lambda: TODAY)) as store:
        one = claim("one", "about 3")
        two = claim("two", "more than 5", links=[("disputes", "claim", "one")])
        same = Records(
            {"wells": topic()},
            {"ministry": asserter()},
            {"gazette": source(published_on="2024-01")},
            {"one": one, "two": two},
        )
        assert not store.take_up(same)


@pytest.fixture
def small(where: Where) -> Iterator[Store]:
    """Open a database where a server may have three claims and one topic."""
    quota = Quota(claims=3, topics=1)
    with closing(open_store(where, quota=quota)) as store:
        put(store, topic(), asserter(), source(), *(claim(f"shared-{n}") for n in range(5)))
        put(store, claim("a"), claim("b"), place=HERE)
        yield store


def test_a_server_is_told_when_it_has_as_much_as_it_may(small: Store) -> None:
    put(small, claim("c"), place=HERE)
    reason = "d: there may be 3 claims of this server's own, and 3 claims are on file here"
    with pytest.raises(Refused, match=reason):
        put(small, claim("d"), place=HERE)
    assert [str(one) for one in small.preview([claim("d")], HERE).problems] == [reason]
    put(small, claim("c", note="Seen."), place=HERE)
    put(small, claim("d"), place=THERE)
    put(small, claim("d"))


def test_an_import_that_is_too_much_is_refused_as_a_whole(small: Store) -> None:
    many = [claim(f"n{n}") for n in range(3)]
    found = small.preview(many, HERE)
    assert [str(one) for one in found.problems] == [
        "n1: there may be 3 claims of this server's own, and 2 claims are on file here"
    ]
    with pytest.raises(Refused, match="n1: there may be 3 claims"):
        put(small, *many, place=HERE)
    assert [one.id for one in small.all_claims(HERE)] == ["a", "b"]


def test_topics_and_sources_have_a_quota_too(small: Store) -> None:
    put(small, topic("dams"), place=HERE)
    with pytest.raises(Refused, match="there may be 1 topics of this server's own"):
        put(small, topic("locks"), place=HERE)
    with pytest.raises(Refused, match="there may be 3 sources of this server's own, and none"):
        put(small, *(source(f"s{n}") for n in range(4)), place=THERE)
