"""Claims that lead back to themselves along one kind of relation, found in one pass."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from knowledge.model import Claim, LinkKind

Find = Callable[[str], Claim | None]


def leading_on(claims: Iterable[Claim], kind: LinkKind, find: Find) -> dict[str, set[str]]:
    """Return where claims lead along a kind of relation, and where those lead in turn.

    `find` gives the claims that are not among these. A claim that names itself leads nowhere.
    """
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


def circles(edges: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return each node that lies on a circle, with the number of the circles it is joined to.

    Two nodes of one number lead to each other. This is Tarjan's algorithm without recursion:
    each node and each edge is looked at once, however long a chain is.
    """
    return _Search(edges).run()


@dataclass
class _Search:
    edges: Mapping[str, Collection[str]]
    met: dict[str, int] = field(default_factory=dict)
    """When each node was met first."""
    lowest: dict[str, int] = field(default_factory=dict)
    """The earliest node on the stack that each one leads to."""
    stack: list[str] = field(default_factory=list)
    stacked: set[str] = field(default_factory=set)
    found: dict[str, int] = field(default_factory=dict)

    def run(self) -> dict[str, int]:
        for node in self.edges:
            if node not in self.met:
                self._walk(node)
        return self.found

    def _walk(self, start: str) -> None:
        path = [(start, self._enter(start))]
        while path:
            node, ahead = path[-1]
            following = next((one for one in ahead if self._is_new(node, one)), None)
            if following is not None:
                path.append((following, self._enter(following)))
                continue
            path.pop()
            if path:
                behind = path[-1][0]
                self.lowest[behind] = min(self.lowest[behind], self.lowest[node])
            if self.lowest[node] == self.met[node]:
                self._close(node)

    def _enter(self, node: str) -> Iterator[str]:
        self.met[node] = self.lowest[node] = len(self.met)
        self.stack.append(node)
        self.stacked.add(node)
        return iter(self.edges.get(node, ()))

    def _is_new(self, node: str, other: str) -> bool:
        """Whether a node has to be walked to; note what one that was met tells."""
        if other in self.stacked:
            self.lowest[node] = min(self.lowest[node], self.met[other])
        return other not in self.met

    def _close(self, node: str) -> None:
        """Take what leads back to a node off the stack; alone, it lies on no circle."""
        at = len(self.stack) - 1
        while self.stack[at] != node:
            at -= 1
        together = self.stack[at:]
        del self.stack[at:]
        self.stacked.difference_update(together)
        if len(together) > 1:
            self.found |= dict.fromkeys(together, self.met[node])
