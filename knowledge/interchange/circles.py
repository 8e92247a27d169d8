"""Claims that supersede or retell each other in a circle, found in one pass over all of them.

`knowledge.records.record_problems` walks from each claim; over a chain of many thousands, as a
file may hold, that takes the square of the time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from knowledge.model import Claim, LinkKind
from knowledge.records import Complaint

Find = Callable[[str], Claim | None]

_ORDERED = (LinkKind.SUPERSEDES, LinkKind.RETELLS)


def circles(claims: Iterable[Claim], find: Find) -> dict[str, list[Complaint]]:
    """Return, by the id of a claim, which of its relations close a circle.

    `find` gives the claims that these lead to, wherever they stand.
    """
    complaints: dict[str, list[Complaint]] = defaultdict(list)
    listed = list(claims)
    for kind in _ORDERED:
        caught = _caught(_edges(listed, kind, find))
        for claim in listed if caught else ():
            for number, link in enumerate(claim.relations):
                if link.kind is kind and link.claim in caught and claim.id in caught:
                    reason = f"closes a circle: {link.claim} in turn {kind} {claim.id}"
                    complaints[claim.id].append((("relations", number, "claim"), reason))
    return complaints


def _edges(claims: Iterable[Claim], kind: LinkKind, find: Find) -> dict[str, set[str]]:
    """Collect where the claims lead, and where those lead; to itself counts for nothing."""
    edges: dict[str, set[str]] = {}
    waiting = list(claims)
    while waiting:
        claim = waiting.pop()
        if claim.id in edges:
            continue
        targets = {link.claim for link in claim.relations if link.kind is kind and link.claim}
        edges[claim.id] = targets - {claim.id}
        found = (find(target) for target in edges[claim.id] if target not in edges)
        waiting += [target for target in found if target is not None]
    return edges


def _caught(edges: dict[str, set[str]]) -> set[str]:
    """Take away what leads nowhere, then what nothing leads to, until only circles are left."""
    backwards: dict[str, set[str]] = defaultdict(set)
    for start, ends in edges.items():
        for end in ends:
            backwards[end].add(start)
    left = set(edges)
    _peel(left, edges, backwards)
    _peel(left, backwards, edges)
    return left


def _peel(left: set[str], ahead: dict[str, set[str]], behind: dict[str, set[str]]) -> None:
    """Take away each claim without another one ahead, and then those behind it."""
    count = {key: sum(end in left for end in ahead.get(key, ())) for key in left}
    loose = [key for key, ends in count.items() if ends == 0]
    while loose:
        key = loose.pop()
        left.discard(key)
        for other in behind.get(key, ()):
            if other in left:
                count[other] -= 1
                if count[other] == 0:
                    loose.append(other)
