"""Places in the store: whose record it is, what it may refer to, and old databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from knowledge.model import AnyRecord, Citation, Claim
from knowledge.store import Conflict, Refused, Store, Where, open_store, restore
from knowledge.store.sqlite.opening import connect
from knowledge.store.sqlite.schema import migrations
from tests import DATA
from tests.bases.engines import behind, on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines

HERE, THERE = "111", "222"
VERSION_7 = DATA / "version-7.sql"


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database with one shared claim, and one in a workspace."""
    opened = open_store(where)
    put(opened, topic(), asserter(), source(), claim("shared"))
    put(opened, claim("own"), workspace=HERE)
    yield opened
    opened.close()


def put(store: Store, *records: AnyRecord, workspace: str | None = None) -> None:
    with store.change("anna", "read it", workspace) as change:
        change.put_all(records)


def test_a_place_is_read_alone(store: Store) -> None:
    assert [one.id for one in store.all_claims()] == ["shared"]
    assert [one.id for one in store.all_claims(HERE)] == ["own"]
    assert [one.id for one in store.all_claims(THERE)] == []
    assert [record.id for _, record in store.all_records(HERE)] == ["own"]
    assert store.topics(HERE) == []
    assert store.workspaces() == [HERE]


def test_a_record_says_where_it_belongs(store: Store) -> None:
    assert store.placed("claim", "own") is None
    placed = store.placed("claim", "own", HERE)
    assert placed is not None
    assert (placed.record, placed.workspace, placed.revision) == (claim("own"), HERE, 5)
    assert [one.workspace for one in store.history()] == [None] * 4 + [HERE]
    assert store.verify_history() == []


def test_a_workspace_does_not_change_the_shared_base(store: Store) -> None:
    with pytest.raises(Refused, match="belongs to the shared base, which is not changed from"):
        put(store, claim("shared", note="Ours."), workspace=HERE)
    assert store.claims(["shared"]) == [claim("shared")]


def test_a_shared_record_as_it_stands_is_no_change(store: Store) -> None:
    before = store.revision()
    put(store, topic(), claim("shared"), workspace=HERE)
    assert store.revision() == before


def test_each_place_names_its_own_records(store: Store) -> None:
    for place in (THERE, None):
        with store.change("bob", "new", place) as change:
            change.put(claim("own", note=f"Of {place}."), expected_revision=0)
    notes = [store.claims(["own"], place)[0].note for place in (HERE, THERE, None)]
    assert notes == [None, "Of 222.", "Of None."]
    assert store.verify_history() == []


def test_what_is_referred_to_is_found_at_home_first(store: Store) -> None:
    put(store, claim("more", links=[("retells", "claim", "own")], origin="own"), workspace=HERE)
    put(store, claim("own", origin="elsewhere"))
    put(store, claim("again", links=[("retells", "claim", "own")], origin="own"), workspace=HERE)
    put(store, claim("shared-too", links=[("retells", "claim", "own")], origin="elsewhere"))
    with pytest.raises(Refused, match="has the origin of what it retells: elsewhere"):
        put(store, claim("wrong", links=[("retells", "claim", "own")], origin="own"))


def test_a_circle_is_closed_within_one_place_alone(store: Store) -> None:
    put(store, claim("own"), claim("next", links=[("supersedes", "claim", "own")]))
    put(store, claim("own", links=[("supersedes", "claim", "next")]), workspace=HERE)
    assert store.claims(["own"], HERE)[0].relations[0].claim == "next"


def test_adding_what_is_there_already_is_a_conflict_at_home(store: Store) -> None:
    with pytest.raises(Conflict), store.change("bob", "new", HERE) as change:
        change.put(claim("own"), expected_revision=0)


@pytest.mark.parametrize("place", [THERE, None])
def test_nothing_refers_into_another_workspace(store: Store, place: str | None) -> None:
    with pytest.raises(Refused, match="there is no claim own"):
        put(store, claim("more", links=[("supports", "claim", "own")]), workspace=place)
    put(store, topic("ours"), workspace=HERE)
    with pytest.raises(Refused, match="there is no topic ours"):
        put(store, claim("more", topic="ours"), workspace=place)


def test_two_workspaces_may_have_a_command_of_the_same_name(store: Store) -> None:
    put(store, topic("dams", command="dams"), workspace=HERE)
    put(store, topic("walls", command="dams"), workspace=THERE)
    put(store, topic("locks", command="dams"))
    with pytest.raises(Refused, match="/dams is already the command"):
        put(store, topic("weirs", command="dams"), workspace=HERE)


def test_a_topic_that_clashes_since_holds_nothing_up(store: Store) -> None:
    put(store, topic("dams", command="dams"), workspace=HERE)
    put(store, topic("locks", command="dams"))
    put(store, topic("weirs"), workspace=HERE)
    assert [one.id for one in store.topics(HERE)] == ["dams", "weirs"]


def test_a_moved_record_is_found(store: Store, where: Where) -> None:
    behind(
        where,
        "UPDATE citations SET workspace = '' WHERE claim = 'own'",
        "UPDATE claims SET workspace = '' WHERE id = 'own'",
        "UPDATE revisions SET workspace = '222' WHERE number = 5",
    )
    assert store.verify_history() == [
        "Revision 5 was edited.",
        "The claim own was changed without a revision.",
        "The claim own was removed without a revision.",
    ]


def test_a_dry_run_tells_what_would_be_and_changes_nothing(store: Store) -> None:
    before = store.revision()
    given = [
        claim("own", note="Newer."),
        claim("new", topic="nowhere"),
        claim("shared", note="Ours."),
        claim("twice"),
        claim("twice"),
    ]
    plan = store.preview(given, HERE)
    assert [one.after for one in plan.changed] == [given[0], given[2]]
    assert given[1] in plan.added
    assert [str(problem) for problem in plan.problems] == [
        "twice: id: 2 records are called claim twice",
        "new: topic: there is no topic nowhere",
        "shared: id: belongs to the shared base, which is not changed from here",
    ]
    assert store.revision() == before


def test_a_citation_may_lack_a_fingerprint(store: Store) -> None:
    bare = claim("bare", citations=(Citation(source="gazette", paragraph=2),))
    put(store, bare)
    assert store.claims(["bare"]) == [bare]
    assert store.verify_history() == []


def test_a_database_from_before_workspaces_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.touch()
    old = Database(connect(path, 1), execute_plugins=False)
    migrations.apply(old, stop_before="m004_workspaces")
    old.execute("PRAGMA user_version = 3")
    fill_as_version_3_did(old, tmp_path / "later.db")
    old.close()
    store = open_store(path)
    assert [one.id for one in store.all_claims()] == ["one"]
    assert store.verify_history() == []
    put(store, claim("mine", citations=(Citation(source="gazette", paragraph=2),)), workspace=HERE)
    assert store.verify_history() == []
    assert isinstance(store.claims(["one"])[0], Claim)
    store.close()


def fill_as_version_3_did(old: Database, later: Path) -> None:
    """Copy what a later version had in its shared base into the tables of then."""
    made = sqlite3.connect(later)
    made.executescript(VERSION_7.read_text(encoding="utf-8"))
    made.execute("DELETE FROM revisions WHERE number > 4")
    made.execute("DELETE FROM topics WHERE id = 'bores'")
    made.execute("DELETE FROM claims WHERE id <> 'one'")
    made.execute("DELETE FROM citations WHERE claim <> 'one'")
    head = "SELECT number || ' ' || seal FROM revisions WHERE number = 4"
    made.execute(f"UPDATE meta SET value = ({head}) WHERE key = 'head'")  # noqa: S608 - own words
    made.commit()
    made.close()
    old.execute("ATTACH ? AS later", [str(later)])
    for table in ("topics", "asserters", "sources", "claims", "citations", "revisions"):
        columns = ", ".join(old.table(table).columns_dict)
        mine = "" if table == "citations" else " WHERE workspace IS NULL"
        old.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM later.{table}{mine}")  # noqa: S608 - own names
    old.execute("INSERT OR REPLACE INTO meta SELECT * FROM later.meta")
    old.conn.commit()


def test_a_backup_of_the_version_before_restores_with_its_history(tmp_path: Path) -> None:
    before, target = tmp_path / "before.db", tmp_path / "claims.db"
    with closing(sqlite3.connect(before)) as db:
        db.executescript(VERSION_7.read_text("utf-8"))
    restore(before, target)
    with closing(open_store(target)) as opened:
        assert opened.verify_history() == []
        assert [claim.id for claim in opened.all_claims()]
