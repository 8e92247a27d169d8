"""What a claim is shown as is kept, and follows everything that it is made of."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from knowledge.contract import ClaimView
from knowledge.model import AnyRecord
from knowledge.store import Store, Where, open_store
from knowledge.workspaces import Workspaces, Writer
from tests.bases.engines import on_both_engines
from tests.bases.making import asserter, claim, source, topic

pytestmark = on_both_engines
HERE = "111"


@pytest.fixture
def store(where: Where) -> Iterator[Store]:
    """Open a database of one claim, and of one that a server has of its own."""
    with closing(open_store(where)) as opened:
        with opened.change("test", "to begin with") as change:
            change.put_all([topic(), asserter(), source(), claim("one", "7")])
        with opened.change("test", "to begin with", HERE) as change:
            change.put(claim("own", "8"))
        yield opened


def test_a_view_follows_all_that_it_is_made_of(store: Store) -> None:
    with closing(Workspaces(store)) as workspaces, closing(Writer(store, workspaces)) as writer:

        def shown(place: str | None) -> ClaimView:
            claims = workspaces.of(place).figures("wells").claims
            return next(one for one in claims if one.id == "one")

        def write(record: AnyRecord, place: str | None = None) -> None:
            for each in (None, HERE):  # so that what was shown before is kept in every place
                assert shown(each) is shown(each)
            writer.write_now(lambda change: change.put(record), who="a", why="b", workspace=place)

        write(claim("one", "9", statement="Another."))
        assert {shown(each).statement for each in (None, HERE)} == {"Another."}
        write(source("gazette", title="Another title"))
        assert {shown(each).citations[0].title for each in (None, HERE)} == {"Another title"}
        write(asserter("ministry", organisation="Board"))
        assert {shown(each).asserted_by for each in (None, HERE)} == {"Board (Egypt)"}
        write(topic("wells", unit="pits"))
        assert {shown(each).figure.unit for each in (None, HERE)} == {"pits"}  # type: ignore[union-attr]
        write(claim("no", links=[("denies", "claim", "one")]))
        assert {shown(each).denied_by for each in (None, HERE)} == {("no",)}
        write(claim("nor", links=[("denies", "claim", "one")]), HERE)
        assert shown(None).denied_by == ("no",)
        assert shown(HERE).denied_by == ("no", "nor")
