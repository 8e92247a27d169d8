"""Many rows are written with few statements, and come between others in their order."""

from collections.abc import Sequence
from pathlib import Path
from sqlite3 import SQLITE_LIMIT_VARIABLE_NUMBER

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Entry, by_date
from knowledge.library.tables import Tables, entry_of, outline_of
from knowledge.model import Claim, Status
from knowledge.store import open_store
from knowledge.store.rules.store import RuledStore
from knowledge.store.sqlite.engine import SqliteEngine
from tests.bases.making import asserter, claim, source, topic

DAYS = st.integers(1, 28).map(lambda day: f"2024-01-{day:02}")


@pytest.mark.parametrize("variables", [None, 999, 30])
def test_a_large_change_is_written_with_few_statements(
    tmp_path: Path, variables: int | None
) -> None:
    store = open_store(tmp_path / "claims.db")
    assert isinstance(store, RuledStore)
    assert isinstance(store.engine, SqliteEngine)
    writer = store.engine.writer
    if variables:
        writer.setlimit(SQLITE_LIMIT_VARIABLE_NUMBER, variables)
    many = [claim(f"c{number:03}", "about 5 wells") for number in range(401)]
    statements: list[str] = []
    writer.set_trace_callback(statements.append)
    with store.change("anna", "import") as change:
        change.put_all([topic("wells"), asserter(), source(), *many])
    writer.set_trace_callback(None)
    inserted = [one for one in statements if one.startswith("INSERT INTO claims")]
    if variables is None:
        assert len(inserted) == 3
    assert len(inserted) <= 401
    assert list(store.all_claims()) == many
    retracted = [one.model_copy(update={"status": Status.RETRACTED}) for one in many]
    with store.change("anna", "retract") as change:
        change.put_all(retracted)
    assert list(store.all_claims()) == retracted
    assert store.verify_history() == []
    store.close()


@given(st.lists(DAYS, max_size=60), st.lists(DAYS, max_size=60), st.sets(st.integers(0, 59)))
def test_a_table_stands_in_its_order_whatever_comes_and_goes(
    before: Sequence[str], after: Sequence[str], changed: set[int]
) -> None:
    standing = {f"c{at}": claim(f"c{at}", on=day) for at, day in enumerate(before)}
    tables = Tables()
    tables.put(map(_entry, standing.values()))
    coming = [claim(f"n{at}", on=day) for at, day in enumerate(after)]
    coming += [
        claim(key, on="2024-02-01") for key in (f"c{at}" for at in changed) if key in standing
    ]
    tables.put(map(_entry, coming))
    standing |= {one.id: one for one in coming}
    expected = sorted(map(_entry, standing.values()), key=by_date)
    assert tables.of_topic("wells") == expected


def test_few_that_come_are_looked_for_and_not_all_gone_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0

    def counted(entry: Entry) -> object:
        nonlocal looked
        looked += 1
        return by_date(entry)

    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    tables = Tables()
    tables.put(_entry(claim(f"c{at}", on=days[at % len(days)])) for at in range(2_000))
    monkeypatch.setattr("knowledge.library.tables.by_date", counted)
    tables.put(_entry(claim(f"n{at}", on=days[at])) for at in range(150))
    assert looked <= 150 * 15
    assert len(tables.of_topic("wells")) == 2_150


def _entry(one: Claim) -> Entry:
    return entry_of(outline_of(one))
