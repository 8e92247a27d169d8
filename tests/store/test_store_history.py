"""The history of the store: tampering is found, and a kill loses nothing that was confirmed."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from knowledge.model import Asserter
from knowledge.store import StoreError, Where, open_store
from tests import ROOT
from tests.bases.engines import behind, on_both_engines, text_of
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines

WRITER = """
import sys
from knowledge.model.records import Asserter
from knowledge.store import open_store, where_of

store = open_store(where_of(sys.argv[1]))
number = store.revision() // 2
while True:
    with store.change("writer", "as fast as it goes") as change:
        change.put(Asserter(id=f"one-{number}", organisation="One"))
        change.put(Asserter(id=f"two-{number}", organisation="Two"))
    print(number, flush=True)
    number += 1
"""


@pytest.fixture
def path(where: Where) -> Where:
    """Make a database with four revisions, closed."""
    store = open_store(where)
    for role in ("chief", "deputy"):
        with store.change("anna", "new") as change:
            change.put(Asserter(id="a", person="A", role=role))
            change.put(Asserter(id="b", person="B", role=role))
    assert store.verify_history() == []
    store.close()
    return where


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE revisions SET why = 'other' WHERE number = 2", ["Revision 2 was edited."]),
        (
            "UPDATE revisions SET after = '{}' WHERE number = 1",
            ["Revision 1 was edited."],
        ),
        ("DELETE FROM revisions WHERE number = 2", ["Revision 2 is missing."]),
        (
            "DELETE FROM revisions WHERE number = 4",
            [
                "The history ends at revision 3, but that is not the last one written.",
                "The asserter b was changed without a revision.",
            ],
        ),
        (
            "DELETE FROM revisions",
            [
                "The history ends at revision 0, but that is not the last one written.",
                "The asserter a was changed without a revision.",
                "The asserter b was changed without a revision.",
            ],
        ),
        (
            "UPDATE asserters SET role = 'cook' WHERE id = 'a'",
            ["The asserter a was changed without a revision."],
        ),
        (
            "DELETE FROM asserters WHERE id = 'b'",
            ["The asserter b was removed without a revision."],
        ),
        (
            "INSERT INTO asserters (workspace, id, person, aliases) VALUES ('', 'c', 'C', '[]')",
            ["The asserter c was changed without a revision."],
        ),
    ],
)
def test_tampering_is_found(path: Where, tampering: str, found: list[str]) -> None:
    behind(path, tampering)
    store = open_store(path)
    assert store.verify_history() == found
    store.close()


def test_reordering_is_found(path: Where) -> None:
    behind(
        path,
        "UPDATE revisions SET number = 9 WHERE number = 2",
        "UPDATE revisions SET number = 2 WHERE number = 3",
        "UPDATE revisions SET number = 3 WHERE number = 9",
    )
    store = open_store(path)
    assert store.verify_history() == [
        "Revision 2 does not follow the revision before it.",
        "Revision 2 was edited.",
        "Revision 3 does not follow the revision before it.",
        "Revision 3 was edited.",
        "Revision 4 does not follow the revision before it.",
    ]
    store.close()


def test_a_row_that_is_no_record_any_more_is_named(path: Where) -> None:
    behind(path, "UPDATE asserters SET country = 'nowhere' WHERE id = 'a'")
    store = open_store(path)
    with pytest.raises(StoreError, match=r"^a in the table asserters is damaged: country: "):
        store.asserters()
    store.close()


def test_a_kill_loses_nothing_confirmed_and_leaves_nothing_half_written(where: Where) -> None:
    dice = random.Random(7)  # noqa: S311 - moments to kill at, no secrets
    for _ in range(5 if isinstance(where, Path) else 1):
        confirmed = killed_writing(where, dice.uniform(0.0, 0.1))
        store = open_store(where)
        present = {asserter.id for asserter in store.asserters()}
        ones = {name.removeprefix("one-") for name in present if name.startswith("one-")}
        twos = {name.removeprefix("two-") for name in present if name.startswith("two-")}
        assert ones == twos
        assert set(confirmed) <= ones
        assert store.revision() == len(present)
        assert store.verify_history() == []
        store.close()


def killed_writing(path: Where, patience: float) -> list[str]:
    """Let a process write, kill it a moment after its first change, return what it confirmed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, text_of(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert writer.stdout is not None
    with writer:
        first = writer.stdout.readline()
        time.sleep(patience)
        writer.send_signal(signal.SIGKILL)
        lines = [first, *writer.stdout.readlines()]
    # A line that the kill cut short confirms nothing.
    return [line.strip() for line in lines if line.endswith("\n")]


def test_records_in_other_languages_are_found_unchanged(where: Where) -> None:
    with closing(open_store(where)) as store:
        with store.change("anna", "in German") as change:
            change.put_all(
                [
                    topic(translations={"de": {"title": "Brunnen"}}),
                    asserter(translations={"de": {"role": "Amt"}}),
                    source(),
                    claim("a", translations={"de": {"qualifiers": {"group": "Pioniere"}}}),
                    claim("b", translations={"de": {"assumption": "geschätzt"}}, assumption="so"),
                ]
            )
        assert store.verify_history() == []
