"""Circles of claims that supersede or retell each other: found exactly, in chains of any length."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import AnyRecord, Claim
from knowledge.records import Records, record_problems
from knowledge.records.cycles import circles
from knowledge.store import Refused
from tests.bases.making import asserter, claim, on_file, source, topic

TODAY = date(2026, 1, 1)
USUAL: tuple[AnyRecord, ...] = (topic(), asserter(), source())
LENGTH = 3_000


def chain(kind: str = "supersedes", last: str | None = None) -> list[Claim]:
    """Make claims each of which leads to the one before it, the first to `last`."""
    first = claim("c0", links=[(kind, "claim", last)] if last else [], origin="o")
    return [
        first,
        *(
            claim(f"c{n}", links=[(kind, "claim", f"c{n - 1}")], origin="o")
            for n in range(1, LENGTH)
        ),
    ]


def whole(claims: list[Claim]) -> Records:
    return Records(
        {"wells": topic()},
        {"ministry": asserter()},
        {"gazette": source()},
        {one.id: one for one in claims},
    )


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), max_size=3))
)
def test_two_nodes_are_joined_exactly_if_they_lead_to_each_other(
    edges: dict[str, set[str]],
) -> None:
    edges = {node: ends - {node} for node, ends in edges.items()}
    joined = circles(edges)
    for one in edges:
        for other in edges:
            lead = other in reached(edges, one) and one in reached(edges, other)
            assert lead == (one in joined and joined[one] == joined.get(other))


def reached(edges: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for end in edges.get(waiting.pop(), ()):
            if end not in found:
                found.add(end)
                waiting.append(end)
    return found


@pytest.mark.parametrize("kind", ["supersedes", "retells"])
def test_a_long_chain_is_no_circle_until_it_is_closed(kind: str) -> None:
    for claims, count in ((chain(kind), 0), (chain(kind, last=f"c{LENGTH - 1}"), LENGTH)):
        found = list(record_problems(claims, whole(claims), TODAY))
        assert len(found) == count
        assert all("closes a circle" in one.reason for one in found)


def test_what_leads_to_a_circle_and_what_it_leads_to_are_not_part_of_it() -> None:
    ring = [("in", "a"), ("a", "b"), ("b", "a"), ("b", "out"), ("out", "c"), ("c", "d"), ("d", "c")]
    names = dict.fromkeys(name for pair in ring for name in pair)
    claims = [
        claim(name, links=[("supersedes", "claim", end) for start, end in ring if start == name])
        for name in names
    ]
    found = {(one.record.id, one.path) for one in record_problems(claims, whole(claims), TODAY)}
    assert {record for record, _ in found} == {"a", "b", "c", "d"}
    assert ("b", ("relations", 1, "claim")) not in found


def test_a_long_chain_is_saved_lengthened_and_not_closed() -> None:
    claims = chain()
    with on_file(*USUAL, *claims, today=TODAY) as store:
        longer = claim("more", links=[("supersedes", "claim", f"c{LENGTH - 1}")])
        with store.change("anna", "one more") as change:
            change.put(longer)
        closing = claim("c0", links=[("supersedes", "claim", "more")], origin="o")
        assert "closes a circle" in str(store.preview([closing]).problems[0])
        with pytest.raises(Refused, match="closes a circle"), store.change("b", "c") as change:
            change.put(closing)
