"""Copying a base between engines: everything, with its history, or nothing."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.cli import main
from knowledge.servers import Settings
from knowledge.store import (
    KeptVector,
    Sending,
    ServerAddress,
    StoreError,
    Watch,
    Where,
    copy_base,
    open_store,
)
from tests.bases.curating import HERE, base
from tests.bases.engines import Lending, behind, looked_up, on_postgresql, run_tool, text_of
from tests.bases.making import claim, topic
from tests.bases.valley import VALLEY

pytestmark = on_postgresql
DAY = date(2026, 3, 10)
TABLES = (
    *("topics", "asserters", "sources", "claims", "examples", "relations", "citations"),
    *("revisions", "shipped", "ledger", "watches", "vectors", "meta"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Fill a file with something of everything."""
    path = tmp_path / "from.db"
    with base(path) as home:
        home.store.take_up(VALLEY)
        own = claim("own", "about 4 million", links=[("disputes", "claim", "shared")])
        with home.store.change("Анна [1]", "her “reason”\n한국어", HERE) as change:
            change.put_all([topic("dams", translations={"de": {"title": "Dämme"}}), own])
        with home.store.change("bob", "again", HERE) as change:
            change.put(own.model_copy(update={"note": "Edited \t \\N, 𝔘nicode."}))
        Settings(home.store.ledger).change(
            HERE, "ann", lambda now: now.model_copy(update={"language": "de"})
        )
        home.store.watches.add(Watch(0, 2**62, 7, "wells", "told", 3), 5)
        gone = Watch(0, 2**62, 8, "wells", "told", 3)
        home.store.watches.add(gone, 5)
        (_, second) = home.store.watches.all()
        home.store.watches.begin(second, Sending("what", 4, "nonce", 1712345678.123456))
        home.store.watches.remove(2**62, channel=7)
        home.store.keep_vectors("small", [KeptVector("d1", bytes(range(256)))])
        home.store.asked.note(1, "key", "what?", DAY, 5)
        home.store.asked.press(1, "key", "wells", DAY)
    return path


def same(one: Where, other: Where) -> None:
    """Make sure that two bases hold the same, whatever they stand on."""
    with closing(open_store(one)) as left, closing(open_store(other)) as right:
        assert left.database_id == right.database_id
        assert list(left.history()) == list(right.history())
        for place in (None, HERE):
            assert list(left.all_records(place)) == list(right.all_records(place))
        assert left.watches.all() == right.watches.all()
        assert left.asked.of(1, date.min) == right.asked.of(1, date.min)
        assert list(left.vectors("small")) == list(right.vectors("small"))
        assert left.ledger.standing("settings") == right.ledger.standing("settings")
        assert left.take_up(VALLEY) == right.take_up(VALLEY)
        assert left.verify_history() == right.verify_history() == []
    seals = "SELECT number, seal FROM revisions ORDER BY number"
    assert looked_up(one, seals) == looked_up(other, seals)


def test_a_base_goes_to_a_server_and_comes_back(file: Path, where: Where, tmp_path: Path) -> None:
    there = copy_base(file, where)
    same(file, where)
    back = copy_base(where, tmp_path / "back.db")
    same(file, tmp_path / "back.db")
    assert there == back
    assert all(there.rows[table] for table in TABLES if table != "examples")


def test_what_comes_after_is_counted_on(file: Path, where: Where) -> None:
    copy_base(file, where)
    with closing(open_store(where)) as store:
        before = store.revision()
        with store.change("ann", "new") as change:
            change.put(claim("new"))
        assert store.revision() == before + 1
        assert store.watches.add(Watch(0, 1, 1, "wells", "", 0), 5) == "added"
        assert [one.id for one in store.watches.all()] == [2, 3]
        store.asked.note(1, "other", "who?", DAY, 5)
        assert store.verify_history() == []


def test_a_server_may_follow_another(file: Path, where: Where, lending: Lending) -> None:
    copy_base(file, where)
    with lending() as other:
        copy_base(where, other)
        same(where, other)


def test_a_target_that_holds_something_is_refused(file: Path, where: Where) -> None:
    with closing(open_store(where)) as store:
        store.asked.note(1, "key", "what?", DAY, 5)
    for one, other in ((file, where), (where, file)):
        with pytest.raises(StoreError, match="holds something already") as told:
            copy_base(one, other)
        assert str(other) in str(told.value)
    assert looked_up(where, "SELECT count(*) FROM claims") == [(0,)]


def test_a_history_that_is_not_sound_is_not_copied(file: Path, where: Where) -> None:
    behind(file, "UPDATE claims SET statement = 'Other.' WHERE id = 'own'")
    with pytest.raises(StoreError, match="not sound, and nothing was copied: The claim own was"):
        copy_base(file, where)
    assert looked_up(where, "SELECT count(*) FROM revisions") == [(0,)]


def test_there_has_to_be_something_to_copy(where: Where, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        copy_base(tmp_path / "nowhere.db", where)


@pytest.fixture
def secret(where: Where) -> ServerAddress:
    """Give the address a password, which this server does not ask for."""
    assert isinstance(where, ServerAddress)
    return ServerAddress(where.url.replace("postgres:@", "postgres:s3cret@"))


def test_the_command_says_what_it_did(
    file: Path, secret: ServerAddress, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copy", str(file), text_of(secret)]) == 0
    told = capsys.readouterr().out
    assert "whose seals are the same" in told
    assert main(["copy", str(file), text_of(secret)]) == 2
    told += capsys.readouterr().err
    assert "holds something already" in told
    assert main(["history", "verify", "--database", text_of(secret)]) == 0
    for command in ("backup", "restore"):
        assert main([command, "copy.db", "--database", text_of(secret)]) == 2
    told += capsys.readouterr().err
    assert "pg_dump --format=custom" in told
    assert "pg_restore" in told
    assert "s3cret" not in told


def test_what_the_tools_of_the_server_copied_is_restored(
    file: Path, where: Where, lending: Lending, tmp_path: Path
) -> None:
    copy_base(file, where)
    dump = tmp_path / "claims.dump"
    dump.touch(0o666)
    run_tool(
        "pg_dump",
        "--format=custom",
        "--schema=claimbot",
        "--exclude-table-data=claimbot.asked",
        f"--file={dump}",
        text_of(where),
    )
    with lending() as other:
        run_tool(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--single-transaction",
            f"--dbname={text_of(other)}",
            str(dump),
        )
        with closing(open_store(where)) as before, closing(open_store(other)) as after:
            assert list(before.all_records(HERE)) == list(after.all_records(HERE))
            assert before.database_id == after.database_id
            assert after.asked.of(1, date.min) == []
            assert after.verify_history() == []
