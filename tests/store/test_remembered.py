"""What a process has in memory of a server's claims: it answers, and is never older than known."""

from collections.abc import Iterator
from typing import NoReturn

import pytest

from knowledge.store import Where
from knowledge.store.postgresql import connections
from tests.bases.curating import OWNER, KnowledgeBase, base
from tests.bases.engines import behind, on_postgresql
from tests.bases.making import claim

pytestmark = on_postgresql


@pytest.fixture
def home(where: Where) -> Iterator[KnowledgeBase]:
    """Open a small database."""
    with base(where) as opened:
        yield opened


async def test_texts_that_were_put_back_are_read_anew(home: KnowledgeBase, where: Where) -> None:
    library = home.workspaces.shared.library
    before = claim("shared", "about 3 million")
    changed = before.model_copy(update={"statement": "Another statement."})
    await home.writer.write(lambda change: change.put(changed), who="anna", why="w")
    assert library.claims(["shared"]) == [changed]
    behind(
        where,
        f"UPDATE claims SET statement = '{before.statement}' WHERE id = 'shared'",  # noqa: S608
        "DELETE FROM revisions WHERE number = (SELECT max(number) FROM revisions)",
        "UPDATE meta SET value = number || ' ' || seal FROM "
        "(SELECT number, seal FROM revisions ORDER BY number DESC LIMIT 1) AS last "
        "WHERE key = 'head'",
    )
    await home.writer.catch_up()
    assert home.workspaces.shared.library.claims(["shared"]) == [before]


async def test_whoever_reads_everything_brings_no_old_text_back(home: KnowledgeBase) -> None:
    changed = claim("shared", "about 3 million").model_copy(update={"statement": "Another."})
    await home.curation.add(OWNER, claim("first"))
    reading = home.store.all_claims()
    assert next(reading).id == "first"
    await home.writer.write(lambda change: change.put(changed), who="anna", why="w")
    assert [one.statement for one in reading] == ["Statement of shared."]
    assert home.workspaces.shared.library.claims(["shared"]) == [changed]


def test_what_is_in_memory_is_answered_without_the_server(
    home: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: object) -> NoReturn:
        raise AssertionError

    library = home.workspaces.shared.library
    assert library.claims(["shared"]) == [claim("shared", "about 3 million")]
    monkeypatch.setattr(connections.Connections, "lent", refused)
    assert library.claims(["shared"]) == [claim("shared", "about 3 million")]
