"""The ledger: what servers decide is kept with who, when, before and after, and sealed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.servers import ServerSettings, Settings, Unchanged
from knowledge.store import Store, StoreError, Where, check_backup, open_store
from tests import DATA
from tests.bases.engines import behind, on_both_engines

pytestmark = on_both_engines

HERE, THERE = "111", "222"
VERSION_7 = DATA / "version-7.sql"


@pytest.fixture
def path(where: Where) -> Where:
    return where


@pytest.fixture
def store(path: Where) -> Iterator[Store]:
    with closing(open_store(path)) as found:
        yield found


def language(code: str | None) -> ServerSettings:
    return ServerSettings(language=code)


def set_language(settings: Settings, place: str, code: str) -> None:
    settings.change(
        place, "Ann [1]", lambda now: now.model_copy(update={"language": code}), "because"
    )


def test_nothing_is_set_at_first(store: Store) -> None:
    assert Settings(store.ledger).of(HERE) == ServerSettings()
    assert Settings(store.ledger).of(None) == ServerSettings()
    assert store.verify_history() == []


def test_what_is_set_holds_in_its_place_and_after_a_restart(path: Where) -> None:
    with closing(open_store(path)) as store:
        settings = Settings(store.ledger)
        set_language(settings, HERE, "de")
        assert settings.of(HERE) == language("de")
        assert settings.of(THERE) == ServerSettings()
    with closing(open_store(path)) as store:
        assert Settings(store.ledger).of(HERE) == language("de")
        assert store.verify_history() == []


def test_each_change_is_kept_with_who_and_why_and_what_stood_before(store: Store) -> None:
    settings = Settings(store.ledger)
    set_language(settings, HERE, "de")
    set_language(settings, HERE, "ko")
    newest, oldest = settings.history(HERE)
    assert (newest.before, newest.after) == (language("de"), language("ko"))
    assert (oldest.before, oldest.after) == (ServerSettings(), language("de"))
    assert (newest.who, newest.why) == ("Ann [1]", "because")
    assert list(newest.fields()) == ["language"]
    assert settings.history(THERE) == []


def test_setting_what_stands_already_is_no_change(store: Store) -> None:
    settings = Settings(store.ledger)
    set_language(settings, HERE, "de")
    set_language(settings, HERE, "de")
    assert len(settings.history(HERE)) == 1


def test_undoing_gives_back_what_the_change_touched_and_nothing_else(store: Store) -> None:
    settings = Settings(store.ledger)
    set_language(settings, HERE, "de")
    (first,) = settings.history(HERE)
    settings.change(HERE, "Bob [2]", lambda now: now.model_copy(update={"curator_roles": (7,)}))
    settings.undo(HERE, "Bob [2]", first.number)
    assert settings.of(HERE) == ServerSettings(curator_roles=(7,))
    assert settings.history(HERE)[0].why == f"undid {first.number}"
    with pytest.raises(Unchanged):
        settings.undo(THERE, "Bob [2]", first.number)


def test_what_another_process_sets_is_taken_up(store: Store, path: Where) -> None:
    mine = Settings(store.ledger)
    with closing(open_store(path)) as other:
        theirs = Settings(other.ledger)
        set_language(theirs, THERE, "uk")
        set_language(mine, HERE, "de")
        assert mine.of(THERE) == language("uk")
        theirs.catch_up()
        assert theirs.of(HERE) == language("de")


def test_what_raises_sets_nothing(store: Store) -> None:
    settings = Settings(store.ledger)

    def refuse(_: ServerSettings) -> ServerSettings:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        settings.change(HERE, "Ann [1]", refuse)
    assert settings.history(HERE) == []
    assert store.verify_history() == []


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE ledger SET who = 'x' WHERE number = 1", "Entry 1 of the ledger was edited."),
        ("DELETE FROM ledger WHERE number = 1", "Entry 1 of the ledger is missing."),
        (
            "DELETE FROM ledger WHERE number = 2",
            "The ledger ends at entry 1, but that is not the last one written.",
        ),
        (
            "UPDATE ledger SET previous = 'x' WHERE number = 2",
            "Entry 2 of the ledger does not follow the entry before it.",
        ),
    ],
)
def test_tampering_is_found(path: Where, tampering: str, found: str) -> None:
    with closing(open_store(path)) as store:
        for code in ("de", "ko"):
            set_language(Settings(store.ledger), HERE, code)
    behind(path, tampering)
    with closing(open_store(path)) as store:
        assert found in store.verify_history()


def test_a_backup_with_a_ledger_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    path, backup = tmp_path / "claims.db", tmp_path / "backup.db"
    with closing(open_store(path)) as store:
        set_language(Settings(store.ledger), HERE, "de")
    behind(path, "UPDATE ledger SET who = 'x'")
    with closing(open_store(path)) as store:
        store.backup(backup)
    with pytest.raises(StoreError, match="not sound"):
        check_backup(backup)


def test_an_old_database_gets_its_ledger_and_keeps_its_history(tmp_path: Path) -> None:
    path = tmp_path / "claims.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(VERSION_7.read_text(encoding="utf-8"))
    with closing(open_store(path)) as store:
        set_language(Settings(store.ledger), HERE, "de")
        assert store.verify_history() == []
        assert [one.id for one in store.all_claims("111")] == ["own", "reply"]
